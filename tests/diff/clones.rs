//! Clones that lack something.

use crate::common::Repo;
use crate::{PLAIN, asked, compared, diff, lines, only, stands};
use mdboard::load::diff::compare;

const PLAN: &str = "partners/acme/plan.md";

fn origin() -> Repo {
    let repo = Repo::new();
    repo.write(PLAN, "- [ ] Dig due:Day 3\n- [ ] Paint\n");
    repo.at("2026-01-05T10:00:00Z").commit("Begin");
    repo.write(PLAN, "- [ ] Dig due:Day 4\n- [ ] Paint\n");
    repo.at("2026-01-06T10:00:00Z").commit("A day later");
    repo.branch("work");
    repo.write(PLAN, "- [ ] Dig due:Day 40\n- [x] Paint\n");
    repo.at("2026-01-20T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Paint");
    repo
}

#[test]
fn a_whole_clone_knows_how_often_a_date_moved_before() {
    let repo = origin();
    let comparison = diff(&repo, "main", Some("work"));
    let partner = only(&comparison);
    assert_eq!(
        lines(partner),
        [
            "due_changed Dig: 2026-01-09 → 2026-02-14 (Bo Berg)",
            "checked Paint: open → done (Bo Berg)"
        ]
    );
    assert_eq!(partner.changes[0].moved_before, Some(1));
    assert_eq!(stands(partner), "0/2 overdue 1 → 1/2 on_track 0");
}

#[test]
fn a_shallow_clone_with_both_commits_says_what_it_does_not_know() {
    let origin = origin();
    let clone = origin.clone_with(["--depth=2", "--branch=work"]);
    let compared = compared(&asked(&clone, "HEAD~1", Some("HEAD")));
    let partner = only(&compared.comparison);
    // The start date is that of the first commit, which is not here; so there are no due dates.
    assert_eq!(lines(partner), ["checked Paint: open → done (Bo Berg)"]);
    assert_eq!(stands(partner), "0/2 ? ? → 1/2 ? ?");
    assert!(compared.comparison.incomplete.is_some());
    assert_eq!(compared.notices.len(), 1, "{:?}", compared.notices);
}

#[test]
fn where_the_two_have_parted_need_not_be_known() {
    let origin = origin();
    // A second commit, so that not even what the clone ends at names the base.
    origin.write("notes.txt", "Nothing of the board's\n").commit("Note");
    let clone = origin.clone_with(["--depth=1", "--branch=work"]);
    clone.git(["fetch", "-q", "--depth=1", "origin", "main:main"]);
    let compared = compared(&asked(&clone, "main", Some("HEAD")));
    assert_eq!(compared.comparison.merge_base, None);
    assert_eq!(only(&compared.comparison).changes.len(), 1);
    let told: Vec<&str> = compared.notices.iter().map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("have parted")), "{told:?}");
}

#[test]
fn a_clone_that_ends_at_a_merge_tells_where_it_has_parted() {
    let origin = origin();
    origin.checkout("main");
    origin.merge("work");
    let base = origin.id("main~1");
    let clone = origin.clone_with(["--depth=1", "--branch=main"]);
    clone.git(["fetch", "-q", "--depth=1", "origin", &base]);
    let compared = compared(&asked(&clone, &base, Some("HEAD")));
    assert_eq!(compared.comparison.merge_base.map(|id| id.to_string()), Some(base));
    let told: Vec<&str> = compared.notices.iter().map(|one| one.message.as_str()).collect();
    assert!(!told.iter().any(|told| told.contains("have parted")), "{told:?}");
}

#[test]
fn what_stands_in_the_files_needs_no_history() {
    let text = |day: &str, mark: &str| {
        format!("---\nstart_date: 2026-01-01\n---\n- [{mark}] Dig due:{day} id:dig\n- [!] Wait\n")
    };
    let origin = Repo::with(&[(PLAN, &text("2026-03-01", " "))]);
    origin.branch("work").write(PLAN, text("2026-03-01", "x")).commit("Dig");
    let clone = origin.clone_with(["--depth=2", "--branch=work"]);
    let whole = diff(&origin, "main", Some("work"));
    let cut = diff(&clone, "HEAD~1", Some("HEAD"));
    assert_eq!(cut.incomplete, None);
    assert_eq!(cut.partners, whole.partners);
    assert_eq!(stands(only(&cut)), "0/2 at_risk 0 → 1/2 unscheduled 0");
}

#[test]
fn a_clone_without_the_contents_of_the_base_compares_nothing() {
    let origin = origin();
    let template = "templates/plan.md";
    origin.write(template, "- [ ] Dig\n").commit("Template");
    origin.write(template, "- [ ] Dig\n- [ ] Paint\n").commit("It gains an item");
    let clone = origin.clone_with(["--filter=blob:none", "--branch=work"]);
    // The version that is checked out came with it, that of the base did not.
    let missing = |base: &str, head: Option<&str>, path: &str| {
        let error = compare(&asked(&clone, base, head), PLAIN).expect_err("nothing to compare");
        assert_eq!(error.to_string(), format!("the content of {path} is not in this clone"));
        assert!(error.help().is_some_and(|help| help.contains("git fetch")), "{error:?}");
    };
    missing("origin/main", None, PLAN);
    missing("origin/main", Some("HEAD"), PLAN);
    missing("HEAD~1", None, template);
    missing("HEAD~1", Some("HEAD"), template);
}
