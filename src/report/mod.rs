//! What a reader asks of the board: items and events, filtered and in order.

pub mod burnup;
mod compare;
mod comparison;
mod drifted;
mod findings;
pub mod insight;
mod kept;
pub mod parts;
mod people;
pub mod web;

pub use compare::Between;
pub use comparison::{
    Change, Comparison, FileChange, Gate, Late, PartnerChange, Remark, Side, Standing,
    TemplateChange,
};
pub use drifted::{Basis, Drifted};
pub use findings::Findings;
pub use kept::{Kept, Record};
pub use people::{People, Person};

use crate::board::{Board, Checklist, Item, Partner};
use crate::dates::Date;
use crate::model::event::Event;
use crate::model::{PartnerId, Status};

/// An item with where it stands.
#[derive(Clone, Copy, Debug)]
pub struct ItemRow<'a> {
    /// Whose it is.
    pub partner: &'a Partner,
    /// The checklist it stands in.
    pub checklist: &'a Checklist,
    /// The item.
    pub item: &'a Item,
}

/// Which items to show. An empty list lets everything through.
#[derive(Clone, Debug, Default)]
pub struct ItemFilter {
    /// Items with one of these statuses.
    pub statuses: Vec<Status>,
    /// Items that one of these people owns, whatever the case, with or without `@`.
    pub owners: Vec<String>,
    /// Items of these partners.
    pub partners: Vec<PartnerId>,
    /// Items due before this day.
    pub due_before: Option<Date>,
}

impl ItemFilter {
    /// The items that pass, partner by partner as they stand in their files.
    pub fn rows<'a>(&self, board: &'a Board) -> Vec<ItemRow<'a>> {
        let rows = board.partners.iter().flat_map(|partner| {
            partner.items().map(move |(checklist, item)| ItemRow { partner, checklist, item })
        });
        rows.filter(|row| self.lets(row)).collect()
    }

    fn lets(&self, row: &ItemRow<'_>) -> bool {
        let item = row.item;
        let owned = |wanted: &String| {
            let wanted = wanted.trim_start_matches('@').to_lowercase();
            item.ownership.names.iter().any(|owner| owner.to_lowercase() == wanted)
        };
        (self.statuses.is_empty() || self.statuses.contains(&item.status))
            && (self.owners.is_empty() || self.owners.iter().any(owned))
            && (self.partners.is_empty() || self.partners.contains(&row.partner.id))
            && self.due_before.is_none_or(|day| item.schedule.due.is_some_and(|due| due < day))
    }
}

/// Which events to show. An empty list lets everything through.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Events of these partners.
    pub partners: Vec<PartnerId>,
    /// Events on or after this day. What is not committed yet is newer than any day.
    pub since: Option<Date>,
}

impl EventFilter {
    /// The events that pass, newest first.
    pub fn events<'a>(&self, board: &'a Board) -> Vec<&'a Event> {
        board.events.iter().rev().filter(|event| self.lets(event)).collect()
    }

    fn lets(&self, event: &Event) -> bool {
        let recent = |since: Date| match event.date {
            Some(date) => date >= since,
            None => event.precision == crate::model::Precision::Uncommitted,
        };
        (self.partners.is_empty() || self.partners.contains(&event.partner))
            && self.since.is_none_or(recent)
    }
}

/// What happened on so many days, the last of them today, is news.
pub const NEWS_DAYS: i64 = 7;

/// The news, newest first, with the first of its days. What is not committed yet is of today.
pub fn news(board: &Board) -> (Date, Vec<&Event>) {
    let since = board.today.plus_days(1 - NEWS_DAYS).unwrap_or(board.today);
    // History goes by the order in which things landed: a date may be older than its neighbours.
    let is_news = |event: &&Event| match event.date {
        Some(day) => since <= day && day <= board.today,
        None => event.precision == crate::model::Precision::Uncommitted,
    };
    (since, board.events.iter().rev().filter(is_news).collect())
}
