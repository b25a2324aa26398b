//! What happens to a partner's checklists, in phrases; what belongs together is one.

use std::collections::{HashMap, HashSet};

use crate::dates::Date;
use crate::model::event::{EventKind, Precision, Value};
use crate::model::{ItemId, RepoPath};
use crate::render::phrase::Phrase;
use crate::render::words::{self, plural};
use crate::report::{Change, PartnerChange};

/// Up to how many items that change in the same way are told one by one.
const ONE_BY_ONE: usize = 8;

/// One thing that happens.
pub(super) struct Deed<'a> {
    /// What.
    pub(super) phrase: Phrase,
    /// The change, or the first of those that are told together.
    pub(super) change: &'a Change,
    /// Whether it is work that goes unfinished.
    pub(super) is_loss: bool,
}

/// What happens to a partner, in the order of its changes.
pub(super) fn deeds(partner: &PartnerChange, today: Date) -> Vec<Deed<'_>> {
    let folds = Folds::of(partner);
    let mut told = HashSet::new();
    let deeds = partner.changes.iter().filter_map(|change| {
        if folds.is_part_of_another(change) {
            return None;
        }
        let phrase = match change.kind {
            EventKind::ChecklistAdded | EventKind::ChecklistRemoved => {
                sentence(change, today).words(folds.items_of(change))
            }
            EventKind::Added if folds.came_ticked(change) => {
                let text = change.text.as_deref().unwrap_or_default();
                Phrase::new("added ").quote(text).words(", already ticked")
            }
            kind if folds.is_many(kind) => {
                if !told.insert(kind) {
                    return None;
                }
                many(kind, partner, today)
            }
            _ => sentence(change, today),
        };
        let goes = |change: &Change| change.while_open;
        let with_it = |other: &&Change| other.path == change.path && goes(other);
        let is_loss = goes(change)
            || change.kind == EventKind::ChecklistRemoved
                && partner.changes.iter().any(|other| with_it(&other));
        Some(Deed { phrase, change, is_loss })
    });
    deeds.collect()
}

/// What of a partner's changes belongs together.
struct Folds<'a> {
    /// The checklists that come or go as a whole, with how many items and how many of those open.
    whole: HashMap<(&'a RepoPath, EventKind), (usize, usize)>,
    added: HashSet<&'a ItemId>,
    ticked: HashSet<&'a ItemId>,
    kinds: HashMap<EventKind, usize>,
}

