//! Less common repositories.

use mdboard::load::Error;

use crate::common::Repo;
use crate::{
    as_of, board, board_at, board_in, events, failure, item, items, load, partners, request, rows,
    tick, uncommitted, warnings,
};

const PLAN: &str = "partners/acme/plan.md";
const TWO: &str = "# Plan\n\n- [ ] Dig the canal\n\ntext\n\n- [ ] Build the lock\n";

fn with(text: &str, ticked: &[&str]) -> String {
    ticked.iter().fold(text.to_owned(), |text, item| {
        text.replace(&format!("[ ] {item}"), &format!("[x] {item}"))
    })
}

#[test]
fn a_rename_and_a_tick_on_a_merged_branch_are_that_branchs() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    repo.branch("topic").rename(PLAN, "partners/acme/new.md");
    repo.write("partners/acme/new.md", with(TWO, &["Build the lock"]));
    repo.at("2026-01-03T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Build");
    repo.checkout("main").write(PLAN, with(TWO, &["Dig the canal"]));
    repo.at("2026-01-04T10:00:00Z").commit("Dig");
    repo.at("2026-01-05T10:00:00Z").merge("topic", "Merge topic");
    let board = board(&repo);
    let dig = "commit 2026-01-04, landed 2026-01-04, Ann Lee: Dig";
    let build = "commit 2026-01-03, landed 2026-01-05, Bo Berg: Build > Merge topic";
    assert_eq!(tick(item(&board, "Dig the canal")), dig);
    assert_eq!(tick(item(&board, "Build the lock")), build);
    assert_eq!(board.partners[0].checklists.len(), 1);
}

#[test]
fn a_tick_in_the_merge_itself_is_the_merges() {
    let repo = Repo::with(&[(PLAN, TWO), ("notes.md", "1")]);
    repo.branch("topic").write("notes.md", "2").commit("Note");
    repo.checkout("main").commit("Empty");
    repo.at("2026-01-05T10:00:00Z").merge_with("topic", "Merge topic", |repo| {
        repo.write(PLAN, with(TWO, &["Dig the canal"]));
    });
    let expected = "commit 2026-01-05, landed 2026-01-05, Ann Lee: Merge topic";
    assert_eq!(tick(item(&board(&repo), "Dig the canal")), expected);
}

#[test]
fn a_squash_is_a_commit_like_any_other() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    repo.branch("topic").write(PLAN, with(TWO, &["Dig the canal"]));
    repo.by("Bo Berg <bo@example.com>").commit("Dig");
    repo.checkout("main").git(["merge", "-q", "--squash", "topic"]);
    repo.at("2026-01-05T10:00:00Z").commit("Dig (#1)");
    let expected = "commit 2026-01-05, landed 2026-01-05, Ann Lee: Dig (#1)";
    assert_eq!(tick(item(&board(&repo), "Dig the canal")), expected);
}

#[test]
fn three_ticks_on_a_branch_by_commits_of_their_own_are_no_batch() {
    let text = "- [ ] Dig\n- [ ] Build\n- [ ] Paint\n";
    let repo = Repo::with(&[(PLAN, text)]);
    repo.branch("topic");
    for (at, name) in ["Dig", "Build", "Paint"].iter().enumerate() {
        repo.write(PLAN, with(text, &["Dig", "Build", "Paint"][..=at]));
        repo.at(&format!("2026-01-0{}T10:00:00Z", at + 3)).commit(name);
    }
    repo.checkout("main").at("2026-01-09T10:00:00Z").merge("topic", "Merge topic");
    let expected = "\
1 Dig | done | - -:- | commit 2026-01-03, landed 2026-01-09, Ann Lee: Dig > Merge topic
2 Build | done | - -:- | commit 2026-01-04, landed 2026-01-09, Ann Lee: Build > Merge topic
3 Paint | done | - -:- | commit 2026-01-05, landed 2026-01-09, Ann Lee: Paint > Merge topic
";
    assert_eq!(rows(&board(&repo)), expected);
}

#[test]
fn a_batch_counts_over_the_whole_board() {
    let repo = Repo::new();
    let path = |name: &str| format!("partners/{name}/plan.md");
    let write = |state: &str| {
        for name in ["acme", "beta", "gamma"] {
            repo.write(&path(name), format!("- [{state}] Dig for {name}\n"));
        }
    };
    write(" ");
    repo.commit("Begin");
    write("x");
    repo.at("2026-01-03T10:00:00Z").commit("Catch up");
    let found = board(&repo);
    let expected = "batch 2026-01-03, landed 2026-01-03, Ann Lee: Catch up";
    for name in ["acme", "beta", "gamma"] {
        assert_eq!(tick(item(&found, &format!("Dig for {name}"))), expected);
    }
    repo.write("mdboard.toml", "batch_size = 4\n");
    assert!(tick(item(&board(&repo), "Dig for acme")).starts_with("commit 2026-01-03"));
}

