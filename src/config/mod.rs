//! `mdboard.toml`: what a board's owner may set, and the defaults.

mod keys;
pub mod lint;
mod report;
mod schema;
pub mod scope;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::de::DeTable;

use crate::config::scope::GlobError;
use crate::dates::Zone;
use crate::model::{Diagnostic, RepoPath, State};

pub use schema::schema;
pub(crate) use words::{nearest, shortened};

/// Which boxes a progress figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Items without items under them.
    Leaves,
    /// Every box.
    All,
}

impl Count {
    /// Every value.
    pub const ALL: [Count; 2] = [Count::Leaves, Count::All];

    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Count::Leaves => "leaves",
            Count::All => "all",
        }
    }
}

/// A board's configuration, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `partners`: globs from the board's root.
    pub partners: Vec<String>,
    /// `templates`: a folder, from the board's root, without `./` and a `/` at its end; empty when
    /// the board has none.
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
    /// `[lint]`.
    pub lint: lint::Lint,
}

impl Config {
    /// `exclude_sections`, ready to be asked. Headings are matched whatever their case.
    pub fn excluded_sections(&self) -> Result<GlobSet, GlobError> {
        let mut globs = GlobSetBuilder::new();
        for pattern in &self.exclude_sections {
            let error = |error: globset::Error| GlobError {
                glob: pattern.clone(),
                reason: error.kind().to_string(),
            };
            globs.add(GlobBuilder::new(pattern).case_insensitive(true).build().map_err(error)?);
        }
        let error = |error: globset::Error| GlobError {
            glob: error.glob().unwrap_or_default().to_owned(),
            reason: error.kind().to_string(),
        };
        globs.build().map_err(error)
    }

    /// Reads `mdboard.toml`; what it does not say has its default.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, by place: where the text is no TOML, each syntax error;
    /// otherwise each unknown key and each value of the wrong type or out of range.
    pub fn parse(path: &RepoPath, text: &str) -> Result<Config, Vec<Diagnostic>> {
        let mut report = report::Report::new(path, text);
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut config = Config::default();
        if errors.is_empty() {
            keys::read(&mut config, table.get_ref(), &mut report);
        } else {
            // What was recovered around a syntax error may stand in the wrong table: judging it
            // would blame lines that are right.
            errors.iter().for_each(|error| report.syntax(error));
        }
        report.finish().map(|()| config)
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            partners: vec!["partners/*".to_owned()],
            templates: "templates".to_owned(),
            timezone: Zone::UTC,
            exclude_sections: vec!["*Legend*".to_owned(), "How to Use*".to_owned()],
            states: BTreeMap::new(),
            letter_priorities: false,
            count: Count::Leaves,
            due_soon_days: 7,
            stall_days: 14,
            at_risk_gap: 25,
            batch_size: 3,
            lint: lint::Lint::default(),
        }
    }
}
