//! `mdboard cache --format json`.

use std::io::{self, Write};

use serde::Serialize;

use crate::dates::Zone;
use crate::report::Kept;

/// What is kept between runs.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    /// The folder that holds it; it need not be there.
    folder: String,
    /// The size of all of it in bytes.
    bytes: u64,
    /// What history up to a commit comes to; the last used first.
    checkpoints: Vec<Record>,
    /// What a command said of the board at a commit; the last used first.
    answers: Vec<Record>,
}

const SCHEMA: &str = "mdboard.cache/1";

/// A file that is kept.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Record {
    commit: String,
    /// Its size in bytes.
    bytes: u64,
    /// When it was last written or, to within an hour, read: RFC 3339, in UTC.
    used: String,
}

/// What is kept between runs, as `mdboard.cache/1`.
pub fn cache(kept: &Kept, out: &mut dyn Write) -> io::Result<()> {
    let record = |one: &crate::report::Record| Record {
        commit: one.commit.to_string(),
        bytes: one.bytes,
        used: Zone::UTC.rfc3339(one.used),
    };
    let document = Document {
        schema: SCHEMA,
        folder: kept.folder.clone(),
        bytes: kept.bytes(),
        checkpoints: kept.checkpoints.iter().map(record).collect(),
        answers: kept.answers.iter().map(record).collect(),
    };
    super::write(&document, out)
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
