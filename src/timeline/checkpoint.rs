//! The state of a replay, as bytes and back: what a later run begins with instead of replaying all
//! that came before.
//!
//! It comes in parts, so that nobody decodes more than is asked for: telling the story needs the
//! [`state`](Encoded::state) alone, replaying more the [`replay`](Encoded::replay) too, and only a
//! log the events. Whoever keeps the bytes sees to it that they are read by the program that wrote
//! them, and with the same rules. What is decoded is checked all the same: whatever the bytes are,
//! there is no panic, and no more memory is asked for than they account for.

mod aside;
mod events;
pub(super) mod table;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use serde::{Deserialize, Serialize};

use super::departed::{Departed, SavedDeparted};
use super::ids::Ids;
use super::tally::Tally;
use super::tell::Recorded;
use super::track::{File, Timeline, Track};
use super::{Rules, Versions};
use crate::dates::Date;
use crate::model::history::Remarks;
use crate::model::{BlobId, Commit, Document, ItemId, RepoPath};
use table::{Commits, Documents, SavedOrigin, SavedTick};

/// Half of the documents, in bytes from which on a thread of its own decodes them sooner.
const WORTH_A_THREAD: usize = 128 * 1024;

/// A replay's state, encoded.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// What telling the story needs.
    pub state: Vec<u8>,
    /// What replaying more needs besides.
    pub replay: Vec<u8>,
    /// The events since the replay was begun or resumed.
    pub events: Vec<u8>,
}

/// A replay's state, decoded, as far as it was asked for.
pub struct Checkpoint {
    /// What the walk that the replay followed told besides.
    pub remarks: Remarks,
    documents: Vec<Document>,
    commits: Vec<Arc<Commit>>,
    files: Vec<SavedFile>,
    tracks: Vec<Track>,
    tally: Tally,
    step: usize,
    lineages: usize,
    ids: Ids,
    departed: Departed,
    events: Vec<Recorded>,
}

/// Bytes that are no state of a replay.
#[derive(Debug, thiserror::Error)]
#[error("it does not hold what it should: {0}")]
pub struct Malformed(&'static str);

impl Malformed {
    pub(super) fn new(why: &'static str) -> Malformed {
        Malformed(why)
    }
}

impl From<postcard::Error> for Malformed {
    fn from(_: postcard::Error) -> Malformed {
        Malformed("the encoding is broken")
    }
}

#[derive(Serialize, Deserialize)]
struct State<'d> {
    remarks: Remarks,
    /// Each half decodes to a list of documents.
    #[serde(borrow)]
    documents: [&'d [u8]; 2],
    commits: Vec<Arc<Commit>>,
    files: Vec<SavedFile>,
    tracks: Vec<SavedTrack>,
    tally: Tally,
    step: usize,
    lineages: usize,
}

#[derive(Serialize, Deserialize)]
struct SavedFile {
    path: RepoPath,
    document: Option<usize>,
    blob: BlobId,
    items: Vec<usize>,
    stale: bool,
    listed: bool,
    landed: Option<usize>,
    lineage: usize,
    former: Vec<RepoPath>,
}

#[derive(Serialize, Deserialize)]
struct SavedTrack {
    id: ItemId,
    added: SavedOrigin,
    checked: Option<SavedTick>,
    due_moved: usize,
}

/// The due date and owners of each track when they were last resolved.
type Resolved = Vec<Option<(Option<Date>, Vec<String>)>>;

#[derive(Serialize)]
struct ReplayToSave<'a> {
    ids: &'a Ids,
    departed: SavedDeparted,
    /// Of all items of all documents, in their order.
    asides: Vec<aside::Borrowed<'a>>,
    resolved: Vec<&'a Option<(Option<Date>, Vec<String>)>>,
}

#[derive(Deserialize)]
struct Replay {
    ids: Ids,
    departed: SavedDeparted,
    asides: Vec<aside::Owned>,
    resolved: Resolved,
}

impl<'a> Timeline<'a> {
    /// Goes on where a replay stood, with the same rules. One that is to replay more needs a
    /// checkpoint that was given its [`replay`](Encoded::replay) part.
    pub fn resume(
        rules: Rules<'a>,
        versions: &'a dyn Versions,
        checkpoint: Checkpoint,
    ) -> Timeline<'a> {
        let Checkpoint { documents, commits, files, .. } = checkpoint;
        let documents: Vec<Arc<Document>> = documents.into_iter().map(Arc::new).collect();
        let file = |saved: SavedFile| {
            let file = File {
                document: saved.document.and_then(|at| documents.get(at).cloned()),
                blob: saved.blob,
                items: saved.items,
                stale: saved.stale,
                listed: saved.listed,
                landed: saved.landed.and_then(|at| commits.get(at).cloned()),
                lineage: saved.lineage,
                former: saved.former,
            };
            (saved.path, file)
        };
        let files = files.into_iter().map(file).collect();
        let Checkpoint { tracks, tally, step, lineages, ids, departed, events, .. } = checkpoint;
        let resumed = events.len();
        Timeline {
            rules,
            versions,
            files,
            tracks,
            events,
            keeps_events: true,
            resumed,
            tally,
            ids,
            departed,
            step,
            lineages,
            once_had: None,
        }
    }

    /// The state, for a later run to begin with, and what the walk told besides. Fails only where
    /// the state holds what has no encoding.
    pub fn encode(&self, remarks: Remarks) -> Result<Encoded, Malformed> {
        if !self.keeps_events {
            return Err(Malformed("what happened was not kept"));
        }
        let (mut commits, mut documents) = (Commits::default(), Documents::default());
        let track = |track: &Track| SavedTrack {
            id: track.id.clone(),
            added: commits.origin(&track.added),
            checked: track.checked.as_ref().map(|tick| commits.tick(tick)),
            due_moved: track.due_moved,
        };
        let tracks = self.tracks.iter().map(track).collect();
        let file = |(path, file): (&RepoPath, &File)| SavedFile {
            path: path.clone(),
            document: file.document.as_ref().map(|document| documents.place(document)),
            blob: file.blob,
            items: file.items.clone(),
            stale: file.stale,
            listed: file.listed,
            landed: file.landed.as_ref().map(|commit| commits.place(commit)),
            lineage: file.lineage,
            former: file.former.clone(),
        };
        let files = self.files.iter().map(file).collect();
        let items = documents.all.iter().flat_map(|document| &document.items);
        let asides = items.map(aside::Borrowed::from).collect();
        let resolved = self.tracks.iter().map(|track| &track.resolved).collect();
        let departed = self.departed.save();
        let replay = ReplayToSave { ids: &self.ids, departed, asides, resolved };
        let replay = postcard::to_stdvec(&replay)?;
        let (first, second) = documents.all.split_at(documents.all.len() / 2);
        let (first, second) = (postcard::to_stdvec(first)?, postcard::to_stdvec(second)?);
        let state = State {
            remarks,
            documents: [&first, &second],
            commits: commits.all,
            files,
            tracks,
            tally: self.tally.clone(),
            step: self.step,
            lineages: self.lineages,
        };
        Ok(Encoded {
            state: postcard::to_stdvec(&state)?,
            replay,
            events: events::encode(self.events.get(self.resumed..).unwrap_or_default())?,
        })
    }
}

