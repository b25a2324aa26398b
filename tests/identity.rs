//! A small board with a known truth: so well, at least, are items recognised.
//! `cargo bench --bench identity` measures more.

#[path = "common/measure.rs"]
mod measure;

use mdboard::demo::{Habits, Plan};
use measure::{ALL, Measured, TAGGED, UNCHANGED, board, make, measure};

#[test]
fn items_are_recognised() {
    let mut sum = Measured::default();
    for seed in [1, 2] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("board");
        let today = "2026-11-24".parse().expect("a day");
        let small = Plan::small(today);
        let plan = Plan { partners: 8, commits: 250, seed, habits: Habits::CALM, ..small };
        let made = make(&plan, &path);
        sum.add(measure(&made, &board(&path)));
    }
    let misses = sum.misses.join("\n");
    for (group, least) in [(ALL, 0.995), (UNCHANGED, 1.0), (TAGGED, 1.0)] {
        for scores in [&sum.events, &sum.ticks] {
            let score = scores[group];
            assert!(score.so > 0, "{group}: there is something to be found");
            assert!(score.precision() >= least, "{group}: {score:?}\n{misses}");
            assert!(score.recall() >= least, "{group}: {score:?}\n{misses}");
        }
    }
}
