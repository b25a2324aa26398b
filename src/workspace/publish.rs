//! A folder of files that are made anew, all of them or none.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// What tells a folder that may be replaced from one that somebody put something else into.
const MARK: &str = ".mdboard-report";
/// How much is written at once, in bytes.
const ROOM: usize = 64 * 1024;

/// Why a folder was not written. What was there before is there still.
#[derive(Debug, thiserror::Error)]
pub enum Unpublished {
    /// Something else stands there.
    #[error("`{}` holds files that no report has written", .0.display())]
    Foreign(PathBuf),
    /// It could not be written.
    #[error("`{}` cannot be written: {reason}", .folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// Makes a folder of files, by their paths in it, and puts it in the place of the one that an earlier
/// call has made. They are written on all cores.
///
/// # Errors
///
/// The folder holds something else, or something could not be written.
pub fn publish<F: Copy + Sync + Send>(
    folder: &Path,
    files: &[F],
    path: impl Fn(F) -> String + Sync,
    write: impl Fn(F, &mut dyn Write) -> io::Result<()> + Sync,
) -> Result<(), Unpublished> {
    let failed = |reason: io::Error| Unpublished::Io { folder: folder.to_owned(), reason };
    // A link is followed once, and what it leads to is replaced.
    let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    if !is_ours(&place).map_err(failed)? {
        return Err(Unpublished::Foreign(folder.to_owned()));
    }
    let make = || {
        let around = place.parent().filter(|around| !around.as_os_str().is_empty());
        let around = around.unwrap_or(Path::new("."));
        fs::create_dir_all(around)?;
        // Beside it: only there can it take its place in one step.
        let desk = tempfile::Builder::new().prefix(".mdboard-").tempdir_in(around)?;
        let new = desk.path().join("new");
        let old = desk.path().join("old");
        fill(&new, files, path, write)?;
        swap(&new, &place, &old)?;
        clear(&old);
        Ok(())
    };
    make().map_err(failed)
}

/// Whether a folder may be replaced: it is not there, empty, or made by an earlier call.
fn is_ours(place: &Path) -> io::Result<bool> {
    match fs::read_dir(place) {
        Ok(mut entries) => Ok(entries.next().is_none() || place.join(MARK).is_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn fill<F: Copy + Sync + Send>(
    new: &Path,
    files: &[F],
    path: impl Fn(F) -> String + Sync,
    write: impl Fn(F, &mut dyn Write) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let paths: Vec<PathBuf> = files.iter().map(|file| new.join(path(*file))).collect();
    let folders: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    folders.into_iter().try_for_each(fs::create_dir_all)?;
    fs::create_dir_all(new)?;
    fs::write(new.join(MARK), "Made by mdboard report, which replaces this folder as a whole.\n")?;
    // One by one: a few files hold as much as hundreds of others.
    let all = files.par_iter().zip(&paths).with_max_len(1);
    all.try_for_each(|(file, path)| {
        let mut out = BufWriter::with_capacity(ROOM, fs::File::create_new(path)?);
        write(*file, &mut out)?;
        out.flush()
    })
}

fn swap(new: &Path, place: &Path, old: &Path) -> io::Result<()> {
    let was_there = match fs::rename(place, old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    fs::rename(new, place).inspect_err(|_| {
        if was_there {
            // The old one stays; why the new one could not come is what is told.
            let _ = fs::rename(old, place);
        }
    })
}

/// Removes the old files, folder by folder on all cores. What stays goes with the desk.
fn clear(old: &Path) {
    let entries: Vec<_> = fs::read_dir(old).into_iter().flatten().flatten().collect();
    entries.par_iter().for_each(|entry| {
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(entry.path()),
            _ => fs::remove_file(entry.path()),
        };
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, names: &[&'static str]) -> Result<(), Unpublished> {
        publish(folder, names, str::to_owned, |name, out| out.write_all(name.as_bytes()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
        let files = entries.into_iter().flatten().filter(|entry| entry.file_type().is_file());
        files
            .map(|file| file.path().strip_prefix(folder).expect("below").display().to_string())
            .collect()
    }

    #[test]
    fn a_folder_is_replaced_whole() {
        let around = tempfile::tempdir().expect("a folder");
        let site = around.path().join("a/site");
        write(&site, &["index.html", "sub/old.html"]).expect("written");
        assert_eq!(names(&site), [MARK, "index.html", "sub/old.html"]);
        write(&site, &["index.html", "other/new.html"]).expect("written again");
        assert_eq!(names(&site), [MARK, "index.html", "other/new.html"]);
        assert_eq!(names(&around.path().join("a")).len(), 3, "nothing else is left");
    }

    #[test]
    fn what_is_not_ours_stays() {
        let around = tempfile::tempdir().expect("a folder");
        let site = around.path().join("site");
        fs::create_dir(&site).expect("a folder");
        write(&site, &["index.html"]).expect("an empty folder is as good as none");
        let other = around.path().join("other");
        fs::create_dir(&other).expect("a folder");
        fs::write(other.join("thesis.md"), "years of work").expect("a file");
        assert!(matches!(write(&other, &["index.html"]), Err(Unpublished::Foreign(_))));
        assert_eq!(names(&other), ["thesis.md"]);
        fs::write(around.path().join("file"), "x").expect("a file");
        assert!(matches!(write(&around.path().join("file"), &["a"]), Err(Unpublished::Io { .. })));
    }

    #[test]
    fn a_failure_leaves_the_old_one() {
        let around = tempfile::tempdir().expect("a folder");
        let site = around.path().join("site");
        write(&site, &["index.html"]).expect("written");
        // A file and a folder of one name cannot be.
        assert!(write(&site, &["a", "a/b"]).is_err());
        assert_eq!(names(&site), [MARK, "index.html"]);
        assert_eq!(names(around.path()).len(), 2, "nothing else is left");
    }
}
