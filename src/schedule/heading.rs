//! The window that a heading by itself names, and where in it that stands.
//!
//! Headings are full of numbers that are no windows. A window that is missed costs little, since
//! the item takes the one further out; one that is made up reports work as late that is not. So
//! whatever is in doubt is no window.

use super::cursor::Cursor;
use super::expression::{Expression, Extent, Stretch, Unit};
use super::start::at_start;
use super::tokens::{Kind, Token, tokens};
use super::written::Written;
use crate::model::WindowSpec;

/// Words that count a time from something other than the start.
pub(super) const BESIDE: &[&str] = &["before", "after", "prior", "out", "post"];

/// Those that also tell it of a title in front of the time: `Post-Launch (Week 1)`.
const IN_TITLE: &[&str] = &["after", "post"];

/// A window found in a heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// `None` for `(Ongoing)`.
    stretch: Option<Stretch>,
    /// Whether only the last day is meant, as in `by Week 2`.
    last_day_only: bool,
    /// Whether the other headings decide what it is: `30–60 Days` may be a length.
    in_doubt: bool,
}

impl Found {
    const ONGOING: Found = Found { stretch: None, last_day_only: false, in_doubt: false };

    pub(super) fn expression(self) -> Option<Expression> {
        self.stretch.map(|stretch| stretch.expression)
    }

    pub(super) fn window(self) -> WindowSpec {
        let spec = self.expression().map(Expression::window);
        let spec = spec.unwrap_or(WindowSpec { opens: None, closes: None });
        WindowSpec { opens: spec.opens.filter(|_| !self.last_day_only), ..spec }
    }

    /// How it is written, in the heading's text.
    pub(super) fn written(self, text: &str) -> Option<Written> {
        self.stretch.map(|stretch| Written::new(stretch, text))
    }

    /// The more precise of two windows in a heading wins: the one of lower rank.
    pub(super) fn rank(self) -> u8 {
        match self.expression() {
            Some(Expression::Dates(_)) => 0,
            Some(Expression::Countdown { .. }) => 1,
            Some(Expression::Ordinal(unit, _) | Expression::Elapsed(unit, ..)) => match unit {
                Unit::Day => 1,
                Unit::Week => 2,
                Unit::Month => 3,
            },
            None => 4,
        }
    }
}

/// What a heading by itself says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    pub(super) window: Option<Found>,
    /// A window only where it continues a sibling's: `30–60 Days`.
    pub(super) doubt: Option<Found>,
}

/// The window that an item's text begins with. Only a colon tells it from the item's own words.
pub(super) fn item_window(text: &str) -> Option<WindowSpec> {
    item_stretch(text).map(|stretch| stretch.expression.window())
}

/// How the window that an item's text begins with is written.
pub(super) fn item_written(text: &str) -> Option<Written> {
    item_stretch(text).map(|stretch| Written::new(stretch, text))
}

fn item_stretch(text: &str) -> Option<Stretch> {
    let (time, rest) = text.split_once(':')?;
    // The longest that is read: `Days -1000 – Days -1000`, with room for more white space.
    if time.len() > 60 || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(time);
    let mut at = Cursor::new(&tokens);
    let found = at.stretch().filter(|_| at.rest().is_empty())?;
    let relative =
        matches!(found.expression, Expression::Ordinal(..) | Expression::Countdown { .. });
    relative.then_some(found)
}

/// Reads one heading.
pub(super) fn read(text: &str) -> Reading {
    if !may_name_a_window(text) {
        return Reading::default();
    }
    let tokens = tokens(text);
    if says_before_or_after(&tokens) {
        return Reading::default();
    }
    let (doubts, windows): (Vec<Found>, Vec<Found>) =
        at_start(&tokens).into_iter().chain(in_parentheses(&tokens)).partition(|it| it.in_doubt);
    Reading {
        // The first of several that are equally precise.
        window: windows.into_iter().min_by_key(|found| found.rank()),
        doubt: doubts.first().copied(),
    }
}

/// Most headings have neither a number nor an `(Ongoing)`; they are done with here.
fn may_name_a_window(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(u8::is_ascii_digit)
        || bytes.windows(7).any(|word| word.eq_ignore_ascii_case(b"ongoing"))
}

/// Whether a parenthesis of the heading tells that its times count from something else.
fn says_before_or_after(tokens: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    tokens.iter().any(|token| {
        if opens(token) {
            depth += 1;
        } else if closes(token) {
            depth = depth.saturating_sub(1);
        }
        depth > 0 && token.is_word(BESIDE)
    })
}

fn opens(token: &Token<'_>) -> bool {
    token.is_symbol(&['(', '（'])
}

