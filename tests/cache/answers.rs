//! Answers that were given before: said again to the byte, and never once something has changed that
//! they depend on.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use crate::common::Repo;
use crate::{command, files, folder, repo, tick};

const TODAY: [&str; 2] = ["--today", "2026-02-01"];

/// The commands whose answers are kept, with options that show.
const QUESTIONS: [&[&str]; 9] = [
    &["status"],
    &["status", "--format", "json"],
    &["status", "--fail-on", "overdue,at_risk"],
    &["status", "acme", "--color", "always"],
    &["-q", "status", "--format", "csv"],
    &["items", "--status", "overdue,active"],
    &["items", "--format", "json"],
    &["log", "--format", "json"],
    &["log", "--since", "2026-01-01"],
];

fn ask(repo: &Repo, question: &[&str]) -> Output {
    command::run(repo, &[question, &TODAY].concat())
}

fn answers(repo: &Repo) -> Vec<PathBuf> {
    let paths = files(repo).into_iter();
    paths.filter(|path| path.extension().is_some_and(|name| name == "answer")).collect()
}

/// Asks all there is to ask, again and again, and compares what is said with what is said without.
fn check(repo: &Repo, when: &str) {
    for question in QUESTIONS {
        let plain = ask(repo, &[question, &["--no-cache"]].concat());
        for run in ["first", "second", "third"] {
            let kept = ask(repo, question);
            let same = plain.stdout == kept.stdout && plain.stderr == kept.stderr;
            assert!(same && plain.status == kept.status, "{when}: {run} run of {question:?}");
        }
    }
}

#[test]
fn what_was_said_is_said_again() {
    let repo = repo();
    command::out(&repo, &["status"]);
    assert!(answers(&repo).is_empty(), "nothing is kept of the first run");
    check(&repo, "at first");
    assert_eq!(answers(&repo).len(), QUESTIONS.len());
    let shown = command::out(&repo, &["cache"]);
    assert!(shown.starts_with("1 checkpoint, 9 answers, "), "{shown}");
    // What is said comes from the file, or this could not be seen.
    let path = answers(&repo).into_iter().next().expect("an answer");
    let written =
        |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).expect("a time");
    let before = written(&path);
    check(&repo, "once more");
    assert_eq!(written(&path), before, "what has not changed is not written again");
}

#[test]
fn whatever_changes_changes_the_answer() {
    let repo = repo();
    check(&repo, "at first");
    tick(&repo, "Call");
    check(&repo, "a box was ticked and not committed");
    repo.commit("Call");
    check(&repo, "it was committed");
    repo.write("partners/acme/plan.md", "- [ ] One\n- [ ] Two\n");
    check(&repo, "a file was written anew");
    repo.git(["checkout", "-q", "--", "partners"]);
    check(&repo, "and taken back");
    repo.write("partners/zenith/plan.md", "- [ ] One\n");
    check(&repo, "a file came");
    repo.write(".gitignore", "zenith\n");
    check(&repo, "it is ignored");
    repo.remove("partners/zenith/plan.md");
    repo.write("mdboard.toml", "due_soon_days = 30\n");
    check(&repo, "the configuration changed");
    repo.write(".mailmap", "Ann Other <other@example.com> <ann@example.com>\n");
    check(&repo, "a name changed");
    repo.write("partners/acme/large.md", vec![b'x'; 2 << 20]);
    check(&repo, "a file is too large");
    repo.write("partners/acme/large.md", vec![b'x'; 3 << 20]);
    check(&repo, "and larger");
    repo.git(["checkout", "-q", "--detach", "HEAD~1"]);
    check(&repo, "another commit is checked out");
    repo.git(["checkout", "-q", "main"]);
    repo.git(["commit", "-q", "--amend", "-m", "Amended"]);
    check(&repo, "history was rewritten");
}

#[cfg(unix)]
#[test]
fn links_and_what_cannot_be_read_are_part_of_it() {
    let repo = repo();
    check(&repo, "at first");
    std::os::unix::fs::symlink("plan.md", repo.join("partners/acme/link.md")).expect("a link");
    check(&repo, "a link came");
    repo.remove("partners/acme/link.md");
    check(&repo, "and went");
}

#[test]
fn the_branch_decides_what_is_turned_around() {
    let repo = repo();
    repo.git(["checkout", "-q", "-b", "topic"]);
    repo.write("partners/acme/plan.md", "- [ ] One\n").commit("One");
    repo.git(["checkout", "-q", "-b", "work", "main"]);
    let subject = "Merge branch 'work' of https://example.com/board";
    repo.git(["merge", "-q", "--no-ff", "-m", subject, "topic"]);
    check(&repo, "on the branch that was merged into itself");
    repo.git(["branch", "-m", "other"]);
    check(&repo, "on a branch of another name");
}

