//! Reading what is to be linted: files of the working tree, of a revision, or from standard input,
//! and what is around them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, RwLock};

use super::{CONFIG, Error, Ground, MOST_BYTES, Notice, Request, Revision, below, globs};
use super::{in_words, reading, store, symlink, today, too_large};
use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::Date;
use crate::git::{self, Filter, Repository, Snapshot};
use crate::inherit;
use crate::lint::project::{Entry, Input, Past, Project, Source, Tree};
use crate::model::{BlobId, CommitId, Diagnostic, RepoPath};
use crate::workspace::{self, Disk, Item, Worktree, WorktreeFile};

/// The longest path that is looked for, in bytes.
const MOST_PATH: usize = 4096;

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
    let options = reading(&config)?;
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

/// What somebody asked for, as paths of the repository.
#[derive(Default)]
struct Wanted {
    /// Files that were named.
    files: BTreeSet<String>,
    /// Folders that were named.
    folders: BTreeSet<String>,
    /// What standard input stands for.
    stdin: Option<RepoPath>,
    /// Whether anything was named at all.
    is_some: bool,
}

impl Wanted {
    /// Whether a file was asked for.
    fn asks(&self, path: &str) -> bool {
        if let Some(stdin) = &self.stdin {
            return stdin.as_str() == path;
        }
        !self.is_some || self.files.contains(path) || self.in_folder(path)
    }

