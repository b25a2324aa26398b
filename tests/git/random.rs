//! Random histories: what mdboard walks must be what `git log` and `git rev-list` tell.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;

use mdboard::model::history::{Change, Mainline};
use mdboard::model::{CommitId, RepoPath};

use crate::common::Repo;
use crate::{Partners, id, open};

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const PATHS: [&str; 9] = [
    "partners/a.md",
    "partners/a/x.md",
    "partners/a.b/x.md",
    "partners/a/y/z.md",
    "partners/b.md",
    "partners/b.md/c.md",
    "partners/note.txt",
    "other.md",
    "other/deep/x.md",
];

/// A history of commits, merges, roots and octopuses with dates at random, as `git fast-import`
/// reads it.
pub(crate) fn stream(random: &mut Random, commits: u64) -> String {
    let mut stream = String::new();
    for blob in 1..=5 {
        let _ = write!(stream, "blob\nmark :{blob}\ndata 2\n{blob}\n\n");
    }
    for number in 0..commits {
        let mark = 100 + number;
        let root = number == 0 || random.below(20) == 0;
        let date = 1_700_000_000 + random.below(2_000_000);
        let _ = write!(stream, "commit refs/heads/c{number}\nmark :{mark}\n");
        let _ = write!(stream, "committer A <a@x> {date} +0000\ndata <<E\nc{number}\nE\n");
        if !root {
            let recent = |random: &mut Random| 100 + number - 1 - random.below(number.min(8));
            let _ = writeln!(stream, "from :{}", recent(random));
            for _ in 0..[0, 0, 1, 1, 1, 2][random.below(6) as usize] {
                let _ = writeln!(stream, "merge :{}", recent(random));
            }
        }
        for _ in 0..random.below(4) {
            let path = PATHS[random.below(PATHS.len() as u64) as usize];
            let _ = match random.below(8) {
                0 | 1 => writeln!(stream, "D {path}"),
                2 => writeln!(stream, "M 120000 :{} {path}", 1 + random.below(5)),
                3 => writeln!(stream, "M 100755 :{} {path}", 1 + random.below(5)),
                _ => writeln!(stream, "M 100644 :{} {path}", 1 + random.below(5)),
            };
        }
        stream.push('\n');
    }
    stream
}

/// `commit path before after` of every change on the mainline, as git tells it.
fn expected(repo: &Repo) -> BTreeSet<String> {
    let arguments = [
        "log",
        "--first-parent",
        "-m",
        "--raw",
        "--root",
        "--no-renames",
        "--no-abbrev",
        "--format=commit %H",
        "--",
        "partners/**.md",
    ];
    let log = repo.git(arguments.map(|argument| match argument {
        "partners/**.md" => ":(glob)partners/**/*.md",
        other => other,
    }));
    let (mut found, mut commit) = (BTreeSet::new(), "");
    for line in log.lines() {
        if let Some(id) = line.strip_prefix("commit ") {
            commit = id;
        } else if let Some(line) = line.strip_prefix(':') {
            let (meta, path) = line.split_once('\t').expect("a path");
            let meta: Vec<&str> = meta.split(' ').collect();
            let side = |mode: &str, id: &str| match mode.starts_with("100") {
                true => id.to_owned(),
                false => "-".to_owned(),
            };
            let (before, after) = (side(meta[0], meta[2]), side(meta[1], meta[3]));
            if before != after {
                found.insert(format!("{commit} {path} {before} {after}"));
            }
        }
    }
    found
}

fn told(mainline: &Mainline) -> BTreeSet<String> {
    let show =
        |blob: Option<_>| blob.map_or("-".into(), |blob: mdboard::model::BlobId| blob.to_string());
    let line = |id: &str, change: &Change| {
        format!("{id} {} {} {}", change.path, show(change.before), show(change.after))
    };
    let revisions = mainline.revisions.iter();
    revisions
        .flat_map(|revision| {
            let id = revision.commit.id.to_string();
            revision.changes.iter().map(|change| line(&id, change)).collect::<Vec<_>>()
        })
        .collect()
}

/// What git says that a merge brought: by links alone, as `--topo-order` with exact marking.
fn brought(repo: &Repo, merge: &str) -> BTreeSet<String> {
    let reach = |revision: &str| -> BTreeSet<String> {
        repo.git(["rev-list", revision]).lines().map(str::to_owned).collect()
    };
    let mut all = reach(merge);
    all.remove(merge);
    all.difference(&reach(&format!("{merge}^1"))).cloned().collect()
}

fn check_sides(repo: &Repo, mainline: &Mainline) {
    for revision in mainline.revisions.iter().filter(|revision| !revision.merged.is_empty()) {
        let merge = revision.commit.id.to_string();
        let ids: Vec<_> = revision.side.iter().map(|side| side.commit.id).collect();
        let set: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        assert_eq!(set, brought(repo, &merge), "{merge}");
        for (at, side) in revision.side.iter().enumerate() {
            for parent in &side.parents {
                let place = ids.iter().position(|id| *id == parent.id);
                assert_eq!(parent.inside, place.is_some());
                assert!(parent.known && place.is_none_or(|place| place > at), "children first");
            }
        }
        let parents = repo.git(["rev-parse", &format!("{merge}^@")]);
        let merged = revision.merged.iter().map(|parent| parent.id.to_string());
        assert!(merged.eq(parents.lines().skip(1)));
    }
}

