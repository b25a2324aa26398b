//! The JSON documents, version 1. They are a promise: a field may be added, none is ever changed.

mod board;
mod cache;
mod diff;
mod drift;
mod indent;
mod items;
mod lint;
mod log;
mod parts;
mod rules;
#[cfg(test)]
mod tests;

pub use board::board;
pub use cache::cache;
pub use diff::{diff, read_diff};
pub use drift::drift;
pub use items::items;
pub use lint::{lint, read_lint};
pub use log::log;
pub use rules::rules;

use std::io::{self, BufWriter, Write};

use indent::Indented;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::RepoPath;

/// A document is written in pieces of so many bytes: a large one is never in memory as a whole.
const PIECE: usize = 64 * 1024;

/// Writes a document, indented, with a line end behind it.
pub(super) fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(PIECE, out);
    document
        .serialize(&mut serde_json::Serializer::with_formatter(&mut out, Indented::default()))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// No document is read that has more bytes: the largest board's comparison is far smaller.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// Reads a document that somebody else may have written.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Unreadable(format!("it has more than {MOST_BYTES} bytes")));
    }
    serde_json::from_slice(bytes).map_err(|error| Unreadable(short(&error.to_string())))
}

/// A path in a document that somebody else may have written: one below the repository's root. Links
/// are made of it, and a browser would follow `..` to anywhere on the host.
fn path(text: String) -> Result<RepoPath, Unreadable> {
    if text.split('/').any(|part| ["", ".", ".."].contains(&part)) {
        return Err(Unreadable(format!("`{}` is no path in a repository", short(&text))));
    }
    Ok(RepoPath::new(text))
}

/// As much of a text as a message can hold.
fn short(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
