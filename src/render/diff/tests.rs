//! The comment keeps to its budget whatever it is; the rest is shown on a rich example.

use proptest::prelude::*;

use super::{COMMENT_LIMIT, Comment, markdown, table};
use crate::render::Style;
use crate::render::fixture::comparison::{
    comparison, everyday, large, nothing, remarks, remarks_saying, saying,
};
use crate::render::json;

fn frame(limit: usize) -> Comment<'static> {
    Comment { limit, remarks: None, details: None, board: None, files: None }
}

#[test]
fn a_rich_change_reads_well_in_a_terminal() {
    for width in [60, 100] {
        let style = Style { width, color: false };
        let told = table(&comparison(), &style);
        assert!(told.lines().all(|line| line.chars().count() <= width), "{told}");
        insta::assert_snapshot!(format!("table_{width}"), told);
    }
    let colored = table(&comparison(), &Style { width: 100, color: true });
    assert!(colored.contains('\u{1b}'));
}

#[test]
fn a_rich_change_reads_well_as_a_comment() {
    let remarks = remarks();
    let comment = Comment {
        limit: COMMENT_LIMIT,
        remarks: Some(&remarks),
        details: Some("https://ci.example.com/run/1"),
        board: Some("https://board.example.com/"),
        files: Some("https://git.example.com/o/r/blob/head/"),
    };
    insta::assert_snapshot!("comment", markdown(&comparison(), &comment));
    assert_eq!(markdown(&nothing(), &frame(COMMENT_LIMIT)), "**No change to the board.**\n");
}

#[test]
fn an_everyday_change_is_short() {
    insta::assert_snapshot!("everyday_comment", markdown(&everyday(), &frame(COMMENT_LIMIT)));
    let style = Style { width: 80, color: false };
    insta::assert_snapshot!("everyday_table", table(&everyday(), &style));
}

#[test]
fn what_is_written_reads_again() {
    for comparison in [comparison(), large(3, 40)] {
        let mut document = Vec::new();
        json::diff(&comparison, &mut document).expect("written");
        assert_eq!(json::read_diff(&document), Ok(comparison));
    }
}

#[test]
fn a_reader_takes_what_the_schema_takes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/diff.schema.json");
    let schema = std::fs::read_to_string(path).expect("the schema is published");
    let schema = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let mut document = Vec::new();
    json::diff(&comparison(), &mut document).expect("written");
    let document: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
    assert!(validator.is_valid(&document));
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    let wrong = [
        serde_json::json!(null),
        serde_json::json!("\u{202e}<b>@all"),
        serde_json::json!(-1),
        serde_json::json!([["deep"]]),
        serde_json::json!({"unknown": true}),
        serde_json::json!("2026-02-30"),
        serde_json::json!([true, "head"]),
        serde_json::json!(["Ann Lee", "ann@example.com"]),
    ];
    let mut refused = 0;
    for place in &places {
        for wrong in &wrong {
            let mut broken = document.clone();
            *broken.pointer_mut(place).expect("a place") = wrong.clone();
            let bytes = serde_json::to_vec(&broken).expect("JSON");
            let read = json::read_diff(&bytes).is_ok();
            refused += usize::from(!read);
            assert!(!read || validator.is_valid(&broken), "{place} = {wrong} is read");
        }
    }
    assert!(refused > places.len(), "{refused} of {} places", places.len());
    let mut more = document.clone();
    more["partners"][0]["surprise"] = serde_json::json!(1);
    assert!(json::read_diff(&serde_json::to_vec(&more).expect("JSON")).is_err());
}

#[test]
fn a_path_of_a_document_stays_in_the_repository() {
    let mut document = Vec::new();
    json::diff(&comparison(), &mut document).expect("written");
    let document: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    places.retain(|place| place.ends_with("/path") || place.contains("/checklists_behind/"));
    assert!(places.len() > 3, "{places:?}");
    for place in places {
        for path in ["../../../../mallory/r", "a/../../b", "..", "/a", "a//b", "./a", ""] {
            let mut broken = document.clone();
            *broken.pointer_mut(&place).expect("a place") = path.into();
            let bytes = serde_json::to_vec(&broken).expect("JSON");
            assert!(json::read_diff(&bytes).is_err(), "{place} = {path} is read");
        }
    }
}

/// Every place of a document.
fn pointers(value: &serde_json::Value, here: String, all: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                pointers(value, format!("{here}/{name}"), all);
            }
        }
        serde_json::Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                pointers(value, format!("{here}/{at}"), all);
            }
        }
        _ => {}
    }
    all.push(here);
}

#[test]
fn many_partners_leave_room_for_what_goes_unfinished() {
    let many = large(2_000, 8);
    let told = markdown(&many, &frame(COMMENT_LIMIT));
    assert!(told.contains("\n### Removed unfinished\n"), "{}", &told[..400]);
    assert!(told.contains("\n### Overdue because of this\n"));
    assert!(told.matches("\n| **Partner ").count() > 200);
    assert!(told.contains("left out"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_budget_is_kept_in_whole_rows(
        limit in 1_000_usize..70_000,
        partners in 1_usize..120,
        changes in 1_usize..60,
        linked in any::<bool>(),
    ) {
        let large = large(partners, changes);
        let details = linked.then_some("https://ci.example.com/run/1");
        let told = markdown(&large, &Comment { details, ..frame(limit) });
        prop_assert!(told.encode_utf16().count() <= limit, "{}", told.encode_utf16().count());
        prop_assert_eq!(told.matches("<details>").count(), told.matches("</details>").count());
        prop_assert!(told.starts_with("**"));
        for line in told.lines().filter(|line| line.starts_with('|')) {
            prop_assert!(line.ends_with(" |"), "{}", line);
        }
        let whole = markdown(&large, &frame(usize::MAX));
        if told.len() < whole.len() {
            prop_assert!(told.contains("left out"), "{}", told);
        }
        prop_assert_eq!(&told, &markdown(&large, &Comment { details, ..frame(limit) }));
    }
    #[test]
    fn content_is_text_in_a_comment(texts in prop::collection::vec(any::<String>(), 1..12)) {
        let remarks = remarks_saying(&texts);
        let files = Some("https://git.example.com/o/r/blob/head/");
        let comment = Comment { remarks: Some(&remarks), files, ..frame(COMMENT_LIMIT) };
        let told = markdown(&saying(&texts), &comment);
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        let arena = comrak::Arena::new();
        for node in comrak::parse_document(&arena, &told, &options).descendants() {
            use comrak::nodes::NodeValue;
            match &node.data().value {
                NodeValue::HtmlBlock(block) => {
                    let ours = ["<details>", "</details>", "<summary>", "</summary>"];
                    let rest = ours.iter().fold(block.literal.clone(), |rest, tag| {
                        rest.replace(tag, "")
                    });
                    prop_assert!(!rest.contains('<'), "{}", block.literal);
                }
                NodeValue::HtmlInline(html) => prop_assert!(false, "{}", html),
                NodeValue::Image(_) => prop_assert!(false, "an image"),
                NodeValue::Link(link) => prop_assert!(link.url.starts_with("https://git.example.com/")),
                _ => {}
            }
        }
    }
}
