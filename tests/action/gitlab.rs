//! The jobs of the GitLab template: their scripts, run in one shell as a GitLab runner runs them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::common::Repo;
use crate::stage::{Stage, TEMPLATE, stage, template};

#[derive(Deserialize)]
struct Script {
    #[serde(default)]
    before_script: Vec<String>,
    #[serde(default)]
    script: Vec<String>,
    #[serde(default)]
    variables: HashMap<String, String>,
}

/// What a job came to.
struct Ran {
    checkout: Repo,
    code: Option<i32>,
    log: String,
}

impl Ran {
    fn json(&self, name: &str) -> Value {
        let bytes = fs::read(self.checkout.join(name)).expect("the job leaves it behind");
        serde_json::from_slice(&bytes).expect("it is JSON")
    }

    /// The items that diff.json tells to be removed.
    fn removed(&self) -> Vec<String> {
        let diff = self.json("diff.json");
        let partners = diff["partners"].as_array().expect("there are partners");
        let changes = partners.iter().flat_map(|partner| partner["changes"].as_array());
        let removed = changes.flatten().filter(|change| change["kind"] == "removed");
        removed.map(|change| change["text"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "scripts are run by a shell")]
fn run(stage: &Stage, job: &str, commit: &str, variables: &[(&str, &str)]) -> Ran {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = Path::new(root).join("docs/ci/mdboard.gitlab-ci.yml");
    let text = fs::read_to_string(path).expect("the template is there");
    let file: Value = serde_yaml::from_str(&text).expect("it is YAML");
    let global: HashMap<String, String> =
        serde_json::from_value(file["variables"].clone()).expect("variables are text");
    let read = |name: &str| -> Script {
        serde_json::from_value(file[name].clone()).expect("a job with a script")
    };
    let (base, job) = (read(".mdboard"), read(job));
    assert_eq!(base.variables["GIT_DEPTH"], "0");

    let checkout = stage.clone_at(commit, &[]);
    let program = Path::new(env!("CARGO_BIN_EXE_mdboard")).parent().expect("a folder");
    let path = std::env::var("PATH").expect("there is a PATH");
    let lines = base.before_script.iter().chain(&job.script);
    let script: String = lines.map(|line| format!("{line}\n")).collect();
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]);
    command.current_dir(checkout.path()).env_clear().envs(global);
    command.env("PATH", format!("{}:{path}", program.display())).env("HOME", checkout.path());
    command.env("CI_PROJECT_DIR", checkout.path()).env("CI_SERVER_URL", "https://git.example.com");
    command.env("CI_API_V4_URL", stage.api.url()).env("CI_PROJECT_ID", "12");
    command.env("CI_PIPELINE_ID", "1").env("CI_JOB_ID", "1").env("CI_MERGE_REQUEST_IID", "7");
    command.env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main").env("CI_COMMIT_SHA", commit);
    command.env("CI_PROJECT_URL", "https://git.example.com/o/r");
    command.envs(variables.iter().copied());
    let output = command.output().expect("bash starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let log = text(&output.stdout) + &text(&output.stderr);
    Ran { checkout, code: output.status.code(), log }
}

const TOKEN: (&str, &str) = ("MDBOARD_GITLAB_TOKEN", "secret-token-1");

fn change(stage: &Stage, variables: &[(&str, &str)]) -> Ran {
    let ran = run(stage, "mdboard:change", &stage.repo.id("work"), variables);
    assert!(!ran.log.contains("secret-token"), "{}", ran.log);
    ran
}

#[test]
fn a_merge_request_has_a_note_and_findings() {
    let stage = stage();
    stage.main_goes_on("partners/zeta/plan.md", "# Zeta\n\n- [ ] Something else\n");
    let ran = change(&stage, &[TOKEN]);
    assert_eq!(ran.code, Some(1), "the linter fails it: {}", ran.log);
    let body = stage.comment().body;
    assert!(body.contains("“File”") && body.contains("MB101"), "{body}");
    assert!(!body.contains("Zeta"), "{body}");
    let findings = ran.json("gl-code-quality-report.json");
    assert!(findings.as_array().is_some_and(|all| !all.is_empty()), "{findings}");
    assert_eq!(ran.removed(), ["File"]);
    // A second push brings the note up to date, and passes.
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    let ran = change(&stage, &[TOKEN, ("CI_PIPELINE_ID", "2")]);
    assert_eq!(ran.code, Some(0), "{}", ran.log);
    assert!(!stage.comment().body.contains("MB101"));
}

#[test]
fn a_merge_request_from_a_fork_is_judged_without_a_note() {
    let stage = stage();
    let ran = change(&stage, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.log);
    assert!(ran.log.contains("no note is written") && ran.log.contains("MB101"), "{}", ran.log);
    assert!(stage.api.requests().is_empty());
}

#[test]
fn a_fork_need_not_have_the_target_branch() {
    let stage = stage();
    let base = stage.repo.id("main");
    let ran = change(
        &stage,
        &[
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "next"),
            ("CI_MERGE_REQUEST_PROJECT_ID", "99"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base),
        ],
    );
    assert_eq!(ran.code, Some(1), "the linter fails it: {}", ran.log);
    assert_eq!(ran.removed(), ["File"]);
}

#[test]
fn a_gate_is_the_target_branchs() {
    let stage = stage();
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    let gate = ("MDBOARD_FAIL_ON", "removed-open");
    assert_eq!(change(&stage, &[TOKEN, gate]).code, Some(1));
    stage.push("mdboard.toml", "partners = [\"nowhere/*\"]\n");
    let ran = change(&stage, &[TOKEN, gate]);
    assert_eq!(ran.code, Some(1), "{}", ran.log);
    assert_eq!(ran.removed(), ["File"]);
    let ran = change(&stage, &[TOKEN, ("MDBOARD_FAIL_ON", "checklist-removed")]);
    assert_eq!(ran.code, Some(0), "{}", ran.log);
}

#[test]
fn a_tag_is_not_taken_for_the_target_branch() {
    let stage = stage();
    stage.push(TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n"));
    stage.repo.git(["push", "-q", "origin", "work:refs/tags/main"]);
    let ran = change(&stage, &[TOKEN, ("MDBOARD_FAIL_ON", "removed-open")]);
    assert_eq!(ran.code, Some(1), "a tag lets it pass: {}", ran.log);
    assert_eq!(ran.removed(), ["File"]);
}

#[test]
fn the_default_branch_shows_its_board() {
    let stage = stage();
    let ran = run(&stage, "mdboard:board", &stage.repo.id("main"), &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.log);
    assert_eq!(ran.json("board.json")["partners"].as_array().map(Vec::len), Some(2));
    assert!(ran.checkout.join("public/index.html").is_file());
}
