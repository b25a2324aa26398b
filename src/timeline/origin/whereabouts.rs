//! Where a parent has what a commit has under another path: files that were renamed, and items that
//! were put into another file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Place, Step, Tracer, find};
use crate::model::history::{Change, Parent};
use crate::model::{BlobId, Document, RepoPath};
use crate::timeline::Read;
use crate::timeline::align::Alignment;
use crate::timeline::crossed::{Aligned, crossed};
use crate::timeline::rename::renames;

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
        let against = self.against(place, parent)?;
        // What the text says counts first; then, by which names the file was known.
        let renamed = self.renamed_from(against, &place.path);
        let path = renamed.or_else(|| self.known_as(against, &place.path))?;
        let blob = find(&parent.changes, &path)?.before;
        Some(Place { at, path, blob })
    }

    fn against(&self, place: &Place, parent: &Parent) -> Option<Against> {
        let number = self.parents(place.at).iter().position(|other| other.id == parent.id)?;
        Some((place.at, number))
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
        let member = (self.rules.membership)(&place.path);
        let (Some(against), Some(member)) = (self.against(place, parent), member) else {
            return Step::Lacked;
        };
        if !parent.known {
            return Step::Unknown;
        }
        let key = (against, member.root);
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

    /// What went from one file of a partner and came in another one, against a parent.
    fn crossed_against(&mut self, against: Against, root: &RepoPath) -> Crossed {
        let mut found = Crossed::default();
        let Some(parent) = self.parents(against.0).get(against.1) else { return found };
        let begin = format!("{root}/");
        let first = parent.changes.partition_point(|change| change.path.as_str() < &*begin);
        let of_partner = parent.changes[first..].iter();
        let changes: Vec<&Change> =
            of_partner.take_while(|change| change.path.is_below(root.as_str())).collect();
        if changes.len() < 2 {
            return found;
        }
        let came = changes.iter().filter(|change| change.before.is_none());
        let renamed: HashMap<&RepoPath, RepoPath> = came
            .filter_map(|change| Some((&change.path, self.renamed_from(against, &change.path)?)))
            .collect();
        let followed: HashSet<&RepoPath> = renamed.values().collect();
        let mut files = Vec::new();
        for change in changes.iter().filter(|change| !followed.contains(&change.path)) {
            let from = renamed.get(&change.path).unwrap_or(&change.path);
            let before = find(&parent.changes, from).and_then(|change| change.before);
            let file = self.between((from, before), (&change.path, change.after));
            found.is_partial |= file.is_none();
            files.extend(file);
        }
        let aligned: Vec<_> = files.iter().map(Between::aligned).collect();
        let partner = |path: &RepoPath| (self.rules.membership)(path).map(|member| member.root);
        for ((at, index), (other, old)) in crossed(&aligned, partner) {
            let (Some((to, _)), Some((from, blob, _))) = (&files[at].new, &files[other].old) else {
                continue;
            };
            found.from.insert((to.clone(), index), (from.clone(), *blob, old));
        }
        found
    }

    /// A file in a parent and in a commit; `None` where a version of it cannot be read.
    fn between(
        &mut self,
        old: (&RepoPath, Option<BlobId>),
        new: (&RepoPath, Option<BlobId>),
    ) -> Option<Between> {
        // Nothing, or what can be read.
        let read = |path, blob: Option<BlobId>| match blob {
            None => Some(None),
            Some(blob) => match self.versions.document(path, blob) {
                Read::Document(document) => Some(Some((blob, document))),
                Read::Missing => None,
            },
        };
        let (before, after) = (read(old.0, old.1)?, read(new.0, new.1)?);
        let none = Document::default();
        let alignment = match (&before, &after) {
            (Some((a, _)), Some((b, _))) => self.alignment((old.0, *a), (new.0, *b))?,
            (Some((_, before)), None) => Arc::new(Alignment::of(before, &none)),
            (None, Some((_, after))) => Arc::new(Alignment::of(&none, after)),
            (None, None) => Arc::default(),
        };
        Some(Between {
            old: before.map(|(blob, document)| (old.0.clone(), blob, document)),
            new: after.map(|(_, document)| (new.0.clone(), document)),
            alignment,
        })
    }
}

/// A file in a parent and in a commit.
struct Between {
    old: Option<(RepoPath, BlobId, Arc<Document>)>,
    new: Option<(RepoPath, Arc<Document>)>,
    alignment: Arc<Alignment>,
}

impl Between {
    fn aligned(&self) -> Aligned<'_> {
        Aligned {
            old: self.old.as_ref().map(|(path, _, document)| (path, &**document)),
            new: self.new.as_ref().map(|(path, document)| (path, &**document)),
            alignment: &self.alignment,
        }
    }
}
