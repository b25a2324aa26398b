//! Where the board begins.

use crate::git::{Entry, Error, Repository};
use crate::model::CommitId;
use crate::workspace::locate;

/// A board's configuration.
const CONFIG: &str = "mdboard.toml";
/// The folder that makes a board of one without a configuration.
const PARTNERS: &str = "partners";

/// The root of the board on disk, from the repository's root and empty for that itself: the
/// nearest folder, from the one opened up to the working tree's root, that holds `mdboard.toml`;
/// else the nearest that holds a folder `partners`; else the working tree's root.
pub fn find_root(repository: &Repository) -> Result<String, Error> {
    let on_disk = |path: &str| locate(repository, path);
    nearest(
        repository.prefix(),
        |path| Ok(on_disk(path)?.is_some_and(|(_, metadata)| metadata.is_file())),
        |path| Ok(on_disk(path)?.is_some_and(|(_, metadata)| metadata.is_dir())),
    )
}

/// The root of the board in a version. Reads tree entries only.
pub fn find_root_at(repository: &Repository, commit: CommitId) -> Result<String, Error> {
    let entry = |path: &str| repository.entry(commit, path);
    nearest(
        repository.prefix(),
        |path| Ok(matches!(entry(path)?, Some(Entry::File(_)))),
        |path| Ok(entry(path)? == Some(Entry::Folder)),
    )
}

fn nearest(
    start: &str,
    is_file: impl Fn(&str) -> Result<bool, Error>,
    is_folder: impl Fn(&str) -> Result<bool, Error>,
) -> Result<String, Error> {
    for folder in upwards(start) {
        if is_file(&join(folder, CONFIG))? {
            return Ok(folder.to_owned());
        }
    }
    for folder in upwards(start) {
        if is_folder(&join(folder, PARTNERS))? {
            return Ok(folder.to_owned());
        }
    }
    Ok(String::new())
}

/// A folder and those above it, the root last.
fn upwards(start: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(start), |folder| match folder.rsplit_once('/') {
        Some((above, _)) => Some(above),
        None => (!folder.is_empty()).then_some(""),
    })
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_tried_from_the_inside_out() {
        assert_eq!(upwards("a/b/c").collect::<Vec<_>>(), ["a/b/c", "a/b", "a", ""]);
        assert_eq!(upwards("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn a_configuration_outranks_a_nearer_partners_folder() {
        let root = |files: &[&str], folders: &[&str]| {
            let has = |list: &[&str], path: &str| Ok(list.contains(&path));
            nearest("a/b", |path| has(files, path), |path| has(folders, path)).expect("no error")
        };
        assert_eq!(root(&["mdboard.toml"], &["a/partners"]), "");
        assert_eq!(root(&["a/mdboard.toml", "mdboard.toml"], &[]), "a");
        assert_eq!(root(&[], &["a/b/partners", "partners"]), "a/b");
        assert_eq!(root(&[], &[]), "");
    }
}
