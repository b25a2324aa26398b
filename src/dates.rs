//! Days, instants and time zones. The only module that knows `chrono`.
//!
//! A [`Date`] is a calendar day without a zone. A [`Timestamp`] is an instant as git stores it, in
//! seconds since the Unix epoch. A [`Zone`] turns one into the other. Nothing here reads a clock:
//! the current instant is handed in by `main`.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, Months, NaiveDate, Offset, TimeDelta, TimeZone, Utc,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text does not have the form `YYYY-MM-DD`.
    #[error("not a date of the form YYYY-MM-DD")]
    Form,
    /// The form is right and the calendar has no such day, as in `2026-02-30`.
    #[error("the calendar has no such day")]
    Impossible,
}

impl Date {
    /// The day of a year, month (1–12) and day of the month, if the calendar has it.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        NaiveDate::from_ymd_opt(year, month, day).map(Date)
    }

    /// This day moved by `days`, which may be negative; `None` past the calendar's ends.
    pub fn plus_days(self, days: i64) -> Option<Date> {
        self.0.checked_add_signed(TimeDelta::try_days(days)?).map(Date)
    }

    /// The `months`-th monthly anniversary; the last day of a month that is too short.
    pub fn plus_months(self, months: i32) -> Option<Date> {
        let step = Months::new(months.unsigned_abs());
        let moved = if months < 0 {
            self.0.checked_sub_months(step)
        } else {
            self.0.checked_add_months(step)
        };
        moved.map(Date)
    }

    /// This day moved by working days (Monday to Friday), forwards or backwards.
    pub fn plus_working_days(self, days: i64) -> Option<Date> {
        // Whole weeks first, so that a large count costs no more than a small one.
        let mut day = self.plus_days(days.checked_div(5)?.checked_mul(7)?)?;
        let step = days.signum();
        let mut left = days % 5;
        while left != 0 {
            day = day.plus_days(step)?;
            if !day.is_weekend() {
                left -= step;
            }
        }
        // A count of whole weeks that started on a weekend still has to end on a working day.
        while days != 0 && day.is_weekend() {
            day = day.plus_days(-step)?;
        }
        Some(day)
    }

    /// Whether the day is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        self.0.weekday().number_from_monday() > 5
    }

    /// Days from `earlier` to this day; negative when `earlier` is the later one.
    pub fn days_since(self, earlier: Date) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// The year, as written in the date.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Whether the day is a Monday.
    pub fn is_monday(self) -> bool {
        self.0.weekday().num_days_from_monday() == 0
    }

    /// Whether a month begins with the day.
    pub fn begins_month(self) -> bool {
        self.0.day() == 1
    }

    /// `Tue 3 Mar`: for people, in English whatever the locale.
    pub fn in_words(self) -> String {
        // By hand, because a site holds tens of thousands of days.
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let months =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let day = days[self.0.weekday().num_days_from_monday() as usize];
        format!("{day} {} {}", self.0.day(), months[self.0.month0() as usize])
    }
}

