//! Holds what mdboard tells of a made-up board against what really happened on it.

#![allow(dead_code, unreachable_pub, reason = "every target uses another part")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use mdboard::board::Board;
use mdboard::dates::Timestamp;
use mdboard::demo::{self, Plan, Truth, TruthEvent};
use mdboard::git;
use mdboard::load::{self, Request, Revision};
use mdboard::model::event::{EventKind, Origin, Value};
use mdboard::model::{CommitId, ItemId};

/// A board that was made up, as it was written.
pub struct Made {
    pub truth: Truth,
    pub ids: Vec<CommitId>,
}

/// Writes the repository of a plan into a folder that does not exist yet.
pub fn make(plan: &Plan, folder: &Path) -> Made {
    let mut ids = Vec::new();
    let truth = git::create(folder, |writer| {
        demo::simulate(plan, &mut |draft, mainline| {
            ids.push(writer.commit(draft, mainline)?);
            Ok::<(), git::Error>(())
        })
    });
    Made { truth: truth.expect("a repository"), ids }
}

/// The board of what a folder has checked out.
pub fn board(folder: &Path) -> Board {
    let request = Request {
        dir: folder.to_owned(),
        config: None,
        config_from: None,
        partners: Vec::new(),
        revision: Revision::Named("HEAD".into()),
        today: None,
        now: Timestamp(1_800_000_000),
    };
    load::board(&request).expect("a board").board
}

/// How often something was told, how often it was true, and how often both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub told: usize,
    pub so: usize,
    pub both: usize,
}

impl Score {
    /// Of what was told, the share that is true.
    pub fn precision(self) -> f64 {
        share(self.both, self.told)
    }

    /// Of what is true, the share that was told.
    pub fn recall(self) -> f64 {
        share(self.both, self.so)
    }

    pub fn add(&mut self, other: Score) {
        self.told += other.told;
        self.so += other.so;
        self.both += other.both;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The scores of one board.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Which item an event belongs to: by group of events.
    pub events: BTreeMap<String, Score>,
    /// The commit of the tick that stands: by group of items.
    pub ticks: BTreeMap<String, Score>,
    /// What is wrong, in words.
    pub misses: Vec<String>,
}

impl Measured {
    pub fn add(&mut self, other: Measured) {
        for (name, score) in other.events {
            self.events.entry(name).or_default().add(score);
        }
        for (name, score) in other.ticks {
            self.ticks.entry(name).or_default().add(score);
        }
        self.misses.extend(other.misses);
    }
}

/// The group that everything is in.
pub const ALL: &str = "all";
/// Items that carry an id of their own.
pub const TAGGED: &str = "items with an explicit id";
/// Items whose text is the same in all versions.
pub const UNCHANGED: &str = "items whose text never changed";
/// What came with a merge.
pub const MERGED: &str = "by a merged branch";

/// An event as both sides can name it: what, the number of the item, the number of the commit.
type Named = (EventKind, Option<u32>, usize);

/// An event as mdboard tells it.
struct Told<'b> {
    kind: EventKind,
    /// The commit that introduced it.
    commit: usize,
    /// The mainline commit that brought it.
    landed: usize,
    path: &'b str,
    text: String,
    before: Option<&'b Value>,
}

/// Which of its two commits an item is known by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    Introduced,
    Landed,
}

/// An item between its coming and its going, as mdboard tells it.
struct Life<'b> {
    id: &'b ItemId,
    events: Vec<Told<'b>>,
    item: Option<u32>,
}

impl Life<'_> {
    /// How it came: commit, path and text.
    fn came(&self, way: Came) -> Option<(usize, String, String)> {
        let first = self.events.first().filter(|first| first.kind == EventKind::Added)?;
        let commit = match way {
            Came::Introduced => first.commit,
            Came::Landed => first.landed,
        };
        Some((commit, first.path.to_owned(), first.text.clone()))
    }
}

pub fn measure(made: &Made, board: &Board) -> Measured {
    let mut measured = Measured::default();
    let number: HashMap<CommitId, usize> =
        made.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let lives = lives(made, board, &number);
    compare_events(made, &lives, &mut measured);
    compare_ticks(made, board, &number, &mut measured);
    measured
}

