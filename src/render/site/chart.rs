//! Charts as inline SVG: in per cent of the room they get, so that they fit every width and their
//! words stay as large as the page's; in classes, so that they have the page's colours.

use maud::{Markup, html};

use crate::dates::Date;
use crate::render::words;
use crate::report::burnup::{Burnup, Day};
use crate::report::parts::Part;

/// More labels would touch each other on a phone.
const MOST_LABELS: usize = 4;
/// Nearer than this to an end of an axis, in per cent, a label would stick out.
const MARGIN: f64 = 6.0;

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    first: Date,
    last: Date,
}

/// Two decimals are less than a pixel.
fn percent(share: f64) -> String {
    format!("{:.2}%", 100.0 * share)
}

impl Axis {
    /// From the first to the last of some days; at least a day long.
    pub(super) fn of(days: impl Iterator<Item = Date>) -> Option<Axis> {
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        let (first, last) = (*days.first()?, *days.last()?);
        let last = if first == last { last.plus_days(1)? } else { last };
        Some(Axis { first, last })
    }

    fn days(self) -> i64 {
        self.last.days_since(self.first)
    }

    fn share(self, day: Date) -> f64 {
        let share = day.days_since(self.first) as f64 / self.days() as f64;
        share.clamp(0.0, 1.0)
    }

    fn at(self, day: Date) -> String {
        percent(self.share(day))
    }

    /// The days to label: Mondays in a short stretch, else the first days of months.
    fn labels(self, today: Date) -> Vec<(String, String)> {
        let days: Vec<Date> =
            (0..=self.days()).filter_map(|day| self.first.plus_days(day)).collect();
        let months: Vec<Date> = days.iter().copied().filter(|day| day.begins_month()).collect();
        let weeks: Vec<Date> = days.iter().copied().filter(|day| day.is_monday()).collect();
        let (all, is_short) = if months.len() >= 2 { (months, false) } else { (weeks, true) };
        let step = all.len().div_ceil(MOST_LABELS).max(1);
        let text = |day: Date| {
            let words = words::short_date(day, today);
            if is_short { words } else { words.trim_start_matches("1 ").to_owned() }
        };
        let fits = |day: &Date| {
            let share = 100.0 * self.share(*day);
            (MARGIN..=100.0 - MARGIN).contains(&share)
        };
        all.into_iter().step_by(step).filter(fits).map(|day| (self.at(day), text(day))).collect()
    }

    /// The labels below or above a chart, with a word at today.
    pub(super) fn scale(self, today: Date) -> Markup {
        html! {
            svg aria-hidden="true" {
                @for (at, label) in self.labels(today) {
                    text x=(at) y="80%" text-anchor="middle" { (label) }
                }
            }
        }
    }

    fn today(self, today: Date) -> Markup {
        let is_on = self.first <= today && today <= self.last;
        html! {
            @if is_on {
                line.today x1=(self.at(today)) x2=(self.at(today)) y1="0" y2="100%" {}
            }
        }
    }
}

/// A section's window with what is done of it, and today.
pub(super) fn window(axis: Axis, part: &Part<'_>, today: Date) -> Markup {
    let counted = part.progress.done + part.progress.open;
    let share = |count: usize| count as f64 / counted.max(1) as f64;
    let opens = part.opens.unwrap_or(axis.first).max(axis.first);
    html! {
        svg aria-hidden="true" {
            line.grid x1="0" x2="100%" y1="50%" y2="50%" {}
            @if let Some(closes) = part.closes {
                @let (from, to) = (axis.share(opens), axis.share(closes.plus_days(1).unwrap_or(closes)));
                @let width = (to - from).max(0.01);
                rect.window x=(percent(from)) y="20%" width=(percent(width)) height="60%" rx="3" {}
                rect.fill x=(percent(from)) y="20%" width=(percent(width * share(part.progress.done))) height="60%" rx="3" {}
                @if part.planned > 0 && part.planned < counted {
                    @let mark = percent(from + width * share(part.planned));
                    line.mark x1=(mark) x2=(mark) y1="10%" y2="90%" {}
                }
            }
            (axis.today(today))
        }
    }
}

/// Steps from day to day, as a path in thousandths.
fn steps(axis: Axis, top: usize, points: &[(Date, usize)]) -> String {
    let mut path = String::new();
    for (at, (day, count)) in points.iter().enumerate() {
        let x = 1000.0 * axis.share(*day);
        let y = 1000.0 * (1.0 - *count as f64 / top as f64);
        match at {
            0 => path.push_str(&format!("M{x:.1} {y:.1}")),
            _ => path.push_str(&format!("H{x:.1}V{y:.1}")),
        }
    }
    path
}

/// The surface between what was surely done and what may have been.
fn band(axis: Axis, top: usize, days: &[Day]) -> String {
    let mut path = String::new();
    for pair in days.windows(2) {
        let (Some(least), Some(most)) = (pair[0].least, pair[0].most) else { continue };
        if least == most {
            continue;
        }
        let (from, to) = (1000.0 * axis.share(pair[0].date), 1000.0 * axis.share(pair[1].date));
        let y = |count: usize| 1000.0 * (1.0 - count as f64 / top as f64);
        path.push_str(&format!("M{from:.1} {:.1}H{to:.1}V{:.1}H{from:.1}Z", y(most), y(least)));
    }
    path
}

