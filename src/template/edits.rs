//! Changes to a text, gathered in any order and made at once.

use crate::source::Span;

/// Changes to one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits(Vec<(Span, String)>);

impl Edits {
    /// Puts something in a stretch's place.
    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push((span, text.into()));
    }

    /// Puts something in between. What comes to one place comes in the order of the calls.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(Span::new(at, at), text);
    }

    pub(super) fn remove(&mut self, span: Span) {
        self.replace(span, "");
    }

    /// Whether a byte is in a stretch that something else comes in the place of.
    pub(super) fn replaces(&self, at: usize) -> bool {
        self.0.iter().any(|(span, _)| span.start <= at && at < span.end)
    }

    /// The text with the changes. One that overlaps an earlier one is left out: whatever surrounds it
    /// has been replaced.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, new) in self.0 {
            if span.start < at {
                continue;
            }
            out.push_str(&text[at..span.start]);
            out.push_str(&new);
            at = span.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// The start of the line that a byte stands in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The start of the line behind the one that a byte stands in; the end of the text if that is the last.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
