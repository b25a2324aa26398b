//! What merges brought, commit by commit: the comparisons that following a change into a merged
//! branch needs. Each merge is looked into by itself, so that every core can take some.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use crate::git::mailmap::Mailmap;
use crate::git::objects::{Id, Objects};
use crate::git::{Filter, Repository, tree};
use crate::model::CommitId;
use crate::model::history::{Change, Parent, SideCommit};

/// With fewer merges to look into, starting threads costs more than it saves.
const WORTH_THREADS: usize = 32;

/// A merge to look into.
pub(super) struct Merge {
    /// The tree of the merge.
    pub(super) tree: Id,
    /// Its parents behind the first.
    pub(super) merged: Vec<Id>,
    /// The commits that it brought, children before their parents.
    pub(super) side: Vec<Id>,
}

/// What was found in a merge: its parents behind the first, and the commits that it brought.
pub(super) type Brought = (Vec<Parent>, Vec<SideCommit>);

/// Looks into merges; the results are in their order.
pub(super) fn look_into(
    merges: &[Merge],
    repository: &Repository,
    objects: &Objects<'_>,
    filter: &dyn Filter,
) -> Vec<Brought> {
    let mailmap = &repository.mailmap;
    let worth_it = merges.len() >= WORTH_THREADS;
    let handles = if worth_it { repository.handles(1) } else { Vec::new() };
    // Neighbours have most of their trees in common.
    let share = merges.len().div_ceil(handles.len() + 1).max(1);
    let (own, rest) = merges.split_at(share.min(merges.len()));
    thread::scope(|scope| {
        let look = |(merges, repository): (&'_ [Merge], Repository)| {
            Look { objects: &repository.objects(), filter, mailmap }.all(merges)
        };
        let shared = rest.chunks(share).zip(handles);
        let shared: Vec<_> =
            shared.map(|(some, handle)| scope.spawn(move || look((some, handle)))).collect();
        let here = Look { objects, filter, mailmap };
        let mut brought = here.all(own);
        for thread in shared {
            let found = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            brought.extend(found);
        }
        brought
    })
}

struct Look<'a> {
    objects: &'a Objects<'a>,
    filter: &'a dyn Filter,
    mailmap: &'a Mailmap,
}

impl Look<'_> {
    fn all(&self, merges: &[Merge]) -> Vec<Brought> {
        merges.iter().map(|merge| self.merge(merge)).collect()
    }

    fn merge(&self, merge: &Merge) -> Brought {
        let inside: HashSet<Id> = merge.side.iter().copied().collect();
        let parents = merge.merged.iter().map(|id| self.parent(*id, merge.tree, &inside)).collect();
        (parents, merge.side.iter().filter_map(|id| self.side(*id, &inside)).collect())
    }

    /// A commit of a merged branch. Commits that change nothing are kept for their links.
    fn side(&self, id: Id, inside: &HashSet<Id>) -> Option<SideCommit> {
        let commit = self.objects.commit(id).ok()?;
        let parents = commit.parents.iter().map(|parent| self.parent(*parent, commit.tree, inside));
        let hidden = commit.hidden.iter().map(|parent| Parent {
            id: CommitId(*parent),
            inside: false,
            known: false,
            changes: Vec::new(),
        });
        let parents: Vec<Parent> = parents.chain(hidden).collect();
        let root_changes = match parents.is_empty() {
            true => self.changes(None, commit.tree).unwrap_or_default(),
            false => Vec::new(),
        };
        let commit = Arc::new(commit.commit(self.mailmap));
        Some(SideCommit { commit, parents, root_changes })
    }

    fn parent(&self, id: Id, child: Id, inside: &HashSet<Id>) -> Parent {
        let parent = self.objects.commit(id);
        let changes = parent.ok().and_then(|parent| self.changes(Some(parent.tree), child));
        Parent {
            id: CommitId(id),
            inside: inside.contains(&id),
            known: changes.is_some(),
            changes: changes.unwrap_or_default(),
        }
    }

    /// `None` where a tree cannot be read.
    fn changes(&self, before: Option<Id>, after: Id) -> Option<Vec<Change>> {
        tree::changes(self.objects, before, Some(after), self.filter).ok()
    }
}