#[test]
fn a_file_becomes_a_folder() {
    let repo = Repo::with(&[("partners/acme.md", &with(TWO, &["Dig the canal"]))]);
    let before = board(&repo);
    repo.rename("partners/acme.md", "partners/moved").rename("partners/moved", PLAN);
    let check = |after: mdboard::board::Board| {
        assert_eq!((partners(&before), partners(&after)), (vec!["acme"], vec!["acme"]));
        let (old, new) = (item(&before, "Dig the canal"), item(&after, "Dig the canal"));
        assert_eq!((&old.id, tick(old)), (&new.id, tick(new)));
    };
    check(board(&repo));
    repo.commit("Make a folder");
    check(board(&repo));
}

#[test]
fn files_outside_of_a_sparse_checkout_are_not_removed() {
    let repo = Repo::with(&[(PLAN, TWO), ("partners/beta/plan.md", "- [ ] Paint\n")]);
    repo.git(["sparse-checkout", "set", "--no-cone", "/partners/acme/"]);
    assert!(!repo.join("partners/beta").exists());
    assert_eq!(uncommitted(&board(&repo)), [""; 0]);
    assert_eq!(partners(&board(&repo)), ["acme", "beta"]);
}

#[test]
fn a_detached_head_is_looked_at() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    repo.write(PLAN, with(TWO, &["Dig the canal"])).commit("Dig");
    repo.checkout("HEAD~1");
    assert_eq!(board(&repo).progress().done, 0);
    assert_eq!(board_at(&repo, "main").progress().done, 1);
    // What `--as-of` looks back from is what is checked out.
    assert_eq!(load(&as_of(&repo, "2026-01-30")).board.progress().done, 0);
}

#[test]
fn a_file_in_conflict_is_read_as_it_is_on_disk() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    repo.branch("topic").write(PLAN, "- [x] Dig\n").commit("Dig");
    repo.checkout("main").write(PLAN, "- [ ] Dig deeper\n").commit("Deeper");
    repo.now().merge_with("topic", "Merge topic", |repo| {
        let board = board(repo);
        // `=======` behind a list item is its text: that is what CommonMark says.
        let ticks: Vec<String> = items(&board).into_iter().map(tick).collect();
        assert_eq!(ticks, ["-", "uncommitted -, landed -, uncommitted"]);
        repo.write(PLAN, "- [x] Dig deeper\n");
    });
    assert_eq!(board(&repo).progress().done, 1);
}

#[test]
fn a_bare_repository_says_what_to_do() {
    let bare = Repo::with(&[(PLAN, TWO)]).clone_with(["--bare"]);
    let error = failure(&request(bare.path()));
    assert!(matches!(error, Error::Git(_)), "{error}");
    assert!(error.help().expect("help").contains("git worktree add"));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    let error = failure(&request(&repo.join("none")));
    assert!(error.to_string().contains("none"), "{error}");
}

#[test]
fn folders_with_odd_names_are_boards_too() {
    let repo = Repo::with(&[("teams/Öl & Gas/partners/a [b] #1/plan.md", TWO)]);
    let board = board_in(&repo.join("teams/Öl & Gas"));
    assert_eq!(partners(&board), ["a [b] #1"]);
    let mut asked = request(&repo.join("teams/Öl & Gas"));
    asked.revision = mdboard::load::Revision::Named("HEAD".into());
    assert_eq!(partners(&load(&asked).board), ["a [b] #1"]);
}

#[test]
fn a_removed_partner_comes_back_with_its_history_told() {
    let repo = Repo::with(&[(PLAN, TWO), ("partners/beta/plan.md", "- [ ] Paint\n")]);
    repo.remove(PLAN).commit("Drop");
    assert_eq!(partners(&board(&repo)), ["beta"]);
    repo.write(PLAN, with(TWO, &["Dig the canal"]));
    repo.at("2026-01-09T10:00:00Z").commit("Restore");
    let board = board(&repo);
    let expected = "first_seen 2026-01-09, landed 2026-01-09, Ann Lee: Restore";
    assert_eq!(tick(item(&board, "Dig the canal")), expected);
    let ids: std::collections::BTreeSet<_> = items(&board).iter().map(|item| &item.id).collect();
    assert_eq!(ids.len(), items(&board).len());
}

