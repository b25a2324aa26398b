//! `mdboard items`: the items, filtered.

use super::args::{Format, ItemsArgs};
use super::output::Output;
use super::status::partners;
use super::{Failure, Outcome};
use crate::load::Loaded;
use crate::render::{csv, json, markdown, table};
use crate::report::ItemFilter;

pub(super) fn run(
    args: &ItemsArgs,
    loaded: Loaded,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let board = &loaded.board;
    let filter = ItemFilter {
        statuses: args.status.clone(),
        owners: args.owner.clone(),
        partners: partners(board, &args.partner)?,
        due_before: args.due_before,
    };
    let rows = filter.rows(board);
    match args.format {
        Format::Table => output.data(&table::items(board, &rows, &output.style))?,
        Format::Markdown => output.data(&markdown::items(board, &rows))?,
        Format::Csv => output.data(&csv::items(board, &rows))?,
        Format::Json => output.stream(|out| json::items(board, &rows, out))?,
    }
    // As in `status`.
    std::mem::forget(loaded);
    Ok(Outcome::Fine)
}
