//! Whatever the files hold: no rule panics, and every place that is told is one.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::board::Board;
use super::texts;
use crate::lint::finding::{Finding, Fix};
use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::model::RepoPath;
use crate::source::{LineIndex, Span};

/// What is asked of every finding.
fn is_sound(project: &Project<'_>, finding: &Finding) -> Result<(), TestCaseError> {
    let code = finding.rule.code.code;
    let Some(page) = project.page(&finding.path) else {
        prop_assert_eq!(finding.span, Span::default(), "{} tells of {}", code, finding.path);
        return Ok(());
    };
    let (span, text) = (finding.span, page.text.as_str());
    prop_assert!(text.get(span.start..span.end).is_some(), "{}: {:?} is no place", code, span);
    let index = LineIndex::new(text);
    let told = (finding.start, finding.end);
    let expected = (index.position(text, span.start), index.position(text, span.end));
    prop_assert_eq!(told, expected, "{}: {:?} stands elsewhere", code, span);
    prop_assert!(!finding.message.contains(['\n', '\r']), "{}: {}", code, finding.message);
    match &finding.fix {
        Some(fix) => is_made_of_places(page, fix, code),
        None => Ok(()),
    }
}

/// What is asked of every fix.
fn is_made_of_places(page: &Page<'_>, fix: &Fix, code: &str) -> Result<(), TestCaseError> {
    prop_assert!(!fix.edits.is_empty(), "{}: the fix changes nothing", code);
    for edit in &fix.edits {
        let place = page.text.get(edit.span.start..edit.span.end);
        prop_assert!(place.is_some(), "{}: {:?} is no place", code, edit);
        prop_assert_ne!(place, Some(edit.text.as_str()), "{}: the edit changes nothing", code);
    }
    for pair in fix.edits.windows(2) {
        prop_assert!(pair[0].span.end <= pair[1].span.start, "{}: {:?} overlap", code, pair);
        prop_assert!(pair[0] < pair[1], "{}: {:?} are out of order", code, pair);
    }
    Ok(())
}

/// What makes two findings one.
fn key(finding: &Finding) -> (&RepoPath, Span, &str, &str) {
    (&finding.path, finding.span, finding.rule.code.code, &finding.message)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_finding_stands_where_it_says(contents in vec(texts::bytes(), 3)) {
        let board = Board::new(&contents.try_into().expect("there are three"));
        let project = board.read();
        let found = crate::lint::check(&project, &board.all_rules());
        for finding in &found {
            is_sound(&project, finding)?;
        }
        prop_assert!(found.is_sorted_by(|a, b| key(a) < key(b)), "in order, and each once");
    }
}

/// The texts are such that most rules find something in some of them.
#[test]
fn the_texts_give_most_rules_something_to_find() {
    let mut runner = TestRunner::deterministic();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..80 {
        let tree = vec(texts::bytes(), 3).new_tree(&mut runner).expect("nothing is left out");
        let contents = tree.current();
        let board = Board::new(&contents.try_into().expect("there are three"));
        let found = crate::lint::check(&board.read(), &board.all_rules());
        told.extend(found.iter().map(|finding| finding.rule.code.code));
    }
    let rules = crate::lint::rules::all().map(|rule| rule.code.code);
    let silent: Vec<&str> = rules.filter(|code| !told.contains(code)).collect();
    assert!(silent.len() < 9, "nothing is told by {silent:?}");
}
