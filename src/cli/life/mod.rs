//! The commands for templates and boxes: what they share.

pub(super) mod drift;
pub(super) mod init;
pub(super) mod new;
pub(super) mod sync;
pub(super) mod tick;

use std::collections::{BTreeMap, HashMap};

use super::args::Global;
use super::output::Output;
use super::{Failure, World};
use crate::board::{Board, Checklist, Partner};
use crate::load::life::{Life, NoTemplate, Template, Version};
use crate::load::{self, Request, Revision};
use crate::model::diagnostic::codes;
use crate::model::{BlobId, Diagnostic, RepoPath, joined, pinned};
use crate::parse;
use crate::report::{Basis, Drifted};
use crate::template::{Making, Values, Versions, drift};
use crate::workspace::Unreplaced;

/// What stops one of these commands.
#[derive(Debug, thiserror::Error)]
pub(super) enum LifeError {
    #[error(transparent)]
    Template(#[from] NoTemplate),
    #[error("`{0}` is there already")]
    Exists(String),
    #[error("the template needs to know {}", .0.join(", "))]
    Unfilled(Vec<String>),
    #[error("nothing says where the checklists of partners are kept")]
    NoFolder,
    #[error("`{0}` is a file, and a partner with several checklists is a folder")]
    IsFile(String),
    #[error("`{0}` would not be on the board")]
    OffBoard(String),
    #[error("`{0}` is a symbolic link, and none is followed")]
    Link(String),
    #[error("`{0}` is a file, and a folder is needed there")]
    NoFolderThere(String),
    #[error("`{0}` makes no name for a folder")]
    NoName(String),
    #[error("no item of {partner} is meant by `{item}`")]
    NoItem { partner: String, item: String },
    #[error("several items of {partner} could be meant by `{item}`")]
    WhichItem { partner: String, item: String, found: Vec<String> },
    #[error("{text}: {why}")]
    Untickable { text: String, why: crate::template::Untickable },
    #[error("--reason says what a blocked item waits for, and needs --state blocked")]
    ReasonWithoutBlock,
    #[error("--date says when an item was done, and goes with no other state")]
    DateWithoutTick,
    #[error("{}", .0.join(", and "))]
    LeftOut(Vec<String>),
    #[error("`{0}` is not committed yet, so that a commit of one box could not hold it")]
    NotCommitted(String),
    #[error("this works on the files on disk, and --rev and --as-of look at others")]
    Past,
    #[error(transparent)]
    Git(crate::git::Error),
    #[error("{why}; {} could not be put back and hold what was asked for", .files.join(", "))]
    Halfway { why: String, files: Vec<String> },
    #[error("`{0}` is not on disk")]
    NotOnDisk(String),
    #[error("`{0}` is no text that can be read")]
    NoText(String),
    #[error("no checklist of {0} names a template")]
    NoTemplated(String),
    #[error("`{checklist}` is compared with nothing: {why}")]
    Uncompared { checklist: String, why: NoTemplate },
}

impl LifeError {
    /// What is told of files that could not all be written.
    fn unwritten(Unreplaced { why, left }: Unreplaced) -> LifeError {
        match left.as_slice() {
            [] => LifeError::Git(why),
            _ => LifeError::Halfway { why: why.to_string(), files: left },
        }
    }

