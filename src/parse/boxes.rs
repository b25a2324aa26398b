//! The box that a list item begins with.
//!
//! Boxes are read from the source at the start of an item's first paragraph, not taken from the
//! markdown parser: one rule then serves GFM's boxes and the others. Where the parsers that people
//! compare with disagree, this is what mdboard does:
//!
//! - White space or the end of the line stands behind the box. `- [x]**bold**` and `- [x]text`
//!   are no items, as in the GFM specification, in cmark-gfm and on GitHub (comrak takes the
//!   first for one, because the text before the markup ends there).
//! - A box that nothing follows on its line is an item, as in comrak and the specification: a
//!   line ending is white space. `- [ ]` alone is an item without text, and lint says so.
//! - `[x]` is a box even where a link definition `[x]: …` stands elsewhere, as in cmark-gfm: the
//!   block structure is decided before any link is.
//! - The first block has to be a paragraph: a table or a setext heading that begins with a box is
//!   none, as in comrak and the specification. So is a box behind a link definition in the same
//!   item, as in cmark-gfm: the item does not begin with it.
//! - The brackets hold a space, `x` or `X`. Anything else, a tab as well, is no GFM box.
//! - Behind the box a form feed or a vertical tab is white space, a no-break space is not.

use crate::source::Span;

/// What a box holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `[ ]`
    Unticked,
    /// `[x]`, `[X]`
    Ticked,
    /// `[N/A]`, `[NA]`, `[n/a]`
    NotApplicable,
    /// Any other single character.
    Other(char),
}

impl Mark {
    /// Whether GFM renders a box for it.
    pub(super) fn is_gfm(self) -> bool {
        matches!(self, Mark::Unticked | Mark::Ticked)
    }
}

/// A box and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TaskBox {
    /// What it holds.
    pub(super) mark: Mark,
    /// The brackets and what stands between them.
    pub(super) span: Span,
}

impl TaskBox {
    /// What stands between the brackets.
    pub(super) fn inside(self) -> Span {
        Span::new(self.span.start + 1, self.span.end - 1)
    }
}

/// Whether a character that is no `x` looks like a tick to people: they mean that it is done. Among
/// them are letters of other alphabets that are drawn like an x.
pub(crate) fn looks_ticked(letter: char) -> bool {
    matches!(letter, '✅' | '✓' | '✔' | '☑' | '🗸' | '🗹' | '√' | '*' | 'х' | 'Х' | 'ｘ' | 'Ｘ')
}

/// The box that the paragraph at `start` begins with.
pub(super) fn at(text: &str, start: usize) -> Option<TaskBox> {
    let (before, paragraph) = text.split_at_checked(start)?;
    if before.ends_with('\\') {
        // `\[x]`: the text begins behind the backslash that makes it no box.
        return None;
    }
    let behind_space = paragraph.trim_start_matches([' ', '\t', '\u{b}', '\u{c}']);
    let open = start + (paragraph.len() - behind_space.len());
    let (mark, length) = mark(behind_space.strip_prefix('[')?)?;
    let end = open + 1 + length + 1;
    let behind = text.get(end..)?.chars().next();
    let ends = behind.is_none_or(|next| matches!(next, ' ' | '\t'..='\r'));
    ends.then(|| TaskBox { mark, span: Span::new(open, end) })
}

/// Reads what stands before the closing bracket, and how many bytes it takes.
fn mark(text: &str) -> Option<(Mark, usize)> {
    for name in ["N/A", "NA", "n/a"] {
        if text.strip_prefix(name).is_some_and(|rest| rest.starts_with(']')) {
            return Some((Mark::NotApplicable, name.len()));
        }
    }
    let mut chars = text.chars();
    let mark = match chars.next()? {
        ' ' => Mark::Unticked,
        'x' | 'X' => Mark::Ticked,
        // Brackets, escapes and code would be read otherwise by markdown itself.
        '[' | ']' | '\\' | '`' | '\r' | '\n' => return None,
        other => Mark::Other(other),
    };
    // An emoji may carry a variation selector; both together are one character to a reader.
    let rest = match mark {
        Mark::Other(_) => chars.as_str().trim_start_matches('\u{fe0f}'),
        _ => chars.as_str(),
    };
    rest.starts_with(']').then_some((mark, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark_of(text: &str) -> Option<Mark> {
        at(text, 0).map(|found| found.mark)
    }

    #[test]
    fn gfm_boxes() {
        assert_eq!(mark_of("[ ] a"), Some(Mark::Unticked));
        assert_eq!(mark_of("[x] a"), Some(Mark::Ticked));
        assert_eq!(mark_of("[X]\ta"), Some(Mark::Ticked));
        assert_eq!(mark_of("[ ]"), Some(Mark::Unticked));
        assert_eq!(mark_of("[ ]\r\na"), Some(Mark::Unticked));
        assert_eq!(mark_of("[x]\u{c}a"), Some(Mark::Ticked));
    }

    #[test]
    fn white_space_stands_behind_a_box() {
        for text in ["[x]a", "[x]**a**", "[ ](a)", "[x]: a", "[x]\u{a0}a", "[X]% of it"] {
            assert_eq!(mark_of(text), None, "{text}");
        }
    }

    #[test]
    fn an_escaped_box_is_none() {
        assert_eq!(at("- \\[x] a", 3), None);
    }

    #[test]
    fn other_boxes() {
        assert_eq!(mark_of("[/] a"), Some(Mark::Other('/')));
        assert_eq!(mark_of("[N/A] a"), Some(Mark::NotApplicable));
        assert_eq!(mark_of("[NA] a"), Some(Mark::NotApplicable));
        assert_eq!(mark_of("[n/a] a"), Some(Mark::NotApplicable));
        assert_eq!(mark_of("[✔\u{fe0f}] a"), Some(Mark::Other('✔')));
        assert_eq!(mark_of("[\t] a"), Some(Mark::Other('\t')));
        for text in ["[] a", "[ab] a", "[\\] a", "[[] a", "[] ] a", "[a", "[", ""] {
            assert_eq!(mark_of(text), None, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "-  [ü] a";
        let found = at(text, 1).expect("a box");
        assert_eq!(found.span.slice(text), "[ü]");
        assert_eq!(found.inside().slice(text), "ü");
    }
}
