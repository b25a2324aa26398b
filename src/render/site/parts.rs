//! What several pages are made of.

use maud::{Markup, Render, html};

use super::Site;
use crate::board::{Item, Progress};
use crate::dates::Date;
use crate::inherit::StartSource;
use crate::model::event::{Origin, Precision};
use crate::model::{Commit, CommitId, Health, RepoPath, Status};
use crate::render::phrase::{Phrase, Role};
use crate::render::{escape, words};
use crate::report::ItemRow;
use crate::schedule::DueSource;
use crate::source::Line;

/// Somebody's text.
pub(super) struct Text<'t>(&'t str);

/// Somebody's text.
pub(super) fn text(text: &str) -> Text<'_> {
    Text(text)
}

impl Render for Text<'_> {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&escape::html(self.0));
    }
}

/// A sentence, in which somebody's words cannot turn ours around.
pub(super) fn phrase(phrase: &Phrase) -> Markup {
    html! {
        @for (role, part) in phrase.parts() {
            @match role {
                Role::Words => (text(part)),
                Role::Content => bdi { (text(part)) },
                Role::Note => span.aside { (text(part)) },
            }
        }
    }
}

/// A health as a coloured word.
pub(super) fn health(health: Health) -> Markup {
    html! { span.tag.(health.name()) { (words::health(health)) } }
}

/// A status as a coloured word.
pub(super) fn status(status: Status) -> Markup {
    html! { span.tag.(status.name()) { (words::status(status)) } }
}

/// A bar, its share and the figures behind it.
pub(super) fn progress(progress: Progress) -> Markup {
    let counted = progress.done + progress.open;
    html! {
        @match progress.percent() {
            Some(percent) => {
                svg.bar aria-hidden="true" {
                    rect.track width="100%" height="100%" rx="3" {}
                    rect.fill width={ (percent) "%" } height="100%" rx="3" {}
                }
                (percent) " % " span.aside { "(" (progress.done) "/" (counted) ")" }
            }
            None => (words::NOTHING),
        }
    }
}

/// Names in a row, or a dash.
pub(super) fn names(names: &[String]) -> Markup {
    html! {
        @if names.is_empty() { span.aside { (words::NOTHING) } }
        @for (at, name) in names.iter().enumerate() {
            @if at > 0 { ", " }
            bdi { (text(name)) }
        }
    }
}

/// A table that scrolls by itself where it is too wide, also by keyboard.
pub(super) fn wide(label: &str, table: &Markup) -> Markup {
    html! { section.wide tabindex="0" aria-label=(text(label)) { (table) } }
}

/// A commit, as a link where the host is known.
pub(super) fn commit(site: &Site<'_>, id: CommitId) -> Markup {
    let short: String = id.to_string().chars().take(7).collect();
    html! {
        @match site.content.web {
            Some(web) => a.commit href=(web.commit(id)) { (short) },
            None => span.commit { (short) },
        }
    }
}

/// What a due date comes from.
pub(super) fn due_source(site: &Site<'_>, row: &ItemRow<'_>) -> Markup {
    let schedule = row.item.schedule;
    // Not every heading around an item names a window: the one that does has the line.
    let mut windows = row.checklist.windows.iter();
    let heading = windows.find(|(line, _)| Some(*line) == schedule.line).map(|(_, title)| title);
    html! {
        @match schedule.source {
            Some(DueSource::Item) => "The item says so itself",
            Some(DueSource::Parent) => "The item that it belongs to says so",
            Some(DueSource::Heading) => {
                "The heading around it says so"
                @if let Some(heading) = heading { ": “" bdi { (text(heading)) } "”" }
            },
            Some(DueSource::FrontMatter) => "The checklist's front matter says so",
            None => "Nothing says so",
        }
        @if let Some(line) = schedule.line {
            ", " (place(site, &row.checklist.path, line))
        }
        "."
        @if let Some((start, source)) = row.checklist.start {
            " Days count from " (words::full_date(start)) ", " (start_source(source)) "."
        }
        @match row.item.due_moved {
            0 => {},
            1 => " It was moved once.",
            many => { " It was moved " (many) " times." },
        }
    }
}

/// What a start date comes from, in words.
pub(super) fn start_source(source: StartSource) -> &'static str {
    match source {
        StartSource::FrontMatter => "as the checklist's front matter says",
        StartSource::Partner => "as the README.md of its folder says",
        StartSource::FirstCommit => "the day it first landed, since nothing else says",
    }
}

/// A line of a file, as a link where the host is known.
pub(super) fn place(site: &Site<'_>, path: &RepoPath, line: Line) -> Markup {
    let shown = format!("{}:{}", path.as_str(), line.0);
    let commit = site.content.board.view.commit.as_ref().map(|commit| commit.id);
    html! {
        @match (site.content.web, commit) {
            (Some(web), Some(commit)) => a href=(web.line(commit, path, line)) { (text(&shown)) },
            _ => span { (text(&shown)) },
        }
    }
}

/// A due date with what it comes from behind it.
pub(super) fn due(site: &Site<'_>, row: &ItemRow<'_>) -> Markup {
    let today = site.content.board.today;
    let Some(day) = row.item.schedule.due else {
        return html! { span.aside { (words::NOTHING) } };
    };
    html! {
        details {
            summary { (due_words(row.item, day, today)) }
            p { (due_source(site, row)) }
        }
    }
}

fn due_words(item: &Item, day: Date, today: Date) -> String {
    match item.status {
        Status::Overdue => {
            format!("{}, {} late", words::date(day, today), words::distance(today.days_since(day)))
        }
        status if status.is_open() => words::due(day, today),
        _ => words::date(day, today),
    }
}

/// When an item was ticked, with who did it and how well that is known behind it.
pub(super) fn ticked(site: &Site<'_>, item: &Item) -> Markup {
    let today = site.content.board.today;
    let Some(check) = &item.checked else { return html! {} };
    let on = check.on.map(|on| words::date(on, today));
    let (shown, why) = match (on, check.precision) {
        (Some(on), Precision::Stated) => (on, "The text states the day."),
        (Some(on), Precision::FirstSeen) => {
            (format!("by {on}"), "It was ticked when it first appeared: then or before.")
        }
        (Some(on), Precision::Batch) => {
            (format!("by {on}"), "Several boxes were ticked at once: then or before.")
        }
        (Some(on), _) => (on, "The day of the commit that ticked it."),
        (None, Precision::Uncommitted) => {
            ("not committed".to_owned(), "It is ticked on disk only.")
        }
        (None, _) => ("day unknown".to_owned(), "History does not reach back to it."),
    };
    html! {
        details {
            summary { (shown) }
            p {
                (why)
                @if let Origin::Commit { introduced, landed } = &check.origin {
                    " Ticked by " (people(introduced)) " in " (commit(site, introduced.id))
                    @if landed.id != introduced.id {
                        ", landed with " (commit(site, landed.id))
                        @if let Some(day) = check.landed_on { " on " (words::date(day, today)) }
                    }
                    "."
                }
            }
        }
    }
}

fn people(commit: &Commit) -> Markup {
    html! {
        bdi { (text(&commit.author.name)) }
        @for person in &commit.co_authors { ", " bdi { (text(&person.name)) } }
    }
}

/// What a sort looks at in a cell.
pub(super) fn sort_date(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
