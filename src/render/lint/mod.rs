//! What the linter found, in one format per module. Every format tells the same findings in the same
//! order, but for GitHub's: see there.

mod concise;
mod diff;
mod full;
mod github;
mod gitlab;
mod junit;
mod places;
mod sarif;
mod summary;
#[cfg(test)]
mod tests;

pub use super::json::lint as json;
pub use concise::concise;
pub use diff::{diff, difference};
pub use full::full;
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub(super) use places::Places;
pub use sarif::sarif;
pub use summary::{summary, would_mend};
