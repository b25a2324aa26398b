//! What is told of a change.

use crate::common::Repo;
use crate::{asked, compared, diff, lines, only, stands};
use mdboard::load::diff::compare;
use mdboard::report::{Gate, Side};

const PLAN: &str = "partners/acme/plan.md";
const BEGIN: &str = "---\nstart_date: 2026-01-01\nowner: ann\n---\n## Legal (Day 1-7)\n\n\
                     - [x] Sign\n- [ ] Scan\n- [ ] File\n\n## Build (Day 8-60)\n\n- [ ] Dig\n- [ ] Paint\n";
const HEAD: &str = "---\nstart_date: 2026-01-01\nowner: ann\n---\n## Legal (Day 1-7)\n\n\
                    - [ ] Sign\n- [x] Scan\n\n## Build (Day 8-70)\n\n- [ ] Dig a deep hole (owner: @bo)\n\
                    - [ ] Paint\n- [x] Sweep\n";

fn repo() -> Repo {
    Repo::with(&[(PLAN, BEGIN), ("partners/zeta/plan.md", "- [ ] Wait\n")])
}

#[test]
fn a_branch_is_told_as_a_whole_with_its_authors() {
    let repo = repo();
    repo.branch("work");
    let scanned = BEGIN.replace("- [ ] Scan", "- [x] Scan");
    repo.write(PLAN, &scanned);
    repo.now().by("Bo Berg <bo@example.com>").commit("Scan");
    // Ticked and taken back: nothing to tell.
    repo.write(PLAN, scanned.replace("- [ ] Paint", "- [x] Paint"));
    repo.commit("Paint");
    repo.write(PLAN, HEAD);
    repo.commit("The rest");
    let comparison = diff(&repo, "main", Some("work"));
    let partner = only(&comparison);
    assert_eq!(
        lines(partner),
        [
            "removed File: open → - (Ann Lee, while open)",
            "unchecked Sign: done → open (Ann Lee)",
            "due_changed Dig a deep hole: 2026-03-02 → 2026-03-12 (Ann Lee)",
            "due_changed Paint: 2026-03-02 → 2026-03-12 (Ann Lee)",
            "checked Scan: open → done (Bo Berg)",
            "checked Sweep: - → done (Ann Lee)",
            "added Sweep: - → done (Ann Lee)",
            "reworded Dig a deep hole: “Dig” → “Dig a deep hole” (Ann Lee)",
            "owner_changed Dig a deep hole: ann → bo (Ann Lee)",
        ]
    );
    assert_eq!(stands(partner), "1/5 overdue 2 → 2/5 overdue 1");
    let late: Vec<&str> = partner.now_overdue.iter().map(|late| late.text.as_str()).collect();
    assert_eq!(late, ["Sign"], "its tick was taken back after it was due");
    assert_eq!(partner.changes[2].shift(), Some(10));
    assert_eq!(partner.changes[2].moved_before, Some(0));
    assert_eq!(partner.changes[1].line, Some(7));
    assert_eq!(comparison.merge_base, Some(comparison.base));
    assert_eq!(comparison.incomplete, None);
    let met = [Gate::RemovedOpen, Gate::Unticked, Gate::Overdue, Gate::DueMoved, Gate::Behind];
    assert_eq!(met.map(|gate| comparison.met(gate)), [1, 1, 1, 2, 0]);
}

