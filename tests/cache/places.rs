//! Clones, linked worktrees and boards beside each other.

use std::fs;

use mdboard::load::{self, Request};

use crate::common::Repo;
use crate::{CACHED, FROM_CACHE, LIST, ONE_NEW, at, check, checkpoints, note, repo, request, tick};

#[test]
fn a_shallow_clone_that_is_deepened_tells_more() {
    let origin = repo();
    tick(&origin, "Call");
    origin.commit("Call");
    let clone = origin.clone_with(["--depth", "1"]);
    let request = request(clone.path());
    check(&request);
    assert_eq!(note(&request), FROM_CACHE);
    clone.git(["fetch", "-q", "--deepen", "1"]);
    assert_eq!(note(&request), "");
    check(&request);
    clone.git(["fetch", "-q", "--unshallow"]);
    assert_eq!(note(&request), "");
    check(&request);
    assert_eq!(note(&request), FROM_CACHE);
    clone.git(["fetch", "-q", "--depth", "1"]);
    check(&request);
}

#[test]
fn what_is_missing_in_a_partial_clone_is_not_taken_for_good() {
    let origin = repo();
    origin.write("partners/acme/other.md", "- [ ] Other\n").commit("Other");
    let clone = origin.clone_with(["--filter=blob:none"]);
    let request = request(clone.path());
    check(&request);
    assert!(checkpoints(&clone).is_empty(), "older versions are missing");
    // Git fetches what it needs to show them.
    clone.git(["log", "-p", "-q"]);
    clone.git(["fetch", "-q", "--refetch", "--no-filter"]);
    check(&request);
    assert_eq!(note(&request), FROM_CACHE);
    assert_eq!(checkpoints(&clone).len(), 1, "inside the real git directory");
}

#[test]
fn linked_worktrees_share_what_is_kept() {
    let repo = repo();
    assert_eq!(note(&request(repo.path())), "");
    let other = Repo::in_folder();
    let place = other.join("linked");
    repo.git(["worktree", "add", "-q", "-b", "other", place.to_str().expect("UTF-8")]);
    assert_eq!(note(&request(&place)), FROM_CACHE);
    fs::write(place.join("partners/acme/plan.md"), LIST).expect("a written file");
    check(&request(&place));
    check(&request(repo.path()));
    assert_eq!(checkpoints(&repo).len(), 1);
    assert!(!repo.join(".git/worktrees/linked/mdboard").exists());
}

#[test]
fn boards_of_one_repository_are_kept_apart() {
    let repo = Repo::with(&[
        ("one/mdboard.toml", ""),
        ("one/partners/acme/plan.md", LIST),
        ("two/mdboard.toml", ""),
        ("two/partners/acme/plan.md", "- [x] Something else\n"),
    ]);
    for _ in 0..2 {
        for board in ["one", "two", "two/partners/acme"] {
            check(&request(&repo.join(board)));
        }
    }
    assert_eq!(checkpoints(&repo).len(), 2);
}

#[test]
fn partners_that_would_share_an_id_depend_on_what_is_there_today() {
    // `solo` is a folder and a file: whichever is on disk decides about the ids.
    let repo = Repo::with(&[
        ("partners/solo/list.md", "- [ ] In the folder\n"),
        ("partners/solo.md", "- [ ] Beside it\n"),
        ("partners/README.md", "- [ ] A partner, too\n"),
    ]);
    let request = request(repo.path());
    check(&request);
    repo.remove("partners/solo.md");
    check(&request);
    repo.commit("Remove the file");
    check(&request);
    repo.write("partners/solo.md", "- [x] Beside it\n");
    check(&request);
    repo.remove("partners/solo/list.md");
    check(&request);
    assert!(note(&request).starts_with(FROM_CACHE));
}

#[test]
fn branches_have_their_own_turned_mainlines() {
    let repo = repo();
    repo.branch("side").write("partners/acme/b.md", "- [x] B\n").commit("B");
    repo.checkout("main").write("partners/acme/c.md", "- [x] C\n").commit("C");
    repo.now().merge("side", "Merge branch 'develop' of https://example.com/board");
    let turned = |repo: &Repo| {
        let loaded = load::board_by(&request(repo.path()), CACHED).expect("a board");
        loaded.notices.iter().any(|notice| notice.message.contains("merged the branch into itself"))
    };
    check(&request(repo.path()));
    assert!(!turned(&repo));
    repo.branch("develop");
    check(&request(repo.path()));
    assert!(turned(&repo), "what was kept on another branch holds for this one");
    assert_eq!(note(&request(repo.path())), FROM_CACHE);
    repo.write("partners/acme/d.md", "- [x] D\n").commit("D");
    assert_eq!(note(&request(repo.path())), ONE_NEW);
    assert!(turned(&repo));
    check(&request(repo.path()));
}

#[test]
fn before_the_first_commit_there_is_nothing_to_keep() {
    let repo = Repo::new();
    repo.write("partners/acme/plan.md", LIST);
    check(&request(repo.path()));
    assert!(checkpoints(&repo).is_empty());
    repo.commit("Begin");
    check(&request(repo.path()));
    check(&at(repo.path(), "HEAD"));
    assert_eq!(checkpoints(&repo).len(), 1);
    let nothing = Request { partners: vec!["nowhere/*".into()], ..request(repo.path()) };
    check(&nothing);
}
