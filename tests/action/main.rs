//! A rehearsal of the action: its steps, taken from action.yml and run as a runner runs them, on a
//! repository with a remote, against a server that plays the host's API.

#![cfg(unix)]

#[path = "../common/api.rs"]
mod api;
#[path = "../common/mod.rs"]
mod common;
mod docs;
mod runner;

use std::path::Path;

use api::{Api, Kept};
use common::Repo;
use runner::{Job, Ran, Runner};

const PLAN: &str = "partners/acme/plan.md";
const TEMPLATE: &str = "templates/onboarding.md";
const BEGIN: &str = "---\nstart_date: 2026-01-01\nowner: ann\ntemplate: onboarding\n---\n# Acme\n\n\
                     ## Legal (Day 1-7)\n\n- [x] Sign\n- [ ] Scan\n- [ ] File\n\n\
                     ## Build (Day 8-60)\n\n- [ ] Dig due:2026-02-20\n";

fn template(items: &str) -> String {
    format!("---\ntitle: Onboarding\n---\n\n# Onboarding\n\n{items}")
}

/// A repository with a bare remote, and a branch that ticks, unticks, pushes a date, deletes an
/// open item and breaks a template.
struct Stage {
    repo: Repo,
    remote: Repo,
    api: Api,
}

fn stage() -> Stage {
    let repo = Repo::with(&[
        (PLAN, BEGIN),
        (TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n")),
        ("partners/zeta/plan.md", "# Zeta\n\n- [ ] Wait\n"),
    ]);
    let remote = Repo::in_folder();
    remote.git(["init", "-q", "--bare", "."]);
    let url = remote.path().to_str().expect("a plain path").to_owned();
    repo.git(["remote", "add", "origin", &url]);
    repo.git(["push", "-q", "origin", "main"]);
    repo.branch("work");
    let change = BEGIN
        .replace("- [x] Sign", "- [ ] Sign")
        .replace("- [ ] Scan", "- [x] Scan")
        .replace("- [ ] File\n", "")
        .replace("2026-02-20", "2026-02-27");
    repo.write(PLAN, change);
    repo.write(TEMPLATE, template("- [ ] Sign\n- [ ] Scan\n-[ ] Broken box\n"));
    repo.commit("Change a lot @everyone");
    repo.git(["push", "-q", "origin", "work"]);
    let api = Api::new(&repo.id("work"));
    Stage { repo, remote, api }
}

impl Stage {
    /// Another commit on the branch.
    fn push(&self, path: &str, text: &str) {
        self.repo.write(path, text).commit("More");
        self.repo.git(["push", "-q", "origin", "work"]);
        self.api.set_head(&self.repo.id("work"));
    }

    /// The action on the pull request, on a fresh checkout of so many commits.
    fn pull_request(&self, run: u64, inputs: &[(&str, &str)], depth: Option<u32>) -> Ran {
        let head = self.repo.id("work");
        let base = self.repo.id("main");
        let event = format!(
            r#"{{"pull_request": {{"number": 7, "base": {{"sha": "{base}"}}, "head": {{"sha": "{head}"}}}}}}"#
        );
        let job = Job { run, inputs, event: &event, name: "pull_request", api: self.api.url() };
        Runner::new(&self.checkout(&head, depth)).act(&job)
    }

    fn checkout(&self, commit: &str, depth: Option<u32>) -> Repo {
        let checkout = Repo::in_folder();
        let url = self.remote.url();
        checkout.git(["init", "-q", "."]);
        checkout.git(["remote", "add", "origin", &url]);
        self.remote.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
        match depth {
            Some(depth) => {
                let depth = format!("--depth={depth}");
                checkout.git(["fetch", "-q", &depth, "origin", commit]);
            }
            None => {
                checkout.git(["fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
            }
        }
        checkout.git(["checkout", "-q", "--detach", commit]);
        checkout
    }

    fn comment(&self) -> Kept {
        let comments = self.api.comments();
        let [comment] = comments.as_slice() else { panic!("{comments:#?}") };
        comment.clone()
    }
}

#[test]
fn a_pull_request_has_one_comment_that_follows_it() {
    let stage = stage();
    let ran = stage.pull_request(1, &[], None);
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
        assert!(Path::new(&ran.output("report-path")).join(name).is_file(), "{name}");
    }
    assert!(ran.log.contains("::error") || ran.log.contains("::warning"), "{}", ran.log);
    assert!(ran.summary.contains("| Partner |") && ran.summary.contains("removed unfinished"));

    // A second push, and the same comment says something else.
    let id = stage.comment().id;
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    stage.api.take_writes();
    let ran = stage.pull_request(2, &[], None);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "updated");
    assert_eq!(stage.comment().id, id);
    assert!(!stage.comment().body.contains("MB101"));
    assert_eq!(stage.api.take_writes().len(), 1);

    // A third one that changes nothing on the board, and nothing is sent.
    stage.push("notes.txt", "Nothing of the board's\n");
    let ran = stage.pull_request(3, &[], None);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "unchanged");
    assert_eq!(stage.api.take_writes(), [""; 0]);
}

