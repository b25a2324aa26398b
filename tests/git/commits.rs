//! Commits as plain values: people, dates, and what odd commits look like.

use mdboard::model::{Commit, Person};

use crate::common::Repo;
use crate::{id, mainline, open};

fn person(name: &str, email: &str) -> Person {
    Person { name: name.into(), email: email.into() }
}

fn read(repo: &Repo, commit: &str) -> Commit {
    open(repo).commit(id(commit)).expect("a commit")
}

#[test]
fn a_commit_is_told_as_git_has_it() {
    let repo = Repo::new();
    let act = repo.at("2026-01-05T10:00:00+02:00").by("Bo <bo@example.com>");
    let made = act.committed("2026-01-06T00:00:00Z").commit("Subject\n\nBody");
    let commit = read(&repo, &made);
    assert_eq!(commit.id.to_string(), made);
    assert_eq!(commit.author, person("Bo", "bo@example.com"));
    assert_eq!((commit.authored.0, commit.committed.0), (1_767_600_000, 1_767_657_600));
    assert_eq!((commit.subject.as_str(), commit.co_authors), ("Subject", vec![]));
}

#[test]
fn people_are_named_by_the_mailmap() {
    let repo = Repo::new();
    let message = "Subject\n\nCo-Authored-By: bo <BO@old.example>\nco-authored-by: Ann <ann@example.com>\n\
                   Co-authored-by: Cy <cy@example.com>\nCo-authored-by: Cy C <CY@example.com>";
    let made = repo.by("ann <ann@old.example>").commit(message);
    let plain = read(&repo, &made);
    assert_eq!(plain.author, person("ann", "ann@old.example"));
    assert_eq!(plain.co_authors.len(), 3);

    let text =
        b"Ann Lee <ann@example.com> <ann@old.example>\nBo <bo@example.com> <bo@old.example>\n";
    let mut repository = open(&repo);
    repository.set_mailmap(Some(text));
    let commit = repository.commit(id(&made)).expect("a commit");
    assert_eq!(commit.author, person("Ann Lee", "ann@example.com"));
    assert_eq!(commit.co_authors, [person("Bo", "bo@example.com"), person("Cy", "cy@example.com")]);
    repository.set_mailmap(None);
    assert_eq!(repository.commit(id(&made)), Ok(plain));
}

#[test]
fn the_mailmap_agrees_with_git() {
    let repo = Repo::new();
    let mailmap = "# people\nAnn Lee <ANN@example.com>\n<bo@new> <bo@old>\nCy <cy@new> <cy@old>\n\
                   Dee <dee@new> Shared <team@x>\nEd <ed@new> shared ed <team@x>\nTeam <team@x>\n\
                   Ann L. <ann@example.com>\n broken <\n";
    repo.write(".mailmap", mailmap).commit("Mailmap");
    let mut repository = open(&repo);
    repository.set_mailmap(Some(mailmap.as_bytes()));
    for who in [
        "x <ann@Example.com>",
        "Bo <BO@old>",
        "x <cy@old>",
        "shared <team@x>",
        "Shared Ed <team@x>",
        "Nobody <team@x>",
        "broken <other@x>",
    ] {
        let made = repo.by(who).commit("x");
        let author = repository.commit(id(&made)).expect("a commit").author;
        let expected = repo.git(["check-mailmap", who]);
        assert_eq!(format!("{} <{}>", author.name, author.email), expected);
    }
}

#[test]
fn odd_commits_are_read_and_walked_over() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let head = repo.id("HEAD");
    let odd = [
        &b"author A <a@x> -100 +0000\ncommitter A <a@x> -99 +0000\n\nBefore the epoch\n"[..],
        b"author A <a@x> 5 +9999\ncommitter A <a@x> 6\n\nOdd zones\n",
        b"author A a@x 5\ncommitter\n\nNo address\n",
        b"\nNobody\n",
        b"author J\xfcrgen <j@x> 5 +0000\ncommitter <> 7 +0000\nencoding latin1\n\nGr\xfc\xdfe\n",
        b"author A <a@x> 99999999999999999999999 +0000\ncommitter B <b@x> x +0000\n\nFar\n",
        b"author A <a@x> 5 +0000",
    ];
    let mut parent = head;
    for lines in odd {
        let text = [format!("tree {{tree}}\nparent {parent}\n").as_bytes(), lines].concat();
        parent = repo.raw_commit(&text);
    }
    repo.git(["update-ref", "refs/heads/main", &parent]);
    repo.write("partners/a.md", "2");
    let text = format!("tree {{tree}}\nparent {parent}\n\nLast\n");
    let tip = repo.raw_commit(text.as_bytes());
    repo.git(["update-ref", "refs/heads/main", &tip]);

    let repository = open(&repo);
    let told: Vec<(String, String, i64, i64)> = repo
        .git(["rev-list", "HEAD"])
        .lines()
        .map(|line| repository.commit(id(line)).expect("a commit"))
        .map(|c| (c.author.name, c.subject, c.authored.0, c.committed.0))
        .collect();
    let expected = [
        ("", "Last", 0, 0),
        ("", "", 0, 0),
        ("A", "Far", i64::MAX, i64::MAX),
        ("Jürgen", "Grüße", 5, 7),
        ("", "Nobody", 0, 0),
        ("A a@x 5", "No address", 0, 0),
        ("A", "Odd zones", 5, 6),
        ("A", "Before the epoch", -100, -99),
        ("Ann Lee", "Begin", 1_767_258_000, 1_767_258_000),
    ];
    let expected =
        expected.map(|(name, subject, a, c)| (name.to_owned(), subject.to_owned(), a, c));
    assert_eq!(told, expected);
    assert_eq!(mainline(&repo).revisions.len(), 1);
    assert_eq!(repository.resolve("main"), Ok(id(&tip)));
    assert_eq!(repository.resolve("HEAD"), Ok(id(&tip)));
}

#[test]
fn a_forged_circle_of_commits_ends_the_walk() {
    let repo = Repo::with(&[("partners/a.md", "1")]);
    let (one, two) = (repo.id("HEAD"), repo.commit("Two"));
    let place = |id: &str| repo.join(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    // A commit that is its own ancestor, which only a forged object can be.
    std::fs::remove_file(place(&one)).expect("removed");
    std::fs::copy(place(&two), place(&one)).expect("copied");
    let repository = open(&repo);
    assert_eq!(repository.as_of(id(&two), mdboard::dates::Timestamp(0)), Ok(None));
    assert_eq!(mainline(&repo).revisions.len(), 1);
    assert!(mainline(&repo).cut.is_some());
}
