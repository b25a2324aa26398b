//! `mdboard new`: a checklist from a template.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::super::args::{Global, NewArgs};
use super::super::output::Output;
use super::super::{Failure, Outcome, World};
use super::{LifeError, open, pin, yaml};
use crate::board::{Board, Partner};
use crate::dates::Date;
use crate::load::life::{Life, Template};
use crate::load::{self, Request};
use crate::model::{RepoPath, joined};
use crate::parse;
use crate::template::{Making, Unfilled, Unmade, Values, Why, make};
use crate::workspace::{Item, write_new};

pub(in crate::cli) fn run(
    args: &NewArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let (request, life, board) = open_any(global, world)?;
    let template = life.template(args.template.as_deref())?.map_err(LifeError::from)?;
    let who = Who::of(args, &life, &board, &request)?;
    let path = who.path(args, &template)?;
    let start = start(args, &life, &path, board.today)?;
    let text = checklist(args, &life, &template, &who, (&path, &start))?;
    if args.stdout {
        output.data(&text)?;
        return Ok(Outcome::Fine);
    }
    if life.item(path.as_str())?.is_some() {
        return Err(LifeError::Exists(path.as_str().to_owned()).into());
    }
    if !life.is_on_board(&path) {
        return Err(LifeError::OffBoard(path.as_str().to_owned()).into());
    }
    write(&life.worktree(), path.as_str(), &text)?;
    output.say(&format!("wrote {}", path.as_str()));
    if let Start::Today(day) = start {
        output.say(&format!(
            "it starts today, {day}; `start_date` in it, or --start, says another day"
        ));
    }
    // What is named by its path may be another partner's.
    let whose = if args.file.is_none() { format!(" {}", who.id) } else { String::new() };
    output.say(&format!("commit it, and `mdboard status{whose}` shows how far it is"));
    Ok(Outcome::Fine)
}

/// The day that a checklist counts from.
enum Start {
    Said(Date),
    /// A `README.md` beside or above it says it for all checklists there.
    OfPartner(Date),
    /// Nobody says: it is made today.
    Today(Date),
}

impl Start {
    fn day(&self) -> Date {
        match self {
            Start::Said(day) | Start::OfPartner(day) | Start::Today(day) => *day,
        }
    }
}

fn start(args: &NewArgs, life: &Life, path: &RepoPath, today: Date) -> Result<Start, Failure> {
    if let Some(day) = args.start {
        return Ok(Start::Said(day));
    }
    for readme in life.readmes(path) {
        let Some(text) = life.text(&readme)? else { continue };
        let document = parse::document(&readme, text.as_bytes(), &life.options);
        if let Some((day, _)) = document.front_matter.start_date {
            return Ok(Start::OfPartner(day));
        }
    }
    Ok(Start::Today(today))
}

/// The board, also one without a partner yet.
fn open_any(global: &Global, world: &World) -> Result<(Request, Life, Board), Failure> {
    match open(global, world) {
        Err(Failure::Load(load::Error::NoFiles { .. } | load::Error::NoItems { .. })) => {
            let request = global.request(world.now);
            let life = Life::of(&request)?;
            let today = load::today(&request, &life.config);
            let board = Board::empty(today, life.config.timezone);
            Ok((request, life, board))
        }
        other => other,
    }
}