#[test]
fn a_start_date_that_moves_moves_what_is_due() {
    let text = |start: &str| {
        format!("---\nstart_date: {start}\n---\n## Build (Day 1-7)\n\n- [ ] Dig\n- [ ] Paint\n")
    };
    let repo = Repo::with(&[(PLAN, &text("2026-01-01"))]);
    repo.write(PLAN, text("2026-01-11")).commit("Postpone");
    let board = board(&repo);
    let dig = item(&board, "Dig");
    assert_eq!((crate::due(dig), dig.due_moved), ("2026-01-18 heading:4".into(), 1));
    assert_eq!(
        events(&board.events[3..]),
        [
            format!("due_changed {PLAN} Dig (Ann Lee: Postpone)"),
            format!("due_changed {PLAN} Paint (Ann Lee: Postpone)"),
        ]
    );
}

#[test]
fn without_a_start_date_the_first_landing_counts() {
    let text = "## Build (Day 1-7)\n\n- [ ] Dig\n";
    let repo = Repo::with(&[("notes.md", "1")]);
    repo.branch("topic").write(PLAN, text);
    repo.at("2026-01-03T10:00:00Z").commit("Plan");
    repo.checkout("main").at("2026-01-10T10:00:00Z").merge("topic", "Merge topic");
    let found = board(&repo);
    assert_eq!(crate::due(item(&found, "Dig")), "2026-01-17 heading:1");
    // The partner's own is the next best thing.
    repo.write("partners/acme/README.md", "---\nstart_date: 2026-02-01\nowner: Bo\n---\n");
    let found = board(&repo);
    assert_eq!(crate::due(item(&found, "Dig")), "2026-02-08 heading:1");
    assert_eq!(found.partners[0].owners, ["Bo"]);
}

#[test]
fn a_board_of_a_thousand_commits_loads() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    let mut stream = String::new();
    for at in 0..1000 {
        let text = with(TWO, if at % 2 == 0 { &["Dig the canal"] } else { &[] });
        stream += &format!(
            "commit refs/heads/main\ncommitter Bo <bo@example.com> {} +0000\ndata 4\nTick\n{}M 100644 inline {PLAN}\ndata {}\n{text}\n",
            1_767_300_000 + at * 60,
            if at == 0 { "from refs/heads/main^0\n" } else { "" },
            text.len(),
        );
    }
    repo.git_with(["fast-import", "--quiet"], stream.as_bytes());
    repo.git(["reset", "-q", "--hard"]);
    let loaded = load(&request(repo.path()));
    assert!(warnings(&loaded).is_empty());
    assert_eq!(loaded.board.events.len(), 3 + 1000);
    assert_eq!(tick(item(&loaded.board, "Dig the canal")), "-");
}

#[test]
fn only_commits_by_the_end_of_the_day_count_whatever_the_order_of_clocks() {
    let repo = Repo::new();
    repo.write(PLAN, TWO).at("2026-01-05T10:00:00Z").commit("Begin");
    repo.write(PLAN, with(TWO, &["Dig the canal"]));
    repo.at("2026-01-20T10:00:00Z").commit("Dig, by a clock that is ahead");
    repo.write(PLAN, with(TWO, &["Dig the canal", "Build the lock"]));
    let newest = repo.at("2026-01-10T10:00:00Z").commit("Build");
    let board = load(&as_of(&repo, "2026-01-12")).board;
    assert_eq!(board.view.commit.as_ref().map(|commit| commit.id.to_string()), Some(newest));
    assert_eq!(board.progress().done, 2);
}

