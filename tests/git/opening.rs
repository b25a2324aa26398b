//! Which repository is opened, and which are refused.

use std::fs;
use std::path::Path;

use mdboard::git::{Error, Repository};
use mdboard::workspace::{find_root, find_root_at};

use crate::common::Repo;
use crate::{id, mainline, open, open_at};

fn refused(path: &Path) -> Error {
    Repository::open(path).err().expect("it is refused")
}

#[test]
fn a_folder_below_the_root_is_a_prefix() {
    let repo = Repo::with(&[("a/b/x.md", "")]);
    let repository = open_at(&repo.join("a/b"));
    assert_eq!(repository.worktree(), repo.path());
    assert_eq!(repository.prefix(), "a/b");
    assert_eq!(open(&repo).prefix(), "");
    assert_eq!(repository.head(), Ok(Some(id(&repo.id("HEAD")))));
}

#[test]
fn a_folder_outside_any_repository_is_refused() {
    let folder = Repo::in_folder();
    assert!(matches!(refused(folder.path()), Error::NotARepository { .. }));
    assert!(matches!(refused(&folder.join("nowhere")), Error::Io { .. }));
    fs::create_dir(folder.join(".git")).expect("a folder");
    assert!(matches!(refused(folder.path()), Error::NotARepository { .. }), "an empty .git");
}

#[test]
fn a_broken_git_file_is_not_searched_past() {
    let repo = Repo::with(&[("inner/x.md", "")]);
    repo.write("inner/.git", "gitdir: /nowhere\n");
    assert!(Repository::open(&repo.join("inner")).is_err());
}

#[test]
fn bare_repositories_are_refused() {
    let bare = Repo::in_folder();
    bare.git(["init", "-q", "--bare"]);
    assert!(matches!(refused(bare.path()), Error::Bare { .. }));

    let repo = Repo::with(&[("x.md", "")]);
    repo.git(["config", "core.bare", "true"]);
    assert!(matches!(refused(repo.path()), Error::Bare { .. }));
}

#[test]
fn a_bare_repository_inside_a_tree_is_not_taken() {
    let repo = Repo::with(&[("x.md", "")]);
    fs::create_dir(repo.join("trap")).expect("a folder");
    repo.git(["init", "-q", "--bare", "trap"]);
    fs::create_dir(repo.join("trap/below")).expect("a folder");
    assert!(matches!(refused(&repo.join("trap")), Error::Bare { .. }));
    let repository = open_at(&repo.join("trap/below"));
    assert_eq!(repository.worktree(), repo.path());
    assert!(matches!(refused(&repo.join(".git")), Error::Bare { .. }));
    assert!(matches!(refused(&repo.join(".git/refs")), Error::Bare { .. }));
}

#[test]
fn sha_256_is_a_clear_error() {
    let repo = Repo::in_folder();
    repo.git(["init", "-q", "--object-format=sha256"]);
    let error = refused(repo.path());
    assert_eq!(error, Error::Sha256 { path: repo.path().to_owned() });
    assert!(error.help().contains("SHA-1"));
}

#[test]
fn unknown_extensions_are_named() {
    let repo = Repo::new();
    repo.git(["config", "core.repositoryFormatVersion", "1"]);
    repo.git(["config", "extensions.refStorage", "reftable"]);
    let name = "refstorage".to_owned();
    let expected = Error::UnsupportedExtension { path: repo.path().to_owned(), name };
    assert_eq!(refused(repo.path()), expected);
    assert!(expected.help().contains("git refs migrate"));
}

/// Needs the right to give files away, which tests in a container have.
#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_refused() {
    let repo = Repo::with(&[("x.md", "")]);
    let partial = Repo::with(&[("x.md", "")]);
    partial.git(["config", "core.repositoryFormatVersion", "1"]);
    partial.git(["config", "extensions.partialClone", "origin"]);
    assert!(Repository::open(partial.path()).is_ok());
    for (repo, given) in [(&repo, ""), (&repo, ".git"), (&partial, ""), (&partial, ".git")] {
        let place = repo.join(given);
        if std::os::unix::fs::chown(&place, Some(65_533), None).is_err() {
            return;
        }
        let error = refused(repo.path());
        assert_eq!(error, Error::NotOwned { path: repo.path().to_owned() }, "{given}");
        let command = "git config --global --add safe.directory ";
        assert_eq!(error.help(), format!("{command}{}", repo.path().display()));
        std::os::unix::fs::chown(&place, Some(0), None).expect("taken back");
    }
}

#[test]
fn an_unborn_head_is_no_commit() {
    let repo = Repo::new();
    let repository = open(&repo);
    assert_eq!(repository.head(), Ok(None));
    assert_eq!(repository.branch().as_deref(), Some("main"));
    assert!(matches!(repository.resolve("HEAD"), Err(Error::UnknownRevision { .. })));
}

