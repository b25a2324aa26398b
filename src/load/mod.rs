//! Making a board: the one place where what git and the workspace hand out meets the layers that
//! understand it.

mod ahead;
mod answers;
pub mod diff;
mod error;
mod history;
pub mod life;
pub mod lint;
mod members;
mod places;
mod store;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use answers::Grounds;
pub use answers::{Answer, Given, Slot};
pub use error::Error;
use history::{History, Kept, Past, Unusable};
use members::Members;
pub use places::{Places, places};
use store::Store;

use crate::board::{self, Board, Input, View};
use crate::cache::Cache;
use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::{Date, Timestamp};
use crate::git::{self, Repository};
use crate::model::diagnostic::codes;
use crate::model::history::{Cut, changes};
use crate::model::{BlobId, Commit, CommitId, Diagnostic, RepoPath, Severity};
use crate::parse;
use crate::source::Position;
use crate::timeline::{Rules, Story};
use crate::workspace::{self, Worktree, WorktreeFile};

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;
/// The name of a board's configuration.
const CONFIG: &str = "mdboard.toml";

/// How a board is to be made, where that does not change it.
#[derive(Clone, Copy)]
pub struct Means<'p> {
    /// Whether what earlier runs have kept inside the git directory is used, and something kept for
    /// later ones.
    pub cache: bool,
    /// Whether to tell what happened. Otherwise the board has no events, and is made faster.
    pub events: bool,
    /// Who is told how far it has come.
    pub progress: &'p dyn Progress,
}

/// Somebody who is told how far the making of a board has come; `()` does not care.
pub trait Progress {
    /// So many commits of the mainline were walked. How many there are is not known before.
    fn walked(&self, _commits: usize) {}
    /// So many of the versions that the history comes to were read.
    fn read(&self, _versions: usize, _of: usize) {}
}

impl Progress for () {}

/// What somebody wants to look at.
#[derive(Clone, Debug)]
pub struct Request {
    /// A folder of the board or around it.
    pub dir: PathBuf,
    /// The configuration to use instead of the board's own, from `dir`.
    pub config: Option<PathBuf>,
    /// The revision whose configuration holds, instead of that of the version looked at.
    pub config_from: Option<String>,
    /// Partner globs to use instead of the configuration's.
    pub partners: Vec<String>,
    /// Which version of the board.
    pub revision: Revision,
    /// The day to judge by, if not the current one.
    pub today: Option<Date>,
    /// The current instant.
    pub now: Timestamp,
}

/// Which version of the board to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// The files as they are on disk, and the history of the commit that is checked out.
    WorkingTree,
    /// A revision, in any form that git understands.
    Named(String),
    /// The newest mainline commit that was made by the end of a day.
    AsOf(Date),
}

/// A board, and what its reader should know about how it was made.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The board.
    pub board: Board,
    /// What its reader should know.
    pub notices: Vec<Notice>,
}

/// What there is to a question about a board.
pub enum Reply {
    /// The answer, which was given before.
    Given(Given),
    /// The board to answer from, and where the answer is to be kept, if it is.
    Board(Box<Loaded>, Option<Slot>),
}

/// Something to know that has no place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: NoticeLevel,
    /// What it is.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeLevel {
    /// The board may not show what its reader expects.
    Warning,
    /// For those who ask.
    Note,
}

impl Notice {
    fn warning(message: String, help: impl Into<Option<&'static str>>) -> Notice {
        let help = help.into().map(str::to_owned);
        Notice { level: NoticeLevel::Warning, message, help }
    }

    fn note(message: String) -> Notice {
        Notice { level: NoticeLevel::Note, message, help: None }
    }
}

impl git::Filter for Scope {
    fn enters(&self, folder: &str) -> bool {
        Scope::enters(self, folder)
    }

    fn takes(&self, file: &str) -> bool {
        Scope::takes(self, file)
    }
}

/// Makes the board that was asked for, from the files and commits alone.
pub fn board(request: &Request) -> Result<Loaded, Error> {
    board_by(request, Means { cache: false, events: true, progress: &() })
}

/// Makes the board that was asked for, by some means: it is the same by any of them.
pub fn board_by(request: &Request, means: Means<'_>) -> Result<Loaded, Error> {
    match ask(request, means, None)? {
        Reply::Board(loaded, _) => Ok(*loaded),
        Reply::Given(_) => unreachable!("without a question there is no answer"),
    }
}

