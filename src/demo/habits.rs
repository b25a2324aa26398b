//! How a team works. The ranges were measured on three public repositories whose checklists are
//! kept in git.

/// Of all ticks, the share made in commits that tick three or more boxes of a file.
pub const BATCHED: (f64, f64) = (0.54, 0.98);
/// Of all ticked boxes, the share that came ticked.
pub const BORN_TICKED: (f64, f64) = (0.16, 0.42);
/// Of all ticks, the share that reworded the item in the same commit.
pub const TICK_REWORDED: (f64, f64) = (0.03, 0.36);
/// Of all ticks, the share that was taken back later.
pub const UNTICKED: (f64, f64) = (0.01, 0.05);

/// What a team does how often. Probabilities from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Its name in tables.
    pub name: &'static str,
    /// That a commit that ticks, ticks three or more boxes.
    pub batch: f64,
    /// That a checklist is written down only when its work is under way.
    pub late_start: f64,
    /// That a tick rewords the item.
    pub tick_reword: f64,
    /// That a tick is taken back later.
    pub untick: f64,
    /// That an item has an id of its own.
    pub tag: f64,
    /// That work begins on a branch.
    pub branch: f64,
    /// That a branch is kept for long.
    pub long_branch: f64,
    /// That a merge changes something by itself.
    pub evil_merge: f64,
    /// That a commit is the sum of several.
    pub squash: f64,
    /// How much an edit of the structure weighs against one of the work: 1 is usual.
    pub unrest: f64,
}

impl Habits {
    /// A team that ticks and does little else.
    pub const CALM: Habits = Habits {
        name: "calm",
        batch: 0.75,
        late_start: 0.35,
        tick_reword: 0.04,
        untick: 0.015,
        tag: 0.05,
        branch: 0.05,
        long_branch: 0.05,
        evil_merge: 0.02,
        squash: 0.04,
        unrest: 0.4,
    };
    /// The middle of what was measured.
    pub const TYPICAL: Habits = Habits {
        name: "typical",
        batch: 0.8,
        late_start: 0.6,
        tick_reword: 0.12,
        untick: 0.03,
        tag: 0.08,
        branch: 0.12,
        long_branch: 0.15,
        evil_merge: 0.08,
        squash: 0.08,
        unrest: 1.0,
    };
    /// A team that rewrites its checklists while it works on them.
    pub const HECTIC: Habits = Habits {
        name: "hectic",
        batch: 0.97,
        late_start: 0.75,
        tick_reword: 0.34,
        untick: 0.045,
        tag: 0.12,
        branch: 0.2,
        long_branch: 0.25,
        evil_merge: 0.15,
        squash: 0.12,
        unrest: 2.0,
    };
}
