//! The board: files, their histories and today, put together and judged.

mod assemble;
mod health;
mod judge;

use std::sync::Arc;

pub use assemble::{Input, assemble};

use crate::dates::{Date, Zone};
use crate::inherit::{Ownership, StartSource};
use crate::model::event::{Event, Origin};
use crate::model::{
    Commit, Diagnostic, Health, ItemId, PartnerId, PartnerStatus, Priority, RepoPath, State, Status,
};
use crate::schedule::Schedule;
use crate::timeline::Check;

/// Everything that a report can ask about.
#[derive(Clone, Debug)]
pub struct Board {
    /// The day that statuses are judged by.
    pub today: Date,
    /// In which commits' instants become days.
    pub zone: Zone,
    /// What was looked at.
    pub view: View,
    /// Why history is not complete, in words; `None` when it is.
    pub incomplete: Option<String>,
    /// The partners, by id.
    pub partners: Vec<Partner>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// What could not be understood, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many days ahead counts as soon.
    pub due_soon_days: u32,
}

/// What a board was made from.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The commit; `None` on an unborn branch.
    pub commit: Option<Arc<Commit>>,
    /// Whether the working tree counts.
    pub worktree: bool,
}

/// How much is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Done.
    pub done: usize,
    /// Neither done nor waived.
    pub open: usize,
    /// Cancelled or not applicable.
    pub waived: usize,
}

impl Progress {
    /// All of them.
    pub fn total(self) -> usize {
        self.done + self.open + self.waived
    }

    /// Done per cent of what counts, rounded down, so that 100 means done; `None` when nothing
    /// counts.
    pub fn percent(self) -> Option<usize> {
        (100 * self.done).checked_div(self.done + self.open)
    }

    /// Counts one more.
    pub fn count(&mut self, status: Status) {
        match status {
            Status::Done => self.done += 1,
            Status::Waived => self.waived += 1,
            _ => self.open += 1,
        }
    }

    /// Counts all of another progress too.
    pub fn add(&mut self, other: Progress) {
        self.done += other.done;
        self.open += other.open;
        self.waived += other.waived;
    }
}

/// A partner.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Its id, unique on the board.
    pub id: PartnerId,
    /// Its name for people.
    pub name: String,
    /// Who owns it.
    pub owners: Vec<String>,
    /// Its type.
    pub kind: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What its front matter says.
    pub status: Option<PartnerStatus>,
    /// When it started and what that comes from.
    pub start: Option<(Date, StartSource)>,
    /// How it is doing.
    pub health: Health,
    /// Why, in words.
    pub health_reason: String,
    /// How much is done.
    pub progress: Progress,
    /// How many items are overdue.
    pub overdue: usize,
    /// How many items are due soon.
    pub due_soon: usize,
    /// The earliest due date of open work that is not past.
    pub next_due: Option<Date>,
    /// The day of the latest event.
    pub last_activity: Option<Date>,
    /// Whether its health, or what is overdue, hangs on something that history would tell and that
    /// is not known: a start date, or the day of the latest event.
    pub hangs_on_history: bool,
    /// Its checklists, by path.
    pub checklists: Vec<Checklist>,
}

/// A checklist.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// Its path.
    pub path: RepoPath,
    /// Its title.
    pub title: String,
    /// The template it says it was made from.
    pub template: Option<String>,
    /// Its status.
    pub status: Option<PartnerStatus>,
    /// When it starts and what that comes from.
    pub start: Option<(Date, StartSource)>,
    /// How much is done.
    pub progress: Progress,
    /// The headings that name a window, with their lines.
    pub windows: Vec<(crate::source::Line, Arc<str>)>,
    /// Its items, in their order.
    pub items: Vec<Item>,
}

/// An item, judged.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id, unique on the board.
    pub id: ItemId,
    /// Its text as shown.
    pub text: Arc<str>,
    /// Its text as written.
    pub raw: Arc<str>,
    /// The line of its box.
    pub line: crate::source::Line,
    /// The titles of the sections around it; shared by the items of a section.
    pub section: Arc<[String]>,
    /// The item it stands under.
    pub parent: Option<ItemId>,
    /// How many items stand directly under it.
    pub children: usize,
    /// What its author wrote.
    pub state: State,
    /// What that means today.
    pub status: Status,
    /// What it waits for.
    pub blocked_reason: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it says that it must not.
    pub required: bool,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// When it is to be worked on.
    pub schedule: Schedule,
    /// How many days it is late.
    pub days_late: i64,
    /// How often its due date changed.
    pub due_moved: usize,
    /// Who owns it.
    pub ownership: Ownership,
    /// Where it came from, and on which day, if known.
    pub added: (Option<Date>, Origin),
    /// The tick that stands, if it is done.
    pub checked: Option<Check>,
}

impl Item {
    /// Whether it counts: an item with items under it is a heading for them.
    pub fn is_leaf(&self) -> bool {
        self.children == 0
    }
}

impl Partner {
    /// Its items with their checklists.
    pub fn items(&self) -> impl Iterator<Item = (&Checklist, &Item)> {
        let checklists = self.checklists.iter();
        checklists.flat_map(|checklist| checklist.items.iter().map(move |item| (checklist, item)))
    }

    /// Its items without those that are headings for others.
    pub fn leaves(&self) -> impl Iterator<Item = &Item> {
        self.items().map(|(_, item)| item).filter(|item| item.is_leaf())
    }
}

impl Board {
    /// A board without a partner.
    pub fn empty(today: Date, zone: Zone) -> Board {
        Board {
            today,
            zone,
            view: View::default(),
            incomplete: None,
            partners: Vec::new(),
            events: Vec::new(),
            diagnostics: Vec::new(),
            due_soon_days: 0,
        }
    }

    /// The partners, those that need most attention first.
    pub fn by_need(&self) -> Vec<&Partner> {
        let mut partners: Vec<&Partner> = self.partners.iter().collect();
        partners.sort_by_key(|partner| {
            let most = |count: usize| std::cmp::Reverse(count);
            (partner.health, most(partner.overdue), most(partner.due_soon), partner.next_due)
        });
        partners
    }

    /// How much is done on the whole board.
    pub fn progress(&self) -> Progress {
        let mut all = Progress::default();
        self.partners.iter().for_each(|partner| all.add(partner.progress));
        all
    }
}
