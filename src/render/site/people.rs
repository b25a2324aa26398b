//! The page of people: who has what to do.

use maud::{Markup, html};

use super::parts::{self, text};
use super::{File, Site, frame};
use crate::render::words;
use crate::report::{ItemRow, Person};

/// More of what comes later than this is only counted.
const MOST_NEXT: usize = 5;
/// More of what is overdue or due soon than this nobody reads in one go.
const MOST: usize = 50;

pub(super) fn page(site: &Site<'_>) -> String {
    let people = &site.people;
    let main = html! {
        h1 { "People" }
        @if people.owners.is_empty() {
            p.aside { "Nobody owns open work on this board." }
        } @else {
            ul.names {
                @for (at, person) in people.owners.iter().enumerate() {
                    li { a href={ "#" (site.owner_slugs[at]) } { bdi { (text(&person.name)) } } " (" (person.open()) ")" }
                }
                @if people.nobody.open() > 0 { li { a href="#Nobody" { "nobody" } " (" (people.nobody.open()) ")" } }
            }
        }
        @for (at, person) in people.owners.iter().enumerate() {
            section {
                h2 id=(site.owner_slugs[at]) { bdi { (text(&person.name)) } }
                p { (summary(person)) " · " a href=(site.path(File::Calendar(at))) { "calendar" } }
                (work(site, person))
            }
        }
        @if people.nobody.open() > 0 {
            section {
                h2 #Nobody { "Nobody" }
                p { "Open work without an owner: " (summary(&people.nobody)) }
                (work(site, &people.nobody))
            }
        }
    };
    frame::page(site, File::People, "People", &main)
}

fn summary(person: &Person<'_>) -> String {
    let counts = [
        (person.overdue.len(), "overdue"),
        (person.due_soon.len(), "due soon"),
        (person.active.len(), "to work on"),
        (person.later.len(), "later"),
    ];
    let told = counts.into_iter().filter(|(count, _)| *count > 0);
    told.map(|(count, words)| format!("{count} {words}")).collect::<Vec<_>>().join(", ")
}

fn work(site: &Site<'_>, person: &Person<'_>) -> Markup {
    let next: Vec<&ItemRow<'_>> =
        person.active.iter().chain(&person.later).take(MOST_NEXT).collect();
    let left = person.active.len() + person.later.len() - next.len();
    html! {
        @for (title, rows) in [("Overdue", &person.overdue), ("Due soon", &person.due_soon)] {
            (list(site, title, &rows.iter().take(MOST).collect::<Vec<_>>()))
            @if rows.len() > MOST { p.aside { "and " (rows.len() - MOST) " more" } }
        }
        (list(site, "Next", &next))
        @if left > 0 { p.aside { "and " (left) " more" } }
    }
}

fn list(site: &Site<'_>, title: &str, rows: &[&ItemRow<'_>]) -> Markup {
    html! {
        @if !rows.is_empty() {
            h3 { (title) }
            ul {
                @for row in rows {
                    li {
                        bdi { (text(&row.item.text)) }
                        " · " a href=(site.partner_path(&row.partner.id)) { (text(&row.partner.name)) }
                        @for note in words::notes(row.item) { " " span.aside { "(" (text(&note)) ")" } }
                        @if row.item.schedule.due.is_some() { (parts::due(site, row)) }
                    }
                }
            }
        }
    }
}
