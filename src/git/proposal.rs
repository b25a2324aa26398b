//! What a head changes against where it parted from its base, as if it were merged there.

use std::sync::Arc;

use crate::git::chain::Chain;
use crate::git::error::Error;
use crate::git::merges::{Merge, look_into};
use crate::git::side::Sides;
use crate::git::{Filter, Repository, tree};
use crate::model::CommitId;
use crate::model::history::{Change, Revision};

/// The place of the merge that is not made yet, above the base in its chain. No commit has this id.
const NOT_YET: [u8; 20] = [0; 20];

/// The merge of `head` into `base`, of which no more is known than what it would bring.
pub(super) fn proposal(
    repository: &Repository,
    base: CommitId,
    head: CommitId,
    filter: &dyn Filter,
) -> Result<Revision, Error> {
    let objects = repository.objects();
    let (from, to) = (objects.commit(base.0)?, objects.commit(head.0)?);
    let changes = tree::changes(&objects, Some(from.tree), Some(to.tree), filter)?;
    let commit = Arc::new(to.commit(&repository.mailmap));
    let mut revision =
        Revision { commit, changes, parent_known: true, merged: Vec::new(), side: Vec::new() };
    if base != head {
        let mut chain = Chain::default();
        chain.push(NOT_YET, true);
        chain.push(from.id, from.parents.len() > 1);
        let side = Sides::new(&objects, chain).brought(0, &[to.id]);
        let merge = Merge { tree: to.tree, merged: vec![to.id], side };
        let brought = look_into(&[merge], repository, &objects, filter);
        for (merged, side) in brought {
            (revision.merged, revision.side) = (merged, side);
        }
    }
    Ok(revision)
}

/// What differs between two versions.
pub(super) fn changes(
    repository: &Repository,
    before: CommitId,
    after: CommitId,
    filter: &dyn Filter,
) -> Result<Vec<Change>, Error> {
    let objects = repository.objects();
    let tree = |commit: CommitId| objects.commit(commit.0).map(|commit| commit.tree);
    Ok(tree::changes(&objects, Some(tree(before)?), Some(tree(after)?), filter)?)
}
