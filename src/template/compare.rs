//! How far a checklist and its template have parted since one was made from the other.

use std::collections::HashMap;

use super::Sheet;
use super::make::{Making, made};
use crate::model::{Document, Item};
use crate::schedule;
use crate::timeline::counterparts;

/// Two versions of a template.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    /// The one that the checklist was made from, or the one that is most like it.
    pub base: &'a str,
    /// The newest one.
    pub now: &'a str,
}

/// An item, or a heading, by its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its text.
    pub text: String,
    /// The sections around it.
    pub section: Vec<String>,
    /// The line, in the checklist if it is there, else in the template.
    pub line: u32,
}

/// An item that the template has reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// What the template said.
    pub before: String,
    /// What it says now.
    pub after: String,
    /// What the checklist says.
    pub here: String,
    /// The line of the checklist.
    pub line: u32,
    /// Whether the checklist has reworded it, too.
    pub touched: bool,
}

/// A heading that the template has changed: its words or its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What the template said.
    pub before: String,
    /// What it says now.
    pub after: String,
    /// What the checklist says.
    pub here: String,
    /// The line of the checklist.
    pub line: u32,
    /// Whether the checklist has changed it, too.
    pub touched: bool,
}

/// How far the two have parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Items that the template has gained and the checklist lacks.
    pub lacking: Vec<Named>,
    /// Items that the template has reworded and the checklist has not.
    pub reworded: Vec<Reworded>,
    /// Headings that the template has changed and the checklist has not.
    pub headings: Vec<Moved>,
    /// Items of the checklist that the template no longer has.
    pub gone: Vec<Named>,
    /// Items that the checklist has taken out.
    pub removed_here: Vec<Named>,
    /// Items that the checklist has put in other words.
    pub reworded_here: Vec<Reworded>,
    /// Items that only the checklist has.
    pub own: Vec<Named>,
}

impl Drift {
    /// Whether the template has something that the checklist has not taken over. What the checklist
    /// has made its own is no reason to hurry.
    pub fn is_behind(&self) -> bool {
        !self.lacking.is_empty() || !self.reworded.is_empty() || !self.headings.is_empty()
    }

    /// How many things the template has that the checklist has not taken over.
    pub fn behind(&self) -> usize {
        self.lacking.len() + self.reworded.len() + self.headings.len()
    }
}

/// How far a checklist has parted from its template.
pub fn drift(checklist: &str, versions: Versions<'_>, making: &Making<'_>) -> Drift {
    Aligned::of(checklist, versions, making).drift()
}

/// The checklist and both versions, and what of one is what of another.
pub(super) struct Aligned {
    pub(super) ours: Sheet,
    pub(super) base: Sheet,
    pub(super) now: Sheet,
    /// For each item of the newest version that of the base.
    pub(super) base_of: Vec<Option<usize>>,
    /// For each item of the newest version that of the checklist.
    pub(super) here_of: Vec<Option<usize>>,
    /// For each item of the base that of the checklist.
    pub(super) here_of_base: Vec<Option<usize>>,
    /// For each section of the newest version that of the base.
    pub(super) section_base_of: Vec<Option<usize>>,
    /// For each section of the newest version that of the checklist.
    pub(super) section_here_of: Vec<Option<usize>>,
}

