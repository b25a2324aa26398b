//! Windows and due dates as an author wrote them, before a start date makes days of them.

use serde::{Deserialize, Serialize};

use crate::dates::Date;

/// A day that somebody wrote: absolute, or relative to a date that comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Point {
    /// A calendar day.
    Date(Date),
    /// `Day N`: the start date plus N days. `Day 0` is the start date.
    Day(i32),
    /// The N-th monthly anniversary of the start date, moved by some days.
    /// `Month 2` opens on `Month { months: 1, days: 0 }` and closes on `Month { months: 2, days: -1 }`.
    Month {
        /// Whole months after the start date.
        months: i32,
        /// Days after that anniversary.
        days: i32,
    },
    /// Working days (Monday to Friday) after the start date: `due:10b`.
    WorkingDay(i32),
    /// Days after `T`, which is the checklist's due date, else its start date: `T-14`.
    T(i32),
}

/// The window that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WindowSpec {
    /// The first day. `None`: it opens with the window of the section around it.
    pub opens: Option<Point>,
    /// The last day. `None`: it never ends, so nothing in it is ever due (`Month 3+`, `(Ongoing)`).
    pub closes: Option<Point>,
}

/// The due date that an item or a front matter names.
pub type DueSpec = Point;
