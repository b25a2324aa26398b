//! The mainline of whole histories without merges.

use std::collections::BTreeMap;

use mdboard::dates::Timestamp;
use mdboard::git::{Entry, Error, Filter, Snapshot};
use mdboard::model::RepoPath;
use mdboard::model::history::Content;

use crate::common::Repo;
use crate::{Partners, blob, id, mainline, open, revisions, show};

#[test]
fn a_root_commit_is_all_new() {
    let repo = Repo::with(&[("partners/b.md", "2"), ("partners/a/x.md", "1"), ("other.md", "3")]);
    let mainline = mainline(&repo);
    assert_eq!(revisions(&mainline), ["Begin: +partners/a/x.md +partners/b.md"]);
    assert!(mainline.revisions[0].parent_known && mainline.cut.is_none());
    assert_eq!(mainline.revisions[0].changes[1].after, Some(blob(&repo, "HEAD:partners/b.md")));
}

/// As `git commit-tree` makes one, where people want a commit to begin everything on.
#[test]
fn the_empty_tree_need_not_be_stored() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let tree = repo.id("HEAD^{tree}");
    let root = repo.git(["commit-tree", empty, "-m", "Root"]);
    let filled = repo.git(["commit-tree", &tree, "-p", &root, "-m", "Fill"]);
    let emptied = repo.git(["commit-tree", empty, "-p", &filled, "-m", "Empty"]);
    repo.git(["update-ref", "refs/heads/main", &emptied]);
    assert!(!repo.join(".git/objects/4b").exists(), "git stores it now");

    let mainline = mainline(&repo);
    assert_eq!(revisions(&mainline), ["Fill: +partners/a.md", "Empty: -partners/a.md"]);
    assert!(mainline.revisions[0].parent_known && mainline.cut.is_none());
    let repository = open(&repo);
    let snapshot = repository.snapshot(id(&emptied), &Partners).expect("a snapshot");
    assert!(snapshot.files.is_empty());
    let revision = repository.resolve(empty).expect_err("it is no commit");
    assert_eq!(revision, Error::NotACommit { revision: empty.into(), kind: "tree" });
}

#[test]
fn only_commits_that_change_a_file_are_told() {
    let repo = Repo::with(&[("readme.md", "")]);
    repo.write("partners/a.md", "1").commit("Add");
    repo.write("other.md", "1").commit("Other");
    repo.commit("Empty");
    repo.write("partners/a.md", "2").write("partners/b.txt", "").commit("Change");
    repo.git(["update-index", "--chmod=+x", "partners/a.md"]);
    repo.now().commit_staged("Mode");
    repo.git(["checkout", "-q", "."]);
    repo.rename("partners/a.md", "partners/b/a.md").commit("Rename");
    repo.remove("partners").commit("Remove");
    let expected = [
        "Add: +partners/a.md",
        "Change: ~partners/a.md",
        "Rename: -partners/a.md +partners/b/a.md",
        "Remove: -partners/b/a.md",
    ];
    assert_eq!(revisions(&mainline(&repo)), expected);
}

#[test]
fn a_file_and_a_folder_may_swap_a_name() {
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/a.txt", "")]);
    repo.remove("partners/a.md").write("partners/a.md/b.md", "2").commit("Folder");
    repo.remove("partners/a.md").write("partners/a.md", "1").commit("File");
    let expected = [
        "Begin: +partners/a.md",
        "Folder: -partners/a.md +partners/a.md/b.md",
        "File: +partners/a.md -partners/a.md/b.md",
    ];
    assert_eq!(revisions(&mainline(&repo)), expected);
}

#[cfg(unix)]
#[test]
fn symlinks_and_submodules_count_as_absent() {
    use std::os::unix::fs::symlink;
    let library = Repo::with(&[("x.md", "")]);
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/b.md", "1")]);
    repo.remove("partners/a.md");
    symlink("b.md", repo.join("partners/a.md")).expect("a link");
    symlink("../elsewhere", repo.join("partners/c")).expect("a link");
    symlink("partners/b.md", repo.join("top.md")).expect("a link");
    repo.commit("Link");
    repo.git(["submodule", "--quiet", "add", &library.url(), "partners/sub.md"]);
    repo.commit("Submodule");
    assert_eq!(
        revisions(&mainline(&repo)),
        ["Begin: +partners/a.md +partners/b.md", "Link: -partners/a.md"]
    );
    let repository = open(&repo);
    let head = id(&repo.id("HEAD"));
    let snapshot = repository.snapshot(head, &Partners).expect("a snapshot");
    let path = RepoPath::new;
    let files = BTreeMap::from([(path("partners/b.md"), blob(&repo, "HEAD:partners/b.md"))]);
    let symlinks = vec![path("partners/a.md"), path("partners/c")];
    assert_eq!(snapshot, Snapshot { files, symlinks });
    assert_eq!(repository.entry(head, "partners/sub.md"), Ok(Some(Entry::Other)));
    assert_eq!(repository.entry(head, "partners/c"), Ok(Some(Entry::Other)));
}

