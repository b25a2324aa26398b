//! Hermetic git repositories for tests: made by the real `git`, with no configuration but their
//! own, and with fixed names and dates, so that every run has the same commit ids.
//!
//! ```ignore
//! let repo = Repo::new();
//! repo.write("partners/acme/plan.md", "- [ ] Sign\n").commit("Add acme");
//! repo.write("partners/acme/plan.md", "- [x] Sign\n");
//! let id = repo.at("2026-02-01T10:00:00Z").by("Bo <bo@example.com>").commit("Sign");
//! ```

#![allow(dead_code, unreachable_pub, reason = "every test target uses another part")]

pub mod request;

use std::cell::Cell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// 2026-01-01T09:00:00Z, the date of the first commit without a date of its own.
const FIRST: i64 = 1_767_258_000;
const ANN: &str = "Ann Lee <ann@example.com>";

/// A repository in a temporary folder, removed with it.
pub struct Repo {
    folder: PathBuf,
    /// Shared with nothing: clones and linked worktrees lie in folders of their own.
    _temporary: TempDir,
    /// The date of the next commit without one: an hour after the one before.
    clock: Cell<i64>,
}

/// Who does something, and when.
#[derive(Clone)]
pub struct Act<'r> {
    repo: &'r Repo,
    author: String,
    committer: Option<String>,
    authored: String,
    committed: Option<String>,
}

impl Repo {
    /// An empty repository on the branch `main`.
    pub fn new() -> Repo {
        let repo = Repo::in_folder();
        repo.git(["init", "-q", "-b", "main"]);
        repo
    }

    /// A repository with one commit that holds these files.
    pub fn with(files: &[(&str, &str)]) -> Repo {
        let repo = Repo::new();
        files.iter().for_each(|(path, text)| {
            repo.write(path, text);
        });
        repo.commit("Begin");
        repo
    }

    /// A folder that is no repository yet.
    pub fn in_folder() -> Repo {
        let temporary = TempDir::new().expect("a temporary folder");
        let folder = temporary.path().canonicalize().expect("a real path").join("repo");
        fs::create_dir(&folder).expect("a new folder");
        Repo { folder, _temporary: temporary, clock: Cell::new(FIRST) }
    }

    /// A clone of this repository over the `file://` transport (so that `--depth` and `--filter`
    /// work), with more arguments for `git clone`.
    pub fn clone_with<const N: usize>(&self, arguments: [&str; N]) -> Repo {
        self.git(["config", "uploadpack.allowFilter", "true"]);
        self.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let clone = Repo::in_folder();
        let url = self.url();
        let mut all = vec!["clone", "-q"];
        all.extend(arguments);
        all.extend([url.as_str(), "."]);
        clone.git(all);
        clone
    }

    /// The root of the working tree.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A place in the working tree.
    pub fn join(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The address to clone from.
    pub fn url(&self) -> String {
        format!("file://{}", self.folder.display())
    }

    /// Writes a file, with the folders it needs.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Repo {
        let place = self.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a new folder");
        fs::write(place, content).expect("a written file");
        self
    }

    /// Removes a file or a folder.
    pub fn remove(&self, path: &str) -> &Repo {
        let place = self.join(path);
        let removed =
            if place.is_dir() { fs::remove_dir_all(place) } else { fs::remove_file(place) };
        removed.expect("a removed file");
        self
    }

    /// Gives a file or a folder another path.
    pub fn rename(&self, from: &str, to: &str) -> &Repo {
        let place = self.join(to);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a new folder");
        fs::rename(self.join(from), place).expect("a renamed file");
        self
    }

    /// Begins a branch at what is checked out, and checks it out.
    pub fn branch(&self, name: &str) -> &Repo {
        self.git(["checkout", "-q", "-b", name]);
        self
    }

    /// Checks out a branch or a commit.
    pub fn checkout(&self, revision: &str) -> &Repo {
        self.git(["checkout", "-q", revision]);
        self
    }

    /// Commits everything in the working tree, as Ann; gives the commit's id.
    pub fn commit(&self, message: &str) -> String {
        self.now().commit(message)
    }

    /// Merges a branch with a merge commit, as Ann; gives its id.
    pub fn merge(&self, branch: &str) -> String {
        self.now().merge(branch, &format!("Merge branch '{branch}'"))
    }

