//! One event in a sentence.

use super::Context;
use crate::dates::Date;
use crate::model::event::{Event, EventKind, Origin, Precision, Value};
use crate::model::{RepoPath, State};
use crate::render::phrase::Phrase;
use crate::render::words;

/// What happened, in the past tense, without who and when.
pub(super) fn sentence(event: &Event, context: &Context) -> Phrase {
    let text = event.text.as_deref().unwrap_or_default();
    let phrase = match event.kind {
        EventKind::ChecklistAdded => {
            Phrase::new("new checklist ").content(path(&event.after, event))
        }
        EventKind::ChecklistRenamed => {
            let to = path(&event.after, event);
            Phrase::new("renamed ").content(path(&event.before, event)).words(" → ").content(to)
        }
        EventKind::ChecklistRemoved => {
            Phrase::new("removed checklist ").content(path(&event.before, event))
        }
        EventKind::Added => Phrase::new("added ").quote(text).note(unusual(&event.after)),
        EventKind::Checked => Phrase::new("ticked ").quote(text),
        EventKind::Unchecked => Phrase::new("unticked ").quote(text).note(unusual(&event.after)),
        EventKind::StateChanged => state_changed(text, event),
        EventKind::Reworded => reworded(text, event),
        EventKind::Moved => moved(text, event),
        EventKind::DueChanged => due_changed(text, event, context.today),
        EventKind::OwnerChanged => owner_changed(text, event),
        EventKind::Removed => Phrase::new("removed ").quote(text).note(left(&event.before)),
    };
    phrase.note(certainty(event, context))
}

/// How well the day is known, where that is not just the commit's day.
pub(super) fn certainty(event: &Event, context: &Context) -> Option<String> {
    match (event.precision, event.date) {
        (Precision::Stated, Some(date)) => {
            Some(format!("on {}, as the text says", words::date(date, context.today)))
        }
        (Precision::FirstSeen, _) => Some("was already ticked: at the latest".to_owned()),
        (Precision::Batch, _) => Some(match &event.origin {
            Origin::Commit { introduced, .. } => {
                let ticks = context.ticks.get(&introduced.id).copied().unwrap_or(1);
                format!("one of {ticks} at once: at the latest")
            }
            _ => "one of several: at the latest".to_owned(),
        }),
        _ => None,
    }
}

/// A state worth a word: not open, and not what a tick tells.
fn unusual(value: &Option<Value>) -> Option<&'static str> {
    match value {
        Some(Value::State(State::Open | State::Done)) => None,
        Some(Value::State(state)) => Some(words::state(*state)),
        _ => None,
    }
}

/// In which state something went: work that was dropped must not look like work that was done.
fn left(value: &Option<Value>) -> Option<&'static str> {
    match value {
        Some(Value::State(State::Open)) => Some("not done"),
        Some(Value::State(State::Done)) => Some("was done"),
        Some(Value::State(state)) => Some(words::state(*state)),
        _ => None,
    }
}

fn path(value: &Option<Value>, event: &Event) -> String {
    match value {
        Some(Value::Path(path)) => path.as_str().to_owned(),
        _ => event.path.as_str().to_owned(),
    }
}

fn state_changed(text: &str, event: &Event) -> Phrase {
    let word = |value: &Option<Value>| match value {
        Some(Value::State(state)) => Some(words::state(*state)),
        _ => None,
    };
    let before = word(&event.before).map(|before| format!("was {before}"));
    let after = word(&event.after).unwrap_or("in another state");
    Phrase::new("marked ").quote(text).words(format!(" {after}")).note(before)
}

fn reworded(text: &str, event: &Event) -> Phrase {
    let side = |value: &Option<Value>| match value {
        Some(Value::Text(text)) => text.clone(),
        _ => text.to_owned(),
    };
    Phrase::new("reworded ").quote(&side(&event.before)).words(" → ").quote(&side(&event.after))
}

fn moved(text: &str, event: &Event) -> Phrase {
    let phrase = Phrase::new("moved ").quote(text);
    match (&event.before, &event.after) {
        (Some(Value::Path(from)), Some(Value::Path(to))) => {
            let shared = from.folder() == to.folder();
            let name = |path: &RepoPath| match shared {
                true => path.file_name().to_owned(),
                false => path.as_str().to_owned(),
            };
            phrase.words(" from ").content(name(from)).words(" to ").content(name(to))
        }
        (Some(Value::Section(from)), Some(Value::Section(to))) => {
            let (from, to) = part_ways(from, to);
            let name = |phrase: Phrase, title: Option<&String>| match title {
                Some(title) => phrase.quote(title),
                None => phrase.words("the top"),
            };
            let phrase = name(phrase.words(" from "), from);
            name(phrase.words(" to "), to)
        }
        _ => phrase,
    }
}

/// The sections that tell two places apart: the innermost ones, or, where these have the same
/// title, the first that differ.
fn part_ways<'a>(from: &'a [String], to: &'a [String]) -> (Option<&'a String>, Option<&'a String>) {
    if from.last() != to.last() {
        return (from.last(), to.last());
    }
    let differ = from.iter().zip(to).find(|(from, to)| from != to);
    differ.map_or((from.first(), to.first()), |(from, to)| (Some(from), Some(to)))
}

fn due_changed(text: &str, event: &Event, today: Date) -> Phrase {
    let word = |day: Date| words::date(day, today);
    match (day(&event.before), day(&event.after)) {
        (Some(before), Some(after)) => Phrase::new("due date of ")
            .quote(text)
            .words(format!(" moved: {} → {}", word(before), word(after)))
            .note(Some(shift(before, after))),
        (None, Some(after)) => {
            Phrase::default().quote(text).words(format!(" is now due {}", word(after)))
        }
        (Some(before), None) => Phrase::default()
            .quote(text)
            .words(" no longer has a due date")
            .note(Some(format!("was {}", word(before)))),
        (None, None) => Phrase::new("due date of ").quote(text).words(" changed"),
    }
}

/// `27 days later`.
pub(super) fn shift(before: Date, after: Date) -> String {
    let days = after.days_since(before);
    let direction = if days < 0 { "earlier" } else { "later" };
    format!("{} {direction}", words::distance(days))
}

pub(super) fn day(value: &Option<Value>) -> Option<Date> {
    match value {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

pub(super) fn owners(value: &Option<Value>) -> Option<String> {
    match value {
        Some(Value::Owners(names)) => words::names(names),
        _ => None,
    }
}

fn owner_changed(text: &str, event: &Event) -> Phrase {
    let (before, after) = (owners(&event.before), owners(&event.after));
    let phrase = Phrase::default().quote(text);
    let phrase = match after {
        Some(after) => phrase.words(" now owned by ").content(after),
        None => phrase.words(" has no owner any more"),
    };
    phrase.note(before.map(|before| format!("was {before}")))
}