#[test]
fn entries_are_found_by_path() {
    let repo = Repo::with(&[("partners/a/x.md", "1")]);
    let repository = open(&repo);
    let entry = |path: &str| repository.entry(id(&repo.id("HEAD")), path).expect("readable");
    assert_eq!(entry(""), Some(Entry::Folder));
    assert_eq!(entry("partners/a"), Some(Entry::Folder));
    assert_eq!(entry("partners/a/x.md"), Some(Entry::File(blob(&repo, "HEAD:partners/a/x.md"))));
    assert_eq!(entry("partners/a/x.md/y"), None);
    assert_eq!(entry("partners/b"), None);
    assert_eq!(entry("../x"), None);
}

#[test]
fn content_is_read_up_to_a_limit() {
    let repo = Repo::with(&[("partners/a.md", "12345")]);
    let repository = open(&repo);
    let id = blob(&repo, "HEAD:partners/a.md");
    let content = |limit| repository.content(id, limit).expect("readable");
    assert_eq!(content(5), Content::Bytes(b"12345".into()));
    assert_eq!(content(4), Content::TooLarge(5));
    let missing = repository.content(mdboard::model::BlobId([7; 20]), 5);
    assert_eq!(missing, Ok(Content::Missing));
}

#[test]
fn as_of_goes_by_the_committers_clock_along_the_mainline() {
    let repo = Repo::new();
    let first = repo.at("2026-01-01T00:00:00Z").commit("One");
    repo.branch("side");
    repo.at("2026-01-02T00:00:00Z").commit("Side");
    repo.checkout("main");
    let late = repo.at("2026-01-01T00:00:00Z").committed("2026-01-10T00:00:00Z").commit("Late");
    repo.at("2026-01-11T00:00:00Z").merge("side", "Merge");
    // A clock that was wrong: the first on the way back counts, not the newest by date.
    let early = repo.at("2026-01-03T00:00:00Z").commit("Early");
    let repository = open(&repo);
    let tip = id(&repo.id("HEAD"));
    let as_of = |at: i64| repository.as_of(tip, Timestamp(at)).expect("readable");
    let day = |day: i64| 1_767_225_600 + (day - 1) * 86_400;
    assert_eq!(as_of(day(20)), Some(id(&early)));
    assert_eq!(as_of(day(3)), Some(id(&early)));
    assert_eq!(as_of(day(3) - 1), Some(id(&first)));
    assert_eq!(as_of(day(1) - 1), None);
    assert_eq!(repository.as_of(id(&late), Timestamp(day(10))), Ok(Some(id(&late))));
}

#[test]
fn folders_that_the_filter_does_not_enter_are_not_read() {
    struct Shallow;
    impl Filter for Shallow {
        fn enters(&self, folder: &str) -> bool {
            folder == "partners"
        }
        fn takes(&self, file: &str) -> bool {
            file.ends_with(".md")
        }
    }
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/a/x.md", "1"), ("b.md", "1")]);
    // Of a folder that is not entered, not even the tree has to be there.
    let tree = repo.id("HEAD:partners/a");
    repo.remove(&format!(".git/objects/{}/{}", &tree[..2], &tree[2..]));
    let repository = open(&repo);
    let mainline = repository.mainline(id(&repo.id("HEAD")), &Shallow).expect("a mainline");
    assert_eq!(show(&mainline.revisions[0].changes), "+b.md +partners/a.md");
}

#[test]
fn names_that_are_not_utf_8_are_shown_with_replacements() {
    let repo = Repo::new();
    let stream = b"blob\nmark :1\ndata 1\n1\ncommit refs/heads/main\ncommitter A <a> 5 +0000\n\
                   data 1\nx\nM 100644 :1 \"partners/a\\377.md\"\n";
    repo.git_with(["fast-import", "--quiet"], stream);
    assert_eq!(revisions(&mainline(&repo)), ["x: +partners/a\u{fffd}.md"]);
}

#[test]
fn a_nest_of_repeated_trees_is_refused() {
    let repo = Repo::with(&[("x.md", "")]);
    let mut tree = repo
        .git_with(["mktree"], format!("100644 blob {}\ta.md\n", repo.id("HEAD:x.md")).as_bytes());
    for _ in 0..8 {
        let lines: String =
            (0..10).map(|name| format!("040000 tree {tree}\tpartners{name}\n")).collect();
        let lines = lines.replace("partners0", "partners");
        tree = repo.git_with(["mktree"], lines.as_bytes());
    }
    struct All;
    impl Filter for All {
        fn enters(&self, _: &str) -> bool {
            true
        }
        fn takes(&self, _: &str) -> bool {
            true
        }
    }
    let bomb = repo.now().git(["commit-tree", &tree, "-m", "Bomb"]);
    let error = open(&repo).snapshot(id(&bomb), &All).expect_err("too many");
    assert!(error.to_string().contains("more folders"));
}
