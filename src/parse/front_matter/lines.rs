//! A front matter that is no YAML as a whole, read key by key.
//!
//! The text is cut where a key begins at the left edge. Each piece is read alone; a line that is no
//! YAML even so, as in `owner: @name` or `title: A: B`, gives its value as written.

use super::block::{is_blank_or_comment, key_and_value};
use super::scalar::quote;
use super::value::{Entry, Is, Value};
use super::yaml;
use crate::config::shortened;
use crate::source::Span;

/// How many wrong lines are told. Past that, the file is not meant to be a front matter.
const MOST: usize = 20;

/// What could be read, and what could not.
pub(super) struct Read {
    /// The keys, in their order.
    pub(super) entries: Vec<Entry>,
    /// The pieces that are no YAML, those included whose value was read as written.
    pub(super) wrong: Vec<Wrong>,
}

impl Read {
    /// Whether a piece passes a limit by itself.
    pub(super) fn has_limit(&self) -> bool {
        self.wrong.iter().any(|wrong| wrong.error.is_limit)
    }
}

/// A piece that is no YAML.
pub(super) struct Wrong {
    /// What is wrong, and where.
    pub(super) error: yaml::Error,
    /// What to do about it.
    pub(super) help: String,
}

/// Reads what stands at a place in a file.
pub(super) fn read(text: &str, base: usize) -> Read {
    let mut read = Read { entries: Vec::new(), wrong: Vec::new() };
    for span in pieces(text) {
        let piece = span.slice(text);
        let start = base + span.start;
        match yaml::read(piece, start) {
            Ok(entries) => read.entries.extend(entries),
            Err(error) => {
                let alone = Alone::new(piece, start);
                read.entries.extend(alone.as_ref().and_then(Alone::as_written));
                if read.wrong.len() < MOST {
                    read.wrong.push(wrong(error, alone.as_ref(), piece, start));
                }
            }
        }
    }
    read
}

/// Cuts a text into keys with what belongs to each: the lines further to the right, blank lines,
/// comments, and the items and brackets that YAML lets stand below their key.
fn pieces(text: &str) -> Vec<Span> {
    let indent = text
        .lines()
        .find(|line| !is_blank_or_comment(line))
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let mut pieces: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let belongs = is_blank_or_comment(line)
            || line.len() - line.trim_start_matches([' ', '\t']).len() > indent
            || matches!(line.trim_start().chars().next(), Some('-' | ']' | '}'));
        match pieces.last_mut() {
            Some(last) if belongs => last.end = span.end,
            _ => pieces.push(span),
        }
    }
    pieces
}

/// A piece that is one line `key: value` and nothing else.
struct Alone<'t> {
    key: &'t str,
    key_span: Span,
    value: &'t str,
    span: Span,
}

impl<'t> Alone<'t> {
    fn new(piece: &'t str, start: usize) -> Option<Alone<'t>> {
        let mut lines = piece.lines();
        let line = lines.next()?;
        if !lines.all(is_blank_or_comment) {
            return None;
        }
        let (key, value) = key_and_value(line)?;
        Some(Alone {
            key: line.get(key.clone())?,
            key_span: Span::new(start + key.start, start + key.end),
            value: line.get(value.clone())?,
            span: Span::new(start + value.start, start + value.end),
        })
    }

    /// The value as its author must have meant it; `None` where it is no single text.
    fn as_written(&self) -> Option<Entry> {
        let text = plain_text(self.value)?;
        let is = if text.is_empty() { Is::Null } else { Is::Text(text.to_owned()) };
        let value = Value { span: self.span, is };
        Some(Entry { key: self.key.to_owned(), key_span: self.key_span, value })
    }
}

/// A value without its quotes and its comment.
fn plain_text(value: &str) -> Option<&str> {
    match value.chars().next() {
        // The beginning of a text or list on further lines.
        Some('|' | '>') => None,
        Some('[') if !value.contains(']') => None,
        Some('{') if !value.contains('}') => None,
        Some(quote @ ('"' | '\'')) => Some(without_quotes(value, quote)),
        _ => Some(without_comment(value)),
    }
}

fn without_comment(value: &str) -> &str {
    value
        .match_indices('#')
        .find(|(at, _)| {
            value
                .get(..*at)
                .is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']))
        })
        .map_or(value, |(at, _)| value.get(..at).unwrap_or(value).trim_end())
}

/// Quotes around the whole of a value are no part of it; of `"A" and "B"` they are.
fn without_quotes(value: &str, quote: char) -> &str {
    let inner = value.strip_prefix(quote).unwrap_or(value);
    let closed = inner.strip_suffix(quote);
    match (inner.matches(quote).count(), closed) {
        (0, _) => without_comment(inner),
        (count, Some(inner)) if count == 1 || count % 2 == 0 => inner,
        _ => without_comment(value),
    }
}

/// What is wrong with a piece: at its value if it is a single line, else where the parser stopped.
fn wrong(mut error: yaml::Error, alone: Option<&Alone<'_>>, piece: &str, start: usize) -> Wrong {
    if let Some(tab) = tab_in_indent(piece) {
        error.span = Span::new(start + tab, start + tab + 1);
        return Wrong { error, help: "indent with spaces: YAML takes no tabs".to_owned() };
    }
    let Some(alone) = alone.filter(|alone| !alone.value.is_empty()) else {
        let help = "write one `key: value` in a line, and indent what belongs to a key";
        return Wrong { error, help: help.to_owned() };
    };
    error.span = alone.span;
    Wrong { error, help: help(alone) }
}

/// The first tab that a line is indented with.
fn tab_in_indent(piece: &str) -> Option<usize> {
    let mut start = 0;
    for line in piece.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..indent).and_then(|indent| indent.find('\t')) {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// How to write a single value so that it is YAML.
fn help(Alone { key, value, .. }: &Alone<'_>) -> String {
    let quoted = quote(&shortened(plain_text(value).unwrap_or(value)));
    let why = match value.chars().next() {
        Some('"' | '\'') => "quote the whole value once",
        Some('@') => "quote a value that begins with `@`",
        Some('`') => "quote a value that begins with a backquote",
        Some('[' | '{') => "quote a text that begins with a bracket",
        Some('*' | '&' | '!' | '%' | '|' | '>') => "quote a value that begins with a sign",
        _ if value.contains(": ") || value.ends_with(':') => "quote a value that has a colon",
        _ => "quote the value",
    };
    format!("{why}: `{key}: {quoted}`")
}
