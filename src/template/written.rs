//! How items and headings are written: their markers, and what stands before those on their lines.

use super::Sheet;
use super::compare::document;
use super::edits::line_start;
use crate::model::{Item, Section};
use crate::parse::ListItem;

/// Where the list item of an item begins.
pub(super) fn list_start(sheet: &Sheet, item: &Item) -> usize {
    let found = sheet.close.syntax.list_item(item.mark.start);
    found.map_or(item.span.start, |found| marker(sheet.text(), found))
}

/// Where a list item's marker stands: behind a tab, the parser has it begin at the end of the line
/// before.
pub(super) fn marker(text: &str, item: &ListItem) -> usize {
    let blank = text[item.span.start..].trim_start_matches([' ', '\t', '\r', '\n']);
    text.len() - blank.len()
}

/// A list item's marker: a sign, or a number with one behind it.
pub(super) fn sign<'t>(text: &'t str, item: &ListItem) -> &'t str {
    let written = &text[marker(text, item)..];
    let digits =
        written.len() - written.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let sign = written[digits..].chars().next().map_or(0, char::len_utf8);
    &written[..digits + sign]
}

/// What stands before a list item's marker on its line.
pub(super) fn before_marker(text: &str, item: &ListItem) -> String {
    let marker = marker(text, item);
    plain_prefix(&text[line_start(text, marker)..marker])
}

/// What stands before an item's marker on its line.
pub(super) fn prefix(sheet: &Sheet, at: usize) -> String {
    let start = list_start(sheet, &document(sheet).items[at]);
    plain_prefix(&sheet.text()[line_start(sheet.text(), start)..start])
}

/// How wide an item's marker is, with the space behind it.
pub(super) fn width(sheet: &Sheet, at: usize) -> usize {
    let item = &document(sheet).items[at];
    // A box stands first in its item.
    item.mark.start.saturating_sub(1 + list_start(sheet, item))
}

/// What stands before the other lines of an item.
pub(super) fn below(sheet: &Sheet, at: usize) -> String {
    format!("{}{}", prefix(sheet, at), " ".repeat(width(sheet, at)))
}

/// White space and signs of quotes as they are; of anything else, such as a marker before the marker,
/// its width.
fn plain_prefix(text: &str) -> String {
    let is_plain = |char: char| matches!(char, ' ' | '\t' | '>');
    text.chars().map(|char| if is_plain(char) { char } else { ' ' }).collect()
}

/// A line without what stands before it: all of it, or as many of its quotes and as much of its white
/// space as there are.
pub(super) fn bare_line<'l>(line: &'l str, prefix: &str) -> &'l str {
    if let Some(rest) = line.strip_prefix(prefix) {
        return rest;
    }
    let mut rest = line;
    for _ in prefix.matches('>') {
        let Some(inner) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') else { break };
        rest = inner;
    }
    let deep = prefix.rfind('>').map_or(prefix.len(), |at| prefix.len() - at - 1);
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    &rest[blank.min(deep)..]
}

/// Puts another line of an item behind those that are there, before which `old` stood and `new` is to
/// stand. One that only goes on with a paragraph, and would begin something where it is to stand, is
/// put on the same line.
pub(super) fn go_on(out: &mut String, line: &str, (old, new): (&str, &str), end: &str) {
    let bare = bare_line(line, old).trim_end();
    let is_plain = bare.trim_start().starts_with(char::is_alphanumeric);
    let is_numbered = bare.trim_start().starts_with(|char: char| char.is_ascii_digit());
    if line.starts_with(old) || is_plain && !is_numbered {
        out.push_str(end);
        out.push_str(new);
        out.push_str(bare);
    } else {
        out.push(' ');
        out.push_str(bare.trim_start());
    }
}

/// The lists of a text: for each of its list items a number that those of the same list share.
pub(super) fn lists(sheet: &Sheet) -> Vec<usize> {
    let text = sheet.text();
    let items = &sheet.close.syntax.list_items;
    let mut last: Vec<Option<usize>> = Vec::new();
    let mut lists: Vec<usize> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        last.resize(item.depth + 1, None);
        let goes_on = last[item.depth].filter(|before| {
            let before = &items[*before];
            let between = text.get(before.span.end..marker(text, item)).unwrap_or("…");
            let is_blank = between.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
            is_blank && sign(text, before).chars().last() == sign(text, item).chars().last()
        });
        lists.push(goes_on.map_or(at, |before| lists[before]));
        last[item.depth] = Some(at);
    }
    lists
}

/// The words of a heading as they are written, without its signs or the line under it.
pub(super) fn heading_text<'s>(sheet: &'s Sheet, section: &Section) -> &'s str {
    let written = section.span.slice(sheet.text()).trim();
    let words = written.trim_start_matches('#').trim();
    if words.len() == written.len() {
        let underline = written.rfind('\n').map(|at| (at, written[at..].trim()));
        return match underline {
            Some((at, line))
                if line.trim_matches('=').is_empty() || line.trim_matches('-').is_empty() =>
            {
                written[..at].trim()
            }
            _ => written,
        };
    }
    // A closing sign stands apart from the words; that of `C#` is one of them.
    match words.trim_end_matches('#') {
        inner if inner.len() < words.len() && inner.ends_with([' ', '\t']) => inner.trim(),
        "" => "",
        _ => words,
    }
}

/// Whether a line, without what stands before it, begins with a list item's marker. A bold lead-in
/// and a line between paragraphs do not.
pub(super) fn is_list_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|char: char| char.is_ascii_digit());
    let behind = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '*', '+']),
    };
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}
