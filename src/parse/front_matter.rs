//! The front matter: YAML between two lines, split off before any markdown is read.

use crate::model::{Diagnostic, FrontMatter, RepoPath};

/// Reads the front matter of a text. Returns it, the byte at which the markdown begins, and what
/// could not be understood.
pub(super) fn read(_path: &RepoPath, _text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    todo!()
}
