//! One box, ticked or opened again: nothing but what stands between its brackets changes, and what is
//! asked for behind its text.

use super::Sheet;
use super::edits::Edits;
use crate::dates::Date;
use crate::model::{RepoPath, State};
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
    #[error("it is a heading for {0} items, and done when they are")]
    IsParent(usize),
    /// Text behind the box says more than the box can.
    #[error("its text says that it is {}, whatever stands in the box", .0.name())]
    TextSays(State),
}

/// The text with an item in another state: by its place among the items.
///
/// # Errors
///
/// The item cannot be in that state by its box.
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
    let mut edits = Edits::default();
    edits.replace(item.mark, mark(state, item.mark.slice(text)));
    let mut behind = String::new();
    if let Some(reason) = reason.filter(|_| state == State::Blocked) {
        behind.push_str(&format!(" (blocked: {reason})"));
    }
    if let Some(date) = date {
        behind.push_str(&format!(" ✅ {date}"));
    }
    let end = item.span.end;
    let trimmed = text[..end].trim_end().len();
    edits.insert(trimmed, behind);
    if state != State::Blocked
        && let Some(said) = blocked(&text[item.mark.end..end])
    {
        let start = item.mark.end + said.start;
        edits.remove(Span::new(start, item.mark.end + said.end));
    }
    let new = edits.apply(text);
    let again = Sheet::of(path, &new, options);
    let now = again.close.document.items.get(at).filter(|now| now.line == item.line);
    match now {
        Some(now) if now.state == state => Ok(new),
        Some(now) => Err(Untickable::TextSays(now.state)),
        None => Err(Untickable::Alone),
    }
}

/// What stands in the box of a state.
fn mark(state: State, before: &str) -> &'static str {
    match state {
        State::Open => " ",
        State::Done if before == "X" => "X",
        State::Done => "x",
        State::InProgress => "/",
        State::Blocked => "!",
        State::Deferred => ">",
        State::Cancelled => "-",
        State::NotApplicable => "N/A",
    }
}

/// Where a reason for waiting stands, with the space before it: it goes when the waiting ends.
fn blocked(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find("(blocked: ")?;
    let mut depth = 0;
    let closes = |char: char| {
        depth += i32::from(char == '(') - i32::from(char == ')');
        depth == 0
    };
    let end = start + text[start..].find(closes)? + 1;
    let before = text[..start].trim_end().len();
    Some(before..end)
}
