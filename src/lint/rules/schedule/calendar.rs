//! Which of two days comes first, where perhaps nobody knows yet when the checklist starts.

use crate::dates::Date;
use crate::lint::page::Page;
use crate::model::{Point, WindowSpec};
use crate::schedule::{self, Basis, Unit};

/// An end of a window, or a due date.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) point: Point,
    /// What it was written in.
    pub(super) unit: Option<Unit>,
}

/// Resolves days from the start date that somebody wrote, else from any: days from the start keep
/// their order whenever that is.
pub(super) struct Calendar {
    pub(super) basis: Basis,
    /// Whether somebody wrote the start date.
    is_known: bool,
}

/// What a point counts from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Calendar,
    Start,
    T,
}

impl Calendar {
    pub(super) fn of(page: &Page<'_>) -> Calendar {
        let basis = page.basis();
        let assumed = || Date::new(2026, 1, 1);
        let is_known = basis.start.is_some();
        Calendar { basis: Basis { start: basis.start.or_else(assumed), ..basis }, is_known }
    }

    /// Whether a day lies before the first day of a window. Of neighbours like `30–60 Days` and
    /// `Days 31–60` the one means the other: a day more or less is nothing between days counted from
    /// the start.
    pub(super) fn is_before(&self, day: End, opens: End) -> bool {
        let least = i64::from(matches!(opens.point, Point::Day(_)));
        self.gap(day, opens).is_some_and(|(gap, slack)| gap < -slack.max(least))
    }

    /// Whether a day lies after the last day of a window. `+1m` is the day after the last one of
    /// `Month 1`, and means that.
    pub(super) fn is_after(&self, day: End, closes: End) -> bool {
        let is_month = |end: End| matches!(end.point, Point::Month { .. });
        let most = i64::from(is_month(day) && is_month(closes));
        self.gap(day, closes).is_some_and(|(gap, slack)| gap > slack.max(most))
    }

    /// By how many days one lies behind the other, and how many of them may come from the units.
    fn gap(&self, one: End, other: End) -> Option<(i64, i64)> {
        let start = self.basis.start?;
        if !self.compares(one.point, other.point) {
            return None;
        }
        let (day, limit) = (self.day(one.point)?, self.day(other.point)?);
        let is_month = |end: End| matches!(end.point, Point::Month { .. });
        let is_date = |end: End| matches!(end.point, Point::Date(_));
        let differ = one.unit.zip(other.unit).is_some_and(|(one, other)| one != other)
            || is_month(one) != is_month(other);
        // People take a month for four weeks or for thirty days.
        let is_rough = differ && !is_date(one) && !is_date(other);
        let slack = if is_rough { 2 + limit.days_since(start).abs() / 10 } else { 0 };
        Some((day.days_since(limit), slack))
    }

    fn compares(&self, one: Point, other: Point) -> bool {
        let from = |point| match point {
            Point::Date(_) => From::Calendar,
            Point::Day(_) | Point::Month { .. } | Point::WorkingDay(_) => From::Start,
            Point::T(_) => From::T,
        };
        let (one, other) = (from(one), from(other));
        let has_t = [one, other].contains(&From::T);
        one == other || self.is_known && (!has_t || self.basis.due.is_some())
    }

    fn day(&self, point: Point) -> Option<Date> {
        schedule::day(point, &self.basis)
    }
}

/// A window's first and last day, as far as it names them.
pub(super) fn ends(window: WindowSpec, unit: Option<Unit>) -> (Option<End>, Option<End>) {
    let end = |point: Option<Point>| point.map(|point| End { point, unit });
    (end(window.opens), end(window.closes))
}

/// A day in words, behind a verb.
pub(super) fn in_words(end: End) -> String {
    match end.point {
        Point::Date(date) => format!("on {date}"),
        Point::Day(0) => "on the first day".to_owned(),
        Point::Day(day) => format!("on day {day}"),
        Point::Month { months, days: 0 } => {
            format!("with the beginning of month {}", months.saturating_add(1))
        }
        Point::Month { months, .. } => format!("with the end of month {months}"),
        Point::WorkingDay(day) => format!("on working day {day}"),
        Point::T(0) => "on T".to_owned(),
        Point::T(days) => format!("on T{days:+}"),
    }
}

/// Whether a point counts from the start date, directly or because there is no due date for `T`.
pub(super) fn counts_from_start(point: Point, has_due: bool) -> bool {
    match point {
        Point::Date(_) => false,
        Point::Day(_) | Point::Month { .. } | Point::WorkingDay(_) => true,
        Point::T(_) => !has_due,
    }
}
