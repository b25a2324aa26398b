//! Reading the working tree: what is on disk, next to what git knows of it.
//!
//! Nothing here writes, but [`Disk::replace`] and [`publish()`] for commands that say so. Symbolic
//! links are never followed, so that a file of a stranger's pull request cannot lead out of the
//! repository, and nested repositories are left alone.

mod disk;
mod publish;
mod read;
mod root;

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::git::{Error, Repository};
use crate::model::{BlobId, RepoPath};

pub use disk::{Disk, Item, Replacement, Unreplaced, write_new, write_whole};
pub use publish::{Unpublished, publish};
pub use read::{markdown, read};
pub use root::{find_root, find_root_at};

/// The files of the working tree that a filter takes.
///
/// On it are the files on disk that are tracked, or untracked and not ignored; and those tracked
/// ones that a sparse checkout keeps off the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Worktree {
    /// The regular files.
    pub files: BTreeMap<RepoPath, WorktreeFile>,
    /// Symbolic links where the filter takes a file or enters a folder, sorted.
    pub symlinks: Vec<RepoPath>,
    /// Untracked files that the filter takes and `.gitignore` hides, sorted. Of a folder that is
    /// hidden as a whole and has nothing tracked in it, its own path.
    pub ignored: Vec<RepoPath>,
    /// Files and folders that could not be read, with what the system said, sorted.
    pub problems: Vec<(RepoPath, String)>,
}

/// A file's content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WorktreeFile {
    /// The same as this blob, up to line endings that git or an editor turned into CRLF.
    Blob(BlobId),
    /// Content that neither the index nor the commit checked out has.
    Bytes(Vec<u8>),
    /// Larger than what was asked for; its size in bytes.
    TooLarge(u64),
}

/// A file of the working tree by its path from the root; `None` when there is no regular file, or
/// one that a symbolic link leads to. More than `limit` bytes are an error.
pub fn read_file(
    repository: &Repository,
    path: &str,
    limit: u64,
) -> Result<Option<Vec<u8>>, Error> {
    read_below(repository.worktree(), path, limit)
}

fn read_below(root: &Path, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
    let Some((place, metadata)) = locate_below(root, path)? else { return Ok(None) };
    if !metadata.is_file() {
        return Ok(None);
    }
    read_at(&place, path, metadata.len(), limit).map(Some)
}

/// The bytes of the file at a place, of about some size. More than `limit` bytes are an error.
fn read_at(place: &Path, path: &str, size: u64, limit: u64) -> Result<Vec<u8>, Error> {
    match read_bytes(place, size, limit).map_err(|error| Error::io(place, &error))? {
        Some(bytes) => Ok(bytes),
        None => Err(Error::TooLarge { path: path.into(), size, limit }),
    }
}

/// A file that somebody named, anywhere on disk. More than `limit` bytes are an error.
pub fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::other(format!("it has more than {limit} bytes"));
    read_bytes(path, 0, limit)?.ok_or_else(too_large)
}

/// The place on disk of a path and what is there; `None` when there is nothing, when a symbolic
/// link lies on the way, or when the path leads out of the working tree or into `.git`.
fn locate(repository: &Repository, path: &str) -> Result<Option<(PathBuf, Metadata)>, Error> {
    locate_below(repository.worktree(), path)
}

fn locate_below(root: &Path, path: &str) -> Result<Option<(PathBuf, Metadata)>, Error> {
    let mut place = root.to_owned();
    let mut found = metadata(&place)?;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // On Windows a part may hold more than a name: a drive, or a backslash.
        let is_name = Path::new(part).components().count() == 1 && !part.contains(['\\', ':']);
        if !is_name && cfg!(windows) || [".", ".."].contains(&part) {
            return Ok(None);
        }
        if part.eq_ignore_ascii_case(".git") || !found.as_ref().is_some_and(Metadata::is_dir) {
            return Ok(None);
        }
        place.push(part);
        found = metadata(&place)?;
    }
    Ok(found.map(|found| (place, found)))
}

/// What is at a place, links not followed.
fn metadata(place: &Path) -> Result<Option<Metadata>, Error> {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    match place.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) => match error.kind() {
            NotFound | NotADirectory | InvalidInput | InvalidFilename => Ok(None),
            _ => Err(Error::io(place, &error)),
        },
    }
}

/// A file's bytes, of which there are about `size`; `None` when there are more than `limit`, which a
/// file may grow to while it is read.
fn read_bytes(place: &Path, size: u64, limit: u64) -> io::Result<Option<Vec<u8>>> {
    // One byte more, so that the end is met without growing.
    let size = size.min(limit).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    File::open(place)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}
