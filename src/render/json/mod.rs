//! The JSON documents, version 1. They are a promise: a field may be added, none is ever changed.

mod board;
mod cache;
mod diff;
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
pub use diff::{Unreadable, diff, read_diff};
pub use items::items;
pub use lint::{lint, read_lint};
pub use log::log;
pub use rules::rules;

use std::io::{self, BufWriter, Write};

use indent::Indented;
use serde::Serialize;

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
