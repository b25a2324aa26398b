//! Planned against done over time.

use std::collections::BTreeSet;

use crate::board::{Item, Partner};
use crate::dates::Date;
use crate::model::Status;
use crate::model::event::Precision;

/// How much should have been done by the end of each day, and how much was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burnup {
    /// The days on which something changes, in order; at least two.
    pub days: Vec<Day>,
    /// How many items there are in all, the waived ones left out.
    pub total: usize,
    /// How many of them have no due date, and so are in no plan.
    pub unplanned: usize,
}

/// The figures at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Items due by then.
    pub planned: usize,
    /// Items surely done by then; none after today.
    pub least: Option<usize>,
    /// Items that may have been done by then: of some ticks only an upper bound of the day is known.
    pub most: Option<usize>,
}

/// A partner's burn-up; `None` where there is nothing to draw.
pub fn burnup(partner: &Partner, today: Date) -> Option<Burnup> {
    let leaves: Vec<&Item> =
        partner.leaves().filter(|item| item.status != Status::Waived).collect();
    let start = partner.start.map(|(start, _)| start);
    let first = start.into_iter().chain(leaves.iter().filter_map(|item| item.added.0)).min();
    let done: Vec<(Date, Date)> =
        leaves.iter().filter_map(|item| ticked(item, first.unwrap_or(today), today)).collect();
    let due: Vec<Date> = leaves.iter().filter_map(|item| item.schedule.due).collect();
    let mut days: BTreeSet<Date> = due.iter().copied().collect();
    days.extend(done.iter().flat_map(|(earliest, latest)| [*earliest, *latest]));
    days.extend(first);
    days.insert(today);
    if leaves.is_empty() || days.len() < 2 {
        return None;
    }
    let until =
        |days: &mut dyn Iterator<Item = Date>, day: Date| days.filter(|on| *on <= day).count();
    let at = |date: Date| {
        let is_past = date <= today;
        Day {
            date,
            planned: until(&mut due.iter().copied(), date),
            least: is_past.then(|| until(&mut done.iter().map(|(_, latest)| *latest), date)),
            most: is_past.then(|| until(&mut done.iter().map(|(earliest, _)| *earliest), date)),
        }
    };
    let days = days.into_iter().map(at).collect();
    Some(Burnup { days, total: leaves.len(), unplanned: leaves.len() - due.len() })
}

/// Between which days an item was ticked.
fn ticked(item: &Item, first: Date, today: Date) -> Option<(Date, Date)> {
    if item.status != Status::Done {
        return None;
    }
    let check = item.checked.as_ref()?;
    let came = item.added.0.unwrap_or(first);
    Some(match (check.on, check.precision) {
        (Some(on), Precision::Batch) => {
            let on = on.min(today);
            (came.max(first).min(on), on)
        }
        // It may have been done before it came.
        (Some(on), Precision::FirstSeen) => (first.min(on).min(today), on.min(today)),
        // Whatever day a text states: what is ticked today is done today.
        (Some(on), _) => (on.min(today), on.min(today)),
        (None, Precision::Uncommitted) => (today, today),
        (None, _) => (first.min(today), today),
    })
}
