//! `mdboard items --format json`.

use serde::Serialize;

use super::parts::{self, Finding, Head};
use crate::board::Board;
use crate::report::ItemRow;

/// Items of the board, those that a filter let through.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    #[serde(flatten)]
    head: Head,
    diagnostics: Vec<Finding>,
    items: Vec<Item>,
}

const SCHEMA: &str = "mdboard.items/1";

/// An item and where it stands.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Item {
    /// The partner's id.
    partner: String,
    /// The checklist's path from the repository's root.
    path: String,
    #[serde(flatten)]
    item: parts::Item,
}

/// Items as `mdboard.items/1`.
pub fn items(board: &Board, rows: &[ItemRow<'_>]) -> String {
    let items = rows.iter().map(|row| Item {
        partner: row.partner.id.0.clone(),
        path: row.checklist.path.to_string(),
        item: row.item.into(),
    });
    super::text(&Document {
        schema: SCHEMA,
        head: Head::of(board),
        diagnostics: board.diagnostics.iter().map(Finding::from).collect(),
        items: items.collect(),
    })
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
