//! Which files a comparison reads: all that may differ, and then those of the partners that do.

use std::collections::{BTreeSet, HashSet};

use crate::config::scope::Scope;
use crate::git::Filter;
use crate::inherit;
use crate::model::RepoPath;

/// The partners' files and the templates.
pub(super) struct Everything<'a> {
    pub(super) scope: &'a Scope,
}

impl Filter for Everything<'_> {
    fn enters(&self, folder: &str) -> bool {
        self.scope.enters(folder) || self.scope.leads_to_templates(folder)
    }

    fn takes(&self, file: &str) -> bool {
        file.ends_with(".md") && (self.scope.takes(file) || self.scope.in_templates(file))
    }
}

/// The files of some partners, and those that give them defaults.
pub(super) struct Affected<'a> {
    scope: &'a Scope,
    /// The partners' folders or files.
    roots: HashSet<RepoPath>,
    /// The folders that lead to them, and those that hold them.
    above: HashSet<String>,
    /// Folders whose `README.md` changed: it speaks for the files beside it.
    readmes: HashSet<String>,
}

impl<'a> Affected<'a> {
    /// The partners of files that changed.
    pub(super) fn of(scope: &'a Scope, changed: &BTreeSet<&RepoPath>) -> Affected<'a> {
        let member = |path: &&&RepoPath| scope.membership(path).map(|member| member.root);
        let roots: HashSet<RepoPath> = changed.iter().filter_map(|path| member(&path)).collect();
        let mut above = HashSet::new();
        for root in &roots {
            let mut folder = root.folder();
            while above.insert(folder.to_owned()) {
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        let is_readme = |path: &&&RepoPath| path.file_name() == inherit::README;
        let readmes = changed.iter().filter(is_readme).map(|path| path.folder().to_owned());
        Affected { scope, roots, above, readmes: readmes.collect() }
    }
}

impl Filter for Affected<'_> {
    fn enters(&self, folder: &str) -> bool {
        let mut inside = std::iter::successors(Some(folder), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        });
        let is_theirs = |folder: &str| self.roots.contains(&RepoPath::new(folder));
        self.scope.enters(folder) && (self.above.contains(folder) || inside.any(is_theirs))
    }

    fn takes(&self, file: &str) -> bool {
        let path = RepoPath::new(file);
        let Some(member) = self.scope.membership(&path) else { return false };
        let speaks_for_them =
            path.file_name() == inherit::README && self.above.contains(path.folder());
        self.roots.contains(&member.root) || speaks_for_them || self.readmes.contains(path.folder())
    }
}
