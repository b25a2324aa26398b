//! What a template has gained, brought into a checklist: a merge of three, on the spans of the syntax
//! tree, so that every line that has nothing to do with it stays as it is. No box is touched.

use std::collections::BTreeMap;

use super::Sheet;
use super::compare::{Aligned, Versions, document, has_text, is_same};
use super::edits::{Edits, line_start, next_line};
use super::make::{Making, field};
use crate::model::{Item, Section};
use crate::parse::{Is, ListItem};
use crate::source::{Span, line_end};

/// What could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Both sides have put it in other words.
    Reworded {
        /// What the template said.
        before: String,
        /// What it says now.
        after: String,
        /// What the checklist says.
        here: String,
        /// The line of the checklist.
        line: u32,
    },
    /// Both sides have changed a heading, or its window.
    Heading {
        /// What the template said.
        before: String,
        /// What it says now.
        after: String,
        /// What the checklist says.
        here: String,
        /// The line of the checklist.
        line: u32,
    },
}

/// A checklist with what its template has gained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// The text.
    pub text: String,
    /// The items that came, by their texts.
    pub added: Vec<String>,
    /// The items that were reworded: before and after.
    pub reworded: Vec<(String, String)>,
    /// The headings that changed: before and after.
    pub headings: Vec<(String, String)>,
    /// What could not be decided, and stays.
    pub conflicts: Vec<Conflict>,
}

/// Brings what a template has gained into a checklist, and has it name another version: `pin` is what
/// stands behind `template:` from now on.
pub fn sync(checklist: &str, versions: Versions<'_>, pin: &str, making: &Making<'_>) -> Synced {
    let aligned = Aligned::of(checklist, versions, making);
    let mut merge = Merge {
        aligned: &aligned,
        edits: Edits::default(),
        places: BTreeMap::new(),
        used: BTreeMap::new(),
        done: Synced {
            text: String::new(),
            added: Vec::new(),
            reworded: Vec::new(),
            headings: Vec::new(),
            conflicts: Vec::new(),
        },
        end: line_end(aligned.ours.text()),
    };
    // What comes to the very beginning comes behind the front matter.
    merge.pin(pin);
    merge.reword();
    merge.rename();
    merge.add();
    let Merge { edits, mut done, .. } = merge;
    done.text = edits.apply(aligned.ours.text());
    done
}

struct Merge<'a> {
    aligned: &'a Aligned,
    edits: Edits,
    /// Where the items that came stand, by their places in the newest version.
    places: BTreeMap<usize, Place>,
    /// Where in the checklist something was inserted, and what stands before it on its lines.
    used: BTreeMap<usize, String>,
    done: Synced,
    end: &'static str,
}

/// Where something stands that was inserted.
#[derive(Clone)]
struct Place {
    at: usize,
    /// What stands before it on its lines: white space, and the signs of quotes.
    prefix: String,
    /// Whether a blank line has to part it from what stands before it.
    gap: bool,
}