    pub(super) fn help(&self) -> String {
        match self {
            LifeError::Template(NoTemplate::AtAll { .. }) => {
                "`mdboard init` makes one".to_owned()
            }
            LifeError::Template(
                NoTemplate::OfName { known, .. } | NoTemplate::Which { known },
            ) => {
                format!("--template takes one of: {}", known.join(", "))
            }
            LifeError::Exists(_) => {
                "nothing is overwritten; name another place with --file, or --stdout to look at it"
                    .to_owned()
            }
            LifeError::Unfilled(_) => {
                "say it with --start, --owner, --type or --var NAME=VALUE".to_owned()
            }
            LifeError::NoFolder => {
                "say where with --file, as in `--file docs/globex/onboarding.md`".to_owned()
            }
            LifeError::IsFile(_) => "make it a folder first: git mv FILE FOLDER/".to_owned(),
            LifeError::OffBoard(_) => {
                "the globs in mdboard.toml (`partners`) say what is on it".to_owned()
            }
            LifeError::Link(_) => "name the folder that it leads to, if that is in the repository".to_owned(),
            LifeError::NoFolderThere(_) => "move the file away, or name another place with --file".to_owned(),
            LifeError::NoName(_) => {
                "a name has letters or digits, and is none that Windows keeps for a device".to_owned()
            }
            LifeError::NoItem { partner, .. } => {
                format!("`mdboard tick {partner}` lists them with their numbers")
            }
            LifeError::WhichItem { found, .. } => {
                format!("say more of its words, or its number:\n{}", found.join("\n"))
            }
            LifeError::Untickable { why, .. } => match why {
                crate::template::Untickable::IsParent(_) => {
                    "tick the items under it".to_owned()
                }
                crate::template::Untickable::TextSays(_) => {
                    "change its text in an editor".to_owned()
                }
                crate::template::Untickable::NoBox(state) => format!(
                    "say in mdboard.toml what does, below [states], as in `\"c\" = \"{}\"`",
                    state.name()
                ),
                crate::template::Untickable::Unsayable(_) => {
                    "say it in other words: without `@names`, dates that are due, and brackets that do not close"
                        .to_owned()
                }
                crate::template::Untickable::Alone => {
                    "where it stands alone, only its text can say more: `--state blocked --reason …`"
                        .to_owned()
                }
                _ => "`mdboard items` shows how things are".to_owned(),
            },
            LifeError::ReasonWithoutBlock => "say --state blocked as well".to_owned(),
            LifeError::DateWithoutTick => "leave --state out".to_owned(),
            LifeError::LeftOut(_) => {
                "mdboard runs no hooks and signs nothing: leave --commit out and commit with git, or \
                 say --no-verify"
                    .to_owned()
            }
            LifeError::NotCommitted(_) => "commit the file with git first".to_owned(),
            LifeError::Past => "leave them out, or check the version out first".to_owned(),
            LifeError::Git(error) => error.help(),
            LifeError::NotOnDisk(path) => {
                format!("have it there first: git sparse-checkout add {path}")
            }
            LifeError::Halfway { .. } => "`git diff` shows what stands in them".to_owned(),
            LifeError::Uncompared { why: NoTemplate::OfName { known, .. }, .. } if !known.is_empty() => {
                format!("`template` in its front matter takes one of: {}", known.join(", "))
            }
            LifeError::Uncompared { why: NoTemplate::Which { known }, .. } => {
                format!("`template` in its front matter takes a path: {}", known.join(", "))
            }
            LifeError::Uncompared { why: NoTemplate::OfName { .. } | NoTemplate::AtAll { .. }, .. } => {
                "without `template` in its front matter, it is left alone".to_owned()
            }
            LifeError::NoText(_)
            | LifeError::Uncompared { why: NoTemplate::NoText { .. }, .. }
            | LifeError::Template(NoTemplate::NoText { .. }) => {
                "mdboard reads UTF-8 up to 1 MiB".to_owned()
            }
            LifeError::NoTemplated(_) => {
                "a checklist names its template in its front matter: `template: partner-onboarding`"
                    .to_owned()
            }
        }
    }
}

/// The board as it is on disk, and what works on it.
fn open(global: &Global, world: &World) -> Result<(Request, Life, Board), Failure> {
    let request = global.request(world.now);
    if request.revision != Revision::WorkingTree {
        return Err(LifeError::Past.into());
    }
    let life = Life::of(&request)?;
    let loaded = load::board_by(&request, global.means(false, &()))?;
    Ok((request, life, loaded.board))
}

/// The text of a file that has to be there.
fn text(life: &Life, path: &RepoPath) -> Result<String, Failure> {
    // A sparse checkout has it in the index alone.
    if life.item(path.as_str())?.is_none() {
        return Err(LifeError::NotOnDisk(path.as_str().to_owned()).into());
    }
    let text = life.text(path)?;
    text.ok_or_else(|| LifeError::NoText(path.as_str().to_owned()).into())
}

/// What the variables of a template stand for in a checklist that is there.
fn values_of(partner: &Partner, checklist: &Checklist) -> Values {
    let mut values = BTreeMap::new();
    let mut set = |name: &str, value: Option<String>| {
        values.extend(value.map(|value| (name.to_owned(), value)));
    };
    set("partner", Some(partner.name.clone()));
    set("partner_id", Some(partner.id.0.clone()));
    set("start_date", checklist.start.map(|(start, _)| start.to_string()));
    set("owner", partner.owners.first().cloned());
    set("type", partner.kind.clone());
    Values(values)
}

/// What is compared has the same words wherever its links lead.
const NOWHERE: fn(&str) -> Option<String> = |_| None;

/// A checklist beside its template, with the texts of both.
struct Beside {
    told: Drifted,
    template: Template,
    base: Version,
    values: Values,
    kind: Option<String>,
    text: String,
}

impl Beside {
    fn making<'a>(&'a self, life: &'a Life) -> Making<'a> {
        let Beside { told, template, values, kind, .. } = self;
        making(life, &template.path, &told.path, (values, kind.as_deref()))
    }
}

/// How a checklist that is there would be made from its template.
fn making<'a>(
    life: &'a Life,
    template: &'a RepoPath,
    checklist: &'a RepoPath,
    (values, kind): (&'a Values, Option<&'a str>),
) -> Making<'a> {
    let options = &life.options;
    Making { template, checklist, values, kind, leads_to: &NOWHERE, keys: &[], options }
}

