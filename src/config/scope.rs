//! Which files are on the board, and whose they are.

mod pattern;
#[cfg(test)]
mod tests;

use crate::model::{PartnerId, RepoPath};
use pattern::{Pattern, Walk};

/// The partner globs of a board, ready to be asked.
///
/// A file belongs to the partner given by the shortest prefix of its path (a folder, or the file
/// itself) that a glob matches; of several globs that match the same prefix, the first one counts.
/// Globs are matched part by part, so that no wildcard but `**` ever crosses a `/`.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The board's root, without a `/` at its ends; empty for the repository's root.
    root: String,
    /// The templates folder from the board's root, likewise; empty when there is none.
    templates: String,
    /// The globs in their order, those with a `/` in braces spelled out.
    patterns: Vec<Pattern>,
}

/// A glob that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the glob `{glob}` cannot be used: {reason}")]
pub struct GlobError {
    /// The glob as given, cut short if it is long.
    pub glob: String,
    /// Why, in words.
    pub reason: String,
}

/// The partner that a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Membership {
    /// The matched folder or file, from the repository's root: what tells partners apart.
    pub root: RepoPath,
    /// The path below the glob's fixed prefix, a file's without `.md`.
    pub id: PartnerId,
}

/// Where a glob first matched on the way down a path.
#[derive(Clone, Copy)]
struct Match {
    /// The length in bytes of the matched prefix.
    end: usize,
    /// The byte after the glob's fixed prefix and its `/`.
    id_start: usize,
}

impl Scope {
    /// Makes a scope from a board's root (from the repository's root, empty for the root itself),
    /// its partner globs and its templates folder (both from the board's root; an empty templates
    /// folder leaves nothing out).
    ///
    /// # Errors
    ///
    /// The first glob that is empty, absolute, leaves the board's root, or has no valid syntax.
    pub fn new(root: &str, partners: &[String], templates: &str) -> Result<Scope, GlobError> {
        let mut patterns = Vec::new();
        for glob in partners {
            patterns.extend(pattern::compile(glob)?);
        }
        Ok(Scope { root: tidy(root), templates: tidy(templates), patterns })
    }

    /// The partner of a file; `None` when no glob takes it.
    pub fn membership(&self, path: &RepoPath) -> Option<Membership> {
        let below = self.below_root(path.as_str())?;
        let found = self.find(below)?;
        let taken = below.get(..found.end)?;
        let id = below.get(found.id_start..found.end)?;
        let id = if found.end == below.len() { id.strip_suffix(".md").unwrap_or(id) } else { id };
        Some(Membership {
            root: RepoPath::new(self.in_repository(taken)),
            id: PartnerId(id.into()),
        })
    }

    /// Whether a file belongs to a partner.
    pub fn takes(&self, path: &str) -> bool {
        self.below_root(path).is_some_and(|below| self.find(below).is_some())
    }

    /// The templates folder, from the repository's root; `None` where the board has none.
    pub fn templates(&self) -> Option<String> {
        (!self.templates.is_empty()).then(|| self.in_repository(&self.templates))
    }

    /// Whether a path lies in the templates folder.
    pub fn in_templates(&self, path: &str) -> bool {
        let below = self.below_root(path).filter(|_| !self.templates.is_empty());
        below.is_some_and(|below| is_above(&self.templates, below))
    }

    /// Whether templates may lie in a folder or below it.
    pub fn leads_to_templates(&self, folder: &str) -> bool {
        let is_on_the_way = |templates: String| folder == templates || is_above(folder, &templates);
        self.in_templates(folder) || self.templates().is_some_and(is_on_the_way)
    }

    /// Whether files that could belong to a partner may lie in a folder or below it (the empty
    /// path is the repository's root).
    pub fn enters(&self, folder: &str) -> bool {
        let Some(below) = self.below_root(folder) else {
            return is_above(folder, &self.root) && !self.patterns.is_empty();
        };
        !self.is_left_out(below)
            && self.patterns.iter().any(|pattern| {
                // The whole way down without a match: only a glob that can still match further
                // down has anything there.
                let mut walk = pattern.start();
                for (_, part) in parts(below) {
                    match pattern.step(walk, part) {
                        Walk::Matched => return true,
                        Walk::Failed => return false,
                        Walk::Open(states) => walk = states,
                    }
                }
                true
            })
    }

    /// Folders that hold all files of the board: the fixed prefixes of the globs, from the
    /// repository's root, in order, none inside another.
    pub fn prefixes(&self) -> Vec<String> {
        let mut all: Vec<String> =
            self.patterns.iter().map(|pattern| self.in_repository(pattern.fixed())).collect();
        all.sort();
        all.dedup();
        let outermost =
            |prefix: &&String| !all.iter().any(|other| other != *prefix && is_above(other, prefix));
        all.iter().filter(outermost).cloned().collect()
    }

    /// The shortest prefix of a file's path (from the board's root) that a glob matches.
    fn find(&self, below: &str) -> Option<Match> {
        if !below.ends_with(".md") || self.is_left_out(below) {
            return None;
        }
        let matches = self.patterns.iter().filter_map(|pattern| {
            let end = shortest_match(pattern, below)?;
            let fixed = pattern.fixed();
            let id_start = if fixed.is_empty() { 0 } else { fixed.len() + 1 };
            Some(Match { end, id_start })
        });
        // `min_by_key` keeps the first of equal ones: the first glob wins a tie.
        matches.min_by_key(|found| found.end)
    }

    /// Whether a path from the board's root lies in the templates folder or in a `.git`.
    fn is_left_out(&self, below: &str) -> bool {
        let in_templates = !self.templates.is_empty()
            && (below == self.templates || is_above(&self.templates, below));
        in_templates || parts(below).any(|(_, part)| part == ".git")
    }

    /// What is left of a path from the repository's root below the board's root; `None` for a
    /// path outside it.
    fn below_root<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.root.is_empty() {
            return Some(path);
        }
        let rest = path.strip_prefix(self.root.as_str())?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// A path from the board's root, from the repository's root.
    fn in_repository(&self, below: &str) -> String {
        match (self.root.as_str(), below) {
            ("", _) => below.to_owned(),
            (root, "") => root.to_owned(),
            (root, _) => format!("{root}/{below}"),
        }
    }
}

/// Checks one partner glob without a board.
///
/// # Errors
///
/// The glob is empty, absolute, leaves the board's root, or has no valid syntax.
pub(super) fn check(glob: &str) -> Result<(), GlobError> {
    pattern::compile(glob).map(|_| ())
}

/// A folder without `./` at its start and `/` at its ends.
pub(super) fn tidy(folder: &str) -> String {
    let parts = folder.split('/').filter(|part| !part.is_empty() && *part != ".");
    parts.collect::<Vec<_>>().join("/")
}

/// The length in bytes of the shortest prefix of a path that a glob matches.
fn shortest_match(pattern: &Pattern, path: &str) -> Option<usize> {
    let mut walk = pattern.start();
    for (end, part) in parts(path) {
        match pattern.step(walk, part) {
            Walk::Matched => return Some(end),
            Walk::Failed => return None,
            Walk::Open(states) => walk = states,
        }
    }
    None
}

/// The parts of a path, each with the byte at which it ends; none of an empty path.
fn parts(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    path.split('/').filter(|_| !path.is_empty()).map(move |part| {
        let at = end + part.len();
        end = at + 1;
        (at, part)
    })
}

/// Whether `inner` lies below the folder `outer`, which is empty for the root.
pub fn is_above(outer: &str, inner: &str) -> bool {
    if outer.is_empty() {
        return !inner.is_empty();
    }
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}