impl<'a> Folds<'a> {
    fn of(partner: &'a PartnerChange) -> Folds<'a> {
        let mut folds = Folds {
            whole: HashMap::new(),
            added: HashSet::new(),
            ticked: HashSet::new(),
            kinds: HashMap::new(),
        };
        for change in &partner.changes {
            *folds.kinds.entry(change.kind).or_default() += 1;
            match (change.kind, &change.item) {
                (EventKind::ChecklistAdded, _) => {
                    folds.whole.insert((&change.path, EventKind::Added), (0, 0));
                }
                (EventKind::ChecklistRemoved, _) => {
                    folds.whole.insert((&change.path, EventKind::Removed), (0, 0));
                }
                (EventKind::Added, Some(item)) => {
                    folds.added.insert(item);
                }
                (EventKind::Checked, Some(item)) if change.precision != Precision::Stated => {
                    folds.ticked.insert(item);
                }
                _ => {}
            }
        }
        for change in &partner.changes {
            if let Some((all, open)) = folds.whole.get_mut(&(&change.path, change.kind)) {
                *all += 1;
                *open += usize::from(change.while_open);
            }
        }
        folds
    }

    fn is_part_of_another(&self, change: &Change) -> bool {
        match (change.kind, &change.item) {
            (EventKind::Added | EventKind::Removed, _) => {
                self.whole.contains_key(&(&change.path, change.kind))
            }
            (EventKind::Checked, Some(item)) => {
                self.added.contains(item) && self.ticked.contains(item)
            }
            _ => false,
        }
    }

    fn came_ticked(&self, added: &Change) -> bool {
        added.item.as_ref().is_some_and(|item| self.ticked.contains(item))
    }

    fn is_many(&self, kind: EventKind) -> bool {
        use EventKind::{DueChanged, Moved, OwnerChanged};
        matches!(kind, DueChanged | OwnerChanged | Moved)
            && self.kinds.get(&kind).is_some_and(|count| *count > ONE_BY_ONE)
    }

    /// The items that come or go with a checklist, in words.
    fn items_of(&self, checklist: &Change) -> String {
        let kind = match checklist.kind {
            EventKind::ChecklistAdded => EventKind::Added,
            _ => EventKind::Removed,
        };
        let Some((all, open)) =
            self.whole.get(&(&checklist.path, kind)).filter(|(all, _)| *all > 0)
        else {
            return String::new();
        };
        let items = plural(*all, "item");
        match (kind, open) {
            (EventKind::Added, _) => format!(" with {items}"),
            (_, 0) => format!(" with {items}, none of them open"),
            (_, open) => format!(" with {items}, {open} of them unfinished"),
        }
    }
}

/// What happens, in the present state of things: nothing of it has landed yet.
fn sentence(change: &Change, today: Date) -> Phrase {
    let text = change.text.as_deref().unwrap_or_default();
    let path = |value: &Option<Value>| match value {
        Some(Value::Path(path)) => path.to_string(),
        _ => change.path.to_string(),
    };
    let state = |value: &Option<Value>| match value {
        Some(Value::State(state)) => words::state(*state),
        _ => words::NOTHING,
    };
    match change.kind {
        EventKind::ChecklistAdded => Phrase::new("new checklist ").content(path(&change.after)),
        EventKind::ChecklistRemoved => {
            Phrase::new("removed checklist ").content(path(&change.before))
        }
        EventKind::ChecklistRenamed => Phrase::new("renamed ")
            .content(path(&change.before))
            .words(" → ")
            .content(path(&change.after)),
        EventKind::Removed if change.while_open => Phrase::new("removed unfinished ").quote(text),
        EventKind::Removed => {
            Phrase::new("removed ").quote(text).note(Some(format!("was {}", state(&change.before))))
        }
        EventKind::Added => Phrase::new("added ").quote(text),
        EventKind::Checked => Phrase::new("ticked ").quote(text),
        EventKind::Unchecked => {
            let now = state(&change.after);
            Phrase::new("took back the tick of ").quote(text).note(Some(format!("now {now}")))
        }
        EventKind::StateChanged => {
            let states = format!(": {} → {}", state(&change.before), state(&change.after));
            Phrase::default().quote(text).words(states)
        }
        EventKind::Reworded => {
            let was = match &change.before {
                Some(Value::Text(was)) => was.as_str(),
                _ => text,
            };
            Phrase::new("reworded ").quote(was).words(" → ").quote(text)
        }
        EventKind::OwnerChanged => {
            let owners = |value: &Option<Value>| match value {
                Some(Value::Owners(names)) if !names.is_empty() => names.join(", "),
                _ => "nobody".to_owned(),
            };
            let phrase = Phrase::new("owner of ").quote(text).words(": ");
            phrase.content(owners(&change.before)).words(" → ").content(owners(&change.after))
        }
        EventKind::Moved => {
            let place = |value: &Option<Value>| match value {
                Some(Value::Section(titles)) if !titles.is_empty() => titles.join(" › "),
                Some(Value::Path(path)) => path.to_string(),
                _ => "the top".to_owned(),
            };
            let phrase = Phrase::new("moved ").quote(text).words(": ");
            phrase.content(place(&change.before)).words(" → ").content(place(&change.after))
        }
        EventKind::DueChanged => {
            let phrase = Phrase::new("due date of ").quote(text);
            phrase.words(format!(": {}", dates(change, today))).note(moved(change))
        }
    }
}

fn dates(change: &Change, today: Date) -> String {
    let day = |value: &Option<Value>| match value {
        Some(Value::Date(day)) => words::date(*day, today),
        _ => "none".to_owned(),
    };
    format!("{} → {}", day(&change.before), day(&change.after))
}

/// By how much a due date moves, and how often it had before.
fn moved(change: &Change) -> Option<String> {
    let before = match change.moved_before {
        None => Some("how often before is not known".to_owned()),
        Some(0) => None,
        Some(1) => Some("moved once before".to_owned()),
        Some(many) => Some(format!("moved {many} times before")),
    };
    let notes: Vec<String> = change.shift().map(shift).into_iter().chain(before).collect();
    (!notes.is_empty()).then(|| notes.join(", "))
}

fn shift(days: i64) -> String {
    let count = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    format!("{} {}", plural(count, "day"), if days < 0 { "earlier" } else { "later" })
}

/// Many changes of one kind in one phrase, with the first as an example.
fn many(kind: EventKind, partner: &PartnerChange, today: Date) -> Phrase {
    let all: Vec<&Change> = partner.changes.iter().filter(|change| change.kind == kind).collect();
    let Some(first) = all.first() else { return Phrase::default() };
    let items = plural(all.len(), "item");
    let example = first.text.as_deref().unwrap_or_default();
    match kind {
        EventKind::DueChanged => {
            let alike = all.iter().all(|change| change.shift() == first.shift());
            let by = first.shift().filter(|_| alike).map(|days| format!("all {}", shift(days)));
            let most = all.iter().filter_map(|change| change.moved_before).max().unwrap_or(0);
            let often = (most > 0).then(|| format!("up to {} before", plural(most, "move")));
            let notes: Vec<String> = by.into_iter().chain(often).collect();
            let phrase = Phrase::new(format!("due dates of {items}, e.g. ")).quote(example);
            let note = (!notes.is_empty()).then(|| notes.join(", "));
            phrase.words(format!(": {}", dates(first, today))).note(note)
        }
        EventKind::OwnerChanged => Phrase::new(format!("owner of {items}, e.g. ")).quote(example),
        _ => Phrase::new(format!("moved {items}, e.g. ")).quote(example),
    }
}

/// Who makes a change and when: `Bo Berg, Thu 5 Mar`.
pub(super) fn by(change: &Change, today: Date) -> Phrase {
    let Some(author) = &change.author else {
        return Phrase::new(match change.precision {
            Precision::Uncommitted => "not committed",
            _ => "not known",
        });
    };
    let who =
        change.co_authors.iter().fold(Phrase::default().content(&author.name), |who, other| {
            who.words(", ").content(&other.name)
        });
    let Some(date) = change.date else { return who };
    let date = words::date(date, today);
    let is_tick = change.kind == EventKind::Checked;
    who.words(match change.precision {
        Precision::Batch | Precision::FirstSeen if is_tick => format!(", {date} at the latest"),
        Precision::Stated if is_tick => format!(", {date} as the text says"),
        _ => format!(", {date}"),
    })
}
