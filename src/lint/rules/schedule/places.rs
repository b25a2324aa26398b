//! Where windows and dates stand in a file. A document knows what they mean and on which line.

use std::ops::Range;

use super::wording::dates;
use crate::config::shortened;
use crate::dates::Date;
use crate::lint::page::{Kind, Page};
use crate::model::{DueSpec, Item, Point, State, WindowSpec};
use crate::schedule::{self, Heading, Numeric, Written};
use crate::source::Span;

/// The windows that a page's headings name, as they are written.
pub(super) struct Windows<'p, 'a> {
    page: &'p Page<'a>,
    written: Vec<Option<Written>>,
}

impl<'p, 'a> Windows<'p, 'a> {
    pub(super) fn of(page: &'p Page<'a>) -> Windows<'p, 'a> {
        let sections = page.document.sections.iter();
        let headings: Vec<Heading<'_>> = sections
            .map(|section| Heading { text: &section.title, parent: section.parent })
            .collect();
        Windows { page, written: schedule::written(&headings) }
    }

    /// The sections that name a window, where items are looked for, by index.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, WindowSpec)> {
        let sections = self.page.document.sections.iter().enumerate();
        sections
            .filter(|(_, section)| self.page.is_tracked(section.span.start))
            .filter_map(|(at, section)| Some((at, section.window?)))
    }

    /// The nearest of a section and those around it that names a window.
    pub(super) fn around(&self, section: Option<usize>) -> Option<(usize, WindowSpec)> {
        let sections = &self.page.document.sections;
        let mut at = section;
        while let Some(section) = at.and_then(|at| sections.get(at)) {
            if let (Some(at), Some(window)) = (at, section.window) {
                return Some((at, window));
            }
            at = section.parent;
        }
        None
    }

    /// How a section's window is written.
    pub(super) fn written(&self, at: usize) -> Option<&Written> {
        self.written.get(at)?.as_ref()
    }

    /// A section's window in its author's words, else the heading.
    pub(super) fn words(&self, at: usize) -> String {
        let title = self.page.document.sections.get(at).map_or("", |section| &section.title);
        let words = self.written(at).map_or(title, |written| written.span.slice(title));
        shortened(words)
    }

    /// Where a section's window stands, if that is certain.
    pub(super) fn exact(&self, at: usize) -> Option<Span> {
        let section = self.page.document.sections.get(at)?;
        in_heading(self.page, at, self.written(at)?.span.slice(&section.title))
    }

    /// Where a section's window stands, else its heading.
    pub(super) fn place(&self, at: usize) -> Span {
        let section = self.page.document.sections.get(at);
        let due = section.and_then(|section| section.window?.closes);
        let by_token = || {
            let span = section?.span;
            value(self.page.slice(span), due?).map(|place| Span::from(place).shifted(span.start))
        };
        self.exact(at).or_else(by_token).unwrap_or_else(|| heading(self.page, at))
    }
}

/// A section's heading without white space at its end.
pub(super) fn heading(page: &Page<'_>, at: usize) -> Span {
    let span = page.document.sections.get(at).map(|section| section.span).unwrap_or_default();
    Span::new(span.start, span.start + page.slice(span).trim_end().len())
}

/// Where words of a section's title stand in its heading, if they stand there once.
pub(super) fn in_heading(page: &Page<'_>, at: usize, words: &str) -> Option<Span> {
    let span = page.document.sections.get(at)?.span;
    let mut found = page.slice(span).match_indices(words);
    let (start, _) = found.next().filter(|_| !words.is_empty())?;
    found.next().is_none().then(|| Span::new(start, start + words.len()).shifted(span.start))
}

/// Where an item's own due date stands, else its text.
pub(super) fn due_of(page: &Page<'_>, item: &Item) -> Span {
    let own = || {
        let place = value(page.slice(item.span), item.due?)?;
        Some(Span::from(place).shifted(item.span.start))
    };
    let window = || {
        let written = schedule::item_written(&item.text).filter(|_| item.due.is_none())?;
        let words = written.span.slice(&item.text);
        let start = item.span.start + page.slice(item.span).find(words)?;
        Some(Span::new(start, start + words.len()))
    };
    own().or_else(window).unwrap_or_else(|| page.text_of(item))
}

