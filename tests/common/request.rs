//! Asking for a board of a test's repository.

use std::path::Path;

use mdboard::dates::Timestamp;
use mdboard::load::{Request, Revision};

/// 2026-02-01T09:00:00Z.
pub const NOW: Timestamp = Timestamp(1_769_936_400);

/// A request for the working tree of a folder, made on 1 February 2026.
pub fn request(folder: &Path) -> Request {
    Request {
        dir: folder.to_owned(),
        config: None,
        config_from: None,
        partners: Vec::new(),
        revision: Revision::WorkingTree,
        today: None,
        now: NOW,
    }
}
