//! Which files are linted.

use super::*;

fn board() -> Repo {
    Repo::with(&[
        ("partners/acme/onboarding.md", TWICE),
        ("partners/globex.md", TWICE),
        ("templates/onboarding.md", TWICE),
        ("docs/guide.md", TWICE),
    ])
}

#[test]
fn templates_and_partners_are_linted_where_nothing_is_named() {
    let ran = lint(&board(), &["--select", "MB105"]);
    assert_eq!(
        found(&ran),
        [
            "partners/acme/onboarding.md:6 MB105",
            "partners/globex.md:6 MB105",
            "templates/onboarding.md:6 MB105"
        ]
    );
    assert_eq!(ran.code, Some(1));
}

#[test]
fn files_and_folders_can_be_named() {
    let repo = board();
    let named = |paths: &[&str]| found(&lint(&repo, &[&["--select", "MB105"], paths].concat()));
    assert_eq!(named(&["docs"]), ["docs/guide.md:6 MB105"]);
    assert_eq!(named(&["partners/globex.md"]), ["partners/globex.md:6 MB105"]);
    assert_eq!(named(&["./docs/../templates/"]), ["templates/onboarding.md:6 MB105"]);
    assert_eq!(named(&["."]).len(), 4);
    let absolute = repo.join("docs/guide.md");
    assert_eq!(named(&[absolute.to_str().expect("it is text")]).len(), 1);
    let below = mdboard(
        &repo,
        &["-C", "docs", "lint", "--select", "MB105", "--format", "concise", "guide.md"],
    );
    assert!(below.out.starts_with("docs/guide.md:6"), "{}", below.out);
}

#[test]
fn what_cannot_be_linted_is_told() {
    let repo = board();
    repo.write("notes.txt", "- [ ] a\n");
    for (path, told) in [
        ("nothing.md", "there is no file or folder `nothing.md`"),
        ("../elsewhere.md", "is not in the repository"),
        ("notes.txt", "is no markdown file"),
    ] {
        let ran = lint(&repo, &[path]);
        assert_eq!(ran.code, Some(2), "{path}");
        assert!(ran.err.contains(told) && ran.err.contains("help: "), "{path}: {}", ran.err);
        assert_eq!(ran.out, "");
    }
    let ran = lint(&Repo::with(&[("README.md", "# Nothing\n")]), &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("no board here") && ran.err.contains("templates/**"), "{}", ran.err);
}

#[test]
fn standard_input_stands_for_a_file() {
    let repo = board();
    let arguments = ["lint", "--format", "concise", "-", "--stdin-filename", "partners/new.md"];
    let ran = mdboard_with(&repo, &arguments, TWICE);
    assert!(ran.out.contains("partners/new.md:6:7: MB105[duplicate-item] "), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.starts_with("partners/new.md:")), "{}", ran.out);
    assert_eq!(ran.code, Some(1));
    for arguments in
        [&["-"][..], &["--stdin-filename", "a.md"], &["-", "docs", "--stdin-filename", "a.md"]]
    {
        let ran = lint(&repo, arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains("help: "), "{}", ran.err);
    }
}

#[test]
fn only_what_a_branch_changes_is_linted_on_request() {
    let repo = board();
    repo.git(["checkout", "-q", "-b", "work"]);
    repo.write("partners/initech/plan.md", TWICE).commit("Add a partner");
    repo.git(["checkout", "-q", "main"]);
    repo.write("templates/onboarding.md", "# New\n\n- [ ] a\n").commit("Change elsewhere");
    repo.git(["checkout", "-q", "work"]);
    repo.write("partners/globex.md", format!("{TWICE}- [ ] Pay\n"));
    let ran = lint(&repo, &["--select", "MB105", "--since", "main"]);
    assert_eq!(found(&ran), ["partners/globex.md:6 MB105", "partners/initech/plan.md:6 MB105"]);
    let ran = lint(&repo, &["--select", "MB105", "--since", "main", "partners/initech"]);
    assert_eq!(found(&ran), ["partners/initech/plan.md:6 MB105"]);
    let ran = lint(&repo, &["--since", "nowhere"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn a_shallow_clone_lints_what_differs() {
    let repo = board();
    repo.branch("work");
    repo.write("partners/initech/plan.md", TWICE).commit("Add a partner");
    repo.write("notes.txt", "Nothing of the board's\n").commit("Note");
    let clone = repo.clone_with(["--depth=1", "--branch=work"]);
    clone.git(["fetch", "-q", "--depth=1", "origin", "main:main"]);
    let ran = lint(&clone, &["--select", "MB105", "--since", "main"]);
    assert_eq!(found(&ran), ["partners/initech/plan.md:6 MB105"]);
    assert!(ran.err.contains("shallow clone does not tell where main and"), "{}", ran.err);
    // Where nothing is hidden, nothing in common is a mistake.
    repo.git(["checkout", "-q", "--orphan", "other"]);
    repo.commit("Begin anew");
    let ran = lint(&repo, &["--since", "main"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn a_revision_is_read_from_its_objects() {
    let repo = board();
    repo.write("partners/globex.md", "# Fine\n\n- [ ] a\n").commit("Mend");
    repo.remove("templates/onboarding.md");
    let now = lint(&repo, &["--select", "MB105"]);
    assert_eq!(found(&now), ["partners/acme/onboarding.md:6 MB105"]);
    let before = lint(&repo, &["--select", "MB105", "--rev", "HEAD~1"]);
    assert_eq!(found(&before).len(), 3);
    let ran = lint(&repo, &["--fix", "--rev", "HEAD"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--diff"), "{}", ran.err);
}

#[test]
fn an_unborn_branch_is_linted() {
    let repo = Repo::new();
    repo.write("templates/a.md", TWICE);
    assert_eq!(found(&lint(&repo, &["--select", "MB105"])), ["templates/a.md:6 MB105"]);
}

#[test]
fn what_stands_elsewhere_is_judged_by_what_is_in_it() {
    let repo = board();
    let of = |text: &str| {
        repo.write("docs/list.md", text);
        found(&lint(&repo, &["--select", "MB107,MB306", "docs/list.md"]))
    };
    // Begun, so no template: a tick is fine, and days have to count from something.
    assert_eq!(of("# A\n\n## B (Day 1-7)\n\n- [x] a\n- [ ] b\n"), ["docs/list.md:3 MB306"]);
    assert_eq!(of("# A\n\n## B (Day 1-7)\n\n- [ ] a\n- [ ] b\n"), [""; 0]);
    assert_eq!(of("# A\n\nNo list.\n"), [""; 0]);
}
