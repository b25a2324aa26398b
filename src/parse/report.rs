//! What reading finds wrong, in words.

use std::cell::OnceCell;

use crate::config::shortened;
use crate::model::diagnostic::codes;
use crate::model::{Code, Diagnostic, RepoPath, Severity};
use crate::parse::items::{Doubt, Draft};
use crate::parse::metadata::Problem;
use crate::schedule::{DueError, Numeric, numeric_dates};
use crate::source::{LineIndex, Span};

/// Collects diagnostics on one file.
pub(super) struct Report<'t> {
    pub(super) path: &'t RepoPath,
    pub(super) text: &'t str,
    /// Made when the first place has to be told: most texts have nothing wrong.
    pub(super) lines: OnceCell<LineIndex>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Report<'_> {
    fn add(&mut self, code: Code, severity: Severity, span: Span, message: String, help: &str) {
        let lines = self.lines.get_or_init(|| LineIndex::new(self.text));
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            message,
            path: self.path.clone(),
            start: lines.position(self.text, span.start),
            end: lines.position(self.text, span.end),
            help: Some(help.into()),
        });
    }

    /// A cap was passed at a place; what comes is not read.
    pub(super) fn past_cap(&mut self, span: Span, message: String) {
        let help = "split the file: what stands past the cap is not on the board";
        self.add(codes::OVERSIZED_FILE, Severity::Error, span, message, help);
    }

    /// All that is wrong with an item of a piece that begins at a byte of the text.
    pub(super) fn item(&mut self, draft: &Draft, start: usize) {
        if let Some(doubt) = draft.doubt {
            self.doubt(doubt, draft.item.mark.shifted(start));
        }
        for (span, problem) in &draft.problems {
            self.date(span.shifted(start), problem);
        }
    }

    fn doubt(&mut self, doubt: Doubt, mark: Span) {
        let span = Span::new(mark.start.saturating_sub(1), mark.end + 1);
        match doubt {
            Doubt::Ambiguous(letter) => self.add(
                codes::AMBIGUOUS_STATE,
                Severity::Info,
                span,
                format!("`[{letter}]` means different things to different people; it is read as in progress"),
                "say what it means under `[states]` in mdboard.toml",
            ),
            Doubt::Unknown(letter) => self.add(
                codes::UNKNOWN_STATE,
                Severity::Warning,
                span,
                format!("`[{letter}]` is no state that this board knows; it is read as open"),
                "write `[ ]`, `[x]`, `[/]`, `[!]` or `[N/A]`, or name it under `[states]` in mdboard.toml",
            ),
            Doubt::Ticklike(letter) => self.add(
                codes::MALFORMED_CHECKBOX,
                Severity::Error,
                span,
                format!("`[{letter}]` looks ticked and is read as open: only `[x]` is a ticked box"),
                "write `[x]` if it is done, `[ ]` if it is not",
            ),
        }
    }

    fn date(&mut self, span: Span, problem: &Problem) {
        let written = shortened(span.slice(self.text));
        match problem.why {
            DueError::Impossible => self.add(
                codes::IMPOSSIBLE_DATE,
                Severity::Warning,
                span,
                format!("the calendar has no such day: `{written}`"),
                "correct the day or the month",
            ),
            DueError::Unreadable => self.unreadable_date(span, &written),
        }
    }

    fn unreadable_date(&mut self, span: Span, written: &str) {
        let help = match numeric_dates(written).next() {
            Some((place, Numeric::TwoDays(one, other))) => {
                let written = written.get(place.clone()).unwrap_or_default();
                let span = Span::from(place).shifted(span.start);
                let message = format!("`{written}` can be {one} or {other}");
                let help = format!("write `{one}` or `{other}`");
                self.add(codes::AMBIGUOUS_DATE, Severity::Warning, span, message, &help);
                return;
            }
            Some((_, Numeric::YearFirst(date) | Numeric::YearLast(date))) => {
                format!("write `{date}`")
            }
            _ => "write it as 2026-03-01; a due date may also be `Day 14` or `+2w` from the start date"
                .to_owned(),
        };
        let message = format!("no date can be read from `{written}`");
        self.add(codes::UNREADABLE_DATE, Severity::Warning, span, message, &help);
    }
}
