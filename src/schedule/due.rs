//! What stands behind `due:`.

use super::DueError;
use super::cursor::Cursor;
use super::expression::{Expression, Extent, Unit};
use super::tokens::{Token, tokens};
use crate::dates::{Date, DateError};
use crate::model::{DueSpec, Point};

/// The longest text that is a due date, in bytes: an ISO datetime with a zone.
const LONGEST: usize = 40;

pub(super) fn due_spec(text: &str) -> Result<DueSpec, DueError> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(DueError::Unreadable);
    }
    if let Some(date) = iso(text) {
        return date.map(Point::Date);
    }
    let tokens = tokens(text);
    offset(&tokens).or_else(|| expression(&tokens)).ok_or(DueError::Unreadable)
}

/// An ISO date, or a datetime of which the written day counts. `None`: it has another form.
fn iso(text: &str) -> Option<Result<Date, DueError>> {
    let (day, rest) = text.split_at_checked(10)?;
    let date = day.parse::<Date>();
    if date == Err(DateError::Form) || !(rest.is_empty() || is_time(rest)) {
        return None;
    }
    Some(date.map_err(|_| DueError::Impossible))
}

/// Whether a text is the time half of an ISO datetime: `T10:00`, ` 10:00:00.5+02:00`, `T1000Z`.
fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', 't', ' ']) else { return false };
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time).trim_end();
    let begins = time.bytes().take_while(u8::is_ascii_digit).count() >= 2;
    begins && time.bytes().all(|byte| byte.is_ascii_digit() || b":.,+- ".contains(&byte))
}

/// `+14d`, `+2w`, `+1m`, and working days, `10b` or `+10b`.
fn offset(tokens: &[Token<'_>]) -> Option<Point> {
    let mut at = Cursor::new(tokens);
    let signed = at.symbol(&['+']);
    let n = at.number()?;
    let point = if at.word(&["b"]) {
        within(Unit::Day, n).map(Point::WorkingDay)
    } else if !signed {
        None
    } else if at.word(&["d"]) {
        within(Unit::Day, n).map(Point::Day)
    } else if at.word(&["w"]) {
        within(Unit::Week, n).map(|n| Point::Day(7 * n))
    } else if at.word(&["m"]) {
        within(Unit::Month, n).map(|n| Point::Month { months: n, days: 0 })
    } else {
        None
    };
    point.filter(|_| at.rest().is_empty())
}

fn within(unit: Unit, n: i32) -> Option<i32> {
    (n <= unit.limit()).then_some(n)
}

/// `Day 14`, `Week 2`, `T-3`: the last day of what is named, which must be one thing.
fn expression(tokens: &[Token<'_>]) -> Option<Point> {
    let mut at = Cursor::new(tokens);
    let found = at.expression()?;
    let single = match found {
        Expression::Ordinal(_, extent) | Expression::Countdown { extent, .. } => {
            matches!(extent, Extent::At(_))
        }
        Expression::Dates(_) | Expression::Elapsed(..) => false,
    };
    (single && at.rest().is_empty()).then(|| found.window().closes)?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_form_of_a_due_date_is_read() {
        let day = Point::Date("2026-03-01".parse().expect("a test's date is valid"));
        for (text, due) in [
            ("2026-03-01", day),
            (" 2026-03-01\t", day),
            ("2026-03-01T10:00", day),
            ("2026-03-01T23:30:00.000-08:00", day),
            ("2026-03-01 10:00:00Z", day),
            ("+14d", Point::Day(14)),
            ("+0d", Point::Day(0)),
            ("+2W", Point::Day(14)),
            ("+1m", Point::Month { months: 1, days: 0 }),
            ("10b", Point::WorkingDay(10)),
            ("+10b", Point::WorkingDay(10)),
            ("Day 14", Point::Day(14)),
            ("day -3", Point::Day(-3)),
            ("Week 2", Point::Day(14)),
            ("Month 1", Point::Month { months: 1, days: -1 }),
            ("T-3", Point::T(-3)),
            ("T+3", Point::T(3)),
            ("T-2 weeks", Point::T(-14)),
        ] {
            assert_eq!(due_spec(text), Ok(due), "{text}");
        }
    }

    #[test]
    fn a_day_that_is_missing_from_the_calendar_is_impossible() {
        for text in ["2026-02-30", "2026-13-01", "2026-02-30T10:00"] {
            assert_eq!(due_spec(text), Err(DueError::Impossible), "{text}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for text in [
            "",
            "____",
            "Jul 2026",
            "2026-3-1",
            "2026-03-01x",
            "2026-03-01 or so",
            "14d",
            "14",
            "+14",
            "+14x",
            "-3d",
            "+14d x",
            "Day 1-7",
            "Day 30+",
            "0-30 days",
            "T",
            "soon",
            "+99999999999d",
            "Day 99999",
            "01.03.2026",
            "2026-03-01T",
        ] {
            assert_eq!(due_spec(text), Err(DueError::Unreadable), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let _ = due_spec(&text);
            let _ = super::super::item_window(&text);
        }
    }
}
