//! Reading ahead: while one thread replays history, others fetch and read the versions that it
//! will ask for next.
//!
//! Every version of a path goes to the same thread, which reads only what differs from the version
//! before. What a thread could not have is left to the replay to ask for again, so that reading
//! ahead changes no answer and hides no failure.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender, sync_channel};
use std::thread::Scope;

use super::MOST_BYTES;
use super::store::{self, Store};
use crate::git::Repository;
use crate::model::history::{Change, Revision};
use crate::model::{BlobId, Document, RepoPath};
use crate::parse;

/// How many versions a thread may be ahead: enough for it hardly ever to wait for the replay.
const AHEAD: usize = 512;
/// How many versions are handed over at once: waking somebody up for each would cost more than
/// some of them take to read.
const AT_ONCE: usize = 8;
/// With fewer versions to read, starting threads costs more than it saves.
const WORTH_THREADS: usize = 128;

/// A version to be read for a revision, which is told by its index.
#[derive(Clone, Copy)]
struct Job<'m> {
    revision: usize,
    path: &'m RepoPath,
    blob: BlobId,
}

/// What one thread reads, in the order of the revisions.
struct Lane {
    jobs: std::vec::IntoIter<(usize, BlobId)>,
    documents: std::iter::Flatten<mpsc::IntoIter<Batch>>,
}

/// What some versions read as, in the order of their jobs; `None` for one that could not be had.
type Batch = Vec<Option<Arc<Document>>>;

/// The threads that read ahead of a replay.
pub(super) struct Ahead {
    lanes: Vec<Lane>,
}

impl Ahead {
    /// Starts to read what a replay of revisions will ask for. They end with the scope.
    pub(super) fn start<'s, 'm: 's>(
        scope: &'s Scope<'s, '_>,
        repository: &Repository,
        options: &'m parse::Options,
        revisions: &'m [Revision],
    ) -> Ahead {
        let versions: usize = revisions.iter().map(|revision| revision.changes.len()).sum();
        let worth_it = versions >= WORTH_THREADS;
        let handles = if worth_it { repository.handles(0) } else { Vec::new() };
        // One alone would only take turns with the replay, which can read by itself.
        if handles.len() < 2 {
            return Ahead { lanes: Vec::new() };
        }
        let mut lanes = Vec::with_capacity(handles.len());
        for (jobs, repository) in jobs(revisions, handles.len()).into_iter().zip(handles) {
            let ids: Vec<_> = jobs.iter().map(|job| (job.revision, job.blob)).collect();
            let (sender, documents) = sync_channel(AHEAD / AT_ONCE);
            scope.spawn(move || read(&repository, options, &jobs, &sender));
            let (jobs, documents) = (ids.into_iter(), documents.into_iter().flatten());
            lanes.push(Lane { jobs, documents });
        }
        Ahead { lanes }
    }

    /// Puts into the store what was read for a revision. To be asked for each of them, in their
    /// order. The documents stay in the store as long as the result does.
    pub(super) fn fill(&mut self, store: &Store<'_>, revision: usize) -> Vec<Arc<Document>> {
        let mut held = Vec::new();
        for lane in &mut self.lanes {
            while lane.jobs.as_slice().first().is_some_and(|(of, _)| *of == revision) {
                let job = lane.jobs.next();
                if let (Some((_, blob)), Some(Some(document))) = (job, lane.documents.next()) {
                    store.keep(blob, &document);
                    held.push(document);
                }
            }
        }
        held
    }
}

/// Shares the versions out among threads.
fn jobs(revisions: &[Revision], threads: usize) -> Vec<Vec<Job<'_>>> {
    let mut lanes = vec![Vec::new(); threads];
    let mut asked = HashSet::new();
    for (revision, of) in revisions.iter().enumerate() {
        // What the files were before is still known from the revision before.
        asked.clear();
        asked.extend(of.changes.iter().filter_map(|change| Some((&change.path, change.before?))));
        for (path, blob) in versions(of) {
            if asked.insert((path, blob)) {
                let mut hasher = DefaultHasher::new();
                path.hash(&mut hasher);
                let lane = hasher.finish() % threads as u64;
                lanes[lane as usize].push(Job { revision, path, blob });
            }
        }
    }
    lanes
}

/// The versions of its files that the replay of a revision asks for: those of the revision, and
/// those on the way through the branches that it merged.
fn versions<'m>(revision: &'m Revision) -> impl Iterator<Item = (&'m RepoPath, BlobId)> {
    let is_changed =
        |path: &RepoPath| revision.changes.binary_search_by(|change| change.path.cmp(path)).is_ok();
    let beside = revision.changes_beside().filter(move |change| is_changed(&change.path));
    let contents = |change: &'m Change| {
        [change.before, change.after].into_iter().flatten().map(|blob| (&change.path, blob))
    };
    let landed = revision.changes.iter().filter_map(|change| Some((&change.path, change.after?)));
    landed.chain(beside.flat_map(contents))
}

/// Reads the versions of one thread.
fn read(
    repository: &Repository,
    options: &parse::Options,
    jobs: &[Job<'_>],
    documents: &SyncSender<Batch>,
) {
    let mut reader = parse::Reader::new(options);
    for jobs in jobs.chunks(AT_ONCE) {
        let read = |job: &Job<'_>| {
            let content = repository.content(job.blob, MOST_BYTES).ok();
            let bytes = content.and_then(store::bytes);
            bytes.map(|bytes| Arc::new(reader.document(job.path, &bytes)))
        };
        // The replay has ended early, and nobody waits for the rest.
        if documents.send(jobs.iter().map(read).collect()).is_err() {
            return;
        }
    }
}
