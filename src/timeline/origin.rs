//! Which commit of a merged branch introduced what a merge brought.
//!
//! The question is asked of one item, or one file, at a time and answered as blame would: from the
//! merge, follow any parent that already had what is asked for, until none has. The mainline's own
//! parent has it not, else the merge would not have brought it; a walk that ends up in the
//! mainline's past anyway means that the merge itself made the edit.

mod whereabouts;

use std::collections::HashMap;
use std::sync::Arc;

use super::align::{Alignment, section_of};
use super::{Read, Rules, Versions};
use crate::inherit::Surroundings;
use crate::model::history::{Change, Parent, Revision, SideCommit};
use crate::model::{BlobId, CommitId, Document, RepoPath};
use crate::schedule;
use whereabouts::{Against, Crossed};

/// What is asked about an item of the merge's version.
pub(super) enum Property<'a> {
    /// That it is there.
    Presence,
    /// That its state is what it is.
    State,
    /// That its text is what it is.
    Text,
    /// That it stands in its section.
    Section,
    /// That it is due on its day; with what surrounds the file at the merge.
    Due(&'a Surroundings<'a>),
    /// That its owners are who they are; with what surrounds the file at the merge.
    Owners(&'a Surroundings<'a>),
}

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The mainline commit made it itself.
    Landing,
    /// The side commit at this index of the revision made it.
    Side(usize),
    /// History does not reach far enough to tell.
    Unknown,
}

/// What is asked for was there in the mainline's past, and not in the mainline any more.
struct Past {
    /// Of a merge that is not made yet: the oldest commit of the branch that kept it against one of
    /// its parents.
    against: Option<usize>,
}

impl Past {
    /// Whoever kept it has brought it: a merge of the mainline inside the branch, else the merge.
    fn found(self) -> Found {
        self.against.map_or(Found::Landing, Found::Side)
    }
}

/// Follows what one mainline commit brought into the branches that it merged.
pub(super) struct Tracer<'a> {
    revision: &'a Revision,
    versions: &'a dyn Versions,
    index: HashMap<CommitId, usize>,
    alignments: HashMap<(BlobId, BlobId), Option<Arc<Alignment>>>,
    /// For a commit and one of its parents, by number: the parent's path of each renamed file.
    renamed: HashMap<Against, HashMap<RepoPath, RepoPath>>,
    /// The same of files that only their names tell.
    known_as: HashMap<Against, HashMap<RepoPath, RepoPath>>,
    /// For a commit, one of its parents and a partner: the items that went from one of its files and
    /// came in another one.
    crossed: HashMap<(Against, RepoPath), Crossed>,
    rules: Rules<'a>,
    /// The paths that a file had on the mainline before it had this one, the newest first.
    former: HashMap<RepoPath, Vec<RepoPath>>,
    /// Whether the merge is not made yet: then it makes no edits of its own.
    is_proposed: bool,
}

/// A file in some commit; `None` content is a file that is not there.
#[derive(Clone, Debug)]
struct Place {
    /// The side commit, by index; `None` is the merge itself.
    at: Option<usize>,
    path: RepoPath,
    blob: Option<BlobId>,
}

/// What following a parent leads to.
enum Step<T> {
    /// The parent had it too.
    Held(T),
    /// The parent had it not.
    Lacked,
    /// The parent cannot be looked at.
    Unknown,
}

