//! `mdboard sync`: what templates have gained, brought into the checklists made from them.

use super::super::args::{Global, SyncArgs};
use super::super::output::Output;
use super::super::status::partners;
use super::super::{Failure, Outcome, World};
use super::{Beside, LifeError, beside, open, pin};
use crate::load::life::Life;
use crate::model::RepoPath;
use crate::render::lint::difference;
use crate::render::words;
use crate::report::Basis;
use crate::template::{Conflict, Synced, Versions, sync};

pub(in crate::cli) fn run(
    args: &SyncArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let (_, life, board) = open(global, world)?;
    let wanted = partners(&board, &args.names)?;
    let mut found = beside(&life, &board, &wanted)?;
    let is_cut = found.tell(output);
    let all = found.all;
    if all.is_empty() && !is_cut && !args.all {
        return Err(LifeError::NoTemplated(args.names.join(", ")).into());
    }
    // First everything is worked out: what cannot be is told before anything is written.
    let done: Vec<(Beside, Synced)> = all
        .into_iter()
        .map(|one| (synced(&life, &one), one))
        .map(|(done, one)| (one, done))
        .collect();
    let mut conflicts = 0;
    for (one, done) in &done {
        let path = &one.told.path;
        if let Some(compared) = compared(one) {
            output.say(&compared);
        }
        if done.text == one.text {
            output.say(&format!("{}: nothing to do", path.as_str()));
            continue;
        }
        match args.diff {
            true => {
                let shown = difference(path, &one.text, &done.text, &output.style);
                output.data(&shown)?;
            }
            false => {
                let (before, after) = (one.text.as_bytes(), done.text.as_bytes());
                life.disk().replace(path.as_str(), before, after)?;
            }
        }
        output.say(&summary(path, done));
        for conflict in &done.conflicts {
            output.say(&told(path, conflict));
        }
        conflicts += done.conflicts.len();
    }
    Ok(match (is_cut, conflicts) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Fine,
        (false, _) => Outcome::Findings,
    })
}

fn synced(life: &Life, one: &Beside) -> Synced {
    let versions = Versions { base: &one.base.text, now: &one.template.text };
    let pin = pin(&one.template.path, one.template.id);
    sync(&one.text, versions, &pin, &one.making(life))
}

/// What is told of a checklist that names no version that is here: what it lacks of the version that it
/// is compared with counts as taken out, and does not come.
fn compared(one: &Beside) -> Option<String> {
    let why = match one.told.basis {
        Basis::Pinned => return None,
        Basis::Unpinned => "it names no version of its template",
        Basis::Unresolved => "the version that it names is not here",
    };
    let with = match one.told.from == one.told.to {
        true => "today's version alone",
        false => "the version most like it",
    };
    let mut told = format!("{}: {why}, and it is compared with {with}", one.told.path.as_str());
    match one.told.drift.removed_here.len() {
        0 => {}
        1 => told.push_str("; 1 item of that is not here, and counts as taken out"),
        many => {
            told.push_str(&format!("; {many} items of that are not here, and count as taken out"))
        }
    }
    Some(told)
}

fn summary(path: &RepoPath, done: &Synced) -> String {
    let mut parts = Vec::new();
    for (count, one, many) in [
        (done.added.len(), "item added", "items added"),
        (done.reworded.len(), "item reworded", "items reworded"),
        (done.headings.len(), "heading changed", "headings changed"),
    ] {
        match count {
            0 => {}
            1 => parts.push(format!("1 {one}")),
            count => parts.push(format!("{count} {many}")),
        }
    }
    if !done.conflicts.is_empty() {
        parts.push(words::plural(done.conflicts.len(), "conflict"));
    }
    if parts.is_empty() {
        parts.push("names the newest version now".to_owned());
    }
    format!("{}: {}", path.as_str(), parts.join(", "))
}

fn told(path: &RepoPath, conflict: &Conflict) -> String {
    let (what, before, after, here, line) = match conflict {
        Conflict::Reworded { before, after, here, line } => ("item", before, after, here, line),
        Conflict::Heading { before, after, here, line } => ("heading", before, after, here, line),
        Conflict::Homeless { text, parent } => {
            return format!(
                "{}: the template has “{text}” under “{parent}”, which is not here, and it does not come",
                path.as_str()
            );
        }
    };
    format!(
        "{}:{line}: both sides have changed this {what}, and it stays as it is here: “{here}”; the \
         template had “{before}” and has “{after}”",
        path.as_str()
    )
}