impl Checkpoint {
    /// Decodes a [`state`](Encoded::state).
    pub fn decode(state: &[u8]) -> Result<Checkpoint, Malformed> {
        let State { remarks, documents, commits, files, tracks: saved, tally, step, lineages } =
            postcard::from_bytes::<State<'_>>(state)?;
        let documents = decode_documents(documents)?;
        documents.iter().try_for_each(check)?;
        // Collecting results would not know how many there are, and grow again and again.
        let mut tracks = Vec::with_capacity(saved.len());
        for track in saved {
            tracks.push(Track {
                id: track.id,
                added: track.added.origin(&commits)?,
                checked: track.checked.map(|tick| tick.tick(&commits)).transpose()?,
                due_moved: track.due_moved,
                resolved: None,
            });
        }
        for file in &files {
            let document = file.document.map(|at| table::get(&documents, at)).transpose()?;
            let items = document.map_or(0, |document| document.items.len());
            if file.items.len() != items || file.items.iter().any(|at| *at >= tracks.len()) {
                return Err(Malformed("a file has other items than its document"));
            }
            file.landed.map(|at| table::get(&commits, at)).transpose()?;
        }
        let (ids, departed, events) = (Ids::default(), Departed::default(), Vec::new());
        Ok(Checkpoint {
            remarks,
            documents,
            commits,
            files,
            tracks,
            tally,
            step,
            lineages,
            ids,
            departed,
            events,
        })
    }

    /// Adds what replaying more needs.
    pub fn add_replay(&mut self, replay: &[u8]) -> Result<(), Malformed> {
        let Replay { ids, departed, asides, resolved } = postcard::from_bytes(replay)?;
        if resolved.len() != self.tracks.len() {
            return Err(Malformed("there are more or fewer tracks than resolved ones"));
        }
        let items: usize = self.documents.iter().map(|document| document.items.len()).sum();
        if asides.len() != items {
            return Err(Malformed("there are more or fewer items than asides"));
        }
        self.ids = ids;
        self.departed = Departed::restore(departed, self.tracks.len())?;
        let items = self.documents.iter_mut().flat_map(|document| &mut document.items);
        items.zip(asides).for_each(|(item, aside)| aside.complete(item));
        for (track, resolved) in self.tracks.iter_mut().zip(resolved) {
            track.resolved = resolved;
        }
        Ok(())
    }

    /// The contents of the files.
    pub fn blobs(&self) -> BTreeMap<RepoPath, BlobId> {
        self.files.iter().map(|file| (file.path.clone(), file.blob)).collect()
    }

    /// Adds events; older ones come first.
    pub fn add_events(&mut self, events: &[u8]) -> Result<(), Malformed> {
        self.events.extend(events::decode(events, self.tracks.len())?);
        Ok(())
    }
}

/// The documents of both halves, each decoded by a thread of its own if that is worth one.
fn decode_documents([first, second]: [&[u8]; 2]) -> Result<Vec<Document>, Malformed> {
    let decode = |half| postcard::from_bytes::<Vec<Document>>(half).map_err(Malformed::from);
    let (first, second) = if second.len() < WORTH_A_THREAD {
        (decode(first), decode(second))
    } else {
        thread::scope(|threads| {
            let other = threads.spawn(|| decode(second));
            let first = decode(first);
            (first, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    };
    let mut documents = first?;
    documents.append(&mut second?);
    Ok(documents)
}

/// Whether what a document's nodes name stands before them, as wherever they are walked is taken
/// for granted.
fn check(document: &Document) -> Result<(), Malformed> {
    let before = |parent: Option<usize>, at: usize| parent.is_none_or(|parent| parent < at);
    let sections = document.sections.len();
    let fine = document.sections.iter().enumerate().all(|(at, one)| before(one.parent, at))
        && document.items.iter().enumerate().all(|(at, one)| before(one.parent, at))
        && document.items.iter().all(|one| before(one.section, sections));
    if fine { Ok(()) } else { Err(Malformed("a document's nodes do not fit together")) }
}
