//! What merges bring, and where it came from.

use crate::common::Repo;
use crate::{mainline, parents, revision, revisions, side};

/// A board with a file, and a branch `topic` that changes it and is checked out.
fn with_topic() -> Repo {
    let repo = Repo::with(&[("partners/a.md", "1"), ("partners/b.md", "1")]);
    repo.branch("topic").write("partners/a.md", "2").commit("Tick");
    repo
}

#[test]
fn a_merge_tells_the_commits_that_it_brought() {
    let repo = with_topic();
    repo.write("other.md", "").commit("Other");
    repo.write("partners/c.md", "1").commit("Add");
    repo.checkout("main").write("partners/b.md", "2").commit("Main");
    repo.merge("topic");
    let mainline = mainline(&repo);
    let merge = &mainline.revisions[2];
    assert_eq!(revision(merge), "Merge branch 'topic': ~partners/a.md +partners/c.md");
    assert_eq!(parents(&merge.merged), ["inside: ~partners/b.md"]);
    let expected = [
        ("Add", "inside: +partners/c.md"),
        ("Other", "inside:"),
        ("Tick", "outside: ~partners/a.md"),
    ];
    let expected = expected.map(|(subject, parent)| (subject.into(), vec![parent.into()]));
    assert_eq!(side(merge), expected);
    assert!(mainline.revisions[1].merged.is_empty() && mainline.revisions[1].side.is_empty());
}

#[test]
fn an_evil_merge_differs_from_all_its_parents() {
    let repo = with_topic();
    repo.checkout("main").write("partners/b.md", "2").commit("Main");
    repo.now().merge_with("topic", "Evil", |repo| {
        repo.write("partners/a.md", "evil").write("partners/new.md", "evil");
    });
    let mainline = mainline(&repo);
    let merge = mainline.revisions.last().expect("the merge");
    assert_eq!(revision(merge), "Evil: ~partners/a.md +partners/new.md");
    assert_eq!(parents(&merge.merged), ["inside: ~partners/a.md ~partners/b.md +partners/new.md"]);
    assert_eq!(side(merge).len(), 1);
}

#[test]
fn a_merge_that_changes_nothing_is_left_out() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.branch("topic").write("other.md", "2").commit("Other");
    repo.checkout("main").merge("topic");
    repo.branch("undone").write("partners/a.md", "2").commit("Change");
    repo.checkout("main")
        .now()
        .git(["merge", "-q", "--no-ff", "-s", "ours", "-m", "Ours", "undone"]);
    assert_eq!(revisions(&mainline(&repo)), ["Begin: +partners/a.md"]);
}

#[test]
fn an_octopus_has_several_merged_parents() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    for name in ["one", "two", "three"] {
        repo.checkout("main").branch(name).write(&format!("partners/{name}.md"), "1").commit(name);
    }
    repo.checkout("main").commit("Main");
    repo.now().merge("one two three", "Octopus");
    let mainline = mainline(&repo);
    let merge = mainline.revisions.last().expect("the merge");
    assert_eq!(revision(merge), "Octopus: +partners/one.md +partners/three.md +partners/two.md");
    let expected = [
        "inside: +partners/three.md +partners/two.md",
        "inside: +partners/one.md +partners/three.md",
        "inside: +partners/one.md +partners/two.md",
    ];
    assert_eq!(parents(&merge.merged), expected);
    let subjects: Vec<_> = side(merge).into_iter().map(|(subject, _)| subject).collect();
    assert_eq!(subjects, ["one", "two", "three"]);
}

