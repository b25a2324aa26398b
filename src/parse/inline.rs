//! The plain text of a paragraph or heading, and what its markup said about parts of it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// A paragraph's or heading's text as a reader sees it: without markup, white space folded to
/// single spaces, none at the ends. One value is filled again and again, so that a document
/// costs no allocation per paragraph.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// The text.
    pub(super) text: String,
    /// Parts that stand in code, links or images: nothing in them is metadata.
    sealed: Parts,
    /// Parts that are struck through.
    struck: Parts,
    /// Parts in bold.
    bold: Parts,
    /// Where in the text a line of the source ends.
    breaks: Vec<usize>,
    /// Pairs of an offset in the text and the offset in the source that it comes from, wherever
    /// the distance between the two changes.
    anchors: Vec<(usize, usize)>,
    /// Whether white space waits to be written before the next word.
    space: bool,
    /// Up to here the source belongs to the box in front of the text.
    skip_to: usize,
    /// Where the last inline ends in the source.
    source_end: usize,
}

/// Ranges of the text, in order and without overlap.
#[derive(Debug, Default)]
struct Parts {
    closed: Vec<Range<usize>>,
    depth: usize,
    start: usize,
}

impl Parts {
    fn clear(&mut self) {
        self.closed.clear();
        self.depth = 0;
    }

    fn open(&mut self, at: usize) {
        if self.depth == 0 {
            self.start = at;
        }
        self.depth += 1;
    }

    fn close(&mut self, at: usize) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 && self.start < at {
            self.closed.push(self.start..at);
        }
    }

    fn touch(&self, range: &Range<usize>) -> bool {
        let next = self.closed.partition_point(|part| part.end <= range.start);
        self.closed.get(next).is_some_and(|part| part.start < range.end)
    }
}

impl Inline {
    /// Forgets the last paragraph. What stands in the source before `skip_to` is not part of the
    /// next one.
    pub(super) fn begin(&mut self, skip_to: usize) {
        self.text.clear();
        for parts in [&mut self.sealed, &mut self.struck, &mut self.bold] {
            parts.clear();
        }
        self.breaks.clear();
        self.anchors.clear();
        self.space = false;
        self.skip_to = skip_to;
        self.source_end = skip_to;
    }

    /// Takes the next inline event; `range` is its place in the source.
    pub(super) fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        if range.end <= self.skip_to {
            return;
        }
        self.source_end = self.source_end.max(range.end);
        let at = self.text.len();
        match event {
            Event::Text(text) => self.write_from(text, range),
            Event::Code(text) => {
                self.sealed.open(at);
                self.write(text, range.start);
                self.sealed.close(self.text.len());
            }
            Event::SoftBreak | Event::HardBreak => {
                self.breaks.push(at);
                self.space = true;
            }
            Event::InlineHtml(html) => self.space |= is_line_break(html),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.sealed.open(at),
            Event::End(TagEnd::Link | TagEnd::Image) => self.sealed.close(at),
            Event::Start(Tag::Strong) => self.bold.open(at),
            Event::End(TagEnd::Strong) => self.bold.close(at),
            Event::Start(Tag::Strikethrough) => self.struck.open(at),
            Event::End(TagEnd::Strikethrough) => self.struck.close(at),
            _ => {}
        }
    }

    fn write_from(&mut self, text: &str, range: Range<usize>) {
        // Only a text that is a piece of the source can begin in the box and end behind it.
        let hidden = self.skip_to.saturating_sub(range.start);
        let shown = if text.len() == range.len() { text.get(hidden..) } else { None };
        self.write(shown.unwrap_or(text), range.start + shown.map_or(0, |_| hidden));
    }

    fn write(&mut self, text: &str, source: usize) {
        let mut at = 0;
        for word in text.split(char::is_whitespace) {
            if !word.is_empty() {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.space = false;
                self.anchor(source + at);
                self.text.push_str(word);
            }
            at += word.len();
            if let Some(white) = text.get(at..).and_then(|rest| rest.chars().next()) {
                self.space = true;
                at += white.len_utf8();
            }
        }
    }

    fn anchor(&mut self, source: usize) {
        let at = self.text.len();
        let follows = self.anchors.last().is_some_and(|(text, from)| at - text + from == source);
        if !follows {
            self.anchors.push((at, source));
        }
    }

    /// Where in the source a place of the text comes from.
    pub(super) fn source(&self, at: usize) -> usize {
        let next = self.anchors.partition_point(|(text, _)| *text <= at);
        match next.checked_sub(1).and_then(|index| self.anchors.get(index)) {
            Some((text, source)) => (source + (at - text)).min(self.source_end),
            None => self.skip_to,
        }
    }

    /// Where the last inline ends in the source.
    pub(super) fn source_end(&self) -> usize {
        self.source_end
    }

    /// Whether no code, link or image reaches into a range of the text.
    pub(super) fn is_open(&self, range: Range<usize>) -> bool {
        !self.sealed.touch(&range)
    }

    /// Whether any part is struck through.
    pub(super) fn has_struck(&self) -> bool {
        !self.struck.closed.is_empty()
    }

    /// Whether the character at an offset of the text is struck through.
    pub(super) fn is_struck(&self, at: usize) -> bool {
        self.struck.touch(&(at..at + 1))
    }

    /// Whether the whole is one line of the source and begins in bold.
    pub(super) fn is_bold_line(&self) -> bool {
        self.breaks.is_empty() && self.bold.closed.first().is_some_and(|part| part.start == 0)
    }

    /// Those lines of the source that begin in bold.
    pub(super) fn bold_lines(&self) -> impl Iterator<Item = BoldLine<'_>> + '_ {
        let parts = &self.bold.closed;
        parts.iter().enumerate().filter_map(|(index, part)| {
            let line = self.breaks.partition_point(|at| *at < part.start);
            let begins = part.start == 0 || self.breaks.get(line) == Some(&part.start);
            let end = self.breaks.iter().skip(line).find(|at| **at > part.start);
            let end = end.copied().unwrap_or(self.text.len());
            let next_line = parts.partition_point(|other| other.start < end);
            let later = parts.get(index + 1..next_line).unwrap_or_default();
            begins.then(|| BoldLine { bold: part.clone(), end, later })
        })
    }
}

