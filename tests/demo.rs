//! Boards that are made up: they are repeatable, sound, lifelike, and their truth agrees with them.

#[path = "common/measure.rs"]
mod measure;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mdboard::demo::{
    self, BATCHED, BORN_TICKED, Edit, Habits, Plan, TICK_REWORDED, Truth, UNTICKED,
};
use mdboard::model::event::EventKind;
use mdboard::model::{Draft, RepoPath};
use mdboard::parse;
use measure::make;

fn plan(seed: u64) -> Plan {
    let today = "2026-11-24".parse().expect("a day");
    Plan { seed, ..Plan::small(today) }
}

fn simulate(plan: &Plan) -> (Truth, Vec<Draft>) {
    let mut drafts = Vec::new();
    let truth = demo::simulate(plan, &mut |draft, _| {
        drafts.push(draft.clone());
        Ok::<(), ()>(())
    });
    (truth.expect("nothing fails"), drafts)
}

#[expect(clippy::disallowed_methods, reason = "the program and git are run from here")]
fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).env("NO_COLOR", "1").output().expect("it starts")
}

fn mdboard(arguments: &[&str]) -> Output {
    run(env!("CARGO_BIN_EXE_mdboard"), arguments)
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let folder = folder.to_str().expect("a plain path");
    let output = run("git", &[&["-C", folder], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn the_same_plan_gives_the_same_commits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (first, second) = (make(&plan(3), &one), make(&plan(3), &two));
    assert_eq!(first.ids, second.ids);
    assert_ne!(first.ids, make(&plan(4), &folder.path().join("three")).ids);
    let none = |_| None;
    assert_eq!(first.truth.json_lines(none), second.truth.json_lines(none));
    let strict = git(&one, &["fsck", "--strict", "--no-dangling"]);
    assert_eq!(strict, "", "git finds nothing to complain about");
    assert_eq!(git(&one, &["status", "--porcelain"]), "");
    assert_eq!(git(&one, &["rev-parse", "HEAD"]), first.ids.last().expect("a commit").to_string());
}

#[test]
fn the_truth_agrees_with_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    for (seed, habits) in [(1, Habits::CALM), (2, Habits::TYPICAL), (3, Habits::HECTIC)] {
        let path = folder.path().join(seed.to_string());
        let made = make(&Plan { habits, commits: 500, partners: 8, ..plan(seed) }, &path);
        let mut items: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for item in &made.truth.items {
            items.entry(&item.path).or_default().push(item);
        }
        for (file, wanted) in items {
            let bytes = fs::read(path.join(file)).expect("the file is there");
            let repo_path = RepoPath::new(file);
            let document = parse::document(&repo_path, &bytes, &parse::Options::default());
            assert_eq!(document.items.len(), wanted.len(), "{file}");
            for (found, wanted) in document.items.iter().zip(wanted) {
                assert_eq!(found.line.0, wanted.line, "{file}");
                assert_eq!(*found.identity, wanted.text, "{file}:{}", wanted.line);
                assert_eq!(found.state.name(), wanted.state, "{file}:{}", wanted.line);
            }
        }
    }
}

#[test]
fn the_team_works_as_real_ones_do() {
    let mut wrong = Vec::new();
    for habits in [Habits::CALM, Habits::TYPICAL, Habits::HECTIC] {
        let (truth, _) = simulate(&Plan { habits, partners: 40, commits: 4000, ..plan(5) });
        let mut ticks: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        let (mut born, mut reworded, mut unticked) = (0, 0, 0);
        for event in &truth.events {
            let came = event.by.edit == Edit::BornTicked || event.by.edit == Edit::Copy;
            match event.kind {
                EventKind::Checked if came => born += 1,
                EventKind::Checked => {
                    *ticks.entry((event.by.commit, &event.path)).or_default() += 1;
                    reworded += usize::from(event.by.edit == Edit::TickReword);
                }
                EventKind::Unchecked if event.by.edit == Edit::Untick => unticked += 1,
                _ => {}
            }
        }
        let all: usize = ticks.values().sum();
        let batched: usize = ticks.values().filter(|count| **count >= 3).sum();
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        for (what, found, (least, most)) in [
            ("batched", share(batched, all), BATCHED),
            ("born ticked", share(born, born + all), BORN_TICKED),
            ("reworded", share(reworded, all), TICK_REWORDED),
            ("unticked", share(unticked, all), UNTICKED),
        ] {
            if !(least..=most).contains(&found) {
                wrong.push(format!("{}: {what} {found:.3}", habits.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_demo_is_made_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("demo");
    let path = place.to_str().expect("a plain path");
    let made = mdboard(&["demo", path, "--today", "2026-11-24", "--seed", "2"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(made.stdout.is_empty());
    assert!(String::from_utf8_lossy(&made.stderr).contains(&format!("mdboard -C {path} log")));
    let status = mdboard(&["-C", path, "--today", "2026-11-24"]);
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    for health in ["on track", "at risk", "overdue", "complete", "planned"] {
        assert!(status.contains(health), "{health}: {status}");
    }
    let again = mdboard(&["demo", path]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists and is not empty"));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "nothing else is left: {left:?}");
}

#[test]
fn the_stream_says_the_same_as_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (place, stream) = (folder.path().join("demo"), folder.path().join("stream"));
    let path = place.to_str().expect("a plain path");
    let options = ["--today", "2026-11-24", "--commits", "300", "--partners", "9"];
    mdboard(&[&["demo", path], &options[..]].concat());
    let streamed = mdboard(&[&["demo", "--fast-import"], &options[..]].concat());
    fs::write(&stream, streamed.stdout).expect("a file");
    let other = folder.path().join("other");
    git(folder.path(), &["init", "-q", "other"]);
    #[expect(clippy::disallowed_methods, reason = "git is run from here")]
    let import = Command::new("git")
        .arg("-C")
        .arg(&other)
        .args(["fast-import", "--quiet", "--done"])
        .stdin(fs::File::open(&stream).expect("the stream"))
        .status();
    assert!(import.expect("git runs").success());
    assert_eq!(git(&other, &["rev-parse", "main"]), git(&place, &["rev-parse", "HEAD"]));
    assert_eq!(git(&other, &["for-each-ref", "--format=%(refname)"]), "refs/heads/main");
}