impl<'a> Tracer<'a> {
    /// Makes a tracer for one mainline commit.
    pub(super) fn new(
        revision: &'a Revision,
        versions: &'a dyn Versions,
        rules: Rules<'a>,
        former: HashMap<RepoPath, Vec<RepoPath>>,
        is_proposed: bool,
    ) -> Tracer<'a> {
        let side = revision.side.iter().enumerate();
        Tracer {
            revision,
            versions,
            index: side.map(|(at, commit)| (commit.commit.id, at)).collect(),
            alignments: HashMap::new(),
            renamed: HashMap::new(),
            known_as: HashMap::new(),
            crossed: HashMap::new(),
            rules,
            former,
            is_proposed,
        }
    }

    /// Which commit gave the `item`-th item of a file its property.
    pub(super) fn item(
        &mut self,
        path: &RepoPath,
        blob: BlobId,
        item: usize,
        property: &Property<'_>,
    ) -> Found {
        // Whoever put an item into another file gave it its place, and nothing else of it.
        let across = !matches!(property, Property::Section);
        self.traced(path, blob, item, property, across).unwrap_or_else(Past::found)
    }

    /// The same of an item that the mainline had not before. Reworded step by step, it can have
    /// become of another one that the mainline had; then it came with the text that it has.
    pub(super) fn new_item(
        &mut self,
        path: &RepoPath,
        blob: BlobId,
        item: usize,
        property: &Property<'_>,
    ) -> Found {
        // It may have been in another file of the branch before. One that the mainline had in another
        // file, and has lost or keeps elsewhere, came with the file that the branch put it into.
        self.traced(path, blob, item, property, true)
            .or_else(|_| self.traced(path, blob, item, property, false))
            .or_else(|_| self.traced(path, blob, item, &Property::Text, false))
            .unwrap_or_else(Past::found)
    }

    /// Which commit gave an item its property, if the mainline's past had it not; `across`: whether
    /// it is followed into the file that a commit of the branch took it from.
    fn traced(
        &mut self,
        path: &RepoPath,
        blob: BlobId,
        item: usize,
        property: &Property<'_>,
        across: bool,
    ) -> Result<Found, Past> {
        if self.revision.merged.is_empty() {
            return Ok(Found::Landing);
        }
        let Read::Document(wanted) = self.versions.document(path, blob) else {
            return Ok(Found::Unknown);
        };
        let wanted = value(&wanted, item, property);
        let place = Place { at: None, path: path.clone(), blob: Some(blob) };
        self.follow((place, item), |tracer, (place, item), parent| {
            let was = (place.blob, *item);
            let mut step = tracer.counterpart(place, *item, parent);
            if across && matches!(step, Step::Lacked) && !tracer.has_counterpart(place, *item) {
                step = tracer.elsewhere(place, *item, parent);
            }
            let Step::Held((place, item)) = step else { return step };
            if (place.blob, item) == was {
                return Step::Held((place, item));
            }
            let document = place.blob.map(|blob| tracer.versions.document(&place.path, blob));
            match document {
                Some(Read::Document(document)) if value(&document, item, property) == wanted => {
                    Step::Held((place, item))
                }
                Some(Read::Missing) => Step::Unknown,
                _ => Step::Lacked,
            }
        })
    }

    /// Which commit gave a file that the merge did not change against its first parent in the same
    /// way its content: of files whose content as a whole is the property.
    pub(super) fn content(&mut self, path: &RepoPath, blob: Option<BlobId>) -> Found {
        let place = Place { at: None, path: path.clone(), blob };
        let found = self.follow(place, |tracer, place, parent| {
            if !parent.known {
                return Step::Unknown;
            }
            match find(&parent.changes, &place.path) {
                None => Step::Held(Place { at: tracer.at(parent), ..place.clone() }),
                Some(_) => Step::Lacked,
            }
        });
        found.unwrap_or_else(Past::found)
    }

    /// Which commit brought a file under its path.
    pub(super) fn path(&mut self, path: &RepoPath) -> Found {
        self.presence(|_, parent| {
            find(&parent.changes, path).is_none_or(|change| change.before.is_some())
        })
    }

    /// Which commit took a file from its path, or from one that it had before.
    pub(super) fn path_removed(&mut self, path: &RepoPath) -> Found {
        self.presence(|tracer, parent| tracer.taken_from(path, parent).is_none())
    }

    /// Which commit brought a path about, or took it away; `is_same`: whether a parent already was
    /// as the merge is.
    fn presence(&mut self, is_same: impl Fn(&Self, &Parent) -> bool) -> Found {
        let found =
            self.follow(None, |tracer, _: &Option<usize>, parent| match is_same(tracer, parent) {
                _ if !parent.known => Step::Unknown,
                true => Step::Held(tracer.at(parent)),
                false => Step::Lacked,
            });
        found.unwrap_or_else(Past::found)
    }

    /// Which commit removed an item of the mainline's version `old` of a file. `path` and `blob`
    /// are where the file is in the merge, if it still is.
    pub(super) fn removal(
        &mut self,
        old: (&RepoPath, BlobId),
        item: usize,
        now: (&RepoPath, Option<BlobId>),
    ) -> Found {
        let place = Place { at: None, path: now.0.clone(), blob: now.1 };
        let found = self.follow(place, |tracer, place, parent| {
            if !parent.known {
                return Step::Unknown;
            }
            let there = tracer.place_in(place, parent).filter(|place| place.blob.is_some());
            let before = there.unwrap_or_else(|| {
                let (path, blob) = tracer.taken_from(old.0, parent).unzip();
                Place { at: tracer.at(parent), path: path.unwrap_or(old.0).clone(), blob }
            });
            match tracer.holds(old, item, &before) {
                Some(true) => Step::Lacked,
                Some(false) => Step::Held(before),
                None => Step::Unknown,
            }
        });
        found.unwrap_or_else(Past::found)
    }

    /// Whether a version still has an item of the mainline's version.
    fn holds(&mut self, old: (&RepoPath, BlobId), item: usize, place: &Place) -> Option<bool> {
        let Some(blob) = place.blob else { return Some(false) };
        if blob == old.1 {
            return Some(true);
        }
        let alignment = self.alignment((old.0, old.1), (&place.path, blob))?;
        Some(alignment.new_of.get(item).copied().flatten().is_some())
    }

    /// From the merge, goes to a parent that holds what is asked for until none does.
    fn follow<P>(
        &mut self,
        start: P,
        step: impl Fn(&mut Self, &P, &Parent) -> Step<P>,
    ) -> Result<Found, Past>
    where
        P: Positioned,
    {
        let mut here = start;
        let mut against = None;
        // Each step goes to a commit further back, so there are at most as many as commits.
        for _ in 0..=self.revision.side.len() {
            let mut held = None;
            let (mut lacked, mut unknown) = (false, false);
            for parent in self.parents(here.at()) {
                match step(self, &here, parent) {
                    Step::Held(place) if held.is_none() => held = Some((place, parent.inside)),
                    Step::Held(_) => {}
                    Step::Lacked => lacked = true,
                    Step::Unknown => unknown = true,
                }
                if held.is_some() && !self.is_proposed {
                    break;
                }
            }
            if held.is_some() && lacked && self.is_proposed {
                against = here.at().or(against);
            }
            match (held, here.at()) {
                (Some((_, false)), _) => return Err(Past { against }),
                (Some((place, true)), _) => here = place,
                (None, _) if unknown => return Ok(Found::Unknown),
                (None, Some(at)) => return Ok(Found::Side(at)),
                (None, None) => return Ok(Found::Landing),
            }
        }
        Ok(Found::Unknown)
    }

    fn parents(&self, at: Option<usize>) -> &'a [Parent] {
        match at {
            None => &self.revision.merged,
            Some(at) => self.side(at).map_or(&[], |commit| &commit.parents),
        }
    }

    fn side(&self, at: usize) -> Option<&'a SideCommit> {
        self.revision.side.get(at)
    }

    fn at(&self, parent: &Parent) -> Option<usize> {
        self.index.get(&parent.id).copied()
    }

    /// The item of a parent's version that an item is.
    fn counterpart(&mut self, place: &Place, item: usize, parent: &Parent) -> Step<(Place, usize)> {
        if !parent.known {
            return Step::Unknown;
        }
        let Some(before) = self.place_in(place, parent) else { return Step::Lacked };
        let (Some(old), Some(new)) = (before.blob, place.blob) else { return Step::Lacked };
        if old == new {
            return Step::Held((before, item));
        }
        let Some(alignment) = self.alignment((&before.path, old), (&place.path, new)) else {
            return Step::Unknown;
        };
        match alignment.old_of.get(item).copied().flatten() {
            Some(item) => Step::Held((before, item)),
            None => Step::Lacked,
        }
    }

    /// Whether any parent has an item in the same file.
    fn has_counterpart(&mut self, place: &Place, item: usize) -> bool {
        let mut parents = self.parents(place.at).iter();
        parents.any(|parent| matches!(self.counterpart(place, item, parent), Step::Held(_)))
    }

    fn alignment(
        &mut self,
        old: (&RepoPath, BlobId),
        new: (&RepoPath, BlobId),
    ) -> Option<Arc<Alignment>> {
        let versions = self.versions;
        let aligned = self.alignments.entry((old.1, new.1)).or_insert_with(|| {
            let (Read::Document(old), Read::Document(new)) =
                (versions.document(old.0, old.1), versions.document(new.0, new.1))
            else {
                return None;
            };
            Some(Arc::new(Alignment::of(&old, &new)))
        });
        aligned.clone()
    }
}