/// Makes the board that was asked for, unless what is to be said of it was said before. The question
/// holds all that the answer depends on besides the board; without one, there is always a board.
pub fn ask(request: &Request, means: Means<'_>, question: Option<&str>) -> Result<Reply, Error> {
    let Ground { mut repository, tip, root, config, scope } = Ground::of(request)?;
    let place = Place { repository: &repository, request, tip, root: &root };
    let mailmap = place.text(".mailmap")?;
    let globs = globs(request, &config);
    repository.set_mailmap(mailmap.as_deref());
    let key = history::key(&repository, &root, globs, &config, mailmap.as_deref());
    let cache = means.cache.then(|| Cache::of(&repository.common_directory()));
    let on_disk = request.revision == Revision::WorkingTree;
    // Asked for once: what is kept must be of the branch that it is kept for.
    let branch = repository.branch();
    let asked = cache.clone().zip(tip).zip(question);
    let mut slot = asked.map(|((cache, tip), question)| {
        let grounds = Grounds {
            history: key.bytes(),
            question,
            config: format!("{config:?}"),
            request: answers::in_words(request),
            today: today(request, &config),
            branch: branch.as_deref(),
        };
        Slot::new(cache, tip, &grounds, request.now)
    });
    let kept = Kept::new(cache, key, means.events, request.now);
    let known = slot.as_ref().and_then(Slot::look);
    let mut seen = match known {
        // Most likely the files are all that is to be read.
        Some(_) => {
            let worktree = on_disk.then(|| read(&repository, &scope)).transpose()?;
            Seen { past: Ok(None), worktree }
        }
        None => look(&mut repository, &scope, on_disk, || kept.find(tip))?,
    };
    if let Some(slot) = &mut slot {
        slot.of_tree(seen.worktree.as_ref());
        if let Some(known) = known {
            if let Some(given) = known.given(slot) {
                // A clone that has lost the commit itself tells of that.
                tip.map(|tip| repository.commit(tip)).transpose()?;
                return Ok(Reply::Given(given));
            }
            seen.past = kept.find(tip);
        }
    }
    let (loaded, lasting) = Maker {
        repository: &repository,
        request,
        tip,
        branch: branch.as_deref(),
        root: &root,
        config: &config,
        scope: &scope,
        kept: &kept,
        means,
    }
    .make(seen)?;
    Ok(Reply::Board(Box::new(loaded), slot.filter(|_| lasting)))
}

/// What everything that is made of a board stands on.
struct Ground {
    repository: Repository,
    /// The commit looked at, or the one that is checked out; `None` before the first one.
    tip: Option<CommitId>,
    /// The board's root, empty for the repository's.
    root: String,
    config: Config,
    scope: Scope,
}

impl Ground {
    fn of(request: &Request) -> Result<Ground, Error> {
        let repository = Repository::open(&request.dir)?;
        let tip = tip(&repository, request)?;
        let root = match (&request.revision, tip) {
            (Revision::WorkingTree, _) | (_, None) => workspace::find_root(&repository)?,
            (_, Some(tip)) => workspace::find_root_at(&repository, tip)?,
        };
        let config = Place { repository: &repository, request, tip, root: &root }.config()?;
        let scope = Scope::new(&root, globs(request, &config), &config.templates)?;
        Ok(Ground { repository, tip, root, config, scope })
    }
}

/// The partner globs that hold: those asked for, else the configuration's.
fn globs<'r>(request: &'r Request, config: &'r Config) -> &'r [String] {
    if request.partners.is_empty() { &config.partners } else { &request.partners }
}

/// The day that a board is judged by.
pub fn today(request: &Request, config: &Config) -> Date {
    match (request.today, &request.revision) {
        (Some(today), _) => today,
        (None, Revision::AsOf(day)) => *day,
        (None, _) => config.timezone.day_of(request.now),
    }
}

/// What is seen at first, before anything is made of it.
struct Seen {
    /// What the cache has of the commit looked at.
    past: Result<Option<Past>, Unusable>,
    /// The working tree, if that is looked at.
    worktree: Option<Worktree>,
}

