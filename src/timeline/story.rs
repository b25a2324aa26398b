//! What the timeline tells in the end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::tell::Recorded;
use super::track::Timeline;
use crate::config::scope::Membership;
use crate::dates::{Date, Zone};
use crate::inherit::{Ownership, StartSource};
use crate::model::event::{Event, EventKind, Origin, Precision};
use crate::model::{Commit, CommitId, Document, ItemId, PartnerId, PartnerStatus, RepoPath, State};
use crate::schedule::Schedule;

/// All that history tells of the files of a board.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The files that are there at the end, checklists or not.
    pub files: BTreeMap<RepoPath, FileStory>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// A file at the end of its history.
#[derive(Clone, Debug)]
pub struct FileStory {
    /// The newest version.
    pub document: Arc<Document>,
    /// The partner it belongs to.
    pub membership: Option<Membership>,
    /// What it says of itself, or takes from the `README.md` files around it.
    pub facts: Facts,
    /// One per item of the document, in its order.
    pub items: Vec<ItemStory>,
}

/// What holds for a whole checklist.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its start date and what that comes from.
    pub start: Option<(Date, StartSource)>,
    /// Its status.
    pub status: Option<PartnerStatus>,
    /// Its owners.
    pub owners: Vec<String>,
    /// Its type.
    pub kind: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The name of its partner.
    pub partner_name: Option<String>,
}

/// An item at the end of its history.
#[derive(Clone, Debug)]
pub struct ItemStory {
    /// Its id.
    pub id: ItemId,
    /// When it is to be worked on.
    pub schedule: Schedule,
    /// Who owns it.
    pub ownership: Ownership,
    /// Where it came from, and on which day, if known.
    pub added: (Option<Date>, Origin),
    /// The tick that stands, if it is done.
    pub checked: Option<Check>,
    /// How often its due date changed.
    pub due_moved: usize,
}

/// A tick that stands.
#[derive(Clone, Debug)]
pub struct Check {
    /// The day it was ticked on, as well as that is known.
    pub on: Option<Date>,
    /// The day it landed on the mainline.
    pub landed_on: Option<Date>,
    /// How well `on` is known.
    pub precision: Precision,
    /// Who ticked it and in which commits.
    pub origin: Origin,
}

/// The day that a change was made on, never after it landed.
fn day(origin: &Origin, zone: Zone) -> Option<Date> {
    match origin {
        Origin::Commit { introduced, .. } => {
            landed_on(origin, zone).map(|landed| zone.day_of(introduced.authored).min(landed))
        }
        Origin::Uncommitted | Origin::Unknown => None,
    }
}

/// The day that a change landed on the mainline.
fn landed_on(origin: &Origin, zone: Zone) -> Option<Date> {
    match origin {
        Origin::Commit { landed, .. } => Some(zone.day_of(landed.committed)),
        Origin::Uncommitted | Origin::Unknown => None,
    }
}

