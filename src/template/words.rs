//! The words of an item, exchanged for others where it stands: what it says of its owner and its dates
//! stays, and so do its quotes and its depth.

use std::ops::Range;

use super::Sheet;
use super::compare::{document, is_same};
use super::written::{bare_line, below, go_on};
use crate::model::{Item, RepoPath, State};
use crate::parse::{self, Options};
use crate::source::Span;

/// How many words of metadata are looked for behind the words of an item, and before them.
const MOST_BEHIND: usize = 24;
const MOST_BEFORE: usize = 8;

/// An item of a sheet, by its place.
#[derive(Clone, Copy)]
pub(super) struct Of<'a>(pub(super) &'a Sheet, pub(super) usize);

impl<'a> Of<'a> {
    fn item(self) -> &'a Item {
        &document(self.0).items[self.1]
    }

    /// The words behind the box, each with its place. Signs of quotes are no words.
    fn words(self) -> Vec<Span> {
        let (text, item) = (self.0.text(), self.item());
        let Some(close) = text[item.mark.end..item.span.end].find(']') else { return Vec::new() };
        let start = item.mark.end + close + 1;
        let below = below(self.0, self.1);
        let mut words = Vec::new();
        let mut at = start;
        for (number, line) in text[start..item.span.end].split_inclusive('\n').enumerate() {
            let bare = if number == 0 { line } else { bare_line(line, &below) };
            let first = at + line.len() - bare.len();
            let mut from = 0;
            for word in bare.split_inclusive(char::is_whitespace) {
                let trimmed = word.trim_end();
                if !trimmed.is_empty() {
                    words.push(Span::new(first + from, first + from + trimmed.len()));
                }
                from += word.len();
            }
            at += line.len();
        }
        words
    }

    fn slices(self, words: &[Span]) -> Vec<&'a str> {
        words.iter().map(|span| span.slice(self.0.text())).collect()
    }
}

/// Reads items by themselves.
pub(super) struct Alone<'a> {
    pub(super) path: &'a RepoPath,
    pub(super) options: &'a Options,
}

impl Alone<'_> {
    fn read(&self, words: &[&str]) -> Option<Item> {
        let text = format!("- [ ] {}\n", words.join(" "));
        parse::document(self.path, text.as_bytes(), self.options).items.into_iter().next()
    }

    /// Which of some words say what the item is about; the others are owners, dates and the like.
    fn core(&self, words: &[&str]) -> Option<Range<usize>> {
        let whole = self.read(words)?;
        let is_enough = |range: &Range<usize>| {
            self.read(&words[range.clone()]).is_some_and(|part| is_same(&part, &whole))
        };
        let end = (words.len().saturating_sub(MOST_BEHIND).max(1)..=words.len())
            .find(|end| is_enough(&(0..*end)))?;
        let start = (0..end.min(MOST_BEFORE)).rev().find(|start| is_enough(&(*start..end)))?;
        Some(start..end)
    }

    /// What stands in an item's place of the checklist once it has the words of `now` instead of those
    /// of `base`; `None` where they are written in another way, or would change what it says besides.
    pub(super) fn exchanged(
        &self,
        (here, base, now): (Of<'_>, Of<'_>, Of<'_>),
        end: &str,
    ) -> Option<(Span, String)> {
        let (here_at, base_at, now_at) = (here.words(), base.words(), now.words());
        let (ours, old, new) = (here.slices(&here_at), base.slices(&base_at), now.slices(&now_at));
        let (old, new_core) = (&old[self.core(&old)?], self.core(&new)?);
        let before = self.read(&ours)?;
        let at = ours.windows(old.len()).position(|words| words == old).filter(|at| {
            let words = [&ours[..*at], &new[new_core.clone()], &ours[at + old.len()..]].concat();
            self.read(&words)
                .is_some_and(|after| is_same(&after, now.item()) && says(&after) == says(&before))
        })?;
        let (first, last) = (now_at.get(new_core.start)?, now_at.get(new_core.end - 1)?);
        let (old_below, below) = (below(now.0, now.1), below(here.0, here.1));
        let written = &now.0.text()[first.start..last.end];
        let mut lines = written.lines();
        let mut words = lines.next().unwrap_or_default().trim_end().to_owned();
        lines.for_each(|line| go_on(&mut words, line, (&old_below, &below), end));
        let span = Span::new(here_at[at].start, here_at[at + old.len() - 1].end);
        Some((span, words))
    }
}

/// What an item says beside its words.
fn says(item: &Item) -> impl PartialEq + use<> {
    let of_time = (item.due, item.done_on, item.priority);
    let of_people = (item.owners.clone(), item.explicit_id.clone(), item.depends.clone());
    let of_state: (State, _, _, _) =
        (item.state, item.blocked_reason.clone(), item.required, item.optional);
    (of_time, of_people, of_state)
}
