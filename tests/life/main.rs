//! The commands for templates and boxes, from the outside.

#[path = "../common/mod.rs"]
mod common;
mod stroke;
mod tick;

use std::fs;
use std::process::{Command, Output};

use common::Repo;

const TEMPLATE: &str = "---\ntitle: Onboarding\n---\n\n# Onboarding\n\n## Legal (Day 1-7)\n\n- [ ] Sign the contract\n- [ ] Scan it\n";

#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
fn command(repo: &Repo, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdboard"));
    command.current_dir(repo.path()).env("NO_COLOR", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    // No configuration but the repository's own.
    command.env("HOME", repo.join(".git")).env("XDG_CONFIG_HOME", repo.join(".git"));
    command.args(["--today", "2026-01-20"]).args(arguments);
    command
}

fn run(repo: &Repo, arguments: &[&str]) -> Output {
    command(repo, arguments).output().expect("the program starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn read(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn board() -> Repo {
    let repo = Repo::with(&[("templates/onboarding.md", TEMPLATE)]);
    repo.git(["config", "user.name", "Ann Lee"]);
    repo.git(["config", "user.email", "ann@example.com"]);
    repo
}

/// A board with a checklist that was made from its template, committed.
fn made() -> Repo {
    let repo = board();
    let output = run(&repo, &["new", "globex", "--start", "2026-01-05"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    repo.commit("Begin");
    repo
}

const PLAN: &str = "partners/globex/onboarding.md";

#[test]
fn init_makes_a_board_and_touches_nothing() {
    let repo = Repo::new();
    repo.write("mdboard.toml", "due_soon_days = 3\n");
    let output = run(&repo, &["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(read(&repo, "mdboard.toml"), "due_soon_days = 3\n");
    assert!(told(&output).contains("kept   mdboard.toml"), "{}", told(&output));
    assert!(read(&repo, ".github/workflows/board.yml").contains("fetch-depth: 0"));
    let status = run(&repo, &["status", "--format", "json"]);
    assert!(said(&status).contains("First Partner"), "{}", told(&status));
    assert_eq!(run(&repo, &["lint"]).status.code(), Some(0));
    let before = read(&repo, "partners/first-partner/onboarding.md");
    assert_eq!(run(&repo, &["init"]).status.code(), Some(0), "twice");
    assert_eq!(read(&repo, "partners/first-partner/onboarding.md"), before);
}

#[test]
fn the_configuration_of_init_is_the_default_one() {
    let repo = Repo::new();
    run(&repo, &["init", "--no-workflow"]);
    assert!(!repo.join(".github").exists());
    let text = read(&repo, "mdboard.toml");
    // Every key that is explained is one, and has its default.
    let all: String = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line))
        .map(|line| if line == "# [lint]" { "[lint]\n".to_owned() } else { format!("{line}\n") })
        .collect();
    repo.write("mdboard.toml", all);
    let output = run(&repo, &["status"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
fn init_finds_checklists_that_are_there() {
    for (paths, glob) in [
        (["docs/partners/acme/plan.md", "docs/partners/globex/plan.md"], "docs/partners/*"),
        (["clients/acme.md", "clients/globex.md"], "clients/*"),
    ] {
        let repo = Repo::with(&paths.map(|path| (path, "- [ ] a\n- [x] b\n- [ ] c\n")));
        repo.write("README.md", "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n");
        let output = run(&repo, &["init", "--no-workflow"]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert!(
            read(&repo, "mdboard.toml").contains(&format!("partners = [\"{glob}\"]")),
            "{glob}"
        );
        assert!(!repo.join("partners").exists());
        let status = said(&run(&repo, &["status", "--format", "csv"]));
        assert_eq!(status.lines().count(), 3, "{status}");
    }
}

#[test]
fn init_takes_a_board_as_it_is() {
    let lines = "- [ ] a\n- [ ] b\n- [ ] c\n";
    // Names that globs and TOML read otherwise.
    for folder in ["my [clients]", "a{b}*", "say \"hi\"", "Gro\u{308}\u{df}e"] {
        let repo = Repo::new();
        for partner in ["acme", "globex"] {
            repo.write(&format!("{folder}/{partner}/plan.md"), lines);
        }
        let output = run(&repo, &["init", "--no-workflow"]);
        assert_eq!(output.status.code(), Some(0), "{folder}: {}", told(&output));
        let status = said(&run(&repo, &["status", "--format", "csv"]));
        assert_eq!(status.lines().count(), 3, "{folder}: {status}");
    }
    // What is configured counts, and what lies about does not.
    let repo = Repo::with(&[
        ("mdboard.toml", "partners = [\"clients/*\"]\ntemplates = \"forms\"\n"),
        ("old/a.md", lines),
        ("old/b.md", lines),
    ]);
    let output = run(&repo, &["init", "--no-workflow"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(!told(&output).contains("Found checklists"), "{}", told(&output));
    assert!(repo.join("forms/partner-onboarding.md").is_file());
    assert!(repo.join("clients/first-partner/onboarding.md").is_file());
    assert!(!repo.join("partners").exists() && !repo.join("templates").exists());
    assert_eq!(run(&repo, &["new", "globex"]).status.code(), Some(0));
    // Who has templates needs no other; an empty folder is no board yet.
    let repo = Repo::with(&[("templates/a.md", TEMPLATE), ("templates/b.md", TEMPLATE)]);
    fs::create_dir(repo.join("partners")).expect("a folder");
    let output = run(&repo, &["init"]);
    assert!(told(&output).contains("mdboard new globex --template a --start"), "{}", told(&output));
    assert!(!repo.join("templates/partner-onboarding.md").exists());
    assert_eq!(run(&repo, &["status"]).status.code(), Some(0));
    // Something in the way stops it before anything is written.
    let repo = Repo::new();
    repo.write(".github", "");
    let output = run(&repo, &["init"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("`.github` is a file"), "{}", told(&output));
    assert!(!repo.join("mdboard.toml").exists());
}

#[test]
fn new_makes_a_checklist_whole_or_not_at_all() {
    let repo = board();
    let output = run(
        &repo,
        &[
            "new",
            "Globex & Sons",
            "--start",
            "2026-01-05",
            "--owner",
            "@ann: x",
            "--type",
            "reseller",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let text = read(&repo, "partners/globex-sons/onboarding.md");
    let id = repo.git(["hash-object", "templates/onboarding.md"]);
    let pin = format!("template: templates/onboarding.md@{}\n", &id[..12]);
    assert!(text.contains(&pin) && text.contains("partner: Globex & Sons\n"), "{text}");
    assert!(text.contains("owner: \"ann: x\"\n") && text.contains("type: reseller\n"), "{text}");
    let items = said(&run(&repo, &["items", "--format", "json"]));
    let items: serde_json::Value = serde_json::from_str(&items).expect("JSON");
    assert_eq!(items["items"][0]["due"], "2026-01-12");
    assert_eq!(items["items"][0]["owners"][0], "ann: x");
    let output = run(&repo, &["new", "globex-sons"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("is there already"), "{}", told(&output));
    assert_eq!(read(&repo, "partners/globex-sons/onboarding.md"), text);
    let output = run(&repo, &["new", "other", "--stdout"]);
    assert!(said(&output).contains("Sign the contract") && !repo.join("partners/other").exists());
    for (arguments, words) in [
        (vec!["new", "x", "--template", "nowhere"], "one of: onboarding"),
        (vec!["new", "///"], "makes no name"),
        (vec!["new", "NUL"], "Windows"),
        (vec!["new", "com1"], "Windows"),
        (vec!["new", "x", "--file", "../x.md"], "would not be on the board"),
        (vec!["new", "x", "--file", "notes/x.md"], "would not be on the board"),
        (vec!["new", "x", "--var", "1=2"], "letters, digits"),
    ] {
        let output = run(&repo, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
    repo.write("templates/second.md", "# {{ partner }} {{ regin }}\n\n- [ ] a\n");
    let output = run(&repo, &["new", "x", "--template", "templates/second.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("`regin` (templates/second.md:1)"), "{}", told(&output));
    assert!(!repo.join("partners/x").exists());
    let output = run(&repo, &["new", "x", "-t", "second", "--var", "regin=EMEA"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(read(&repo, "partners/x/second.md").contains("# x EMEA\n"));
    let output = run(&repo, &["new", "y", "-t", "second", "--var", "regin=EU\n- [ ] b"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(read(&repo, "partners/y/second.md").contains("# y EU - [ ] b\n"));
}

#[test]
fn drift_and_sync_work_before_anything_is_committed() {
    let repo = made();
    assert_eq!(run(&repo, &["drift"]).status.code(), Some(0));
    repo.write(
        "templates/onboarding.md",
        TEMPLATE.replace("- [ ] Scan it\n", "- [ ] Scan it\n- [ ] File it\n"),
    );
    let output = run(&repo, &["drift", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let drift: serde_json::Value = serde_json::from_str(&said(&output)).expect("JSON");
    let one = &drift["checklists"][0];
    assert_eq!(one["lacking"][0]["text"], "File it");
    assert_eq!((&one["basis"], &one["versions_behind"]), (&"pinned".into(), &1.into()));
    let schema = read_schema();
    assert!(jsonschema::is_valid(&schema, &drift), "{drift}");
    for format in ["table", "markdown"] {
        assert!(said(&run(&repo, &["drift", "--format", format])).contains("File it"), "{format}");
    }
    let before = read(&repo, PLAN);
    let shown = run(&repo, &["sync", "globex", "--diff"]);
    assert_eq!((shown.status.code(), read(&repo, PLAN)), (Some(0), before.clone()));
    // The patch is one that git takes.
    repo.write(".git/sync.patch", shown.stdout.clone());
    repo.git(["apply", ".git/sync.patch"]);
    let patched = read(&repo, PLAN);
    repo.write(PLAN, before);
    assert_eq!(run(&repo, &["sync", "globex"]).status.code(), Some(0));
    assert_eq!(read(&repo, PLAN), patched);
    assert!(patched.contains("- [ ] Scan it\n- [ ] File it\n"), "{patched}");
    assert_eq!(run(&repo, &["drift"]).status.code(), Some(0));
    // The version that it names is committed now, and survives a squash.
    repo.commit("Both");
    repo.git(["reset", "-q", "--soft", "HEAD~1"]);
    repo.commit("Squashed");
    assert_eq!(run(&repo, &["drift"]).status.code(), Some(0));
}

fn read_schema() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/drift.schema.json");
    let text = fs::read_to_string(path).expect("it is published");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_checklist_without_a_version_is_compared_with_the_one_most_like_it() {
    let repo = made();
    let ours = read(&repo, PLAN);
    let second = TEMPLATE.replace("Scan it", "Scan it twice");
    repo.write("templates/onboarding.md", &second).commit("Second");
    repo.write("templates/onboarding.md", second.replace("Sign the", "Sign and seal the"))
        .commit("Third");
    for (pin, basis) in [("onboarding", "unpinned"), ("onboarding@0123abcd", "unresolved")] {
        let at = ours.find("template: ").expect("it names one");
        let end = ours[at..].find('\n').expect("a line") + at;
        repo.write(PLAN, format!("{}template: {pin}{}", &ours[..at], &ours[end..]));
        let drift: serde_json::Value =
            serde_json::from_str(&said(&run(&repo, &["drift", "--format", "json"]))).expect("JSON");
        let one = &drift["checklists"][0];
        assert_eq!((&one["basis"], &one["versions_behind"]), (&basis.into(), &2.into()), "{drift}");
        assert_eq!(one["reworded"].as_array().map(Vec::len), Some(2), "{drift}");
    }
    let output = run(&repo, &["sync", "globex"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(read(&repo, PLAN).contains("Sign and seal the contract"));
}

#[test]
fn a_version_that_is_nowhere_is_told_before_the_checklist_names_another() {
    let repo = board();
    let plan = "partners/globex/launch.md";
    // The version that it is made from is never committed.
    let template = TEMPLATE.replace("Onboarding", "Launch");
    repo.write("templates/launch.md", &template);
    assert_eq!(run(&repo, &["new", "globex", "-t", "launch"]).status.code(), Some(0));
    let newer = template.replace("- [ ] Scan it\n", "- [ ] Scan it\n- [ ] File it\n");
    repo.write("templates/launch.md", newer).commit("Begin");
    let before = read(&repo, plan);
    for arguments in [&["sync", "globex", "--diff"][..], &["sync", "globex"]] {
        let output = run(&repo, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        let wanted = "the version that it names is not here, and it is compared with today's version \
                      alone; 1 item of that is not here, and counts as taken out";
        assert!(told(&output).contains(wanted), "{}", told(&output));
    }
    assert_ne!(read(&repo, plan), before);
    // Now it names one that is here.
    let output = run(&repo, &["sync", "globex"]);
    assert!(!told(&output).contains("compared"), "{}", told(&output));
}

#[test]
fn what_is_left_out_leaves_no_finding_behind() {
    let template = "---\ntitle: Plan\nomit_sections: [How to *]\n---\n\n# Plan\n\n\
                    ## How to use this\n\nRead [the security part](#3-security-day-8-14).\n\n\
                    ## 1. Legal (Day 1-7)\n\nThen [security](#3-security-day-8-14), \
                    [launch](#5-launch-day-20-30) and [how](#how-to-use-this).\n\n- [ ] Sign the contract\n\n\
                    ## 2. Discounts (Day 3-9) <!-- when: reseller -->\n\n- [ ] Agree on discounts\n\n\
                    ## 3. Security (Day 8-14)\n\n### 3.1 Keys\n\n- [ ] Exchange keys\n\n\
                    ## 4. Pricing (Day 10-14)\n\nPrices are theirs.\n\n- [ ] Set prices <!-- when: reseller -->\n\n\
                    ## 5. Launch (Day 20-30)\n\n- [ ] Go live\n";
    let repo = Repo::with(&[("templates/plan.md", template)]);
    assert_eq!(run(&repo, &["lint", "templates"]).status.code(), Some(0));
    for kind in ["agency", "reseller"] {
        let made = run(&repo, &["new", kind, "--type", kind, "--start", "2026-01-05"]);
        assert_eq!(made.status.code(), Some(0), "{}", told(&made));
        let lint = run(&repo, &["lint", "--fail-on", "info", "partners"]);
        assert_eq!(lint.status.code(), Some(0), "{}", said(&lint));
        assert_eq!(run(&repo, &["drift", kind]).status.code(), Some(0));
    }
    let agency = read(&repo, "partners/agency/plan.md");
    assert!(
        agency.contains(
            "Then [security](#2-security-day-8-14), [launch](#3-launch-day-20-30) and how."
        )
    );
    assert!(agency.contains("## 2. Security (Day 8-14)\n\n### 2.1 Keys\n"), "{agency}");
    assert!(!agency.contains("Pricing") && agency.contains("## 3. Launch"), "{agency}");
}

#[test]
fn what_nobody_says_the_start_of_starts_today_or_with_its_partner() {
    let repo = board();
    let output = run(&repo, &["new", "globex"]);
    assert!(told(&output).contains("it starts today, 2026-01-20"), "{}", told(&output));
    assert!(read(&repo, PLAN).contains("start_date: 2026-01-20\n"), "{}", read(&repo, PLAN));
    assert_eq!(run(&repo, &["lint", "--fail-on", "info", "partners"]).status.code(), Some(0));
    repo.write("partners/initech/README.md", "---\nstart_date: 2026-01-05\n---\n\n# Initech\n");
    let output = run(&repo, &["new", "initech"]);
    assert!(!told(&output).contains("today"), "{}", told(&output));
    assert!(!read(&repo, "partners/initech/onboarding.md").contains("start_date"));
    let status = run(&repo, &["status", "initech", "--format", "json"]);
    assert!(said(&status).contains("\"start_date\": \"2026-01-05\""), "{}", said(&status));
}

#[test]
fn an_owner_of_no_name_is_left_out_and_a_named_file_is_nobodys() {
    let repo = board();
    let output = run(&repo, &["new", "globex", "--owner", "", "--file", "partners/initech/a.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let text = read(&repo, "partners/initech/a.md");
    assert!(!text.contains("owner"), "{text}");
    assert!(told(&output).contains("`mdboard status` shows"), "{}", told(&output));
}

#[test]
fn conflicts_are_told_and_fail() {
    let repo = made();
    let ours = read(&repo, PLAN).replace("Sign the contract", "Sign our contract");
    repo.write(PLAN, &ours);
    repo.write(
        "templates/onboarding.md",
        TEMPLATE.replace("Sign the contract", "Sign the new contract"),
    );
    let output = run(&repo, &["sync", "--all"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("“Sign our contract”"), "{}", told(&output));
    assert!(read(&repo, PLAN).contains("Sign our contract"));
    let output = run(&repo, &["sync", "nobody"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_cannot_be_compared_is_told_and_stops_nothing_else() {
    let repo = made();
    repo.write("templates/onboarding.md", format!("{TEMPLATE}- [ ] File it\n"));
    let ours = read(&repo, PLAN);
    let other = |template: &str| ours.replace("templates/onboarding.md@", template);
    repo.write("partners/a/bad.md", [ours.as_bytes(), b"- [ ] \xff\n"].concat());
    repo.write("partners/b/gone.md", other("templates/gone.md@"));
    repo.write("partners/c/binary.md", other("templates/binary.md@"));
    repo.write("templates/binary.md", b"- [ ] \xff\n");
    repo.write("partners/f/large.md", other("t@") + &"- [ ] Go on\n".repeat(100_000));
    repo.write("templates/large.md", "- [ ] Go on\n".repeat(100_000));
    // What may mean something else is left alone, and a path may be the checklist's own.
    repo.write("partners/d/prose.md", "---\ntemplate: Premium plan\n---\n\n- [ ] Go\n");
    repo.write("partners/e/near.md", other("../../templates/onboarding.md@"));
    let drift = run(&repo, &["drift", "--format", "json"]);
    assert_eq!(drift.status.code(), Some(2), "{}", told(&drift));
    for words in [
        "`partners/a/bad.md` is no text",
        "`partners/b/gone.md` is compared with nothing: there is no template `templates/gone.md`",
        "`partners/f/large.md` is no text that can be read",
        "`partners/c/binary.md` is compared with nothing: `templates/binary.md` is no text",
    ] {
        assert!(told(&drift).contains(words), "{words}: {}", told(&drift));
    }
    assert!(!told(&drift).contains("partners/d"), "{}", told(&drift));
    let drift: serde_json::Value = serde_json::from_str(&said(&drift)).expect("JSON");
    let paths: Vec<&str> = drift["checklists"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["path"].as_str())
        .collect();
    assert_eq!(paths, ["partners/e/near.md", PLAN]);
    assert_eq!(run(&repo, &["sync", "--all"]).status.code(), Some(2));
    assert!(read(&repo, PLAN).ends_with("- [ ] File it\n"));
    assert!(read(&repo, "partners/e/near.md").ends_with("- [ ] File it\n"));
    assert_eq!(run(&repo, &["drift", "globex"]).status.code(), Some(0));
    let output = run(&repo, &["sync", "b"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!told(&output).contains("names a template"), "{}", told(&output));
}

#[test]
fn the_past_is_not_worked_on() {
    let repo = made();
    for arguments in [["--rev", "HEAD", "drift"], ["--rev", "HEAD", "sync"]] {
        let output = run(&repo, &[&arguments[..], &["globex"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains("--rev and --as-of"), "{}", told(&output));
    }
}

#[test]
#[cfg(unix)]
fn no_link_leads_out_of_the_repository() {
    let repo = board();
    let outside = tempfile::tempdir().expect("a folder");
    fs::create_dir(repo.join("partners")).expect("a folder");
    for link in ["partners/evil", ".github"] {
        std::os::unix::fs::symlink(outside.path(), repo.join(link)).expect("a link");
    }
    for arguments in
        [vec!["new", "evil"], vec!["new", "x", "--file", "partners/evil/y.md"], vec!["init"]]
    {
        let output = run(&repo, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains("symbolic link"), "{arguments:?}: {}", told(&output));
    }
    assert_eq!(fs::read_dir(outside.path()).expect("it is there").count(), 0);
}

#[test]
fn of_several_who_make_the_same_checklist_one_does() {
    let repo = board();
    let begin = |owner: usize| {
        let mut command = command(&repo, &["new", "zed", "--owner", &format!("o{owner}")]);
        command.stderr(std::process::Stdio::null()).spawn().expect("the program starts")
    };
    let all: Vec<_> = (0..8).map(begin).collect();
    let codes: Vec<_> =
        all.into_iter().map(|mut one| one.wait().expect("it ends").code()).collect();
    let made: Vec<_> = (0..8).filter(|at| codes[*at] == Some(0)).collect();
    assert_eq!(made.len(), 1, "{codes:?}");
    let text = read(&repo, "partners/zed/onboarding.md");
    assert!(text.contains(&format!("owner: o{}\n", made[0])), "{text}");
    assert_eq!(fs::read_dir(repo.join("partners/zed")).expect("a folder").count(), 1);
}

#[test]
fn a_partner_is_known_by_its_name_too() {
    let repo = board();
    repo.write("partners/acme/plan.md", "---\npartner: Acme Inc\n---\n- [ ] a\n- [ ] b\n");
    let output = run(&repo, &["new", "acme inc"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(read(&repo, "partners/acme/onboarding.md").contains("partner: Acme Inc\n"));
    assert!(!repo.join("partners/acme-inc").exists());
}

#[test]
fn templates_of_one_name_are_told_by_their_paths() {
    let repo = board();
    repo.write("templates/sub/onboarding.md", TEMPLATE).write("templates/sub/deep.md", TEMPLATE);
    let output = run(&repo, &["new", "x"]);
    let all = ["deep", "templates/onboarding.md", "templates/sub/onboarding.md"];
    assert!(all.iter().all(|one| told(&output).contains(one)), "{}", told(&output));
    assert_eq!(run(&repo, &["new", "x", "-t", "sub/onboarding"]).status.code(), Some(0));
}

#[test]
fn a_template_of_an_odd_name_is_pinned_too() {
    let repo = board();
    repo.write("templates/a - b's.md", TEMPLATE);
    let output = run(&repo, &["new", "x", "-t", "a - b's"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let drift = said(&run(&repo, &["drift", "--format", "json"]));
    let drift: serde_json::Value = serde_json::from_str(&drift).expect("JSON");
    assert_eq!(drift["checklists"][0]["basis"], "pinned", "{drift}");
}

#[test]
fn a_template_that_is_no_text_is_told() {
    let repo = board();
    repo.write("templates/bad.md", b"- [ ] a \xff\n");
    let output = run(&repo, &["new", "x", "-t", "bad"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("`templates/bad.md` is no text"), "{}", told(&output));
}

#[test]
fn the_first_screen_names_the_way_in() {
    let output = run(&Repo::new(), &["status"]);
    assert_eq!(output.status.code(), Some(2));
    for way in ["mdboard init", "--partners"] {
        assert!(told(&output).contains(way), "{way}: {}", told(&output));
    }
}
