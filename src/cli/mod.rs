//! The command line: arguments in, text and an exit code out. The only module that prints.

mod args;
mod cache;
mod comment;
mod completions;
mod demo;
mod diff;
mod items;
mod life;
mod lint;
mod log;
mod man;
mod output;
mod progress;
mod report;
mod rule;
mod status;
mod steps;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::dates::Timestamp;
use crate::forge::{self, Variables};
use crate::load;
use crate::load::{Answer, Loaded, Means, Reply, Request};
use crate::model::State;
use args::{Arguments, Command, Global};
use output::Output;
use progress::Bar;

/// What the program was started in.
#[derive(Clone, Debug)]
pub struct World {
    /// The current instant.
    pub now: Timestamp,
    /// What tells it again, for a command that stays.
    pub clock: fn() -> Timestamp,
    /// How wide the terminal is, if there is one or somebody says so.
    pub columns: Option<usize>,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// Whether standard error is a terminal.
    pub error_terminal: bool,
    /// Whether standard output may be coloured.
    pub color: bool,
    /// Whether standard error may be coloured.
    pub error_color: bool,
    /// What a CI says of the run.
    pub variables: Variables,
}

/// How a command ended, as the exit code that tells it. The same in every output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Outcome {
    /// Fine.
    Fine = 0,
    /// There is something that the caller asked to fail on.
    Findings = 1,
    /// It could not be done.
    Failed = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

