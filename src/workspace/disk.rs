//! Single files of the working tree, asked for by name and from several threads.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::git::{Error, Repository};
use crate::workspace::{locate_below, metadata, read_at, read_below};

/// The files of a working tree. Symbolic links are never followed.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Symlink,
}

impl Disk {
    /// The working tree of a repository.
    pub fn of(repository: &Repository) -> Disk {
        Disk { root: repository.worktree().to_owned() }
    }

    /// What stands at a path from the working tree's root; the empty path is the root.
    pub fn item(&self, path: &str) -> Result<Option<Item>, Error> {
        let found = locate_below(&self.root, path)?;
        Ok(found.and_then(|(_, metadata)| item(metadata.file_type())))
    }

    /// What stands in a folder, by name; nothing where there is no folder, or one that a symbolic
    /// link leads to.
    pub fn items(&self, folder: &str) -> Result<HashMap<String, Item>, Error> {
        let found = locate_below(&self.root, folder)?;
        let Some((place, _)) = found.filter(|(_, metadata)| metadata.is_dir()) else {
            return Ok(HashMap::new());
        };
        let read = || {
            let mut items = HashMap::new();
            for entry in fs::read_dir(&place)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if let Some(item) = item(entry.file_type()?).filter(|_| !is_git(&name)) {
                    items.insert(name, item);
                }
            }
            Ok(items)
        };
        read().map_err(|error| Error::io(&place, &error))
    }

    /// A file's bytes; `None` where there is no regular file. More than `limit` bytes are an error.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        read_below(&self.root, path, limit)
    }

    /// The bytes of many files, in their order, as [`Disk::read`] gives them: on all cores, and with
    /// each folder looked at once.
    pub fn read_all(&self, paths: &[&str], limit: u64) -> Vec<Result<Option<Vec<u8>>, Error>> {
        let folders: BTreeSet<&str> = paths.iter().map(|path| split(path).0).collect();
        let places: BTreeMap<&str, Option<PathBuf>> = folders
            .into_par_iter()
            .map(|folder| {
                let found = locate_below(&self.root, folder).ok().flatten();
                let place = found.filter(|(_, metadata)| metadata.is_dir()).map(|(place, _)| place);
                (folder, place)
            })
            .collect();
        let read = |path: &&str| {
            let (folder, name) = split(path);
            let Some(Some(place)) = places.get(folder) else { return Ok(None) };
            let place = place.join(name);
            match metadata(&place)?.filter(fs::Metadata::is_file) {
                Some(found) => read_at(&place, path, found.len(), limit).map(Some),
                None => Ok(None),
            }
        };
        paths.par_iter().map(read).collect()
    }

    /// Gives a file that is there another content: at once or not at all, with the permissions that
    /// it has. It is an error if it is no regular file or no longer has the content `before`.
    pub fn replace(&self, path: &str, before: &[u8], after: &[u8]) -> Result<(), Error> {
        let changed = || io::Error::other("it was changed by somebody else meanwhile");
        let found = locate_below(&self.root, path)?.filter(|(_, metadata)| metadata.is_file());
        let Some((place, metadata)) = found else {
            let place = self.root.join(path);
            return Err(Error::io(&place, &io::Error::other("it is no regular file any more")));
        };
        let write = || {
            if fs::read(&place)? != before {
                return Err(changed());
            }
            write_whole(&place, after, Some(metadata.permissions()))
        };
        write().map_err(|error| Error::io(&place, &error))
    }
}

/// Another content for a file that is there.
#[derive(Clone, Copy, Debug)]
pub struct Replacement<'a> {
    /// The file, from the working tree's root.
    pub path: &'a str,
    /// What it holds now.
    pub before: &'a [u8],
    /// What it is to hold.
    pub after: &'a [u8],
}

/// Files that could not all be replaced.
#[derive(Debug)]
pub struct Unreplaced {
    /// Why.
    pub why: Error,
    /// Those that hold their new content all the same.
    pub left: Vec<String>,
}

