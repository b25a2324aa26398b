//! What a checkpoint depends on besides its commit.

use std::fmt;

use xxhash_rust::xxh3::Xxh3;

/// Which sources this program was built from, and under which version it is known.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("MDBOARD_SOURCES"));

/// Stands for everything that a checkpoint depends on besides its commit: the program itself, down
/// to its sources, and what the maker of a key names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(super) [u8; 16]);

impl Key {
    /// The key that stands for these, in this order.
    pub fn of(parts: &[&[u8]]) -> Key {
        let mut hash = Xxh3::new();
        for part in [PROGRAM.as_bytes()].iter().chain(parts) {
            // With its length, so that no part can look like the end of the one before.
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Key(hash.digest128().to_be_bytes())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
