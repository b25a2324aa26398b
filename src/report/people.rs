//! Who has what to do.

use std::collections::BTreeMap;

use super::ItemRow;
use crate::board::Board;
use crate::model::Status;

/// What somebody has to do. Items with items under them are headings, and left out.
#[derive(Clone, Debug, Default)]
pub struct Person<'a> {
    /// The name as it is first written.
    pub name: String,
    /// What is overdue, the latest first.
    pub overdue: Vec<ItemRow<'a>>,
    /// What is due soon, by day.
    pub due_soon: Vec<ItemRow<'a>>,
    /// What can be worked on, by the day it is due.
    pub active: Vec<ItemRow<'a>>,
    /// What comes later, by day.
    pub later: Vec<ItemRow<'a>>,
}

impl Person<'_> {
    /// How much is open.
    pub fn open(&self) -> usize {
        self.overdue.len() + self.due_soon.len() + self.active.len() + self.later.len()
    }
}

/// Who has what to do on a board.
#[derive(Clone, Debug)]
pub struct People<'a> {
    /// Those who own something open, the most overdue first.
    pub owners: Vec<Person<'a>>,
    /// What nobody owns.
    pub nobody: Person<'a>,
}

impl<'a> People<'a> {
    /// The people of a board. Names that differ only in case are one.
    pub fn of(board: &'a Board) -> People<'a> {
        let mut owners: BTreeMap<String, Person<'a>> = BTreeMap::new();
        let mut nobody = Person::default();
        for partner in &board.partners {
            for (checklist, item) in partner.items().filter(|(_, item)| item.is_leaf()) {
                let row = ItemRow { partner, checklist, item };
                if item.ownership.names.is_empty() {
                    give(&mut nobody, row);
                }
                // An item that names somebody twice is theirs once.
                let mut keys: Vec<String> = Vec::new();
                for name in item.ownership.names.iter() {
                    let key = name.to_lowercase();
                    if keys.contains(&key) {
                        continue;
                    }
                    let person = owners.entry(key.clone()).or_default();
                    keys.push(key);
                    if person.name.is_empty() {
                        person.name.clone_from(name);
                    }
                    give(person, row);
                }
            }
        }
        let mut owners: Vec<Person<'a>> =
            owners.into_values().filter(|person| person.open() > 0).collect();
        owners.iter_mut().chain([&mut nobody]).for_each(sort);
        let most = |count: usize| std::cmp::Reverse(count);
        owners.sort_by_key(|person| (most(person.overdue.len()), most(person.due_soon.len())));
        People { owners, nobody }
    }
}

fn give<'a>(person: &mut Person<'a>, row: ItemRow<'a>) {
    match row.item.status {
        Status::Overdue => person.overdue.push(row),
        Status::DueSoon => person.due_soon.push(row),
        Status::Active => person.active.push(row),
        Status::Upcoming | Status::Unscheduled => person.later.push(row),
        Status::Deferred | Status::OnHold | Status::Done | Status::Waived => {}
    }
}

fn sort(person: &mut Person<'_>) {
    let lists = [&mut person.overdue, &mut person.due_soon, &mut person.active, &mut person.later];
    for list in lists {
        // What has no day comes last.
        list.sort_by_key(|row| (row.item.schedule.due.is_none(), row.item.schedule.due));
    }
}
