//! Telling what one commit did, event by event.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::origin::{Found, Property, Tracer};
use super::track::{File, Tick, Timeline, Track, Transition};
use super::{Rules, Versions};
use crate::dates::Date;
use crate::inherit::Surroundings;
use crate::model::event::{EventKind, Origin, Value};
use crate::model::history::Revision;
use crate::model::{BlobId, Commit, Document, Item, RepoPath, State};

/// An event before its date is told.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) order: Order,
    pub(super) kind: EventKind,
    pub(super) path: RepoPath,
    pub(super) lineage: usize,
    /// The item's track.
    pub(super) item: Option<usize>,
    pub(super) text: Option<String>,
    pub(super) section: Vec<String>,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
    pub(super) origin: Origin,
    /// A tick that the item came with.
    pub(super) first_seen: bool,
    /// The day that the text states for a tick.
    pub(super) stated: Option<Date>,
}

/// Events are told in the order of the mainline, then of the merged branch, then as they stand in
/// the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Order {
    step: usize,
    side: usize,
    number: usize,
}

/// What is being replayed.
#[derive(Clone, Copy)]
pub(super) enum Source<'r> {
    Mainline(&'r Revision),
    WorkingTree,
    /// A merge that is not made yet; whether the working tree is part of it.
    Proposal(&'r Revision, bool),
}

impl<'r> Source<'r> {
    /// The commit that is replayed, or the merge that could be made.
    pub(super) fn revision(self) -> Option<&'r Revision> {
        match self {
            Source::Mainline(revision) | Source::Proposal(revision, _) => Some(revision),
            Source::WorkingTree => None,
        }
    }
}

/// Finds out who made the changes that are being replayed.
pub(super) struct Teller<'r> {
    source: Source<'r>,
    tracer: Option<Tracer<'r>>,
}

impl<'r> Teller<'r> {
    pub(super) fn new(
        source: Source<'r>,
        versions: &'r dyn Versions,
        rules: Rules<'r>,
        former: HashMap<RepoPath, Vec<RepoPath>>,
    ) -> Teller<'r> {
        let merge = source.revision().filter(|revision| !revision.merged.is_empty());
        let is_proposed = matches!(source, Source::Proposal(..));
        let tracer =
            merge.map(|revision| Tracer::new(revision, versions, rules, former, is_proposed));
        Teller { source, tracer }
    }

    /// The commit with which a file that is new lands, if that is known. What is not merged yet is
    /// taken to land as it was committed: no later day is known for it.
    pub(super) fn landing(&mut self, path: &RepoPath) -> Option<Arc<Commit>> {
        match self.source {
            Source::Mainline(revision) => revision.parent_known.then(|| revision.commit.clone()),
            Source::WorkingTree => None,
            Source::Proposal(..) => {
                let found = self.found(|tracer| tracer.path(path));
                match self.origin(found, false) {
                    Origin::Commit { landed, .. } => Some(landed),
                    Origin::Uncommitted | Origin::Unknown => None,
                }
            }
        }
    }

    /// Asks the tracer, where there is a merged branch to be searched.
    fn found(&mut self, ask: impl FnOnce(&mut Tracer<'r>) -> Found) -> Found {
        match (&mut self.tracer, self.source) {
            (_, Source::Mainline(revision)) if !revision.parent_known => Found::Unknown,
            (Some(tracer), _) => ask(tracer),
            (None, _) => Found::Landing,
        }
    }

    fn item(&mut self, place: &Place<'_>, property: &Property<'_>) -> Found {
        self.found(|tracer| tracer.item(place.path, place.blob, place.index, property))
    }

    /// The same of an item that was not there before.
    fn new_item(&mut self, place: &Place<'_>, property: &Property<'_>) -> Found {
        self.found(|tracer| tracer.new_item(place.path, place.blob, place.index, property))
    }

    /// Where a change came from; unknown if a version before it could not be read.
    fn origin(&self, found: Found, stale: bool) -> Origin {
        let commit = |introduced: &Arc<Commit>, revision: &Revision| Origin::Commit {
            introduced: introduced.clone(),
            landed: revision.commit.clone(),
        };
        match (self.source, found) {
            _ if stale => Origin::Unknown,
            (Source::WorkingTree, _) => Origin::Uncommitted,
            (Source::Mainline(revision), Found::Landing) => commit(&revision.commit, revision),
            (Source::Mainline(revision), Found::Side(at)) => match revision.side.get(at) {
                Some(side) => commit(&side.commit, revision),
                None => Origin::Unknown,
            },
            (Source::Proposal(_, true), Found::Landing) => Origin::Uncommitted,
            (Source::Proposal(revision, _), found) => {
                let commit = match found {
                    Found::Landing => Some(&revision.commit),
                    Found::Side(at) => revision.side.get(at).map(|side| &side.commit),
                    Found::Unknown => None,
                };
                commit.map_or(Origin::Unknown, |commit| Origin::Commit {
                    introduced: commit.clone(),
                    landed: commit.clone(),
                })
            }
            (Source::Mainline(_), Found::Unknown) => Origin::Unknown,
        }
    }

    /// The place of a change among those of one merge: older commits of the branch first, the
    /// merge itself last.
    fn side(&self, found: Found) -> usize {
        match (self.source.revision(), found) {
            (Some(revision), Found::Side(at)) => revision.side.len() - at,
            (Some(revision), Found::Landing) => revision.side.len() + 1,
            _ => 0,
        }
    }
}

