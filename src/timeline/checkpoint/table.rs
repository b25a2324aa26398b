//! What many share is written once and named by its place.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Malformed;
use crate::model::event::Origin;
use crate::model::{Commit, CommitId, Document};
use crate::timeline::track::Tick;

/// An origin, its commits named by their places.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum SavedOrigin {
    Commit { introduced: usize, landed: usize },
    Uncommitted,
    Unknown,
}

impl SavedOrigin {
    pub(super) fn origin(self, commits: &[Arc<Commit>]) -> Result<Origin, Malformed> {
        Ok(match self {
            SavedOrigin::Commit { introduced, landed } => Origin::Commit {
                introduced: get(commits, introduced)?.clone(),
                landed: get(commits, landed)?.clone(),
            },
            SavedOrigin::Uncommitted => Origin::Uncommitted,
            SavedOrigin::Unknown => Origin::Unknown,
        })
    }
}

/// A tick, its commits named by their places.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::timeline) struct SavedTick {
    origin: SavedOrigin,
    first_seen: bool,
}

impl SavedTick {
    pub(in crate::timeline) fn tick(self, commits: &[Arc<Commit>]) -> Result<Tick, Malformed> {
        Ok(Tick { origin: self.origin.origin(commits)?, first_seen: self.first_seen })
    }
}

/// What stands at a place.
pub(super) fn get<T>(all: &[T], at: usize) -> Result<&T, Malformed> {
    all.get(at).ok_or(Malformed("something is named that is not there"))
}

/// Commits, each once.
#[derive(Default)]
pub(in crate::timeline) struct Commits {
    places: HashMap<CommitId, usize>,
    pub(in crate::timeline) all: Vec<Arc<Commit>>,
}

impl Commits {
    pub(super) fn place(&mut self, commit: &Arc<Commit>) -> usize {
        *self.places.entry(commit.id).or_insert_with(|| {
            self.all.push(commit.clone());
            self.all.len() - 1
        })
    }

    pub(super) fn origin(&mut self, origin: &Origin) -> SavedOrigin {
        match origin {
            Origin::Commit { introduced, landed } => SavedOrigin::Commit {
                introduced: self.place(introduced),
                landed: self.place(landed),
            },
            Origin::Uncommitted => SavedOrigin::Uncommitted,
            Origin::Unknown => SavedOrigin::Unknown,
        }
    }

    pub(in crate::timeline) fn tick(&mut self, tick: &Tick) -> SavedTick {
        SavedTick { origin: self.origin(&tick.origin), first_seen: tick.first_seen }
    }
}

/// Documents, each once: files with one content share theirs.
#[derive(Default)]
pub(super) struct Documents {
    places: HashMap<*const Document, usize>,
    pub(super) all: Vec<Arc<Document>>,
}

impl Documents {
    pub(super) fn place(&mut self, document: &Arc<Document>) -> usize {
        *self.places.entry(Arc::as_ptr(document)).or_insert_with(|| {
            self.all.push(document.clone());
            self.all.len() - 1
        })
    }
}
