//! What a change is compared with.

use crate::common::Repo;
use crate::runner::{Job, Ran, Runner};
use crate::stage::{BEGIN, Checkout, PLAN, Stage, TEMPLATE, stage, template};

const NO_LINT: (&str, &str) = ("lint", "false");

/// What others have done on `main` since: an unfinished item of another partner is gone, and a new
/// rule came.
fn behind() -> Stage {
    let stage = stage();
    stage.main_goes_on("partners/zeta/plan.md", "# Zeta\n\n- [ ] Something else\n");
    stage
}

fn is_of_the_request(ran: &Ran, stage: &Stage) {
    let body = stage.comment().body;
    assert!(body.contains("“File”"), "{body}");
    for foreign in ["Zeta", "zeta", "Wait", "Something else"] {
        assert!(!body.contains(foreign), "what main has done is told: {body}\n{}", ran.log);
    }
}

#[test]
fn what_main_has_done_since_is_not_the_requests() {
    for checkout in [Checkout::Merge, Checkout::ShallowMerge, Checkout::Head] {
        let stage = behind();
        let ran = stage.pull_request_on(checkout, 1, &[NO_LINT]);
        assert_eq!(ran.code, 0, "{}", ran.log);
        is_of_the_request(&ran, &stage);
    }
}

#[test]
fn what_the_branch_has_taken_over_from_main_is_not_the_requests() {
    for checkout in [Checkout::Merge, Checkout::ShallowMerge, Checkout::Head] {
        let stage = behind();
        stage.repo.merge("main");
        stage.push("notes.txt", "Merged\n");
        let ran = stage.pull_request_on(checkout, 1, &[NO_LINT]);
        assert_eq!(ran.code, 0, "{}", ran.log);
        is_of_the_request(&ran, &stage);
    }
}

#[test]
fn the_rules_are_those_of_main_as_it_is() {
    let stage = stage();
    stage.main_goes_on("mdboard.toml", "[lint]\nignore = [\"all\"]\n");
    let ran = stage.pull_request(1, &[]);
    assert_eq!(ran.code, 0, "{}", ran.log);
}

#[test]
fn a_shallow_checkout_is_told_and_compared_all_the_same() {
    let stage = stage();
    let ran = stage.pull_request_on(Checkout::ShallowMerge, 1, &[]);
    assert_eq!(ran.code, 1, "the linter's findings fail it: {}", ran.log);
    assert!(stage.comment().body.contains("MB101"));
    assert!(ran.commands.iter().any(|command| command.contains("fetch-depth: 0")), "{}", ran.log);
    assert!(stage.comment().body.contains("“File”"));
}

#[test]
fn a_base_can_be_named_and_a_whole_clone_stays_one() {
    let stage = behind();
    // A branch that the clone knows only as the remote's, one that it does not know, and an id.
    stage.repo.git(["push", "-q", "origin", "main:refs/heads/next"]);
    let id = stage.repo.id("main");
    for base in ["main", "next", &id] {
        let checkout = stage.clone_at(&stage.repo.id("work"), &[]);
        checkout.git(["update-ref", "-d", "refs/remotes/origin/next"]);
        let api = stage.api.url();
        let inputs = [("base", base), NO_LINT];
        let job = Job { run: 1, inputs: &inputs, event: "{}", name: "push", api };
        let ran = Runner::new(&checkout).act(&job);
        let report = std::fs::read_to_string(ran.report("diff.md"));
        let report = report.unwrap_or_else(|error| panic!("{base}: {error}\n{}", ran.log));
        assert!(report.contains("“File”") && !report.contains("Zeta"), "{base}: {report}");
        assert_eq!(checkout.git(["rev-parse", "--is-shallow-repository"]), "false", "{base}");
        // There is no request, so nothing is missing where nothing is commented on.
        assert_eq!(
            (ran.code, ran.output("comment-action").as_str()),
            (0, "skipped"),
            "{}",
            ran.log
        );
        assert!(stage.api.requests().is_empty());
    }
}

#[test]
fn a_base_that_is_nowhere_is_told() {
    let stage = stage();
    for base in ["no-such-branch", "--upload-pack=/bin/false"] {
        let ran = stage.pull_request(1, &[("base", base)]);
        assert_eq!(ran.code, 2, "{}", ran.log);
        assert!(ran.commands.iter().any(|command| command.contains("input base")), "{}", ran.log);
    }
    assert!(stage.api.comments().is_empty());
}

