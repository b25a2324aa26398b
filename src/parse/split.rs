//! Where a markdown text can be cut so that each piece, read alone, reads as it does in the whole.
//!
//! A heading at the left edge ends every list, quote and paragraph above it. What may still reach
//! across it is code between fences, an HTML block, and a link definition, which reaches everywhere.
//! Where one of them might, the text is not cut: a cut less costs a little time, a wrong one would
//! cost the truth.

use memchr::{memchr, memchr_iter, memmem};

/// A part of a text that begins with a heading (the first one begins with whatever is there).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Where it begins, in bytes of the whole.
    pub(super) start: usize,
    /// How many lines stand before it.
    pub(super) line: u32,
    /// The level of the heading it begins with; 0 where it need not begin with one.
    pub(super) level: u8,
}

/// The whole as one piece.
pub(super) fn whole(text: &str) -> Piece<'_> {
    Piece { text, start: 0, line: 0, level: 0 }
}

/// Cuts a text into pieces.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    if reaches_everywhere(text) {
        return vec![whole(text)];
    }
    let mut cuts = vec![(0, 0, 0)];
    let mut fences = Fences::default();
    let mut in_comment = false;
    let mut in_html = false;
    let mut is_blank = false;
    let (mut start, mut number) = (0, 0);
    while start < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at + 1);
        let line = Line::new(&text.as_bytes()[start..end]);
        let level = line.heading_level();
        if is_blank && level > 0 && !in_comment && fences.are_closed() && start > 0 {
            cuts.push((start, number, level));
        }
        in_html = !line.is_blank() && (in_html || line.rest.first() == Some(&b'<'));
        fences.pass(&line, in_html || in_comment);
        in_comment = comment_is_open(line.rest, in_comment);
        is_blank = line.is_blank();
        start = end;
        number += 1;
    }
    let ends = cuts.iter().skip(1).map(|cut| cut.0).chain([text.len()]);
    let piece = |((start, line, level), end): (&(usize, u32, u8), usize)| Piece {
        text: &text[*start..end],
        start: *start,
        line: *line,
        level: *level,
    };
    cuts.iter().zip(ends).map(piece).collect()
}

/// Whether the text may hold a link definition, a block of raw HTML that only its own closing tag
/// ends, or line ends of the kind that no editor has made since 2001.
fn reaches_everywhere(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    memmem::find(bytes, b"]:").is_some()
        || memchr_iter(b'<', bytes).any(|at| match next(at) {
            b'?' => true,
            b'!' => bytes.get(at + 2..at + 4) != Some(b"--"),
            letter => {
                matches!(letter, b'p' | b'P' | b's' | b'S' | b't' | b'T')
                    && is_raw(&bytes[at + 1..])
            }
        })
        || memchr_iter(b'\r', bytes).any(|at| next(at) != b'\n')
}

/// Whether what stands behind a `<` may be the name of a raw block.
fn is_raw(behind: &[u8]) -> bool {
    let begins =
        |name: &[u8]| behind.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    begins(b"pre") || begins(b"script") || begins(b"style") || begins(b"textarea")
}

/// Whether an HTML comment may be open behind a line.
fn comment_is_open(line: &[u8], was_open: bool) -> bool {
    match memmem::rfind(line, b"<!--") {
        Some(opened) => memmem::find(&line[opened + 4..], b"-->").is_none(),
        None => was_open && memmem::find(line, b"-->").is_none(),
    }
}

/// A line, its indentation taken off.
struct Line<'t> {
    /// In columns; a tab counts as the four that it has at the left edge.
    indent: usize,
    rest: &'t [u8],
}

impl<'t> Line<'t> {
    fn new(line: &'t [u8]) -> Line<'t> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let begin = line.iter().position(|byte| !is_space(byte)).unwrap_or(line.len());
        let end = line.iter().rposition(|byte| !is_space(byte)).map_or(begin, |last| last + 1);
        let has_tab = line[..begin].contains(&b'\t');
        Line { indent: if has_tab { begin.max(4) } else { begin }, rest: &line[begin..end] }
    }

    fn is_blank(&self) -> bool {
        self.rest.is_empty()
    }

    /// The level of a heading at the left edge, else 0.
    fn heading_level(&self) -> u8 {
        let marks = self.rest.iter().take_while(|byte| **byte == b'#').count();
        let is_heading = self.indent == 0
            && (1..=6).contains(&marks)
            && matches!(self.rest.get(marks), None | Some(b' ' | b'\t'));
        if is_heading { marks as u8 } else { 0 }
    }

