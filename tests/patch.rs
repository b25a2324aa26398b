//! `mdboard lint --diff` is a patch that git takes.

#[path = "common/mod.rs"]
mod common;

use std::collections::BTreeMap;

use common::Repo;
use mdboard::lint::fix::Mended;
use mdboard::model::RepoPath;
use mdboard::render::{Style, lint};
use mdboard::report::Findings;

/// The patch of some files, as it goes into a pipe.
fn patch(files: &[(&str, &str, &str)]) -> String {
    let mended = files.iter().map(|(path, before, after)| {
        let (before, after) = ((*before).to_owned(), (*after).to_owned());
        (RepoPath::new(*path), Mended { before, after, fixes: BTreeMap::new() })
    });
    let findings = Findings {
        all: &[],
        fingerprints: &[],
        texts: &BTreeMap::new(),
        files: files.len(),
        known: 0,
        mended: &mended.collect(),
    };
    lint::diff(&findings, &Style { width: 80, color: false })
}

/// Lines with numbers, of which some end in another way.
fn lines(odd: &[usize], end: &str) -> String {
    let line = |at: usize| format!("line {at}{}", if odd.contains(&at) { end } else { "\n" });
    (0..60).map(line).collect()
}

#[test]
fn git_applies_it() {
    let (many, mended) = (lines(&[], ""), lines(&[0, 5, 9, 30, 31, 59], " mended\n"));
    let cases = [
        ("partners/a.md", "one\ntwo\n", "one\nTWO\n"),
        ("partners/b c.md", "- []\n", "- [ ]\n"),
        ("partners/Çağla 東京.md", "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"),
        ("partners/\"quoted\"\\\tand more.md", "x", "y"),
        ("partners/ends.md", "one\ntwo", "one\ntwo\n"),
        ("partners/ends-no-more.md", "one\ntwo\n", "one\ntwo"),
        ("partners/endless.md", "one\ntwo\nthree", "one\nTWO\nthree"),
        ("partners/return.md", "a\rb\nc\r\nd\r", "a\rb\nC\r\nd\r"),
        ("partners/line-ends.md", "a\r\nb\nc\r\n", "a\nb\nc\n"),
        ("partners/escape.md", "\u{1b}[31m\u{202e}\u{feff}\n\u{0}\n", "\u{202e}\u{feff}\n\u{0}\n"),
        ("partners/grows.md", "last\n", "first\nlast\nvery last\n"),
        ("partners/shrinks.md", "first\nlast\nvery last\n", "last\n"),
        ("partners/many.md", &many, &mended),
        ("partners/many-line-ends.md", &many, &lines(&[0, 20, 40, 41, 59], "\r\n")),
    ];
    let repo = Repo::new();
    for (path, before, _) in cases {
        repo.write(path, before);
    }
    repo.git_with(["apply", "--whitespace=nowarn", "-"], patch(&cases).as_bytes());
    for (path, _, after) in cases {
        let now = std::fs::read_to_string(repo.path().join(path)).expect("the file is still there");
        assert_eq!(now, after, "{path}");
    }
}
