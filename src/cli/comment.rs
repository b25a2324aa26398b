//! `mdboard comment`: what a change does, under its pull or merge request.

use std::io::Read;

use super::args::{CommentArgs, Global};
use super::output::Output;
use super::{Failure, Outcome, World};

pub(super) fn run(
    args: &CommentArgs,
    global: &Global,
    world: &World,
    stdin: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let _ = (args, global, world, stdin, output);
    todo!()
}
