//! `mdboard lint` from the outside: what it reads, what it answers, what it changes.

#[path = "../common/mod.rs"]
mod common;

mod adoption;
mod fixes;
mod hostile;
mod places;
mod rules;

use std::io::Write;
use std::process::{Command, Stdio};

use common::Repo;

/// What a run of the program came to.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program in a repository.
fn mdboard(repo: &Repo, arguments: &[&str]) -> Ran {
    mdboard_with(repo, arguments, "")
}

/// Runs the program in a repository, with something on standard input.
fn mdboard_with(repo: &Repo, arguments: &[&str], input: &str) -> Ran {
    let (code, out, err) = mdboard_bytes(repo, arguments, input.as_bytes());
    let out = String::from_utf8(out).expect("the output is text");
    Ran { code, out, err }
}

/// The same, whatever is read and written: the exit code and both outputs.
#[expect(clippy::disallowed_methods, reason = "the program under test is run from here")]
fn mdboard_bytes(repo: &Repo, arguments: &[&str], input: &[u8]) -> (Option<i32>, Vec<u8>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdboard"))
        .args(["--today", "2026-03-02"])
        .args(arguments)
        .current_dir(repo.path())
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    // A program that does not read its input has gone already.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let err = String::from_utf8(output.stderr).expect("the output is text");
    (output.status.code(), output.stdout, err)
}

/// Lints, one finding a line.
fn lint(repo: &Repo, arguments: &[&str]) -> Ran {
    mdboard(repo, &[&["lint", "--format", "concise"], arguments].concat())
}

/// The places and codes of findings, one a line: `path:line code`.
fn found(ran: &Ran) -> Vec<String> {
    let short = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let (path, at) = (parts.next()?, parts.next()?);
        let code = parts.nth(1)?.trim_start().get(..5)?;
        Some(format!("{path}:{at} {code}"))
    };
    ran.out.lines().map(|line| short(line).unwrap_or_else(|| panic!("a finding: {line}"))).collect()
}

/// A checklist in which one item stands twice.
const TWICE: &str = "# Onboarding\n\n## Legal\n\n- [ ] Sign\n- [ ] Sign\n";
