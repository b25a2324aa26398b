//! Items that went from one file of a partner and came in another one.

use std::collections::HashMap;

use super::align::Alignment;
use crate::model::{Document, Item, RepoPath};

/// A file from one version to the next: under which path, and what it held.
pub(super) struct Aligned<'a> {
    pub(super) old: Option<(&'a RepoPath, &'a Document)>,
    pub(super) new: Option<(&'a RepoPath, &'a Document)>,
    pub(super) alignment: &'a Alignment,
}

/// An item, by the number of its file and its index there.
pub(super) type At = (usize, usize);

/// By what an item is recognised in another file: its id, or the text of one without.
#[derive(PartialEq, Eq, Hash)]
enum Signature<'a> {
    Id(&'a str),
    Text(&'a str),
}

impl Signature<'_> {
    fn of(item: &Item) -> Signature<'_> {
        match &item.explicit_id {
            Some(id) => Signature::Id(id),
            None => Signature::Text(&item.identity),
        }
    }
}

/// Where each item is that crossed from one file to another of its partner, and where it was: with
/// the same id or text, one to one, in their order. `partner`: what tells a file's partner apart.
pub(super) fn crossed(
    files: &[Aligned<'_>],
    partner: impl Fn(&RepoPath) -> Option<RepoPath>,
) -> Vec<(At, At)> {
    let mut crossed = Vec::new();
    // What goes from one file has to come in another.
    if files.len() < 2 {
        return crossed;
    }
    let mut gone: HashMap<_, Vec<At>> = HashMap::new();
    for (at, file) in files.iter().enumerate() {
        let Some((path, old)) = file.old else { continue };
        for (index, item) in old.items.iter().enumerate() {
            if file.alignment.new_of.get(index) == Some(&None) {
                gone.entry((partner(path), Signature::of(item))).or_default().push((at, index));
            }
        }
    }
    if gone.is_empty() {
        return crossed;
    }
    for (at, file) in files.iter().enumerate() {
        let Some((path, new)) = file.new else { continue };
        let owner = partner(path);
        for (index, item) in new.items.iter().enumerate() {
            if file.alignment.old_of.get(index) != Some(&None) || item.identity.is_empty() {
                continue;
            }
            let Some(same) = gone.get_mut(&(owner.clone(), Signature::of(item))) else { continue };
            let Some(found) = same.iter().position(|(other, _)| *other != at) else { continue };
            crossed.push(((at, index), same.remove(found)));
        }
    }
    crossed
}
