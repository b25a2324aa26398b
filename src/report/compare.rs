//! From two boards and what happened between them to what a change does.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::comparison::{Change, Late, PartnerChange, Standing};
use crate::board::{Board, Item, Partner};
use crate::model::event::{Event, EventKind, Origin, Value};
use crate::model::{ItemId, PartnerId, RepoPath, Status};

/// Two boards of the same partners, and what happened between them.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// The partners where the two versions part.
    pub before: &'a Board,
    /// The same partners in the head, with the events that lead there.
    pub after: &'a Board,
    /// Whether the history before is known as a whole.
    pub complete: bool,
}

impl Between<'_> {
    /// What becomes of the partners, by id; those of which nothing changes are left out.
    pub fn partners(&self) -> Vec<PartnerChange> {
        let before = by_id(self.before);
        let after = by_id(self.after);
        let mut events: BTreeMap<&PartnerId, Vec<&Event>> = BTreeMap::new();
        for event in &self.after.events {
            events.entry(&event.partner).or_default().push(event);
        }
        let renamed = renamed(&before, &after, &self.after.events);
        let gone: HashSet<&PartnerId> = renamed.values().copied().collect();
        let mut ids: Vec<&PartnerId> = before.keys().chain(after.keys()).copied().collect();
        ids.extend(events.keys());
        ids.sort();
        ids.dedup();
        let ids = ids.into_iter().filter(|id| !gone.contains(id));
        let changes = ids.map(|id| {
            let from = renamed.get(id).copied();
            let before = before.get(from.unwrap_or(id)).copied();
            let sides = Sides { before, after: after.get(id).copied() };
            let events = events.get(id).map(Vec::as_slice).unwrap_or_default();
            self.partner(id, from, &sides, events)
        });
        changes.filter(is_change).collect()
    }

    fn partner(
        &self,
        id: &PartnerId,
        renamed_from: Option<&PartnerId>,
        sides: &Sides<'_>,
        events: &[&Event],
    ) -> PartnerChange {
        let items = Items::of(sides);
        let mut changes: Vec<Change> =
            events.iter().map(|event| self.change(event, &items)).collect();
        changes.sort_by_key(Change::rank);
        let name = sides.after.or(sides.before).map_or(&id.0, |partner| &partner.name);
        PartnerChange {
            id: id.clone(),
            name: name.clone(),
            renamed_from: renamed_from.cloned(),
            before: sides.before.map(|partner| self.standing(partner)),
            after: sides.after.map(|partner| self.standing(partner)),
            now_overdue: items.now_overdue(),
            changes,
        }
    }

    fn standing(&self, partner: &Partner) -> Standing {
        let known = self.complete || !partner.hangs_on_history;
        Standing {
            progress: partner.progress,
            health: known.then_some(partner.health),
            health_reason: known.then(|| partner.health_reason.clone()),
            overdue: known.then_some(partner.overdue),
        }
    }

    fn change(&self, event: &Event, items: &Items<'_>) -> Change {
        let before = event.item.as_ref().and_then(|id| items.before.get(id));
        let after = event.item.as_ref().and_then(|id| items.after.get(id));
        let (author, co_authors, commit) = match &event.origin {
            Origin::Commit { introduced, .. } => (
                Some(introduced.author.clone()),
                introduced.co_authors.clone(),
                Some(introduced.id),
            ),
            Origin::Uncommitted | Origin::Unknown => (None, Vec::new(), None),
        };
        let was_open = before.is_some_and(|(_, item)| item.status.is_open());
        // The move itself is among those that the item has had in the end.
        let moves = after.map(|(_, item)| item.due_moved.saturating_sub(1));
        Change {
            kind: event.kind,
            date: event.date,
            precision: event.precision,
            path: event.path.clone(),
            item: event.item.clone(),
            line: after.map(|(_, item)| item.line.0),
            text: event.text.clone(),
            section: event.section.clone(),
            before: event.before.clone(),
            after: event.after.clone(),
            author,
            co_authors,
            commit,
            while_open: event.kind == EventKind::Removed && was_open,
            moved_before: moves.filter(|_| event.kind == EventKind::DueChanged && self.complete),
        }
    }
}

/// A partner on both sides.
struct Sides<'a> {
    before: Option<&'a Partner>,
    after: Option<&'a Partner>,
}

/// The items of a partner by id, with their checklists.
struct Items<'a> {
    before: HashMap<&'a ItemId, (&'a RepoPath, &'a Item)>,
    after: HashMap<&'a ItemId, (&'a RepoPath, &'a Item)>,
}

impl<'a> Items<'a> {
    fn of(sides: &Sides<'a>) -> Items<'a> {
        let items = |partner: Option<&'a Partner>| {
            let all = partner.into_iter().flat_map(Partner::items);
            all.map(|(checklist, item)| (&item.id, (&checklist.path, item))).collect()
        };
        Items { before: items(sides.before), after: items(sides.after) }
    }

    /// The items that are overdue now and were not, the longest overdue first.
    fn now_overdue(&self) -> Vec<Late> {
        let is_late = |item: &Item| item.is_leaf() && item.status == Status::Overdue;
        let was_late = |id: &ItemId| self.before.get(id).is_some_and(|(_, item)| is_late(item));
        let late = self.after.values().filter(|(_, item)| is_late(item) && !was_late(&item.id));
        let mut late: Vec<Late> = late
            .filter_map(|(path, item)| {
                Some(Late {
                    item: item.id.clone(),
                    text: item.text.to_string(),
                    path: (*path).clone(),
                    line: item.line.0,
                    due: item.schedule.due?,
                    days_late: item.days_late,
                })
            })
            .collect();
        late.sort_by(|a, b| (a.due, &a.path, a.line).cmp(&(b.due, &b.path, b.line)));
        late
    }
}

fn by_id(board: &Board) -> BTreeMap<&PartnerId, &Partner> {
    board.partners.iter().map(|partner| (&partner.id, partner)).collect()
}

/// For partners that are new under their id: the one that is gone and whose checklists were renamed
/// into theirs.
fn renamed<'a>(
    before: &BTreeMap<&'a PartnerId, &'a Partner>,
    after: &BTreeMap<&'a PartnerId, &'a Partner>,
    events: &'a [Event],
) -> BTreeMap<&'a PartnerId, &'a PartnerId> {
    let owner = |path: &RepoPath| {
        let mut partners = before.iter();
        let has = |partner: &Partner| partner.checklists.iter().any(|list| list.path == *path);
        partners.find(|(_, partner)| has(partner)).map(|(id, _)| *id)
    };
    let mut renamed = BTreeMap::new();
    let mut taken = HashSet::new();
    for event in events.iter().filter(|event| event.kind == EventKind::ChecklistRenamed) {
        let Some(Value::Path(from)) = &event.before else { continue };
        let Some(old) = owner(from) else { continue };
        let is_new = after.contains_key(&event.partner) && !before.contains_key(&event.partner);
        let is_gone = !after.contains_key(old);
        if is_new && is_gone && !renamed.contains_key(&event.partner) && taken.insert(old) {
            renamed.insert(&event.partner, old);
        }
    }
    renamed
}

/// Whether anything becomes of a partner.
fn is_change(partner: &PartnerChange) -> bool {
    let stands = |standing: &Option<Standing>| {
        standing.as_ref().map(|standing| (standing.progress, standing.health, standing.overdue))
    };
    partner.renamed_from.is_some()
        || !partner.changes.is_empty()
        || stands(&partner.before) != stands(&partner.after)
}
