//! What strangers send: every case of it is a finding or nothing, and never a crash.

use std::fmt::Write as _;
use std::fs;

use super::*;

fn codes(ran: &Ran) -> Vec<String> {
    assert!(matches!(ran.code, Some(0 | 1)), "{:?}: {}", ran.code, ran.err);
    let mut codes: Vec<String> =
        found(ran).iter().filter_map(|told| Some(told.split_once(' ')?.1.to_owned())).collect();
    codes.dedup();
    codes
}

/// The codes of what is found in one checklist.
fn of(text: impl AsRef<[u8]>, rules: &str) -> Vec<String> {
    let repo = Repo::new();
    repo.write("partners/a.md", "# A\n\n- [ ] a\n").write("partners/x.md", text).commit("Add");
    codes(&lint(&repo, &["--select", rules, "partners/x.md"]))
}

#[test]
fn what_passes_a_cap_is_a_finding() {
    let long = format!("# A\n\n- [ ] a\n\n{}\n", "word ".repeat(250_000));
    assert_eq!(of(long, "MB803"), ["MB803"], "a file above 1 MiB");
    let keys = (0..9_000).fold(String::new(), |mut keys, number| {
        let _ = writeln!(keys, "key{number}: a");
        keys
    });
    assert_eq!(of(format!("---\n{keys}---\n\n- [ ] a\n"), "MB803"), ["MB803"], "its front matter");
    assert_eq!(of("- [ ] a\n".repeat(20_001), "MB803"), ["MB803"], "its items");
    let deep = (0..120).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}- [ ] a", "  ".repeat(depth));
        text
    });
    assert_eq!(of(deep, "MB803"), ["MB803"], "its nesting");
    let bomb = (1..20).fold("a0: &a0 [x, x]\n".to_owned(), |mut bomb, number| {
        let last = number - 1;
        let _ = writeln!(bomb, "a{number}: &a{number} [*a{last}, *a{last}, *a{last}]");
        bomb
    });
    assert_eq!(of(format!("---\n{bomb}---\n\n- [ ] a\n"), "MB803"), ["MB803"], "its aliases");
}

#[test]
fn what_is_no_text_is_a_finding() {
    assert_eq!(of(b"# A\n\n- [ ] caf\xe9\n", "MB805"), ["MB805"]);
    assert_eq!(of(b"\xff\xfe-\0 \0[\0 \0]\0", "MB805"), ["MB805"]);
    assert_eq!(of(b"# A\n\n- [ ] a\0b\n", "MB801"), ["MB801"]);
}

#[test]
fn every_rule_looks_at_large_and_odd_files_without_a_word_of_panic() {
    let link = format!("# A\n\n- [ ] [a]({})\n", "a/".repeat(300_000));
    let brackets = format!("# A\n\n- [ ] {}\n", "[(".repeat(200_000));
    let heading = format!("# A\n\n## B {}\n\n- [ ] a\n", "(Day 1–7".repeat(20_000));
    let dates = format!("# A\n\n- [ ] a {}\n", "due:2026-02-30 ".repeat(20_000));
    let comments =
        format!("# A\n\n{}- [ ] a\n", "<!-- mdboard-disable MB105 -->\n\n".repeat(9_000));
    let table = format!("# A\n\n| a |\n| - |\n{}", "| [ ] |\n".repeat(60_000));
    for text in [link, brackets, heading, dates, comments, table, "\u{feff}".into(), "---\n".into()]
    {
        of(text, "all");
    }
}

#[cfg(unix)]
#[test]
fn links_and_what_lies_behind_them_are_left_alone() {
    use std::os::unix::fs::symlink;
    let outside = Repo::with(&[("secret.md", TWICE)]);
    let repo = Repo::with(&[("partners/a.md", "# A\n\n- [ ] a\n")]);
    symlink(outside.join("secret.md"), repo.join("partners/b.md")).expect("a link");
    symlink(outside.path(), repo.join("partners/c")).expect("a link");
    let ran = lint(&repo, &["--select", "MB105,MB804"]);
    assert_eq!(found(&ran), ["partners/b.md:1 MB804", "partners/c:1 MB804"]);
    let named = lint(&repo, &["partners/b.md"]);
    assert_eq!(named.code, Some(2), "{}", named.out);
    fs::remove_file(repo.join("partners/b.md")).expect("it is removed");
    repo.git(["add", "-A"]);
    repo.commit("Link a folder");
    let committed = lint(&repo, &["--select", "MB105,MB804", "--rev", "HEAD"]);
    assert_eq!(found(&committed), ["partners/c:1 MB804"]);
}

/// Texts and names that would be commands to a terminal, a page or a workflow.
const EVIL: &str = "# A\n\n## \u{1b}[31mB\u{202e} %0A::error::x\n\n- [ ] <b>a</b>\u{1b}[2J,:\n- [ ] <b>a</b>\u{1b}[2J,:\n";

#[cfg(unix)]
#[test]
fn no_output_carries_a_command() {
    let repo = Repo::new();
    let path = "partners/a\u{1b}[31m,:%25\u{202e}.md";
    repo.write(path, EVIL).write("partners/ok.md", EVIL).commit("Add");
    for format in ["full", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let ran = mdboard(&repo, &["lint", "--format", format, "--select", "MB105,MB801"]);
        assert_eq!(ran.code, Some(1), "{format}: {}", ran.err);
        for text in [&ran.out, &ran.err] {
            // Programs, and GitHub among them, have to find the file.
            let is_shown = ["full", "concise"].contains(&format);
            let bad = |c: char| c.is_control() && c != '\n' || is_shown && c == '\u{202e}';
            assert!(!text.contains(bad), "{format}: {text:?}");
        }
        if format == "github" {
            let commands = ran.out.lines().filter(|line| line.contains("::error::"));
            assert_eq!(commands.count(), 0, "{}", ran.out);
            assert!(ran.out.lines().all(|line| line.starts_with("::")), "{}", ran.out);
        }
    }
}
