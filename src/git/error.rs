//! What can go wrong with a repository, where, and what to do about it.

use std::path::{Path, PathBuf};

/// A failure of the git layer. [`Error::help`] says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither the folder nor one above it holds a `.git`.
    #[error("`{}` is not in a git repository", .path.display())]
    NotARepository {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// The repository has no working tree, or the folder lies outside it.
    #[error("the git repository at `{}` has no working tree here", .path.display())]
    Bare {
        /// The repository.
        path: PathBuf,
    },
    /// The repository belongs to another user, so its configuration is not trusted.
    #[error("the repository at `{}` belongs to another user", .path.display())]
    NotOwned {
        /// The root of the working tree, as git's `safe.directory` wants it.
        path: PathBuf,
    },
    /// The repository names its objects by SHA-256.
    #[error("the repository at `{}` uses SHA-256 object names, which mdboard cannot read", .path.display())]
    Sha256 {
        /// The root of the working tree.
        path: PathBuf,
    },
    /// The repository uses a format extension that libgit2 does not know.
    #[error("the repository at `{}` uses the git extension `{name}`, which mdboard cannot read", .path.display())]
    UnsupportedExtension {
        /// The root of the working tree.
        path: PathBuf,
        /// The extension, as `refstorage`.
        name: String,
    },
    /// The index is of a kind that libgit2 does not read.
    #[error("the index `{}` cannot be read: {reason}", .path.display())]
    UnsupportedIndex {
        /// The index file.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// There is no such revision in this clone.
    #[error("unknown revision `{revision}`")]
    UnknownRevision {
        /// The revision, as asked for.
        revision: String,
        /// Whether history is cut off in this clone, so that the revision may exist elsewhere.
        shallow: bool,
        /// A revision that does exist and may be meant.
        suggestion: Option<String>,
    },
    /// The revision exists and is no commit.
    #[error("`{revision}` is a {kind}, not a commit")]
    NotACommit {
        /// The revision, as asked for.
        revision: String,
        /// What it is.
        kind: &'static str,
    },
    /// An object that the version looked at needs is not in this clone.
    #[error("the {kind} {id} is missing in this clone")]
    MissingObject {
        /// `commit`, `tree` or `blob`.
        kind: &'static str,
        /// Its full id.
        id: String,
    },
    /// An object cannot be read, or a tree is too large to be a board's.
    #[error("the {kind} {id} cannot be read: {reason}")]
    Damaged {
        /// `commit`, `tree` or `blob`.
        kind: &'static str,
        /// Its full id.
        id: String,
        /// Why, in words.
        reason: String,
    },
    /// A file that must be read as a whole is too large.
    #[error("`{path}` is {size} bytes long; mdboard reads at most {limit}")]
    TooLarge {
        /// The file, from the working tree's root.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// What is read at most.
        limit: u64,
    },
    /// The file system refuses.
    #[error("`{}` cannot be read: {reason}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// No commit can be made here and now.
    #[error("no commit can be made: {why}")]
    NoCommit {
        /// Why, in words.
        why: String,
        /// What to do about it.
        help: String,
    },
    /// Anything else that libgit2 reports.
    #[error("cannot {doing}: {reason}")]
    Git {
        /// What was tried, as in `cannot …`.
        doing: &'static str,
        /// What libgit2 says.
        reason: String,
    },
}

impl Error {
    /// What to do next, in one line.
    pub fn help(&self) -> String {
        match self {
            Error::NotARepository { .. } => {
                "run mdboard inside a git repository, name one with `-C DIR`, or make one with \
                 `git init`"
                    .into()
            }
            Error::Bare { .. } => {
                "mdboard reads a working tree: clone the repository, or add one with \
                 `git worktree add`"
                    .into()
            }
            Error::NotOwned { path } => {
                format!("git config --global --add safe.directory {}", for_shell(path))
            }
            Error::Sha256 { .. } => {
                "clone it into a SHA-1 repository; libgit2 reads no other object format".into()
            }
            Error::UnsupportedExtension { name, .. } if name == "refstorage" => {
                "convert it with `git refs migrate --ref-format=files`".into()
            }
            Error::UnsupportedExtension { .. } => {
                "make a fresh clone without this extension and run mdboard there".into()
            }
            Error::UnsupportedIndex { reason, .. } => index_help(reason),
            Error::UnknownRevision { suggestion: Some(known), .. } => {
                format!("did you mean `{known}`?")
            }
            Error::UnknownRevision { shallow: true, .. } => {
                "this clone is shallow: get the rest with `git fetch --unshallow` (in GitHub \
                 Actions: `fetch-depth: 0`)"
                    .into()
            }
            Error::UnknownRevision { .. } => {
                "list what there is with `git branch --all` and `git tag`, or run `git fetch` first"
                    .into()
            }
            Error::NotACommit { .. } => "name a branch, a tag or a commit".into(),
            Error::MissingObject { .. } => {
                "this clone was made without all objects: get them with \
                 `git fetch --refetch --no-filter`, or `git checkout` the revision first"
                    .into()
            }
            Error::Damaged { .. } => "check the repository with `git fsck`".into(),
            Error::TooLarge { .. } => "make the file smaller".into(),
            Error::Io { .. } => "check that the path exists and may be read".into(),
            Error::NoCommit { help, .. } => help.clone(),
            Error::Git { .. } => "check the repository with `git fsck` and `git status`".into(),
        }
    }

    pub(super) fn git(doing: &'static str) -> impl FnOnce(git2::Error) -> Error {
        move |error| Error::Git { doing, reason: error.message().to_owned() }
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Error {
        Error::Io { path: path.to_owned(), reason: error.to_string() }
    }
}

/// The two kinds of index that git writes on request and libgit2 names by their mandatory
/// extension.
fn index_help(reason: &str) -> String {
    if reason.contains("'sdir'") {
        "write a full index with `git sparse-checkout reapply --no-sparse-index`".into()
    } else if reason.contains("'link'") {
        "write one index file with `git update-index --no-split-index`".into()
    } else {
        "write it anew with `git reset`".into()
    }
}

/// A path as one word of a shell's command line.
fn for_shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_safe_directory_command_can_be_pasted() {
        let help = |path: &str| Error::NotOwned { path: path.into() }.help();
        assert_eq!(help("/srv/board"), "git config --global --add safe.directory /srv/board");
        assert_eq!(help("/a b"), "git config --global --add safe.directory '/a b'");
        assert_eq!(help("/a'b"), r"git config --global --add safe.directory '/a'\''b'");
    }
}
