//! What an edit needs at hand: chance, the day, numbers that were never used before.

use std::sync::Arc;

use super::edit::At;
use super::habits::Habits;
use super::list::{Item, Key, Known, List, Node};
use super::random::Random;
use super::reword::sentence;
use super::settle::Shelf;
use super::truth::{Blame, Edit};
use super::words::{ENDS, PEOPLE, THINGS, VERBS};
use crate::dates::Date;
use crate::model::State;

/// What was taken out of a list, so that it can be put back: the list, the node before it, the node.
#[derive(Clone, Debug, Default)]
pub(super) struct Trash {
    pub(super) commit: usize,
    pub(super) items: Vec<(Key, Option<Key>, Node)>,
}

/// The place where edits are made.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) random: Random,
    pub(super) habits: Habits,
    /// The number of the commit that is being made.
    pub(super) commit: usize,
    pub(super) today: Date,
    /// How late the work of the partner at hand is done, in days after its due date.
    pub(super) late: (i64, i64),
    /// What the last edit ticked, with the texts from before.
    pub(super) ticked: Vec<(At, String)>,
    /// What the last edit took out.
    pub(super) trash: Option<Trash>,
    keys: Key,
}

impl Desk {
    pub(super) fn new(random: Random, habits: Habits, today: Date) -> Desk {
        let (ticked, trash) = (Vec::new(), None);
        Desk { random, habits, commit: 0, today, late: (0, 0), ticked, trash, keys: 0 }
    }

    /// A number that nothing else has.
    pub(super) fn key(&mut self) -> Key {
        self.keys += 1;
        self.keys
    }

    /// What is known of an item before it is in any commit.
    pub(super) fn unknown(&self) -> Known {
        let never = Blame { commit: usize::MAX, edit: Edit::Create };
        Known {
            born: never,
            state: never,
            text: never,
            place: ((0, 0), never),
            due: (None, never),
            owner: (String::new(), never),
            reworded: false,
            twin: false,
        }
    }

    /// A new open item.
    pub(super) fn item(&mut self, text: String, topic: String, edit: Edit) -> Item {
        let key = self.key();
        let tag = self.random.chance(self.habits.tag).then(|| tag(&topic, key));
        Item {
            key,
            child: false,
            text,
            topic,
            state: State::Open,
            reason: None,
            tag,
            due: None,
            owner: None,
            late: self.random.between(self.late.0, self.late.1),
            touched: Some((self.commit, edit)),
            known: self.unknown(),
        }
    }

    /// A text that the list does not have and never had, and what it is about.
    pub(super) fn fresh_text(&mut self, list: &List) -> (String, String) {
        for attempt in 0.. {
            let (verb, end) = (self.random.word(&VERBS), self.random.word(&ENDS));
            let thing = self.random.word(&THINGS);
            let lot = if attempt < 20 { String::new() } else { format!(" (lot {})", self.key()) };
            let text = sentence(&format!("{verb} {thing} {end}{lot}"));
            let identity = text.to_lowercase();
            let taken = list.spent.contains(&identity)
                || list.items().any(|item| item.identity() == identity);
            if !taken {
                return (text, thing.to_owned());
            }
        }
        (String::new(), String::new())
    }

    /// A text for an item that takes the place of others. What repeats most of one of those would
    /// be that one reworded, to any reader, so it says something else.
    pub(super) fn other_text(&mut self, list: &List) -> (String, String) {
        for _ in 0..200 {
            let (text, topic) = self.fresh_text(list);
            let new = Slots::of(&text.to_lowercase());
            if list.items().all(|item| new.shared(&Slots::of(&item.identity())) < 2) {
                return (text, topic);
            }
        }
        self.fresh_text(list)
    }

    /// One, mostly; now and then a few.
    pub(super) fn few(&mut self) -> usize {
        if self.random.chance(0.7) { 1 } else { 1 + self.random.index(3) }
    }

    pub(super) fn any_list(&mut self, shelf: &Shelf) -> Option<Arc<List>> {
        self.random.pick(&shelf.lists).cloned()
    }

    /// An item that may be taken.
    pub(super) fn any_item(
        &mut self,
        shelf: &Shelf,
        may: impl Fn(&List, &Item) -> bool,
    ) -> Option<At> {
        for _ in 0..8 {
            let list = self.any_list(shelf)?;
            let count = list.items().count();
            if count == 0 {
                continue;
            }
            let item = list.items().nth(self.random.index(count))?;
            if may(&list, item) {
                return Some((list.key, item.key));
            }
        }
        None
    }

    /// A place for an item in some section, never between an item and those under it.
    pub(super) fn any_place(&mut self, list: &List) -> Option<usize> {
        let sections = list.sections();
        let heading = *self.random.pick(&sections)?;
        let end = list.section_end(heading);
        let mut at = heading + 1 + self.random.index(end - heading);
        while matches!(list.nodes.get(at), Some(Node::Item(item)) if item.child) {
            at += 1;
        }
        Some(at)
    }

    /// Puts an item at a place.
    pub(super) fn put(&mut self, list: &mut List, at: usize, item: Item) {
        list.nodes.insert(at.min(list.nodes.len()), Node::Item(Box::new(item)));
    }

    /// How one of our people is called in a checklist.
    pub(super) fn handle(&mut self) -> String {
        let (first, _) = PEOPLE[self.random.index(PEOPLE.len())];
        first.to_lowercase()
    }
}

/// Which of the ready-made verbs, things and ends a text has.
struct Slots([Option<usize>; 3]);

impl Slots {
    fn of(text: &str) -> Slots {
        let verb = VERBS.iter().position(|verb| text.starts_with(&verb.to_lowercase()));
        let thing = THINGS.iter().position(|thing| text.contains(thing));
        let end = ENDS.iter().position(|end| text.contains(&end.to_lowercase()));
        Slots([verb, thing, end])
    }

    /// How much two texts share; the thing that they are about counts twice.
    fn shared(&self, other: &Slots) -> usize {
        let same = |at: usize| self.0[at].is_some() && self.0[at] == other.0[at];
        usize::from(same(0)) + 2 * usize::from(same(1)) + usize::from(same(2))
    }
}

/// An id as people make them up: a word of the text and a number.
fn tag(topic: &str, key: Key) -> String {
    let word = topic.rsplit(' ').next().unwrap_or(topic);
    let word: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    format!("{}-{key}", word.to_lowercase())
}
