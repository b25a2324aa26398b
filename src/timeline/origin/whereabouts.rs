//! Where a parent has what a commit has under another path: files that were renamed, and items that
//! were put into another file.

use std::collections::{HashMap, HashSet};

use super::{Place, Tracer, find};
use crate::model::history::{Change, Parent};
use crate::model::{BlobId, RepoPath};
use crate::timeline::Read;
use crate::timeline::rename::renames;
use crate::timeline::track::Known;

/// The items that went from the files of a partner, by what they are known by: path, content, index.
pub(super) type Left = HashMap<Known, Vec<(RepoPath, BlobId, usize)>>;

impl Tracer<'_> {
    /// Where a parent has a file, by the same path or by the one it was renamed from.
    pub(super) fn place_in(&mut self, place: &Place, parent: &Parent) -> Option<Place> {
        let at = self.at(parent);
        let Some(change) = find(&parent.changes, &place.path) else {
            return Some(Place { at, ..place.clone() });
        };
        if change.before.is_some() {
            return Some(Place { at, path: place.path.clone(), blob: change.before });
        }
        let number = self.parents(place.at).iter().position(|other| other.id == parent.id)?;
        // What the text says counts first; then, by which names the file was known.
        let renamed = self.renamed_from(place.at, number, &place.path);
        let path = renamed.or_else(|| self.known_as(place, parent, number))?;
        let blob = find(&parent.changes, &path)?.before;
        Some(Place { at, path, blob })
    }

    /// The path that a file of a commit, which a parent has not under that path, had there.
    fn renamed_from(
        &mut self,
        at: Option<usize>,
        number: usize,
        path: &RepoPath,
    ) -> Option<RepoPath> {
        let parent = self.parents(at).get(number)?;
        let versions = self.versions;
        let renamed = self.renamed.entry((at, number)).or_insert_with(|| {
            renames(&parent.changes, versions).into_iter().collect::<HashMap<_, _>>()
        });
        renamed.get(path).cloned()
    }

    /// Of the files that only a parent has, the one that a file of the commit is by their names:
    /// where both sides of a merge went on under other names, the texts are too different by now.
    fn known_as(&mut self, place: &Place, parent: &Parent, number: usize) -> Option<RepoPath> {
        let key = (place.at, number, place.path.clone());
        if let Some(known) = self.known_as.get(&key) {
            return known.clone();
        }
        let spoken_for: HashSet<RepoPath> = self
            .renamed
            .get(&(place.at, number))
            .map_or_else(HashSet::new, |renamed| renamed.values().cloned().collect());
        let is_gone = |change: &&Change| change.before.is_some() && change.after.is_none();
        let gone = parent.changes.iter().filter(is_gone).map(|change| &change.path);
        let gone: Vec<_> = gone.filter(|path| !spoken_for.contains(*path)).collect();
        let mut known = None;
        if !gone.is_empty() {
            let names = self.names(Some(place.at), &place.path);
            let inside = parent.inside.then(|| self.at(parent));
            let gone: Vec<_> = gone.into_iter().map(|path| self.names(inside, path)).collect();
            let same = |name| gone.iter().find(|others| others.contains(name))?.first().cloned();
            known = names.iter().find_map(same);
        }
        self.known_as.insert(key, known.clone());
        known
    }

    /// The names of a file, the newest first: the one that it has in a commit of the branches, those
    /// that it had on the way there, and those that each of them followed on the mainline.
    fn names(&mut self, inside: Option<Option<usize>>, path: &RepoPath) -> Vec<RepoPath> {
        let mut names = vec![path.clone()];
        let (mut here, mut path) = (inside, path.clone());
        // Each step goes to a commit further back, so there are at most as many as commits.
        for _ in 0..=self.revision.side.len() {
            let Some(at) = here else { break };
            let parents = self.parents(at);
            let has = |parent: &&Parent| {
                parent.known
                    && find(&parent.changes, &path).is_none_or(|change| change.before.is_some())
            };
            let same = parents.iter().find(has).map(|parent| (parent, path.clone()));
            let found = same.or_else(|| {
                parents.iter().enumerate().find_map(|(number, parent)| {
                    Some((parent, self.renamed_from(at, number, &path)?))
                })
            });
            let Some((parent, before)) = found else { break };
            if before != path {
                names.push(before.clone());
            }
            (here, path) = (parent.inside.then(|| self.at(parent)), before);
        }
        let former: Vec<_> = names.iter().filter_map(|name| self.former.get(name)).collect();
        let former: Vec<RepoPath> = former.into_iter().flatten().cloned().collect();
        names.extend(former);
        names
    }

    /// Under which of its names, the newest first, a parent had a file of the mainline that a commit
    /// took away, and its content there.
    pub(super) fn taken_from<'p>(
        &'p self,
        path: &'p RepoPath,
        parent: &Parent,
    ) -> Option<(&'p RepoPath, BlobId)> {
        let former = self.former.get(path).into_iter().flatten();
        std::iter::once(path).chain(former).find_map(|name| {
            let change = find(&parent.changes, name).filter(|change| change.after.is_none())?;
            Some((name, change.before?))
        })
    }

    /// The item of another file of the partner, in a parent's version, that an item is: one that
    /// went from there, with the same id or text.
    pub(super) fn elsewhere(
        &mut self,
        place: &Place,
        item: usize,
        parent: &Parent,
    ) -> Option<(Place, usize)> {
        let root = (self.rules.membership)(&place.path)?.root;
        let number = self.parents(place.at).iter().position(|other| other.id == parent.id)?;
        let Read::Document(document) = self.versions.document(&place.path, place.blob?) else {
            return None;
        };
        let item = document.items.get(item).filter(|item| !item.identity.is_empty())?;
        let key = (place.at, number, root);
        if !self.left.contains_key(&key) {
            let left = self.left_from(&key.2, place.at, number);
            self.left.insert(key.clone(), left);
        }
        let left = self.left.get(&key)?.get(&Known::of(item))?;
        let (path, blob, index) = left.iter().find(|(path, ..)| *path != place.path)?;
        let place = Place { at: self.at(parent), path: path.clone(), blob: Some(*blob) };
        Some((place, *index))
    }

    /// The items that a commit took from the files of a partner, against one of its parents.
    fn left_from(&mut self, root: &RepoPath, at: Option<usize>, number: usize) -> Left {
        let mut left = Left::new();
        let Some(parent) = self.parents(at).get(number) else { return left };
        let of_partner = |change: &&Change| change.path.is_below(root.as_str());
        let changes: Vec<&Change> = parent.changes.iter().filter(of_partner).collect();
        // What goes from one file has to come in another.
        if changes.len() < 2 {
            return left;
        }
        let mut now: HashMap<RepoPath, (RepoPath, BlobId)> = HashMap::new();
        for change in &changes {
            let Some(blob) = change.after else { continue };
            let before = match change.before {
                Some(_) => Some(change.path.clone()),
                None => self.renamed_from(at, number, &change.path),
            };
            now.extend(before.map(|before| (before, (change.path.clone(), blob))));
        }
        for change in changes {
            let Some(old) = change.before else { continue };
            let Read::Document(document) = self.versions.document(&change.path, old) else {
                continue;
            };
            let alignment = match now.get(&change.path) {
                Some((path, new)) => match self.alignment((&change.path, old), (path, *new)) {
                    Some(alignment) => Some(alignment),
                    None => continue,
                },
                None => None,
            };
            let stayed = |index: usize| {
                alignment.as_ref().is_some_and(|found| found.new_of.get(index) != Some(&None))
            };
            for (index, item) in document.items.iter().enumerate() {
                if !item.identity.is_empty() && !stayed(index) {
                    let entry = left.entry(Known::of(item)).or_default();
                    entry.push((change.path.clone(), old, index));
                }
            }
        }
        left
    }
}
