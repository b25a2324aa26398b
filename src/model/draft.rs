//! A commit that is yet to be written.

use std::sync::Arc;

use crate::dates::Timestamp;
use crate::model::{Person, RepoPath};

/// A commit before it has an id. Commits name each other by number: the first that is written is
/// number 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The numbers of the parents, the mainline's first. Empty for a root commit.
    pub parents: Vec<usize>,
    /// Who wrote the change, and when.
    pub author: Signed,
    /// Who made the commit, and when.
    pub committer: Signed,
    /// The whole message, with its last line break.
    pub message: String,
    /// What the commit changes against its first parent: each file's new content; `None` removes
    /// it.
    pub changes: Vec<(RepoPath, Option<Arc<[u8]>>)>,
}

/// A person at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub person: Person,
    /// When.
    pub at: Timestamp,
    /// How many minutes the clock that was looked at is ahead of UTC.
    pub offset: i32,
}
