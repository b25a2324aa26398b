//! Where a board can lie.

use crate::common::Repo;
use crate::{board, board_at, board_in, item, load, partners, request, tick};
use mdboard::load::Request;

#[test]
fn a_board_in_a_subfolder_has_its_own_configuration() {
    let repo = Repo::with(&[
        ("mdboard.toml", "timezone = \"Asia/Tokyo\"\n"),
        ("partners/outside/plan.md", "- [ ] Dig\n"),
        ("teams/ops/mdboard.toml", "partners = [\"clients/*\"]\n"),
        ("teams/ops/clients/acme/plan.md", "- [x] Build\n"),
        ("teams/ops/clients/beta.md", "- [ ] Paint\n"),
        ("teams/ops/partners/inside/plan.md", "- [ ] Sand\n"),
    ]);
    assert_eq!(partners(&board(&repo)), ["outside"]);
    for folder in ["teams/ops", "teams/ops/clients", "teams/ops/clients/acme"] {
        let board = board_in(&repo.join(folder));
        assert_eq!(partners(&board), ["acme", "beta"], "{folder}");
        let list = &board.partners[0].checklists[0];
        assert_eq!(list.path.as_str(), "teams/ops/clients/acme/plan.md");
        assert_eq!(board.zone.to_string(), "UTC");
    }
    // A version has it too, and a folder without a configuration belongs to the one above.
    let mut asked = request(&repo.join("teams/ops"));
    asked.revision = mdboard::load::Revision::Named("HEAD".into());
    assert_eq!(partners(&load(&asked).board), ["acme", "beta"]);
    assert_eq!(partners(&board_in(&repo.join("teams"))), ["outside"]);
}

#[test]
fn globs_and_a_configuration_can_be_given() {
    let repo = Repo::with(&[
        ("docs/acme/plan.md", "- [x] Build\n"),
        ("other.toml", "partners = [\"docs/*\"]\ntimezone = \"Asia/Tokyo\"\n"),
    ]);
    let asked = Request { partners: vec!["docs/*".into()], ..request(repo.path()) };
    assert_eq!(partners(&load(&asked).board), ["acme"]);
    let asked = Request { config: Some("other.toml".into()), ..request(repo.path()) };
    let board = load(&asked).board;
    assert_eq!((partners(&board), board.zone.to_string()), (vec!["acme"], "Asia/Tokyo".into()));
}

#[test]
fn a_linked_worktree_has_a_board_of_its_own() {
    let plan = "partners/acme/plan.md";
    let repo = Repo::with(&[(plan, "- [ ] Dig\n- [ ] Build\n")]);
    let elsewhere = Repo::in_folder();
    let tree = elsewhere.join("tree");
    repo.git(["worktree", "add", "-q", "-b", "other", tree.to_str().expect("UTF-8")]);
    repo.write(plan, "- [x] Dig\n- [ ] Build\n").at("2026-01-09T10:00:00Z").commit("Dig");
    std::fs::write(tree.join(plan), "- [ ] Dig\n- [x] Build\n").expect("a written file");
    let linked = board_in(&tree);
    assert_eq!(tick(item(&linked, "Dig")), "-");
    assert_eq!(tick(item(&linked, "Build")), "uncommitted -, landed -, uncommitted");
    let main = board(&repo);
    assert_eq!(tick(item(&main, "Dig")), "commit 2026-01-09, landed 2026-01-09, Ann Lee: Dig");
    assert_eq!(tick(item(&main, "Build")), "-");
    // Both see the same objects.
    assert_eq!(tick(item(&board_at(&repo, "other"), "Build")), "-");
}
