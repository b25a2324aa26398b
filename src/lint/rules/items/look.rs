//! What looks like a box.

use crate::parse::looks_ticked;

/// Brackets at the beginning of a text that look like a box, or are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// How many bytes the brackets and what is in them take.
    pub(super) length: usize,
    /// What is in them.
    pub(super) inside: Inside,
    /// What stands behind them.
    pub(super) behind: Behind,
    /// How many bytes of that only look like a space.
    pub(super) false_space: usize,
}

/// What stands in brackets that look like a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// One space.
    Open,
    /// `x` or `X`.
    Ticked,
    /// Nothing.
    Empty,
    /// White space that is not one space.
    Blank,
    /// `x` or `X` with white space beside it.
    Padded,
    /// Something that is drawn like a tick.
    Drawn(char),
}

impl Inside {
    /// Whether it was meant to be open.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Inside::Open | Inside::Empty | Inside::Blank)
    }
}

/// What stands behind brackets that look like a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// White space as markdown knows it, or the end of the line.
    Space,
    /// White space that markdown does not take for such.
    FalseSpace,
    /// Text.
    Text,
}

impl Look {
    /// The brackets that a text begins with.
    pub(super) fn at(text: &str) -> Option<Look> {
        /// Nobody writes a box that is longer.
        const MOST: usize = 8;
        let rest = text.strip_prefix('[')?;
        let close = rest.char_indices().take(MOST).find(|(_, c)| *c == ']')?.0;
        let (inside, behind) = (rest.get(..close)?, rest.get(close + 1..)?);
        let inside = match inside {
            "" => Inside::Empty,
            " " => Inside::Open,
            "x" | "X" => Inside::Ticked,
            _ => match inside.trim() {
                "" => Inside::Blank,
                "x" | "X" => Inside::Padded,
                sign => Inside::Drawn(tick(sign)?),
            },
        };
        let next = behind.chars().next();
        let (behind, false_space) = match next {
            None | Some(' ' | '\t'..='\r') => (Behind::Space, 0),
            Some(c) if c.is_whitespace() => (Behind::FalseSpace, c.len_utf8()),
            Some('(' | '[' | '{' | ':') => return None,
            Some(_) => (Behind::Text, 0),
        };
        Some(Look { length: close + 2, inside, behind, false_space })
    }

    /// Whether the text right behind the brackets may be that of an item. `[X]% revenue share`,
    /// `[X]M`, `[x]-based` are blanks, `[]string` is a type.
    pub(super) fn is_text_plausible(self, text: &str) -> bool {
        let behind = text.get(self.length..).unwrap_or_default();
        let Some(first) = behind.chars().next() else { return false };
        let letters = behind.chars().take_while(|c| c.is_alphabetic()).take(3).count();
        let is_word = match self.inside {
            Inside::Open | Inside::Blank => first.is_alphanumeric(),
            Inside::Empty => first.is_uppercase() || is_several_words(behind) || is_caseless(first),
            Inside::Ticked | Inside::Padded | Inside::Drawn(_) => letters > 2,
        };
        let is_markup = matches!(first, '*' | '_' | '~' | '`' | '"' | '“' | '„' | '@');
        // Arrows, symbols and emoji.
        is_word || is_markup || (first >= '\u{2190}' && !first.is_alphanumeric())
    }
}

/// A letter of a script without upper and lower case.
fn is_caseless(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_lowercase() && !letter.is_uppercase()
}

/// Whether a text begins with two words: `[]string` is a type, `[]sign the contract` is none.
fn is_several_words(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_word =
        |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    words.next().is_some_and(is_word)
        && words.next().is_some_and(|word| word.starts_with(char::is_alphabetic))
}

/// The sign that looks like a tick, if a text is one.
fn tick(text: &str) -> Option<char> {
    let mut chars = text.trim_end_matches('\u{fe0f}').chars();
    let sign = chars.next().filter(|sign| looks_ticked(*sign))?;
    chars.next().is_none().then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::{Behind, Inside, Look};

    #[test]
    fn brackets_are_looked_at() {
        let look = |text| Look::at(text).map(|look| (look.inside, look.behind));
        assert_eq!(look("[] a"), Some((Inside::Empty, Behind::Space)));
        assert_eq!(look("[ ]"), Some((Inside::Open, Behind::Space)));
        assert_eq!(look("[\u{3000}]\u{a0}a"), Some((Inside::Blank, Behind::FalseSpace)));
        assert_eq!(look("[ X ]a"), Some((Inside::Padded, Behind::Text)));
        assert_eq!(look("[ ✔\u{fe0f}] a"), Some((Inside::Drawn('✔'), Behind::Space)));
        for text in ["", "[", "[é", "[a] a", "[ ](a)", "[xx] a", "[✅✅] a", "[          ] a"] {
            assert_eq!(look(text), None, "{text}");
        }
    }
}
