//! Which keys have a meaning in which files, and which of them a file must have.

use crate::inherit;
use crate::lint::page::{Kind, Page};
use crate::model::FrontMatter;
use crate::parse::Entry;

/// The keys that say something of a partner or a checklist.
pub(super) const OF_CHECKLISTS: [&str; 11] = [
    "title",
    "partner",
    "start_date",
    "start",
    "owner",
    "owners",
    "template",
    "status",
    "due",
    "type",
    "tags",
];

/// The keys that say something of a template. Those of its checklists may stand in it as blanks.
pub(super) const OF_TEMPLATES: [&str; 8] = [
    "title",
    "section",
    "template_number",
    "last_updated",
    "description",
    "related_templates",
    "keywords",
    "omit_sections",
];

/// So many characters may be wrong in a long key.
const MOST_WRONG: usize = 2;
/// From how many characters on two of them may be wrong in a key, not one.
const LONG: usize = 10;
/// Keys below this many characters are too short to be recognised when one is wrong.
const SHORT: usize = 5;

/// Whether the keys of checklists have a meaning in a file: in a checklist, and in the `README.md`
/// that gives the checklists around it their defaults.
pub(super) fn is_partners(page: &Page<'_>) -> bool {
    let is_readme = page.membership.is_some() && page.path.file_name() == inherit::README;
    page.kind == Kind::Checklist || page.kind == Kind::Other && is_readme
}

/// The keys that have a meaning in a file.
pub(super) fn known(page: &Page<'_>) -> Vec<&'static str> {
    match page.kind {
        Kind::Template => OF_TEMPLATES.into_iter().chain(OF_CHECKLISTS).collect(),
        _ if is_partners(page) => OF_CHECKLISTS.to_vec(),
        _ => Vec::new(),
    }
}

/// The keys that the board's configuration asks of a file.
pub(super) fn required<'p>(page: &'p Page<'_>) -> &'p [String] {
    match page.kind {
        Kind::Template => &page.config.lint.templates.required,
        Kind::Checklist => &page.config.lint.checklists.required,
        Kind::Other => &[],
    }
}

/// The required keys that a file neither has nor takes from a `README.md` around it.
pub(super) fn missing<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    let required = required(page).iter().map(String::as_str);
    required
        .filter(|key| !names(key).iter().any(|name| page.field(name).is_some()))
        .filter(|key| !is_inherited(page, key))
}

/// The names under which a key may stand.
fn names(key: &str) -> Vec<&str> {
    match key {
        "owner" | "owners" => vec!["owner", "owners"],
        "start_date" | "start" => vec!["start_date", "start"],
        key => vec![key],
    }
}

/// Whether a checklist takes a key's value from a `README.md` around it.
pub(super) fn is_inherited(page: &Page<'_>, key: &str) -> bool {
    let says = |readme: &FrontMatter| match key {
        "start_date" | "start" => readme.start_date.is_some(),
        "owner" | "owners" => !readme.owners.is_empty(),
        "type" => readme.kind.is_some(),
        "status" => readme.status.is_some(),
        "due" => readme.due.is_some(),
        "partner" => readme.partner.is_some(),
        _ => false,
    };
    page.kind == Kind::Checklist && page.readmes.iter().any(says)
}

/// The key that somebody meant by one that has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    /// The key.
    pub(super) key: &'static str,
    /// Whether only case and what stands between words are wrong.
    pub(super) is_certain: bool,
}

/// The key that an entry's must have meant, if it has no meaning and the file has not that one, too.
pub(super) fn meant(page: &Page<'_>, entry: &Entry) -> Option<Meant> {
    let known = known(page);
    let written = entry.key.as_str();
    if known.contains(&written) || required(page).iter().any(|key| key == written) {
        return None;
    }
    let meant = spelled(written, &known)?;
    page.field(meant.key).is_none().then_some(meant)
}