/// Reads the working tree, if that is looked at, while the cache is asked: both take their time,
/// and one needs nothing of the other. The repository is lent to the reader as a whole, since
/// libgit2 lets one thread at a time read through it.
fn look(
    repository: &mut Repository,
    scope: &Scope,
    on_disk: bool,
    ask: impl FnOnce() -> Result<Option<Past>, Unusable>,
) -> Result<Seen, git::Error> {
    thread::scope(|threads| {
        let reader = on_disk.then(|| threads.spawn(move || read(&*repository, scope)));
        let past = ask();
        let join = |reader: thread::ScopedJoinHandle<'_, _>| {
            reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        Ok(Seen { past, worktree: reader.map(join).transpose()? })
    })
}

fn read(repository: &Repository, scope: &Scope) -> Result<Worktree, git::Error> {
    workspace::read(repository, scope, &scope.prefixes(), MOST_BYTES)
}

/// The commit to look at; `None` on a branch without commits.
fn tip(repository: &Repository, request: &Request) -> Result<Option<CommitId>, Error> {
    match &request.revision {
        Revision::WorkingTree => Ok(repository.head()?),
        Revision::Named(revision) => Ok(Some(repository.resolve(revision)?)),
        Revision::AsOf(day) => {
            let head = repository.head()?.ok_or(Error::NoCommits)?;
            let root = workspace::find_root_at(repository, head)?;
            let place = Place { repository, request, tip: Some(head), root: &root };
            let end = place.config()?.timezone.end_of(*day);
            let found = repository.as_of(head, end)?;
            Ok(Some(found.ok_or(Error::BeforeHistory { day: *day })?))
        }
    }
}

/// Where the files beside the checklists are read from: the working tree or a commit.
struct Place<'a> {
    repository: &'a Repository,
    request: &'a Request,
    tip: Option<CommitId>,
    root: &'a str,
}

impl Place<'_> {
    fn config(&self) -> Result<Config, Error> {
        let (path, bytes) = match &self.request.config {
            Some(file) => {
                let bytes = workspace::read_named(&self.request.dir.join(file), MOST_BYTES);
                let bytes = bytes.map_err(|reason| Error::ConfigFile {
                    path: file.clone(),
                    reason: reason.to_string(),
                })?;
                (file.display().to_string(), bytes)
            }
            None => {
                let path = below(self.root, CONFIG);
                let bytes = match &self.request.config_from {
                    Some(revision) => self.text_at(self.repository.resolve(revision)?, &path)?,
                    None => self.text(&path)?,
                };
                match bytes {
                    Some(bytes) => (path, bytes),
                    None => return Ok(Config::default()),
                }
            }
        };
        let path = RepoPath::new(path);
        let text = String::from_utf8(bytes).map_err(|error| Error::ConfigFile {
            path: path.as_str().into(),
            reason: format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()),
        })?;
        Config::parse(&path, &text).map_err(Error::Config)
    }

    /// A file of the version looked at, if it has it.
    fn text(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match (&self.request.revision, self.tip) {
            (Revision::WorkingTree, _) | (_, None) => {
                Ok(workspace::read_file(self.repository, path, MOST_BYTES)?)
            }
            (_, Some(tip)) => self.text_at(tip, path),
        }
    }

    fn text_at(&self, commit: CommitId, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.repository.entry(commit, path)? {
            Some(git::Entry::File(blob)) => {
                Ok(store::bytes(self.repository.content(blob, MOST_BYTES)?))
            }
            _ => Ok(None),
        }
    }
}

/// All that a board is made with.
struct Maker<'a> {
    repository: &'a Repository,
    request: &'a Request,
    tip: Option<CommitId>,
    /// The branch that is checked out.
    branch: Option<&'a str>,
    root: &'a str,
    config: &'a Config,
    scope: &'a Scope,
    kept: &'a Kept,
    means: Means<'a>,
}

/// The files that are looked at.
#[derive(Default)]
struct Files {
    /// Their contents.
    blobs: BTreeMap<RepoPath, BlobId>,
    /// Files too large to be read, with their sizes in bytes.
    large: Vec<(RepoPath, u64)>,
    /// Symbolic links that stand where files could.
    symlinks: Vec<RepoPath>,
}

