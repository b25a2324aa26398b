//! From the boxes of a document to its items.

use crate::model::Item;
use crate::parse::items::Draft;
use crate::parse::report::Report;
use crate::parse::whole::Placed;

/// Drops what is an item only in a section that also has a GFM item and stands in no such section,
/// and settles places, parents, children and diagnostics of the rest. `sections` is how many there
/// are.
pub(super) fn settle(parts: &[Placed], sections: usize, report: &mut Report<'_>) -> Vec<Item> {
    let slot = |of: &Placed, draft: &Draft| draft.item.section.map_or(0, |at| at + of.sections + 1);
    let mut has_gfm = vec![false; sections + 1];
    for of in parts {
        for draft in of.part.drafts.iter().filter(|draft| draft.mark.is_gfm()) {
            has_gfm[slot(of, draft)] = true;
        }
    }
    let count = parts.last().map_or(0, |last| last.drafts + last.part.drafts.len());
    // Per draft: the item it became, else the item around it.
    let mut became: Vec<Option<usize>> = Vec::with_capacity(count);
    let mut items: Vec<Item> = Vec::with_capacity(count);
    for of in parts {
        for draft in &of.part.drafts {
            let around = draft.item.parent.and_then(|at| became.get(at + of.drafts));
            let parent = around.copied().flatten();
            if !has_gfm[slot(of, draft)] {
                became.push(parent);
                continue;
            }
            report.item(draft, of.start);
            if let Some(parent) = parent.and_then(|at| items.get_mut(at)) {
                parent.children += 1;
            }
            became.push(Some(items.len()));
            items.push(placed(&draft.item, of, parent));
        }
    }
    items
}

/// An item of a piece where it stands in the whole.
fn placed(item: &Item, of: &Placed, parent: Option<usize>) -> Item {
    Item {
        span: item.span.shifted(of.start),
        mark: item.mark.shifted(of.start),
        line: item.line.shifted(of.lines),
        section: item.section.map(|at| at + of.sections),
        parent,
        ..item.clone()
    }
}