    /// Acts at a time, as `2026-01-05T10:00:00Z`, or in git's own format, as `@-5 +0100`.
    pub fn at(&self, date: &str) -> Act<'_> {
        Act {
            repo: self,
            author: ANN.into(),
            committer: None,
            authored: date.into(),
            committed: None,
        }
    }

    /// Acts an hour after the last act without a time.
    pub fn now(&self) -> Act<'_> {
        let now = self.clock.replace(self.clock.get() + 3600);
        self.at(&format!("@{now} +0000"))
    }

    /// Acts as somebody.
    pub fn by(&self, author: &str) -> Act<'_> {
        self.now().by(author)
    }

    /// The full id of a revision.
    pub fn id(&self, revision: &str) -> String {
        self.git(["rev-parse", "--verify", revision])
    }

    /// Runs git, which must succeed; gives its output without white space around it.
    pub fn git<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I) -> String {
        self.git_with(arguments, b"")
    }

    /// Runs git; tells whether it succeeded.
    pub fn succeeds<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I) -> bool {
        self.try_git(arguments).is_some()
    }

    /// Runs git; what it says, or `None` where it fails.
    pub fn try_git<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I) -> Option<String> {
        let output = self.at(&format!("@{} +0000", self.clock.get())).output(arguments, b"");
        let told = || String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then(told)
    }

    /// Runs git with an input.
    pub fn git_with<I: IntoIterator<Item: AsRef<str>>>(
        &self,
        arguments: I,
        input: &[u8],
    ) -> String {
        // Without moving the clock on: it counts what is committed.
        self.at(&format!("@{} +0000", self.clock.get())).run(arguments, input)
    }

    /// Writes a commit object as it is, however odd, and gives its id. `{tree}` stands for the
    /// tree of `HEAD`.
    pub fn raw_commit(&self, text: &[u8]) -> String {
        let tree = self.git(["rev-parse", "HEAD^{tree}"]);
        let at = text.windows(6).position(|six| six == b"{tree}").expect("a place for the tree");
        let text = [&text[..at], tree.as_bytes(), &text[at + 6..]].concat();
        self.git_with(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], &text)
    }
}

impl Act<'_> {
    /// Who writes the change, as `Name <address>`.
    pub fn by(mut self, author: &str) -> Self {
        self.author = author.into();
        self
    }

    /// Who commits it, if that is somebody else.
    pub fn committer(mut self, committer: &str) -> Self {
        self.committer = Some(committer.into());
        self
    }

    /// When it is committed, if that is another time.
    pub fn committed(mut self, date: &str) -> Self {
        self.committed = Some(date.into());
        self
    }

    /// Commits everything in the working tree and gives the commit's id. An empty commit is one.
    pub fn commit(&self, message: &str) -> String {
        self.git(["add", "-A"]);
        self.commit_staged(message)
    }

    /// Commits what is in the index and gives the commit's id.
    pub fn commit_staged(&self, message: &str) -> String {
        self.git(["commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message]);
        self.repo.id("HEAD")
    }

    /// Merges a branch (or several, separated by spaces) with a merge commit and gives its id.
    pub fn merge(&self, branches: &str, message: &str) -> String {
        let mut all = vec!["merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", message];
        all.extend(branches.split(' '));
        self.git(all);
        self.repo.id("HEAD")
    }

    /// Merges a branch, then has the working tree changed before the merge is committed: an edit
    /// of the merge's own. Conflicts are for `change` to resolve.
    pub fn merge_with(&self, branch: &str, message: &str, change: impl FnOnce(&Repo)) -> String {
        let arguments = ["merge", "-q", "--no-ff", "--no-commit", branch];
        self.output(arguments, b"");
        change(self.repo);
        self.commit(message)
    }

    /// Runs git, which must succeed; gives its output without white space around it.
    pub fn git<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I) -> String {
        self.run(arguments, b"")
    }

    fn run<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I, input: &[u8]) -> String {
        let arguments: Vec<String> = arguments.into_iter().map(|a| a.as_ref().into()).collect();
        let output = self.output(&arguments, input);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {}: {errors}", arguments.join(" "));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn output<I: IntoIterator<Item: AsRef<str>>>(&self, arguments: I, input: &[u8]) -> Output {
        let mut command = git(&self.repo.folder);
        let committer = self.committer.as_ref().unwrap_or(&self.author);
        let committed = self.committed.as_ref().unwrap_or(&self.authored);
        for (role, person, date) in
            [("AUTHOR", &self.author, &self.authored), ("COMMITTER", committer, committed)]
        {
            let (name, address) = person.split_once('<').expect("`Name <address>`");
            command.env(format!("GIT_{role}_NAME"), name.trim());
            command.env(format!("GIT_{role}_EMAIL"), address.trim_end_matches('>'));
            command.env(format!("GIT_{role}_DATE"), date);
        }
        command.args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("git runs");
        // The pipe is closed at the end of the statement; a program that reads nothing is fine.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        child.wait_with_output().expect("git ends")
    }
}

/// A git that sees no configuration and no environment but what is set here.
#[allow(clippy::disallowed_methods, reason = "tests hold mdboard against the real git")]
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.env_clear().current_dir(folder);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in [
        ("HOME", "/nonexistent"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
    ] {
        command.env(name, value);
    }
    for setting in [
        "advice.detachedHead=false",
        "commit.gpgSign=false",
        "core.autocrlf=false",
        "gc.auto=0",
        "init.defaultBranch=main",
        "maintenance.auto=false",
        "protocol.file.allow=always",
    ] {
        command.args(["-c", setting]);
    }
    command
}
