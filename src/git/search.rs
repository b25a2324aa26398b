//! The search for objects that gitoxide does not find where git does.
//!
//! Gitoxide looks from the wrong place for the folders that a borrowed one names, refuses those that
//! go round in a circle, passes over packs that are symbolic links, trusts an index of several packs
//! of which some are gone, and gives up at a damaged copy. Here every folder, every pack and every
//! loose object is looked at by itself. Libgit2 would find them as well, but crashes on packs that
//! are damaged.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gix_hash::ObjectId;
use gix_object::Kind;
use gix_odb::{alternate, loose};
use gix_pack::Bundle;
use gix_pack::cache::Never;
use gix_zlib::Inflate;

use crate::git::objects::{Id, LARGEST};

const SHA1: gix_hash::Kind = gix_hash::Kind::Sha1;

/// The packs met in earlier searches, by the paths of their indices.
#[derive(Clone, Default)]
pub(super) struct Search(BTreeMap<PathBuf, Arc<Bundle>>);

impl Search {
    /// Unpacks an object; gives its kind.
    pub(super) fn object(&mut self, root: &Path, id: Id, room: &mut Vec<u8>) -> Option<Kind> {
        let (id, folders) = (ObjectId::Sha1(id), self.refresh(root));
        let mut unpack = |pack: &Arc<Bundle>| {
            let found = pack.find(&id, room, &mut Inflate::default(), &mut Never);
            Some(found.ok()??.0.kind)
        };
        self.0.values().find_map(&mut unpack).or_else(|| {
            let mut folders = folders.iter().map(beside_packs);
            folders.find_map(|folder| Some(folder.try_find(&id, room).ok()??.kind))
        })
    }

    /// The kind of an object and its size in bytes.
    pub(super) fn header(&mut self, root: &Path, id: Id) -> Option<(Kind, u64)> {
        let (id, folders) = (ObjectId::Sha1(id), self.refresh(root));
        self.0.values().find_map(|pack| packed_header(pack, &id)).or_else(|| {
            let mut folders = folders.iter().map(beside_packs);
            let found = folders.find_map(|folder| folder.try_header(&id).ok()?);
            found.map(|(size, kind)| (kind, size))
        })
    }

    /// Opens what packs have come; gives the folders.
    fn refresh(&mut self, root: &Path) -> Vec<PathBuf> {
        let folders = folders(root);
        for folder in &folders {
            let entries = fs::read_dir(folder.join("pack")).into_iter().flatten().flatten();
            let paths = entries.map(|entry| entry.path());
            for path in paths.filter(|path| path.extension().is_some_and(|it| it == "idx")) {
                if self.0.contains_key(&path) {
                    continue;
                }
                if let Ok(Bundle { pack, index }) = Bundle::at(&path, SHA1) {
                    let pack = Bundle { pack: pack.with_alloc_limit_bytes(Some(LARGEST)), index };
                    self.0.insert(path, Arc::new(pack));
                }
            }
        }
        folders
    }
}

/// The objects of a folder that are in no pack.
fn beside_packs(folder: &PathBuf) -> loose::Store {
    let options = loose::Options { alloc_limit_bytes: Some(LARGEST), ..loose::Options::default() };
    loose::Store::at_opts(folder, SHA1, options)
}

fn packed_header(pack: &Bundle, id: &ObjectId) -> Option<(Kind, u64)> {
    let entry = |at| pack.pack.entry(pack.index.pack_offset_at_index(at));
    let base = |id: &gix_hash::oid| {
        let at = pack.index.lookup(id);
        at.map(|at| entry(at).map(gix_pack::data::decode::header::ResolvedBase::InPack)).transpose()
    };
    let entry = entry(pack.index.lookup(id)?).ok()?;
    let header = pack.pack.decode_header(entry, &mut Inflate::default(), &base).ok()?;
    Some((header.kind, header.object_size))
}

/// A folder of objects and those that it borrows from, each named from where the one lies that names
/// it. What is not there is left out.
fn folders(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    let mut done = 0;
    while let Some(folder) = found.get(done) {
        let list = fs::read(folder.join("info/alternates")).unwrap_or_default();
        let named = alternate::parse(&list).unwrap_or_default();
        let named = named.iter().filter_map(|path| folder.join(path).canonicalize().ok());
        for folder in named.collect::<Vec<_>>() {
            if !found.contains(&folder) {
                found.push(folder);
            }
        }
        done += 1;
    }
    found
}
