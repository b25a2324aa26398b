//! Who ticked what when, and what was due.

use serde_json::{Value, json};

use crate::common::Repo;
use crate::{board, day, events, item, json as document, load, request, rows, tick};

const PLAN: &str = "\
---
start_date: 2026-01-01
---
# Joining the harbour network

## Phase 1: Foundations (0–30 Days)

### 1. Papers (Target: Day 1–7)

- [ ] Sign the mooring contract
- [ ] Send the tax form
- [ ] Insure the quay
- [ ] Name the contacts

## Phase 2: Contact (Days 31–60)

### 2. Meetings (Ongoing, kickoff Day 1–15)

- [ ] Hold the kickoff call
- [ ] Open a shared channel
- [ ] Draw up the list of phones
- [ ] Publish weekly notes

## Phase 3: Review (Days 61–90)

### 3. Results (Target: Day 90)

- [ ] Prepare the figures
- [ ] Invite the guests
- [ ] Choose a room due:2026-02-05
- [ ] Write the summary
";

const OLD: &str = "partners/acme/plan.md";
const NEW: &str = "partners/acme/joining.md";

/// Replaces in a file what must be there.
fn edit(repo: &Repo, path: &str, edits: &[(&str, &str)]) {
    let mut text = std::fs::read_to_string(repo.join(path)).expect("a file");
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    repo.write(path, text);
}

fn ticked(repo: &Repo, path: &str, texts: &[&str]) {
    for text in texts {
        edit(repo, path, &[(&format!("[ ] {text}"), &format!("[x] {text}"))]);
    }
}

/// A month of work; gives the ids of the commit that signs and of its merge.
fn month() -> (Repo, String, String) {
    let repo = Repo::new();
    repo.write(OLD, PLAN).at("2026-01-02T09:00:00Z").commit("Begin");
    repo.branch("signing");
    ticked(&repo, OLD, &["Sign the mooring contract"]);
    let signed = repo.at("2026-01-05T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Sign");
    repo.checkout("main");
    edit(&repo, OLD, &[("[ ] Name the contacts", "[x] Name the contact persons")]);
    repo.at("2026-01-06T10:00:00Z").by("Cy Dee <cy@example.com>").commit("Name them");
    let merged = repo.at("2026-01-08T10:00:00Z").merge("signing", "Merge branch 'signing'");
    ticked(
        &repo,
        OLD,
        &["Hold the kickoff call", "Open a shared channel", "Draw up the list of phones"],
    );
    repo.at("2026-01-09T10:00:00Z").by("Di Eff <di@example.com>").commit("Catch up");
    repo.rename(OLD, NEW);
    ticked(&repo, NEW, &["Publish weekly notes"]);
    repo.at("2026-01-10T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Rename");
    edit(&repo, NEW, &[("[ ] Prepare the figures", "[x] Prepare the figures ✅ 2026-01-20")]);
    repo.at("2026-01-22T10:00:00Z").by("Cy Dee <cy@example.com>").commit("Figures");
    edit(
        &repo,
        NEW,
        &[
            ("Write the summary\n", "Write the summary\n- [x] Collect the references\n"),
            ("Sign the mooring contract", "Sign the mooring contract twice"),
        ],
    );
    repo.at("2026-01-23T10:00:00Z").by("Di Eff <di@example.com>").commit("References");
    ticked(&repo, NEW, &["Invite the guests"]);
    (repo, signed, merged)
}

#[test]
fn every_tick_has_its_day_its_author_and_its_commit() {
    let (repo, ..) = month();
    let loaded = load(&request(repo.path()));
    assert!(loaded.notices.is_empty(), "{:?}", loaded.notices);
    let board = loaded.board;
    assert_eq!(board.today, day("2026-02-01"));
    assert_eq!(board.incomplete, None);
    assert!(board.diagnostics.is_empty(), "{:?}", board.diagnostics);
    let expected = "\
10 Sign the mooring contract twice | done | 2026-01-08 heading:8 | commit 2026-01-05, landed 2026-01-08, Bo Berg: Sign > Merge branch 'signing'
11 Send the tax form | overdue | 2026-01-08 heading:8 | -
12 Insure the quay | overdue | 2026-01-08 heading:8 | -
13 Name the contact persons | done | 2026-01-08 heading:8 | commit 2026-01-06, landed 2026-01-06, Cy Dee: Name them
19 Hold the kickoff call | done | 2026-01-16 heading:17 | batch 2026-01-09, landed 2026-01-09, Di Eff: Catch up
20 Open a shared channel | done | 2026-01-16 heading:17 | batch 2026-01-09, landed 2026-01-09, Di Eff: Catch up
21 Draw up the list of phones | done | 2026-01-16 heading:17 | batch 2026-01-09, landed 2026-01-09, Di Eff: Catch up
22 Publish weekly notes | done | 2026-01-16 heading:17 | commit 2026-01-10, landed 2026-01-10, Bo Berg: Rename
28 Prepare the figures | done | 2026-04-01 heading:26 | stated 2026-01-20, landed 2026-01-22, Cy Dee: Figures
29 Invite the guests | done | 2026-04-01 heading:26 | uncommitted -, landed -, uncommitted
30 Choose a room | due_soon | 2026-02-05 item:30 | -
31 Write the summary | upcoming | 2026-04-01 heading:26 | -
32 Collect the references | done | 2026-04-01 heading:26 | first_seen 2026-01-23, landed 2026-01-23, Di Eff: References
";
    let found = rows(&board);
    assert_eq!(found, expected, "\n{found}");
    assert_eq!(item(&board, "Send the tax form").days_late, 24);
    let partner = &board.partners[0];
    assert_eq!((partner.id.0.as_str(), partner.overdue, partner.due_soon), ("acme", 2, 1));
    assert_eq!((partner.progress.done, partner.progress.open), (9, 4));
    assert_eq!(partner.checklists[0].path.as_str(), NEW);
}

