//! What is not committed.

use crate::common::Repo;
use crate::{board, item, partners, tick, uncommitted};

const PLAN: &str = "partners/acme/plan.md";
const TEXT: &str = "# Plan\n\n- [ ] Dig the canal\n- [x] Build the lock\n";

#[test]
fn a_checkout_with_other_line_ends_is_no_change() {
    let crlf = TEXT.replace('\n', "\r\n");
    let committed = board(&Repo::with(&[(PLAN, TEXT)]));

    let converted = Repo::with(&[(PLAN, TEXT)]);
    converted.git(["config", "core.autocrlf", "true"]);
    converted.write(PLAN, &crlf);

    let attributes = Repo::with(&[(".gitattributes", "*.md text eol=crlf\n"), (PLAN, TEXT)]);
    attributes.write(PLAN, &crlf);

    // Here git does see a change; the board still has none.
    let plain = Repo::with(&[(PLAN, TEXT)]);
    plain.write(PLAN, &crlf);

    for repo in [converted, attributes, plain] {
        let board = board(&repo);
        assert_eq!(uncommitted(&board), [""; 0]);
        assert_eq!(board.events.len(), committed.events.len());
        let build = item(&board, "Build the lock");
        assert_eq!(build.raw, item(&committed, "Build the lock").raw);
        assert_eq!(build.id, item(&committed, "Build the lock").id);
        let seen = "first_seen 2026-01-01, landed 2026-01-01, Ann Lee: Begin";
        assert_eq!(tick(build), seen);
    }
}

#[test]
fn committing_other_line_ends_makes_no_event() {
    let repo = Repo::with(&[(PLAN, TEXT)]);
    let before = board(&repo).events.len();
    repo.write(PLAN, TEXT.replace('\n', "\r\n")).commit("Convert");
    repo.write(PLAN, TEXT.replace('\n', "  \n")).commit("Trail");
    let after = board(&repo);
    assert_eq!(after.events.len(), before, "{:?}", crate::events(&after.events));
}

#[test]
fn staged_deleted_new_and_renamed_files_count() {
    let repo = Repo::with(&[
        ("partners/staged/a.md", "- [ ] Dig the canal\n"),
        ("partners/deleted/b.md", "- [ ] Build the lock\n- [x] Fill it\n"),
        ("partners/kept/c.md", "- [ ] Paint the gates\n"),
        ("partners/renamed/d.md", "- [ ] Hang the lamps\n- [x] Wire them\n"),
    ]);
    let id = item(&board(&repo), "Hang the lamps").id.clone();
    repo.write("partners/staged/a.md", "- [x] Dig the canal\n");
    repo.git(["add", "partners/staged/a.md"]);
    repo.remove("partners/deleted");
    repo.write("partners/kept/new.md", "- [x] Oil the hinges\n");
    repo.rename("partners/renamed/d.md", "partners/renamed/lamps.md");
    let board = board(&repo);
    assert_eq!(partners(&board), ["kept", "renamed", "staged"]);
    assert_eq!(tick(item(&board, "Dig the canal")), "uncommitted -, landed -, uncommitted");
    assert_eq!(tick(item(&board, "Oil the hinges")), "uncommitted -, landed -, uncommitted");
    let wired = "first_seen 2026-01-01, landed 2026-01-01, Ann Lee: Begin";
    assert_eq!(tick(item(&board, "Wire them")), wired);
    assert_eq!(item(&board, "Hang the lamps").id, id);
    let mut found = uncommitted(&board);
    found.retain(|event| !event.contains("/deleted/"));
    found.sort();
    assert_eq!(
        found,
        [
            "added partners/kept/new.md Oil the hinges",
            "checked partners/kept/new.md Oil the hinges",
            "checked partners/staged/a.md Dig the canal",
            "checklist_added partners/kept/new.md",
            "checklist_renamed partners/renamed/lamps.md",
        ]
    );
}

#[test]
fn a_deleted_checklist_is_told_where_its_partner_stays() {
    let repo = Repo::with(&[
        ("partners/acme/a.md", "- [ ] Dig the canal\n"),
        ("partners/acme/b.md", "- [ ] Build the lock\n"),
    ]);
    repo.remove("partners/acme/b.md");
    let board = board(&repo);
    assert_eq!(
        uncommitted(&board),
        ["checklist_removed partners/acme/b.md", "removed partners/acme/b.md Build the lock"]
    );
}

#[test]
fn what_differs_from_the_index_only_is_read_from_disk() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig the canal\n")]);
    repo.write(PLAN, "- [x] Dig the canal\n");
    repo.git(["add", PLAN]);
    repo.write(PLAN, "- [ ] Dig the canal\n");
    let board = board(&repo);
    assert_eq!(uncommitted(&board), [""; 0]);
    assert_eq!(tick(item(&board, "Dig the canal")), "-");
}

#[test]
fn untracked_files_count_and_ignored_ones_are_told() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig the canal\n"), (".gitignore", "draft.md\n")]);
    repo.write("partners/beta/plan.md", "- [ ] Build the lock\n");
    repo.write("partners/beta/draft.md", "- [ ] Paint the gates\n");
    let loaded = crate::load(&crate::request(repo.path()));
    assert_eq!(crate::items(&loaded.board).len(), 2);
    let warnings = crate::warnings(&loaded);
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    assert!(warning.starts_with("partners/beta/draft.md: ignored by git"), "{warning}");
}
