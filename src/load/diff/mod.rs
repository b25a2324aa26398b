//! Comparing two versions of a board: what a change does to it.
//!
//! Only the partners whose files differ are read. Their history is read when the answer hangs on
//! it: first both versions are told as if history began where they part, and if all that is told
//! stands on what the files say, that is it.

mod files;
mod templates;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::store::{self, Store};
use super::{
    CONFIG, Error, Ground, MOST_BYTES, Means, Members, Notice, Place, Request, Revision,
    about_history, below, globs, history, in_words, partial, symlink, today, too_large,
};
use crate::board::{self, Board, Input, View};
use crate::config::Config;
use crate::config::scope::{Scope, is_above};
use crate::git::{self, Repository};
use crate::model::event::{EventKind, Value};
use crate::model::history::{Change, Cut, Revision as Landing, changes};
use crate::model::{BlobId, CommitId, Diagnostic, ItemId, RepoPath, State};
use crate::parse;
use crate::report::{Between, Comparison, Side, TemplateChange};
use crate::timeline::{Rules, Story, Timeline};
use crate::workspace::{self, WorktreeFile};
use files::{Affected, Everything};

/// Which two versions to compare.
#[derive(Clone, Debug)]
pub struct DiffRequest {
    /// Which board, and which version of it holds the change: the working tree or a revision.
    pub board: Request,
    /// The branch or revision that the change is to go into.
    pub base: String,
    /// Whether somebody decides by the answer: then the configuration is the base's, so that no
    /// change can loosen what it is judged by.
    pub gated: bool,
}

/// A comparison, and what its reader should know about how it was made.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The comparison.
    pub comparison: Comparison,
    /// What its reader should know.
    pub notices: Vec<Notice>,
    /// What could not be understood in the files of the head that were read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compares two versions of a board.
///
/// # Errors
///
/// There is no repository or commit, a revision is not known, the two have nothing in common, or
/// something cannot be read.
pub fn compare(request: &DiffRequest, means: Means<'_>) -> Result<Compared, Error> {
    let mut board = request.board.clone();
    if request.gated && board.config.is_none() && board.config_from.is_none() {
        board.config_from = Some(request.base.clone());
    }
    let Ground { mut repository, tip, root, config, scope } = Ground::of(&board)?;
    let head = tip.ok_or(Error::NoCommits)?;
    let mailmap = Place { repository: &repository, request: &board, tip, root: &root };
    let mailmap = mailmap.text(".mailmap")?;
    repository.set_mailmap(mailmap.as_deref());
    let base = repository.resolve(&request.base)?;
    let merge_base = repository.merge_base(base, head)?;
    if merge_base.is_none() && !repository.is_shallow() {
        return Err(Error::NoMergeBase { revision: request.base.clone() });
    }
    let comparer = Comparer {
        repository: &repository,
        request: &board,
        root: &root,
        config: &config,
        scope: &scope,
        means,
        base,
        start: merge_base.unwrap_or(base),
        merge_base,
        head,
    };
    comparer.compare()
}

/// All that a comparison is made with.
struct Comparer<'a> {
    repository: &'a Repository,
    request: &'a Request,
    root: &'a str,
    config: &'a Config,
    scope: &'a Scope,
    means: Means<'a>,
    base: CommitId,
    merge_base: Option<CommitId>,
    /// Where the two part; the base where this clone cannot tell.
    start: CommitId,
    head: CommitId,
}

/// What differs.
#[derive(Default)]
struct Differences {
    /// The partners' files.
    files: Vec<Change>,
    /// The templates.
    templates: Vec<Change>,
    /// What the working tree changes in the partners' files, besides the head.
    uncommitted: Vec<Change>,
    /// All partners' files of the working tree, if that is looked at.
    disk: Option<BTreeMap<RepoPath, BlobId>>,
    findings: Vec<Diagnostic>,
}

/// The files of the working tree, and what could not be read of it, with what the system said.
type OnDisk = (BTreeMap<RepoPath, BlobId>, Vec<(RepoPath, String)>);

