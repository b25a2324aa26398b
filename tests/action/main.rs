//! A rehearsal of the action: its steps, taken from action.yml and run as a runner runs them, on a
//! repository with a remote, against a server that plays the host's API.

#![cfg(unix)]

#[path = "../common/api.rs"]
mod api;
mod base;
#[path = "../common/mod.rs"]
mod common;
mod docs;
mod gitlab;
mod install;
mod runner;
mod stage;

use std::path::Path;

use api::Fault;
use common::Repo;
use runner::{Job, Runner};
use stage::{TEMPLATE, stage, template};

#[test]
fn a_pull_request_has_one_comment_that_follows_it() {
    let stage = stage();
    let ran = stage.pull_request(1, &[]);
    // The change breaks a template, and everybody is told before the job fails for it.
    assert_eq!(ran.code, 1, "{}", ran.log);
    let body = stage.comment().body;
    assert!(
        body.starts_with("<!-- mdboard:change run=1.1 -->\n**1 item removed unfinished"),
        "{body}"
    );
    for part in ["“File”", "took back the tick of “Sign”", "ticked “Scan”", "7 days later", "MB101"]
    {
        assert!(body.contains(part), "no {part} in {body}");
    }
    assert!(!body.contains("@everyone"));
    let removed = body.find("“File”").expect("it is there");
    assert!(removed < body.find("ticked “Scan”").expect("it is there"), "unfinished work first");
    assert_eq!(ran.output("percent"), "25");
    assert_eq!(ran.output("health"), "overdue");
    assert!(!ran.output("overdue").is_empty());
    assert_eq!(ran.output("comment-action"), "created");
    assert!(ran.output("comment-url").starts_with("https://"));
    for name in ["board.json", "diff.json", "diff.md", "lint.json"] {
        assert!(ran.report(name).is_file(), "{name}");
    }
    assert!(ran.log.contains("::error") || ran.log.contains("::warning"), "{}", ran.log);
    assert!(ran.summary.contains("| Partner |") && ran.summary.contains("removed unfinished"));

    // A second push, and the same comment says something else.
    let id = stage.comment().id;
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    stage.api.take_writes();
    let ran = stage.pull_request(2, &[]);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "updated");
    assert_eq!(stage.comment().id, id);
    assert!(!stage.comment().body.contains("MB101"));
    assert_eq!(stage.api.take_writes().len(), 1);

    // A third one that changes nothing on the board, and nothing is sent.
    stage.push("notes.txt", "Nothing of the board's\n");
    let ran = stage.pull_request(3, &[]);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "unchanged");
    assert_eq!(stage.api.take_writes(), [""; 0]);
}

#[test]
fn a_gate_fails_after_the_comment_and_cannot_be_loosened() {
    let stage = stage();
    let ran = stage.pull_request(1, &[("fail-on", "removed-open"), ("lint", "false")]);
    assert_eq!(ran.code, 1, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "created");
    stage.push("mdboard.toml", "partners = [\"nowhere/*\"]\n");
    let ran = stage.pull_request(2, &[("fail-on", "removed-open"), ("lint", "false")]);
    assert_eq!(ran.code, 2, "there is no board any more: {}", ran.log);
    assert!(stage.comment().body.contains("“File”"), "and it is told what is lost with it");
    stage.push("mdboard.toml", "partners = [\"partners/z*\"]\n[lint]\nignore = [\"all\"]\n");
    let ran = stage.pull_request(3, &[("fail-on", "removed-open"), ("lint", "false")]);
    assert_eq!(ran.code, 1, "{}", ran.log);
    let ran = stage.pull_request(4, &[("fail-on", "checklist-removed"), ("lint", "false")]);
    assert_eq!(ran.code, 0, "{}", ran.log);
    let ran = stage.pull_request(5, &[("comment", "false")]);
    assert_eq!(ran.code, 1, "the linter is the base's, too: {}", ran.log);
}

#[test]
fn a_secret_that_a_fork_does_not_see_is_no_mistake() {
    let stage = stage();
    let no = r#"{"message": "Resource not accessible by integration"}"#;
    stage.api.fail("POST", [Fault::Answer(403, vec![], no.into())]);
    let ran = stage.pull_request(1, &[("token", ""), ("lint", "false")]);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "summary");
}

#[test]
fn annotations_keep_to_what_is_shown() {
    let stage = stage();
    let broken: String = (0..40).map(|n| format!("-[ ] Broken box {n}\n")).collect();
    stage.push(TEMPLATE, &template(&format!("- [ ] Sign\n{broken}")));
    let ran = stage.pull_request(1, &[]);
    let of_files = |kind: &str| {
        let start = format!("::{kind} file=");
        ran.commands.iter().filter(|command| command.starts_with(&start)).count()
    };
    assert_eq!(of_files("error"), 10, "{}", ran.log);
    assert!(of_files("warning") <= 10 && of_files("notice") <= 10, "{}", ran.log);
    // What is not shown on its line is in the log, and can be counted.
    assert_eq!(ran.log.matches("MB101[").count(), 40, "{}", ran.log);
    let counted = ran.log.lines().find(|line| line.contains("findings more")).expect("a count");
    let left: usize = counted.split(' ').nth(1).and_then(|n| n.parse().ok()).expect("a number");
    assert!(left >= 30, "{counted}");
}

