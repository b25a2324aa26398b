//! How partners and items are judged: one small checklist per rule.

use crate::common::Repo;
use crate::{day, item, load, request};
use mdboard::board::Board;
use mdboard::load::Request;

/// A board of one checklist, committed on 1 January 2026, judged on a day.
fn judged(text: &str, config: &str, today: &str) -> Board {
    let repo = Repo::with(&[("partners/acme/list.md", text), ("mdboard.toml", config)]);
    load(&Request { today: Some(day(today)), ..request(repo.path()) }).board
}

fn health(text: &str, config: &str, today: &str) -> (&'static str, String) {
    let board = judged(text, config, today);
    let partner = &board.partners[0];
    (partner.health.name(), partner.health_reason.clone())
}

#[test]
fn every_health_has_its_reason() {
    let cases = [
        ("- [x] Dig\n- [N/A] Fill\n", "2026-01-02", "complete", "all 1 item done, 1 waived"),
        ("- [ ] ~~Dig~~\n- [ ] (N/A) Fill\n", "2026-01-02", "cancelled", "all 2 items waived"),
        (
            "---\nstatus: on_hold\n---\n- [ ] Dig\n",
            "2026-01-02",
            "on_hold",
            "marked on hold in partners/acme/list.md, with 1 item open",
        ),
        (
            "---\nstatus: planned\n---\n- [ ] Dig\n",
            "2026-01-02",
            "planned",
            "marked planned in partners/acme/list.md, with 1 item open",
        ),
        (
            "- [ ] Dig due:2026-01-10\n- [!] Fill due:2026-01-20\n",
            "2026-01-15",
            "overdue",
            "1 item overdue, by 5 days: “Dig” (due 2026-01-10)",
        ),
        (
            "- [ ] Dig due:2026-01-10\n- [!] Fill due:2026-01-11\n",
            "2026-01-15",
            "overdue",
            "2 items overdue, the oldest by 5 days: “Dig” (due 2026-01-10)",
        ),
        (
            "- [ ] Dig (optional) due:2026-01-10\n- [x] Fill\n",
            "2026-01-12",
            "at_risk",
            "1 of 1 item due by 2026-01-19 not done (100 %, more than 25 %), first “Dig”",
        ),
        (
            "- [ ] Dig\n- [ ] Fill\n",
            "2026-01-02",
            "unscheduled",
            "none of the 2 open items has a due date; the first is “Dig”",
        ),
        (
            "- [ ] Dig (blocked: rain) due:2026-05-10\n",
            "2026-01-02",
            "at_risk",
            "1 item blocked: “Dig (blocked: rain)”",
        ),
        (
            "- [ ] Dig due:2026-05-10\n",
            "2026-01-14",
            "on_track",
            "0 of 1 item done; next due 2026-05-10: “Dig”",
        ),
        (
            "- [ ] Dig due:2026-05-10\n",
            "2026-01-15",
            "at_risk",
            "nothing moved for 14 days, since 2026-01-01, with “Dig” to be done",
        ),
        (
            "## Later (2026-04-01 – 2026-05-10)\n- [ ] Dig\n",
            "2026-01-15",
            "on_track",
            "0 of 1 item done; next due 2026-05-10: “Dig”",
        ),
        (
            "- [x] A due:2026-01-05\n- [x] B due:2026-01-05\n- [x] C due:2026-01-05\n- [ ] D due:2026-01-06\n",
            "2026-01-02",
            "on_track",
            "3 of 4 items done; next due 2026-01-06: “D”",
        ),
        (
            "- [x] A due:2026-01-05\n- [x] B due:2026-01-05\n- [ ] D due:2026-01-06\n",
            "2026-01-02",
            "at_risk",
            "1 of 3 items due by 2026-01-09 not done (33 %, more than 25 %), first “D”",
        ),
    ];
    for (text, today, wanted, reason) in cases {
        assert_eq!(health(text, "", today), (wanted, reason.to_owned()), "{text}");
    }
}

#[test]
fn every_threshold_is_a_key() {
    let text = "- [x] A due:2026-01-05\n- [x] B due:2026-01-05\n- [ ] D due:2026-01-06\n";
    assert_eq!(health(text, "at_risk_gap = 50\n", "2026-01-02").0, "on_track");
    assert_eq!(health(text, "due_soon_days = 2\n", "2026-01-02").0, "on_track");
    let text = "- [ ] Dig due:2026-05-10\n";
    assert_eq!(health(text, "stall_days = 30\n", "2026-01-20").0, "on_track");
    assert_eq!(health(text, "stall_days = 3\n", "2026-01-05").0, "at_risk");
}

#[test]
fn statuses_follow_the_day() {
    let text = "\
---
start_date: 2026-01-05
---
## Set up (Day 1-20)
- [ ] Dig
## Later (Day 40-60)
- [ ] Fill
- [x] Survey
- [N/A] Fence
## Someday
- [ ] Paint
";
    let status = |today: &str, text_of: &str| {
        let board = judged(text, "", today);
        item(&board, text_of).status.name()
    };
    assert_eq!(status("2026-01-10", "Dig"), "active");
    assert_eq!(status("2026-01-04", "Dig"), "upcoming");
    assert_eq!(status("2026-01-18", "Dig"), "due_soon");
    assert_eq!(status("2026-01-25", "Dig"), "due_soon");
    assert_eq!(status("2026-01-26", "Dig"), "overdue");
    assert_eq!(status("2026-01-26", "Fill"), "upcoming");
    assert_eq!(status("2026-01-26", "Survey"), "done");
    assert_eq!(status("2026-01-26", "Fence"), "waived");
    assert_eq!(status("2026-01-26", "Paint"), "unscheduled");
}

#[test]
fn parents_follow_their_leaves_and_pass_on_what_is_waived() {
    let text = "\
- [x] Big
  - [x] One
  - [ ] Two due:2026-01-03
- [N/A] Gone
  - [ ] Three due:2026-01-03
  - [x] Four
- [ ] Ready
  - [x] Five
  - [N/A] Six
";
    let board = judged(text, "", "2026-01-10");
    let status = |text: &str| item(&board, text).status.name();
    assert_eq!(
        ["Big", "Two", "Three", "Four"].map(status),
        ["overdue", "overdue", "waived", "done"]
    );
    assert_eq!(["Ready", "Five", "Six"].map(status), ["done", "done", "waived"]);
    let progress = board.partners[0].progress;
    assert_eq!((progress.done, progress.open, progress.waived), (3, 1, 2));
    assert_eq!(progress.percent(), Some(75));
    assert_eq!(board.partners[0].overdue, 1);
    let every_box = judged(text, "[progress]\ncount = \"all\"\n", "2026-01-10");
    assert_eq!(every_box.partners[0].progress.total(), 9);
}

#[test]
fn what_the_states_of_a_board_mean_is_its_own() {
    let text = "- [ ] Dig due:2026-01-03\n- [>] Fill due:2026-01-03\n- [-] Fence\n";
    let states = "[states]\n\">\" = \"deferred\"\n\"-\" = \"cancelled\"\n";
    let board = judged(text, states, "2026-01-10");
    let status = |text: &str| item(&board, text).status.name();
    assert_eq!(["Dig", "Fill", "Fence"].map(status), ["overdue", "deferred", "waived"]);
    let board = judged(text, "", "2026-01-10");
    assert_eq!(item(&board, "Fill").state.name(), "in_progress");
    assert_eq!(board.diagnostics.len(), 2);
}
