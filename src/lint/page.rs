//! One file as rules see it.

use std::ops::Range;
use std::sync::OnceLock;

use crate::config::Config;
use crate::config::scope::Membership;
use crate::dates::Date;
use crate::inherit::{self, Surroundings};
use crate::lint::finding::Finding;
use crate::lint::project::Tree;
use crate::lint::rule::Rule;
use crate::model::diagnostic::codes;
use crate::model::{Document, FrontMatter, Item, RepoPath, State};
use crate::parse::{self, Close, Entry, Options, Syntax};
use crate::schedule::Basis;
use crate::source::{Line, LineIndex, Position, Span, holding, line_end};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A markdown file in the templates folder; a `README.md` there only if it has an item. And what
    /// stands elsewhere, was named, and has items of which none is begun.
    Template,
    /// A file of a partner with at least one item. And what stands elsewhere, was named, and is work
    /// that somebody has begun.
    Checklist,
    /// Any other: what stands beside those and has no item.
    Other,
}

/// A file, read, with what its rules need from around it.
pub struct Page<'a> {
    /// Its path.
    pub path: RepoPath,
    /// What it is.
    pub kind: Kind,
    /// Whose it is.
    pub membership: Option<Membership>,
    /// Its text; one `?` stands for each byte that is no UTF-8.
    pub text: String,
    /// Whether the text is the file, byte for byte: nothing else may be fixed.
    pub is_exact: bool,
    /// What it means.
    pub document: Document,
    /// The keys of its front matter, as they stand in it.
    pub fields: Vec<Entry>,
    /// How its markdown is written.
    pub syntax: Syntax,
    /// The front matters of the `README.md` files around it, the nearest first.
    pub readmes: Vec<FrontMatter>,
    /// The board's configuration.
    pub config: &'a Config,
    /// The day that is judged by.
    pub today: Date,
    /// The files around it.
    pub tree: &'a dyn Tree,
    untracked: Vec<Span>,
    lines: OnceLock<LineIndex>,
    in_templates: bool,
    around: Around<'a>,
}

