//! What the pages say of boards that are not like others.

use std::fs;

use crate::common::Repo;
use crate::{run, told};

/// A file of the site of a board, as of 20 January 2026.
fn file(files: &[(&str, &str)], path: &str) -> String {
    let repo = Repo::with(files);
    let output = run(&repo, &["--out", "site"]);
    assert!(output.status.success(), "{}", told(&output));
    fs::read_to_string(repo.join("site").join(path)).expect("it is written")
}

#[test]
fn a_due_date_names_the_heading_that_gives_it() {
    let text = "---\nstart_date: 2026-01-01\n---\n# Plan (Day 1-60)\n\n- [ ] Above\n\n\
                ## Phase 1 (Day 1-10)\n\n### Legal\n\n- [ ] Sign\n";
    let page = file(&[("partners/a/plan.md", text)], "partners/a.html");
    let says = |heading: &str| {
        page.contains(&format!("The heading around it says so: “<bdi>{heading}</bdi>”"))
    };
    assert!(says("Phase 1 (Day 1-10)") && says("Plan (Day 1-60)"), "{page}");
    assert!(!says("Legal") && !says(""), "{page}");
}

#[test]
fn phases_of_one_name_are_one() {
    let text = |window: &str, boxes: &str| {
        format!("---\nstart_date: 2026-01-01\n---\n## Setup ({window})\n\n{boxes}")
    };
    let early = text("Day 1-10", "- [ ] Missed\n");
    let later = text("Day 11-40", "- [x] Done\n- [x] Done too\n");
    let page =
        file(&[("partners/a/a-later.md", &later), ("partners/a/b-early.md", &early)], "index.html");
    assert!(page.contains("late: </span>2/3"), "what is late is not hidden: {page}");
    assert_eq!(page.matches("<td class=\"pace").count(), 1, "{page}");
}

#[test]
fn what_is_ticked_is_done_whatever_day_it_states() {
    let text = "---\nstart_date: 2026-01-01\n---\n- [x] Sign ✅ 2027-01-01 due:2026-02-01\n";
    let page = file(&[("partners/a/plan.md", text)], "partners/a.html");
    assert!(page.contains("Today 1 of 1 items are done"), "{page}");
    assert!(!page.contains("<th scope=\"row\">Fri 1 Jan 2027</th>"), "{page}");
}

#[test]
fn a_board_where_nothing_is_overdue_says_so() {
    let files = [("partners/a/plan.md", "- [ ] Sign due:2026-03-01\n")];
    assert!(file(&files, "report.md").contains("## Overdue\n\nNothing is overdue.\n"));
}
