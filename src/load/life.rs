//! What the commands for templates and boxes need of a repository: the working tree's templates and
//! checklists, and the versions that a template has had.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use super::lint::OnDisk;
use super::{Error, Ground, MOST_BYTES, Request, store};
use crate::config::Config;
use crate::config::scope::{Scope, is_above};
use crate::git::{self, Filter, Repository};
use crate::inherit;
use crate::lint::rules::links::leads_to;
use crate::model::{BlobId, CommitId, RepoPath, joined, pinned};
use crate::parse::Options;
use crate::workspace::{Disk, Item};

/// A board that somebody works on.
pub struct Life {
    repository: Repository,
    tip: Option<CommitId>,
    root: String,
    /// Its configuration.
    pub config: Config,
    scope: Scope,
    /// What it says about reading.
    pub options: Options,
    disk: Disk,
    /// The same for those who follow links: it reads a folder once.
    tree: OnDisk,
}

/// A template as it is on disk.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its path.
    pub path: RepoPath,
    /// Its text.
    pub text: String,
    /// The id that git gives to its content.
    pub id: BlobId,
}

/// A version that a template has had.
#[derive(Clone, Debug)]
pub struct Version {
    /// The id of its content.
    pub id: BlobId,
    /// Its text.
    pub text: String,
}

/// Why there is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTemplate {
    /// There is none at all.
    #[error("there is no template in `{folder}`")]
    AtAll {
        /// The templates folder.
        folder: String,
    },
    /// There is none of that name.
    #[error("there is no template `{name}`")]
    OfName {
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// It is no text, or too large a one.
    #[error("`{path}` is no text that can be read")]
    NoText {
        /// Its path.
        path: String,
    },
    /// There are several.
    #[error("several templates could be meant")]
    Which {
        /// Which.
        known: Vec<String>,
    },
}

struct Templates<'s>(&'s Scope);

impl Filter for Templates<'_> {
    fn enters(&self, folder: &str) -> bool {
        self.0.leads_to_templates(folder)
    }

    fn takes(&self, file: &str) -> bool {
        self.0.in_templates(file) && file.ends_with(".md")
    }
}

impl Life {
    /// The board of a request, as it is on disk.
    ///
    /// # Errors
    ///
    /// There is no repository, or its configuration cannot be read.
    pub fn of(request: &Request) -> Result<Life, Error> {
        let Ground { repository, tip, root, config, scope } = Ground::of(request)?;
        let options = Options::of(&config)?;
        let disk = Disk::of(&repository);
        let tree = OnDisk::new(disk.clone());
        Ok(Life { repository, tip, root, config, scope, options, disk, tree })
    }

    /// The top of the working tree.
    pub fn worktree(&self) -> PathBuf {
        self.repository.worktree().to_owned()
    }

    /// The repository, for a commit.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The working tree.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// What stands at a path on disk.
    ///
    /// # Errors
    ///
    /// It cannot be looked at.
    pub fn item(&self, path: &str) -> Result<Option<Item>, Error> {
        Ok(self.disk.item(path)?)
    }

