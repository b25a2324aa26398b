//! Names that must not be mixed up: paths, partners, items.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A path from the repository's root, `/` between its parts on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RepoPath(String);

impl RepoPath {
    /// Takes a path that git or the workspace has already spelled with `/`.
    pub fn new(path: impl Into<String>) -> RepoPath {
        RepoPath(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `README.md` of `partners/acme/README.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The file's name without `.md`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The folder that holds the file; empty at the repository's root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the file lies in a folder or below it; all do below the repository's root.
    pub fn is_below(&self, folder: &str) -> bool {
        folder.is_empty()
            || self.0.strip_prefix(folder).is_some_and(|behind| behind.starts_with('/'))
    }
}

/// A path that is written in some folder, from where the folder's own path counts from; `.` and
/// `..` are gone through. `None` where it climbs out; empty where it ends there.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What a checklist's `template` says: the template's path or name, and behind an `@` the id of the
/// version that the checklist was made from, which may be shortened.
pub fn pinned(written: &str) -> (&str, Option<&str>) {
    let is_id = |text: &str| {
        (SHORTEST_ID..=LONGEST_ID).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    match written.rsplit_once('@') {
        Some((name, id)) if !name.is_empty() && is_id(id) => (name, Some(id)),
        _ => (written, None),
    }
}

/// How long the shortened id of a version is at least, and a whole one at most.
const SHORTEST_ID: usize = 4;
const LONGEST_ID: usize = 64;

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A partner: the path of its folder or file below the fixed prefix of the glob that matched it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartnerId(pub String);

impl fmt::Display for PartnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An item, unique on the board and the same for as long as the item lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId(pub String);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
