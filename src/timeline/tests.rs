//! Scenarios: a history in the notation, and what is told of it.

mod renamed;
mod reworded;

use super::notation::{History, day, told};
use super::{FileStory, Story};
use crate::model::event::{EventKind, Origin, Precision, Value};
use crate::model::history::Remarks;
use crate::model::{Event, RepoPath};

const LIST: &str = "partners/acme/list.md";

fn events(text: &str) -> Vec<String> {
    History::new(text).story().events.iter().map(told).collect()
}

/// What happened after the first commit.
fn later(text: &str) -> Vec<String> {
    let story = History::new(text).story();
    let first = "c1";
    let later = |event: &&Event| match &event.origin {
        Origin::Commit { introduced, .. } => introduced.subject != first,
        _ => true,
    };
    story.events.iter().filter(later).map(told).collect()
}

/// So many items went, so many others came, and nothing else happened.
fn assert_written_anew(told: &[String], items: usize) {
    let count = |kind: &str| told.iter().filter(|line| line.starts_with(kind)).count();
    let counted = (count("added"), count("removed"), told.len());
    assert_eq!(counted, (items, items, 2 * items), "{told:#?}");
}

fn file<'a>(story: &'a Story, path: &str) -> &'a FileStory {
    &story.files[&RepoPath::new(path)]
}

#[test]
fn a_checklist_and_its_items_come_and_are_ticked() {
    let told = events(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [x] Say hello
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [x] Sign the contract
         | - [x] Say hello",
    );
    let wanted = [
        "checklist_added partners/acme/list.md: Ann in c1",
        "added Sign the contract: Ann in c1",
        "added Say hello: Ann in c1",
        "checked Say hello: Ann in c1 (first_seen)",
        "checked Sign the contract: Bo in c2",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn the_tick_that_stands_is_the_latest() {
    let history = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * c2 2026-01-06 Bo
         partners/acme/list.md
         | - [x] Sign the contract
         * c3 2026-01-07 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * c4 2026-01-08 Cy
         partners/acme/list.md
         | - [X] Sign the contract",
    );
    let story = history.story();
    let item = &file(&story, LIST).items[0];
    let check = item.checked.as_ref().expect("it is ticked");
    assert_eq!(check.on, Some(day("2026-01-08")));
    assert_eq!(check.precision, Precision::Commit);
    let kinds: Vec<EventKind> = story.events.iter().skip(2).map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Checked, EventKind::Unchecked, EventKind::Checked]);
}

#[test]
fn three_ticks_in_one_commit_are_a_batch_and_a_stated_day_is_stated() {
    let story = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] One
         | - [ ] Two
         partners/zenith/list.md
         | - [ ] Three
         * c2 2026-01-20 Bo
         partners/acme/list.md
         | - [x] One ✅ 2026-01-12
         | - [x] Two
         partners/zenith/list.md
         | - [x] Three",
    )
    .story();
    let checks = |path| file(&story, path).items.iter().map(|item| item.checked.clone());
    let known: Vec<_> = checks(LIST)
        .chain(checks("partners/zenith/list.md"))
        .map(|check| check.map(|check| (check.on, check.precision)))
        .collect();
    let batch = Some((Some(day("2026-01-20")), Precision::Batch));
    assert_eq!(known, [Some((Some(day("2026-01-12")), Precision::Stated)), batch, batch]);
}

#[test]
fn a_tick_may_reword_the_item() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [x] Sign the contract (both sides, filed in the vault)
         | - [ ] Say hello",
    );
    let text = "Sign the contract (both sides, filed in the vault)";
    assert_eq!(told, [format!("checked {text}: Bo in c2"), format!("reworded {text}: Bo in c2")]);
}

#[test]
fn near_duplicates_are_not_crossed() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Train the first sales team
         | - [ ] Train the second sales team
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [ ] Train the new first sales team
         | - [x] Train the old second sales team",
    );
    let wanted = [
        "reworded Train the new first sales team: Bo in c2",
        "checked Train the old second sales team: Bo in c2",
        "reworded Train the old second sales team: Bo in c2",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn boxes_with_one_text_are_told_apart_by_order() {
    let story = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | ## First
         | - [ ] Review
         | - [ ] Publish
         | - [ ] Review
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | ## First
         | - [ ] Review
         | - [ ] Publish
         | - [x] Review",
    )
    .story();
    let items = &file(&story, LIST).items;
    assert!(items[0].checked.is_none() && items[2].checked.is_some());
    assert_ne!(items[0].id, items[2].id);
    assert_eq!(story.events.last().and_then(|event| event.item.clone()), Some(items[2].id.clone()));
}

