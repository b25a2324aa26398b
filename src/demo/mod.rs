//! Boards that are made up: a small one to look at, and ones of any size to measure with.
//!
//! [`simulate`] lets a team of invented people work on the checklists of invented partners, and
//! hands out what they commit, one [`Draft`] after the other. It knows of every item what it is,
//! whatever becomes of its text, its place or its file, and tells in the end what really happened:
//! the [`Truth`], against which a reading of the history can be held.
//!
//! Nothing here touches the world. The same [`Plan`] gives the same commits, on every machine.

mod branch;
mod desk;
mod edit;
mod fast_import;
mod habits;
mod list;
mod merge;
mod plan;
mod random;
mod reword;
mod settle;
mod team;
mod truth;
mod words;

pub use fast_import::FastImport;
pub use habits::{BATCHED, BORN_TICKED, Habits, TICK_REWORDED, UNTICKED};
pub use truth::{Blame, Edit, Traits, Truth, TruthCommit, TruthEvent, TruthItem};

use crate::dates::Date;
use crate::model::Draft;

/// What board to make up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// How many partners there are in the end.
    pub partners: usize,
    /// About how many items a new checklist has.
    pub items: usize,
    /// How many commits change a checklist.
    pub commits: usize,
    /// How many commits change none.
    pub unrelated: usize,
    /// About how many bytes of notes stand in a new checklist.
    pub prose: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// The day after the last commit.
    pub today: Date,
    /// How the team works.
    pub habits: Habits,
}

impl Plan {
    /// A small board, about half a year of work of a few partners.
    pub fn small(today: Date) -> Plan {
        Plan {
            partners: 6,
            items: 27,
            commits: 150,
            unrelated: 12,
            prose: 700,
            seed: 1,
            today,
            habits: Habits::TYPICAL,
        }
    }
}

/// Makes up a board's history. Each commit goes to `sink` as soon as it is made, with whether it
/// stands on the mainline; what the sink fails with ends the work.
pub fn simulate<E>(
    plan: &Plan,
    sink: &mut dyn FnMut(&Draft, bool) -> Result<(), E>,
) -> Result<Truth, E> {
    team::Team::new(plan, sink).work()
}
