//! The git and workspace layers against repositories that the real `git` made.

#[path = "../common/mod.rs"]
mod common;

mod ancestry;
mod commits;
mod history;
mod incomplete;
mod last;
mod merges;
mod objects;
mod opening;
mod random;
mod worktree;

use std::path::Path;

use common::Repo;
use mdboard::git::{Filter, Repository};
use mdboard::model::history::{Change, Mainline, Parent, Revision};
use mdboard::model::{BlobId, CommitId};

/// Markdown files below `partners`.
struct Partners;

impl Filter for Partners {
    fn enters(&self, folder: &str) -> bool {
        folder.is_empty() || folder == "partners" || folder.starts_with("partners/")
    }

    fn takes(&self, file: &str) -> bool {
        file.starts_with("partners/") && file.ends_with(".md")
    }
}

fn open(repo: &Repo) -> Repository {
    open_at(repo.path())
}

fn open_at(path: &Path) -> Repository {
    Repository::open(path).expect("a repository")
}

/// The mainline of what is checked out.
fn mainline(repo: &Repo) -> Mainline {
    let repository = open(repo);
    let head = repository.head().expect("a HEAD").expect("a commit");
    repository.mainline(head, &Partners).expect("a mainline")
}

fn id(text: &str) -> CommitId {
    let digits = (0..40).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16));
    let bytes: Vec<u8> = digits.map(|byte| byte.expect("hexadecimal digits")).collect();
    CommitId(bytes.try_into().expect("twenty bytes"))
}

fn blob(repo: &Repo, path: &str) -> BlobId {
    BlobId(id(&repo.id(path)).0)
}

/// `+path`, `-path`, `~path`.
fn show(changes: &[Change]) -> String {
    let show = |change: &Change| {
        let sign = match (change.before, change.after) {
            (None, Some(_)) => '+',
            (Some(_), None) => '-',
            _ => '~',
        };
        format!("{sign}{}", change.path)
    };
    changes.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// `subject: changes`
fn revision(revision: &Revision) -> String {
    format!("{}: {}", revision.commit.subject, show(&revision.changes))
}

fn revisions(mainline: &Mainline) -> Vec<String> {
    mainline.revisions.iter().map(revision).collect()
}

/// The parents' changes, with what is to be said of the parents.
fn parents(parents: &[Parent]) -> Vec<String> {
    let show = |parent: &Parent| {
        let place = if parent.inside { "inside" } else { "outside" };
        let known = if parent.known { "" } else { " unknown" };
        format!("{place}{known}: {}", show(&parent.changes)).trim_end().to_owned()
    };
    parents.iter().map(show).collect()
}

/// The subjects of what a merge brought, each with its parents.
fn side(revision: &Revision) -> Vec<(String, Vec<String>)> {
    let side = revision.side.iter();
    side.map(|side| (side.commit.subject.clone(), parents(&side.parents))).collect()
}