impl Aligned {
    pub(super) fn of(checklist: &str, versions: Versions<'_>, making: &Making<'_>) -> Aligned {
        let read = |text: &str| Sheet::of(making.checklist, text, making.options);
        let ours = read(checklist);
        let base = read(&made(versions.base, making));
        let now = read(&made(versions.now, making));
        let (ours_of, base_doc, now_doc) = (document(&ours), document(&base), document(&now));
        let base_of = counterparts(base_doc, now_doc);
        let here_of_base = inverse(&counterparts(base_doc, ours_of), base_doc.items.len());
        let direct = inverse(&counterparts(now_doc, ours_of), now_doc.items.len());
        let mut taken: Vec<bool> = vec![false; ours_of.items.len()];
        here_of_base.iter().flatten().for_each(|at| taken[*at] = true);
        let here_of = base_of
            .iter()
            .zip(&direct)
            .enumerate()
            .map(|(at, (base, direct))| match base {
                Some(base) => here_of_base[*base],
                // Something that the checklist had before the template did. What is only like it is
                // its own.
                None => direct.filter(|here| {
                    !taken[*here] && is_same(&ours_of.items[*here], &now_doc.items[at])
                }),
            })
            .collect();
        let section_base_of = sections(base_doc, now_doc, &base_of);
        let mut aligned = Aligned {
            section_here_of: Vec::new(),
            ours,
            base,
            now,
            base_of,
            here_of,
            here_of_base,
            section_base_of,
        };
        aligned.section_here_of = aligned.sections_here();
        aligned
    }

    /// For each section of the newest version that of the checklist: by the base where that has it.
    fn sections_here(&self) -> Vec<Option<usize>> {
        let (ours, base, now) = (document(&self.ours), document(&self.base), document(&self.now));
        let of_base =
            inverse(&sections(base, ours, &counterparts(base, ours)), base.sections.len());
        let direct = inverse(&sections(now, ours, &counterparts(now, ours)), now.sections.len());
        let mut taken: Vec<bool> = vec![false; ours.sections.len()];
        let by_base: Vec<Option<usize>> =
            self.section_base_of.iter().map(|base| of_base[(*base)?]).collect();
        by_base.iter().flatten().for_each(|at| taken[*at] = true);
        let both = by_base.into_iter().zip(direct);
        both.map(|(by_base, direct)| by_base.or(direct.filter(|at| !taken[*at]))).collect()
    }

    pub(super) fn drift(&self) -> Drift {
        let (ours, base, now) = (document(&self.ours), document(&self.base), document(&self.now));
        let mut drift = Drift::default();
        for (at, item) in now.items.iter().enumerate().filter(|(_, item)| has_text(item)) {
            match (self.base_of[at], self.here_of[at]) {
                (None, None) => drift.lacking.push(named(now, item)),
                (None, Some(_)) => {}
                (Some(_), None) => drift.removed_here.push(named(now, item)),
                (Some(before), Some(here)) => {
                    let (before, here) = (&base.items[before], &ours.items[here]);
                    if is_same(here, item) {
                        continue;
                    }
                    let reworded = Reworded {
                        before: before.text.to_string(),
                        after: item.text.to_string(),
                        here: here.text.to_string(),
                        line: here.line.0,
                        touched: !is_same(here, before),
                    };
                    match is_same(before, item) {
                        true => drift.reworded_here.push(reworded),
                        false => drift.reworded.push(reworded),
                    }
                }
            }
        }
        for (at, section) in now.sections.iter().enumerate() {
            let (Some(before), Some(here)) = (self.section_base_of[at], self.section_here_of[at])
            else {
                continue;
            };
            let (before, here) = (&base.sections[before], &ours.sections[here]);
            if before.title == section.title || here.title == section.title {
                continue;
            }
            drift.headings.push(Moved {
                before: before.title.to_string(),
                after: section.title.to_string(),
                here: here.title.to_string(),
                line: here.line.0,
                touched: here.title != before.title,
            });
        }
        self.own_and_gone(&mut drift);
        drift
    }

    fn own_and_gone(&self, drift: &mut Drift) {
        let (ours, base) = (document(&self.ours), document(&self.base));
        let mut known: Vec<bool> = vec![false; ours.items.len()];
        self.here_of.iter().flatten().for_each(|at| known[*at] = true);
        let mut is_still: Vec<bool> = vec![false; base.items.len()];
        self.base_of.iter().flatten().for_each(|at| is_still[*at] = true);
        for (at, here) in self.here_of_base.iter().enumerate() {
            let Some(here) = here else { continue };
            known[*here] = true;
            if !is_still[at] {
                drift.gone.push(named(ours, &ours.items[*here]));
            }
        }
        let own = ours.items.iter().zip(known).filter(|(_, known)| !known);
        drift.own = own.map(|(item, _)| named(ours, item)).collect();
    }
}

