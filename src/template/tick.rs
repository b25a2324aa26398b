//! One box, ticked or opened again: nothing but what stands between its brackets changes, and what is
//! said behind its text of why it waits and when it was done.

use super::Sheet;
use super::edits::Edits;
use crate::dates::Date;
use crate::model::{Item, RepoPath, State};
use crate::parse::Options;
use crate::source::Span;

/// Why a box stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untickable {
    /// There is no such item.
    #[error("the file has no such item any more")]
    NoItem,
    /// No plain box stands in its section, which others are items beside.
    #[error("a box like that is an item only in a section with a plain one, `- [ ]`")]
    Alone,
    /// It is so already.
    #[error("it is {} already", .0.name())]
    Already(State),
    /// It has items under it, whose states are its own.
    #[error("it is done when what stands under it is (items: {0})")]
    IsParent(usize),
    /// Text behind the box says more than the box can.
    #[error("its text says that it is {}, whatever stands in the box", .0.name())]
    TextSays(State),
    /// No box of this board means that.
    #[error("no box means {} on this board", .0.name())]
    NoBox(State),
    /// With what is to stand behind its text, the item would say something else as well.
    #[error("with `{0}` behind it, it would be read as something else")]
    Unsayable(String),
}

/// The text with an item in another state: by its place among the items. A reason or a date takes the
/// place of the one that is there; either goes when the item leaves the state that it belongs to.
///
/// # Errors
///
/// The item cannot be in that state by its box, or cannot say the reason.
pub fn tick(
    text: &str,
    path: &RepoPath,
    options: &Options,
    at: usize,
    (state, reason, date): (State, Option<&str>, Option<Date>),
) -> Result<String, Untickable> {
    let sheet = Sheet::of(path, text, options);
    let item = sheet.close.document.items.get(at).ok_or(Untickable::NoItem)?;
    if item.children > 0 {
        return Err(Untickable::IsParent(item.children));
    }
    if item.state == state && reason.is_none() && date.is_none() {
        return Err(Untickable::Already(state));
    }
    let reason = reason.map(folded);
    let mark = mark(state, item.mark.slice(text), options).ok_or(Untickable::NoBox(state))?;
    let to = To { state, reason: reason.as_deref(), date };
    let read = (&sheet, path, options);
    match marked(read, at, &mark, to) {
        // Where its box would be none, its text can say it alone.
        Err(Untickable::Alone) if state == State::Blocked && reason.is_some() => {
            marked(read, at, " ", to)
        }
        other => other,
    }
}

/// What an item is to become.
#[derive(Clone, Copy)]
struct To<'a> {
    state: State,
    reason: Option<&'a str>,
    date: Option<Date>,
}

/// The text with an item's box holding a mark, and with its reason or date, in the plainest way to
/// write these that says what is meant.
fn marked(
    (sheet, path, options): (&Sheet, &RepoPath, &Options),
    at: usize,
    mark: &str,
    to: To<'_>,
) -> Result<String, Untickable> {
    let (text, items) = (sheet.text(), &sheet.close.document.items);
    let item = items.get(at).ok_or(Untickable::NoItem)?;
    let To { state, reason, date } = to;
    let mut why = Untickable::Alone;
    for mut edits in behind(sheet, item, reason, date) {
        edits.replace(item.mark, mark);
        if (state != State::Blocked || reason.is_some())
            && let Some(said) = blocked(sheet, item)
        {
            edits.remove(said);
        }
        if state != State::Done
            && let Some(said) = done(sheet, item)
        {
            edits.remove(said);
        }
        let new = edits.apply(text);
        let again = Sheet::of(path, &new, options);
        let now = again.close.document.items.get(at).filter(|now| now.line == item.line);
        let now = now.filter(|_| again.close.document.items.len() == items.len());
        let said = reason.map(str::to_owned).or_else(|| date.map(|date| date.to_string()));
        let is_said = |now: &Item| {
            (reason.is_none() || now.blocked_reason.as_deref() == reason)
                && (date.is_none() || now.done_on == date)
                && is_same(now, item)
        };
        why = match now {
            None => Untickable::Alone,
            Some(now) if now.state != state => Untickable::TextSays(now.state),
            Some(now) if said.is_some() && !is_said(now) => {
                Untickable::Unsayable(said.unwrap_or_default())
            }
            Some(_) => return Ok(new),
        };
    }
    Err(why)
}

