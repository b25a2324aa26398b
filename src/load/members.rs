//! Whose the files are, on the board as a whole.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Notice;
use crate::board::Board;
use crate::config::scope::{Membership, Scope};
use crate::model::{PartnerId, RepoPath};

/// The partner of each file, with ids made unique.
pub(super) struct Members<'a> {
    scope: &'a Scope,
    /// By root, where the id that the scope gives is another partner's too.
    renamed: HashMap<RepoPath, PartnerId>,
    roots: BTreeMap<RepoPath, PartnerId>,
    /// What was asked before: a replay asks for the same few paths again and again.
    asked: RefCell<HashMap<RepoPath, Option<Membership>>>,
}

impl<'a> Members<'a> {
    pub(super) fn of(scope: &'a Scope, files: impl Iterator<Item = &'a RepoPath>) -> Members<'a> {
        let members = files.filter_map(|path| scope.membership(path));
        let roots: BTreeMap<RepoPath, PartnerId> =
            members.map(|member| (member.root, member.id)).collect();
        let mut first: HashMap<&PartnerId, &RepoPath> = HashMap::new();
        let mut renamed = HashMap::new();
        for (root, id) in &roots {
            // Two globs, or a folder beside a file, may give one id to two partners. The path is
            // never another's.
            if *first.entry(id).or_insert(root) != root {
                renamed.insert(root.clone(), PartnerId(root.to_string()));
            }
        }
        Members { scope, renamed, roots, asked: RefCell::default() }
    }

    pub(super) fn of_file(&self, path: &RepoPath) -> Option<Membership> {
        if let Some(known) = self.asked.borrow().get(path) {
            return known.clone();
        }
        let member = self.find(path);
        self.asked.borrow_mut().insert(path.clone(), member.clone());
        member
    }

    fn find(&self, path: &RepoPath) -> Option<Membership> {
        let mut member = self.scope.membership(path)?;
        if let Some(id) = self.renamed.get(&member.root) {
            member.id = id.clone();
        }
        Some(member)
    }

    /// Tells of matches that are no partners.
    pub(super) fn without_items(&self, board: &Board) -> Vec<Notice> {
        let ids: BTreeSet<&PartnerId> = board.partners.iter().map(|partner| &partner.id).collect();
        let id = |root: &RepoPath, id: &PartnerId| self.renamed.get(root).unwrap_or(id).clone();
        let without = self.roots.iter().filter(|(root, given)| !ids.contains(&id(root, given)));
        let note =
            |(root, _)| Notice::note(format!("{root} has no task list item, so it is no partner"));
        without.map(note).collect()
    }
}
