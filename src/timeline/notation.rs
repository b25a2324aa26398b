//! A small notation for histories, so that the timeline is tested without git.
//!
//! ```text
//! * c1 2026-01-05 Ann              a commit: name, day, author
//! partners/acme/list.md            a file that it writes, and its lines behind `|`
//! | - [ ] Sign the contract
//! * b1 2026-01-06 Bo < c1          its parents, where they are not the commit before it
//! ! partners/acme/list.md          a file that it removes
//! * m1 2026-01-08 Cy < c1 b1       a merge takes what the other parent changed
//! ```
//!
//! The last commit is the one looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::{Read, Rules, Story, Timeline, Versions};
use crate::config::scope::Scope;
use crate::dates::{Date, Timestamp, Zone};
use crate::model::event::{Event, Origin};
use crate::model::history::{Parent, Revision, SideCommit, changes};
use crate::model::{BlobId, Commit, CommitId, Person, RepoPath};
use crate::parse;

type Tree = BTreeMap<RepoPath, BlobId>;

struct Node {
    commit: Arc<Commit>,
    parents: Vec<usize>,
    tree: Tree,
}

/// A history written in the notation.
#[derive(Default)]
pub(super) struct History {
    nodes: Vec<Node>,
    names: HashMap<String, usize>,
    contents: HashMap<BlobId, String>,
    /// Contents that cannot be read.
    pub(super) missing: BTreeSet<BlobId>,
    /// What the working tree changes, after the last commit.
    disk: Option<Tree>,
}

