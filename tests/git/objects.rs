//! Where objects lie: in folders of other repositories, in packs and beside them.

use std::fs;
use std::path::{Path, PathBuf};

use mdboard::git::Error;

use crate::common::Repo;
use crate::{id, mainline, open, revisions};

fn three_commits() -> Repo {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.write("partners/a.md", "2").commit("Two");
    repo.write("partners/a.md", "3").commit("Three");
    repo
}

/// Everything that the three commits tell is read.
#[track_caller]
fn assert_read(repo: &Repo) {
    let mainline = mainline(repo);
    let expected = ["Begin: +partners/a.md", "Two: ~partners/a.md", "Three: ~partners/a.md"];
    assert_eq!(revisions(&mainline), expected);
    assert!(mainline.cut.is_none());
}

fn objects(repo: &Repo) -> PathBuf {
    repo.join(".git/objects")
}

/// Has a repository borrow the objects of some folders.
fn borrow(repo: &Repo, folders: &[&Path]) {
    let lines = folders.iter().map(|folder| format!("{}\n", folder.display()));
    repo.write(".git/objects/info/alternates", lines.collect::<String>());
}

/// A copy that borrows all its objects from a folder.
fn borrower(repo: &Repo, folder: &Path) -> Repo {
    let copy = Repo::new();
    copy.git(["fetch", "-q", repo.path().to_str().expect("UTF-8"), "main"]);
    copy.git(["reset", "-q", "--hard", "FETCH_HEAD"]);
    fs::remove_dir_all(objects(&copy)).expect("removed objects");
    borrow(&copy, &[folder]);
    copy
}

#[test]
fn borrowed_objects_are_read() {
    let repo = three_commits();
    assert_read(&borrower(&repo, &objects(&repo)));
}

#[test]
fn a_folder_that_a_borrowed_one_names_is_found_from_there() {
    let repo = three_commits();
    let middle = Repo::in_folder();
    fs::create_dir_all(middle.join("deep/info")).expect("a folder");
    fs::rename(objects(&repo), middle.join("deep/below")).expect("moved objects");
    fs::write(middle.join("deep/info/alternates"), "./below\n").expect("a list");
    fs::create_dir_all(objects(&repo)).expect("a folder");
    borrow(&repo, &[&middle.join("deep")]);
    assert_eq!(repo.git(["rev-list", "--count", "HEAD"]), "3");
    assert_read(&repo);
}

#[test]
fn folders_that_borrow_from_each_other_are_read() {
    let repo = three_commits();
    let copy = borrower(&repo, &objects(&repo));
    borrow(&repo, &[&objects(&copy), &objects(&repo)]);
    assert_eq!(repo.git(["rev-list", "--count", "HEAD"]), "3");
    assert_read(&repo);
    assert_read(&copy);
}

#[test]
fn what_is_no_folder_is_passed_over() {
    let repo = three_commits();
    let copy = borrower(&repo, &objects(&repo));
    borrow(&copy, &[&copy.join("nowhere"), &copy.join("partners/a.md"), &objects(&repo)]);
    assert_eq!(copy.git(["rev-list", "--count", "HEAD"]), "3");
    assert_read(&copy);
}

/// The packs, with what lies beside each.
fn packs(repo: &Repo) -> Vec<PathBuf> {
    let folder = fs::read_dir(objects(repo).join("pack")).expect("a folder of packs");
    let files = folder.map(|entry| entry.expect("an entry").path());
    files.filter(|path| path.extension().is_some()).collect()
}

#[cfg(unix)]
#[test]
fn packs_may_be_symbolic_links() {
    let repo = three_commits();
    repo.git(["repack", "-adq"]);
    let elsewhere = Repo::in_folder();
    for file in packs(&repo) {
        let moved = elsewhere.join(file.file_name().and_then(|it| it.to_str()).expect("a name"));
        fs::rename(&file, &moved).expect("a moved file");
        std::os::unix::fs::symlink(&moved, &file).expect("a link");
    }
    assert_read(&repo);
}

#[test]
fn an_index_of_packs_that_are_gone_hides_nothing() {
    let repo = three_commits();
    repo.git(["repack", "-adq"]);
    let first = packs(&repo);
    repo.write("b.md", "").commit("More");
    repo.git(["repack", "-dq"]);
    repo.git(["multi-pack-index", "write"]);
    let pack = first.iter().find(|path| path.extension().is_some_and(|it| it == "pack"));
    let bytes = fs::read(pack.expect("a pack")).expect("its bytes");
    first.iter().for_each(|file| fs::remove_file(file).expect("a removed file"));
    repo.git_with(["unpack-objects", "-q"], &bytes);
    assert_eq!(repo.git(["rev-list", "--count", "HEAD"]), "4");
    assert_read(&repo);
}

#[test]
fn of_two_copies_the_sound_one_is_read() {
    let repo = three_commits();
    repo.git(["repack", "-aq"]);
    let id = repo.id("HEAD~2");
    let loose = objects(&repo).join(&id[..2]).join(&id[2..]);
    fs::remove_file(&loose).expect("a removed object");
    fs::write(&loose, "garbage").expect("a damaged object");
    assert_eq!(repo.git(["rev-list", "--count", "HEAD"]), "3");
    assert_read(&repo);
}

#[test]
fn the_size_that_a_damaged_pack_says_is_not_believed() {
    let repo = three_commits();
    repo.git(["repack", "-adq"]);
    let files = packs(&repo);
    let of_kind = |kind: &str| {
        files.iter().find(|path| path.extension().is_some_and(|it| it == kind)).expect("a file")
    };
    let head = repo.id("HEAD");
    let listed = repo.git(["verify-pack", "-v", of_kind("idx").to_str().expect("UTF-8")]);
    let line = listed.lines().find(|line| line.starts_with(&head)).expect("the commit");
    let at = line.split_whitespace().nth(4).expect("its place");
    let at: usize = at.parse().expect("a number");
    let mut bytes = fs::read(of_kind("pack")).expect("a pack");
    // A commit of 3 GiB.
    bytes[at..at + 5].copy_from_slice(&[0x90, 0x80, 0x80, 0x80, 0x60]);
    fs::remove_file(of_kind("pack")).expect("the old one");
    fs::write(of_kind("pack"), bytes).expect("another");
    let error = open(&repo).commit(id(&head)).expect_err("it is damaged");
    let Error::Damaged { reason, .. } = error else { panic!("{error}") };
    assert!(reason.contains("too large"), "{reason}");
}