impl Merge<'_> {
    fn ours(&self) -> &Sheet {
        &self.aligned.ours
    }

    /// Puts items in the template's new words where the checklist has the old ones.
    fn reword(&mut self) {
        let (ours, base, now) = (
            document(&self.aligned.ours),
            document(&self.aligned.base),
            document(&self.aligned.now),
        );
        for (at, item) in now.items.iter().enumerate().filter(|(_, item)| has_text(item)) {
            let (Some(before), Some(here)) = (self.aligned.base_of[at], self.aligned.here_of[at])
            else {
                continue;
            };
            let (before, here) = (&base.items[before], &ours.items[here]);
            if before.raw == item.raw || is_same(before, item) || is_same(here, item) {
                continue;
            }
            match is_same(here, before).then(|| self.words(here, before)).flatten() {
                Some(span) => {
                    let words = own_words(&self.aligned.now, item);
                    let lines: Vec<&str> = words.lines().collect();
                    self.edits.replace(span, lines.join(self.end));
                    self.done.reworded.push((before.text.clone(), item.text.clone()));
                }
                None => self.done.conflicts.push(Conflict::Reworded {
                    before: before.text.clone(),
                    after: item.text.clone(),
                    here: here.text.clone(),
                    line: here.line.0,
                }),
            }
        }
    }

    /// Where the words that the template gave an item stand in the checklist; `None` if they are
    /// written in another way.
    fn words(&self, here: &Item, before: &Item) -> Option<Span> {
        let text = self.ours().text();
        let words = own_words(&self.aligned.base, before);
        // Behind the box.
        let from = text[here.mark.end..here.span.end].find(']').map(|at| here.mark.end + at + 1)?;
        let at = text[from..here.span.end].find(words).filter(|_| !words.is_empty())?;
        Some(Span::new(from + at, from + at + words.len()))
    }

    /// Gives headings their new words and windows.
    fn rename(&mut self) {
        let (ours, base, now) = (
            document(&self.aligned.ours),
            document(&self.aligned.base),
            document(&self.aligned.now),
        );
        for (at, section) in now.sections.iter().enumerate() {
            let pair = (self.aligned.section_base_of[at], self.aligned.section_here_of[at]);
            let (Some(before), Some(here)) = pair else { continue };
            let (before, here) = (&base.sections[before], &ours.sections[here]);
            if before.title == section.title || here.title == section.title {
                continue;
            }
            let span =
                (here.title == before.title).then(|| self.heading_words(here, before)).flatten();
            match span {
                Some(span) => {
                    // In one line: behind number signs there is no other.
                    let words = heading_text(&self.aligned.now, section);
                    self.edits
                        .replace(span, words.lines().map(str::trim).collect::<Vec<_>>().join(" "));
                    self.done.headings.push((before.title.clone(), section.title.clone()));
                }
                None => self.done.conflicts.push(Conflict::Heading {
                    before: before.title.clone(),
                    after: section.title.clone(),
                    here: here.title.clone(),
                    line: here.line.0,
                }),
            }
        }
    }

    fn heading_words(&self, here: &Section, before: &Section) -> Option<Span> {
        let words = heading_text(&self.aligned.base, before);
        let at = here.span.slice(self.ours().text()).find(words).filter(|_| !words.is_empty())?;
        let start = here.span.start + at;
        Some(Span::new(start, start + words.len()))
    }

    /// Puts in the items that came, each beside those that it stands beside in the template.
    fn add(&mut self) {
        let now = document(&self.aligned.now);
        let mut new_sections: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, item) in now.items.iter().enumerate() {
            let is_new = self.aligned.base_of[at].is_none() && self.aligned.here_of[at].is_none();
            if !is_new || !has_text(item) {
                continue;
            }
            let place = self.beside(at).or_else(|| self.below_parent(at));
            let place = place.unwrap_or_else(|| self.in_section(item, &mut new_sections));
            let mut text = String::new();
            if self.opens_last_line(place.at) {
                text.push_str(self.end);
            }
            if place.gap && !self.used.contains_key(&place.at) {
                text.push_str(self.end);
            }
            text.push_str(&self.lines(at, &place.prefix));
            self.edits.insert(place.at, text);
            self.used.insert(place.at, place.prefix.clone());
            self.places.insert(at, place);
            self.done.added.push(item.text.clone());
        }
        self.part_from_what_follows();
    }

    /// Whether what is put here would go on in the last line of a text that does not end it.
    fn opens_last_line(&self, at: usize) -> bool {
        let text = self.ours().text();
        at == text.len()
            && !text.is_empty()
            && !text.ends_with('\n')
            && !self.used.contains_key(&at)
    }

    /// A heading or a paragraph that something was put before begins anew: else the paragraph would go
    /// on with the item.
    fn part_from_what_follows(&mut self) {
        let text = self.aligned.ours.text();
        for (at, prefix) in self.used.clone() {
            let next = text[at..].lines().next().unwrap_or_default();
            let bare = next.trim_start_matches(['>', ' ', '\t']);
            if at < text.len() && !bare.trim().is_empty() && !is_list_item(bare) {
                // In a quote that goes on, the blank line is one of the quote's.
                let quote = prefix.rfind('>').map_or("", |sign| &prefix[..=sign]);
                let quote = if next.starts_with(quote) { quote } else { "" };
                self.edits.insert(at, format!("{quote}{}", self.end));
            }
        }
    }

    /// Behind the nearest item before it in the same list, else before the nearest behind it.
    fn beside(&self, at: usize) -> Option<Place> {
        let now = document(&self.aligned.now);
        let item = &now.items[at];
        let is_sibling = |other: &usize| {
            let other = &now.items[*other];
            other.parent == item.parent && other.section == item.section
        };
        for other in (0..at).rev().filter(is_sibling) {
            if let Some(place) = self.places.get(&other) {
                return Some(Place { gap: false, ..place.clone() });
            }
            if let Some(here) = self.aligned.here_of[other] {
                let (list_item, prefix) = self.list_item(here)?;
                return Some(Place { at: self.behind(list_item.span.end), prefix, gap: false });
            }
        }
        let later = (at + 1..now.items.len())
            .find(|other| is_sibling(other) && self.aligned.here_of[*other].is_some());
        let here = later.and_then(|other| self.aligned.here_of[other])?;
        let (list_item, prefix) = self.list_item(here)?;
        let text = self.ours().text();
        let start = line_start(text, marker(text, list_item));
        Some(Place { at: start, prefix, gap: false })
    }

    /// As the first item under the one that it stands under.
    fn below_parent(&self, at: usize) -> Option<Place> {
        let parent = document(&self.aligned.now).items[at].parent?;
        if let Some(place) = self.places.get(&parent) {
            let (own, outer) = (prefix(&self.aligned.now, at), prefix(&self.aligned.now, parent));
            let deeper = own.strip_prefix(&outer).unwrap_or("  ");
            let prefix = format!("{}{deeper}", place.prefix);
            return Some(Place { at: place.at, prefix, gap: false });
        }
        let here = self.aligned.here_of[parent]?;
        let (list_item, outer) = self.list_item(here)?;
        let item = &document(self.ours()).items[here];
        let marker = marker(self.ours().text(), list_item);
        let deeper = " ".repeat(list_item.content.saturating_sub(marker));
        let at = self.behind(item.span.end.max(list_item.content));
        Some(Place { at, prefix: format!("{outer}{deeper}"), gap: false })
    }

    /// At the end of its section, which comes along where the checklist has none.
    fn in_section(&mut self, item: &Item, new_sections: &mut BTreeMap<usize, usize>) -> Place {
        let plain = |at: usize, gap: bool| Place { at, prefix: String::new(), gap };
        let Some(section) = item.section else { return plain(self.body_start(), false) };
        if let Some(here) = self.aligned.section_here_of[section] {
            return self.section_end(here);
        }
        plain(self.new_section(section, new_sections), false)
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
        let end = self.end;
        let before = &self.ours().text()[..at];
        let is_blank = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        let gap = match (is_blank, before.ends_with('\n')) {
            // Another that came to the same place stands before it.
            _ if known.values().any(|other| *other == at) && of_parent.is_none() => end.to_owned(),
            _ if of_parent.is_some() => String::new(),
            (true, _) => String::new(),
            (false, true) => end.to_owned(),
            (false, false) => format!("{end}{end}"),
        };
        self.edits.insert(at, format!("{gap}{heading}{end}{end}"));
        self.used.insert(at, String::new());
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

    /// Behind the last list item of a section's own stretch, else behind whatever stands in it.
    fn section_end(&self, section: usize) -> Place {
        let ours = document(self.ours());
        let text = self.ours().text();
        let heading = &ours.sections[section];
        let next = ours.sections.get(section + 1);
        let stop = next.map_or(text.len(), |next| line_start(text, next.span.start));
        let items = self.ours().close.syntax.list_items.iter();
        let is_here = |item: &&ListItem| {
            item.depth == 1 && item.span.start >= heading.span.end && item.span.end <= stop
        };
        match items.filter(is_here).max_by_key(|item| item.span.end) {
            Some(last) => Place {
                at: self.behind(last.span.end),
                prefix: before_marker(text, last),
                gap: false,
            },
            None => {
                let last = text[..stop].trim_end().len().max(heading.span.end);
                Place { at: self.behind(last), prefix: String::new(), gap: true }
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

    /// The lines of an item of the template, without those under it, behind another prefix.
    fn lines(&self, at: usize, new: &str) -> String {
        let sheet = &self.aligned.now;
        let item = &document(sheet).items[at];
        let start = list_start(sheet, item);
        let old = prefix(sheet, at);
        let mut out = String::new();
        for (number, line) in sheet.text()[start..item.span.end].lines().enumerate() {
            let line = if number == 0 { line } else { without(line, &old) };
            out.push_str(new);
            out.push_str(line.trim_end());
            out.push_str(self.end);
        }
        out
    }

    /// Has the front matter name another version.
    fn pin(&mut self, pin: &str) {
        let text = self.ours().text();
        let fields = &self.ours().close.fields;
        if let Some(entry) = field(fields, "template") {
            if entry.value.is == Is::Null {
                let start = entry.key_span.start;
                let line = &text[start..next_line(text, start)];
                let end = start + line.trim_end_matches(['\r', '\n']).len();
                self.edits.replace(Span::new(start, end), format!("template: {pin}"));
                return;
            }
            if entry.value.span.slice(text) != pin {
                self.edits.replace(entry.value.span, pin);
            }
            return;
        }
        let line = format!("template: {pin}{}", self.end);
        match document(self.ours()).front_matter.span {
            Some(block) => {
                let at = line_start(text, block.end.saturating_sub(1).max(block.start));
                self.edits.insert(at, line);
            }
            None => {
                let start = text.len() - text.trim_start_matches('\u{feff}').len();
                self.edits.insert(start, format!("---{0}{line}---{0}{0}", self.end));
            }
        }
    }
}

/// Whether a line, without what stands before it, begins with a list item's marker. A bold lead-in
/// and a line between paragraphs do not.
fn is_list_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|char: char| char.is_ascii_digit());
    let behind = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '*', '+']),
    };
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

