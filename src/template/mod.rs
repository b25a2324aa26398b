//! The life of a template: checklists that are made from it, how far they have parted from it since,
//! and what it has gained brought into them. Pure: texts in, texts out.

mod arrivals;
mod closing;
mod compare;
mod edits;
mod fill;
mod front;
mod make;
mod place;
mod sync;
#[cfg(test)]
mod tests;
mod tick;
mod words;
mod written;

pub use compare::{Drift, Moved, Named, Reworded, Versions, drift};
pub use fill::{Unfilled, Values, Why};
pub use make::{Making, Unmade, make};
pub use sync::{Conflict, Synced, sync};
pub use tick::{Untickable, tick};

use crate::model::RepoPath;
use crate::parse::{self, Close, Options};

/// A text, read closely.
struct Sheet {
    close: Close,
}

impl Sheet {
    fn of(path: &RepoPath, text: &str, options: &Options) -> Sheet {
        Sheet { close: parse::closely(path, text.as_bytes(), options) }
    }

    fn text(&self) -> &str {
        &self.close.text
    }
}
