//! The JSON documents, version 1. They are a promise: a field may be added, none is ever changed.

mod board;
mod cache;
mod indent;
mod items;
mod log;
mod parts;
#[cfg(test)]
mod tests;

pub use board::board;
pub use cache::cache;
pub use items::items;
pub use log::log;

use indent::Indented;
use serde::Serialize;

/// A document as text, indented, with a line end behind it.
fn text(document: &impl Serialize) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Indented::default());
    document
        .serialize(&mut serializer)
        .expect("the documents hold strings, numbers and lists, which serde_json always writes");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is made of UTF-8")
}
