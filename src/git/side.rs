//! What a merge brought: the commits reachable from it and not from its first parent.
//!
//! Git finds them by walking both sides in order of commit dates, which misses where clocks were
//! wrong. Here the links alone decide. From the merged parents one walks back until the mainline is
//! reached. What was met on the way is what the merge brought, unless an earlier merge brought it
//! already; only merges above the oldest point at which the mainline was reached can have done so.
//! Merges are taken oldest first and what they brought is remembered, so that no commit is gone
//! through for each later merge again.
//!
//! Of the mainline no more is read than it takes. A way back that ends on a known commit of it has
//! not come through an unknown one: those lead down to the mainline's end and nowhere else. So what
//! is found is certain as soon as every way back ends on what is known, and until then more of the
//! mainline is read and the search begun again.

use std::collections::{HashMap, HashSet};

use crate::git::chain::{Chain, Depth};
use crate::git::objects::{Id, Objects};

/// How many times as much of the mainline is read when it was too little, and how much at least:
/// what is searched again stays in proportion to what is read in the end.
const MORE: usize = 4;
const BEGIN: usize = 256;

/// Finds what the merges of a mainline brought.
pub(super) struct Sides<'a> {
    objects: &'a Objects<'a>,
    chain: Chain,
    /// Commits that a merge already gone through brought, each with the depth below which nothing
    /// is reached from it.
    landed: HashMap<Id, Depth>,
    done: HashSet<Depth>,
}

/// What is reached from the merged parents of a merge before the mainline is.
struct Reached {
    /// The commits with their parents.
    commits: HashMap<Id, Vec<Id>>,
    /// The oldest point of the chain that is reached; past its end where history ends off it.
    oldest: Depth,
}

impl<'a> Sides<'a> {
    pub(super) fn new(objects: &'a Objects<'a>, chain: Chain) -> Sides<'a> {
        Sides { objects, chain, landed: HashMap::new(), done: HashSet::new() }
    }

    /// The commits that the merge at a depth brought, children before their parents. To be asked
    /// for the oldest merge first. Commits that this clone does not have are left out.
    pub(super) fn brought(&mut self, merge: Depth, merged: &[Id]) -> Vec<Id> {
        if self.done.is_empty() {
            self.chain.grow(self.objects, 0);
        }
        let mut reached = self.reach(merged);
        for earlier in self.chain.merges_between(merge, reached.oldest).to_vec() {
            if self.done.insert(earlier) {
                let parents = self.objects.commit(self.chain.id(earlier));
                let parents = parents.map(|commit| commit.parents).unwrap_or_default();
                let before = self.reach(parents.get(1..).unwrap_or_default());
                self.land(&before);
            }
        }
        reached.commits.retain(|id, _| !self.landed.contains_key(id));
        self.land(&reached);
        self.done.insert(merge);
        children_first(merged, &reached.commits)
    }

    fn land(&mut self, reached: &Reached) {
        self.landed.extend(reached.commits.keys().map(|id| (*id, reached.oldest)));
    }

    fn reach(&mut self, from: &[Id]) -> Reached {
        loop {
            if let Some(reached) = self.try_to_reach(from) {
                return reached;
            }
            self.chain.grow(self.objects, MORE * self.chain.len() + BEGIN);
        }
    }

    /// `None` when too little of the mainline is known to tell.
    fn try_to_reach(&self, from: &[Id]) -> Option<Reached> {
        let enough = if self.chain.is_whole() { usize::MAX } else { self.chain.len() + BEGIN };
        let mut reached = Reached { commits: HashMap::new(), oldest: 0 };
        let mut pending = from.to_vec();
        while let Some(id) = pending.pop() {
            if reached.commits.contains_key(&id) {
                continue;
            }
            let known = self.chain.depth(id).or_else(|| self.landed.get(&id).copied());
            if let Some(depth) = known {
                reached.oldest = reached.oldest.max(depth);
                continue;
            }
            let commit = self.objects.commit(id);
            if commit.as_ref().map_or(true, |commit| commit.parents.is_empty()) {
                if !self.chain.is_whole() {
                    return None;
                }
                reached.oldest = self.chain.len();
            }
            if let Ok(commit) = commit {
                pending.extend(&commit.parents);
                reached.commits.insert(id, commit.parents);
            }
            if reached.commits.len() > enough {
                return None;
            }
        }
        Some(reached)
    }
}

/// Sorts commits so that each comes before its parents: the reverse of the order in which a
/// depth-first walk leaves them.
fn children_first(from: &[Id], commits: &HashMap<Id, Vec<Id>>) -> Vec<Id> {
    let mut left: Vec<Id> = Vec::with_capacity(commits.len());
    let mut met: HashSet<Id> = HashSet::new();
    // The later parents first, so that what the first of them brought comes first in the end.
    for start in from.iter().rev() {
        let mut path: Vec<(Id, usize)> = vec![(*start, 0)];
        if !commits.contains_key(start) || !met.insert(*start) {
            continue;
        }
        while let Some((id, next)) = path.last_mut() {
            let parents = commits.get(id).map(Vec::as_slice).unwrap_or_default();
            // From the last parent to the first, for the same reason.
            let parent = parents.len().checked_sub(*next + 1).map(|at| parents[at]);
            *next += 1;
            match parent {
                Some(parent) if commits.contains_key(&parent) && met.insert(parent) => {
                    path.push((parent, 0));
                }
                Some(_) => {}
                None => {
                    left.push(*id);
                    path.pop();
                }
            }
        }
    }
    left.reverse();
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_come_before_their_parents() {
        let id = |number: u8| [number; 20];
        // 5 merges 4 and 3; both come from 2, and 1 lies outside.
        let links = [(5, vec![4, 3]), (4, vec![2]), (3, vec![2]), (2, vec![1])];
        let commits: HashMap<Id, Vec<Id>> = links
            .into_iter()
            .map(|(child, parents)| (id(child), parents.into_iter().map(id).collect()))
            .collect();
        assert_eq!(children_first(&[id(5)], &commits), [5, 4, 3, 2].map(id));
        assert_eq!(children_first(&[id(3), id(4)], &commits), [3, 4, 2].map(id));
        assert!(children_first(&[id(1)], &commits).is_empty());
    }
}
