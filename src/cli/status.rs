//! `mdboard status`: how each partner is doing.

use super::args::{Format, StatusArgs};
use super::output::Output;
use super::{Failure, Outcome, steps};
use crate::board::{Board, Partner};
use crate::forge::Variables;
use crate::load::Loaded;
use crate::model::PartnerId;
use crate::render::{csv, json, markdown, table};

pub(super) fn run(
    args: &StatusArgs,
    loaded: Loaded,
    variables: &Variables,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let mut board = loaded.board;
    let ids = partners(&board, &args.names)?;
    if !ids.is_empty() {
        board.partners.retain(|partner| ids.contains(&partner.id));
    }
    let shown: Vec<&Partner> = board.by_need();
    match args.format {
        Format::Table => output.data(&table::status(&board, &shown, &output.style))?,
        Format::Markdown => output.data(&markdown::status(&board, &shown))?,
        Format::Csv => output.data(&csv::status(&board, &shown))?,
        Format::Json => output.stream(|out| json::board(&board, out))?,
    }
    if args.github_output {
        let percent = board.progress().percent().map(|percent| percent.to_string());
        let overdue: usize = shown.iter().map(|partner| partner.overdue).sum();
        let health = shown.first().map_or("", |partner| partner.health.name());
        steps::tell(
            variables,
            &[
                ("percent", &percent.unwrap_or_default()),
                ("overdue", &overdue.to_string()),
                ("health", health),
            ],
        )?;
    }
    let fails = shown.iter().any(|partner| args.fail_on.contains(&partner.health));
    // The program ends here: handing back every text one by one would take longer than the answer.
    std::mem::forget(board);
    Ok(if fails { Outcome::Findings } else { Outcome::Fine })
}

/// The partners that somebody named, all of which must be on the board.
pub(super) fn partners(board: &Board, names: &[String]) -> Result<Vec<PartnerId>, Failure> {
    names.iter().map(|name| partner(board, name)).collect()
}

fn partner(board: &Board, name: &str) -> Result<PartnerId, Failure> {
    let mut ids = board.partners.iter().map(|partner| &partner.id);
    if let Some(id) = ids.find(|id| id.0 == name) {
        return Ok(id.clone());
    }
    let known: Vec<String> = board.partners.iter().map(|partner| partner.id.0.clone()).collect();
    let lower = name.to_lowercase();
    let near = known
        .iter()
        .map(|id| (strsim::normalized_damerau_levenshtein(&id.to_lowercase(), &lower), id))
        .filter(|(alike, _)| *alike >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, id)| id.clone());
    Err(Failure::NoPartner { name: name.to_owned(), near, known })
}
