//! How people write a stretch of time: the grammar of [`Expression`].

use super::expression::{Expression, Extent, Stretch, Unit};
use super::tokens::{Kind, Token};
use crate::dates::Date;
use crate::source::Span;

/// Words that stand for a dash.
pub(super) const RANGE_WORDS: &[&str] = &["to", "through", "thru", "until", "till"];

/// A place among tokens. Its methods move on over what they read, and stay where they were when
/// they return `None` or `false`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t, 'a> {
    tokens: &'t [Token<'a>],
    /// Whether the stretch of time that was read last is written from its end to its beginning.
    is_reversed: bool,
}

impl<'t, 'a> Cursor<'t, 'a> {
    pub(super) fn new(tokens: &'t [Token<'a>]) -> Cursor<'t, 'a> {
        Cursor { tokens, is_reversed: false }
    }

    pub(super) fn rest(self) -> &'t [Token<'a>] {
        self.tokens
    }

    pub(super) fn peek(self) -> Option<Token<'a>> {
        self.tokens.first().copied()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.tokens = self.tokens.get(count..).unwrap_or_default();
    }

    /// Reads one of some words, in any letter case.
    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        let found = self.peek().is_some_and(|token| token.is_word(words));
        self.skip(found.into());
        found
    }

    pub(super) fn symbol(&mut self, symbols: &[char]) -> bool {
        let found = self.peek().is_some_and(|token| token.is_symbol(symbols));
        self.skip(found.into());
        found
    }

    pub(super) fn number(&mut self) -> Option<i32> {
        let Kind::Number(n) = self.peek()?.kind else { return None };
        self.skip(1);
        Some(n)
    }

    fn date(&mut self) -> Option<Date> {
        let Kind::Date(date) = self.peek()?.kind else { return None };
        self.skip(1);
        Some(date)
    }

    pub(super) fn unit(&mut self) -> Option<Unit> {
        let unit = self.peek().and_then(|token| token.unit())?;
        self.skip(1);
        Some(unit)
    }

    /// Reads a number of a unit. Days may be negative: `-14`, with a space before the dash, since
    /// `Day-1` is as often the first day.
    fn count(&mut self, unit: Unit) -> Option<i32> {
        let mut at = *self;
        let dash = at.dash();
        let negative = match dash {
            None => false,
            Some(dash) if unit == Unit::Day && !dash.glued && at.peek()?.glued => true,
            Some(_) => return None,
        };
        let n = at.number().filter(|n| *n <= unit.limit())?;
        *self = at;
        Some(if negative { -n } else { n })
    }

    fn dash(&mut self) -> Option<Token<'a>> {
        let dash = self.peek().filter(|token| token.kind == Kind::Dash)?;
        self.skip(1);
        Some(dash)
    }

    /// Reads what stands between the two ends of a range: a dash, `--`, or `to`.
    fn dash_or_to(&mut self) -> bool {
        if self.dash().is_some() {
            let doubled = self.peek().is_some_and(|token| token.kind == Kind::Dash && token.glued);
            self.skip(doubled.into());
            return true;
        }
        self.word(RANGE_WORDS)
    }

    /// Reads a stretch of time, with its place.
    pub(super) fn stretch(&mut self) -> Option<Stretch> {
        let before = *self;
        self.is_reversed = false;
        let expression = self.expression()?;
        let read = before.tokens.len().checked_sub(self.tokens.len())?;
        let (first, last) = (before.peek()?, before.tokens.get(read.checked_sub(1)?)?);
        let span = Span::new(first.at, last.at + last.text.len());
        Some(Stretch { expression, span, is_reversed: self.is_reversed })
    }

    /// Reads a stretch of time.
    pub(super) fn expression(&mut self) -> Option<Expression> {
        let mut at = *self;
        let found = match at.peek()?.kind {
            Kind::Date(_) => at.dates(),
            Kind::Number(_) => at.elapsed(),
            Kind::Word => at.ordinal().or_else(|| at.countdown()),
            Kind::Dash | Kind::Symbol(_) => None,
        }?;
        *self = at;
        Some(found)
    }

    fn dates(&mut self) -> Option<Expression> {
        let first = self.date()?;
        let mut at = *self;
        if (at.dash_or_to() || at.symbol(&[',']))
            && let Some(last) = at.date()
        {
            *self = Cursor { is_reversed: last < first, ..at };
            return Some(Expression::Dates(Extent::between(first, last)));
        }
        Some(Expression::Dates(Extent::At(first)))
    }

    fn elapsed(&mut self) -> Option<Expression> {
        let from = self.number()?;
        self.dash_or_to().then_some(())?;
        let to = self.number()?;
        let unit = self.unit()?;
        (from.max(to) <= unit.limit()).then_some(())?;
        self.is_reversed = to < from;
        Some(Expression::Elapsed(unit, from.min(to), from.max(to)))
    }

    fn ordinal(&mut self) -> Option<Expression> {
        let mut at = *self;
        let unit = at.unit()?;
        let first = at.count(unit)?;
        let last = at.list_end(unit, first).or_else(|| at.range_end(unit, first));
        let never_ends = at.open_end();
        let extent = match last {
            _ if never_ends => Extent::From(last.map_or(first, |last| first.min(last))),
            Some(last) => Extent::between(first, last),
            None => Extent::At(first),
        };
        *self = Cursor { is_reversed: last.is_some_and(|last| last < first), ..at };
        Some(Expression::Ordinal(unit, extent))
    }

    /// Reads the second half of a range: `– 7`, `to Day 7`.
    fn range_end(&mut self, unit: Unit, first: i32) -> Option<i32> {
        let mut at = *self;
        let tight = at.peek()?.glued;
        at.dash_or_to().then_some(())?;
        // `-14 -7` may mean 7 days before or after the start.
        if first < 0
            && !tight
            && matches!(at.peek()?, Token { kind: Kind::Number(_), glued: true, .. })
        {
            return None;
        }
        at.repeated(unit)?;
        let last = at.count(unit)?;
        *self = at;
        Some(last)
    }

    /// Reads a unit that may be said again, but not another one.
    fn repeated(&mut self, unit: Unit) -> Option<()> {
        let mut at = *self;
        if let Some(again) = at.unit() {
            (again == unit).then_some(())?;
            *self = at;
        }
        Some(())
    }

    /// Reads the rest of a list of neighbours (`, 2, 3`, `& 2`, `and 2`) or a comma that stands
    /// for a dash; returns the last number.
    fn list_end(&mut self, unit: Unit, first: i32) -> Option<i32> {
        let mut at = *self;
        let mut numbers = vec![first];
        let mut only_commas = true;
        loop {
            let mut next = at;
            let comma = next.symbol(&[',']);
            let and = next.symbol(&['&']) || next.word(&["and"]);
            if !(comma || and) || next.repeated(unit).is_none() {
                break;
            }
            let Some(n) = next.number() else { break };
            only_commas &= !and;
            numbers.push(n);
            at = next;
        }
        let last = *numbers.last()?;
        let neighbours = numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        let pair = only_commas && numbers.len() == 2 && last <= unit.limit();
        // `Day 1, 3 sessions` names one day.
        let ends = at.peek().is_none_or(|token| {
            token.kind == Kind::Dash || token.is_symbol(&[')', '(', ':', '）'])
        });
        let sound = numbers.len() > 1 && last <= unit.limit();
        if !sound || !(neighbours || pair) || (only_commas && !ends) {
            return None;
        }
        *self = at;
        Some(last)
    }

    /// Reads a `+` or `onwards` behind a number.
    fn open_end(&mut self) -> bool {
        let mut at = *self;
        let plus = at.peek().is_some_and(|token| token.glued) && at.symbol(&['+']);
        let open = if plus {
            at.peek().is_none_or(|token| !matches!(token.kind, Kind::Number(_)))
        } else {
            at.word(&["onward", "onwards"]) || at.word(&["and"]) && at.word(&["beyond", "onwards"])
        };
        if open {
            *self = at;
        }
        open
    }

    fn countdown(&mut self) -> Option<Expression> {
        let (first, sure, unit) = self.t()?;
        let mut at = *self;
        if at.dash_or_to()
            && let Some((last, _, last_unit)) = at.t()
        {
            // `T-3 to T-2 weeks`: the unit is said once for both.
            let (first, last) =
                (scaled(first, unit.or(last_unit)), scaled(last, last_unit.or(unit)));
            // Tasks are numbered upwards: `T-1 to T-3`.
            (first <= last || unit.or(last_unit).is_some()).then_some(())?;
            *self = Cursor { is_reversed: last < first, ..at };
            let extent = Extent::between(first, last);
            return Some(Expression::Countdown { extent, bare: false });
        }
        let extent = Extent::At(scaled(first, unit));
        Some(Expression::Countdown { extent, bare: !sure && unit.is_none() })
    }

    /// Reads `T-14` or `T-2 weeks`: the number, whether it can be no task's, and its unit.
    fn t(&mut self) -> Option<(i32, bool, Option<Unit>)> {
        let mut at = *self;
        at.word(&["t"]).then_some(())?;
        let after = at.symbol(&['+']);
        if !after {
            at.dash()?;
        }
        let digits = at.peek()?.text;
        let padded = digits.starts_with('0') && digits.len() > 1;
        let n = at.number()?;
        let unit = at.peek().and_then(|token| token.unit()).filter(|unit| *unit != Unit::Month);
        at.skip(unit.is_some().into());
        let limit = unit.unwrap_or(Unit::Day).limit();
        // Tasks are numbered `T-01` and `T-1042`.
        let a_task = unit.is_none() && !after && (padded || n > 365);
        (n <= limit && !a_task).then_some(())?;
        *self = at;
        Some((if after { n } else { -n }, after || n == 0, unit))
    }
}

fn scaled(n: i32, unit: Option<Unit>) -> i32 {
    // It cannot overflow: see `Unit::limit`.
    if unit == Some(Unit::Week) { 7 * n } else { n }
}

impl Token<'_> {
    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    pub(super) fn is_symbol(&self, symbols: &[char]) -> bool {
        matches!(self.kind, Kind::Symbol(c) if symbols.contains(&c))
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        [
            (Unit::Day, ["day", "days"]),
            (Unit::Week, ["week", "weeks"]),
            (Unit::Month, ["month", "months"]),
        ]
        .iter()
        .find(|(_, words)| self.is_word(words))
        .map(|(unit, _)| *unit)
    }
}
