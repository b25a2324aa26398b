//! The walk over the working tree.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::git::{Entry, Error, Filter, Index, Repository, Tracked, blob_id};
use crate::model::{BlobId, CommitId, RepoPath};
use crate::workspace::{Worktree, WorktreeFile, locate, read_bytes, root::join};

/// Reads the files below the prefixes (folders or files, from the repository's root) that the
/// filter takes; files of more than `limit` bytes only by their size.
///
/// A file that the index vouches for is not opened. What cannot be read is a problem, not an error.
pub fn read(
    repository: &Repository,
    filter: &dyn Filter,
    prefixes: &[String],
    limit: u64,
) -> Result<Worktree, Error> {
    let prefixes = outermost(prefixes);
    let mut walk = Walk {
        repository,
        filter,
        limit,
        index: repository.index(&prefixes, filter)?,
        head: repository.head()?,
        hidden: HashMap::from([(String::new(), false)]),
        result: Worktree::default(),
    };
    for prefix in &prefixes {
        if walk.reaches(prefix)? {
            walk.walk(prefix)?;
        }
    }
    walk.add_skipped()?;
    let mut result = walk.result;
    // A folder on the way to two prefixes is met twice.
    for paths in [&mut result.symlinks, &mut result.ignored] {
        paths.sort();
        paths.dedup();
    }
    result.problems.sort();
    Ok(result)
}

/// Prefixes without those that lie below another one.
fn outermost(prefixes: &[String]) -> Vec<String> {
    let clean = |prefix: &String| prefix.trim_matches('/').to_owned();
    let mut prefixes: Vec<String> = prefixes.iter().map(clean).collect();
    prefixes.sort();
    prefixes.dedup();
    let all = prefixes.clone();
    let below = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        inner != outer && (outer.is_empty() || rest.is_some_and(|rest| rest.starts_with('/')))
    };
    prefixes.retain(|inner| !all.iter().any(|outer| below(inner, outer)));
    prefixes
}

struct Walk<'a> {
    repository: &'a Repository,
    filter: &'a dyn Filter,
    limit: u64,
    index: Index,
    head: Option<CommitId>,
    /// Whether a folder is hidden by ignore rules, as far as that was asked for.
    hidden: HashMap<String, bool>,
    result: Worktree,
}

