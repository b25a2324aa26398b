//! The folder of pages that is published.

use super::{index, markdown};
use crate::lint::rules;

/// Every page with its file's name: one per rule, and `README.md`, which lists them.
pub fn pages() -> Vec<(String, String)> {
    let pages = rules::all().map(|rule| {
        let (name, folder) = (rule.code.rule, rule.category.name().replace('-', "_"));
        let source = format!("src/lint/rules/{folder}/{}.rs", name.replace('-', "_"));
        (format!("{name}.md"), format!("{}{}", made_from(&source), markdown(rule)))
    });
    let index = format!("{}{}", made_from("src/lint/rules"), index(rules::all()));
    std::iter::once(("README.md".to_owned(), index)).chain(pages).collect()
}

fn made_from(source: &str) -> String {
    format!("<!-- Made from {source}; changes belong there. -->\n\n")
}