/// Kept as the number of the day, which is quicker to write and read than a text. No document for
/// others is made this way: those say how they write a date.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0.num_days_from_ce())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let day = NaiveDate::from_num_days_from_ce_opt(i32::deserialize(deserializer)?);
        day.map(Date).ok_or_else(|| D::Error::custom("the calendar has no such day"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.year() {
            // By hand, because a document holds tens of thousands of days.
            year @ 0..=9999 => {
                let mut text = *b"0000-00-00";
                let mut put = |place: std::ops::Range<usize>, mut number: u32| {
                    for digit in text[place].iter_mut().rev() {
                        *digit += (number % 10) as u8;
                        number /= 10;
                    }
                };
                put(0..4, year.unsigned_abs());
                put(5..7, self.0.month());
                put(8..10, self.0.day());
                f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
            }
            _ => write!(f, "{}", self.0.format("%Y-%m-%d")),
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads exactly `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Date, DateError> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DateError::Form);
        }
        if !(digits(0..4) && digits(5..7) && digits(8..10)) {
            return Err(DateError::Form);
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Date).map_err(|_| DateError::Impossible)
    }
}

/// An instant: seconds since 1970-01-01T00:00:00Z, negative before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// A time zone in which instants become days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Named(chrono_tz::Tz),
    Fixed(FixedOffset),
}

impl Zone {
    /// Coordinated universal time, the zone of a board that names none.
    pub const UTC: Zone = Zone(Kind::Named(chrono_tz::Tz::UTC));

    /// The day of an instant in this zone. Instants past the calendar's ends (no real commit has
    /// one, a forged one may) are pulled to the nearest day that the calendar has.
    pub fn day_of(self, at: Timestamp) -> Date {
        Date(self.local(at).date_naive())
    }

    /// The last second of a day in this zone.
    pub fn end_of(self, day: Date) -> Timestamp {
        let noon = day.0.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc().timestamp();
        // No zone is further than a day from UTC, and instants and days only grow together.
        let (mut inside, mut outside) = (noon - 2 * 86_400, noon + 2 * 86_400);
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2;
            if self.day_of(Timestamp(middle)) <= day { inside = middle } else { outside = middle }
        }
        Timestamp(inside)
    }

    /// The instant as RFC 3339 in this zone, to the second.
    pub fn rfc3339(self, at: Timestamp) -> String {
        self.local(at).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    fn local(self, at: Timestamp) -> DateTime<FixedOffset> {
        // A day inside the ends, so that no zone's offset can leave the calendar.
        let last = DateTime::<Utc>::MAX_UTC.timestamp() - 2 * 86_400;
        let first = DateTime::<Utc>::MIN_UTC.timestamp() + 2 * 86_400;
        let utc = DateTime::from_timestamp(at.0.clamp(first, last), 0).unwrap_or_default();
        match self.0 {
            Kind::Named(zone) => {
                utc.with_timezone(&zone.offset_from_utc_datetime(&utc.naive_utc()).fix())
            }
            Kind::Fixed(offset) => utc.with_timezone(&offset),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Named(zone) => f.write_str(zone.name()),
            Kind::Fixed(offset) => offset.fmt(f),
        }
    }
}

impl FromStr for Zone {
    type Err = ();

    /// Reads an IANA name (`Europe/Berlin`) or an offset (`+02:00`).
    fn from_str(text: &str) -> Result<Zone, ()> {
        if let Ok(zone) = text.parse::<chrono_tz::Tz>() {
            return Ok(Zone(Kind::Named(zone)));
        }
        text.parse::<FixedOffset>().map(|offset| Zone(Kind::Fixed(offset))).map_err(|_| ())
    }
}

/// The zones' names, for "did you mean".
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a test's date is valid")
    }

    #[test]
    fn words_are_those_of_the_calendar() {
        let first = Date::new(2027, 12, 20).expect("a day");
        for day in (0..800).filter_map(|days| first.plus_days(days)) {
            assert_eq!(day.in_words(), day.0.format("%a %-d %b").to_string());
            assert_eq!(day.is_monday(), day.in_words().starts_with("Mon"));
            assert_eq!(day.begins_month(), day.to_string().ends_with("-01"));
        }
    }

    #[test]
    fn dates_are_read_strictly() {
        assert_eq!(date("2026-03-01").to_string(), "2026-03-01");
        assert_eq!("2026-3-1".parse::<Date>(), Err(DateError::Form));
        assert_eq!("yesterday".parse::<Date>(), Err(DateError::Form));
        assert_eq!("2026-02-30".parse::<Date>(), Err(DateError::Impossible));
        assert_eq!("２０２６-03-01".parse::<Date>(), Err(DateError::Form));
    }

    #[test]
    fn anniversaries_stay_inside_short_months() {
        assert_eq!(date("2026-01-31").plus_months(1), Some(date("2026-02-28")));
        assert_eq!(date("2024-03-31").plus_months(-1), Some(date("2024-02-29")));
    }

    #[test]
    fn working_days_skip_weekends() {
        // 2026-03-06 is a Friday.
        assert_eq!(date("2026-03-06").plus_working_days(1), Some(date("2026-03-09")));
        assert_eq!(date("2026-03-06").plus_working_days(10), Some(date("2026-03-20")));
        assert_eq!(date("2026-03-07").plus_working_days(5), Some(date("2026-03-13")));
        assert_eq!(date("2026-03-09").plus_working_days(-1), Some(date("2026-03-06")));
        assert_eq!(date("2026-03-09").plus_working_days(0), Some(date("2026-03-09")));
    }

    #[test]
    fn working_days_agree_with_counting_one_by_one() {
        for start in 0..7 {
            let first = date("2026-03-02").plus_days(start).expect("in range");
            let mut day = first;
            for count in 1..40 {
                day = day.plus_days(1).expect("in range");
                while day.is_weekend() {
                    day = day.plus_days(1).expect("in range");
                }
                assert_eq!(first.plus_working_days(count), Some(day), "{first} + {count}");
            }
        }
    }

    #[test]
    fn an_instant_has_another_day_in_another_zone() {
        let at = Timestamp(1_767_222_000); // 2025-12-31T23:00:00Z
        assert_eq!(Zone::UTC.day_of(at), date("2025-12-31"));
        let berlin: Zone = "Europe/Berlin".parse().expect("a zone");
        assert_eq!(berlin.day_of(at), date("2026-01-01"));
        assert_eq!(berlin.rfc3339(at), "2026-01-01T00:00:00+01:00");
        assert_eq!(Zone::UTC.rfc3339(at), "2025-12-31T23:00:00Z");
        let fixed: Zone = "-03:30".parse().expect("an offset");
        assert_eq!(fixed.to_string(), "-03:30");
    }

    #[test]
    fn a_day_ends_a_second_before_the_next() {
        assert_eq!(Zone::UTC.end_of(date("2025-12-31")), Timestamp(1_767_225_599));
        let berlin: Zone = "Europe/Berlin".parse().expect("a zone");
        assert_eq!(berlin.end_of(date("2025-12-31")), Timestamp(1_767_221_999));
        // The clocks go forward at midnight here: the day begins at one o'clock.
        let beirut: Zone = "Asia/Beirut".parse().expect("a zone");
        let end = beirut.end_of(date("2026-03-28"));
        assert_eq!(beirut.day_of(end), date("2026-03-28"));
        assert_eq!(beirut.day_of(Timestamp(end.0 + 1)), date("2026-03-29"));
    }

    #[test]
    fn absurd_instants_do_not_panic() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let _ = Zone::UTC.rfc3339(Timestamp(at));
            let _ = "Pacific/Kiritimati".parse::<Zone>().expect("a zone").day_of(Timestamp(at));
        }
        assert_eq!(Zone::UTC.day_of(Timestamp(-1)), date("1969-12-31"));
    }

    #[test]
    fn words_are_english() {
        assert_eq!(date("2026-03-03").in_words(), "Tue 3 Mar");
    }
}
