//! Where the front matter begins and ends, and whether it is one at all: a markdown document may
//! also begin with a thematic break, which looks the same.

use std::ops::Range;

use crate::source::Span;

/// What stands at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Markdown.
    Nothing,
    /// An opening line with keys behind it, and a closing line.
    Block {
        /// From the opening line to the end of the closing one, its line break left out.
        whole: Span,
        /// The opening line.
        opening: Span,
        /// What stands between the two lines.
        content: Span,
    },
    /// An opening line with a key behind it, and no closing line.
    Unclosed {
        /// The opening line.
        opening: Span,
        /// What stands behind it.
        content: Span,
    },
}

/// Finds the front matter, and the byte at which the markdown begins.
pub(super) fn find(text: &str) -> (Found, usize) {
    let nothing = (Found::Nothing, after_bom(text));
    let mut lines = lines(text, after_bom(text));
    let Some(opening) = lines.find(|line| !line.slice(text).trim().is_empty()) else {
        return nothing;
    };
    if opening.slice(text).trim_end() != "---" {
        return nothing;
    }
    let start = opening.end;
    let opening = trimmed(text, opening);
    let is_closing = |line: &Span| matches!(line.slice(text).trim_end(), "---" | "...");
    match lines.find(is_closing) {
        Some(closing) => {
            let content = Span::new(start, closing.start);
            if !content.slice(text).trim().is_empty() && !has_key(content.slice(text)) {
                return nothing;
            }
            let whole = Span::new(opening.start, trimmed(text, closing).end);
            (Found::Block { whole, opening, content }, closing.end)
        }
        None => {
            let content = Span::new(start, text.len());
            if !begins_with_key(content.slice(text)) {
                return nothing;
            }
            (Found::Unclosed { opening, content }, after_bom(text))
        }
    }
}

/// The first byte behind a byte order mark.
pub(super) fn after_bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Whether the very first line is a `key:`.
pub(super) fn begins_with_key(content: &str) -> bool {
    content.lines().next().is_some_and(|line| key_and_value(line).is_some())
}

/// Whether a line of the content is a `key:`. Comments alone are none: they look like headings.
fn has_key(content: &str) -> bool {
    content.lines().any(|line| key_and_value(line).is_some())
}

/// Whether what is no YAML is markdown: it has an item of a task list, or most of its lines at the
/// left edge are no keys.
pub(super) fn is_markdown(content: &str) -> bool {
    let mut keys = 0_usize;
    let mut others = 0_usize;
    for line in content.lines() {
        if is_task(line) {
            return true;
        }
        if is_blank_or_comment(line) || line.starts_with([' ', '\t', '-', ']', '}']) {
            continue;
        }
        if key_and_value(line).is_some() {
            keys += 1;
        } else {
            others += 1;
        }
    }
    others > keys
}

/// Whether a line is an item of a task list.
fn is_task(line: &str) -> bool {
    let marker = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(rest) = marker.strip_prefix(['-', '*', '+', '.', ')']) else {
        return false;
    };
    let Some(inside) = rest.trim_start().strip_prefix('[') else {
        return false;
    };
    let mut characters = inside.chars();
    characters.next().is_some() && characters.next() == Some(']') && characters.next() == Some(' ')
}

/// The lines before the first blank one, at most so many bytes.
pub(super) fn leading_lines(content: &str, most: usize) -> &str {
    let mut end = 0;
    for line in content.split_inclusive('\n') {
        if line.trim().is_empty() || end + line.len() > most {
            break;
        }
        end += line.len();
    }
    content.get(..end).unwrap_or_default()
}

pub(super) fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The places of the key and of the value in a line `key: value`. A key is a few words, perhaps in
/// quotes; the value may be missing, and has no white space around it.
pub(super) fn key_and_value(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = line.len() - line.trim_start_matches(' ').len();
    let rest = line.get(start..)?;
    let (key, colon) = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let length = rest.get(1..)?.find(quote)?;
            let behind = rest.get(length + 2..)?;
            let gap = behind.len() - behind.trim_start_matches(' ').len();
            (start + 1..start + 1 + length, start + length + 2 + gap)
        }
        first if first.is_alphanumeric() || first == '_' => {
            let colon = rest.match_indices(':').map(|(at, _)| at).find(|at| ends_key(rest, *at))?;
            let key = rest.get(..colon)?.trim_end();
            if !key.chars().all(may_stand_in_key) || key.split_whitespace().count() > 4 {
                return None;
            }
            (start..start + key.len(), start + colon)
        }
        _ => return None,
    };
    if !line.get(colon..)?.starts_with(':') || !ends_key(line, colon) {
        return None;
    }
    let behind = line.get(colon + 1..)?;
    let value = behind.trim();
    let from = colon + 1 + (behind.len() - behind.trim_start().len());
    Some((key, from..from + value.len()))
}

/// Whether the colon at a place is the end of a key: white space or nothing is behind it.
fn ends_key(line: &str, colon: usize) -> bool {
    line.get(colon + 1..).is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

fn may_stand_in_key(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | '$' | ' ')
}

/// The lines of a text from a place on, each with its line break.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let mut at = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, at)
    })
}

/// A line without the white space at its end.
fn trimmed(text: &str, line: Span) -> Span {
    Span::new(line.start, line.start + line.slice(text).trim_end().len())
}
