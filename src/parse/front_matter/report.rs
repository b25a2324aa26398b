//! Where the findings about a front matter are gathered.

use crate::model::diagnostic::{Code, codes};
use crate::model::{Diagnostic, RepoPath, Severity};
use crate::source::{Line, LineIndex, Span};

use super::yaml;

/// A text and what was found in it.
pub(super) struct Report<'t> {
    path: &'t RepoPath,
    text: &'t str,
    index: LineIndex,
    found: Vec<Diagnostic>,
}

impl<'t> Report<'t> {
    /// A report about a text, of which only the part before `end` will be named.
    pub(super) fn new(path: &'t RepoPath, text: &'t str, end: usize) -> Report<'t> {
        let index = LineIndex::new(text.get(..end).unwrap_or(text));
        Report { path, text, index, found: Vec::new() }
    }

    /// The line of a byte.
    pub(super) fn line(&self, offset: usize) -> Line {
        self.index.line(offset)
    }

    /// The text of a span.
    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The front matter is no YAML, or passes a limit.
    pub(super) fn yaml(&mut self, error: &yaml::Error, help: Option<String>) {
        let (code, help) = match (error.is_limit, help) {
            (true, _) => {
                let help = "write the values out, without nesting and aliases";
                (codes::OVERSIZED_FILE, help.to_owned())
            }
            (false, Some(help)) => (codes::INVALID_YAML, help),
            (false, None) => {
                let help = "keep only `key: value` lines in the front matter";
                (codes::INVALID_YAML, help.to_owned())
            }
        };
        self.push(code, Severity::Error, error.span, error.message.clone(), Some(help));
    }

    /// A value is not what its key asks for, or cannot be read.
    pub(super) fn warn(&mut self, code: Code, span: Span, message: String, help: String) {
        self.push(code, Severity::Warning, span, message, Some(help));
    }

    /// Something was found.
    pub(super) fn push(
        &mut self,
        code: Code,
        severity: Severity,
        span: Span,
        message: String,
        help: Option<String>,
    ) {
        self.found.push(Diagnostic {
            code,
            severity,
            message,
            path: self.path.clone(),
            start: self.index.position(self.text, span.start),
            end: self.index.position(self.text, span.end),
            help,
        });
    }

    /// What was found, by place.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|found| (found.start, found.end));
        self.found
    }
}
