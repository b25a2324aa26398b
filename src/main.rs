//! The `mdboard` program: reads the world it was started in and hands it to the library.

/// Reading history makes and drops millions of short strings.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::io::IsTerminal;
use std::process::ExitCode;

use mdboard::cli::{self, World};
use mdboard::dates::Timestamp;
use mdboard::forge::Variables;

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn now() -> Timestamp {
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn columns() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0.into()))
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn variables() -> Variables {
    let read = |name: &str| Some((name.to_owned(), std::env::var(name).ok()?));
    Variables::new(Variables::NAMES.into_iter().filter_map(read))
}

fn main() -> ExitCode {
    let colored = |stream: &dyn Fn() -> anstream::ColorChoice| {
        !matches!(stream(), anstream::ColorChoice::Never)
    };
    let world = World {
        now: now(),
        clock: now,
        columns: columns(),
        terminal: std::io::stdout().is_terminal(),
        error_terminal: std::io::stderr().is_terminal(),
        color: colored(&|| anstream::AutoStream::choice(&std::io::stdout())),
        variables: variables(),
        error_color: colored(&|| anstream::AutoStream::choice(&std::io::stderr())),
    };
    let mut stdout = std::io::stdout().lock();
    let mut stderr = std::io::stderr().lock();
    let mut stdin = std::io::stdin().lock();
    cli::run(std::env::args_os(), &world, &mut stdin, &mut stdout, &mut stderr)
}
