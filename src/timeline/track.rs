//! The replay: one mainline commit after the other, and the working tree last.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::align::Alignment;
use super::crossed::{Aligned, crossed};
use super::departed::Departed;
use super::ids::Ids;
use super::rename::renames;
use super::tally::Tally;
use super::tell::{Recorded, Source, Teller};
use super::{Read, Rules, Versions};
use crate::dates::Date;
use crate::inherit;
use crate::inherit::Surroundings;
use crate::model::event::Origin;
use crate::model::history::{Change, Revision};
use crate::model::{BlobId, Commit, Document, ItemId, PartnerId, RepoPath};

/// Replays the history of a board.
pub struct Timeline<'a> {
    pub(super) rules: Rules<'a>,
    pub(super) versions: &'a dyn Versions,
    pub(super) files: BTreeMap<RepoPath, File>,
    pub(super) tracks: Vec<Track>,
    /// What happened; without what happened before the replay was resumed, unless that was asked
    /// for.
    pub(super) events: Vec<Recorded>,
    /// Whether these are kept at all.
    pub(super) keeps_events: bool,
    /// How many of these are from before the replay was resumed.
    pub(super) resumed: usize,
    /// What all that happened comes to.
    pub(super) tally: Tally,
    pub(super) ids: Ids,
    /// Items that went, by what they would be known by if they came back.
    pub(super) departed: Departed,
    pub(super) step: usize,
    pub(super) lineages: usize,
    /// What [`once_had`] told since a file was last renamed or went; worked out when asked for.
    pub(super) once_had: Option<HashMap<RepoPath, Vec<RepoPath>>>,
}

/// A file as the replay has last seen it.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Its newest version that could be read.
    pub(super) document: Option<Arc<Document>>,
    pub(super) blob: BlobId,
    /// The track of each of the document's items.
    pub(super) items: Vec<usize>,
    /// A version could not be read: what the next one changes may have come earlier.
    pub(super) stale: bool,
    /// Whether it was a checklist at any time.
    pub(super) listed: bool,
    /// The mainline commit with which it became a checklist, if known.
    pub(super) landed: Option<Arc<Commit>>,
    /// The same number under every path that the file has had.
    pub(super) lineage: usize,
    /// The other paths that it has had as a checklist, the newest first.
    pub(super) former: Vec<RepoPath>,
}

/// An item through all its versions.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub(super) id: ItemId,
    pub(super) added: Origin,
    pub(super) checked: Option<Tick>,
    pub(super) due_moved: usize,
    /// Its due date and owners when they were last resolved; `None` before the first time.
    pub(super) resolved: Option<(Option<Date>, Vec<String>)>,
}

/// A tick that has not been taken back.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    pub(super) origin: Origin,
    /// The item came ticked.
    pub(super) first_seen: bool,
}

/// One file from one version to the next.
pub(super) struct Transition {
    /// The file before, under the path it had then.
    pub(super) from: Option<(RepoPath, File)>,
    /// Where it is now.
    pub(super) to: Option<(RepoPath, BlobId)>,
    /// The new version, if it could be read.
    pub(super) document: Option<Arc<Document>>,
    pub(super) alignment: Alignment,
    /// For each new item that came from another file of the partner: that file's transition and
    /// the item's index there.
    pub(super) elsewhere: HashMap<usize, (usize, usize)>,
    /// Old items that went on in another file.
    pub(super) left: BTreeSet<usize>,
    /// The file's number.
    pub(super) lineage: usize,
}

impl Transition {
    /// Whether a version between the old and the new one is not known.
    pub(super) fn is_stale(&self) -> bool {
        self.from.as_ref().is_some_and(|(_, file)| file.stale)
    }

