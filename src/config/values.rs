//! Reading values: each function takes one as it stands in the file and gives back what it means,
//! or reports what was expected and gives back nothing.

use std::ops::{Range, RangeInclusive};

use toml::de::{DeTable, DeValue};

use super::keys::Value;
use super::lint::{self, Named};
use super::report::Report;
use super::{nearest, scope, shortened};
use crate::dates::{self, Zone};

/// Globs of partners, at least one.
pub(super) fn partner_globs(value: &Value<'_>, report: &mut Report<'_>) -> Option<Vec<String>> {
    let globs = texts(value, report, |glob| scope::check(glob).map_err(|error| error.to_string()))?;
    if globs.is_empty() {
        let help = "name at least one, as in `partners = [\"partners/*\"]`";
        report.invalid(value.span.clone(), "no partners".to_owned(), Some(help.to_owned()));
        return None;
    }
    Some(globs)
}

/// Globs of headings; none is fine.
pub(super) fn heading_globs(value: &Value<'_>, report: &mut Report<'_>) -> Option<Vec<String>> {
    texts(value, report, |glob| match globset::Glob::new(glob) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(format!("the glob `{}` cannot be used: {}", shortened(glob), error.kind()))
        }
    })
}

/// A folder from the board's root; empty for none.
pub(super) fn folder(value: &Value<'_>, report: &mut Report<'_>) -> Option<String> {
    let text = text(value, report)?;
    let folder = scope::tidy(text);
    let wrong = if text.starts_with('/') || text.get(1..2) == Some(":") {
        "it is absolute"
    } else if text.contains('\\') {
        "it has a backslash"
    } else if folder.split('/').any(|part| part == "..") {
        "it has `..`"
    } else if folder.is_empty() && !text.is_empty() {
        "it is the board's root"
    } else {
        return Some(folder);
    };
    let message = format!("`{}` cannot be `{}`: {wrong}", value.key, shortened(text));
    let help = "name a folder below the board's root, as in `templates`, or \"\" for none";
    report.invalid(value.span.clone(), message, Some(help.to_owned()));
    None
}

/// A time zone.
pub(super) fn zone(value: &Value<'_>, report: &mut Report<'_>) -> Option<Zone> {
    let text = text(value, report)?;
    if let Ok(zone) = text.parse() {
        return Some(zone);
    }
    let help = match nearest_zone(text) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write an IANA name such as `Europe/Berlin`, or an offset such as `+02:00`".into(),
    };
    report.invalid(
        value.span.clone(),
        format!("unknown time zone `{}`", shortened(text)),
        Some(help),
    );
    None
}

/// The zone that a text comes near to, in whole or in its city alone.
fn nearest_zone(text: &str) -> Option<&'static str> {
    nearest(text, dates::zone_names()).or_else(|| {
        let city = text.rsplit(['/', ' ']).next().unwrap_or(text);
        let last = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
        let meant = nearest(city, dates::zone_names().map(last))?;
        dates::zone_names().find(|name| last(name) == meant)
    })
}

/// `true` or `false`.
pub(super) fn boolean(value: &Value<'_>, report: &mut Report<'_>) -> Option<bool> {
    match value.is {
        DeValue::Boolean(is) => Some(*is),
        _ => expected(value, "`true` or `false`", report),
    }
}

/// A whole number in a range.
pub(super) fn whole(
    value: &Value<'_>,
    range: RangeInclusive<u32>,
    report: &mut Report<'_>,
) -> Option<u32> {
    match integer(value.is).and_then(|number| u32::try_from(number).ok()) {
        Some(number) if range.contains(&number) => Some(number),
        _ if *range.end() == u32::MAX => {
            expected(value, &format!("a whole number from {} up", range.start()), report)
        }
        _ => expected(
            value,
            &format!("a whole number from {} to {}", range.start(), range.end()),
            report,
        ),
    }
}

/// A whole percentage: `25` or `"25%"`.
pub(super) fn percentage(value: &Value<'_>, report: &mut Report<'_>) -> Option<u32> {
    let number = match value.is {
        DeValue::String(text) => percent(text),
        DeValue::Float(number) => number.as_str().parse().ok(),
        other => integer(other).and_then(|number| i32::try_from(number).ok()).map(f64::from),
    };
    let number: f64 = number.unwrap_or(f64::NAN);
    if let Some(whole) = (0..=100).find(|whole| f64::from(*whole) == number) {
        return Some(whole);
    }
    if 0.0 < number && number < 1.0 {
        // 0.25 was meant as a part of one.
        let meant = (number * 100.0).round();
        let message = format!("`{}` is a percentage, not a part of one", value.key);
        let help = format!("write {meant} for {meant} %");
        report.invalid(value.span.clone(), message, Some(help));
        return None;
    }
    expected(value, "a whole percentage from 0 to 100, as in `25` or `\"25%\"`", report)
}

