//! A short text as numbers, days, words, dashes and symbols.

use crate::dates::Date;

/// One token of a heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins in the text, in bytes.
    pub(super) at: usize,
    /// Whether it follows the token before it without white space.
    pub(super) glued: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A run of ASCII digits; one that is too large for a number is [`i32::MAX`].
    Number(i32),
    /// A day of the calendar, written `YYYY-MM-DD`.
    Date(Date),
    /// A run of letters.
    Word,
    /// A hyphen, a dash of any length, or a minus sign.
    Dash,
    /// Any other character.
    Symbol(char),
}

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() || is_invisible(first) {
            glued &= !first.is_whitespace();
            first.len_utf8()
        } else {
            let token = token(rest, first, text.len() - rest.len(), glued);
            found.push(token);
            glued = true;
            token.text.len()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}

fn token(rest: &str, first: char, at: usize, glued: bool) -> Token<'_> {
    let (kind, length) = if first.is_ascii_digit() {
        let digits = run(rest, |c| c.is_ascii_digit());
        match date_at_start(rest) {
            Some(date) => (Kind::Date(date), 10),
            None => (Kind::Number(rest[..digits].parse().unwrap_or(i32::MAX)), digits),
        }
    } else if first.is_alphabetic() {
        (Kind::Word, run(rest, char::is_alphabetic))
    } else if is_dash(first) {
        (Kind::Dash, first.len_utf8())
    } else {
        (Kind::Symbol(first), first.len_utf8())
    };
    Token { kind, text: &rest[..length], at, glued }
}

/// The date that a text begins with, if no further digit follows it.
fn date_at_start(text: &str) -> Option<Date> {
    let ends = !text.as_bytes().get(10).is_some_and(u8::is_ascii_digit);
    text.get(..10).filter(|_| ends)?.parse().ok()
}

/// How many bytes at the start of a text satisfy a condition.
fn run(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c| !holds(c)).unwrap_or(text.len())
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Characters that only tell how a neighbour is drawn.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).iter().map(|token| token.kind).collect()
    }

    #[test]
    fn digits_and_letters_are_told_apart() {
        assert_eq!(
            kinds("T\u{2212}14days"),
            [Kind::Word, Kind::Dash, Kind::Number(14), Kind::Word]
        );
        assert_eq!(kinds("99999999999"), [Kind::Number(i32::MAX)]);
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(matches!(kinds("2026-03-01")[..], [Kind::Date(_)]));
        assert!(matches!(kinds("2026-02-30")[..], [Kind::Number(2026), ..]));
        assert!(matches!(kinds("2026-03-011")[..], [Kind::Number(2026), ..]));
    }

    #[test]
    fn tokens_know_whether_they_are_glued() {
        let glued: Vec<bool> = tokens("Day -7\u{fe0f}x").iter().map(|token| token.glued).collect();
        assert_eq!(glued, [false, false, true, true]);
    }
}
