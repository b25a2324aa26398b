//! Single files of the working tree, asked for by name and from several threads.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::git::{Error, Repository};
use crate::workspace::{locate_below, read_below};

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
        Ok(found.and_then(|(_, metadata)| {
            let (file, folder, link) =
                (metadata.is_file(), metadata.is_dir(), metadata.is_symlink());
            let is = [(file, Item::File), (folder, Item::Folder), (link, Item::Symlink)];
            is.into_iter().find(|(is, _)| *is).map(|(_, item)| item)
        }))
    }

    /// A file's bytes; `None` where there is no regular file. More than `limit` bytes are an error.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        read_below(&self.root, path, limit)
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
            let folder = place.parent().unwrap_or(Path::new("."));
            // In the same folder: only there can it take the file's place in one step.
            let mut new = tempfile::Builder::new().prefix(".mdboard-").tempfile_in(folder)?;
            new.write_all(after)?;
            new.as_file().set_permissions(metadata.permissions())?;
            new.as_file().sync_all()?;
            new.persist(&place).map_err(|error| error.error)?;
            Ok(())
        };
        write().map_err(|error| Error::io(&place, &error))
    }
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
    fn a_file_is_replaced_whole() {
        let (folder, disk) = disk();
        fs::write(folder.path().join("a.md"), "one").expect("it is written");
        disk.replace("a.md", b"one", b"two").expect("it is replaced");
        assert_eq!(disk.read("a.md", 10).expect("it is read"), Some(b"two".to_vec()));
        let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(names.len(), 1, "nothing is left behind");
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
