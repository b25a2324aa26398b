//! Cutting parts out of a text, and tidying what is left around the cuts.

use std::ops::Range;

/// The text without the cuts (in order, without overlap). Around a cut, double spaces, separators
/// that now separate nothing and empty brackets go too; a text without cuts is not touched.
pub(super) fn cut(text: &str, cuts: &[Range<usize>]) -> String {
    let Some(first) = cuts.first() else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first.start]);
    let mut spaced = false;
    for (index, cut) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(text.len(), |next| next.start);
        spaced |= out.ends_with(char::is_whitespace);
        let behind = text.get(cut.end..end).unwrap_or_default();
        spaced = join(&mut out, behind, spaced);
    }
    let ends_in_cut = cuts.last().is_some_and(|last| text[last.end..].trim().is_empty());
    if ends_in_cut {
        drop_separators(&mut out);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out
}

/// Appends what stands behind a cut. Returns whether white space still has to come before the
/// next word.
fn join(out: &mut String, behind: &str, spaced: bool) -> bool {
    let spaced = spaced || behind.starts_with(char::is_whitespace);
    out.truncate(out.trim_end().len());
    let mut rest = behind.trim();
    if out.is_empty() || out.ends_with(['(', '[', '{']) {
        rest = without_leading_separators(rest);
    }
    if rest.is_empty() {
        return spaced;
    }
    if begins_with_separator(rest) || begins_with_end(rest) {
        drop_separators(out);
    }
    let emptied = match (out.chars().next_back(), rest.chars().next()) {
        (Some('('), Some(')')) | (Some('['), Some(']')) | (Some('{'), Some('}')) => true,
        (Some(_), Some(_)) | (None, _) | (_, None) => false,
    };
    if emptied {
        out.pop();
        return join(out, &rest[1..], spaced);
    }
    let attached = out.is_empty() || out.ends_with(['(', '[', '{']) || begins_with_end(rest);
    if spaced && !attached {
        out.push(' ');
    }
    out.push_str(rest);
    behind.ends_with(char::is_whitespace)
}

const DASHES: [char; 4] = ['—', '–', '-', '|'];

/// Removes separators at the end that now stand before nothing. A dash has to stand alone.
fn drop_separators(out: &mut String) {
    loop {
        let trimmed = out.trim_end();
        let shorter = trimmed.trim_end_matches([',', ';']).trim_end();
        let dashless = shorter.trim_end_matches(DASHES);
        let alone = dashless.is_empty() || dashless.ends_with(char::is_whitespace);
        let kept = if alone { dashless.trim_end().len() } else { shorter.len() };
        if kept == out.len() {
            return;
        }
        out.truncate(kept);
    }
}

/// Drops separators in front of what now begins a text or a bracket.
fn without_leading_separators(text: &str) -> &str {
    let mut rest = text;
    loop {
        let mut shorter = rest.trim_start_matches([',', ';', ':']).trim_start();
        if begins_with_dash(shorter) {
            shorter = shorter.trim_start_matches(DASHES).trim_start();
        }
        if shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}

fn begins_with_dash(text: &str) -> bool {
    let behind = text.trim_start_matches(DASHES);
    behind.len() < text.len() && (behind.is_empty() || behind.starts_with(char::is_whitespace))
}

fn begins_with_separator(text: &str) -> bool {
    text.starts_with([',', ';']) || begins_with_dash(text)
}

/// Whether the text begins with what ends a sentence or a bracket.
fn begins_with_end(text: &str) -> bool {
    let behind = text.trim_start_matches(['.', ',', ';', ')', ']', '}', '!', '?', ':']);
    let ends = behind.len() < text.len();
    ends && (text.starts_with([')', ']', '}'])
        || behind.is_empty()
        || behind.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts out what stands between `<` and `>`.
    fn without_marked(marked: &str) -> String {
        let (mut text, mut cuts, mut start) = (String::new(), Vec::new(), 0);
        for letter in marked.chars() {
            match letter {
                '<' => start = text.len(),
                '>' => cuts.push(start..text.len()),
                letter => text.push(letter),
            }
        }
        cut(&text, &cuts)
    }

    #[test]
    fn a_text_without_cuts_stays() {
        assert_eq!(cut("Odd  — , text -", &[]), "Odd  — , text -");
    }

    #[test]
    fn spaces_and_separators_around_cuts_go() {
        for (marked, wanted) in [
            ("Send deck <due:x>", "Send deck"),
            ("<(R)> Send deck", "Send deck"),
            ("<(R)>: Send deck", "Send deck"),
            ("Send <due:x> deck", "Send deck"),
            ("Send deck, <due:x>", "Send deck"),
            ("Send deck — <due:x>", "Send deck"),
            ("Send deck - <due:x> - <owner:y>", "Send deck"),
            ("Send deck <(due x)>.", "Send deck."),
            ("Send deck, <due:x>.", "Send deck."),
            ("Send deck. <@anna>", "Send deck."),
            ("Send (high, <due:x>) deck", "Send (high) deck"),
            ("Send (<due:x>, high) deck", "Send (high) deck"),
            ("Send (<due:x>) deck", "Send deck"),
            ("Send <due:x>, then call", "Send, then call"),
            ("Send — <due:x> — quickly", "Send — quickly"),
            ("Send <a> <b> deck", "Send deck"),
            ("Send<🔼> deck", "Send deck"),
            ("Use <due:x> .env files", "Use .env files"),
            ("pre-<x>", "pre-"),
            ("<x>", ""),
            ("<x> -5 degrees", "-5 degrees"),
            ("Send <@anna>, <@ben>", "Send"),
        ] {
            assert_eq!(without_marked(marked), wanted, "{marked}");
        }
    }
}
