//! Ids of items: short, unique among the items that live, and never derived from commits.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::model::{ItemId, RepoPath};

/// Letters and digits of an id: none that is easily taken for another, and no vowels, so that no
/// id spells a word.
const ALPHABET: &[u8; 28] = b"0123456789bcdfghjkmnpqrstvwx";
/// Digits of an id: about 38 bits, so that a board of 30,000 items rarely meets a second try.
const LENGTH: usize = 8;

/// Hands out ids and takes them back when an item goes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// For a first try that was taken, how many tries are known to be taken too.
    tried: HashMap<String, usize>,
}

impl Ids {
    /// The id of an item at its first known appearance. An explicit id wins; where another living
    /// item has it already (a template's ids turn up in every checklist made from it), a part that
    /// is derived from the path is added.
    pub(super) fn give(&mut self, path: &RepoPath, text: &str, explicit: Option<&str>) -> ItemId {
        let candidates = |attempt: usize| match (explicit, attempt) {
            (Some(id), 0) => id.to_owned(),
            (Some(id), _) => format!("{id}-{}", &digest(path, id, attempt)[..4]),
            (None, _) => digest(path, text, attempt),
        };
        let first = candidates(0);
        let mut attempt = self.tried.get(&first).copied().unwrap_or_default();
        let mut id = candidates(attempt);
        while self.taken.contains(&id) {
            attempt += 1;
            id = candidates(attempt);
        }
        if attempt > 0 {
            self.tried.insert(first, attempt);
        }
        self.taken.insert(id.clone());
        ItemId(id)
    }

    /// Takes back the id of an item that went, so that the same item gets the same id if it ever
    /// comes again.
    pub(super) fn take_back(&mut self, id: &ItemId) {
        self.taken.remove(&id.0);
        self.tried.clear();
    }

    /// Gives an item the explicit id that was just written into it, if no living item has it.
    pub(super) fn adopt(&mut self, id: &ItemId, explicit: &str) -> ItemId {
        if id.0 == explicit || self.taken.contains(explicit) {
            return id.clone();
        }
        self.take_back(id);
        self.taken.insert(explicit.to_owned());
        ItemId(explicit.to_owned())
    }
}

/// The id of the `order`-th item with this text in this file.
fn digest(path: &RepoPath, text: &str, order: usize) -> String {
    let mut hash = xxh3_64(format!("{path}\0{text}\0{order}").as_bytes());
    let mut id = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        let base = ALPHABET.len() as u64;
        id.push(char::from(ALPHABET[(hash % base) as usize]));
        hash /= base;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_path_text_and_order_alone() {
        let path = RepoPath::new("partners/acme/a.md");
        let mut ids = Ids::default();
        let first = ids.give(&path, "sign", None);
        let second = ids.give(&path, "sign", None);
        assert_ne!(first, second);
        let mut again = Ids::default();
        assert_eq!(again.give(&path, "sign", None), first);
        assert_eq!(again.give(&path, "sign", None), second);
        again.take_back(&first);
        assert_eq!(again.give(&path, "sign", None), first);
    }

    #[test]
    fn an_explicit_id_wins_where_it_is_free() {
        let mut ids = Ids::default();
        let one = RepoPath::new("partners/acme/a.md");
        let two = RepoPath::new("partners/zenith/a.md");
        assert_eq!(ids.give(&one, "sign", Some("nda")).0, "nda");
        let other = ids.give(&two, "sign", Some("nda")).0;
        assert!(other.starts_with("nda-"), "{other}");
    }
}
