//! A file's text and the places in it.
//!
//! Every node that mdboard reads knows its [`Span`]; a [`LineIndex`] turns a span's ends into the
//! line and column that an editor shows.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// How the lines of a text end: as the first one does.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A half-open range of bytes in a text. Both ends lie on character boundaries.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span runs forwards");
        Span { start, end }
    }

    /// The same span in a text that begins `bytes` before this one's.
    pub fn shifted(self, bytes: usize) -> Span {
        Span::new(self.start + bytes, self.end + bytes)
    }

    /// The text that the span covers; empty where the span does not fit the text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Which of some things in order holds a byte, by their spans, of which none lies in another.
pub fn holding<T>(all: &[T], at: usize, span: impl Fn(&T) -> Span) -> Option<&T> {
    let before = all.partition_point(|one| span(one).start <= at);
    all.get(before.checked_sub(1)?).filter(|one| at < span(one).end)
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// A line of a file, counted from 1 as editors and git do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Line(pub u32);

impl Line {
    /// The same line in a text that begins so many lines before this one's.
    pub fn shifted(self, lines: u32) -> Line {
        Line(self.0.saturating_add(lines))
    }
}

/// A place in a file: line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: Line,
    /// The column, in characters.
    pub column: u32,
}

impl Position {
    /// The very start of a file.
    pub const START: Position = Position { line: Line(1), column: 1 };
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each [`STRIDE`] of the text. Only long lines need it.
    counts: OnceLock<Vec<usize>>,
}

/// A column is counted over at most so many bytes.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Finds the lines of a text. A line ends with `\n`, as git and editors count.
    pub fn new(text: &str) -> LineIndex {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        LineIndex { starts, counts: OnceLock::new() }
    }

    /// The line that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> Line {
        let number = self.starts.partition_point(|start| *start <= offset);
        Line(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Line and column of the byte at `offset` of the text that this index was made from.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts[line.0 as usize - 1];
        let before = match text.get(start..offset) {
            Some(before) if before.len() <= STRIDE => before.chars().count(),
            Some(_) => self.chars_before(text, offset) - self.chars_before(text, start),
            None => 0,
        };
        let column = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
        Position { line, column }
    }

    /// The offset of the byte at a line and column; that of the line's end for a column behind it,
    /// that of the text's end for a line behind it.
    pub fn offset(&self, text: &str, at: Position) -> usize {
        let Some(start) = self.start_of(at.line) else { return text.len() };
        let next = self.start_of(at.line.shifted(1));
        let end = next.map_or(text.len(), |next| next - 1);
        let column = (at.column as usize).saturating_sub(1);
        let mut from = start;
        let mut left = column;
        if end - start > STRIDE {
            // The last stride of the line that begins at or before the column.
            let wanted = self.chars_before(text, start) + column;
            let counts = self.counts(text);
            let stride = counts.partition_point(|count| *count <= wanted).saturating_sub(1);
            let at = (stride * STRIDE..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
            if at > start {
                from = at;
                left = wanted.saturating_sub(self.chars_before(text, at));
            }
        }
        let rest = text.get(from..end).unwrap_or_default();
        from + rest.char_indices().nth(left).map_or(rest.len(), |(at, _)| at)
    }

    /// How many characters begin before a byte.
    fn chars_before(&self, text: &str, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let known = self.counts(text).get(stride).copied().unwrap_or_default();
        let rest = text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default();
        known + beginnings(rest)
    }

    fn counts(&self, text: &str) -> &[usize] {
        self.counts.get_or_init(|| {
            let strides = text.as_bytes().chunks(STRIDE);
            let ends = strides.scan(0, |count, stride| {
                *count += beginnings(stride);
                Some(*count)
            });
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// The offset at which a line begins, if the text has it.
    pub fn start_of(&self, line: Line) -> Option<usize> {
        self.starts.get((line.0 as usize).checked_sub(1)?).copied()
    }
}

/// How many characters begin in some bytes of a text.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_counted_as_those_of_short_ones() {
        let text = format!("a\n{}\r\nb\n", "aé€😀".repeat(2_000));
        let index = LineIndex::new(&text);
        for (column, (at, _)) in text[2..].char_indices().enumerate().take(8_002).step_by(7) {
            let position = Position { line: Line(2), column: column as u32 + 1 };
            assert_eq!(index.position(&text, at + 2), position);
            assert_eq!(index.offset(&text, position), at + 2);
        }
        let behind = Position { line: Line(2), column: 90_000 };
        assert_eq!(&text[index.offset(&text, behind)..], "\nb\n");
        assert_eq!(index.offset(&text, Position { line: Line(9), column: 1 }), text.len());
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text = "ab\r\nçd\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), Position::START);
        assert_eq!(index.line(3), Line(1));
        let d = text.find('d').expect("there is a d");
        assert_eq!(index.position(text, d), Position { line: Line(2), column: 2 });
        assert_eq!(index.line(text.len()), Line(3));
        assert_eq!(index.start_of(Line(2)), Some(4));
        assert_eq!(index.start_of(Line(9)), None);
    }
}
