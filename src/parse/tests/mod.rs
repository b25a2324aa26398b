//! What a document is read as, from markdown to model.

mod hostile;
mod items;
mod metadata;
mod sections;
mod states;

use std::time::Duration;

use globset::{GlobBuilder, GlobSet};

use crate::model::{Document, Item, RepoPath};
use crate::parse::{self, Options};

/// Reads a text with the default options.
fn read(text: &str) -> Document {
    read_with(text, &Options::default())
}

fn read_with(text: &str, options: &Options) -> Document {
    parse::document(&RepoPath::new("partners/acme/plan.md"), text.as_bytes(), options)
}

/// Reads a text that is one item behind `- [ ] `.
fn item(text: &str) -> Item {
    only(read(&format!("- [ ] {text}\n")))
}

fn only(mut document: Document) -> Item {
    assert_eq!(document.items.len(), 1, "{document:?}");
    document.items.remove(0)
}

fn texts(document: &Document) -> Vec<&str> {
    document.items.iter().map(|item| &*item.text).collect()
}

fn titles(document: &Document) -> Vec<&str> {
    document.sections.iter().map(|section| &*section.title).collect()
}

fn rules(document: &Document) -> Vec<&str> {
    document.diagnostics.iter().map(|diagnostic| diagnostic.code.rule).collect()
}

fn globs(globs: &[&str]) -> GlobSet {
    let mut set = GlobSet::builder();
    for glob in globs {
        set.add(GlobBuilder::new(glob).case_insensitive(true).build().expect("a glob"));
    }
    set.build().expect("globs")
}

/// Whether something is done within a time that only quadratic work would need.
#[expect(clippy::disallowed_methods, reason = "a test measures")]
fn is_quick(work: impl FnOnce()) -> bool {
    let start = std::time::Instant::now();
    work();
    start.elapsed() < Duration::from_secs(20)
}
