//! The keys of a front matter that have a meaning.

use std::collections::HashSet;

use super::report::Report;
use super::value::{Entry, Is, Value};
use crate::config::{nearest, shortened};
use crate::dates::{Date, DateError};
use crate::model::diagnostic::codes;
use crate::model::{DueSpec, FrontMatter, PartnerStatus, Point, Severity};
use crate::schedule::{self, DueError, Numeric, numeric_dates};
use crate::source::Line;

/// Reads the entries of a front matter into it, in their order. Of a key that stands twice, the
/// first one counts.
pub(super) fn read(into: &mut FrontMatter, entries: &[Entry], report: &mut Report<'_>) {
    report_duplicates(entries, report);
    // `start_date` counts before `start`, whichever comes first.
    let mut start = None;
    let mut seen = HashSet::new();
    for entry in entries {
        if !seen.insert(entry.key.as_str()) {
            continue;
        }
        let line = report.line(entry.key_span.start);
        let field = Field { key: &entry.key, value: &entry.value };
        match field.key {
            "title" => into.title = field.text(report),
            "partner" => into.partner = field.text(report),
            "type" => into.kind = field.text(report),
            "start_date" => into.start_date = field.date(report),
            "start" => start = field.date(report),
            "due" => into.due = field.due(report),
            "last_updated" => field.tell_day(report),
            "status" => into.status = field.status(report),
            "template" => into.template = field.path(),
            "owner" | "owners" => {
                for owner in field.texts(report) {
                    let owner = owner.trim_start_matches('@').trim().to_owned();
                    if !owner.is_empty() && !into.owners.contains(&owner) {
                        into.owners.push(owner);
                    }
                }
            }
            "tags" => into.tags = field.texts(report),
            _ => {}
        }
        into.keys.push((entry.key.clone(), line));
    }
    into.start_date = into.start_date.or(start);
}

/// Tells each key that stands in its mapping for a second time, at any depth.
fn report_duplicates(entries: &[Entry], report: &mut Report<'_>) {
    let mut seen = HashSet::new();
    for entry in entries {
        if !seen.insert(entry.key.as_str()) {
            let message =
                format!("the key `{}` stands twice; the first one counts", shortened(&entry.key));
            let help = "remove one of the two".to_owned();
            let span = entry.key_span;
            report.push(codes::DUPLICATE_KEY, Severity::Error, span, message, Some(help));
        }
        report_duplicates_in(&entry.value, report);
    }
}

fn report_duplicates_in(value: &Value, report: &mut Report<'_>) {
    match &value.is {
        Is::Map(entries) => report_duplicates(entries, report),
        Is::List(values) => values.iter().for_each(|value| report_duplicates_in(value, report)),
        Is::Null | Is::Text(_) => {}
    }
}

/// A key and its value, to be read as what the key asks for. What is missing or empty is absent
/// without a word: a template has many fields that are not filled in.
struct Field<'e> {
    key: &'e str,
    value: &'e Value,
}

