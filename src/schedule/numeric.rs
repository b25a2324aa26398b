//! Dates in numbers that are not written `YYYY-MM-DD`: what they may mean.

use std::ops::Range;

use crate::dates::{Date, DateError};

/// What a date in numbers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeric {
    /// `2026-03-01`: what mdboard reads.
    Iso(Date),
    /// `2026/3/1`: with the year first there is no doubt.
    YearFirst(Date),
    /// `31/12/2026`, `3.4.2026`: only one order makes a day of it; with dots, the day comes first.
    YearLast(Date),
    /// `03/04/2026`: the day with the first number as the day, and the one with it as the month.
    TwoDays(Date, Date),
    /// The calendar has no such day.
    Impossible,
}

/// The dates in numbers in a text, each with its place: three numbers with the same one of `-`, `/`
/// and `.` between them.
pub fn numeric_dates(text: &str) -> impl Iterator<Item = (Range<usize>, Numeric)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(|c: char| c.is_ascii_digit())?;
            let run = run(text, start);
            at = run.end;
            let touches = text.get(..start)?.chars().next_back().is_some_and(char::is_alphanumeric)
                || text.get(run.end..)?.starts_with(char::is_alphabetic)
                    && !text.get(run.end..)?.starts_with(['T', 't']);
            if !touches && let Some(found) = text.get(run.clone()).and_then(meaning) {
                return Some((run, found));
            }
        }
    })
}

/// The digits and separators at a place, without separators at their end.
fn run(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let run = rest.get(..length).unwrap_or_default();
    start..start + run.trim_end_matches(['-', '/', '.']).len()
}

fn meaning(run: &str) -> Option<Numeric> {
    let separator = run.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = run.split(separator);
    let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |part: &str| matches!(part.len(), 1 | 2);
    if parts.next().is_some() || !is_short(two) {
        return None;
    }
    if one.len() == 4 && is_short(three) {
        return Some(match run.parse::<Date>() {
            Ok(date) => Numeric::Iso(date),
            Err(DateError::Impossible) => Numeric::Impossible,
            Err(DateError::Form) => {
                day(one, two, three).map_or(Numeric::Impossible, Numeric::YearFirst)
            }
        });
    }
    let is_year = three.len() == 4 || three.len() == 2 && one.len() <= two.len();
    if !is_short(one) || !is_year {
        return None;
    }
    let century = if three.len() == 2 { "20" } else { "" };
    let year = format!("{century}{three}");
    let day_first = day(&year, two, one);
    let month_first = day(&year, one, two).filter(|_| separator != '.');
    Some(match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => Numeric::TwoDays(one, other),
        (Some(date), _) | (None, Some(date)) => Numeric::YearLast(date),
        (None, None) => Numeric::Impossible,
    })
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a test's date is valid")
    }

    fn all(text: &str) -> Vec<(&str, Numeric)> {
        numeric_dates(text).map(|(range, found)| (&text[range], found)).collect()
    }

    #[test]
    fn the_order_of_the_numbers_decides() {
        for (text, meaning) in [
            ("2026-03-04", Numeric::Iso(date("2026-03-04"))),
            ("2026-3-4", Numeric::YearFirst(date("2026-03-04"))),
            ("2026/03/04", Numeric::YearFirst(date("2026-03-04"))),
            ("2026.3.4", Numeric::YearFirst(date("2026-03-04"))),
            ("31/12/2026", Numeric::YearLast(date("2026-12-31"))),
            ("12/31/26", Numeric::YearLast(date("2026-12-31"))),
            ("4/4/2026", Numeric::YearLast(date("2026-04-04"))),
            ("3.4.2026", Numeric::YearLast(date("2026-04-03"))),
            ("03/04/2026", Numeric::TwoDays(date("2026-04-03"), date("2026-03-04"))),
            ("3-4-2026", Numeric::TwoDays(date("2026-04-03"), date("2026-03-04"))),
            ("2026-02-30", Numeric::Impossible),
            ("2026/13/01", Numeric::Impossible),
            ("31/31/2026", Numeric::Impossible),
            ("4.13.2026", Numeric::Impossible),
        ] {
            assert_eq!(all(text), [(text, meaning)], "{text}");
        }
    }

    #[test]
    fn dates_are_found_among_words() {
        let found = all("due: 2026/3/1, or (3/4/2026).");
        let places: Vec<&str> = found.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, ["2026/3/1", "3/4/2026"]);
        assert_eq!(all("2026-02-30T10:00"), [("2026-02-30", Numeric::Impossible)]);
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "",
            "1/2",
            "30/60/90/120",
            "1.2.3.4",
            "v1.2.2026",
            "2026-03",
            "3-4/2026",
            "1/2/345",
            "2026-03-01x",
            "192.168.1.1",
            "+49-30-123456",
            "2026-03-011",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9./a-zÄ🚀 -]{0,40}") {
            for (range, _) in numeric_dates(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
