//! The page of one partner.

use maud::{Markup, html};

use super::chart::{self, Axis};
use super::parts::{self, phrase, text, wide};
use super::portfolio::{class, pace_words};
use super::{File, Site, frame};
use crate::board::{Checklist, Partner};
use crate::model::Status;
use crate::render::words;
use crate::report::ItemRow;
use crate::report::burnup::burnup;
use crate::report::parts::{Part, sections};

pub(super) fn page(site: &Site<'_>, at: usize) -> String {
    let partner = &site.content.board.partners[at];
    let main = html! {
        h1 { (text(&partner.name)) }
        p { (parts::health(partner.health)) " " (text(&partner.health_reason)) }
        (facts(site, partner, at))
        (to_do(site, partner))
        (progress(site, partner))
        (items(site, partner))
        (story(site, partner))
    };
    frame::page(site, File::Partner(at), &partner.name, &main)
}

fn facts(site: &Site<'_>, partner: &Partner, at: usize) -> Markup {
    let today = site.content.board.today;
    html! {
        dl.facts {
            dt { "Done" } dd { (parts::progress(partner.progress)) }
            dt { "Owner" } dd { (parts::names(&partner.owners)) }
            @if let Some(kind) = &partner.kind { dt { "Type" } dd { (text(kind)) } }
            @if !partner.tags.is_empty() { dt { "Tags" } dd { (parts::names(&partner.tags)) } }
            @if let Some((start, source)) = partner.start {
                dt { "Start" } dd { (words::full_date(start)) ", " (parts::start_source(source)) }
            }
            @if let Some(next) = partner.next_due { dt { "Next due" } dd { (words::due(next, today)) } }
            @if let Some(last) = partner.last_activity { dt { "Last news" } dd { (words::date(last, today)) ", " (words::relative(last, today)) } }
            dt { "Badge" } dd {
                a href={ "../" (site.path(File::Badge(Some(at)))) } { "SVG" } ", "
                a href={ "../" (site.path(File::Endpoint(Some(at)))) } { "JSON for shields.io" }
            }
        }
    }
}

fn rows<'a>(partner: &'a Partner, status: Status) -> Vec<ItemRow<'a>> {
    let items = partner.items().filter(|(_, item)| item.is_leaf() && item.status == status);
    let mut rows: Vec<ItemRow<'a>> =
        items.map(|(checklist, item)| ItemRow { partner, checklist, item }).collect();
    rows.sort_by_key(|row| row.item.schedule.due);
    rows
}

/// What is late and what is next, each with why.
fn to_do(site: &Site<'_>, partner: &Partner) -> Markup {
    let (overdue, soon) = (rows(partner, Status::Overdue), rows(partner, Status::DueSoon));
    html! {
        @for (title, rows) in [("Overdue", &overdue), ("Due soon", &soon)] {
            @if !rows.is_empty() {
                h2 { (title) " (" (rows.len()) ")" }
                ul {
                    @for row in rows {
                        li {
                            bdi { (text(&row.item.text)) }
                            @for note in words::notes(row.item) { " " span.aside { "(" (text(&note)) ")" } }
                            (parts::due(site, row))
                        }
                    }
                }
            }
        }
    }
}

fn progress(site: &Site<'_>, partner: &Partner) -> Markup {
    let today = site.content.board.today;
    html! {
        h2 { "Progress" }
        @for checklist in &partner.checklists {
            (timeline(site, checklist, partner.checklists.len() > 1))
        }
        @if let Some(burnup) = burnup(partner, today) {
            h3 { "Planned and done" }
            (chart::burnup(&burnup, today))
        }
    }
}