/// The number of `25`, `25%` or `25 %`.
fn percent(text: &str) -> Option<f64> {
    let text = text.trim();
    text.strip_suffix('%').unwrap_or(text).trim_end().parse().ok()
}

/// One of a few names.
pub(super) fn name<T: Copy>(
    value: &Value<'_>,
    names: &[(&'static str, T)],
    report: &mut Report<'_>,
) -> Option<T> {
    let all: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
    let DeValue::String(text) = value.is else {
        return expected(value, &format!("one of {}", all.join(", ")), report);
    };
    if let Some((_, meant)) = names.iter().find(|(name, _)| name == text) {
        return Some(*meant);
    }
    let help = match nearest(text, names.iter().map(|(name, _)| *name)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the values are {}", all.join(", ")),
    };
    report.invalid(
        value.span.clone(),
        format!("`{}` cannot be `{}`", value.key, shortened(text)),
        Some(help),
    );
    None
}

/// A table.
pub(super) fn table<'v>(value: &Value<'v>, report: &mut Report<'_>) -> Option<&'v DeTable<'v>> {
    match value.is {
        DeValue::Table(table) => Some(table),
        _ => expected(value, &format!("a table, as in `[{}]`", value.key), report),
    }
}

/// One text, or an array of texts.
pub(super) fn strings(value: &Value<'_>, report: &mut Report<'_>) -> Option<Vec<String>> {
    texts(value, report, |_| Ok(()))
}

/// One name, or an array of names, each with its place.
pub(super) fn names(value: &Value<'_>, report: &mut Report<'_>) -> Option<Vec<Named>> {
    strings(value, report)?;
    let all: Vec<Named> = match value.is {
        DeValue::Array(values) => values
            .iter()
            .filter_map(|one| Some(report.named(one.span(), one.get_ref().as_str()?)))
            .collect(),
        one => vec![report.named(value.span.clone(), one.as_str().unwrap_or_default())],
    };
    Some(all)
}

/// A glob of files from the board's root.
pub(super) fn file_glob(span: Range<usize>, glob: &str, report: &mut Report<'_>) -> Option<String> {
    match lint::file_glob(glob) {
        Ok(_) => Some(glob.to_owned()),
        Err(error) => {
            let message =
                format!("the glob `{}` cannot be used: {}", shortened(glob), error.kind());
            report.invalid(span, message, None);
            None
        }
    }
}

fn text<'v>(value: &Value<'v>, report: &mut Report<'_>) -> Option<&'v str> {
    match value.is {
        DeValue::String(text) => Some(text),
        _ => expected(value, "a text in quotes", report),
    }
}

/// One text, or an array of texts, each of which passes a check.
fn texts(value: &Value<'_>, report: &mut Report<'_>, check: Check) -> Option<Vec<String>> {
    let DeValue::Array(values) = value.is else {
        let one = checked(value, "a text in quotes, or an array of them", check, report)?;
        return Some(vec![one]);
    };
    // All of them before any is missed, so that each wrong one is reported.
    let read: Vec<Option<String>> = values
        .iter()
        .map(|one| {
            let one = Value { key: value.key.clone(), span: one.span(), is: one.get_ref() };
            checked(&one, "only texts in quotes", check, report)
        })
        .collect();
    read.into_iter().collect()
}

/// Why a text cannot be used, if it cannot.
type Check = fn(&str) -> Result<(), String>;

fn checked(value: &Value<'_>, what: &str, check: Check, report: &mut Report<'_>) -> Option<String> {
    let DeValue::String(text) = value.is else {
        return expected(value, what, report);
    };
    match check(text) {
        Ok(()) => Some(text.to_string()),
        Err(why) => {
            report.invalid(value.span.clone(), why, None);
            None
        }
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// Reports that a value is not what its key asks for.
fn expected<T>(value: &Value<'_>, what: &str, report: &mut Report<'_>) -> Option<T> {
    let message = match value.is {
        DeValue::Integer(number) => {
            format!("`{}` cannot be {}", value.key, shortened(&number.to_string()))
        }
        DeValue::Float(number) => {
            format!("`{}` cannot be {}", value.key, shortened(&number.to_string()))
        }
        DeValue::Boolean(is) => format!("`{}` cannot be {is}", value.key),
        DeValue::String(text) => {
            format!("`{}` cannot be the text \"{}\"", value.key, shortened(text))
        }
        DeValue::Datetime(_) => format!("`{}` cannot be a date", value.key),
        DeValue::Array(_) => format!("`{}` cannot be an array", value.key),
        DeValue::Table(_) => format!("`{}` cannot be a table", value.key),
    };
    report.invalid(value.span.clone(), message, Some(format!("expected {what}")));
    None
}