#[test]
fn a_branch_that_took_in_the_mainline_has_a_parent_outside() {
    let repo = with_topic();
    repo.checkout("main").write("partners/b.md", "2").commit("Main");
    repo.checkout("topic").now().merge("main", "Catch up");
    repo.write("partners/a.md", "3").commit("Again");
    repo.checkout("main").commit("Ahead");
    repo.merge("topic");
    let mainline = mainline(&repo);
    let merge = mainline.revisions.last().expect("the merge");
    let expected = [
        ("Again", vec!["inside: ~partners/a.md"]),
        ("Catch up", vec!["inside: ~partners/b.md", "outside: ~partners/a.md"]),
        ("Tick", vec!["outside: ~partners/a.md"]),
    ];
    let expected = expected.map(|(subject, parents)| {
        (subject.to_owned(), parents.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(side(merge), expected);
}

#[test]
fn what_an_earlier_merge_brought_is_not_brought_again() {
    let repo = with_topic();
    repo.branch("sub").write("partners/b.md", "2").commit("Sub");
    repo.checkout("main").merge("topic");
    repo.commit("Between");
    repo.merge("sub");
    let mainline = mainline(&repo);
    let subjects = |at: usize| -> Vec<String> {
        side(&mainline.revisions[at]).into_iter().map(|(subject, _)| subject).collect()
    };
    assert_eq!(subjects(1), ["Tick"]);
    assert_eq!(side(&mainline.revisions[2])[0].1, ["outside: ~partners/b.md"]);
    assert_eq!(subjects(2), ["Sub"]);
}

#[test]
fn wrong_clocks_do_not_matter() {
    // The topic's commit claims to be older than the root; the earlier merge that brought it
    // claims so too. By dates, `Sub` would drag `Tick` along.
    let repo = Repo::new();
    repo.write("partners/a.md", "1").at("2026-03-01T00:00:00Z").commit("Begin");
    repo.branch("topic").write("partners/a.md", "2").at("2030-01-01T00:00:00Z").commit("Tick");
    repo.branch("sub").write("partners/b.md", "2").at("2026-03-05T00:00:00Z").commit("Sub");
    repo.checkout("main").at("1990-01-01T00:00:00Z").merge("topic", "First");
    for _ in 0..12 {
        repo.at("1995-01-01T00:00:00Z").commit("Between");
    }
    repo.at("2026-03-07T00:00:00Z").merge("sub", "Second");
    let mainline = mainline(&repo);
    assert_eq!(
        revisions(&mainline),
        ["Begin: +partners/a.md", "First: ~partners/a.md", "Second: +partners/b.md"]
    );
    let subjects: Vec<_> = side(&mainline.revisions[2]).into_iter().map(|side| side.0).collect();
    assert_eq!(subjects, ["Sub"]);
}

#[test]
fn a_merged_history_of_its_own_has_a_root() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.git(["checkout", "-q", "--orphan", "other"]);
    repo.git(["rm", "-rfq", "."]);
    repo.write("partners/b.md", "1").commit("Other root");
    repo.checkout("main").merge("other");
    let mainline = mainline(&repo);
    let merge = mainline.revisions.last().expect("the merge");
    assert!(merge.side[0].parents.is_empty());
    assert_eq!(crate::show(&merge.side[0].root_changes), "+partners/b.md");
}

#[test]
fn a_history_of_its_own_may_be_merged_again() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    repo.git(["checkout", "-q", "--orphan", "other"]);
    repo.git(["rm", "-rfq", "."]);
    repo.write("other.md", "1").commit("Other root");
    // This merge changes no checklist, so that it is not told; what it brought still is landed.
    repo.checkout("main").merge("other");
    repo.checkout("other").write("partners/b.md", "1").commit("Other");
    repo.checkout("main").commit("Between");
    repo.merge("other");
    let mainline = mainline(&repo);
    assert_eq!(revisions(&mainline).len(), 2);
    let merge = mainline.revisions.last().expect("the merge");
    assert_eq!(side(merge), [("Other".to_owned(), vec!["outside: +partners/b.md".to_owned()])]);
}

#[test]
fn mainlines_turned_around_are_told() {
    let repo = Repo::with(&[("x.md", "1")]);
    for (branch, subject) in [
        ("one", "Merge branch 'main' of https://example.com/board"),
        ("two", "Merge branch 'feature' of https://example.com/board"),
        ("three", "Merge remote-tracking branch 'origin/main' into main"),
        ("four", "Merge branch 'develop' of https://example.com/board"),
    ] {
        repo.checkout("main").branch(branch).commit(branch);
        repo.checkout("main").now().merge(branch, subject);
    }
    let turned = |mainline: mdboard::model::history::Mainline| -> Vec<String> {
        mainline.turned.iter().map(|commit| commit.subject.clone()).collect()
    };
    let three = "Merge remote-tracking branch 'origin/main' into main";
    let one = "Merge branch 'main' of https://example.com/board";
    assert_eq!(turned(mainline(&repo)), [three, one]);
    repo.git(["branch", "-m", "develop"]);
    let four = "Merge branch 'develop' of https://example.com/board";
    assert_eq!(turned(mainline(&repo)), [four, three, one]);
}
