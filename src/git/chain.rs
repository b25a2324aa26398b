//! The chain of first parents, as far as merged branches have to be told from it.

use crate::git::objects::{Id, Objects};

/// How far back from the tip a commit of the chain lies; the tip is 0.
pub(super) type Depth = usize;

/// The ids of the mainline's commits. Twenty-eight bytes for each of them: all that a walk keeps
/// of a commit that changes nothing.
#[derive(Debug, Default)]
pub(super) struct Chain {
    ids: Vec<Id>,
    /// The merges, newest first.
    merges: Vec<Depth>,
    /// Depths, sorted by id.
    sorted: Vec<Depth>,
}

impl Chain {
    /// Adds the next older commit.
    pub(super) fn push(&mut self, id: Id, merge: bool) {
        if merge {
            self.merges.push(self.ids.len());
        }
        self.ids.push(id);
    }

    /// Goes on to the end of the chain where comparing files had to stop early, so that what lies
    /// below is not taken for part of a merged branch; then makes `depth` ready.
    pub(super) fn finish(&mut self, objects: &Objects<'_>) {
        while let Some(next) = self.ids.last().and_then(|id| {
            let next = *objects.commit(*id).ok()?.parents.first()?;
            objects.commit(next).ok()
        }) {
            self.push(next.id, next.parents.len() > 1);
        }
        self.sorted = (0..self.ids.len()).collect();
        self.sorted.sort_unstable_by_key(|depth| self.ids[*depth]);
    }

    /// The number of commits.
    pub(super) fn len(&self) -> Depth {
        self.ids.len()
    }

    /// The commit at a depth.
    pub(super) fn id(&self, depth: Depth) -> Id {
        self.ids[depth]
    }

    /// Where a commit lies; `None` off the chain.
    pub(super) fn depth(&self, id: Id) -> Option<Depth> {
        let at = self.sorted.binary_search_by_key(&id, |depth| self.ids[*depth]).ok()?;
        Some(self.sorted[at])
    }

    /// The merges between two depths, neither included.
    pub(super) fn merges_between(&self, newer: Depth, older: Depth) -> &[Depth] {
        let begin = self.merges.partition_point(|depth| *depth <= newer);
        let end = self.merges.partition_point(|depth| *depth < older);
        self.merges.get(begin..end).unwrap_or_default()
    }
}
