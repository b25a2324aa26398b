//! Tables for people, in a terminal or piped into a file. No line is wider than the [`Style`] says,
//! and colours only repeat what the words say.
//!
//! [`Style`]: super::Style

mod cache;
mod items;
pub(super) mod line;
mod log;
mod status;

use super::paint;

pub use cache::{cache, cleared};
pub use items::items;
pub use log::log;
pub use status::status;
