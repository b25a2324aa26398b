//! How a window is written.

use super::cursor::Cursor;
use super::expression::{Stretch, Unit};
use super::tokens::{Kind, tokens};
use crate::source::Span;

/// A window as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The words in the text that was read: `Day 1–7` of `Legal (Target: Day 1–7)`.
    pub span: Span,
    /// What it is counted in; `None` of dates and of what counts down to `T`.
    pub unit: Option<Unit>,
    /// Whether it names its last day first, as in `Day 7–1`.
    pub is_reversed: bool,
    /// The words with the two ends of a reversed one in their order, where it is sure that they mean
    /// the same.
    pub turned: Option<String>,
}

impl Written {
    pub(super) fn new(stretch: Stretch, text: &str) -> Written {
        let Stretch { expression, span, is_reversed } = stretch;
        let turned = || turned(stretch, span.slice(text));
        Written {
            span,
            unit: expression.unit(),
            is_reversed,
            turned: is_reversed.then(turned).flatten(),
        }
    }
}

/// A reversed stretch of time with its two numbers or dates exchanged, if it then reads the same and
/// is no longer reversed.
fn turned(stretch: Stretch, words: &str) -> Option<String> {
    let all = tokens(words);
    let is_end = |kind: Kind| matches!(kind, Kind::Number(_) | Kind::Date(_));
    let ends: Vec<_> = all.iter().filter(|token| is_end(token.kind)).collect();
    let [first, last] = ends.as_slice() else { return None };
    let before = words.get(..first.at)?;
    let between = words.get(first.at + first.text.len()..last.at)?;
    let behind = words.get(last.at + last.text.len()..)?;
    let turned = format!("{before}{}{between}{}{behind}", last.text, first.text);
    let again = tokens(&turned);
    let mut at = Cursor::new(&again);
    let read = at.stretch().filter(|_| at.rest().is_empty())?;
    (read.expression == stretch.expression && !read.is_reversed).then_some(turned)
}

#[cfg(test)]
mod tests {
    use super::super::{Heading, item_written, written};

    /// The words of a heading's window, and what they should be.
    fn told(text: &str) -> Option<(String, bool, Option<String>)> {
        let found = written(&[Heading { text, parent: None }]);
        let found = found.into_iter().next().flatten()?;
        Some((found.span.slice(text).to_owned(), found.is_reversed, found.turned))
    }

    #[test]
    fn a_window_knows_its_words() {
        for (text, words) in [
            ("Légal (Target: Day 1–7)", "Day 1–7"),
            ("🚀 Week 2-3: Setup", "Week 2-3"),
            ("Foundation (0–30 Days) 🚀", "0–30 Days"),
            ("Contact (Ongoing, kickoff Day 1–15)", "Day 1–15"),
            ("Growth (Month 3+)", "Month 3+"),
            ("Launch (Due 2026-03-01)", "2026-03-01"),
        ] {
            assert_eq!(told(text), Some((words.to_owned(), false, None)), "{text}");
        }
        assert_eq!(told("Support (Ongoing)"), None);
    }

    #[test]
    fn a_reversed_window_is_turned_where_it_means_the_same() {
        for (text, words, turned) in [
            ("Day 7–1", "Day 7–1", Some("Day 1–7")),
            ("Setup (Days 14 to Day 3)", "Days 14 to Day 3", Some("Days 3 to Day 14")),
            ("Setup (30–0 Days)", "30–0 Days", Some("0–30 Days")),
            ("(T-2 to T-3 weeks)", "T-2 to T-3 weeks", Some("T-3 to T-2 weeks")),
            ("Day -7 to -14", "Day -7 to -14", Some("Day -14 to -7")),
            (
                "(2026-01-31 – 2026-01-05)",
                "2026-01-31 – 2026-01-05",
                Some("2026-01-05 – 2026-01-31"),
            ),
            // The signs would have to move as well.
            ("Day 7 to -14", "Day 7 to -14", None),
            ("(T+2 to T-1 weeks)", "T+2 to T-1 weeks", None),
        ] {
            let told = told(text).expect(text);
            assert_eq!(told, (words.to_owned(), true, turned.map(str::to_owned)), "{text}");
        }
        let item = item_written("Day 5-4: Train").expect("it has a window");
        assert_eq!(item.turned.as_deref(), Some("Day 4-5"));
    }
}
