//! `mdboard init`: a board where there is none.

use std::collections::BTreeMap;

use super::super::args::{Global, InitArgs};
use super::super::output::Output;
use super::super::{Failure, Outcome, World};
use super::new::write;
use crate::dates::Zone;
use crate::load::{self, Places};
use crate::model::RepoPath;
use crate::workspace;

/// The configuration, with every key explained.
const CONFIG: &str = include_str!("init/mdboard.toml");
/// The line of it that names the partners.
const PARTNERS: &str = "partners = [\"partners/*\"]";
const TEMPLATE: &str = include_str!("../../../templates/partner-onboarding.md");
const PARTNER: &str = include_str!("init/first-partner.md");
const WORKFLOW: &str = include_str!("../../../docs/ci/github.yml");
const GITLAB: &str = include_str!("../../../docs/ci/mdboard.gitlab-ci.yml");

/// A file with fewer boxes than this is a note, and no checklist.
const BOXES: usize = 3;

pub(in crate::cli) fn run(
    args: &InitArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let request = global.request(world.now);
    let places = load::places(&request)?;
    let found = existing(&places)?;
    let is_gitlab = places.remote.as_deref().is_some_and(|remote| remote.contains("gitlab"));
    let config = match &found {
        Some(folder) => {
            CONFIG.replace(PARTNERS, &format!("partners = [{:?}]", format!("{folder}/*")))
        }
        None => CONFIG.to_owned(),
    };
    let mut files = vec![("mdboard.toml", config)];
    files.push(("templates/partner-onboarding.md", standing_alone(TEMPLATE)));
    if found.is_none() && !places.worktree.join("partners").exists() {
        let today = global.today().unwrap_or_else(|| Zone::UTC.day_of(world.now)).to_string();
        files.push(("partners/first-partner/onboarding.md", PARTNER.replace("TODAY", &today)));
    }
    if !args.no_workflow {
        files.push(match is_gitlab {
            true => ("mdboard.gitlab-ci.yml", GITLAB.to_owned()),
            false => (".github/workflows/board.yml", WORKFLOW.to_owned()),
        });
    }
    for (path, text) in files {
        let place = places.worktree.join(path);
        // Whatever stands there, a link too, is somebody's.
        if place.symlink_metadata().is_ok() {
            output.say(&format!("  kept   {path}"));
            continue;
        }
        write(&places.worktree, path, &text)?;
        output.say(&format!("  wrote  {path}"));
    }
    if let Some(folder) = &found {
        output.say(&format!("\nFound checklists in {folder}/, which mdboard.toml names now."));
    }
    output.say(
        "\nNext:\n  mdboard new globex --start 2026-03-02   a partner's checklist, from the template\n  \
         mdboard                                 the board\n  \
         git add -A && git commit                dates and authors come from commits",
    );
    Ok(Outcome::Fine)
}

/// The template without what it says of others that are not there.
fn standing_alone(text: &str) -> String {
    let mut out = String::new();
    let mut skips = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("related_templates:") {
            skips = true;
            continue;
        }
        if line.starts_with("## Related Templates") {
            break;
        }
        skips = skips && line.starts_with("  - ");
        if !skips {
            out.push_str(line);
        }
    }
    format!("{}\n", out.trim_end())
}

/// The folder in which checklists are kept already, if there is one: each in a folder of its own, or
/// each a file.
fn existing(places: &Places) -> Result<Option<String>, Failure> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in workspace::markdown(&places.worktree)? {
        let text = workspace::read_named(&places.worktree.join(path.as_str()), 1024 * 1024);
        let Ok(bytes) = text else { continue };
        let document = crate::parse::document(&path, &bytes, &crate::parse::Options::default());
        if document.items.len() < BOXES || is_elsewhere(&path) {
            continue;
        }
        let folder = path.folder();
        if folder.is_empty() {
            continue;
        }
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        for folder in [folder, above].into_iter().filter(|folder| !folder.is_empty()) {
            *counts.entry(folder.to_owned()).or_default() += 1;
        }
    }
    // Checklists side by side, or in folders side by side: the innermost folder that holds most.
    let most = counts.iter().max_by_key(|(folder, count)| (**count, folder.len()));
    Ok(most
        .filter(|(folder, count)| **count > 1 && *folder != "partners")
        .map(|(folder, _)| folder.clone()))
}

/// Where checklists of partners never are.
fn is_elsewhere(path: &RepoPath) -> bool {
    let first = path.as_str().split('/').next().unwrap_or_default();
    matches!(first, "templates" | ".github" | ".gitlab" | "partners" | "node_modules" | "target")
}
