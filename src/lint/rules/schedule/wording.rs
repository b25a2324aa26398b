//! What stands in a heading's parentheses that may be meant as a time.
//!
//! Most parentheses are about something else. Only one in which every single word is of the kind that
//! people name times with is taken for a time.

use std::ops::Range;

use crate::config::nearest;
use crate::schedule::{Numeric, numeric_dates};

/// What a parenthesis begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A word that mdboard reads: `Target:`, `Due`, `by`.
    Known,
    /// Another one that people write before a time: `Deadline:`, `Traget:`.
    Other,
    /// None.
    None,
}

/// A parenthesis of a heading.
#[derive(Clone, Debug)]
pub(super) struct Parenthesis<'t> {
    /// What stands in it, as a place in the title.
    pub(super) inside: Range<usize>,
    pub(super) label: Label,
    /// What stands behind the label.
    pub(super) value: &'t str,
}

/// Labels that mdboard reads.
const KNOWN: [&str; 3] = ["target", "due", "by"];

/// Labels that it does not read; only a colon makes labels of them.
const OTHERS: [&str; 7] = ["deadline", "timeline", "timeframe", "timing", "eta", "dates", "when"];

/// More parentheses than these are not looked at in one title: each may be looked for in its source.
const MOST: usize = 8;

/// The innermost parentheses of a title.
pub(super) fn parentheses(title: &str) -> impl Iterator<Item = Parenthesis<'_>> {
    let mut open = None;
    let all = title.char_indices().filter_map(move |(at, c)| {
        if matches!(c, '(' | '（') {
            open = Some(at + c.len_utf8());
        }
        let start = matches!(c, ')' | '）').then(|| open.take()).flatten()?;
        Some(parenthesis(start..at, title.get(start..at)?))
    });
    all.take(MOST)
}

fn parenthesis(inside: Range<usize>, text: &str) -> Parenthesis<'_> {
    let text = text.trim();
    let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, behind) = text.split_at(word);
    let value = behind.trim_start();
    let (has_colon, value) = match value.strip_prefix([':', ';', '=']) {
        Some(value) => (true, value.trim_start()),
        None => (false, value),
    };
    let is_one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    // `Traget:`, but not `Market:`.
    let is_mistyped = || {
        let meant = nearest(word, KNOWN.into_iter().chain(OTHERS)).unwrap_or_default();
        meant.len() > 3 && meant.chars().next() == word.chars().flat_map(char::to_lowercase).next()
    };
    let (label, value) = if is_one_of(&KNOWN) {
        (Label::Known, value)
    } else if has_colon && (is_one_of(&OTHERS) || is_mistyped()) {
        (Label::Other, value)
    } else {
        (Label::None, text)
    };
    Parenthesis { inside, label, value }
}

/// Whether a text begins with a word that mdboard reads before a time.
pub(super) fn is_labelled(text: &str) -> bool {
    parenthesis(0..text.len(), text).label == Label::Known
}

/// The dates in numbers in a title that must mean days to be done by: behind a label, or two of them
/// with nothing else. A lone date heads the notes of a meeting.
pub(super) fn dates(title: &str) -> impl Iterator<Item = (Range<usize>, Numeric)> {
    parentheses(title).flat_map(move |parenthesis| {
        let inside = title.get(parenthesis.inside.clone()).unwrap_or_default();
        let found: Vec<(Range<usize>, Numeric)> = numeric_dates(inside).collect();
        let has_only_dates = |words: Words| words.strong == 2 && words.units + words.counts == 0;
        let is_range = found.len() == 2 && Words::of(parenthesis.value).is_some_and(has_only_dates);
        let counts = parenthesis.label != Label::None || is_range;
        let start = parenthesis.inside.start;
        let shifted = found.into_iter().filter(move |_| counts);
        shifted.map(move |(place, date)| (place.start + start..place.end + start, date))
    })
}

/// Whether a parenthesis says when something is due, and nothing else.
pub(super) fn is_time(parenthesis: &Parenthesis<'_>) -> bool {
    let Some(words) = Words::of(parenthesis.value) else { return false };
    match parenthesis.label {
        // `(Week TBD)`, `(Weeks one to three)`, `(Day 3 or so)`, but not `(30 Days)`.
        Label::None => {
            let is_hedged = words.hedges > 0 && words.counts > 0;
            words.begins_with_unit && (words.in_letters + words.blanks > 0 || is_hedged)
        }
        Label::Known | Label::Other => words.strong > 0 || words.units > 0 && words.counts > 0,
    }
}

