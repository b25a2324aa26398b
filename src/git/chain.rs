//! The chain of first parents, as far as merged branches have to be told from it.

use crate::git::objects::{Id, Objects};

/// How far back from the tip a commit of the chain lies; the tip is 0.
pub(super) type Depth = usize;

/// The ids of the mainline's commits from the tip down, as far as they have been read.
/// Twenty-eight bytes for each of them: all that a walk keeps of a commit that changes nothing.
#[derive(Debug, Default)]
pub(super) struct Chain {
    ids: Vec<Id>,
    /// The merges, newest first.
    merges: Vec<Depth>,
    /// Depths, sorted by id.
    sorted: Vec<Depth>,
    /// Whether it has been read to its end.
    whole: bool,
    circle: Circle,
}

impl Chain {
    /// Adds the next older commit.
    pub(super) fn push(&mut self, id: Id, merge: bool) {
        if merge {
            self.merges.push(self.ids.len());
        }
        self.ids.push(id);
    }

    /// Goes on below the point at which comparing files stopped, until the chain has so many
    /// commits or ends, so that what lies there is not taken for part of a merged branch; then
    /// makes `depth` ready.
    pub(super) fn grow(&mut self, objects: &Objects<'_>, length: Depth) {
        let mut here = self.ids.last().and_then(|id| objects.commit(*id).ok());
        while self.ids.len() < length {
            let parent = here.as_ref().and_then(|commit| commit.parents.first());
            let parent = parent.filter(|parent| !self.circle.closes(**parent));
            here = parent.and_then(|parent| objects.commit(*parent).ok());
            let Some(commit) = &here else {
                self.whole = true;
                break;
            };
            self.push(commit.id, commit.parents.len() > 1);
        }
        self.sorted = (0..self.ids.len()).collect();
        self.sorted.sort_unstable_by_key(|depth| self.ids[*depth]);
    }

    /// Whether nothing more can be read below.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
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

/// Ends a walk along parents that goes round in a circle, by Brent's method: one id remembered at
/// steps 1, 2, 4 and so on. Only forged objects do that; mdboard does not hash the commits it
/// reads, which would rule it out and cost a sixth of the walk.
#[derive(Debug, Default)]
pub(super) struct Circle {
    remembered: Option<Id>,
    steps: u64,
}

impl Circle {
    /// Takes the next commit; true when the walk has been there.
    pub(super) fn closes(&mut self, id: Id) -> bool {
        self.steps += 1;
        let closes = self.remembered == Some(id);
        if self.steps.is_power_of_two() {
            self.remembered = Some(id);
        }
        closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_any_length_close_and_lines_do_not() {
        for (tail, length) in [(0, 1), (0, 7), (5, 3), (100, 100)] {
            let mut circle = Circle::default();
            let id =
                |step: u8| [if step < tail { step } else { tail + (step - tail) % length }; 20];
            assert!((0..=255).any(|step| circle.closes(id(step))), "{tail} and {length}");
        }
        let mut circle = Circle::default();
        assert!(!(0..=255).any(|step| circle.closes([step; 20])));
    }
}