impl Maker<'_> {
    /// Makes the board, and tells whether it is lasting: the next run would make the same of the same
    /// commit and files, and need not read all of history for it.
    fn make(&self, seen: Seen) -> Result<(Loaded, bool), Error> {
        let mut notices = Vec::new();
        let options = parse::Options::of(self.config)?;
        let mut store = Store::new(self.repository, &options);
        let files = match seen.worktree {
            Some(tree) => self.on_disk(tree, &mut store, &mut notices)?,
            None => self.committed()?,
        };
        if files.blobs.is_empty() {
            return Err(nothing_here(self.request, self.config, self.root));
        }
        let members = Members::of(self.scope, files.blobs.keys());
        let membership = |path: &RepoPath| members.of_file(path);
        let rules = Rules {
            zone: self.config.timezone,
            batch_size: self.config.batch_size as usize,
            membership: &membership,
        };
        let on_disk = self.request.revision == Revision::WorkingTree;
        let disk = on_disk.then_some(&files.blobs);
        let History { mut timeline, remarks, was_known } =
            self.history(seen.past, disk, rules, (&store, &options), &mut notices)?;
        let edits = disk.map(|disk| changes(&timeline.blobs(), disk)).unwrap_or_default();
        if !edits.is_empty() {
            timeline.working_tree(&edits);
        }
        let story =
            if self.means.events { timeline.finish() } else { timeline.finish_without_events() };
        store.failure()?;
        let mut diagnostics = files.findings();
        diagnostics.extend(unread(&store, &files.blobs, &story)?);
        let cut = remarks.cut.as_ref().map(|cut| cut_short(cut, self.config));
        let incomplete = cut.or_else(|| partial(store.missing()));
        let turned = git::turned(&remarks.pulls, self.branch);
        notices.extend(about_history(remarks.cut.as_ref(), &turned, incomplete.as_deref()));
        let board = board::assemble(Input {
            story,
            config: self.config,
            today: today(self.request, self.config),
            view: View {
                commit: self.tip.map(|tip| self.repository.commit(tip)).transpose()?.map(Arc::new),
                worktree: on_disk,
            },
            incomplete,
            diagnostics,
        });
        if board.partners.is_empty() {
            let unreadable = board.diagnostics;
            let files: Vec<RepoPath> = files.blobs.into_keys().collect();
            return Err(Error::NoItems { files, unreadable });
        }
        notices.extend(members.without_items(&board));
        let gone = matches!(remarks.cut, Some(Cut::MissingObjects(_)));
        Ok((Loaded { board, notices }, was_known && store.is_whole() && !gone))
    }

    /// The files of the commit that is looked at.
    fn committed(&self) -> Result<Files, Error> {
        let Some(tip) = self.tip else { return Ok(Files::default()) };
        let snapshot = self.repository.snapshot(tip, self.scope)?;
        Ok(Files { blobs: snapshot.files, symlinks: snapshot.symlinks, large: Vec::new() })
    }

    /// The files of the working tree, with what their reader should know of the others.
    fn on_disk(
        &self,
        tree: Worktree,
        store: &mut Store<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<Files, Error> {
        let Worktree { files, symlinks, ignored, problems } = tree;
        let found = Files::on_disk(files, symlinks, store)?;
        for (path, reason) in problems {
            let message = format!("{path} could not be read: {reason}");
            notices.push(Notice::warning(message, "it is not on the board"));
        }
        notices.extend(hidden(&ignored, &self.scope.prefixes()));
        Ok(found)
    }
}

/// What cannot be read of a version's files: too large is a finding, missing an error.
fn unread(
    store: &Store<'_>,
    files: &BTreeMap<RepoPath, BlobId>,
    story: &Story,
) -> Result<Vec<Diagnostic>, Error> {
    // Of one that is too large on disk has been told already.
    let is_unread = |(path, blob): &(&RepoPath, &BlobId)| {
        !story.files.contains_key(*path) && **blob != store::UNREADABLE
    };
    let tell = |(path, blob): (&RepoPath, &BlobId)| match store.size_if_large(*blob)? {
        Some(size) => Ok(too_large(path, size)),
        None => Err(Error::MissingContent { path: path.clone() }),
    };
    files.iter().filter(is_unread).map(tell).collect()
}

fn nothing_here(request: &Request, config: &Config, root: &str) -> Error {
    let globs = globs(request, config).to_vec();
    Error::NoFiles { globs, root: in_words(root), asked: !request.partners.is_empty() }
}