pub(super) fn document(sheet: &Sheet) -> &Document {
    &sheet.close.document
}

pub(super) fn has_text(item: &Item) -> bool {
    !item.identity.is_empty()
}

/// Whether two items say the same, whatever their state, owners and dates.
pub(super) fn is_same(one: &Item, other: &Item) -> bool {
    one.identity == other.identity
}

fn named(document: &Document, item: &Item) -> Named {
    Named {
        text: item.text.to_string(),
        section: document.section_path(item.section),
        line: item.line.0,
    }
}

/// Of a map from new to old, the one from old to new.
fn inverse(old_of: &[Option<usize>], count: usize) -> Vec<Option<usize>> {
    let mut new_of = vec![None; count];
    for (new, old) in old_of.iter().enumerate() {
        if let Some(old) = old {
            new_of[*old] = Some(new);
        }
    }
    new_of
}

/// For each section of a newer document the one of an older that it is: that of the same title, else
/// of the same name whatever its window, else the one that most of the items in it were in.
fn sections(old: &Document, new: &Document, old_of: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.sections.len()];
    let mut taken = vec![false; old.sections.len()];
    let plain = |title: &str| schedule::name(title).to_lowercase();
    let path = |document: &Document, at: usize, name: &dyn Fn(&str) -> String| -> String {
        let around = document.sections_around(Some(at)).filter(|section| section.level > 1);
        around.map(|section| name(&section.title)).collect::<Vec<_>>().join("\n")
    };
    let exact_path = |document: &Document, at: usize| path(document, at, &str::to_lowercase);
    let plain_path = |document: &Document, at: usize| path(document, at, &plain);
    let title = |document: &Document, at: usize| plain(&document.sections[at].title);
    // With the sections around them; else by a name that is there once.
    type Key<'k> = &'k dyn Fn(&Document, usize) -> String;
    let keys: [(Key<'_>, bool); 3] = [(&exact_path, false), (&plain_path, false), (&title, true)];
    for (key, is_once) in keys {
        let places = |document: &Document, is_free: &dyn Fn(usize) -> bool| {
            let mut places: HashMap<(String, u8), Vec<usize>> = HashMap::new();
            for (at, section) in document.sections.iter().enumerate() {
                // What is taken still makes a name one of several.
                if is_once || is_free(at) {
                    places.entry((key(document, at), section.level)).or_default().push(at);
                }
            }
            places
        };
        let of_old = places(old, &|at| !taken[at]);
        let of_new = places(new, &|at| found[at].is_none());
        for (key, news) in of_new {
            let olds = of_old.get(&key).map_or(&[][..], Vec::as_slice);
            if is_once && (news.len() > 1 || olds.len() > 1) {
                continue;
            }
            for (new, old) in news.into_iter().zip(olds) {
                if found[new].is_none() && !taken[*old] {
                    found[new] = Some(*old);
                    taken[*old] = true;
                }
            }
        }
    }
    let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
    for (item, old_at) in new.items.iter().zip(old_of) {
        let was = old_at.and_then(|at| old.items[at].section);
        // The sections around them, too: a phase may hold nothing but other sections.
        for new_at in around(new, item.section) {
            for old_at in around(old, was) {
                *votes.entry((new_at, old_at)).or_default() += 1;
            }
        }
    }
    let mut votes: Vec<((usize, usize), usize)> = votes.into_iter().collect();
    votes.sort_by_key(|((new, old), count)| (std::cmp::Reverse(*count), *new, *old));
    for ((new_at, old_at), _) in votes {
        let is_alike = new.sections[new_at].level == old.sections[old_at].level;
        if found[new_at].is_none() && !taken[old_at] && is_alike {
            found[new_at] = Some(old_at);
            taken[old_at] = true;
        }
    }
    found
}

/// A section and those around it.
fn around(document: &Document, section: Option<usize>) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(section, |at| document.sections[*at].parent)
}
