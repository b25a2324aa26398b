//! `mdboard man`: the manual.

use clap::CommandFactory;

use super::args::{Arguments, ManArgs};
use super::output::Output;
use super::{Failure, Outcome};

pub(super) fn run(args: &ManArgs, output: &mut Output<'_>) -> Result<Outcome, Failure> {
    match &args.out {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            clap_mangen::generate_to(<Arguments as CommandFactory>::command(), folder)?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(<Arguments as CommandFactory>::command()).render(&mut page)?;
            output.data(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(Outcome::Fine)
}
