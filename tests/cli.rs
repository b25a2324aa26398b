//! The program from the outside: what it prints where, and how it exits.

#[path = "common/mod.rs"]
mod common;

use std::process::{Command, Output};

use common::Repo;
use serde_json::Value;

const LIST: &str = "\
---
start_date: 2026-01-05
owner: ann
---
# Onboarding

## Phase 1 (0–30 Days)

### 1. Legal (Target: Day 1–7)
- [ ] Agreement signed
- [x] Logo received @bo

### 2. Sales (Target: Day 7–21)
- [ ] First call held (optional)
- [!] Portal opened (blocked: waiting for their security team)
";

fn repo() -> Repo {
    let repo = Repo::with(&[("partners/acme/onboarding.md", LIST)]);
    let ticked = LIST.replace("[ ] Agreement", "[x] Agreement");
    repo.write("partners/acme/onboarding.md", &ticked);
    repo.at("2026-01-08T12:00:00Z").by("Bo Chen <bo@example.com>").commit("Sign");
    repo
}

#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
fn mdboard(repo: &Repo, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(repo.path()).env_remove("COLUMNS").env("NO_COLOR", "1");
    command.args(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it prints UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it prints UTF-8")
}

fn json(repo: &Repo, arguments: &[&str]) -> Value {
    let output = mdboard(repo, &[arguments, &["--format", "json"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

#[test]
fn real_output_fits_the_published_schemas() {
    let repo = repo();
    repo.write("partners/acme/new.md", "- [x] Not committed yet\n");
    repo.write("partners/broken/list.md", "---\ntitle: A: B\n---\n- [?] What\n- [ ] Other\n");
    for (command, name) in [("status", "board"), ("items", "items"), ("log", "log")] {
        let path = format!("{}/docs/schema/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let schema = std::fs::read_to_string(&path).expect("the schema is published");
        let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is one");
        let document = json(&repo, &[command, "--today", "2026-02-01"]);
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{command}: {errors:#?}");
        let mut broken = document;
        broken["schema"] = Value::from("something else");
        assert!(!validator.is_valid(&broken), "{command}: the schema lets everything through");
    }
}

#[test]
fn every_command_says_the_same_of_an_item() {
    let repo = repo();
    let board = json(&repo, &["status", "--today", "2026-01-20"]);
    let item = &board["partners"][0]["checklists"][0]["items"][0];
    assert_eq!(item["text"], "Agreement signed");
    assert_eq!(item["due"], "2026-01-12");
    assert_eq!((&item["due_source"], &item["due_line"]), (&"heading".into(), &9.into()));
    assert_eq!(item["checked"]["on"], "2026-01-08");
    assert_eq!(item["checked"]["by"]["name"], "Bo Chen");
    assert_eq!(item["checked"]["precision"], "commit");
    let items = json(&repo, &["items", "--today", "2026-01-20"]);
    assert_eq!(&items["items"][0]["checked"], &item["checked"]);
    let log = json(&repo, &["log", "acme", "--since", "2026-01-08"]);
    assert_eq!(log["events"][0]["kind"], "checked");
    assert_eq!(log["events"][0]["item"], item["id"]);
    assert_eq!(log["events"][0]["commit"], item["checked"]["commit"]);
}

#[test]
fn filters_narrow_the_items() {
    let repo = repo();
    let texts = |arguments: &[&str]| -> Vec<String> {
        let found = json(&repo, &[&["items", "--today", "2026-01-28"], arguments].concat());
        let items = found["items"].as_array().cloned().unwrap_or_default();
        items.iter().filter_map(|item| item["text"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(texts(&["--owner", "@BO"]), ["Logo received"]);
    assert_eq!(texts(&["--status", "overdue"]).len(), 2);
    assert_eq!(texts(&["--due-before", "2026-01-13"]).len(), 2);
    assert_eq!(texts(&["--partner", "acme", "--status", "done"]).len(), 2);
}

#[test]
fn fail_on_decides_the_exit_code_in_every_format() {
    let repo = repo();
    for format in ["table", "markdown", "csv", "json"] {
        let status = ["status", "--today", "2026-01-28", "--format", format];
        assert_eq!(code(&mdboard(&repo, &status)), 0);
        let gated = [&status[..], &["--fail-on", "at_risk,overdue"]].concat();
        assert_eq!(code(&mdboard(&repo, &gated)), 1, "{format}");
        let other = [&status[..], &["--fail-on", "complete"]].concat();
        assert_eq!(code(&mdboard(&repo, &other)), 0, "{format}");
    }
}

#[test]
fn global_options_stand_before_or_behind_the_command() {
    let repo = repo();
    let (before, behind) = (
        mdboard(&repo, &["--today", "2026-01-28", "status", "--format", "csv"]),
        mdboard(&repo, &["status", "--format", "csv", "--today", "2026-01-28"]),
    );
    assert_eq!(out(&before), out(&behind));
    let default = mdboard(&repo, &["--today", "2026-01-28", "--format", "csv"]);
    assert_eq!(out(&default), out(&behind));
    let lost = mdboard(&repo, &["--format", "csv", "items"]);
    assert_eq!(code(&lost), 2);
    assert!(err(&lost).contains("put it behind"), "{}", err(&lost));
}

#[test]
fn what_cannot_be_done_is_told_with_a_remedy() {
    let repo = repo();
    let cases: [(&[&str], &str); 7] = [
        (&["--today", "yesterday"], "YYYY-MM-DD"),
        (&["--partners", "nowhere/*"], "nowhere/*"),
        (&["status", "acne"], "did you mean `acme`?"),
        (&["items", "--status", "late"], "overdue"),
        (&["--rev", "HEAD", "--as-of", "2026-01-01"], "cannot be used with"),
        (&["--rev", "no-such-branch"], "no-such-branch"),
        (&["-C", "/", "status"], "git repository"),
    ];
    for (arguments, remedy) in cases {
        let output = mdboard(&repo, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains(remedy), "{arguments:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{arguments:?}: data on standard output");
    }
}

#[test]
fn a_newcomer_is_told_how_a_board_looks() {
    let repo = Repo::with(&[("README.md", "# Something else\n")]);
    let output = mdboard(&repo, &[]);
    assert_eq!(code(&output), 2);
    for word in ["partners/", "- [ ]", "--partners"] {
        assert!(err(&output).contains(word), "{}", err(&output));
    }
}

#[test]
fn a_mistyped_key_is_told_with_its_place() {
    let repo = repo();
    repo.write("mdboard.toml", "due_soon_day = 3\n");
    let output = mdboard(&repo, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("mdboard.toml:1:1"), "{}", err(&output));
    assert!(err(&output).contains("due_soon_days"), "{}", err(&output));
}

#[test]
fn bad_files_cost_only_themselves() {
    let repo = repo();
    repo.write("partners/large/list.md", "- [ ] Very large\n".repeat(300_000));
    repo.write(
        "partners/deep/list.md",
        format!("{}- [ ] Deep\n\n- [ ] Flat\n", "> ".repeat(10_000)),
    );
    repo.write("partners/late/list.md", "---\nstart_date: 2099-01-01\n---\n- [ ] Later\n");
    let output = mdboard(&repo, &["--today", "2026-01-28", "--format", "json", "-v"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let board: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let ids: Vec<&str> = board["partners"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|p| p["id"].as_str())
        .collect();
    assert_eq!(ids, ["acme", "deep", "late"]);
    let told = err(&output);
    assert!(told.contains("partners/large/list.md:1:1"), "{told}");
    assert!(told.contains("partners/late/list.md:2:1"), "{told}");
}

#[test]
fn the_table_fits_and_is_plain_when_piped() {
    let repo = repo();
    let output = mdboard(&repo, &["--today", "2026-01-28"]);
    assert!(!out(&output).contains('\u{1b}'));
    assert!(out(&output).contains("1 item blocked") || out(&output).contains("overdue"));
    let colored = mdboard(&repo, &["--today", "2026-01-28", "--color", "always"]);
    assert!(out(&colored).contains('\u{1b}'));
}

#[test]
fn completions_and_manual_are_there() {
    let repo = repo();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = mdboard(&repo, &["completions", shell]);
        assert!(out(&script).contains("mdboard"), "{shell}");
    }
    assert!(out(&mdboard(&repo, &["man"])).contains(".TH mdboard"));
    let folder = repo.path().join("man");
    let folder = folder.to_str().expect("a temporary folder's name is UTF-8");
    assert_eq!(code(&mdboard(&repo, &["man", "--out", folder])), 0);
    assert!(std::fs::read_dir(folder).expect("it was made").count() > 3);
}

#[test]
fn the_same_question_has_the_same_answer() {
    let repo = repo();
    let ask = || mdboard(&repo, &["log", "--format", "json"]).stdout;
    assert_eq!(ask(), ask());
}

#[test]
fn this_repositorys_own_board_shows_every_kind_of_answer() {
    #[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
    let board = |day: &str| -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = command.args(["--format", "json", "--today", day]).output();
        let output = output.expect("the program starts");
        serde_json::from_slice(&output.stdout).expect("it prints JSON")
    };
    for day in ["2026-12-01", "2029-06-30"] {
        let board = board(day);
        let mut healths: Vec<&str> = board["partners"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|partner| partner["health"].as_str())
            .collect();
        healths.sort_unstable();
        let wanted = [
            "at_risk",
            "cancelled",
            "complete",
            "on_hold",
            "on_track",
            "overdue",
            "planned",
            "unscheduled",
        ];
        assert_eq!(healths, wanted, "on {day}");
        assert_eq!(board["diagnostics"], Value::Array(Vec::new()));
    }
}

#[test]
fn the_readme_shows_the_real_board() {
    let root = env!("CARGO_MANIFEST_DIR");
    let readme = std::fs::read_to_string(format!("{root}/README.md")).expect("there is one");
    let (_, behind) = readme.split_once("$ mdboard --today 2026-11-23\n").expect("a sample");
    let (sample, _) = behind.split_once("```").expect("the sample ends");
    #[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(root).env("COLUMNS", "100").args(["--today", "2026-11-23"]);
    assert_eq!(out(&command.output().expect("the program starts")), sample);
}

/// A repository with a branch `work` that is checked out and removes an open item.
fn changed() -> Repo {
    let repo = repo();
    repo.branch("work");
    let text = LIST.replace("[ ] Agreement", "[x] Agreement");
    let text = text.replace("- [ ] First call held (optional)\n", "").replace("[!]", "[x]");
    repo.write("partners/acme/onboarding.md", text).commit("Look away");
    repo
}

#[test]
fn a_change_is_told_in_every_format() {
    let repo = changed();
    let path = format!("{}/docs/schema/diff.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(&path).expect("the schema is published");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for head in [&["HEAD"][..], &[]] {
        let arguments = [&["diff", "main"], head, &["--today", "2026-02-01"]].concat();
        let document = json(&repo, &arguments);
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let removed = &document["partners"][0]["changes"][0];
        assert_eq!(removed["kind"], "removed");
        assert_eq!(removed["text"], "First call held");
        assert_eq!(removed["while_open"], true);
        assert_eq!(removed["landed"], Value::Null);
        assert_eq!(document["base"], repo.id("main"));
        assert_eq!(document["merge_base"], repo.id("main"));
        assert_eq!(document["head"], repo.id("work"));
        assert_eq!(document["worktree"], head.is_empty());
    }
    for format in ["table", "markdown"] {
        let told = out(&mdboard(&repo, &["diff", "main", "--format", format]));
        let at = |text: &str| told.find(text).unwrap_or_else(|| panic!("no {text} in {told}"));
        assert!(at("First call held") < at("Portal opened"), "unfinished work first: {told}");
    }
}

#[test]
fn a_gate_decides_the_exit_code_in_every_format() {
    let repo = changed();
    for format in ["table", "markdown", "json"] {
        let fails = |kinds: &str| {
            let arguments = ["diff", "main", "--format", format, "--fail-on", kinds];
            code(&mdboard(&repo, &arguments))
        };
        assert_eq!(fails("removed-open"), 1);
        assert_eq!(fails("removed_open,unticked"), 1);
        assert_eq!(fails("unticked,checklist-removed,behind"), 0);
        assert_eq!(fails("typo"), 2);
    }
    assert_eq!(code(&mdboard(&repo, &["diff"])), 2);
    assert_eq!(code(&mdboard(&repo, &["diff", "main", "--rev", "HEAD"])), 2);
    assert_eq!(code(&mdboard(&repo, &["diff", "nowhere"])), 2);
}

#[test]
fn the_linter_can_be_told_whose_configuration_counts() {
    let repo = Repo::with(&[("partners/acme/a.md", "# A\n\n- [ ] Sign\n")]);
    repo.branch("work").write("mdboard.toml", "[lint]\nignore = [\"all\"]\n");
    repo.write("partners/acme/a.md", "# A\n\n- [ ] Sign\n-[ ] Scan\n").commit("Hide it");
    assert_eq!(code(&mdboard(&repo, &["lint"])), 0);
    assert_eq!(code(&mdboard(&repo, &["lint", "--config-from", "main"])), 1);
}