#[test]
fn a_wholesale_rewrite_is_removals_and_additions() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [x] Agreement signed by both sides
         | - [x] Portal accounts created
         | - [ ] Welcome call held
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [ ] Rack the servers
         | - [ ] Order the uplinks
         | - [ ] Book a technician",
    );
    assert_written_anew(&told, 3);
}

#[test]
fn moves_keep_the_item() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | ## Legal
         | - [x] Sign the contract
         | - [ ] Agree on terms
         | ## Sales
         | - [ ] Pick accounts
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | ## Legal
         | - [ ] Agree on terms
         | ## Sales
         | - [x] Sign the contract
         | - [ ] Pick accounts
         * c3 2026-01-08 Cy
         partners/acme/list.md
         | ## Legal
         | - [ ] Agree on terms
         | ## Sales
         | - [ ] Pick accounts
         partners/acme/more.md
         | - [x] Sign the contract",
    );
    let wanted = [
        "moved Sign the contract: Bo in c2",
        "checklist_added partners/acme/more.md: Cy in c3",
        "moved Sign the contract: Cy in c3",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_renumbered_or_reworded_heading_moves_nothing() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | ## 1. Legal (Day 1-7)
         | - [ ] Sign the contract
         | - [ ] Agree on terms
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | ## 2. Legal (Day 1-7)
         | - [ ] Sign the contract
         | - [ ] Agree on terms
         * c3 2026-01-08 Bo
         partners/acme/list.md
         | ## 2. Law and order (Day 1-7)
         | - [ ] Sign the contract
         | - [ ] Agree on terms",
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_renamed_file_goes_on_and_a_copy_begins_anew() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [x] Say hello
         * c2 2026-01-07 Bo
         ! partners/acme/list.md
         partners/acme/onboarding.md
         | - [x] Sign the contract
         | - [x] Say hello
         * c3 2026-01-08 Cy
         partners/zenith/onboarding.md
         | - [x] Sign the contract
         | - [x] Say hello",
    );
    let wanted = [
        "checklist_renamed partners/acme/onboarding.md: Bo in c2",
        "checked Sign the contract: Bo in c2",
        "checklist_added partners/zenith/onboarding.md: Cy in c3",
        "added Sign the contract: Cy in c3",
        "checked Sign the contract: Cy in c3 (first_seen)",
        "added Say hello: Cy in c3",
        "checked Say hello: Cy in c3 (first_seen)",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn an_explicit_id_decides() {
    let story = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract id:sign
         | - [ ] Say hello
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [ ] Say hello
         | - [x] Papers are done and filed id:sign",
    )
    .story();
    let item = &file(&story, LIST).items[1];
    assert_eq!(item.id.0, "sign");
    assert!(item.checked.is_some());
    assert!(story.events.iter().all(|event| event.kind != EventKind::Removed));
}

#[test]
fn a_merge_is_attributed_to_the_commits_that_it_brought() {
    let text = "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         | - [ ] Wave
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         | - [ ] Wave
         * b2 2026-01-07 Cy < b1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [x] Say hello
         | - [ ] Call back
         * c2 2026-01-08 Ann < c1
         partners/acme/other.md
         | - [ ] Elsewhere
         * m1 2026-01-09 Dee < c2 b2";
    let told = later(text);
    let wanted = [
        "checklist_added partners/acme/other.md: Ann in c2",
        "added Elsewhere: Ann in c2",
        "checked Sign the contract: Bo in b1, m1",
        "checked Say hello: Cy in b2, m1",
        "added Call back: Cy in b2, m1",
        "removed Wave: Cy in b2, m1",
    ];
    assert_eq!(told, wanted);
    let story = History::new(text).story();
    let check = file(&story, LIST).items[0].checked.clone().expect("it is ticked");
    assert_eq!((check.on, check.landed_on), (Some(day("2026-01-06")), Some(day("2026-01-09"))));
}

