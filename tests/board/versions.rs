//! Older boards.

use mdboard::load::{Error, Request};
use serde_json::json;

use crate::common::Repo;
use crate::{as_of, board, board_at, day, failure, item, json as document, load, named, tick};

const PLAN: &str = "partners/acme/plan.md";

/// Two boxes, ticked on 10 and 20 January; one more in the working tree.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(PLAN, "- [ ] Dig\n- [ ] Build\n- [ ] Paint due:2026-01-16\n");
    repo.at("2026-01-05T10:00:00Z").commit("Begin");
    repo.write(PLAN, "- [x] Dig\n- [ ] Build\n- [ ] Paint due:2026-01-16\n");
    repo.at("2026-01-10T10:00:00Z").commit("Dig");
    repo.write(PLAN, "- [x] Dig\n- [x] Build\n- [ ] Paint due:2026-01-16\n");
    repo.at("2026-01-20T10:00:00Z").commit("Build");
    repo.write(PLAN, "- [x] Dig\n- [x] Build\n- [x] Paint due:2026-01-16\n");
    repo
}

#[test]
fn a_revision_is_the_board_of_that_commit() {
    let repo = repo();
    assert_eq!(board(&repo).progress().done, 3);
    for (revision, done) in [("HEAD", 2), ("main~1", 1), ("main~2", 0)] {
        let board = board_at(&repo, revision);
        assert_eq!(board.progress().done, done, "{revision}");
        // Statuses are still judged by the current day.
        assert_eq!(board.today, day("2026-02-01"));
        assert_eq!(item(&board, "Paint").status.name(), "overdue");
        let told = &document(&board)["revision"];
        assert_eq!(told["commit"], json!(repo.id(revision)));
        assert_eq!(told["worktree"], json!(false));
    }
    let old = board_at(&repo, "main~1");
    assert_eq!(tick(item(&old, "Dig")), "commit 2026-01-10, landed 2026-01-10, Ann Lee: Dig");
    assert_eq!(old.events.len(), 5, "{:?}", crate::events(&old.events));
    assert_eq!(item(&old, "Dig").id, item(&board(&repo), "Dig").id);
}

#[test]
fn as_of_is_the_newest_commit_by_the_end_of_the_day_and_sets_today() {
    let repo = repo();
    for (on, done, status) in [
        ("2026-01-05", 0, "active"),
        ("2026-01-10", 1, "due_soon"),
        ("2026-01-19", 1, "overdue"),
        ("2026-01-20", 2, "overdue"),
        ("2026-03-01", 2, "overdue"),
    ] {
        let board = load(&as_of(&repo, on)).board;
        assert_eq!((board.today, board.progress().done), (day(on), done));
        assert_eq!(item(&board, "Paint").status.name(), status, "{on}");
    }
    let request = Request { today: Some(day("2026-01-12")), ..as_of(&repo, "2026-01-19") };
    assert_eq!(load(&request).board.today, day("2026-01-12"));
}

#[test]
fn the_end_of_the_day_is_that_of_the_board() {
    let repo = repo();
    // 10:00 UTC on the 20th is already the 21st on Kiritimati.
    repo.write("mdboard.toml", "timezone = \"Pacific/Kiritimati\"\n");
    repo.at("2026-01-25T10:00:00Z").commit("Move");
    assert_eq!(load(&as_of(&repo, "2026-01-20")).board.progress().done, 1);
}

#[test]
fn an_older_board_has_the_configuration_of_its_time() {
    let repo = repo();
    repo.write("mdboard.toml", "partners = [\"clients/*\"]\n");
    repo.rename("partners", "clients");
    repo.at("2026-01-25T10:00:00Z").commit("Move");
    assert_eq!(board(&repo).partners[0].checklists[0].path.as_str(), "clients/acme/plan.md");
    assert_eq!(board_at(&repo, "main~1").partners[0].checklists[0].path.as_str(), PLAN);
}

#[test]
fn what_is_not_there_is_an_error_that_says_so() {
    let repo = repo();
    let before = failure(&as_of(&repo, "2026-01-04"));
    assert!(matches!(before, Error::BeforeHistory { day: on } if on == day("2026-01-04")));
    let unknown = failure(&named(&repo, "mian"));
    assert_eq!(unknown.to_string(), "unknown revision `mian`");
    assert!(unknown.help().expect("help").contains("git branch --all"));
}

#[test]
fn a_branch_without_commits_is_a_board_of_its_files() {
    let repo = Repo::new();
    repo.write(PLAN, "- [x] Dig\n- [ ] Build due:Day 3\n");
    let loaded = load(&crate::request(repo.path()));
    assert!(loaded.notices.is_empty(), "{:?}", loaded.notices);
    let board = loaded.board;
    assert_eq!(tick(item(&board, "Dig")), "uncommitted -, landed -, uncommitted");
    // Nothing has landed, so there is no day to count from.
    assert_eq!(crate::due(item(&board, "Build")), "- item:2");
    assert_eq!(board.incomplete, None);
    let told = document(&board);
    let revision = json!({"commit": null, "committed_at": null, "worktree": true});
    assert_eq!(told["revision"], revision);
    assert_eq!(told["partners"][0]["start_date"], json!(null));
    assert_eq!(told["partners"][0]["last_activity"], json!(null));
    assert!(matches!(failure(&as_of(&repo, "2026-01-04")), Error::NoCommits));
    assert!(matches!(failure(&named(&repo, "HEAD")), Error::Git(_)));
}