/// A line of a paragraph that begins in bold, as ranges of the paragraph's text.
#[derive(Debug)]
pub(super) struct BoldLine<'i> {
    /// The bold part.
    pub(super) bold: Range<usize>,
    /// Where the line ends.
    pub(super) end: usize,
    /// The line's other bold parts.
    pub(super) later: &'i [Range<usize>],
}

/// Whether inline HTML is a `<br>`, which a reader sees as white space.
fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    /// Renders one paragraph.
    pub(in crate::parse) fn render(text: &str) -> Inline {
        let mut inline = Inline::default();
        inline.begin(0);
        for (event, range) in
            Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter()
        {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                event => inline.take(&event, range),
            }
        }
        inline
    }

    #[test]
    fn markup_goes_and_content_stays() {
        let inline = render(
            "Send **the**  *big*\t`due:  x` to [Anna](http://example.com)  \n&amp; ![ben](b.png)<br>now<!-- c -->",
        );
        assert_eq!(inline.text, "Send the big due: x to Anna & ben now");
    }

    #[test]
    fn places_lead_back_to_the_source() {
        let source = "a  &amp;  **b c**\nd";
        let inline = render(source);
        assert_eq!(inline.text, "a & b c d");
        for letter in ['a', 'b', 'c', 'd'] {
            let at = inline.text.find(letter).expect("it is there");
            // `a` also stands in the entity.
            assert_eq!(Some(inline.source(at)), source.find(letter), "{letter}");
        }
    }

    #[test]
    fn code_and_links_are_sealed() {
        let inline = render("a `b` c [d](e) f");
        let open = |part: &str| {
            let at = inline.text.find(part).expect("it is there");
            inline.is_open(at..at + part.len())
        };
        assert!(open("a") && open("c") && open("f"));
        assert!(!open("b") && !open("d") && !open("c d"));
    }

    #[test]
    fn bold_lines_are_found() {
        let inline = render("**Owner:** Anna **Due:** soon\nplain **x**\n**Next** y");
        let lines: Vec<_> =
            inline.bold_lines().map(|line| &inline.text[line.bold.start..line.end]).collect();
        assert_eq!(lines, ["Owner: Anna Due: soon", " Next y"]);
        assert!(!inline.is_bold_line());
        assert!(render("**Week 1:** x").is_bold_line());
        assert!(!render("x **Week 1:**").is_bold_line());
    }
}
