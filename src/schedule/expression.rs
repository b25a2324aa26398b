//! What a stretch of time means: `Day 1–7`, `Month 3+`, `T-14 days`, `0–30 Days`.

use crate::dates::Date;
use crate::model::{Point, WindowSpec};
use crate::source::Span;

/// What relative windows are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `Day 3`.
    Day,
    /// `Week 2`.
    Week,
    /// `Month 1`.
    Month,
}

impl Unit {
    /// The largest number that is read as a time. Five years: what is above is a year
    /// (`Day 2026`) or a serial number.
    pub(super) fn limit(self) -> i32 {
        match self {
            Unit::Day => 5 * 365,
            Unit::Week => 5 * 52,
            Unit::Month => 5 * 12,
        }
    }

    /// The first day of the N-th unit, in a window that begins with it.
    fn first(self, n: i32) -> Point {
        match (self, n) {
            (_, 1) => Point::Day(0),
            (Unit::Day, _) => Point::Day(n),
            (Unit::Week, _) => Point::Day(7 * (n - 1) + 1),
            (Unit::Month, _) => Point::Month { months: n - 1, days: 0 },
        }
    }

    /// The last day of the N-th unit.
    fn last(self, n: i32) -> Point {
        match self {
            Unit::Day => Point::Day(n),
            Unit::Week => Point::Day(7 * n),
            Unit::Month => Point::Month { months: n, days: -1 },
        }
    }

    /// The day on which N whole units have passed, as the first of a window.
    fn passed(self, n: i32) -> Point {
        match (self, n) {
            (Unit::Day, _) => self.first(n),
            (Unit::Week, _) => Point::Day(7 * n),
            (Unit::Month, _) => self.first(n + 1),
        }
    }

    /// About how many days one unit has; never too many.
    fn days(self) -> i32 {
        match self {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 28,
        }
    }
}

/// A single thing, everything between two, or everything from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent<T> {
    At(T),
    Between(T, T),
    From(T),
}

impl<T: Ord> Extent<T> {
    /// Between two, whichever comes first.
    pub(super) fn between(one: T, other: T) -> Extent<T> {
        if one <= other { Extent::Between(one, other) } else { Extent::Between(other, one) }
    }
}

impl<T: Copy> Extent<T> {
    /// The window, where `first` and `last` give a thing's first and last day.
    fn window(self, first: impl Fn(T) -> Point, last: impl Fn(T) -> Point) -> WindowSpec {
        let (opens, closes) = match self {
            Extent::At(at) => (None, Some(last(at))),
            Extent::Between(from, to) => (Some(first(from)), Some(last(to))),
            Extent::From(from) => (Some(first(from)), None),
        };
        WindowSpec { opens, closes }
    }
}

/// A stretch of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// `2026-01-05 – 2026-01-31`.
    Dates(Extent<Date>),
    /// `T-14 days`; `bare` where neither a unit nor a range nor a plus tells it from the number
    /// of a task.
    Countdown { extent: Extent<i32>, bare: bool },
    /// `Day 1–7`, `Week 2`.
    Ordinal(Unit, Extent<i32>),
    /// `0–30 Days`: units that have passed. As often it says how long something takes.
    Elapsed(Unit, i32, i32),
}

/// An expression with its place in the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) expression: Expression,
    pub(super) span: Span,
    /// Whether it names its last day first, as in `Day 7–1`.
    pub(super) is_reversed: bool,
}

impl Expression {
    /// The window that the expression names.
    pub(super) fn window(self) -> WindowSpec {
        match self {
            Expression::Dates(extent) => extent.window(Point::Date, Point::Date),
            Expression::Countdown { extent, .. } => extent.window(Point::T, Point::T),
            // A week or month by itself has a first day, too; a day is only a day to be done by.
            Expression::Ordinal(unit @ (Unit::Week | Unit::Month), Extent::At(n)) => {
                Extent::Between(n, n).window(|n| unit.first(n), |n| unit.last(n))
            }
            Expression::Ordinal(unit, extent) => extent.window(|n| unit.first(n), |n| unit.last(n)),
            Expression::Elapsed(unit, from, to) => {
                Extent::Between(from, to).window(|n| unit.passed(n), |n| unit.last(n))
            }
        }
    }

    /// What it is counted in; nothing, of dates and of what counts down.
    pub(super) fn unit(self) -> Option<Unit> {
        match self {
            Expression::Ordinal(unit, _) | Expression::Elapsed(unit, ..) => Some(unit),
            Expression::Dates(_) | Expression::Countdown { .. } => None,
        }
    }

    /// The unit and about the first and last day after the start, of what counts from there.
    pub(super) fn days(self) -> Option<(Unit, i32, i32)> {
        let (unit, from, to) = match self {
            Expression::Ordinal(unit, Extent::At(n)) => (unit, n - 1, n),
            Expression::Ordinal(unit, Extent::Between(from, to)) => (unit, from - 1, to),
            Expression::Ordinal(unit, Extent::From(from)) => (unit, from - 1, unit.limit()),
            Expression::Elapsed(unit, from, to) => (unit, from, to),
            Expression::Dates(_) | Expression::Countdown { .. } => return None,
        };
        Some((unit, from * unit.days(), to * unit.days()))
    }
}
