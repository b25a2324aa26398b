//! Where a board's history comes from: out of the cache as far as that goes, from the walk of the
//! mainline beyond.
//!
//! What the cache gives is what the walk and the replay would come to, or nothing. Where a
//! checkpoint cannot be read, or history cannot be read as a whole, all is done as if there were
//! no cache; that is worth a note and never an error.

use std::collections::{BTreeMap, HashSet};
use std::thread;

use super::ahead::Ahead;
use super::store::Store;
use super::{Error, Maker, Notice, Progress};
use crate::cache::{self, Cache, Key, Kind, Problem};
use crate::dates::Timestamp;
use crate::git::Repository;
use crate::model::history::{Cut, Mainline, Remarks, Revision, changes};
use crate::model::{BlobId, CommitId, RepoPath};
use crate::parse;
use crate::timeline::{Checkpoint, Encoded, Malformed, Rules, Timeline};

/// Where in a checkpoint's file the parts of a replay's state are.
const STATE: usize = 0;
const REPLAY: usize = 1;
/// And the events: one part for each run that added to them.
const EVENTS: usize = 2;

/// From so many commits on it is worth keeping that none of them changed the board.
const LONG_WALK: usize = 256;

/// The contents of files, by path.
pub(super) type Blobs = BTreeMap<RepoPath, BlobId>;

/// The checkpoints that hold for one board.
pub(super) struct Kept {
    /// `None`: nothing is to be read or kept.
    cache: Option<Cache>,
    key: Key,
    /// Whether somebody asks what happened, too.
    events: bool,
    now: Timestamp,
}

/// A checkpoint of the board.
pub(super) struct Past {
    file: cache::Record,
    checkpoint: Checkpoint,
}

/// Why a checkpoint cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error(transparent)]
    File(#[from] Problem),
    #[error(transparent)]
    Content(#[from] Malformed),
}

/// A replay that has come to the commit looked at, and what the walk told besides.
pub(super) struct History<'a> {
    pub(super) timeline: Timeline<'a>,
    pub(super) remarks: Remarks,
    /// Whether an earlier run had read all of it, or all but its end.
    pub(super) was_known: bool,
}

/// What a checkpoint depends on: everything that a replay is told or finds, but the commits
/// themselves, whose ids stand for all that is in them.
pub(super) fn key(
    repository: &Repository,
    root: &str,
    globs: &[String],
    config: &crate::config::Config,
    mailmap: Option<&[u8]>,
) -> Key {
    // Not all of the configuration matters. It changes too seldom for this to be worth telling
    // apart, and a part left out by mistake would be a wrong answer. Only what the linter is told
    // has certainly nothing to do with history.
    let config = crate::config::Config { lint: Default::default(), ..config.clone() };
    let config = format!("{config:?}");
    let boundary: Vec<u8> = repository.boundary().iter().flat_map(|commit| commit.0).collect();
    let mut parts: Vec<&[u8]> = vec![root.as_bytes(), config.as_bytes(), &boundary];
    parts.push(if mailmap.is_some() { b"mailmap" } else { b"none" });
    parts.push(mailmap.unwrap_or_default());
    parts.extend(globs.iter().map(String::as_bytes));
    Key::of(&parts)
}

impl Kept {
    pub(super) fn new(cache: Option<Cache>, key: Key, events: bool, now: Timestamp) -> Kept {
        Kept { cache, key, events, now }
    }

    /// The checkpoint of a commit, ready for the story to be told.
    pub(super) fn find(&self, tip: Option<CommitId>) -> Result<Option<Past>, Unusable> {
        let (Some(cache), Some(tip)) = (&self.cache, tip) else { return Ok(None) };
        let Some(mut file) = cache.find(Kind::Checkpoint, (tip, self.key), self.now)? else {
            return Ok(None);
        };
        let mut checkpoint = Checkpoint::decode(&file.part(STATE)?)?;
        if self.events {
            for part in EVENTS..file.parts() {
                checkpoint.add_events(&file.part(part)?)?;
            }
        }
        Ok(Some(Past { file, checkpoint }))
    }

    /// The commits whose history is known, but for one.
    fn known(&self, except: CommitId) -> HashSet<CommitId> {
        let tips = self.cache.as_ref().map(|cache| cache.tips(self.key)).unwrap_or_default();
        tips.into_iter().filter(|tip| *tip != except).collect()
    }

    /// Keeps a state for later runs; the events of the runs before are taken over as they are.
    fn save(&self, tip: CommitId, state: Encoded, past: Option<cache::Record>) -> Option<Notice> {
        let cache = self.cache.as_ref()?;
        let written = with_events(state, past).map_err(|problem| problem.to_string());
        let saved = written.and_then(|parts| {
            let saved = cache.save(Kind::Checkpoint, (tip, self.key), &parts, self.now);
            saved.map_err(|error| error.to_string())
        });
        let place = cache.folder().display();
        let note = |reason| format!("history is not kept for the next run, in {place}: {reason}");
        saved.err().map(|reason| Notice::note(note(reason)))
    }
}

fn with_events(state: Encoded, past: Option<cache::Record>) -> Result<Vec<Vec<u8>>, Unusable> {
    let mut parts = vec![state.state, state.replay];
    if let Some(mut past) = past {
        for part in EVENTS..past.parts() {
            parts.push(past.part(part)?);
        }
    }
    parts.push(state.events);
    Ok(parts)
}

