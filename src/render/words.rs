//! The words that people read, the same in every format: days, distances, counts, and how things
//! stand.

use crate::board::{Board, Checklist, Item, Partner};
use crate::dates::Date;
use crate::inherit::StartSource;
use crate::model::{Health, Precision, State, Status};
use crate::schedule::DueSource;
use crate::timeline::Check;

/// What stands where there is nothing to say.
pub const NOTHING: &str = "–";

/// `1 item`, `2 items`.
pub fn plural(count: usize, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// A number of days as a duration, its sign left out: `12 days`, `3 months`, `2 years`. Past two
/// months nobody counts days.
pub fn distance(days: i64) -> String {
    let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        0..=60 => plural(days, "day"),
        61..=729 => plural(days * 12 / 365, "month"),
        _ => plural(days / 365, "year"),
    }
}

/// How far a day is: `today`, `tomorrow`, `in 4 days`, `3 days ago`.
pub fn relative(day: Date, today: Date) -> String {
    match day.days_since(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead @ 1.. => format!("in {}", distance(ahead)),
        ago => format!("{} ago", distance(ago)),
    }
}

/// `Tue 3 Mar`, and the year when it is not this year's.
pub fn date(day: Date, today: Date) -> String {
    if day.year() == today.year() { day.in_words() } else { full_date(day) }
}

/// `Tue 3 Mar 2026`.
pub fn full_date(day: Date) -> String {
    format!("{} {}", day.in_words(), day.year())
}

/// `3 Mar`, and the year when it is not this year's: for narrow places.
pub fn short_date(day: Date, today: Date) -> String {
    let words = date(day, today);
    words.split_once(' ').map_or(words.clone(), |(_, rest)| rest.to_owned())
}

/// A due date that is not missed: `Tue 3 Mar, in 4 days`.
pub fn due(day: Date, today: Date) -> String {
    format!("{}, {}", date(day, today), relative(day, today))
}

/// The same as [`due`], for narrow places: `3 Mar, in 4 days`, and `12 Jan 2027` alone.
pub fn short_due(day: Date, today: Date) -> String {
    let date = short_date(day, today);
    if day.year() == today.year() { format!("{date}, {}", relative(day, today)) } else { date }
}

/// People's names in a row; nothing where there are none.
pub fn names(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

/// A health in words.
pub fn health(health: Health) -> &'static str {
    match health {
        Health::Overdue => "overdue",
        Health::AtRisk => "at risk",
        Health::Unscheduled => "unscheduled",
        Health::OnTrack => "on track",
        Health::Planned => "planned",
        Health::OnHold => "on hold",
        Health::Complete => "complete",
        Health::Cancelled => "cancelled",
    }
}

/// A status in words.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Overdue => "overdue",
        Status::DueSoon => "due soon",
        Status::Active => "active",
        Status::Upcoming => "upcoming",
        Status::Unscheduled => "unscheduled",
        Status::Deferred => "deferred",
        Status::OnHold => "on hold",
        Status::Done => "done",
        Status::Waived => "waived",
    }
}

/// A state in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::InProgress => "in progress",
        State::Blocked => "blocked",
        State::Deferred => "deferred",
        State::Done => "done",
        State::Cancelled => "cancelled",
        State::NotApplicable => "not applicable",
    }
}

/// When an item was ticked and how well that is known, or when it is due and how far that is.
pub fn when(item: &Item, today: Date) -> Option<String> {
    if let Some(check) = &item.checked {
        return Some(ticked(check, today));
    }
    let day = item.schedule.due?;
    Some(match item.status {
        Status::Overdue => {
            format!("{}, {} late", date(day, today), distance(today.days_since(day)))
        }
        Status::Done | Status::Waived => date(day, today),
        _ => due(day, today),
    })
}

/// The same as [`when`], for narrow places.
pub fn short_when(item: &Item, today: Date) -> Option<String> {
    if let Some(check) = &item.checked {
        return Some(short_ticked(check, today));
    }
    let day = item.schedule.due?;
    Some(match item.status {
        Status::Overdue => format!("{} late", distance(today.days_since(day))),
        Status::Done | Status::Waived => short_date(day, today),
        _ => relative(day, today),
    })
}

fn ticked(check: &Check, today: Date) -> String {
    match (check.on.map(|on| date(on, today)), check.precision) {
        (Some(on), Precision::Stated) => format!("ticked {on} (stated)"),
        (Some(on), Precision::FirstSeen | Precision::Batch) => format!("ticked by {on}"),
        (Some(on), _) => format!("ticked {on}"),
        (None, Precision::Uncommitted) => "ticked, not committed".to_owned(),
        (None, _) => "ticked, day unknown".to_owned(),
    }
}

fn short_ticked(check: &Check, today: Date) -> String {
    match (check.on.map(|on| short_date(on, today)), check.precision) {
        (Some(on), Precision::Stated) => format!("{on}, stated"),
        (Some(on), Precision::FirstSeen | Precision::Batch) => format!("by {on}"),
        (Some(on), _) => format!("ticked {on}"),
        (None, Precision::Uncommitted) => "uncommitted".to_owned(),
        (None, _) => "day unknown".to_owned(),
    }
}

