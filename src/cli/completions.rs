//! `mdboard completions`: a script that teaches a shell our commands.

use clap::CommandFactory;

use super::args::{Arguments, CompletionsArgs};
use super::output::Output;
use super::{Failure, Outcome};

pub(super) fn run(args: &CompletionsArgs, output: &mut Output<'_>) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut <Arguments as CommandFactory>::command(),
        "mdboard",
        &mut script,
    );
    output.data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
