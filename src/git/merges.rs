//! What merges brought, commit by commit: the comparisons that following a change into a merged
//! branch needs. Each merge is looked into by itself, so that every core can take some.

use std::collections::HashSet;
use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::git::mailmap::Mailmap;
use crate::git::objects::{Id, Objects};
use crate::git::{Filter, Repository, tree};
use crate::model::CommitId;
use crate::model::history::{Change, Parent, SideCommit};

/// With fewer merges to look into, starting threads costs more than it saves.
const WORTH_THREADS: usize = 32;
/// How many merges are taken at once: neighbours have most of their trees in common.
const AT_ONCE: usize = 16;

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
    // Some merges brought a hundred times what others did: whoever is done takes the next ones.
    let taken = AtomicUsize::new(0);
    let look = |objects: &Objects<'_>| {
        let here = Look { objects, filter, mailmap };
        let next = || {
            let at = taken.fetch_add(1, Ordering::Relaxed);
            Some((at, merges.chunks(AT_ONCE).nth(at)?))
        };
        iter::from_fn(next).map(|(at, some)| (at, here.all(some))).collect::<Vec<_>>()
    };
    let mut found = thread::scope(|scope| {
        let others = handles.into_iter();
        let others: Vec<_> =
            others.map(|handle| scope.spawn(move || look(&handle.objects()))).collect();
        let mut found = look(objects);
        for thread in others {
            found.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        found
    });
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().flat_map(|(_, brought)| brought).collect()
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
