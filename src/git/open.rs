//! Finding and opening the one repository that was asked for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Once;

use git2::{ErrorCode, RepositoryOpenFlags};

use crate::git::commit::hex;
use crate::git::error::Error;
use crate::git::mailmap::Mailmap;
use crate::git::objects::{Database, Id};
use crate::git::{Repository, standin};

/// Opens the repository whose working tree holds `start`; reads its objects where that is known.
pub(super) fn open(start: &Path, database: Option<Database>) -> Result<Repository, Error> {
    configure();
    let start = start.canonicalize().map_err(|error| Error::io(start, &error))?;
    let root = find(&start)?;
    let dot_git = root.join(".git");
    let (inner, standin, directory) = match open_exactly(&dot_git, &root) {
        Ok(inner) => {
            let directory = inner.path().to_owned();
            (inner, None, directory)
        }
        Err(Error::UnsupportedExtension { name, .. }) if name == "partialclone" => {
            let (inner, standin, directory) = standin::open(&dot_git, &root)?;
            (inner, Some(standin), directory)
        }
        Err(error) => return Err(error),
    };
    let worktree = worktree(&inner, &root)?;
    let prefix = prefix(&worktree, &start).ok_or(Error::Bare { path: dot_git })?;
    let common = common_directory(&directory);
    let shallow = shallow(&common)?;
    let database = database.unwrap_or_else(|| Database::open(common.join("objects")));
    let mailmap = Mailmap::default();
    Ok(Repository {
        inner,
        database,
        _standin: standin,
        directory,
        worktree,
        prefix,
        shallow,
        mailmap,
    })
}

/// Settings of libgit2, which are the process's.
fn configure() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // A walk reads nearly every object once, so a cache of them would only grow with history.
        git2::opts::enable_caching(false);
        // Git does not hash what it reads from a pack either; it would double the time.
        git2::opts::strict_hash_verification(false);
    });
}

/// The nearest folder, from `start` upwards, that holds a `.git`.
fn find(start: &Path) -> Result<PathBuf, Error> {
    // Standing inside a bare repository is a mistake to name, even where a tree lies around it.
    if is_git_directory(start) {
        return Err(Error::Bare { path: start.to_owned() });
    }
    let holds = |folder: &&Path| {
        let dot_git = folder.join(".git");
        // An empty `.git` folder is passed over, as git does; a file of that name always counts.
        dot_git.is_file() || is_git_directory(&dot_git)
    };
    let root = start.ancestors().find(holds);
    root.map(Path::to_owned).ok_or_else(|| Error::NotARepository { path: start.to_owned() })
}

fn is_git_directory(path: &Path) -> bool {
    let linked = path.join("commondir").is_file();
    let complete = path.join("objects").is_dir() && path.join("refs").is_dir();
    path.join("HEAD").symlink_metadata().is_ok() && (linked || complete)
}

/// Opens the given `.git` and nothing else, with libgit2's check of whose it is.
pub(super) fn open_exactly(dot_git: &Path, root: &Path) -> Result<git2::Repository, Error> {
    // Without NO_DOTGIT libgit2 would first look for `.git/.git`.
    let flags = RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT;
    let no_ceiling: [&std::ffi::OsStr; 0] = [];
    let opened = git2::Repository::open_ext(dot_git, flags, no_ceiling);
    opened.map_err(|error| refusal(&error, root))
}

/// What libgit2 means by refusing to open a repository. It has no codes for the last two.
fn refusal(error: &git2::Error, root: &Path) -> Error {
    let path = root.to_owned();
    let message = error.message();
    if error.code() == ErrorCode::Owner {
        Error::NotOwned { path }
    } else if error.code() == ErrorCode::NotFound {
        Error::NotARepository { path }
    } else if message.starts_with("unknown object format") {
        Error::Sha256 { path }
    } else if let Some(name) = message.strip_prefix("unsupported extension name extensions.") {
        Error::UnsupportedExtension { path, name: name.to_owned() }
    } else {
        Error::git("open the repository")(git2::Error::from_str(message))
    }
}

/// The working tree's root, which is where `.git` was found unless the configuration says
/// otherwise.
fn worktree(inner: &git2::Repository, root: &Path) -> Result<PathBuf, Error> {
    let configured = inner.workdir().and_then(|folder| folder.canonicalize().ok());
    match configured {
        Some(folder) if folder == root => Ok(folder),
        // A linked worktree that was moved by hand still names its old place.
        _ if inner.is_worktree() => {
            inner.set_workdir(root, false).map_err(Error::git("set the working tree"))?;
            Ok(root.to_owned())
        }
        Some(folder) => Ok(folder),
        None => Err(Error::Bare { path: root.join(".git") }),
    }
}

/// Where `start` lies below the working tree; `None` outside it and inside its git directory.
fn prefix(worktree: &Path, start: &Path) -> Option<String> {
    let below = start.strip_prefix(worktree).ok()?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    (!parts.iter().any(|part| part == ".git")).then(|| parts.join("/"))
}

/// The git directory that linked worktrees share.
pub(super) fn common_directory(directory: &Path) -> PathBuf {
    match std::fs::read_to_string(directory.join("commondir")) {
        Ok(link) => directory.join(link.trim_end()),
        Err(_) => directory.to_owned(),
    }
}

/// The commits at which a shallow clone ends. Read here because libgit2 looks for the list in a
/// linked worktree's own directory, where git does not write it.
fn shallow(common: &Path) -> Result<HashSet<Id>, Error> {
    let path = common.join("shallow");
    match std::fs::read(&path) {
        Ok(text) => Ok(text.split(|byte| *byte == b'\n').filter_map(hex).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(HashSet::new()),
        Err(error) => Err(Error::io(&path, &error)),
    }
}
