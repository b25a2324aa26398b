//! What a change does to the board, ready to be told.

use crate::board::Progress;
use crate::dates::Date;
use crate::model::event::{EventKind, Precision, Value};
use crate::model::{CommitId, Health, ItemId, PartnerId, Person, RepoPath, Severity};

/// What a change does to the board: from where it parted from its base to its head, as a whole.
/// What it does and takes back again is not in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The day that both sides are judged by.
    pub today: Date,
    /// The name of the time zone in which commits' instants become days.
    pub timezone: String,
    /// The commit that the base names.
    pub base: CommitId,
    /// The commit looked at; with a working tree, the one that is checked out.
    pub head: CommitId,
    /// Whether the working tree's changes count, too.
    pub worktree: bool,
    /// Where the two part. `None`: this clone cannot tell, and the base itself was compared with.
    pub merge_base: Option<CommitId>,
    /// Whether `mdboard.toml` differs between the two.
    pub config_changed: bool,
    /// Which side's `mdboard.toml` both are judged by.
    pub judged_by: Side,
    /// Why history is not complete, in words; `None` when it is, or when nothing needed it.
    pub incomplete: Option<String>,
    /// The partners that change, by id.
    pub partners: Vec<PartnerChange>,
    /// The templates that change, by path.
    pub templates: Vec<TemplateChange>,
}

/// One end of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the two part.
    Base,
    /// The version looked at.
    Head,
}

impl Side {
    /// Both.
    pub const ALL: [Side; 2] = [Side::Base, Side::Head];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Side::Base => "base",
            Side::Head => "head",
        }
    }
}

/// What becomes of a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerChange {
    /// Its id.
    pub id: PartnerId,
    /// Its name for people.
    pub name: String,
    /// Its id before, if its folder has another name now.
    pub renamed_from: Option<PartnerId>,
    /// How it did before; `None`: it was not on the board.
    pub before: Option<Standing>,
    /// How it does after; `None`: it is no longer on the board.
    pub after: Option<Standing>,
    /// Items that are overdue after and were not before, by due date.
    pub now_overdue: Vec<Late>,
    /// What happened to its checklists: work that went unfinished first, then by [`Change::rank`],
    /// and as they stand in the files.
    pub changes: Vec<Change>,
}

/// How a partner is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How much is done.
    pub progress: Progress,
    /// Its health; `None` where it hangs on history that this clone does not have.
    pub health: Option<Health>,
    /// Why, in words.
    pub health_reason: Option<String>,
    /// How many items are overdue; `None` where that hangs on such history.
    pub overdue: Option<usize>,
}

/// An item that the change makes overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// The item.
    pub item: ItemId,
    /// Its text.
    pub text: String,
    /// Its checklist.
    pub path: RepoPath,
    /// The line of its box.
    pub line: u32,
    /// When it was due.
    pub due: Date,
    /// How many days it is late.
    pub days_late: i64,
}

/// One thing that happens to an item or a checklist: an event that has not landed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub kind: EventKind,
    /// The day; `None` where it is not known.
    pub date: Option<Date>,
    /// How well the day is known.
    pub precision: Precision,
    /// The checklist's path, after the change if it is still there.
    pub path: RepoPath,
    /// The item; `None` for what happens to whole checklists.
    pub item: Option<ItemId>,
    /// The line of its box in the head; `None` if it is not there.
    pub line: Option<u32>,
    /// The item's text.
    pub text: Option<String>,
    /// The sections around it.
    pub section: Vec<String>,
    /// What it was.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
    /// Who made the change; `None` where it is not committed, or not known.
    pub author: Option<Person>,
    /// Who else did.
    pub co_authors: Vec<Person>,
    /// The commit that made it.
    pub commit: Option<CommitId>,
    /// Of a removed item: whether it was still to be done.
    pub while_open: bool,
    /// Of a due date: how often it had moved before; `None` where history does not tell.
    pub moved_before: Option<usize>,
}

impl Change {
    /// The place of its kind among others: what a reviewer must see first.
    pub fn rank(&self) -> usize {
        match self.kind {
            EventKind::Removed if self.while_open => 0,
            EventKind::ChecklistRemoved => 1,
            EventKind::Unchecked => 2,
            EventKind::DueChanged => 3,
            EventKind::StateChanged => 4,
            EventKind::Checked => 5,
            EventKind::ChecklistAdded => 6,
            EventKind::Added => 7,
            EventKind::Reworded => 8,
            EventKind::OwnerChanged => 9,
            EventKind::Moved => 10,
            EventKind::ChecklistRenamed => 11,
            EventKind::Removed => 12,
        }
    }

