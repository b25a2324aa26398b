//! The program from the outside, as a CI runs it.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::api::{Api, Fault};
use crate::common::Repo;

const PLAN: &str = "partners/acme/plan.md";

/// A repository whose branch `work` ticks an item, and the documents about that.
pub(crate) fn repo() -> Repo {
    let repo = Repo::with(&[(PLAN, "# Plan\n\n- [ ] Sign\n- [ ] Scan @everyone\n")]);
    repo.branch("work").write(PLAN, "# Plan\n\n- [x] Sign\n-[ ] Bad box\n").commit("Sign");
    for (arguments, name) in
        [(["diff", "main", "HEAD"], "diff.json"), (["lint", "--exit-zero", "-q"], "lint.json")]
    {
        let output = run(&repo, &[&arguments[..], &["--format", "json"]].concat(), &[]);
        repo.write(&format!(".git/{name}"), output.stdout);
    }
    repo
}

#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
pub(crate) fn run(repo: &Repo, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(repo.path()).env("NO_COLOR", "1");
    for name in mdboard::forge::Variables::NAMES {
        command.env_remove(name);
    }
    command.args(arguments).envs(variables.iter().copied()).output().expect("the program starts")
}

struct Run {
    output: Output,
    summary: String,
    told: String,
}

/// `mdboard comment github` on a pull request.
fn comment(repo: &Repo, api: &Api, more: &[&str]) -> Run {
    let place = |name: &str| repo.join(".git").join(name);
    let event =
        format!(r#"{{"pull_request": {{"number": 7, "head": {{"sha": "{}"}}}}}}"#, repo.id("work"));
    repo.write(".git/event.json", event);
    let (event, summary, told) = (place("event.json"), place("summary.md"), place("output"));
    let text = |path: &PathBuf| path.to_str().expect("a plain path").to_owned();
    let (event, summary, told) = (text(&event), text(&summary), text(&told));
    let arguments = ["comment", "github", "--diff", ".git/diff.json", "--lint", ".git/lint.json"];
    let variables = [
        ("GITHUB_TOKEN", "secret-token-1"),
        ("GITHUB_API_URL", api.url()),
        ("GITHUB_SERVER_URL", "https://git.example.com"),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_EVENT_PATH", &event),
        ("GITHUB_RUN_ID", "5"),
        ("GITHUB_STEP_SUMMARY", &summary),
        ("GITHUB_OUTPUT", &told),
    ];
    let output = run(repo, &[&arguments, more].concat(), &variables);
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    Run { output, summary: read(&summary), told: read(&told) }
}

fn api(repo: &Repo) -> Api {
    Api::new(&repo.id("work"))
}

#[test]
fn a_comment_is_made_and_told_to_other_steps() {
    let repo = repo();
    let api = api(&repo);
    let made = comment(&repo, &api, &[]);
    assert_eq!(made.output.status.code(), Some(0), "{:?}", made.output);
    let comments = api.comments();
    let body = &comments[0].body;
    assert!(
        body.starts_with("<!-- mdboard:change run=5.1 -->\n**1 item removed unfinished"),
        "{body}"
    );
    assert!(body.contains("malformed-checkbox") && !body.contains("@everyone"), "{body}");
    assert!(body.contains("https://git.example.com/o/r/blob/"), "{body}");
    assert!(made.told.contains("comment-action<<MDBOARD\ncreated\nMDBOARD\n"), "{}", made.told);
    assert_eq!(made.summary, "");
    api.take_writes();
    assert_eq!(comment(&repo, &api, &[]).output.status.code(), Some(0));
    assert_eq!(api.take_writes(), [""; 0]);
}

#[test]
fn where_the_token_may_not_write_the_summary_says_it() {
    let repo = repo();
    let api = api(&repo);
    let no = r#"{"message": "Resource not accessible by integration"}"#;
    api.fail("POST", [Fault::Answer(403, vec![], no.into())]);
    let made = comment(&repo, &api, &[]);
    assert_eq!(made.output.status.code(), Some(0));
    assert!(made.summary.starts_with("**1 item removed unfinished"), "{}", made.summary);
    assert!(made.told.contains("\nsummary\n"));
    let told = String::from_utf8_lossy(&made.output.stderr);
    assert!(told.contains("may not comment") && told.contains("forks"), "{told}");
    assert!(!told.contains("secret-token"));
}

#[test]
fn a_summary_that_is_full_is_not_said_to_be_written() {
    let repo = repo();
    let api = api(&repo);
    repo.write(".git/summary.md", "x".repeat(999_999));
    let no = r#"{"message": "Resource not accessible by integration"}"#;
    api.fail("POST", [Fault::Answer(403, vec![], no.into())]);
    let made = comment(&repo, &api, &[]);
    assert_eq!(made.output.status.code(), Some(0));
    assert_eq!(made.summary.len(), 999_999);
    assert!(made.told.contains("\nskipped\n"), "{}", made.told);
    assert!(String::from_utf8_lossy(&made.output.stderr).contains("the job summary is full"));
}

#[test]
fn a_comment_that_is_too_long_is_made_shorter() {
    let many: String = (0..900).map(|n| format!("- [ ] Item number {n} of very many\n")).collect();
    let repo = Repo::with(&[(PLAN, &many)]);
    repo.branch("work").write(PLAN, many.replace("[ ]", "[x]")).commit("Tick");
    let output = run(&repo, &["diff", "main", "HEAD", "--format", "json"], &[]);
    repo.write(".git/diff.json", output.stdout);
    let output = run(&repo, &["lint", "--exit-zero", "-q", "--format", "json"], &[]);
    repo.write(".git/lint.json", output.stdout);
    let api = api(&repo);
    api.set_longest(40_000);
    assert_eq!(comment(&repo, &api, &[]).output.status.code(), Some(0));
    let comments = api.comments();
    assert!(comments[0].body.contains("left out"));
}

#[test]
fn without_a_host_the_comment_can_be_looked_at() {
    let repo = repo();
    let output = run(&repo, &["comment", "gitlab", "--diff", ".git/diff.json", "--dry-run"], &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("**1 item removed unfinished"));
    // What no link could be made of is not just left out of it.
    for address in ["javascript:alert(1)", "https://ci.example.com/a(1)", "/runs/1"] {
        let dry = ["comment", "github", "--diff", ".git/diff.json", "--dry-run", "--details"];
        let output = run(&repo, &[&dry[..], &[address]].concat(), &[]);
        assert_eq!(output.status.code(), Some(2), "{address}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("https://"), "{address}");
    }
}

#[test]
fn what_is_no_comparison_is_refused() {
    let repo = repo();
    let api = api(&repo);
    for text in ["", "{}", r#"{"schema": "mdboard.diff/2"}"#, "[1]", "\u{feff}{}"] {
        repo.write(".git/diff.json", text);
        let made = comment(&repo, &api, &[]);
        assert_eq!(made.output.status.code(), Some(2), "{text}");
        assert!(String::from_utf8_lossy(&made.output.stderr).contains("diff.json"));
    }
    assert!(api.requests().is_empty());
    let output = run(&repo, &["comment", "github", "--diff", "none.json"], &[]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_finding_of_another_place_is_refused() {
    let repo = repo();
    let api = api(&repo);
    let lint = std::fs::read_to_string(repo.join(".git/lint.json")).expect("there are findings");
    assert!(lint.contains(PLAN));
    repo.write(".git/lint.json", lint.replace(PLAN, "../../../../mallory/r"));
    let made = comment(&repo, &api, &[]);
    assert_eq!(made.output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&made.output.stderr).contains("lint.json"));
    assert!(api.requests().is_empty());
}

#[test]
fn on_gitlab_nobody_is_sent_to_workflows_of_github() {
    let repo = repo();
    let api = api(&repo);
    let no = r#"{"error": "insufficient_scope"}"#;
    api.fail("POST", [Fault::Answer(403, vec![], no.into())]);
    let head = repo.id("work");
    let variables = [
        ("MDBOARD_GITLAB_TOKEN", "secret-token-1"),
        ("CI_API_V4_URL", api.url()),
        ("CI_PROJECT_ID", "42"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_COMMIT_SHA", &head),
    ];
    let output = run(&repo, &["comment", "gitlab", "--diff", ".git/diff.json"], &variables);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("insufficient_scope") && told.contains("scope `api`"), "{told}");
    assert!(!told.contains("workflows"), "{told}");
}
