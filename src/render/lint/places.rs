//! Where in the texts things stand.

use crate::lint::finding::Finding;
use crate::model::RepoPath;
use crate::report::Findings;
use crate::source::{LineIndex, Position, Span};

/// The lines of the files that findings are in. Those of one file are kept at a time: findings come
/// file by file.
pub(in crate::render) struct Places<'a> {
    findings: &'a Findings<'a>,
    last: Option<Text<'a>>,
}

/// A text with its lines.
pub(super) struct Text<'a> {
    path: &'a RepoPath,
    pub(super) text: &'a str,
    pub(super) lines: LineIndex,
}

impl<'a> Places<'a> {
    pub(in crate::render) fn new(findings: &'a Findings<'a>) -> Places<'a> {
        Places { findings, last: None }
    }

    /// Line and column of both ends of a span, if the file has a text.
    pub(in crate::render) fn of(
        &mut self,
        path: &RepoPath,
        span: Span,
    ) -> Option<(Position, Position)> {
        let Text { text, lines, .. } = self.text(path)?;
        Some((lines.position(text, span.start), lines.position(text, span.end)))
    }

    /// What a finding is about, in its file's text; `None` for a file as a whole.
    pub(super) fn place(&mut self, finding: &Finding) -> Option<(&Text<'a>, Span)> {
        let text = self.text(&finding.path)?;
        if finding.span != Span::default() {
            return Some((text, finding.span));
        }
        // What was found while reading the configuration has lines and columns alone.
        let span = Span::new(text.offset(finding.start), text.offset(finding.end));
        is_placed(finding).then_some((text, span))
    }

    fn text(&mut self, path: &RepoPath) -> Option<&Text<'a>> {
        if self.last.as_ref().is_none_or(|last| last.path != path) {
            let (path, text) = self.findings.texts.get_key_value(path)?;
            self.last = Some(Text { path, text, lines: LineIndex::new(text) });
        }
        self.last.as_ref()
    }
}

impl Text<'_> {
    /// The byte at a line and column; the end of the line for a column behind it.
    fn offset(&self, at: Position) -> usize {
        self.lines.offset(self.text, at)
    }
}

/// Whether a finding is about a place in its file, not about the file as a whole.
pub(super) fn is_placed(finding: &Finding) -> bool {
    finding.end != Position::START
}
