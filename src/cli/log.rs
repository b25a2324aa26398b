//! `mdboard log`: what happened.

use super::args::{Format, LogArgs};
use super::output::Output;
use super::status::partners;
use super::{Failure, Outcome};
use crate::load::Loaded;
use crate::render::{csv, json, markdown, table};
use crate::report::EventFilter;

pub(super) fn run(
    args: &LogArgs,
    loaded: Loaded,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let board = &loaded.board;
    let filter = EventFilter { partners: partners(board, &args.names)?, since: args.since };
    let events = filter.events(board);
    match args.format {
        Format::Table => output.data(&table::log(board, &events, &output.style))?,
        Format::Markdown => output.data(&markdown::log(board, &events))?,
        Format::Csv => output.data(&csv::log(board, &events))?,
        Format::Json => output.stream(|out| json::log(board, &events, out))?,
    }
    // As in `status`.
    std::mem::forget(loaded);
    Ok(Outcome::Fine)
}
