//! Blanks that a template leaves to be filled in.

use std::collections::HashSet;

use crate::source::Span;

/// Something that was left to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blank {
    /// Where it stands.
    pub(super) span: Span,
    /// How it is written.
    pub(super) kind: Kind,
}

/// How a blank is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `____`
    Line,
    /// `[Name]`
    Brackets,
    /// `<name>`
    Angles,
    /// `{{name}}`
    Braces,
}

/// A blank has no more characters than this.
const LONGEST: usize = 64;

/// The blanks of a line. Places are those of the line.
pub(super) fn in_line(line: &str) -> impl Iterator<Item = Blank> {
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let at = next + line.get(next..)?.find(['_', '[', '<', '{'])?;
            let (before, rest) = line.split_at_checked(at)?;
            let (kind, length) = match rest.as_bytes().first()? {
                b'_' => (Kind::Line, rest.len() - rest.trim_start_matches('_').len()),
                b'[' => (Kind::Brackets, inside(rest, "[", "]").map_or(1, |it| it.len() + 2)),
                b'<' => (Kind::Angles, inside(rest, "<", ">").map_or(1, |it| it.len() + 2)),
                _ => (Kind::Braces, inside(rest, "{{", "}}").map_or(1, |it| it.len() + 4)),
            };
            let (written, behind) = rest.split_at_checked(length)?;
            let is_blank = match kind {
                Kind::Line => is_line(before, written, behind),
                Kind::Brackets => is_in_brackets(before, written, behind),
                Kind::Angles => is_in_angles(before, written),
                Kind::Braces => is_in_braces(before, written),
            };
            if is_blank {
                next = at + length;
                return Some(Blank { span: Span::new(at, next), kind });
            }
            // There may be one in it.
            next = at + if kind == Kind::Line { length } else { 1 };
        }
    })
}

/// What stands between two signs at the beginning of a text.
fn inside<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let behind = text.strip_prefix(open)?;
    let end = behind.char_indices().nth(LONGEST).map_or(behind.len(), |(at, _)| at);
    let inside = behind.get(..end)?.split_once(close)?.0;
    (!inside.is_empty()).then_some(inside)
}

/// Emphasis (`___a___`) and names (`a___b`) are no blanks.
fn is_line(before: &str, written: &str, behind: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    written.len() >= 3 && !before.ends_with(is_word) && !behind.starts_with(is_word)
}

