//! The JSON documents, version 1. They are a promise: a field may be added, none is ever changed.

mod board;
mod cache;
mod items;
mod log;
mod parts;
#[cfg(test)]
mod tests;

pub use board::board;
pub use cache::cache;
pub use items::items;
pub use log::log;

use serde::Serialize;

/// A document as text, indented, with a line end behind it.
fn text(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document)
        .expect("the documents hold strings, numbers and lists, which serde_json always writes");
    text.push('\n');
    text
}
