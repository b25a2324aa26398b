//! Reading a checklist: front matter, sections, items and what their texts say.

mod boxes;
mod cut;
mod decode;
mod front_matter;
mod groups;
mod inline;
mod metadata;
mod owners;
mod tail;

use std::collections::BTreeMap;

use globset::GlobSet;

use crate::model::{Document, RepoPath, State};

/// What a board's configuration says about reading.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What `[~]`, `[>]`, `[-]` and other single characters mean on this board.
    pub states: BTreeMap<char, State>,
    /// Sections whose boxes are no items, by heading.
    pub exclude_sections: GlobSet,
    /// Whether `(A)`, `(B)` and `(C)` at the start of a text are priorities.
    pub letter_priorities: bool,
}

/// Reads one version of a file. Never fails; what was not understood is in the diagnostics.
pub fn document(_path: &RepoPath, _bytes: &[u8], _options: &Options) -> Document {
    todo!()
}
