//! A commit of a change to one file, beside whatever else somebody has in hand.

use std::path::Path;

use git2::{ErrorCode, IndexEntry, Oid, Signature, Time};

use super::{Error, Repository, objects};
use crate::dates::Timestamp;
use crate::model::{BlobId, CommitId, RepoPath};

/// A file's content, in the commit and in the index.
#[derive(Clone, Debug)]
pub struct Stroke<'a> {
    /// The file.
    pub path: &'a RepoPath,
    /// What the commit has of it.
    pub committed: &'a [u8],
    /// What the index has of it; `None`: the index has no such file, and stays as it is.
    pub staged: Option<&'a [u8]>,
    /// The commit's message.
    pub message: &'a str,
    /// When it is made.
    pub now: Timestamp,
}

impl Repository {
    /// What git would run for a commit, or sign it with, in words; mdboard does neither.
    pub fn left_out(&self) -> Result<Vec<String>, Error> {
        let failed = Error::git("read the configuration");
        let config =
            self.inner.config().and_then(|mut config| config.snapshot()).map_err(failed)?;
        let mut found = Vec::new();
        if config.get_bool("commit.gpgsign").unwrap_or(false) {
            found.push("commits are signed (commit.gpgsign)".to_owned());
        }
        let folder = match config.get_path("core.hooksPath") {
            Ok(folder) => self.worktree().join(folder),
            Err(_) => self.common_directory().join("hooks"),
        };
        for hook in ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"] {
            if folder.join(hook).is_file() {
                found.push(format!("there is a hook, {hook}"));
            }
        }
        Ok(found)
    }

    /// What the index has of a file; `None` where it has none.
    pub fn staged(&self, path: &RepoPath) -> Result<Option<BlobId>, Error> {
        let index = self.inner.index().map_err(Error::git("read the index"))?;
        let entry = index.get_path(Path::new(path.as_str()), 0);
        Ok(entry.map(|entry| BlobId(objects::id(entry.id))))
    }

    /// Makes a commit on top of the one that is checked out, of this file's change alone, and has the
    /// index hold it, too. Everything else that is staged stays staged.
    ///
    /// # Errors
    ///
    /// Nobody's name is known, or something could not be written.
    pub fn commit_stroke(&self, stroke: &Stroke<'_>) -> Result<CommitId, Error> {
        self.write_stroke(stroke).map_err(Error::git("make the commit"))
    }

    fn write_stroke(&self, stroke: &Stroke<'_>) -> Result<CommitId, git2::Error> {
        let path = Path::new(stroke.path.as_str());
        let head = self.inner.head()?.peel_to_commit()?;
        let tree = head.tree()?;
        let mode = match tree.get_path(path) {
            Ok(entry) => entry.filemode(),
            Err(error) if error.code() == ErrorCode::NotFound => 0o100_644,
            Err(error) => return Err(error),
        };
        let blob = self.inner.blob(stroke.committed)?;
        let mut update = git2::build::TreeUpdateBuilder::new();
        let kind =
            if mode == 0o100_755 { git2::FileMode::BlobExecutable } else { git2::FileMode::Blob };
        update.upsert(stroke.path.as_str(), blob, kind);
        let tree = self.inner.find_tree(update.create_updated(&self.inner, &tree)?)?;
        let who = self.inner.signature()?;
        let time = Time::new(stroke.now.0, who.when().offset_minutes());
        let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let who = Signature::new(&name(who.name_bytes()), &name(who.email_bytes()), &time)?;
        // First the index: should it be locked, nothing has happened yet.
        if let Some(staged) = stroke.staged {
            let staged = self.inner.blob(staged)?;
            self.stage(path, staged)?;
        }
        let id = self.inner.commit(Some("HEAD"), &who, &who, stroke.message, &tree, &[&head])?;
        Ok(CommitId(objects::id(id)))
    }

    fn stage(&self, path: &Path, blob: Oid) -> Result<(), git2::Error> {
        let mut index = self.inner.index()?;
        let Some(entry) = index.get_path(path, 0) else { return Ok(()) };
        // The times are left out, so that git compares the content and not the clock.
        let zero = git2::IndexTime::new(0, 0);
        index.add(&IndexEntry { id: blob, file_size: 0, ctime: zero, mtime: zero, ..entry })?;
        index.write()
    }
}