#[test]
fn what_files_say_gives_the_runner_no_orders() {
    let stage = stage();
    let hostile = "---\nowner: \"##[add-mask]ann\"\nstart_date: \"##[error]soon\"\n---\n\
                   # ##[group]Acme\n\n## ::error::Legal\n\n- [ ] ##[set-env name=PATH]x due:2020-01-01\n\
                   - [ ] ::add-mask::a\n-[ ] ##[command]b\n";
    stage.push("partners/::warning::zeta/##[debug]plan.md", hostile);
    stage.push(TEMPLATE, &template("- [ ] Sign\n-[ ] ##[error]Broken\n"));
    stage.push("mdboard.toml", "partners = [\"##[warning]*\"\n::error::x");
    let ran = stage.pull_request(1, &[("fail-on", "removed-open,overdue,unticked")]);
    assert_eq!(ran.code, 2, "{}", ran.log);
    let ours = ["::error title=mdboard::", "::error file=", "::warning file=", "::notice file="];
    for command in &ran.commands {
        assert!(ours.iter().any(|known| command.starts_with(known)), "{command}\n{}", ran.log);
    }
    assert!(ran.commands.iter().any(|command| command.starts_with("::error file=")));
    for said in
        ["##[set-env name=PATH]x", "##[error]soon", "partners/::warning::zeta/##[debug]plan.md"]
    {
        assert!(ran.log.contains(said), "no {said} in {}", ran.log);
    }
    assert_eq!(stage.comment().author, "board-bot");
}

#[test]
fn a_site_is_made_where_it_is_asked_for() {
    let stage = stage();
    let url = "https://example-org.example.com/board/?a=1";
    let inputs = [("site", "true"), ("site-url", url), ("lint", "false")];
    let ran = stage.pull_request(1, &inputs);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(Path::new(&ran.output("site-path")).join("index.html").is_file(), "{}", ran.log);
    assert!(stage.comment().body.trim_end().ends_with(&format!("[The board]({url})")));
    assert!(ran.summary.contains(&format!("[The board]({url})")));
    let ran = stage.pull_request(2, &[("lint", "false")]);
    assert_eq!(ran.output("site-path"), "");
    for odd in ["javascript:alert(1)", "https://x.example.com/)![](x", "https://x y"] {
        let ran = stage.pull_request(3, &[("site-url", odd)]);
        assert_eq!(ran.code, 2, "{odd}: {}", ran.log);
    }
}

#[test]
fn a_push_shows_the_board() {
    let stage = stage();
    let checkout = stage.clone_at(&stage.repo.id("main"), &[]);
    let api = stage.api.url();
    let job = Job { run: 1, inputs: &[], event: "{}", name: "push", api };
    let ran = Runner::new(&checkout).act(&job);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(ran.summary.contains("| Partner |"));
    assert!(stage.api.requests().is_empty());
    assert!(!ran.report("diff.json").exists());
}

#[test]
fn a_forks_pull_request_is_read_by_one_job_and_commented_by_another() {
    let stage = stage();
    let head = stage.repo.id("work");
    let read = stage.pull_request(1, &[("comment", "false"), ("lint", "false")]);
    assert_eq!(read.code, 0, "{}", read.log);
    assert!(stage.api.requests().is_empty());
    stage.api.set_pulls(&[(3, &head, "mallory/r"), (5, &head, "fork/r")]);
    let event = format!(
        r#"{{"workflow_run": {{"id": 1, "run_attempt": 1, "head_sha": "{head}", "head_branch": "work",
        "head_repository": {{"full_name": "fork/r"}}}}}}"#
    );
    // The second job checks nothing out: it stands in an empty folder.
    let empty = Repo::in_folder();
    let documents = read.output("report-path");
    let inputs = [("documents", documents.as_str())];
    let job =
        Job { run: 2, inputs: &inputs, event: &event, name: "workflow_run", api: stage.api.url() };
    let ran = Runner::new(&empty).act(&job);
    assert_eq!(ran.code, 0, "{}", ran.log);
    let asked = stage.api.requests();
    assert!(asked.iter().any(|request| request.path.starts_with("/repos/o/r/issues/5/")));
    assert!(stage.comment().body.contains("“File”"));
    // It was closed meanwhile, which is nobody's mistake.
    stage.api.set_pulls(&[(3, &head, "mallory/r")]);
    stage.api.take_writes();
    let ran = Runner::new(&empty).act(&job);
    assert_eq!((ran.code, ran.output("comment-action").as_str()), (0, "skipped"), "{}", ran.log);
    assert_eq!(stage.api.take_writes(), [""; 0]);
    // A document that is a link leads nowhere.
    let diff = Path::new(&documents).join("diff.json");
    std::fs::remove_file(&diff).expect("it was there");
    std::os::unix::fs::symlink("/etc/hostname", &diff).expect("a link");
    let ran = Runner::new(&empty).act(&job);
    assert_eq!(ran.code, 2, "{}", ran.log);
}