fn place(origin: &Origin, number: &HashMap<CommitId, usize>) -> usize {
    match origin {
        Origin::Commit { introduced, .. } => number.get(&introduced.id).copied(),
        _ => None,
    }
    .unwrap_or(usize::MAX)
}

/// The text by which both sides know an item.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text.strip_prefix("(n/a) ").unwrap_or(&text);
    text.split(" (blocked").next().unwrap_or(text).to_owned()
}

fn lives<'b>(made: &Made, board: &'b Board, number: &HashMap<CommitId, usize>) -> Vec<Life<'b>> {
    let mut lives: Vec<Life<'b>> = Vec::new();
    let mut last: HashMap<&ItemId, usize> = HashMap::new();
    for event in &board.events {
        let Some(id) = &event.item else { continue };
        if event.kind == EventKind::Added || !last.contains_key(id) {
            last.insert(id, lives.len());
            lives.push(Life { id, events: Vec::new(), item: None });
        }
        let text = plain(event.text.as_deref().unwrap_or_default());
        let (kind, commit) = (event.kind, place(&event.origin, number));
        let landed = match &event.origin {
            Origin::Commit { landed, .. } => number.get(&landed.id).copied(),
            _ => None,
        };
        let landed = landed.unwrap_or(usize::MAX);
        let (path, before) = (event.path.as_str(), event.before.as_ref());
        lives[last[id]].events.push(Told { kind, commit, landed, path, text, before });
    }
    // Those that live are known by their lines.
    let truth: HashMap<(&str, u32), u32> =
        made.truth.items.iter().map(|item| ((item.path.as_str(), item.line), item.item)).collect();
    for partner in &board.partners {
        for (list, item) in partner.items() {
            let found = truth.get(&(list.path.as_str(), item.line.0));
            assert!(found.is_some(), "{}:{} is no item", list.path, item.line.0);
            if let Some(life) = last.get(&item.id) {
                lives[*life].item = found.copied();
            }
        }
    }
    // Those that went are known by how they came: by the commit that introduced them, else by the
    // one that landed them. Who it was is another question than what it is.
    for way in [Came::Introduced, Came::Landed] {
        let mut came: HashMap<(usize, String, String), Vec<u32>> = HashMap::new();
        for event in made.truth.events.iter().filter(|event| event.kind == EventKind::Added) {
            let commit = match way {
                Came::Introduced => event.by.commit,
                Came::Landed => event.landed,
            };
            let key = (commit, event.path.clone(), event.text.clone());
            came.entry(key).or_default().push(event.item);
        }
        let known = lives.iter().filter_map(|life| Some((life, life.item?)));
        match way {
            Came::Introduced => known.for_each(|(life, item)| {
                if let Some(items) = life.came(way).and_then(|key| came.get_mut(&key)) {
                    items.retain(|other| *other != item);
                }
            }),
            Came::Landed => {
                let known: HashSet<u32> = known.map(|(_, item)| item).collect();
                came.values_mut().for_each(|items| items.retain(|item| !known.contains(item)));
            }
        }
        for life in lives.iter_mut().filter(|life| life.item.is_none()) {
            if let Some(items) = life.came(way).and_then(|key| came.get_mut(&key))
                && !items.is_empty()
            {
                life.item = Some(items.remove(0));
            }
        }
    }
    lives
}

