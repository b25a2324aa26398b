//! Renamed files, and what merged branches did to them.

use super::later;

const REST: &str = "| - [ ] Order the badges for the whole crew
         | - [ ] Paint the stand in both colours
         | - [ ] Agree on prices with the reseller
         | - [ ] Ship two routers to the warehouse
         | - [ ] Translate the brochure into Dutch
         | - [ ] Book a train for the auditors
         | - [ ] Rent a projector for the fair
         | - [ ] Count the licences that are left";

#[test]
fn a_renamed_checklist_with_other_bullets_is_the_same() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [x] Say hello
         * c2 2026-01-07 Bo
         ! partners/acme/list.md
         partners/acme/plan.md
         | * [x] Sign the contract
         | * [x] Say hello",
    );
    let wanted = [
        "checklist_renamed partners/acme/plan.md: Bo in c2",
        "checked Sign the contract: Bo in c2",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_branch_that_pulled_a_renamed_and_rewritten_checklist_keeps_its_ticks() {
    let told = later(&format!(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * c2 2026-01-06 Ann
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [ ] Sign the contract
         * c3 2026-01-07 Ann
         partners/acme/plan.md
         | - [ ] Sign the contract
         {REST}
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         * b2 2026-01-08 Bo < b1 c3
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [x] Sign the contract
         {REST}
         * c4 2026-01-09 Ann < c3
         partners/acme/other.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c4 b2",
    ));
    assert_eq!(told.last().map(String::as_str), Some("checked Sign the contract: Bo in b1, m1"));
}

#[test]
fn both_sides_of_a_merge_may_rename_a_checklist() {
    let told = later(&format!(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * b1 2026-01-06 Bo < c1
         ! partners/acme/list.md
         partners/acme/signing.md
         | - [ ] Sign the contract
         * b2 2026-01-07 Bo
         partners/acme/signing.md
         | - [x] Sign the contract
         * c2 2026-01-06 Ann < c1
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [ ] Sign the contract
         * c3 2026-01-08 Ann
         partners/acme/plan.md
         | - [ ] Sign the contract
         {REST}
         * m1 2026-01-10 Cy < c3 b2
         ! partners/acme/signing.md
         partners/acme/plan.md
         | - [x] Sign the contract
         {REST}"
    ));
    assert_eq!(told.last().map(String::as_str), Some("checked Sign the contract: Bo in b2, m1"));
}

#[test]
fn a_branch_may_know_a_checklist_by_a_name_from_between() {
    let told = later(&format!(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         * c2 2026-01-06 Ann < c1
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [ ] Sign the contract
         * c3 2026-01-07 Ann
         partners/acme/plan.md
         | - [ ] Sign the contract
         {REST}
         * b2 2026-01-08 Bo < b1 c3
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [x] Sign the contract
         {REST}
         * c4 2026-01-08 Ann < c3
         ! partners/acme/plan.md
         partners/acme/final.md
         | - [ ] Sign the contract
         {REST}
         * m1 2026-01-10 Cy < c4 b2
         ! partners/acme/plan.md
         partners/acme/final.md
         | - [x] Sign the contract
         {REST}"
    ));
    assert_eq!(told.last().map(String::as_str), Some("checked Sign the contract: Bo in b1, m1"));
}

#[test]
fn an_item_is_followed_into_the_file_that_a_branch_took_it_from() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         partners/acme/more.md
         | - [ ] Order the badges
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         * b2 2026-01-07 Dee
         partners/acme/list.md
         | - [ ] Say hello
         partners/acme/more.md
         | - [ ] Order the badges
         | - [x] Sign the contract
         * c2 2026-01-08 Ann < c1
         partners/zenith/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c2 b2",
    );
    let wanted =
        ["checked Sign the contract: Bo in b1, m1", "moved Sign the contract: Dee in b2, m1"];
    assert_eq!(told[told.len() - 2..], wanted);
}