/// Where the list item of an item begins.
fn list_start(sheet: &Sheet, item: &Item) -> usize {
    let found = sheet.close.syntax.list_item(item.mark.start);
    found.map_or(item.span.start, |found| marker(sheet.text(), found))
}

/// Where a list item's marker stands: behind a tab, the parser has it begin at the end of the line
/// before.
fn marker(text: &str, item: &ListItem) -> usize {
    let blank = text[item.span.start..].trim_start_matches([' ', '\t', '\r', '\n']);
    text.len() - blank.len()
}

/// What stands before a list item's marker on its line.
fn before_marker(text: &str, item: &ListItem) -> String {
    let marker = marker(text, item);
    plain_prefix(&text[line_start(text, marker)..marker])
}

/// What stands before an item's marker on its line.
fn prefix(sheet: &Sheet, at: usize) -> String {
    let start = list_start(sheet, &document(sheet).items[at]);
    plain_prefix(&sheet.text()[line_start(sheet.text(), start)..start])
}

/// White space and signs of quotes as they are; of anything else, such as a marker before the marker,
/// its width.
fn plain_prefix(text: &str) -> String {
    let is_plain = |char: char| matches!(char, ' ' | '\t' | '>');
    text.chars().map(|char| if is_plain(char) { char } else { ' ' }).collect()
}

