//! The commits that last changed some files.
//!
//! As `git log -1 -- FILE` does it: from a commit one goes on to a parent that has the same content,
//! the first of several, until there is none. Files walk together: a commit is read once for all
//! that are at it.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::dates::Timestamp;
use crate::git::Filter;
use crate::git::objects::{Fault, Id, Objects};
use crate::git::tree;

/// Some files, and the folders above them.
struct Wanted {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Wanted {
    fn of(files: BTreeSet<String>) -> Wanted {
        let mut folders = BTreeSet::from([String::new()]);
        for file in &files {
            folders.extend(file.match_indices('/').map(|(end, _)| file[..end].to_owned()));
        }
        Wanted { files, folders }
    }
}

impl Filter for Wanted {
    fn enters(&self, folder: &str) -> bool {
        self.folders.contains(folder)
    }

    fn takes(&self, file: &str) -> bool {
        self.files.contains(file)
    }
}

/// For each file that the tip's version has, the commit that last changed it. Not told where a
/// shallow clone hides that commit's parents, so that an older one may be it, or where a commit is
/// missing on the way.
pub(super) fn last_changes(
    objects: &Objects<'_>,
    tip: Id,
    files: BTreeSet<String>,
) -> Result<BTreeMap<String, Id>, Fault> {
    let tree = objects.commit(tip)?.tree;
    let there = tree::snapshot(objects, tree, &Wanted::of(files))?.files;
    let files: BTreeSet<String> = there.keys().map(|path| path.as_str().to_owned()).collect();
    let mut found = BTreeMap::new();
    let mut at: BTreeMap<Id, BTreeSet<String>> = BTreeMap::from([(tip, files)]);
    let mut next: BinaryHeap<(Timestamp, Id)> = BinaryHeap::from([(Timestamp(i64::MAX), tip)]);
    while let Some((_, id)) = next.pop() {
        let Some(mut here) = at.remove(&id).filter(|here| !here.is_empty()) else { continue };
        let commit = match objects.commit(id) {
            Ok(commit) => commit,
            Err(Fault::Missing { .. }) => continue,
            Err(fault) => return Err(fault),
        };
        for parent in &commit.parents {
            let same = match unchanged(objects, *parent, commit.tree, &here) {
                Ok(same) => same,
                // What is not here cannot have been looked at: an older commit may be it.
                Err(Fault::Missing { .. }) => {
                    here.clear();
                    break;
                }
                Err(fault) => return Err(fault),
            };
            here.retain(|file| !same.contains(file));
            if !same.is_empty() {
                next.push((objects.commit(*parent)?.committed(), *parent));
                at.entry(*parent).or_default().extend(same);
            }
        }
        if commit.hidden.is_empty() {
            found.extend(here.into_iter().map(|file| (file, id)));
        }
    }
    Ok(found)
}

/// Those of some files that a commit has as a tree has them.
fn unchanged(
    objects: &Objects<'_>,
    parent: Id,
    tree: Id,
    files: &BTreeSet<String>,
) -> Result<BTreeSet<String>, Fault> {
    let before = objects.commit(parent)?.tree;
    let mut same = files.clone();
    for change in tree::changes(objects, Some(before), Some(tree), &Wanted::of(files.clone()))? {
        same.remove(change.path.as_str());
    }
    Ok(same)
}