#[test]
fn json_says_the_same_with_full_ids() {
    let (repo, signed, merged) = month();
    let document = document(&board(&repo));
    let list = &document["partners"][0]["checklists"][0];
    assert_eq!(
        list["items"][0]["checked"],
        json!({
            "on": "2026-01-05",
            "landed_on": "2026-01-08",
            "precision": "commit",
            "by": {"name": "Bo Berg", "email": "bo@example.com"},
            "co_authors": [],
            "commit": signed,
            "landed": merged,
        })
    );
    let item = &list["items"][9];
    assert_eq!(item["text"], "Invite the guests");
    let checked = json!({
        "on": null,
        "landed_on": null,
        "precision": "uncommitted",
        "by": null,
        "co_authors": [],
        "commit": null,
        "landed": null,
    });
    assert_eq!(item["checked"], checked);
    assert_eq!(list["items"][11]["checked"], Value::Null);
    assert_eq!(
        (&item["due"], &item["due_source"], &item["due_line"]),
        (&json!("2026-04-01"), &json!("heading"), &json!(26))
    );
    let section = json!(["Phase 3: Review (Days 61–90)", "3. Results (Target: Day 90)"]);
    assert_eq!(item["section"], section);
    assert_eq!(document["revision"]["commit"], json!(repo.id("HEAD")));
    assert_eq!(document["history"], json!({"complete": true, "reason": null}));
}

#[test]
fn ids_outlive_ticks_new_words_and_new_names() {
    let repo = Repo::with(&[(OLD, PLAN)]);
    let before = board(&repo);
    let (after, ..) = month();
    let after = board(&after);
    for (old, new) in [
        ("Sign the mooring contract", "Sign the mooring contract twice"),
        ("Name the contacts", "Name the contact persons"),
        ("Publish weekly notes", "Publish weekly notes"),
        ("Prepare the figures", "Prepare the figures"),
    ] {
        assert_eq!(item(&before, old).id, item(&after, new).id, "{old}");
    }
}

#[test]
fn the_latest_tick_that_stands_counts() {
    let (open, done) =
        ("- [ ] Paint the buoys\n- [ ] Rest\n", "- [x] Paint the buoys\n- [ ] Rest\n");
    let repo = Repo::with(&[(OLD, open)]);
    repo.write(OLD, done).at("2026-01-03T10:00:00Z").commit("First");
    repo.write(OLD, open).at("2026-01-04T10:00:00Z").commit("Not yet");
    assert_eq!(tick(item(&board(&repo), "Paint the buoys")), "-");
    repo.write(OLD, done).at("2026-01-05T10:00:00Z").commit("Second");
    let board = board(&repo);
    let expected = "commit 2026-01-05, landed 2026-01-05, Ann Lee: Second";
    assert_eq!(tick(item(&board, "Paint the buoys")), expected);
    assert_eq!(
        events(&board.events[3..]),
        [
            format!("checked {OLD} Paint the buoys (Ann Lee: First)"),
            format!("unchecked {OLD} Paint the buoys (Ann Lee: Not yet)"),
            format!("checked {OLD} Paint the buoys (Ann Lee: Second)"),
        ]
    );
}

