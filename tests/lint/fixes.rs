//! What fixes change, and what they leave.

use std::fs;

use super::*;

/// A checklist with a comment that switches nothing off.
const IDLE: &str = "# Onboarding\n\n<!-- mdboard-disable-next-line MB105 -->\n- [ ] Sign\n";
const MENDED: &str = "# Onboarding\n\n- [ ] Sign\n";

fn read(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.join(path)).expect("it is there")
}

#[test]
fn a_fix_is_written_and_the_rest_is_told() {
    let repo = Repo::with(&[("partners/a.md", IDLE), ("partners/b.md", TWICE)]);
    let ran = lint(&repo, &["--select", "MB105,MB901", "--fix"]);
    assert_eq!(found(&ran), ["partners/b.md:6 MB105"]);
    assert_eq!(read(&repo, "partners/a.md"), MENDED);
    assert_eq!(read(&repo, "partners/b.md"), TWICE);
    assert_eq!(lint(&repo, &["--select", "MB901"]).code, Some(0));
}

#[test]
fn line_ends_a_byte_order_mark_and_a_missing_line_end_stay() {
    let repo = Repo::new();
    let text = format!("\u{feff}{}", IDLE.trim_end()).replace('\n', "\r\n");
    repo.write("partners/a.md", &text).commit("Add");
    assert_eq!(lint(&repo, &["--select", "MB105,MB901", "--fix"]).code, Some(0));
    let mended = format!("\u{feff}{}", MENDED.trim_end()).replace('\n', "\r\n");
    assert_eq!(read(&repo, "partners/a.md"), mended);
}

#[test]
fn a_file_that_is_no_text_is_not_mended() {
    let repo = Repo::new();
    let mut bytes = IDLE.as_bytes().to_vec();
    bytes.extend(b"- [ ] caf\xe9\n");
    repo.write("partners/a.md", &bytes).commit("Add");
    let ran = lint(&repo, &["--select", "MB105,MB901,MB805", "--fix"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(fs::read(repo.join("partners/a.md")).expect("it is there"), bytes);
}

#[test]
fn a_diff_changes_nothing_and_applies() {
    let repo = Repo::with(&[("partners/a.md", IDLE)]);
    let ran = mdboard(&repo, &["lint", "--select", "MB105,MB901", "--diff"]);
    assert_eq!(read(&repo, "partners/a.md"), IDLE);
    assert_eq!(ran.code, Some(1), "what a diff shows is not mended yet");
    repo.write("fix.patch", &ran.out);
    repo.git(["apply", "fix.patch"]);
    assert_eq!(read(&repo, "partners/a.md"), MENDED);
    let ran = mdboard(&repo, &["lint", "--select", "MB105,MB901", "--diff"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let repo = Repo::with(&[("partners/a.md", IDLE)]);
    let arguments = ["lint", "--select", "MB105,MB901", "--fix", "-", "--stdin-filename"];
    let ran = mdboard_with(&repo, &[&arguments[..], &["partners/a.md"]].concat(), IDLE);
    assert_eq!(ran.out, MENDED);
    assert_eq!(read(&repo, "partners/a.md"), IDLE, "the file itself stays");
    assert_eq!(ran.code, Some(0));
    let fine = mdboard_with(&repo, &[&arguments[..], &["partners/a.md"]].concat(), MENDED);
    assert_eq!(fine.out, MENDED, "the text comes back where nothing is mended");
}

#[test]
fn standard_input_that_is_no_text_comes_back_as_it_is() {
    let repo = Repo::with(&[("partners/a.md", IDLE)]);
    let mut bytes = IDLE.as_bytes().to_vec();
    bytes.extend(b"- [ ] caf\xe9\n");
    let arguments = ["lint", "--fix", "-", "--stdin-filename", "partners/a.md"];
    assert_eq!(mdboard_bytes(&repo, &arguments, &bytes).1, bytes);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_link_is_not_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let repo = Repo::with(&[("partners/a.md", IDLE), ("elsewhere.md", IDLE)]);
    let place = repo.join("partners/a.md");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).expect("they are set");
    symlink("../elsewhere.md", repo.join("partners/b.md")).expect("a link");
    lint(&repo, &["--fix"]);
    let mode = fs::metadata(&place).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(read(&repo, "partners/a.md"), MENDED);
    assert_eq!(read(&repo, "elsewhere.md"), IDLE);
}