#[test]
fn equal_texts_are_told_apart_by_their_order() {
    let text = |ticks: [char; 3]| ticks.map(|tick| format!("- [{tick}] Dig\n")).concat();
    let repo = Repo::with(&[(PLAN, &text([' ', ' ', ' ']))]);
    repo.write(PLAN, text([' ', 'x', ' '])).at("2026-01-05T10:00:00Z").commit("Dig");
    repo.write(PLAN, text(['x', 'x', ' ']));
    let board = board(&repo);
    let ticks: Vec<String> = items(&board).into_iter().map(tick).collect();
    let second = "commit 2026-01-05, landed 2026-01-05, Ann Lee: Dig";
    assert_eq!(ticks, ["uncommitted -, landed -, uncommitted", second, "-"]);
    let ids: std::collections::BTreeSet<_> = items(&board).iter().map(|item| &item.id).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn ids_stay_through_a_squash_of_all_history() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    repo.write(PLAN, with(TWO, &["Dig the canal"])).commit("Dig");
    let before = board(&repo);
    repo.git(["checkout", "-q", "--orphan", "fresh"]);
    repo.at("2026-02-01T08:00:00Z").by("Bo <bo@example.com>").commit("All");
    let after = board(&repo);
    for text in ["Dig the canal", "Build the lock"] {
        assert_eq!(item(&before, text).id, item(&after, text).id);
    }
}

#[test]
fn what_git_knows_of_a_file_besides_its_text_is_no_event() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    let before = events(&board(&repo).events);
    repo.git(["rm", "-q", "--cached", PLAN]);
    assert_eq!(events(&board(&repo).events), before, "untracked");
    repo.git(["add", "-N", PLAN]);
    assert_eq!(events(&board(&repo).events), before, "to be added");
    repo.git(["add", PLAN]);
    repo.git(["update-index", "--chmod=+x", PLAN]);
    repo.now().commit_staged("Executable");
    repo.git(["checkout", "-q", "."]);
    assert_eq!(events(&board(&repo).events), before, "executable");
}

#[test]
fn a_mark_at_the_start_of_a_file_is_no_text() {
    let text = format!("\u{feff}---\r\nstart_date: 2026-01-01\r\n---\r\n{TWO}");
    let repo =
        Repo::with(&[(PLAN, &text), ("mdboard.toml", "\u{feff}timezone = \"Asia/Tokyo\"\r\n")]);
    let board = board(&repo);
    assert!(board.diagnostics.is_empty(), "{:?}", board.diagnostics);
    assert_eq!(board.zone.to_string(), "Asia/Tokyo");
    assert_eq!(
        board.partners[0].start.map(|(start, _)| start.to_string()).as_deref(),
        Some("2026-01-01")
    );
    assert_eq!(item(&board, "Dig the canal").line.0, 6);
}

#[cfg(unix)]
#[test]
fn a_board_is_reached_through_a_symbolic_link() {
    let repo = Repo::with(&[(PLAN, TWO)]);
    let elsewhere = Repo::in_folder();
    let link = elsewhere.join("link");
    std::os::unix::fs::symlink(repo.path(), &link).expect("a link");
    assert_eq!(partners(&board_in(&link)), ["acme"]);
    assert_eq!(partners(&board_in(&link.join("partners/acme"))), ["acme"]);
}

#[test]
fn the_mailmap_of_the_repository_holds_for_a_board_in_a_subfolder() {
    let repo = Repo::with(&[
        (".mailmap", "Bo Berg <bo@example.com> <bo@old.example>\n"),
        ("teams/ops/mdboard.toml", ""),
        ("teams/ops/partners/acme/plan.md", TWO),
    ]);
    repo.write("teams/ops/partners/acme/plan.md", with(TWO, &["Dig the canal"]));
    repo.at("2026-01-05T10:00:00Z").by("bo <bo@old.example>").commit("Dig");
    let board = board_in(&repo.join("teams/ops"));
    assert!(tick(item(&board, "Dig the canal")).ends_with(", Bo Berg: Dig"));
}

#[test]
fn a_submodule_is_no_partner() {
    let inner = Repo::with(&[("plan.md", TWO)]);
    let repo = Repo::with(&[(PLAN, TWO)]);
    repo.git(["submodule", "--quiet", "add", &inner.url(), "partners/beta"]);
    assert_eq!(partners(&board(&repo)), ["acme"]);
    repo.commit("Add beta");
    assert_eq!(partners(&board(&repo)), ["acme"]);
    assert_eq!(partners(&board_at(&repo, "HEAD")), ["acme"]);
}

#[test]
fn templates_are_no_partners() {
    let repo = Repo::with(&[
        ("mdboard.toml", "partners = [\"**\"]\ntemplates = \"library\"\n"),
        ("library/plan.md", TWO),
        ("clients/acme.md", TWO),
    ]);
    let board = board(&repo);
    let paths: Vec<&str> = board
        .partners
        .iter()
        .flat_map(|partner| partner.checklists.iter().map(|list| list.path.as_str()))
        .collect();
    assert_eq!(paths, ["clients/acme.md"]);
}