/// The commits of the mainline, newest first.
fn chain(repo: &Repo) -> Vec<CommitId> {
    repo.git(["rev-list", "--first-parent", "HEAD"]).lines().map(id).collect()
}

/// A walk that stops at a known commit tells of the others what a whole one tells.
fn check_stops(repo: &Repo, whole: &Mainline, known: CommitId) {
    let chain = chain(repo);
    let depth = chain.iter().position(|id| *id == known).expect("it is on the mainline");
    // One that is not met, and an older one, change nothing.
    let stops = HashSet::from([known, chain[chain.len() - 1], CommitId([7; 20])]);
    let since =
        open(repo).mainline_since(chain[0], &stops, &Partners, &|_| ()).expect("a mainline");
    assert_eq!((since.since, since.walked), (Some(known), depth));
    let newer: HashSet<CommitId> = chain[..depth].iter().copied().collect();
    let expected = whole.revisions.iter().filter(|revision| newer.contains(&revision.commit.id));
    let expected: Vec<String> = expected.map(|revision| format!("{revision:?}")).collect();
    let found: Vec<String> =
        since.revisions.iter().map(|revision| format!("{revision:?}")).collect();
    assert_eq!(found, expected, "down to {known}");
    assert!(since.pulls.iter().all(|pull| newer.contains(&pull.id)));
    let pulls = whole.pulls.iter().filter(|pull| newer.contains(&pull.id)).count();
    assert_eq!((since.pulls.len(), since.cut), (pulls, None));
}

#[test]
fn a_walk_that_stops_early_tells_the_same() {
    for (seed, commits) in [(1, 60), (2, 60), (3, 60), (4, 2500), (5, 2500)] {
        let repo = Repo::new();
        let mut random = Random(0xd1b5_4a32_d192_ed03_u64.wrapping_mul(seed));
        let stream = stream(&mut random, commits);
        repo.git_with(["fast-import", "--quiet", "--force"], stream.as_bytes());
        let tip = format!("refs/heads/c{}", commits - 1);
        repo.git(["symbolic-ref", "HEAD", &tip]);
        let whole = open(&repo).mainline(id(&repo.id("HEAD")), &Partners).expect("a mainline");
        let chain = chain(&repo);
        for depth in [0, 1, 2, 5, chain.len() / 3, chain.len() / 2, chain.len() - 1] {
            check_stops(&repo, &whole, chain[depth]);
        }
    }
}

#[test]
fn mainlines_are_what_git_log_tells() {
    let mut merges = 0;
    for seed in 1..=12_u64 {
        let repo = Repo::new();
        let stream = stream(&mut Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)), 60);
        repo.git_with(["fast-import", "--quiet", "--force"], stream.as_bytes());
        let repository = open(&repo);
        for tip in ["c59", "c52"] {
            repo.git(["symbolic-ref", "HEAD", &format!("refs/heads/{tip}")]);
            let mainline = repository.mainline(id(&repo.id(tip)), &Partners).expect("a mainline");
            assert_eq!(told(&mainline), expected(&repo), "seed {seed}, {tip}");
            merges += mainline.revisions.iter().filter(|r| !r.side.is_empty()).count();
            check_sides(&repo, &mainline);
        }
    }
    assert!(merges > 50, "the histories are worth comparing: {merges}");
}

#[test]
fn last_changes_are_what_git_log_tells() {
    let mut told = 0;
    for seed in 1..=12_u64 {
        let repo = Repo::new();
        let mut random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        // To git a mode is a change, too; here only contents are.
        let stream = stream(&mut random, 60).replace("M 100755", "M 100644");
        let stream = stream.replace("M 120000", "M 100644");
        repo.git_with(["fast-import", "--quiet", "--force"], stream.as_bytes());
        for tip in ["c59", "c52", "c31"] {
            let files = PATHS.map(RepoPath::new);
            let found = open(&repo).last_changes(id(&repo.id(tip)), files).expect("an answer");
            for path in PATHS {
                let there = repo.git(["ls-tree", "-r", "--name-only", tip, "--", path]);
                let found = found.get(&RepoPath::new(path)).map(|commit| commit.id.to_string());
                if there.trim() != path {
                    assert_eq!(found, None, "seed {seed}, {tip}: {path} is not there");
                    continue;
                }
                let expected = repo.git(["log", "-1", "--format=%H", tip, "--", path]);
                assert_eq!(found.as_deref(), Some(expected.trim()), "seed {seed}, {tip}: {path}");
                told += 1;
            }
        }
    }
    assert!(told > 100, "the histories are worth comparing: {told}");
}
