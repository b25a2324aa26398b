//! How a repository that has findings comes to use the linter.

use super::*;

fn board(config: &str) -> Repo {
    Repo::with(&[
        ("mdboard.toml", config),
        ("partners/a.md", TWICE),
        ("partners/old/b.md", TWICE),
        ("templates/c.md", TWICE),
    ])
}

#[test]
fn a_baseline_knows_what_was_found_before() {
    let repo = board("[lint]\nselect = [\"MB105\"]\n");
    let made = lint(&repo, &["--baseline", "lint.json", "--add-baseline"]);
    assert_eq!((made.code, made.out.as_str()), (Some(0), ""));
    assert!(made.err.contains("3 findings"), "{}", made.err);
    assert_eq!(lint(&repo, &["--baseline", "lint.json"]).code, Some(0));
    // What moves is still known; what is new is told.
    repo.write(
        "partners/a.md",
        format!("{}- [ ] Pay\n- [ ] Pay\n", TWICE.replace("\n- [ ] Sign", "\n\n- [ ] Sign")),
    );
    let ran = lint(&repo, &["--baseline", "lint.json"]);
    assert_eq!(found(&ran), ["partners/a.md:10 MB105"]);
    // A third of the same is one more.
    repo.write("partners/a.md", format!("{TWICE}- [ ] Sign\n"));
    assert_eq!(found(&lint(&repo, &["--baseline", "lint.json"])).len(), 1);
    repo.write("partners/a.md", "# Fine\n\n- [ ] a\n");
    let ran = lint(&repo, &["--baseline", "lint.json"]);
    assert!(ran.code == Some(0) && ran.err.contains("1 "), "{}", ran.err);
    for (name, text) in
        [("broken.json", "{"), ("other.json", "{\"schema\":\"x/1\",\"findings\":[]}")]
    {
        repo.write(name, text);
        let ran = lint(&repo, &["--baseline", name]);
        assert_eq!(ran.code, Some(2), "{name}");
        assert!(ran.err.contains(name) && ran.err.contains("help: "), "{}", ran.err);
    }
    assert_eq!(lint(&repo, &["--baseline", "none.json"]).code, Some(2));
}

#[test]
fn a_baseline_keeps_what_was_not_looked_at() {
    let repo = board("[lint]\nselect = [\"MB105\"]\n");
    let with = |more: &[&str]| lint(&repo, &[&["--baseline", "lint.json"], more].concat());
    with(&["--add-baseline"]);
    let part = with(&["partners/a.md"]);
    assert!(part.code == Some(0) && !part.err.contains("no longer there"), "{}", part.err);
    with(&["--add-baseline", "partners/a.md"]);
    with(&["--add-baseline", "--select", "MB104"]);
    assert_eq!(with(&[]).code, Some(0));
    repo.write("partners/a.md", "# Fine\n\n- [ ] a\n");
    assert!(with(&[]).err.contains("1 finding of the baseline no longer there"));
    with(&["--add-baseline", "partners/a.md"]);
    assert!(!with(&[]).err.contains("no longer there"));
}

#[test]
fn the_configuration_chooses_rules() {
    let codes = |config: &str| found(&lint(&board(config), &[]));
    assert_eq!(codes("[lint]\nselect = ['duplicate-item']\n").len(), 3);
    assert_eq!(codes("[lint]\nselect = ['items']\nignore = ['MB105']\n"), [""; 0]);
    let one_kind = "[lint]\nselect = ['MB105']\n[lint.templates]\nignore = ['MB105']\n";
    assert_eq!(codes(one_kind).len(), 2);
    let one_kind = "[lint]\nselect = []\n[lint.checklists]\nextend-select = 'MB105'\n";
    assert_eq!(codes(one_kind), ["partners/a.md:6 MB105", "partners/old/b.md:6 MB105"]);
    let one_file = "[lint]\nselect = ['MB105']\n[lint.per-file]\n'partners/old/**' = 'MB105'\n";
    assert_eq!(codes(one_file), ["partners/a.md:6 MB105", "templates/c.md:6 MB105"]);
    let folder = one_file.replace("old/**", "old/");
    assert_eq!(codes(&folder), codes(one_file));
    // As everywhere, `*` does not cross a `/`.
    let beside = one_file.replace("old/**", "*.md");
    assert_eq!(codes(&beside), ["partners/old/b.md:6 MB105", "templates/c.md:6 MB105"]);
}

