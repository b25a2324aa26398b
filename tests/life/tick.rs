//! Boxes that are ticked from a terminal.

use crate::common::Repo;
use crate::{PLAN, made, read, run, told};

#[test]
fn nothing_but_the_box_changes() {
    let repo = made();
    let before = read(&repo, PLAN).replace('\n', "\r\n");
    repo.write(PLAN, &before);
    let output = run(&repo, &["tick", "globex", "contract"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let after = read(&repo, PLAN);
    assert_eq!(after, before.replace("[ ] Sign", "[x] Sign"));
    assert_eq!(run(&repo, &["untick", "globex", "1"]).status.code(), Some(0));
    assert_eq!(read(&repo, PLAN), before);
    let output = run(&repo, &["tick", "globex", "2", "--date", "2026-01-09"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(read(&repo, PLAN).contains("- [x] Scan it ✅ 2026-01-09\r\n"));
    let block = ["tick", "globex", "1", "--state", "blocked", "--reason", "no pen"];
    assert_eq!(run(&repo, &block).status.code(), Some(0));
    assert!(read(&repo, PLAN).contains("- [!] Sign the contract (blocked: no pen)\r\n"));
    assert_eq!(run(&repo, &["tick", "globex", "1"]).status.code(), Some(0));
    assert!(read(&repo, PLAN).contains("- [x] Sign the contract\r\n"));
}

#[test]
fn an_item_alone_in_its_section_says_in_its_text_that_it_is_blocked() {
    let repo = made();
    let text = "# Plan\n\n## Legal\n\n- [ ] Sign\n\n## Setup\n\n- [ ] Keys\n";
    repo.write(PLAN, text);
    let block = ["tick", "globex", "Sign", "--state", "blocked"];
    let output = run(&repo, &block);
    assert_eq!(output.status.code(), Some(2), "its box would be none");
    assert!(told(&output).contains("--reason"), "{}", told(&output));
    let output = run(&repo, &[&block[..], &["--reason", "no pen"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(read(&repo, PLAN), text.replace("Sign", "Sign (blocked: no pen)"));
    let items = crate::said(&run(&repo, &["items", "--format", "json"]));
    assert!(items.contains("\"blocked_reason\": \"no pen\""), "{items}");
    assert_eq!(run(&repo, &["untick", "globex", "Sign"]).status.code(), Some(0));
    assert_eq!(read(&repo, PLAN), text);
}

#[test]
fn what_is_asked_for_is_what_is_told() {
    let repo = made();
    let before = read(&repo, PLAN);
    repo.write("mdboard.toml", "[states]\n\"d\" = \"deferred\"\n");
    let first = || -> serde_json::Value {
        let items = crate::said(&run(&repo, &["items", "--format", "json"]));
        let items: serde_json::Value = serde_json::from_str(&items).expect("JSON");
        items["items"][0].clone()
    };
    for (arguments, key, value) in [
        (&["--state", "deferred"][..], "/state", "deferred"),
        (&["--state", "in-progress"], "/state", "in_progress"),
        (&["--state", "not-applicable"], "/state", "not_applicable"),
        (&["--date", "2026-01-09"], "/checked/on", "2026-01-09"),
        (&["--date", "2026-01-08"], "/checked/on", "2026-01-08"),
        (&["--state", "blocked", "--reason", "one\ntwo"], "/blocked_reason", "one two"),
        (&["--state", "blocked", "--reason", "*three*"], "/blocked_reason", "*three*"),
    ] {
        let output = run(&repo, &[&["tick", "globex", "1"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", told(&output));
        assert_eq!(first().pointer(key), Some(&value.into()), "{arguments:?}: {}", first());
    }
    assert_eq!(run(&repo, &["untick", "globex", "1"]).status.code(), Some(0));
    assert_eq!(read(&repo, PLAN), before);
    for (arguments, words) in [
        (&["--state", "cancelled"][..], "[states]"),
        (&["--state", "blocked", "--reason", "a) - [ ] b ("], "in other words"),
    ] {
        let output = run(&repo, &[&["tick", "globex", "1"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
        assert_eq!(read(&repo, PLAN), before);
    }
}

#[test]
fn what_is_not_clear_is_asked_back() {
    let repo = made();
    repo.write(
        PLAN,
        format!("{}- [ ] Scan the annex\n- [ ] Top\n  - [ ] Sub\n- [ ]\n", read(&repo, PLAN)),
    );
    let before = read(&repo, PLAN);
    for (arguments, words) in [
        (vec!["tick", "globex", "scan"], "Scan the annex"),
        (vec!["tick", "globex", "nothing like it"], "no item of globex is meant"),
        (vec!["tick", "globex", "99"], "no item of globex is meant"),
        (vec!["tick", "nobody", "1"], "no partner `nobody`"),
        (vec!["untick", "globex", "contract"], "it is open already"),
        (vec!["tick", "globex", "1", "--reason", "x"], "--state blocked"),
        (vec!["untick", "globex", "1", "--date", "2026-01-01"], "--date says"),
        (vec!["tick", "globex", "1", "-m", "x"], "--commit"),
        (vec!["tick", "globex", ""], "no item of globex is meant"),
        (vec!["tick", "globex", "top"], "done when what stands under it is (items: 1)"),
        (vec!["tick", "globex", "--commit"], "<ITEM>"),
        (vec!["tick", "globex", "--state", "done"], "<ITEM>"),
        (vec!["--rev", "HEAD", "tick", "globex", "1"], "--rev and --as-of look at others"),
        (vec!["--rev", "HEAD", "new", "acme"], "--rev and --as-of look at others"),
    ] {
        let output = run(&repo, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
    assert_eq!(read(&repo, PLAN), before);
    let list = crate::said(&run(&repo, &["tick", "globex"]));
    assert!(list.contains("   1  Sign the contract\n") && list.contains("   4  Sub\n"), "{list}");
    // A typing mistake is understood.
    assert_eq!(run(&repo, &["tick", "globex", "sign teh contract"]).status.code(), Some(0));
}

fn shown(repo: &Repo, what: &str) -> String {
    repo.git(["show", what])
}

#[test]
fn a_commit_holds_the_tick_and_nothing_else() {
    let repo = made();
    repo.write("staged.txt", "staged\n");
    repo.git(["add", "staged.txt"]);
    repo.write("notes.txt", "not staged\n");
    // A staged edit of the very file, and one that is not staged.
    let base = read(&repo, PLAN);
    repo.write(PLAN, base.replace("Scan it", "Scan it twice"));
    repo.git(["add", PLAN]);
    repo.write(PLAN, format!("{}- [ ] Not staged\n", read(&repo, PLAN)));
    let output = run(&repo, &["tick", "globex", "contract", "--commit", "-m", "Signed"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let ticked = base.trim_end().replace("[ ] Sign", "[x] Sign");
    assert_eq!(shown(&repo, &format!("HEAD:{PLAN}")), ticked);
    assert_eq!(repo.git(["log", "-1", "--format=%s %an"]), "Signed Ann Lee");
    assert_eq!(repo.git(["diff", "--name-only", "HEAD~1", "HEAD"]), PLAN);
    assert_eq!(shown(&repo, &format!(":{PLAN}")), ticked.replace("Scan it", "Scan it twice"));
    assert!(read(&repo, PLAN).contains("[x] Sign") && read(&repo, PLAN).contains("Not staged"));
    let status = repo.git(["status", "--porcelain"]);
    assert!(status.contains("A  staged.txt") && status.contains("?? notes.txt"), "{status}");
    assert!(status.contains(&format!("MM {PLAN}")), "{status}");
    // The history tells who it was.
    let log = crate::said(&run(&repo, &["log", "--format", "csv"]));
    assert!(log.contains("checked") && log.contains("Ann Lee"), "{log}");
}

#[test]
fn hooks_and_signatures_are_not_passed_over() {
    let repo = made();
    repo.git(["config", "commit.gpgsign", "true"]);
    let output = run(&repo, &["tick", "globex", "1", "--commit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("commit.gpgsign") && told(&output).contains("--no-verify"));
    repo.git(["config", "commit.gpgsign", "false"]);
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let may = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(repo.join(".git/hooks/pre-commit"), may).expect("ours");
    }
    let before = read(&repo, PLAN);
    let output = run(&repo, &["tick", "globex", "1", "--commit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("pre-commit"), "{}", told(&output));
    assert_eq!(read(&repo, PLAN), before, "nothing has happened");
    let output = run(&repo, &["tick", "globex", "1", "--commit", "--no-verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    // What is not committed yet cannot be in a commit of one box.
    repo.write(PLAN, format!("{}- [ ] New\n", read(&repo, PLAN)));
    let output = run(&repo, &["tick", "globex", "New", "--commit", "--no-verify"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("not committed yet"), "{}", told(&output));
    assert!(read(&repo, PLAN).contains("- [ ] New\n"));
}
