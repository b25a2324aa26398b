//! Which items with another text are the same.

use super::{assert_written_anew, later};

/// What is told of a list of which one item, between two others, becomes another one.
fn told(before: &str, after: &str) -> Vec<String> {
    later(&format!(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [x] Welcome call held
         | {before}
         | - [ ] Order the badges
         | - [ ] Book the train
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [x] Welcome call held
         | {after}
         | - [ ] Order the badges
         | - [ ] Book the train"
    ))
}

#[test]
fn an_item_in_its_place_may_be_told_in_other_words() {
    let text = "Glossary ready for sales";
    let open = told("- [ ] Send the glossary to sales", &format!("- [ ] {text}"));
    assert_eq!(open, [format!("reworded {text}: Bo in c2")]);
    // With its box ticked it is all the more likely the same.
    let text = "Glossary reviewed, accepted and printed";
    let ticked = told("- [ ] Send the glossary to sales", &format!("- [x] {text}"));
    assert_eq!(ticked, [format!("checked {text}: Bo in c2"), format!("reworded {text}: Bo in c2")]);
}

#[test]
fn a_new_item_in_the_place_of_another_is_no_rewording() {
    let told = told("- [x] Sign the contract", "- [ ] Publish their logo");
    assert_eq!(told, ["added Publish their logo: Bo in c2", "removed Sign the contract: Bo in c2"]);
}

#[test]
fn who_rewords_an_item_rarely_takes_its_tick_back() {
    let before = "- [x] Send the glossary to the warehouse team";
    let text = "Print the glossary for the fair";
    let kept = told(before, &format!("- [x] {text}"));
    assert_eq!(kept, [format!("reworded {text}: Bo in c2")]);
    let lost = told(before, &format!("- [ ] {text}"));
    let removed = "removed Send the glossary to the warehouse team: Bo in c2".to_owned();
    assert_eq!(lost, [format!("added {text}: Bo in c2"), removed]);
    // One that says nearly the same was taken back all the same.
    let text = "Send the new glossary to the warehouse team";
    let taken_back = told(before, &format!("- [ ] {text}"));
    let wanted = [format!("unchecked {text}: Bo in c2"), format!("reworded {text}: Bo in c2")];
    assert_eq!(taken_back, wanted);
}

#[test]
fn who_writes_an_id_rarely_rewords_as_well() {
    let text = "Glossary reviewed, accepted and printed";
    let told = told("- [ ] Send the glossary to sales", &format!("- [ ] {text} 🆔 glossary"));
    let removed = "removed Send the glossary to sales: Bo in c2".to_owned();
    assert_eq!(told, [format!("added {text}: Bo in c2"), removed]);
}

#[test]
fn what_is_alike_by_chance_in_a_section_written_anew_is_new() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Send the referral codes with the regional manager
         | - [ ] Draft the service manual for the second site
         | - [ ] Check the travel plan in both languages
         | - [ ] Archive the price list for the spring release
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [ ] Order two routers from the warehouse
         | - [ ] Archive the travel plan in three languages
         | - [ ] Paint the stand before the fair opens
         | - [ ] Update the referral codes with the regional board",
    );
    assert_written_anew(&told, 4);
}

#[test]
fn small_corrections_all_over_a_section_are_rewordings() {
    let told = later(
        "* c1 2026-01-05 Ann
         partners/acme/list.md
         | - [ ] Send the referal codes
         | - [x] Draft the service manual for the second site
         | - [ ] Check the travel plan in both languages
         | - [ ] Archive the price list
         * c2 2026-01-07 Bo
         partners/acme/list.md
         | - [ ] Send the referral codes
         | - [x] Draft the service manual for the third site
         | - [ ] Check the travel plan in both langauges
         | - [ ] Archive the price list — version 3",
    );
    assert!(told.iter().all(|line| line.starts_with("reworded")), "{told:#?}");
    assert_eq!(told.len(), 4);
}
