//! Why a board could not be made, and what to do about it.

use std::path::PathBuf;

use crate::config::scope::GlobError;
use crate::dates::Date;
use crate::git;
use crate::model::{Diagnostic, RepoPath};

/// Why a board could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Git could not give what was asked for.
    #[error(transparent)]
    Git(#[from] git::Error),
    /// A glob cannot be used.
    #[error(transparent)]
    Glob(#[from] GlobError),
    /// The configuration is not right; each finding has its place.
    #[error("the configuration is not right")]
    Config(Vec<Diagnostic>),
    /// The configuration cannot be read at all.
    #[error("the configuration {} cannot be read: {reason}", path.display())]
    ConfigFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// `--as-of` on a branch without commits.
    #[error("the branch has no commits yet, so there is nothing to look back at")]
    NoCommits,
    /// A comparison with a branch without commits.
    #[error(
        "the branch that is checked out has no commits yet, so nothing can be compared with it"
    )]
    NoHead,
    /// `--as-of` a day before the first commit.
    #[error("no commit on the mainline was made by the end of {day}")]
    BeforeHistory {
        /// The day.
        day: Date,
    },
    /// No markdown file is matched.
    #[error("no board here: nothing matches {} in {root}", quoted(globs))]
    NoFiles {
        /// The globs.
        globs: Vec<String>,
        /// The board's root, in words.
        root: String,
        /// Whether the globs were given on the command line.
        asked: bool,
    },
    /// Files are matched and none has an item.
    #[error("no board here: {}", no_items(files))]
    NoItems {
        /// The files.
        files: Vec<RepoPath>,
        /// What could not be understood in them.
        unreadable: Vec<Diagnostic>,
    },
    /// A path that somebody named does not exist.
    #[error("there is no file or folder `{}`", path.display())]
    NoSuchFile {
        /// The path.
        path: PathBuf,
    },
    /// A path that somebody named is a symbolic link.
    #[error("`{}` is a symbolic link, and none is followed", path.display())]
    IsLink {
        /// The path.
        path: PathBuf,
    },
    /// A path that somebody named lies outside of the repository.
    #[error("`{}` is not in the repository", path.display())]
    Outside {
        /// The path.
        path: PathBuf,
    },
    /// A file that somebody named is no markdown.
    #[error("`{}` is no markdown file", path.display())]
    NoMarkdown {
        /// The file.
        path: PathBuf,
    },
    /// Two versions have no common ancestor here.
    #[error("`{revision}` and the version looked at have no commit in common in this clone")]
    NoMergeBase {
        /// The revision.
        revision: String,
    },
    /// A file of the version looked at is not in this clone.
    #[error("the content of {path} is not in this clone")]
    MissingContent {
        /// The file.
        path: RepoPath,
    },
}

/// What a newcomer needs to know.
const FIRST_STEPS: &str = "\
a board is a folder `partners/` with one folder of markdown checklists per partner:
  partners/acme/onboarding.md
    ---
    start_date: 2026-03-02
    ---
    ## Legal (Day 1-7)
    - [ ] Agreement signed
one to begin with: mdboard init
checklists that live elsewhere: mdboard --partners 'docs/onboarding/*'";

impl Error {
    /// What to do next.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Error::Git(error) => return Some(error.help()),
            Error::Glob(_) => "globs are relative to the board's root, like 'partners/*'",
            Error::Config(_) => return None,
            Error::ConfigFile { .. } => "name a readable TOML file with --config",
            Error::NoCommits => "commit something, or leave --as-of out",
            Error::NoHead => {
                "commit something first, or name the version that holds the change: \
                 `mdboard diff BASE HEAD`"
            }
            Error::BeforeHistory { .. } => "`git log --first-parent` shows which days there are",
            Error::NoFiles { asked: false, .. } => FIRST_STEPS,
            Error::NoFiles { asked: true, .. } => {
                "a glob matches the folder or `.md` file of each partner, from the board's root; \
                 `*` stays within one folder name, `**` crosses folders"
            }
            Error::NoSuchFile { .. } | Error::Outside { .. } => {
                "paths are relative to the folder that -C names, else to the current one"
            }
            Error::IsLink { .. } => "name the file that it leads to, if that is in the repository",
            Error::NoMarkdown { .. } => "the linter reads `.md` and `.markdown` files",
            Error::NoMergeBase { .. } => {
                "the two have no history in common; name a revision that the change comes from"
            }
            Error::NoItems { .. } => "an item is a list item with a box: `- [ ] Agreement signed`",
            Error::MissingContent { .. } => {
                "this is a partial clone; fetch it with `git fetch --refetch --no-filter`, or \
                 check the revision out"
            }
        };
        Some(help.to_owned())
    }
}

fn quoted(globs: &[String]) -> String {
    globs.iter().map(|glob| format!("`{glob}`")).collect::<Vec<_>>().join(", ")
}

fn no_items(files: &[RepoPath]) -> String {
    match files {
        [] => "no file could be read".to_owned(),
        [file] => format!("{file} has no task list item"),
        [file, rest @ ..] => {
            format!("none of {} files ({file}, …) has a task list item", rest.len() + 1)
        }
    }
}
