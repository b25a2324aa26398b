//! The walk of the mainline.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use crate::git::chain::{Chain, Circle, Depth};
use crate::git::commit::RawCommit;
use crate::git::error::Error;
use crate::git::lanes::{Lanes, Shared, WORTH_THREADS};
use crate::git::mailmap::Mailmap;
use crate::git::merges::{Merge, look_into};
use crate::git::objects::{Fault, Id, Objects};
use crate::git::side::Sides;
use crate::git::turned::is_pull;
use crate::git::{Filter, Repository, tree};
use crate::model::history::{Change, Cut, Mainline, Revision};
use crate::model::{Commit, CommitId};

/// After so many commits it is told how far the walk has come.
const TELL_EVERY: Depth = 256;

/// Walks from `tip` to the first known commit, or else to the oldest one that can be read.
pub(super) fn mainline(
    repository: &Repository,
    tip: CommitId,
    known: &HashSet<CommitId>,
    filter: &dyn Filter,
    walked: &dyn Fn(usize),
) -> Result<Mainline, Error> {
    let objects = repository.objects();
    let mailmap = &repository.mailmap;
    let (chain, circle, lanes) = (Chain::default(), Circle::default(), Lanes::default());
    let (found, pulls, cut) = (vec![], vec![], None);
    let mut walk =
        Walk { objects: &objects, filter, mailmap, chain, circle, lanes, found, pulls, cut };
    let shared = Shared { known, filter };
    let since = thread::scope(|scope| {
        let start = |at| Lanes::start(scope, repository, shared, at);
        let since = walk.run(tip, known, &start, walked);
        // Whoever still compares is not waited for.
        walk.lanes = Lanes::default();
        since
    })?;
    let walked = walk.chain.len();
    Ok(Mainline { since, walked, ..walk.finish(repository) })
}

/// A mainline commit that changes a file, found by the walk.
struct Found {
    depth: Depth,
    tree: Id,
    /// Its parents behind the first.
    merged: Vec<Id>,
    revision: Revision,
}

impl Found {
    /// Where the first parent cannot be read, nothing tells what the others brought.
    fn is_looked_into(&self) -> bool {
        !self.merged.is_empty() && self.revision.parent_known && !self.revision.changes.is_empty()
    }
}

struct Walk<'a> {
    objects: &'a Objects<'a>,
    filter: &'a dyn Filter,
    mailmap: &'a Mailmap,
    chain: Chain,
    circle: Circle,
    lanes: Lanes,
    /// Newest first.
    found: Vec<Found>,
    pulls: Vec<Arc<Commit>>,
    cut: Option<Cut>,
}

impl Walk<'_> {
    /// Walks the chain; returns the known commit at which it ended.
    fn run(
        &mut self,
        tip: CommitId,
        known: &HashSet<CommitId>,
        start_lanes: &dyn Fn((Depth, Id)) -> Lanes,
        walked: &dyn Fn(usize),
    ) -> Result<Option<CommitId>, Error> {
        let mut here = Some(self.objects.commit(tip.0)?);
        while let Some(commit) = here {
            if known.contains(&CommitId(commit.id)) {
                return Ok(Some(CommitId(commit.id)));
            }
            let depth = self.chain.len();
            if depth == WORTH_THREADS {
                self.lanes = start_lanes((depth, commit.id));
            }
            if depth.is_multiple_of(TELL_EVERY) {
                walked(depth);
            }
            here = self.step(commit)?;
        }
        Ok(None)
    }

    /// Takes a commit of the chain and gives the next older one.
    fn step(&mut self, commit: RawCommit) -> Result<Option<RawCommit>, Error> {
        let merge = commit.parents.len() > 1;
        self.chain.push(commit.id, merge);
        if merge && is_pull(&commit.subject()) {
            self.pulls.push(self.told(&commit));
        }
        let Some(first) = commit.parents.first() else {
            let cut = !commit.hidden.is_empty();
            return self.end(&commit, cut.then_some(Cut::Shallow)).map(|()| None);
        };
        let parent = match self.circle.closes(*first) {
            true => Err(Fault::damaged("commit", *first, "it is its own ancestor")),
            false => self.objects.commit(*first),
        };
        let compared = parent.and_then(|parent| {
            let compared = self.lanes.take(self.chain.len() - 1);
            let changes =
                compared.unwrap_or_else(|| self.changes(Some(parent.tree), commit.tree))?;
            Ok((parent, changes))
        });
        match compared {
            Ok((parent, changes)) => {
                if !changes.is_empty() {
                    self.add(&commit, changes, true);
                }
                Ok(Some(parent))
            }
            Err(_) => self.end(&commit, Some(Cut::MissingObjects)).map(|()| None),
        }
    }

    /// Takes the commit at which the walk ends. Everything that it was compared with on the way
    /// here could be read, so that what fails now fails for the tip as well: that is an error.
    fn end(
        &mut self,
        commit: &RawCommit,
        cut: Option<fn(Arc<Commit>) -> Cut>,
    ) -> Result<(), Error> {
        let changes = self.changes(None, commit.tree)?;
        if !changes.is_empty() || cut.is_some() {
            self.add(commit, changes, cut.is_none());
        }
        self.cut = cut.map(|cut| cut(self.told(commit)));
        Ok(())
    }

    fn add(&mut self, commit: &RawCommit, changes: Vec<Change>, parent_known: bool) {
        let merged = commit.parents.get(1..).unwrap_or_default().to_vec();
        let revision = Revision {
            commit: self.told(commit),
            changes,
            parent_known,
            merged: Vec::new(),
            side: Vec::new(),
        };
        let depth = self.chain.len() - 1;
        let found = Found { depth, tree: commit.tree, merged, revision };
        self.found.push(found);
    }

    /// Looks into the merges that changed something, and puts the mainline together.
    fn finish(mut self, repository: &Repository) -> Mainline {
        let mut sides = Sides::new(self.objects, std::mem::take(&mut self.chain));
        // Oldest first: that is how both the sides and the result want it.
        let mut found = std::mem::take(&mut self.found);
        found.reverse();
        let merge = |found: &Found| Merge {
            tree: found.tree,
            merged: found.merged.clone(),
            side: sides.brought(found.depth, &found.merged),
        };
        let merges: Vec<Merge> =
            found.iter().filter(|found| found.is_looked_into()).map(merge).collect();
        let brought = look_into(&merges, repository, self.objects, self.filter);
        let looked_into = found.iter_mut().filter(|found| found.is_looked_into());
        for (found, (merged, side)) in looked_into.zip(brought) {
            (found.revision.merged, found.revision.side) = (merged, side);
        }
        let revisions = found.into_iter().map(|found| found.revision).collect();
        Mainline { revisions, cut: self.cut, pulls: self.pulls, ..Mainline::default() }
    }

    fn changes(&self, before: Option<Id>, after: Id) -> Result<Vec<Change>, Fault> {
        tree::changes(self.objects, before, Some(after), self.filter)
    }

    fn told(&self, commit: &RawCommit) -> Arc<Commit> {
        Arc::new(commit.commit(self.mailmap))
    }
}
