//! What the findings of a file may ask of what is around it: the files of the version, and earlier
//! versions.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, RwLock};

use super::super::{MOST_BYTES, store};
use crate::config::Config;
use crate::dates::Date;
use crate::git::{self, Repository};
use crate::lint::project::{Entry, Past, Tree};
use crate::model::{CommitId, RepoPath};
use crate::workspace::{Disk, Item};

/// The longest path that is looked for, in bytes.
const MOST_PATH: usize = 4096;

/// The working tree. A folder is read once: links ask for many names in few folders.
pub(in crate::load) struct OnDisk {
    disk: Disk,
    folders: RwLock<HashMap<String, HashMap<String, Item>>>,
}

impl OnDisk {
    pub(in crate::load) fn new(disk: Disk) -> OnDisk {
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
pub(super) struct Committed {
    pub(super) repository: Mutex<Repository>,
    pub(super) tip: CommitId,
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
pub(super) struct History<'a> {
    pub(super) repository: &'a Repository,
    pub(super) tip: Option<CommitId>,
    pub(super) config: &'a Config,
    pub(super) failure: RefCell<Option<git::Error>>,
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
