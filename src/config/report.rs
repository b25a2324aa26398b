//! Where the findings about a configuration are gathered.

use std::ops::Range;

use super::lint::Named;
use crate::model::RepoPath;
use crate::model::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::source::LineIndex;

/// A file's text and what was found in it.
pub(super) struct Report<'t> {
    path: &'t RepoPath,
    text: &'t str,
    index: LineIndex,
    found: Vec<Diagnostic>,
}

impl<'t> Report<'t> {
    pub(super) fn new(path: &'t RepoPath, text: &'t str) -> Report<'t> {
        Report { path, text, index: LineIndex::new(text), found: Vec::new() }
    }

    /// The text is no TOML. One mistake often makes the parser stumble again in the same line:
    /// only its first word on a line is worth hearing.
    pub(super) fn syntax(&mut self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(0..0);
        let line = self.index.line(span.start);
        if !self.found.iter().any(|earlier| earlier.start.line == line) {
            // A bare word that begins like `nan` or `inf` is taken for a number.
            let unquoted = ["must be quoted", "invalid float"];
            let unquoted = unquoted.iter().any(|words| error.message().contains(words));
            let help = unquoted.then(|| "put the text in quotes".to_owned());
            self.push(codes::INVALID_TOML, span, error.message().to_owned(), help);
        }
    }

    /// A key has no meaning where it stands.
    pub(super) fn unknown_key(&mut self, span: Range<usize>, key: &str, help: String) {
        let message = format!("unknown key `{key}`");
        self.push(codes::UNKNOWN_CONFIG_KEY, span, message, Some(help));
    }

    /// A value (or a key that is a value, as in `[states]`) is not what its place asks for.
    pub(super) fn invalid(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.push(codes::INVALID_CONFIG_VALUE, span, message, help);
    }

    /// A name with its place, to be judged by somebody who knows the names.
    pub(super) fn named(&self, span: Range<usize>, name: &str) -> Named {
        Named {
            name: name.to_owned(),
            start: self.index.position(self.text, span.start),
            end: self.index.position(self.text, span.end),
        }
    }

    /// What was found, by place; nothing found is fine.
    pub(super) fn finish(mut self) -> Result<(), Vec<Diagnostic>> {
        self.found.sort_by_key(|found| (found.start, found.end));
        if self.found.is_empty() { Ok(()) } else { Err(self.found) }
    }

    fn push(&mut self, code: Code, span: Range<usize>, message: String, help: Option<String>) {
        self.found.push(Diagnostic {
            code,
            severity: Severity::Error,
            message,
            path: self.path.clone(),
            start: self.index.position(self.text, span.start),
            end: self.index.position(self.text, span.end),
            help,
        });
    }
}