fn closes(token: &Token<'_>) -> bool {
    token.is_symbol(&[')', '）'])
}

/// A stretch of time after an optional `Target:`, `due`, `by`, `~` or `end of`.
///
/// `from_elsewhere` tells that it may count from something other than the start.
pub(super) fn labelled(at: &mut Cursor<'_, '_>, from_elsewhere: bool) -> Option<Found> {
    let mut is_labelled = false;
    let mut last_day_only = false;
    loop {
        if at.word(&["target"]) {
            is_labelled = true;
        } else if at.word(&["due", "by"]) || end_of(at) {
            is_labelled = true;
            last_day_only = true;
        } else if !at.symbol(&['~', '≈']) {
            break;
        }
        at.symbol(&[':']);
    }
    let stretch = at.stretch()?;
    let expression = stretch.expression;
    // A lone date heads the notes of a meeting; and nothing is due by the end of what never ends.
    let names_nothing = match expression {
        Expression::Dates(Extent::At(_)) => !is_labelled,
        Expression::Ordinal(_, Extent::From(_)) => last_day_only,
        _ => false,
    };
    let in_doubt = match expression {
        Expression::Elapsed(_, from, _) => from != 0 || from_elsewhere,
        Expression::Ordinal(..) => from_elsewhere && !is_labelled,
        Expression::Dates(_) | Expression::Countdown { .. } => false,
    };
    (!names_nothing).then_some(Found { stretch: Some(stretch), last_day_only, in_doubt })
}

/// Reads `end of`, `end-of` or `the end of`.
fn end_of(at: &mut Cursor<'_, '_>) -> bool {
    let mut next = *at;
    next.word(&["the"]);
    let mut found = next.word(&["end"]);
    if next.peek().is_some_and(|token| token.kind == Kind::Dash) {
        next.skip(1);
    }
    found &= next.word(&["of"]);
    if found {
        *at = next;
    }
    found
}

/// The windows that fill a parenthesis of a heading.
fn in_parentheses<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = Found> + 't {
    let after = tokens.iter().position(|token| token.is_word(IN_TITLE)).unwrap_or(usize::MAX);
    let starts = tokens.iter().enumerate().filter(|(_, token)| opens(token)).map(|(at, _)| at);
    starts.filter_map(move |start| {
        let before = start.checked_sub(1).and_then(|at| tokens.get(at));
        let mut at = Cursor::new(tokens.get(start + 1..)?);
        let found = labelled_or_ongoing(&mut at, after < start)?;
        let closed = at.peek().filter(closes).is_some();
        at.skip(1);
        // `Roll out (Day 3)` is not out of anything.
        let from_elsewhere = before.is_some_and(|it| it.is_word(BESIDE) && !it.is_word(&["out"]))
            || at.peek().is_some_and(|token| token.is_word(BESIDE));
        (closed && !from_elsewhere).then_some(found)
    })
}

fn labelled_or_ongoing(at: &mut Cursor<'_, '_>, from_elsewhere: bool) -> Option<Found> {
    if !at.word(&["ongoing"]) {
        return labelled(at, from_elsewhere);
    }
    if at.peek().is_some_and(|token| closes(&token)) {
        return Some(Found::ONGOING);
    }
    if !at.symbol(&[',', ';', ':']) && at.peek()?.kind == Kind::Dash {
        at.skip(1);
    }
    let kicked = at.word(&["kickoff"]) || at.word(&["kick"]) && kick_off(at);
    kicked.then_some(())?;
    at.symbol(&[':']);
    labelled(at, from_elsewhere)
}