    /// Whether a folder that was named holds a file or folder.
    fn in_folder(&self, path: &str) -> bool {
        self.folders.iter().any(|folder| {
            folder.is_empty()
                || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// What is read: the files of partners, templates, and whatever was named.
struct Linted<'a> {
    scope: &'a Scope,
    templates: Option<String>,
    wanted: &'a Wanted,
}

impl Linted<'_> {
    fn is_template(&self, path: &str) -> bool {
        self.templates.as_deref().is_some_and(|folder| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

impl Filter for Linted<'_> {
    fn enters(&self, folder: &str) -> bool {
        let leads_to = |other: &str| {
            folder.is_empty()
                || other == folder
                || other.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.scope.enters(folder)
            || self.is_template(folder)
            || self.templates.as_deref().is_some_and(leads_to)
            || self.wanted.in_folder(folder)
            || self.wanted.folders.iter().any(|wanted| leads_to(wanted))
    }

    fn takes(&self, file: &str) -> bool {
        is_markdown(file)
            && (self.scope.takes(file) || self.is_template(file) || self.wanted.in_folder(file))
    }
}

/// What was found before anything was read closely.
struct Found {
    sources: Vec<Source>,
    found: Vec<Diagnostic>,
    ignored: Vec<RepoPath>,
    notices: Vec<Notice>,
}

/// Where files come from.
struct Desk<'a> {
    repository: &'a Repository,
    request: &'a LintRequest,
    tip: Option<CommitId>,
    root: &'a str,
    scope: &'a Scope,
}

/// Files by path, some of which have to be read yet.
enum Content {
    Bytes(Vec<u8>),
    OnDisk,
    Blob(BlobId),
}

impl Desk<'_> {
    fn is_on_disk(&self) -> bool {
        self.request.board.revision == Revision::WorkingTree || self.tip.is_none()
    }

    /// What was named, as paths of the repository.
    fn wanted(&self) -> Result<Wanted, Error> {
        let mut wanted = Wanted::default();
        if let Some((path, _)) = &self.request.stdin {
            wanted.stdin = Some(RepoPath::new(self.in_repository(path)?));
            wanted.is_some = true;
            return Ok(wanted);
        }
        for path in &self.request.paths {
            wanted.is_some = true;
            let inside = self.in_repository(path)?;
            match self.item(&inside)? {
                Some(Item::Folder) => wanted.folders.insert(inside),
                Some(Item::File) if is_markdown(&inside) => wanted.files.insert(inside),
                Some(Item::File) => return Err(Error::NoMarkdown { path: path.clone() }),
                Some(Item::Symlink) => return Err(Error::IsLink { path: path.clone() }),
                None => return Err(Error::NoSuchFile { path: path.clone() }),
            };
        }
        Ok(wanted)
    }

    fn item(&self, path: &str) -> Result<Option<Item>, Error> {
        if self.is_on_disk() {
            return Ok(Disk::of(self.repository).item(path)?);
        }
        let Some(tip) = self.tip else { return Ok(None) };
        Ok(match self.repository.entry(tip, path)? {
            Some(git::Entry::File(_)) => Some(Item::File),
            Some(git::Entry::Folder) => Some(Item::Folder),
            Some(git::Entry::Other) => Some(Item::Symlink),
            None => None,
        })
    }

    /// A path that somebody gave, from the repository's root.
    fn in_repository(&self, path: &Path) -> Result<String, Error> {
        let outside = || Error::Outside { path: path.to_owned() };
        let from: Vec<&str> = self.repository.prefix().split('/').collect();
        let mut parts: Vec<String> = from.into_iter().map(str::to_owned).collect();
        let relative = match path.is_absolute() {
            true => {
                parts.clear();
                path.strip_prefix(self.repository.worktree()).map_err(|_| outside())?
            }
            false => path,
        };
        parts.retain(|part| !part.is_empty());
        for part in relative.components() {
            match part {
                Component::Normal(name) => {
                    parts.push(name.to_str().ok_or_else(outside)?.to_owned());
                }
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop().ok_or_else(outside)?;
                }
                Component::RootDir | Component::Prefix(_) => return Err(outside()),
            }
        }
        Ok(parts.join("/"))
    }

    /// The files to read: what was asked for, and what its findings depend on.
    fn sources(&self, wanted: &Wanted) -> Result<Found, Error> {
        let filter = Linted { scope: self.scope, templates: self.scope.templates(), wanted };
        let (mut contents, mut rest) =
            if self.is_on_disk() { self.on_disk(&filter)? } else { self.committed(&filter)? };
        for file in &wanted.files {
            if contents.contains_key(file) {
                continue;
            }
            // Named, so wanted, whatever git ignores.
            if self.is_on_disk() {
                contents.insert(file.clone(), Content::OnDisk);
            } else if let Some(tip) = self.tip
                && let Some(git::Entry::File(blob)) = self.repository.entry(tip, file)?
            {
                contents.insert(file.clone(), Content::Blob(blob));
            }
        }
        if let (Some(path), Some((_, bytes))) = (&wanted.stdin, &self.request.stdin) {
            contents.insert(path.as_str().to_owned(), Content::Bytes(bytes.clone()));
        }
        let asked = self.asked(&contents, wanted)?;
        let around = self.around(&asked, &filter);
        contents.retain(|path, _| asked.contains(path) || around.contains(path));
        if wanted.is_some || self.request.since.is_some() {
            rest.found.retain(|found| wanted.is_some && wanted.asks(found.path.as_str()));
            rest.ignored.retain(|path| wanted.stdin.is_none() && wanted.asks(path.as_str()));
        }
        self.read(contents, &asked, rest)
    }

    /// The paths of files whose findings are asked for.
    fn asked(
        &self,
        contents: &BTreeMap<String, Content>,
        wanted: &Wanted,
    ) -> Result<BTreeSet<String>, Error> {
        let all = contents.keys().filter(|path| wanted.asks(path)).cloned();
        let Some(since) = &self.request.since else { return Ok(all.collect()) };
        let base = self.base(since)?;
        let mut changed = BTreeSet::new();
        for path in all {
            let before = match self.repository.entry(base, &path)? {
                Some(git::Entry::File(blob)) => Some(blob),
                _ => None,
            };
            let now = match contents.get(&path) {
                Some(Content::Blob(blob)) => Some(*blob),
                Some(Content::Bytes(bytes)) => Some(git::blob_id(bytes)?),
                Some(Content::OnDisk) | None => None,
            };
            if now != before || now.is_none() {
                changed.insert(path);
            }
        }
        Ok(changed)
    }

    /// Where a revision and the version looked at have parted.
    fn base(&self, since: &str) -> Result<CommitId, Error> {
        let since_id = self.repository.resolve(since)?;
        let Some(tip) = self.tip else { return Ok(since_id) };
        match self.repository.merge_base(since_id, tip)? {
            Some(base) => Ok(base),
            None => Err(Error::NoMergeBase { revision: since.to_owned() }),
        }
    }

    /// What the findings of some files depend on: the `README.md` files around them, and all
    /// templates, which are compared with each other.
    fn around(&self, asked: &BTreeSet<String>, filter: &Linted<'_>) -> Around {
        let root = |path: &RepoPath| self.scope.membership(path).map(|member| member.root);
        let readmes = asked.iter().flat_map(|path| {
            let path = RepoPath::new(path.as_str());
            inherit::readmes(&path, root)
        });
        let readmes = readmes.map(|path| path.as_str().to_owned()).collect();
        Around { readmes, templates: filter.templates.clone() }
    }

    /// The files of the working tree.
    fn on_disk(&self, filter: &Linted<'_>) -> Result<(BTreeMap<String, Content>, Found), Error> {
        let mut prefixes = self.scope.prefixes();
        prefixes.extend(filter.templates.clone());
        prefixes.extend(filter.wanted.folders.iter().cloned());
        let tree = workspace::read(self.repository, filter, &prefixes, MOST_BYTES)?;
        let Worktree { files, symlinks, ignored, problems } = tree;
        let mut found: Vec<Diagnostic> = symlinks.iter().map(symlink).collect();
        let mut contents = BTreeMap::new();
        for (path, file) in files {
            let content = match file {
                WorktreeFile::Bytes(bytes) => Content::Bytes(bytes),
                WorktreeFile::Blob(blob) => Content::Blob(blob),
                WorktreeFile::TooLarge(size) => {
                    found.push(too_large(&path, size));
                    continue;
                }
            };
            contents.insert(path.as_str().to_owned(), content);
        }
        let unread = |(path, reason): (RepoPath, String)| {
            let message = format!("{path} could not be read: {reason}");
            Notice::warning(message, "it was not linted")
        };
        let notices = problems.into_iter().map(unread).collect();
        // Where a glob begins with a wildcard, what it meets is mostly build output.
        let is_everywhere = self.scope.prefixes().iter().any(String::is_empty);
        let of_partners = |path: &RepoPath| {
            !is_everywhere && (self.scope.takes(path.as_str()) || self.scope.enters(path.as_str()))
        };
        let ignored = ignored.into_iter().filter(of_partners).collect();
        Ok((contents, Found { sources: Vec::new(), found, ignored, notices }))
    }

    /// The files of a version.
    fn committed(&self, filter: &Linted<'_>) -> Result<(BTreeMap<String, Content>, Found), Error> {
        let Snapshot { files, symlinks } = match self.tip {
            Some(tip) => self.repository.snapshot(tip, filter)?,
            None => Snapshot::default(),
        };
        let file =
            |(path, blob): (RepoPath, BlobId)| (path.as_str().to_owned(), Content::Blob(blob));
        let contents = files.into_iter().map(file).collect();
        let found = symlinks.iter().map(symlink).collect();
        let (ignored, notices) = Default::default();
        Ok((contents, Found { sources: Vec::new(), found, ignored, notices }))
    }

    /// Reads the contents of files.
    fn read(
        &self,
        contents: BTreeMap<String, Content>,
        asked: &BTreeSet<String>,
        mut rest: Found,
    ) -> Result<Found, Error> {
        let from_disk = |content: &Content| {
            self.is_on_disk() && matches!(content, Content::OnDisk | Content::Blob(_))
        };
        let paths = contents.iter().filter(|(_, content)| from_disk(content));
        let paths: Vec<&str> = paths.map(|(path, _)| path.as_str()).collect();
        // What is on disk may have other line endings than the blob.
        let mut on_disk = Disk::of(self.repository).read_all(&paths, MOST_BYTES).into_iter();
        for (path, content) in &contents {
            let read = match from_disk(content) {
                true => on_disk.next().unwrap_or(Ok(None)),
                false => Ok(None),
            };
            let read = match read {
                Err(git::Error::TooLarge { size, .. }) => {
                    rest.found.push(too_large(&RepoPath::new(path.as_str()), size));
                    continue;
                }
                read => read?,
            };
            let bytes = match (content, read) {
                (_, Some(bytes)) => Some(bytes),
                (Content::Bytes(bytes), None) => Some(bytes.clone()),
                // A version's file, or one that a sparse checkout keeps off the disk.
                (Content::Blob(blob), None) => {
                    store::bytes(self.repository.content(*blob, MOST_BYTES)?)
                }
                (Content::OnDisk, None) => None,
            };
            let Some(bytes) = bytes else { continue };
            let is_asked = asked.contains(path);
            rest.sources.push(Source { path: RepoPath::new(path.as_str()), bytes, is_asked });
        }
        Ok(rest)
    }

    fn config_path(&self, tree: &dyn Tree) -> Option<RepoPath> {
        let own = below(self.root, CONFIG);
        match &self.request.board.config {
            Some(path) => Some(RepoPath::new(path.display().to_string())),
            None => tree.entry(&own).map(|_| RepoPath::new(own)),
        }
    }

    fn nothing_here(&self, config: &Config) -> Error {
        let mut globs = globs(&self.request.board, config).to_vec();
        globs.extend((!config.templates.is_empty()).then(|| format!("{}/**", config.templates)));
        let asked = !self.request.board.partners.is_empty();
        Error::NoFiles { globs, root: in_words(self.root), asked }
    }
}

/// What the findings of some files depend on.
struct Around {
    readmes: BTreeSet<String>,
    templates: Option<String>,
}

impl Around {
    fn contains(&self, path: &str) -> bool {
        let is_template = self.templates.as_deref().is_some_and(|folder| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        });
        is_template || self.readmes.contains(path)
    }
}

/// Whether a name is that of a markdown file.
fn is_markdown(path: &str) -> bool {
    [".md", ".markdown"].iter().any(|end| path.ends_with(end))
}

/// The working tree. A folder is read once: links ask for many names in few folders.
struct OnDisk {
    disk: Disk,
    folders: RwLock<HashMap<String, HashMap<String, Item>>>,
}

impl OnDisk {
    fn new(disk: Disk) -> OnDisk {
        OnDisk { disk, folders: RwLock::default() }
    }