#[test]
fn names_come_through_the_mailmap_and_co_authors_are_kept() {
    let repo = Repo::with(&[(OLD, "- [ ] Paint the buoys\n")]);
    repo.write(OLD, "- [x] Paint the buoys\n");
    let message = "Paint\n\nCo-authored-by: c <c@old.example>\nCo-authored-by: Di <di@example.com>";
    repo.at("2026-01-03T10:00:00Z").by("bo <bo@old.example>").commit(message);
    let map =
        "Bo Berg <bo@example.com> <bo@old.example>\nCy Dee <cy@example.com> <c@old.example>\n";
    let checked = |repo: &Repo| {
        let document = document(&board(repo));
        document["partners"][0]["checklists"][0]["items"][0]["checked"].clone()
    };
    assert_eq!(checked(&repo)["by"], json!({"name": "bo", "email": "bo@old.example"}));
    // The mailmap of the working tree counts for the working tree.
    repo.write(".mailmap", map);
    let checked = checked(&repo);
    assert_eq!(checked["by"], json!({"name": "Bo Berg", "email": "bo@example.com"}));
    assert_eq!(
        checked["co_authors"],
        json!([
            {"name": "Cy Dee", "email": "cy@example.com"},
            {"name": "Di", "email": "di@example.com"},
        ])
    );
    let committed = crate::board_at(&repo, "HEAD");
    assert!(tick(item(&committed, "Paint the buoys")).ends_with(", bo: Paint"));
}

#[test]
fn the_time_zone_moves_the_day() {
    let repo = Repo::with(&[(OLD, "- [ ] Paint the buoys\n")]);
    repo.write(OLD, "- [x] Paint the buoys\n");
    repo.at("2026-01-05T02:00:00Z").commit("Paint");
    let on = |zone: &str| {
        repo.write("mdboard.toml", format!("timezone = \"{zone}\"\n"));
        let board = board(&repo);
        (board.today.to_string(), tick(item(&board, "Paint the buoys")))
    };
    let told = |on: &str| format!("commit {on}, landed {on}, Ann Lee: Paint");
    assert_eq!(on("UTC"), ("2026-02-01".into(), told("2026-01-05")));
    assert_eq!(on("America/Los_Angeles"), ("2026-02-01".into(), told("2026-01-04")));
    // 09:00 UTC is 23:00 the day before in Honolulu.
    assert_eq!(on("Pacific/Honolulu"), ("2026-01-31".into(), told("2026-01-04")));
}

#[test]
fn a_clock_that_runs_ahead_is_capped_by_the_landing() {
    let repo = Repo::with(&[(OLD, "- [ ] Paint the buoys\n")]);
    repo.write(OLD, "- [x] Paint the buoys\n");
    repo.at("2026-05-01T10:00:00Z").committed("2026-01-07T10:00:00Z").commit("Paint");
    let expected = "commit 2026-01-07, landed 2026-01-07, Ann Lee: Paint";
    assert_eq!(tick(item(&board(&repo), "Paint the buoys")), expected);
}

#[test]
fn order_is_by_ancestry_where_clocks_go_back() {
    let repo = Repo::new();
    repo.write(OLD, "- [ ] Paint the buoys\n").at("2026-01-09T10:00:00Z").commit("Begin");
    repo.write(OLD, "- [x] Paint the buoys\n").at("2026-01-04T10:00:00Z").commit("Paint");
    let board = board(&repo);
    let expected = "commit 2026-01-04, landed 2026-01-04, Ann Lee: Paint";
    assert_eq!(tick(item(&board, "Paint the buoys")), expected);
    let last = events(board.events.last());
    assert_eq!(last, [format!("checked {OLD} Paint the buoys (Ann Lee: Paint)")]);
}

#[test]
fn a_pull_that_turned_the_mainline_around_is_told() {
    let repo = Repo::with(&[(OLD, "- [ ] Paint the buoys\n"), ("notes.md", "1")]);
    repo.branch("server").write(OLD, "- [x] Paint the buoys\n");
    repo.at("2026-01-03T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Paint");
    repo.checkout("main").write("notes.md", "2").at("2026-01-04T10:00:00Z").commit("Note");
    let subject = "Merge branch 'main' of https://git.example.com/harbour";
    let merge = repo.at("2026-01-06T10:00:00Z").merge("server", subject);
    let loaded = load(&request(repo.path()));
    let warnings = crate::warnings(&loaded);
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    assert!(warning.starts_with(&format!("commit {} “{subject}” merged", &merge[..10])));
    assert!(warning.contains("git pull --rebase"), "{warning}");
    let expected = format!("commit 2026-01-03, landed 2026-01-06, Bo Berg: Paint > {subject}");
    assert_eq!(tick(item(&loaded.board, "Paint the buoys")), expected);
}

#[test]
fn one_input_gives_one_output() {
    let (repo, ..) = month();
    let text = |repo: &Repo| {
        let mut text = Vec::new();
        mdboard::render::json::board(&board(repo), &mut text).expect("it can be written");
        text
    };
    assert_eq!(text(&repo), text(&repo));
    // Neither the place nor what lies in `.git` beside the objects matters.
    repo.at("2026-02-01T08:00:00Z").commit("Invite");
    assert_eq!(text(&repo), text(&repo.clone_with([])));
    assert_eq!(
        text(&repo),
        text(&{
            let (again, ..) = month();
            again.at("2026-02-01T08:00:00Z").commit("Invite");
            again
        })
    );
}
