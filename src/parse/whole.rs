//! From the pieces of a text back to one document.

use std::sync::Arc;

use super::report::Report;
use super::sections::Outline;
use super::settle::settle;
use super::split::Piece;
use super::walk::{Context, MAX_ITEMS, Part};
use crate::model::{Document, WindowSpec};
use crate::schedule::Heading;

/// The pieces of a text that were put together so far.
pub(super) struct Whole {
    /// Where the first piece begins, in bytes of the file.
    start: usize,
    /// How many lines stand before it.
    lines: u32,
    outline: Outline,
    parts: Vec<Placed>,
    /// How many drafts the parts have.
    drafts: usize,
    is_ignored: bool,
}

/// What a piece reads as, and what stands before it.
pub(super) struct Placed {
    pub(super) part: Arc<Part>,
    /// Bytes of the file.
    pub(super) start: usize,
    pub(super) lines: u32,
    pub(super) sections: usize,
    pub(super) drafts: usize,
}

impl Whole {
    /// Nothing yet, of the markdown that begins at a byte of a file.
    pub(super) fn behind(file: &str, start: usize) -> Whole {
        let before = file.get(..start).unwrap_or(file).as_bytes();
        let lines = memchr::memchr_iter(b'\n', before).count();
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        Whole {
            start,
            lines,
            outline: Outline::default(),
            parts: Vec::new(),
            drafts: 0,
            is_ignored: false,
        }
    }

    /// What stands around the next piece.
    pub(super) fn context(&self, piece: &Piece<'_>) -> Context {
        Context { is_ignored: self.is_ignored, is_excluded: self.outline.excludes(piece.level) }
    }

    /// Whether the next piece reads alone as it does in the whole, caps included.
    pub(super) fn takes(&self, piece: &Piece<'_>, part: &Part) -> bool {
        part.past_caps.is_empty()
            && (piece.level == 0 || part.outline.has_one_root())
            && self.drafts + part.drafts.len() <= MAX_ITEMS
            && self.outline.len() + part.outline.len() <= MAX_ITEMS
    }

    /// Adds the next piece.
    pub(super) fn add(&mut self, piece: &Piece<'_>, part: Arc<Part>) {
        let (start, lines) = (self.start + piece.start, self.lines + piece.line);
        let (sections, drafts) = (self.outline.len(), self.drafts);
        self.outline.append(&part.outline, start, lines);
        self.drafts += part.drafts.len();
        self.is_ignored = part.is_ignored_behind;
        self.parts.push(Placed { part, start, lines, sections, drafts });
    }

    /// The document, with what is wrong with it. `windows` finds those that headings name.
    pub(super) fn finish(
        self,
        mut report: Report<'_>,
        windows: impl FnOnce(&[Heading<'_>]) -> Arc<Vec<Option<WindowSpec>>>,
    ) -> Document {
        for Placed { part, start, .. } in &self.parts {
            for (cap, span) in &part.past_caps {
                report.past_cap(span.shifted(*start), cap.message());
            }
        }
        let items = settle(&self.parts, self.outline.len(), &mut report);
        let (sections, heading) = self.outline.finish(windows);
        let diagnostics = report.diagnostics;
        Document { heading, sections, items, diagnostics, ..Document::default() }
    }
}
