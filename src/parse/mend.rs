//! Where pulldown-cmark departs from GFM, the text is changed before it is parsed, byte for byte
//! of the same length, so that every offset stays true.
//!
//! Found by comparison with comrak, and left as they are because no checklist has them: a table of
//! one column whose heading has no `|`; a table without outer `|` right behind other lines of its
//! paragraph; `- | -` as a table's second line; an empty list item followed by a line of spaces; a
//! tab in front of the `>` that continues a quote; a tag on a lazy line inside a code span or
//! between link definitions.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use crate::parse::metadata::strip_key;

/// The most list items and block quotes around an item. cmark-gfm nests lists as deep.
pub(super) const MAX_NESTING: usize = 100;

/// The text to hand to the markdown parser, and where a line nests deeper than that is read.
pub(super) fn mend(text: &str) -> (Cow<'_, str>, Option<usize>) {
    let mended = if text.contains('\t') { closing_fences(text) } else { Cow::Borrowed(text) };
    let deep = too_deep(text);
    let first = deep.first().copied();
    (without_markers(mended, &deep), first)
}

/// Each line's first list or quote marker past the cap. The parser's cost grows with nesting times
/// lines, so a few hostile lines would keep it busy for minutes.
fn too_deep(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text.as_bytes().get(start..end).unwrap_or_default();
        if line.len() > MAX_NESTING
            && let Some(at) = marker_past_cap(line)
        {
            found.push(start + at);
        }
        start = end + 1;
    }
    found
}

fn marker_past_cap(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    for count in 0.. {
        at += run(line, at, |byte| matches!(byte, b' ' | b'\t'));
        let digits = run(line, at, u8::is_ascii_digit);
        let length = match line.get(at + digits)? {
            b'>' if digits == 0 => 1,
            b'-' | b'+' | b'*' if digits == 0 => 2,
            b'.' | b')' if (1..10).contains(&digits) => digits + 2,
            _ => return None,
        };
        let is_open = length == 1 || matches!(line.get(at + length - 1), Some(b' ' | b'\t'));
        if !is_open {
            return None;
        }
        // Far to the right there must be many lists around it, however few stand on its line.
        if count >= MAX_NESTING || at > 10 * MAX_NESTING {
            return (!is_thematic_break(line)).then_some(at);
        }
        at += length;
    }
    None
}

fn run(line: &[u8], from: usize, holds: impl Fn(&u8) -> bool) -> usize {
    line[from..].iter().take_while(|byte| holds(byte)).count()
}

fn is_thematic_break(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    let Some(first @ (b'-' | b'*')) = marks.next() else { return false };
    marks.all(|mark| mark == first)
}

/// Makes text of markers.
fn without_markers<'t>(text: Cow<'t, str>, markers: &[usize]) -> Cow<'t, str> {
    if markers.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for at in markers {
        out.push_str(&text[copied..*at]);
        out.push('x');
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// pulldown-cmark lets only spaces follow a closing fence, GFM tabs as well: the code block would
/// swallow the rest of the file. Behind an opening fence, or in text, the change means nothing.
fn closing_fences(text: &str) -> Cow<'_, str> {
    let mut mended: Option<String> = None;
    let mut copied = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\r', '\n']).len();
        let fence = start + line.trim_end_matches([' ', '\t', '\r', '\n']).len();
        start += line.len();
        let tail = &text[fence..end];
        if tail.contains('\t') && ends_like_a_fence(&text[..fence]) {
            let out = mended.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[copied..fence]);
            out.extend(tail.bytes().map(|_| ' '));
            copied = end;
        }
    }
    match mended {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[copied..]);
            Cow::Owned(out)
        }
    }
}

fn ends_like_a_fence(line: &str) -> bool {
    line.ends_with("```") || line.ends_with("~~~")
}

/// A tag to be replaced by a shorter one and spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// The tag's place.
    pub(super) place: Range<usize>,
    /// What takes its place.
    pub(super) by: &'static str,
}

impl Mend {
    /// Makes the change in a text.
    pub(super) fn apply(&self, text: &mut String) {
        let place = self.place.clone();
        let length = place.len();
        if self.by.len() <= length && text.get(place.clone()).is_some() {
            text.replace_range(place, &format!("{:length$}", self.by).as_str()[..length]);
        }
    }
}

