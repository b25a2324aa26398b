//! Where a parent has what a commit has under another path: files that were renamed, and items that
//! were put into another file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Place, Step, Tracer, find};
use crate::model::history::{Change, Parent};
use crate::model::{BlobId, Document, RepoPath};
use crate::timeline::Read;
use crate::timeline::align::Alignment;
use crate::timeline::rename::renames;
use crate::timeline::track::Signature;

/// A commit, and one of its parents by number.
pub(super) type Against = (Option<usize>, usize);

/// The items of a partner that went from one file and came in another one.
#[derive(Default)]
pub(super) struct Crossed {
    /// For an item of the commit, by path and index: where the parent had it.
    from: HashMap<(RepoPath, usize), (RepoPath, BlobId, usize)>,
    /// Not all versions could be read: there may be more.
    is_partial: bool,
}

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
        let against = (place.at, number);
        let renamed = self.renamed_from(against, &place.path);
        let path = renamed.or_else(|| self.known_as(against, &place.path))?;
        let blob = find(&parent.changes, &path)?.before;
        Some(Place { at, path, blob })
    }

    /// The path that a file of a commit, which a parent has not under that path, had there.
    fn renamed_from(&mut self, against: Against, path: &RepoPath) -> Option<RepoPath> {
        let parent = self.parents(against.0).get(against.1)?;
        let versions = self.versions;
        let renamed = self.renamed.entry(against).or_insert_with(|| {
            renames(&parent.changes, versions).into_iter().collect::<HashMap<_, _>>()
        });
        renamed.get(path).cloned()
    }

    /// Of the files that only a parent has, the one that a file of the commit is by their names:
    /// where both sides of a merge went on under other names, the texts are too different by now.
    fn known_as(&mut self, against: Against, path: &RepoPath) -> Option<RepoPath> {
        if !self.known_as.contains_key(&against) {
            let known = self.all_known_as(against);
            self.known_as.insert(against, known);
        }
        self.known_as.get(&against)?.get(path).cloned()
    }

    /// For each file of a commit that a parent is to have had under another name: that name.
    fn all_known_as(&mut self, against: Against) -> HashMap<RepoPath, RepoPath> {
        let mut known = HashMap::new();
        let Some(parent) = self.parents(against.0).get(against.1) else { return known };
        let renamed = self.renamed.get(&against);
        let olds: HashSet<&RepoPath> = renamed.into_iter().flat_map(HashMap::values).collect();
        let left = parent.changes.iter().filter(|change| match (change.before, change.after) {
            (Some(_), None) => !olds.contains(&change.path),
            (None, Some(_)) => renamed.is_none_or(|renamed| !renamed.contains_key(&change.path)),
            _ => false,
        });
        let (gone, came): (Vec<_>, Vec<_>) = left.partition(|change| change.after.is_none());
        if gone.is_empty() || came.is_empty() {
            return known;
        }
        let mut by_name: HashMap<RepoPath, &RepoPath> = HashMap::new();
        for change in gone {
            let names = match parent.inside {
                true => self.names(self.at(parent), &change.path),
                false => self.with_former(vec![change.path.clone()]),
            };
            for name in names {
                by_name.entry(name).or_insert(&change.path);
            }
        }
        let mut taken = HashSet::new();
        for change in came {
            // A file that is new under a name that another one had once is not that one.
            let names = self.names(against.0, &change.path).into_iter().skip(1);
            let mut same = names.filter_map(|name| by_name.get(&name).copied());
            if let Some(path) = same.find(|path| !taken.contains(path)) {
                taken.insert(path);
                known.insert(change.path.clone(), path.clone());
            }
        }
        known
    }

    /// The names of a file of the merge or of a commit of its branches, the newest first: the one
    /// that it has there, those that it had on the way there, and those that each of them followed
    /// on the mainline.
    fn names(&mut self, at: Option<usize>, path: &RepoPath) -> Vec<RepoPath> {
        let mut names = vec![path.clone()];
        let (mut at, mut path) = (at, path.clone());
        // Each step goes to a commit further back, so there are at most as many as commits.
        for _ in 0..=self.revision.side.len() {
            let parents = self.parents(at);
            let has = |parent: &&Parent| {
                parent.known
                    && find(&parent.changes, &path).is_none_or(|change| change.before.is_some())
            };
            let same = parents.iter().find(has).map(|parent| (parent, path.clone()));
            let found = same.or_else(|| {
                parents.iter().enumerate().find_map(|(number, parent)| {
                    Some((parent, self.renamed_from((at, number), &path)?))
                })
            });
            let Some((parent, before)) = found else { break };
            if before != path {
                names.push(before.clone());
            }
            if !parent.inside {
                break;
            }
            (at, path) = (self.at(parent), before);
        }
        self.with_former(names)
    }

    /// Names, and those that each of them followed on the mainline.
    fn with_former(&self, mut names: Vec<RepoPath>) -> Vec<RepoPath> {
        let former = names.iter().filter_map(|name| self.former.get(name)).flatten();
        let former: Vec<RepoPath> = former.cloned().collect();
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
    ) -> Step<(Place, usize)> {
        let number = self.parents(place.at).iter().position(|other| other.id == parent.id);
        let member = (self.rules.membership)(&place.path);
        let (Some(number), Some(member)) = (number, member) else { return Step::Lacked };
        if !parent.known {
            return Step::Unknown;
        }
        let key = ((place.at, number), member.root);
        if !self.crossed.contains_key(&key) {
            let crossed = self.crossed_against(key.0, &key.1);
            self.crossed.insert(key.clone(), crossed);
        }
        let Some(crossed) = self.crossed.get(&key) else { return Step::Lacked };
        match crossed.from.get(&(place.path.clone(), item)) {
            Some((path, blob, item)) => {
                let place = Place { at: self.at(parent), path: path.clone(), blob: Some(*blob) };
                Step::Held((place, *item))
            }
            None if crossed.is_partial => Step::Unknown,
            None => Step::Lacked,
        }
    }

    /// What went from one file of a partner and came in another one, against a parent: one to one,
    /// in their order, as the mainline's own commits are told.
    fn crossed_against(&mut self, against: Against, root: &RepoPath) -> Crossed {
        let mut crossed = Crossed::default();
        let Some(parent) = self.parents(against.0).get(against.1) else { return crossed };
        let begin = format!("{root}/");
        let first = parent.changes.partition_point(|change| change.path.as_str() < &*begin);
        let of_partner = parent.changes[first..].iter();
        let changes: Vec<&Change> =
            of_partner.take_while(|change| change.path.is_below(root.as_str())).collect();
        // What goes from one file has to come in another.
        if changes.len() < 2 {
            return crossed;
        }
        let mut gone: HashMap<Signature, Vec<(RepoPath, BlobId, usize)>> = HashMap::new();
        let mut came: Vec<(Signature, Option<RepoPath>, (RepoPath, usize))> = Vec::new();
        let mut followed: HashSet<RepoPath> = HashSet::new();
        let none = Arc::new(Alignment::default());
        for change in &changes {
            let Some(blob) = change.after else { continue };
            let Read::Document(new) = self.versions.document(&change.path, blob) else {
                crossed.is_partial = true;
                continue;
            };
            let before = match change.before {
                Some(_) => Some(change.path.clone()),
                None => self.renamed_from(against, &change.path),
            };
            let old = before.and_then(|path| Some((find(&parent.changes, &path)?.before?, path)));
            let alignment = match &old {
                Some((old, path)) => {
                    followed.insert(path.clone());
                    let Some(found) = self.alignment((path, *old), (&change.path, blob)) else {
                        crossed.is_partial = true;
                        continue;
                    };
                    if let Read::Document(document) = self.versions.document(path, *old) {
                        let went = (path, *old);
                        note_gone(&mut gone, went, &document, |at| found.new_of[at].is_none());
                    }
                    found
                }
                None => none.clone(),
            };
            for (index, item) in new.items.iter().enumerate() {
                let is_new = alignment.old_of.get(index).is_none_or(Option::is_none);
                if is_new && !item.identity.is_empty() {
                    let from = old.as_ref().map(|(_, path)| path.clone());
                    came.push((Signature::of(item), from, (change.path.clone(), index)));
                }
            }
        }
        for change in changes.iter().filter(|change| !followed.contains(&change.path)) {
            let (Some(old), None) = (change.before, change.after) else { continue };
            match self.versions.document(&change.path, old) {
                Read::Document(document) => {
                    note_gone(&mut gone, (&change.path, old), &document, |_| true);
                }
                Read::Missing => crossed.is_partial = true,
            }
        }
        for (signature, from, to) in came {
            let Some(same) = gone.get_mut(&signature) else { continue };
            let other = |(path, ..): &(RepoPath, _, _)| Some(path) != from.as_ref();
            if let Some(at) = same.iter().position(other) {
                crossed.from.insert(to, same.remove(at));
            }
        }
        crossed
    }
}

/// Notes the items of a file's version that went.
fn note_gone(
    gone: &mut HashMap<Signature, Vec<(RepoPath, BlobId, usize)>>,
    (path, blob): (&RepoPath, BlobId),
    document: &Document,
    is_gone: impl Fn(usize) -> bool,
) {
    for (index, item) in document.items.iter().enumerate() {
        if is_gone(index) && !item.identity.is_empty() {
            gone.entry(Signature::of(item)).or_default().push((path.clone(), blob, index));
        }
    }
}
