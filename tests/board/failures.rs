//! What stands in a board's way.

use mdboard::load::{Error, Request};

use crate::common::Repo;
use crate::{
    board, board_at, events, failure, findings, item, items, load, named, partners, request,
};

const PLAN: &str = "partners/acme/plan.md";
const LARGE: &str = "partners/acme/large.md";

/// Five megabytes of items.
fn large() -> String {
    let line = "- [x] Haul one more of the stones up to the top of the dam\n";
    line.repeat(5_000_000 / line.len() + 1)
}

#[test]
fn an_unknown_key_is_located_and_the_near_one_named() {
    let text = "# ours\ntimezone = \"UTC\"\npartner = [\"clients/*\"]\n";
    let repo = Repo::with(&[("ops/mdboard.toml", text), ("ops/clients/acme.md", "- [ ] Dig\n")]);
    let expected = ["MB251 ops/mdboard.toml 3:1 unknown key `partner` | did you mean `partners`?"];
    let folder = repo.join("ops");
    for revision in
        [mdboard::load::Revision::WorkingTree, mdboard::load::Revision::Named("HEAD".into())]
    {
        let error = failure(&Request { revision, ..request(&folder) });
        let Error::Config(found) = error else { panic!("{error}") };
        assert_eq!(findings(&found), expected);
    }
}

#[test]
fn every_fault_of_a_configuration_is_told_at_once() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    repo.write("mdboard.toml", "due_soon_day = 3\ntimezone = \"Europe/Berln\"\n");
    let error = failure(&request(repo.path()));
    let Error::Config(found) = error else { panic!("{error}") };
    let found = findings(&found);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("did you mean `due_soon_days`?"), "{found:?}");
    assert!(found[1].contains("did you mean `Europe/Berlin`?"), "{found:?}");
}

#[test]
fn a_configuration_that_cannot_be_read_is_named() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    let asked = Request { config: Some("none.toml".into()), ..request(repo.path()) };
    let error = failure(&asked);
    let Error::ConfigFile { path, .. } = &error else { panic!("{error}") };
    assert_eq!(path.to_str(), Some("none.toml"));
    repo.write("mdboard.toml", b"# caf\xE9\n");
    let error = failure(&request(repo.path())).to_string();
    assert!(error.contains("mdboard.toml") && error.contains("not UTF-8 at byte 5"), "{error}");
}

#[test]
fn no_files_is_a_first_screen() {
    let repo = Repo::with(&[("README.md", "- [ ] Dig\n")]);
    let error = failure(&request(repo.path()));
    assert!(matches!(error, Error::NoFiles { asked: false, .. }), "{error}");
    assert!(error.to_string().contains("`partners/*` in the root of the repository"), "{error}");
    assert!(error.help().expect("help").contains("--partners"));
    let asked = Request { partners: vec!["clients/*".into()], ..request(repo.path()) };
    let error = failure(&asked);
    assert!(matches!(error, Error::NoFiles { asked: true, .. }), "{error}");
    assert!(error.to_string().contains("`clients/*`"), "{error}");
}

#[test]
fn no_items_names_the_files() {
    let repo = Repo::with(&[(PLAN, "# Nothing to do\n")]);
    let error = failure(&request(repo.path()));
    let Error::NoItems { files, .. } = &error else { panic!("{error}") };
    assert_eq!(files.len(), 1);
    assert_eq!(error.to_string(), format!("no board here: {PLAN} has no task list item"));
    assert!(error.help().expect("help").contains("- [ ]"));
}

#[test]
fn a_folder_outside_of_git_is_an_error() {
    let folder = Repo::in_folder();
    let error = failure(&request(folder.path()));
    assert!(error.to_string().ends_with("is not in a git repository"), "{error}");
    assert!(error.help().expect("help").contains("git init"));
}