/// Tells why history ends early.
fn cut_short(cut: &Cut, config: &Config) -> String {
    let day = |at: Timestamp| config.timezone.day_of(at);
    match cut {
        Cut::Shallow(oldest) => format!(
            "shallow clone: history before commit {:.10} of {} is not here",
            oldest.id.to_string(),
            day(oldest.committed)
        ),
        Cut::MissingObjects(oldest) => format!(
            "objects are missing: history before commit {:.10} of {} cannot be read",
            oldest.id.to_string(),
            day(oldest.committed)
        ),
    }
}

/// Tells of a clone that has all commits and not all contents.
fn partial(missing: usize) -> Option<String> {
    (missing > 0).then(|| {
        let versions = if missing == 1 { "version" } else { "versions" };
        format!("partial clone: {missing} older file {versions} of the board are not here")
    })
}

impl Files {
    /// The files of the working tree. What differs from every blob that git has goes into the
    /// store.
    fn on_disk(
        files: BTreeMap<RepoPath, WorktreeFile>,
        symlinks: Vec<RepoPath>,
        store: &mut Store<'_>,
    ) -> Result<Files, Error> {
        let mut found = Files { symlinks, ..Files::default() };
        for (path, file) in files {
            let blob = match file {
                WorktreeFile::Blob(blob) => {
                    store.also_on_disk(blob, &path);
                    blob
                }
                WorktreeFile::Bytes(bytes) => store.add(bytes)?,
                WorktreeFile::TooLarge(size) => {
                    found.large.push((path.clone(), size));
                    store::UNREADABLE
                }
            };
            found.blobs.insert(path, blob);
        }
        Ok(found)
    }

    fn findings(&self) -> Vec<Diagnostic> {
        let large = self.large.iter().map(|(path, size)| too_large(path, *size));
        large.chain(self.symlinks.iter().map(symlink)).collect()
    }
}

fn symlink(path: &RepoPath) -> Diagnostic {
    Diagnostic {
        code: codes::SYMLINK,
        severity: Severity::Warning,
        message: "a symbolic link is not followed".to_owned(),
        path: path.clone(),
        start: Position::START,
        end: Position::START,
        help: Some("put the file itself here, or name its folder with --partners".to_owned()),
    }
}

/// The board's root, for messages.
fn in_words(root: &str) -> String {
    if root.is_empty() { "the root of the repository".to_owned() } else { format!("{root}/") }
}

fn too_large(path: &RepoPath, size: u64) -> Diagnostic {
    Diagnostic {
        code: codes::OVERSIZED_FILE,
        severity: Severity::Error,
        message: format!("the file has {size} bytes; mdboard reads up to {MOST_BYTES}"),
        path: path.clone(),
        start: Position::START,
        end: Position::START,
        help: Some("split it into several checklists; until then it is not on the board".into()),
    }
}

/// Tells of files that `.gitignore` keeps off the board.
fn hidden(ignored: &[RepoPath], prefixes: &[String]) -> Option<Notice> {
    let first = ignored.first()?;
    let others = match ignored.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("{first}{others}: ignored by git, so not on the board");
    // Where a glob begins with a wildcard, what it meets is mostly build output.
    if prefixes.iter().any(String::is_empty) {
        return Some(Notice::note(message));
    }
    Some(Notice::warning(message, "take it out of .gitignore, or `git add -f` it"))
}

/// What to do about a shallow clone.
const UNSHALLOW: &str = "fetch the rest: `git fetch --unshallow`, or `fetch-depth: 0` for \
                         actions/checkout, or `GIT_DEPTH: 0` on GitLab";

/// Tells what a reader should know of the history.
fn about_history(
    cut: Option<&Cut>,
    turned: &[Arc<Commit>],
    incomplete: Option<&str>,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(reason) = incomplete {
        let message = format!("{reason}; what they would tell of dates and authors is not known");
        let help = match cut {
            Some(Cut::Shallow(_)) => UNSHALLOW,
            _ => "fetch the rest: `git fetch --refetch --no-filter`",
        };
        notices.push(Notice::warning(message, help));
    }
    if let Some(newest) = turned.first() {
        let others = match turned.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} before it)"),
        };
        let message = format!(
            "commit {:.10} “{}”{others} merged the branch into itself: what others had committed \
             there until then counts as a merged branch, and as landed with that merge",
            newest.id.to_string(),
            newest.subject
        );
        let help = "who ticked what when is not affected; `git pull --rebase` avoids it";
        notices.push(Notice::warning(message, help));
    }
    notices
}

/// A path below a folder, which may be the root.
fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