/// Whether a time is still to be filled in: `____`, `Day X–Y`, `TBD`. The question mark in `Q1?`
/// makes no blank of a quarter.
pub(super) fn is_blank(parenthesis: &Parenthesis<'_>) -> bool {
    let Some(words) = Words::of(parenthesis.value) else { return false };
    let is_only_blanks = words.blanks > 0 && words.strong == words.blanks;
    is_only_blanks || words.blanks > words.doubts || words.unknowns > 0
}

/// How many words of each kind a text has.
#[derive(Debug, Default)]
struct Words {
    all: usize,
    /// Those that name a time by themselves: a month, a quarter, a year, a date, a blank.
    strong: usize,
    /// Blanks among those.
    blanks: usize,
    /// Question marks and ellipses among those.
    doubts: usize,
    /// `day`, `weeks`.
    units: usize,
    /// Numbers, and what stands for one before a unit.
    counts: usize,
    /// Numbers in letters among those.
    in_letters: usize,
    /// Those among them that stand for any number: the `X` of `Day X`.
    unknowns: usize,
    /// Words that leave it open how exactly a time is meant.
    hedges: usize,
    begins_with_unit: bool,
}

const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MOMENTS: [&str; 7] = ["asap", "today", "tomorrow", "eod", "eow", "eom", "eoy"];
const BLANKS: [&str; 8] = ["tbd", "tbc", "tba", "xx", "mm", "dd", "yy", "yyyy"];
const UNITS: [&str; 12] = [
    "day", "days", "week", "weeks", "wk", "wks", "month", "months", "quarter", "quarters", "year",
    "years",
];
const NUMBERS: [&str; 15] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "x", "y", "n",
];
const COUNTS: [&str; 8] = ["first", "second", "third", "last", "next", "this", "end", "mid"];
const NEUTRAL: [&str; 21] = [
    "to",
    "through",
    "thru",
    "until",
    "till",
    "and",
    "or",
    "of",
    "the",
    "in",
    "on",
    "by",
    "early",
    "late",
    "start",
    "beginning",
    "middle",
    "around",
    "about",
    "within",
    "date",
];
/// `Day 3 or so`, `approx. Day 3`, `Day 3 at the latest`.
const HEDGES: [&str; 15] = [
    "so",
    "ish",
    "approx",
    "approximately",
    "roughly",
    "circa",
    "ca",
    "at",
    "latest",
    "later",
    "no",
    "than",
    "maybe",
    "probably",
    "ideally",
];

impl Words {
    /// `None`: some word has nothing to do with a time.
    fn of(text: &str) -> Option<Words> {
        // No time takes this long to say.
        const LONGEST: usize = 80;
        if text.len() > LONGEST {
            return None;
        }
        let mut words = Words::default();
        let mut at = 0;
        let mut dates = numeric_dates(text).peekable();
        while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some((place, _)) = dates.next_if(|(place, _)| place.start <= at) {
                words.strong();
                at = place.end;
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let is_part = |c: char| c.is_alphanumeric() == first.is_alphanumeric();
            let is_word = first.is_alphanumeric();
            let length = rest.find(|c| !is_part(c)).filter(|_| is_word);
            let length = match (is_word, length) {
                (true, length) => length.unwrap_or(rest.len()),
                (false, _) => first.len_utf8(),
            };
            match is_word {
                true => words.word(rest.get(..length)?)?,
                false => words.symbol(first, rest)?,
            }
            at += length;
        }
        Some(words)
    }

    fn strong(&mut self) {
        self.all += 1;
        self.strong += 1;
    }

    fn blank(&mut self) {
        self.strong();
        self.blanks += 1;
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let word = word.to_lowercase();
        let is_one_of = |words: &[&str]| words.contains(&word.as_str());
        if is_one_of(&MONTHS) || is_one_of(&WEEKDAYS) || is_one_of(&MOMENTS) || is_period(&word) {
            self.strong();
        } else if is_one_of(&BLANKS) {
            self.blank();
        } else if is_one_of(&UNITS) {
            self.begins_with_unit |= self.all == 0;
            self.all += 1;
            self.units += 1;
        } else if is_one_of(&NUMBERS) {
            self.all += 1;
            self.counts += 1;
            self.in_letters += 1;
            self.unknowns += usize::from(matches!(word.as_str(), "x" | "y" | "n"));
        } else if is_one_of(&COUNTS) || is_number(&word) {
            self.all += 1;
            self.counts += 1;
        } else if is_one_of(&HEDGES) {
            self.all += 1;
            self.hedges += 1;
        } else if is_one_of(&NEUTRAL) {
            self.all += 1;
        } else {
            return None;
        }
        Some(())
    }

