//! The colours: one per meaning, from the terminal's own sixteen.

use anstyle::{AnsiColor, Color, Style as Paint};

use crate::model::{Health, Status};

const fn color(color: AnsiColor) -> Paint {
    Paint::new().fg_color(Some(Color::Ansi(color)))
}

/// As the terminal writes.
pub(in crate::render) const PLAIN: Paint = Paint::new();
/// Asides.
pub(in crate::render) const DIM: Paint = Paint::new().dimmed();
/// Names and headings.
pub(in crate::render) const BOLD: Paint = Paint::new().bold();
/// The ids of commits, in git's own colour.
pub(in crate::render) const COMMIT: Paint = color(AnsiColor::Yellow);
/// Partners in running text.
pub(in crate::render) const PARTNER: Paint = color(AnsiColor::Cyan);
/// What is late.
pub(in crate::render) const LATE: Paint = color(AnsiColor::Red);

/// How a health looks.
pub(in crate::render) fn health(health: Health) -> Paint {
    match health {
        Health::Overdue => color(AnsiColor::Red).bold(),
        Health::AtRisk => color(AnsiColor::Yellow).bold(),
        Health::Unscheduled => color(AnsiColor::Magenta),
        Health::OnTrack => color(AnsiColor::Green),
        Health::Planned => color(AnsiColor::Blue),
        Health::OnHold => color(AnsiColor::Cyan),
        Health::Complete => color(AnsiColor::Green).bold(),
        Health::Cancelled => DIM,
    }
}

/// How a status looks.
pub(in crate::render) fn status(status: Status) -> Paint {
    match status {
        Status::Overdue => color(AnsiColor::Red).bold(),
        Status::DueSoon => color(AnsiColor::Yellow).bold(),
        Status::Active => color(AnsiColor::Blue),
        Status::Upcoming => PLAIN,
        Status::Unscheduled => color(AnsiColor::Magenta),
        Status::Deferred | Status::OnHold => color(AnsiColor::Cyan),
        Status::Done => color(AnsiColor::Green),
        Status::Waived => DIM,
    }
}
