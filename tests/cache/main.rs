//! A cache never changes an answer: boards made with one and without are compared, byte by byte,
//! while all that can happen to a repository and to the cache happens.

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod command;
mod damage;
mod made;
mod places;
mod random;

use std::path::{Path, PathBuf};

use common::Repo;
use common::request::{NOW, request};
use mdboard::dates::Timestamp;
use mdboard::load::{self, Answer, Loaded, Means, NoticeLevel, Reply, Request, Revision};
use mdboard::render::json;
use mdboard::report::{EventFilter, ItemFilter};

const CACHED: Means = Means { cache: true, events: true, progress: &() };

fn at(folder: &Path, revision: &str) -> Request {
    Request { revision: Revision::Named(revision.to_owned()), ..request(folder) }
}

/// Everything that a board says, as text; or why there is none.
fn answer(request: &Request, means: Means) -> String {
    match load::board_by(request, means) {
        Ok(loaded) => told(&loaded, means.events),
        Err(error) => format!("{error}\n{error:?}"),
    }
}

fn told(loaded: &Loaded, events: bool) -> String {
    let board = &loaded.board;
    let mut json = Vec::new();
    json::board(board, &mut json).expect("it can be written");
    json::items(board, &ItemFilter::default().rows(board), &mut json).expect("it can be written");
    if events {
        json::log(board, &EventFilter::default().events(board), &mut json)
            .expect("it can be written");
    }
    let mut text = String::from_utf8(json).expect("it is UTF-8");
    let about_cache = |message: &str| message.contains("cache") || message.contains("kept");
    for notice in loaded.notices.iter().filter(|notice| !about_cache(&notice.message)) {
        text += &format!("{notice:?}\n");
    }
    text
}

/// Compares the answers with a cache, as it is and then as the run before left it, with those
/// without.
fn check(request: &Request) {
    for events in [true, false] {
        let plain = answer(request, Means { cache: false, events, progress: &() });
        for run in ["first", "second"] {
            let cached = answer(request, Means { cache: true, events, progress: &() });
            assert!(plain == cached, "{run} run: {}", difference(&plain, &cached));
            let said = said(request, Means { cache: true, events, progress: &() });
            assert!(plain == said, "{run} answer: {}", difference(&plain, &said));
        }
    }
}

/// Everything that a board says, as it was said before if nothing has changed; or why there is none.
fn said(request: &Request, means: Means) -> String {
    let question = format!("all, with events: {}", means.events);
    match load::ask(request, means, Some(&question)) {
        Ok(Reply::Given(mut given)) => {
            let mut text = Vec::new();
            given.write(&mut text).expect("it can be read");
            String::from_utf8(text).expect("it is UTF-8")
        }
        Ok(Reply::Board(loaded, slot)) => {
            let text = told(&loaded, means.events);
            let stdout = text.clone().into_bytes();
            slot.inspect(|slot| slot.keep(Some(Answer { outcome: 0, stdout, stderr: vec![] })));
            text
        }
        Err(error) => format!("{error}\n{error:?}"),
    }
}

/// The first lines that differ.
fn difference(plain: &str, cached: &str) -> String {
    let mut lines = plain.lines().zip(cached.lines()).enumerate();
    match lines.find(|(_, (plain, cached))| plain != cached) {
        Some((at, (plain, cached))) => format!("line {at}: `{plain}` became `{cached}`"),
        None => format!("{} lines became {}", plain.lines().count(), cached.lines().count()),
    }
}

/// What a run with a cache says about it.
fn note(request: &Request) -> String {
    let loaded = load::board_by(request, CACHED).expect("a board");
    let notes = loaded.notices.into_iter().filter(|notice| notice.level == NoticeLevel::Note);
    let about = notes.filter(|n| n.message.contains("cache") || n.message.contains("kept"));
    about.map(|notice| notice.message).collect::<Vec<_>>().join("; ")
}

fn folder(repo: &Repo) -> PathBuf {
    repo.join(".git/mdboard")
}

/// The checkpoints' files, sorted.
fn checkpoints(repo: &Repo) -> Vec<PathBuf> {
    let is_one = |path: &PathBuf| path.extension().is_some_and(|name| name == "checkpoint");
    files(repo).into_iter().filter(is_one).collect()
}

/// All files of the cache, sorted.
fn files(repo: &Repo) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(repo)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

const LIST: &str = "---\nstart_date: 2026-01-05\nowner: ann\n---\n# Plan\n\n## Legal (Day 1–7)\n\
                    - [ ] Agreement signed\n- [x] Logo received @bo\n- [ ] Call held\n";

/// A repository with a checklist and a tick.
fn repo() -> Repo {
    let repo = Repo::with(&[("partners/acme/plan.md", LIST)]);
    tick(&repo, "Agreement");
    repo.commit("Sign");
    repo
}

