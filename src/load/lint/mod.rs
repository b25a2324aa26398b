//! Reading what is to be linted: files of the working tree, of a revision, or from standard input,
//! and what is around them.

mod around;
mod desk;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Mutex;

use super::{Error, Ground, Notice, Request, Revision, today};
use crate::config::Config;
use crate::lint::project::{Input, Project, Tree};
use crate::model::RepoPath;
use crate::parse::Options;
use crate::workspace::Disk;
pub(super) use around::OnDisk;
use around::{Committed, History};
use desk::{Desk, Found};

/// What is to be linted.
#[derive(Clone, Debug)]
pub struct LintRequest {
    /// Which board, and which version of it.
    pub board: Request,
    /// Files and folders, from the board request's folder; empty for the templates and the
    /// partners' files.
    pub paths: Vec<PathBuf>,
    /// A text to lint as if it were a file, and nothing else.
    pub stdin: Option<(PathBuf, Vec<u8>)>,
    /// Only files that differ from where this revision and the version looked at have parted.
    pub since: Option<String>,
}

/// A board that is being linted, beside its files.
pub struct Site {
    /// Its configuration.
    pub config: Config,
    /// Its root, empty for the repository's.
    pub root: String,
    /// What a reader should know.
    pub notices: Vec<Notice>,
    /// The text from standard input stands for this file.
    pub stdin: Option<RepoPath>,
    disk: Disk,
}

impl Site {
    /// Gives a file another text, if it still has the one that was read.
    ///
    /// # Errors
    ///
    /// It could not be written, or somebody else has changed it meanwhile.
    pub fn write(&self, path: &RepoPath, before: &str, after: &str) -> Result<(), Error> {
        Ok(self.disk.replace(path.as_str(), before.as_bytes(), after.as_bytes())?)
    }
}

/// Reads what is to be linted, and does something with it.
///
/// # Errors
///
/// There is no board, nothing to lint, or something cannot be read.
pub fn lint<R>(
    request: &LintRequest,
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl FnOnce(Project<'_>, &Site) -> R,
) -> Result<R, Error> {
    let Ground { repository, tip, root, config, scope } = Ground::of(&request.board)?;
    let options = Options::of(&config)?;
    let desk = Desk { repository: &repository, request, tip, root: &root, scope: &scope };
    let on_disk = request.board.revision == Revision::WorkingTree;
    let wanted = desk.wanted()?;
    let Found { sources, found, ignored, notices } = desk.sources(&wanted)?;
    let is_nothing = sources.is_empty() && found.is_empty() && ignored.is_empty();
    // Nothing in a folder that was named, or nothing changed, is fine.
    if is_nothing && !wanted.is_some && request.since.is_none() {
        return Err(desk.nothing_here(&config));
    }
    let tree: Box<dyn Tree> = match tip.filter(|_| !on_disk) {
        None => Box::new(OnDisk::new(Disk::of(&repository))),
        Some(tip) => Box::new(Committed { repository: Mutex::new(repository.reopen()?), tip }),
    };
    let past =
        History { repository: &repository, tip, config: &config, failure: RefCell::default() };
    let input = Input {
        sources,
        config: &config,
        scope: &scope,
        root: &root,
        options: &options,
        today: today(&request.board, &config),
        tree: &*tree,
        past: &past,
        found,
        ignored,
        config_path: desk.config_path(&*tree),
        progress,
    };
    let site = Site {
        config: config.clone(),
        root: root.clone(),
        notices,
        stdin: wanted.stdin.clone(),
        disk: Disk::of(&repository),
    };
    let done = work(Project::read(input), &site);
    match past.failure.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(done),
    }
}