#[test]
fn another_day_or_width_is_another_question() {
    let repo = repo();
    for arguments in [["--today", "2026-01-06"], ["--today", "2026-03-01"], ["--rev", "HEAD~1"]] {
        let plain = command::out(&repo, &[&arguments[..], &["--no-cache"]].concat());
        for _ in 0..3 {
            assert_eq!(command::out(&repo, &arguments), plain, "{arguments:?}");
        }
    }
}

#[test]
fn a_long_answer_is_kept_when_it_is_asked_for_twice() {
    let repo = repo();
    let items: String = (0..1500).map(|at| format!("- [ ] Item number {at}\n")).collect();
    repo.write("partners/acme/plan.md", items).commit("Many");
    let plain = ask(&repo, &["status", "--format", "json", "--no-cache"]);
    assert!(plain.stdout.len() > 256 * 1024);
    command::out(&repo, &["status"]);
    let mut sizes = Vec::new();
    for _ in 0..3 {
        assert_eq!(ask(&repo, &["status", "--format", "json"]).stdout, plain.stdout);
        sizes.extend(answers(&repo).first().map(|path| fs::metadata(path).expect("it").len()));
    }
    let long = plain.stdout.len() as u64;
    assert!(sizes[0] < 200 && sizes[1] > long && sizes[2] == sizes[1], "{sizes:?}");
    tick(&repo, "Item number 7\n");
    check(&repo, "a box was ticked");
}

#[test]
fn a_damaged_answer_is_none() {
    let repo = repo();
    let question = ["status", "--format", "json"];
    let plain = ask(&repo, &["status", "--format", "json", "--no-cache"]);
    (0..2).for_each(|_| drop(ask(&repo, &question)));
    let path = answers(&repo).remove(0);
    let sound = fs::read(&path).expect("an answer");
    let step = (sound.len() / 40).max(1);
    for at in (0..sound.len()).step_by(step).chain([sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        for damaged in [&bytes[..], &sound[..at]] {
            fs::write(&path, damaged).expect("a damaged answer");
            let said = ask(&repo, &question);
            assert!(said.stdout == plain.stdout && said.status.success(), "byte {at}");
            assert_eq!(fs::read(&path).expect("an answer"), sound, "it is mended");
        }
    }
}

#[test]
fn nothing_is_kept_where_nobody_may_keep() {
    let repo = repo();
    (0..3).for_each(|_| drop(command::out(&repo, &["status", "--no-cache"])));
    assert!(!folder(&repo).exists());
    (0..3).for_each(|_| drop(command::out(&repo, &["status", "-v"])));
    assert!(answers(&repo).is_empty(), "who asks how an answer came about is told");
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_said_is_not_said_again() {
    let repo = repo();
    // Too large for the board, which is worth a warning.
    repo.write("partners/acme/large.md", vec![b'x'; 2 << 20]);
    command::out(&repo, &["status"]);
    for question in [&["status"][..], &["items", "--format", "csv"]] {
        let plain = ask(&repo, &[question, &["--no-cache"]].concat());
        assert!(!plain.stderr.is_empty());
        for _ in 0..2 {
            let full = fs::File::options().write(true).open("/dev/full").expect("it is there");
            let mut run = command::prepare(&repo, &[question, &TODAY].concat());
            assert_eq!(run.stderr(full).output().expect("it runs").stdout, plain.stdout);
        }
        assert_eq!(ask(&repo, question).stderr, plain.stderr, "{question:?}");
    }
}

#[test]
fn a_commit_that_is_lost_is_missed() {
    let repo = repo();
    check(&repo, "at first");
    let id = repo.id("HEAD");
    let object = repo.join(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    let elsewhere = repo.join("lost");
    fs::rename(&object, &elsewhere).expect("it can be moved");
    assert_eq!(ask(&repo, &["status", "--no-cache"]).status.code(), Some(2));
    check(&repo, "the commit is lost");
    fs::rename(&elsewhere, &object).expect("it can be moved back");
    check(&repo, "and found");
}

#[cfg(unix)]
#[test]
fn an_answer_is_a_file_of_the_cache() {
    let repo = repo();
    check(&repo, "at first");
    for path in answers(&repo) {
        let elsewhere = repo.join("elsewhere");
        fs::rename(&path, &elsewhere).expect("it can be moved");
        std::os::unix::fs::symlink(&elsewhere, &path).expect("a link");
    }
    check(&repo, "links took their places");
    for path in answers(&repo) {
        assert!(path.symlink_metadata().is_ok_and(|found| found.is_file()), "a link was replaced");
        fs::remove_file(&path).expect("it can be removed");
        fs::create_dir(&path).expect("a folder");
    }
    check(&repo, "folders took their places");
}
