//! The working tree next to the index and the commit checked out.

use std::fs;
use std::time::{Duration, SystemTime};

use mdboard::git::{Error, Filter};
use mdboard::model::RepoPath;
use mdboard::workspace::{Worktree, WorktreeFile, read, read_file};

use crate::common::Repo;
use crate::{Partners, blob, open};

const LIMIT: u64 = 100;

fn worktree(repo: &Repo) -> Worktree {
    read(&open(repo), &Partners, &["partners".into()], LIMIT).expect("a worktree")
}

fn file(repo: &Repo, path: &str) -> Option<WorktreeFile> {
    worktree(repo).files.remove(&RepoPath::new(path))
}

fn bytes(text: &str) -> Option<WorktreeFile> {
    Some(WorktreeFile::Bytes(text.into()))
}

fn names(paths: &[RepoPath]) -> Vec<&str> {
    paths.iter().map(RepoPath::as_str).collect()
}

/// Sets when a file claims to have been written.
fn touch(repo: &Repo, path: &str, seconds_ago: u64) {
    let file = fs::File::options().write(true).open(repo.join(path)).expect("a file");
    let written = file.metadata().expect("metadata").modified().expect("a time");
    file.set_modified(written - Duration::from_secs(seconds_ago)).expect("a new time");
}

#[test]
fn unchanged_changed_and_new_files() {
    let repo =
        Repo::with(&[("partners/a.md", "1"), ("partners/b.md", "1"), ("partners/c.md", "1")]);
    repo.write("partners/b.md", "22").write("partners/new/d.md", "3").remove("partners/c.md");
    repo.write("partners/e.txt", "").write("other.md", "");
    let worktree = worktree(&repo);
    let files: Vec<_> =
        worktree.files.iter().map(|(path, file)| (path.as_str(), file.clone())).collect();
    let expected = [
        ("partners/a.md", WorktreeFile::Blob(blob(&repo, "HEAD:partners/a.md"))),
        ("partners/b.md", WorktreeFile::Bytes(b"22".into())),
        ("partners/new/d.md", WorktreeFile::Bytes(b"3".into())),
    ];
    assert_eq!(files, expected);
    assert_eq!((worktree.ignored, worktree.problems), (vec![], vec![]));
}

#[test]
fn staged_content_is_known_and_more_edits_are_not() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.write("partners/new.md", "2").write("partners/a.md", "staged").git(["add", "-A"]);
    let staged = blob(&repo, ":partners/new.md");
    assert_eq!(file(&repo, "partners/new.md"), Some(WorktreeFile::Blob(staged)));
    // Back to what the commit has, although the index has something else.
    repo.write("partners/a.md", "1");
    let committed = blob(&repo, "HEAD:partners/a.md");
    assert_eq!(file(&repo, "partners/a.md"), Some(WorktreeFile::Blob(committed)));
    repo.write("partners/new.md", "edited");
    assert_eq!(file(&repo, "partners/new.md"), bytes("edited"));
}

#[test]
fn an_unborn_head_and_a_missing_index_are_no_obstacle() {
    let repo = Repo::new();
    repo.write("partners/a.md", "1");
    assert_eq!(file(&repo, "partners/a.md"), bytes("1"));
    repo.git(["add", "-A"]);
    let staged = blob(&repo, ":partners/a.md");
    assert_eq!(file(&repo, "partners/a.md"), Some(WorktreeFile::Blob(staged)));
    repo.commit("One");
    fs::remove_file(repo.join(".git/index")).expect("removed");
    assert_eq!(file(&repo, "partners/a.md"), Some(WorktreeFile::Blob(staged)));
    assert!(worktree(&Repo::new()).files.is_empty(), "no folder at all");
}

#[test]
fn an_announced_file_is_read() {
    let repo = Repo::with(&[("x.md", "")]);
    repo.write("partners/a.md", "1").git(["add", "-N", "partners/a.md"]);
    assert_eq!(file(&repo, "partners/a.md"), bytes("1"));
}

#[test]
fn a_conflicted_file_is_read() {
    let repo = Repo::with(&[("partners/a.md", "1\n")]);
    repo.branch("topic").write("partners/a.md", "2\n").commit("Two");
    repo.checkout("main").write("partners/a.md", "3\n").commit("Three");
    repo.git(["merge-file", "-q", "--theirs", "partners/a.md", "partners/a.md", "partners/a.md"]);
    let stages = format!(
        "100644 {} 1\tpartners/a.md\n100644 {} 2\tpartners/a.md\n",
        repo.id("main:partners/a.md"),
        repo.id("topic:partners/a.md")
    );
    repo.git(["update-index", "--force-remove", "partners/a.md"]);
    repo.git_with(["update-index", "--index-info"], stages.as_bytes());
    repo.write("partners/a.md", "<<<<<<<\n");
    assert_eq!(file(&repo, "partners/a.md"), bytes("<<<<<<<\n"));
}

