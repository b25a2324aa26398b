//! The history of a set of files, as plain values: what a walk of the mainline finds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{BlobId, Commit, CommitId, RepoPath};

/// The mainline from its oldest reachable commit to the one looked at.
#[derive(Clone, Debug, Default)]
pub struct Mainline {
    /// The commits that change a file asked for, oldest first. All others are left out.
    pub revisions: Vec<Revision>,
    /// Why the walk ended before the root of history, if it did.
    pub cut: Option<Cut>,
    /// Merges by which a `git pull` made the former mainline a merged branch, newest first.
    pub turned: Vec<Arc<Commit>>,
    /// Merges that look like those, newest first: `turned` is what remains of them for the branch
    /// that is checked out.
    pub pulls: Vec<Arc<Commit>>,
    /// The commit at which the walk stopped because its caller knows the history up to it. It is
    /// not among the revisions, and nothing here is of it or of what lies before it.
    pub since: Option<CommitId>,
    /// How many commits were walked.
    pub walked: usize,
}

/// A mainline commit and what it changes against its first parent.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The commit.
    pub commit: Arc<Commit>,
    /// Changed files, sorted by path. Renames are not detected here.
    pub changes: Vec<Change>,
    /// False where the first parent is not available (a shallow clone's boundary): then every file
    /// seems to be new, and nothing says since when it was there.
    pub parent_known: bool,
    /// The parents behind the first, if it is a merge: what lies between each of them and the merge.
    pub merged: Vec<Parent>,
    /// The commits that the merge brought (reachable from it and not from its first parent),
    /// children before their parents. Empty when there is none or no file changed.
    pub side: Vec<SideCommit>,
}

impl Revision {
    /// What changes on the way through the branches that it merged: from each parent behind the
    /// first to the merge, and from each parent to its commit inside the branches.
    pub fn changes_beside(&self) -> impl Iterator<Item = &Change> {
        let of_side = self.side.iter().flat_map(|commit| &commit.parents);
        self.merged.iter().chain(of_side).flat_map(|parent| &parent.changes)
    }
}

/// A commit of a merged branch.
#[derive(Clone, Debug)]
pub struct SideCommit {
    /// The commit.
    pub commit: Arc<Commit>,
    /// All its parents, in their order. Empty for a root commit: see `root_changes`.
    pub parents: Vec<Parent>,
    /// Of a commit without parents: every file asked for that it holds, each as new.
    pub root_changes: Vec<Change>,
}

/// A parent of a commit, and what the commit changes against it.
#[derive(Clone, Debug)]
pub struct Parent {
    /// The parent.
    pub id: CommitId,
    /// Whether the parent is one of the commits that the same merge brought.
    pub inside: bool,
    /// False where the parent's tree is not available; then `changes` is empty and says nothing.
    pub known: bool,
    /// What the commit changes against this parent, sorted by path.
    pub changes: Vec<Change>,
}

/// A file that differs between two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: RepoPath,
    /// Its content before; `None`: it was not there.
    pub before: Option<BlobId>,
    /// Its content after; `None`: it is not there.
    pub after: Option<BlobId>,
}

/// What turns one set of files into another, by path.
pub fn changes(
    before: &BTreeMap<RepoPath, BlobId>,
    after: &BTreeMap<RepoPath, BlobId>,
) -> Vec<Change> {
    let paths: BTreeSet<&RepoPath> = before.keys().chain(after.keys()).collect();
    let change = |path: &RepoPath| Change {
        path: path.clone(),
        before: before.get(path).copied(),
        after: after.get(path).copied(),
    };
    paths.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// What the walk of a mainline tells besides its revisions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Remarks {
    /// As [`Mainline::cut`].
    pub cut: Option<Cut>,
    /// As [`Mainline::pulls`].
    pub pulls: Vec<Arc<Commit>>,
}

/// Why history ends early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cut {
    /// The clone is shallow; its oldest mainline commit is given.
    Shallow(Arc<Commit>),
    /// Objects are missing (a partial clone without its trees); the oldest readable commit is given.
    MissingObjects(Arc<Commit>),
}

/// The content of a file version, if it can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes.
    Bytes(Vec<u8>),
    /// Larger than what was asked for; its size in bytes.
    TooLarge(u64),
    /// Not in this clone.
    Missing,
}
