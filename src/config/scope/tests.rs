use proptest::prelude::*;

use super::*;

fn scope(globs: &[&str]) -> Scope {
    board("", globs, "templates")
}

fn board(root: &str, globs: &[&str], templates: &str) -> Scope {
    let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
    Scope::new(root, &globs, templates).expect("a test's globs are valid")
}

/// The partner of a file as `root = id`, `-` for none.
fn whose(scope: &Scope, path: &str) -> String {
    match scope.membership(&RepoPath::new(path)) {
        Some(found) => format!("{} = {}", found.root, found.id),
        None => "-".to_owned(),
    }
}

fn reason(glob: &str) -> String {
    Scope::new("", &[glob.to_owned()], "").expect_err("the glob is invalid").reason
}

#[test]
fn a_folder_takes_its_files_at_any_depth() {
    let scope = scope(&["partners/*"]);
    assert_eq!(whose(&scope, "partners/acme/week-1.md"), "partners/acme = acme");
    assert_eq!(whose(&scope, "partners/acme/2026/q1/a.md"), "partners/acme = acme");
    assert_eq!(whose(&scope, "partners/acme/logo.png"), "-");
    assert_eq!(whose(&scope, "src/partners/acme/a.md"), "-");
    assert_eq!(whose(&scope, "partnersx/acme/a.md"), "-");
}

#[test]
fn a_file_can_be_a_partner() {
    let scope = scope(&["partners/*"]);
    assert_eq!(whose(&scope, "partners/acme.md"), "partners/acme.md = acme");
    assert_eq!(whose(&scope, "partners/acme.txt"), "-");
    // A folder keeps its whole name.
    assert_eq!(whose(&scope, "partners/acme.md/a.md"), "partners/acme.md = acme.md");
}

#[test]
fn a_star_crosses_no_slash_and_two_do() {
    let one = scope(&["clients/*/onboarding"]);
    assert_eq!(
        whose(&one, "clients/acme/onboarding/a.md"),
        "clients/acme/onboarding = acme/onboarding"
    );
    assert_eq!(whose(&one, "clients/eu/acme/onboarding/a.md"), "-");
    let many = scope(&["clients/**/onboarding"]);
    assert_eq!(
        whose(&many, "clients/eu/acme/onboarding/a.md"),
        "clients/eu/acme/onboarding = eu/acme/onboarding"
    );
    assert_eq!(whose(&many, "clients/onboarding/a.md"), "clients/onboarding = onboarding");
}

#[test]
fn the_shortest_prefix_wins() {
    let scope = scope(&["a/**/b"]);
    assert_eq!(whose(&scope, "a/b/c/b/x.md"), "a/b = b");
    let scope = self::scope(&["a/*/*", "a/*"]);
    assert_eq!(whose(&scope, "a/x/y/z.md"), "a/x = x");
}

#[test]
fn the_first_glob_wins_a_tie() {
    assert_eq!(whose(&scope(&["a/b/*", "a/*/*"]), "a/b/c/x.md"), "a/b/c = c");
    assert_eq!(whose(&scope(&["a/*/*", "a/b/*"]), "a/b/c/x.md"), "a/b/c = b/c");
}

#[test]
fn two_stars_at_the_end_name_what_lies_in_the_folder() {
    let scope = scope(&["partners/**"]);
    assert_eq!(whose(&scope, "partners/acme/deep/a.md"), "partners/acme = acme");
    assert_eq!(whose(&self::scope(&["**"]), "acme/a.md"), "acme = acme");
}

#[test]
fn a_glob_without_glob_characters_names_one_partner() {
    assert_eq!(whose(&scope(&["clients/acme"]), "clients/acme/a.md"), "clients/acme = acme");
    assert_eq!(whose(&scope(&["clients/acme.md"]), "clients/acme.md"), "clients/acme.md = acme");
    assert_eq!(whose(&scope(&["acme"]), "acme/a.md"), "acme = acme");
}