#[test]
fn looks_are_trusted_only_when_they_can_be() {
    let repo = Repo::with(&[("partners/a.md", "aaaa")]);
    // Of the same size, in the same instant as the index: git calls it racy.
    repo.write("partners/a.md", "bbbb");
    assert_eq!(file(&repo, "partners/a.md"), bytes("bbbb"));
    let now = fs::metadata(repo.join(".git/index")).expect("an index").modified().expect("a time");
    let file_time = |repo: &Repo, time: SystemTime| {
        let file =
            fs::File::options().write(true).open(repo.join("partners/a.md")).expect("a file");
        file.set_modified(time).expect("a new time");
    };
    file_time(&repo, now);
    assert_eq!(file(&repo, "partners/a.md"), bytes("bbbb"));

    // An old file that the index vouches for is not opened: its content need not be readable.
    repo.write("partners/a.md", "aaaa");
    touch(&repo, "partners/a.md", 100);
    repo.git(["update-index", "--refresh"]);
    let known = blob(&repo, "HEAD:partners/a.md");
    assert_eq!(file(&repo, "partners/a.md"), Some(WorktreeFile::Blob(known)));
    // Another content with the same size and the time set back is found by the time of the change.
    let written =
        fs::metadata(repo.join("partners/a.md")).expect("a file").modified().expect("a time");
    std::thread::sleep(Duration::from_millis(20));
    repo.write("partners/a.md", "cccc");
    file_time(&repo, written);
    if cfg!(unix) {
        assert_eq!(file(&repo, "partners/a.md"), bytes("cccc"));
    }
}

#[test]
fn ignored_files_are_listed_and_not_read() {
    let repo = Repo::with(&[("partners/a/kept.md", "1"), ("partners/tracked/in.md", "1")]);
    let rules =
        "partners/hidden/\n/partners/a/draft*.md\ntracked/\n!partners/tracked/un.md\nkept.md\n";
    repo.write(".gitignore", rules);
    repo.write("partners/hidden/x.md", "").write("partners/hidden/deep/y.md", "");
    repo.write("partners/a/draft1.md", "").write("partners/a/other.md", "");
    repo.write("partners/tracked/out.md", "").write("partners/tracked/un.md", "");
    repo.write("partners/a/draft.txt", "");
    repo.write(".git/info/exclude", "partners/mine.md\n").write("partners/mine.md", "");
    let worktree = worktree(&repo);
    let files: Vec<_> = worktree.files.keys().map(RepoPath::as_str).collect();
    assert_eq!(files, ["partners/a/kept.md", "partners/a/other.md", "partners/tracked/in.md"]);
    let expected = [
        "partners/a/draft1.md",
        "partners/hidden",
        "partners/mine.md",
        "partners/tracked/out.md",
        "partners/tracked/un.md",
    ];
    assert_eq!(names(&worktree.ignored), expected);
    let untracked = repo.git(["ls-files", "--others", "--exclude-standard", "partners/"]);
    assert_eq!(untracked, "partners/a/draft.txt\npartners/a/other.md");
}

