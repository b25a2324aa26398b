//! Where texts begin on a page, and what they stand in: what several rules of this category ask.

use crate::lint::page::Page;
use crate::parse::{Link, ListItem};
use crate::source::holding;

/// The beginning of a line of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beginning<'t> {
    /// Where it stands, behind the indent and the signs of quotes and lists.
    pub(super) at: usize,
    /// From there to the end of the line, without the white space there.
    pub(super) text: &'t str,
    /// Whether a list item begins with it.
    pub(super) is_in_list: bool,
}

/// The beginnings of all lines of all paragraphs, escaped ones left out.
pub(super) fn beginnings<'p>(page: &'p Page<'_>) -> impl Iterator<Item = Beginning<'p>> {
    let lines = page.syntax.paragraphs.iter().flat_map(|paragraph| {
        let mut next = paragraph.start;
        page.slice(*paragraph).split_inclusive('\n').map(move |line| {
            let text = line.trim_start_matches([' ', '\t', '>']);
            let at = next + line.len() - text.len();
            next += line.len();
            (at, text.trim_end())
        })
    });
    let beginnings = lines.map(|(at, text)| {
        // Outer items stand before those in them, so that their contents are in order.
        let is_in_list = page.syntax.list_items.binary_search_by_key(&at, |item| item.content);
        Beginning { at, text, is_in_list: is_in_list.is_ok() }
    });
    beginnings.filter(|line| !is_escaped(page, line.at))
}

/// Whether a backslash stands before a byte.
pub(super) fn is_escaped(page: &Page<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| page.text.as_bytes().get(before));
    before == Some(&b'\\')
}

/// The link that a byte stands in.
pub(super) fn link<'p>(page: &'p Page<'_>, at: usize) -> Option<&'p Link> {
    holding(&page.syntax.links, at, |link| link.span)
}

/// Whether an item's box begins at a byte.
pub(super) fn is_item(page: &Page<'_>, at: usize) -> bool {
    page.document.items.binary_search_by_key(&at, |item| page.box_of(item).start).is_ok()
}

/// Whether a byte belongs to an item's own text.
pub(super) fn is_in_item(page: &Page<'_>, at: usize) -> bool {
    holding(&page.document.items, at, |item| item.span).is_some()
}

/// Whether the list item whose contents begin at a byte stands right behind or before an item of the
/// same list.
pub(super) fn is_beside_item(page: &Page<'_>, content: usize) -> bool {
    let all = &page.syntax.list_items;
    let Ok(at) = all.binary_search_by_key(&content, |item| item.content) else { return false };
    let (before, behind) = all.split_at(at);
    let Some((own, behind)) = behind.split_first() else { return false };
    let is_sibling = |other: &&ListItem| other.depth <= own.depth;
    let beside = [before.iter().rev().find(is_sibling), behind.iter().find(is_sibling)];
    beside.into_iter().flatten().any(|other| {
        let gap = own.span.end.min(other.span.end)..own.span.start.max(other.span.start);
        let is_apart = page.text.get(gap).is_some_and(|gap| gap.trim().is_empty());
        other.depth == own.depth && is_apart && is_item(page, other.content)
    })
}