fn compare_events(made: &Made, lives: &[Life<'_>], measured: &mut Measured) {
    let truth = &made.truth;
    let mut so: HashMap<Named, Vec<&TruthEvent>> = HashMap::new();
    let mut labels: HashMap<(u32, usize), String> = HashMap::new();
    for event in &truth.events {
        so.entry((event.kind, Some(event.item), event.by.commit)).or_default().push(event);
        labels.insert((event.item, event.by.commit), event.by.edit.name());
    }
    let groups = |item: Option<u32>, commit: usize, kind: EventKind, label: String| {
        let traits = item.and_then(|item| truth.traits.get(&item)).copied().unwrap_or_default();
        let mut groups =
            vec![ALL.to_owned(), format!("  {label}"), format!("event {}", kind.name())];
        groups.extend(traits.tagged.then(|| TAGGED.to_owned()));
        groups.extend((item.is_some() && !traits.reworded).then(|| UNCHANGED.to_owned()));
        let side = truth.commits.get(commit).is_some_and(|commit| !commit.mainline);
        groups.extend(side.then(|| MERGED.to_owned()));
        groups
    };
    for life in lives {
        for Told { kind, commit, path, text, before, .. } in &life.events {
            let named = (*kind, life.item, *commit);
            let hit = so.get_mut(&named).and_then(Vec::pop);
            let label = hit.map(|event| event.by.edit.name());
            let label = label.or_else(|| labels.get(&(life.item?, *commit)).cloned());
            let label = label.or_else(|| Some(truth.commits.get(*commit)?.edit.name()));
            let label = label.unwrap_or_default();
            for group in groups(life.item, *commit, *kind, label.clone()) {
                let score = measured.events.entry(group).or_default();
                score.told += 1;
                score.so += usize::from(hit.is_some());
                score.both += usize::from(hit.is_some());
            }
            if hit.is_none() {
                let id = made.ids.get(*commit).map_or("?".into(), |id| id.to_string());
                let before = before.map(|before| format!("; was {before:?}")).unwrap_or_default();
                measured.misses.push(format!(
                    "{label}: told, not so: {} {} item {:?} in {:.10} (#{commit}) {path}: \
                     {text}{before}",
                    kind.name(),
                    life.id,
                    life.item,
                    id
                ));
            }
        }
    }
    let mut left: Vec<&TruthEvent> = so.into_values().flatten().collect();
    left.sort_by_key(|event| (event.by.commit, event.item, event.kind));
    for event in left {
        let label = event.by.edit.name();
        for group in groups(Some(event.item), event.by.commit, event.kind, label.clone()) {
            measured.events.entry(group).or_default().so += 1;
        }
        measured.misses.push(format!(
            "{label}: so, not told: {} item {} in {:.10} (#{}), landed #{}, {}: {}",
            event.kind.name(),
            event.item,
            made.ids[event.by.commit].to_string(),
            event.by.commit,
            event.landed,
            event.path,
            event.text
        ));
    }
}

fn compare_ticks(
    made: &Made,
    board: &Board,
    number: &HashMap<CommitId, usize>,
    measured: &mut Measured,
) {
    let mut told: HashMap<(&str, u32), (usize, String)> = HashMap::new();
    for partner in &board.partners {
        for (list, item) in partner.items() {
            if let Some(check) = &item.checked {
                let author = match &check.origin {
                    Origin::Commit { introduced, .. } => introduced.author.email.clone(),
                    _ => String::new(),
                };
                let at = (list.path.as_str(), item.line.0);
                told.insert(at, (place(&check.origin, number), author));
            }
        }
    }
    for item in &made.truth.items {
        let Some(by) = item.ticked else { continue };
        let found = told.remove(&(item.path.as_str(), item.line));
        let author = &made.truth.commits[by.commit].author;
        let hit = found.as_ref() == Some(&(by.commit, author.clone()));
        let traits = made.truth.traits.get(&item.item).copied().unwrap_or_default();
        let mut groups = vec![ALL.to_owned(), format!("  {}", by.edit.name())];
        groups.extend(traits.tagged.then(|| TAGGED.to_owned()));
        groups.extend((!traits.reworded).then(|| UNCHANGED.to_owned()));
        groups.extend((!made.truth.commits[by.commit].mainline).then(|| MERGED.to_owned()));
        for group in groups {
            let score = measured.ticks.entry(group).or_default();
            score.told += usize::from(found.is_some());
            score.so += 1;
            score.both += usize::from(hit);
        }
        if !hit {
            let found = found.map(|(commit, _)| commit);
            measured.misses.push(format!(
                "{}: tick: item {} {}:{} ticked in #{}, told {:?}: {}",
                by.edit.name(),
                item.item,
                item.path,
                item.line,
                by.commit,
                found,
                item.text
            ));
        }
    }
    let score = measured.ticks.entry(ALL.to_owned()).or_default();
    score.told += told.len();
}
