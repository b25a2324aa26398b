//! Which commit a revision names, and where two of them have parted: as git tells it.

use std::fs;

use mdboard::git::Error;

use crate::common::Repo;
use crate::random::{Random, stream};
use crate::{id, open, open_at};

#[test]
fn merge_bases() {
    let repo = Repo::with(&[("x.md", "1")]);
    let base = id(&repo.id("HEAD"));
    repo.branch("side");
    let side = id(&repo.commit("Side"));
    repo.checkout("main");
    let main = id(&repo.commit("Main"));
    repo.git(["checkout", "-q", "--orphan", "alone"]);
    let alone = id(&repo.commit("Alone"));
    let repository = open(&repo);
    assert_eq!(repository.merge_base(main, side), Ok(Some(base)));
    assert_eq!(repository.merge_base(main, base), Ok(Some(base)));
    assert_eq!(repository.merge_base(side, side), Ok(Some(side)));
    assert_eq!(repository.merge_base(main, alone), Ok(None));
}

/// A history at random in which so many seconds lie between the oldest and the newest commit.
fn history(seed: u64, seconds: u64) -> Repo {
    let repo = Repo::new();
    let stream = stream(&mut Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)), 60);
    let line = |line: &str| match line.strip_prefix("committer A <a@x> ") {
        Some(date) => {
            let seconds = date[..10].parse::<u64>().expect("a date") % seconds;
            format!("committer A <a@x> {} +0000\n", 1_700_000_000 + seconds)
        }
        None => format!("{line}\n"),
    };
    let stream: String = stream.lines().map(line).collect();
    repo.git_with(["fast-import", "--quiet", "--force"], stream.as_bytes());
    repo
}

#[test]
fn merge_bases_are_gits() {
    let (mut found, mut many) = (0, 0);
    for (seed, seconds) in [(1, 2_000_000), (2, 2_000_000), (3, 20), (4, 20), (5, 3), (6, 1)] {
        let repo = history(seed, seconds);
        let repository = open(&repo);
        let mut random = Random(seed);
        for _ in 0..60 {
            let [one, other] = [(); 2].map(|()| format!("c{}", random.below(60)));
            let all = repo.try_git(["merge-base", "--all", &one, &other]).unwrap_or_default();
            let all: Vec<&str> = all.lines().collect();
            let ids = [&one, &other].map(|name| repository.resolve(name).expect("a commit"));
            let base = repository.merge_base(ids[0], ids[1]).expect("no error");
            let base = base.map(|id| id.to_string());
            assert_eq!(base.as_deref(), all.first().copied(), "{seed}: {one} {other}");
            found += usize::from(base.is_some());
            many += usize::from(all.len() > 1);
        }
    }
    assert!(found > 150 && many > 20, "worth comparing: {found} found, {many} of several");
}

#[test]
fn revisions_are_gits() {
    let repo = history(7, 2_000_000);
    repo.git(["tag", "-a", "-m", "v1", "v1", "c50"]);
    repo.git(["tag", "-a", "-m", "v2", "v2", "v1"]);
    repo.git(["symbolic-ref", "HEAD", "refs/heads/c59"]);
    let repository = open(&repo);
    let steps = ["~", "~2", "~3", "^", "^2", "^3", "^0", "~0", "^{commit}", "^{}", "~40", "^9"];
    let (mut random, mut found) = (Random(11), 0);
    for round in 0..200 {
        let mut revision = match round % 4 {
            0 => "v2".to_owned(),
            1 => "@".to_owned(),
            2 => "HEAD^{/^c59}".to_owned(),
            _ => format!("c{}", random.below(60)),
        };
        for _ in 0..random.below(4) {
            revision.push_str(steps[random.below(steps.len() as u64) as usize]);
        }
        let told = repo.try_git(["rev-parse", "-q", "--verify", &format!("{revision}^{{commit}}")]);
        match repository.resolve(&revision) {
            Ok(id) => assert_eq!(Some(id.to_string()), told, "{revision}"),
            Err(Error::UnknownRevision { revision: of, .. }) => {
                assert_eq!((&told, &of), (&None, &revision));
            }
            Err(error) => panic!("{revision}: {error}"),
        }
        found += usize::from(told.is_some());
    }
    assert!((80..190).contains(&found), "both sorts are met: {found}");
}

#[test]
fn a_linked_worktree_of_a_shallow_clone_has_its_way_back() {
    let origin = Repo::with(&[("partners/a.md", "1")]);
    for number in 0..5 {
        origin.commit(&format!("Commit {number}"));
    }
    let clone = origin.clone_with(["--depth=4"]);
    let outside = Repo::in_folder();
    let linked = outside.join("linked");
    clone.git(["worktree", "add", "-q", linked.to_str().expect("UTF-8")]);
    let repository = open_at(&linked);
    let commit = |name: &str| repository.resolve(name);
    let (base, head) = (commit("HEAD~2").expect("a commit"), commit("HEAD").expect("a commit"));
    assert_eq!(base, id(&clone.id("HEAD~2")));
    assert_eq!(repository.merge_base(base, head), Ok(Some(base)));
    assert!(matches!(commit("HEAD~4"), Err(Error::UnknownRevision { shallow: true, .. })));
}

#[test]
fn commits_that_name_nobody_are_walked_over() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let base = repo.id("HEAD");
    let odd = repo.raw_commit(format!("tree {{tree}}\nparent {base}\n\nNobody's\n").as_bytes());
    repo.git(["update-ref", "refs/heads/main", &odd]);
    let repository = open(&repo);
    let base = id(&base);
    assert_eq!(repository.resolve("main~1"), Ok(base));
    assert_eq!(repository.merge_base(id(&odd), base), Ok(Some(base)));
}

/// Whatever the index of a pack says: libgit2 has crashed here.
#[test]
fn a_damaged_index_of_a_pack_does_no_harm() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    for number in 0..8 {
        repo.write("partners/a.md", format!("{number}")).commit(&format!("Commit {number}"));
    }
    repo.git(["repack", "-adq"]);
    let entries = fs::read_dir(repo.join(".git/objects/pack")).expect("a folder");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    let index =
        paths.find(|path| path.extension().is_some_and(|it| it == "idx")).expect("an index");
    let whole = fs::read(&index).expect("an index");
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::remove_file(&index).expect("removed");
        fs::write(&index, damaged).expect("written");
        let repository = open(&repo);
        if let (Ok(base), Ok(head)) = (repository.resolve("HEAD~3"), repository.resolve("HEAD")) {
            let found = repository.merge_base(base, head);
            assert!(found.is_err() || found == Ok(Some(base)) || found == Ok(None), "{at}");
        }
    }
}
