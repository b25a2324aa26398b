//! `mdboard items --format json`.

use std::io::{self, Write};

use serde::Serialize;

use super::parts::{self, Finding, Head};
use crate::board::Board;
use crate::report::ItemRow;

/// Items of the board, those that a filter let through.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    #[serde(flatten)]
    head: Head,
    diagnostics: Vec<Finding>,
    #[serde(serialize_with = "parts::each::<_, Item<'_>, _>")]
    #[cfg_attr(test, schemars(with = "Vec<Item<'a>>"))]
    items: &'a [ItemRow<'a>],
}

const SCHEMA: &str = "mdboard.items/1";

/// An item and where it stands.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Item<'a> {
    /// The partner's id.
    partner: &'a str,
    /// The checklist's path from the repository's root.
    path: &'a str,
    #[serde(flatten)]
    item: parts::Item<'a>,
}

/// Writes items as `mdboard.items/1`.
pub fn items(board: &Board, rows: &[ItemRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        head: Head::of(board),
        diagnostics: board.diagnostics.iter().map(Finding::from).collect(),
        items: rows,
    };
    super::write(&document, out)
}

impl<'a> From<&'a ItemRow<'a>> for Item<'a> {
    fn from(row: &'a ItemRow<'a>) -> Item<'a> {
        Item {
            partner: &row.partner.id.0,
            path: row.checklist.path.as_str(),
            item: row.item.into(),
        }
    }
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
