//! How the action comes by mdboard. The place of the releases is a folder here: `curl`, `cargo` and
//! `gh` are small scripts that note how they were called.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const CURL: &str = "#!/bin/sh\necho \"curl $*${GH_TOKEN:+ with the token}\" >>\"$HOME/calls\"\n\
                    for one; do [ \"$before\" = -o ] && file=$one; before=$one; done\n\
                    cp \"$HOME/releases/${one##*/}\" \"$file\" 2>/dev/null || exit 22\n";
const CARGO: &str = "#!/bin/sh\necho \"cargo $*${GH_TOKEN:+ with the token}\" >>\"$HOME/calls\"\n\
                     for folder; do :; done\nmkdir -p \"$folder/release\"\n\
                     printf '#!/bin/sh\\necho mdboard built\\n' >\"$folder/release/mdboard\"\n\
                     chmod +x \"$folder/release/mdboard\"\n";
const GH: &str = "#!/bin/sh\n[ \"$3\" = --help ] && exit\necho \"gh $*${GH_TOKEN:+ with the token}\" \
                  >>\"$HOME/calls\"\n! [ -e \"$HOME/forged\" ]\n";
/// One from before there were attestations.
const OLD_GH: &str = "#!/bin/sh\necho 'unknown command \"attestation\" for \"gh\"' >&2\nexit 1\n";
/// That of busybox, which takes a mistake in its options for a wrong sum.
const SHA256SUM: &str = "#!/bin/sh\n[ \"$*\" = '-c -' ] || exit 1\n\
                         PATH=\"${PATH#*:}\"\nexec sha256sum \"$@\"\n";
const UNAME: &str = "#!/bin/sh\n[ \"$1\" = -s ] && echo Linux || echo x86_64\n";
const TARGET: &str = "x86_64-unknown-linux-musl";

/// A machine with releases within reach.
struct Machine {
    home: TempDir,
}

/// What became of it.
struct Installed {
    code: Option<i32>,
    log: String,
    calls: String,
    /// What steps that follow find on their path.
    path: String,
}

impl Machine {
    fn new() -> Machine {
        let machine = Machine { home: tempfile::tempdir().expect("a folder") };
        for folder in ["bin", "releases", "work"] {
            fs::create_dir(machine.place(folder)).expect("a folder");
        }
        for (name, text) in [("curl", CURL), ("cargo", CARGO), ("gh", GH), ("uname", UNAME)] {
            program(&machine.place("bin").join(name), text);
        }
        machine
    }

    fn place(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A machine with a release, packed as the release workflow packs.
    fn with_release(version: &str) -> Machine {
        let machine = Machine::new();
        program(&machine.place("releases/mdboard"), "#!/bin/sh\necho mdboard released\n");
        machine.shell(&format!(
            "cd releases && tar -czf mdboard-{version}-{TARGET}.tar.gz mdboard && rm mdboard && \
             sha256sum -- *.tar.gz >SHA256SUMS && echo 'of another  mdboard-v0.0.1' >>SHA256SUMS"
        ));
        machine
    }

    #[expect(clippy::disallowed_methods, reason = "files are prepared by a shell")]
    fn shell(&self, script: &str) {
        let status =
            Command::new("bash").args(["-ec", script]).current_dir(self.home.path()).status();
        assert!(status.expect("bash starts").success(), "{script}");
    }

    #[expect(clippy::disallowed_methods, reason = "the script under test is run by a shell")]
    fn install(&self, variables: &[(&str, &str)]) -> Installed {
        let root = env!("CARGO_MANIFEST_DIR");
        let path = std::env::var("PATH").expect("there is a PATH");
        let mut command = Command::new("bash");
        command.arg(format!("{root}/.github/action/install.sh"));
        command.current_dir(self.place("work")).env_clear();
        command.env("PATH", format!("{}:{path}", self.place("bin").display()));
        command.env("HOME", self.home.path()).env("RUNNER_TEMP", self.home.path());
        command.env("GITHUB_PATH", self.place("path")).env("ACTION_PATH", root);
        command.env("ACTION_REPOSITORY", "example-org/mdboard").env("ACTION_REF", "main");
        command.env("GH_TOKEN", "secret").env("GITHUB_SERVER_URL", "https://github.com");
        command.envs(variables.iter().copied());
        let output = command.output().expect("bash starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let read = |name: &str| fs::read_to_string(self.place(name)).unwrap_or_default();
        Installed {
            code: output.status.code(),
            log: text(&output.stdout) + &text(&output.stderr),
            calls: read("calls"),
            path: read("path"),
        }
    }
}

fn program(path: &Path, text: &str) {
    fs::write(path, text).expect("a program");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be run");
}

#[test]
fn a_release_is_taken_when_it_is_what_it_should_be() {
    for variables in [[("MDBOARD_VERSION", "v1.2.3")], [("ACTION_REF", "v1.2.3")]] {
        let machine = Machine::with_release("v1.2.3");
        let done = machine.install(&variables);
        assert_eq!(done.code, Some(0), "{}", done.log);
        assert!(done.log.ends_with("mdboard released\n"), "{}", done.log);
        assert!(Path::new(done.path.trim_end()).join("mdboard").is_file(), "{}", done.path);
        let from = "https://github.com/example-org/mdboard/releases/download/v1.2.3/";
        assert!(done.calls.contains(&format!("{from}mdboard-v1.2.3-{TARGET}.tar.gz\n")));
        assert!(done.calls.contains("gh attestation verify mdboard-v1.2.3-"), "{}", done.calls);
        assert!(done.calls.contains("--signer-workflow example-org/mdboard/.github/workflows/"));
        assert!(!done.calls.contains("cargo"), "{}", done.calls);
    }
}

#[test]
fn a_release_that_is_not_there_is_built_only_if_nobody_has_asked_for_it() {
    let done = Machine::with_release("v1.2.3").install(&[("MDBOARD_VERSION", "v1.2.4")]);
    assert_eq!(done.code, Some(2), "{}", done.log);
    assert!(done.log.contains("::error title=mdboard::mdboard v1.2.4 cannot be downloaded"));
    assert!(!done.calls.contains("cargo") && done.path.is_empty(), "{}", done.calls);
    for reference in ["v1.2.4", "main", ""] {
        let done = Machine::with_release("v1.2.3").install(&[("ACTION_REF", reference)]);
        assert_eq!(done.code, Some(0), "{}", done.log);
        assert!(done.log.ends_with("mdboard built\n"), "{}", done.log);
        assert!(done.calls.contains("cargo build --locked --release"), "{}", done.calls);
    }
}

#[test]
fn a_release_that_is_not_what_was_released_is_an_error() {
    let spoilt = [
        "cd releases && echo x >>mdboard-v1.2.3-*.gz",
        "cd releases && : >SHA256SUMS",
        "cd releases && sed s/v1.2.3/v1.2.5/ SHA256SUMS >new && mv new SHA256SUMS",
        "touch forged",
    ];
    for spoil in spoilt {
        for variables in [[("MDBOARD_VERSION", "v1.2.3")], [("ACTION_REF", "v1.2.3")]] {
            let machine = Machine::with_release("v1.2.3");
            machine.shell(spoil);
            let done = machine.install(&variables);
            assert_eq!(done.code, Some(2), "{spoil}: {}", done.log);
            assert!(
                !done.calls.contains("cargo") && done.path.is_empty(),
                "{spoil}: {}",
                done.calls
            );
        }
    }
}

#[test]
fn other_hosts_take_nothing_from_a_name_they_share() {
    let elsewhere = ("GITHUB_SERVER_URL", "https://git.example.com");
    let done = Machine::with_release("v1.2.3").install(&[("MDBOARD_VERSION", "v1.2.3"), elsewhere]);
    assert_eq!(done.code, Some(2), "{}", done.log);
    assert!(
        done.log.contains("on github.com only") && !done.calls.contains("curl"),
        "{}",
        done.log
    );
    let done = Machine::with_release("v1.2.3").install(&[("ACTION_REF", "v1.2.3"), elsewhere]);
    assert_eq!(done.code, Some(0), "{}", done.log);
    assert!(done.log.ends_with("mdboard built\n") && !done.calls.contains("curl"), "{}", done.log);
}

#[test]
fn a_version_is_a_version() {
    for version in ["1.2.3", "v1/../../x", "v1 2", "-o", "latest"] {
        let done = Machine::new().install(&[("MDBOARD_VERSION", version)]);
        assert_eq!(done.code, Some(2), "{version}: {}", done.log);
        assert!(done.calls.is_empty(), "{version}: {}", done.calls);
    }
}

#[test]
fn other_machines_say_what_they_lack() {
    let machine = Machine::with_release("v1.2.3");
    program(&machine.place("bin/uname"), "#!/bin/sh\necho Plan9\n");
    let done = machine.install(&[("MDBOARD_VERSION", "v1.2.3")]);
    assert_eq!(done.code, Some(2), "{}", done.log);
    assert!(done.log.contains("cannot be downloaded for Plan9"), "{}", done.log);
}

#[test]
fn the_token_is_given_to_gh_alone() {
    let done = Machine::with_release("v1.2.3").install(&[("MDBOARD_VERSION", "v1.2.3")]);
    assert_eq!(done.code, Some(0), "{}", done.log);
    let with: Vec<&str> = done.calls.lines().filter(|call| call.ends_with("the token")).collect();
    assert!(with.len() == 1 && with[0].starts_with("gh attestation"), "{}", done.calls);
    let done = Machine::new().install(&[]);
    assert!(done.calls.contains("cargo") && !done.calls.contains("the token"), "{}", done.calls);
}

#[test]
fn without_a_repository_there_are_no_releases() {
    let nowhere = ("ACTION_REPOSITORY", "");
    let done = Machine::with_release("v1.2.3").install(&[("MDBOARD_VERSION", "v1.2.3"), nowhere]);
    assert_eq!(done.code, Some(2), "{}", done.log);
    assert!(done.log.contains("::error title=mdboard::") && done.calls.is_empty(), "{}", done.log);
    let done = Machine::with_release("v1.2.3").install(&[("ACTION_REF", "v1.2.3"), nowhere]);
    assert!(done.log.ends_with("mdboard built\n"), "{}", done.log);
}

#[test]
fn machines_with_less_are_machines_too() {
    for (name, text) in [("gh", OLD_GH), ("sha256sum", SHA256SUM)] {
        let machine = Machine::with_release("v1.2.3");
        program(&machine.place("bin").join(name), text);
        let done = machine.install(&[("MDBOARD_VERSION", "v1.2.3")]);
        assert_eq!(done.code, Some(0), "{name}: {}", done.log);
        assert!(done.log.ends_with("mdboard released\n"), "{name}: {}", done.log);
    }
}