/// The sections of a checklist against their windows.
fn timeline(site: &Site<'_>, checklist: &Checklist, is_named: bool) -> Markup {
    let today = site.content.board.today;
    let parts = sections(checklist, today);
    let days = parts.iter().flat_map(|part| {
        [part.opens, part.closes.and_then(|closes| closes.plus_days(1))].into_iter().flatten()
    });
    // An axis that begins in another year because of one date makes all bars too small to see.
    let axis = Axis::of(days);
    let label = format!("Sections of {}", checklist.title);
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Section" }
                    th scope="col" { "How" }
                    th.n scope="col" { "Done" }
                    th.n scope="col" { "Planned" }
                    th scope="col" { "Window" }
                    @if let Some(axis) = axis { th.time scope="col" { span.unseen { "Window and what is done of it" } (axis.scale(today)) } }
                }
            }
            tbody {
                @for part in &parts {
                    tr {
                        th scope="row" { (part.title().map_or(html! { "(above the first section)" }, |title| html! { (text(title)) })) }
                        td { span.tag.(class(part.pace)) { (pace_words(part.pace)) } }
                        td.n { (part.progress.done) "/" (part.progress.done + part.progress.open) }
                        td.n { (part.planned) }
                        td { (window_words(part, today)) }
                        @if let Some(axis) = axis { td.time { (chart::window(axis, part, today)) } }
                    }
                }
            }
        }
    };
    html! {
        @if is_named { h3 { (text(&checklist.title)) } }
        @if parts.is_empty() {
            p.aside { "There are no items." }
        } @else {
            (wide(&label, &table))
            @if axis.is_some() {
                ul.legend {
                    li { svg aria-hidden="true" { rect.window width="100%" height="100%" {} } " from the first to the last day" }
                    li { svg aria-hidden="true" { rect.fill width="100%" height="100%" {} } " done" }
                    li { svg aria-hidden="true" { line.mark x1="50%" x2="50%" y1="0" y2="100%" {} } " should be done by now" }
                    li { svg aria-hidden="true" { line.today x1="50%" x2="50%" y1="0" y2="100%" {} } " today" }
                }
            }
        }
    }
}

fn window_words(part: &Part<'_>, today: crate::dates::Date) -> String {
    let day = |day| words::short_date(day, today);
    match (part.opens, part.closes) {
        (Some(opens), Some(closes)) => format!("{} – {}", day(opens), day(closes)),
        (None, Some(closes)) => format!("until {}", day(closes)),
        (Some(opens), None) => format!("from {}", day(opens)),
        (None, None) => words::NOTHING.to_owned(),
    }
}

fn items(site: &Site<'_>, partner: &Partner) -> Markup {
    html! {
        h2 { "Items" }
        @for checklist in &partner.checklists {
            h3 { (text(&checklist.title)) }
            p.aside.small {
                (text(checklist.path.as_str()))
                @if let Some(template) = &checklist.template { ", made from " (text(template)) }
            }
            @if checklist.items.is_empty() {
                p.aside { "There are no items." }
            } @else {
                (wide(&format!("Items of {}", checklist.title), &table(site, partner, checklist)))
            }
        }
    }
}

fn table(site: &Site<'_>, partner: &Partner, checklist: &Checklist) -> Markup {
    html! {
        table.cards {
            thead {
                tr {
                    th scope="col" { "Status" }
                    th scope="col" { "Item" }
                    th scope="col" { "Owner" }
                    th scope="col" { "Due" }
                    th scope="col" { "Ticked" }
                }
            }
            @for items in checklist.items.chunk_by(|a, b| a.section == b.section) {
                tbody {
                    @if let Some(titles) = items.first().map(|item| &item.section).filter(|titles| !titles.is_empty()) {
                        tr.part { th colspan="5" scope="rowgroup" { (text(&titles.join(" › "))) } }
                    }
                    @for item in items {
                        @let row = ItemRow { partner, checklist, item };
                        tr.under[item.parent.is_some()] {
                            td data-label="Status" { (parts::status(item.status)) }
                            td {
                                bdi { (text(&item.text)) }
                                @for note in words::notes(item) { " " span.aside { "(" (text(&note)) ")" } }
                            }
                            td data-label="Owner" { (parts::names(&item.ownership.names)) }
                            td data-label="Due" { (parts::due(site, &row)) }
                            td data-label="Ticked" { (parts::ticked(site, item)) }
                        }
                    }
                }
            }
        }
    }
}

fn story(site: &Site<'_>, partner: &Partner) -> Markup {
    let chapters = site.teller.tell(site.events_of(&partner.id));
    html! {
        h2 #story { "Story" }
        @if chapters.is_empty() { p.aside { "Nothing is known of what happened." } }
        @for chapter in &chapters {
            h3 { (text(&chapter.title)) }
            ul.story {
                @for scene in &chapter.scenes {
                    li {
                        (phrase(&scene.who))
                        @if let Some(commits) = &scene.commits {
                            " · " (parts::commit(site, commits.introduced))
                            @if let Some((landed, on)) = &commits.landed {
                                ", landed with " (parts::commit(site, *landed)) (on)
                            }
                        }
                        ul { @for (_, deed) in &scene.deeds { li { (phrase(deed)) } } }
                    }
                }
            }
        }
    }
}
