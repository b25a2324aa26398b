//! From the pieces of a text back to one document.

use std::sync::Arc;

use super::items::Draft;
use super::report::Report;
use super::sections::Outline;
use super::settle::settle;
use super::split::Piece;
use super::walk::{Cap, Context, MAX_ITEMS, Part};
use crate::model::{Document, Item, WindowSpec};
use crate::schedule::Heading;
use crate::source::Span;

/// The pieces of a text that were put together so far.
pub(super) struct Whole {
    /// Where the first piece begins, in bytes of the file.
    start: usize,
    /// How many lines stand before it.
    lines: u32,
    outline: Outline,
    drafts: Vec<Draft>,
    past_caps: Vec<(Cap, Span)>,
    is_ignored: bool,
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
            drafts: Vec::new(),
            past_caps: Vec::new(),
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
            && self.drafts.len() + part.drafts.len() <= MAX_ITEMS
            && self.outline.len() + part.outline.len() <= MAX_ITEMS
    }

    /// Adds the next piece.
    pub(super) fn add(&mut self, piece: &Piece<'_>, part: &Part) {
        let (start, lines) = (self.start + piece.start, self.lines + piece.line);
        let (sections, drafts) = (self.outline.len(), self.drafts.len());
        self.outline.append(&part.outline, start, lines);
        self.drafts.extend(part.drafts.iter().map(|draft| {
            let item = &draft.item;
            Draft {
                item: Item {
                    span: item.span.shifted(start),
                    mark: item.mark.shifted(start),
                    line: item.line.shifted(lines),
                    section: item.section.map(|at| at + sections),
                    parent: item.parent.map(|at| at + drafts),
                    ..item.clone()
                },
                mark: draft.mark,
                doubt: draft.doubt,
                problems: draft
                    .problems
                    .iter()
                    .map(|(span, problem)| (span.shifted(start), problem.clone()))
                    .collect(),
            }
        }));
        let caps = part.past_caps.iter().map(|(cap, span)| (*cap, span.shifted(start)));
        self.past_caps.extend(caps);
        self.is_ignored = part.is_ignored_behind;
    }

    /// The document, with what is wrong with it. `windows` finds those that headings name.
    pub(super) fn finish(
        self,
        mut report: Report<'_>,
        windows: impl FnOnce(&[Heading<'_>]) -> Arc<Vec<Option<WindowSpec>>>,
    ) -> Document {
        for (cap, span) in self.past_caps {
            report.past_cap(span, cap.message());
        }
        let items = settle(self.drafts, self.outline.len(), &mut report);
        let (sections, heading) = self.outline.finish(windows);
        let diagnostics = report.diagnostics;
        Document { heading, sections, items, diagnostics, ..Document::default() }
    }
}
