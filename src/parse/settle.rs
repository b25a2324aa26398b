//! From the boxes of a document to its items.

use crate::model::Item;
use crate::parse::items::Draft;
use crate::parse::report::Report;

/// Drops what is an item only in a section that also has a GFM item and stands in no such section,
/// and settles parents, children and diagnostics of the rest. `sections` is how many there are.
pub(super) fn settle(drafts: Vec<Draft>, sections: usize, report: &mut Report<'_>) -> Vec<Item> {
    let slot = |item: &Item| item.section.map_or(0, |at| at + 1);
    let mut has_gfm = vec![false; sections + 1];
    for draft in drafts.iter().filter(|draft| draft.mark.is_gfm()) {
        has_gfm[slot(&draft.item)] = true;
    }
    // Per draft: the item it became, else the item around it.
    let mut became: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    let mut items: Vec<Item> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let parent = draft.item.parent.and_then(|at| became.get(at).copied().flatten());
        if !has_gfm[slot(&draft.item)] {
            became.push(parent);
            continue;
        }
        report.item(&draft);
        draft.item.parent = parent;
        if let Some(parent) = parent.and_then(|at| items.get_mut(at)) {
            parent.children += 1;
        }
        became.push(Some(items.len()));
        items.push(draft.item);
    }
    items
}
