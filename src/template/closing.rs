//! What leaving something out of a template leaves behind, closed up: numbers with a gap, sections
//! without anything in them, links that lead nowhere. A checklist is to have no finding that its
//! template lacks.

use std::collections::HashMap;

use super::Sheet;
use super::edits::{Edits, next_line};
use super::make::extent;
use crate::parse::numbers::{self, Beginning, Number, Series};
use crate::parse::{Heading, Link, LinkKind, anchor};
use crate::source::Span;

/// What a checklist does not take over.
#[derive(Default)]
pub(super) struct LeftOut {
    /// Headings, by index, with all that stands under them.
    pub(super) headings: Vec<usize>,
    /// The lines of items.
    pub(super) items: Vec<Span>,
}

/// Closes up what is left.
pub(super) fn close_up(sheet: &Sheet, mut out: LeftOut, edits: &mut Edits) {
    if out.headings.is_empty() && out.items.is_empty() {
        return;
    }
    empty_sections(sheet, &mut out, edits);
    let extents: Vec<Span> = out.headings.iter().map(|at| extent(sheet, *at)).collect();
    let is_out = |heading: &Heading| {
        extents.iter().any(|gone| gone.start <= heading.span.start && heading.span.start < gone.end)
    };
    let numbers = renumbered(sheet, &is_out);
    for (number, new) in numbers.values() {
        edits.replace(*number, new.as_str());
    }
    for link in sheet.close.syntax.links.iter().filter(|link| link.kind == LinkKind::Inline) {
        let Some(fragment) = link.destination.strip_prefix('#') else { continue };
        follow(sheet, link, fragment, (&is_out, &numbers), edits);
    }
}

/// Leaves out sections in which nothing is left that stood there, and those with a window that have
/// lost all their items: they would promise work by a date and have none.
fn empty_sections(sheet: &Sheet, out: &mut LeftOut, edits: &mut Edits) {
    let text = sheet.text();
    // From the innermost outwards: what holds nothing but empty sections is empty.
    for (at, heading) in sheet.close.syntax.headings.iter().enumerate().rev() {
        if heading.is_nested || out.headings.contains(&at) {
            continue;
        }
        let all = extent(sheet, at);
        let is_inside = |span: &Span| heading.span.end <= span.start && span.end <= all.end;
        let sections = out.headings.iter().map(|at| extent(sheet, *at));
        let mut gone: Vec<Span> =
            sections.chain(out.items.iter().copied()).filter(is_inside).collect();
        if gone.is_empty() {
            continue;
        }
        gone.sort_by_key(|span| (span.start, span.end));
        let mut from = next_line(text, heading.span.end);
        let mut is_empty = true;
        for span in gone.iter().chain([&Span::new(all.end, all.end)]) {
            let between = text.get(from..span.start).unwrap_or_default();
            is_empty &= between.trim().is_empty();
            from = from.max(span.end);
        }
        if is_empty || is_scheduled(sheet, heading) && !has_items(sheet, all, &gone) {
            out.headings.push(at);
            edits.remove(all);
        }
    }
}

fn is_scheduled(sheet: &Sheet, heading: &Heading) -> bool {
    let mut sections = sheet.close.document.sections.iter();
    sections.any(|section| section.span.start == heading.span.start && section.window.is_some())
}

/// Whether an item is left in a stretch.
fn has_items(sheet: &Sheet, all: Span, gone: &[Span]) -> bool {
    let holds = |span: &Span, at: usize| span.start <= at && at < span.end;
    let mut boxes = sheet.close.document.items.iter().map(|item| item.mark.start);
    boxes.any(|at| holds(&all, at) && !gone.iter().any(|span| holds(span, at)))
}

/// The number of a heading, as the linter reads it, and where it stands; of those in Roman numerals,
/// with letters, or that stand for several sections, none.
fn number(text: &str, heading: &Heading) -> Option<(Number, Span)> {
    let Beginning::Number(number) = numbers::read(&heading.text) else { return None };
    let is_plain = !number.series.is_roman && !number.has_letter && number.first == number.last;
    let (source, written) = (heading.span.slice(text), number.whole(number.last));
    let at = source.find(|char: char| char.is_ascii_digit())?;
    let start = heading.span.start + at;
    let is_there = is_plain && source[at..].starts_with(&written);
    is_there.then(|| (number, Span::new(start, start + written.len())))
}

/// By heading, where its number stands and what it is now.
type Numbers = HashMap<usize, (Span, String)>;

/// The numbers that change: those that went on behind one that is left out go on behind the one
/// before that.
fn renumbered(sheet: &Sheet, is_out: &dyn Fn(&Heading) -> bool) -> Numbers {
    let mut changed = Numbers::new();
    // Per count: its last number as written, and by how much it is lower now.
    let mut counts: HashMap<(u8, Series, Vec<u32>), (u32, u32)> = HashMap::new();
    // The numbers of the headings around, as written and now.
    let mut around: Vec<(u8, Vec<u32>, Vec<u32>)> = Vec::new();
    let headings = &sheet.close.syntax.headings;
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.is_nested) {
        around.retain(|(level, ..)| *level < heading.level);
        let Some((Number { series, prefix, last: own, .. }, span)) = number(sheet.text(), heading)
        else {
            continue;
        };
        let count = counts.entry((heading.level, series, prefix.clone())).or_default();
        let goes_on = count.0 == 0 || count.0.checked_add(1) == Some(own);
        let lower = if goes_on { count.1 } else { 0 };
        *count = (own, lower + u32::from(is_out(heading)));
        let above = around.iter().rev().find(|(_, written, _)| *written == prefix);
        // One of several parts that stands under no such section counts none: it is a version.
        if is_out(heading) || above.is_none() && !prefix.is_empty() {
            continue;
        }
        let mut now = above.map(|(_, _, now)| now.clone()).unwrap_or_default();
        now.push(own.saturating_sub(lower));
        let written = [prefix, vec![own]].concat();
        if now != written {
            let told: Vec<String> = now.iter().map(u32::to_string).collect();
            changed.insert(at, (span, told.join(".")));
        }
        around.push((heading.level, written, now));
    }
    changed
}

/// Has a link within the text lead where it led; one to what is left out is its text alone.
fn follow(
    sheet: &Sheet,
    link: &Link,
    fragment: &str,
    (is_out, numbers): (&dyn Fn(&Heading) -> bool, &Numbers),
    edits: &mut Edits,
) {
    let headings = &sheet.close.syntax.headings;
    let mut meant =
        headings.iter().enumerate().filter(|(_, heading)| anchor(&heading.text) == fragment);
    let Some((at, heading)) = meant.next() else { return };
    if is_out(heading) {
        if meant.any(|(_, other)| !is_out(other)) || link.is_image {
            return;
        }
        let Some(middle) = link.span.slice(sheet.text()).rfind("](") else { return };
        edits.remove(Span::new(link.span.start, link.span.start + 1));
        edits.remove(Span::new(link.span.start + middle, link.span.end));
    } else if let Some((number, new)) = numbers.get(&at) {
        let title = heading.text.replacen(number.slice(sheet.text()), new, 1);
        edits.replace(link.destination_span, format!("#{}", anchor(&title)));
    }
}