#[test]
fn a_change_of_two_partners_is_told_whole_however_it_is_checked_out() {
    let mut bodies = Vec::new();
    for checkout in [Checkout::Merge, Checkout::Head] {
        let stage = stage();
        stage.push(PLAN, &BEGIN.replace("- [ ] Scan", "- [x] Scan"));
        stage.pull_request_on(checkout, 1, &[NO_LINT]);
        bodies.push(stage.comment().body.replace(&stage.repo.id("work"), "HEAD"));
    }
    assert_eq!(bodies[0], bodies[1], "the comment does not hang on what is checked out");
}

#[test]
fn a_merge_queue_is_judged_by_what_the_group_changes() {
    let stage = behind();
    stage.main_goes_on(TEMPLATE, &template("- [ ] Sign\n-[ ] Old finding of main\n"));
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    stage.repo.git(["checkout", "-q", "--detach", "main"]);
    let base = stage.repo.id("HEAD");
    let group = stage.repo.write(PLAN, BEGIN.replace("- [ ] File\n", "")).commit("Queued");
    stage.repo.git(["push", "-q", "origin", "HEAD:refs/heads/gh-readonly-queue/main/pr-7"]);
    let event = format!(r#"{{"merge_group": {{"base_sha": "{base}", "head_sha": "{group}"}}}}"#);
    for (fail_on, code) in [("", 0), ("removed-open", 1)] {
        let inputs = [("fail-on", fail_on)];
        let api = stage.api.url();
        let job = Job { run: 1, inputs: &inputs, event: &event, name: "merge_group", api };
        let ran = Runner::new(&stage.clone_at(&group, &[])).act(&job);
        assert_eq!(ran.code, code, "{}", ran.log);
        assert!(ran.summary.contains("“File”") && !ran.summary.contains("Zeta"), "{}", ran.summary);
    }
    assert!(stage.api.requests().is_empty());
}

#[test]
fn the_base_alone_is_not_taken_for_the_request() {
    let stage = behind();
    let (head, main) = (stage.repo.id("work"), stage.repo.id("main"));
    let event = format!(
        r#"{{"pull_request": {{"number": 7, "base": {{"sha": "{main}"}}, "head": {{"sha": "{head}"}}}}}}"#
    );
    for depth in [&[][..], &["--depth=1"]] {
        for inputs in [&[NO_LINT][..], &[NO_LINT, ("base", "main")]] {
            let api = stage.api.url();
            let job = Job { run: 1, inputs, event: &event, name: "pull_request_target", api };
            let ran = Runner::new(&stage.clone_at(&main, depth)).act(&job);
            assert_eq!(ran.code, 2, "{}", ran.log);
            let told = ran.commands.iter().any(|command| command.contains("is the base"));
            assert!(told, "{}", ran.log);
        }
    }
    assert!(stage.api.comments().is_empty(), "nobody is told that nothing changes");
}

#[test]
fn a_checkout_that_git_does_not_read_is_told() {
    let stage = stage();
    let api = stage.api.url();
    let job = Job { run: 1, inputs: &[], event: "{}", name: "push", api };
    let ran = Runner::new(&Repo::in_folder()).act(&job);
    assert_eq!(ran.code, 2, "{}", ran.log);
    assert!(ran.commands.iter().any(|command| command.contains("safe.directory")), "{}", ran.log);
}

#[test]
fn git_asks_nobody_for_a_password() {
    let stage = stage();
    let checkout = stage.clone_at(&stage.repo.id("work"), &[]);
    let seen = checkout.join("seen");
    checkout.git(["remote", "set-url", "origin", "ssh://git.example.com/o/r"]);
    checkout.git(["config", "core.sshCommand", &format!("env >'{}'; false", seen.display())]);
    let inputs = [("base", "not-here"), NO_LINT];
    let job = Job { run: 1, inputs: &inputs, event: "{}", name: "push", api: stage.api.url() };
    assert_eq!(Runner::new(&checkout).act(&job).code, 2);
    let seen = std::fs::read_to_string(seen).expect("git has called");
    assert!(seen.contains("GIT_TERMINAL_PROMPT=0"), "{seen}");
}

#[test]
fn a_tag_is_not_taken_for_a_base_of_its_name() {
    let stage = stage();
    stage.repo.git(["push", "-q", "origin", "work:refs/tags/main"]);
    for depth in [&[][..], &["--depth=1"]] {
        let checkout = stage.clone_at(&stage.repo.id("work"), depth);
        checkout.git(["fetch", "-q", "origin", "refs/tags/main:refs/tags/main"]);
        let inputs = [("base", "main"), ("fail-on", "removed-open"), NO_LINT];
        let api = stage.api.url();
        let job = Job { run: 1, inputs: &inputs, event: "{}", name: "push", api };
        let ran = Runner::new(&checkout).act(&job);
        assert_eq!(ran.code, 1, "a tag lets it pass: {}", ran.log);
    }
}
