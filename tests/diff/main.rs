//! Comparisons of two versions of a board, made from repositories that the real `git` made.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/measure.rs"]
mod measure;

mod clones;
mod history;
mod hostile;
mod templates;
mod told;

use common::Repo;
use common::request::request;
use mdboard::load::diff::{Compared, DiffRequest, compare};
use mdboard::load::{Means, Request, Revision};
use mdboard::model::event::Value;
use mdboard::report::{Change, Comparison, PartnerChange, Standing};

const PLAIN: Means<'static> = Means { cache: false, events: true, progress: &() };

/// What a revision, or the working tree, changes against a base.
fn asked(repo: &Repo, base: &str, head: Option<&str>) -> DiffRequest {
    let revision = head.map_or(Revision::WorkingTree, |head| Revision::Named(head.to_owned()));
    let board = Request { revision, ..request(repo.path()) };
    DiffRequest { board, base: base.to_owned(), gated: false }
}

fn compared(request: &DiffRequest) -> Compared {
    compare(request, PLAIN).expect("a comparison")
}

fn diff(repo: &Repo, base: &str, head: Option<&str>) -> Comparison {
    compared(&asked(repo, base, head)).comparison
}

/// The only partner that changes.
fn only(comparison: &Comparison) -> &PartnerChange {
    let [partner] = comparison.partners.as_slice() else { panic!("{:?}", comparison.partners) };
    partner
}

fn value(value: Option<&Value>) -> String {
    match value {
        None => "-".to_owned(),
        Some(Value::Text(text)) => format!("“{text}”"),
        Some(Value::Date(day)) => day.to_string(),
        Some(Value::State(state)) => state.name().to_owned(),
        Some(Value::Owners(names)) => names.join("+"),
        Some(Value::Section(titles)) => titles.join("/"),
        Some(Value::Path(path)) => path.to_string(),
    }
}

/// `kind text: before → after (author)`
fn line(change: &Change) -> String {
    let text = change.text.clone().unwrap_or_else(|| change.path.to_string());
    let who = change.author.as_ref().map_or("nobody", |author| &author.name);
    let (before, after) = (value(change.before.as_ref()), value(change.after.as_ref()));
    let open = if change.while_open { ", while open" } else { "" };
    format!("{} {text}: {before} → {after} ({who}{open})", change.kind.name())
}

fn lines(partner: &PartnerChange) -> Vec<String> {
    partner.changes.iter().map(line).collect()
}

/// `done/total health overdue`
fn standing(standing: Option<&Standing>) -> String {
    standing.map_or("-".to_owned(), |standing| {
        let health = standing.health.map_or("?", |health| health.name());
        let overdue = standing.overdue.map_or("?".to_owned(), |overdue| overdue.to_string());
        let progress = standing.progress;
        format!("{}/{} {health} {overdue}", progress.done, progress.total())
    })
}

fn stands(partner: &PartnerChange) -> String {
    format!("{} → {}", standing(partner.before.as_ref()), standing(partner.after.as_ref()))
}