#[test]
fn a_linked_worktree_has_its_own_head_and_index() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let linked = Repo::in_folder();
    let place = linked.join("tree");
    let path = place.to_str().expect("UTF-8");
    repo.git(["worktree", "add", "-q", "-b", "other", path]);
    fs::create_dir_all(place.join("below")).expect("a folder");
    let repository = open_at(&place.join("below"));
    assert_eq!(repository.worktree(), place);
    assert_eq!(repository.prefix(), "below");
    assert_eq!(repository.branch().as_deref(), Some("other"));
    assert!(repository.directory().starts_with(repo.join(".git/worktrees")));

    let moved = linked.join("moved");
    fs::rename(&place, &moved).expect("a renamed folder");
    assert_eq!(open_at(&moved).worktree(), moved);
}

#[test]
fn a_linked_worktree_of_a_shallow_clone_ends_where_the_clone_does() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.write("partners/a.md", "2").commit("Two");
    let clone = repo.clone_with(["--depth=1"]);
    let linked = Repo::in_folder();
    let place = linked.join("tree");
    clone.git(["worktree", "add", "-q", "-b", "other", place.to_str().expect("UTF-8")]);
    let repository = open_at(&place);
    assert!(repository.is_shallow());
    let head = repository.head().expect("a HEAD").expect("a commit");
    let mainline = repository.mainline(head, &crate::Partners).expect("a mainline");
    assert!(mainline.cut.is_some());
}

#[test]
fn revisions_are_resolved() {
    let repo = Repo::with(&[("x.md", "1")]);
    let first = repo.id("HEAD");
    repo.now().git(["tag", "-a", "v1", "-m", "One"]);
    repo.now().git(["tag", "-a", "v1-again", "-m", "One", "v1"]);
    let second = repo.write("x.md", "2").commit("Two");
    let repository = open(&repo);
    let resolve = |revision: &str| repository.resolve(revision);
    for revision in ["v1", "v1-again", "main~1", "HEAD^", &first, &first[..10], "refs/tags/v1"] {
        assert_eq!(resolve(revision), Ok(id(&first)), "{revision}");
    }
    for revision in ["main", "HEAD", "@"] {
        assert_eq!(resolve(revision), Ok(id(&second)), "{revision}");
    }
    for revision in ["nope", "", "main~9", &"1".repeat(40), "a..b", "x\0y", "@{upstream}"] {
        assert!(matches!(resolve(revision), Err(Error::UnknownRevision { .. })), "{revision}");
    }
    for (revision, kind) in [("HEAD:x.md", "blob"), ("HEAD^{tree}", "tree")] {
        let revision = revision.to_owned();
        assert_eq!(resolve(&revision), Err(Error::NotACommit { revision, kind }));
    }
}

#[test]
fn an_unknown_revision_says_where_it_may_be() {
    let repo = Repo::with(&[("x.md", "1")]);
    repo.write("x.md", "2").commit("Two");
    repo.branch("topic").checkout("main");
    let clone = repo.clone_with(["--depth=1", "--no-single-branch"]);
    let repository = open(&clone);
    let help = |revision: &str| repository.resolve(revision).expect_err("unknown").help();
    assert_eq!(help("topic"), "did you mean `origin/topic`?");
    assert!(help("HEAD~1").contains("git fetch --unshallow"));
    assert!(open(&repo).resolve("nope").expect_err("unknown").help().contains("git branch --all"));
}

#[test]
fn the_board_is_found_upwards() {
    let repo = Repo::with(&[("a/partners/x/y.md", ""), ("a/b/c.md", ""), ("d/e.md", "")]);
    let first = id(&repo.id("HEAD"));
    let at = |path: &str| {
        let repository = open_at(&repo.join(path));
        let head = repository.head().expect("a HEAD").expect("a commit");
        let found = find_root(&repository).expect("a root");
        assert_eq!(find_root_at(&repository, head).expect("a root"), found);
        found
    };
    assert_eq!(at("a/b"), "a");
    assert_eq!(at("a/partners/x"), "a");
    assert_eq!(at("d"), "");
    repo.write("mdboard.toml", "").commit("Configure");
    assert_eq!(at("a/b"), "");
    let repository = open_at(&repo.join("a/b"));
    assert_eq!(find_root_at(&repository, first).as_deref(), Ok("a"));
}

#[test]
fn opening_leaves_nothing_behind() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let before = repo.git(["status", "--porcelain"]);
    assert_eq!(mainline(&repo).revisions.len(), 1);
    assert_eq!(repo.git(["status", "--porcelain"]), before);
}

#[test]
fn a_second_handle_serves_another_thread() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let again = open(&repo).reopen().expect("a repository");
    let head = std::thread::spawn(move || again.head()).join().expect("no panic");
    assert_eq!(head, Ok(Some(id(&repo.id("HEAD")))));
}