#[test]
fn what_was_reworded_beyond_knowing_came_with_its_text() {
    let text = |item: &str, box_: &str| format!("- [ ] Wait\n- [{box_}] {item}\n- [ ] See\n");
    for box_ in [" ", "x"] {
        let repo = Repo::with(&[(PLAN, &text("Sign contract", box_))]);
        repo.branch("work");
        repo.write(PLAN, text("Sign contract, invite legal", box_));
        repo.by("Bo Berg <bo@example.com>").commit("Invite legal");
        repo.write(PLAN, text("Today invite legal", box_));
        repo.by("Cy Cole <cy@example.com>").commit("Today");
        repo.write(PLAN, text("Today invite everybody", box_));
        repo.by("Ed Eck <ed@example.com>").commit("Everybody");
        repo.write("notes.txt", "Nothing of the board's\n");
        repo.by("Di Dunn <di@example.com>").commit("Note");
        for head in [None, Some("work")] {
            let comparison = diff(&repo, "main", head);
            let told = lines(only(&comparison));
            let added = told.iter().find(|line| line.starts_with("added"));
            assert!(added.is_some_and(|line| line.ends_with("(Ed Eck)")), "{told:?}");
            assert!(!told.iter().any(|line| line.contains("Dunn") || line.contains("nobody")));
        }
    }
}

#[test]
fn what_a_merge_inside_the_branch_kept_is_that_merges() {
    let more = "partners/acme/more.md";
    let repo = Repo::with(&[(PLAN, "- [x] Sign\n- [ ] Scan\n"), (more, "- [ ] Paint\n")]);
    repo.branch("work").write("notes.txt", "Begun\n").commit("Begin");
    repo.checkout("main").write(PLAN, "- [ ] Sign\n").remove(more).commit("Take back and drop");
    repo.checkout("work");
    repo.by("Cy Cole <cy@example.com>").merge_with("main", "Keep all of it", |repo| {
        repo.write(PLAN, "- [x] Sign\n- [ ] Scan\n").write(more, "- [ ] Paint\n");
    });
    repo.write("notes.txt", "More\n");
    for head in [None, Some("work")] {
        let comparison = diff(&repo, "main", head);
        assert_eq!(
            lines(only(&comparison)),
            [
                "checked Sign: open → done (Cy Cole)",
                "checklist_added partners/acme/more.md: - → partners/acme/more.md (Cy Cole)",
                "added Paint: - → open (Cy Cole)",
                "added Scan: - → open (Cy Cole)",
            ]
        );
        repo.by("Di Dunn <di@example.com>").commit("Note");
    }
}

#[test]
fn prose_becomes_a_checklist_with_its_first_item() {
    let repo = Repo::with(&[(PLAN, "- [ ] Sign\n"), ("partners/acme/more.md", "To come.\n")]);
    repo.branch("work").write("partners/acme/more.md", "- [ ] Paint\n");
    repo.by("Bo Berg <bo@example.com>").commit("Paint");
    repo.write("notes.txt", "Nothing of the board's\n");
    repo.by("Di Dunn <di@example.com>").commit("Note");
    for head in [None, Some("work")] {
        assert_eq!(
            lines(only(&diff(&repo, "main", head))),
            [
                "checklist_added partners/acme/more.md: - → partners/acme/more.md (Bo Berg)",
                "added Paint: - → open (Bo Berg)",
            ]
        );
    }
}

#[test]
fn the_base_may_have_gone_on() {
    let repo = repo();
    repo.branch("work");
    repo.write(PLAN, BEGIN.replace("- [ ] Dig", "- [x] Dig")).commit("Dig");
    repo.checkout("main");
    repo.write("partners/zeta/plan.md", "- [x] Wait\n").commit("Wait");
    let comparison = diff(&repo, "main", Some("work"));
    assert_eq!(lines(only(&comparison)), ["checked Dig: open → done (Ann Lee)"]);
    assert_eq!(comparison.merge_base.map(|id| id.to_string()), Some(repo.id("main~1")));
    assert_eq!(comparison.base.to_string(), repo.id("main"));
    // Its own work, also after it has taken in the base's.
    repo.checkout("work");
    repo.git(["merge", "-q", "--no-edit", "main"]);
    let comparison = diff(&repo, "main", Some("work"));
    assert_eq!(lines(only(&comparison)), ["checked Dig: open → done (Ann Lee)"]);
}