    fn aligned(&self) -> Aligned<'_> {
        let old = self.from.as_ref().zip(self.old_document());
        let new = self.to.as_ref().zip(self.document.as_ref());
        Aligned {
            old: old.map(|((path, _), document)| (path, &**document)),
            new: new.map(|((path, _), document)| (path, &**document)),
            alignment: &self.alignment,
        }
    }

    fn old_document(&self) -> Option<&Arc<Document>> {
        self.from.as_ref().and_then(|(_, file)| file.document.as_ref())
    }
}

impl<'a> Timeline<'a> {
    /// Starts before the first commit.
    pub fn new(rules: Rules<'a>, versions: &'a dyn Versions) -> Timeline<'a> {
        Timeline {
            rules,
            versions,
            files: BTreeMap::new(),
            tracks: Vec::new(),
            events: Vec::new(),
            keeps_events: true,
            resumed: 0,
            tally: Tally::default(),
            ids: Ids::default(),
            departed: Departed::default(),
            step: 0,
            lineages: 0,
            once_had: None,
        }
    }

    /// From now on events are only counted: for a replay that nobody asks what happened, now or
    /// later. They grow with history, and are much of what a replay holds.
    pub fn keep_no_events(&mut self) {
        self.keeps_events = false;
    }

    /// Replays the next mainline commit.
    pub fn land(&mut self, revision: &Revision) {
        self.apply(&revision.changes, Source::Mainline(revision));
    }

    /// Replays what the working tree changes against the last commit.
    pub fn working_tree(&mut self, changes: &[Change]) {
        self.apply(changes, Source::WorkingTree);
    }

    /// Replays what a branch would bring if it were merged, with or without what the working tree
    /// changes on top of it. Events are kept from here on.
    pub fn propose(&mut self, revision: &Revision, worktree: bool) {
        self.keeps_events = true;
        self.apply(&revision.changes, Source::Proposal(revision, worktree));
    }

    /// The contents of the files as they are now.
    pub fn blobs(&self) -> BTreeMap<RepoPath, BlobId> {
        self.files.iter().map(|(path, file)| (path.clone(), file.blob)).collect()
    }

    fn apply(&mut self, changes: &[Change], source: Source<'_>) {
        let mut teller = Teller::new(source, self.versions, self.rules, self.former_paths(source));
        let mut transitions = self.transitions(changes);
        self.pair_across_files(&mut transitions);
        let placed: Vec<Vec<usize>> =
            (0..transitions.len()).map(|at| self.tell(&transitions, at, &mut teller)).collect();
        for (transition, items) in transitions.into_iter().zip(placed) {
            self.insert(transition, items, &mut teller);
        }
        self.reschedule(changes, &mut teller);
        self.step += 1;
    }

    /// For each path that comes or goes on the way through the branches of a merge and that a file
    /// of the mainline has, or once had: the paths that this file had before it, the newest first.
    /// A branch may know the file by one of them, too different by now to be found by its text.
    fn former_paths(&mut self, source: Source<'_>) -> HashMap<RepoPath, Vec<RepoPath>> {
        let mut former = HashMap::new();
        let merge = source.revision().filter(|revision| !revision.merged.is_empty());
        let Some(revision) = merge else { return former };
        let one_sided = |change: &&Change| change.before.is_none() || change.after.is_none();
        let changes = revision.changes.iter().chain(revision.changes_beside());
        let paths: BTreeSet<_> = changes.filter(one_sided).map(|change| &change.path).collect();
        if paths.iter().any(|path| !self.files.contains_key(path)) && self.once_had.is_none() {
            self.once_had = Some(once_had(&self.files));
        }
        for path in paths {
            let once_had = || self.once_had.as_ref()?.get(path);
            let older = self.files.get(path).map(|file| &file.former).or_else(once_had);
            // From a path that another file has by now on, it could be that one.
            let is_free = |path: &&RepoPath| !self.files.contains_key(path);
            let older: Vec<RepoPath> =
                older.into_iter().flatten().take_while(is_free).cloned().collect();
            if !older.is_empty() {
                former.insert(path.clone(), older);
            }
        }
        former
    }

    /// What becomes of each changed file. Takes the old files out of the map.
    fn transitions(&mut self, changes: &[Change]) -> Vec<Transition> {
        let renamed = renames(changes, self.versions);
        let followed: BTreeSet<&RepoPath> = renamed.values().collect();
        let mut transitions = Vec::new();
        for change in changes.iter().filter(|change| !followed.contains(&change.path)) {
            let from = renamed.get(&change.path).unwrap_or(&change.path);
            transitions.push(self.transition(from, change));
        }
        transitions
    }

    fn transition(&mut self, from: &RepoPath, change: &Change) -> Transition {
        let from = self.files.remove_entry(from);
        if from.as_ref().is_some_and(|(path, _)| *path != change.path || change.after.is_none()) {
            self.once_had = None;
        }
        let to = change.after.map(|blob| (change.path.clone(), blob));
        let document =
            to.as_ref().and_then(|(path, blob)| match self.versions.document(path, *blob) {
                Read::Document(document) => Some(document),
                Read::Missing => None,
            });
        let lineage = from.as_ref().map_or(self.lineages, |(_, file)| file.lineage);
        self.lineages += 1;
        let mut transition = Transition {
            from,
            to,
            document,
            alignment: Alignment::default(),
            elsewhere: HashMap::new(),
            left: BTreeSet::new(),
            lineage,
        };
        // Where a new version cannot be read, nothing is known to have gone from it.
        if transition.to.is_none() || transition.document.is_some() {
            let none = Arc::default();
            let old = transition.old_document().unwrap_or(&none);
            let new = transition.document.as_ref().unwrap_or(&none);
            transition.alignment = Alignment::of(old, new);
        }
        transition
    }

    /// Finds items that went from one file of a partner and came, with the same id or text, in
    /// another one.
    fn pair_across_files(&self, transitions: &mut [Transition]) {
        let files: Vec<_> = transitions.iter().map(Transition::aligned).collect();
        let partner = |path: &RepoPath| (self.rules.membership)(path).map(|member| member.root);
        for ((at, index), (other, old)) in crossed(&files, partner) {
            transitions[at].elsewhere.insert(index, (other, old));
            transitions[other].left.insert(old);
        }
    }

    /// Puts the new version of a file into the map.
    fn insert(&mut self, transition: Transition, items: Vec<usize>, teller: &mut Teller<'_>) {
        let (stale_before, lineage) = (transition.is_stale(), transition.lineage);
        let Some((path, blob)) = transition.to else { return };
        let mut former = Vec::new();
        let old = transition.from.map(|(from, mut file)| {
            former = std::mem::take(&mut file.former);
            if file.listed && from != path {
                former.insert(0, from);
            }
            file
        });
        let file = match (transition.document, old) {
            // The version cannot be read: what was known of the file still is.
            (None, Some(old)) => File { blob, stale: true, former, ..old },
            (None, None) => File {
                document: None,
                blob,
                items: Vec::new(),
                stale: true,
                listed: false,
                landed: teller.landing(&path),
                lineage,
                former,
            },
            (Some(document), old) => {
                let listed_before = old.as_ref().is_some_and(|old| old.listed);
                let listed = listed_before || !document.items.is_empty();
                let landed = match old {
                    Some(old) if listed_before || stale_before => old.landed,
                    _ if listed => teller.landing(&path),
                    _ => None,
                };
                let document = Some(document);
                File { document, blob, items, stale: false, listed, landed, lineage, former }
            }
        };
        self.files.insert(path, file);
    }

    /// Resolves due dates and owners anew where something that they come from has changed, and
    /// tells which of them did.
    fn reschedule(&mut self, changes: &[Change], teller: &mut Teller<'_>) {
        let mut affected: BTreeMap<RepoPath, Option<RepoPath>> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.path.file_name() == inherit::README) {
            let below = self.files.keys().filter(|path| path.is_below(change.path.folder()));
            for path in below.filter(|path| self.readmes_of(path).contains(&change.path)) {
                affected.insert(path.clone(), Some(change.path.clone()));
            }
        }
        // Where the file itself has changed too, that is asked first.
        affected.extend(changes.iter().map(|change| (change.path.clone(), None)));
        for (path, readme) in affected {
            self.reschedule_file(&path, readme.as_ref(), teller);
        }
    }

    fn reschedule_file(
        &mut self,
        path: &RepoPath,
        readme: Option<&RepoPath>,
        teller: &mut Teller<'_>,
    ) {
        let Some(file) = self.files.get(path) else { return };
        let Some(document) = &file.document else { return };
        let around = self.surroundings(path);
        let schedules = crate::schedule::resolve(document, &around.basis());
        let mut resolved = Vec::with_capacity(file.items.len());
        let mut told = Vec::new();
        for (index, &track) in file.items.iter().enumerate() {
            let owners = around.owners(document, &document.items[index]).names.to_vec();
            let now = (schedules[index].due, owners);
            if let Some(before) = &self.tracks[track].resolved {
                let cause = match readme {
                    Some(readme) => (readme, self.files.get(readme).map(|file| file.blob)),
                    None => (path, Some(file.blob)),
                };
                let place = super::tell::Place { path, document, index, blob: file.blob };
                let changed =
                    super::tell::Rescheduled { before, now: &now, cause, around: &around };
                told.extend(self.tell_of_schedule(track, file, &place, &changed, teller));
            }
            resolved.push((track, now));
        }
        for (track, now) in resolved {
            let track = &mut self.tracks[track];
            if track.resolved.as_ref().is_some_and(|(due, _)| *due != now.0) {
                track.due_moved += 1;
            }
            track.resolved = Some(now);
        }
        told.into_iter().for_each(|event| self.push(event));
    }

    /// What surrounds a file now.
    pub(super) fn surroundings(&self, path: &RepoPath) -> Surroundings<'_> {
        let file = self.files.get(path);
        let document = |path: &RepoPath| self.files.get(path)?.document.as_deref();
        let readmes = self.readmes_of(path);
        let readmes = readmes.iter().filter_map(document).map(|readme| &readme.front_matter);
        let landed = file.and_then(|file| file.landed.as_ref());
        Surroundings {
            own: document(path).map(|document| &document.front_matter),
            readmes: readmes.collect(),
            landed: landed.map(|commit| self.rules.zone.day_of(commit.committed)),
        }
    }

    /// The `README.md` files that may give a file its defaults, the nearest first: the one beside
    /// it, and those above it that belong to the same partner.
    fn readmes_of(&self, path: &RepoPath) -> Vec<RepoPath> {
        inherit::readmes(path, |path| (self.rules.membership)(path).map(|member| member.root))
    }

    /// The partner that a file belongs to now, by its number; by its last path if it has gone.
    pub(super) fn partners_now(&self) -> HashMap<usize, PartnerId> {
        let partner = |path: &RepoPath| (self.rules.membership)(path).map(|member| member.id);
        let living =
            self.files.iter().filter_map(|(path, file)| Some((file.lineage, partner(path)?)));
        let last = self.tally.files.iter();
        let last = last.filter_map(|(file, activity)| Some((*file, partner(&activity.path)?)));
        let mut partners: HashMap<usize, PartnerId> = last.collect();
        partners.extend(living);
        partners
    }
}

/// The paths that a file had before each of those that it has no more. One that two files have had
/// tells nothing.
fn once_had(files: &BTreeMap<RepoPath, File>) -> HashMap<RepoPath, Vec<RepoPath>> {
    let mut older: HashMap<RepoPath, Vec<RepoPath>> = HashMap::new();
    for file in files.values() {
        let mut names = &*file.former;
        while let Some((name, rest)) = names.split_first() {
            let others = older.entry(name.clone());
            others.and_modify(Vec::clear).or_insert_with(|| rest.to_vec());
            names = rest;
        }
    }
    older
}
