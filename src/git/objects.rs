//! Reading objects: the one place where their bytes come from.
//!
//! Gitoxide reads them, since a walk and its readers go through nearly all of them on every core:
//! its handles share the packs and wait for nobody. Libgit2 unpacks behind locks, and took a third
//! of a cold run's time. What gitoxide does not find is searched for, see [`Search`].

use std::cell::{Cell, RefCell};
use std::collections::{HashSet, VecDeque};
use std::iter;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use git2::Oid;
use gix_hash::ObjectId;
use gix_object::{Find, Kind};
use gix_odb::store::init::Options;
use gix_odb::{HandleArc, Header, Store};
use gix_pack::cache::lru::MemoryCappedHashmap;

use crate::git::commit::RawCommit;
use crate::git::error::Error;
use crate::git::search::Search;
use crate::model::CommitId;

/// The id of an object of any kind.
pub(super) type Id = [u8; 20];

/// Why an object cannot be had. History takes it as a place where it ends; only the version looked
/// at turns it into an [`Error`].
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// It is not in this clone.
    Missing { kind: &'static str, id: Id },
    /// It is there and makes no sense, or more of it than any board has.
    Damaged { kind: &'static str, id: Id, reason: String },
}

impl Fault {
    pub(super) fn damaged(kind: &'static str, id: Id, reason: impl Into<String>) -> Fault {
        Fault::Damaged { kind, id, reason: reason.into() }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Error {
        let show = |id| CommitId(id).to_string();
        match fault {
            Fault::Missing { kind, id } => Error::MissingObject { kind, id: show(id) },
            Fault::Damaged { kind, id, reason } => Error::Damaged { kind, id: show(id), reason },
        }
    }
}

/// How many trees are kept: a walk compares each tree twice, with its child and with its parent.
const RECENT: usize = 32;

/// How much is kept of what was unpacked, in bytes: enough for the trees along a walk, each of which
/// a pack keeps as a difference from the one before.
const KEPT: usize = 1024 * 1024;

/// After so many objects the packs are mapped anew. What was gone through stays mapped until then,
/// and would count as the program's memory, more of it the longer the history is.
const MAPPED_FOR: u32 = 16_384;

/// How large an object may be, in bytes: git keeps no differences from larger files. A damaged pack
/// may say any size, and that much memory would be filled before anything else is noticed.
pub(super) const LARGEST: usize = 512 * 1024 * 1024;

/// Where objects are read. Its clones, one for each thread, begin on the same packs.
#[derive(Clone)]
pub(super) struct Database {
    folder: PathBuf,
    /// `None` where gitoxide refuses the folder, or one that it names.
    handle: RefCell<Option<HandleArc>>,
    /// Looks for what the handle does not find.
    search: RefCell<Search>,
    /// How many objects were read since the packs were mapped.
    read: Cell<u32>,
    /// Room to unpack in.
    room: RefCell<Vec<u8>>,
}

impl Database {
    /// Opens a folder of objects, with those of others that it names. Packs that come later are
    /// found.
    pub(super) fn open(folder: PathBuf) -> Database {
        let (handle, search) = (RefCell::new(handle(&folder)), RefCell::default());
        Database { folder, handle, search, read: Cell::default(), room: RefCell::default() }
    }

    /// Counts an object that is read now.
    fn count(&self) {
        self.read.set(self.read.get() + 1);
        if self.read.get() > MAPPED_FOR {
            self.read.set(0);
            self.search.take();
            // The old handle reads as well.
            if let Some(handle) = handle(&self.folder) {
                self.handle.replace(Some(handle));
            }
        }
    }
}

fn handle(folder: &Path) -> Option<HandleArc> {
    // As libgit2 does, nothing is read in place of something else (`refs/replace`).
    let mut replaced = iter::empty();
    let sha1 = gix_hash::Kind::Sha1;
    let options = Options { alloc_limit_bytes: Some(LARGEST), ..Options::default() };
    let store = Store::at_opts(folder.to_owned(), sha1, &mut replaced, options).ok()?;
    let handle = Arc::new(store).to_cache_arc();
    Some(handle.with_pack_cache(|| Box::new(MemoryCappedHashmap::new(KEPT))))
}

/// The objects of a repository.
pub(super) struct Objects<'r> {
    database: &'r Database,
    shallow: &'r HashSet<Id>,
    recent: RefCell<VecDeque<(Id, Rc<[u8]>)>>,
}

impl<'r> Objects<'r> {
    pub(super) fn new(database: &'r Database, shallow: &'r HashSet<Id>) -> Objects<'r> {
        Objects { database, shallow, recent: RefCell::default() }
    }

    /// The commit, without the parents that a shallow clone hides.
    pub(super) fn commit(&self, id: Id) -> Result<RawCommit, Fault> {
        let bytes = self.read(id, Kind::Commit, <[u8]>::to_vec)?;
        RawCommit::parse(id, bytes, self.shallow.contains(&id))
            .ok_or_else(|| Fault::damaged("commit", id, "it does not begin as a commit does"))
    }

    /// The bytes of a tree.
    pub(super) fn tree(&self, id: Id) -> Result<Rc<[u8]>, Fault> {
        if is_empty_tree(id) {
            return Ok(Rc::default());
        }
        let mut recent = self.recent.borrow_mut();
        if let Some((_, tree)) = recent.iter().rev().find(|(known, _)| *known == id) {
            return Ok(tree.clone());
        }
        let tree: Rc<[u8]> = self.read(id, Kind::Tree, |bytes| Rc::from(bytes))?;
        if recent.len() == RECENT {
            recent.pop_front();
        }
        recent.push_back((id, tree.clone()));
        Ok(tree)
    }

    /// The bytes of a file.
    pub(super) fn blob(&self, id: Id) -> Result<Vec<u8>, Fault> {
        self.read(id, Kind::Blob, <[u8]>::to_vec)
    }

    /// The kind of an object and its size in bytes.
    pub(super) fn header(&self, id: Id, expected: &'static str) -> Result<(Kind, u64), Fault> {
        if is_empty_tree(id) {
            return Ok((Kind::Tree, 0));
        }
        let Database { folder, handle, search, .. } = self.database;
        let fault = match handle.borrow().as_ref().map(|all| all.try_header(&ObjectId::Sha1(id))) {
            Some(Ok(Some(header))) => return Ok((header.kind(), header.size())),
            Some(Ok(None)) | None => Fault::Missing { kind: expected, id },
            Some(Err(error)) => Fault::damaged(expected, id, error.to_string()),
        };
        search.borrow_mut().header(folder, id).ok_or(fault)
    }

    /// What an annotated tag points to.
    pub(super) fn tag_target(&self, id: Id) -> Result<Id, Fault> {
        let target = self.read(id, Kind::Tag, |bytes| {
            let line = bytes.split(|byte| *byte == b'\n').next()?;
            super::commit::hex(line.strip_prefix(b"object ")?)
        })?;
        target.ok_or_else(|| Fault::damaged("tag", id, "it does not begin as a tag does"))
    }

    fn read<T>(&self, id: Id, kind: Kind, take: impl Fn(&[u8]) -> T) -> Result<T, Fault> {
        self.database.count();
        let Database { folder, handle, search, room, .. } = self.database;
        let mut room = room.borrow_mut();
        let take = |found: Kind, bytes: &[u8]| match found == kind {
            true => Ok(take(bytes)),
            false => Err(Fault::damaged(name(kind), id, format!("it is a {found}"))),
        };
        let handle = handle.borrow();
        let fault = match handle.as_ref().map(|all| all.try_find(&ObjectId::Sha1(id), &mut room)) {
            Some(Ok(Some(object))) => return take(object.kind, object.data),
            Some(Ok(None)) | None => Fault::Missing { kind: name(kind), id },
            Some(Err(error)) => Fault::damaged(name(kind), id, error.to_string()),
        };
        match search.borrow_mut().object(folder, id, &mut room) {
            Some(found) => take(found, &room),
            None => Err(fault),
        }
    }
}

/// Whether it is the tree without entries, which every repository has as git and libgit2 see it: a
/// commit of an empty index does not store it.
fn is_empty_tree(id: Id) -> bool {
    ObjectId::Sha1(id).is_empty_tree()
}

/// What git calls a kind of object.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Tree => "tree",
        Kind::Blob => "blob",
        Kind::Commit => "commit",
        Kind::Tag => "tag",
    }
}

/// The bytes of libgit2's id. It is always one of SHA-1: other repositories are not opened.
pub(super) fn id(oid: Oid) -> Id {
    oid.as_bytes().try_into().unwrap_or_default()
}
