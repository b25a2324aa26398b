//! What the board teaches across partners. Every figure says how many cases it rests on.

use std::collections::BTreeMap;

use super::parts;
use crate::board::{Board, Item, Partner};
use crate::dates::Date;
use crate::model::event::{Event, EventKind, Precision, Value};
use crate::model::{Health, PartnerId, Status};
use crate::schedule;

/// Fewer cases than this say nothing.
pub const ENOUGH: usize = 5;

/// A figure with the cases that it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The figure; `None` where there are too few cases.
    pub value: Option<i64>,
    /// How many cases there are.
    pub cases: usize,
}

impl Figure {
    /// The median, rounded towards the smaller one.
    fn median(mut cases: Vec<i64>) -> Figure {
        cases.sort_unstable();
        let count = cases.len();
        let value = match count % 2 {
            _ if count < ENOUGH => None,
            1 => Some(cases[count / 2]),
            _ => Some((cases[count / 2 - 1] + cases[count / 2]).div_euclid(2)),
        };
        Figure { value, cases: count }
    }

    /// So many of so many, in per cent, rounded down.
    fn share(of: usize, cases: usize) -> Figure {
        let value = (cases >= ENOUGH).then(|| (100 * of / cases) as i64);
        Figure { value, cases }
    }
}

/// How long a section takes.
#[derive(Clone, Debug)]
pub struct Duration {
    /// The section's name, without a window.
    pub section: String,
    /// The type of the partners; `None`: they have none.
    pub kind: Option<String>,
    /// On which day after the start the last of it was done. Only of sections that are done, and whose
    /// start and last tick are known.
    pub finished: Figure,
    /// On which day after the start the last of it was due.
    pub planned: Figure,
}

/// A partner where nothing has moved for long.
#[derive(Clone, Debug)]
pub struct Stall {
    /// Which.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Date,
    /// For how many days.
    pub days: i64,
}

/// What the board teaches.
#[derive(Clone, Debug)]
pub struct Insight {
    /// How long sections take, by name.
    pub durations: Vec<Duration>,
    /// By how many days items are done after they were due; before it, below zero. Only of ticks whose
    /// day is known.
    pub late: Figure,
    /// How many per cent of those items were done late.
    pub share_late: Figure,
    /// By how many days due dates move when they move.
    pub slip: Figure,
    /// How many per cent of the items with a due date had it moved.
    pub share_moved: Figure,
    /// How many per cent of the ticks came three or more at once, so that their days are upper bounds.
    pub bulk: Figure,
    /// How many days lie between two days on which something was ticked, of the same partner.
    pub pause: Figure,
    /// Partners with open work where nothing has moved for twice that, and at least two weeks, the
    /// longest first.
    pub stalls: Vec<Stall>,
}

/// No pause is a stall before so many days.
const STALL: i64 = 14;

impl Insight {
    /// What a board teaches.
    pub fn of(board: &Board) -> Insight {
        let leaves = || board.partners.iter().flat_map(Partner::leaves);
        let lateness: Vec<i64> = leaves().filter_map(lateness).collect();
        let late = lateness.iter().filter(|days| **days > 0).count();
        let due: Vec<&Item> = leaves().filter(|item| item.schedule.due.is_some()).collect();
        let moved = due.iter().filter(|item| item.due_moved > 0).count();
        let checks: Vec<Precision> =
            leaves().filter_map(|item| Some(item.checked.as_ref()?.precision)).collect();
        let bulk = checks.iter().filter(|precision| **precision == Precision::Batch).count();
        let pause = Figure::median(board.partners.iter().flat_map(pauses).collect());
        Insight {
            durations: durations(board),
            share_late: Figure::share(late, lateness.len()),
            late: Figure::median(lateness),
            slip: Figure::median(board.events.iter().filter_map(slip).collect()),
            share_moved: Figure::share(moved, due.len()),
            bulk: Figure::share(bulk, checks.len()),
            stalls: stalls(board, pause.value.map_or(STALL, |days| (2 * days).max(STALL))),
            pause,
        }
    }
}

