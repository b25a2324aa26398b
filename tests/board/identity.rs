//! Which box is which box, through commits of the real `git`.

use crate::common::Repo;
use crate::{board, item};
use mdboard::model::event::EventKind;

const PLAN: &str = "partners/acme/plan.md";

fn kinds(repo: &Repo) -> Vec<&'static str> {
    board(repo).events.iter().map(|event| event.kind.name()).collect()
}

#[test]
fn near_duplicates_are_not_crossed() {
    let repo = Repo::with(&[(PLAN, "- [ ] Survey the north bank\n- [ ] Survey the south bank\n")]);
    let before = board(&repo);
    let text = "- [ ] Survey the muddy north bank\n- [x] Survey the rocky south bank\n";
    repo.write(PLAN, text).commit("Go and look");
    let after = board(&repo);
    let id = |text| item(&after, text).id.clone();
    assert_eq!(id("Survey the muddy north bank"), item(&before, "Survey the north bank").id);
    assert_eq!(id("Survey the rocky south bank"), item(&before, "Survey the south bank").id);
    assert!(item(&after, "Survey the rocky south bank").checked.is_some());
}

#[test]
fn a_wholesale_rewrite_is_removals_and_additions() {
    let repo = Repo::with(&[(PLAN, "- [x] Dig the canal\n- [ ] Fill the basin\n")]);
    repo.write(PLAN, "- [ ] Print the leaflets\n- [x] Hire a band\n").commit("Another plan");
    let later: Vec<&str> = kinds(&repo).into_iter().skip(4).collect();
    let count = |kind: EventKind| later.iter().filter(|other| **other == kind.name()).count();
    let (added, removed) = (count(EventKind::Added), count(EventKind::Removed));
    assert_eq!((added, removed, count(EventKind::Reworded)), (2, 2, 0), "{later:?}");
}

#[test]
fn a_copy_beside_its_original_begins_anew() {
    let repo = Repo::with(&[(PLAN, "- [x] Dig the canal\n- [ ] Fill the basin\n")]);
    let copied = "- [x] Dig the canal\n- [ ] Fill the basin\n";
    let copy = repo.write("partners/beta/plan.md", copied).commit("Take it over");
    let board = board(&repo);
    let beta = board.partners.iter().find(|partner| partner.id.0 == "beta").expect("it is there");
    let (_, dug) = beta.items().next().expect("it has items");
    let check = dug.checked.as_ref().expect("it is ticked");
    assert_eq!(check.precision.name(), "first_seen");
    let mdboard::model::event::Origin::Commit { introduced, .. } = &check.origin else {
        panic!("it is committed")
    };
    assert_eq!(introduced.id.to_string(), copy);
}

#[test]
fn an_explicit_id_decides_and_wins() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig the canal id:dig\n- [ ] Fill the basin\n")]);
    let text = "- [ ] Fill the basin\n- [x] Water is where the field was id:dig\n";
    repo.write(PLAN, text).commit("Done, in other words");
    let board = board(&repo);
    let dug = item(&board, "Water is where the field was");
    assert_eq!(dug.id.0, "dig");
    assert!(dug.checked.is_some());
    assert!(!kinds(&repo).contains(&"removed"));
}
