//! What an earlier run has found out, kept inside the git directory.
//!
//! A checkpoint is what history up to one commit comes to, an answer what a command has said of a
//! board at one commit. Both are records: parts whose meaning is their writer's. Each is a file of
//! its own, named after the commit and a [`Key`] that stands for everything else it depends on, so
//! that what is found is right or not found at all. Files come into place whole, by renaming, and
//! carry checksums: runs side by side, a run that is killed and a file that rots are all the same
//! to a reader, who finds a record or none.
//!
//! Everything here may be deleted at any time. Nothing outside [`Cache::folder`] is written.

mod file;
mod key;
mod store;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::dates::Timestamp;
use crate::model::CommitId;

pub use file::{Problem, Record};
pub use key::Key;

/// The name of the folder inside the git directory.
const FOLDER: &str = "mdboard";

/// The records of a repository.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What history up to a commit comes to.
    Checkpoint,
    /// What a command has said.
    Answer,
}

/// A record as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it holds.
    pub kind: Kind,
    /// The commit that it is about.
    pub tip: CommitId,
    /// What else it depends on.
    pub key: Key,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written or, to within an hour, read.
    pub used: Timestamp,
}

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// How many checkpoints.
    pub checkpoints: usize,
    /// How many answers.
    pub answers: usize,
    /// How many bytes in all.
    pub bytes: u64,
}

impl Cache {
    /// The cache of a repository, given the git directory that its working trees share.
    pub fn of(git_directory: &Path) -> Cache {
        Cache { folder: git_directory.join(FOLDER) }
    }

    /// The folder that holds it, which need not be there.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
