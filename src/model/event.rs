//! What happened to items and checklists, as history tells it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::dates::Date;
use crate::model::{Commit, ItemId, PartnerId, RepoPath, State};

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A checklist came onto the board.
    ChecklistAdded,
    /// A checklist has another path.
    ChecklistRenamed,
    /// A checklist left the board.
    ChecklistRemoved,
    /// An item came.
    Added,
    /// An item is done that was not, or came done.
    Checked,
    /// An item is no longer done.
    Unchecked,
    /// An item has another state, and was and is not done.
    StateChanged,
    /// An item has another text.
    Reworded,
    /// An item stands in another section or file.
    Moved,
    /// An item is due on another day.
    DueChanged,
    /// An item has other owners.
    OwnerChanged,
    /// An item went.
    Removed,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [EventKind; 12] = [
        EventKind::ChecklistAdded,
        EventKind::ChecklistRenamed,
        EventKind::ChecklistRemoved,
        EventKind::Added,
        EventKind::Checked,
        EventKind::Unchecked,
        EventKind::StateChanged,
        EventKind::Reworded,
        EventKind::Moved,
        EventKind::DueChanged,
        EventKind::OwnerChanged,
        EventKind::Removed,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::ChecklistAdded => "checklist_added",
            EventKind::ChecklistRenamed => "checklist_renamed",
            EventKind::ChecklistRemoved => "checklist_removed",
            EventKind::Added => "added",
            EventKind::Checked => "checked",
            EventKind::Unchecked => "unchecked",
            EventKind::StateChanged => "state_changed",
            EventKind::Reworded => "reworded",
            EventKind::Moved => "moved",
            EventKind::DueChanged => "due_changed",
            EventKind::OwnerChanged => "owner_changed",
            EventKind::Removed => "removed",
        }
    }
}

/// How well a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The text says it.
    Stated,
    /// The item came already ticked: an upper bound.
    FirstSeen,
    /// The commit ticked three or more boxes: an upper bound.
    Batch,
    /// The day of the commit.
    Commit,
    /// Not committed yet; there is no date.
    Uncommitted,
    /// History was cut off before it.
    Unknown,
}

impl Precision {
    /// Every precision.
    pub const ALL: [Precision; 6] = [
        Precision::Stated,
        Precision::FirstSeen,
        Precision::Batch,
        Precision::Commit,
        Precision::Uncommitted,
        Precision::Unknown,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Stated => "stated",
            Precision::FirstSeen => "first_seen",
            Precision::Batch => "batch",
            Precision::Commit => "commit",
            Precision::Uncommitted => "uncommitted",
            Precision::Unknown => "unknown",
        }
    }
}

/// Where a change came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A commit introduced it, and it landed on the mainline with that commit or a later merge.
    Commit {
        /// The commit that made the change.
        introduced: Arc<Commit>,
        /// The mainline commit that brought it.
        landed: Arc<Commit>,
    },
    /// It is in the working tree only.
    Uncommitted,
    /// History does not reach back to it.
    Unknown,
}

/// What a change was from or to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A text.
    Text(String),
    /// A due date.
    Date(Date),
    /// A state.
    State(State),
    /// Owners.
    Owners(Vec<String>),
    /// The titles of the sections around an item.
    Section(Vec<String>),
    /// A file's path.
    Path(RepoPath),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// The partner whose checklist it happened in, by its present id.
    pub partner: PartnerId,
    /// The file, as it was named then.
    pub path: RepoPath,
    /// The item; `None` for what happens to whole checklists.
    pub item: Option<ItemId>,
    /// The item's text then.
    pub text: Option<String>,
    /// The sections around the item then.
    pub section: Vec<String>,
    /// What it was.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
    /// The day; `None` where it is not known.
    pub date: Option<Date>,
    /// How well the day is known.
    pub precision: Precision,
    /// Who and which commits.
    pub origin: Origin,
}
