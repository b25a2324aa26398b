//! Where two versions have parted: their best common ancestor, as `git merge-base` tells it.
//!
//! Both are followed back in the order of the committers' clocks, newest first. What is reached from
//! both is common, and all behind it is passed over. Where clocks were wrong something may be taken
//! for common before what lies above it is; so what is left is compared by its links alone.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};

use crate::dates::Timestamp;
use crate::git::objects::{Fault, Id, Objects};

/// From where a commit was reached.
type Marks = u8;

const FROM_ONE: Marks = 1;
const FROM_OTHER: Marks = 2;
const FROM_BOTH: Marks = FROM_ONE | FROM_OTHER;
/// From a common ancestor, and so no better one.
const FROM_COMMON: Marks = 4;

/// The common ancestor of two commits from which no other one is reached; of several the newest.
/// `None` where none is in this clone: a commit that it does not have is taken for the first.
pub(super) fn merge_base(objects: &Objects<'_>, one: Id, other: Id) -> Result<Option<Id>, Fault> {
    let found = common(objects, one, other)?;
    if found.len() < 2 {
        return Ok(found.first().copied());
    }
    for candidate in &found {
        let mut others = found.iter().filter(|other| *other != candidate);
        let is_behind = |other: &Id| Ok(common(objects, *candidate, *other)?.contains(candidate));
        if !others.try_fold(false, |behind, other| Ok(behind || is_behind(other)?))? {
            return Ok(Some(*candidate));
        }
    }
    Ok(None)
}

/// Common ancestors of two commits, newest first: all the best ones, and others where clocks were
/// wrong.
fn common(objects: &Objects<'_>, one: Id, other: Id) -> Result<Vec<Id>, Fault> {
    let (met, pending) = (HashMap::new(), BinaryHeap::new());
    let mut descent = Descent { objects, met, pending, pushed: 0, open: 0 };
    for (id, marks) in [(one, FROM_ONE), (other, FROM_OTHER)] {
        descent.reach(id, marks)?;
        // The two themselves must be there.
        if !descent.met.contains_key(&id) {
            return Err(Fault::Missing { kind: "commit", id });
        }
    }
    let mut found: Vec<(Timestamp, Id)> = Vec::new();
    while descent.open > 0
        && let Some((committed, _, id)) = descent.pending.pop()
    {
        let (mut marks, parents) = descent.leave(id);
        // Once at the most: whatever is new of it later is that it is behind a common one.
        if marks == FROM_BOTH {
            marks |= FROM_COMMON;
            found.push((committed, id));
        }
        for parent in parents {
            descent.reach(parent, marks)?;
        }
    }
    found.retain(|(_, id)| descent.met[id].marks & FROM_COMMON == 0);
    found.sort_by_key(|(committed, _)| Reverse(*committed));
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// The way back from two commits.
struct Descent<'a> {
    objects: &'a Objects<'a>,
    met: HashMap<Id, Met>,
    /// The commits to go on from, the newest first; of those of one second the one reached first.
    pending: BinaryHeap<(Timestamp, Reverse<usize>, Id)>,
    /// How often one was put there.
    pushed: usize,
    /// How many of these may still lead to a common ancestor.
    open: usize,
}

struct Met {
    marks: Marks,
    committed: Timestamp,
    parents: Vec<Id>,
    pending: bool,
}

impl Met {
    fn is_open(&self) -> bool {
        self.pending && self.marks & FROM_COMMON == 0
    }
}

impl Descent<'_> {
    /// Comes to a commit; it is gone on from if that tells something new.
    fn reach(&mut self, id: Id, marks: Marks) -> Result<(), Fault> {
        let met = match self.met.entry(id) {
            Entry::Occupied(met) => met.into_mut(),
            Entry::Vacant(new) => {
                let commit = match self.objects.commit(id) {
                    Ok(commit) => commit,
                    Err(Fault::Missing { .. }) => return Ok(()),
                    Err(fault) => return Err(fault),
                };
                let (committed, parents) = (commit.committed(), commit.parents);
                new.insert(Met { marks: 0, committed, parents, pending: false })
            }
        };
        if met.marks & marks == marks {
            return Ok(());
        }
        self.open -= usize::from(met.is_open());
        met.marks |= marks;
        if !met.pending {
            met.pending = true;
            self.pushed += 1;
            self.pending.push((met.committed, Reverse(self.pushed), id));
        }
        self.open += usize::from(met.is_open());
        Ok(())
    }

    /// Goes on from a commit; gives what is known of it.
    fn leave(&mut self, id: Id) -> (Marks, Vec<Id>) {
        let Some(met) = self.met.get_mut(&id) else { return (0, vec![]) };
        self.open -= usize::from(met.is_open());
        met.pending = false;
        (met.marks, met.parents.clone())
    }
}
