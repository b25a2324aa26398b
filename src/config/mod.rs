//! `mdboard.toml`: what a board's owner may set, and the defaults.

pub mod scope;

use std::collections::BTreeMap;

use crate::dates::Zone;
use crate::model::{Diagnostic, RepoPath, State};

/// Which boxes a progress figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Items without items under them.
    Leaves,
    /// Every box.
    All,
}

/// A board's configuration, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `partners`: globs from the board's root.
    pub partners: Vec<String>,
    /// `templates`: a folder, from the board's root.
    pub templates: String,
    /// `timezone`: in which commits' instants become days.
    pub timezone: Zone,
    /// `exclude_sections`: globs of headings whose boxes are no items.
    pub exclude_sections: Vec<String>,
    /// `[states]`: what a box's character means.
    pub states: BTreeMap<char, State>,
    /// `letter_priorities`: whether `(A)` to `(C)` are priorities.
    pub letter_priorities: bool,
    /// `[progress] count`.
    pub count: Count,
    /// `due_soon_days`: how many days ahead counts as soon.
    pub due_soon_days: u32,
    /// `stall_days`: after how many days without a change a partner has stalled.
    pub stall_days: u32,
    /// `at_risk_gap`: how many per cent of the planned items may be missing.
    pub at_risk_gap: u32,
    /// `batch_size`: from how many boxes ticked in one commit on their dates are upper bounds.
    pub batch_size: u32,
}

impl Config {
    /// Reads `mdboard.toml`. Anything unknown or mistyped is an error with its place.
    pub fn parse(_path: &RepoPath, _text: &str) -> Result<Config, Vec<Diagnostic>> {
        todo!()
    }
}

impl Default for Config {
    fn default() -> Config {
        todo!()
    }
}
