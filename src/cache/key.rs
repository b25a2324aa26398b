//! What a record depends on besides its commit.

use std::fmt;
use std::hash::Hash;

use xxhash_rust::xxh3::Xxh3;

/// Which sources this program was built from, and under which version it is known.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("MDBOARD_SOURCES"));

/// Stands for everything that a record depends on besides its commit: the program itself, down
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

    /// The key that stands for a value, by all that is hashed of it. Unlike that of [`Key::of`], it
    /// differs between machines.
    pub fn of_value(value: &impl Hash) -> Key {
        let mut hash = Xxh3::new();
        PROGRAM.hash(&mut hash);
        value.hash(&mut hash);
        Key(hash.digest128().to_be_bytes())
    }

    /// The bytes that it consists of.
    pub fn bytes(self) -> [u8; 16] {
        self.0
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