/// Both versions of the partners that differ.
struct Told {
    before: Board,
    after: Board,
    /// Why history is not complete, if it was read and is not.
    incomplete: Option<String>,
    cut: Option<Cut>,
    /// The items whose ids are written in their texts on both sides.
    explicit: HashSet<ItemId>,
}

impl Comparer<'_> {
    fn is_on_disk(&self) -> bool {
        self.request.revision == Revision::WorkingTree
    }

    fn compare(&self) -> Result<Compared, Error> {
        let options = parse::Options::of(self.config)?;
        let mut store = Store::new(self.repository, &options);
        let mut notices = Vec::new();
        let differences = self.differences(&mut store, &mut notices)?;
        let mut diagnostics = differences.findings.clone();
        let mut comparison = self.frame()?;
        // Where the globs change, one of the two may well have none.
        if !comparison.config_changed {
            self.some_board(&differences)?;
        }
        if !differences.files.is_empty() {
            let told = self.partners(&differences, &store, &options)?;
            let complete = told.incomplete.is_none();
            let between = Between { before: &told.before, after: &told.after, complete };
            comparison.partners = between.partners();
            notices.extend(about_history(told.cut.as_ref(), &[], told.incomplete.as_deref()));
            comparison.incomplete = told.incomplete;
            diagnostics.extend(told.after.diagnostics);
        }
        comparison.templates = self.templates(&differences, &store)?;
        store.failure()?;
        if self.merge_base.is_none() {
            notices.push(self.no_merge_base());
        }
        Ok(Compared { comparison, notices, diagnostics })
    }

    /// Whether either version has a board at all.
    fn some_board(&self, differences: &Differences) -> Result<(), Error> {
        let is_empty = match &differences.disk {
            _ if !differences.files.is_empty() => false,
            Some(disk) => !disk.keys().any(|path| self.scope.takes(path.as_str())),
            None => self.repository.snapshot(self.head, self.scope)?.files.is_empty(),
        };
        if !is_empty {
            return Ok(());
        }
        let globs = globs(self.request, self.config).to_vec();
        let asked = !self.request.partners.is_empty();
        Err(Error::NoFiles { globs, root: in_words(self.root), asked })
    }

    /// The comparison without what differs.
    fn frame(&self) -> Result<Comparison, Error> {
        let judged_by = match self.request.config_from {
            Some(_) => Side::Base,
            None => Side::Head,
        };
        Ok(Comparison {
            today: today(self.request, self.config),
            timezone: self.config.timezone.to_string(),
            base: self.base,
            head: self.head,
            worktree: self.is_on_disk(),
            merge_base: self.merge_base,
            config_changed: self.config_changed()?,
            judged_by,
            incomplete: None,
            partners: Vec::new(),
            templates: Vec::new(),
        })
    }

    fn config_changed(&self) -> Result<bool, Error> {
        let path = below(self.root, CONFIG);
        let at = |commit| match self.repository.entry(commit, &path)? {
            Some(git::Entry::File(blob)) => Ok::<_, Error>(Some(blob)),
            _ => Ok(None),
        };
        let now = match self.is_on_disk() {
            true => {
                let bytes = workspace::read_file(self.repository, &path, MOST_BYTES)?;
                bytes.map(|bytes| git::blob_id(&bytes)).transpose()?
            }
            false => at(self.head)?,
        };
        Ok(at(self.start)? != now)
    }

    fn no_merge_base(&self) -> Notice {
        let message = format!(
            "this shallow clone does not tell where {:.10} and {:.10} have parted, so the versions \
             themselves are compared: what the base has gained since then looks undone",
            self.base.to_string(),
            self.head.to_string()
        );
        Notice::warning(message, "fetch more: `git fetch --unshallow`, or `fetch-depth: 0`")
    }

    /// What differs between the two versions.
    fn differences(
        &self,
        store: &mut Store<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<Differences, Error> {
        let filter = Everything { scope: self.scope, templates: self.scope.templates() };
        let mut differences = Differences::default();
        let all = match self.is_on_disk() {
            true => {
                let before = self.repository.snapshot(self.start, &filter)?.files;
                let committed = self.repository.snapshot(self.head, &filter)?.files;
                let (mut disk, problems) = self.on_disk(&filter, store, &mut differences)?;
                for (path, reason) in problems {
                    // What cannot be read has not been removed.
                    let is_there = |(known, _): &(&RepoPath, _)| {
                        **known == path || is_above(path.as_str(), known.as_str())
                    };
                    let known = committed.iter().filter(is_there);
                    disk.extend(known.map(|(path, blob)| (path.clone(), *blob)));
                    let message = format!("{path} could not be read: {reason}");
                    notices.push(Notice::warning(message, "it counts as it was committed"));
                }
                differences.uncommitted = changes(&committed, &disk);
                let all = changes(&before, &disk);
                differences.disk = Some(disk);
                all
            }
            false => self.repository.changes(self.start, self.head, &filter)?,
        };
        let is_template = |change: &Change| self.scope.in_templates(change.path.as_str());
        (differences.templates, differences.files) = all.into_iter().partition(is_template);
        differences.uncommitted.retain(|change| !is_template(change));
        Ok(differences)
    }

    /// The files of the working tree. What differs from every blob that git has goes into the
    /// store.
    fn on_disk(
        &self,
        filter: &Everything<'_>,
        store: &mut Store<'_>,
        differences: &mut Differences,
    ) -> Result<OnDisk, Error> {
        let mut prefixes = self.scope.prefixes();
        prefixes.extend(filter.templates.clone());
        let tree = workspace::read(self.repository, filter, &prefixes, MOST_BYTES)?;
        let mut files = BTreeMap::new();
        for (path, file) in tree.files {
            let blob = match file {
                WorktreeFile::Blob(blob) => {
                    store.also_on_disk(blob, &path);
                    blob
                }
                WorktreeFile::Bytes(bytes) => store.add(bytes)?,
                WorktreeFile::TooLarge(size) => {
                    differences.findings.push(too_large(&path, size));
                    store::UNREADABLE
                }
            };
            files.insert(path, blob);
        }
        differences.findings.extend(tree.symlinks.iter().map(symlink));
        Ok((files, tree.problems))
    }

    /// Both versions of the partners whose files differ: without history if that is enough.
    fn partners(
        &self,
        differences: &Differences,
        store: &Store<'_>,
        options: &parse::Options,
    ) -> Result<Told, Error> {
        let changed: BTreeSet<&RepoPath> =
            differences.files.iter().map(|change| &change.path).collect();
        let affected = Affected::of(self.scope, &changed);
        let proposal = self.proposal(differences, &affected)?;
        let start = self.repository.snapshot(self.start, &affected)?.files;
        let files = start.keys().chain(differences.files.iter().map(|change| &change.path));
        let everybody = match &differences.disk {
            Some(disk) => disk.clone(),
            None => self.repository.snapshot(self.head, self.scope)?.files,
        };
        let members = Members::of(self.scope, files.chain(everybody.keys()));
        let membership = |path: &RepoPath| members.of_file(path);
        let rules = Rules {
            zone: self.config.timezone,
            batch_size: self.config.batch_size as usize,
            membership: &membership,
        };
        let begin = Landing {
            commit: Arc::new(self.repository.commit(self.start)?),
            changes: changes(&BTreeMap::new(), &start),
            parent_known: false,
            merged: Vec::new(),
            side: Vec::new(),
        };
        let mut timeline = Timeline::new(rules, store);
        timeline.keep_no_events();
        timeline.land(&begin);
        let told = self.told(timeline, &proposal, store)?;
        if !told.needs_history() {
            return Ok(told);
        }
        let walked = |commits| self.means.progress.walked(commits);
        let mainline =
            self.repository.mainline_since(self.start, &HashSet::new(), &affected, &walked)?;
        let mut timeline = Timeline::new(rules, store);
        timeline.keep_no_events();
        let reading = (self.repository, store, options);
        history::replay(&mut timeline, &mainline.revisions, reading, self.means.progress);
        let told = self.told(timeline, &proposal, store)?;
        let cut = mainline.cut.as_ref().map(|cut| super::cut_short(cut, self.config));
        let incomplete = cut.or_else(|| partial(store.missing()));
        Ok(Told { incomplete, cut: mainline.cut, ..told })
    }

    /// What the head would bring if it were merged, with what the working tree changes.
    fn proposal(
        &self,
        differences: &Differences,
        affected: &Affected<'_>,
    ) -> Result<Landing, Error> {
        let mut proposal = self.repository.proposal(self.start, self.head, affected)?;
        if self.is_on_disk() {
            proposal.changes.clone_from(&differences.files);
            if let Some(head) = proposal.merged.first_mut() {
                head.changes.clone_from(&differences.uncommitted);
            }
        }
        Ok(proposal)
    }

    /// Tells a proposal to a timeline that has come to where the two versions part.
    fn told(
        &self,
        mut timeline: Timeline<'_>,
        proposal: &Landing,
        store: &Store<'_>,
    ) -> Result<Told, Error> {
        let before = timeline.so_far();
        timeline.propose(proposal, self.is_on_disk());
        let blobs = timeline.blobs();
        let after = timeline.finish();
        let mut unread = Vec::new();
        for (path, blob) in &blobs {
            if after.files.contains_key(path) || *blob == store::UNREADABLE {
                continue;
            }
            match store.size_if_large(*blob)? {
                Some(size) => unread.push(too_large(path, size)),
                None => return Err(Error::MissingContent { path: path.clone() }),
            }
        }
        let explicit = explicit(&before, &after);
        let board = |story, diagnostics| {
            board::assemble(Input {
                story,
                config: self.config,
                today: today(self.request, self.config),
                view: View::default(),
                incomplete: None,
                diagnostics,
            })
        };
        let (before, after) = (board(before, Vec::new()), board(after, unread));
        Ok(Told { before, after, incomplete: None, cut: None, explicit })
    }

    fn templates(
        &self,
        differences: &Differences,
        store: &Store<'_>,
    ) -> Result<Vec<TemplateChange>, Error> {
        let place = (self.scope, self.root);
        templates::templates(&differences.templates, store, place, || match &differences.disk {
            Some(disk) => {
                let partners = disk.iter().filter(|(path, _)| self.scope.takes(path.as_str()));
                Ok(partners.map(|(path, blob)| (path.clone(), *blob)).collect())
            }
            None => Ok(self.repository.snapshot(self.head, self.scope)?.files),
        })
    }
}

