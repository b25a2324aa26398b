//! What the documents have in common.

use std::fmt::Display;

use serde::{Serialize, Serializer};

use crate::board::{self, Board};
use crate::dates::Date;
use crate::inherit::OwnerSource;
use crate::model::event::Origin;
use crate::model::{CommitId, Diagnostic, Person};
use crate::schedule::DueSource;
use crate::source::Position;

/// A string that is made when it is written: a document has tens of thousands.
pub(super) struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(test)]
impl<T> schemars::JsonSchema for Shown<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

/// A day as `YYYY-MM-DD`.
pub(super) fn day(date: Date) -> Shown<Date> {
    Shown(date)
}

fn id(commit: CommitId) -> Shown<CommitId> {
    Shown(commit)
}

/// Writes a list whose members are made one at a time.
pub(super) fn each<'a, T, U, S>(all: &&'a [T], serializer: S) -> Result<S::Ok, S::Error>
where
    U: From<&'a T> + Serialize,
    S: Serializer,
{
    serializer.collect_seq(all.iter().map(U::from))
}

/// What the documents begin with.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Head {
    /// The day that statuses are judged by.
    today: Shown<Date>,
    /// The time zone of every date in this document.
    timezone: String,
    revision: Revision,
    history: History,
}

impl Head {
    pub(super) fn of(board: &Board) -> Head {
        let commit = board.view.commit.as_deref();
        Head {
            today: day(board.today),
            timezone: board.zone.to_string(),
            revision: Revision {
                commit: commit.map(|commit| id(commit.id)),
                committed_at: commit.map(|commit| board.zone.rfc3339(commit.committed)),
                worktree: board.view.worktree,
            },
            history: History {
                complete: board.incomplete.is_none(),
                reason: board.incomplete.clone(),
            },
        }
    }
}

/// What was looked at.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Revision {
    /// The commit's full id; null on a branch without commits.
    commit: Option<Shown<CommitId>>,
    /// When that commit was made, as RFC 3339.
    committed_at: Option<String>,
    /// Whether changes that are not committed count.
    worktree: bool,
}

/// Whether all of history was there to be read.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct History {
    complete: bool,
    /// Why not, in words.
    reason: Option<String>,
}

/// How much is done. Items that others stand under do not count, unless the board says so.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Progress {
    done: usize,
    /// Neither done nor waived.
    open: usize,
    /// Cancelled or not applicable.
    waived: usize,
    total: usize,
    /// Done per cent of the total without what is waived, rounded down; null when nothing counts.
    percent: Option<usize>,
}

impl From<board::Progress> for Progress {
    fn from(progress: board::Progress) -> Progress {
        Progress {
            done: progress.done,
            open: progress.open,
            waived: progress.waived,
            total: progress.total(),
            percent: progress.percent(),
        }
    }
}

/// Somebody, as the mailmap names them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct By<'a> {
    name: &'a str,
    email: &'a str,
}

impl<'a> From<&'a Person> for By<'a> {
    fn from(person: &'a Person) -> By<'a> {
        By { name: &person.name, email: &person.email }
    }
}

/// An item.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Item<'a> {
    /// Unique on the board; the same for as long as the item lives.
    id: &'a str,
    /// Without markdown and metadata.
    text: &'a str,
    /// As written behind the box.
    raw: &'a str,
    /// The line of the box.
    line: u32,
    /// The headings around it from level 2 down, then bold lead-ins.
    section: &'a [String],
    /// The id of the item it stands under.
    parent: Option<&'a str>,
    /// How many items stand directly under it.
    children: usize,
    /// What the author wrote.
    #[cfg_attr(test, schemars(extend("enum" = crate::model::State::ALL.map(crate::model::State::name))))]
    state: &'static str,
    /// What it means today.
    #[cfg_attr(test, schemars(extend("enum" = crate::model::Status::ALL.map(crate::model::Status::name))))]
    status: &'static str,
    blocked_reason: Option<&'a str>,
    optional: bool,
    required: bool,
    priority: Option<&'static str>,
    window: Option<Window>,
    /// The last day on which it is on time.
    due: Option<Shown<Date>>,
    /// What gave it its due date.
    #[cfg_attr(test, schemars(extend("enum" = ["item", "parent", "heading", "front_matter", null])))]
    due_source: Option<&'static str>,
    /// The line that did, where it is a line of the same file.
    due_line: Option<u32>,
    /// How many days it is overdue; 0 when it is not.
    days_late: i64,
    /// How often its due date changed.
    due_moved: usize,
    /// Without `@`.
    owners: &'a [String],
    /// What gave it its owners.
    #[cfg_attr(test, schemars(extend("enum" = ["item", "parent", "heading", "front_matter", "partner", null])))]
    owner_source: Option<&'static str>,
    added: Added,
    /// The tick that stands; null when it is not done.
    checked: Option<Checked<'a>>,
}

/// From when to when an item is to be worked on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Window {
    opens: Option<Shown<Date>>,
    closes: Option<Shown<Date>>,
    /// The line that names it.
    line: u32,
}

