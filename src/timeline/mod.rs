//! From versions to events: replays what each mainline commit changed and keeps track of every
//! item, its dates and its people.
//!
//! The timeline knows nothing of git. It is handed revisions, oldest first, and a way to read a
//! file version; at the end it tells the [`Story`].

mod align;
mod checkpoint;
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

use std::sync::Arc;

pub use checkpoint::{Checkpoint, Encoded, Malformed};
pub use story::{Check, Facts, FileStory, ItemStory, Story};
pub use track::Timeline;

use crate::config::scope::Membership;
use crate::dates::Zone;
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

/// For each item of a newer document the item of an older one that it is, if it is any: what history
/// would tell of the two as versions of one file.
pub fn counterparts(old: &Document, new: &Document) -> Vec<Option<usize>> {
    align::Alignment::of(old, new).old_of
}
