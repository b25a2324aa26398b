//! For people: each finding with the line that it is about, why it matters and what to do.

use std::collections::HashSet;

use annotate_snippets::renderer::{self, Renderer};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use super::places::{self, Places, Text};
use super::summary;
use crate::lint::finding::{Applicability, Finding};
use crate::model::Severity;
use crate::render::escape::{self, Excerpt};
use crate::render::{Style, paint};
use crate::report::Findings;
use crate::source::{Line, Span};

/// A place that takes more lines is shown by its first.
const MOST_LINES: usize = 5;
/// What stands before a line: its number and a bar.
const GUTTER: usize = 8;
/// A line is not cut shorter than this.
const LEAST: usize = 20;

/// Every finding with its excerpt, then the [`summary`](super::summary()). Why a rule matters is told where it finds
/// something for the first time.
pub fn full(findings: &Findings<'_>, style: &Style) -> String {
    let mut places = Places::new(findings);
    let mut known = HashSet::new();
    let mut out = String::new();
    for finding in findings.all {
        let is_first = known.insert(finding.rule.code);
        out.push_str(&one(finding, &mut places, is_first, style));
        out.push_str("\n\n");
    }
    let last = summary(findings);
    match style.color {
        true => out + &format!("{0}{last}{0:#}\n", paint::BOLD),
        false => out + &last + "\n",
    }
}

fn one(finding: &Finding, places: &mut Places<'_>, is_first: bool, style: &Style) -> String {
    let (code, name) = (finding.rule.code.code, finding.rule.code.rule);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let named = level.clone().with_name(format!("{} {code}", finding.severity.name()));
    let title = named.primary_title(escape::terminal(&finding.message)).id(name);
    let excerpt = places.place(finding).map(|(text, span)| excerpt(text, span, style));
    let indent = excerpt.as_ref().map_or(1, |excerpt| excerpt.digits);
    let mut below = Group::with_level(level);
    if let Some(excerpt) = excerpt {
        below = below.element(excerpt.snippet);
    }
    for (word, text) in asides(finding, is_first) {
        below = below.element(word.message(text));
    }
    // Lines are cut to the width already.
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.hyperlink(false).term_width(usize::MAX / 2);
    let (title, below) = (renderer.render(&[Group::with_title(title)]), renderer.render(&[below]));
    format!("{title}\n{}\n{below}", location(finding, indent, style))
}

/// Where it is. (The crate would count columns in what is left of a line that was cut.)
fn location(finding: &Finding, indent: usize, style: &Style) -> String {
    let path = escape::terminal(finding.path.as_str());
    let place = match places::is_placed(finding) {
        true => format!("{path}:{}:{}", finding.start.line.0, finding.start.column),
        false => path.into_owned(),
    };
    let paint = if style.color { renderer::DEFAULT_LINE_NUM_STYLE } else { paint::PLAIN };
    format!("{:indent$}{paint}-->{paint:#} {place}", "")
}

/// What is said below the excerpt.
fn asides(finding: &Finding, is_first: bool) -> Vec<(Level<'static>, String)> {
    let word = |level: Level<'static>, word: &'static str| level.with_name(word);
    let mut asides = Vec::new();
    if is_first {
        asides.push((word(Level::NOTE, "why"), finding.rule.why.to_owned()));
    }
    asides.push((Level::HELP, escape::terminal(finding.advice()).into_owned()));
    if let Some(fix) = &finding.fix {
        let how = match fix.applicability {
            Applicability::Safe => "`--fix` mends this",
            Applicability::Unsafe => "`--unsafe-fixes` mends this, if it guesses right",
        };
        asides.push((word(Level::NOTE, "fix available"), how.to_owned()));
    }
    asides
}

/// The lines of a place, with the place marked.
struct Shown {
    snippet: Snippet<'static, Annotation<'static>>,
    /// How many digits its line numbers have.
    digits: usize,
}

fn excerpt(source: &Text<'_>, span: Span, style: &Style) -> Shown {
    // The line end behind a place is no part of what is to be seen.
    let shown = span.slice(source.text).trim_end_matches(['\r', '\n']);
    let span = Span::new(span.start, span.start + shown.len());
    let first = source.lines.line(span.start);
    let more = source.lines.line(span.end).0.saturating_sub(first.0) as usize;
    let count = if more < MOST_LINES { more + 1 } else { 1 };
    let width = style.width.saturating_sub(GUTTER).max(LEAST);
    let mut text = String::new();
    let mut marked = (0, 0);
    for at in 0..count {
        let line = first.shifted(u32::try_from(at).unwrap_or(u32::MAX));
        let Excerpt { text: shown, span } = part(source, line, span, width);
        if at == 0 {
            marked.0 = span.start;
        } else {
            text.push('\n');
        }
        marked.1 = text.len() + span.end;
        text.push_str(&shown);
    }
    let label = (count <= more).then(|| format!("and {more} more lines"));
    let annotation = AnnotationKind::Primary.span(marked.0..marked.1).label(label);
    let first = first.0 as usize;
    let snippet = Snippet::source(text).line_start(first).annotation(annotation);
    Shown { snippet, digits: (first + count - 1).to_string().len() }
}

/// What can be shown of one of a place's lines.
fn part(source: &Text<'_>, line: Line, span: Span, width: usize) -> Excerpt {
    let start = source.lines.start_of(line).unwrap_or(source.text.len());
    let end = source.lines.start_of(line.shifted(1)).unwrap_or(source.text.len());
    let text = source.text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
    let within = |at: usize| at.clamp(start, start + text.len()) - start;
    escape::excerpt(text, Span::new(within(span.start), within(span.end)), width)
}
