//! How well mdboard recognises items, measured against made-up boards of which the truth is known.
//!
//! ```sh
//! cargo bench --bench identity                         the figures of docs/identity.md
//! cargo bench --bench identity -- --seeds 1 --show 20  one seed, and what went wrong
//! cargo bench --bench identity -- --keep DIR           keeps the boards, to look into them with git
//! ```

#[path = "../tests/common/measure.rs"]
mod measure;

use std::path::PathBuf;
use std::time::Instant;

use mdboard::demo::{Habits, Plan};
use measure::{ALL, Measured, Score, board, make, measure};

/// What can be said on the command line.
struct Options {
    seeds: u64,
    first: u64,
    partners: usize,
    items: usize,
    commits: usize,
    show: usize,
    only: Option<String>,
    habits: Option<String>,
    keep: Option<PathBuf>,
}

fn options() -> Options {
    let mut options = Options {
        seeds: 4,
        first: 1,
        partners: 12,
        items: 30,
        commits: 2500,
        show: 0,
        only: None,
        habits: None,
        keep: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--bench" {
            continue;
        }
        let value = arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
        let number = || value.parse::<usize>().unwrap_or_else(|_| panic!("{argument} {value}"));
        match argument.as_str() {
            "--seeds" => options.seeds = number() as u64,
            "--first" => options.first = number() as u64,
            "--partners" => options.partners = number(),
            "--items" => options.items = number(),
            "--commits" => options.commits = number(),
            "--show" => options.show = number(),
            "--only" => options.only = Some(value),
            "--habits" => options.habits = Some(value),
            "--keep" => options.keep = Some(value.into()),
            _ => panic!("unknown option {argument}"),
        }
    }
    options
}

#[expect(clippy::disallowed_methods, reason = "a benchmark has a clock")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn main() {
    let options = options();
    let mut total = Measured::default();
    for habits in [Habits::CALM, Habits::TYPICAL, Habits::HECTIC] {
        if options.habits.as_ref().is_some_and(|only| only != habits.name) {
            continue;
        }
        let mut sum = Measured::default();
        for seed in options.first..options.first + options.seeds {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = match &options.keep {
                Some(keep) => keep.join(format!("{}-{seed}", habits.name)),
                None => folder.path().join("board"),
            };
            let plan = Plan {
                partners: options.partners,
                items: options.items,
                commits: options.commits,
                unrelated: 0,
                prose: 400,
                seed,
                today: "2026-11-24".parse().expect("a day"),
                habits,
            };
            let made = make(&plan, &path);
            let start = now();
            let board = board(&path);
            let took = start.elapsed();
            let measured = measure(&made, &board);
            let (events, ticks) = (measured.events[ALL], measured.ticks[ALL]);
            println!(
                "{} seed {seed}: {} commits, read in {took:.1?}; {}; {}",
                habits.name,
                made.ids.len(),
                line("events", events),
                line("ticks", ticks)
            );
            sum.add(measured);
        }
        println!("\n{} team", habits.name);
        table(&sum);
        total.add(sum);
    }
    if options.habits.is_none() {
        println!("\nall teams");
        table(&total);
    }
    let wanted = |miss: &&String| options.only.as_ref().is_none_or(|only| miss.contains(only));
    for miss in total.misses.iter().filter(wanted).take(options.show) {
        println!("{miss}");
    }
}

fn line(name: &str, score: Score) -> String {
    let (precision, recall) = (100.0 * score.precision(), 100.0 * score.recall());
    format!("{name} {precision:.2} % right, {recall:.2} % found")
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn table(measured: &Measured) {
    for (title, rows) in [("events", &measured.events), ("standing ticks", &measured.ticks)] {
        println!("{:<32} {:>8} {:>10} {:>10}", title, "true", "precision", "recall");
        for (name, score) in rows {
            println!(
                "{name:<32} {:>8} {:>9.2}% {:>9.2}%",
                score.so,
                100.0 * score.precision(),
                100.0 * score.recall()
            );
        }
        println!();
    }
}
