//! How a new checklist looks, and how the partners come along.

use std::sync::Arc;

use super::desk::Desk;
use super::list::{Form, Heading, List, Node};
use super::truth::Edit;
use super::words::{BACKS, CHAPTERS, FRONTS, PHASES, PROSE, REFRAINS, TRADES};
use crate::dates::Date;
use crate::model::{PartnerStatus, State};

/// How a partner gets on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// What is due is done.
    OnTime,
    /// Everything takes longer.
    Late,
    /// What is due is done, and something stands still.
    Blocked,
    /// All is done.
    Finished,
    /// It has just begun.
    Fresh,
    /// It has not begun.
    Planned,
}

impl Pace {
    /// The partners of a small board: the pace of each, and how many days ago it began.
    pub(super) const STORIES: [(Pace, i64); 8] = [
        (Pace::OnTime, 58),
        (Pace::Late, 74),
        (Pace::Finished, 156),
        (Pace::Blocked, 39),
        (Pace::Fresh, 4),
        (Pace::Planned, -16),
        (Pace::OnTime, 81),
        (Pace::Late, 110),
    ];

    /// How many days after its due date work is done, at the least and at the most.
    pub(super) fn late(self) -> (i64, i64) {
        match self {
            Pace::OnTime | Pace::Blocked => (-9, -1),
            Pace::Fresh => (-2, -1),
            Pace::Finished => (-8, 5),
            Pace::Late => (4, 26),
            Pace::Planned => (0, 0),
        }
    }
}

/// What a new checklist is made from.
pub(super) struct Order<'a> {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) owner: String,
    pub(super) start: Date,
    pub(super) status: Option<PartnerStatus>,
    /// The chapters of the plan that it has, by number.
    pub(super) chapters: &'a [usize],
    pub(super) items: usize,
    /// Bytes of notes between the items.
    pub(super) prose: usize,
}

impl Desk {
    /// A new checklist. What should have been done by now is ticked already.
    pub(super) fn write_list(&mut self, order: Order<'_>) -> List {
        let mut list = List {
            key: self.key(),
            path: order.path,
            title: order.title,
            owner: order.owner,
            start: order.start,
            status: order.status,
            nodes: Vec::new(),
            form: Form::default(),
            spent: Arc::default(),
        };
        let count = order.chapters.len().clamp(1, order.items.div_ceil(2).max(1));
        let mut phase = None;
        for (number, &chapter) in order.chapters.iter().take(count).enumerate() {
            let items = order.items / count + usize::from(number < order.items % count);
            let chapter = &CHAPTERS[chapter % CHAPTERS.len()];
            if phase != Some(chapter.phase) {
                phase = Some(chapter.phase);
                let (title, window) = PHASES[chapter.phase];
                let number = Some(chapter.phase + 1);
                self.heading(&mut list, 2, number, title, window);
            }
            self.heading(&mut list, 3, Some(number + 1), chapter.title, chapter.window);
            self.notes(&mut list, order.prose / count);
            self.items(&mut list, chapter.lines, items);
        }
        self.tick_what_is_done(&mut list);
        list
    }

    fn heading(
        &mut self,
        list: &mut List,
        level: u8,
        number: Option<usize>,
        title: &str,
        window: (i64, i64),
    ) {
        let (key, title, window) = (self.key(), title.to_owned(), Some(window));
        list.nodes.push(Node::Heading(Heading { key, level, number, title, window, owner: None }));
    }

    /// About this many bytes of notes.
    fn notes(&mut self, list: &mut List, bytes: usize) {
        let mut text = String::new();
        while text.len() + 40 < bytes {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.random.word(&PROSE));
        }
        if !text.is_empty() {
            list.nodes.push(Node::Prose(self.key(), text.into()));
        }
    }

    fn items(&mut self, list: &mut List, lines: &[(&'static str, &'static str)], count: usize) {
        let mut lines: Vec<_> = lines.to_vec();
        self.random.shuffle(&mut lines);
        for number in 0..count {
            let refrain = number > 0 && self.random.chance(0.05);
            let (text, topic) = match lines.pop() {
                _ if refrain => {
                    let (text, topic) = REFRAINS[self.random.index(REFRAINS.len())];
                    (text.to_owned(), topic.to_owned())
                }
                Some((pattern, topic)) => (pattern.replace("{}", topic), topic.to_owned()),
                None => self.fresh_text(list),
            };
            let mut item = self.item(text, topic, Edit::Create);
            item.child = number > 0 && self.random.chance(0.08);
            list.nodes.push(Node::Item(Box::new(item)));
        }
    }

    fn tick_what_is_done(&mut self, list: &mut List) {
        let places = list.places();
        let (today, commit) = (self.today, self.commit);
        for item in list.items_mut() {
            let due = places.get(&item.key).and_then(|place| place.due);
            if due.and_then(|due| due.plus_days(item.late)).is_some_and(|day| day <= today) {
                item.state = State::Done;
                item.touched = Some((commit, Edit::BornTicked));
            }
        }
    }

    /// A copy of another partner's checklist. Some are emptied, some are not.
    pub(super) fn copy_list(&mut self, from: &List, to: Order<'_>) -> List {
        let emptied = self.random.chance(0.6);
        let mut list = from.clone();
        list.key = self.key();
        (list.path, list.title, list.owner) = (to.path, to.title, to.owner);
        (list.start, list.status, list.spent) = (to.start, to.status, Arc::default());
        for node in &mut list.nodes {
            match node {
                Node::Heading(heading) => heading.key = self.key(),
                Node::Prose(key, _) => *key = self.key(),
                Node::Item(item) => {
                    item.key = self.key();
                    item.known = self.unknown();
                    item.touched = None;
                    item.due = None;
                    item.late = self.random.between(self.late.0, self.late.1);
                    if emptied {
                        item.state = State::Open;
                    }
                }
            }
        }
        list
    }

    /// The name of a company that nobody has heard of.
    pub(super) fn company(&mut self) -> (String, &'static str) {
        let name = format!("{}{}", self.random.word(&FRONTS), self.random.word(&BACKS));
        (name, self.random.word(&TRADES))
    }
}