/// Whether nothing is in the way of a new file below a working tree. No link is followed to it: it may
/// lead out of the repository.
pub(super) fn can_be_written(worktree: &Path, path: &str) -> Result<(), Failure> {
    for (at, _) in path.match_indices('/') {
        let folder = &path[..at];
        let place = worktree.join(folder);
        match place.symlink_metadata() {
            Ok(found) if found.is_symlink() => {
                return Err(LifeError::Link(folder.to_owned()).into());
            }
            Ok(found) if !found.is_dir() => {
                return Err(LifeError::NoFolderThere(folder.to_owned()).into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes a new file below a working tree, by its path there.
pub(super) fn write(worktree: &Path, path: &str, text: &str) -> Result<(), Failure> {
    can_be_written(worktree, path)?;
    let place = worktree.join(path);
    let failed = |reason| Failure::File { path: place.clone(), reason };
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match write_new(&place, text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(LifeError::Exists(path.to_owned()).into())
        }
        other => other.map_err(failed),
    }
}

/// The partner that a checklist is for.
struct Who {
    id: String,
    name: String,
    kind: Option<String>,
    owner: Option<String>,
    /// Its folder, from the repository's root; `None`: nobody can tell.
    folder: Option<String>,
}

impl Who {
    fn of(args: &NewArgs, life: &Life, board: &Board, request: &Request) -> Result<Who, Failure> {
        let known = board.partners.iter().find(|partner| partner.id.0 == args.partner);
        if let Some(partner) = known {
            return Who::known(args, life, partner, request);
        }
        let id = slug(&args.partner);
        if id.is_empty() || is_device(&id) {
            return Err(LifeError::NoName(args.partner.clone()).into());
        }
        if let Some(partner) = board.partners.iter().find(|partner| partner.id.0 == id) {
            return Who::known(args, life, partner, request);
        }
        // A name that a partner has already, if only one has it.
        let name = args.partner.trim().to_lowercase();
        let mut named = board.partners.iter().filter(|one| one.name.to_lowercase() == name);
        if let (Some(partner), None) = (named.next(), named.next()) {
            return Who::known(args, life, partner, request);
        }
        let folder = life.partners_folder(request).map(|folder| format!("{folder}/{id}"));
        Ok(Who {
            id,
            name: args.partner.trim().replace(char::is_control, " "),
            kind: args.kind.clone(),
            owner: args.owner.clone(),
            folder,
        })
    }

    fn known(
        args: &NewArgs,
        life: &Life,
        partner: &Partner,
        request: &Request,
    ) -> Result<Who, Failure> {
        let folder = life.partners_folder(request).map(|folder| format!("{folder}/{}", partner.id));
        if let Some(folder) = &folder {
            let file = format!("{folder}.md");
            let is_folder = life.item(folder)? == Some(Item::Folder);
            if !is_folder && life.item(&file)?.is_some() {
                return Err(LifeError::IsFile(file).into());
            }
        }
        Ok(Who {
            id: partner.id.0.clone(),
            name: partner.name.clone(),
            kind: args.kind.clone().or_else(|| partner.kind.clone()),
            owner: args.owner.clone().or_else(|| partner.owners.first().cloned()),
            folder,
        })
    }

    fn path(&self, args: &NewArgs, template: &Template) -> Result<RepoPath, Failure> {
        if let Some(file) = &args.file {
            let written = file.to_string_lossy().replace('\\', "/");
            let path = joined("", &written).filter(|path| !path.is_empty());
            return path.map(RepoPath::new).ok_or_else(|| LifeError::OffBoard(written).into());
        }
        let folder = self.folder.clone().ok_or(LifeError::NoFolder)?;
        Ok(RepoPath::new(format!("{folder}/{}", template.path.file_name())))
    }
}

fn checklist(
    args: &NewArgs,
    life: &Life,
    template: &Template,
    who: &Who,
    (path, start): (&RepoPath, &Start),
) -> Result<String, Failure> {
    let day = Some(start.day().to_string());
    let mut values: BTreeMap<String, String> =
        [("partner", who.name.clone()), ("partner_id", who.id.clone())]
            .map(|(name, value)| (name.to_owned(), value))
            .into();
    let known = [("start_date", &day), ("owner", &who.owner), ("type", &who.kind)];
    for (name, value) in known {
        values.extend(value.clone().map(|value| (name.to_owned(), value)));
    }
    values.extend(args.var.iter().cloned());
    let mut keys = Vec::new();
    let mut key = |name: &str, value: Option<String>| {
        keys.extend(value.map(|value| (name.to_owned(), value)));
    };
    key("partner", (who.name != who.id).then(|| yaml(&who.name)));
    key("type", args.kind.as_deref().map(yaml));
    key("start_date", day.filter(|_| !matches!(start, Start::OfPartner(_))));
    let owner = args.owner.as_deref().map(|owner| owner.trim().trim_start_matches('@'));
    key("owner", owner.filter(|owner| !owner.is_empty()).map(yaml));
    key("template", Some(pin(&template.path, template.id)));
    let values = Values(values);
    let making = Making {
        template: &template.path,
        checklist: path,
        values: &values,
        kind: who.kind.as_deref(),
        leads_to: &|destination| life.leads_to(&template.path, destination),
        keys: &keys,
        options: &life.options,
    };
    make(&template.text, &making).map_err(|Unmade::Unfilled(all)| {
        let told = all.iter().map(|one| told(&template.path, one)).collect();
        LifeError::Unfilled(told).into()
    })
}

fn told(template: &RepoPath, unfilled: &Unfilled) -> String {
    let place = format!("{}:{}", template.as_str(), unfilled.line);
    match &unfilled.why {
        Why::NoValue(name) => format!("`{name}` ({place})"),
        Why::Wrong(why) => {
            format!("what `{{{{ {} }}}}` means ({place}: {why})", unfilled.expression)
        }
    }
}

/// Whether Windows keeps a name for a device: nobody could check the folder out there.
fn is_device(id: &str) -> bool {
    let numbered = |name: &str| {
        let number = id.strip_prefix(name).unwrap_or_default();
        number.len() == 1 && number.chars().all(|char| matches!(char, '1'..='9'))
    };
    matches!(id, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// A folder's name for a partner.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for char in name.trim().chars().flat_map(char::to_lowercase) {
        match char {
            char if char.is_alphanumeric() || char == '_' => slug.push(char),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}