    fn item(&self, path: &str) -> Option<Item> {
        if path.is_empty() {
            return Some(Item::Folder);
        }
        // No system has a longer path; a hostile link may.
        if path.len() > MOST_PATH {
            return None;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(known) = self.folders.read().ok()?.get(folder) {
            return known.get(name).copied();
        }
        // Where the folder is none, nothing has to be read.
        let items = match self.item(folder)? {
            Item::Folder => self.disk.items(folder).ok()?,
            Item::File | Item::Symlink => HashMap::new(),
        };
        let found = items.get(name).copied();
        self.folders.write().ok()?.insert(folder.to_owned(), items);
        found
    }
}

impl Tree for OnDisk {
    fn entry(&self, path: &str) -> Option<Entry> {
        match self.item(path)? {
            Item::Folder => Some(Entry::Folder),
            // A link leads somewhere; where, is not looked at.
            Item::File | Item::Symlink => Some(Entry::File),
        }
    }

    fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.disk.read(path, MOST_BYTES).ok()??).ok()
    }
}

/// A version.
struct Committed {
    repository: Mutex<Repository>,
    tip: CommitId,
}

impl Tree for Committed {
    fn entry(&self, path: &str) -> Option<Entry> {
        let repository = self.repository.lock().ok()?;
        match repository.entry(self.tip, path).ok()?? {
            git::Entry::Folder => Some(Entry::Folder),
            git::Entry::File(_) | git::Entry::Other => Some(Entry::File),
        }
    }