/// What could be compared, and why other checklists could not.
#[derive(Default)]
struct Compared {
    all: Vec<Beside>,
    left: Vec<LifeError>,
}

impl Compared {
    /// Tells of what could not be compared; whether there is any.
    fn tell(&mut self, output: &mut Output<'_>) -> bool {
        let left = std::mem::take(&mut self.left);
        let is_any = !left.is_empty();
        left.into_iter().for_each(|error| output.failure(&error.into()));
        is_any
    }
}

/// The checklists of some partners that name a template; of none, all. One that cannot be read stops
/// no other.
fn beside(
    life: &Life,
    board: &Board,
    wanted: &[crate::model::PartnerId],
) -> Result<Compared, Failure> {
    let history = life.history()?;
    // Many checklists are made from few templates.
    let mut templates: HashMap<String, Result<Template, NoTemplate>> = HashMap::new();
    let mut found = Compared::default();
    let is_wanted = |partner: &&Partner| wanted.is_empty() || wanted.contains(&partner.id);
    for partner in board.partners.iter().filter(is_wanted) {
        for checklist in &partner.checklists {
            let Some(written) = &checklist.template else { continue };
            let template = match named(life, &mut templates, &checklist.path, written)? {
                Ok(template) => template,
                // The key means other things to other programs.
                Err(NoTemplate::OfName { .. } | NoTemplate::AtAll { .. }) if !is_path(written) => {
                    continue;
                }
                Err(why) => {
                    let checklist = checklist.path.as_str().to_owned();
                    found.left.push(LifeError::Uncompared { checklist, why });
                    continue;
                }
            };
            let Some(text) = life.text(&checklist.path)? else {
                found.left.push(LifeError::NoText(checklist.path.as_str().to_owned()));
                continue;
            };
            let known = history.get(&template.path).map_or(&[][..], Vec::as_slice);
            found.all.push(compared(life, (partner, checklist, text), written, template, known)?);
        }
    }
    if wanted.is_empty() {
        // These are on no board, so that nobody knows what they name.
        let too_large = |told: &&Diagnostic| told.code == codes::OVERSIZED_FILE;
        let too_large = board.diagnostics.iter().filter(too_large);
        found.left.extend(too_large.map(|told| LifeError::NoText(told.path.as_str().to_owned())));
    }
    Ok(found)
}

