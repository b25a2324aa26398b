//! Clones that lack something.

use mdboard::load::Error;
use serde_json::json;

use crate::common::Repo;
use crate::{board, events, failure, item, json as document, load, named, request, tick, warnings};

const PLAN: &str = "partners/acme/plan.md";

/// Boxes ticked in the second and third of three commits.
fn origin() -> Repo {
    let repo = Repo::new();
    repo.write(PLAN, "- [ ] Dig\n- [ ] Build due:Day 3\n- [ ] Paint\n");
    repo.at("2026-01-05T10:00:00Z").commit("Begin");
    repo.write(PLAN, "- [x] Dig\n- [ ] Build due:Day 3\n- [ ] Paint\n");
    repo.at("2026-01-10T10:00:00Z").commit("Dig");
    repo.write(PLAN, "- [x] Dig\n- [ ] Build due:Day 3\n- [x] Paint\n");
    repo.at("2026-01-20T10:00:00Z").by("Bo Berg <bo@example.com>").commit("Paint");
    repo
}

#[test]
fn a_shallow_clone_knows_what_it_has_and_says_what_it_lacks() {
    let origin = origin();
    let clone = origin.clone_with(["--depth=2"]);
    let loaded = load(&request(clone.path()));
    let board = &loaded.board;
    let paint = item(board, "Paint");
    assert_eq!(tick(paint), "commit 2026-01-20, landed 2026-01-20, Bo Berg: Paint");
    let dig = item(board, "Dig");
    assert_eq!(tick(dig), "unknown -, landed -, unknown");
    assert_eq!(dig.added.0, None);
    let short = &origin.id("HEAD~1")[..10];
    let reason = format!("shallow clone: history before commit {short} of 2026-01-10 is not here");
    assert_eq!(board.incomplete.as_ref(), Some(&reason));
    let warnings = warnings(&loaded);
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    assert!(warning.starts_with(&reason) && warning.contains("fetch-depth: 0"), "{warning}");
    // The day the checklist began is not known, so nothing is counted from another.
    assert_eq!(board.partners[0].start, None);
    assert_eq!(crate::due(item(board, "Build")), "- item:2");
    let told = document(board);
    assert_eq!(told["history"], json!({"complete": false, "reason": reason}));
    let item = &told["partners"][0]["checklists"][0]["items"][0];
    assert_eq!(item["added"], json!({"on": null, "commit": null}));
    assert_eq!(item["checked"]["precision"], json!("unknown"));
    // The rest of history is there, with what is not known left out.
    assert_eq!(events(&board.events), [format!("checked {PLAN} Paint (Bo Berg: Paint)")]);
}

#[test]
fn ids_are_the_same_in_a_shallow_clone() {
    let origin = origin();
    let clone = origin.clone_with(["--depth=1"]);
    let (whole, cut) = (board(&origin), board(&clone));
    for text in ["Dig", "Build", "Paint"] {
        assert_eq!(item(&whole, text).id, item(&cut, text).id, "{text}");
    }
}

#[test]
fn a_revision_beyond_a_shallow_clone_says_how_to_get_it() {
    let clone = origin().clone_with(["--depth=1"]);
    let help = failure(&named(&clone, "HEAD~2")).help().expect("help");
    assert!(help.contains("git fetch --unshallow"), "{help}");
}

#[test]
fn a_clone_without_blobs_is_a_board_of_what_is_checked_out() {
    let clone = origin().clone_with(["--filter=blob:none"]);
    let board = board(&clone);
    assert_eq!(board.progress().done, 2);
    for text in ["Dig", "Paint"] {
        assert_eq!(tick(item(&board, text)), "unknown -, landed -, unknown", "{text}");
    }
    assert_eq!(crate::board_at(&clone, "HEAD").progress().done, 2);
    // A version whose files are not here is no board at all.
    let error = failure(&named(&clone, "HEAD~1"));
    assert!(matches!(&error, Error::MissingContent { path } if path.as_str() == PLAN), "{error}");
    assert!(error.help().expect("help").contains("--no-filter"));
}

#[test]
fn a_clone_without_blobs_says_that_history_is_not_whole() {
    let clone = origin().clone_with(["--filter=blob:none"]);
    let loaded = load(&request(clone.path()));
    assert!(loaded.board.incomplete.is_some());
    let warnings = warnings(&loaded);
    assert!(warnings.iter().any(|warning| warning.contains("--no-filter")), "{warnings:?}");
}

#[test]
fn a_clone_without_trees_says_where_history_ends() {
    let clone = origin().clone_with(["--filter=tree:0"]);
    let loaded = load(&request(clone.path()));
    assert_eq!(loaded.board.progress().done, 2);
    assert_eq!(tick(item(&loaded.board, "Dig")), "unknown -, landed -, unknown");
    let reason = loaded.board.incomplete.as_deref().expect("a reason");
    assert!(reason.starts_with("objects are missing: "), "{reason}");
    let warnings = warnings(&loaded);
    assert!(warnings.iter().any(|warning| warning.contains("--no-filter")), "{warnings:?}");
}

#[test]
fn a_checklist_that_came_after_the_cut_has_its_start() {
    let origin = origin();
    origin.write("partners/beta/plan.md", "- [ ] Sand due:Day 3\n");
    origin.at("2026-01-25T10:00:00Z").commit("Add beta");
    let clone = origin.clone_with(["--depth=2"]);
    let board = board(&clone);
    assert_eq!(crate::due(item(&board, "Sand")), "2026-01-28 item:1");
    assert_eq!(crate::due(item(&board, "Build")), "- item:2");
}

#[test]
fn a_shallow_clone_shows_what_is_not_committed() {
    let clone = origin().clone_with(["--depth=1"]);
    clone.write(PLAN, "- [x] Dig\n- [x] Build due:Day 3\n- [x] Paint\n");
    let board = board(&clone);
    assert_eq!(tick(item(&board, "Build")), "uncommitted -, landed -, uncommitted");
    assert_eq!(tick(item(&board, "Dig")), "unknown -, landed -, unknown");
    assert_eq!(crate::uncommitted(&board), [format!("checked {PLAN} Build")]);
}

#[test]
fn a_clone_without_blobs_knows_when_a_checklist_began() {
    let clone = origin().clone_with(["--filter=blob:none"]);
    assert_eq!(crate::due(item(&board(&clone), "Build")), "2026-01-08 item:2");
}

#[test]
fn a_clone_without_blobs_shows_what_is_not_committed() {
    let clone = origin().clone_with(["--filter=blob:none"]);
    clone.write(PLAN, "- [x] Dig\n- [x] Build due:Day 3\n- [x] Paint\n");
    let board = board(&clone);
    assert_eq!(tick(item(&board, "Build")), "uncommitted -, landed -, uncommitted");
    assert_eq!(tick(item(&board, "Dig")), "unknown -, landed -, unknown");
    assert_eq!(crate::uncommitted(&board), [format!("checked {PLAN} Build")]);
}
