//! What the rules ask of a value, and how one is written.

use crate::lint::page::Page;
use crate::parse::{self, Entry, Is, Value};
use crate::source::Span;

/// Whether a value says nothing, however that is written.
pub(super) fn is_blank(value: &Value) -> bool {
    match &value.is {
        Is::Null => true,
        Is::Text(text) => text.trim().is_empty(),
        Is::List(values) => values.iter().all(is_blank),
        Is::Map(entries) => entries.is_empty(),
    }
}

/// A value that is one text, without the white space around it.
pub(super) fn text(value: &Value) -> Option<&str> {
    match &value.is {
        Is::Text(text) => Some(text.trim()),
        Is::Null | Is::List(_) | Is::Map(_) => None,
    }
}

/// The entry whose value stands at a place.
pub(super) fn entry_at<'p>(page: &'p Page<'_>, value: Span) -> Option<&'p Entry> {
    page.fields.iter().find(|entry| entry.value.span == value)
}

/// Where a text stands in a value, if it is written there as it reads.
pub(super) fn place_of(page: &Page<'_>, value: &Value, text: &str) -> Option<Span> {
    let at = page.slice(value.span).find(text)?;
    let start = value.span.start + at;
    Some(Span::new(start, start + text.len()))
}

/// Whether an entry begins at the left edge, so that another line may stand before or behind it.
/// Between braces, as in `{title: A, owner: B}`, none does.
pub(super) fn begins_line(page: &Page<'_>, entry: &Entry) -> bool {
    let start = entry.key_span.start;
    let line = page.whole_lines(Span::new(start, start));
    let first = page.fields.first().map_or(start, |first| first.key_span.start);
    let is_brace = |line: &str| line.trim_start().starts_with('{');
    line.start == start && !page.slice(Span::new(0, first)).lines().any(is_brace)
}

/// A text as YAML takes it: in quotes where it needs some, `None` where those would not do.
pub(super) fn scalar(text: &str) -> Option<String> {
    if text.is_empty() || text.trim() != text || text.chars().any(char::is_control) {
        return None;
    }
    Some(if is_plain(text) { text.to_owned() } else { parse::quote(text) })
}

/// Whether a text reads as itself without quotes, in every YAML.
fn is_plain(text: &str) -> bool {
    let may_stand = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | '&');
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    begins
        && text.chars().all(may_stand)
        && text.chars().any(char::is_alphabetic)
        && !is_number
        && !words.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        for (text, written) in [
            ("07_ICP Tracker.md", "07_ICP Tracker.md"),
            ("Größe & Rahmen", "Größe & Rahmen"),
            ("A: B", "\"A: B\""),
            ("@ana", "\"@ana\""),
            ("- a", "\"- a\""),
            ("../a.md", "\"../a.md\""),
            ("007", "\"007\""),
            ("1e5", "\"1e5\""),
            ("Yes", "\"Yes\""),
            ("say \"it's\"", "'say \"it''s\"'"),
        ] {
            assert_eq!(scalar(text).as_deref(), Some(written), "{text}");
        }
        assert_eq!(scalar("a\nb"), None);
        assert_eq!(scalar(" a"), None);
    }
}
