//! What events come to. Kept along the way, so that a board can be made without the events
//! themselves: they grow with history, and only `log` shows them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::story::day;
use super::tell::{Order, Recorded};
use crate::dates::{Date, Zone};
use crate::model::event::{EventKind, Origin};
use crate::model::{CommitId, RepoPath};

/// What all events come to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    /// How many boxes each commit ticked. A box that came ticked was not ticked by its commit.
    pub(super) ticks: HashMap<CommitId, usize>,
    /// What happened to each file, by its number.
    pub(super) files: BTreeMap<usize, Activity>,
    /// How many events there were.
    pub(super) events: usize,
}

/// What the events of a file come to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Activity {
    /// The path that the last event names.
    pub(super) path: RepoPath,
    last: Order,
    /// The latest day on which something happened, if any is known.
    pub(super) latest: Option<Date>,
}

impl Tally {
    /// Counts an event.
    pub(super) fn count(&mut self, event: &Recorded, zone: Zone) {
        self.events += 1;
        if let (EventKind::Checked, false, Origin::Commit { introduced, .. }) =
            (event.kind, event.first_seen, &event.origin)
        {
            *self.ticks.entry(introduced.id).or_default() += 1;
        }
        let stated = event.stated.filter(|_| event.kind == EventKind::Checked);
        let date = stated.or_else(|| day(&event.origin, zone));
        match self.files.get_mut(&event.lineage) {
            Some(activity) => {
                activity.latest = activity.latest.max(date);
                if event.order >= activity.last {
                    activity.last = event.order;
                    activity.path.clone_from(&event.path);
                }
            }
            None => {
                let (path, last) = (event.path.clone(), event.order);
                self.files.insert(event.lineage, Activity { path, last, latest: date });
            }
        }
    }
}
