//! What a template has gained, brought into a checklist: a merge of three, on the spans of the syntax
//! tree, so that every line that has nothing to do with it stays as it is. No box is touched.

use std::collections::BTreeMap;

use super::Sheet;
use super::arrivals::Arrival;
use super::compare::{Aligned, Versions, document, has_text, is_same};
use super::edits::{Edits, line_start, next_line};
use super::make::{Making, field};
use super::place::Place;
use super::words::{Alone, Of};
use super::written::{heading_text, lists};
use crate::model::Section;
use crate::parse::Is;
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
    /// The template has put it under an item that the checklist has taken out.
    Homeless {
        /// What does not come.
        text: String,
        /// What it stands under.
        parent: String,
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
        making,
        lists: lists(&aligned.now),
        edits: Edits::default(),
        places: BTreeMap::new(),
        arrivals: Vec::new(),
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

pub(super) struct Merge<'a> {
    pub(super) aligned: &'a Aligned,
    making: &'a Making<'a>,
    /// The lists of the newest version.
    pub(super) lists: Vec<usize>,
    pub(super) edits: Edits,
    /// Where the items that came stand, by their places in the newest version.
    pub(super) places: BTreeMap<usize, Place>,
    /// What comes, and where.
    pub(super) arrivals: Vec<Arrival>,
    pub(super) done: Synced,
    pub(super) end: &'static str,
}

impl Merge<'_> {
    pub(super) fn ours(&self) -> &Sheet {
        &self.aligned.ours
    }

    /// Puts items in the template's new words where the checklist has the old ones.
    fn reword(&mut self) {
        let (ours, base, now) = (
            document(&self.aligned.ours),
            document(&self.aligned.base),
            document(&self.aligned.now),
        );
        let alone = Alone { path: self.making.checklist, options: self.making.options };
        for (at, item) in now.items.iter().enumerate().filter(|(_, item)| has_text(item)) {
            let (Some(before), Some(here)) = (self.aligned.base_of[at], self.aligned.here_of[at])
            else {
                continue;
            };
            let three =
                (Of(self.ours(), here), Of(&self.aligned.base, before), Of(&self.aligned.now, at));
            let (before, here) = (&base.items[before], &ours.items[here]);
            if before.raw == item.raw || is_same(before, item) || is_same(here, item) {
                continue;
            }
            match is_same(here, before).then(|| alone.exchanged(three, self.end)).flatten() {
                Some((span, words)) => {
                    self.edits.replace(span, words);
                    self.done.reworded.push((before.text.to_string(), item.text.to_string()));
                }
                None => self.done.conflicts.push(Conflict::Reworded {
                    before: before.text.to_string(),
                    after: item.text.to_string(),
                    here: here.text.to_string(),
                    line: here.line.0,
                }),
            }
        }
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
                    self.done.headings.push((before.title.to_string(), section.title.to_string()));
                }
                None => self.done.conflicts.push(Conflict::Heading {
                    before: before.title.to_string(),
                    after: section.title.to_string(),
                    here: here.title.to_string(),
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