/// The known key that a key is spelled like.
fn spelled(written: &str, known: &[&'static str]) -> Option<Meant> {
    // Most keys are far from all of them: that is seen without comparing letters in their order.
    let counts = counts(written);
    let near = |key: &&&'static str| differing(&counts, &self::counts(key)) <= 2 * MOST_WRONG;
    let near: Vec<&'static str> = known.iter().filter(near).copied().collect();
    if let Some(key) = near.iter().find(|key| letters(key).eq(letters(written))) {
        return Some(Meant { key, is_certain: true });
    }
    let folded: String = letters(written).collect();
    let near = near.into_iter().filter_map(|key| {
        let allowed = match key.chars().count() {
            long if long >= LONG => MOST_WRONG,
            long if long >= SHORT => 1,
            _ => return None,
        };
        let wrong = strsim::damerau_levenshtein(&folded, &letters(key).collect::<String>());
        (wrong <= allowed && !is_other_number(written, key)).then_some((wrong, key))
    });
    let (_, key) = near.min_by_key(|(wrong, _)| *wrong)?;
    (!is_a_word(&folded)).then_some(Meant { key, is_certain: false })
}

/// How often each letter stands in a key; all that are none of a to z count as one.
fn counts(key: &str) -> [u8; 27] {
    let mut counts = [0_u8; 27];
    for c in key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')) {
        let letter = c.to_ascii_lowercase();
        let at = if letter.is_ascii_lowercase() { letter as usize - 'a' as usize } else { 26 };
        if let Some(count) = counts.get_mut(at) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// How many letters one key has that the other has not. A wrong letter makes two of them.
fn differing(one: &[u8; 27], other: &[u8; 27]) -> usize {
    one.iter().zip(other).map(|(one, other)| usize::from(one.abs_diff(*other))).sum()
}

/// A key without case and what stands between its words.
fn letters(key: &str) -> impl Iterator<Item = char> + '_ {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase)
}

/// Whether one of two single words is the plural of the other: `titles` says another thing than
/// `title`. In a longer key, as in `related_template`, it is a slip.
fn is_other_number(written: &str, key: &str) -> bool {
    let (written, key) = (written.to_lowercase(), key.to_lowercase());
    let is_plural = |many: &str, one: &str| {
        many.strip_suffix("es") == Some(one) || many.strip_suffix('s') == Some(one)
    };
    !key.contains('_') && (is_plural(&written, &key) || is_plural(&key, &written))
}

/// Words that are near a known key and mean something else.
fn is_a_word(folded: &str) -> bool {
    ["star", "stars", "stat", "smart", "tile", "owned"].contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RepoPath;
    use crate::parse;

    /// What the front matter says is read from these keys, and from no other.
    #[test]
    fn every_key_of_checklists_is_read() {
        let read = |yaml: &str| {
            let text = format!("---\n{yaml}\n---\n");
            let path = RepoPath::new("partners/a/b.md");
            let document = parse::document(&path, text.as_bytes(), &parse::Options::default());
            FrontMatter { span: None, keys: Vec::new(), ..document.front_matter }
        };
        for key in OF_CHECKLISTS {
            let value = match key {
                "start_date" | "start" | "due" => "2026-03-02",
                "status" => "planned",
                _ => "a",
            };
            assert_ne!(read(&format!("{key}: {value}")), FrontMatter::default(), "{key}");
        }
    }

    #[test]
    fn only_what_is_spelled_alike_is_meant() {
        let known: Vec<&str> = OF_TEMPLATES.into_iter().chain(OF_CHECKLISTS).collect();
        let meant = |key: &str| spelled(key, &known).map(|meant| (meant.key, meant.is_certain));
        for (key, wanted) in [
            ("start-date", "start_date"),
            ("Start Date", "start_date"),
            ("startDate", "start_date"),
            ("OWNER", "owner"),
            ("Related-Templates", "related_templates"),
        ] {
            assert_eq!(meant(key), Some((wanted, true)), "{key}");
        }
        for (key, wanted) in [
            ("last_update", "last_updated"),
            ("templte", "template"),
            ("onwer", "owner"),
            ("satus", "status"),
            ("titel", "title"),
            ("desciption", "description"),
            ("related_template", "related_templates"),
            ("omit_section", "omit_sections"),
            ("start_day", "start_date"),
        ] {
            assert_eq!(meant(key), Some((wanted, false)), "{key}");
        }
        for key in [
            "tag",
            "date",
            "state",
            "name",
            "titles",
            "stage",
            "author",
            "types",
            "partners",
            "templates",
            "sections",
            "keyword",
            "end_date",
            "due_date",
            "subtitle",
            "version",
            "category",
            "last_reviewed",
            "selection",
            "template_name",
            "start_time",
            "tier",
            "dua",
            "updated",
            "phase",
            "prerequisites",
            "sponsor",
            "stars",
        ] {
            assert_eq!(meant(key), None, "{key}");
        }
    }
}