impl Field<'_> {
    /// A text in one line.
    fn text(&self, report: &mut Report<'_>) -> Option<String> {
        match &self.value.is {
            Is::Text(text) => {
                let words: Vec<&str> = text.split_whitespace().collect();
                (!words.is_empty()).then(|| words.join(" "))
            }
            Is::Null => None,
            Is::List(_) | Is::Map(_) => {
                self.wrong_type(self.value, "a text", report);
                None
            }
        }
    }

    /// Several texts: a list, or one text with commas between them.
    fn texts(&self, report: &mut Report<'_>) -> Vec<String> {
        let mut texts = Vec::new();
        match &self.value.is {
            Is::Text(text) => texts.extend(text.split(',').map(one_line)),
            Is::List(values) => {
                for value in values {
                    match &value.is {
                        Is::Text(text) => texts.push(one_line(text)),
                        Is::Null => {}
                        Is::List(_) | Is::Map(_) => self.wrong_type(value, "a text", report),
                    }
                }
            }
            Is::Null => {}
            Is::Map(_) => self.wrong_type(self.value, "a text or a list of texts", report),
        }
        texts.retain(|text| !text.is_empty());
        texts
    }

    /// A path, as written. Other things are called `template`, too, so what is none is ignored.
    fn path(&self) -> Option<String> {
        let Is::Text(text) = &self.value.is else {
            return None;
        };
        let path = text.trim();
        let is_flag = ["true", "false", "yes", "no"].contains(&path.to_lowercase().as_str());
        let is_path = !path.is_empty() && !path.contains(['\n', '\r']) && !is_flag;
        is_path.then(|| path.to_owned())
    }

    /// A partner's status.
    fn status(&self, report: &mut Report<'_>) -> Option<PartnerStatus> {
        let text = self.text(report)?;
        let name = text.to_lowercase().replace([' ', '-'], "_");
        let name = match name.as_str() {
            "canceled" => "cancelled",
            "completed" => "complete",
            other => other,
        };
        let known = PartnerStatus::ALL.into_iter().find(|status| status.name() == name);
        if known.is_none() {
            let names = PartnerStatus::ALL.map(PartnerStatus::name);
            let help = match nearest(name, names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("mdboard knows {}", names.join(", ")),
            };
            let message = format!("unknown status `{}`", shortened(&text));
            let span = self.value.span;
            report.push(codes::UNKNOWN_STATUS, Severity::Info, span, message, Some(help));
        }
        known
    }

    /// A day, with its line.
    fn date(&self, report: &mut Report<'_>) -> Option<(Date, Line)> {
        let text = self.text(report)?;
        match day_of(&text) {
            Ok(date) => Some((date, self.line(report))),
            Err(DateError::Form) => {
                self.unreadable_date(&text, "write it as `YYYY-MM-DD`", report);
                None
            }
            Err(DateError::Impossible) => {
                self.impossible_date(&text, report);
                None
            }
        }
    }

    /// A day, or a time from the start on, with its line.
    fn due(&self, report: &mut Report<'_>) -> Option<(DueSpec, Line)> {
        let text = self.text(report)?;
        let due = match day_of(&text) {
            Ok(date) => Ok(Point::Date(date)),
            Err(DateError::Impossible) => Err(DueError::Impossible),
            Err(DateError::Form) => schedule::due_spec(&text),
        };
        match due {
            Ok(due) => Some((due, self.line(report))),
            Err(DueError::Unreadable) => {
                let help = "write it as `YYYY-MM-DD`, or from the start on, as in `+30d`";
                self.unreadable_date(&text, help, report);
                None
            }
            Err(DueError::Impossible) => {
                self.impossible_date(&text, report);
                None
            }
        }
    }

    fn line(&self, report: &Report<'_>) -> Line {
        report.line(self.value.span.start)
    }

    /// Tells what is no day, of a key that is kept as written. Without a digit, as in `YYYY-MM-DD`,
    /// or with what a form puts something in, it is a blank.
    fn tell_day(&self, report: &mut Report<'_>) {
        let Is::Text(text) = &self.value.is else { return };
        let text = one_line(text);
        if !text.contains(|c: char| c.is_ascii_digit()) || text.contains(['{', '<', '[', '_']) {
            return;
        }
        match day_of(&text) {
            Ok(_) => {}
            Err(DateError::Form) => {
                self.unreadable_date(&text, "write it as `YYYY-MM-DD`", report);
            }
            Err(DateError::Impossible) => self.impossible_date(&text, report),
        }
    }

    fn two_days(&self, text: &str, one: Date, other: Date, report: &mut Report<'_>) {
        let message = format!("`{}` can be {one} or {other}", shortened(text));
        let help = format!("write `{one}` or `{other}`");
        report.warn(codes::AMBIGUOUS_DATE, self.value.span, message, help);
    }

    fn unreadable_date(&self, text: &str, help: &str, report: &mut Report<'_>) {
        let message = format!("`{}` is no date that can be read: `{}`", self.key, shortened(text));
        let help = match numeric(text) {
            Some(Numeric::TwoDays(one, other)) => return self.two_days(text, one, other, report),
            Some(Numeric::YearFirst(date) | Numeric::YearLast(date)) => format!("write `{date}`"),
            Some(Numeric::Iso(_) | Numeric::Impossible) | None => help.to_owned(),
        };
        report.warn(codes::INVALID_DATE, self.value.span, message, help);
    }

    fn impossible_date(&self, text: &str, report: &mut Report<'_>) {
        let message = format!("the calendar has no `{}`", shortened(text));
        let help = "correct the month or the day".to_owned();
        report.warn(codes::IMPOSSIBLE_DATE, self.value.span, message, help);
    }

    fn wrong_type(&self, value: &Value, wanted: &str, report: &mut Report<'_>) {
        let message = format!("`{}` is {}, not {wanted}", self.key, value.kind());
        let written = report.slice(value.span);
        let help = if written.starts_with(['[', '{']) && !written.contains(['"', '\n']) {
            format!(
                "quote a text that begins with a bracket: `{}: \"{}\"`",
                self.key,
                shortened(written)
            )
        } else {
            format!("write `{}: ` and a text behind it", self.key)
        };
        report.warn(codes::WRONG_TYPE, value.span, message, help);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day of a date, or of a date and time: as written, whatever the zone.
fn day_of(text: &str) -> Result<Date, DateError> {
    let Some((day, rest)) = text.split_at_checked("YYYY-MM-DD".len()) else {
        return Err(DateError::Form);
    };
    if rest.is_empty() || is_time(rest) { day.parse() } else { Err(DateError::Form) }
}

/// Whether what stands behind a date is a time: `T09:30`, ` 09:30:00.5 +02:00`.
fn is_time(rest: &str) -> bool {
    let mut characters = rest.chars();
    if !matches!(characters.next(), Some('T' | 't' | ' ')) {
        return false;
    }
    let time = characters.as_str().trim_start();
    let hours = time.chars().take_while(char::is_ascii_digit).count();
    let in_a_time =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | ' ' | 'Z' | 'z');
    (1..=2).contains(&hours)
        && time.get(hours..).is_some_and(|rest| rest.starts_with(':'))
        && time.chars().all(in_a_time)
}

/// What a text that is a date in numbers, and nothing else, means.
fn numeric(text: &str) -> Option<Numeric> {
    let text = text.trim();
    let (place, meaning) = numeric_dates(text).next()?;
    (place == (0..text.len())).then_some(meaning)
}
