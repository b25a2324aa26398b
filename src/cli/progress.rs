//! How far a long run has come, on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::load::Progress;

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn, in times a second.
const HERTZ: u8 = 10;

/// A line on standard error that is there only while a run takes longer than a second.
pub(super) struct Bar {
    /// `None`: nobody looks.
    bar: Option<ProgressBar>,
}

impl Bar {
    /// A bar that will be seen or not.
    pub(super) fn new(is_seen: bool) -> Bar {
        let hidden = || ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Bar { bar: is_seen.then(hidden) }
    }

    /// Takes the bar away, so that something can be printed in its place.
    pub(super) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Shows how far things are, as soon as that is worth it.
    fn show(&self, at: usize, of: Option<usize>, style: &str) {
        let Some(bar) = self.bar.as_ref().filter(|bar| bar.elapsed() >= PATIENCE) else { return };
        let of = of.map(|of| of as u64);
        if bar.is_hidden() || bar.length() != of {
            bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| {
                // Only a wrong template fails; then the bar looks plain.
                ProgressStyle::default_bar()
            }));
            match of {
                Some(of) => bar.set_length(of),
                None => bar.unset_length(),
            }
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(HERTZ));
        }
        bar.set_position(at as u64);
    }
}

impl Bar {
    /// Shows how many files have been read for the linter.
    pub(super) fn linted(&self, files: usize, of: usize) {
        self.show(files, Some(of), "linting {bar:32} {human_pos} of {human_len} files");
    }
}

impl Progress for Bar {
    fn walked(&self, commits: usize) {
        self.show(commits, None, "{spinner} walking history: {human_pos} commits");
    }

    fn read(&self, versions: usize, of: usize) {
        let style = "reading history {bar:32} {human_pos} of {human_len} versions";
        self.show(versions, Some(of), style);
    }
}