#[test]
fn names_that_no_rule_has_are_told_at_their_place() {
    let repo = board("[lint]\nselect = ['MB9']\nignore = ['duplicat-item']\n");
    let ran = lint(&repo, &[]);
    assert_eq!(found(&ran), ["mdboard.toml:3 MB902"]);
    // Also where the slip has switched everything off.
    let off = board("[lint]\nselect = ['brokn-link']\n[lint.severity]\nfoo = 'info'\n");
    assert_eq!(found(&lint(&off, &[])), ["mdboard.toml:2 MB902", "mdboard.toml:4 MB902"]);
    let ran = lint(&repo, &["--select", "duplicat-item"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("did you mean `duplicate-item`?"), "{}", ran.err);
}

#[test]
fn severities_decide_the_exit_code() {
    let repo = board("[lint]\nselect = ['MB105']\n[lint.severity]\nduplicate-item = 'info'\n");
    let code = |arguments: &[&str]| lint(&repo, arguments).code;
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "info"]), Some(1));
    assert_eq!(code(&["--fail-on", "info", "--exit-zero"]), Some(0));
    let repo = board("[lint]\nselect = ['MB105']\n[lint.severity]\nitems = 'error'\n");
    let code = |arguments: &[&str]| lint(&repo, arguments).code;
    assert_eq!(code(&["--fail-on", "error"]), Some(1));
    let repo = board("[lint]\nselect = ['MB105']\n");
    assert_eq!(lint(&repo, &["--fail-on", "error"]).code, Some(0));
    assert_eq!(lint(&repo, &["--fail-on", "never"]).code, Some(2));
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let (dirty, clean) = (board("[lint]\nselect = ['MB105']\n"), board("[lint]\nselect = []\n"));
    for format in ["full", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let code = |repo| mdboard(repo, &["lint", "--format", format]).code;
        assert_eq!(code(&dirty), Some(1), "{format}");
        assert_eq!(code(&clean), Some(0), "{format}");
    }
}

/// The lines at which an item that stands twice is told, with a comment somewhere.
fn lines(text: &str) -> Vec<String> {
    let repo = Repo::with(&[("partners/a.md", text)]);
    let ran = lint(&repo, &["--select", "MB104,MB105,MB9"]);
    let short = |told: &String| told.replace("partners/a.md:", "");
    found(&ran).iter().map(short).collect()
}

#[test]
fn comments_switch_rules_off() {
    let items = "- [ ] a\n- [ ] a\n";
    let next =
        "- [ ] a\n<!-- mdboard-disable-next-line MB105: both are needed -->\n- [ ] a\n- [ ] a\n";
    assert_eq!(lines(next), ["4 MB105"]);
    assert_eq!(lines(&next.replace("needed -->", "needed -->\n\n")), ["6 MB105"]);
    let name = next.replace("MB105", "duplicate-item, MB104");
    assert_eq!(lines(&name), ["2 MB901", "4 MB105"]);
    let region = format!(
        "# A\n\n{items}\n<!-- mdboard-disable MB105 -->\n\n{items}\n<!-- mdboard-enable MB105 -->\n\n## B\n\n{items}"
    );
    assert_eq!(lines(&region), ["4 MB105", "16 MB105"]);
    let rest = format!("# A\n\n{items}\n<!-- mdboard-disable MB105 -->\n\n## B\n\n{items}");
    assert_eq!(lines(&rest), ["4 MB105"]);
    let file = format!("# A\n\n{items}\n<!-- mdboard-disable-file MB105 -->\n");
    assert_eq!(lines(&file), [""; 0]);
    let front = format!("---\n# mdboard-disable-file MB105: an import\ntitle: A\n---\n{items}");
    assert_eq!(lines(&front), [""; 0]);
}

#[test]
fn comments_that_do_nothing_are_told() {
    assert_eq!(lines("<!-- mdboard-disable MB105 -->\n\n- [ ] a\n"), ["1 MB901"]);
    assert_eq!(lines("<!-- mdboard-enable MB105 -->\n\n- [ ] a\n"), ["1 MB901"]);
    assert_eq!(lines("<!-- mdboard-disable-next-line -->\n- [ ] a\n"), ["1 MB902"]);
    assert_eq!(lines("<!-- mdboard-disable-next-line MB1000 -->\n- [ ] a\n"), ["1 MB902"]);
    assert_eq!(lines("<!-- mdboard-disable-nextline MB105 -->\n- [ ] a\n"), ["1 MB902"]);
    assert_eq!(lines("<!-- MDBOARD-DISABLE MB105 -->\n- [ ] a\n"), ["1 MB902"]);
    assert_eq!(lines("<!-- mdboard-ignore-start -->\n<!-- mdboard-ignore-end -->\n"), [""; 0]);
    // A reason without its colon is told once, and a set of rules is no rule.
    let reason = "- [ ] a\n<!-- mdboard-disable-next-line MB105 both are needed -->\n- [ ] a\n";
    assert_eq!(lines(reason), ["2 MB902"]);
    assert_eq!(lines("<!-- mdboard-disable links: later -->\n- [ ] a\n"), ["1 MB902"]);
    assert_eq!(lines("`<!-- mdboard-disable MB1000 -->`\n\n- [ ] a\n"), [""; 0]);
    // A rule that nobody has switched on may be named.
    assert_eq!(lines("<!-- mdboard-disable unowned-item -->\n\n- [ ] a\n"), [""; 0]);
}
