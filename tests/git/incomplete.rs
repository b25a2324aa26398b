//! Shallow and partial clones, and packs that are damaged.

use std::fs;
use std::path::PathBuf;

use mdboard::git::{Error, Repository};
use mdboard::model::history::{Content, Cut};

use crate::common::Repo;
use crate::{Partners, blob, id, mainline, open, parents, revision, revisions, side};

fn three_commits() -> Repo {
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/b.md", "b")]);
    repo.write("partners/a.md", "2").commit("Two");
    repo.write("partners/a.md", "3").commit("Three");
    repo
}

#[test]
fn a_shallow_clone_is_cut_at_its_boundary() {
    let clone = three_commits().clone_with(["--depth=2"]);
    let mainline = mainline(&clone);
    assert_eq!(
        revisions(&mainline),
        ["Two: +partners/a.md +partners/b.md", "Three: ~partners/a.md"]
    );
    assert!(!mainline.revisions[0].parent_known && mainline.revisions[1].parent_known);
    let Some(Cut::Shallow(oldest)) = mainline.cut else { panic!("it is cut") };
    assert_eq!(oldest.subject, "Two");
    assert_eq!(open(&clone).as_of(id(&clone.id("HEAD")), mdboard::dates::Timestamp(0)), Ok(None));
}

#[test]
fn a_side_that_hits_the_boundary_has_unknown_parents() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.branch("topic").write("partners/a.md", "2").commit("Old");
    repo.write("partners/a.md", "3").commit("New");
    repo.checkout("main");
    repo.commit("Main one");
    repo.commit("Main two");
    repo.merge("topic");
    let clone = repo.clone_with(["--depth=2"]);
    let mainline = mainline(&clone);
    let merge = mainline.revisions.last().expect("the merge");
    assert_eq!(revision(merge), "Merge branch 'topic': ~partners/a.md");
    assert_eq!(parents(&merge.merged), ["inside:"]);
    assert_eq!(side(merge), [("New".to_owned(), vec!["outside unknown:".to_owned()])]);
    assert!(merge.side[0].root_changes.is_empty());
}

/// Clones of older versions of git, and those made by a later `git fetch --filter`, have the
/// extension that libgit2 refuses; newer clones do without.
fn with_extension(clone: Repo) -> Repo {
    clone.git(["config", "extensions.partialClone", "origin"]);
    clone
}

#[test]
fn a_clone_without_blobs_has_its_whole_history() {
    let origin = three_commits();
    for clone in [
        origin.clone_with(["--filter=blob:none"]),
        with_extension(origin.clone_with(["--filter=blob:none"])),
    ] {
        let mainline = mainline(&clone);
        assert_eq!(revisions(&mainline).len(), 3);
        assert!(mainline.cut.is_none());
        let repository = open(&clone);
        let content = |blob| repository.content(blob, 100).expect("no error");
        assert_eq!(content(blob(&clone, "HEAD:partners/a.md")), Content::Bytes(b"3".into()));
        let first = mainline.revisions[0].changes[0].after.expect("a file");
        assert_eq!(content(first), Content::Missing);
        assert_eq!(repository.resolve("origin/main"), Ok(id(&clone.id("HEAD"))));
    }
}

#[test]
fn a_clone_without_trees_is_cut_where_they_end() {
    let origin = three_commits();
    for clone in [
        origin.clone_with(["--filter=tree:0"]),
        with_extension(origin.clone_with(["--filter=tree:0"])),
    ] {
        let mainline = mainline(&clone);
        assert_eq!(revisions(&mainline), ["Three: +partners/a.md +partners/b.md"]);
        assert!(!mainline.revisions[0].parent_known);
        let Some(Cut::MissingObjects(oldest)) = &mainline.cut else { panic!("it is cut") };
        assert_eq!(oldest.subject, "Three");

        // git itself would fetch the missing trees, so the id is asked for of the origin.
        let second = id(&origin.id("HEAD~1"));
        let error = open(&clone).snapshot(second, &Partners).expect_err("it is missing");
        assert!(matches!(error, Error::MissingObject { kind: "tree", .. }));
        assert!(error.help().contains("git fetch --refetch"));
        assert!(open(&clone).mainline(second, &Partners).is_err());
    }
}