/// The ways to write a reason or a date behind an item, the plainest first.
fn behind(sheet: &Sheet, item: &Item, reason: Option<&str>, date: Option<Date>) -> Vec<Edits> {
    let text = sheet.text();
    let end = text[..item.span.end].trim_end().len();
    let with = |span: Span, new: String| {
        let mut edits = Edits::default();
        edits.replace(span, new);
        edits
    };
    let last = Span::new(end, end);
    match (reason, date) {
        (Some(reason), _) => [reason.to_owned(), escaped(reason)]
            .map(|reason| with(last, format!(" (blocked: {reason})")))
            .into(),
        (None, Some(date)) => {
            let there =
                item.done_on.into_iter().flat_map(|said| places(sheet, item, &said.to_string()));
            let mut all: Vec<Edits> = there.map(|span| with(span, date.to_string())).collect();
            if item.done_on.is_none() {
                all.push(with(last, format!(" ✅ {date}")));
            }
            all
        }
        (None, None) => vec![Edits::default()],
    }
}

/// A reason on one line.
fn folded(reason: &str) -> String {
    let plain = reason.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same with nothing in it that is markup.
fn escaped(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    for char in reason.chars() {
        if char.is_ascii_punctuation() && !"(),.'\"?;/%+-".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// Whether two readings of an item agree in all that neither box nor reason nor day of doing it says.
fn is_same(one: &Item, other: &Item) -> bool {
    one.identity == other.identity
        && one.owners == other.owners
        && (&one.due, &one.window) == (&other.due, &other.window)
        && (&one.explicit_id, &one.depends) == (&other.explicit_id, &other.depends)
        && (one.priority, one.required, one.optional)
            == (other.priority, other.required, other.optional)
}

/// Where some words stand behind a box, code left out.
fn places(sheet: &Sheet, item: &Item, words: &str) -> Vec<Span> {
    let start = item.mark.end;
    let found = sheet.text()[start..item.span.end].match_indices(words);
    let spans = found.map(|(at, _)| Span::new(start + at, start + at + words.len()));
    spans.filter(|span| !sheet.close.syntax.is_code(span.start)).collect()
}

/// What stands in the box of a state; `None` where no box means it.
fn mark(state: State, before: &str, options: &Options) -> Option<String> {
    let plain = match state {
        State::Open => return Some(" ".to_owned()),
        State::Done if before == "X" => return Some("X".to_owned()),
        State::Done => return Some("x".to_owned()),
        State::NotApplicable => return Some("N/A".to_owned()),
        State::InProgress => '/',
        State::Blocked => '!',
        State::Deferred => '>',
        State::Cancelled => '-',
    };
    let is_known = matches!(state, State::InProgress | State::Blocked);
    match options.states.get(&plain) {
        Some(meant) if *meant == state => Some(plain.to_string()),
        None if is_known => Some(plain.to_string()),
        _ => {
            let other = options.states.iter().find(|(_, meant)| **meant == state);
            other.map(|(letter, _)| letter.to_string())
        }
    }
}

/// Where a reason for waiting stands, with the space before it.
fn blocked(sheet: &Sheet, item: &Item) -> Option<Span> {
    // Where the text has a say and says nothing of it, what looks like it is something else.
    let is_silent = matches!(item.state, State::Open | State::InProgress | State::Blocked);
    if item.blocked_reason.is_none() && is_silent {
        return None;
    }
    let text = sheet.text();
    let start = places(sheet, item, "(blocked: ").first()?.start;
    // Brackets of all kinds count, as they do for who reads it.
    let mut depth = 0;
    let closes = |char: char| {
        depth += i32::from("([{".contains(char)) - i32::from(")]}".contains(char));
        depth == 0
    };
    let end = start + text[start..item.span.end].find(closes)? + 1;
    Some(Span::new(text[..start].trim_end().len(), end))
}

/// Where `✅ 2026-03-01` stands, with the space before it.
fn done(sheet: &Sheet, item: &Item) -> Option<Span> {
    let text = sheet.text();
    places(sheet, item, &item.done_on?.to_string()).into_iter().find_map(|day| {
        let before = text[..day.start].trim_end_matches([' ', '\u{fe0f}']).strip_suffix('✅')?;
        Some(Span::new(before.trim_end().len(), day.end))
    })
}