#[test]
fn a_branch_may_remove_a_checklist_that_the_mainline_renames() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * b1 2026-01-06 Bo < c1
         ! partners/acme/list.md
         * b2 2026-01-07 Dee
         partners/acme/other.md
         | - [ ] Say hello
         * c2 2026-01-06 Ann < c1
         ! partners/acme/list.md
         partners/acme/plan.md
         | - [ ] Sign the contract
         * m1 2026-01-10 Cy < c2 b2
         ! partners/acme/plan.md",
    );
    let wanted = [
        "checklist_renamed partners/acme/plan.md: Ann in c2",
        "checklist_removed partners/acme/plan.md: Bo in b1, m1",
        "removed Sign the contract: Bo in b1, m1",
        "checklist_added partners/acme/other.md: Dee in b2, m1",
        "added Say hello: Dee in b2, m1",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn what_a_branch_put_into_another_file_came_with_the_branch() {
    // The mainline has nothing left of it, so that it is no move.
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         partners/acme/more.md
         | - [ ] Order the badges
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [ ] Say hello
         partners/acme/more.md
         | - [ ] Order the badges
         | - [x] Sign the contract
         * c2 2026-01-07 Ann < c1
         partners/acme/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c2 b1",
    );
    let wanted = [
        "removed Sign the contract: Ann in c2",
        "added Sign the contract: Bo in b1, m1",
        "checked Sign the contract: Bo in b1, m1 (first_seen)",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_note_becomes_a_checklist_with_the_item_that_a_branch_puts_there() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         | - [ ] Say hello
         partners/acme/notes.md
         | Nothing to do here.
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [ ] Say hello
         partners/acme/notes.md
         | - [ ] Sign the contract
         * c2 2026-01-07 Ann < c1
         partners/zenith/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c2 b1",
    );
    let wanted = [
        "checklist_added partners/acme/notes.md: Bo in b1, m1",
        "moved Sign the contract: Bo in b1, m1",
    ];
    assert_eq!(told[told.len() - 2..], wanted);
}

#[test]
fn one_item_is_not_taken_from_one_place_twice() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [x] Sign the contract
         | - [ ] Say hello
         partners/acme/extra.md
         | - [ ] Order the badges
         partners/acme/more.md
         | - [ ] Book the train
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | - [ ] Say hello
         partners/acme/extra.md
         | - [ ] Order the badges
         | - [x] Sign the contract
         partners/acme/more.md
         | - [ ] Book the train
         | - [x] Sign the contract
         * c2 2026-01-07 Ann < c1
         partners/zenith/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c2 b1",
    );
    let wanted = [
        "moved Sign the contract: Bo in b1, m1",
        "added Sign the contract: Bo in b1, m1",
        "checked Sign the contract: Bo in b1, m1 (first_seen)",
    ];
    assert_eq!(told[told.len() - 3..], wanted);
}

#[test]
fn a_checklist_begun_afresh_under_an_old_name_is_another_one() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Sign the contract
         * c2 2026-01-06 Ann
         ! partners/acme/list.md
         partners/acme/2025.md
         | - [ ] Sign the contract
         * c3 2026-01-07 Ann
         partners/acme/list.md
         | - [ ] Renew the contract of last year
         * b1 2026-01-08 Bo < c3
         ! partners/acme/2025.md
         * b2 2026-01-09 Dee
         ! partners/acme/list.md
         * c4 2026-01-08 Ann < c3
         partners/zenith/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c4 b2",
    );
    let wanted = [
        "checklist_removed partners/acme/2025.md: Bo in b1, m1",
        "removed Sign the contract: Bo in b1, m1",
        "checklist_removed partners/acme/list.md: Dee in b2, m1",
        "removed Renew the contract of last year: Dee in b2, m1",
    ];
    assert_eq!(told[told.len() - 4..], wanted);
}

#[test]
fn a_branch_that_renumbers_headings_has_moved_nothing() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | ## 1. Legal
         | - [ ] Sign the contract
         | - [ ] Say hello
         | ## 2. Sales (Day 1–7)
         | - [ ] Pick accounts
         * b1 2026-01-06 Bo < c1
         partners/acme/list.md
         | ## 1. Legal
         | - [ ] Say hello
         | ## 2. Sales (Day 1–7)
         | - [ ] Pick accounts
         | - [ ] Sign the contract
         * b2 2026-01-07 Dee
         partners/acme/list.md
         | ## 3. Legal
         | - [ ] Say hello
         | ## 4. Sales (Day 1–9)
         | - [ ] Pick accounts
         | - [ ] Sign the contract
         * c2 2026-01-07 Ann < c1
         partners/zenith/list.md
         | - [ ] Say hello
         * m1 2026-01-10 Cy < c2 b2",
    );
    assert!(told.contains(&"moved Sign the contract: Bo in b1, m1".to_owned()), "{told:#?}");
}
