//! What the rules ask of a value, and how one is written.

use crate::lint::page::Page;
use crate::parse::{Entry, Is, Value};
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
