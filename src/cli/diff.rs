//! `mdboard diff`: what a change does to the board.

use super::args::{DiffArgs, DiffFormat, Global};
use super::output::Output;
use super::progress::Bar;
use super::{Failure, Outcome, World};
use crate::load::diff::{Compared, DiffRequest, compare};
use crate::load::{Request, Revision};
use crate::render::diff::{COMMENT_LIMIT, Comment};
use crate::render::{diff, json};

pub(super) fn run(
    args: &DiffArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let board = global.request(world.now);
    if board.revision != Revision::WorkingTree {
        return Err(Failure::HeadTwice);
    }
    let revision = args.head.clone().map_or(Revision::WorkingTree, Revision::Named);
    let request = DiffRequest {
        board: Request { revision, ..board },
        base: args.base.clone(),
        gated: !args.fail_on.is_empty(),
    };
    let bar = Bar::new(world.error_terminal && !global.quiet);
    let compared = compare(&request, global.means(true, &bar));
    bar.clear();
    let Compared { comparison, notices, diagnostics } = compared?;
    output.notices(&notices);
    output.diagnostics(&diagnostics);
    match args.format {
        DiffFormat::Table => output.data(&diff::table(&comparison, &output.style))?,
        DiffFormat::Markdown => {
            let comment = Comment {
                limit: COMMENT_LIMIT,
                remarks: None,
                details: None,
                board: None,
                files: None,
            };
            output.data(&diff::markdown(&comparison, &comment))?;
        }
        DiffFormat::Json => output.stream(|out| json::diff(&comparison, out))?,
    }
    let met = args.fail_on.iter().map(|gate| (gate.name(), comparison.met(*gate)));
    let met: Vec<String> = met
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} ({count})"))
        .collect();
    if met.is_empty() {
        return Ok(Outcome::Fine);
    }
    output.say(&format!("--fail-on: {}", met.join(", ")));
    Ok(Outcome::Findings)
}