/// Whether what a checklist says of its template can be nothing else.
fn is_path(written: &str) -> bool {
    let (name, version) = pinned(written);
    let is_prose = name.contains(['{', '}']) || name.contains("://");
    !is_prose
        && (version.is_some() || name.ends_with(".md") || name.contains('/') && !name.contains(' '))
}

/// The template that a checklist names, which may be written from its own folder.
fn named(
    life: &Life,
    known: &mut HashMap<String, Result<Template, NoTemplate>>,
    checklist: &RepoPath,
    written: &str,
) -> Result<Result<Template, NoTemplate>, Failure> {
    let (name, _) = pinned(written);
    let mut of = |name: &str| -> Result<Result<Template, NoTemplate>, Failure> {
        if let Some(known) = known.get(name) {
            return Ok(known.clone());
        }
        let found = life.template(Some(name))?;
        known.insert(name.to_owned(), found.clone());
        Ok(found)
    };
    let found = of(name)?;
    match (&found, joined(checklist.folder(), name)) {
        (Err(NoTemplate::OfName { .. }), Some(path)) => Ok(of(&path)?.or(found)),
        _ => Ok(found),
    }
}

fn compared(
    life: &Life,
    (partner, checklist, text): (&Partner, &Checklist, String),
    written: &str,
    template: Template,
    known: &[BlobId],
) -> Result<Beside, Failure> {
    let values = values_of(partner, checklist);
    let kind = partner.kind.clone();
    let pin = life.pinned(&template, written)?;
    let making = making(life, &template.path, &checklist.path, (&values, kind.as_deref()));
    let (basis, base) = match pin {
        Some(version) => (Basis::Pinned, version),
        None => {
            let basis = match pinned(written).1 {
                Some(_) => Basis::Unresolved,
                None => Basis::Unpinned,
            };
            let versions = life.versions(&template, known)?;
            // The most alike; of several the newest.
            let far = |version: &Version| {
                let versions = Versions { base: &version.text, now: &version.text };
                let drift = drift(&text, versions, &making);
                let other = drift.reworded_here.len() + drift.removed_here.len();
                other + drift.own.len()
            };
            let best = versions.into_iter().rev().min_by_key(far);
            let now = Version { id: template.id, text: template.text.clone() };
            (basis, best.unwrap_or(now))
        }
    };
    let place = |id: BlobId| known.iter().position(|other| *other == id);
    let behind = place(base.id).zip(place(template.id)).and_then(|(from, to)| to.checked_sub(from));
    let versions = Versions { base: &base.text, now: &template.text };
    let told = Drifted {
        partner: partner.id.clone(),
        path: checklist.path.clone(),
        template: template.path.clone(),
        basis,
        from: base.id,
        to: template.id,
        versions_behind: behind,
        drift: drift(&text, versions, &making),
    };
    Ok(Beside { told, template, base, values, kind, text })
}

/// What a checklist says of the version that it was made from.
fn pin(path: &RepoPath, id: BlobId) -> String {
    let id: String = id.to_string().chars().take(12).collect();
    let written = format!("{}@{id}", path.as_str());
    match yaml(path.as_str()) == path.as_str() {
        true => written,
        false => yaml(&written),
    }
}

/// A text as YAML takes it for a text, on one line.
fn yaml(text: &str) -> String {
    let line = text.replace(char::is_control, " ");
    parse::scalar(&line).unwrap_or_else(|| parse::quote(&line))
}
