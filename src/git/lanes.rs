//! Comparing trees on every core.
//!
//! Reading the commits of a chain is quick, comparing their trees is not. So each thread goes down
//! the whole chain and compares every so manieth block of commits; the walk itself is one of them,
//! and asks the others for what they have compared.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use crate::git::chain::{Circle, Depth};
use crate::git::objects::{Fault, Id};
use crate::git::{Filter, Repository, tree};
use crate::model::CommitId;
use crate::model::history::Change;

/// With fewer commits to walk, starting threads costs more than it saves.
pub(super) const WORTH_THREADS: Depth = 256;
/// How many commits in a row a thread compares: each tree serves two comparisons, so that one tree
/// in so many is read by two threads.
const BLOCK: Depth = 32;
/// How many comparisons a thread may be ahead.
const AHEAD: usize = 8 * BLOCK;

type Compared = Result<Vec<Change>, Fault>;

/// The threads that compare beside a walk.
#[derive(Default)]
pub(super) struct Lanes {
    /// The depth at which they begin.
    begin: Depth,
    others: Vec<Receiver<Compared>>,
}

/// What the threads have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared<'s> {
    /// Where they end.
    pub(super) known: &'s HashSet<CommitId>,
    pub(super) filter: &'s dyn Filter,
}

impl Lanes {
    /// Starts to compare from the commit at a depth on. The threads end with the scope.
    pub(super) fn start<'s>(
        scope: &'s Scope<'s, '_>,
        repository: &Repository,
        shared: Shared<'s>,
        (begin, first): (Depth, Id),
    ) -> Lanes {
        // Without another handle the walk compares by itself.
        let handles = repository.handles(1);
        let count = handles.len() + 1;
        let start = |(lane, repository): (usize, Repository)| {
            let (sender, compared) = sync_channel(AHEAD);
            scope.spawn(move || compare(&repository, shared, first, (lane + 1, count), &sender));
            compared
        };
        Lanes { begin, others: handles.into_iter().enumerate().map(start).collect() }
    }

    /// What was compared of the commit at a depth; `None` where that is the walk's own to do. To be
    /// asked for every commit, in their order.
    pub(super) fn take(&self, depth: Depth) -> Option<Compared> {
        let block = depth.checked_sub(self.begin)? / BLOCK;
        let lane = (block % (self.others.len() + 1)).checked_sub(1)?;
        self.others[lane].recv().ok()
    }
}

/// Goes down the chain and compares the blocks of one thread, up to the first that cannot be.
fn compare(
    repository: &Repository,
    shared: Shared<'_>,
    first: Id,
    (lane, count): (usize, usize),
    compared: &SyncSender<Compared>,
) {
    let objects = repository.objects();
    let mut circle = Circle::default();
    let mut here = objects.commit(first);
    for depth in 0.. {
        let Ok(commit) = here else { return };
        let Some(parent) = commit.parents.first().filter(|id| !circle.closes(**id)) else { return };
        let Ok(parent) = objects.commit(*parent) else { return };
        if depth / BLOCK % count == lane {
            let trees = (Some(parent.tree), Some(commit.tree));
            let changes = tree::changes(&objects, trees.0, trees.1, shared.filter);
            let is_last = changes.is_err();
            // The walk has ended early, and nobody waits for the rest.
            if compared.send(changes).is_err() || is_last {
                return;
            }
        }
        if shared.known.contains(&CommitId(parent.id)) {
            return;
        }
        here = Ok(parent);
    }
}
