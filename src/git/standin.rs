//! A stand-in for the git directory of a partial clone.
//!
//! libgit2 refuses a repository that has `extensions.partialclone`, although all it would have to
//! know is that objects may be missing. So a small git directory is made in a temporary folder: a
//! copy of what little libgit2 needs, with the real object database as its alternate. The real
//! index is read from its own place. The folder is removed when the repository is closed.
//!
//! Whose the repository is, is still checked by libgit2, in one call and with `safe.directory`: of
//! the working tree (`core.worktree`) and of the real git directory, which the stand-in names in a
//! `gitdir` file as a linked worktree's does. Not covered is the `.git` file of a linked worktree;
//! the folder that holds it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::git::error::Error;
use crate::git::open::{common_directory, open_exactly};

/// The extensions that libgit2 itself reads, and the one for which all this is.
const KNOWN: [&str; 5] =
    ["noop", "worktreeconfig", "preciousobjects", "relativeworktrees", "partialclone"];

/// Settings that change what the working tree looks like.
const COPIED: [&str; 6] = [
    "core.autocrlf",
    "core.eol",
    "core.excludesfile",
    "core.ignorecase",
    "core.precomposeunicode",
    "core.symlinks",
];

/// Opens the stand-in for the git directory of `root`; gives the real one too.
pub(super) fn open(
    dot_git: &Path,
    root: &Path,
) -> Result<(git2::Repository, TempDir, PathBuf), Error> {
    let directory = real_directory(dot_git).map_err(|error| Error::io(dot_git, &error))?;
    let common = common_directory(&directory);
    let settings = git2::Config::open(&common.join("config"));
    let settings = settings.map_err(Error::git("read the repository's configuration"))?;
    check_extensions(&settings, root)?;
    let standin = tempfile::Builder::new().prefix("mdboard-").tempdir();
    let standin = standin.map_err(|error| Error::io(&std::env::temp_dir(), &error))?;
    copy(&directory, &common, standin.path()).map_err(|error| Error::io(standin.path(), &error))?;
    configure(&settings, standin.path(), root)
        .map_err(Error::git("write the stand-in's configuration"))?;
    let inner = open_exactly(standin.path(), root)?;
    Ok((inner, standin, directory))
}

/// The folder that `.git` is, or that it names as a file.
fn real_directory(dot_git: &Path) -> io::Result<PathBuf> {
    if dot_git.is_dir() {
        return dot_git.canonicalize();
    }
    let text = fs::read_to_string(dot_git)?;
    let link = text.trim_end().strip_prefix("gitdir:").map(str::trim_start);
    let link = link.ok_or_else(|| io::Error::other("the `.git` file is malformed"))?;
    dot_git.parent().unwrap_or(dot_git).join(link).canonicalize()
}

/// The stand-in must not make a repository readable that libgit2 rightly refuses.
fn check_extensions(settings: &git2::Config, root: &Path) -> Result<(), Error> {
    let doing = "read the repository's extensions";
    let mut entries = settings.entries(Some("^extensions\\.")).map_err(Error::git(doing))?;
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(Error::git(doing))?;
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        let name = name.strip_prefix("extensions.").unwrap_or_default().to_ascii_lowercase();
        let path = root.to_owned();
        if name == "objectformat" {
            if entry.value_bytes() != b"sha1" {
                return Err(Error::Sha256 { path });
            }
        } else if !KNOWN.contains(&name.as_str()) {
            return Err(Error::UnsupportedExtension { path, name });
        }
    }
    Ok(())
}

fn copy(directory: &Path, common: &Path, standin: &Path) -> io::Result<()> {
    fs::create_dir_all(standin.join("objects/info"))?;
    fs::create_dir(standin.join("info"))?;
    fs::copy(directory.join("HEAD"), standin.join("HEAD"))?;
    for name in ["packed-refs", "shallow", "info/exclude"] {
        match fs::copy(common.join(name), standin.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    copy_references(&common.join("refs"), &standin.join("refs"))?;
    let objects = common.join("objects").canonicalize()?;
    write_path(&standin.join("objects/info/alternates"), &objects)?;
    write_path(&standin.join("gitdir"), directory)
}

fn copy_references(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = entry.path().strip_prefix(from).map(|below| to.join(below));
        let target = target.map_err(io::Error::other)?;
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn write_path(file: &Path, path: &Path) -> io::Result<()> {
    let mut line = path.as_os_str().as_encoded_bytes().to_vec();
    line.push(b'\n');
    fs::write(file, line)
}

fn configure(settings: &git2::Config, standin: &Path, root: &Path) -> Result<(), git2::Error> {
    let path = standin.join("config");
    fs::write(&path, "").map_err(|error| git2::Error::from_str(&error.to_string()))?;
    let mut config = git2::Config::open(&path)?;
    config.set_i32("core.repositoryformatversion", 0)?;
    config.set_bool("core.bare", false)?;
    for name in COPIED {
        if let Ok(value) = settings.get_string(name) {
            config.set_str(name, &value)?;
        }
    }
    let root = root.to_str().ok_or_else(|| git2::Error::from_str("the path is not UTF-8"))?;
    config.set_str("core.worktree", root)
}
