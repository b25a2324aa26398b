//! The index: which files are tracked, and how they looked when git last saw them.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use git2::{IndexEntryExtendedFlag, IndexTime};

use crate::git::Filter;
use crate::git::error::Error;
use crate::git::objects;
use crate::model::BlobId;

/// Tracked files, by path.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) files: BTreeMap<String, Tracked>,
    /// When the index was written.
    written: Time,
}

/// Seconds since the epoch and nanoseconds, as the index stores them.
type Time = (i32, u32);

/// A tracked file.
#[derive(Debug)]
pub(crate) struct Tracked {
    /// Its content in the index; `None` when nothing usable is there: the file is in conflict, or
    /// only announced by `git add -N`.
    pub(crate) blob: Option<BlobId>,
    /// Whether a sparse checkout leaves it out of the working tree.
    pub(crate) skipped: bool,
    /// Whether it is a regular file, not a symbolic link or a submodule.
    pub(crate) regular: bool,
    size: u32,
    modified: Time,
    changed: Time,
}

impl Index {
    /// Reads those entries that the filter takes. A missing index is an empty one.
    pub(super) fn read(
        path: &Path,
        prefixes: &[String],
        filter: &dyn Filter,
    ) -> Result<Index, Error> {
        let Ok(metadata) = path.metadata() else { return Ok(Index::default()) };
        let unreadable = |error: git2::Error| Error::UnsupportedIndex {
            path: path.to_owned(),
            reason: error.message().to_owned(),
        };
        let entries = git2::Index::open(path).map_err(unreadable)?;
        let mut index = Index { files: BTreeMap::new(), written: modified(&metadata) };
        for prefix in prefixes {
            let Ok(first) = entries.find_prefix(prefix.as_str()) else { continue };
            for entry in (first..).map_while(|at| entries.get(at)) {
                if !entry.path.starts_with(prefix.as_bytes()) {
                    break;
                }
                let path = String::from_utf8_lossy(&entry.path);
                if filter.takes(&path) {
                    index.add(path.into_owned(), &entry);
                }
            }
        }
        Ok(index)
    }

    /// Whether a tracked file that the filter takes lies below a folder.
    pub(crate) fn has_below(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        let next = self.files.range(folder.clone()..).next();
        next.is_some_and(|(path, _)| path.starts_with(&folder))
    }

    /// Whether a file surely is as the index has it, by its looks alone.
    ///
    /// A file written in the same instant as the index may have changed after git looked at it
    /// without any of its times telling; git calls such an entry racy, and so its content is read.
    pub(crate) fn is_unchanged(&self, tracked: &Tracked, metadata: &Metadata) -> bool {
        let size = metadata.len();
        let now = modified(metadata);
        // Git sets the size of a racy entry to zero to have it read.
        let looks = size != 0
            && size == u64::from(tracked.size)
            && agree(tracked.modified, now)
            && changed(metadata).is_none_or(|now| agree(tracked.changed, now));
        looks && tracked.modified != (0, 0) && tracked.modified < self.written
    }

    fn add(&mut self, path: String, entry: &git2::IndexEntry) {
        let flags = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
        let conflicted = (entry.flags >> 12) & 3 != 0;
        let usable = !conflicted && !flags.is_intent_to_add();
        let time = |time: IndexTime| (time.seconds(), time.nanoseconds());
        let tracked = Tracked {
            blob: usable.then(|| BlobId(objects::id(entry.id))),
            skipped: flags.is_skip_worktree(),
            regular: entry.mode & 0o170_000 == 0o100_000,
            size: entry.file_size,
            modified: time(entry.mtime),
            changed: time(entry.ctime),
        };
        self.files.insert(path, tracked);
    }
}

/// Whether two times are the same, as far as both are known: some file systems and some writers of
/// an index keep no nanoseconds.
fn agree(one: Time, other: Time) -> bool {
    one.0 == other.0 && (one.1 == other.1 || one.1 == 0 || other.1 == 0)
}

/// When the content was last written. The index has 32 bits for the seconds and wraps them.
fn modified(metadata: &Metadata) -> Time {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or((0, 0), |since| (since.as_secs() as u32 as i32, since.subsec_nanos()))
}

/// When anything about the file last changed, which no program can set back.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<Time> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.ctime() as i32, u32::try_from(metadata.ctime_nsec()).unwrap_or_default()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<Time> {
    None
}