fn tick(repo: &Repo, item: &str) {
    let path = repo.join("partners/acme/plan.md");
    let text = std::fs::read_to_string(&path).expect("the checklist");
    let ticked = text.replace(&format!("[ ] {item}"), &format!("[x] {item}"));
    assert_ne!(text, ticked, "{item} was open");
    std::fs::write(path, ticked).expect("a written file");
}

const FROM_CACHE: &str = "history comes from the cache";
const ONE_NEW: &str = "history comes from the cache, up to 1 new commit";

#[test]
fn what_was_read_once_is_not_read_again() {
    let repo = repo();
    let request = request(repo.path());
    assert_eq!(note(&request), "");
    assert_eq!(note(&request), FROM_CACHE);
    tick(&repo, "Call");
    assert_eq!(note(&request), FROM_CACHE);
    repo.commit("Call");
    assert_eq!(note(&request), ONE_NEW);
    assert_eq!(note(&request), FROM_CACHE);
    check(&request);
}

#[test]
fn commits_that_change_nothing_are_walked_and_not_kept() {
    let repo = repo();
    let request = request(repo.path());
    assert_eq!(note(&request), "");
    repo.write("other.txt", "x").commit("Something else");
    assert_eq!((note(&request), note(&request)), (ONE_NEW.into(), ONE_NEW.into()));
    assert_eq!(checkpoints(&repo).len(), 1);
    check(&request);
}

#[test]
fn without_the_cache_nothing_is_written() {
    let repo = repo();
    let means = Means { cache: false, events: true, progress: &() };
    load::board_by(&request(repo.path()), means).expect("a board");
    load::board(&request(repo.path())).expect("a board");
    assert!(!folder(&repo).exists());
}

#[test]
fn the_working_tree_and_the_rest_of_the_repository_are_left_alone() {
    let repo = repo();
    let files = |repo: &Repo| {
        let entries = walkdir::WalkDir::new(repo.path()).into_iter().map(|e| e.expect("an entry"));
        let mut files: Vec<_> = entries
            .filter(|entry| !entry.path().starts_with(folder(repo)) && entry.file_type().is_file())
            .map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).expect("a file")))
            .collect();
        files.sort();
        files
    };
    let before = files(&repo);
    check(&request(repo.path()));
    assert!(files(&repo) == before, "something was written");
    assert_eq!(repo.git(["status", "--porcelain", "--ignored"]), "");
}

#[test]
fn what_an_answer_depends_on_is_what_a_checkpoint_is_found_by() {
    let repo = repo();
    let request = request(repo.path());
    assert_eq!(note(&request), "");
    for (path, text) in [
        ("mdboard.toml", "timezone = \"Pacific/Kiritimati\"\n"),
        ("mdboard.toml", "batch_size = 1\n"),
        ("mdboard.toml", "[states]\n\"?\" = \"deferred\"\n"),
        (".mailmap", "Ann Other <other@example.com> <ann@example.com>\n"),
        (".mailmap", ""),
    ] {
        repo.write(path, text);
        assert_eq!(note(&request), "", "{path}: {text}");
        assert_eq!(note(&request), FROM_CACHE, "{path}: {text}");
        check(&request);
    }
    let globs = Request { partners: vec!["partners/*/*".into()], ..request.clone() };
    assert_eq!(note(&globs), "");
    check(&globs);
    let config = Request { config: Some("other.toml".into()), ..request.clone() };
    repo.write("other.toml", "batch_size = 2\n");
    assert_eq!(note(&config), "");
    check(&config);
    // Comments are no part of what is configured.
    repo.write("other.toml", "# two\nbatch_size = 2\n");
    assert_eq!(note(&config), FROM_CACHE);
}

#[test]
fn few_checkpoints_are_kept_and_the_last_used_ones() {
    let repo = repo();
    let first = repo.id("HEAD");
    let request = request(repo.path());
    for number in 0..12 {
        repo.write("partners/acme/plan.md", format!("{LIST}- [ ] New {number}\n"));
        repo.commit("Add");
        let now = Timestamp(NOW.0 + 4000 * number);
        load::board_by(&Request { now, ..request.clone() }, CACHED).expect("a board");
        // An old one that is used all the time.
        load::board_by(&Request { now, ..at(repo.path(), &first) }, CACHED).expect("a board");
    }
    let names: Vec<String> =
        checkpoints(&repo).iter().map(|path| path.display().to_string()).collect();
    assert_eq!(names.len(), 8);
    for commit in [first, repo.id("HEAD"), repo.id("HEAD~3")] {
        assert!(names.iter().any(|name| name.contains(&commit)), "{commit}");
    }
    assert!(!names.iter().any(|name| name.contains(&repo.id("HEAD~9"))));
}
