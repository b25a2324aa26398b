//! Reading objects: the one place that asks libgit2 for bytes.

use std::cell::RefCell;
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use git2::{ErrorCode, ObjectType, Odb, Oid};

use crate::git::commit::RawCommit;
use crate::git::error::Error;
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

/// The objects of a repository.
pub(super) struct Objects<'r> {
    odb: Odb<'r>,
    shallow: &'r HashSet<Id>,
    recent: RefCell<VecDeque<(Id, Rc<[u8]>)>>,
}

impl<'r> Objects<'r> {
    pub(super) fn new(odb: Odb<'r>, shallow: &'r HashSet<Id>) -> Objects<'r> {
        Objects { odb, shallow, recent: RefCell::default() }
    }

    /// The commit, without the parents that a shallow clone hides.
    pub(super) fn commit(&self, id: Id) -> Result<RawCommit, Fault> {
        let bytes = self.read(id, ObjectType::Commit, <[u8]>::to_vec)?;
        RawCommit::parse(id, bytes, self.shallow.contains(&id))
            .ok_or_else(|| Fault::damaged("commit", id, "it does not begin as a commit does"))
    }

    /// The bytes of a tree.
    pub(super) fn tree(&self, id: Id) -> Result<Rc<[u8]>, Fault> {
        let mut recent = self.recent.borrow_mut();
        if let Some((_, tree)) = recent.iter().rev().find(|(known, _)| *known == id) {
            return Ok(tree.clone());
        }
        let tree: Rc<[u8]> = self.read(id, ObjectType::Tree, |bytes| Rc::from(bytes))?;
        if recent.len() == RECENT {
            recent.pop_front();
        }
        recent.push_back((id, tree.clone()));
        Ok(tree)
    }

    /// The bytes of a file.
    pub(super) fn blob(&self, id: Id) -> Result<Vec<u8>, Fault> {
        self.read(id, ObjectType::Blob, <[u8]>::to_vec)
    }

    /// The kind of an object and its size in bytes.
    pub(super) fn header(
        &self,
        id: Id,
        expected: &'static str,
    ) -> Result<(ObjectType, u64), Fault> {
        let header = oid(id).and_then(|oid| self.odb.read_header(oid));
        let (size, kind) = header.map_err(|error| fault(&error, expected, id))?;
        Ok((kind, size as u64))
    }

    /// What an annotated tag points to.
    pub(super) fn tag_target(&self, id: Id) -> Result<Id, Fault> {
        let target = self.read(id, ObjectType::Tag, |bytes| {
            let line = bytes.split(|byte| *byte == b'\n').next()?;
            super::commit::hex(line.strip_prefix(b"object ")?)
        })?;
        target.ok_or_else(|| Fault::damaged("tag", id, "it does not begin as a tag does"))
    }

    fn read<T>(&self, id: Id, kind: ObjectType, take: impl Fn(&[u8]) -> T) -> Result<T, Fault> {
        let object = oid(id).and_then(|oid| self.odb.read(oid));
        let object = object.map_err(|error| fault(&error, kind.str(), id))?;
        if object.kind() != kind {
            return Err(Fault::damaged(kind.str(), id, format!("it is a {}", object.kind().str())));
        }
        Ok(take(object.data()))
    }
}

pub(super) fn oid(id: Id) -> Result<Oid, git2::Error> {
    Oid::from_bytes(&id)
}

/// The bytes of libgit2's id. It is always one of SHA-1: other repositories are not opened.
pub(super) fn id(oid: Oid) -> Id {
    oid.as_bytes().try_into().unwrap_or_default()
}

fn fault(error: &git2::Error, kind: &'static str, id: Id) -> Fault {
    match error.code() {
        ErrorCode::NotFound => Fault::Missing { kind, id },
        _ => Fault::damaged(kind, id, error.message()),
    }
}
