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
mod owners;
mod reader;
mod report;
mod sections;
mod settle;
mod split;
mod tail;
#[cfg(test)]
mod tests;
mod walk;
mod whole;

use std::collections::BTreeMap;

use globset::GlobSet;

pub use reader::Reader;

use crate::model::{Document, RepoPath, State};

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

/// Reads one version of a file. Never fails; what was not understood is in the diagnostics.
pub fn document(path: &RepoPath, bytes: &[u8], options: &Options) -> Document {
    Reader::new(options).document(path, bytes)
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
