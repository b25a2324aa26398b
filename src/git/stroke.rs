//! A commit of a change to a few files, beside whatever else somebody has in hand.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, IndexEntry, Oid, RepositoryState, Signature, Time, Transaction};

use super::{Error, Repository, objects};
use crate::dates::Timestamp;
use crate::model::{BlobId, CommitId, RepoPath};

/// Every hook that git would run for such a commit.
const HOOKS: [&str; 6] = [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "post-index-change",
    "reference-transaction",
];

/// A file's content, in the commit and in the index.
#[derive(Clone, Copy, Debug)]
pub struct Filed<'a> {
    /// The file.
    pub path: &'a RepoPath,
    /// What the commit has of it.
    pub committed: &'a [u8],
    /// What the index has of it; `None`: the index stays as it is.
    pub staged: Option<&'a [u8]>,
}

/// A change to a few files.
#[derive(Clone, Debug)]
pub struct Stroke<'a> {
    /// The files.
    pub files: Vec<Filed<'a>>,
    /// The commit's message.
    pub message: &'a str,
    /// When it is made.
    pub now: Timestamp,
}

/// A commit that nothing refers to yet. Its branch is locked for it: what could go wrong has mostly
/// gone wrong by now, and nothing is to be seen of it if it is dropped.
pub struct Prepared<'r> {
    repository: &'r git2::Repository,
    branch: Transaction<'r>,
    name: String,
    id: Oid,
    who: Signature<'static>,
    note: String,
    staged: Vec<(PathBuf, Oid)>,
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
        for hook in HOOKS {
            if is_run(&folder.join(hook)) {
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

    /// Makes a commit on top of the one that is checked out, of these files' change alone, up to the
    /// point where anybody would see it.
    ///
    /// # Errors
    ///
    /// Something else is under way, one of the files is in conflict, nobody's name is known, the
    /// branch is locked, or something could not be written.
    pub fn prepare(&self, stroke: &Stroke<'_>) -> Result<Prepared<'_>, Error> {
        self.check(stroke)?;
        self.build(stroke).map_err(Error::git("make the commit"))
    }

    /// What git refuses, too, when it is asked for a commit of single files.
    fn check(&self, stroke: &Stroke<'_>) -> Result<(), Error> {
        let no = |why: &str, help: &str| {
            Err(Error::NoCommit { why: why.to_owned(), help: help.to_owned() })
        };
        if self._standin.is_some() {
            return no(
                "mdboard only reads repositories with the git extension `partialclone`",
                "leave --commit out and commit with git",
            );
        }
        let under_way = match self.inner.state() {
            RepositoryState::Clean | RepositoryState::Bisect => None,
            RepositoryState::Merge => Some("a merge"),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some("a revert"),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Some("a cherry-pick")
            }
            _ => Some("a rebase, or the like,"),
        };
        if let Some(what) = under_way {
            return no(
                &format!("{what} is under way"),
                "finish it first (`git status` says how), or leave --commit out",
            );
        }
        let index = self.inner.index().map_err(Error::git("read the index"))?;
        for Filed { path, .. } in &stroke.files {
            let is_there = |stage| index.get_path(Path::new(path.as_str()), stage).is_some();
            if (1..=3).any(is_there) {
                return no(
                    &format!("`{}` is in conflict", path.as_str()),
                    "resolve it first (`git status` says how)",
                );
            }
        }
        if stroke.message.trim().is_empty() {
            return no("it has no message", "say one with -m, or leave -m out");
        }
        match self.inner.signature() {
            Err(error) if error.code() == ErrorCode::NotFound => no(
                "nobody's name is known",
                "git config user.name 'Your Name' && git config user.email you@example.com",
            ),
            Err(error) => Err(Error::git("make the commit")(error)),
            Ok(_) => Ok(()),
        }
    }

    fn build(&self, stroke: &Stroke<'_>) -> Result<Prepared<'_>, git2::Error> {
        let repository = &self.inner;
        let reference = repository.head()?;
        let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
        let mut branch = repository.transaction()?;
        branch.lock_ref(&name)?;
        // Asked for behind the lock: from now on it stays what it is.
        let head = repository.find_commit(repository.refname_to_id(&name)?)?;
        let tree = head.tree()?;
        let mut update = git2::build::TreeUpdateBuilder::new();
        let mut staged = Vec::new();
        for file in &stroke.files {
            let path = Path::new(file.path.as_str());
            let kind = match tree.get_path(path)?.filemode() {
                0o100_755 => git2::FileMode::BlobExecutable,
                _ => git2::FileMode::Blob,
            };
            update.upsert(file.path.as_str(), repository.blob(file.committed)?, kind);
            if let Some(bytes) = file.staged {
                staged.push((path.to_owned(), repository.blob(bytes)?));
            }
        }
        let tree = repository.find_tree(update.create_updated(repository, &tree)?)?;
        let who = repository.signature()?;
        let time = Time::new(stroke.now.0, who.when().offset_minutes());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let who = Signature::new(&text(who.name_bytes()), &text(who.email_bytes()), &time)?;
        let message = git2::message_prettify(stroke.message, None)?;
        let id = repository.commit(None, &who, &who, &message, &tree, &[&head])?;
        let note = format!("commit: {}", message.lines().next().unwrap_or_default());
        Ok(Prepared { repository, branch, name, id, who, note, staged })
    }
}

impl Prepared<'_> {
    /// Has the index hold the change, and the branch the commit. Everything else that is staged stays
    /// staged.
    ///
    /// # Errors
    ///
    /// The index is locked, or something could not be written. Both are as they were then.
    pub fn make(self) -> Result<CommitId, Error> {
        self.point().map_err(Error::git("make the commit"))
    }

    fn point(mut self) -> Result<CommitId, git2::Error> {
        self.branch.set_target(&self.name, self.id, Some(&self.who), &self.note)?;
        let before = stage(self.repository, &self.staged)?;
        if let Err(error) = self.branch.commit() {
            let mut index = self.repository.index()?;
            before.iter().try_for_each(|entry| index.add(entry))?;
            index.write()?;
            return Err(error);
        }
        Ok(CommitId(objects::id(self.id)))
    }
}

/// Puts other contents into the index; gives the entries that it had.
fn stage(
    repository: &git2::Repository,
    contents: &[(PathBuf, Oid)],
) -> Result<Vec<IndexEntry>, git2::Error> {
    let mut index = repository.index()?;
    let mut before = Vec::new();
    for (path, id) in contents {
        let Some(entry) = index.get_path(path, 0) else { continue };
        // The times are left out, so that git compares the content and not the clock.
        let zero = git2::IndexTime::new(0, 0);
        let path = entry.path.clone();
        index.add(&IndexEntry {
            id: *id,
            file_size: 0,
            ctime: zero,
            mtime: zero,
            path,
            ..entry
        })?;
        before.push(entry);
    }
    if !before.is_empty() {
        index.write()?;
    }
    Ok(before)
}

/// Whether git would run a hook: it passes over files that may not be run.
#[cfg(unix)]
fn is_run(hook: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    hook.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_run(hook: &Path) -> bool {
    hook.is_file()
}