/// By how many days an item was late, where both days are known.
fn lateness(item: &Item) -> Option<i64> {
    let check = item.checked.as_ref()?;
    let is_known = matches!(check.precision, Precision::Stated | Precision::Commit);
    let on = check.on.filter(|_| is_known && item.status == Status::Done)?;
    Some(on.days_since(item.schedule.due?))
}

fn slip(event: &Event) -> Option<i64> {
    let day = |value: &Option<Value>| match value {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    let is_move = event.kind == EventKind::DueChanged;
    is_move.then(|| Some(day(&event.after)?.days_since(day(&event.before)?))).flatten()
}

/// The days between one day with ticks and the next.
fn pauses(partner: &Partner) -> Vec<i64> {
    let mut days: Vec<Date> =
        partner.leaves().filter_map(|item| item.checked.as_ref()?.on).collect();
    days.sort_unstable();
    days.dedup();
    days.windows(2).map(|pair| pair[1].days_since(pair[0])).collect()
}

fn stalls(board: &Board, from: i64) -> Vec<Stall> {
    let rests = |partner: &Partner| {
        matches!(
            partner.health,
            Health::Planned | Health::OnHold | Health::Complete | Health::Cancelled
        )
    };
    let stall = |partner: &Partner| {
        let since = partner.last_activity?;
        let days = board.today.days_since(since);
        (days >= from && !rests(partner)).then(|| Stall {
            partner: partner.id.clone(),
            name: partner.name.clone(),
            since,
            days,
        })
    };
    let mut stalls: Vec<Stall> = board.partners.iter().filter_map(stall).collect();
    stalls.sort_by_key(|stall| std::cmp::Reverse(stall.days));
    stalls
}

fn durations(board: &Board) -> Vec<Duration> {
    type Cases = (String, Vec<i64>, Vec<i64>);
    let mut all: BTreeMap<(String, Option<String>), Cases> = BTreeMap::new();
    for partner in &board.partners {
        for checklist in &partner.checklists {
            let Some((start, _)) = checklist.start else { continue };
            for part in parts::sections(checklist, board.today) {
                let Some(title) = part.title() else { continue };
                let name = schedule::name(title);
                let key = (name.to_lowercase(), partner.kind.clone());
                let (shown, finished, planned) = all.entry(key).or_default();
                if shown.is_empty() {
                    name.clone_into(shown);
                }
                planned.extend(part.closes.map(|day| day.days_since(start)));
                let items = checklist.items.iter().filter(|item| item.section[..] == *part.titles);
                if part.progress.open == 0 {
                    finished.extend(last_tick(items).map(|day| day.days_since(start)));
                }
            }
        }
    }
    let durations = all.into_iter().map(|((_, kind), (section, finished, planned))| Duration {
        section,
        kind,
        finished: Figure::median(finished),
        planned: Figure::median(planned),
    });
    durations
        .filter(|duration| duration.planned.cases.max(duration.finished.cases) >= ENOUGH)
        .collect()
}

/// The day of the last tick of some items; `None` where one of the ticks has no day, or there is none.
fn last_tick<'a>(items: impl Iterator<Item = &'a Item>) -> Option<Date> {
    let done = items.filter(|item| item.is_leaf() && item.status == Status::Done);
    let days: Option<Vec<Date>> = done.map(|item| item.checked.as_ref()?.on).collect();
    days?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn a_median_needs_cases() {
        assert_eq!(Figure::median(vec![1, 2, 3, 4]), Figure { value: None, cases: 4 });
        assert_eq!(Figure::median(vec![9, 1, 5, 3, 7]), Figure { value: Some(5), cases: 5 });
        assert_eq!(Figure::median(vec![9, 1, 5, 3, 7, -4]), Figure { value: Some(4), cases: 6 });
        assert_eq!(Figure::share(2, 3), Figure { value: None, cases: 3 });
        assert_eq!(Figure::share(2, 6), Figure { value: Some(33), cases: 6 });
    }
}
