//! What only the headings around a heading tell about its numbers.

use std::collections::HashMap;

use super::Heading;
use super::expression::{Expression, Extent, Unit};
use super::heading::{Found, Reading, read};
use super::written::Written;
use crate::model::WindowSpec;

pub(super) fn windows(headings: &[Heading<'_>]) -> Vec<Option<WindowSpec>> {
    readings(headings).iter().map(|reading| reading.window.map(Found::window)).collect()
}

/// How the windows are written, in the headings' texts. `None`: there is none, or it is `(Ongoing)`.
pub(super) fn written(headings: &[Heading<'_>]) -> Vec<Option<Written>> {
    let readings = readings(headings);
    let all = headings.iter().zip(readings);
    all.map(|(heading, reading)| reading.window?.written(heading.text)).collect()
}

fn readings(headings: &[Heading<'_>]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = headings.iter().map(|heading| read(heading.text)).collect();
    drop_task_numbers(headings, &mut readings);
    settle_doubts(headings, &mut readings);
    drop_counts_within(headings, &mut readings);
    readings
}

/// `T-1`, `T-2`, `T-3` in rising order number tasks; a countdown falls. Where siblings rise, no
/// bare `T-N` of the document is a time.
fn drop_task_numbers(headings: &[Heading<'_>], readings: &mut [Reading]) {
    let bare = |reading: &Reading| match reading.window?.expression()? {
        Expression::Countdown { extent: Extent::At(n), bare: true } => Some(n),
        _ => None,
    };
    let mut last = HashMap::new();
    let mut tasks = false;
    for (heading, reading) in headings.iter().zip(readings.iter()) {
        if let Some(n) = bare(reading) {
            tasks |= last.insert(heading.parent, n).is_some_and(|before| n < before);
        }
    }
    if tasks {
        for reading in readings.iter_mut().filter(|reading| bare(reading).is_some()) {
            reading.window = None;
        }
    }
}

/// A range that touches another: the heading around both, and the end at which it does.
type Touch = (Option<usize>, Scale, End);

/// A unit, and whether it is counted as passed: `4 weeks` end where `Week 4` does, but begin later.
type Scale = (Unit, bool);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    First(i32),
    Last(i32),
}

/// Makes windows of the doubtful ones, like `30–60 Days`, that continue a sibling's window, and of those that continue
/// them in turn.
fn settle_doubts(headings: &[Heading<'_>], readings: &mut [Reading]) {
    let mut waiting: HashMap<Touch, Vec<usize>> = HashMap::new();
    for (at, (heading, reading)) in headings.iter().zip(readings.iter()).enumerate() {
        let Some((scale, from, to)) = reading.doubt.and_then(range) else { continue };
        for end in [End::Last(from - 1), End::Last(from), End::First(to), End::First(to + 1)] {
            waiting.entry((heading.parent, scale, end)).or_default().push(at);
        }
    }
    if waiting.is_empty() {
        return;
    }
    let mut settled: Vec<usize> = (0..readings.len()).collect();
    while let Some(at) = settled.pop() {
        let window = readings.get(at).and_then(|reading| reading.window);
        let (Some(heading), Some((scale, from, to))) = (headings.get(at), window.and_then(range))
        else {
            continue;
        };
        for end in [End::First(from), End::Last(to)] {
            for met in waiting.remove(&(heading.parent, scale, end)).unwrap_or_default() {
                let Some(reading) = readings.get_mut(met) else { continue };
                let Some(doubt) = reading.doubt.take() else { continue };
                if reading.window.is_none_or(|window| doubt.rank() < window.rank()) {
                    reading.window = Some(doubt);
                    settled.push(met);
                }
            }
        }
    }
}

/// The range that a sibling's may continue.
fn range(found: Found) -> Option<(Scale, i32, i32)> {
    match found.expression()? {
        Expression::Elapsed(unit, from, to) => Some(((unit, unit != Unit::Day), from, to)),
        Expression::Ordinal(unit, Extent::Between(from, to)) => Some(((unit, false), from, to)),
        Expression::Ordinal(unit @ (Unit::Week | Unit::Month), Extent::At(n)) => {
            Some(((unit, false), n, n))
        }
        _ => None,
    }
}

/// `Day 3` under `Week 2` counts from that week: a window that closes before the window of another
/// unit around it opens is none.
fn drop_counts_within(headings: &[Heading<'_>], readings: &mut [Reading]) {
    let mut around: Vec<Option<Found>> = Vec::with_capacity(readings.len());
    for (heading, reading) in headings.iter().zip(readings.iter_mut()) {
        let outer = heading.parent.and_then(|parent| around.get(parent).copied().flatten());
        if let (Some(window), Some(outer)) = (reading.window, outer)
            && counts_within(window, outer)
        {
            reading.window = None;
        }
        around.push(reading.window.or(outer));
    }
}

fn counts_within(inner: Found, outer: Found) -> bool {
    let days = |found: Found| found.expression().and_then(Expression::days);
    match (days(inner), days(outer)) {
        (Some((inner, _, closes)), Some((outer, opens, _))) => inner != outer && closes <= opens,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Point::{self, Day};

    /// The windows of headings written as an outline: `#` for the first level.
    fn outline(lines: &[&str]) -> Vec<Option<(Option<Point>, Option<Point>)>> {
        let level = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
        let headings: Vec<Heading<'_>> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| Heading {
                text: line.trim_start_matches('#').trim(),
                parent: lines[..at].iter().rposition(|before| level(before) < level(line)),
            })
            .collect();
        windows(&headings)
            .into_iter()
            .map(|window| window.map(|window| (window.opens, window.closes)))
            .collect()
    }

    fn days(opens: i32, closes: i32) -> Option<(Option<Point>, Option<Point>)> {
        Some((Some(Day(opens)), Some(Day(closes))))
    }

    #[test]
    fn phases_of_a_plan_continue_each_other() {
        let found = outline(&[
            "# Partner Plan",
            "## Phase 3 (60–90 Days)",
            "### Wrap up (Target: Day 90)",
            "## Phase 2 (30–60 Days)",
            "### Contact (Ongoing, kickoff Day 1–15)",
            "### Plan (Target: Day 21–45)",
            "## Phase 1 (0–30 Days)",
        ]);
        let day_90 = Some((None, Some(Day(90))));
        assert_eq!(
            found,
            [None, days(60, 90), day_90, days(30, 60), days(0, 15), days(21, 45), days(0, 30)]
        );
    }

    #[test]
    fn neighbouring_numbers_touch() {
        let found = outline(&["# Days 1–30", "# Next (31–60 Days)", "# Last (61–90 Days)"]);
        assert_eq!(found, [days(0, 30), days(31, 60), days(61, 90)]);
        let found = outline(&["# A (0–4 weeks)", "# B (4–8 weeks)"]);
        assert_eq!(found, [days(0, 28), days(28, 56)]);
        let found = outline(&["# A (0–1 months)", "# B (1–3 months)"]);
        let month = |months, days| Some(Point::Month { months, days });
        assert_eq!(found[1], Some((month(1, 0), month(3, -1))));
    }

    #[test]
    fn what_follows_an_event_may_be_the_end_of_the_plan() {
        let found = outline(&["# Move (Days 1–30)", "# Post-Exit (Days 30–60)"]);
        assert_eq!(found[1], days(30, 60));
        let found = outline(&["# Launch (Week 4)", "# Post-Launch (Weeks 5-6)"]);
        assert_eq!(found[1], days(29, 42));
        assert_eq!(outline(&["# Launch (Week 4)", "# Post-Launch (Week 1)"])[1], None);
    }

    #[test]
    fn lengths_are_no_windows() {
        assert_eq!(outline(&["# A (3–5 days)", "# B (5–7 days)", "# C (1–2 days)"]), [None; 3]);
        assert_eq!(outline(&["# A (0–30 Days)", "# B", "## C (30–60 Days)"])[2], None);
        assert_eq!(outline(&["# A (0–30 Days)", "# B (30–60 Weeks)"])[1], None);
        assert_eq!(outline(&["# Weeks 1-2", "# B (2–4 weeks)"])[1], None);
        assert_eq!(outline(&["# A (0–30 Days)", "# B (40–60 Days)"])[1], None);
    }

    #[test]
    fn task_numbers_are_no_countdown() {
        let tasks = ["# One", "## T-1: Parse", "## T-2: Render", "# Two", "## T-3: Ship"];
        assert_eq!(outline(&tasks), [None; 5]);
        let countdown = outline(&["# T-14: Invite", "# T-7: Remind", "# T-0: Open", "# T+3"]);
        assert!(countdown.iter().all(Option::is_some), "{countdown:?}");
    }

    #[test]
    fn days_that_count_from_a_week_are_no_windows() {
        let found = outline(&["# Week 1", "## Day 2-3", "# Week 2", "## Day 2-3", "## Day 9-10"]);
        assert_eq!(found, [days(0, 7), days(2, 3), days(8, 14), None, days(9, 10)]);
        let found = outline(&["# Month 2", "## Week 1", "### Day 3", "## Week 6"]);
        assert_eq!(found[1..], [None, None, days(36, 42)]);
        // The same unit counts from the same day; that they disagree is for lint to say.
        assert_eq!(outline(&["# Days 31-60", "## Days 1-15"])[1], days(0, 15));
    }

    #[test]
    fn many_headings_take_no_longer_each() {
        let texts: Vec<String> = (0..60_000).map(|n| format!("({}–{n} Days)", n % 9)).collect();
        let headings: Vec<Heading<'_>> =
            texts.iter().map(|text| Heading { text, parent: None }).collect();
        assert_eq!(windows(&headings).len(), texts.len());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(
            texts in prop::collection::vec((any::<String>(), prop::option::of(0_usize..9)), 0..6),
        ) {
            let headings: Vec<Heading<'_>> =
                texts.iter().map(|(text, parent)| Heading { text, parent: *parent }).collect();
            prop_assert_eq!(windows(&headings).len(), headings.len());
        }

        #[test]
        fn any_words_of_the_grammar_are_read_without_a_panic(
            text in "((Day|weeks|Month|T|to|and|due|by|end of|ongoing|kickoff|2026-01-05)?\
                [ ~:,.#()+–-]{0,2}([0-9]{1,2}|99999999999)?[ ,–+)-]{0,3}){1,6}",
        ) {
            let headings = [Heading { text: &text, parent: None }, Heading { text: &text, parent: Some(0) }];
            for window in windows(&headings).into_iter().flatten() {
                if let (Some(Day(opens)), Some(Day(closes))) = (window.opens, window.closes) {
                    prop_assert!(opens <= closes, "{}", text);
                }
            }
            let _ = super::super::item_window(&text);
            let _ = super::super::due_spec(&text);
        }
    }
}
