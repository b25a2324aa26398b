//! Every rule is listed, once, and documented.

use std::collections::BTreeSet;
use std::path::Path;

use crate::lint::rule::{Category, Check};
use crate::lint::rules;
use crate::model::diagnostic::codes;

#[test]
fn every_file_of_a_rule_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    let files = walkdir::WalkDir::new(&root).min_depth(2).into_iter().filter_map(Result::ok);
    let stem = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".rs").map(|stem| stem.replace('_', "-"));
        let folder = entry.path().parent()?.file_name()?.to_string_lossy().replace('_', "-");
        let text = std::fs::read_to_string(entry.path()).expect("sources are readable");
        text.contains("static RULE: Rule").then_some((folder, stem?))
    };
    let on_disk: BTreeSet<(String, String)> = files.filter_map(|entry| stem(&entry)).collect();
    let listed: BTreeSet<(String, String)> = rules::all()
        .map(|rule| (rule.category.name().to_owned(), rule.code.rule.to_owned()))
        .collect();
    assert_eq!(on_disk, listed, "left: on disk, right: listed");
}

#[test]
fn codes_and_names_are_given_once() {
    let codes: BTreeSet<&str> = rules::all().map(|rule| rule.code.code).collect();
    let names: BTreeSet<&str> = rules::all().map(|rule| rule.code.rule).collect();
    assert_eq!(codes.len(), rules::all().count());
    assert_eq!(names.len(), rules::all().count());
    let categories = Category::ALL.map(Category::name);
    assert!(categories.iter().all(|name| !names.contains(name)), "a name means one thing");
}

#[test]
fn every_code_has_its_rule() {
    // What is wrong with the configuration stops every command.
    let of_configuration = |code: &str| ("MB250".."MB300").contains(&code);
    let all: BTreeSet<&str> = codes::ALL.iter().map(|code| code.code).collect();
    let expected: BTreeSet<&str> = all.into_iter().filter(|code| !of_configuration(code)).collect();
    let ruled: BTreeSet<&str> = rules::all().map(|rule| rule.code.code).collect();
    assert_eq!(ruled, expected);
}

#[test]
fn every_rule_is_documented() {
    for rule in rules::all() {
        let code = rule.code.code;
        for text in [rule.finds, rule.why, rule.how] {
            assert!(!text.is_empty() && !text.contains('\n'), "{code}: one line each");
            assert!(!text.ends_with('.'), "{code}: without a full stop: {text}");
            let first = text.chars().next().expect("it is not empty");
            assert!(
                !first.is_uppercase() || text.starts_with("HTML"),
                "{code}: in lower case: {text}"
            );
        }
        assert!(!rule.examples.is_empty(), "{code} has an example");
        let hundreds = code.as_bytes().get(2).copied();
        let same =
            rules::all().filter(|other| other.code.code.as_bytes().get(2).copied() == hundreds);
        assert!(same.into_iter().all(|other| other.category == rule.category), "{code}");
        if let Check::Reading(Some(_)) = rule.check {
            assert!(rule.fixes.is_some(), "{code} says what its fix does");
        }
    }
}
