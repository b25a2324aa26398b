//! Due dates as calendars (RFC 5545): all-day events, each known by its item's id, so that a calendar
//! that is fetched again is brought up to date.

use icalendar::{Calendar, Component, Event, Property};

use xxhash_rust::xxh3::xxh3_64;

use super::{escape, words};
use crate::board::Board;
use crate::dates::Date;
use crate::model::Status;
use crate::report::web::Web;
use crate::report::{ItemFilter, ItemRow, Person};

/// What is overdue on a board.
pub(super) fn overdue(board: &Board, web: Option<&Web>) -> String {
    let filter = ItemFilter { statuses: vec![Status::Overdue], ..ItemFilter::default() };
    let rows = filter.rows(board).into_iter().filter(|row| row.item.is_leaf());
    calendar((board, web), "Overdue", rows)
}

/// What somebody has to do.
pub(super) fn person(board: &Board, web: Option<&Web>, person: &Person<'_>) -> String {
    let all = [&person.overdue, &person.due_soon, &person.active, &person.later];
    calendar((board, web), &person.name, all.into_iter().flatten().copied())
}

fn calendar<'a>(
    of: (&Board, Option<&Web>),
    name: &str,
    rows: impl Iterator<Item = ItemRow<'a>>,
) -> String {
    // `Calendar::new` names a product of its own, and a calendar has no more than one.
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//mdboard//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(&escape::terminal(name));
    for row in rows {
        let Some(due) = row.item.schedule.due else { continue };
        calendar.push(event(of, &row, due));
    }
    calendar.to_string()
}

fn event((board, web): (&Board, Option<&Web>), row: &ItemRow<'_>, due: Date) -> Event {
    let (item, partner) = (row.item, row.partner);
    let late = match item.status {
        Status::Overdue => "Overdue: ",
        _ => "",
    };
    let mut told = vec![
        format!("{}, {}", words::status(item.status), row.checklist.title),
        item.section.join(" › "),
        format!("{}:{}", row.checklist.path.as_str(), item.line.0),
    ];
    told.extend(words::names(&item.ownership.names));
    told.retain(|line| !line.trim().is_empty());
    let told: Vec<_> = told.iter().map(|line| escape::terminal(line)).collect();
    let summary = format!("{late}{}: {}", partner.name, item.text);
    let mut event = Event::new();
    // An item keeps its id wherever it goes on its board, and the repository tells boards apart.
    let place = web.map(|web| format!("{:08x}.", xxh3_64(web.repository().as_bytes()) as u32));
    event.uid(&format!("{}@{}mdboard", plain(&item.id.0), place.unwrap_or_default()));
    event.summary(&escape::terminal(&summary));
    event.description(&told.join("\n"));
    event.append_property(day("DTSTART", due));
    event.append_property(day("DTEND", due.plus_days(1).unwrap_or(due)));
    // No clock is read here: the same board gives the same bytes.
    event.append_property(Property::new("DTSTAMP", format!("{}T000000Z", digits(board.today))));
    // It fills a day of nobody's.
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.done()
}

fn day(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, digits(day));
    property.add_parameter("VALUE", "DATE");
    property
}

/// `20260303`.
fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A name in which every other character is a number.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for char in name.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => out.push(char),
            char => out.push_str(&format!(".{:x}", u32::from(char))),
        }
    }
    out
}
