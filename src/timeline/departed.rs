//! Items that went, in case they come back: a removal that is reverted gives the item its tick back.

use std::collections::HashMap;

use super::align::section_of;
use super::track::Tick;
use crate::model::{Document, Item, RepoPath, State};

/// The items that went from each file, with what they were when they went.
#[derive(Debug, Default)]
pub(super) struct Departed {
    items: HashMap<Known, Vec<Left>>,
}

/// By what an item that comes back is known: its file, and its id or its text and section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known {
    file: File,
    explicit: bool,
    section: String,
    text: String,
}

/// A file is the same under the same path, and the same under another one when it was renamed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum File {
    Path(RepoPath),
    Lineage(usize),
}

#[derive(Clone, Debug)]
struct Left {
    track: usize,
    tick: Option<Tick>,
}

impl Departed {
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
            None => (false, section_of(document, item), item.identity.clone()),
        };
        [File::Lineage(lineage), File::Path(path.clone())].map(|file| Known {
            file,
            explicit,
            section: section.clone(),
            text: text.clone(),
        })
    }
}