fn kick_off(at: &mut Cursor<'_, '_>) -> bool {
    if at.peek().is_some_and(|token| token.kind == Kind::Dash) {
        at.skip(1);
    }
    at.word(&["off"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Point::{self, Date, Day, T};

    /// What a heading that stands alone names, as opening and closing day.
    fn named(text: &str) -> Option<(Option<Point>, Option<Point>)> {
        read(text).window.map(Found::window).map(|window| (window.opens, window.closes))
    }

    fn month(months: i32, days: i32) -> Point {
        Point::Month { months, days }
    }

    fn date(text: &str) -> Point {
        Date(text.parse().expect("a test's date is valid"))
    }

    fn check(cases: &[(&str, Point, Point)]) {
        for (text, opens, closes) in cases {
            assert_eq!(named(text), Some((Some(*opens), Some(*closes))), "{text}");
        }
    }

    #[test]
    fn ranges_open_and_close() {
        check(&[
            ("Day 1–7", Day(0), Day(7)),
            ("Days 1-30: Foundation", Day(0), Day(30)),
            ("DAY 3 — 9", Day(3), Day(9)),
            ("Day 1 - Day 7", Day(0), Day(7)),
            ("Day 1 -- 7", Day(0), Day(7)),
            ("Days 8 to 14 Training", Day(8), Day(14)),
            ("Days 8 through Day 14", Day(8), Day(14)),
            ("Day 7–1", Day(0), Day(7)),
            ("Days 1, 14: Setup", Day(0), Day(14)),
            ("Day 0–5", Day(0), Day(5)),
            ("Week 1", Day(0), Day(7)),
            ("Week 2-3", Day(8), Day(21)),
            ("~Week 5 - 7", Day(29), Day(49)),
            ("Weeks 1 & 2 Reviews", Day(0), Day(14)),
            ("Weeks 1, 2 and 3", Day(0), Day(21)),
            ("Week 1 – Week 2: Access", Day(0), Day(14)),
            ("Week 4: 3 calls", Day(22), Day(28)),
            ("Week 3 of 12", Day(15), Day(21)),
            ("Month 1", Day(0), month(1, -1)),
            ("Months 2−3", month(1, 0), month(3, -1)),
            ("Scale (Month 13-24)", month(12, 0), month(24, -1)),
            ("Day -14 to -7", Day(-14), Day(-7)),
            ("Day -14 – Day 0", Day(-14), Day(0)),
            ("Day -7 – 7", Day(-7), Day(7)),
            ("Day -14 – -7", Day(-14), Day(-7)),
            ("T-14 to T-7", T(-14), T(-7)),
            ("T-3 to T-2 weeks: Rehearsal", T(-21), T(-14)),
            ("(T+1 – T+5)", T(1), T(5)),
            ("Foundation (0–30 Days)", Day(0), Day(30)),
            ("0-4 weeks: Foundation", Day(0), Day(28)),
            ("Foundation (0 to 3 Months)", Day(0), month(3, -1)),
            ("Sprint (2026-01-05 – 2026-01-31)", date("2026-01-05"), date("2026-01-31")),
            ("2026-01-31 to 2026-01-05: Sprint", date("2026-01-05"), date("2026-01-31")),
        ]);
    }

    #[test]
    fn a_single_day_opens_with_the_window_around_it() {
        for (text, closes) in [
            ("Day 90 Health Check", Day(90)),
            ("Day 1: Access", Day(1)),
            ("Day 3's aims", Day(3)),
            ("Day 1: 3 calls", Day(1)),
            ("Review (Target: Day 90)", Day(90)),
            ("Day -14", Day(-14)),
            ("T-14 days", T(-14)),
            ("T-14: Tell the press", T(-14)),
            ("Press (T-2 Weeks)", T(-14)),
            ("T+3", T(3)),
            ("Launch (Due 2026-03-01)", date("2026-03-01")),
            ("Launch (due: 2026-03-01)", date("2026-03-01")),
            ("Launch (by 2026-03-01)", date("2026-03-01")),
            ("Due 2026-03-01: Launch", date("2026-03-01")),
            ("Launch (Target: by end of Week 2)", Day(14)),
            ("By the end of Month 2", month(2, -1)),
            ("Launch (due Day 1–7)", Day(7)),
        ] {
            assert_eq!(named(text), Some((None, Some(closes))), "{text}");
        }
    }

    #[test]
    fn some_windows_never_end() {
        for (text, opens) in [
            ("Month 3+", month(2, 0)),
            ("Month 1+", Day(0)),
            ("Growth (Week 5+)", Day(29)),
            ("Day 30+: Growth", Day(30)),
            ("Day 30 onwards", Day(30)),
            ("Month 2 and beyond", month(1, 0)),
        ] {
            assert_eq!(named(text), Some((Some(opens), None)), "{text}");
        }
        assert_eq!(named("Support (Ongoing)"), Some((None, None)));
        assert_eq!(named("Support (ONGOING)"), Some((None, None)));
    }

    #[test]
    fn a_kickoff_gives_ongoing_work_a_window() {
        let window = Some((Some(Day(0)), Some(Day(15))));
        assert_eq!(named("Contact (Ongoing, kickoff Day 1–15)"), window);
        assert_eq!(named("Contact (ongoing; kick-off: Days 1-15)"), window);
    }

    #[test]
    fn ornaments_and_numbering_stand_before_a_window() {
        for before in [
            "🚀 ", "1. ", "1) ", "(1) ", "3.2 ", "3.2. ", "#3 ", "# ", "**", "1️⃣ ", "📅 2. ",
            "IV. ", "B) ", "[", "– ",
        ] {
            let text = format!("{before}Week 2");
            assert_eq!(named(&text), Some((Some(Day(8)), Some(Day(14)))), "{text}");
        }
        for before in ["Phase 1: ", "Module 2 – ", "3 ", "Start ", "(Setup) "] {
            assert_eq!(named(&format!("{before}Week 2")), None, "{before}");
        }
    }

    #[test]
    fn the_most_precise_window_of_a_heading_wins() {
        check(&[
            ("Week 1: Setup (Days 2-5)", Day(2), Day(5)),
            ("Month 2 (Week 5-6)", Day(29), Day(42)),
            ("Day 1-7 (2026-01-05 – 2026-01-12)", date("2026-01-05"), date("2026-01-12")),
            ("Days 1-7 (Ongoing)", Day(0), Day(7)),
            ("Days 1-7 (Days 3-9)", Day(0), Day(7)),
            (
                "Post-Launch Support (Ongoing, kickoff 2026-01-05 – 2026-01-12)",
                date("2026-01-05"),
                date("2026-01-12"),
            ),
            ("Post-Launch (Target: Days 1-7)", Day(0), Day(7)),
            ("Roll out (Days 1-7)", Day(0), Day(7)),
            ("Setup （Days 1-7）", Day(0), Day(7)),
            ("Setup (see (Days 1-7))", Day(0), Day(7)),
        ]);
    }

    #[test]
    fn what_is_in_doubt_is_no_window() {
        for text in [
            "",
            "Ongoing Operations",
            "Onboarding",
            "30-Day Review",
            "30-60-90 Day Plan",
            "90 Day Check-in",
            "Post-Launch (Week 1)",
            "Setup before (Day 3)",
            "T-1 to T-3: Parsers",
            "After Launch (Days 1-7)",
            "Launch (30 Days)",
            "Launch (First 30 Days)",
            "Training (30–60 Days)",
            "Training (2-4 Weeks)",
            "Training (2 hours)",
            "Training (10-15 minutes)",
            "Preparation (2 Weeks Before)",
            "Preparation (2-4 Weeks Before)",
            "Day 3 after launch",
            "Day 3 (after launch)",
            "Setup (Day 3) after launch",
            "Day 30-post launch",
            "Week 1 prior to launch",
            "Week 2 out",
            "Follow up on day 3",
            "After Day 3",
            "Review (every Week 1)",
            "Weekly sync",
            "Every 2 weeks",
            "Week 1 of each quarter",
            "Day 1 of Month 2",
            "Week 2, Day 3: Rules",
            "Week 1 – Day 3",
            "Month 1 Week 2",
            "Q1 2026",
            "Quarter 2",
            "Month 2 Q3",
            "2026-01-05",
            "2026-01-05: Kickoff call",
            "Kickoff (2026-01-05)",
            "Launch (Due 2026-02-30)",
            "Day 1/2",
            "Day 30/60/90",
            "Day 1.5",
            "Day 1:30",
            "Day 3b",
            "Day 1st",
            "Day 1 - 2 hours",
            "Day 1 - 30-Day Plan",
            "Day 1-2-3",
            "Day 1, 15, 30",
            "Day 1, 3 calls",
            "Week 1 or 2",
            "Week 1 and Week 3",
            "Day 1 to go-live",
            "Week 1+2",
            "Day-14",
            "Week -2",
            "Day -14 -7",
            "Week 1 2026",
            "Day 2026",
            "Week 99999999999",
            "T-14 Handle retries",
            "T-014: Handle retries",
            "T-1042: Handle retries",
            "T-2 months",
            "T-2 hours",
            "Launch (Day 3, remote)",
            "Launch (Day 3",
            "By Month 3+",
            "(Ongoing from Day 3)",
            "(Ongoing, Day 3)",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn an_item_names_a_window_before_a_colon_only() {
        let window = |text| item_window(text).map(|window| (window.opens, window.closes));
        assert_eq!(window("Day 4-5: Train"), Some((Some(Day(4)), Some(Day(5)))));
        assert_eq!(window("Day 4: Train"), Some((None, Some(Day(4)))));
        assert_eq!(window("Week 2: Train"), Some((Some(Day(8)), Some(Day(14)))));
        assert_eq!(window("month 1: Train"), Some((Some(Day(0)), Some(month(1, -1)))));
        assert_eq!(window("T-3: Rehearse"), Some((None, Some(T(-3)))));
        for text in [
            "Day 4-5 Train",
            "Day 4:30",
            "Train: Day 4",
            "~Day 4: Train",
            "by Day 4: Train",
            "1. Day 4: Train",
            "0-30 Days: Train",
            "2026-01-05 – 2026-01-06: Train",
            "(Day 4): Train",
            ":",
            "",
        ] {
            assert_eq!(window(text), None, "{text}");
        }
    }
}