/// An item in a version of a file.
pub(super) struct Place<'a> {
    pub(super) path: &'a RepoPath,
    pub(super) document: &'a Document,
    pub(super) index: usize,
    pub(super) blob: BlobId,
}

impl Place<'_> {
    fn item(&self) -> &Item {
        &self.document.items[self.index]
    }

    fn section(&self) -> Vec<String> {
        self.document.section_path(self.item().section)
    }
}

/// An item's due date and owners before and after a commit, what brought the new ones, and what
/// surrounds the file.
pub(super) struct Rescheduled<'a> {
    pub(super) before: &'a (Option<Date>, Vec<String>),
    pub(super) now: &'a (Option<Date>, Vec<String>),
    pub(super) cause: (&'a RepoPath, Option<BlobId>),
    pub(super) around: &'a Surroundings<'a>,
}

impl Timeline<'_> {
    /// Adds an event behind those of the same commit.
    pub(super) fn push(&mut self, mut event: Recorded) {
        event.order.step = self.step;
        event.order.number = self.tally.events;
        self.tally.count(&event, self.rules.zone);
        if self.keeps_events {
            self.events.push(event);
        }
    }

    /// Tells the events of one file and returns the track of each of its new items.
    pub(super) fn tell(
        &mut self,
        transitions: &[Transition],
        at: usize,
        teller: &mut Teller<'_>,
    ) -> Vec<usize> {
        let transition = &transitions[at];
        self.tell_of_file(transition, teller);
        let mut tracks = Vec::new();
        if let (Some((path, blob)), Some(document)) = (&transition.to, &transition.document) {
            for index in 0..document.items.len() {
                let place = Place { path, document, index, blob: *blob };
                let here = transition.alignment.old_of[index].map(|old| (at, old));
                let old = here.or_else(|| transition.elsewhere.get(&index).copied());
                let old = old.and_then(|(file, old)| OldItem::of(&transitions[file], old));
                tracks.push(match old {
                    Some(old) => self.tell_of_item(&old, &place, transition, teller),
                    None => self.tell_of_new_item(&place, transition, teller),
                });
            }
        }
        self.tell_of_removed_items(transition, teller);
        tracks
    }

    fn tell_of_file(&mut self, transition: &Transition, teller: &mut Teller<'_>) {
        let listed_before = transition.from.as_ref().is_some_and(|(_, file)| file.listed);
        let has_items = transition.document.as_ref().is_some_and(|new| !new.items.is_empty());
        let value = |path: &RepoPath| Some(Value::Path(path.clone()));
        let (kind, path, found, before, after) = match (&transition.from, &transition.to) {
            (Some((from, _)), Some((to, _))) if listed_before && from != to => {
                let found = teller.found(|tracer| tracer.path(to));
                (EventKind::ChecklistRenamed, to, found, value(from), value(to))
            }
            (from, Some((to, blob))) if has_items && !listed_before => {
                let found = match (from, &transition.document) {
                    // The file was there before; what is new is that it has items.
                    (Some(_), Some(document)) => {
                        let first = Place { path: to, document, index: 0, blob: *blob };
                        teller.new_item(&first, &Property::Presence)
                    }
                    _ => teller.found(|tracer| tracer.path(to)),
                };
                (EventKind::ChecklistAdded, to, found, None, value(to))
            }
            (Some((from, _)), None) if listed_before => {
                let found = teller.found(|tracer| tracer.path_removed(from));
                (EventKind::ChecklistRemoved, from, found, value(from), None)
            }
            _ => return,
        };
        let origin = teller.origin(found, transition.is_stale());
        // Since when a checklist that was always there has been there is not known.
        if kind == EventKind::ChecklistAdded && origin == Origin::Unknown {
            return;
        }
        let mut event = Recorded::new(kind, path, transition.lineage, origin, teller.side(found));
        (event.before, event.after) = (before, after);
        self.push(event);
    }

    /// Tells what changed of an item that was there before; returns its track.
    fn tell_of_item(
        &mut self,
        old: &OldItem<'_>,
        new: &Place<'_>,
        transition: &Transition,
        teller: &mut Teller<'_>,
    ) -> usize {
        let track = old.track;
        let (before, after) = (old.place.item(), new.item());
        let mut changed = |property: &Property<'_>, kind, from, to| {
            let found = teller.item(new, property);
            let origin = teller.origin(found, old.stale);
            let mut event =
                Recorded::new(kind, new.path, transition.lineage, origin, teller.side(found));
            (event.before, event.after) = (Some(from), Some(to));
            event.of(track, new)
        };
        let mut told = Vec::new();
        if before.state != after.state {
            let kind = match (before.state, after.state) {
                (_, State::Done) => EventKind::Checked,
                (State::Done, _) => EventKind::Unchecked,
                _ => EventKind::StateChanged,
            };
            let (from, to) = (Value::State(before.state), Value::State(after.state));
            let event = changed(&Property::State, kind, from, to);
            let tick = || Tick { origin: event.origin.clone(), first_seen: false };
            self.tracks[track].checked = (kind == EventKind::Checked).then(tick);
            told.push(Recorded { stated: after.done_on, ..event });
        }
        if before.identity != after.identity {
            let (from, to) =
                (Value::Text(before.text.to_string()), Value::Text(after.text.to_string()));
            told.push(changed(&Property::Text, EventKind::Reworded, from, to));
        }
        if transition.elsewhere.contains_key(&new.index) {
            let (from, to) = (old.place.path.clone(), new.path.clone());
            let (from, to) = (Value::Path(from), Value::Path(to));
            told.push(changed(&Property::Section, EventKind::Moved, from, to));
        } else if transition.alignment.moved[new.index] {
            let (from, to) = (Value::Section(old.place.section()), Value::Section(new.section()));
            told.push(changed(&Property::Section, EventKind::Moved, from, to));
        }
        told.into_iter().for_each(|event| self.push(event));
        // Only one that was just written: an id that a copy has had to do without stays away from
        // it when the original goes.
        let written =
            after.explicit_id.as_deref().filter(|_| before.explicit_id != after.explicit_id);
        if let Some(explicit) = written {
            let id = self.ids.adopt(&self.tracks[track].id, explicit);
            self.tracks[track].id = id;
        }
        track
    }

    /// Tells of an item that was not there before; returns its new track.
    fn tell_of_new_item(
        &mut self,
        new: &Place<'_>,
        transition: &Transition,
        teller: &mut Teller<'_>,
    ) -> usize {
        let item = new.item();
        let stale = transition.is_stale();
        let found = teller.new_item(new, &Property::Presence);
        let added = teller.origin(found, stale);
        let id = self.ids.give(new.path, &item.identity, item.explicit_id.as_deref());
        let track = self.tracks.len();
        let (due_moved, resolved) = (0, None);
        self.tracks.push(Track { id, added: added.clone(), checked: None, due_moved, resolved });
        let told = |kind, state, origin, side| {
            let event = Recorded::new(kind, new.path, transition.lineage, origin, side);
            let after = Some(Value::State(state));
            Recorded { after, ..event }.of(track, new)
        };
        // Ticked on the merged branch after it came there, or born ticked.
        let done = item.state == State::Done;
        // One that comes back as it went has its old tick.
        let file = (new.path, transition.lineage);
        let back = self.departed.take(file, new.document, item);
        let ticked = (done && back.is_none()).then(|| teller.new_item(new, &Property::State));
        let came_back = back.is_some();
        self.tracks[track].checked = back;
        let first_seen = ticked == Some(found);
        let came = if done && !first_seen && !came_back { State::Open } else { item.state };
        // Since when an item that was always there has been there is not known.
        if added != Origin::Unknown {
            self.push(told(EventKind::Added, came, added, teller.side(found)));
        }
        if let Some(ticked) = ticked {
            let origin = teller.origin(ticked, stale);
            self.tracks[track].checked = Some(Tick { origin: origin.clone(), first_seen });
            if origin != Origin::Unknown {
                let event = told(EventKind::Checked, State::Done, origin, teller.side(ticked));
                let before = (!first_seen).then_some(Value::State(came));
                self.push(Recorded { before, first_seen, stated: item.done_on, ..event });
            }
        }
        track
    }

    fn tell_of_removed_items(&mut self, transition: &Transition, teller: &mut Teller<'_>) {
        let Some((from, file)) = &transition.from else { return };
        let Some(document) = &file.document else { return };
        let now = match &transition.to {
            Some((path, blob)) => (path, Some(*blob)),
            None => (from, None),
        };
        for (index, new) in transition.alignment.new_of.iter().enumerate() {
            if new.is_some() || transition.left.contains(&index) {
                continue;
            }
            let found = teller.found(|tracer| tracer.removal((from, file.blob), index, now));
            let origin = teller.origin(found, file.stale);
            let side = teller.side(found);
            let event = Recorded::new(EventKind::Removed, from, file.lineage, origin, side);
            let before = Some(Value::State(document.items[index].state));
            let track = file.items[index];
            let place = Place { path: from, document, index, blob: file.blob };
            self.push(Recorded { before, ..event }.of(track, &place));
            self.ids.take_back(&self.tracks[track].id);
            let (file, tick) = ((from, file.lineage), self.tracks[track].checked.clone());
            self.departed.remember(file, document, &document.items[index], (track, tick));
        }
    }

    /// Tells that an item is due on another day or has other owners.
    pub(super) fn tell_of_schedule(
        &self,
        track: usize,
        file: &File,
        place: &Place<'_>,
        changed: &Rescheduled<'_>,
        teller: &mut Teller<'_>,
    ) -> Vec<Recorded> {
        let (cause, blob) = changed.cause;
        let mut told = |kind, property: &Property<'_>, before, after| {
            let found = if cause == place.path {
                teller.item(place, property)
            } else {
                teller.found(|tracer| tracer.content(cause, blob))
            };
            let origin = teller.origin(found, file.stale);
            let event = Recorded::new(kind, place.path, file.lineage, origin, teller.side(found));
            Recorded { before, after, ..event }.of(track, place)
        };
        let mut events = Vec::new();
        let ((due_before, owners_before), (due, owners)) = (changed.before, changed.now);
        if due_before != due {
            let (before, after) = (due_before.map(Value::Date), due.map(Value::Date));
            events.push(told(EventKind::DueChanged, &Property::Due(changed.around), before, after));
        }
        if owners_before != owners {
            let value = |names: &Vec<String>| Some(Value::Owners(names.clone()));
            let (before, after) = (value(owners_before), value(owners));
            let property = Property::Owners(changed.around);
            events.push(told(EventKind::OwnerChanged, &property, before, after));
        }
        events
    }
}

/// An item in the version before, with its track.
struct OldItem<'a> {
    place: Place<'a>,
    track: usize,
    stale: bool,
}

impl<'a> OldItem<'a> {
    fn of(transition: &'a Transition, index: usize) -> Option<OldItem<'a>> {
        let (path, file) = transition.from.as_ref()?;
        let document = file.document.as_deref()?;
        let track = *file.items.get(index)?;
        let place = Place { path, document, index, blob: file.blob };
        Some(OldItem { place, track, stale: file.stale })
    }
}

impl Recorded {
    fn new(
        kind: EventKind,
        path: &RepoPath,
        lineage: usize,
        origin: Origin,
        side: usize,
    ) -> Recorded {
        Recorded {
            order: Order { side, ..Order::default() },
            kind,
            path: path.clone(),
            lineage,
            item: None,
            text: None,
            section: Vec::new(),
            before: None,
            after: None,
            origin,
            first_seen: false,
            stated: None,
        }
    }

    /// The same event, of an item.
    fn of(mut self, track: usize, place: &Place<'_>) -> Recorded {
        self.item = Some(track);
        self.text = Some(place.item().text.to_string());
        self.section = place.section();
        self
    }
}
