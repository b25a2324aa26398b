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
    /// The size of all checkpoints in bytes.
    bytes: u64,
    /// The last used first.
    checkpoints: Vec<Checkpoint>,
}

const SCHEMA: &str = "mdboard.cache/1";

/// What history up to a commit comes to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checkpoint {
    commit: String,
    /// Its size in bytes.
    bytes: u64,
    /// When it was last written or, to within an hour, read: RFC 3339, in UTC.
    used: String,
}

/// What is kept between runs, as `mdboard.cache/1`.
pub fn cache(kept: &Kept, out: &mut dyn Write) -> io::Result<()> {
    let checkpoint = |one: &crate::report::Checkpoint| Checkpoint {
        commit: one.commit.to_string(),
        bytes: one.bytes,
        used: Zone::UTC.rfc3339(one.used),
    };
    let document = Document {
        schema: SCHEMA,
        folder: kept.folder.clone(),
        bytes: kept.bytes(),
        checkpoints: kept.checkpoints.iter().map(checkpoint).collect(),
    };
    super::write(&document, out)
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