impl Told {
    /// Whether what is told hangs on history.
    fn needs_history(&self) -> bool {
        let partners = self.before.partners.iter().chain(&self.after.partners);
        let mut partners = partners.filter(|partner| partner.hangs_on_history);
        partners.next().is_some()
            || self.after.events.iter().any(|event| {
                let has_own_id = |id: &ItemId| self.explicit.contains(id);
                // It may have been there before, with the tick that it comes back with.
                let came_ticked = event.kind == EventKind::Added
                    && event.after == Some(Value::State(State::Done));
                event.kind == EventKind::DueChanged
                    || came_ticked
                    || !event.item.as_ref().is_none_or(has_own_id)
            })
    }
}

/// The items whose ids are written in their texts.
fn explicit(before: &Story, after: &Story) -> HashSet<ItemId> {
    let mut ids: HashMap<&ItemId, bool> = HashMap::new();
    for file in before.files.values().chain(after.files.values()) {
        for (item, story) in file.document.items.iter().zip(&file.items) {
            let is_own = item.explicit_id.as_deref() == Some(story.id.0.as_str());
            *ids.entry(&story.id).or_insert(true) &= is_own;
        }
    }
    ids.into_iter().filter(|(_, own)| *own).map(|(id, _)| id.clone()).collect()
}