impl Disk {
    /// Gives several files another content, as [`Disk::replace`] does: all of them or none.
    ///
    /// # Errors
    ///
    /// One cannot be replaced. Those before it have been put back, but for those that are named.
    pub fn replace_all(&self, files: &[Replacement<'_>]) -> Result<(), Unreplaced> {
        for (at, file) in files.iter().enumerate() {
            if let Err(why) = self.replace(file.path, file.before, file.after) {
                return Err(Unreplaced { why, left: self.put_back(&files[..at]) });
            }
        }
        Ok(())
    }

    /// Gives files that have been replaced their old content again; names those that cannot be.
    pub fn put_back(&self, files: &[Replacement<'_>]) -> Vec<String> {
        let stays =
            |file: &&Replacement<'_>| self.replace(file.path, file.after, file.before).is_err();
        files.iter().filter(stays).map(|file| file.path.to_owned()).collect()
    }
}

/// Writes a file at once or not at all, with some permissions or the usual ones.
pub fn write_whole(place: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let new = beside(place, bytes, permissions)?;
    new.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// Writes a new file at once or not at all, and never in the place of another: of several who try,
/// one does, and the others are told that it exists.
pub fn write_new(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(place, bytes, None)?;
    new.persist_noclobber(place).map_err(|error| error.error)?;
    Ok(())
}

/// A whole file that has no name of its own yet.
fn beside(
    place: &Path,
    bytes: &[u8],
    permissions: Option<Permissions>,
) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    // In the same folder: only there can it take the file's place in one step.
    let folder = folder.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mdboard-");
    // Else nobody but who has made it could read it: temporary files are private.
    #[cfg(unix)]
    let usual = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(usual);
    let mut new = builder.tempfile_in(folder)?;
    new.write_all(bytes)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

fn item(kind: fs::FileType) -> Option<Item> {
    let is = [
        (kind.is_file(), Item::File),
        (kind.is_dir(), Item::Folder),
        (kind.is_symlink(), Item::Symlink),
    ];
    is.into_iter().find(|(is, _)| *is).map(|(_, item)| item)
}

/// Nothing in a git directory is ever looked at.
fn is_git(name: &str) -> bool {
    name.eq_ignore_ascii_case(".git")
}

/// A path's folder, empty for the root, and its name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk() -> (tempfile::TempDir, Disk) {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk { root: folder.path().to_owned() };
        (folder, disk)
    }

    #[test]
    fn files_are_replaced_all_or_none() {
        let (folder, disk) = disk();
        let all: Vec<Replacement<'_>> = ["a.md", "b.md", "c.md"]
            .iter()
            .map(|path| Replacement { path, before: b"before", after: b"after" })
            .collect();
        let write = |bytes: [&str; 3]| {
            for (file, bytes) in all.iter().zip(bytes) {
                fs::write(folder.path().join(file.path), bytes).expect("a file");
            }
        };
        let stands = || -> Vec<String> {
            let read = |file: &Replacement<'_>| fs::read_to_string(folder.path().join(file.path));
            all.iter().map(|file| read(file).expect("it is there")).collect()
        };
        write(["before"; 3]);
        disk.replace_all(&all).expect("nobody is in the way");
        assert_eq!(stands(), ["after"; 3]);
        write(["before", "before", "somebody else's"]);
        let failed = disk.replace_all(&all).expect_err("the last was changed");
        assert!(failed.left.is_empty(), "{failed:?}");
        assert_eq!(stands(), ["before", "before", "somebody else's"]);
        // What somebody has changed since is not put back.
        write(["after", "newer", "after"]);
        assert_eq!(disk.put_back(&all), ["b.md"]);
        assert_eq!(stands(), ["before", "newer", "before"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_new_file_is_as_readable_as_any_other_and_in_nobodys_place() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _) = disk();
        let (ours, usual) = (folder.path().join("ours"), folder.path().join("usual"));
        fs::write(&usual, "usual").expect("a file");
        write_new(&ours, b"ours").expect("a file");
        let mode = |place| fs::metadata(place).expect("it is there").permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
        write_whole(&ours, b"ours", None).expect("a file");
        assert_eq!(mode(&ours), mode(&usual));
        let taken = write_new(&usual, b"ours").expect_err("it is there");
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&usual).expect("it is there"), b"usual");
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let (folder, disk) = disk();
        fs::write(folder.path().join("a.md"), "one").expect("it is written");
        disk.replace("a.md", b"one", b"two").expect("it is replaced");
        assert_eq!(disk.read("a.md", 10).expect("it is read"), Some(b"two".to_vec()));
        let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(names.len(), 1, "nothing is left behind");
    }

    #[test]
    fn a_folder_tells_what_stands_in_it() {
        let (folder, disk) = disk();
        fs::create_dir_all(folder.path().join("a/b")).expect("a folder");
        fs::create_dir_all(folder.path().join("a/.git")).expect("a folder");
        fs::write(folder.path().join("a/c.md"), "one").expect("it is written");
        let items = disk.items("a").expect("it is read");
        let expected = [("b", Item::Folder), ("c.md", Item::File)];
        assert_eq!(items, expected.map(|(name, item)| (name.to_owned(), item)).into());
        for (name, item) in &items {
            let path = format!("a/{name}");
            assert_eq!(disk.item(&path).expect("it is found"), Some(*item), "{path}");
        }
        for nothing in ["gone", "a/c.md", "..", ".git"] {
            assert_eq!(disk.items(nothing).expect("an answer").len(), 0, "{nothing}");
        }
    }

    #[test]
    fn many_files_are_read_as_one_is() {
        let (folder, disk) = disk();
        fs::create_dir_all(folder.path().join("a/b")).expect("a folder");
        for (path, text) in [("x.md", "one"), ("a/y.md", "two"), ("a/b/z.md", "much more")] {
            fs::write(folder.path().join(path), text).expect("it is written");
        }
        let paths = ["a/b/z.md", "a/b", "x.md", "a/y.md", "gone/x.md", "../x.md", ".git/config"];
        let many = disk.read_all(&paths, 5);
        let show = |read: &Result<Option<Vec<u8>>, Error>| format!("{read:?}");
        for (path, read) in paths.iter().zip(&many) {
            assert_eq!(show(read), show(&disk.read(path, 5)), "{path}");
        }
        assert!(many[0].is_err() && many[2].as_ref().is_ok_and(Option::is_some));
    }

    #[test]
    fn what_somebody_else_has_changed_stays() {
        let (folder, disk) = disk();
        fs::write(folder.path().join("a.md"), "theirs").expect("it is written");
        let error = disk.replace("a.md", b"one", b"two").expect_err("it has changed");
        assert!(error.to_string().contains("changed"), "{error}");
        assert_eq!(disk.read("a.md", 10).expect("it is read"), Some(b"theirs".to_vec()));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_not_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, disk) = disk();
        let place = folder.path().join("a.md");
        fs::write(&place, "one").expect("it is written");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).expect("they are set");
        disk.replace("a.md", b"one", b"two").expect("it is replaced");
        let mode = fs::metadata(&place).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        symlink("a.md", folder.path().join("b.md")).expect("a link");
        assert_eq!(disk.item("b.md").expect("it is found"), Some(Item::Symlink));
        assert!(disk.replace("b.md", b"two", b"three").is_err());
        assert_eq!(fs::read(&place).expect("it is read"), b"two");
    }
}
