//! What can be said on the command line.

mod change;
mod life;
mod lint;
mod report;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::dates::{Date, Timestamp};
use crate::load::{Means, Progress, Request, Revision};
use crate::model::{Health, Status};
pub(super) use change::{CommentArgs, DiffArgs, DiffFormat, Host};
pub(super) use life::{DriftArgs, DriftFormat, InitArgs, NewArgs, SyncArgs, TickArgs};
pub(super) use lint::{LintArgs, LintFormat, RuleArgs, RuleFormat};
pub(super) use report::ReportArgs;

/// Tells from markdown checklists and their git history how far each partner is.
///
/// Checklists are markdown files with `- [ ]` items, one folder per partner below `partners/`.
/// Edit the boxes in any editor and commit; mdboard reads the files and the commits that changed
/// them, and tells what is overdue and why, and who ticked what when.
#[derive(Debug, Parser)]
#[command(name = "mdboard", version)]
#[command(after_help = "\
Without a command, mdboard shows the status of every partner.

Examples:
  mdboard                                     the board of this repository
  mdboard status acme --format markdown       one partner, for a wiki or a job summary
  mdboard items --status overdue,due_soon     what to do next
  mdboard log acme --since 2026-03-01         what happened to a partner's checklists
  mdboard diff main                           what this branch does to the board
  mdboard report --out site                   pages that need no server, and calendars
  mdboard new globex --start 2026-03-02       a partner's checklist, from a template
  mdboard lint --fix                          clean templates and checklists
  mdboard --partners 'docs/onboarding/*'      a repository that keeps its checklists elsewhere

Exit codes: 0 fine, 1 findings or what --fail-on names, 2 could not be done.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(flatten)]
    pub(super) status: DefaultArgs,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show each partner: progress, health and why, overdue, next due, owner (the default)
    Status(StatusArgs),
    /// List items, filtered, one per line
    Items(ItemsArgs),
    /// Tell what happened, newest first: who did what when, and how well that is known
    Log(LogArgs),
    /// Tell what a change does to the board, from where it parted from its base
    Diff(DiffArgs),
    /// Put what a change does under its pull or merge request, as one comment
    Comment(CommentArgs),
    /// Make a site of the board, with calendars, tables and a feed; write, watch or serve it
    Report(ReportArgs),
    /// Find mistakes in templates and checklists, and mend them with --fix
    Lint(LintArgs),
    /// Tell what the linter's rules find, and why that matters
    Rule(RuleArgs),
    /// Make a board where there is none: configuration, a template, a first partner, a workflow
    Init(InitArgs),
    /// Make a checklist for a partner from a template
    New(NewArgs),
    /// Tick boxes, and commit that alone if asked to
    Tick(TickArgs),
    /// Open boxes again
    Untick(TickArgs),
    /// Tell how far checklists have parted from their templates
    Drift(DriftArgs),
    /// Bring what a template has gained into the checklists made from it
    Sync(SyncArgs),
    /// Show or remove what is kept between runs, inside the git directory
    ///
    /// The first run reads the whole history. What it comes to is kept in `mdboard/` inside the git
    /// directory, so that later runs read new commits only, and say again what they have said where
    /// nothing has changed. Answers never depend on it: it is rebuilt whenever it is missing, damaged
    /// or from another version, and may be removed at any time. `--no-cache` does without it for
    /// once.
    Cache(CacheArgs),
    /// Make a repository with a made-up board, to look at or to measure with
    Demo(DemoArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write all of them into a folder
    Man(ManArgs),
}

/// What every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Look at the board in or around this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", default_value = ".", hide_default_value = true)]
    #[arg(global = true)]
    pub(super) dir: PathBuf,
    /// Read the configuration from this file instead of the board's mdboard.toml
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Take mdboard.toml from this revision, whatever version is looked at: what a pull request
    /// says of how it is judged need not be believed
    #[arg(long, value_name = "REV", global = true, conflicts_with = "config")]
    config_from: Option<String>,
    /// Take the folders or files that match as partners, from the board's root; repeatable
    #[arg(long, value_name = "GLOB", global = true)]
    partners: Vec<String>,
    /// Look at a revision instead of the working tree
    #[arg(long, value_name = "REV", global = true, conflicts_with = "as_of")]
    rev: Option<String>,
    /// Look at the board as it was at the end of a day (YYYY-MM-DD), and judge by that day
    #[arg(long, value_name = "DATE", global = true, value_parser = date)]
    as_of: Option<Date>,
    /// Judge by this day (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE", global = true, value_parser = date)]
    today: Option<Date>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub(super) color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more about what was read and left out
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Answer from the files and commits alone: use nothing that an earlier run has kept inside
    /// the git directory, and keep nothing
    #[arg(long, global = true)]
    no_cache: bool,
}

