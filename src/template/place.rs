//! What a template has gained, put where it belongs in a checklist: each item beside those that it
//! stands beside in the template, in their list and written as they are.

use std::collections::BTreeMap;

use super::Sheet;
use super::arrivals::{Arrival, Gap, put_in};
use super::compare::{document, has_text};
use super::edits::{line_start, next_line};
use super::sync::{Conflict, Merge};
use super::written::{before_marker, below, go_on, list_start, marker, prefix, sign, width};
use crate::model::{Item, Section};
use crate::parse::ListItem;

/// Where something stands that was inserted.
#[derive(Clone)]
pub(super) struct Place {
    at: usize,
    /// What stands before it on its lines: white space, and the signs of quotes.
    prefix: String,
    /// The marker of the list that it comes into; `None` where it begins one.
    sign: Option<String>,
    /// How many lists of the checklist are around it.
    depth: usize,
    gap: Gap,
}

impl Merge<'_> {
    /// Puts in the items that came, each beside those that it stands beside in the template.
    pub(super) fn add(&mut self) {
        let now = document(&self.aligned.now);
        let mut new_sections: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, item) in now.items.iter().enumerate() {
            let is_new = self.aligned.base_of[at].is_none() && self.aligned.here_of[at].is_none();
            if !is_new || !has_text(item) {
                continue;
            }
            let Some(place) = self.place(at, &mut new_sections) else { continue };
            self.arrivals.push(Arrival {
                at: place.at,
                depth: place.depth,
                prefix: place.prefix.clone(),
                gap: place.gap,
                lines: self.lines(at, &place),
            });
            self.places.insert(at, place);
            self.done.added.push(item.text.to_string());
        }
        let arrivals = std::mem::take(&mut self.arrivals);
        put_in(arrivals, self.aligned.ours.text(), self.end, &mut self.edits);
    }

    /// Where an item goes; `None` where that cannot be said: what it stands under is not here.
    fn place(&mut self, at: usize, new_sections: &mut BTreeMap<usize, usize>) -> Option<Place> {
        let now = document(&self.aligned.now);
        let item = &now.items[at];
        if let Some(place) = self.beside(at).or_else(|| self.below_parent(at)) {
            return Some(place);
        }
        match item.parent.map(|parent| &now.items[parent]).filter(|parent| has_text(parent)) {
            Some(parent) => {
                let (text, parent) = (item.text.to_string(), parent.text.to_string());
                self.done.conflicts.push(Conflict::Homeless { text, parent });
                None
            }
            None => Some(self.in_section(item, new_sections)),
        }
    }

    /// Behind the nearest item before it in the same list, else before the nearest behind it; else so
    /// in another list of the section.
    fn beside(&self, at: usize) -> Option<Place> {
        let now = document(&self.aligned.now);
        let item = &now.items[at];
        let is_sibling = |other: &usize| {
            let other = &now.items[*other];
            other.parent == item.parent && other.section == item.section
        };
        let list = self.list(at);
        let is_in_list = |other: &usize| is_sibling(other) && self.list(*other) == list;
        let before = |is_it: &dyn Fn(&usize) -> bool| {
            (0..at).rev().filter(|other| is_it(other)).find_map(|other| self.behind_item(at, other))
        };
        let behind = |is_it: &dyn Fn(&usize) -> bool| {
            let mut later = at + 1..now.items.len();
            later.find_map(|other| {
                let here = is_it(&other).then(|| self.aligned.here_of[other]).flatten()?;
                self.before_item(self.as_deep(at, here)?)
            })
        };
        before(&is_in_list)
            .or_else(|| behind(&is_in_list))
            .or_else(|| before(&is_sibling))
            .or_else(|| behind(&is_sibling))
    }

    /// The list that an item of the template stands in.
    fn list(&self, at: usize) -> Option<usize> {
        let now = &self.aligned.now;
        let syntax = &now.close.syntax;
        let found = syntax.list_item(document(now).items[at].mark.start)?;
        let from = syntax.list_items.partition_point(|other| other.span.start < found.span.start);
        let same = syntax.list_items[from..].iter().position(|other| other == found)?;
        self.lists.get(from + same).copied()
    }

    /// An item of the checklist, or the one around it, that stands under what an item that comes stands
    /// under in the template; the item itself where the checklist has taken that out.
    fn as_deep(&self, at: usize, here: usize) -> Option<usize> {
        let ours = document(self.ours());
        let parent = match document(&self.aligned.now).items[at].parent {
            None => None,
            // Under what comes, there is nothing yet.
            Some(parent) if self.places.contains_key(&parent) => return None,
            Some(parent) => match self.aligned.here_of[parent] {
                None => return Some(here),
                parent => parent,
            },
        };
        std::iter::successors(Some(here), |at| ours.items[*at].parent)
            .find(|at| ours.items[*at].parent == parent)
    }

    /// Behind an item of the template that came or is here.
    fn behind_item(&self, at: usize, other: usize) -> Option<Place> {
        if let Some(place) = self.places.get(&other) {
            let gap = if place.gap == Gap::First { Gap::Nowhere } else { place.gap };
            return Some(Place {
                gap,
                sign: place.sign.as_deref().map(next_sign),
                ..place.clone()
            });
        }
        let (list_item, prefix) =
            self.list_item(self.as_deep(at, self.aligned.here_of[other]?)?)?;
        let gap = if self.is_loose(list_item) { Gap::Before } else { Gap::Nowhere };
        let sign = Some(next_sign(sign(self.ours().text(), list_item)));
        Some(Place {
            at: self.behind(list_item.span.end),
            prefix,
            sign,
            depth: list_item.depth,
            gap,
        })
    }

    /// Before an item of the checklist; behind it where another marker stands before its own.
    fn before_item(&self, here: usize) -> Option<Place> {
        let text = self.ours().text();
        let (list_item, prefix) = self.list_item(here)?;
        let marker = marker(text, list_item);
        let start = line_start(text, marker);
        let is_alone = text[start..marker] == prefix;
        let gap = match (self.is_loose(list_item), is_alone) {
            (false, _) => Gap::Nowhere,
            (true, true) => Gap::Behind,
            (true, false) => Gap::Before,
        };
        let at = if is_alone { start } else { self.behind(list_item.span.end) };
        Some(Place {
            at,
            prefix,
            sign: Some(sign(text, list_item).to_owned()),
            depth: list_item.depth,
            gap,
        })
    }

    /// Whether a blank line parts a list item of the checklist from the one before it in its list, or
    /// from the one behind it.
    fn is_loose(&self, item: &ListItem) -> bool {
        let text = self.ours().text();
        let items = &self.ours().close.syntax.list_items;
        let at = items.partition_point(|other| other.span.start < item.span.start);
        let is_parted = |before: &ListItem, behind: &ListItem| {
            let between = text.get(before.span.end..marker(text, behind)).unwrap_or_default();
            let is_blank = between.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
            let is_one = sign(text, before).chars().last() == sign(text, behind).chars().last();
            is_blank && is_one && between.matches('\n').count() > 1
        };
        let is_beside = |other: &&ListItem| other.depth <= item.depth;
        let before = items[..at].iter().rev().find(is_beside);
        let behind = items[at..].iter().find(|other| {
            is_beside(other) && other.span.start >= item.span.end.max(item.span.start + 1)
        });
        before.filter(|before| before.depth == item.depth).is_some_and(|it| is_parted(it, item))
            || behind.filter(|it| it.depth == item.depth).is_some_and(|it| is_parted(item, it))
    }

    /// As the first item under the one that it stands under.
    fn below_parent(&self, at: usize) -> Option<Place> {
        let now = &self.aligned.now;
        let parent = document(now).items[at].parent?;
        if let Some(place) = self.places.get(&parent) {
            let (own, outer) = (prefix(now, at), prefix(now, parent));
            let deeper = own.strip_prefix(&outer).map(str::to_owned);
            let wide = self.width(parent, place);
            let deeper = deeper.filter(|_| wide == width(now, parent));
            let deeper = deeper.unwrap_or_else(|| " ".repeat(wide));
            let prefix = format!("{}{deeper}", place.prefix);
            return Some(Place {
                at: place.at,
                prefix,
                sign: None,
                depth: place.depth,
                gap: Gap::Nowhere,
            });
        }
        let here = self.aligned.here_of[parent]?;
        let (list_item, _) = self.list_item(here)?;
        let item = &document(self.ours()).items[here];
        // As deep as what stands under it already: that would come under what is less deep.
        let text = self.ours().text();
        let items = &self.ours().close.syntax.list_items;
        let from = items.partition_point(|other| other.span.start <= list_item.span.start);
        let inner = items[from..].iter().take_while(|other| other.span.start < list_item.span.end);
        let first = inner.filter(|other| other.depth == list_item.depth + 1).find(|other| {
            let start = marker(text, other);
            text[line_start(text, start)..start] == before_marker(text, other)
        });
        if let Some(first) = first {
            let at = line_start(text, marker(text, first));
            let sign = Some(sign(text, first).to_owned());
            let gap = if self.is_loose(first) { Gap::Behind } else { Gap::Nowhere };
            return Some(Place {
                at,
                prefix: before_marker(text, first),
                sign,
                depth: first.depth,
                gap,
            });
        }
        let at = self.behind(item.span.end.max(list_item.content));
        let prefix = below(self.ours(), here);
        Some(Place { at, prefix, sign: None, depth: list_item.depth + 1, gap: Gap::Nowhere })
    }

    /// How wide the marker of an item that came is here.
    fn width(&self, at: usize, place: &Place) -> usize {
        let now = &self.aligned.now;
        let own = own_sign(now, at);
        (width(now, at) + self.sign_of(at, place).len()).saturating_sub(own.len())
    }

    /// The marker of an item that came: its own, unless that would begin another list. A list under
    /// an item begins with 1: with another number, it would go on with the item's words.
    fn sign_of(&self, at: usize, place: &Place) -> String {
        let own = own_sign(&self.aligned.now, at);
        let is_inner = document(&self.aligned.now).items[at].parent.is_some();
        let goes_on = |other: usize| self.list(other) == self.list(at);
        match place.sign.as_deref() {
            Some(others) if own.chars().last() != others.chars().last() => others.to_owned(),
            None if is_inner && !self.places.range(..at).any(|(other, _)| goes_on(*other)) => {
                first_sign(own)
            }
            _ => own.to_owned(),
        }
    }

    /// At the end of its section, which comes along where the checklist has none.
    fn in_section(&mut self, item: &Item, new_sections: &mut BTreeMap<usize, usize>) -> Place {
        let plain = |at: usize| Place {
            at,
            prefix: String::new(),
            sign: None,
            depth: 0,
            gap: Gap::Nowhere,
        };
        let ours = document(self.ours());
        let Some(section) = item.section else {
            return self.stretch_end(self.body_start(), ours.sections.first());
        };
        if let Some(here) = self.aligned.section_here_of[section] {
            return self.stretch_end(ours.sections[here].span.end, ours.sections.get(here + 1));
        }
        plain(self.new_section(section, new_sections))
    }

    /// Puts in a section, with those around it that are new, too; where its items go.
    fn new_section(&mut self, section: usize, known: &mut BTreeMap<usize, usize>) -> usize {
        if let Some(at) = known.get(&section) {
            return *at;
        }
        let now = document(&self.aligned.now);
        let shown = &now.sections[section];
        let parent = shown.parent.filter(|parent| now.sections[*parent].level > 1);
        let of_parent = parent
            .filter(|parent| self.aligned.section_here_of[*parent].is_none())
            .map(|parent| self.new_section(parent, known));
        let at = of_parent.unwrap_or_else(|| self.place_of_section(section));
        let heading = shown.span.slice(self.aligned.now.text()).trim();
        self.arrivals.push(Arrival {
            at,
            depth: 0,
            prefix: String::new(),
            gap: Gap::Around,
            lines: format!("{}{}", heading.lines().collect::<Vec<_>>().join(self.end), self.end),
        });
        known.insert(section, at);
        at
    }

    /// Behind the nearest section before it that the checklist has.
    fn place_of_section(&self, section: usize) -> usize {
        let (now, ours) = (document(&self.aligned.now), document(self.ours()));
        let level = now.sections[section].level;
        for before in (0..section).rev() {
            let Some(here) = self.aligned.section_here_of[before] else { continue };
            // Behind its own text, or behind everything under it.
            let deepest = if now.sections[before].level < level { Section::LEAD_IN } else { level };
            let next = ours.sections[here + 1..].iter().find(|next| next.level <= deepest);
            return next
                .map_or(self.text_end(), |next| line_start(self.ours().text(), next.span.start));
        }
        let first = ours.sections.iter().find(|first| first.level > 1 && first.level <= level);
        first.map_or(self.text_end(), |first| line_start(self.ours().text(), first.span.start))
    }

    /// Behind the last list item before the next heading, else behind whatever stands there.
    fn stretch_end(&self, start: usize, next: Option<&Section>) -> Place {
        let ours = document(self.ours());
        let text = self.ours().text();
        let stop = next.map_or(text.len(), |next| line_start(text, next.span.start));
        let items = &self.ours().close.syntax.list_items;
        let from = items.partition_point(|item| item.span.start < start);
        let is_here = |item: &&ListItem| item.depth == 1 && item.span.end <= stop;
        let items = items[from..].iter().take_while(|item| item.span.start < stop);
        let here: Vec<&ListItem> = items.filter(is_here).collect();
        // A list of items is more like it than a list of something else, which may be a note's.
        let holds_item = |item: &&&ListItem| {
            let at = ours.items.partition_point(|other| other.mark.start < item.span.start);
            ours.items.get(at).is_some_and(|found| found.mark.start < item.span.end)
        };
        let is_plain = |item: &&&ListItem| !before_marker(text, item).contains('>');
        let last = here.iter().rev().find(holds_item);
        match last.or_else(|| here.iter().rev().find(is_plain)) {
            Some(last) => Place {
                at: self.behind(last.span.end),
                prefix: before_marker(text, last),
                sign: Some(next_sign(sign(text, last))),
                depth: last.depth,
                gap: if self.is_loose(last) { Gap::Before } else { Gap::Nowhere },
            },
            None => {
                let (prefix, sign) = (String::new(), None);
                let last = text[..stop].trim_end().len();
                match last < start {
                    // Nothing does, not even a heading.
                    true if start == self.body_start() => {
                        Place { at: stop, prefix, sign, depth: 1, gap: Gap::First }
                    }
                    _ => {
                        let at = self.behind(last.max(start));
                        Place { at, prefix, sign, depth: 1, gap: Gap::First }
                    }
                }
            }
        }
    }

    /// Where the text ends, behind a line end.
    fn text_end(&self) -> usize {
        self.ours().text().len()
    }

    fn body_start(&self) -> usize {
        self.ours().close.syntax.body
    }

    /// The start of the line behind some byte.
    fn behind(&self, at: usize) -> usize {
        next_line(self.ours().text(), at)
    }

    /// The list item of an item of the checklist, and what stands before it on its line.
    fn list_item(&self, here: usize) -> Option<(&ListItem, String)> {
        let item = &document(self.ours()).items[here];
        let found = self.ours().close.syntax.list_item(item.mark.start)?;
        Some((found, prefix(self.ours(), here)))
    }

    /// The lines of an item of the template, without those under it, as they are written there.
    fn lines(&self, at: usize, place: &Place) -> String {
        let sheet = &self.aligned.now;
        let item = &document(sheet).items[at];
        let start = list_start(sheet, item);
        let (own, sign) = (own_sign(sheet, at), self.sign_of(at, place));
        let old = below(sheet, at);
        let new = format!("{}{}", place.prefix, " ".repeat(self.width(at, place)));
        let mut lines = sheet.text()[start..item.span.end].lines();
        let first = lines.next().unwrap_or_default();
        let mut out = format!("{}{sign}", place.prefix);
        // Nobody has done here what is ticked there.
        let is_ticked = matches!(item.mark.slice(sheet.text()), "x" | "X");
        match first.get(item.mark.end - start..).filter(|_| is_ticked) {
            Some(rest) => {
                out.push_str(&first[own.len()..item.mark.start - start]);
                out.push(' ');
                out.push_str(rest.trim_end());
            }
            None => out.push_str(first[own.len()..].trim_end()),
        }
        lines.for_each(|line| go_on(&mut out, line, (&old, &new), self.end));
        out.push_str(self.end);
        out
    }
}

/// The marker of an item where it stands.
fn own_sign(sheet: &Sheet, at: usize) -> &str {
    let item = &document(sheet).items[at];
    let found = sheet.close.syntax.list_item(item.mark.start);
    found.map_or("", |found| sign(sheet.text(), found))
}

/// The marker that a list begins with.
fn first_sign(sign: &str) -> String {
    match sign.trim_start_matches(|char: char| char.is_ascii_digit()) {
        rest if rest.len() < sign.len() => format!("1{rest}"),
        rest => rest.to_owned(),
    }
}

/// The marker behind a marker: the same sign, or the number behind its number.
fn next_sign(sign: &str) -> String {
    let digits = sign.trim_end_matches(|char: char| !char.is_ascii_digit());
    match digits.parse::<u32>() {
        Ok(number) => format!("{}{}", number.saturating_add(1), &sign[digits.len()..]),
        Err(_) => sign.to_owned(),
    }
}
