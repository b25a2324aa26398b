//! The published schemas are made from the documents' types; real output is held against them in
//! the board's own tests.

use std::path::PathBuf;

use super::{board, cache, diff, drift, items, lint, log, rules};

/// Each schema with the file that publishes it.
fn schemas() -> [(PathBuf, String); 9] {
    let config = crate::config::schema(&crate::lint::select::names()).try_into();
    let schemas = [
        ("config.schema.json", config.expect("a schema is an object")),
        ("board.schema.json", board::schema()),
        ("cache.schema.json", cache::schema()),
        ("diff.schema.json", diff::schema()),
        ("drift.schema.json", drift::schema()),
        ("items.schema.json", items::schema()),
        ("lint.schema.json", lint::schema()),
        ("log.schema.json", log::schema()),
        ("rules.schema.json", rules::schema()),
    ];
    schemas.map(|(name, schema)| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name);
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        (path, text + "\n")
    })
}

#[test]
fn the_published_schemas_are_fresh() {
    for (path, text) in schemas() {
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        let name = path.display();
        assert_eq!(published, text, "{name}: run `cargo test publish_schemas -- --ignored`");
    }
}

#[test]
#[ignore = "writes docs/schema"]
fn publish_schemas() {
    for (path, text) in schemas() {
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("docs/schema");
        std::fs::write(path, text).expect("docs/schema can be written");
    }
}
