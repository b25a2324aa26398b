//! `mdboard cache`: what is kept between runs, and removing it.

use super::args::{CacheAction, CacheArgs, CacheFormat, Global};
use super::output::Output;
use super::{Failure, Outcome};
use crate::cache::Cache;
use crate::cache::Kind;
use crate::git::Repository;
use crate::load;
use crate::render::{json, table};
use crate::report::{Kept, Record};

pub(super) fn run(
    args: &CacheArgs,
    global: &Global,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let repository = Repository::open(&global.dir).map_err(load::Error::from)?;
    let cache = Cache::of(&repository.common_directory());
    let folder = cache.folder().display().to_string();
    let failed = |reason| Failure::Cache { folder: folder.clone(), reason };
    match args.action.unwrap_or(CacheAction::Show { format: args.format }) {
        CacheAction::Show { format } => {
            let entries = cache.entries().map_err(failed)?;
            let of = |kind| {
                let some = entries.iter().filter(|entry| entry.kind == kind);
                some.map(|entry| Record { commit: entry.tip, bytes: entry.bytes, used: entry.used })
                    .collect()
            };
            let (checkpoints, answers) = (of(Kind::Checkpoint), of(Kind::Answer));
            let kept = Kept { folder: folder.clone(), checkpoints, answers };
            match format {
                CacheFormat::Table => output.data(&table::cache(&kept)),
                CacheFormat::Json => output.stream(|out| json::cache(&kept, out)),
            }
        }
        CacheAction::Clear => {
            let cleared = cache.clear().map_err(failed)?;
            let counts = (cleared.checkpoints, cleared.answers);
            output.data(&table::cleared(&folder, counts, cleared.bytes))
        }
    }?;
    Ok(Outcome::Fine)
}
