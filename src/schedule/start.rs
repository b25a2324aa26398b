//! The window that a heading begins with: what may stand before it and what behind.

use super::cursor::{Cursor, RANGE_WORDS};
use super::expression::Expression;
use super::heading::{BESIDE, Found, labelled};
use super::tokens::{Kind, Token};

/// Words that count a time from something else right behind it, besides [`BESIDE`].
const BEHIND: &[&str] = &[
    "ago",
    "ahead",
    "beyond",
    "earlier",
    "following",
    "from",
    "later",
    "left",
    "onward",
    "onwards",
    "or",
    "per",
    "pre",
    "remaining",
    "since",
    "within",
];

/// Words that make a length of a time or a rhythm of it, right behind it.
const MEASURES: &[&str] = &[
    "am",
    "annual",
    "biweekly",
    "daily",
    "each",
    "every",
    "h",
    "hour",
    "hours",
    "hr",
    "hrs",
    "m",
    "min",
    "mins",
    "minute",
    "minutes",
    "month",
    "monthly",
    "months",
    "pm",
    "q",
    "quarter",
    "quarterly",
    "quarters",
    "sec",
    "second",
    "seconds",
    "week",
    "weekly",
    "weeks",
    "year",
    "yearly",
    "years",
    "day",
    "days",
    "yr",
    "yrs",
];

/// The window that a heading begins with, after ornaments and numbering.
pub(super) fn at_start(tokens: &[Token<'_>]) -> Option<Found> {
    let mut at = Cursor::new(tokens);
    while skip_numbering(&mut at) || skip_ornament(&mut at) {}
    let found = labelled(&mut at, false)?;
    title_may_follow(at, found).then_some(found)
}

fn skip_ornament(at: &mut Cursor<'_, '_>) -> bool {
    let ornament = at.peek().is_some_and(|token| match token.kind {
        Kind::Dash => true,
        Kind::Symbol(c) => !matches!(c, '(' | '（' | '~'),
        Kind::Number(_) | Kind::Date(_) | Kind::Word => false,
    });
    at.skip(ornament.into());
    ornament
}

/// Skips `1.`, `1)`, `(1)`, `#1`, `3.2`, `IV.`, `B)` or a keycap.
fn skip_numbering(at: &mut Cursor<'_, '_>) -> bool {
    let mut next = *at;
    let hash = next.symbol(&['#']);
    let bracket = !hash && next.symbol(&['(']);
    let Some(first) = next.peek() else { return false };
    let number = matches!(first.kind, Kind::Number(_));
    if !(number || is_ordinal_letters(first)) {
        return false;
    }
    next.skip(1);
    let mut dotted = false;
    while let [dot, part, ..] = next.rest()
        && dot.glued
        && dot.is_symbol(&['.'])
        && part.glued
        && matches!(part.kind, Kind::Number(_))
    {
        next.skip(2);
        dotted = true;
    }
    const KEYCAP: char = '\u{20e3}';
    let enders: &[char] = if bracket { &[')'] } else { &['.', ')', KEYCAP] };
    let ended = next.peek().is_some_and(|token| token.glued) && next.symbol(enders);
    let apart = next.peek().is_some_and(|token| !token.glued);
    let numbering = ended || ((dotted || hash && number) && !bracket && apart);
    if numbering {
        *at = next;
    }
    numbering
}

/// Whether a word is a single letter or a Roman number.
fn is_ordinal_letters(token: Token<'_>) -> bool {
    let roman = token.text.bytes().all(|byte| b"IVXLC".contains(&byte));
    token.kind == Kind::Word && (token.text.len() == 1 || roman)
}

/// Whether what stands behind a time at a heading's start leaves it a window.
fn title_may_follow(at: Cursor<'_, '_>, found: Found) -> bool {
    let mut next = at;
    let Some(first) = at.peek() else { return true };
    next.skip(1);
    let bare = matches!(found.expression(), Some(Expression::Countdown { bare: true, .. }));
    match first.kind {
        Kind::Number(_) | Kind::Date(_) => false,
        Kind::Word => {
            let another = first.is_word(&["and"]) && begins_a_time(next);
            let of_another = first.is_word(&["of"]) && !next_is_number(next);
            let excluded = [BESIDE, BEHIND, MEASURES, RANGE_WORDS];
            let ruled_out = excluded.iter().any(|words| first.is_word(words));
            !(first.glued || bare || another || of_another || ruled_out)
        }
        Kind::Dash => {
            let joined = next.peek().is_some_and(|token| token.glued && token.is_word(BESIDE));
            let beside = joined && first.glued;
            !(beside || begins_a_time(next))
        }
        // `Day 1: 3 calls` is fine, `Day 1:30` is not.
        Kind::Symbol(':') => !next_is_number(next) || next.peek().is_some_and(|it| !it.glued),
        Kind::Symbol('(' | '（') => true,
        Kind::Symbol('%') => false,
        Kind::Symbol(_) => !begins_a_time(next),
    }
}

fn next_is_number(at: Cursor<'_, '_>) -> bool {
    at.peek().is_some_and(|token| matches!(token.kind, Kind::Number(_) | Kind::Date(_)))
}

fn begins_a_time(mut at: Cursor<'_, '_>) -> bool {
    while at.peek().is_some_and(|token| token.kind == Kind::Dash) {
        at.skip(1);
    }
    next_is_number(at) || at.unit().is_some()
}