#[test]
fn wildcards_work_inside_a_part() {
    let check = |glob: &str, path: &str, wanted: bool| {
        assert_eq!(scope(&[glob]).takes(path), wanted, "{glob} {path}");
    };
    check("partners/20??-*", "partners/2026-acme/a.md", true);
    check("partners/20??-*", "partners/206-acme/a.md", false);
    check("partners/[a-m]*", "partners/acme/a.md", true);
    check("partners/[!a-m]*", "partners/acme/a.md", false);
    check("{partners,clients}/*", "clients/acme/a.md", true);
    check("{partners,clients}/*", "friends/acme/a.md", false);
    check("partners/*.md", "partners/acme.md", true);
    check("partners/*.md", "partners/acme/a.md", false);
    check("partners/**/*.md", "partners/acme/a.md", true);
    check("*/[*]/x", "a/*/x/b.md", true);
    check("ünïcødé/*", "ünïcødé/ß/a.md", true);
}

#[test]
fn braces_may_hold_slashes() {
    let scope = scope(&["{partners/eu,clients}/{a,b/c}"]);
    assert_eq!(whose(&scope, "partners/eu/a/x.md"), "partners/eu/a = partners/eu/a");
    assert_eq!(whose(&scope, "clients/b/c/x.md"), "clients/b/c = clients/b/c");
    assert_eq!(whose(&scope, "clients/b/x.md"), "-");
    assert_eq!(whose(&self::scope(&["p/{a/{b,c},d}"]), "p/a/c/x.md"), "p/a/c = a/c");
    assert!(self::scope(&["p/[{]*/x"]).takes("p/{y/x/a.md"));
}

#[test]
fn the_boards_root_may_lie_below_the_repositorys() {
    let scope = board("sub/board", &["partners/*"], "templates");
    assert_eq!(whose(&scope, "sub/board/partners/acme/a.md"), "sub/board/partners/acme = acme");
    assert_eq!(whose(&scope, "partners/acme/a.md"), "-");
    assert_eq!(whose(&scope, "sub/boarder/partners/acme/a.md"), "-");
    for (folder, wanted) in [
        ("", true),
        ("sub", true),
        ("sub/board", true),
        ("sub/board/partners", true),
        ("sub/board/src", false),
        ("sub/boa", false),
        ("subx", false),
        ("partners", false),
    ] {
        assert_eq!(scope.enters(folder), wanted, "{folder}");
    }
    assert_eq!(scope.prefixes(), ["sub/board/partners"]);
}

#[test]
fn git_and_templates_are_left_out() {
    let scope = scope(&["**/onboarding/*"]);
    assert!(scope.takes("a/onboarding/x/b.md"));
    assert!(!scope.takes("templates/onboarding/x/b.md"));
    assert!(scope.takes("a/templates/onboarding/x/b.md"));
    assert!(!scope.takes("a/.git/onboarding/x/b.md"));
    assert!(scope.takes("a/.github/onboarding/x/b.md"));
    assert!(!scope.enters(".git") && !scope.enters("templates") && !scope.enters("templates/x"));
    assert!(scope.enters("") && scope.enters("any") && scope.enters("any/where"));
    assert!(board("", &["*/x"], "").takes("templates/x/a.md"));
    assert!(!board("", &["*/x"], "./templates/").takes("templates/x/a.md"));
}

#[test]
fn only_folders_that_may_hold_something_are_entered() {
    let scope = scope(&["partners/*", "clients/*/eu"]);
    for (folder, wanted) in [
        ("", true),
        ("partners", true),
        ("partners/acme", true),
        ("partners/acme/deep", true),
        ("src", false),
        ("src/partners", false),
        ("clients", true),
        ("clients/acme", true),
        ("clients/acme/eu", true),
        ("clients/acme/us", false),
    ] {
        assert_eq!(scope.enters(folder), wanted, "{folder}");
    }
    assert!(!self::scope(&["partners/*.md"]).enters("partners/acme"));
}

#[test]
fn prefixes_are_the_outermost_fixed_ones() {
    assert_eq!(scope(&["partners/*"]).prefixes(), ["partners"]);
    assert_eq!(scope(&["b/*", "a/x/*", "a/*", "b/*/c"]).prefixes(), ["a", "b"]);
    assert_eq!(scope(&["a/*", "ab/*"]).prefixes(), ["a", "ab"]);
    assert_eq!(scope(&["*/x", "a/*"]).prefixes(), [""]);
    assert_eq!(scope(&["clients/acme"]).prefixes(), ["clients"]);
    assert_eq!(board("sub", &["acme"], "").prefixes(), ["sub"]);
    assert_eq!(scope(&[]).prefixes(), Vec::<String>::new());
}