/// Whole numbers to label an axis from 0 to `top` with.
fn counts(top: usize) -> Vec<usize> {
    let steps = [1, 2, 5].into_iter().cycle();
    let powers = (0..9).flat_map(|power| [power; 3]);
    let mut nice = steps.zip(powers).map(|(step, power)| step * 10_usize.pow(power));
    let step = nice.find(|step| top / step <= 4).unwrap_or(top.max(1));
    (0..=top / step).map(|at| at * step).collect()
}

/// The burn-up as a figure, with its figures behind it.
pub(super) fn burnup(burnup: &Burnup, today: Date) -> Markup {
    let Some(axis) = Axis::of(burnup.days.iter().map(|day| day.date)) else { return html! {} };
    let top = burnup.total.max(1);
    let planned: Vec<(Date, usize)> =
        burnup.days.iter().map(|day| (day.date, day.planned)).collect();
    let least: Vec<(Date, usize)> =
        burnup.days.iter().filter_map(|day| Some((day.date, day.least?))).collect();
    let now = burnup.days.iter().rfind(|day| day.date <= today);
    let told = now.map(|now| {
        let most = now.most.filter(|most| Some(*most) != now.least);
        let more = most.map(|most| format!(" to {most}")).unwrap_or_default();
        let least = now.least.unwrap_or_default();
        format!("Today {least}{more} of {top} items are done, and {} should be.", now.planned)
    });
    let told = told.unwrap_or_default();
    html! {
        figure {
            figcaption {
                (told)
                @if burnup.unplanned > 0 {
                    " " (words::plural(burnup.unplanned, "item")) " without a due date "
                    (if burnup.unplanned == 1 { "is" } else { "are" }) " in no plan."
                }
            }
            ul.legend {
                li { svg aria-hidden="true" { line.least x1="0" x2="100%" y1="50%" y2="50%" {} } " done" }
                li { svg aria-hidden="true" { rect.band width="100%" height="100%" {} } " may have been done: the day is not exact" }
                li { svg aria-hidden="true" { line.planned x1="0" x2="100%" y1="50%" y2="50%" {} } " planned" }
                li { svg aria-hidden="true" { line.today x1="50%" x2="50%" y1="0" y2="100%" {} } " today" }
            }
            div.plot {
                svg aria-hidden="true" {
                    @for count in counts(top) {
                        @let y = percent(1.0 - count as f64 / top as f64);
                        text x="80%" y=(y) dy="0.3em" text-anchor="end" { (count) }
                    }
                }
                svg role="img" aria-label={ "Items done and planned over time. " (told) } {
                    @for count in counts(top) {
                        @let y = percent(1.0 - count as f64 / top as f64);
                        line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
                    }
                    svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" {
                        path.band d=(band(axis, top, &burnup.days)) {}
                        path.planned vector-effect="non-scaling-stroke" d=(steps(axis, top, &planned)) {}
                        path.least vector-effect="non-scaling-stroke" d=(steps(axis, top, &least)) {}
                    }
                    (axis.today(today))
                }
                span {}
                (axis.scale(today))
            }
            details {
                summary { "The figures" }
                (figures(burnup))
            }
        }
    }
}

fn figures(burnup: &Burnup) -> Markup {
    let cell = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Day" }
                    th.n scope="col" { "Planned" }
                    th.n scope="col" { "Done" }
                    th.n scope="col" { "At most" }
                }
            }
            tbody {
                @for day in &burnup.days {
                    tr {
                        th scope="row" { (words::full_date(day.date)) }
                        td.n { (day.planned) }
                        td.n { (cell(day.least)) }
                        td.n { (cell(day.most)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test's date is valid")
    }

    #[test]
    fn counts_are_round_and_few() {
        assert_eq!(counts(1), [0, 1]);
        assert_eq!(counts(4), [0, 1, 2, 3, 4]);
        assert_eq!(counts(31), [0, 10, 20, 30]);
        for top in 1..3000 {
            assert!(counts(top).len() <= 5, "{top}");
        }
    }

    #[test]
    fn labels_never_touch() {
        for days in 1..1500 {
            let first = day("2026-01-07");
            let last = first.plus_days(days).expect("a date");
            let axis = Axis::of([first, last].into_iter()).expect("two days");
            let labels = axis.labels(day("2026-03-01"));
            assert!(labels.len() <= MOST_LABELS, "{days}: {labels:?}");
            let places: Vec<f64> = labels
                .iter()
                .map(|(at, _)| at.trim_end_matches('%').parse().expect("a number"))
                .collect();
            // 18 % of a phone's width hold a label like `12 Jan 2027`.
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 18.0), "{days}: {labels:?}");
        }
    }
}
