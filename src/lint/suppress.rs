//! Comments in a file that switch rules off:
//!
//! ```markdown
//! <!-- mdboard-disable-next-line MB105: both copies are signed -->
//! <!-- mdboard-disable broken-link: the pages come later --> … <!-- mdboard-enable broken-link -->
//! <!-- mdboard-disable-file MB802 -->
//! ```
//!
//! A rule is named by its code or name, several with commas between them; a reason may follow behind
//! a colon. In the front matter the same words may stand behind a `#`. A `mdboard-disable` that nothing
//! enables again reaches to the end of the file, and where nothing but the front matter stands before
//! it, over all of the file.

use crate::config::shortened;
use crate::lint::finding::{Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::Rule;
use crate::lint::rules::{self, linter};
use crate::lint::select::{Selection, about_unknown, is_set};
use crate::source::{Line, Span};

/// The words that begin a comment for the linter.
const WORDS: [(&str, Word); 4] = [
    ("mdboard-disable-next-line", Word::NextLine),
    ("mdboard-disable-file", Word::File),
    ("mdboard-disable", Word::Disable),
    ("mdboard-enable", Word::Enable),
];

/// What every comment for mdboard begins with.
const PREFIX: &str = "mdboard-";

/// Comments that others read.
const ELSEWHERE: [&str; 2] = ["mdboard-ignore-start", "mdboard-ignore-end"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    NextLine,
    File,
    Disable,
    Enable,
    /// A comment for mdboard that it does not know.
    Unknown,
}

/// A comment for the linter.
struct Comment {
    word: Word,
    /// All of it.
    span: Span,
    /// The names in it, with their places.
    names: Vec<(String, Span)>,
    /// Words behind a name that no comma parts from it, with the name, and whether a colon follows.
    loose: Option<(Span, bool)>,
}

/// A rule switched off over some lines.
struct Off {
    rule: &'static Rule,
    from: Line,
    to: Line,
    /// The comment, by index, and the rule's name in it.
    comment: usize,
    name: Span,
    is_used: bool,
}

/// The comments of a file.
#[derive(Default)]
pub(super) struct Directives {
    comments: Vec<Comment>,
    off: Vec<Off>,
    /// Names that enable what is not switched off.
    idle: Vec<(usize, Span)>,
    /// Names that are no rule's.
    unknown: Vec<(String, Span)>,
    /// Comments that name no rule.
    nameless: Vec<Span>,
    /// Comments for mdboard that it does not know.
    strange: Vec<Span>,
    /// Names with more words behind them, and whether a colon follows those.
    loose: Vec<(Span, bool)>,
}

impl Directives {
    /// Finds the comments of a file.
    pub(super) fn read(page: &Page<'_>) -> Directives {
        let mut directives = Directives::default();
        if !mentions(&page.text) {
            return directives;
        }
        directives.comments = comments(page);
        let first_line = page.line_of(first_words(page));
        for at in 0..directives.comments.len() {
            directives.take(page, at, first_line);
        }
        directives
    }

    fn take(&mut self, page: &Page<'_>, at: usize, first_line: Line) {
        let Some(comment) = self.comments.get(at) else { return };
        let (word, span, names) = (comment.word, comment.span, comment.names.clone());
        let (first, last) = (page.line_of(span.start), page.line_of(span.end));
        if word == Word::Unknown {
            return self.strange.push(span);
        }
        if names.is_empty() {
            self.nameless.push(span);
        }
        if let Some((words, has_colon)) = comment.loose {
            self.loose.push((words, has_colon));
        }
        for (text, name) in names {
            let Some(rule) = rules::find(&text) else {
                self.unknown.push((text, name));
                continue;
            };
            let (from, to) = match word {
                Word::NextLine => {
                    let next =
                        next_words(page, span.end).map_or(last.shifted(1), |at| page.line_of(at));
                    (last.shifted(1), next)
                }
                Word::Unknown => continue,
                Word::File => (Line(1), Line(u32::MAX)),
                Word::Disable if first <= first_line => (Line(1), Line(u32::MAX)),
                Word::Disable => (first, Line(u32::MAX)),
                Word::Enable => {
                    let is_open = |off: &&mut Off| {
                        std::ptr::eq(off.rule, rule)
                            && off.to == Line(u32::MAX)
                            && self
                                .comments
                                .get(off.comment)
                                .is_some_and(|by| by.word == Word::Disable)
                    };
                    match self.off.iter_mut().rev().find(is_open) {
                        Some(off) => {
                            // What was taken for the whole file is not.
                            let begins = self.comments.get(off.comment).map(|by| by.span.start);
                            off.from = page.line_of(begins.unwrap_or_default());
                            off.to = first;
                        }
                        None => self.idle.push((at, name)),
                    }
                    continue;
                }
            };
            self.off.push(Off { rule, from, to, comment: at, name, is_used: false });
        }
    }

    /// Whether a finding is switched off; notes what switched it off.
    pub(super) fn suppress(&mut self, finding: &Finding) -> bool {
        let line = finding.start.line;
        let holds = |off: &&mut Off| {
            std::ptr::eq(off.rule, finding.rule) && off.from <= line && line <= off.to
        };
        let mut is_off = false;
        for off in self.off.iter_mut().filter(holds) {
            off.is_used = true;
            is_off = true;
        }
        is_off
    }

    /// What is wrong with the comments themselves.
    pub(super) fn findings(&self, page: &Page<'_>, selection: &Selection) -> Vec<Finding> {
        let mut found = Vec::new();
        for span in &self.nameless {
            let message = "the comment names no rule";
            let finding = page.finding(&linter::unknown_rule::RULE, *span, message);
            found.push(finding.help("name the rules that it is about, as in `MB105: why`"));
        }
        for span in &self.strange {
            let message = "mdboard knows no such comment";
            let finding = page.finding(&linter::unknown_rule::RULE, *span, message);
            let all: Vec<String> = WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            found.push(finding.help(format!("write one of {}", all.join(", "))));
        }
        for (span, has_colon) in &self.loose {
            let (message, help) = match has_colon {
                true => ("several rules stand here without commas", "part them with commas"),
                false => ("words stand behind the rule", "write a colon before the reason"),
            };
            found.push(page.finding(&linter::unknown_rule::RULE, *span, message).help(help));
        }
        for (name, span) in &self.unknown {
            let (message, help) = match is_set(name) {
                true => (
                    format!("`{}` is a set of rules", shortened(name)),
                    "name the rules one by one: a comment hides no more than it says".to_owned(),
                ),
                false => about_unknown(name),
            };
            found.push(page.finding(&linter::unknown_rule::RULE, *span, message).help(help));
        }
        let unused = self
            .off
            .iter()
            .filter(|off| !off.is_used && selection.selects(off.rule, &page.path, page.kind));
        let unused = unused.map(|off| {
            let message =
                format!("nothing to switch off here: {} finds nothing", off.rule.code.code);
            (off.comment, off.name, message)
        });
        let idle = self.idle.iter().map(|(comment, name)| {
            let message = format!("`{}` is not switched off here", page.slice(*name));
            (*comment, *name, message)
        });
        for (comment, name, message) in unused.chain(idle) {
            let finding = page.finding(&linter::unused_suppression::RULE, name, message);
            found.push(finding.maybe_fix(self.removal(page, comment)));
        }
        found
    }

    /// Takes a comment away that names one rule. One that names several is left to its author.
    fn removal(&self, page: &Page<'_>, comment: usize) -> Option<Fix> {
        let comment = self.comments.get(comment)?;
        if comment.names.len() != 1 {
            return None;
        }
        let lines = page.whole_lines(comment.span);
        let is_alone = page.slice(lines).trim() == page.slice(comment.span).trim();
        if !is_alone {
            return Some(Fix::safe([Edit::delete(comment.span)]));
        }
        // Between two lines that belong together nothing may be left, and nothing be joined that
        // the comment kept apart.
        Some(Fix::safe([Edit::delete(page.removable_lines(comment.span))]))
    }
}

/// Whether a text may hold a comment for mdboard.
fn mentions(text: &str) -> bool {
    let is_it = |at: usize| {
        let word = text.get(at.saturating_sub(1)..at.saturating_sub(1) + PREFIX.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(PREFIX))
    };
    memchr::memchr2_iter(b'd', b'D', text.as_bytes()).any(is_it)
}

/// Where the first words behind the front matter stand.
fn first_words(page: &Page<'_>) -> usize {
    next_words(page, page.syntax.body).unwrap_or(page.text.len())
}

/// Where the first words behind a place stand.
fn next_words(page: &Page<'_>, from: usize) -> Option<usize> {
    let rest = page.text.get(from..)?;
    rest.find(|c: char| !c.is_whitespace()).map(|at| from + at)
}

/// The comments of a file, in their order.
fn comments(page: &Page<'_>) -> Vec<Comment> {
    let mut found = Vec::new();
    if let Some(block) = page.document.front_matter.span {
        let mut at = block.start;
        for line in page.slice(block).split_inclusive('\n') {
            let text = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            if let Some(inside) = text.strip_prefix('#') {
                let span = Span::new(start, start + text.len());
                found.extend(comment(inside, start + 1, span));
            }
            at += line.len();
        }
    }
    for html in &page.syntax.html {
        let text = page.slice(html.span);
        for (open, _) in text.match_indices("<!--") {
            let inside_from = open + "<!--".len();
            let Some(length) = text.get(inside_from..).and_then(|rest| rest.find("-->")) else {
                continue;
            };
            let inside = &text[inside_from..inside_from + length];
            let start = html.span.start + open;
            let end = html.span.start + inside_from + length + "-->".len();
            let span = Span::new(start, end);
            found.extend(comment(inside, html.span.start + inside_from, span));
        }
    }
    found
}

/// Reads what stands in a comment, if it is for mdboard.
fn comment(inside: &str, at: usize, span: Span) -> Option<Comment> {
    let trimmed = inside.trim_start();
    let start = at + (inside.len() - trimmed.len());
    let length = trimmed.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(trimmed.len());
    let (said, rest) = trimmed.split_at_checked(length)?;
    if !said.get(..PREFIX.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(PREFIX)) {
        return None;
    }
    let known = WORDS.into_iter().find(|(word, _)| *word == said);
    let word = match known {
        Some((_, word)) => word,
        None if ELSEWHERE.contains(&said) => return None,
        None => Word::Unknown,
    };
    let (names, has_colon) = match rest.split_once(':') {
        Some((names, _)) => (names, true),
        None => (rest, false),
    };
    let mut comment = Comment { word, span, names: Vec::new(), loose: None };
    let mut from = start + length;
    for part in names.split_inclusive(',') {
        let name = part.trim_matches(|c: char| c == ',' || c.is_whitespace());
        let begins = from + part.find(name).unwrap_or_default();
        let end = begins + name.find(char::is_whitespace).unwrap_or(name.len());
        if !name.is_empty() {
            let first = name.split_whitespace().next().unwrap_or_default();
            comment.names.push((first.to_owned(), Span::new(begins, end)));
        }
        if end < begins + name.len() && comment.loose.is_none() {
            comment.loose = Some((Span::new(begins, begins + name.len()), has_colon));
        }
        from += part.len();
    }
    Some(comment)
}