/// Where the value stands that gives a due date: behind `due` or `📅`.
fn value(text: &str, due: DueSpec) -> Option<Range<usize>> {
    let behind_key = |at: usize| {
        let rest = text.get(at..)?;
        let is_due = rest.get(..3).is_some_and(|key| key.eq_ignore_ascii_case("due"));
        let length =
            if is_due { Some(3) } else { rest.starts_with('📅').then_some('📅'.len_utf8()) };
        Some(at + length?)
    };
    let places = text.char_indices().map(|(at, _)| at);
    places.filter_map(behind_key).find_map(|behind| value_at(text, behind, due))
}

/// Where a due date stands that begins right behind a key, or behind a separator or a word there.
fn value_at(text: &str, behind: usize, due: DueSpec) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    let rest = text.get(behind..)?.trim_start_matches([':', '(', ' ', '\u{fe0f}']);
    let word = ["by ", "on "].into_iter().find(|word| rest.starts_with(word));
    let rest = word.and_then(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let start = text.len() - rest.len();
    let ends = rest.char_indices().take(LONGEST).filter(|(_, c)| !c.is_alphanumeric());
    let ends = ends.map(|(at, _)| at).chain((rest.len() <= LONGEST).then_some(rest.len()));
    let mut values = ends.filter_map(|end| rest.get(..end));
    let found = values.find(|value| schedule::due_spec(value) == Ok(due))?.trim_end();
    Some(start..start + found.len())
}

/// The first line of the front matter.
pub(super) fn front_matter(page: &Page<'_>) -> Option<Span> {
    let block = page.document.front_matter.span?;
    Some(Span::new(block.start, page.line(page.line_of(block.start)).end.max(block.start)))
}

/// Whether an item is work to be done: neither done nor waived nor put off, by its own box or that
/// of an item around it.
pub(super) fn is_open(page: &Page<'_>, item: &Item) -> bool {
    let is_off = |item: &Item| item.state.is_waived() || item.state == State::Deferred;
    item.state != State::Done && !is_off(item) && !page.document.items_around(item).any(is_off)
}

/// Whether a due date of a checklist lies before a start date that somebody wrote.
pub(super) fn is_before_start(page: &Page<'_>, due: Point) -> bool {
    start(page).is_some_and(|start| day_before(Some(due), start))
}

/// The dates in numbers that stand in headings as windows or their ends: in which section, as
/// written, and what they mean.
pub(super) fn dates_in_headings<'p>(
    page: &'p Page<'_>,
) -> impl Iterator<Item = (usize, &'p str, Numeric)> {
    let sections = page.document.sections.iter().enumerate();
    let sections = sections.filter(|(_, section)| page.is_tracked(section.span.start));
    sections.flat_map(|(at, section)| {
        let written = |place| section.title.get(place).unwrap_or_default();
        dates(&section.title).map(move |(place, date)| (at, written(place), date))
    })
}

/// Where words stand in the heading of a section; all of it where that is not clear.
pub(super) fn words_in_heading(page: &Page<'_>, at: usize, words: &str) -> Span {
    in_heading(page, at, words).unwrap_or_else(|| heading(page, at))
}

/// The start date that somebody wrote for a checklist; a template has none.
pub(super) fn start(page: &Page<'_>) -> Option<Date> {
    page.basis().start.filter(|_| page.kind == Kind::Checklist)
}

/// Whether a point is a calendar day before a start.
pub(super) fn day_before(point: Option<Point>, start: Date) -> bool {
    matches!(point, Some(Point::Date(day)) if day < start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_is_found_in_every_form() {
        for (text, place) in [
            ("NDA due:2026-03-04", "2026-03-04"),
            ("NDA (due: 2026-03-04, owner: @anna)", "2026-03-04"),
            ("NDA due diligence (Due by 2026-03-04).", "2026-03-04"),
            ("NDA @due(2026-03-04)", "2026-03-04"),
            ("NDA 📅 2026-03-04", "2026-03-04"),
            ("NDA [due:: 2026-03-04]", "2026-03-04"),
            ("NDA due: Day 14.", "Day 14"),
            ("NDA {due:T-2 weeks} Übergabe", "T-2 weeks"),
            ("NDA due:+2w", "+2w"),
        ] {
            let due = schedule::due_spec(place).expect(place);
            assert_eq!(value(text, due).map(|range| &text[range]), Some(place), "{text}");
        }
        let due = schedule::due_spec("Day 3").expect("a due date");
        assert_eq!(value("due 📅 due: DUE", due), None);
    }
}
