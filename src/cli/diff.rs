//! `mdboard diff`: what a change does to the board.

use super::args::{DiffArgs, Global};
use super::output::Output;
use super::{Failure, Outcome, World};

pub(super) fn run(
    args: &DiffArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let _ = (args, global, world, output);
    todo!()
}
