//! Items that went, in case they come back: a removal that is reverted gives the item its tick back.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::align::section_of;
use super::checkpoint::Malformed;
use super::checkpoint::table::{Commits, SavedTick};
use super::track::Tick;
use crate::model::{Commit, Document, Item, RepoPath, State};

/// The items that went from each file, with what they were when they went.
#[derive(Debug, Default)]
pub(super) struct Departed {
    // In order, so that one state has one encoding.
    items: BTreeMap<Known, Vec<Left>>,
}

/// By what an item that comes back is known: its file, and its id or its text and section.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    file: File,
    explicit: bool,
    section: String,
    text: String,
}

/// A file is the same under the same path, and the same under another one when it was renamed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum File {
    Path(RepoPath),
    Lineage(usize),
}

#[derive(Clone, Debug)]
struct Left {
    track: usize,
    tick: Option<Tick>,
}

/// The same as it is kept for a later run.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedDeparted {
    commits: Vec<Arc<Commit>>,
    items: Vec<(Known, Vec<SavedLeft>)>,
}

#[derive(Serialize, Deserialize)]
struct SavedLeft {
    track: usize,
    tick: Option<SavedTick>,
}

impl Departed {
    /// What is to be kept for a later run.
    pub(super) fn save(&self) -> SavedDeparted {
        let mut commits = Commits::default();
        let mut left = |left: &Left| SavedLeft {
            track: left.track,
            tick: left.tick.as_ref().map(|tick| commits.tick(tick)),
        };
        let all = self.items.iter().filter(|(_, lefts)| !lefts.is_empty());
        let items = all
            .map(|(known, lefts)| (known.clone(), lefts.iter().map(&mut left).collect()))
            .collect();
        SavedDeparted { commits: commits.all, items }
    }

    /// What was kept; `tracks`: how many items there are for them to be.
    pub(super) fn restore(saved: SavedDeparted, tracks: usize) -> Result<Departed, Malformed> {
        let SavedDeparted { commits, items } = saved;
        let left = |left: SavedLeft| {
            if left.track >= tracks {
                return Err(Malformed::new("an item went that was not there"));
            }
            Ok(Left {
                track: left.track,
                tick: left.tick.map(|tick| tick.tick(&commits)).transpose()?,
            })
        };
        let lefts = |(known, lefts): (Known, Vec<SavedLeft>)| {
            Ok((known, lefts.into_iter().map(left).collect::<Result<_, Malformed>>()?))
        };
        Ok(Departed { items: items.into_iter().map(lefts).collect::<Result<_, Malformed>>()? })
    }

    /// Remembers an item that goes.
    pub(super) fn remember(
        &mut self,
        file: (&RepoPath, usize),
        document: &Document,
        item: &Item,
        track: (usize, Option<Tick>),
    ) {
        // An item that is not done has no tick to come back with.
        if item.state != State::Done {
            return;
        }
        for known in Known::of(file, document, item) {
            let left = Left { track: track.0, tick: track.1.clone() };
            self.items.entry(known).or_default().push(left);
        }
    }

    /// The tick of an item that comes back in the state in which it went.
    pub(super) fn take(
        &mut self,
        file: (&RepoPath, usize),
        document: &Document,
        item: &Item,
    ) -> Option<Tick> {
        if self.items.is_empty() || item.state != State::Done {
            return None;
        }
        let names = Known::of(file, document, item);
        let found = names.iter().find_map(|known| self.items.get(known)?.last().cloned())?;
        // Nobody comes back twice.
        for known in &names {
            if let Some(lefts) = self.items.get_mut(known) {
                lefts.retain(|left| left.track != found.track);
            }
        }
        found.tick
    }
}

impl Known {
    fn of((path, lineage): (&RepoPath, usize), document: &Document, item: &Item) -> [Known; 2] {
        let (explicit, section, text) = match &item.explicit_id {
            Some(id) => (true, String::new(), id.clone()),
            None => (false, section_of(document, item), item.identity.to_string()),
        };
        [File::Lineage(lineage), File::Path(path.clone())].map(|file| Known {
            file,
            explicit,
            section: section.clone(),
            text: text.clone(),
        })
    }
}
