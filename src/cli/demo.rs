//! `mdboard demo`: a repository with a made-up board.

use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::args::{DemoArgs, Global};
use super::output::Output;
use super::{Failure, Outcome, World};
use crate::dates::Zone;
use crate::demo::{self, FastImport, Habits, Plan, Truth};
use crate::git;

/// How many partners there are unless somebody says how many.
const PARTNERS: u32 = 6;

pub(super) fn run(
    args: &DemoArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let partners = global.partner_count().map_err(|said| Failure::NotACount { said })?;
    let partners = partners.unwrap_or(PARTNERS);
    let plan = Plan {
        partners: count(partners),
        items: count(args.items),
        commits: count(args.commits),
        unrelated: count(args.unrelated),
        prose: count(args.prose),
        seed: args.seed,
        today: global.today().unwrap_or_else(|| Zone::UTC.day_of(world.now)),
        habits: Habits::TYPICAL,
    };
    let truth = args.truth.as_deref();
    match &args.folder {
        Some(folder) => into_folder(&plan, folder, truth, output),
        None => as_stream(&plan, truth, output),
    }
}

fn as_stream(
    plan: &Plan,
    truth_file: Option<&Path>,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let mut truth = None;
    output.stream(|out| {
        let mut buffered = BufWriter::with_capacity(1 << 20, out);
        let mut stream = FastImport::new(&mut buffered);
        let sink = &mut |draft: &_, mainline| stream.commit(draft, mainline);
        truth = Some(demo::simulate(plan, sink)?);
        stream.finish()
    })?;
    truth.map_or(Ok(()), |truth| save(&truth, truth_file, |_| None))?;
    Ok(Outcome::Fine)
}

fn into_folder(
    plan: &Plan,
    folder: &Path,
    truth_file: Option<&Path>,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    if !is_free(folder)? {
        return Err(Failure::NotEmpty { folder: folder.to_owned() });
    }
    // Everything happens beside the folder, so that nothing half-written is left if it fails.
    let beside = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    std::fs::create_dir_all(&beside).map_err(cannot(&beside))?;
    let workshop = tempfile::Builder::new().prefix(".mdboard-demo-").tempdir_in(&beside);
    let workshop = workshop.map_err(cannot(&beside))?;
    let board = workshop.path().join("board");
    let mut ids = Vec::new();
    let truth = git::create(&board, |writer| {
        demo::simulate(plan, &mut |draft, mainline| {
            ids.push(writer.commit(draft, mainline)?);
            Ok::<(), git::Error>(())
        })
    })?;
    save(&truth, truth_file, |number| ids.get(number).map(ToString::to_string))?;
    // An empty folder gives way; on some systems a rename does not replace one.
    if folder.exists() {
        std::fs::remove_dir(folder).map_err(cannot(folder))?;
    }
    std::fs::rename(&board, folder).map_err(cannot(folder))?;
    let place = folder.display();
    output.say(&format!(
        "made {place} with {} commits about {} partners; all of it is fictional\n\n  \
         mdboard -C {place}\n  mdboard -C {place} log\n",
        truth.commits.len(),
        plan.partners,
    ));
    Ok(Outcome::Fine)
}

/// Whether a folder does not exist or holds nothing.
fn is_free(folder: &Path) -> Result<bool, Failure> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(cannot(folder)(error)),
    }
}

fn save(
    truth: &Truth,
    file: Option<&Path>,
    id: impl Fn(usize) -> Option<String>,
) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    std::fs::write(file, truth.json_lines(id)).map_err(cannot(file))
}

fn cannot(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    |reason| Failure::File { path, reason }
}