/// Where an item came from; null where history does not tell, or it is not committed.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Added {
    on: Option<Shown<Date>>,
    /// The commit that introduced it.
    commit: Option<Shown<CommitId>>,
}

/// A tick.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checked<'a> {
    /// The day, as well as it is known: see `precision`.
    on: Option<Shown<Date>>,
    /// The day it came to the mainline.
    landed_on: Option<Shown<Date>>,
    #[cfg_attr(test, schemars(extend("enum" = PRECISIONS)))]
    precision: &'static str,
    by: Option<By<'a>>,
    co_authors: Vec<By<'a>>,
    /// The commit that made it.
    commit: Option<Shown<CommitId>>,
    /// The mainline commit that brought it.
    landed: Option<Shown<CommitId>>,
}

/// How well a date can be known.
#[cfg(test)]
pub(super) const PRECISIONS: [&str; 6] =
    ["stated", "first_seen", "batch", "commit", "uncommitted", "unknown"];

/// Who made a change and which commits brought it.
pub(super) struct Source<'a> {
    pub(super) by: Option<By<'a>>,
    pub(super) co_authors: Vec<By<'a>>,
    pub(super) commit: Option<Shown<CommitId>>,
    pub(super) landed: Option<Shown<CommitId>>,
}

impl<'a> From<&'a Origin> for Source<'a> {
    fn from(origin: &'a Origin) -> Source<'a> {
        match origin {
            Origin::Commit { introduced, landed } => Source {
                by: Some((&introduced.author).into()),
                co_authors: introduced.co_authors.iter().map(By::from).collect(),
                commit: Some(id(introduced.id)),
                landed: Some(id(landed.id)),
            },
            Origin::Uncommitted | Origin::Unknown => {
                Source { by: None, co_authors: Vec::new(), commit: None, landed: None }
            }
        }
    }
}

fn introduced(origin: &Origin) -> Option<Shown<CommitId>> {
    match origin {
        Origin::Commit { introduced, .. } => Some(id(introduced.id)),
        Origin::Uncommitted | Origin::Unknown => None,
    }
}

impl<'a> From<&'a board::Item> for Item<'a> {
    fn from(item: &'a board::Item) -> Item<'a> {
        let schedule = item.schedule;
        let window = schedule.window.map(|window| Window {
            opens: window.opens.map(day),
            closes: window.closes.map(day),
            line: window.line.0,
        });
        let checked = item.checked.as_ref().map(|checked| {
            let Source { by, co_authors, commit, landed } = (&checked.origin).into();
            Checked {
                on: checked.on.map(day),
                landed_on: checked.landed_on.map(day),
                precision: checked.precision.name(),
                by,
                co_authors,
                commit,
                landed,
            }
        });
        let (added_on, added) = &item.added;
        Item {
            id: &item.id.0,
            text: &item.text,
            raw: &item.raw,
            line: item.line.0,
            section: &item.section,
            parent: item.parent.as_ref().map(|parent| parent.0.as_str()),
            children: item.children,
            state: item.state.name(),
            status: item.status.name(),
            blocked_reason: item.blocked_reason.as_deref(),
            optional: item.optional,
            required: item.required,
            priority: item.priority.map(|priority| priority.name()),
            window,
            due: schedule.due.map(day),
            due_source: schedule.source.map(DueSource::name),
            due_line: schedule.line.map(|line| line.0),
            days_late: item.days_late,
            due_moved: item.due_moved,
            owners: &item.ownership.names,
            owner_source: item.ownership.source.map(OwnerSource::name),
            added: Added { on: added_on.map(day), commit: introduced(added) },
            checked,
        }
    }
}

/// Something that could not be understood.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Finding {
    /// The permanent code.
    code: &'static str,
    /// The rule's name.
    rule: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = SEVERITIES)))]
    severity: &'static str,
    message: String,
    path: String,
    start: Place,
    end: Place,
    /// What to do next.
    help: Option<String>,
    /// How it can be mended; always null so far.
    fix: Option<()>,
}

#[cfg(test)]
pub(super) const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

/// A place in a file, counted from 1; columns in characters.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Place {
    line: u32,
    column: u32,
}

impl From<Position> for Place {
    fn from(position: Position) -> Place {
        Place { line: position.line.0, column: position.column }
    }
}

impl From<&Diagnostic> for Finding {
    fn from(diagnostic: &Diagnostic) -> Finding {
        Finding {
            code: diagnostic.code.code,
            rule: diagnostic.code.rule,
            severity: diagnostic.severity.name(),
            message: diagnostic.message.clone(),
            path: diagnostic.path.to_string(),
            start: diagnostic.start.into(),
            end: diagnostic.end.into(),
            help: diagnostic.help.clone(),
            fix: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Precision, Severity};

    #[test]
    fn every_word_is_in_its_list() {
        assert_eq!(Precision::ALL.map(Precision::name), PRECISIONS);
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        assert_eq!(severities.map(Severity::name), SEVERITIES);
    }
}
