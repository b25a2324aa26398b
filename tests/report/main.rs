//! `mdboard report` from the outside.

#[path = "../common/mod.rs"]
mod common;
mod live;
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::Repo;

const PLAN: &str = "partners/acme/plan.md";
const TEXT: &str = "---\nstart_date: 2026-01-01\nowner: ann\n---\n# Plan\n\n## Legal (Day 1-7)\n\n\
                    - [x] Sign\n- [ ] Scan\n\n## Build (Day 8-60)\n\n- [ ] Dig due:2026-02-20\n";

fn repo() -> Repo {
    let repo =
        Repo::with(&[(PLAN, &TEXT.replace("[x]", "[ ]")), ("templates/t.md", "# T\n\n- [ ] A\n")]);
    repo.write(PLAN, TEXT).commit("Sign");
    repo.git(["remote", "add", "origin", "git@github.com:example-org/partners.git"]);
    repo
}

#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
fn mdboard(repo: &Repo, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(repo.path()).env("NO_COLOR", "1");
    command.args(["report", "--today", "2026-01-20"]).args(arguments);
    command
}

fn run(repo: &Repo, arguments: &[&str]) -> Output {
    mdboard(repo, arguments).output().expect("the program starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, with what is in it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("below").display().to_string();
    files.map(|file| (name(file.path()), fs::read(file.path()).expect("readable"))).collect()
}

#[test]
fn a_site_is_written_and_told() {
    let repo = repo();
    let output = run(&repo, &["--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(output.stdout.is_empty());
    assert!(told(&output).contains("site/index.html"), "{}", told(&output));
    let tree = tree(&repo.join("site"));
    for path in [
        "index.html",
        "partners/acme.html",
        "people.html",
        "insight.html",
        "lint.html",
        "board.json",
        "items.csv",
        "events.csv",
        "overdue.ics",
        "calendars/ann.ics",
        "feed.xml",
        "report.md",
        "badge.svg",
        "badge.json",
        "badges/acme.svg",
        "badges/acme.json",
    ] {
        assert!(tree.get(path).is_some_and(|bytes| !bytes.is_empty()), "no {path}");
    }
    let page = String::from_utf8_lossy(&tree["partners/acme.html"]).into_owned();
    let commit = repo.id("HEAD");
    assert!(page.contains(&format!("https://github.com/example-org/partners/commit/{commit}")));
    assert!(page.contains("The heading around it says so"), "why something is due");
    // The same data as the other commands'.
    let status = mdboard(&repo, &[]).get_program().to_owned();
    assert_eq!(Path::new(&status), Path::new(env!("CARGO_BIN_EXE_mdboard")));
    let board: serde_json::Value = serde_json::from_slice(&tree["board.json"]).expect("JSON");
    assert_eq!(board["totals"]["done"], 1);
}

#[test]
fn the_same_board_gives_the_same_bytes() {
    let repo = repo();
    assert!(run(&repo, &["--out", "one"]).status.success());
    let one = tree(&repo.join("one"));
    fs::remove_dir_all(repo.join("one")).expect("it is there");
    assert!(run(&repo, &["--out", "one"]).status.success(), "with what the first has kept");
    assert_eq!(tree(&repo.join("one")), one);
    let output =
        mdboard(&repo, &["--out", "one", "--no-cache"]).env("RAYON_NUM_THREADS", "1").output();
    assert!(output.expect("it starts").status.success());
    assert_eq!(tree(&repo.join("one")), one);
}

#[test]
fn a_run_that_fails_leaves_the_old_site() {
    let repo = repo();
    assert!(run(&repo, &["--out", "site"]).status.success());
    let before = tree(&repo.join("site"));
    repo.write("mdboard.toml", "partners = [");
    let output = run(&repo, &["--out", "site"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(tree(&repo.join("site")), before);
    let names = fs::read_dir(repo.path()).expect("it is there").flatten();
    let left: Vec<_> =
        names.filter(|entry| entry.file_name().to_string_lossy().starts_with(".mdboard")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_somebody_else_has_written_stays() {
    let repo = repo();
    let output = run(&repo, &["--out", "partners"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("holds files that no report has written"), "{}", told(&output));
    assert!(repo.join(PLAN).is_file());
    let output = run(&repo, &["--out", PLAN]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(repo.join(PLAN).is_file());
}

#[test]
fn a_board_in_the_past_and_one_without_commits() {
    let repo = repo();
    let output = run(&repo, &["--out", "old", "--rev", "HEAD~1"]);
    assert!(output.status.success(), "{}", told(&output));
    let board = &tree(&repo.join("old"))["board.json"];
    let board: serde_json::Value = serde_json::from_slice(board).expect("JSON");
    assert_eq!(board["totals"]["done"], 0);
    let unborn = Repo::new();
    unborn.write(PLAN, TEXT);
    let output = run(&unborn, &["--out", "site"]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(tree(&unborn.join("site")).contains_key("partners/acme.html"));
}

#[test]
fn mistakes_are_told() {
    let repo = repo();
    for (arguments, words) in [
        (vec![], "--out"),
        (vec!["--serve", "0.0.0.0:0"], "--allow-remote"),
        (vec!["--serve", "[::]:0"], "--allow-remote"),
        (vec!["--serve", "somewhere"], "write a port"),
        (vec!["--out", "site", "--allow-remote"], "--serve"),
    ] {
        let output = run(&repo, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
}