impl History {
    pub(super) fn new(text: &str) -> History {
        let mut history = History::default();
        let mut lines =
            text.lines().map(str::trim_start).filter(|line| !line.is_empty()).peekable();
        while let Some(line) = lines.next() {
            let header = line.strip_prefix("* ").expect("a commit begins with a star");
            let mut written = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("* ")) {
                written.push(line);
            }
            history.commit(header, &written);
        }
        history
    }

    fn commit(&mut self, header: &str, written: &[&str]) {
        let (head, parents) = header.split_once(" < ").unwrap_or((header, ""));
        let words: Vec<&str> = head.split(' ').collect();
        let parents: Vec<usize> = match parents {
            "" => self.nodes.len().checked_sub(1).into_iter().collect(),
            names => names.split(' ').map(|name| self.names[name]).collect(),
        };
        let mut tree = self.merged(&parents);
        self.write(&mut tree, written);
        if words == ["disk"] {
            self.disk = Some(tree);
            return;
        }
        let [name, day, author] = words[..] else { panic!("name, day, author: {header}") };
        let at = Timestamp(Zone::UTC.end_of(day.parse().expect("a day")).0 - 3600);
        let (email, subject) = (format!("{}@example.com", author.to_lowercase()), name.to_owned());
        let mut id = [0; 20];
        id[..name.len()].copy_from_slice(name.as_bytes());
        let commit = Commit {
            id: CommitId(id),
            author: Person { name: author.to_owned(), email },
            authored: at,
            committed: at,
            co_authors: Vec::new(),
            subject,
        };
        self.names.insert(name.to_owned(), self.nodes.len());
        self.nodes.push(Node { commit: Arc::new(commit), parents, tree });
    }

    fn write(&mut self, tree: &mut Tree, written: &[&str]) {
        let mut current: Option<(RepoPath, String)> = None;
        for line in written.iter().chain([&""]) {
            if let (Some(text), Some((_, content))) = (line.strip_prefix('|'), &mut current) {
                content.push_str(text.strip_prefix(' ').unwrap_or(text));
                content.push('\n');
                continue;
            }
            if let Some((path, content)) = current.take() {
                let blob = blob_of(&content);
                self.contents.insert(blob, content);
                tree.insert(path, blob);
            }
            match line.strip_prefix("! ") {
                Some(path) => drop(tree.remove(&RepoPath::new(path))),
                None => current = Some((RepoPath::new(*line), String::new())),
            }
        }
    }

    /// The first parent's files, and of the others' those that they changed since they forked.
    fn merged(&self, parents: &[usize]) -> Tree {
        let [first, others @ ..] = parents else { return Tree::new() };
        let mut tree = self.nodes[*first].tree.clone();
        for other in others {
            let (ours, theirs) = (self.ancestors(*first), self.ancestors(*other));
            let fork = ours.intersection(&theirs).max().map(|fork| &self.nodes[*fork].tree);
            for change in changes(fork.unwrap_or(&Tree::new()), &self.nodes[*other].tree) {
                match change.after {
                    Some(blob) => drop(tree.insert(change.path, blob)),
                    None => drop(tree.remove(&change.path)),
                }
            }
        }
        tree
    }

    fn ancestors(&self, node: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let parents = &self.nodes[node].parents;
            open.extend(parents.iter().filter(|parent| found.insert(**parent)));
        }
        found
    }

    fn revisions(&self) -> Vec<Revision> {
        let newest = self.nodes.len().checked_sub(1);
        let mainline: Vec<usize> =
            std::iter::successors(newest, |node| self.nodes[*node].parents.first().copied())
                .collect();
        mainline.into_iter().rev().map(|node| self.revision(node)).collect()
    }

    fn revision(&self, at: usize) -> Revision {
        let node = &self.nodes[at];
        let none = Tree::new();
        let first = node.parents.first().map(|parent| &self.nodes[*parent].tree);
        let known = node.parents.first().map(|parent| self.ancestors(*parent)).unwrap_or_default();
        let merged = node.parents.iter().skip(1);
        let mut side = BTreeSet::new();
        merged.clone().for_each(|parent| side.extend(self.ancestors(*parent)));
        let side: BTreeSet<usize> = side.difference(&known).copied().collect();
        Revision {
            commit: node.commit.clone(),
            changes: changes(first.unwrap_or(&none), &node.tree),
            parent_known: true,
            merged: merged.map(|parent| self.parent(*parent, node, &side)).collect(),
            side: side.iter().rev().map(|at| self.side(*at, &side)).collect(),
        }
    }

    fn side(&self, at: usize, side: &BTreeSet<usize>) -> SideCommit {
        let node = &self.nodes[at];
        let parents: Vec<Parent> =
            node.parents.iter().map(|parent| self.parent(*parent, node, side)).collect();
        let root_changes =
            if parents.is_empty() { changes(&Tree::new(), &node.tree) } else { Vec::new() };
        SideCommit { commit: node.commit.clone(), parents, root_changes }
    }

    fn parent(&self, parent: usize, of: &Node, side: &BTreeSet<usize>) -> Parent {
        Parent {
            id: self.nodes[parent].commit.id,
            inside: side.contains(&parent),
            known: true,
            changes: changes(&self.nodes[parent].tree, &of.tree),
        }
    }

    /// Makes the content that a commit wrote into a file impossible to read.
    pub(super) fn lose(&mut self, commit: &str, path: &str) {
        let tree = &self.nodes[self.names[commit]].tree;
        self.missing.insert(tree[&RepoPath::new(path)]);
    }

    /// Replays the history.
    pub(super) fn story(&self) -> Story {
        self.replay(|_| (), |timeline| timeline.finish())
    }

    /// Replays the history and does something before and behind.
    pub(super) fn replay<T>(
        &self,
        before: impl FnOnce(&mut Timeline<'_>),
        behind: impl FnOnce(Timeline<'_>) -> T,
    ) -> T {
        let (scope, revisions) = (scope(), self.revisions());
        let membership = |path: &RepoPath| scope.membership(path);
        let rules = Rules { zone: Zone::UTC, batch_size: 3, membership: &membership };
        let mut timeline = Timeline::new(rules, self);
        before(&mut timeline);
        revisions.iter().for_each(|revision| timeline.land(revision));
        if let (Some(disk), Some(newest)) = (&self.disk, self.nodes.last()) {
            timeline.working_tree(&changes(&newest.tree, disk));
        }
        behind(timeline)
    }
}

impl Versions for History {
    fn document(&self, path: &RepoPath, blob: BlobId) -> Read {
        match self.bytes(blob) {
            Some(bytes) => {
                Read::Document(Arc::new(parse::document(path, &bytes, &parse::Options::default())))
            }
            None => Read::Missing,
        }
    }

    fn bytes(&self, blob: BlobId) -> Option<Arc<[u8]>> {
        let there = self.contents.get(&blob).filter(|_| !self.missing.contains(&blob));
        there.map(|content| content.as_bytes().into())
    }
}

fn scope() -> Scope {
    Scope::new("", &["partners/*".to_owned()], "templates").expect("the default glob is right")
}

fn blob_of(content: &str) -> BlobId {
    let mut id = [0; 20];
    id[..16].copy_from_slice(&xxh3_128(content.as_bytes()).to_be_bytes());
    BlobId(id)
}

/// An event in one line: what, of what, who, in which commit, landed with which.
pub(super) fn told(event: &Event) -> String {
    let what = event.text.clone().unwrap_or_else(|| event.path.to_string());
    let name = |commit: &Commit| commit.subject.clone();
    let who = match &event.origin {
        Origin::Commit { introduced, landed } if introduced.id == landed.id => {
            format!("{} in {}", introduced.author.name, name(introduced))
        }
        Origin::Commit { introduced, landed } => {
            format!("{} in {}, {}", introduced.author.name, name(introduced), name(landed))
        }
        Origin::Uncommitted => "uncommitted".to_owned(),
        Origin::Unknown => "unknown".to_owned(),
    };
    let precision = match event.precision.name() {
        "commit" | "uncommitted" | "unknown" => String::new(),
        precision => format!(" ({precision})"),
    };
    format!("{} {what}: {who}{precision}", event.kind.name())
}

/// A day, for comparisons.
pub(super) fn day(text: &str) -> Date {
    text.parse().expect("a test's date is valid")
}
