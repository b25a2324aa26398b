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

use crate::lint::finding::{Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::Rule;
use crate::lint::rules::{self, linter};
use crate::lint::select::{Selection, about_unknown};
use crate::source::{Line, Span};

/// The words that begin a comment for the linter.
const WORDS: [(&str, Word); 4] = [
    ("mdboard-disable-next-line", Word::NextLine),
    ("mdboard-disable-file", Word::File),
    ("mdboard-disable", Word::Disable),
    ("mdboard-enable", Word::Enable),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    NextLine,
    File,
    Disable,
    Enable,
}

/// A comment for the linter.
struct Comment {
    word: Word,
    /// All of it.
    span: Span,
    /// The names in it, with their places.
    names: Vec<(String, Span)>,
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
}

impl Directives {
    /// Finds the comments of a file.
    pub(super) fn read(page: &Page<'_>) -> Directives {
        let mut directives = Directives::default();
        if !page.text.contains("mdboard-disable") && !page.text.contains("mdboard-enable") {
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
        if names.is_empty() {
            self.nameless.push(span);
        }
        for (text, name) in names {
            let Some(rule) = rules::find(&text) else {
                self.unknown.push((text, name));
                continue;
            };
            let (from, to) = match word {
                Word::NextLine => (last.shifted(1), last.shifted(1)),
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
        for (name, span) in &self.unknown {
            let (message, help) = about_unknown(name);
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
            found.push(finding.maybe_fix(self.removal(page, comment, name)));
        }
        found
    }

    /// Takes a comment away that names one rule. One that names several is left to its author.
    fn removal(&self, page: &Page<'_>, comment: usize, _name: Span) -> Option<Fix> {
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

/// Where the first words behind the front matter stand.
fn first_words(page: &Page<'_>) -> usize {
    let body = page.text.get(page.syntax.body..).unwrap_or_default();
    page.syntax.body + (body.len() - body.trim_start().len())
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

/// Reads what stands in a comment, if it is for the linter.
fn comment(inside: &str, at: usize, span: Span) -> Option<Comment> {
    let trimmed = inside.trim_start();
    let (said, word) = WORDS.into_iter().find(|(said, _)| {
        let rest = trimmed.strip_prefix(said);
        rest.is_some_and(|rest| rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ':'))
    })?;
    let start = at + (inside.len() - trimmed.len()) + said.len();
    let rest = trimmed.get(said.len()..)?;
    let names = rest.split(':').next().unwrap_or_default();
    let mut found = Vec::new();
    let mut from = 0;
    for part in names.split_inclusive([',', ' ', '\t', '\n', '\r']) {
        let name = part.trim_matches([',', ' ', '\t', '\n', '\r']);
        if !name.is_empty() {
            let begins = start + from + part.find(name).unwrap_or_default();
            found.push((name.to_owned(), Span::new(begins, begins + name.len())));
        }
        from += part.len();
    }
    Some(Comment { word, span, names: found })
}