impl Global {
    /// How the board is to be made, for a command that tells of events or does not.
    pub(super) fn means<'p>(&self, events: bool, progress: &'p dyn Progress) -> Means<'p> {
        Means { cache: !self.no_cache, events, progress }
    }

    /// How many partners a demo is to have: there, `--partners` takes a number. Clap knows a global
    /// option by one type only.
    pub(super) fn partner_count(&self) -> Result<Option<u32>, String> {
        let Some(said) = self.partners.last() else { return Ok(None) };
        match said.parse() {
            Ok(count @ 1..=20_000) => Ok(Some(count)),
            _ => Err(said.clone()),
        }
    }

    /// The day that was given to judge by.
    pub(super) fn today(&self) -> Option<Date> {
        self.today
    }

    /// What these options ask of the board.
    pub(super) fn request(&self, now: Timestamp) -> Request {
        Request {
            dir: self.dir.clone(),
            config: self.config.clone(),
            config_from: self.config_from.clone(),
            partners: self.partners.clone(),
            revision: match (&self.rev, self.as_of) {
                (Some(rev), _) => Revision::Named(rev.clone()),
                (None, Some(day)) => Revision::AsOf(day),
                (None, None) => Revision::WorkingTree,
            },
            today: self.today,
            now,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to write the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For wikis, job summaries and pull requests
    Markdown,
    /// For spreadsheets
    Csv,
    /// For programs; see docs/schema
    Json,
}

/// The options of `status` that it takes without being named.
#[derive(Debug, Default, Args)]
pub(super) struct DefaultArgs {
    /// How to write the answer
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Exit with 1 when a partner has one of these healths (comma separated)
    #[arg(long, value_name = "HEALTH", value_delimiter = ',', value_parser = health)]
    fail_on: Vec<Health>,
}

impl DefaultArgs {
    /// The first of these options that was given.
    fn given(&self) -> Option<&'static str> {
        let fail_on = (!self.fail_on.is_empty()).then_some("--fail-on");
        self.format.map(|_| "--format").or(fail_on)
    }
}

impl Arguments {
    /// The command, which is `status` unless another is named. What belongs to a command stands
    /// behind it: before it, it would be lost.
    pub(super) fn command(self) -> Result<(Global, Command), clap::Error> {
        let Arguments { global, status, command } = self;
        match (command, status.given()) {
            (Some(_), Some(option)) => Err(<Arguments as clap::CommandFactory>::command().error(
                clap::error::ErrorKind::ArgumentConflict,
                format!("{option} stands before the command; put it behind the command's name"),
            )),
            (Some(command), None) => Ok((global, command)),
            (None, _) => Ok((global, Command::Status(status.into()))),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct StatusArgs {
    /// Only these partners, by id
    #[arg(value_name = "PARTNER")]
    pub(super) names: Vec<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: Format,
    /// Exit with 1 when a partner has one of these healths (comma separated)
    #[arg(long, value_name = "HEALTH", value_delimiter = ',', value_parser = health)]
    pub(super) fail_on: Vec<Health>,
    /// Tell later steps of a workflow, too, through the file that GITHUB_OUTPUT names: percent,
    /// overdue, and the health of the partner that needs most attention
    #[arg(long)]
    pub(super) github_output: bool,
}

impl From<DefaultArgs> for StatusArgs {
    fn from(args: DefaultArgs) -> StatusArgs {
        let format = args.format.unwrap_or_default();
        StatusArgs { names: Vec::new(), format, fail_on: args.fail_on, github_output: false }
    }
}

#[derive(Debug, Args)]
pub(super) struct ItemsArgs {
    /// Only items with one of these statuses (comma separated)
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub(super) status: Vec<Status>,
    /// Only items that one of these people owns (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) owner: Vec<String>,
    /// Only items of these partners, by id (repeatable)
    #[arg(long, value_name = "PARTNER")]
    pub(super) partner: Vec<String>,
    /// Only items due before this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) due_before: Option<Date>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// Only what happened to these partners, by id
    #[arg(value_name = "PARTNER")]
    pub(super) names: Vec<String>,
    /// Only what happened on or after this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<Date>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct CacheArgs {
    #[command(subcommand)]
    pub(super) action: Option<CacheAction>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: CacheFormat,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum CacheAction {
    /// Tell where it is, how large, and of which commits (the default)
    Show {
        /// How to write the answer
        #[arg(long, value_name = "FORMAT", default_value = "table")]
        format: CacheFormat,
    },
    /// Remove it, and tell how much that was
    Clear,
}

/// How to write what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CacheFormat {
    /// For people
    Table,
    /// For programs; see docs/schema
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard demo ../demo                        half a year of six made-up partners
  mdboard demo ../demo --seed 7 --partners 9  others, and more of them
  mdboard demo --fast-import --partners 1000 --commits 50000 | git -C DIR fast-import --done

Here `--partners` takes a number: how many partners there are in the end (6).
The same options on the same day give the same commits, whatever the machine.")]
pub(super) struct DemoArgs {
    /// The folder for the new repository; it must be empty or not exist
    #[arg(value_name = "DIR", required_unless_present = "fast_import")]
    pub(super) folder: Option<PathBuf>,
    /// Write the commits to standard output, as a stream for `git fast-import`
    #[arg(long, conflicts_with = "folder")]
    pub(super) fast_import: bool,
    /// Which of all boards: another number, another board
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// About how many items a new checklist has
    #[arg(long, value_name = "N", default_value_t = 27)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub(super) items: u32,
    /// How many commits change a checklist
    #[arg(long, value_name = "N", default_value_t = 150)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) commits: u32,
    /// How many commits change no checklist
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub(super) unrelated: u32,
    /// About how many bytes of notes stand in a new checklist
    #[arg(long, value_name = "BYTES", default_value_t = 700)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=500_000))]
    pub(super) prose: u32,
    /// Write what really happened into this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(super) truth: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// For which shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write one page per command into this folder instead of printing the main one
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error| format!("{error}; write a day as YYYY-MM-DD, like 2026-03-31"))
}

fn health(text: &str) -> Result<Health, String> {
    named(text, &Health::ALL, Health::name)
}

fn status(text: &str) -> Result<Status, String> {
    named(text, &Status::ALL, Status::name)
}

/// Reads one of several words; `on-track` is as good as `on_track`, whichever is its name.
fn named<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    let plain = |word: &str| word.trim().to_lowercase().replace(['-', ' '], "_");
    let found = all.iter().copied().find(|value| plain(name(*value)) == plain(text));
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        format!("one of: {}", names.join(", "))
    })
}
