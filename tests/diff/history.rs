//! A comparison of a commit with its parent tells what the log tells of that commit, and both ends
//! stand as the board does there.

use mdboard::demo::Plan;
use mdboard::load::diff::{DiffRequest, compare};
use mdboard::load::{Request, Revision, board};
use mdboard::model::event::{Event, EventKind, Origin, Value};
use mdboard::model::{CommitId, ItemId, RepoPath};
use mdboard::report::{Change, Standing};

use crate::PLAIN;
use crate::common::request::request;
use crate::measure::make;

/// An id without what is added to one that another partner's item has, too: of the others a
/// comparison reads nothing.
fn plain(id: Option<&ItemId>) -> String {
    let id = id.map_or("none", |id| &id.0);
    match id.rsplit_once('-') {
        Some((own, added)) if added.len() == 4 => own.to_owned(),
        _ => id.to_owned(),
    }
}

/// What an event and a change have in common.
fn line(
    (kind, path): (EventKind, &RepoPath),
    (item, text): (Option<&ItemId>, Option<&String>),
    (before, after): (Option<&Value>, Option<&Value>),
    commit: Option<CommitId>,
) -> String {
    let commit = commit.map_or("none".to_owned(), |commit| commit.to_string());
    let item = plain(item);
    format!("{} {path} {item} {text:?} {before:?} {after:?} {commit}", kind.name())
}

fn of_log(event: &Event) -> String {
    let commit = match &event.origin {
        Origin::Commit { introduced, .. } => Some(introduced.id),
        other => panic!("{other:?}"),
    };
    let of = (event.item.as_ref(), event.text.as_ref());
    line((event.kind, &event.path), of, (event.before.as_ref(), event.after.as_ref()), commit)
}

fn of_change(change: &Change) -> String {
    let of = (change.item.as_ref(), change.text.as_ref());
    let values = (change.before.as_ref(), change.after.as_ref());
    line((change.kind, &change.path), of, values, change.commit)
}

#[test]
fn each_commit_of_the_mainline_does_what_the_log_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let today = "2026-11-24".parse().expect("a day");
    let plan = Plan { seed: 11, commits: 60, ..Plan::small(today) };
    make(&plan, folder.path());
    let at = |revision: &str| Request {
        revision: Revision::Named(revision.to_owned()),
        today: Some(today),
        ..request(folder.path())
    };
    let whole = board(&at("HEAD")).expect("a board").board;
    let mut landed: Vec<_> = whole
        .events
        .iter()
        .filter_map(|event| match &event.origin {
            Origin::Commit { landed, .. } => Some(landed.id),
            _ => None,
        })
        .collect();
    landed.dedup();
    assert!(landed.len() > 30, "{} commits", landed.len());
    for id in landed {
        let Ok(before) = board(&at(&format!("{id}^"))) else { continue };
        let after = board(&at(&id.to_string())).expect("a board").board;
        let asked =
            DiffRequest { board: at(&id.to_string()), base: format!("{id}^"), gated: false };
        let told = compare(&asked, PLAIN).expect("a comparison").comparison;
        let is_here = |event: &&Event| matches!(&event.origin, Origin::Commit { landed, .. } if landed.id == id);
        let mut log: Vec<String> = after.events.iter().filter(is_here).map(of_log).collect();
        let mut changes: Vec<String> = told.changes().map(of_change).collect();
        log.sort();
        changes.sort();
        let missing: Vec<_> = log.iter().filter(|one| !changes.contains(one)).collect();
        let surplus: Vec<_> = changes.iter().filter(|one| !log.contains(one)).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{id}: {missing:#?} {surplus:#?}");
        assert_eq!(changes.len(), log.len(), "{id}");
        let stands = |standing: &Option<Standing>| {
            let standing = standing.as_ref()?;
            Some((standing.progress, standing.health?, standing.overdue?))
        };
        for partner in &told.partners {
            let there = |board: &mdboard::board::Board, id| {
                let found = board.partners.iter().find(|there| there.id == id);
                found.map(|there| (there.progress, there.health, there.overdue))
            };
            let old = partner.renamed_from.clone().unwrap_or(partner.id.clone());
            assert_eq!(stands(&partner.before), there(&before.board, old), "{id}");
            assert_eq!(stands(&partner.after), there(&after, partner.id.clone()), "{id}");
        }
    }
}