/// `{{< shortcode >}}`, `{{% shortcode %}}` and `${{ variable }}` are filled in by other tools.
fn is_in_braces(before: &str, written: &str) -> bool {
    let first = written.trim_start_matches('{').trim_start().chars().next();
    !before.ends_with('$') && first.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Tags of HTML, addresses and comparisons are no blanks.
fn is_in_angles(before: &str, written: &str) -> bool {
    let Some(inside) = inside(written, "<", ">") else { return false };
    let is_part = |c: char| c.is_alphanumeric() || " _-'’/&.#".contains(c);
    let letters = inside.chars().filter(|c| c.is_alphabetic()).count();
    inside.starts_with(char::is_alphabetic)
        && inside.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        && inside.chars().all(is_part)
        && letters > 1
        && inside.split(' ').count() <= 5
        && !before.ends_with(|c: char| c.is_alphanumeric() || c == '\\')
        && !has(ELEMENTS, &first_word(written).to_lowercase())
}

/// The name that `<name of it>` would have if it was a tag.
pub(super) fn first_word(written: &str) -> &str {
    let inside = written.trim_start_matches('<');
    let end = inside.find(|c: char| !c.is_alphanumeric() && c != '-');
    inside.get(..end.unwrap_or(inside.len())).unwrap_or_default()
}

/// The names of all tags that are closed in a text, in lower case: what is closed is a tag.
pub(super) fn closed_tags(text: &str) -> HashSet<String> {
    let names = text.match_indices("</").filter_map(|(at, _)| {
        let behind = text.get(at + 2..)?;
        let length = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        behind.get(..length.min(LONGEST)).map(str::to_ascii_lowercase)
    });
    names.collect()
}

/// Whether the words in brackets ask for something.
fn is_in_brackets(before: &str, written: &str, behind: &str) -> bool {
    let Some(inside) = inside(written, "[", "]") else { return false };
    let is_joined = before.ends_with(|c: char| c.is_alphanumeric() || "]!\\)".contains(c));
    if is_joined && !(is_number(inside) && is_quarter(before)) {
        return false;
    }
    if behind.starts_with(['(', '[']) || inside.contains(['[', ':', '|', '@', '^']) {
        return false;
    }
    if is_number(inside) {
        return is_number_wanted(before, inside, behind);
    }
    let is_day = |c: char| matches!(c, 'Y' | 'M' | 'D' | '-' | '/' | '.');
    if inside.len() > 3 && inside.contains("YY") && inside.chars().all(is_day) {
        return true;
    }
    // `[Date - typically Day 30]`: what stands behind the dash explains.
    let asked = [" - ", " – ", ",", " ("]
        .iter()
        .fold(inside, |asked, sign| asked.split_once(sign).map_or(asked, |(asked, _)| asked));
    asks(asked, is_label(before, behind))
}

/// Whether brackets stand at the beginning of an item's text or a cell and words follow, as in
/// `[Partner] Sends the logo`: then they may say who or what it is about.
fn is_label(before: &str, behind: &str) -> bool {
    let before = before.trim();
    let is_box = before.starts_with('[') && before.ends_with(']') && before.chars().count() <= 5;
    let is_first = is_box || !before.contains(char::is_alphanumeric);
    is_first && behind.trim_start().starts_with(char::is_alphanumeric)
}

fn asks(text: &str, is_label: bool) -> bool {
    let lower = text.to_lowercase();
    let is_apart = |c: char| c.is_whitespace() || "-/_#.’'".contains(c);
    let words: Vec<&str> = lower
        .split(is_apart)
        .filter(|word| !word.is_empty() && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let is_request = words.len() > 1 && has(REQUESTS, first) && words.get(1) != Some(&"to");
    let is_short = words.len() <= 3 && !words.iter().any(|word| has(NOTES, word));
    is_request
        || (words.len() > 1 && matches!(*first, "x" | "xx") && text.starts_with('X'))
        || matches!(*first, "tbd" | "tbc" | "tba") && words.len() == 1
        || (is_short && has(THINGS, last))
        || (is_short && has(PEOPLE, last) && !is_label)
}

/// `X`, `Y`, `Z` or `XX`.
fn is_number(inside: &str) -> bool {
    matches!(inside, "X" | "Y" | "Z") || (inside.len() > 1 && inside.bytes().all(|it| it == b'X'))
}

/// Whether an `[X]` stands for a number: `$[X]`, `[X]%`, `within [X] days`. Otherwise it may be a
/// box that is ticked.
fn is_number_wanted(before: &str, inside: &str, behind: &str) -> bool {
    let is_unit = |c: char| c.is_alphabetic() || "%+/-".contains(c);
    let is_counted = || {
        let next = behind.strip_prefix(' ').and_then(|behind| behind.chars().next());
        let word = before.trim_end();
        next.is_some_and(char::is_lowercase)
            && word.len() < before.len()
            && word.ends_with(char::is_alphanumeric)
            && !before.contains("[ ]")
            && !behind.contains("[ ]")
    };
    // `[X] years`: no ticked box is about years alone. `[ ] days [X] weeks` is a choice.
    let is_duration = || {
        let word = behind.strip_prefix(' ').map(|behind| behind.split_whitespace().next());
        let word = word.flatten().map(|word| word.trim_end_matches(['.', ',', ';', ')']));
        word.is_some_and(|word| has(DURATIONS, word))
            && !before.contains("[ ]")
            && !behind.contains("[ ]")
    };
    inside.len() > 1
        || before.ends_with(['$', '€', '£', '~'])
        || behind.starts_with(is_unit)
        || is_quarter(before)
        || is_counted()
        || is_duration()
}

/// Whether a text ends with the `Q` of a quarter.
fn is_quarter(before: &str) -> bool {
    let rest = before.strip_suffix('Q');
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// Whether a word is one of some words.
fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// What a text that asks for something begins with.
const REQUESTS: &str = "your their insert enter specify specific fill";

/// What is asked for.
const THINGS: &str = "\
    name names company date dates title email mail phone number amount year month \
    quarter address url link contact city country industry vertical segment competitor \
    percentage timeframe duration signature role placeholder blank benefit time";

/// What a number of is asked for.
const DURATIONS: &str = "day days week weeks month months year years";

/// Who is asked for.
const PEOPLE: &str = "partner customer client vendor owner manager sponsor champion";

/// Words of notes in brackets.
const NOTES: &str = "\
    a an as at by for from in is last new next no not of old on only or per previous \
    same see the this to via with";

/// The elements of HTML.
const ELEMENTS: &str = "\
    a abbr address area article aside audio b base bdi bdo blockquote body br button \
    canvas caption center circle cite code col colgroup data datalist dd del details dfn \
    dialog div dl dt em embed fieldset figcaption figure font footer form g h1 h2 h3 h4 \
    h5 h6 head header hr html i iframe img input ins kbd label legend li line link main \
    map mark math meta meter nav nobr noscript object ol optgroup option output p path \
    picture pre progress q rect rp rt ruby s samp script section select small source \
    span strike strong style sub summary sup svg table tbody td template textarea tfoot \
    th thead time title tr u ul var video";

#[cfg(test)]
mod tests {
    use super::in_line;

    fn blanks(line: &str) -> Vec<&str> {
        in_line(line).map(|blank| blank.span.slice(line)).collect()
    }

    #[test]
    fn brackets_that_ask() {
        for text in [
            "[Name]",
            "[DATE]",
            "[Partner Name]",
            "[Your Title]",
            "[Their Primary Contact]",
            "[insert the link here]",
            "[Date - typically Day 30]",
            "[YYYY-MM-DD]",
            "[TBD]",
            "[Benefit #2]",
            "[X days/months]",
            "[date/time]",
            "[Executive Sponsor]",
            "[XX]",
        ] {
            assert_eq!(blanks(text), [text]);
        }
        for (line, blank) in [
            ("Net [X] days", "[X]"),
            ("- [X]% of it", "[X]"),
            ("$[X]", "[X]"),
            ("| Term | [X] years |", "[X]"),
            ("- **Notice period:** [X] days.", "[X]"),
            ("- [ ] Pull Q[X] revenue", "[X]"),
            ("Ask [Partner] first", "[Partner]"),
            ("[see [Name]]", "[Name]"),
        ] {
            assert_eq!(blanks(line), [blank], "{line}");
        }
    }

    #[test]
    fn brackets_that_do_not_ask() {
        for line in [
            "[ ] a",
            "[x] a",
            "[X] a",
            "[X]",
            "[Partner] sends it",
            "[ ] [Partner Manager] sends it",
            "[ ] yes [X] no",
            "Tier [X] gold [ ] silver",
            "[X] days [ ] weeks",
            "[X] Years of work",
            "SEQ[X]",
            "[due:: 2026-03-20]",
            "[specific to us]",
            "tip[Name]",
            "[name](a.md)",
            "[Y/N]",
            "[High/Med/Low]",
            "[next quarter]",
            "[]",
            "[",
            "[Sign Agreement]",
            "[contact for legal]",
            "[2026]",
        ] {
            assert_eq!(blanks(line), [] as [&str; 0], "{line}");
        }
    }

    #[test]
    fn other_blanks() {
        assert_eq!(
            blanks("a ____, <first name> and {{ x.y }}"),
            ["____", "<first name>", "{{ x.y }}"]
        );
        assert_eq!(blanks("__init__ <b> <T> <5 and > <a=b> {{ }} {x}"), [] as [&str; 0]);
        let long = format!("[{} name]", "a".repeat(100));
        assert_eq!(blanks(&long), [] as [&str; 0]);
    }
}
