//! docs/walkthrough.md does what it says: every command on the page is run, in a folder of its own.

#![cfg(unix)]

#[test]
#[expect(clippy::disallowed_methods, reason = "the page calls git and a shell by their names")]
fn the_page_is_true() {
    let path = std::env::var_os("PATH").expect("there is a PATH");
    let found = |name: &str| {
        let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
        places.find(|place| place.is_file()).unwrap_or_else(|| panic!("there is no {name}"))
    };
    // A copy, since the commands work beside the page.
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/walkthrough.md");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("walkthrough.md");
    std::fs::copy(page, &copy).expect("the page is there");
    std::fs::create_dir(folder.path().join("walkthrough.in")).expect("a folder");
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("git", found("git"))
        .register_bin("sh", found("sh"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ann Lee")
        .env("GIT_AUTHOR_EMAIL", "ann@example.com")
        .env("GIT_COMMITTER_NAME", "Ann Lee")
        .env("GIT_COMMITTER_EMAIL", "ann@example.com")
        .env("GIT_AUTHOR_DATE", "2026-03-09T10:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-03-09T10:00:00Z")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .case(&copy);
    // The cases are run when they are dropped. With TRYCMD=overwrite the page is what they said.
    drop(cases);
    if std::env::var_os("TRYCMD").is_some() {
        std::fs::copy(copy, page).expect("the page can be written");
    }
}