/// Something that stands at a commit.
trait Positioned {
    fn at(&self) -> Option<usize>;
}

impl Positioned for Place {
    fn at(&self) -> Option<usize> {
        self.at
    }
}

impl Positioned for (Place, usize) {
    fn at(&self) -> Option<usize> {
        self.0.at
    }
}

impl Positioned for Option<usize> {
    fn at(&self) -> Option<usize> {
        *self
    }
}

fn find<'c>(changes: &'c [Change], path: &RepoPath) -> Option<&'c Change> {
    let at = changes.binary_search_by(|change| change.path.cmp(path)).ok()?;
    changes.get(at)
}

/// A property's value, made comparable.
fn value(document: &Document, item: usize, property: &Property<'_>) -> Option<String> {
    let found = document.items.get(item)?;
    Some(match property {
        Property::Presence => String::new(),
        Property::State => found.state.name().to_owned(),
        Property::Text => found.identity.to_string(),
        // Whoever renumbers a heading or moves its window moves nothing into it.
        Property::Section => section_of(document, found),
        Property::Due(around) => {
            let around = Surroundings { own: Some(&document.front_matter), ..(*around).clone() };
            let schedules = schedule::resolve(document, &around.basis());
            format!("{:?}", schedules.get(item)?.due)
        }
        Property::Owners(around) => {
            let around = Surroundings { own: Some(&document.front_matter), ..(*around).clone() };
            around.owners(document, found).names.join("\u{1}")
        }
    })
}