/// What stops a command.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The board could not be made.
    #[error(transparent)]
    Load(#[from] load::Error),
    /// A name that the board does not have.
    #[error("there is no partner `{name}` on the board")]
    NoPartner { name: String, near: Option<String>, known: Vec<String> },
    /// The cache could not be read or removed.
    #[error("the cache in {folder} could not be read or removed: {reason}")]
    Cache { folder: String, reason: std::io::Error },
    /// The folder for a new repository is in use.
    #[error("`{}` exists and is not empty", .folder.display())]
    NotEmpty { folder: std::path::PathBuf },
    /// A number of partners that is none.
    #[error("`--partners {said}`: a demo takes a number from 1 to 20000 here")]
    NotACount { said: String },
    /// A new repository could not be written.
    #[error(transparent)]
    Git(#[from] crate::git::Error),
    /// A name that is no rule's.
    #[error("there is no rule `{name}`")]
    NoRule { name: String, help: String },
    /// A baseline cannot be read.
    #[error("the baseline `{}` cannot be read: {reason}", .path.display())]
    Baseline { path: std::path::PathBuf, reason: String },
    /// Fixes of a version that is not on disk.
    #[error("--fix changes files on disk, and --rev and --as-of look at others")]
    FixesThePast,
    /// A head of a comparison beside the one that is named behind the base.
    #[error("diff takes the version that holds the change behind BASE, and no --rev or --as-of")]
    HeadTwice,
    /// A name for standard input, which is not read.
    #[error("--stdin-filename names what `-` reads, and there is no `-` among the paths")]
    NoStdin,
    /// Standard input has no name.
    #[error("standard input needs a name")]
    NamelessStdin,
    /// Standard input and files together.
    #[error("`-` reads standard input and takes no other path beside it")]
    StdinAndFiles,
    /// A document that another command wrote cannot be read.
    #[error("`{}` cannot be read: {reason}", .path.display())]
    Document { path: std::path::PathBuf, reason: String },
    /// The comment could not be made.
    #[error(transparent)]
    Forge(#[from] forge::Error),
    /// What stops a command for templates and boxes.
    #[error(transparent)]
    Life(#[from] life::LifeError),
    /// A site could not be written.
    #[error(transparent)]
    Site(#[from] crate::workspace::Unpublished),
    /// An address that other machines reach.
    #[error("{address} is reached from other machines")]
    Remote { address: std::net::SocketAddr },
    /// An address that cannot be listened to.
    #[error("{address} cannot be listened to: {reason}")]
    Serve { address: std::net::SocketAddr, reason: std::io::Error },
    /// Files that cannot be watched.
    #[error("the files cannot be watched: {0}")]
    Watch(std::io::Error),
    /// A file could not be written.
    #[error("`{}` cannot be written: {reason}", .path.display())]
    File { path: std::path::PathBuf, reason: std::io::Error },
    /// The output could not be written.
    #[error("the output could not be written: {0}")]
    Output(#[from] std::io::Error),
}

impl Failure {
    /// What to do next.
    fn help(&self) -> Option<String> {
        match self {
            Failure::Load(error) => error.help(),
            Failure::NoPartner { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Failure::NoPartner { known, .. } => Some(format!("partners are: {}", known.join(", "))),
            Failure::Cache { .. } => Some(
                "mdboard does without: it is never needed, and may be deleted by hand".to_owned(),
            ),
            Failure::NotEmpty { .. } => Some("name a folder that does not exist yet".to_owned()),
            Failure::NotACount { .. } => Some("say for instance `--partners 8`".to_owned()),
            Failure::Life(error) => Some(error.help()),
            Failure::Site(crate::workspace::Unpublished::Foreign(_)) => Some(
                "name a folder that is new, empty, or holds an earlier report: it is replaced as a \
                 whole"
                    .to_owned(),
            ),
            Failure::Remote { .. } => Some(
                "everybody who reaches it would read the board; if that is meant, say --allow-remote"
                    .to_owned(),
            ),
            Failure::Serve { .. } => Some(
                "another program may use the port; name another one, as in `--serve 8001`"
                    .to_owned(),
            ),
            Failure::Watch(_) => Some(
                "the system may be short of watches; leave --watch out, and run it again".to_owned(),
            ),
            Failure::Git(_) | Failure::File { .. } | Failure::Site(_) => Some(
                "check that the folder exists, may be written to and has space left".to_owned(),
            ),
            Failure::NoRule { help, .. } => Some(help.clone()),
            Failure::Baseline { .. } => {
                Some("make one with `mdboard lint --baseline FILE --add-baseline`".to_owned())
            }
            Failure::Document { .. } => Some(
                "give it what `mdboard diff --format json`, or for --lint `mdboard lint --format json`, \
                 wrote"
                    .to_owned(),
            ),
            Failure::Forge(error) => Some(error.help().to_owned()),
            Failure::HeadTwice => Some("say for instance `mdboard diff main HEAD`".to_owned()),
            Failure::FixesThePast => Some("show them instead, with --diff".to_owned()),
            Failure::NoStdin | Failure::NamelessStdin => Some(
                "say for instance `mdboard lint - --stdin-filename partners/acme/onboarding.md`"
                    .to_owned(),
            ),
            Failure::StdinAndFiles => Some("lint the files in a second run".to_owned()),
            Failure::Output(_) => None,
        }
    }
}

/// Runs the program: data to `stdout`, everything else to `stderr`. Reads `stdin` where `-` says so.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    world: &World,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> ExitCode {
    let parsed = Arguments::try_parse_from(arguments).and_then(Arguments::command);
    let (global, command) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error, world, stdout, stderr),
    };
    let mut output = Output::new(&global, world, stdout, stderr);
    let outcome = match dispatch(&global, &command, world, stdin, &mut output) {
        Ok(outcome) => outcome,
        // Whoever reads our output has read enough.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            Outcome::Fine
        }
        Err(failure) => {
            output.failure(&failure);
            Outcome::Failed
        }
    };
    outcome.into()
}

fn dispatch(
    global: &Global,
    command: &Command,
    world: &World,
    stdin: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    match command {
        // What is written for a CI is no text that could be said again.
        Command::Status(args) if args.github_output => {
            let loaded = load(global, world, output, false)?;
            status::run(args, loaded, &world.variables, output)
        }
        Command::Status(args) => {
            answer((global, command), world, output, false, |loaded, output| {
                status::run(args, loaded, &world.variables, output)
            })
        }
        Command::Items(args) => {
            answer((global, command), world, output, false, |loaded, output| {
                items::run(args, loaded, output)
            })
        }
        Command::Log(args) => answer((global, command), world, output, true, |loaded, output| {
            log::run(args, loaded, output)
        }),
        Command::Diff(args) => diff::run(args, global, world, output),
        Command::Comment(args) => comment::run(args, global, world, stdin, output),
        Command::Report(args) => report::run(args, global, world, output),
        Command::Lint(args) => lint::run(args, global, world, stdin, output),
        Command::Init(args) => life::init::run(args, global, world, output),
        Command::New(args) => life::new::run(args, global, world, output),
        Command::Tick(args) => life::tick::run(args, State::Done, global, world, output),
        Command::Untick(args) => life::tick::run(args, State::Open, global, world, output),
        Command::Drift(args) => life::drift::run(args, global, world, output),
        Command::Sync(args) => life::sync::run(args, global, world, output),
        Command::Rule(args) => rule::run(args, output),
        Command::Cache(args) => cache::run(args, global, output),
        Command::Demo(args) => demo::run(args, global, world, output),
        Command::Completions(args) => completions::run(args, output),
        Command::Man(args) => man::run(args, output),
    }
}

/// Makes the board, with or without its events, and tells on standard error what is wrong with it.
fn load(
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
    events: bool,
) -> Result<Loaded, Failure> {
    let loaded = make(global, world, events, load::board_by)?;
    tell(&loaded, output);
    Ok(loaded)
}

/// Has a board made, or what is said of it, behind a progress bar.
fn make<T>(
    global: &Global,
    world: &World,
    events: bool,
    by: impl FnOnce(&Request, Means<'_>) -> Result<T, load::Error>,
) -> Result<T, Failure> {
    let bar = Bar::new(world.error_terminal && !global.quiet);
    let made = by(&global.request(world.now), global.means(events, &bar));
    bar.clear();
    Ok(made?)
}

/// Tells on standard error what is wrong with a board.
fn tell(loaded: &Loaded, output: &mut Output<'_>) {
    output.notices(&loaded.notices);
    output.diagnostics(&loaded.board.diagnostics);
}

/// Answers a command whose text hangs on the board and its arguments alone: as before, where nothing
/// has changed since it was asked last.
fn answer(
    (global, command): (&Global, &Command),
    world: &World,
    output: &mut Output<'_>,
    events: bool,
    run: impl FnOnce(Loaded, &mut Output<'_>) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let question = output.manner().map(|manner| format!("{manner} {command:?}"));
    let ask = |request: &Request, means: Means<'_>| load::ask(request, means, question.as_deref());
    let (loaded, slot) = match make(global, world, events, ask)? {
        Reply::Board(loaded, slot) => (*loaded, slot),
        Reply::Given(mut given) => {
            output.again(&mut given)?;
            return Ok(if given.outcome == Outcome::Fine as u8 {
                Outcome::Fine
            } else {
                Outcome::Findings
            });
        }
    };
    if let Some(slot) = &slot {
        output.record(slot.most());
    }
    tell(&loaded, output);
    let outcome = run(loaded, output)?;
    if let Some(slot) = slot {
        let kept = |(stdout, stderr)| Answer { outcome: outcome as u8, stdout, stderr };
        slot.keep(output.recorded().map(kept));
    }
    Ok(outcome)
}

/// What clap says of arguments that it did not accept, and of `--help` and `--version`.
fn usage(
    error: &clap::Error,
    world: &World,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> ExitCode {
    let text = error.render();
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let (stream, color): (&mut dyn Write, bool) =
        if asked { (stdout, world.color) } else { (stderr, world.error_color) };
    // A reader who has gone does not need the rest.
    let _ = if color { write!(stream, "{}", text.ansi()) } else { write!(stream, "{text}") };
    if asked { Outcome::Fine.into() } else { Outcome::Failed.into() }
}