impl Past {
    /// Makes it ready for more to be replayed.
    fn complete(mut self) -> Result<Past, Unusable> {
        self.checkpoint.add_replay(&self.file.part(REPLAY)?)?;
        Ok(self)
    }

    /// Makes it ready for the working tree, given the contents of its files.
    fn ready_for(self, disk: Option<&Blobs>) -> Result<Past, Unusable> {
        let edited = disk.is_some_and(|disk| !changes(&self.checkpoint.blobs(), disk).is_empty());
        if edited { self.complete() } else { Ok(self) }
    }
}

impl Maker<'_> {
    /// The history of the commit looked at. `found` is what the cache has of it, and `disk` the
    /// contents of the files that are to be compared with it.
    pub(super) fn history<'t>(
        &self,
        found: Result<Option<Past>, Unusable>,
        disk: Option<&Blobs>,
        rules: Rules<'t>,
        (store, options): (&'t Store<'t>, &parse::Options),
        notices: &mut Vec<Notice>,
    ) -> Result<History<'t>, Error> {
        let Some(tip) = self.tip else {
            let (timeline, remarks) = (Timeline::new(rules, store), Remarks::default());
            return Ok(History { timeline, remarks, was_known: false });
        };
        match found.and_then(|found| found.map(|past| past.ready_for(disk)).transpose()) {
            Ok(Some(Past { checkpoint, .. })) => {
                notices.push(Notice::note("history comes from the cache".to_owned()));
                let remarks = checkpoint.remarks.clone();
                let timeline = Timeline::resume(rules, store, checkpoint);
                return Ok(History { timeline, remarks, was_known: true });
            }
            Ok(None) => {}
            Err(problem) => notices.push(unusable(tip, &problem)),
        }
        let (mainline, past) = self.walk(tip, notices)?;
        let (past, mut history) = match past {
            Some(Past { file, checkpoint }) => {
                let remarks = checkpoint.remarks.clone();
                let timeline = Timeline::resume(rules, store, checkpoint);
                (Some(file), History { timeline, remarks, was_known: true })
            }
            None => (
                None,
                History {
                    timeline: Timeline::new(rules, store),
                    remarks: Remarks { cut: mainline.cut.clone(), pulls: Vec::new() },
                    was_known: false,
                },
            ),
        };
        if !self.means.events && self.kept.cache.is_none() {
            history.timeline.keep_no_events();
        }
        let reading = (self.repository, store, options);
        replay(&mut history.timeline, &mainline.revisions, reading, self.means.progress);
        history.remarks.pulls.splice(0..0, mainline.pulls.iter().cloned());
        let worth_it = past.is_none() || !mainline.revisions.is_empty();
        let whole = store.is_whole() && !matches!(mainline.cut, Some(Cut::MissingObjects(_)));
        if whole && (worth_it || mainline.walked >= LONG_WALK) && self.kept.cache.is_some() {
            let encoded = history.timeline.encode(history.remarks.clone());
            notices.extend(match encoded {
                Ok(encoded) => self.kept.save(tip, encoded, past),
                Err(error) => Some(Notice::note(format!("history is not kept: {error}"))),
            });
        }
        Ok(history)
    }

    /// Walks down to what is known, and gives what is known there; else to the beginning.
    fn walk(
        &self,
        tip: CommitId,
        notices: &mut Vec<Notice>,
    ) -> Result<(Mainline, Option<Past>), Error> {
        let known = self.kept.known(tip);
        let walked = |commits| self.means.progress.walked(commits);
        let mainline = self.repository.mainline_since(tip, &known, self.scope, &walked)?;
        let Some(since) = mainline.since else { return Ok((mainline, None)) };
        match self.kept.find(Some(since)).and_then(|past| past.map(Past::complete).transpose()) {
            Ok(Some(past)) => {
                let commits = if mainline.walked == 1 { "commit" } else { "commits" };
                let message = format!(
                    "history comes from the cache, up to {} new {commits}",
                    mainline.walked
                );
                notices.push(Notice::note(message));
                Ok((mainline, Some(past)))
            }
            // It has just been removed by another run, or cannot be used.
            gone => {
                notices.extend(gone.err().map(|problem| unusable(since, &problem)));
                Ok((
                    self.repository.mainline_since(tip, &HashSet::new(), self.scope, &walked)?,
                    None,
                ))
            }
        }
    }
}

/// Replays revisions, with others reading ahead of it.
pub(super) fn replay(
    timeline: &mut Timeline<'_>,
    revisions: &[Revision],
    (repository, store, options): (&Repository, &Store<'_>, &parse::Options),
    progress: &dyn Progress,
) {
    let versions = |revision: &Revision| revision.changes.len();
    let all: usize = revisions.iter().map(versions).sum();
    let mut read = 0;
    thread::scope(|scope| {
        let mut ahead = Ahead::start(scope, repository, options, revisions);
        for (index, revision) in revisions.iter().enumerate() {
            let _held = ahead.fill(store, index);
            timeline.land(revision);
            read += versions(revision);
            progress.read(read, all);
        }
    });
}

fn unusable(tip: CommitId, problem: &Unusable) -> Notice {
    Notice::note(format!(
        "what the cache holds of commit {:.10} cannot be used, so history is read anew: {problem}",
        tip.to_string()
    ))
}
