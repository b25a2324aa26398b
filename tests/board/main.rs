//! Whole boards, made from repositories that the real `git` made.

#[path = "../common/mod.rs"]
mod common;

mod changes;
mod clones;
mod edges;
mod failures;
mod identity;
mod judging;
mod places;
mod ticks;
mod versions;

use std::path::Path;

use common::Repo;
use common::request::request;
use mdboard::board::{Board, Item};
use mdboard::dates::Date;
use mdboard::load::{self, Error, Loaded, NoticeLevel, Request, Revision};
use mdboard::model::Diagnostic;
use mdboard::model::event::{Event, Origin};
use mdboard::schedule::DueSource;

fn load(request: &Request) -> Loaded {
    load::board(request).expect("a board")
}

fn board_in(folder: &Path) -> Board {
    load(&request(folder)).board
}

/// The board of the working tree.
fn board(repo: &Repo) -> Board {
    board_in(repo.path())
}

fn board_at(repo: &Repo, revision: &str) -> Board {
    load(&named(repo, revision)).board
}

fn named(repo: &Repo, revision: &str) -> Request {
    Request { revision: Revision::Named(revision.into()), ..request(repo.path()) }
}

fn as_of(repo: &Repo, text: &str) -> Request {
    Request { revision: Revision::AsOf(day(text)), ..request(repo.path()) }
}

fn failure(request: &Request) -> Error {
    load::board(request).expect_err("no board")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Every item, by partner and checklist.
fn items(board: &Board) -> Vec<&Item> {
    board.partners.iter().flat_map(|partner| partner.items().map(|(_, item)| item)).collect()
}

/// The only item with this text.
fn item<'b>(board: &'b Board, text: &str) -> &'b Item {
    let mut found = items(board).into_iter().filter(|item| &*item.text == text);
    let item = found.next().unwrap_or_else(|| panic!("no item `{text}`"));
    assert!(found.next().is_none(), "two items `{text}`");
    item
}

fn or_dash(day: Option<Date>) -> String {
    day.map_or("-".into(), |day| day.to_string())
}

/// `author: subject`, and `> subject` of what it landed with if that is another commit.
fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Uncommitted => "uncommitted".into(),
        Origin::Unknown => "unknown".into(),
        Origin::Commit { introduced, landed } => {
            let own = format!("{}: {}", introduced.author.name, introduced.subject);
            if introduced.id == landed.id { own } else { format!("{own} > {}", landed.subject) }
        }
    }
}

/// The tick of an item, as `precision on, landed day, origin`.
fn tick(item: &Item) -> String {
    let Some(check) = &item.checked else { return "-".into() };
    let (on, landed) = (or_dash(check.on), or_dash(check.landed_on));
    format!("{} {on}, landed {landed}, {}", check.precision.name(), origin(&check.origin))
}

/// `day source:line`
fn due(item: &Item) -> String {
    let source = match item.schedule.source {
        None => "-",
        Some(DueSource::Item) => "item",
        Some(DueSource::Parent) => "parent",
        Some(DueSource::Heading) => "heading",
        Some(DueSource::FrontMatter) => "front matter",
    };
    let line = item.schedule.line.map_or("-".into(), |line| line.0.to_string());
    format!("{} {source}:{line}", or_dash(item.schedule.due))
}

/// `line text | status | due | tick`, an item a line.
fn rows(board: &Board) -> String {
    let row = |item: &&Item| {
        let (line, text, status) = (item.line.0, &item.text, item.status.name());
        format!("{line} {text} | {status} | {} | {}\n", due(item), tick(item))
    };
    items(board).iter().map(row).collect()
}

/// `kind path text (origin)`, an event a line.
fn events<'b>(events: impl IntoIterator<Item = &'b Event>) -> Vec<String> {
    let show = |event: &Event| {
        let text = event.text.as_deref().map(|text| format!(" {text}")).unwrap_or_default();
        let (kind, path) = (event.kind.name(), &event.path);
        format!("{kind} {path}{text} ({})", origin(&event.origin))
    };
    events.into_iter().map(show).collect()
}

/// The events of the working tree, without their origin.
fn uncommitted(board: &Board) -> Vec<String> {
    let all = board.events.iter().filter(|event| event.origin == Origin::Uncommitted);
    let shown = events(all).into_iter();
    shown.map(|event| event.trim_end_matches(" (uncommitted)").to_owned()).collect()
}

/// `code path line:column message | help`
fn findings(all: &[Diagnostic]) -> Vec<String> {
    let show = |one: &Diagnostic| {
        let (code, path, start) = (one.code.code, &one.path, one.start);
        let help = one.help.as_deref().unwrap_or("-");
        format!("{code} {path} {}:{} {} | {help}", start.line.0, start.column, one.message)
    };
    all.iter().map(show).collect()
}

/// The warnings, as `message | help`.
fn warnings(loaded: &Loaded) -> Vec<String> {
    let all = loaded.notices.iter().filter(|notice| notice.level == NoticeLevel::Warning);
    let show = |notice: &load::Notice| {
        format!("{} | {}", notice.message, notice.help.as_deref().unwrap_or("-"))
    };
    all.map(show).collect()
}

fn json(board: &Board) -> serde_json::Value {
    let mut text = Vec::new();
    mdboard::render::json::board(board, &mut text).expect("it can be written");
    serde_json::from_slice(&text).expect("JSON")
}

/// The ids of the partners.
fn partners(board: &Board) -> Vec<&str> {
    board.partners.iter().map(|partner| partner.id.0.as_str()).collect()
}
