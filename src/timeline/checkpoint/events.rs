//! Events, as bytes and back.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Malformed;
use super::table::{Commits, SavedOrigin, get};
use crate::dates::Date;
use crate::model::event::{EventKind, Value};
use crate::model::{Commit, RepoPath};
use crate::timeline::tell::{Order, Recorded};

#[derive(Serialize, Deserialize)]
struct Events {
    commits: Vec<Arc<Commit>>,
    paths: Vec<RepoPath>,
    sections: Vec<Vec<String>>,
    events: Vec<SavedEvent>,
}

#[derive(Serialize, Deserialize)]
struct SavedEvent {
    order: Order,
    kind: EventKind,
    path: usize,
    lineage: usize,
    item: Option<usize>,
    text: Option<String>,
    section: usize,
    before: Option<Value>,
    after: Option<Value>,
    origin: SavedOrigin,
    first_seen: bool,
    stated: Option<Date>,
}

/// Values, each once.
struct Once<'a, T> {
    places: HashMap<&'a T, usize>,
    all: Vec<T>,
}

impl<'a, T: Clone + Eq + Hash> Once<'a, T> {
    fn new() -> Once<'a, T> {
        Once { places: HashMap::new(), all: Vec::new() }
    }

    fn place(&mut self, value: &'a T) -> usize {
        *self.places.entry(value).or_insert_with(|| {
            self.all.push(value.clone());
            self.all.len() - 1
        })
    }
}

pub(super) fn encode(events: &[Recorded]) -> Result<Vec<u8>, Malformed> {
    let (mut commits, mut paths, mut sections) = (Commits::default(), Once::new(), Once::new());
    let mut saved = Vec::with_capacity(events.len());
    for event in events {
        saved.push(SavedEvent {
            order: event.order,
            kind: event.kind,
            path: paths.place(&event.path),
            lineage: event.lineage,
            item: event.item,
            text: event.text.clone(),
            section: sections.place(&event.section),
            before: event.before.clone(),
            after: event.after.clone(),
            origin: commits.origin(&event.origin),
            first_seen: event.first_seen,
            stated: event.stated,
        });
    }
    let (commits, paths, sections) = (commits.all, paths.all, sections.all);
    Ok(postcard::to_stdvec(&Events { commits, paths, sections, events: saved })?)
}

/// `tracks`: how many items there are for events to be of.
pub(super) fn decode(bytes: &[u8], tracks: usize) -> Result<Vec<Recorded>, Malformed> {
    let Events { commits, paths, sections, events } = postcard::from_bytes(bytes)?;
    let event = |saved: SavedEvent| {
        if saved.item.is_some_and(|item| item >= tracks) {
            return Err(Malformed("an event is of an item that is not there"));
        }
        Ok(Recorded {
            order: saved.order,
            kind: saved.kind,
            path: get(&paths, saved.path)?.clone(),
            lineage: saved.lineage,
            item: saved.item,
            text: saved.text,
            section: get(&sections, saved.section)?.clone(),
            before: saved.before,
            after: saved.after,
            origin: saved.origin.origin(&commits)?,
            first_seen: saved.first_seen,
            stated: saved.stated,
        })
    };
    events.into_iter().map(event).collect()
}