    /// The text of a file on disk; `None` where there is none, or it is no text or too large a one.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn text(&self, path: &RepoPath) -> Result<Option<String>, Error> {
        match self.disk.read(path.as_str(), MOST_BYTES) {
            Err(git::Error::TooLarge { .. }) => Ok(None),
            read => Ok(read?.and_then(|bytes| String::from_utf8(bytes).ok())),
        }
    }

    /// The templates on disk, by path.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn templates(&self) -> Result<Vec<RepoPath>, Error> {
        let mut found = Vec::new();
        let mut folders = vec![self.scope.templates().unwrap_or_default()];
        while let Some(folder) = folders.pop() {
            for (name, item) in self.disk.items(&folder)? {
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                match item {
                    Item::Folder => folders.push(path),
                    Item::File if path.ends_with(".md") && self.scope.in_templates(&path) => {
                        found.push(RepoPath::new(path));
                    }
                    Item::File | Item::Symlink => {}
                }
            }
        }
        found.sort();
        found.retain(|path| path.file_name() != "README.md");
        Ok(found)
    }

    /// A template by its path or its name; the only one where no name is given.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn template(&self, name: Option<&str>) -> Result<Result<Template, NoTemplate>, Error> {
        let all = self.templates()?;
        // By its name, where that says which one it is.
        let name_of = |path: &RepoPath| {
            let same = all.iter().filter(|other| other.stem() == path.stem()).count();
            if same == 1 { path.stem() } else { path.as_str() }.to_owned()
        };
        let known = || all.iter().map(name_of).collect::<Vec<_>>();
        let folder = self.scope.templates().unwrap_or_default();
        let path = match name {
            None => match all.as_slice() {
                [] => return Ok(Err(NoTemplate::AtAll { folder })),
                [only] => only.clone(),
                _ => return Ok(Err(NoTemplate::Which { known: known() })),
            },
            Some(name) => match self.named(&all, name).as_slice() {
                [] => {
                    return Ok(Err(NoTemplate::OfName { name: name.to_owned(), known: known() }));
                }
                [only] => only.clone(),
                many => {
                    let known = many.iter().map(|path| path.as_str().to_owned()).collect();
                    return Ok(Err(NoTemplate::Which { known }));
                }
            },
        };
        match self.text(&path)? {
            Some(text) => {
                let id = git::blob_id(text.as_bytes())?;
                Ok(Ok(Template { path, text, id }))
            }
            None => Ok(Err(NoTemplate::NoText { path: path.as_str().to_owned() })),
        }
    }

    /// The templates that a name could mean: by path from the repository's root, the board's, the
    /// templates folder or where the command was called; else by file name, with or without `.md`.
    fn named(&self, all: &[RepoPath], name: &str) -> Vec<RepoPath> {
        let folder = self.scope.templates().unwrap_or_default();
        let places = ["", &self.root, &folder, self.repository.prefix().trim_end_matches('/')];
        for place in places {
            let Some(path) = joined(place, name) else { continue };
            let found =
                all.iter().find(|one| one.as_str() == path || one.as_str() == format!("{path}.md"));
            if let Some(found) = found {
                return vec![found.clone()];
            }
        }
        let is_it = |path: &&RepoPath| path.file_name() == name || path.stem() == name;
        all.iter().filter(is_it).cloned().collect()
    }

    /// The version that a checklist names, of a template's path.
    ///
    /// # Errors
    ///
    /// The object database cannot be read.
    pub fn pinned(&self, template: &Template, written: &str) -> Result<Option<Version>, Error> {
        let (_, Some(id)) = pinned(written) else { return Ok(None) };
        if template.id.to_string().starts_with(&id.to_lowercase()) {
            return Ok(Some(Version { id: template.id, text: template.text.clone() }));
        }
        let blob = self.repository.version(template.path.as_str(), id)?;
        blob.map_or(Ok(None), |blob| self.version(blob))
    }

    /// The text of a content; `None` where it is no text, or not in this clone.
    ///
    /// # Errors
    ///
    /// The object database cannot be read.
    pub fn blob(&self, id: BlobId) -> Result<Option<String>, Error> {
        Ok(self.version(id)?.map(|version| version.text))
    }

    fn version(&self, id: BlobId) -> Result<Option<Version>, Error> {
        let bytes = store::bytes(self.repository.content(id, MOST_BYTES)?);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(text.map(|text| Version { id, text }))
    }

    /// The contents that each template has had, oldest first and each once, with that on disk last.
    ///
    /// # Errors
    ///
    /// History cannot be read.
    pub fn history(&self) -> Result<BTreeMap<RepoPath, Vec<BlobId>>, Error> {
        let mut all: BTreeMap<RepoPath, Vec<BlobId>> = BTreeMap::new();
        if let Some(tip) = self.tip {
            let mainline = self.repository.mainline(tip, &Templates(&self.scope))?;
            for revision in &mainline.revisions {
                for change in &revision.changes {
                    if let Some(after) = change.after {
                        all.entry(change.path.clone()).or_default().push(after);
                    }
                }
            }
        }
        for path in self.templates()? {
            let Some(text) = self.text(&path)? else { continue };
            all.entry(path).or_default().push(git::blob_id(text.as_bytes())?);
        }
        for versions in all.values_mut() {
            // What came back counts where it came back.
            let mut seen = HashSet::new();
            let mut kept: Vec<BlobId> =
                versions.iter().rev().copied().filter(|id| seen.insert(*id)).collect();
            kept.reverse();
            *versions = kept;
        }
        Ok(all)
    }

    /// The texts of some versions, as far as they are in this clone.
    ///
    /// # Errors
    ///
    /// The object database cannot be read.
    pub fn versions(&self, template: &Template, ids: &[BlobId]) -> Result<Vec<Version>, Error> {
        let mut versions = Vec::new();
        for id in ids {
            if *id == template.id {
                versions.push(Version { id: *id, text: template.text.clone() });
            } else {
                versions.extend(self.version(*id)?);
            }
        }
        Ok(versions)
    }

    /// The file or folder on disk that a destination in a template leads to, as the linter reads it.
    pub fn leads_to(&self, template: &RepoPath, destination: &str) -> Option<String> {
        leads_to(&self.tree, template.as_str(), destination)
    }

    /// The folder that new partners go into: that of the first glob of the form `folder/*`.
    pub fn partners_folder(&self, request: &Request) -> Option<String> {
        let globs = super::globs(request, &self.config);
        let folders = globs.iter().filter_map(|glob| glob.strip_suffix("/*"));
        let mut plain = folders.filter(|folder| !folder.contains(['*', '?', '[', '{']));
        plain.next().and_then(|folder| joined(&self.root, folder))
    }

    /// The `README.md` files that give a file its defaults, the nearest first, whether they are there
    /// or not.
    pub fn readmes(&self, path: &RepoPath) -> Vec<RepoPath> {
        inherit::readmes(path, |path| self.scope.membership(path).map(|member| member.root))
    }

    /// Whether a path would be on the board.
    pub fn is_on_board(&self, path: &RepoPath) -> bool {
        self.scope.takes(path.as_str()) && !is_above(".git", path.as_str())
    }
}