    /// By how many days a due date moves, where there is one before and after.
    pub fn shift(&self) -> Option<i64> {
        match (&self.before, &self.after) {
            (Some(Value::Date(before)), Some(Value::Date(after))) => {
                Some(after.days_since(*before))
            }
            _ => None,
        }
    }
}

/// What becomes of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateChange {
    /// Its path; the new one, if it has another now.
    pub path: RepoPath,
    /// What.
    pub change: FileChange,
    /// Its path before, if that was another.
    pub renamed_from: Option<RepoPath>,
    /// The checklists made from it that do not have what it asks for now, by path.
    pub checklists_behind: Vec<RepoPath>,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It is new.
    Added,
    /// It says something else.
    Modified,
    /// It has another path, and may say something else.
    Renamed,
    /// It is no longer there.
    Removed,
}

impl FileChange {
    /// All of them.
    pub const ALL: [FileChange; 4] =
        [FileChange::Added, FileChange::Modified, FileChange::Renamed, FileChange::Removed];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            FileChange::Added => "added",
            FileChange::Modified => "modified",
            FileChange::Renamed => "renamed",
            FileChange::Removed => "removed",
        }
    }
}

/// What a team may not want to let pass unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// An item was removed that was still to be done.
    RemovedOpen,
    /// A whole checklist was removed.
    ChecklistRemoved,
    /// A tick was taken back.
    Unticked,
    /// An item was cancelled or declared not applicable, and so counts no more.
    Waived,
    /// An item is overdue that was not.
    Overdue,
    /// A due date moved, came or went.
    DueMoved,
    /// An item has another text.
    Reworded,
    /// An item has other owners.
    OwnerChanged,
    /// A template asks for what a checklist made from it does not have.
    Behind,
}

impl Gate {
    /// All of them.
    pub const ALL: [Gate; 9] = [
        Gate::RemovedOpen,
        Gate::ChecklistRemoved,
        Gate::Unticked,
        Gate::Waived,
        Gate::Overdue,
        Gate::DueMoved,
        Gate::Reworded,
        Gate::OwnerChanged,
        Gate::Behind,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Gate::RemovedOpen => "removed-open",
            Gate::ChecklistRemoved => "checklist-removed",
            Gate::Unticked => "unticked",
            Gate::Waived => "waived",
            Gate::Overdue => "overdue",
            Gate::DueMoved => "due-moved",
            Gate::Reworded => "reworded",
            Gate::OwnerChanged => "owner-changed",
            Gate::Behind => "behind",
        }
    }
}

impl Comparison {
    /// Whether the change does nothing to the board.
    pub fn is_empty(&self) -> bool {
        self.partners.is_empty() && self.templates.is_empty()
    }

    /// The partners in the order in which a reviewer should see them: those whose work goes
    /// unfinished first.
    pub fn by_need(&self) -> Vec<&PartnerChange> {
        let mut partners: Vec<&PartnerChange> = self.partners.iter().collect();
        let loses =
            |partner: &PartnerChange| partner.changes.iter().any(|change| change.while_open);
        partners.sort_by_key(|partner| !loses(partner));
        partners
    }

    /// Everything that happens to checklists, partner by partner.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.partners.iter().flat_map(|partner| &partner.changes)
    }

    /// How many changes are of a kind.
    pub fn count(&self, kind: EventKind) -> usize {
        self.changes().filter(|change| change.kind == kind).count()
    }

    /// How often something happens that a team may want to stop at.
    pub fn met(&self, gate: Gate) -> usize {
        match gate {
            Gate::RemovedOpen => self.changes().filter(|change| change.while_open).count(),
            Gate::ChecklistRemoved => self.count(EventKind::ChecklistRemoved),
            Gate::Unticked => self.count(EventKind::Unchecked),
            Gate::Waived => {
                let is_waived = |value: &Option<Value>| matches!(value, Some(Value::State(state)) if state.is_waived());
                let goes =
                    |change: &&Change| is_waived(&change.after) && !is_waived(&change.before);
                self.changes().filter(goes).filter(|change| change.before.is_some()).count()
            }
            Gate::Overdue => self.partners.iter().map(|partner| partner.now_overdue.len()).sum(),
            Gate::DueMoved => self.count(EventKind::DueChanged),
            Gate::Reworded => self.count(EventKind::Reworded),
            Gate::OwnerChanged => self.count(EventKind::OwnerChanged),
            Gate::Behind => {
                self.templates.iter().map(|template| template.checklists_behind.len()).sum()
            }
        }
    }
}

/// A finding of the linter, as a comment tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The rule's permanent code.
    pub code: String,
    /// The rule's name.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub path: RepoPath,
    /// The line, from 1.
    pub line: u32,
}
