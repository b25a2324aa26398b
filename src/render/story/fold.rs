//! The sentences of one commit, with what belongs together folded into one.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::sentence::{day, owners, sentence, shift};
use crate::dates::Date;
use crate::model::event::{Event, EventKind, Precision, Value};
use crate::model::{ItemId, PartnerId, RepoPath, State};
use crate::render::phrase::Phrase;
use crate::render::words;

/// Up to how many items that changed in the same way are told one by one.
const ONE_BY_ONE: usize = 5;

/// What a commit did, given newest first, in the order in which it stands in the files; the
/// sentences of a partner stand together.
pub(super) fn deeds(run: &[&Event], context: &Context) -> Vec<(PartnerId, Phrase)> {
    let mut events: Vec<&Event> = run.iter().rev().copied().collect();
    events.sort_by(|a, b| a.partner.cmp(&b.partner));
    let partners = events.chunk_by(|a, b| a.partner == b.partner);
    partners.flat_map(|events| deeds_of_partner(events, context)).collect()
}

fn deeds_of_partner(events: &[&Event], context: &Context) -> Vec<(PartnerId, Phrase)> {
    let folds = Folds::of(events);
    let mut told = HashSet::new();
    let phrases = events.iter().filter_map(|event| {
        if folds.is_part_of_another(event) {
            return None;
        }
        let phrase = match event.kind {
            EventKind::ChecklistAdded | EventKind::ChecklistRemoved => {
                sentence(event, context).words(folds.items_of(event))
            }
            EventKind::Added if folds.came_ticked(event) => came_ticked(event),
            kind if folds.is_many(kind) => {
                if !told.insert(kind) {
                    return None;
                }
                many(kind, events, context.today)
            }
            _ => sentence(event, context),
        };
        Some((event.partner.clone(), phrase))
    });
    phrases.collect()
}

/// What of a commit's events belongs together.
struct Folds<'a> {
    /// How many items came or went with each whole checklist, and how many of them were done, or
    /// given up as work that nobody need do.
    checklists: HashMap<(&'a RepoPath, EventKind), Count>,
    /// The items that were added.
    added: HashSet<&'a ItemId>,
    /// The items that came ticked.
    ticked: HashSet<&'a ItemId>,
    kinds: HashMap<EventKind, usize>,
}

#[derive(Default)]
struct Count {
    all: usize,
    open: usize,
}

