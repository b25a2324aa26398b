//! The program itself: `mdboard cache`, `--no-cache`, and many runs at once.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::common::Repo;
use crate::{check, files, folder, repo, request, tick};

#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
pub(crate) fn prepare(repo: &Repo, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(repo.path()).env("NO_COLOR", "1").args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(repo: &Repo, arguments: &[&str]) -> Child {
    prepare(repo, arguments).spawn().expect("the program starts")
}

pub(crate) fn run(repo: &Repo, arguments: &[&str]) -> Output {
    start(repo, arguments).wait_with_output().expect("the program ends")
}

pub(crate) fn out(repo: &Repo, arguments: &[&str]) -> String {
    let output = run(repo, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

#[test]
fn the_cache_is_shown_and_removed() {
    let repo = repo();
    assert!(out(&repo, &["cache"]).starts_with("nothing is kept in "));
    assert!(out(&repo, &["cache", "clear"]).starts_with("nothing was kept in "));
    out(&repo, &["status", "--no-cache"]);
    assert!(out(&repo, &["cache"]).starts_with("nothing is kept in "));
    out(&repo, &["status"]);
    let shown = out(&repo, &["cache", "show"]);
    assert!(shown.starts_with("1 checkpoint, "), "{shown}");
    assert!(shown.contains(&repo.id("HEAD")[..10]), "{shown}");
    let json: Value =
        serde_json::from_str(&out(&repo, &["cache", "--format", "json"])).expect("JSON");
    assert_eq!(json["schema"], "mdboard.cache/1");
    assert_eq!(json["checkpoints"][0]["commit"], repo.id("HEAD"));
    assert!(json["bytes"].as_u64().is_some_and(|bytes| bytes > 0));
    let path = format!("{}/docs/schema/cache.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(path).expect("the schema is published");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    assert!(jsonschema::is_valid(&schema, &json), "{json:#}");
    assert!(out(&repo, &["cache", "clear"]).starts_with("removed 1 checkpoint, "));
    assert!(!folder(&repo).exists());
}

#[test]
fn no_cache_reads_nothing_either() {
    let repo = repo();
    out(&repo, &["status"]);
    let told = |arguments: &[&str]| {
        String::from_utf8(run(&repo, arguments).stderr).expect("it prints UTF-8")
    };
    assert!(told(&["-v"]).contains("history comes from the cache"));
    assert!(!told(&["-v", "--no-cache"]).contains("cache"));
    assert!(!told(&[]).contains("cache"), "only for those who ask");
}

#[test]
fn runs_side_by_side_do_not_harm_each_other() {
    let repo = repo();
    for round in ["Call", "Logo"] {
        let arguments = ["log", "--format", "json", "--today", "2026-02-01"];
        let expected = out(&repo, &[&arguments[..], &["--no-cache"]].concat());
        let runs: Vec<Child> = (0..12).map(|_| start(&repo, &arguments)).collect();
        for run in runs {
            let output = run.wait_with_output().expect("the program ends");
            assert!(output.status.success());
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
        }
        check(&request(repo.path()));
        if round == "Call" {
            tick(&repo, round);
            repo.commit(round);
        }
    }
    let kinds = ["checkpoint", "answer"];
    let is_whole = |path: &PathBuf| {
        path.extension().is_some_and(|name| kinds.iter().any(|kind| name == *kind))
    };
    assert!(files(&repo).iter().all(is_whole));
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_nothing_wrong() {
    let repo = repo();
    for pause in 0..12_u64 {
        let mut run = start(&repo, &["status"]);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        // One that has ended already cannot be killed.
        let _ = run.kill();
        run.wait().expect("it ends");
        check(&request(repo.path()));
        if pause % 3 == 0 {
            out(&repo, &["cache", "clear"]);
        }
    }
}