    fn symbol(&mut self, symbol: char, rest: &str) -> Option<()> {
        match symbol {
            '_' if rest.starts_with("__") => self.blank(),
            '?' | '…' => {
                self.blank();
                self.doubts += 1;
            }
            '[' | '<' | '{' => self.blank(),
            ']' | '>' | '}' | '\'' | '’' | '_' | '~' | '≈' | '&' | '.' | ',' | ':' | '/' | '-'
            | '–' | '—' | '−' | '+' => {}
            white if white.is_whitespace() => {}
            _ => return None,
        }
        Some(())
    }
}

/// `Q1`, `H2`, `FY26`, `2026`.
fn is_period(word: &str) -> bool {
    let digits = |prefix: &str| {
        word.strip_prefix(prefix)
            .filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_year = word.len() == 4 && word.starts_with("20") && digits("20").is_some();
    is_year
        || digits("q").is_some_and(|n| ["1", "2", "3", "4"].contains(&n))
        || digits("h").is_some_and(|n| ["1", "2"].contains(&n))
        || digits("fy").is_some_and(|n| matches!(n.len(), 2 | 4))
}

/// `30`, `1st`.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.get(digits..).unwrap_or_default();
    (1..=4).contains(&digits) && ["", "st", "nd", "rd", "th"].contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(title: &str) -> Vec<&str> {
        let times = parentheses(title).filter(is_time);
        times.map(|it| &title[it.inside]).collect()
    }

    #[test]
    fn a_parenthesis_that_is_all_time_is_one() {
        for inside in [
            "Target: Q1",
            "Target: Day one",
            "Due Jul 2026",
            "Weeks TBD",
            "Target: ____",
            "Target: [Date]",
            "by end of March",
            "by Friday",
            "due in 2 weeks",
            "Target: 30 days",
            "Target: end of Q3 2026",
            "Due: 31/12/2026",
            "Deadline: Week 2",
            "Traget: Day 3",
            "Targets: Day 3",
            "Target; Day 3",
            "Target = Day 3",
            "Timline: Q1",
            "Timeline: Q1–Q2",
            "Week ___",
            "Days X–Y",
            "Target: H2'26",
            "Due by the 1st of May",
            "Due ASAP",
            "Target: Day 3 or so",
            "Target: Day 10-ish",
            "Target: approx. Day 7",
            "Due roughly Week 2",
            "by Day 7 at the latest",
            "Day 3 or so",
        ] {
            assert_eq!(times(&format!("Légal ({inside})")), [inside]);
        }
    }

    #[test]
    fn any_other_word_makes_it_something_else() {
        for title in [
            "Training (2 hours)",
            "Training (30 minutes)",
            "Setup (First 30 Days)",
            "Setup (30 Days)",
            "Setup (2-4 Weeks)",
            "Segment (Target: Enterprise)",
            "Segment (Target: 10 partners)",
            "Segment (Target: 80%)",
            "Segment (Target: $1M)",
            "Segment (Target: 25)",
            "Segment (Traget: 25)",
            "Segment (Market: Day 3)",
            "Segment (Be: Day 3)",
            "Segment (Target)",
            "Check (Due Diligence)",
            "Check (Due date)",
            "Check (due)",
            "Revenue (by Month)",
            "Revenue (by quarter)",
            "Revenue (by role)",
            "Revenue (by @anna)",
            "Revenue (MRR)",
            "Plan (Q1 2026)",
            "Plan (March 2026)",
            "Plan (Week 2)",
            "Plan (Day 30/60/90)",
            "Plan (Target: 3 calls per week)",
            "Plan (Target: 2 weeks before launch)",
            "Plan (TBD)",
            "Plan (?)",
            "Plan (Timeline)",
            "Plan (Monthly)",
            "Plan (or so)",
            "Plan (Target: 25 or so)",
            "Plan (Day of no return)",
            "Plan (no later than needed)",
            "Plan (30 Days or so)",
            "Plan ()",
            "Plan (",
        ] {
            assert_eq!(times(title), [""; 0], "{title}");
        }
    }

    #[test]
    fn one_underscore_is_no_blank() {
        assert_eq!(times("Plan (Target: _)"), [""; 0]);
        assert_eq!(times("Plan (Target: __)"), ["Target: __"]);
    }

    #[test]
    fn dates_count_behind_a_label_or_in_pairs() {
        let places = |title| dates(title).map(|(place, _)| &title[place]).collect::<Vec<&str>>();
        assert_eq!(places("Ü (Due 3/4/2026) (5/4/2026)"), ["3/4/2026"]);
        assert_eq!(places("Ü (3/4/2026 to 5/4/2026)"), ["3/4/2026", "5/4/2026"]);
        assert_eq!(places("Ü (3/4/2026, call of 5/4/2026) 3/4/2026"), [""; 0]);
    }
}
