//! From versions to events: replays what each mainline commit changed and keeps track of every
//! item, its dates and its people.
//!
//! The timeline knows nothing of git. It is handed revisions, oldest first, and a way to read a
//! file version; at the end it tells the [`Story`].

mod align;
mod checkpoint;
mod crossed;
mod departed;
mod ids;
#[cfg(test)]
mod notation;
mod origin;
mod rename;
mod similar;
mod story;
mod tally;
mod tell;
#[cfg(test)]
mod tests;
mod track;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use checkpoint::{Checkpoint, Encoded, Malformed};
pub use story::{Check, Facts, FileStory, ItemStory, Story};
pub use track::Timeline;

use crate::config::scope::Membership;
use crate::dates::Zone;
use crate::model::history::Change;
use crate::model::{BlobId, Document, RepoPath};

/// A file version, read, if it can be had.
#[derive(Clone, Debug)]
pub enum Read {
    /// The version.
    Document(Arc<Document>),
    /// Not in this clone, or too large to be read.
    Missing,
}

/// Where file versions come from. Asked for the same version more than once.
pub trait Versions {
    /// A version of a file, read.
    fn document(&self, path: &RepoPath, blob: BlobId) -> Read;
    /// Its bytes, if they can be had.
    fn bytes(&self, blob: BlobId) -> Option<Arc<[u8]>>;
}

/// What the board's configuration says about history.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// In which instants become days.
    pub zone: Zone,
    /// From how many boxes ticked in one commit on their dates are upper bounds.
    pub batch_size: usize,
    /// The partner that a file belongs to.
    pub membership: &'a dyn Fn(&RepoPath) -> Option<Membership>,
}

/// Which of the files that came with some changes is one that went: the old path of each new one.
pub fn renamed(changes: &[Change], versions: &dyn Versions) -> BTreeMap<RepoPath, RepoPath> {
    rename::renames(changes, versions)
}

/// The items of a newer version of a template that the one before has not, by index; those without
/// a text are left out.
pub fn gained(old: &Document, new: &Document) -> Vec<usize> {
    let is_new = |(at, old): (usize, Option<usize>)| {
        let has_text = new.items.get(at).is_some_and(|item| !item.identity.is_empty());
        (old.is_none() && has_text).then_some(at)
    };
    counterparts(old, new).into_iter().enumerate().filter_map(is_new).collect()
}

/// Those of a template's items, by index, that a checklist has not.
pub fn lacking(checklist: &Document, template: &Document, items: &[usize]) -> Vec<usize> {
    let here = counterparts(checklist, template);
    items.iter().copied().filter(|at| here.get(*at) == Some(&None)).collect()
}

/// For each item of a newer document the item of an older one that it is, if it is any: what history
/// would tell of the two as versions of one file.
pub fn counterparts(old: &Document, new: &Document) -> Vec<Option<usize>> {
    align::Alignment::of(old, new).old_of
}
