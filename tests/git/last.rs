//! The commits that last changed files, and earlier versions of them.

use mdboard::model::RepoPath;

use crate::common::Repo;
use crate::{id, open};

fn last(repo: &Repo, path: &str) -> Option<String> {
    let head = id(&repo.id("HEAD"));
    let found = open(repo).last_changes(head, [RepoPath::new(path)]).expect("an answer");
    found.values().next().map(|commit| commit.id.to_string())
}

#[test]
fn a_merge_that_brought_a_change_is_passed_over() {
    let repo = Repo::with(&[("a.md", "1"), ("b.md", "1")]);
    repo.git(["checkout", "-q", "-b", "side"]);
    let change = repo.write("a.md", "2").commit("Change");
    repo.git(["checkout", "-q", "main"]);
    repo.write("b.md", "2").commit("Another");
    repo.git(["merge", "-q", "--no-ff", "-m", "Merge", "side"]);
    assert_eq!(last(&repo, "a.md"), Some(change.to_string()));
    assert_eq!(last(&repo, "c.md"), None);
}

#[test]
fn what_a_shallow_clone_may_hide_is_not_told() {
    let repo = Repo::with(&[("a.md", "1"), ("b.md", "1")]);
    repo.write("b.md", "2").commit("Second");
    let newest = repo.write("b.md", "3").commit("Third").to_string();
    let clone = repo.clone_with(["--depth", "2"]);
    assert_eq!(last(&clone, "a.md"), None);
    assert_eq!(last(&clone, "b.md"), Some(newest));
}

#[test]
fn an_earlier_version_is_found_by_a_blob_s_or_a_commit_s_id() {
    let repo = Repo::with(&[("templates/a.md", "one\n")]);
    let (commit, blob) = (repo.id("HEAD"), repo.id("HEAD:templates/a.md"));
    repo.write("templates/a.md", "two\n").commit("Change");
    let repository = open(&repo);
    let version = |id: &str| {
        let found = repository.version("templates/a.md", id).expect("an answer");
        found.map(|blob| blob.to_string())
    };
    for name in [&commit[..], &blob, &commit[..7], &blob[..10]] {
        assert_eq!(version(name), Some(blob.clone()), "{name}");
    }
    for name in ["HEAD", "main", "", "abc", "0000000000000000000000000000000000000000", &blob[..6]]
    {
        assert_eq!(version(name), None, "{name}");
    }
}
