//! Reading a checklist: front matter, sections, items and what their texts say.
//!
//! A text passes through here once: bytes become text (`decode`), the front matter is split off
//! (`front_matter`), and the rest is cut into pieces (`split`), of which a `reader` remembers those
//! that it has read (`memo`) before it puts them together (`whole`). Where the markdown parser
//! departs from GFM a piece is mended (`mend`), and its events are walked (`walk`). Every paragraph is rendered to plain text (`inline`); list items
//! that begin with a box (`boxes`) become items (`items`), whose metadata (`metadata`, `groups`,
//! `tail`, `owners`) is cut out of their text (`cut`).

mod boxes;
mod cut;
mod decode;
mod frames;
mod front_matter;
mod groups;
mod inline;
mod items;
mod lazy;
mod memo;
mod mend;
mod metadata;
pub(crate) mod numbers;
mod owners;
mod reader;
mod report;
mod sections;
mod settle;
mod split;
mod syntax;
mod tail;
#[cfg(test)]
mod tests;
mod untracked;
mod walk;
mod whole;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use globset::GlobSet;

pub(crate) use boxes::looks_ticked;
pub use front_matter::{Entry, Is, Value};
pub(crate) use front_matter::{quote, scalar};
pub use reader::Reader;
pub use syntax::{Definition, Heading, Html, Link, LinkKind, ListItem, Syntax, anchor};

use crate::config::Config;
use crate::config::scope::GlobError;
use crate::model::{Document, RepoPath, State};
use crate::schedule;
use crate::source::Span;
use report::Report;

/// What a board's configuration says about reading.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What `[~]`, `[>]`, `[-]` and other single characters mean on this board.
    pub states: BTreeMap<char, State>,
    /// Sections whose boxes are no items, by heading. Titles are matched as written and in lower
    /// case; a glob that is to match in any case is built case-insensitive.
    pub exclude_sections: GlobSet,
    /// Whether `(A)`, `(B)` and `(C)` at the start of a text are priorities.
    pub letter_priorities: bool,
}

impl Options {
    /// What a configuration says.
    ///
    /// # Errors
    ///
    /// The first glob of `exclude_sections` that has no valid syntax.
    pub fn of(config: &Config) -> Result<Options, GlobError> {
        Ok(Options {
            states: config.states.clone(),
            exclude_sections: config.excluded_sections()?,
            letter_priorities: config.letter_priorities,
        })
    }
}

/// Reads one version of a file. Never fails; what was not understood is in the diagnostics.
pub fn document(path: &RepoPath, bytes: &[u8], options: &Options) -> Document {
    Reader::new(options).document(path, bytes)
}

/// One version of a file, read for what it means and for how it is written.
#[derive(Clone, Debug)]
pub struct Close {
    /// The text; one `?` stands for each byte that is no UTF-8. Empty where nothing can be read.
    pub text: String,
    /// Whether the text is the file, byte for byte.
    pub is_exact: bool,
    /// What it means.
    pub document: Document,
    /// The keys of the front matter, as they stand in it.
    pub fields: Vec<Entry>,
    /// How its markdown is written.
    pub syntax: Syntax,
    /// Where items are not looked for: excluded sections, and what `mdboard-ignore-start` hides. In
    /// order and apart from each other.
    pub untracked: Vec<Span>,
}

/// Reads one version of a file closely. Never fails, as [`document`].
pub fn closely(path: &RepoPath, bytes: &[u8], options: &Options) -> Close {
    let (text, problem) = decode::text(path, bytes);
    let mut diagnostics = Vec::from_iter(problem);
    let Some(text) = text else {
        let document = Document { diagnostics, ..Document::default() };
        return Close {
            text: String::new(),
            is_exact: bytes.is_empty(),
            document,
            fields: Vec::new(),
            syntax: Syntax::default(),
            untracked: Vec::new(),
        };
    };
    let (front_matter, start, problems, fields) = front_matter::read_with_entries(path, &text);
    diagnostics.extend(problems);
    let body = markdown_body(&text, start);
    let report = Report { path, text: &text, lines: OnceCell::new(), diagnostics };
    let (syntax, part) = read_syntax(&text, body, options);
    let untracked = untracked::regions(&text, &syntax, &part);
    let mut whole = whole::Whole::behind(&text, body);
    whole.add(&split::whole(text.get(body..).unwrap_or_default()), Arc::new(part));
    let windows = |headings: &[schedule::Heading<'_>]| Arc::new(schedule::windows(headings));
    let mut document = whole.finish(report, windows);
    document.front_matter = front_matter;
    document.diagnostics.sort_by_key(|diagnostic| (diagnostic.start, diagnostic.end));
    let is_exact = text.len() == bytes.len() && text.as_bytes() == bytes;
    Close { text: text.into_owned(), is_exact, document, fields, syntax, untracked }
}

/// How the markdown of a text is written, without what it means.
pub fn syntax(path: &RepoPath, text: &str) -> Syntax {
    read_syntax(text, markdown_start(path, text), &Options::default()).0
}

/// Reads the markdown that begins at `body` for how it is written and what it means.
fn read_syntax(text: &str, body: usize, options: &Options) -> (Syntax, walk::Part) {
    let markdown = text.get(body..).unwrap_or_default();
    let mut watcher = syntax::Watcher::new(text, body);
    let part = walk::read_watched(markdown, walk::Context::default(), options, &mut watcher);
    (watcher.finish(), part)
}

/// Where the markdown of a text begins, in bytes: behind its front matter, if it has one.
pub fn markdown_start(path: &RepoPath, text: &str) -> usize {
    markdown_body(text, front_matter::read(path, text).1)
}

/// Whether a file may hold items at all: a quick look for a GFM box, without which there are none.
pub fn may_hold_items(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| matches!(window, [b'[', b' ' | b'x' | b'X', b']']))
}

/// A byte order mark is no part of the markdown.
fn markdown_body(text: &str, start: usize) -> usize {
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
}