    fn text(&self, path: &str) -> Option<String> {
        let repository = self.repository.lock().ok()?;
        let git::Entry::File(blob) = repository.entry(self.tip, path).ok()?? else { return None };
        String::from_utf8(store::bytes(repository.content(blob, MOST_BYTES).ok()?)?).ok()
    }
}

/// What earlier versions tell. What git cannot say is told by whoever asked for the project.
struct History<'a> {
    repository: &'a Repository,
    tip: Option<CommitId>,
    config: &'a Config,
    failure: RefCell<Option<git::Error>>,
}

impl Past for History<'_> {
    fn last_changed(&self, files: &[&RepoPath]) -> BTreeMap<RepoPath, Date> {
        let Some(tip) = self.tip else { return BTreeMap::new() };
        let wanted = files.iter().map(|path| (*path).clone());
        let found = self.repository.last_changes(tip, wanted).unwrap_or_else(|error| {
            *self.failure.borrow_mut() = Some(error);
            BTreeMap::new()
        });
        let day = |at| self.config.timezone.day_of(at);
        found.into_iter().map(|(path, commit)| (path, day(commit.authored))).collect()
    }

    fn version(&self, path: &RepoPath, id: &str) -> Option<Vec<u8>> {
        let found = self.repository.version(path.as_str(), id).and_then(|blob| match blob {
            Some(blob) => Ok(store::bytes(self.repository.content(blob, MOST_BYTES)?)),
            None => Ok(None),
        });
        found.unwrap_or_else(|error| {
            *self.failure.borrow_mut() = Some(error);
            None
        })
    }
}
