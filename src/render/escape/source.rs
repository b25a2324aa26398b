//! A line of somebody's file on a terminal, with a place in it that can be underlined.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{MARKS, is_invisible, shown};
use crate::source::Span;

/// What stands where a line was cut.
const CUT: &str = "…";
/// How many characters are looked at for a column: a line of marks without a letter has no width.
const PER_COLUMN: usize = 8;
/// A place is kept to so many characters when asking whether anything in it can be seen.
const GLANCE: usize = 64;

/// A piece of a line as a terminal may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece.
    pub text: String,
    /// Where in it the place has got to.
    pub span: Span,
}

/// The part of a line around a place, in at most about `width` columns, with an ellipsis where
/// something is missing.
///
/// Characters are shown as [`terminal`](super::terminal) shows them, but for those that cannot be
/// seen: here the reader is to see what is there, so `<U+200B>` stands for each. Only what glues an
/// emoji together goes without a trace, unless the place is nothing else.
pub fn excerpt(line: &str, span: Span, width: usize) -> Excerpt {
    let before = line.get(..span.start).unwrap_or_default();
    let inside = span.slice(line);
    let behind = line.get(span.end..).unwrap_or_default();
    let reveals = inside.chars().take(GLANCE).all(is_invisible);
    // A long place leaves room for what stands before it: where it begins is half of what it says.
    let lead = Piece::of(before.chars().rev(), width / 4, false);
    let place = Piece::of(inside.chars(), width - lead.columns.min(width), reveals);
    let left = width.saturating_sub(place.columns);
    let (start, end) =
        (Piece::of(before.chars().rev(), left, false), Piece::of(behind.chars(), left, false));
    // What one side does not need is the other's.
    let for_start = (left / 2).max(left.saturating_sub(end.columns));
    let start = match start.columns > for_start {
        true => Piece::of(before.chars().rev(), for_start, false),
        false => start,
    };
    let end = Piece::of(behind.chars(), left.saturating_sub(start.columns), false);
    let start: String = start.glyphs.iter().rev().map(AsRef::as_ref).collect();
    let place: String = place.glyphs.concat();
    let span = Span::new(start.len(), start.len() + place.len());
    Excerpt { text: start + &place + &end.glyphs.concat(), span }
}

/// The first of some characters as they are shown, cut at a width.
struct Piece {
    glyphs: Vec<Cow<'static, str>>,
    columns: usize,
}

impl Piece {
    fn of(chars: impl Iterator<Item = char>, width: usize, reveals: bool) -> Piece {
        let mut piece = Piece { glyphs: Vec::new(), columns: 0 };
        let mut marks = 0;
        for (count, char) in chars.enumerate() {
            let glyph = glyph(char, reveals);
            let columns = glyph.width();
            if piece.columns + columns > width || count >= width.saturating_mul(PER_COLUMN) {
                piece.cut(width);
                break;
            }
            marks = if columns == 0 && !glyph.is_empty() { marks + 1 } else { 0 };
            if marks <= MARKS {
                piece.columns += columns;
                piece.glyphs.push(glyph);
            }
        }
        piece
    }

    /// Makes room for the ellipsis, and puts it.
    fn cut(&mut self, width: usize) {
        while self.columns >= width {
            let Some(last) = self.glyphs.pop() else { return };
            self.columns -= last.width();
        }
        self.glyphs.push(CUT.into());
        self.columns += CUT.width();
    }
}

fn glyph(char: char, reveals: bool) -> Cow<'static, str> {
    match char {
        '\t' => "    ".into(),
        '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' if !reveals => "".into(),
        char if is_invisible(char) => format!("<U+{:04X}>", u32::from(char)).into(),
        char => match shown(char) {
            // A mark needs a letter before it, which the piece may not have.
            Some(char) if char.width().is_some() => char.to_string().into(),
            _ => char::REPLACEMENT_CHARACTER.to_string().into(),
        },
    }
}

/// A whole text to be read as it is: lines and tabs stay, control characters become visible, and
/// what cannot be seen is named, but for what holds an emoji together.
pub fn revealed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_after_ascii = true;
    for char in text.chars() {
        match char {
            '\n' | '\t' => out.push(char),
            '\r' => out.push('␍'),
            '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' if !is_after_ascii => out.push(char),
            char => out.push_str(&glyph(char, true)),
        }
        is_after_ascii = char.is_ascii();
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: &str, place: &str, width: usize) -> (String, String) {
        let start = line.find(place).expect("the place is in the line");
        let Excerpt { text, span } = excerpt(line, Span::new(start, start + place.len()), width);
        (text.clone(), span.slice(&text).to_owned())
    }

    fn pair(text: &str, place: &str) -> (String, String) {
        (text.to_owned(), place.to_owned())
    }

    #[test]
    fn a_line_that_fits_is_shown_as_it_is() {
        assert_eq!(at("- [ ] ünterschrift", "[ ]", 40), pair("- [ ] ünterschrift", "[ ]"));
        assert_eq!(at("\tx", "x", 40), pair("    x", "x"));
    }

    #[test]
    fn what_cannot_be_seen_is_told() {
        assert_eq!(at("a\u{202e}b", "b", 40), pair("a<U+202E>b", "b"));
        assert_eq!(at("a\u{200b}b", "\u{200b}", 40), pair("a<U+200B>b", "<U+200B>"));
        assert_eq!(at("\u{1b}[1m", "[", 40), pair("␛[1m", "["));
    }

    #[test]
    fn an_emoji_needs_no_telling_unless_it_is_about_its_glue() {
        assert_eq!(at("⚠\u{fe0f} a", "a", 40), pair("⚠ a", "a"));
        assert_eq!(at("⚠\u{fe0f} a", "\u{fe0f}", 40), pair("⚠<U+FE0F> a", "<U+FE0F>"));
    }

    #[test]
    fn a_text_shows_all_that_is_in_it() {
        assert_eq!(revealed("a\tb\r\nc"), "a\tb␍\nc");
        assert_eq!(revealed("\u{feff}a\u{200d}b\u{202e}\u{1b}"), "<U+FEFF>a<U+200D>b<U+202E>␛");
        assert_eq!(revealed("👩\u{200d}🚀⚠\u{fe0f}"), "👩\u{200d}🚀⚠\u{fe0f}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}HERE{}", "a".repeat(100), "b".repeat(100));
        assert_eq!(at(&line, "HERE", 14), pair("…aaaaHEREbbbb…", "HERE"));
        assert_eq!(at(&format!("ab HERE {line}"), "HERE", 12), pair("ab HERE aaa…", "HERE"));
        assert_eq!(at(&line, &"b".repeat(100), 8), pair("…Ebbbbb…", "bbbbb…"));
        assert_eq!(
            at(&format!("- [ ] {line}"), &line, 24),
            pair("- [ ] aaaaaaaaaaaaaaaaa…", "aaaaaaaaaaaaaaaaa…")
        );
    }

    proptest! {
        #[test]
        fn nothing_but_what_can_be_seen_gets_through(
            line in any::<String>(), from in 0..60_usize, to in 0..60_usize, width in 1..60_usize,
        ) {
            let edges: Vec<usize> =
                line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
            let edge = |at: usize| edges[at.min(edges.len() - 1)];
            let span = Span::new(edge(from.min(to)), edge(from.max(to)));
            let Excerpt { text, span } = excerpt(&line, span, width);
            prop_assert!(text.get(span.start..span.end).is_some());
            prop_assert!(text.width() <= width + 2, "{text:?}");
            prop_assert!(!text.chars().any(|char| char.is_control() || is_invisible(char)));
        }
    }
}
