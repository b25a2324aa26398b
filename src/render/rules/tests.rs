//! The published pages are made from the rules.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use super::{index, json, list, markdown, pages, text};
use crate::lint::rule::Rule;
use crate::lint::rules;
use crate::lint::rules::items::duplicate_item;
use crate::lint::rules::linter::{unknown_rule, unused_suppression};
use crate::render::Style;

/// Some that every version has.
const SOME: [&Rule; 3] = [&duplicate_item::RULE, &unused_suppression::RULE, &unknown_rule::RULE];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/rules")
}

#[test]
fn the_published_pages_are_fresh() {
    let pages = pages();
    for (name, content) in &pages {
        let published = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert_eq!(&published, content, "{name}: run `cargo test publish_rules -- --ignored`");
    }
    let published = std::fs::read_dir(folder()).expect("docs/rules can be read");
    let published = published.filter_map(Result::ok).map(|entry| entry.file_name());
    let published: BTreeSet<String> =
        published.map(|name| name.to_string_lossy().into_owned()).collect();
    let made: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    assert_eq!(published, made, "left: in docs/rules, right: the rules");
}

#[test]
#[ignore = "writes docs/rules"]
fn publish_rules() {
    if folder().exists() {
        std::fs::remove_dir_all(folder()).expect("docs/rules can be removed");
    }
    std::fs::create_dir_all(folder()).expect("docs/rules can be made");
    for (name, content) in pages() {
        std::fs::write(folder().join(name), content).expect("docs/rules can be written");
    }
}

#[test]
fn a_rule_in_every_format() {
    insta::assert_snapshot!("rule_markdown", markdown(&unused_suppression::RULE));
    for width in [60, 100] {
        let style = Style { width, color: false };
        insta::assert_snapshot!(
            format!("rule_text_{width}"),
            text(&unused_suppression::RULE, &style)
        );
    }
    let mut out = Vec::new();
    json(SOME, &mut out).expect("memory takes everything");
    insta::assert_snapshot!("rules_json", String::from_utf8_lossy(&out));
}

#[test]
fn all_rules_in_a_list() {
    insta::assert_snapshot!("rules_list", list(SOME, &Style { width: 60, color: false }));
    insta::assert_snapshot!("rules_index", index(SOME));
}

#[test]
fn no_line_is_wider_than_it_may_be() {
    let style = Style { width: 60, color: false };
    let list = list(rules::all(), &style);
    assert!(!list.contains('…'), "nothing is cut:\n{list}");
    for rule in rules::all() {
        let page = text(rule, &style);
        let prose = page.lines().filter(|line| !line.starts_with("    "));
        for line in prose {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 60, "{line}");
        }
    }
}

#[test]
fn every_rule_fits_the_schema() {
    let path = format!("{}/docs/schema/rules.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(path).expect("the schema is published");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let mut out = Vec::new();
    json(rules::all(), &mut out).expect("memory takes everything");
    let mut document: Value = serde_json::from_slice(&out).expect("it is JSON");
    let errors: Vec<String> =
        validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    document["rules"][0]["scope"] = "nowhere".into();
    assert!(!validator.is_valid(&document), "the schema lets everything through");
}

/// What a page's blocks of code hold, read by a markdown parser.
fn blocks(page: &str) -> Vec<String> {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, page, &comrak::Options::default());
    let nodes = root.descendants().filter_map(|node| match &node.data().value {
        comrak::nodes::NodeValue::CodeBlock(block) => Some(block.literal.clone()),
        _ => None,
    });
    nodes.collect()
}

#[test]
fn examples_stand_in_their_pages_whole() {
    for rule in rules::all() {
        let blocks = blocks(&markdown(rule));
        for example in rule.examples {
            for text in [example.wrong, example.right] {
                let text =
                    crate::render::escape::revealed(&crate::lint::rule::Example::plain(text));
                let is_it =
                    |block: &String| block.trim_end_matches('\n') == text.trim_end_matches('\n');
                assert!(blocks.iter().any(is_it), "{}: {text}", rule.code.rule);
            }
        }
    }
}