#[test]
fn a_large_file_is_a_finding_and_the_rest_a_board() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    let text = large();
    repo.write(LARGE, &text);
    let expected = format!("MB803 {LARGE} 1:1 the file has {} bytes;", text.len());
    let check = |board: mdboard::board::Board| {
        assert_eq!(items(&board).len(), 1);
        assert_eq!(item(&board, "Dig").line.0, 1);
        let found = findings(&board.diagnostics);
        assert!(found.len() == 1 && found[0].starts_with(&expected), "{found:?}");
    };
    check(board(&repo));
    repo.commit("Add stones");
    check(board(&repo));
    check(board_at(&repo, "HEAD"));
}

#[test]
fn only_a_large_file_is_no_board_that_says_why() {
    let repo = Repo::with(&[(LARGE, &large())]);
    for asked in [request(repo.path()), named(&repo, "HEAD")] {
        let error = failure(&asked);
        let Error::NoItems { unreadable, .. } = &error else { panic!("{error}") };
        assert!(findings(unreadable)[0].starts_with(&format!("MB803 {LARGE} 1:1 ")));
    }
}

/// A checklist, and one with an item that grows beyond what is read; with the events before.
fn grown() -> (Repo, Vec<String>) {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n"), (LARGE, "- [x] Haul the stones\n")]);
    let before = events(&board(&repo).events);
    repo.write(LARGE, large());
    (repo, before)
}

#[test]
fn a_committed_file_that_grew_too_large_was_not_removed() {
    let (repo, before) = grown();
    repo.commit("Grow");
    assert_eq!(events(&board_at(&repo, "HEAD").events), before);
}

#[test]
fn a_file_on_disk_that_grew_too_large_was_not_removed() {
    let (repo, before) = grown();
    assert_eq!(events(&board(&repo).events), before);
}

#[test]
fn a_large_file_that_is_the_same_on_disk_was_not_removed() {
    let (repo, before) = grown();
    repo.commit("Grow");
    assert_eq!(events(&board(&repo).events), before);
}

#[test]
fn a_large_file_that_git_must_compare_was_not_removed() {
    let (repo, before) = grown();
    repo.commit("Grow");
    // The same bytes with another date: the index no longer vouches for them.
    repo.write(LARGE, "").write(LARGE, large());
    let file = std::fs::File::options().append(true).open(repo.join(LARGE)).expect("a file");
    file.set_modified(std::time::UNIX_EPOCH).expect("a date");
    assert_eq!(events(&board(&repo).events), before);
}

#[test]
fn a_file_that_is_not_utf_8_is_read_and_told() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    repo.write("partners/beta/plan.md", b"# Caf\xE9\n\n- [x] Pay the b\xE4ker\n- [ ] Eat\n");
    let check = |board: mdboard::board::Board| {
        assert_eq!(partners(&board), ["acme", "beta"]);
        let found = findings(&board.diagnostics);
        let start = "MB805 partners/beta/plan.md 1:6 the file is not UTF-8: byte 0xE9";
        assert!(found.len() == 1 && found[0].starts_with(start), "{found:?}");
        assert_eq!(item(&board, "Eat").line.0, 4);
        assert_eq!(item(&board, "Pay the b?ker").line.0, 3);
    };
    check(board(&repo));
    repo.commit("Add beta");
    check(board(&repo));
    check(board_at(&repo, "HEAD"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_a_finding() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n")]);
    std::os::unix::fs::symlink("plan.md", repo.join("partners/acme/link.md")).expect("a link");
    let check = |board: mdboard::board::Board| {
        assert_eq!(items(&board).len(), 1);
        let found = findings(&board.diagnostics);
        let start = "MB804 partners/acme/link.md 1:1 ";
        assert!(found.len() == 1 && found[0].starts_with(start), "{found:?}");
    };
    check(board(&repo));
    repo.commit("Link");
    check(board(&repo));
    check(board_at(&repo, "HEAD"));
}

#[test]
fn a_match_without_items_is_only_noted() {
    let repo = Repo::with(&[(PLAN, "- [ ] Dig\n"), ("partners/notes/a.md", "# Notes\n")]);
    let loaded = load(&request(repo.path()));
    assert_eq!(partners(&loaded.board), ["acme"]);
    let messages: Vec<&str> = loaded.notices.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(messages, ["partners/notes has no task list item, so it is no partner"]);
    assert!(crate::warnings(&loaded).is_empty());
}
