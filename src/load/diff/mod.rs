//! Comparing two versions of a board: what a change does to it.
//!
//! Only the partners whose files differ are read. Their history is read when the answer hangs on
//! it: first both versions are told as if history began where they part, and if all that is told
//! stands on what the files say, that is it.

mod files;
mod large;
mod templates;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::store::Store;
use super::{
    CONFIG, Error, Files, Ground, MOST_BYTES, Means, Members, Notice, Place, Request, Revision,
    UNSHALLOW, about_history, below, history, nothing_here, partial, today, unread,
};
use crate::board::{self, Board, Input, View};
use crate::config::Config;
use crate::config::scope::{Scope, is_above};
use crate::git::{self, Repository};
use crate::model::event::{EventKind, Value};
use crate::model::history::{Change, Cut, Revision as Landing, changes};
use crate::model::{BlobId, CommitId, Diagnostic, Document, ItemId, RepoPath, State};
use crate::parse;
use crate::report::{Between, Comparison, Side, TemplateChange};
use crate::timeline::{Read, Rules, Story, Timeline, Versions};
use crate::workspace;
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
    let head = tip.ok_or(Error::NoHead)?;
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

    /// Whether either version has a board at all, if only templates for its first partner.
    fn some_board(&self, differences: &Differences) -> Result<(), Error> {
        let nothing_differs = differences.files.is_empty() && differences.templates.is_empty();
        match nothing_differs && self.files_of_head(differences)?.is_empty() {
            true => Err(nothing_here(self.request, self.config, self.root)),
            false => Ok(()),
        }
    }

    /// All partners' files of the head.
    fn files_of_head<'d>(
        &self,
        differences: &'d Differences,
    ) -> Result<Cow<'d, BTreeMap<RepoPath, BlobId>>, Error> {
        Ok(match &differences.disk {
            Some(disk) => Cow::Borrowed(disk),
            None => Cow::Owned(self.repository.snapshot(self.head, self.scope)?.files),
        })
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
        Notice::warning(message, UNSHALLOW)
    }

    /// What differs between the two versions.
    fn differences(
        &self,
        store: &mut Store<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<Differences, Error> {
        let filter = Everything { scope: self.scope };
        let mut differences = Differences::default();
        let all = match self.is_on_disk() {
            true => {
                let before = self.repository.snapshot(self.start, &filter)?.files;
                let committed = self.repository.snapshot(self.head, &filter)?.files;
                let mut prefixes = self.scope.prefixes();
                prefixes.extend(self.scope.templates());
                let tree = workspace::read(self.repository, &filter, &prefixes, MOST_BYTES)?;
                let files = Files::on_disk(tree.files, tree.symlinks, store)?;
                differences.findings = files.findings();
                let mut disk = files.blobs;
                for (path, reason) in tree.problems {
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
                disk.retain(|path, _| self.scope.takes(path.as_str()));
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
        let mut proposal = self.proposal(differences, &affected)?;
        let large = large::leave_out(&mut proposal, store)?;
        let start = self.repository.snapshot(self.start, &affected)?.files;
        let files = start.keys().chain(differences.files.iter().map(|change| &change.path));
        let everybody = self.files_of_head(differences)?;
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
        let mut told = self.told(timeline, &proposal, store)?;
        told.after.diagnostics.extend(large.iter().cloned());
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
        let mut told = self.told(timeline, &proposal, store)?;
        told.after.diagnostics.extend(large);
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
        // What is not to be had of the base would look as if the head had brought it.
        unread(store, &timeline.blobs(), &before)?;
        timeline.propose(proposal, self.is_on_disk());
        let blobs = timeline.blobs();
        let after = timeline.finish();
        let unread = unread(store, &blobs, &after)?;
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
        let read = |path: &RepoPath, blob| self.read(store, path, blob);
        let checklists = || self.files_of_head(differences);
        templates::templates(&differences.templates, (store, &read), place, checklists)
    }

    /// A file of one of the two versions; `None` if it is too large. A clone that lacks it cannot
    /// compare them.
    fn read(
        &self,
        store: &Store<'_>,
        path: &RepoPath,
        blob: BlobId,
    ) -> Result<Option<Arc<Document>>, Error> {
        if let Read::Document(document) = store.document(path, blob) {
            return Ok(Some(document));
        }
        match large::is_too_large(blob, store)? {
            true => Ok(None),
            false => Err(Error::MissingContent { path: path.clone() }),
        }
    }
}

impl Told {
    /// Whether what is told hangs on history.
    fn needs_history(&self) -> bool {
        let mut partners = self.before.partners.iter().chain(&self.after.partners);
        partners.any(|partner| partner.hangs_on_history)
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
