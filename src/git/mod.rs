//! Reading a git repository, writing new ones, and commits of single files ([`Stroke`]): the only
//! module that knows libgit2 and gitoxide.
//!
//! It hands out plain values ([`Commit`], [`Mainline`], paths and ids) and knows nothing of
//! checklists: a [`Filter`] tells it which files matter. It reads objects, references and the
//! index, writes to a repository that it reads nothing but such commits, runs no program and goes to
//! no network.
//! [`create`] makes a new repository from commits that somebody made up.
//!
//! Incomplete history is a value here: where a shallow or partial clone ends, [`Mainline::cut`] and
//! [`Parent::known`] say so. An [`Error`] is what keeps the version looked at from being read.
//!
//! [`Parent::known`]: crate::model::history::Parent::known

mod ancestry;
mod chain;
mod commit;
mod error;
mod index;
mod lanes;
mod last;
mod mailmap;
mod merges;
mod objects;
mod open;
mod proposal;
mod revision;
mod search;
mod side;
mod standin;
mod stroke;
mod tree;
mod turned;
mod walk;
mod write;

use std::collections::{BTreeMap, HashSet, btree_map};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use git2::{ErrorCode, ObjectType, Oid};

use crate::dates::Timestamp;
use crate::git::chain::Circle;
use crate::git::mailmap::Mailmap;
use crate::git::objects::{Database, Fault, Id, Objects};
use crate::model::history::{Change, Content, Mainline, Revision};
use crate::model::{BlobId, Commit, CommitId, RepoPath};

pub use error::Error;
pub(crate) use index::{Index, Tracked};
pub use stroke::{Filed, Prepared, Stroke};
pub use write::{Writer, create};

/// More threads than this wait for each other rather than read.
const MOST_THREADS: usize = 8;

/// Which files matter. Paths are spelled from the repository's root, with `/`.
pub trait Filter: Sync {
    /// Whether files that matter may lie in a folder or below it.
    fn enters(&self, folder: &str) -> bool;
    /// Whether a file matters.
    fn takes(&self, file: &str) -> bool;
}

/// What stands at a path in a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A folder.
    Folder,
    /// A regular file.
    File(BlobId),
    /// A symbolic link or a submodule.
    Other,
}

/// The files of a version that a filter takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The regular files.
    pub files: BTreeMap<RepoPath, BlobId>,
    /// Symbolic links where the filter takes a file or enters a folder, sorted. They are not
    /// followed, and what they point to is not in `files`.
    pub symlinks: Vec<RepoPath>,
}

/// The id that git gives to a file's content.
pub fn blob_id(bytes: &[u8]) -> Result<BlobId, Error> {
    let oid = Oid::hash_object(ObjectType::Blob, bytes);
    Ok(BlobId(objects::id(oid.map_err(Error::git("hash a file"))?)))
}

/// Those of a mainline's pulls that turned around the branch that is checked out.
pub fn turned(pulls: &[Arc<Commit>], branch: Option<&str>) -> Vec<Arc<Commit>> {
    let is_turned = |pull: &&Arc<Commit>| turned::is_turned(&pull.subject, branch);
    pulls.iter().filter(is_turned).cloned().collect()
}

/// An open repository with a working tree.
pub struct Repository {
    // Closed before the stand-in is removed: fields are dropped in their order.
    inner: git2::Repository,
    /// Reads the objects, which libgit2 does only for what it writes and for odd names of commits.
    database: Database,
    /// What stands in for the git directory of a partial clone.
    _standin: Option<tempfile::TempDir>,
    /// The git directory of this working tree; the index lies in it.
    directory: PathBuf,
    worktree: PathBuf,
    prefix: String,
    /// Commits whose parents this clone does not have.
    shallow: HashSet<Id>,
    mailmap: Mailmap,
}

impl Repository {
    /// Opens the repository whose working tree holds `start`.
    ///
    /// Only an entry named `.git` in `start` or a folder above it counts, so that a bare repository
    /// lying inside a tree is never taken for one. Whose it is, is checked as git does.
    pub fn open(start: &Path) -> Result<Repository, Error> {
        open::open(start, None)
    }

    /// A second handle, for another thread: libgit2 lets one thread at a time read through one.
    pub fn reopen(&self) -> Result<Repository, Error> {
        let start = self.worktree.join(&self.prefix);
        let mut again = open::open(&start, Some(self.database.clone()))?;
        again.mailmap = self.mailmap.clone();
        Ok(again)
    }