    /// What a list item begins with, behind its bullet or number.
    fn behind_marker(&self) -> Option<Line<'t>> {
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let width = match (digits, &self.rest[digits..]) {
            (0, [b'-' | b'*' | b'+', b' ', ..]) | (1.., [b'.' | b')', b' ', ..]) => digits + 2,
            _ => return None,
        };
        let behind = Line::new(&self.rest[width..]);
        Some(Line { indent: self.indent + width + behind.indent, rest: behind.rest })
    }

    fn fence(&self) -> Option<Fence> {
        let letter = *self.rest.first().filter(|letter| matches!(letter, b'`' | b'~'))?;
        let length = self.rest.iter().take_while(|byte| **byte == letter).count();
        let info = &self.rest[length..];
        let is_fence = length >= 3 && (letter == b'~' || memchr(b'`', info).is_none());
        is_fence.then_some(Fence { letter, length, is_bare: info.is_empty(), indent: self.indent })
    }
}

/// A line that may open or close a block of code.
#[derive(Clone, Copy)]
struct Fence {
    letter: u8,
    length: usize,
    /// Whether nothing stands behind it: only such a one closes.
    is_bare: bool,
    indent: usize,
}

/// What may be open at a place, of which only one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// Code outside of all lists.
    Code {
        letter: u8,
        length: usize,
    },
    /// Code in a list item, whose text begins at `indent` or before. It ends with the item.
    InItem {
        letter: u8,
        length: usize,
        indent: usize,
    },
}

/// The blocks of code that may be open. Whether a line is in a list is not known here, so that an
/// indented fence leaves several possibilities.
struct Fences {
    may_be: Vec<Open>,
}

impl Default for Fences {
    fn default() -> Fences {
        Fences { may_be: vec![Open::Nothing] }
    }
}

impl Fences {
    /// Whether no block of code is open that a heading would not end.
    fn are_closed(&self) -> bool {
        // A heading at the left edge ends the list, and the code in it.
        self.may_be.iter().all(|open| !matches!(open, Open::Code { .. }))
    }

    /// Goes on behind a line, of which it may be doubtful whether it is markdown at all.
    fn pass(&mut self, line: &Line<'_>, is_doubtful: bool) {
        let fence = line.fence();
        let inner = line.behind_marker().and_then(|line| line.fence());
        let is_quiet = fence.is_none() && inner.is_none();
        if line.is_blank() || (is_quiet && self.may_be == [Open::Nothing]) {
            return;
        }
        let mut next = Vec::with_capacity(2);
        let mut add = |open: Open| {
            if !next.contains(&open) {
                next.push(open);
            }
        };
        for open in &self.may_be {
            if is_doubtful {
                add(*open);
            }
            behind(*open, line, fence, inner, &mut add);
        }
        self.may_be = next;
    }
}

/// What may be open behind a line before which `open` is.
fn behind(
    open: Open,
    line: &Line<'_>,
    fence: Option<Fence>,
    inner: Option<Fence>,
    add: &mut impl FnMut(Open),
) {
    let closes = |letter, length| {
        fence.is_some_and(|by| by.letter == letter && by.length >= length && by.is_bare)
    };
    match open {
        Open::Code { letter, length } if line.indent < 4 && closes(letter, length) => {
            add(Open::Nothing);
        }
        Open::Code { .. } => add(open),
        Open::InItem { letter, length, indent } => {
            if closes(letter, length) && line.indent > 0 {
                add(Open::Nothing);
            }
            // Far to the right of the item's text a fence closes nothing.
            if line.indent > 0 && (!closes(letter, length) || line.indent > 5) {
                add(open);
            }
            // To the left of the item's text the item may have ended.
            if line.indent < indent {
                behind(Open::Nothing, line, fence, inner, add);
            }
        }
        Open::Nothing => match (fence, inner) {
            (Some(Fence { letter, length, indent: 0, .. }), _) => {
                add(Open::Code { letter, length })
            }
            (Some(Fence { letter, length, indent: indent @ 1..=3, .. }), _) => {
                add(Open::Code { letter, length });
                add(Open::InItem { letter, length, indent });
            }
            // In a list, or themselves code: they reach no further than the list does.
            (Some(Fence { letter, length, indent, .. }), _)
            | (_, Some(Fence { letter, length, indent, .. })) => {
                add(Open::Nothing);
                add(Open::InItem { letter, length, indent });
            }
            (None, None) => add(Open::Nothing),
        },
    }
}