/// What else a reader of a list should know of an item: that it may be left out, what it waits
/// for, how often its date was moved.
pub fn notes(item: &Item) -> Vec<String> {
    let mut notes = Vec::new();
    if !item.status.is_open() {
        return notes;
    }
    match (&item.blocked_reason, item.state) {
        (Some(why), State::Blocked) if item.text.contains(why.as_str()) => {}
        (Some(why), State::Blocked) => notes.push(format!("blocked: {why}")),
        (None, State::Blocked) => notes.push("blocked".to_owned()),
        (_, State::InProgress) => notes.push("in progress".to_owned()),
        _ => {}
    }
    if item.optional {
        notes.push("optional".to_owned());
    }
    match item.due_moved {
        0 => {}
        1 => notes.push("due date moved once".to_owned()),
        2 => notes.push("due date moved twice".to_owned()),
        many => notes.push(format!("due date moved {many} times")),
    }
    notes
}

/// The one thing to know of [`notes`], for narrow places.
pub fn short_note(item: &Item) -> Option<&'static str> {
    match (item.status.is_open(), item.state) {
        (true, State::Blocked | State::InProgress) => Some(state(item.state)),
        (true, _) if item.optional => Some("optional"),
        _ => None,
    }
}

/// By how many days a partner's oldest overdue item is late.
pub fn oldest(partner: &Partner) -> i64 {
    let late = partner.leaves().filter(|item| item.status == Status::Overdue);
    late.map(|item| item.days_late).max().unwrap_or(0)
}

/// How many items are overdue, and by how much: `3, up to 12 days`.
pub fn overdue(partner: &Partner) -> Option<String> {
    let late = distance(oldest(partner));
    match partner.overdue {
        0 => None,
        1 => Some(format!("1, by {late}")),
        many => Some(format!("{many}, up to {late}")),
    }
}

/// The start date that a partner's due dates count from though nobody wrote it, in words.
pub fn derived_start(partner: &Partner, today: Date) -> Option<String> {
    let derived = partner.checklists.iter().filter(|checklist| counts_from_start(checklist));
    let mut starts = derived.filter_map(|checklist| match checklist.start {
        Some((day, StartSource::FirstCommit)) => Some(day),
        _ => None,
    });
    let first = starts.next()?;
    Some(match starts.all(|other| other == first) {
        true => format!("start date derived from first commit, {}", date(first, today)),
        false => "start dates derived from first commits".to_owned(),
    })
}

/// Whether an open item's due date counts from the checklist's start: a date that nobody spelled
/// out where the due date comes from.
fn counts_from_start(checklist: &Checklist) -> bool {
    let spelled = |item: &Item, due: Date| {
        let due = due.to_string();
        item.raw.contains(&due) || item.section.iter().any(|title| title.contains(&due))
    };
    checklist.items.iter().filter(|item| item.is_leaf() && item.status.is_open()).any(|item| {
        let source = item.schedule.source;
        let own = source.is_some_and(|source| source != DueSource::FrontMatter);
        own && item.schedule.due.is_some_and(|due| !spelled(item, due))
    })
}

/// The sums over some partners of a board, one clause each.
pub fn totals(board: &Board, partners: &[&Partner]) -> Vec<String> {
    let mut progress = crate::board::Progress::default();
    partners.iter().for_each(|partner| progress.add(partner.progress));
    let shown = match (partners.len(), board.partners.len()) {
        (shown, all) if shown < all => format!("{shown} of {}", plural(all, "partner")),
        (shown, _) => plural(shown, "partner"),
    };
    let counted = plural(progress.done + progress.open, "item");
    let percent = progress.percent().map_or_else(String::new, |percent| format!(" ({percent} %)"));
    let overdue: usize = partners.iter().map(|partner| partner.overdue).sum();
    let due_soon: usize = partners.iter().map(|partner| partner.due_soon).sum();
    vec![
        shown,
        format!("{} of {counted} done{percent}", progress.done),
        format!("{overdue} overdue"),
        format!("{due_soon} due soon"),
        format!("as of {}", full_date(board.today)),
    ]
}

/// The counts of a list of items, one clause each.
pub fn counts(board: &Board, rows: &[crate::report::ItemRow<'_>]) -> Vec<String> {
    // As everywhere, an item with items under it is a heading for them.
    let leaves = || rows.iter().filter(|row| row.item.is_leaf());
    let with = |status: Status| leaves().filter(|row| row.item.status == status).count();
    let mut partners: Vec<_> = rows.iter().map(|row| &row.partner.id).collect();
    partners.sort();
    partners.dedup();
    let mut clauses = vec![match rows.len() {
        0 => "no items".to_owned(),
        many => format!("{} of {}", plural(many, "item"), plural(partners.len(), "partner")),
    }];
    for status in [Status::Overdue, Status::DueSoon] {
        if with(status) > 0 {
            clauses.push(format!("{} {}", with(status), self::status(status)));
        }
    }
    clauses.push(format!("as of {}", full_date(board.today)));
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test's date is valid")
    }

    #[test]
    fn distances_are_told_as_people_would() {
        let today = day("2026-03-03");
        let told = |other: &str| due(day(other), today);
        assert_eq!(told("2026-03-03"), "Tue 3 Mar, today");
        assert_eq!(told("2026-03-04"), "Wed 4 Mar, tomorrow");
        assert_eq!(told("2026-03-02"), "Mon 2 Mar, yesterday");
        assert_eq!(told("2026-03-07"), "Sat 7 Mar, in 4 days");
        assert_eq!(told("2026-02-10"), "Tue 10 Feb, 21 days ago");
        assert_eq!(told("2026-06-01"), "Mon 1 Jun, in 2 months");
        assert_eq!(told("2029-03-03"), "Sat 3 Mar 2029, in 3 years");
        assert_eq!(short_date(day("2027-03-03"), today), "3 Mar 2027");
        assert_eq!(distance(i64::MIN), distance(i64::MAX));
    }
}