#[test]
fn a_gate_fails_after_the_comment_and_cannot_be_loosened() {
    let stage = stage();
    let ran = stage.pull_request(1, &[("fail-on", "removed-open"), ("lint", "false")], None);
    assert_eq!(ran.code, 1, "{}", ran.log);
    assert_eq!(ran.output("comment-action"), "created");
    stage.push("mdboard.toml", "partners = [\"nowhere/*\"]\n");
    let ran = stage.pull_request(2, &[("fail-on", "removed-open"), ("lint", "false")], None);
    assert_eq!(ran.code, 2, "there is no board any more: {}", ran.log);
    assert!(stage.comment().body.contains("“File”"), "and it is told what is lost with it");
    stage.push("mdboard.toml", "partners = [\"partners/z*\"]\n[lint]\nignore = [\"all\"]\n");
    let ran = stage.pull_request(3, &[("fail-on", "removed-open"), ("lint", "false")], None);
    assert_eq!(ran.code, 1, "{}", ran.log);
    let ran = stage.pull_request(4, &[("fail-on", "checklist-removed"), ("lint", "false")], None);
    assert_eq!(ran.code, 0, "{}", ran.log);
    let ran = stage.pull_request(5, &[("comment", "false")], None);
    assert_eq!(ran.code, 1, "the linter is the base's, too: {}", ran.log);
}

#[test]
fn a_shallow_checkout_is_told_and_compared_all_the_same() {
    let stage = stage();
    let ran = stage.pull_request(1, &[("lint", "false")], Some(1));
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(ran.log.contains("fetch-depth: 0"), "{}", ran.log);
    assert!(stage.comment().body.contains("“File”"));
}

#[test]
fn annotations_keep_to_what_is_shown() {
    let stage = stage();
    let bad: String = (0..40).map(|n| format!("-[ ] Broken box {n}\n")).collect();
    stage.push(TEMPLATE, &template(&format!("- [ ] Sign\n{bad}")));
    let ran = stage.pull_request(1, &[], None);
    for kind in ["::error", "::warning title=MB", "::notice"] {
        let count = ran.log.lines().filter(|line| line.starts_with(kind)).count();
        assert!(count <= 10, "{count} of {kind}");
    }
    assert!(ran.log.contains("findings more"), "{}", ran.log);
}

#[test]
fn a_push_shows_the_board() {
    let stage = stage();
    let checkout = stage.checkout(&stage.repo.id("main"), None);
    let api = stage.api.url();
    let job = Job { run: 1, inputs: &[], event: "{}", name: "push", api };
    let ran = Runner::new(&checkout).act(&job);
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(ran.summary.contains("| Partner |"));
    assert!(stage.api.requests().is_empty());
    assert!(!Path::new(&ran.output("report-path")).join("diff.json").exists());
}

#[test]
fn a_forks_pull_request_is_read_by_one_job_and_commented_by_another() {
    let stage = stage();
    let head = stage.repo.id("work");
    let read = stage.pull_request(1, &[("comment", "false"), ("lint", "false")], None);
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
    // A document that is a link leads nowhere.
    let diff = Path::new(&documents).join("diff.json");
    std::fs::remove_file(&diff).expect("it was there");
    std::os::unix::fs::symlink("/etc/hostname", &diff).expect("a link");
    let ran = Runner::new(&empty).act(&job);
    assert_eq!(ran.code, 2, "{}", ran.log);
}
