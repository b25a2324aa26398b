//! Events as a story: day by day, commit by commit, in sentences. What happened to a whole
//! checklist, or to many items in the same way, becomes one sentence.

mod fold;
mod sentence;

use std::collections::HashMap;
use std::sync::Arc;

use super::phrase::Phrase;
use super::words;
use crate::board::Board;
use crate::dates::{Date, Zone};
use crate::model::event::{Event, EventKind, Origin, Precision};
use crate::model::{Commit, CommitId, PartnerId};

/// What happened on a day.
pub(super) struct Chapter {
    /// The day in words, or why there is none.
    pub(super) title: String,
    /// The commits, newest first.
    pub(super) scenes: Vec<Scene>,
}

/// What happened in a commit.
pub(super) struct Scene {
    /// Who did it.
    pub(super) who: Phrase,
    /// In which commits; `None` for what is in none.
    pub(super) commits: Option<Commits>,
    /// What they did, and to which partner, in the order of the files.
    pub(super) deeds: Vec<(PartnerId, Phrase)>,
}

/// The commits of a scene.
pub(super) struct Commits {
    /// The one that made the changes.
    pub(super) introduced: CommitId,
    /// The one that they landed with if that is another, and on which day if that is another, in
    /// words: ` on Thu 5 Mar`.
    pub(super) landed: Option<(CommitId, String)>,
}

impl Commits {
    /// `3f2c1ab, landed with 9d8e7f6 on Thu 5 Mar`.
    pub(super) fn words(&self) -> String {
        match &self.landed {
            None => short(self.introduced),
            Some((landed, on)) => {
                format!("{}, landed with {}{on}", short(self.introduced), short(*landed))
            }
        }
    }
}

/// Somebody who tells what happened on a board.
pub(super) struct Teller<'b> {
    board: &'b Board,
    context: Context,
}

/// What the sentences refer to.
struct Context {
    today: Date,
    /// How many boxes each commit ticked on the board, whatever is shown of it.
    ticks: HashMap<CommitId, usize>,
}

impl<'b> Teller<'b> {
    pub(super) fn new(board: &'b Board) -> Teller<'b> {
        Teller { board, context: Context { today: board.today, ticks: ticks(board) } }
    }

    /// Tells events that are given newest first.
    pub(super) fn tell(&self, events: &[&Event]) -> Vec<Chapter> {
        let mut chapters: Vec<Chapter> = Vec::new();
        for run in events.chunk_by(|a, b| a.origin == b.origin) {
            let Some(newest) = run.first() else { continue };
            let title = title(&newest.origin, self.board.zone);
            let deeds = fold::deeds(run, &self.context);
            let scene = scene(&newest.origin, deeds, self.board);
            match chapters.last_mut().filter(|chapter| chapter.title == title) {
                Some(chapter) => chapter.scenes.push(scene),
                None => chapters.push(Chapter { title, scenes: vec![scene] }),
            }
        }
        chapters
    }
}

/// What stands under the story: how much it is, and what its words mean.
pub(super) fn epilogue(board: &Board, events: &[&Event]) -> Vec<String> {
    let mut commits: Vec<CommitId> = events.iter().filter_map(|event| introduced(event)).collect();
    commits.sort();
    commits.dedup();
    let mut lines = vec![match events.len() {
        0 => "nothing happened".to_owned(),
        many => {
            let commits = plural_or_none(commits.len());
            format!("{}{commits}, newest first", words::plural(many, "event"))
        }
    }];
    let bound = [Precision::Batch, Precision::FirstSeen];
    if events.iter().any(|event| bound.contains(&event.precision)) {
        lines.push("“at the latest”: ticked on the day above or before it".to_owned());
    }
    if let Some(reason) = &board.incomplete {
        lines.push(format!("history is not complete: {reason}"));
    }
    lines
}

fn plural_or_none(commits: usize) -> String {
    match commits {
        0 => String::new(),
        many => format!(" in {}", words::plural(many, "commit")),
    }
}

fn ticks(board: &Board) -> HashMap<CommitId, usize> {
    let mut ticks = HashMap::new();
    let checked = board.events.iter().filter(|event| event.kind == EventKind::Checked);
    for commit in checked.filter_map(introduced) {
        *ticks.entry(commit).or_insert(0) += 1;
    }
    ticks
}

fn introduced(event: &Event) -> Option<CommitId> {
    match &event.origin {
        Origin::Commit { introduced, .. } => Some(introduced.id),
        Origin::Uncommitted | Origin::Unknown => None,
    }
}

/// The day of a chapter: that of the commit, never after it landed. A date that a text states may
/// be another one; its sentence says so.
fn title(origin: &Origin, zone: Zone) -> String {
    match origin {
        Origin::Commit { introduced, landed } => words::full_date(day(introduced, landed, zone)),
        Origin::Uncommitted => "Not committed yet".to_owned(),
        Origin::Unknown => "Day not known".to_owned(),
    }
}

fn day(introduced: &Commit, landed: &Commit, zone: Zone) -> Date {
    zone.day_of(introduced.authored).min(zone.day_of(landed.committed))
}

fn scene(origin: &Origin, deeds: Vec<(PartnerId, Phrase)>, board: &Board) -> Scene {
    let (who, commits) = match origin {
        Origin::Commit { introduced, landed } => {
            (author(introduced), Some(commits(introduced, landed, board)))
        }
        Origin::Uncommitted => (Phrase::new("in the working tree"), None),
        Origin::Unknown => (Phrase::new("before the history that is here"), None),
    };
    Scene { who, commits, deeds }
}

fn author(commit: &Commit) -> Phrase {
    let mut who = Phrase::default().content(&commit.author.name);
    for (at, person) in commit.co_authors.iter().enumerate() {
        who = who.words(if at == 0 { " (with " } else { ", " }).content(&person.name);
    }
    if commit.co_authors.is_empty() { who } else { who.words(")") }
}

fn commits(introduced: &Arc<Commit>, landed: &Arc<Commit>, board: &Board) -> Commits {
    let landed_on = board.zone.day_of(landed.committed);
    let on = match landed_on == day(introduced, landed, board.zone) {
        true => String::new(),
        false => format!(" on {}", words::date(landed_on, board.today)),
    };
    Commits {
        introduced: introduced.id,
        landed: (introduced.id != landed.id).then_some((landed.id, on)),
    }
}

fn short(commit: CommitId) -> String {
    let mut id = commit.to_string();
    id.truncate(7);
    id
}