#[test]
fn the_working_tree_is_the_head_if_none_is_named() {
    let repo = repo();
    repo.branch("work");
    repo.write(PLAN, BEGIN.replace("- [ ] Dig", "- [x] Dig")).commit("Dig");
    let edited = BEGIN.replace("- [ ] Dig", "- [x] Dig").replace("- [ ] Paint", "- [x] Paint");
    repo.write(PLAN, edited);
    repo.write("partners/new/plan.md", "- [ ] Begin\n");
    let comparison = diff(&repo, "main", None);
    let [acme, new] = comparison.partners.as_slice() else { panic!("{comparison:?}") };
    assert_eq!(
        lines(acme),
        ["checked Dig: open → done (Ann Lee)", "checked Paint: open → done (nobody)"]
    );
    assert_eq!(
        lines(new),
        [
            "checklist_added partners/new/plan.md: - → partners/new/plan.md (nobody)",
            "added Begin: - → open (nobody)"
        ]
    );
    assert!(new.before.is_none() && new.after.is_some());
    assert!(comparison.worktree);
    assert_eq!(lines(only(&diff(&repo, "main", Some("HEAD")))).len(), 1);
    // An edit that takes a commit's back is nothing.
    repo.write(PLAN, BEGIN).remove("partners/new");
    assert!(diff(&repo, "main", None).is_empty());
}

#[test]
fn a_folder_with_another_name_is_the_same_partner() {
    let repo = repo();
    repo.branch("work").rename("partners/acme", "partners/acme-corp").commit("Rename");
    let comparison = diff(&repo, "main", Some("work"));
    let partner = only(&comparison);
    assert_eq!(partner.renamed_from.as_ref().map(|id| id.0.as_str()), Some("acme"));
    assert_eq!(
        lines(partner),
        [format!(
            "checklist_renamed partners/acme-corp/plan.md: {PLAN} → partners/acme-corp/plan.md (Ann Lee)"
        )]
    );
    assert_eq!(stands(partner), "1/5 overdue 2 → 1/5 overdue 2");
}

#[test]
fn a_partner_that_goes_takes_its_open_work_along() {
    let repo = repo();
    repo.branch("work").remove("partners/acme").commit("Remove");
    let comparison = diff(&repo, "main", Some("work"));
    let partner = only(&comparison);
    assert!(partner.after.is_none());
    assert_eq!(comparison.met(Gate::RemovedOpen), 4);
    assert_eq!(comparison.met(Gate::ChecklistRemoved), 1);
    assert!(lines(partner)[0].contains("while open"));
}

#[test]
fn a_readme_speaks_for_the_checklists_beside_it() {
    let repo = Repo::with(&[
        ("partners/acme/README.md", "---\nstart_date: 2026-01-01\n---\n# Acme\n"),
        ("partners/acme/plan.md", "- [ ] Sign due:Day 50\n"),
        ("partners/README.md", "---\nstart_date: 2026-01-01\n---\n# All\n"),
        ("partners/solo.md", "- [ ] Sing due:Day 50\n"),
    ]);
    repo.branch("work");
    repo.write("partners/acme/README.md", "---\nstart_date: 2026-01-11\n---\n# Acme\n");
    repo.commit("Later");
    let comparison = diff(&repo, "main", Some("work"));
    assert_eq!(lines(only(&comparison)), ["due_changed Sign: 2026-02-20 → 2026-03-02 (Ann Lee)"]);
    repo.write("partners/README.md", "---\nstart_date: 2026-01-11\n---\n# All\n").commit("All");
    let comparison = diff(&repo, "HEAD~1", Some("work"));
    assert_eq!(only(&comparison).id.0, "solo");
    assert_eq!(lines(only(&comparison)), ["due_changed Sing: 2026-02-20 → 2026-03-02 (Ann Lee)"]);
}

#[test]
fn nothing_is_told_of_what_says_the_same() {
    let repo = repo();
    repo.branch("work");
    repo.write(PLAN, BEGIN.replace("\n\n", "\n\nSome prose.\n\n")).write("README.md", "Hello\n");
    repo.commit("Prose");
    assert!(diff(&repo, "main", Some("work")).is_empty());
    assert!(diff(&repo, "main", Some("main")).is_empty());
}