/// What stands around a page.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) config: &'a Config,
    pub(super) today: Date,
    pub(super) tree: &'a dyn Tree,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        path: RepoPath,
        membership: Option<Membership>,
        in_templates: bool,
        read: Close,
        around: Around<'a>,
    ) -> Page<'a> {
        let Close { text, is_exact, document, fields, syntax, untracked } = read;
        let has_items = !document.items.is_empty();
        let is_readme = path.file_name().eq_ignore_ascii_case(inherit::README);
        let kind = match (in_templates, membership.is_some()) {
            (true, _) if has_items || !is_readme => Kind::Template,
            (false, true) if has_items => Kind::Checklist,
            (false, false) if has_items => guessed(&document),
            _ => Kind::Other,
        };
        let mut page = Page {
            path,
            kind,
            membership,
            text,
            is_exact,
            document,
            fields,
            syntax,
            readmes: Vec::new(),
            config: around.config,
            today: around.today,
            tree: around.tree,
            in_templates,
            around,
            untracked,
            lines: OnceLock::new(),
        };
        if page.kind == Kind::Template {
            page.forget_blanks();
        }
        page
    }

    /// Forgets that dates which a template leaves to be filled in cannot be read. Reading tells of
    /// them, since it does not know what is a template.
    fn forget_blanks(&mut self) {
        let mut told = std::mem::take(&mut self.document.diagnostics);
        told.retain(|told| {
            let place = Span::new(self.offset(told.start), self.offset(told.end));
            told.code != codes::UNREADABLE_DATE || !is_blank_date(self.slice(place))
        });
        self.document.diagnostics = told;
    }

    /// The same file with another text.
    pub(super) fn with_text(&self, text: &str, options: &Options) -> Page<'a> {
        let read = parse::closely(&self.path, text.as_bytes(), options);
        let (path, membership) = (self.path.clone(), self.membership.clone());
        let page = Page::new(path, membership, self.in_templates, read, self.around);
        Page { readmes: self.readmes.clone(), ..page }
    }

    /// Something wrong at a place of this file.
    pub fn finding(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Finding {
        Finding {
            span,
            start: self.position(span.start),
            end: self.position(span.end),
            ..Finding::of_file(rule, &self.path, message)
        }
    }

    /// Line and column of a byte.
    pub fn position(&self, at: usize) -> Position {
        self.index().position(&self.text, at)
    }

    /// The byte at a line and column; the end of the line for a column behind it.
    pub fn offset(&self, at: Position) -> usize {
        self.index().offset(&self.text, at)
    }

    /// A line without its line end and the white space at its end.
    pub fn line(&self, line: Line) -> Span {
        let start_of = |line| self.index().start_of(line).unwrap_or(self.text.len());
        let start = start_of(line);
        let line = self.text.get(start..start_of(line.shifted(1))).unwrap_or_default();
        Span::new(start, start + line.trim_end().len())
    }

    /// The line that holds a byte.
    pub fn line_of(&self, at: usize) -> Line {
        self.index().line(at)
    }

    /// The bytes of the lines that hold a span, with the last one's line end.
    pub fn whole_lines(&self, span: Span) -> Span {
        let start = self.index().start_of(self.line_of(span.start)).unwrap_or_default();
        let end = self.index().start_of(self.line_of(span.end).shifted(1));
        Span::new(start, end.unwrap_or(self.text.len()))
    }

    /// What to delete so that the lines that hold a span are gone and the file ends as it did: at the
    /// very end without a line end, those before go instead, of blank lines too.
    pub fn removable_lines(&self, span: Span) -> Span {
        let lines = self.whole_lines(span);
        if self.slice(lines).ends_with('\n') {
            return lines;
        }
        let before = self.text.get(..lines.start).unwrap_or_default();
        Span::new(before.trim_end_matches(['\r', '\n']).len(), lines.end)
    }

    /// The lines of the markdown, each without its line end, with the place where it begins.
    pub fn body_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = self.syntax.body;
        self.text.get(at..).unwrap_or_default().split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (start, line.trim_end_matches(['\n', '\r']))
        })
    }

    /// How lines end in this file: as the first one does.
    pub fn line_end(&self) -> &'static str {
        line_end(&self.text)
    }

    /// Whether an item could stand at a byte: not in code, HTML, an excluded section or an ignored
    /// region.
    pub fn is_tracked(&self, at: usize) -> bool {
        at >= self.syntax.body
            && !self.syntax.is_code(at)
            && !self.syntax.is_html(at)
            && !self.is_left_out(at)
    }

    /// Whether a byte stands in an excluded section or an ignored region.
    pub fn is_left_out(&self, at: usize) -> bool {
        holding(&self.untracked, at, |span| *span).is_some()
    }

    /// The value of a key of the front matter; of the first, where it stands twice.
    pub fn field(&self, key: &str) -> Option<&Entry> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// What the checklist takes from around it.
    pub fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            own: Some(&self.document.front_matter),
            readmes: self.readmes.iter().collect(),
            landed: None,
        }
    }

    /// What its relative dates count from, as far as somebody wrote it.
    pub fn basis(&self) -> Basis {
        self.surroundings().basis()
    }

    /// The leaves: items without items under them.
    pub fn leaves(&self) -> impl Iterator<Item = &Item> {
        self.document.items.iter().filter(|item| item.children == 0)
    }

    /// An item's text as written, from behind its box to the end of that line.
    pub fn text_of(&self, item: &Item) -> Span {
        let start = (item.mark.end + 1).min(self.text.len());
        let line = self.text.get(start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        Span::new(start + indent, (start + line.trim_end().len()).max(start + indent))
    }

    /// An item's box with its brackets.
    pub fn box_of(&self, item: &Item) -> Span {
        Span::new(item.mark.start.saturating_sub(1), item.mark.end + 1)
    }

    /// A piece of the text.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// The text with the places of some characters in it that are found by a test.
    pub fn chars_in(
        &self,
        range: Range<usize>,
        test: impl Fn(char) -> bool,
    ) -> impl Iterator<Item = (usize, char)> {
        let start = range.start;
        let text = self.text.get(range).unwrap_or_default();
        text.char_indices().filter(move |(_, c)| test(*c)).map(move |(at, c)| (start + at, c))
    }

    fn index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// What a list is that stands neither with templates nor with a partner: with a start, a partner or
/// something done it is work, and otherwise what work is made from.
fn guessed(document: &Document) -> Kind {
    let FrontMatter { start_date, partner, .. } = &document.front_matter;
    let is_begun = document.items.iter().any(|item| item.state == State::Done);
    match start_date.is_some() || partner.is_some() || is_begun {
        true => Kind::Checklist,
        false => Kind::Template,
    }
}

/// Whether a date with its key, as in `due: ____`, is a blank to be filled in: underscores, brackets
/// with a name in them, or what people write in their place.
fn is_blank_date(written: &str) -> bool {
    const BLANKS: [&str; 8] = ["tbd", "tbc", "tba", "yyyy", "mm", "dd", "xx", "x"];
    let value = written.split_once(':').map_or(written, |(_, value)| value);
    let mut has_blank = false;
    let mut rest = value.trim_start_matches([':', ' ']);
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '{' => Some('}'),
            '[' => Some(']'),
            '<' => Some('>'),
            _ => None,
        };
        let length = match close {
            Some(close) => match rest.find(close) {
                Some(end) => end + 1,
                None => return false,
            },
            None => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
        };
        let (word, behind) =
            rest.split_at_checked(length.max(first.len_utf8())).unwrap_or_default();
        let is_filler = word.chars().all(|c| matches!(c, '-' | '/' | '.' | ' ' | '}' | '–'));
        let is_blank = close.is_some()
            || matches!(first, '_' | '?' | '…')
            || BLANKS.contains(&word.to_lowercase().as_str());
        if !is_filler && !is_blank {
            return false;
        }
        has_blank |= is_blank;
        rest = behind;
    }
    has_blank
}