/// Makes a tag that is alone on its line begin an HTML block wherever it stands: `<p` is the
/// shortest that does. What stands in an HTML block is not read, so nothing is lost.
pub(super) fn begin_html_block(tag: Range<usize>) -> Mend {
    Mend { place: tag, by: "<p" }
}

/// An HTML block that begins with `<pre`, `<script`, `<style` or `<textarea` ends at the first
/// closing tag of any of them, in any case. pulldown-cmark waits for the tag that it began with,
/// in lower case: a `</PRE>` would not end it. With `pre` on both sides it does.
pub(super) fn end_html_block(text: &str, block: Range<usize>) -> Option<[Mend; 2]> {
    const NAMES: [&str; 4] = ["pre", "script", "style", "textarea"];
    let html = text.get(block.clone())?;
    let indent = html.len() - html.trim_start().len();
    let named = html[indent..].strip_prefix('<')?;
    let name = NAMES.iter().find(|name| strip_key(named, name).is_some())?;
    let opening = block.start + indent..block.start + indent + 1 + name.len();
    let mut closings = html.match_indices("</").filter_map(|(at, _)| {
        let behind = &html[at + 2..];
        let name = NAMES
            .iter()
            .find(|name| strip_key(behind, name).is_some_and(|behind| behind.starts_with('>')))?;
        Some(at..at + 2 + name.len() + 1)
    });
    let closing = closings.next()?;
    let is_last_line = !html[closing.end..].trim_end().contains('\n');
    let closing = block.start + closing.start..block.start + closing.end;
    (!is_last_line)
        .then_some([Mend { place: opening, by: "<pre" }, Mend { place: closing, by: "</pre>" }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Cow<'_, str> {
        mend(text).0
    }

    #[test]
    fn only_tabs_behind_fences_change() {
        assert_eq!(mended("```\na\n```\t\n\tb\t\n"), "```\na\n``` \n\tb\t\n");
        assert_eq!(mended("> ~~~ \t\r\nx"), "> ~~~  \r\nx");
        assert_eq!(mended("~~~\t"), "~~~ ");
    }

    #[test]
    fn a_tag_is_replaced_by_one_of_its_length() {
        let mut text = "- a\n<ü b=\"c\">\n".to_owned();
        let before = text.len();
        begin_html_block(4..before - 1).apply(&mut text);
        assert_eq!(text, "- a\n<p        \n");
        assert_eq!(text.len(), before);
    }

    #[test]
    fn an_html_block_ends_at_any_closing_tag() {
        let ended = |text: &str| {
            let mut out = text.to_owned();
            for mend in end_html_block(text, 0..text.len()).iter().flatten() {
                mend.apply(&mut out);
            }
            out
        };
        assert_eq!(ended("<PRE>\na</PRE>\n- [ ] b\n"), "<pre>\na</pre>\n- [ ] b\n");
        assert_eq!(ended("<textarea>\n</pre>\nb\n"), "<pre     >\n</pre>\nb\n");
        assert_eq!(ended("<style></Script>\nb"), "<pre  ></pre>   \nb");
        for kept in ["<pre>\n</PRE>\n", "<div>\n</pre>\nb", "<pre>\nb\n"] {
            assert_eq!(ended(kept), kept);
        }
    }

    #[test]
    fn a_line_nests_no_deeper_than_the_cap() {
        for marker in ["> ", ">", "- ", "1. ", "* >"] {
            let text = format!("a\n{}[ ] b\n", marker.repeat(2 * MAX_NESTING));
            let (mended, place) = mend(&text);
            assert_eq!(mended.len(), text.len(), "{marker}");
            assert!(place.is_some_and(|at| mended[at..].starts_with('x')), "{marker}");
        }
        for line in ["- ".repeat(300), "-".repeat(300), "> ".repeat(MAX_NESTING), "1 ".repeat(300)]
        {
            assert_eq!(mend(&format!("{line}\n")).1, None, "{line}");
        }
    }

    #[test]
    fn other_texts_are_not_copied() {
        assert!(matches!(mended("- [ ] a\tb\t\n```\n"), Cow::Borrowed(_)));
    }
}