#[test]
fn dots_and_slashes_around_a_glob_are_dropped() {
    assert_eq!(whose(&scope(&["./partners/*/"]), "partners/acme/a.md"), "partners/acme = acme");
    assert_eq!(whose(&scope(&["a//./*"]), "a/acme/a.md"), "a/acme = acme");
}

#[test]
fn unusable_globs_say_what_to_do() {
    assert!(reason("").contains("name folders below the board's root"));
    assert!(reason("./").contains("name folders below the board's root"));
    assert!(reason("/partners/*").contains("absolute"));
    assert!(reason("C:/partners/*").contains("absolute"));
    assert!(reason("partners\\*").contains("write `/` between folders"));
    assert!(reason("../partners/*").contains("`..`"));
    assert!(reason("{a,../b}/*").contains("`..`"));
    assert!(reason("!partners/*").contains("exclude"));
    assert!(reason("partners/[a").contains("]"));
    assert!(reason("partners/{a").contains("}"));
    assert!(reason(&"{a/b,c}".repeat(40)).contains("more than 256"));
    assert!(reason(&"a/".repeat(100)).contains("63"));
    assert!(reason(&"a".repeat(2000)).contains("1024"));
    let error = Scope::new("", &["/x".to_owned()], "").expect_err("absolute");
    assert!(error.to_string().starts_with("the glob `/x` cannot be used: it is absolute"));
}

fn any_glob() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("**"),
        Just("*"),
        Just("a"),
        Just("b"),
        Just("a*"),
        Just("[ab]"),
        Just("{a,b/c}"),
        Just("templates"),
    ];
    proptest::collection::vec(part, 1..5).prop_map(|parts| parts.join("/"))
}

fn any_path() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![Just("a"), Just("b"), Just("c"), Just("ab"), Just(".git"), Just("templates")];
    (proptest::collection::vec(part, 0..5), prop_oneof![Just("a.md"), Just("b"), Just("x.md")])
        .prop_map(|(folders, file)| folders.into_iter().chain([file]).collect::<Vec<_>>().join("/"))
}

proptest! {
    #[test]
    fn taking_a_file_means_entering_its_folders(
        globs in proptest::collection::vec(any_glob(), 0..4),
        root in prop_oneof![Just(""), Just("a"), Just("a/b")],
        path in any_path(),
    ) {
        let scope = Scope::new(root, &globs, "templates").expect("the globs are valid");
        let found = scope.membership(&RepoPath::new(path.as_str()));
        prop_assert_eq!(scope.takes(&path), found.is_some());
        if let Some(found) = found {
            prop_assert!(path.starts_with(found.root.as_str()));
            prop_assert!(!found.id.0.is_empty());
            for (at, _) in path.match_indices('/') {
                prop_assert!(scope.enters(&path[..at]), "{}", &path[..at]);
            }
            prop_assert!(scope.enters(""));
            let inside = |prefix: &String| prefix.is_empty() || is_above(prefix, &path);
            prop_assert!(scope.prefixes().iter().any(inside));
        }
    }

    #[test]
    fn whole_path_matching_agrees(globs in any_glob(), path in any_path()) {
        // The same question asked the slow way: which prefix does globset match as a whole?
        let glob = if globs.ends_with("**") { format!("{globs}/*") } else { globs.clone() };
        let whole = globset::GlobBuilder::new(&glob)
            .literal_separator(true)
            .build()
            .expect("a valid glob")
            .compile_matcher();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let left_out = path.split('/').any(|part| part == ".git") || path.starts_with("templates/");
        let wanted = ends.map(|end| &path[..end]).find(|prefix| whole.is_match(prefix));
        let wanted = wanted.filter(|_| path.ends_with(".md") && !left_out);
        let found = scope(&[&globs]).membership(&RepoPath::new(path.as_str()));
        prop_assert_eq!(found.map(|found| found.root.to_string()), wanted.map(str::to_owned));
    }

    #[test]
    fn no_glob_and_no_path_panics(glob in "[\\PC/*{},\\[\\]]{0,20}", path in "\\PC*") {
        if let Ok(scope) = Scope::new("", &[glob], "templates") {
            let found = scope.membership(&RepoPath::new(path.as_str()));
            prop_assert_eq!(scope.takes(&path), found.is_some());
            let _ = scope.enters(&path);
        }
    }
}