impl Walk<'_> {
    /// Whether the walk may begin at a prefix: every folder on the way must be one that the walk
    /// itself would go into.
    fn reaches(&mut self, prefix: &str) -> Result<bool, Error> {
        for (end, _) in prefix.match_indices('/') {
            let folder = &prefix[..end];
            let Some((place, metadata)) = locate(self.repository, folder)? else {
                return Ok(false);
            };
            if metadata.is_symlink() {
                self.result.symlinks.push(RepoPath::new(folder));
            }
            if !metadata.is_dir() || !self.goes_into(folder, &place)? {
                return Ok(false);
            }
        }
        Ok(locate(self.repository, prefix)?.is_some())
    }

    fn walk(&mut self, prefix: &str) -> Result<(), Error> {
        let base = self.repository.worktree().to_owned();
        let begin = if prefix.is_empty() { base.clone() } else { base.join(prefix) };
        let mut entries = WalkDir::new(begin).follow_root_links(false).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk_problem(&base, &error);
                    continue;
                }
            };
            let Some(path) = below(&base, entry.path()) else { continue };
            if entry.file_type().is_dir() {
                if !self.goes_into(&path, entry.path())? {
                    entries.skip_current_dir();
                }
            } else {
                self.take(path, &entry)?;
            }
        }
        Ok(())
    }

    /// Whether to descend into a folder.
    fn goes_into(&mut self, folder: &str, place: &Path) -> Result<bool, Error> {
        if folder.is_empty() {
            return Ok(true);
        }
        let is_git =
            folder.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(".git"));
        if is_git || !self.filter.enters(folder) {
            return Ok(false);
        }
        if place.join(".git").symlink_metadata().is_ok() {
            return Ok(false);
        }
        if self.index.has_below(folder) {
            return Ok(true);
        }
        let hidden = self.is_hidden(folder)?;
        if hidden {
            self.result.ignored.push(RepoPath::new(folder));
        }
        Ok(!hidden)
    }

    /// Whether a folder or one above it is hidden. libgit2 would let a rule for a file reach into a
    /// hidden folder, git does not.
    fn is_hidden(&mut self, folder: &str) -> Result<bool, Error> {
        if let Some(known) = self.hidden.get(folder) {
            return Ok(*known);
        }
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let hidden = self.is_hidden(above)? || self.repository.is_ignored(folder, true)?;
        self.hidden.insert(folder.to_owned(), hidden);
        Ok(hidden)
    }

    /// Takes something that is no folder.
    fn take(&mut self, path: String, entry: &DirEntry) -> Result<(), Error> {
        let tracked = self.index.files.get(&path);
        let is_link = entry.file_type().is_symlink()
            // What git writes for a link where the system has none.
            || tracked.is_some_and(|tracked| !tracked.regular && entry.file_type().is_file());
        let relevant = self.filter.takes(&path) || is_link && self.filter.enters(&path);
        if !relevant || !(is_link || entry.file_type().is_file()) {
            return Ok(());
        }
        if tracked.is_none() && self.is_ignored(&path)? {
            self.result.ignored.push(RepoPath::new(path));
        } else if is_link {
            self.result.symlinks.push(RepoPath::new(path));
        } else {
            match entry.metadata() {
                Ok(metadata) => self.add(path, entry.path(), &metadata)?,
                Err(error) => self.problem(&path, error.to_string()),
            }
        }
        Ok(())
    }

    fn is_ignored(&mut self, path: &str) -> Result<bool, Error> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(self.is_hidden(folder)? || self.repository.is_ignored(path, false)?)
    }

    fn add(&mut self, path: String, place: &Path, metadata: &Metadata) -> Result<(), Error> {
        let tracked = self.index.files.get(&path);
        let looks_unchanged = |tracked: &&Tracked| self.index.is_unchanged(tracked, metadata);
        let file = match tracked.filter(looks_unchanged).and_then(|tracked| tracked.blob) {
            Some(blob) => WorktreeFile::Blob(blob),
            None if metadata.len() > self.limit => WorktreeFile::TooLarge(metadata.len()),
            None => match read_bytes(place, metadata.len(), self.limit) {
                Ok(Some(bytes)) => self.compare(&path, bytes)?,
                Ok(None) => WorktreeFile::TooLarge(metadata.len()),
                Err(error) => {
                    self.problem(&path, error.to_string());
                    return Ok(());
                }
            },
        };
        self.result.files.insert(RepoPath::new(path), file);
        Ok(())
    }

    /// Finds out whether a content is the index's or the checked out commit's.
    fn compare(&self, path: &str, bytes: Vec<u8>) -> Result<WorktreeFile, Error> {
        let mut known: Vec<BlobId> = Vec::new();
        known.extend(self.index.files.get(path).and_then(|tracked| tracked.blob));
        if let Some(head) = self.head
            && let Ok(Some(Entry::File(blob))) = self.repository.entry(head, path)
        {
            known.push(blob);
        }
        if known.is_empty() {
            return Ok(WorktreeFile::Bytes(bytes));
        }
        let mut hashes = vec![blob_id(&bytes)?];
        if bytes.contains(&b'\r') {
            // As `core.autocrlf` would store it. Done without asking for the setting: line endings
            // are no change to a checklist, whoever made them.
            hashes.push(blob_id(&without_cr(&bytes))?);
        }
        let same = known.into_iter().find(|blob| hashes.contains(blob));
        Ok(same.map_or(WorktreeFile::Bytes(bytes), WorktreeFile::Blob))
    }

    /// Adds the files that a sparse checkout keeps off the disk.
    fn add_skipped(&mut self) -> Result<(), Error> {
        for (path, tracked) in &self.index.files {
            let name = RepoPath::new(path.as_str());
            let skipped =
                tracked.skipped && tracked.regular && !self.result.files.contains_key(&name);
            if let Some(blob) = tracked.blob.filter(|_| skipped)
                && locate(self.repository, path)?.is_none()
            {
                self.result.files.insert(name, WorktreeFile::Blob(blob));
            }
        }
        Ok(())
    }

    fn walk_problem(&mut self, base: &Path, error: &walkdir::Error) {
        let path = error.path().and_then(|path| below(base, path)).unwrap_or_default();
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.problem(&path, reason);
    }

    fn problem(&mut self, path: &str, reason: String) {
        self.result.problems.push((RepoPath::new(path), reason));
    }
}

/// The bytes with every CRLF as LF.
fn without_cr(bytes: &[u8]) -> Vec<u8> {
    let follows = |at: usize| bytes.get(at + 1) == Some(&b'\n');
    let kept = bytes.iter().enumerate().filter(|(at, byte)| **byte != b'\r' || !follows(*at));
    kept.map(|(_, byte)| *byte).collect()
}

/// The path of a place below the working tree's root, in git's spelling.
fn below(base: &Path, place: &Path) -> Option<String> {
    let below = place.strip_prefix(base).ok()?;
    Some(below.iter().fold(String::new(), |path, part| join(&path, &part.to_string_lossy())))
}

/// The markdown files of a folder, by path, whatever a board takes; nothing in folders whose names
/// begin with a full stop, and at most `MOST_FOUND` of them.
pub fn markdown(root: &Path) -> Result<Vec<RepoPath>, Error> {
    let is_shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_shown);
    let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let below = files.filter_map(|file| {
        let path = file.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        path.ends_with(".md").then(|| RepoPath::new(path))
    });
    Ok(below.take(MOST_FOUND).collect())
}

/// A board has fewer files.
const MOST_FOUND: usize = 50_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_below_others_are_dropped() {
        let outer = |prefixes: &[&str]| {
            outermost(&prefixes.iter().map(|prefix| (*prefix).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(outer(&["b/", "a", "a/x", "ab", "a"]), ["a", "ab", "b"]);
        assert_eq!(outer(&["a", ""]), [""]);
    }

    #[test]
    fn line_endings_are_normalised_as_git_does() {
        assert_eq!(without_cr(b"a\r\nb\rc\r\r\n\r"), b"a\nb\rc\r\n\r");
    }
}