impl Timeline<'_> {
    /// Ends the replay.
    pub fn finish(mut self) -> Story {
        self.events.sort_by_key(|event| event.order);
        let ticks = ticks_per_commit(&self.events);
        let batch = |commit: &Arc<Commit>| {
            ticks.get(&commit.id).is_some_and(|count| *count >= self.rules.batch_size)
        };
        let dated = |origin: &Origin, first_seen: bool, stated: Option<Date>| {
            date(origin, first_seen, stated, self.rules.zone, &batch)
        };
        let partners = self.partners_now();
        let told = |event| self.told(event, &partners, &dated);
        let events = self.events.iter().filter_map(told).collect();
        let paths: Vec<RepoPath> = self.files.keys().cloned().collect();
        let files = paths
            .into_iter()
            .filter_map(|path| {
                let story = self.file_story(&path, &dated)?;
                Some((path, story))
            })
            .collect();
        Story { files, events }
    }

    fn told(
        &self,
        event: &Recorded,
        partners: &HashMap<usize, PartnerId>,
        dated: &Dated<'_>,
    ) -> Option<Event> {
        let (date, precision) = match event.kind {
            EventKind::Checked => dated(&event.origin, event.first_seen, event.stated),
            _ => dated_plainly(&event.origin, self.rules.zone),
        };
        Some(Event {
            kind: event.kind,
            partner: partners.get(&event.lineage)?.clone(),
            path: event.path.clone(),
            item: event.item.map(|track| self.tracks[track].id.clone()),
            text: event.text.clone(),
            section: event.section.clone(),
            before: event.before.clone(),
            after: event.after.clone(),
            date,
            precision,
            origin: event.origin.clone(),
        })
    }

    fn file_story(&self, path: &RepoPath, dated: &Dated<'_>) -> Option<FileStory> {
        let file = self.files.get(path)?;
        // Where the newest version cannot be read, an older one does not stand in for it.
        let document = file.document.clone().filter(|_| !file.stale)?;
        let around = self.surroundings(path);
        let schedules = crate::schedule::resolve(&document, &around.basis());
        let items = document.items.iter().zip(&file.items).zip(schedules);
        let items = items
            .map(|((item, &at), schedule)| {
                let track = &self.tracks[at];
                let checked = (item.state == State::Done).then(|| {
                    let tick = track.checked.as_ref();
                    let origin = tick.map_or(Origin::Unknown, |tick| tick.origin.clone());
                    let first_seen = tick.is_some_and(|tick| tick.first_seen);
                    let (on, precision) = dated(&origin, first_seen, item.done_on);
                    let landed_on = landed_on(&origin, self.rules.zone);
                    Check { on, landed_on, precision, origin }
                });
                ItemStory {
                    id: track.id.clone(),
                    schedule,
                    ownership: around.owners(&document, item),
                    added: (day(&track.added, self.rules.zone), track.added.clone()),
                    checked,
                    due_moved: track.due_moved,
                }
            })
            .collect();
        Some(FileStory {
            membership: (self.rules.membership)(path),
            facts: Facts {
                start: around.start(),
                status: around.status(),
                owners: around.checklist_owners(),
                kind: around.kind(),
                tags: around.tags(),
                partner_name: around.partner_name(),
            },
            document,
            items,
        })
    }
}

/// The day of a tick and how well it is known: from where it came, whether the item came ticked,
/// and the day that the text states.
type Dated<'a> = dyn Fn(&Origin, bool, Option<Date>) -> (Option<Date>, Precision) + 'a;

fn date(
    origin: &Origin,
    first_seen: bool,
    stated: Option<Date>,
    zone: Zone,
    batch: &dyn Fn(&Arc<Commit>) -> bool,
) -> (Option<Date>, Precision) {
    if let Some(stated) = stated {
        return (Some(stated), Precision::Stated);
    }
    let (day, precision) = dated_plainly(origin, zone);
    match origin {
        Origin::Commit { .. } if first_seen => (day, Precision::FirstSeen),
        Origin::Commit { introduced, .. } if batch(introduced) => (day, Precision::Batch),
        _ => (day, precision),
    }
}

fn dated_plainly(origin: &Origin, zone: Zone) -> (Option<Date>, Precision) {
    let precision = match origin {
        Origin::Commit { .. } => Precision::Commit,
        Origin::Uncommitted => Precision::Uncommitted,
        Origin::Unknown => Precision::Unknown,
    };
    (day(origin, zone), precision)
}

/// How many boxes each commit ticked. A box that came ticked was not ticked by its commit.
fn ticks_per_commit(events: &[Recorded]) -> HashMap<CommitId, usize> {
    let mut ticks = HashMap::new();
    for event in events {
        if let (EventKind::Checked, false, Origin::Commit { introduced, .. }) =
            (event.kind, event.first_seen, &event.origin)
        {
            *ticks.entry(introduced.id).or_default() += 1;
        }
    }
    ticks
}
