//! What an item's state, schedule and surroundings mean today.

use crate::config::Config;
use crate::dates::Date;
use crate::model::{Document, PartnerStatus, State, Status};
use crate::schedule::Schedule;

/// The status of each of a document's items.
pub(super) fn statuses(
    document: &Document,
    schedules: &[Schedule],
    checklist: Option<PartnerStatus>,
    today: Date,
    config: &Config,
) -> Vec<Status> {
    let soon = today.plus_days(i64::from(config.due_soon_days)).unwrap_or(today);
    let on_hold = checklist == Some(PartnerStatus::OnHold);
    let inherited = inherited_states(document);
    let leaf = |at: usize| {
        let state = document.items[at].state;
        let schedule = schedules[at];
        match (state, inherited[at]) {
            (State::Done, _) => Status::Done,
            (state, from) if state.is_waived() || from.is_some_and(State::is_waived) => {
                Status::Waived
            }
            _ if on_hold => Status::OnHold,
            (State::Deferred, _) | (_, Some(State::Deferred)) => Status::Deferred,
            _ => by_date(schedule, today, soon),
        }
    };
    let mut statuses: Vec<Status> = (0..document.items.len()).map(leaf).collect();
    from_leaves(document, &mut statuses);
    statuses
}

fn by_date(schedule: Schedule, today: Date, soon: Date) -> Status {
    match (schedule.due, schedule.opens) {
        (Some(due), _) if due < today => Status::Overdue,
        (Some(due), _) if due <= soon => Status::DueSoon,
        (_, Some(opens)) if opens > today => Status::Upcoming,
        (Some(_), _) | (None, Some(_)) => Status::Active,
        (None, None) => Status::Unscheduled,
    }
}

/// For each item the state of the nearest item around it that passes on what it is.
fn inherited_states(document: &Document) -> Vec<Option<State>> {
    let mut inherited: Vec<Option<State>> = Vec::with_capacity(document.items.len());
    for item in &document.items {
        let from = item.parent.and_then(|parent| {
            let state = document.items[parent].state;
            let passes = state.is_waived() || state == State::Deferred;
            // What is waived further out is waived, whatever is deferred in it.
            match inherited[parent] {
                Some(outer) if outer.is_waived() => Some(outer),
                outer => passes.then_some(state).or(outer),
            }
        });
        inherited.push(from);
    }
    inherited
}

/// A parent takes the first status, in the order of [`Status::ALL`], that one of its leaves has.
fn from_leaves(document: &Document, statuses: &mut [Status]) {
    let mut of_parents: Vec<Option<Status>> = vec![None; statuses.len()];
    // Children stand behind their parents, so going backwards every child is ready in time.
    for at in (0..statuses.len()).rev() {
        if let Some(status) = of_parents[at] {
            statuses[at] = status;
        }
        if let Some(parent) = document.items[at].parent {
            let first = of_parents[parent].map_or(statuses[at], |other| other.min(statuses[at]));
            of_parents[parent] = Some(first);
        }
    }
}
