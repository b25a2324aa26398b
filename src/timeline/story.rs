//! What the timeline tells in the end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::tell::Recorded;
use super::track::Timeline;
use crate::config::scope::Membership;
use crate::dates::{Date, Zone};
use crate::inherit::{Ownership, StartSource};
use crate::model::event::{Event, EventKind, Origin, Precision};
use crate::model::{Commit, Document, ItemId, PartnerId, PartnerStatus, RepoPath, State};
use crate::schedule::Schedule;

/// All that history tells of the files of a board.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The files that are there at the end, checklists or not.
    pub files: BTreeMap<RepoPath, FileStory>,
    /// What happened, oldest first; empty unless that was asked for.
    pub events: Vec<Event>,
    /// The latest day on which something happened to a partner's checklists.
    pub last_activity: HashMap<PartnerId, Date>,
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
pub(super) fn day(origin: &Origin, zone: Zone) -> Option<Date> {
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
        let mut events = std::mem::take(&mut self.events);
        events.sort_by_key(|event| event.order);
        let partners = self.partners_now();
        let batch = self.batches();
        let dated = self.dated(&batch);
        let told = events.into_iter().filter_map(|event| self.told(event, &partners, &dated));
        let events = told.collect();
        Story { events, ..self.story(&partners, &dated) }
    }

    /// Ends the replay for somebody who does not ask what happened: there are no events.
    pub fn finish_without_events(self) -> Story {
        self.so_far()
    }

    /// The story as far as it has come, without its events. The replay may go on.
    pub fn so_far(&self) -> Story {
        let batch = self.batches();
        self.story(&self.partners_now(), &self.dated(&batch))
    }

    fn story(&self, partners: &HashMap<usize, PartnerId>, dated: &Dated<'_>) -> Story {
        let files = self.files.keys().filter_map(|path| {
            let story = self.file_story(path, dated)?;
            Some((path.clone(), story))
        });
        let files = files.collect();
        let mut last_activity = HashMap::new();
        for (file, activity) in &self.tally.files {
            if let (Some(partner), Some(latest)) = (partners.get(file), activity.latest) {
                let last = last_activity.entry(partner.clone()).or_insert(latest);
                *last = latest.max(*last);
            }
        }
        Story { files, last_activity, events: Vec::new() }
    }

    /// Whether a commit ticked so many boxes that they were probably ticked earlier.
    fn batches(&self) -> impl Fn(&Arc<Commit>) -> bool + use<'_> {
        let (ticks, least) = (&self.tally.ticks, self.rules.batch_size);
        move |commit| ticks.get(&commit.id).is_some_and(|count| *count >= least)
    }

    fn dated<'b>(
        &self,
        batch: &'b dyn Fn(&Arc<Commit>) -> bool,
    ) -> impl Fn(&Origin, bool, Option<Date>) -> (Option<Date>, Precision) + use<'b> {
        let zone = self.rules.zone;
        move |origin, first_seen, stated| date(origin, first_seen, stated, zone, batch)
    }

    fn told(
        &self,
        event: Recorded,
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
            path: event.path,
            item: event.item.map(|track| self.tracks[track].id.clone()),
            text: event.text,
            section: event.section,
            before: event.before,
            after: event.after,
            date,
            precision,
            origin: event.origin,
        })
    }

    fn file_story(&self, path: &RepoPath, dated: &Dated<'_>) -> Option<FileStory> {
        let file = self.files.get(path)?;
        // Where the newest version cannot be read, an older one does not stand in for it.
        let document = file.document.clone().filter(|_| !file.stale)?;
        let around = self.surroundings(path);
        let schedules = crate::schedule::resolve(&document, &around.basis());
        let resolved = schedules.into_iter().zip(around.ownerships(&document));
        let items = document.items.iter().zip(&file.items).zip(resolved);
        let items = items
            .map(|((item, &at), (schedule, ownership))| {
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
                    ownership,
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
