//! The arguments of `diff` and `comment`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::render::diff;
use crate::report::Gate;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard diff main                           what this branch and the working tree change
  mdboard diff origin/main HEAD               what the branch changes, without what is not committed
  mdboard diff v1.0 v1.1 --format markdown    for release notes
  mdboard diff main --fail-on removed-open,unticked,overdue

Both versions are compared from the commit at which they parted, as a pull request shows it, and
judged by the same day. Work that was removed unfinished comes first.

Exit codes: 0 fine, 1 what --fail-on names happens, 2 could not be done. With --fail-on, both sides
are judged by the mdboard.toml of the base, so that no change can loosen what it is judged by.")]
pub(in crate::cli) struct DiffArgs {
    /// The branch or revision that the change is to go into
    #[arg(value_name = "BASE")]
    pub(in crate::cli) base: String,
    /// The revision that holds the change; the working tree if none is named
    #[arg(value_name = "HEAD")]
    pub(in crate::cli) head: Option<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: DiffFormat,
    /// Exit with 1 when the change does one of these (comma separated): removed-open,
    /// checklist-removed, unticked, waived, overdue, due-moved, reworded, owner-changed, behind
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = gate)]
    pub(in crate::cli) fail_on: Vec<Gate>,
}

/// How to write a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// For people
    Table,
    /// For pull requests and job summaries
    Markdown,
    /// For programs, `mdboard comment` among them; see docs/schema
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard diff origin/main HEAD --format json > diff.json
  mdboard comment github --diff diff.json
  mdboard lint --since origin/main --format json > lint.json
  mdboard comment gitlab --diff diff.json --lint lint.json

The comment is made once and brought up to date after that: the one that carries mdboard's mark and
was written by the same account. Where nothing changed, nothing is sent; a run that a newer one has
overtaken leaves it alone.

The token comes from GITHUB_TOKEN (or GH_TOKEN) or MDBOARD_GITLAB_TOKEN, where to send it from the
variables that the CI sets. Where the token may not write, as on pull requests from forks, the
comment goes into the job summary, and that is no error. GITHUB_STEP_SUMMARY and GITHUB_OUTPUT
(comment-action, comment-url) are written where they are set.

Exit codes: 0 fine, 2 could not be done.")]
pub(in crate::cli) struct CommentArgs {
    /// Which API to speak; `github` is also that of Gitea and Forgejo
    #[arg(value_name = "HOST")]
    pub(in crate::cli) host: Host,
    /// What the change does: the file that `mdboard diff --format json` wrote; `-` reads standard
    /// input
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) diff: PathBuf,
    /// What the linter found: the file that `mdboard lint --format json` wrote
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) lint: Option<PathBuf>,
    /// The number of the pull or merge request, if the CI does not say
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) number: Option<u64>,
    /// Where all of it can be read; named where the comment had to be cut (http or https)
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(in crate::cli) details: Option<String>,
    /// Where the board can be looked at, such as the site of `mdboard report`; named at the end (http
    /// or https)
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(in crate::cli) board: Option<String>,
    /// Print the comment instead of sending it; needs no token
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Whose API to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Host {
    /// GitHub, GitHub Enterprise, Gitea, Forgejo
    Github,
    /// GitLab
    Gitlab,
}

fn gate(text: &str) -> Result<Gate, String> {
    super::named(text, &Gate::ALL, Gate::name)
}

fn address(text: &str) -> Result<String, String> {
    diff::is_address(text).then(|| text.to_owned()).ok_or_else(|| {
        "a link begins with http:// or https:// and has no spaces, brackets or quotes".to_owned()
    })
}
