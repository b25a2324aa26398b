//! `mdboard init`: a board where there is none.

use std::collections::BTreeMap;

use super::super::args::{Global, InitArgs};
use super::super::output::Output;
use super::super::{Failure, Outcome, World};
use super::new::{can_be_written, write};
use crate::dates::Zone;
use crate::load::life::{Life, NoTemplate};
use crate::load::{self, Places};
use crate::model::RepoPath;
use crate::workspace::{self, Item};

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
    // What is configured is right, whatever else lies about.
    let is_configured = places.worktree.join("mdboard.toml").symlink_metadata().is_ok();
    let life = Life::of(&request)?;
    let found = if is_configured { None } else { existing(&places)? };
    let is_gitlab = places.remote.as_deref().is_some_and(|remote| remote.contains("gitlab"));
    let config = match &found {
        Some(folder) => CONFIG.replace(PARTNERS, &format!("partners = [{}]", glob(folder))),
        None => CONFIG.to_owned(),
    };
    let mut files = vec![("mdboard.toml".to_owned(), config)];
    let mut choice = String::new();
    match life.template(None)? {
        Err(NoTemplate::AtAll { folder }) if !folder.is_empty() => {
            files.push((format!("{folder}/partner-onboarding.md"), standing_alone(TEMPLATE)));
        }
        Ok(template) => files.push((template.path.as_str().to_owned(), template.text)),
        Err(NoTemplate::Which { known }) => choice = format!(" --template {}", known[0]),
        Err(_) => {}
    }
    let partners = life.partners_folder(&request).filter(|_| found.is_none());
    if let Some(folder) = partners
        && !matches!(life.item(&folder)?, Some(Item::File | Item::Symlink))
        && life.disk().items(&folder)?.is_empty()
    {
        let today = global.today().unwrap_or_else(|| Zone::UTC.day_of(world.now)).to_string();
        let path = format!("{folder}/first-partner/onboarding.md");
        files.push((path, PARTNER.replace("TODAY", &today)));
    }
    if !args.no_workflow {
        let (path, text) = match is_gitlab {
            true => ("mdboard.gitlab-ci.yml", GITLAB),
            false => (".github/workflows/board.yml", WORKFLOW),
        };
        files.push((path.to_owned(), text.to_owned()));
    }
    // Whatever stands there, a link too, is somebody's.
    let is_new = |path: &str| places.worktree.join(path).symlink_metadata().is_err();
    for (path, _) in files.iter().filter(|(path, _)| is_new(path)) {
        can_be_written(&places.worktree, path)?;
    }
    for (path, text) in files {
        if !is_new(&path) {
            output.say(&format!("  kept   {path}"));
            continue;
        }
        write(&places.worktree, &path, &text)?;
        output.say(&format!("  wrote  {path}"));
    }
    if let Some(folder) = &found {
        output.say(&format!("\nFound checklists in {folder}/, which mdboard.toml names now."));
    }
    let new = format!("mdboard new globex{choice} --start 2026-03-02");
    output.say(&format!(
        "\nNext:\n  {new:<39} a partner's checklist, from the template\n  \
         mdboard                                 the board\n  \
         git add -A && git commit                dates and authors come from commits"
    ));
    Ok(Outcome::Fine)
}

/// The glob for what stands in a folder, as TOML has it: what means something in a glob is itself.
fn glob(folder: &str) -> String {
    let mut glob = String::new();
    for char in folder.chars() {
        match char {
            '*' | '?' | '[' | '{' | '}' => {
                glob.push('[');
                glob.push(char);
                glob.push(']');
            }
            char => glob.push(char),
        }
    }
    let mut toml = String::new();
    for char in format!("{glob}/*").chars() {
        match char {
            '"' | '\\' => toml.extend(['\\', char]),
            char if char.is_control() => {
                toml.push_str(&format!("\\u{:04X}", u32::from(char)));
            }
            char => toml.push(char),
        }
    }
    format!("\"{toml}\"")
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
