//! What an earlier run has found out, kept inside the git directory.
//!
//! A checkpoint is what history up to one commit comes to, in parts whose meaning is their
//! writer's. Each is a file of its own, named after the commit and a [`Key`] that stands for
//! everything else it depends on, so that what is found is right or not found at all. Files come
//! into place whole, by renaming, and carry checksums: runs side by side, a run that is killed and
//! a file that rots are all the same to a reader, who finds a checkpoint or none.
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

pub use file::{Checkpoint, Problem};
pub use key::Key;

/// The name of the folder inside the git directory.
const FOLDER: &str = "mdboard";

/// The checkpoints of a repository.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A checkpoint as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The commit up to which it tells history.
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
