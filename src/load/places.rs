//! Where a board lives: what a command that watches, or links to it, has to know.

use std::path::PathBuf;

use super::{Error, Request};
use crate::git::Repository;

/// Where a board lives.
#[derive(Clone, Debug)]
pub struct Places {
    /// The top of the working tree.
    pub worktree: PathBuf,
    /// The git directories, where commits show: the repository's, and in a linked working tree that
    /// one's own.
    pub git: Vec<PathBuf>,
    /// The address of the remote.
    pub remote: Option<String>,
}

/// Finds out where a board lives.
///
/// # Errors
///
/// There is no repository, or it cannot be opened.
pub fn places(request: &Request) -> Result<Places, Error> {
    let repository = Repository::open(&request.dir)?;
    let mut git = vec![repository.common_directory(), repository.directory().to_owned()];
    git.dedup();
    Ok(Places { worktree: repository.worktree().to_owned(), git, remote: repository.remote() })
}
