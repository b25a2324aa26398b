//! Contents that are too large to be read. Whoever pads a checklist takes its items off the board,
//! and must not do so unseen: for a comparison such a file is one that is not there.

use crate::load::store::{Store, UNREADABLE};
use crate::load::{Error, too_large};
use crate::model::history::{Change, Revision};
use crate::model::{BlobId, Diagnostic};

/// Whether a content is there and cannot be read.
pub(super) fn is_too_large(blob: BlobId, store: &Store<'_>) -> Result<bool, Error> {
    Ok(blob == UNREADABLE || store.size_if_large(blob)?.is_some())
}

/// Makes removed files of those that are too large after a change. Returns a finding for each that
/// is committed; of those on disk has been told already.
pub(super) fn leave_out(
    proposal: &mut Revision,
    store: &Store<'_>,
) -> Result<Vec<Diagnostic>, Error> {
    let mut findings = Vec::new();
    let mut is_any = false;
    for change in &proposal.changes {
        let Some(blob) = change.after else { continue };
        if let Some(size) = store.size_if_large(blob)? {
            findings.push(too_large(&change.path, size));
        }
        is_any |= is_too_large(blob, store)?;
    }
    if !is_any {
        return Ok(findings);
    }
    let of_side = proposal.side.iter_mut().flat_map(|commit| {
        let of_parents = commit.parents.iter_mut().map(|parent| &mut parent.changes);
        of_parents.chain([&mut commit.root_changes])
    });
    let of_merged = proposal.merged.iter_mut().map(|parent| &mut parent.changes);
    for changes in [&mut proposal.changes].into_iter().chain(of_merged).chain(of_side) {
        for change in changes.iter_mut() {
            change.before = readable(change.before, store)?;
            change.after = readable(change.after, store)?;
        }
        changes.retain(|Change { before, after, .. }| before != after);
    }
    Ok(findings)
}

fn readable(blob: Option<BlobId>, store: &Store<'_>) -> Result<Option<BlobId>, Error> {
    match blob {
        Some(blob) if is_too_large(blob, store)? => Ok(None),
        blob => Ok(blob),
    }
}
