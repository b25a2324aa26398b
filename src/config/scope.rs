//! Which files are on the board, and whose they are.

use crate::model::{PartnerId, RepoPath};

/// The partner globs of a board, ready to be asked.
#[derive(Clone, Debug)]
pub struct Scope {}

/// A glob that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the glob `{glob}` cannot be used: {reason}")]
pub struct GlobError {
    /// The glob as given.
    pub glob: String,
    /// Why, in words.
    pub reason: String,
}

/// The partner that a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Membership {
    /// The matched folder or file, from the repository's root: what tells partners apart.
    pub root: RepoPath,
    /// The path below the glob's fixed prefix, a file's without `.md`.
    pub id: PartnerId,
}

impl Scope {
    /// Makes a scope from a board's root (from the repository's root, empty for the root itself),
    /// its partner globs and its templates folder (both from the board's root).
    pub fn new(_root: &str, _partners: &[String], _templates: &str) -> Result<Scope, GlobError> {
        todo!()
    }

    /// The partner of a file; `None` when no glob takes it.
    pub fn membership(&self, _path: &RepoPath) -> Option<Membership> {
        todo!()
    }

    /// Whether a file could belong to a partner.
    pub fn takes(&self, _path: &str) -> bool {
        todo!()
    }

    /// Whether files that could belong to a partner may lie in a folder or below it (the empty
    /// path is the repository's root).
    pub fn enters(&self, _folder: &str) -> bool {
        todo!()
    }

    /// Folders that hold all files of the board: the fixed prefixes of the globs.
    pub fn prefixes(&self) -> Vec<String> {
        todo!()
    }
}
