//! Commits of a tick: what they need, and what stands where if they cannot be made.

use std::fs;

use crate::common::Repo;
use crate::{PLAN, made, read, run, told};

const OTHER: &str = "partners/globex/other.md";

/// A partner with two checklists.
fn two() -> Repo {
    let repo = made();
    repo.write(OTHER, "# Other\n\n- [ ] Write a letter\n- [ ] Post it\n").commit("Other");
    repo
}

/// What git has to say of the working tree, the index and the branch.
fn all(repo: &Repo) -> [String; 4] {
    [
        repo.git(["status", "--porcelain=v2", "--branch"]),
        repo.git(["diff"]),
        repo.git(["diff", "--cached"]),
        repo.git(["log", "--all", "--format=%H"]),
    ]
}

#[track_caller]
fn refused(repo: &Repo, arguments: &[&str], words: &str) {
    let before = all(repo);
    let output = run(repo, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
    assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    assert!(!told(&output).contains("done:"), "{}", told(&output));
    assert_eq!(all(repo), before, "{arguments:?}: {}", told(&output));
}

#[test]
fn several_files_are_one_commit() {
    let repo = two();
    let output = run(&repo, &["tick", "globex", "contract", "letter", "contract", "--commit"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(repo.git(["log", "-1", "--format=%s"]), "globex: tick 2 items");
    assert_eq!(
        repo.git(["diff", "--shortstat", "HEAD~1"]).split(',').next(),
        Some("2 files changed")
    );
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    assert_eq!(repo.git(["reflog", "-1", "--format=%gs"]), "commit: globex: tick 2 items");
    repo.git(["fsck", "--strict"]);
    assert!(repo.git(["cat-file", "-p", "HEAD"]).contains("tick 2 items"));
}

#[test]
fn a_commit_that_fails_leaves_no_tick() {
    let repo = two();
    let tick = ["tick", "globex", "contract", "letter", "--commit"];
    for lock in [".git/index.lock", ".git/refs/heads/main.lock"] {
        repo.write(lock, "");
        refused(&repo, &tick, "lock");
        repo.remove(lock);
    }
    refused(&repo, &["tick", "globex", "contract", "--commit", "-m", " "], "no message");
    repo.git(["config", "--unset", "user.name"]);
    refused(&repo, &tick, "git config user.name");
    repo.git(["config", "user.name", "Ann Lee"]);
    // git would not read it, and what is committed to it would be lost.
    repo.git(["config", "core.repositoryformatversion", "1"]);
    repo.git(["config", "extensions.partialclone", "origin"]);
    refused(&repo, &tick, "partialclone");
    repo.git(["config", "--unset", "extensions.partialclone"]);
    assert_eq!(run(&repo, &tick).status.code(), Some(0));
}

#[test]
fn ticks_in_several_files_are_all_made_or_none() {
    let repo = two();
    // The second file's box says so already.
    assert_eq!(run(&repo, &["tick", "globex", "letter"]).status.code(), Some(0));
    refused(&repo, &["tick", "globex", "contract", "letter"], "done already");
}

#[test]
fn nothing_is_committed_into_something_else_that_is_under_way() {
    let repo = two();
    repo.git(["checkout", "-q", "-b", "side"]);
    repo.write(PLAN, read(&repo, PLAN).replace("Scan it", "Scan it here")).commit("Here");
    repo.git(["checkout", "-q", "main"]);
    repo.write(PLAN, read(&repo, PLAN).replace("Scan it", "Scan it there")).commit("There");
    let tick = ["tick", "globex", "letter", "--commit"];
    for (command, what) in
        [("merge", "a merge"), ("cherry-pick", "a cherry-pick"), ("rebase", "rebase")]
    {
        assert!(!repo.succeeds([command, "side"]));
        refused(&repo, &tick, what);
        repo.git([command, "--abort"]);
    }
    // A stash that does not fit leaves a conflict, and nothing under way.
    repo.write(PLAN, read(&repo, PLAN).replace("Scan it", "Scan it nowhere"));
    repo.git(["stash", "-q"]);
    repo.write(PLAN, read(&repo, PLAN).replace("Scan it", "Scan it everywhere")).commit("All");
    assert!(!repo.succeeds(["stash", "pop"]));
    refused(&repo, &["tick", "globex", "contract", "--commit"], "is in conflict");
    let output = run(&repo, &tick);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
#[cfg(unix)]
fn only_hooks_that_git_runs_stop_a_commit() {
    use std::os::unix::fs::PermissionsExt;
    let repo = two();
    repo.write(".git/hooks/pre-commit.sample", "").write(".git/hooks/pre-commit", "exit 1\n");
    let tick = ["tick", "globex", "contract", "--commit"];
    let output = run(&repo, &tick);
    assert_eq!(output.status.code(), Some(0), "it may not be run: {}", told(&output));
    repo.git(["config", "core.hooksPath", "checks"]);
    repo.write("checks/reference-transaction", "#!/bin/sh\n");
    let may = fs::Permissions::from_mode(0o755);
    fs::set_permissions(repo.join("checks/reference-transaction"), may).expect("ours");
    refused(&repo, &["tick", "globex", "letter", "--commit"], "reference-transaction");
}

#[test]
fn a_commit_is_made_where_the_branch_is() {
    let repo = two();
    let main = repo.git(["rev-parse", "main"]);
    repo.git(["checkout", "-q", "--detach"]);
    assert_eq!(run(&repo, &["tick", "globex", "contract", "--commit"]).status.code(), Some(0));
    assert_eq!(repo.git(["rev-parse", "HEAD~1"]), main);
    assert_eq!(repo.git(["rev-parse", "main"]), main);
    repo.git(["checkout", "-q", "main"]);
    let linked = repo.join("../linked");
    repo.git(["worktree", "add", "-q", "-b", "side", "../linked"]);
    let place = linked.to_str().expect("UTF-8");
    let output = run(&repo, &["-C", place, "tick", "globex", "letter", "--commit"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(repo.git(["rev-parse", "side~1"]), main);
    assert_eq!(repo.git(["-C", "../linked", "status", "--porcelain"]), "");
    assert_eq!(repo.git(["status", "--porcelain"]), "");
}

#[test]
fn line_ends_and_encodings_of_a_checkout_stay_out_of_the_commit() {
    let repo = two();
    repo.write(".gitattributes", "*.md text eol=crlf\n").commit("Attributes");
    repo.remove(PLAN).git(["checkout", "-q", PLAN]);
    let before = read(&repo, PLAN);
    assert!(before.contains("\r\n"), "{before}");
    assert_eq!(run(&repo, &["tick", "globex", "contract", "--commit"]).status.code(), Some(0));
    assert_eq!(read(&repo, PLAN), before.replace("[ ] Sign", "[x] Sign"));
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    assert_eq!(repo.git(["diff", "--numstat", "HEAD~1", "HEAD"]), format!("1\t1\t{PLAN}"));
}
