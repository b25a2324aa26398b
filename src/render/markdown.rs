//! GitHub-flavoured markdown, for job summaries, comments and wikis. Content is text there and
//! nothing else: see [`escape::markdown`].

use super::escape;
use super::phrase::{Phrase, Role};
use super::{story, words};
use crate::board::{Board, Partner};
use crate::model::event::Event;
use crate::model::{Health, Status};
use crate::report::ItemRow;

/// The table of partners, in the order given, with the sums below it.
pub fn status(board: &Board, partners: &[&Partner]) -> String {
    let header = ["Partner", "Progress", "Health", "Why", "Overdue", "Next due", "Owner"];
    let rows = partners.iter().map(|partner| partner_cells(board, partner));
    let totals = words::totals(board, partners).join(" · ");
    format!("{}{totals}\n", table(header, rows))
}

/// Items in the order given, with their count below.
pub fn items(board: &Board, rows: &[ItemRow<'_>]) -> String {
    let header = ["Status", "When", "Item", "Owner", "Partner", "Place"];
    let cells = rows.iter().map(|row| item_cells(board, row));
    let counts = words::counts(board, rows).join(" · ");
    format!("{}{counts}\n", table(header, cells))
}

/// The story of events that are given newest first, as nested lists.
pub fn log(board: &Board, events: &[&Event]) -> String {
    let mut out = String::new();
    for chapter in story::Teller::new(board).tell(events) {
        out.push_str(&format!("### {}\n\n", text(&chapter.title)));
        for scene in chapter.scenes {
            let who = phrase(&scene.who);
            let commits = scene.commits.map(|commits| format!(" · {}", commits.words()));
            let commits = commits.unwrap_or_default();
            out.push_str(&format!("- {who}{commits}\n"));
            for (partner, deed) in scene.deeds {
                out.push_str(&format!("  - **{}**: {}\n", bold(&partner.0), phrase(&deed)));
            }
        }
        out.push('\n');
    }
    let epilogue: Vec<String> =
        story::epilogue(board, events).iter().map(|line| text(line)).collect();
    format!("{out}{}\n", epilogue.join(" · "))
}

fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return String::new();
    }
    let mut out = line(&header.map(str::to_owned));
    out.push_str(&line(&header.map(|_| "---".to_owned())));
    rows.for_each(|cells| out.push_str(&line(&cells)));
    out.push('\n');
    out
}

fn partner_cells(board: &Board, partner: &Partner) -> [String; 7] {
    let progress = partner.progress;
    let counted = progress.done + progress.open;
    let percent = match progress.percent() {
        Some(percent) => format!("{percent} % ({}/{counted})", progress.done),
        None => words::NOTHING.to_owned(),
    };
    let why = match words::derived_start(partner, board.today) {
        Some(derived) => format!("{} · {derived}", partner.health_reason),
        None => partner.health_reason.clone(),
    };
    let due = partner.next_due.map(|due| words::due(due, board.today));
    [
        format!("**{}**", bold(&partner.name)),
        percent,
        format!("{} {}", health_sign(partner.health), words::health(partner.health)),
        text(&why),
        or_nothing(words::overdue(partner)),
        or_nothing(due),
        or_nothing(words::names(&partner.owners)),
    ]
}

fn item_cells(board: &Board, row: &ItemRow<'_>) -> [String; 6] {
    let item = row.item;
    let notes = words::notes(item);
    let notes = match notes.is_empty() {
        true => String::new(),
        false => format!(" ({})", text(&notes.join(", "))),
    };
    [
        format!("{} {}", status_sign(item.status), words::status(item.status)),
        or_nothing(words::when(item, board.today)),
        format!("{}{notes}", text(&item.text)),
        or_nothing(words::names(&item.ownership.names)),
        text(&row.partner.name),
        format!("{}:{}", text(row.checklist.path.as_str()), item.line.0),
    ]
}

pub(super) fn text(text: &str) -> String {
    escape::markdown(text).into_owned()
}

/// A text between `**`, which mean nothing beside white space or nothing.
pub(super) fn bold(name: &str) -> String {
    match escape::markdown(name.trim()) {
        name if name.is_empty() => words::NOTHING.to_owned(),
        name => name.into_owned(),
    }
}

fn or_nothing(cell: Option<String>) -> String {
    cell.map_or_else(|| words::NOTHING.to_owned(), |cell| text(&cell))
}

pub(super) fn phrase(phrase: &Phrase) -> String {
    let parts = phrase.parts().map(|(role, part)| match role {
        Role::Words => part.to_owned(),
        Role::Content => text(part),
        // An aside may quote somebody; the space in front of it is ours.
        Role::Note => format!(" {}", text(part.trim_start())),
    });
    parts.collect()
}

/// What stands for colour where there is none.
pub(super) fn health_sign(health: Health) -> &'static str {
    match health {
        Health::Overdue => "🔴",
        Health::AtRisk => "🟠",
        Health::Unscheduled => "⚪",
        Health::OnTrack => "🟢",
        Health::Planned => "🔵",
        Health::OnHold => "⏸️",
        Health::Complete => "✅",
        Health::Cancelled => "⚫",
    }
}

fn status_sign(status: Status) -> &'static str {
    match status {
        Status::Overdue => "🔴",
        Status::DueSoon => "🟠",
        Status::Active => "🟢",
        Status::Upcoming => "🔵",
        Status::Unscheduled => "⚪",
        Status::Deferred | Status::OnHold => "⏸️",
        Status::Done => "✅",
        Status::Waived => "⚫",
    }
}
