//! How far the parts of a checklist are, held against their windows.

use std::collections::HashMap;
use std::hash::Hash;

use crate::board::{Checklist, Item, Partner, Progress};
use crate::dates::Date;
use crate::model::Status;
use crate::schedule;

/// How a part of the work keeps up with its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pace {
    /// Something that is not optional is overdue.
    Late,
    /// As much is done as should be.
    OnTime,
    /// More is done than should be.
    Ahead,
    /// Nothing is done, and nothing has to be yet.
    NotStarted,
    /// All that is open rests.
    Resting,
    /// Nothing is open.
    Done,
}

impl Pace {
    /// Every pace, in the order of a legend.
    pub const ALL: [Pace; 6] =
        [Pace::Late, Pace::OnTime, Pace::Ahead, Pace::NotStarted, Pace::Resting, Pace::Done];
}

/// A part of the work: the leaves of one section, or of one phase.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The titles of the sections around it, from the outside; none for what stands above the first.
    pub titles: &'a [String],
    /// How far it is.
    pub progress: Progress,
    /// How many of its leaves should be done by now: those due today or earlier, the waived ones left
    /// out.
    pub planned: usize,
    /// How many of its leaves are overdue.
    pub overdue: usize,
    /// From the first day on which something in it can be worked on, as far as known.
    pub opens: Option<Date>,
    /// To the last day on which something in it is due.
    pub closes: Option<Date>,
    /// How it keeps up.
    pub pace: Pace,
}

/// The sections of a checklist that have items, in their order.
pub fn sections(checklist: &Checklist, today: Date) -> Vec<Part<'_>> {
    group(checklist.items.iter(), today, |item| &item.section[..], |titles| titles)
}

/// The phases of a partner, which are the outermost sections of its checklists, in their order. Those
/// with one name are one, whichever checklist they stand in and whatever window stands behind it.
pub fn phases(partner: &Partner, today: Date) -> Vec<Part<'_>> {
    let items = partner.items().map(|(_, item)| item);
    let key = |titles: &[String]| titles.first().map(|title| key(title));
    group(items, today, |item| &item.section[..item.section.len().min(1)], key)
}

/// Groups the leaves among some items by what makes their titles one.
fn group<'a, K: Hash + Eq>(
    items: impl Iterator<Item = &'a Item>,
    today: Date,
    titles: impl Fn(&'a Item) -> &'a [String],
    key: impl Fn(&'a [String]) -> K,
) -> Vec<Part<'a>> {
    let mut order: Vec<(&[String], Vec<&Item>)> = Vec::new();
    let mut places: HashMap<K, usize> = HashMap::new();
    for item in items.filter(|item| item.is_leaf()) {
        let titles = titles(item);
        let at = *places.entry(key(titles)).or_insert_with(|| {
            order.push((titles, Vec::new()));
            order.len() - 1
        });
        order[at].1.push(item);
    }
    order.into_iter().map(|(titles, items)| part(titles, &items, today)).collect()
}

fn part<'a>(titles: &'a [String], items: &[&Item], today: Date) -> Part<'a> {
    let mut progress = Progress::default();
    items.iter().for_each(|item| progress.count(item.status));
    let counted = || items.iter().filter(|item| item.status != Status::Waived);
    let planned = counted().filter(|item| item.schedule.due.is_some_and(|due| due <= today));
    let overdue = items.iter().filter(|item| item.status == Status::Overdue);
    let opens =
        counted().filter_map(|item| item.schedule.window?.opens.or(item.schedule.opens)).min();
    let closes = counted().filter_map(|item| item.schedule.due).max();
    Part {
        titles,
        progress,
        planned: planned.count(),
        overdue: overdue.count(),
        opens: opens.filter(|opens| closes.is_none_or(|closes| *opens <= closes)),
        closes,
        pace: Pace::NotStarted,
    }
    .paced(items)
}

impl Part<'_> {
    fn paced(mut self, items: &[&Item]) -> Self {
        let open = || items.iter().filter(|item| item.status.is_open());
        let rests = |item: &&Item| matches!(item.status, Status::OnHold | Status::Deferred);
        let is_missed = |item: &&Item| item.status == Status::Overdue && !item.optional;
        let has_begun = |item: &&Item| {
            matches!(item.status, Status::Active | Status::DueSoon | Status::Overdue)
        };
        self.pace = if self.progress.open == 0 {
            Pace::Done
        } else if open().any(is_missed) {
            Pace::Late
        } else if open().all(rests) {
            Pace::Resting
        } else if self.progress.done > self.planned {
            Pace::Ahead
        } else if self.progress.done == 0 && !open().any(has_begun) {
            Pace::NotStarted
        } else {
            Pace::OnTime
        };
        self
    }

    /// Its innermost title.
    pub fn title(&self) -> Option<&str> {
        self.titles.last().map(String::as_str)
    }
}

/// What is one for all titles with the same name, whatever their window and case.
pub fn key(title: &str) -> String {
    schedule::name(title).to_lowercase()
}