#[test]
fn a_board_that_is_ignored_as_a_whole_is_told() {
    let repo = Repo::with(&[(".gitignore", "/partners\n")]);
    repo.write("partners/a.md", "");
    let worktree = worktree(&repo);
    assert!(worktree.files.is_empty());
    assert_eq!(names(&worktree.ignored), ["partners"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let repo = Repo::with(&[("partners/a.md", "1"), ("secret.md", "s"), ("real/x.md", "x")]);
    symlink("../secret.md", repo.join("partners/link.md")).expect("a link");
    symlink("../real", repo.join("partners/folder")).expect("a link");
    symlink("real", repo.join("linked")).expect("a link");
    let worktree = worktree(&repo);
    assert_eq!(worktree.files.len(), 1);
    assert_eq!(names(&worktree.symlinks), ["partners/folder", "partners/link.md"]);

    let repository = open(&repo);
    let read = |path: &str| read_file(&repository, path, LIMIT).expect("no error");
    assert_eq!(read("real/x.md"), Some(b"x".into()));
    for path in ["linked/x.md", "partners/link.md", "../x", ".git/config", "nope", "real", "a\0b"] {
        assert_eq!(read(path), None, "{path}");
    }
    assert!(matches!(read_file(&repository, "secret.md", 0), Err(Error::TooLarge { size: 1, .. })));

    struct Everything;
    impl Filter for Everything {
        fn enters(&self, _: &str) -> bool {
            true
        }
        fn takes(&self, file: &str) -> bool {
            file.ends_with(".md")
        }
    }
    let prefixes = ["linked".to_owned(), "linked/deep".to_owned(), "nowhere/x".to_owned()];
    let worktree = mdboard::workspace::read(&repository, &Everything, &prefixes, LIMIT);
    let worktree = worktree.expect("a worktree");
    assert!(worktree.files.is_empty());
    assert_eq!(names(&worktree.symlinks), ["linked"]);
    let all = mdboard::workspace::read(&repository, &Everything, &[String::new()], LIMIT);
    let all = all.expect("a worktree");
    let files: Vec<_> = all.files.keys().map(RepoPath::as_str).collect();
    assert_eq!(files, ["partners/a.md", "real/x.md", "secret.md"]);
}

#[test]
fn nested_repositories_are_left_alone() {
    let library = Repo::with(&[("x.md", "")]);
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.git(["submodule", "--quiet", "add", &library.url(), "partners/sub"]);
    assert_eq!(crate::open_at(&repo.join("partners/sub")).worktree(), repo.join("partners/sub"));
    repo.git(["init", "-q", "partners/nested"]);
    repo.write("partners/nested/y.md", "");
    let worktree = worktree(&repo);
    let files: Vec<_> = worktree.files.keys().map(RepoPath::as_str).collect();
    assert_eq!(files, ["partners/a.md"]);
}

#[test]
fn a_sparse_checkout_keeps_what_is_not_on_disk() {
    let repo = Repo::with(&[("partners/a/x.md", "1"), ("partners/b/y.md", "1")]);
    let known = blob(&repo, "HEAD:partners/b/y.md");
    repo.git(["sparse-checkout", "set", "--no-cone", "/partners/a/"]);
    assert!(!repo.join("partners/b").exists());
    assert_eq!(file(&repo, "partners/b/y.md"), Some(WorktreeFile::Blob(known)));
    // One that is on disk all the same counts as it is there.
    repo.write("partners/b/y.md", "2");
    assert_eq!(file(&repo, "partners/b/y.md"), bytes("2"));
}

#[test]
fn unreadable_kinds_of_index_say_how_to_write_a_readable_one() {
    let repo = Repo::with(&[("partners/a/x.md", "1"), ("b/y.md", "1"), ("c/z.md", "1")]);
    let help = |repo: &Repo| {
        let read = read(&open(repo), &Partners, &["partners".into()], LIMIT);
        read.expect_err("it is unreadable").help()
    };
    repo.git(["sparse-checkout", "set", "--cone", "--sparse-index", "partners"]);
    assert!(help(&repo).contains("--no-sparse-index"));
    repo.git(["sparse-checkout", "reapply", "--no-sparse-index"]);
    assert_eq!(worktree(&repo).files.len(), 1);

    let repo = Repo::with(&[("partners/a/x.md", "1")]);
    repo.git(["update-index", "--split-index"]);
    assert!(help(&repo).contains("--no-split-index"));
    repo.git(["update-index", "--no-split-index"]);
    assert_eq!(worktree(&repo).files.len(), 1);
}

#[test]
fn all_versions_of_the_index_are_read() {
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/ab.md", "1")]);
    for version in ["2", "3", "4"] {
        repo.git(["update-index", "--index-version", version]);
        assert_eq!(worktree(&repo).files.len(), 2);
    }
    repo.git(["-c", "index.skipHash=true", "update-index", "--force-write-index"]);
    assert_eq!(worktree(&repo).files.len(), 2);
}

#[test]
fn line_endings_make_no_difference() {
    let repo = Repo::with(&[("partners/a.md", "one\ntwo\n")]);
    repo.git(["config", "core.autocrlf", "true"]);
    let known = WorktreeFile::Blob(blob(&repo, "HEAD:partners/a.md"));
    repo.write("partners/a.md", "one\r\ntwo\r\n");
    assert_eq!(file(&repo, "partners/a.md"), Some(known.clone()));
    repo.write("partners/a.md", "one\r\ntwo\n");
    assert_eq!(file(&repo, "partners/a.md"), Some(known));
    repo.write("partners/a.md", "one\r\n");
    assert_eq!(file(&repo, "partners/a.md"), bytes("one\r\n"));
}

#[test]
fn large_files_are_told_by_their_size() {
    let repo = Repo::new();
    repo.write("partners/a.md", "x".repeat(101)).write("partners/b.md", "x".repeat(100));
    assert_eq!(file(&repo, "partners/a.md"), Some(WorktreeFile::TooLarge(101)));
    assert_eq!(file(&repo, "partners/b.md"), bytes(&"x".repeat(100)));
}

#[cfg(unix)]
#[test]
fn what_is_neither_file_nor_folder_is_left_out() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let _socket =
        std::os::unix::net::UnixListener::bind(repo.join("partners/s.md")).expect("a socket");
    let worktree = worktree(&repo);
    assert_eq!((worktree.files.len(), worktree.problems), (1, vec![]));
    assert_eq!(read_file(&open(&repo), "partners/s.md", LIMIT), Ok(None));
}

/// Says nothing where everything may be read, as root may.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_a_problem_and_no_error() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/b/c.md", "1")]);
    repo.write("partners/a.md", "22");
    for path in ["partners/a.md", "partners/b"] {
        fs::set_permissions(repo.join(path), fs::Permissions::from_mode(0o000)).expect("set");
    }
    if fs::read(repo.join("partners/a.md")).is_err() {
        let problems = worktree(&repo).problems;
        let paths: Vec<_> = problems.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["partners/a.md", "partners/b"]);
    }
    fs::set_permissions(repo.join("partners/b"), fs::Permissions::from_mode(0o755)).expect("set");
}
