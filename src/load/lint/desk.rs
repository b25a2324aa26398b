//! Which files are linted, and what is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use super::super::{CONFIG, Error, MOST_BYTES, Notice, Revision, below, globs, in_words, store};
use super::super::{UNSHALLOW, symlink, too_large};
use super::LintRequest;
use crate::config::Config;
use crate::config::scope::{Scope, is_above};
use crate::git::{self, Filter, Repository, Snapshot};
use crate::inherit;
use crate::lint::project::{Source, Tree};
use crate::model::{BlobId, CommitId, Diagnostic, RepoPath};
use crate::workspace::{self, Disk, Item, Worktree, WorktreeFile};

/// What somebody asked for, as paths of the repository.
#[derive(Default)]
pub(super) struct Wanted {
    /// Files that were named.
    files: BTreeSet<String>,
    /// Folders that were named.
    folders: BTreeSet<String>,
    /// What standard input stands for.
    pub(super) stdin: Option<RepoPath>,
    /// Whether anything was named at all.
    pub(super) is_some: bool,
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
        self.folders.iter().any(|folder| is_above(folder, path))
    }
}

/// What is read: the files of partners, templates, and whatever was named.
struct Linted<'a> {
    scope: &'a Scope,
    wanted: &'a Wanted,
}

impl Filter for Linted<'_> {
    fn enters(&self, folder: &str) -> bool {
        let leads_to = |other: &str| other == folder || is_above(folder, other);
        self.scope.enters(folder)
            || self.scope.leads_to_templates(folder)
            || self.wanted.in_folder(folder)
            || self.wanted.folders.iter().any(|wanted| leads_to(wanted))
    }

    fn takes(&self, file: &str) -> bool {
        is_markdown(file)
            && (self.scope.takes(file)
                || self.scope.in_templates(file)
                || self.wanted.in_folder(file))
    }
}

/// What was found before anything was read closely.
pub(super) struct Found {
    pub(super) sources: Vec<Source>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) ignored: Vec<RepoPath>,
    pub(super) notices: Vec<Notice>,
}

/// Where files come from.
pub(super) struct Desk<'a> {
    pub(super) repository: &'a Repository,
    pub(super) request: &'a LintRequest,
    pub(super) tip: Option<CommitId>,
    pub(super) root: &'a str,
    pub(super) scope: &'a Scope,
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
    pub(super) fn wanted(&self) -> Result<Wanted, Error> {
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
    pub(super) fn sources(&self, wanted: &Wanted) -> Result<Found, Error> {
        let filter = Linted { scope: self.scope, wanted };
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
        let asked = self.asked(&contents, &filter, &mut rest.notices)?;
        // What was asked for, and what its findings depend on: templates are compared with each
        // other.
        let readmes = self.readmes(&asked);
        contents.retain(|path, _| {
            asked.contains(path) || self.scope.in_templates(path) || readmes.contains(path)
        });
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
        filter: &Linted<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<BTreeSet<String>, Error> {
        let wanted = filter.wanted;
        let all = contents.keys().filter(|path| wanted.asks(path)).cloned();
        let Some(since) = &self.request.since else { return Ok(all.collect()) };
        let base = self.base(since, notices)?;
        let before = self.repository.snapshot(base, filter)?.files;
        let mut changed = BTreeSet::new();
        for path in all {
            let before = match before.get(&RepoPath::new(path.as_str())) {
                Some(blob) => Some(*blob),
                // Named, and beside the board.
                None if wanted.files.contains(&path) => match self.repository.entry(base, &path)? {
                    Some(git::Entry::File(blob)) => Some(blob),
                    _ => None,
                },
                None => None,
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

    /// Where a revision and the version looked at have parted; the revision itself where a shallow
    /// clone does not tell.
    fn base(&self, since: &str, notices: &mut Vec<Notice>) -> Result<CommitId, Error> {
        let since_id = self.repository.resolve(since)?;
        let Some(tip) = self.tip else { return Ok(since_id) };
        match self.repository.merge_base(since_id, tip)? {
            Some(base) => Ok(base),
            None if self.repository.is_shallow() => {
                let message = format!(
                    "this shallow clone does not tell where {since} and {:.10} have parted, so all \
                     files that differ between the two are linted",
                    tip.to_string()
                );
                notices.push(Notice::warning(message, UNSHALLOW));
                Ok(since_id)
            }
            None => Err(Error::NoMergeBase { revision: since.to_owned() }),
        }
    }

    /// The `README.md` files around some files, which their findings depend on.
    fn readmes(&self, asked: &BTreeSet<String>) -> BTreeSet<String> {
        let root = |path: &RepoPath| self.scope.membership(path).map(|member| member.root);
        let readmes = asked.iter().flat_map(|path| {
            let path = RepoPath::new(path.as_str());
            inherit::readmes(&path, root)
        });
        readmes.map(|path| path.as_str().to_owned()).collect()
    }

    /// The files of the working tree.
    fn on_disk(&self, filter: &Linted<'_>) -> Result<(BTreeMap<String, Content>, Found), Error> {
        let mut prefixes = self.scope.prefixes();
        prefixes.extend(self.scope.templates());
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

    pub(super) fn config_path(&self, tree: &dyn Tree) -> Option<RepoPath> {
        let own = below(self.root, CONFIG);
        match &self.request.board.config {
            Some(path) => Some(RepoPath::new(path.display().to_string())),
            None => tree.entry(&own).map(|_| RepoPath::new(own)),
        }
    }

    pub(super) fn nothing_here(&self, config: &Config) -> Error {
        let mut globs = globs(&self.request.board, config).to_vec();
        globs.extend((!config.templates.is_empty()).then(|| format!("{}/**", config.templates)));
        let asked = !self.request.board.partners.is_empty();
        Error::NoFiles { globs, root: in_words(self.root), asked }
    }
}

/// Whether a name is that of a markdown file.
fn is_markdown(path: &str) -> bool {
    let (_, end) = path.rsplit_once('.').unwrap_or_default();
    ["md", "markdown"].iter().any(|known| end.eq_ignore_ascii_case(known))
}
