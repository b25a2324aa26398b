//! Who owns something: the names in a value, and the `**Owner:** …` lines under headings.

use std::ops::Range;

use crate::parse::inline::{BoldLine, Inline};
use crate::parse::metadata::strip_key;

/// The names in a value: separated by commas and semicolons, or each with an `@` of its own. Names
/// are free text ("Founder + CFO" is one owner); a blank to fill in (`____`, `[Name]`) is none.
pub(super) fn split(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    split_into(value, &mut names);
    names
}

/// The same, appended to a list.
pub(super) fn split_into(value: &str, names: &mut Vec<String>) {
    for part in value.split([',', ';']) {
        let part = part.trim();
        let handles = part.split_whitespace().all(|word| word.starts_with('@'));
        if handles {
            names.extend(part.split_whitespace().filter_map(name));
        } else {
            names.extend(name(part));
        }
    }
}

fn name(part: &str) -> Option<String> {
    let name = part.strip_prefix('@').unwrap_or(part).trim();
    let is_blank = name.starts_with(['[', '<', '{']) || !name.contains(char::is_alphanumeric);
    (!is_blank).then(|| name.to_owned())
}

/// The owners that a paragraph's `**Owner:** …` lines name; `None` if it has no such line.
pub(super) fn in_lines(inline: &Inline) -> Option<Vec<String>> {
    let mut owners = None;
    for line in inline.bold_lines() {
        if let Some(value) = value(&inline.text, &line) {
            split_into(value, owners.get_or_insert_with(Vec::new));
        }
    }
    owners
}

/// The value of a line that begins `**Owner:**` or `**Owner**:`.
fn value<'t>(text: &'t str, line: &BoldLine<'_>) -> Option<&'t str> {
    let whole = text.get(line.bold.start..line.end)?;
    let behind = ["owners", "owner(s)", "owner"]
        .iter()
        .find_map(|key| strip_key(whole.trim_start(), key))?;
    let value = behind.trim_start().strip_prefix(':')?;
    let start = line.end - value.len();
    // `**Owner:** Anna **Due:** …` and `… | **Due:** …`: the next field ends the value. A value may
    // itself be bold.
    let is_behind = |part: &&Range<usize>| {
        text.get(start..part.start).is_some_and(|value| !value.trim().is_empty())
    };
    let end = line.later.iter().find(is_behind).map_or(line.end, |part| part.start);
    let value = text.get(start..end)?;
    Some(
        value.split(" | ").next().unwrap_or(value).trim_end_matches([' ', '|', '·', '—', '–', '-']),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::inline::tests::render;

    fn owners(markdown: &str) -> Option<Vec<String>> {
        in_lines(&render(markdown))
    }

    #[test]
    fn names_are_split_at_commas_only() {
        assert_eq!(
            split("@anna, Ben Okoro; Founder + CFO"),
            ["anna", "Ben Okoro", "Founder + CFO"]
        );
        assert_eq!(split("@anna @ben"), ["anna", "ben"]);
        assert_eq!(split("____, [Name], <owner>, {{x}}, "), [] as [&str; 0]);
    }

    #[test]
    fn owner_lines() {
        for line in ["**Owner:** Anna", "**Owner**: @Anna", "__Owners:__ Anna", "**owner :** Anna"]
        {
            assert_eq!(owners(line), Some(vec!["Anna".to_owned()]), "{line}");
        }
        assert_eq!(owners("**Due:** soon\n**Owner:** Anna"), Some(vec!["Anna".to_owned()]));
        assert_eq!(owners("**Owner:** **Anna** **Due:** soon"), Some(vec!["Anna".to_owned()]));
        assert_eq!(owners("**Owner:** Anna | Day 3"), Some(vec!["Anna".to_owned()]));
        assert_eq!(owners("**Owner:** ____"), Some(vec![]));
    }

    #[test]
    fn other_lines() {
        for line in
            ["Owner: Anna", "**Ownership:** shared", "the **Owner:** Anna", "**Owner** Anna"]
        {
            assert_eq!(owners(line), None, "{line}");
        }
    }
}
