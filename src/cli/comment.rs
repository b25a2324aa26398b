//! `mdboard comment`: what a change does, under its pull or merge request.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::args::{CommentArgs, Global, Host};
use super::output::Output;
use super::{Failure, Outcome, World, steps};
use crate::forge::{self, Context, Done, Event, Time, Variables};
use crate::render::diff::{COMMENT_LIMIT, Comment, markdown};
use crate::render::json::{self, MOST_BYTES};
use crate::report::{Comparison, Remark};
use crate::workspace;

/// The path that means standard input.
const STDIN: &str = "-";
/// A job summary may not be larger, in bytes, with what other steps write.
const MOST_SUMMARY: u64 = 1_000_000;

pub(super) fn run(
    args: &CommentArgs,
    global: &Global,
    world: &World,
    stdin: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let said = Said::read(args, global, stdin)?;
    let context = context(args, world, &said.comparison)?;
    let text = said.text(&context, args, COMMENT_LIMIT);
    if args.dry_run {
        output.data(&text)?;
        return Ok(Outcome::Fine);
    }
    let time = Time { now: world.now.0, pause: &std::thread::sleep };
    let put = match forge::put(&context, &text, time) {
        Err(forge::Error::TooLong { .. }) => {
            forge::put(&context, &said.text(&context, args, COMMENT_LIMIT / 2), time)
        }
        put => put,
    };
    let done = match put {
        Ok(done) => done,
        Err(forge::Error::Forbidden { message }) => {
            return not_allowed(&context, &text, &message, output);
        }
        // Closed or merged while the run that this one waited for was under way: nobody's mistake.
        Err(forge::Error::NoRequest) if context.is_second() => {
            output.say("the run that this one waited for has no open pull request any more");
            tell(
                &world.variables,
                "skipped",
                &Done { action: forge::Action::Unchanged, url: None },
            )?;
            return Ok(Outcome::Fine);
        }
        Err(error) => return Err(Failure::Forge(error)),
    };
    tell(&world.variables, done.action.name(), &done)?;
    let place = done.url.as_deref().map(|url| format!(": {url}")).unwrap_or_default();
    output.say(&match done.action {
        forge::Action::Overtaken => {
            "a newer push or run has overtaken this one, so the comment is left to that".to_owned()
        }
        action => format!("comment {}{place}", action.name()),
    });
    Ok(Outcome::Fine)
}

/// What is to be said.
struct Said {
    comparison: Comparison,
    remarks: Option<Vec<Remark>>,
}

impl Said {
    fn read(args: &CommentArgs, global: &Global, stdin: &mut dyn Read) -> Result<Said, Failure> {
        let unreadable =
            |path: &Path, reason: String| Failure::Document { path: path.to_owned(), reason };
        let bytes = |path: &Path| {
            workspace::read_named(&global.dir.join(path), MOST_BYTES)
                .map_err(|error| unreadable(path, error.to_string()))
        };
        let diff = match args.diff.as_os_str() == STDIN {
            true => {
                let mut bytes = Vec::new();
                stdin.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
                bytes
            }
            false => bytes(&args.diff)?,
        };
        let comparison =
            json::read_diff(&diff).map_err(|error| unreadable(&args.diff, error.to_string()))?;
        let remarks = args.lint.as_ref().map(|path| {
            json::read_lint(&bytes(path)?).map_err(|error| unreadable(path, error.to_string()))
        });
        Ok(Said { comparison, remarks: remarks.transpose()? })
    }

    fn text(&self, context: &Context, args: &CommentArgs, limit: usize) -> String {
        let head = self.comparison.head.to_string();
        let files = context.files(&head).filter(|_| !self.comparison.worktree);
        let details = args.details.clone().or_else(|| context.details());
        let comment = Comment {
            limit: limit - forge::MARK_ROOM,
            remarks: self.remarks.as_deref(),
            details: details.as_deref(),
            board: args.board.as_deref(),
            files: files.as_deref(),
        };
        markdown(&self.comparison, &comment)
    }
}

fn context(args: &CommentArgs, world: &World, comparison: &Comparison) -> Result<Context, Failure> {
    let host = match args.host {
        Host::Github => forge::Host::Github,
        Host::Gitlab => forge::Host::Gitlab,
    };
    let event = match world.variables.get("GITHUB_EVENT_PATH") {
        Some(path) if host == forge::Host::Github => {
            let bytes = workspace::read_named(Path::new(path), MOST_BYTES).map_err(|error| {
                forge::Error::Odd(format!("the event file {path} cannot be read: {error}"))
            })?;
            Event::read(&bytes)?
        }
        _ => Event::default(),
    };
    Ok(Context {
        host,
        number: args.number,
        variables: world.variables.clone(),
        event,
        head: Some(comparison.head.to_string()),
    })
}

/// Where the token may not comment, the job summary says it instead: that is how pull requests from
/// forks are, and nobody's mistake.
fn not_allowed(
    context: &Context,
    text: &str,
    message: &str,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let variables = &context.variables;
    let help = match context.host {
        forge::Host::Github => "docs/ci.md has a pair of workflows for pull requests from forks",
        forge::Host::Gitlab => "it needs the scope `api` and a role that may write notes",
    };
    let done = Done { action: forge::Action::Unchanged, url: None };
    let has_room = |path: &&str| {
        let size = fs::metadata(path).map(|metadata| metadata.len()).unwrap_or_default();
        size + text.len() as u64 <= MOST_SUMMARY
    };
    match variables.get("GITHUB_STEP_SUMMARY") {
        Some(path) if has_room(&path) => {
            steps::append(path, &format!("{text}\n"))?;
            output.say(&format!(
                "the token may not comment here ({message}), so the job summary says it; {help}"
            ));
            tell(variables, "summary", &done)?;
        }
        summary => {
            let full = summary.map_or("", |_| ", and the job summary is full");
            output.say(&format!("the token may not comment here ({message}){full}; {help}"));
            tell(variables, "skipped", &done)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Tells other steps of the job what was done.
fn tell(variables: &Variables, action: &str, done: &Done) -> Result<(), Failure> {
    let url = done.url.as_deref().unwrap_or_default();
    steps::tell(variables, &[("comment-action", action), ("comment-url", url)])
}