impl<'a> Folds<'a> {
    fn of(events: &[&'a Event]) -> Folds<'a> {
        let mut folds = Folds {
            checklists: HashMap::new(),
            added: HashSet::new(),
            ticked: HashSet::new(),
            kinds: HashMap::new(),
        };
        for event in events {
            *folds.kinds.entry(event.kind).or_default() += 1;
            if let Some(item_kind) = items_with(event.kind) {
                folds.checklists.insert((&event.path, item_kind), Count::default());
            }
            match (event.kind, event.precision, &event.item) {
                (EventKind::Added, _, Some(item)) => folds.added.insert(item),
                // A date that the text states is worth its own sentence.
                (EventKind::Checked, Precision::Stated, _) => false,
                (EventKind::Checked, _, Some(item)) => folds.ticked.insert(item),
                _ => false,
            };
        }
        for event in events {
            if let Some(count) = folds.checklists.get_mut(&(&event.path, event.kind)) {
                count.all += 1;
                count.open += usize::from(was_open(event));
            }
        }
        folds
    }

    /// Whether another event's sentence tells this one too.
    fn is_part_of_another(&self, event: &Event) -> bool {
        let with_checklist = |kind| self.checklists.contains_key(&(&event.path, kind));
        match event.kind {
            EventKind::Added | EventKind::Removed => with_checklist(event.kind),
            EventKind::Checked => {
                let came = |item| self.added.contains(item) && self.ticked.contains(item);
                event.item.as_ref().is_some_and(came)
            }
            _ => false,
        }
    }

    fn came_ticked(&self, added: &Event) -> bool {
        added.item.as_ref().is_some_and(|item| self.ticked.contains(item))
    }

    /// Whether items that changed in the same way are too many to be told one by one.
    fn is_many(&self, kind: EventKind) -> bool {
        use EventKind::{DueChanged, Moved, OwnerChanged};
        let foldable = matches!(kind, DueChanged | OwnerChanged | Moved);
        foldable && self.kinds.get(&kind).is_some_and(|count| *count > ONE_BY_ONE)
    }

    /// The items that came or went with a checklist, in words.
    fn items_of(&self, checklist: &Event) -> String {
        let count = items_with(checklist.kind)
            .and_then(|kind| self.checklists.get(&(&checklist.path, kind)));
        let Some(count) = count.filter(|count| count.all > 0) else { return String::new() };
        let items = words::plural(count.all, "item");
        let closed = count.all - count.open;
        match (checklist.kind, count.open, closed) {
            (EventKind::ChecklistRemoved, 0, _) => format!(" with {items}, none of them open"),
            (EventKind::ChecklistRemoved, open, _) => format!(" with {items}, {open} not done"),
            (_, _, 0) => format!(" with {items}"),
            (_, _, closed) => format!(" with {items}, {closed} already done or waived"),
        }
    }
}

/// The kind of event that each item of a whole checklist has when the checklist has this one.
fn items_with(checklist: EventKind) -> Option<EventKind> {
    match checklist {
        EventKind::ChecklistAdded => Some(EventKind::Added),
        EventKind::ChecklistRemoved => Some(EventKind::Removed),
        _ => None,
    }
}

/// Whether an item that came or went was still to be done.
fn was_open(event: &Event) -> bool {
    let closed = |state: &State| *state == State::Done || state.is_waived();
    !matches!(event.after.as_ref().or(event.before.as_ref()), Some(Value::State(state)) if closed(state))
}

/// An item that came with a tick. Whose day is known was ticked on it or before it.
fn came_ticked(added: &Event) -> Phrase {
    let text = added.text.as_deref().unwrap_or_default();
    let bound = added.date.map(|_| "at the latest");
    Phrase::new("added ").quote(text).words(", already ticked").note(bound)
}

/// Many events of one kind in one sentence, with the first as an example.
fn many(kind: EventKind, events: &[&Event], today: Date) -> Phrase {
    let all: Vec<&&Event> = events.iter().filter(|event| event.kind == kind).collect();
    let items = words::plural(all.len(), "item");
    let Some(first) = all.first() else { return Phrase::default() };
    let example = first.text.as_deref().unwrap_or_default();
    match kind {
        EventKind::DueChanged => {
            let phrase = Phrase::new(format!("due date moved for {items}, e.g. ")).quote(example);
            let word = |value: &Option<Value>| {
                day(value).map_or_else(|| "none".to_owned(), |day| words::date(day, today))
            };
            let example = format!(": {} → {}", word(&first.before), word(&first.after));
            phrase.words(example).note(common_shift(&all))
        }
        EventKind::OwnerChanged => {
            let alike = all.iter().all(|event| event.after == first.after);
            let phrase = match (alike, owners(&first.after)) {
                (true, Some(owner)) => Phrase::new(format!("{items} now owned by ")).content(owner),
                (true, None) => Phrase::new(format!("{items} have no owner any more")),
                (false, _) => Phrase::new(format!("owner changed for {items}")),
            };
            phrase.words(", e.g. ").quote(example)
        }
        _ => Phrase::new(format!("moved {items}, e.g. ")).quote(example),
    }
}

/// By how much all due dates moved, if by the same.
fn common_shift(events: &[&&Event]) -> Option<String> {
    let dates = |event: &Event| Some((day(&event.before)?, day(&event.after)?));
    let (before, after) = dates(events.first()?)?;
    let days = after.days_since(before);
    let alike = |event: &&&Event| {
        dates(event).is_some_and(|(before, after)| after.days_since(before) == days)
    };
    let all = if events.iter().all(alike) { "all " } else { return None };
    Some(format!("{all}{}", shift(before, after)))
}