#[test]
fn an_edit_in_the_merge_is_the_merges_own() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         * m1 2026-01-09 Dee < c1 b1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [x] Say hello",
    );
    let wanted = ["checked Sign the contract: Bo in b1, m1", "checked Say hello: Dee in m1"];
    assert_eq!(told, wanted);
}

#[test]
fn a_branch_that_takes_in_the_mainline_keeps_its_authors() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         * c2 2026-01-07 Ann < c1
         partners/acme/other.md
         | - [ ] Elsewhere
         * b2 2026-01-08 Bo < b1 c2
         * b3 2026-01-09 Cy < b2
         partners/acme/list.md
         | - [x] Sign the contract
         | - [x] Say hello
         * m1 2026-01-10 Dee < c2 b3",
    );
    let wanted = [
        "checklist_added partners/acme/other.md: Ann in c2",
        "added Elsewhere: Ann in c2",
        "checked Sign the contract: Bo in b1, m1",
        "checked Say hello: Cy in b3, m1",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn an_item_ticked_on_the_branch_after_it_came_there_was_not_born_ticked() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * b1 2026-01-06 Bo < c1
         partners/zenith/list.md
         | - [ ] Say hello
         * b2 2026-01-07 Cy < b1
         ! partners/zenith/list.md
         partners/zenith/start.md
         | - [x] Say hello
         * m1 2026-01-09 Dee < c1 b2",
    );
    let wanted = [
        "added Say hello: Bo in b1, m1",
        "checklist_added partners/zenith/start.md: Cy in b2, m1",
        "checked Say hello: Cy in b2, m1",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn due_dates_move_with_tokens_headings_and_start_dates() {
    let story = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/README.md
         | ---
         | start_date: 2026-01-05
         | ---
         partners/acme/list.md
         | ## Legal (Day 1-7)
         | - [ ] Sign the contract
         | - [ ] Say hello due:2026-02-01
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | ## Legal (Day 1-9)
         | - [ ] Sign the contract
         | - [ ] Say hello due:2026-02-03
         * c3 2026-01-08 Cy
         partners/acme/README.md
         | ---
         | start_date: 2026-01-12
         | ---",
    )
    .story();
    let moved: Vec<_> = story
        .events
        .iter()
        .filter(|event| event.kind == EventKind::DueChanged)
        .map(|event| (told(event), event.before.clone(), event.after.clone()))
        .collect();
    let date = |text| Some(Value::Date(day(text)));
    let wanted = [
        ("Sign the contract: Bo in c2", date("2026-01-12"), date("2026-01-14")),
        ("Say hello: Bo in c2", date("2026-02-01"), date("2026-02-03")),
        ("Sign the contract: Cy in c3", date("2026-01-14"), date("2026-01-21")),
    ];
    let wanted = wanted.map(|(text, from, to)| (format!("due_changed {text}"), from, to));
    assert_eq!(moved, wanted);
    assert_eq!(file(&story, LIST).items[0].due_moved, 2);
}

#[test]
fn owners_change_wherever_they_come_from() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | ## Legal @ann
         | - [ ] Sign the contract
         | - [ ] Say hello @bo
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | ## Legal @cy
         | - [ ] Sign the contract
         | - [ ] Say hello @bo",
    );
    assert_eq!(told, ["owner_changed Sign the contract: Bo in c2"]);
}

#[test]
fn a_version_that_cannot_be_read_leaves_the_origin_open() {
    let mut history = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * c2 2026-01-06 Bo
         partners/acme/list.md
         | - [x] Sign the contract
         * c3 2026-01-07 Cy
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello",
    );
    history.lose("c2", LIST);
    let story = history.story();
    let item = &file(&story, LIST).items[0];
    let check = item.checked.as_ref().expect("it is ticked");
    assert_eq!((check.on, check.precision), (None, Precision::Unknown));
    assert_eq!(item.added.0, Some(day("2026-01-05")));
    assert_eq!(file(&story, LIST).items[1].added.1, Origin::Unknown);
}

