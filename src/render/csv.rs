//! CSV after RFC 4180, for spreadsheets and scripts. A column has the name of its JSON field, with
//! a dot where that stands in an object; lists are joined with a comma; what is not known is empty.

use std::io::{self, Write};

use super::escape;
use crate::board::{Board, Partner};
use crate::dates::Date;
use crate::inherit::OwnerSource;
use crate::model::event::{Event, Origin, Value};
use crate::model::{PartnerStatus, Person};
use crate::report::ItemRow;
use crate::schedule::DueSource;

/// One record per partner.
pub fn status(_board: &Board, partners: &[&Partner]) -> String {
    let header = [
        "id",
        "name",
        "owners",
        "type",
        "tags",
        "status",
        "start_date",
        "start_date_source",
        "health",
        "health_reason",
        "progress.done",
        "progress.open",
        "progress.waived",
        "progress.total",
        "progress.percent",
        "overdue",
        "due_soon",
        "next_due",
        "last_activity",
    ];
    text(|out| document(header, partners.iter().map(|partner| partner_record(partner)), out))
}

fn partner_record(partner: &Partner) -> [String; 19] {
    let progress = partner.progress;
    [
        partner.id.0.clone(),
        partner.name.clone(),
        list(&partner.owners),
        partner.kind.clone().unwrap_or_default(),
        list(&partner.tags),
        maybe(partner.status.map(PartnerStatus::name)),
        maybe(partner.start.map(|(day, _)| day)),
        maybe(partner.start.map(|(_, source)| source.name())),
        partner.health.name().to_owned(),
        partner.health_reason.clone(),
        progress.done.to_string(),
        progress.open.to_string(),
        progress.waived.to_string(),
        progress.total().to_string(),
        maybe(progress.percent()),
        partner.overdue.to_string(),
        partner.due_soon.to_string(),
        maybe(partner.next_due),
        maybe(partner.last_activity),
    ]
}

/// One record per item, in the order given.
pub fn items(_board: &Board, rows: &[ItemRow<'_>]) -> String {
    text(|out| write_items(rows, out))
}

/// The same as [`items`], bit by bit.
///
/// # Errors
///
/// Whatever `out` says.
pub fn write_items(rows: &[ItemRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "partner",
        "path",
        "line",
        "id",
        "text",
        "section",
        "parent",
        "children",
        "state",
        "status",
        "blocked_reason",
        "optional",
        "required",
        "priority",
        "window.opens",
        "window.closes",
        "due",
        "due_source",
        "due_line",
        "days_late",
        "due_moved",
        "owners",
        "owner_source",
        "added.on",
        "added.commit",
        "checked.on",
        "checked.landed_on",
        "checked.precision",
        "checked.by.name",
        "checked.by.email",
        "checked.commit",
        "checked.landed",
    ];
    document(header, rows.iter().map(item_record), out)
}

fn item_record(row: &ItemRow<'_>) -> [String; 32] {
    let item = row.item;
    let schedule = item.schedule;
    let window = schedule.window;
    let check = item.checked.as_ref();
    let checked = check.map(|check| Commits::of(&check.origin)).unwrap_or_default();
    let (added_on, added) = &item.added;
    [
        row.partner.id.0.clone(),
        row.checklist.path.to_string(),
        item.line.0.to_string(),
        item.id.0.clone(),
        item.text.to_string(),
        item.section.join(" > "),
        maybe(item.parent.as_ref()),
        item.children.to_string(),
        item.state.name().to_owned(),
        item.status.name().to_owned(),
        item.blocked_reason.clone().unwrap_or_default(),
        item.optional.to_string(),
        item.required.to_string(),
        maybe(item.priority.map(|priority| priority.name())),
        maybe(window.and_then(|window| window.opens)),
        maybe(window.and_then(|window| window.closes)),
        maybe(schedule.due),
        maybe(schedule.source.map(DueSource::name)),
        maybe(schedule.line.map(|line| line.0)),
        item.days_late.to_string(),
        item.due_moved.to_string(),
        list(&item.ownership.names),
        maybe(item.ownership.source.map(OwnerSource::name)),
        maybe(*added_on),
        Commits::of(added).introduced,
        maybe(check.and_then(|check| check.on)),
        maybe(check.and_then(|check| check.landed_on)),
        maybe(check.map(|check| check.precision.name())),
        checked.author.name,
        checked.author.email,
        checked.introduced,
        checked.landed,
    ]
}

/// One record per event, in the order given.
pub fn log(_board: &Board, events: &[&Event]) -> String {
    text(|out| write_log(events, out))
}

/// The same as [`log`], bit by bit.
///
/// # Errors
///
/// Whatever `out` says.
pub fn write_log(events: &[&Event], out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "kind",
        "date",
        "precision",
        "partner",
        "path",
        "item",
        "text",
        "section",
        "before",
        "after",
        "author.name",
        "author.email",
        "co_authors",
        "commit",
        "landed",
    ];
    document(header, events.iter().map(|event| event_record(event)), out)
}

fn event_record(event: &Event) -> [String; 15] {
    let commits = Commits::of(&event.origin);
    [
        event.kind.name().to_owned(),
        maybe(event.date),
        event.precision.name().to_owned(),
        event.partner.0.clone(),
        event.path.to_string(),
        maybe(event.item.as_ref()),
        event.text.clone().unwrap_or_default(),
        event.section.join(" > "),
        event.before.as_ref().map(value).unwrap_or_default(),
        event.after.as_ref().map(value).unwrap_or_default(),
        commits.author.name,
        commits.author.email,
        commits.co_authors,
        commits.introduced,
        commits.landed,
    ]
}

/// Who made a change and in which commits; empty where that is not known.
struct Commits {
    author: Person,
    co_authors: String,
    introduced: String,
    landed: String,
}

impl Default for Commits {
    fn default() -> Commits {
        let author = Person { name: String::new(), email: String::new() };
        let (co_authors, introduced, landed) = Default::default();
        Commits { author, co_authors, introduced, landed }
    }
}

impl Commits {
    fn of(origin: &Origin) -> Commits {
        match origin {
            Origin::Commit { introduced, landed } => {
                let names = introduced.co_authors.iter().map(|person| person.name.as_str());
                Commits {
                    author: introduced.author.clone(),
                    co_authors: names.collect::<Vec<_>>().join(", "),
                    introduced: introduced.id.to_string(),
                    landed: landed.id.to_string(),
                }
            }
            Origin::Uncommitted | Origin::Unknown => Commits::default(),
        }
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => Date::to_string(date),
        Value::State(state) => state.name().to_owned(),
        Value::Owners(names) => list(names),
        Value::Section(titles) => titles.join(" > "),
        Value::Path(path) => path.to_string(),
    }
}

fn list(values: &[String]) -> String {
    values.join(", ")
}

fn maybe(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A header and its records; every cell passes [`escape::csv_cell`].
fn document<const N: usize>(
    header: [&str; N],
    records: impl Iterator<Item = [String; N]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let mut write = |cells: [&str; N]| {
        let cells = cells.map(escape::csv_cell);
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io::Error::from)
    };
    write(header)?;
    records.into_iter().try_for_each(|record| write(record.each_ref().map(String::as_str)))?;
    writer.flush()
}

/// What is written into memory.
fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes every byte, and all records have the header's length");
    String::from_utf8(bytes).expect("cells are UTF-8, and so are commas, quotes and line ends")
}