/// A line without what stands before it: all of it, or as much white space as there is.
fn without<'l>(line: &'l str, prefix: &str) -> &'l str {
    line.strip_prefix(prefix).unwrap_or_else(|| {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[blank.min(prefix.len())..]
    })
}

/// The words of an item as they stand behind its box.
fn own_words<'s>(sheet: &'s Sheet, item: &Item) -> &'s str {
    let text = sheet.text();
    let from = text[item.mark.end..item.span.end]
        .find(']')
        .map_or(item.span.end, |at| item.mark.end + at + 1);
    text[from..item.span.end].trim()
}

/// The words of a heading as they are written, without its signs or the line under it.
fn heading_text<'s>(sheet: &'s Sheet, section: &Section) -> &'s str {
    let written = section.span.slice(sheet.text()).trim();
    let words = written.trim_start_matches('#').trim();
    if words.len() == written.len() {
        let underline = written.rfind('\n').map(|at| (at, written[at..].trim()));
        return match underline {
            Some((at, line))
                if line.trim_matches('=').is_empty() || line.trim_matches('-').is_empty() =>
            {
                written[..at].trim()
            }
            _ => written,
        };
    }
    // A closing sign stands apart from the words; that of `C#` is one of them.
    match words.trim_end_matches('#') {
        inner if inner.len() < words.len() && inner.ends_with([' ', '\t']) => inner.trim(),
        "" => "",
        _ => words,
    }
}