#[test]
fn a_gate_is_the_bases() {
    let repo = repo();
    repo.branch("work");
    repo.write("mdboard.toml", "partners = [\"nowhere/*\"]\n");
    repo.write(PLAN, BEGIN.replace("- [ ] File\n", "")).commit("Look away");
    let open = diff(&repo, "main", Some("work"));
    assert!(open.is_empty() && open.config_changed);
    assert_eq!(open.judged_by, Side::Head);
    let mut request = asked(&repo, "main", Some("work"));
    request.gated = true;
    let gated = compared(&request).comparison;
    assert_eq!(gated.judged_by, Side::Base);
    assert_eq!(gated.met(Gate::RemovedOpen), 1);
    // The same on disk.
    let mut request = asked(&repo, "main", None);
    request.gated = true;
    assert_eq!(compared(&request).comparison.met(Gate::RemovedOpen), 1);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let repo = repo();
    let failure = |base: &str, head| {
        let error = compare(&asked(&repo, base, head), crate::PLAIN).expect_err("no comparison");
        format!("{error}: {}", error.help().unwrap_or_default())
    };
    assert!(failure("nowhere", None).contains("nowhere"));
    repo.git(["checkout", "-q", "--orphan", "other"]);
    repo.commit("Another beginning");
    assert!(failure("main", Some("other")).contains("main"));
    repo.git(["checkout", "-q", "--orphan", "unborn"]);
    let told = failure("main", None);
    assert!(told.contains("no commits yet") && told.contains("mdboard diff BASE HEAD"), "{told}");
}

#[test]
fn where_there_is_no_board_nothing_is_compared() {
    let repo = Repo::with(&[("README.md", "Hello\n")]);
    let error = compare(&asked(&repo, "main", None), crate::PLAIN).expect_err("no board");
    assert!(error.to_string().starts_with("no board here"), "{error}");
    // Templates come before the first partner.
    repo.write("templates/plan.md", "- [ ] Sign\n");
    assert_eq!(diff(&repo, "main", None).templates.len(), 1);
}

#[test]
fn what_is_too_large_to_be_read_is_not_on_the_board_any_more() {
    let repo = repo();
    let text = "- [ ] Sign\n- [x] Scan\n";
    repo.write("partners/large/plan.md", text).commit("Another");
    repo.branch("work").write("partners/large/plan.md", format!("{text}{}\n", "x".repeat(1 << 20)));
    let check = |head: Option<&str>, who: &str| {
        let compared = compared(&asked(&repo, "main", head));
        let partner = only(&compared.comparison);
        let path = "partners/large/plan.md";
        assert_eq!(
            lines(partner),
            [
                format!("removed Sign: open → - ({who}, while open)"),
                format!("checklist_removed {path}: {path} → - ({who})"),
                format!("removed Scan: done → - ({who})"),
            ]
        );
        assert_eq!(compared.comparison.met(Gate::RemovedOpen), 1);
        let told: Vec<&str> = compared.diagnostics.iter().map(|one| one.code.rule).collect();
        assert_eq!(told, ["oversized-file"], "{:?}", compared.diagnostics);
    };
    check(None, "nobody");
    repo.by("Bo Berg <bo@example.com>").commit("Much of nothing");
    check(Some("work"), "Bo Berg");
}

#[test]
fn work_that_nobody_need_do_any_more_is_a_kind() {
    let text = "# Plan\n\n- [ ] Sign\n- [ ] Scan\n- [N/A] File\n";
    let repo = Repo::with(&[(PLAN, text)]);
    repo.branch("work");
    let change = text.replace("[ ] Sign", "[N/A] Sign").replace("- [ ] Scan", "- [ ] ~~Scan~~");
    repo.write(PLAN, change.replace("[N/A] File", "[ ] File")).commit("Give up");
    let comparison = diff(&repo, "main", Some("work"));
    assert_eq!(comparison.met(Gate::Waived), 2, "and what comes back is none");
    assert_eq!(comparison.met(Gate::RemovedOpen), 0);
}
