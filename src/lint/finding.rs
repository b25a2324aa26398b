//! What a rule finds, and what would mend it.

use crate::lint::rule::Rule;
use crate::model::{RepoPath, Severity};
use crate::source::{Position, Span};

/// One thing that a rule found, with its place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// How bad, on this board.
    pub severity: Severity,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// In which file.
    pub path: RepoPath,
    /// Where in its text.
    pub span: Span,
    /// Where that begins.
    pub start: Position,
    /// Where it ends: the column behind its last character.
    pub end: Position,
    /// What to do about it, in one line; the rule's own word where there is nothing more to say.
    pub help: Option<String>,
    /// What would mend it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Something about a file as a whole: nothing in its text is to blame.
    pub fn of_file(rule: &'static Rule, path: &RepoPath, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            message: message.into(),
            path: path.clone(),
            span: Span::default(),
            start: Position::START,
            end: Position::START,
            help: None,
            fix: None,
        }
    }

    /// The same, with what to do about it.
    pub fn help(self, help: impl Into<String>) -> Finding {
        Finding { help: Some(help.into()), ..self }
    }

    /// The same, with what mends it.
    pub fn fix(self, fix: Fix) -> Finding {
        Finding { fix: Some(fix), ..self }
    }

    /// The same, with what mends it if anything does.
    pub fn maybe_fix(self, fix: Option<Fix>) -> Finding {
        Finding { fix, ..self }
    }

    /// What to do about it: its own word, else its rule's.
    pub fn advice(&self) -> &str {
        self.help.as_deref().unwrap_or(self.rule.how)
    }
}

/// Changes to one file that mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be made unasked.
    pub applicability: Applicability,
    /// The changes, in order and apart from each other.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// It says what the author must have meant: `--fix` makes it.
    Safe,
    /// It may say something else: `--unsafe-fixes` makes it.
    Unsafe,
}

impl Applicability {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        }
    }
}

/// A change: what stands in a place is replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The place.
    pub span: Span,
    /// What comes to stand there.
    pub text: String,
}

impl Edit {
    /// Puts a text in the place of another.
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    /// Puts a text before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Edit {
        Edit { span: Span::new(at, at), text: text.into() }
    }

    /// Takes a text away.
    pub fn delete(span: Span) -> Edit {
        Edit { span, text: String::new() }
    }
}

impl Fix {
    /// A fix that may be made unasked.
    pub fn safe(edits: impl Into<Vec<Edit>>) -> Fix {
        Fix::of(Applicability::Safe, edits)
    }

    /// A fix that somebody has to ask for.
    pub fn unsafe_(edits: impl Into<Vec<Edit>>) -> Fix {
        Fix::of(Applicability::Unsafe, edits)
    }

    fn of(applicability: Applicability, edits: impl Into<Vec<Edit>>) -> Fix {
        let mut edits = edits.into();
        edits.sort();
        debug_assert!(
            edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start),
            "the edits of a fix do not overlap"
        );
        Fix { applicability, edits }
    }
}
