//! A change in one line, and what else a reader must know of how it was judged.

use crate::model::event::EventKind;
use crate::render::words::plural;
use crate::report::{Comparison, Gate, PartnerChange, Side};

/// What a change comes to, what matters most first; nothing of one that does nothing.
pub(super) fn verdict(comparison: &Comparison) -> Vec<String> {
    let mut clauses = counts(&comparison.partners.iter().collect::<Vec<_>>());
    let behind = comparison.met(Gate::Behind);
    if !comparison.templates.is_empty() {
        let changed = format!("{} changed", plural(comparison.templates.len(), "template"));
        clauses.push(changed);
    }
    if behind > 0 {
        clauses.push(format!("{} left behind", plural(behind, "checklist")));
    }
    // A change of health without anything that happened: a date passed over a front matter's word.
    if clauses.is_empty() && !comparison.is_empty() {
        clauses
            .push(format!("{} judged differently", plural(comparison.partners.len(), "partner")));
    }
    clauses
}

/// What happens to partners, in counts, what matters most first.
pub(super) fn counts(partners: &[&PartnerChange]) -> Vec<String> {
    let count = |kind: EventKind| {
        let changes = partners.iter().flat_map(|partner| &partner.changes);
        changes.filter(|change| change.kind == kind).count()
    };
    let changes = partners.iter().flat_map(|partner| &partner.changes);
    let unfinished = changes.filter(|change| change.while_open).count();
    let late: usize = partners.iter().map(|partner| partner.now_overdue.len()).sum();
    let came_and_went = [
        (unfinished, "item", "removed unfinished"),
        (count(EventKind::ChecklistRemoved), "checklist", "removed"),
        (count(EventKind::Unchecked), "tick", "taken back"),
        (late, "item", "now overdue"),
        (count(EventKind::DueChanged), "due date", "moved"),
        (count(EventKind::StateChanged), "state", "changed"),
        (count(EventKind::Checked), "item", "ticked"),
        (count(EventKind::ChecklistAdded), "checklist", "added"),
        (count(EventKind::Added), "item", "added"),
        (count(EventKind::Reworded), "item", "reworded"),
        (count(EventKind::OwnerChanged), "owner", "changed"),
        (count(EventKind::Moved), "item", "moved"),
        (count(EventKind::ChecklistRenamed), "checklist", "renamed"),
        (count(EventKind::Removed) - unfinished, "closed item", "removed"),
    ];
    let told = came_and_went.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, unit, what)| format!("{} {what}", plural(count, unit))).collect()
}

/// What a reader must know besides.
pub(super) fn notes(comparison: &Comparison) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(reason) = &comparison.incomplete {
        notes.push(format!("history is not complete, so that some things are not known: {reason}"));
    }
    if comparison.merge_base.is_none() {
        notes.push(
            "this clone does not tell where the two versions have parted, so they are compared \
             as they are: what the base has gained since then looks undone"
                .to_owned(),
        );
    }
    if comparison.config_changed {
        let whose = match comparison.judged_by {
            Side::Base => "the old one",
            Side::Head => "the new one",
        };
        notes.push(format!("mdboard.toml changes; both versions are judged by {whose}"));
    }
    notes
}