    /// Handles for threads that read at once: with the threads that do already, one for each core.
    /// Fewer where they cannot be had.
    pub fn handles(&self, running: usize) -> Vec<Repository> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        (running..threads).map_while(|_| self.reopen().ok()).collect()
    }

    /// The root of the working tree, absolute and without symbolic links.
    pub fn worktree(&self) -> &Path {
        &self.worktree
    }

    /// Where the folder that was opened lies below the working tree's root, with `/` between its
    /// parts; empty at the root itself.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The git directory of this working tree (`.git`, or what a linked worktree has instead).
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The git directory that all linked worktrees of the repository share.
    pub fn common_directory(&self) -> PathBuf {
        open::common_directory(&self.directory)
    }

    /// Whether history is cut off by a shallow clone.
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// The commits at which a shallow clone ends, sorted; none in a whole one.
    pub fn boundary(&self) -> Vec<CommitId> {
        let mut commits: Vec<CommitId> = self.shallow.iter().copied().map(CommitId).collect();
        commits.sort_unstable();
        commits
    }

    /// The address of the remote that the repository came from, or of its only one.
    pub fn remote(&self) -> Option<String> {
        let names = self.inner.remotes().ok()?;
        let names: Vec<&str> = names.iter().flatten().flatten().collect();
        let name = match names.as_slice() {
            [only] => only,
            many => many.iter().find(|name| **name == "origin")?,
        };
        self.inner.find_remote(name).ok()?.url().ok().map(str::to_owned)
    }

    /// The commit that is checked out; `None` before the first one.
    pub fn head(&self) -> Result<Option<CommitId>, Error> {
        match self.inner.head() {
            Ok(head) => Ok(head.target().map(|oid| CommitId(objects::id(oid)))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(Error::git("find out what is checked out")(error)),
        }
    }

    /// The branch that is checked out, as `main`; `None` when HEAD is detached.
    pub fn branch(&self) -> Option<String> {
        let head = self.inner.find_reference("HEAD").ok()?;
        let target = String::from_utf8_lossy(head.symbolic_target_bytes()?).into_owned();
        target.strip_prefix("refs/heads/").map(str::to_owned)
    }

    /// The commit that a revision names: a branch, a tag, an id or anything else that
    /// `git rev-parse` takes.
    pub fn resolve(&self, revision: &str) -> Result<CommitId, Error> {
        revision::resolve(self, revision)
    }

    /// A commit, its people as the mailmap names them.
    pub fn commit(&self, id: CommitId) -> Result<Commit, Error> {
        Ok(self.objects().commit(id.0)?.commit(&self.mailmap))
    }

    /// Sets the mailmap by its text (that of the version looked at), or removes it.
    pub fn set_mailmap(&mut self, text: Option<&[u8]>) {
        self.mailmap = text.map(Mailmap::parse).unwrap_or_default();
    }

    /// The newest commit of the mainline that was committed by `end`, by the committers' clocks;
    /// `None` when there is none in this clone.
    pub fn as_of(&self, tip: CommitId, end: Timestamp) -> Result<Option<CommitId>, Error> {
        let objects = self.objects();
        let mut commit = objects.commit(tip.0)?;
        let mut circle = Circle::default();
        while commit.committed() > end {
            let parent = commit.parents.first().filter(|parent| !circle.closes(**parent));
            let Some(parent) = parent else { return Ok(None) };
            match objects.commit(*parent) {
                Ok(parent) => commit = parent,
                Err(Fault::Missing { .. }) => return Ok(None),
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(Some(CommitId(commit.id)))
    }

    /// Where a change has parted from its base: the best common ancestor of the two; `None` when
    /// they have none in this clone.
    pub fn merge_base(&self, base: CommitId, head: CommitId) -> Result<Option<CommitId>, Error> {
        let objects = self.objects();
        if let Some(found) = ancestry::merge_base(&objects, base.0, head.0)? {
            return Ok(Some(CommitId(found)));
        }
        // A clone that ends at a merge still says of what it is one.
        Ok(objects.commit(head.0)?.hidden.contains(&base.0).then_some(base))
    }

    /// What stands at a path in a version; `None`: nothing. The empty path is the root.
    pub fn entry(&self, commit: CommitId, path: &str) -> Result<Option<Entry>, Error> {
        let objects = self.objects();
        Ok(tree::entry(&objects, objects.commit(commit.0)?.tree, path)?)
    }

    /// A file's content, at most `limit` bytes of it: a larger one is not even unpacked.
    pub fn content(&self, blob: BlobId, limit: u64) -> Result<Content, Error> {
        let objects = self.objects();
        let content = objects.header(blob.0, "blob").and_then(|(_, size)| {
            if size > limit {
                return Ok(Content::TooLarge(size));
            }
            objects.blob(blob.0).map(Content::Bytes)
        });
        match content {
            Err(Fault::Missing { .. }) => Ok(Content::Missing),
            content => Ok(content?),
        }
    }

    /// What differs between two versions among the files that the filter takes, sorted by path.
    pub fn changes(
        &self,
        before: CommitId,
        after: CommitId,
        filter: &dyn Filter,
    ) -> Result<Vec<Change>, Error> {
        proposal::changes(self, before, after, filter)
    }

    /// What `head` changes against `base`, from which it comes, as the mainline would tell of it if
    /// it were merged there: with the commits that made the changes. Its own commit is `head`'s.
    pub fn proposal(
        &self,
        base: CommitId,
        head: CommitId,
        filter: &dyn Filter,
    ) -> Result<Revision, Error> {
        proposal::proposal(self, base, head, filter)
    }

    /// The files of a version that the filter takes.
    pub fn snapshot(&self, commit: CommitId, filter: &dyn Filter) -> Result<Snapshot, Error> {
        let objects = self.objects();
        Ok(tree::snapshot(&objects, objects.commit(commit.0)?.tree, filter)?)
    }

    /// The mainline from its oldest reachable commit to `tip`, told in those commits that change a
    /// file which the filter takes. One walk, whatever the number of files.
    pub fn mainline(&self, tip: CommitId, filter: &dyn Filter) -> Result<Mainline, Error> {
        self.mainline_since(tip, &HashSet::new(), filter, &|_| ())
    }

    /// The mainline down to the first commit whose history is known already; to its beginning
    /// where it meets none of them. What it tells of the commits that it walks is the same. Now and
    /// then `walked` is told how many these are so far.
    pub fn mainline_since(
        &self,
        tip: CommitId,
        known: &HashSet<CommitId>,
        filter: &dyn Filter,
        walked: &dyn Fn(usize),
    ) -> Result<Mainline, Error> {
        let mainline = walk::mainline(self, tip, known, filter, walked)?;
        let turned = turned(&mainline.pulls, self.branch().as_deref());
        Ok(Mainline { turned, ..mainline })
    }

    /// The commits that last changed some files, of those that a version has. As `git log -1` finds
    /// them, merges passed over; a file is left out where this clone does not have the commit.
    pub fn last_changes(
        &self,
        tip: CommitId,
        files: impl IntoIterator<Item = RepoPath>,
    ) -> Result<BTreeMap<RepoPath, Commit>, Error> {
        let objects = self.objects();
        let files = files.into_iter().map(|path| path.as_str().to_owned()).collect();
        let found = last::last_changes(&objects, tip.0, files)?;
        // Many files last changed in one commit.
        let mut commits: BTreeMap<Id, Commit> = BTreeMap::new();
        let mut changes = BTreeMap::new();
        for (path, id) in found {
            let commit = match commits.entry(id) {
                btree_map::Entry::Occupied(known) => known.into_mut(),
                btree_map::Entry::Vacant(new) => {
                    new.insert(objects.commit(id)?.commit(&self.mailmap))
                }
            };
            changes.insert(RepoPath::new(path), commit.clone());
        }
        Ok(changes)
    }

    /// An earlier content of a file: that of a blob by its id, or the file's in a commit by that
    /// one's. Ids may be shortened to seven digits. `None` where there is no such thing.
    pub fn version(&self, path: &str, id: &str) -> Result<Option<BlobId>, Error> {
        let is_id = (7..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_id {
            return Ok(None);
        }
        let Ok(object) = self.inner.find_object_by_prefix(id, None) else { return Ok(None) };
        let found = objects::id(object.id());
        match object.kind() {
            Some(ObjectType::Blob) => Ok(Some(BlobId(found))),
            Some(ObjectType::Commit) => match self.entry(CommitId(found), path)? {
                Some(Entry::File(blob)) => Ok(Some(blob)),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Whether git's ignore rules hide a path of the working tree; tracked files may be hidden too.
    pub fn is_ignored(&self, path: &str, folder: bool) -> Result<bool, Error> {
        let path = if folder { format!("{path}/") } else { path.to_owned() };
        self.inner.is_path_ignored(path).map_err(Error::git("read the ignore rules"))
    }

    /// The tracked files among those that the filter takes, below any of the prefixes.
    pub(crate) fn index(&self, prefixes: &[String], filter: &dyn Filter) -> Result<Index, Error> {
        Index::read(&self.directory.join("index"), prefixes, filter)
    }

    fn objects(&self) -> Objects<'_> {
        Objects::new(&self.database, &self.shallow)
    }
}
