//! File versions: fetched from git or the working tree, and read once.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Weak};

use super::{Error, MOST_BYTES};
use crate::git::{self, Repository};
use crate::model::history::Content;
use crate::model::{BlobId, Document, RepoPath};
use crate::parse;
use crate::timeline::{Read, Versions};
use crate::workspace;

/// How many versions are kept beside those that the replay itself holds on to.
const KEPT: usize = 128;

/// Stands for a content on disk that is too large to be read: there, and not to be had.
pub(super) const UNREADABLE: BlobId = BlobId([0; 20]);

/// Gives out file versions.
pub(super) struct Store<'a> {
    repository: &'a Repository,
    reader: RefCell<parse::Reader<'a>>,
    /// Contents that git does not have.
    added: HashMap<BlobId, Vec<u8>>,
    /// Contents that a file of the working tree has too, for clones that lack the object.
    on_disk: HashMap<BlobId, RepoPath>,
    read: RefCell<HashMap<BlobId, Weak<Document>>>,
    recent: RefCell<VecDeque<Arc<Document>>>,
    missing: RefCell<HashSet<BlobId>>,
    /// Whether git had everything that was asked for.
    whole: Cell<bool>,
    failure: Cell<Option<git::Error>>,
}

impl<'a> Store<'a> {
    pub(super) fn new(repository: &'a Repository, options: &'a parse::Options) -> Store<'a> {
        Store {
            repository,
            reader: RefCell::new(parse::Reader::new(options)),
            added: HashMap::new(),
            on_disk: HashMap::new(),
            read: RefCell::default(),
            recent: RefCell::default(),
            missing: RefCell::default(),
            whole: Cell::new(true),
            failure: Cell::default(),
        }
    }

    /// Adds a content that is only in the working tree; returns the id that git would give it.
    pub(super) fn add(&mut self, bytes: Vec<u8>) -> Result<BlobId, Error> {
        let blob = git::blob_id(&bytes)?;
        self.added.insert(blob, bytes);
        Ok(blob)
    }

    /// Notes that a file of the working tree has a content.
    pub(super) fn also_on_disk(&mut self, blob: BlobId, path: &RepoPath) {
        self.on_disk.insert(blob, path.clone());
    }

    /// The first failure to read that was no missing object.
    pub(super) fn failure(&self) -> Result<(), Error> {
        self.failure.take().map_or(Ok(()), |error| Err(error.into()))
    }

    /// How many contents were asked for that this clone does not have.
    pub(super) fn missing(&self) -> usize {
        self.missing.borrow().len()
    }

    /// Whether git had everything that was asked for. Otherwise what was made of it may be another
    /// tomorrow, with the same commits.
    pub(super) fn is_whole(&self) -> bool {
        self.whole.get()
    }

    /// The size of a content that is too large to be read; `None` for one that is missing.
    pub(super) fn size_if_large(&self, blob: BlobId) -> Result<Option<u64>, Error> {
        match self.repository.content(blob, MOST_BYTES)? {
            Content::TooLarge(size) => Ok(Some(size)),
            Content::Bytes(_) | Content::Missing => Ok(None),
        }
    }

    fn fetch(&self, blob: BlobId) -> Option<Vec<u8>> {
        if let Some(bytes) = self.added.get(&blob) {
            return Some(bytes.clone());
        }
        if blob == UNREADABLE {
            return None;
        }
        match self.repository.content(blob, MOST_BYTES) {
            Ok(Content::Missing) => {
                self.whole.set(false);
                let path = self.on_disk.get(&blob).map(RepoPath::as_str);
                let disk = |path| workspace::read_file(self.repository, path, MOST_BYTES);
                let found = path.and_then(|path| disk(path).ok().flatten());
                if found.is_none() {
                    self.missing.borrow_mut().insert(blob);
                }
                found
            }
            Ok(content) => bytes(content),
            Err(error) => {
                self.whole.set(false);
                let first = self.failure.take().unwrap_or(error);
                self.failure.set(Some(first));
                None
            }
        }
    }

    /// Gives out a version that was read elsewhere, as long as somebody holds it.
    pub(super) fn keep(&self, blob: BlobId, document: &Arc<Document>) {
        self.read.borrow_mut().insert(blob, Arc::downgrade(document));
        let mut recent = self.recent.borrow_mut();
        recent.push_back(document.clone());
        if recent.len() > KEPT {
            recent.pop_front();
        }
    }
}

/// The bytes of a content, if there are any to be had.
pub(super) fn bytes(content: Content) -> Option<Vec<u8>> {
    match content {
        Content::Bytes(bytes) => Some(bytes),
        Content::TooLarge(_) | Content::Missing => None,
    }
}

impl Versions for Store<'_> {
    fn document(&self, path: &RepoPath, blob: BlobId) -> Read {
        let kept = self.read.borrow().get(&blob).and_then(Weak::upgrade);
        if let Some(document) = kept {
            return Read::Document(document);
        }
        let Some(bytes) = self.fetch(blob) else { return Read::Missing };
        let document = Arc::new(self.reader.borrow_mut().document(path, &bytes));
        self.keep(blob, &document);
        Read::Document(document)
    }

    fn bytes(&self, blob: BlobId) -> Option<Arc<[u8]>> {
        self.fetch(blob).map(Arc::from)
    }
}