#[test]
fn the_working_tree_is_not_dated() {
    let story = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         | - [ ] Agree on a launch date
         * disk
         ! partners/acme/list.md
         partners/acme/renamed.md
         | - [x] Sign the contract
         | - [x] Say hello ✅ 2026-01-06
         | - [ ] Agree on a launch date
         | - [ ] Wave",
    )
    .story();
    let told: Vec<String> = story.events.iter().skip(4).map(told).collect();
    let wanted = [
        "checklist_renamed partners/acme/renamed.md: uncommitted",
        "checked Sign the contract: uncommitted",
        "checked Say hello: uncommitted (stated)",
        "added Wave: uncommitted",
    ];
    assert_eq!(told, wanted);
    let items = &file(&story, "partners/acme/renamed.md").items;
    let check = |at: usize| items[at].checked.as_ref().map(|check| (check.on, check.precision));
    assert_eq!(check(0), Some((None, Precision::Uncommitted)));
    assert_eq!(check(1), Some((Some(day("2026-01-06")), Precision::Stated)));
}

#[test]
fn white_space_and_line_endings_are_no_event() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | * [ ]   Sign   the contract\r
         | * [ ] Say hello  \r",
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn ids_survive_a_squash() {
    let long = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Review
         | - [ ] Review
         * c2 2026-01-06 Bo
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Review
         * c3 2026-01-07 Bo
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Review
         | - [x] Review",
    );
    let squashed = History::new(
        "* c9 2026-02-05 Ann
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Review
         | - [x] Review",
    );
    let ids = |history: &History| -> Vec<String> {
        let story = history.story();
        file(&story, LIST).items.iter().map(|item| item.id.0.clone()).collect()
    };
    assert_eq!(ids(&long), ids(&squashed));
}

#[test]
fn what_is_removed_is_told_and_a_checklist_goes_with_its_items() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [x] Say hello
         * c2 2026-01-07 Bo
         ! partners/acme/list.md",
    );
    let wanted = [
        "checklist_removed partners/acme/list.md: Bo in c2",
        "removed Sign the contract: Bo in c2",
        "removed Say hello: Bo in c2",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_removal_that_is_reverted_gives_the_tick_back() {
    let history = |last: &str| {
        format!(
            "* c1 2026-01-05 Ann
             partners/acme/list.md
             | ## 1. Legal
             | - [ ] Sign the contract
             | - [ ] Say hello
             * c2 2026-01-07 Bo
             partners/acme/list.md
             | ## 1. Legal
             | - [x] Sign the contract
             | - [ ] Say hello
             * c3 2026-01-08 Cy
             partners/acme/list.md
             | ## 1. Legal
             | - [ ] Say hello
             * c4 2026-01-09 Dee
             partners/acme/list.md
             | ## 2. Legal
             | - [ ] Say hello
             | - {last}"
        )
    };
    let told = later(&history("[x] Sign the contract"));
    let wanted = [
        "checked Sign the contract: Bo in c2",
        "removed Sign the contract: Cy in c3",
        "added Sign the contract: Dee in c4",
    ];
    assert_eq!(told, wanted);
    let story = History::new(&history("[x] Sign the contract")).story();
    let check = file(&story, LIST).items[1].checked.clone().expect("a tick");
    assert_eq!(check.precision, Precision::Commit);
    assert_eq!(check.on.expect("a day").to_string(), "2026-01-07");
    // In another state, or as another text, it is new.
    let told = later(&history("[x] Sign the contracts of both")).pop().expect("an event");
    assert_eq!(told, "checked Sign the contracts of both: Dee in c4 (first_seen)");
}

#[test]
fn a_replay_without_events_tells_the_same_of_items_and_cannot_be_kept() {
    let history = History::new(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract due:2026-02-01
         | - [ ] Say hello
         | - [ ] Send the logo
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [x] Sign the contract due:2026-03-01
         | - [x] Say hello
         | - [x] Send the logo",
    );
    let with = history.story();
    let without = history.replay(
        |timeline| timeline.keep_no_events(),
        |timeline| {
            assert!(timeline.encode(Remarks::default()).is_err());
            timeline.finish()
        },
    );
    assert_eq!((with.events.len(), without.events.len()), (8, 0));
    assert_eq!(format!("{:?}", without.files), format!("{:?}", with.files));
    assert_eq!(without.last_activity, with.last_activity);
}