#[test]
fn a_merge_above_missing_trees_brings_only_its_own() {
    let repo = three_commits();
    repo.branch("topic").write("partners/b.md", "2").commit("Topic");
    repo.checkout("main").commit("Main");
    repo.merge("topic");
    let clone = repo.clone_with(["--filter=tree:0"]);
    // The trees of the mainline's last versions and of the topic are there, and none older.
    clone.checkout("HEAD^2").checkout("main~1").checkout("main");
    let mainline = mainline(&clone);
    assert!(
        matches!(&mainline.cut, Some(Cut::MissingObjects(oldest)) if oldest.subject == "Three")
    );
    let merge = mainline.revisions.last().expect("the merge");
    // `Topic` begins at `Three`, whose tree is that of `Main`: nothing is unknown.
    assert_eq!(side(merge), [("Topic".to_owned(), vec!["outside: ~partners/b.md".to_owned()])]);
}

#[test]
fn the_stand_in_refuses_what_libgit2_would() {
    let clone = with_extension(three_commits().clone_with(["--filter=blob:none"]));
    let repository = open(&clone);
    assert_eq!(repository.directory(), clone.join(".git"));
    assert_eq!(repository.worktree(), clone.path());
    clone.git(["config", "extensions.refStorage", "files"]);
    let refused = mdboard::git::Repository::open(clone.path()).err();
    assert!(
        matches!(refused, Some(Error::UnsupportedExtension { name, .. }) if name == "refstorage")
    );
}

#[test]
fn a_linked_worktree_of_a_partial_clone() {
    let clone = with_extension(three_commits().clone_with(["--filter=blob:none"]));
    let linked = Repo::in_folder();
    let place = linked.join("tree");
    clone.git(["worktree", "add", "-q", "-b", "other", place.to_str().expect("UTF-8")]);
    let repository = crate::open_at(&place);
    assert_eq!(repository.branch().as_deref(), Some("other"));
    assert_eq!(repository.worktree(), place);
    let read = mdboard::workspace::read(&repository, &Partners, &["partners".into()], 100);
    assert_eq!(read.expect("a worktree").files.len(), 2);
}

/// The files of a repository's only pack.
fn pack(repo: &Repo) -> Vec<PathBuf> {
    let folder = fs::read_dir(repo.join(".git/objects/pack")).expect("a folder of packs");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let is_read = |path: &PathBuf| path.extension().is_some_and(|it| it == "pack" || it == "idx");
    files.filter(is_read).collect()
}

/// What becomes of reading everything: whether it went through.
fn reads(repo: &Repo) -> Result<bool, Error> {
    let repository = Repository::open(repo.path())?;
    let Some(tip) = repository.head()? else { return Ok(false) };
    let mainline = repository.mainline(tip, &Partners)?;
    for change in mainline.revisions.iter().flat_map(|revision| &revision.changes) {
        for blob in [change.before, change.after].into_iter().flatten() {
            repository.content(blob, 1 << 20)?;
        }
    }
    Ok(mainline.cut.is_none())
}

#[test]
fn a_pack_that_is_damaged_anywhere_is_an_error_or_an_end_of_history() {
    let repo = Repo::with(&[("partners/a.md", &"a line that is long enough\n".repeat(40))]);
    for line in ["one", "two", "three", "four"] {
        let old = fs::read_to_string(repo.join("partners/a.md")).expect("a file");
        repo.write("partners/a.md", old + line).commit(line);
    }
    repo.git(["repack", "-adfq"]);
    assert_eq!(reads(&repo), Ok(true));
    let files = pack(&repo);
    assert_eq!(files.len(), 2);
    let mut noticed = 0;
    for file in files {
        let sound = fs::read(&file).expect("a pack");
        // Never written in place: somebody may still have it mapped.
        let replace = |bytes: &[u8]| {
            fs::remove_file(&file).expect("the old one");
            fs::write(&file, bytes).expect("another");
        };
        // What stands at the end are sums, which nobody asks for who reads.
        let end = sound.len() - 40;
        for at in (0..end).step_by((sound.len() / 150).max(1)) {
            let mut bytes = sound.clone();
            bytes[at] ^= 1 << (at % 8);
            replace(&bytes);
            noticed += usize::from(reads(&repo) != Ok(true));
            replace(&sound[..at]);
            assert_ne!(reads(&repo), Ok(true), "cut at {at}: {}", file.display());
        }
        replace(&sound);
    }
    assert!(noticed > 50, "damage is noticed: {noticed}");
    assert_eq!(reads(&repo), Ok(true));
}
