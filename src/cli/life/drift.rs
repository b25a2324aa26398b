//! `mdboard drift`: how far checklists have parted from their templates.

use super::super::args::{DriftArgs, DriftFormat, Global};
use super::super::output::Output;
use super::super::status::partners;
use super::super::{Failure, Outcome, World};
use super::{beside, open};
use crate::render::{drift, json};
use crate::report::Drifted;

pub(in crate::cli) fn run(
    args: &DriftArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let (_, life, board) = open(global, world)?;
    let wanted = partners(&board, &args.names)?;
    let mut found = beside(&life, &board, &wanted)?;
    let is_cut = found.tell(output);
    let all: Vec<Drifted> = found.all.into_iter().map(|one| one.told).collect();
    match args.format {
        DriftFormat::Table => output.data(&drift::table(&all, &output.style))?,
        DriftFormat::Markdown => output.data(&drift::markdown(&all))?,
        DriftFormat::Json => output.stream(|out| json::drift(&all, out))?,
    }
    let is_behind = all.iter().any(|one| one.drift.is_behind());
    Ok(match (is_cut, is_behind) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Fine,
    })
}
