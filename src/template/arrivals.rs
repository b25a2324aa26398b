//! What comes to the places of a checklist, in an order in which each thing stays what it is, and with
//! blank lines where it would become part of something else.

use std::cmp::Reverse;

use super::edits::Edits;
use super::written::is_list_item;

/// Where blank lines part what comes from what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Nowhere,
    /// Before the first thing that comes there: a paragraph would go on with it.
    First,
    /// Before it: its list is a loose one.
    Before,
    /// Behind it: its list is a loose one.
    Behind,
    /// On both sides, as for a heading.
    Around,
}

/// Something that comes.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) at: usize,
    /// How many lists of the checklist it comes into. What comes into more of them belongs to what
    /// stands before it, and stands before what comes into fewer.
    pub(super) depth: usize,
    /// What stands before it on its lines.
    pub(super) prefix: String,
    pub(super) gap: Gap,
    /// Its lines, each with its end.
    pub(super) lines: String,
}

/// Puts in all that comes. What comes to one place as deep stands in the order it is given in.
pub(super) fn put_in(mut all: Vec<Arrival>, text: &str, end: &str, edits: &mut Edits) {
    all.sort_by_key(|one| (one.at, Reverse(one.depth)));
    for group in all.chunk_by(|one, other| one.at == other.at) {
        let at = group[0].at;
        let mut out = String::new();
        if !text[..at].is_empty() && !text[..at].ends_with('\n') {
            out.push_str(end);
        }
        for (number, one) in group.iter().enumerate() {
            let is_parted = match out.is_empty() {
                true => is_parted(&text[..at]),
                false => !out.trim_end_matches(['\r', '\n']).is_empty() && is_parted(&out),
            };
            let is_asked = match one.gap {
                Gap::Before | Gap::Around => true,
                Gap::First => number == 0,
                Gap::Nowhere | Gap::Behind => false,
            };
            let blank = format!("{}{end}", one.prefix.trim_end());
            if is_asked && !is_parted {
                out.push_str(&blank);
            }
            out.push_str(&one.lines);
            if matches!(one.gap, Gap::Behind | Gap::Around) {
                out.push_str(&blank);
            }
        }
        if !is_parted(&out) {
            let prefix = group.last().map_or("", |last| &last.prefix);
            out.push_str(&gap_behind(&text[at..], prefix, end));
        }
        edits.insert(at, out);
    }
}

/// Whether a text ends with a blank line, or has not begun.
fn is_parted(text: &str) -> bool {
    let last = text.strip_suffix('\n').map(|text| text.rsplit('\n').next().unwrap_or(text));
    let is_blank = |line: &str| line.trim_matches(['>', ' ', '\t', '\r']).is_empty();
    last.map_or(text.is_empty(), is_blank)
}

/// The blank line before what follows. A heading or a paragraph begins anew: else the paragraph would
/// go on with the item before it.
fn gap_behind(rest: &str, prefix: &str, end: &str) -> String {
    let next = rest.lines().next().unwrap_or_default();
    let bare = next.trim_start_matches(['>', ' ', '\t']);
    if bare.trim().is_empty() || is_list_item(bare) {
        return String::new();
    }
    // In a quote that goes on, the blank line is one of the quote's.
    let quote = prefix.rfind('>').map_or("", |sign| &prefix[..=sign]);
    let quote = if next.starts_with(quote) { quote } else { "" };
    format!("{quote}{end}")
}
