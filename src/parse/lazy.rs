//! Lines of a paragraph that do not continue the containers around it, and the HTML on them.
//!
//! Behind `- [ ] a`, a line `<br>` without indentation goes on with the paragraph only by CommonMark's
//! laziness. In cmark and comrak a complete tag alone on such a line begins an HTML block, which
//! then hides everything up to the next blank line. pulldown-cmark reads on in the paragraph.

use std::ops::Range;

/// A container around a paragraph, and where it begins in the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Container {
    Quote,
    Item { start: usize },
}

/// Whether inline HTML, which lies in a paragraph inside containers, begins an HTML block in GFM.
pub(super) fn begins_html_block(text: &str, html: Range<usize>, around: &[Container]) -> bool {
    is_alone(text, &html) && is_lazy(text, line_start(text, html.start), around)
}

/// Whether inline HTML is a tag that is alone on its line. Looks no further than it has to: a
/// line may hold very many tags.
pub(super) fn is_alone(text: &str, html: &Range<usize>) -> bool {
    let tag = text.get(html.clone()).unwrap_or_default();
    let named = tag.trim_start_matches('<').trim_start_matches('/');
    let mut before = text.as_bytes()[..html.start].iter().rev();
    let first_before = before.find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    let mut behind = text.as_bytes()[html.end..].iter();
    let first_behind = behind.find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    named.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !tag.contains('\n')
        && matches!(first_before, None | Some(b'\n'))
        && matches!(first_behind, None | Some(b'\n'))
}

fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

/// Whether the line at `line_start` fails to continue a container, and is not indented so far that
/// it can be nothing but text.
fn is_lazy(text: &str, line_start: usize, around: &[Container]) -> bool {
    let mut line = Columns::at(text, line_start);
    // The containers that the line continues, an item by the width of its indentation.
    let mut passed = Vec::new();
    for container in around {
        let before = line;
        let (continues, width) = match container {
            Container::Quote => (line.skip_quote_marker(), None),
            Container::Item { start } => {
                let width = width(text, *start, &passed);
                (line.skip_space(width) == width, Some(width))
            }
        };
        if !continues {
            let mut indent = before;
            return indent.skip_space(4) < 4;
        }
        passed.push(width);
    }
    false
}

/// How many columns the lines of a list item are indented inside the containers around it.
fn width(text: &str, start: usize, around: &[Option<usize>]) -> usize {
    let mut line = Columns::at(text, line_start(text, marker_line(text, start)));
    for container in around {
        match container {
            None => {
                line.skip_quote_marker();
            }
            Some(width) => line.skip(*width),
        }
    }
    let indent = line.skip_space(usize::MAX);
    let digits = line.skip_while(|byte| byte.is_ascii_digit());
    line.skip(1);
    let marker = indent + digits + 1;
    let mut behind = line;
    let space = behind.skip_space(5);
    if (1..5).contains(&space) && !behind.is_at_end() { marker + space } else { marker + 1 }
}

/// An item's start may lie up to three bytes before its line, where a tab stands for its indentation.
fn marker_line(text: &str, start: usize) -> usize {
    let behind = text.as_bytes().get(start..).unwrap_or_default();
    let space = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let is_marker =
        behind.get(space).is_some_and(|byte| matches!(byte, b'-' | b'*' | b'+' | b'0'..=b'9'));
    let next_line = behind.iter().take(4).position(|byte| *byte == b'\n');
    if is_marker { start } else { start + next_line.map_or(0, |end| end + 1) }
}

/// A place in a line, in columns: a tab reaches to the next multiple of four.
#[derive(Clone, Copy)]
struct Columns<'t> {
    rest: &'t [u8],
    column: usize,
}

impl<'t> Columns<'t> {
    fn at(text: &'t str, line_start: usize) -> Columns<'t> {
        let rest = text.as_bytes().get(line_start..).unwrap_or_default();
        Columns { rest, column: 0 }
    }

    fn is_at_end(&self) -> bool {
        matches!(self.rest.first(), None | Some(b'\n' | b'\r'))
    }

    /// Passes over one column.
    fn step(&mut self) {
        let Some((first, rest)) = self.rest.split_first() else { return };
        self.column += 1;
        // A tab is passed only when its last column is.
        if *first != b'\t' || self.column.is_multiple_of(4) {
            self.rest = rest;
        }
    }

    fn skip(&mut self, columns: usize) {
        for _ in 0..columns {
            self.step();
        }
    }

    /// Passes over white space, `most` columns of it, and tells how many it were.
    fn skip_space(&mut self, most: usize) -> usize {
        let mut columns = 0;
        while columns < most && matches!(self.rest.first(), Some(b' ' | b'\t')) {
            self.step();
            columns += 1;
        }
        columns
    }

    fn skip_while(&mut self, holds: impl Fn(&u8) -> bool) -> usize {
        let count = self.rest.iter().take_while(|byte| holds(byte)).count();
        self.skip(count);
        count
    }

    fn skip_quote_marker(&mut self) -> bool {
        self.skip_space(3);
        let is_marker = self.rest.first() == Some(&b'>');
        if is_marker {
            self.step();
            self.skip_space(1);
        }
        is_marker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(text: &str, around: &[Container]) -> bool {
        let start = text.find('<').expect("there is a tag");
        let end = text.rfind('>').expect("there is a tag") + 1;
        begins_html_block(text, start..end, around)
    }

    #[test]
    fn a_tag_alone_on_a_lazy_line_begins_a_block() {
        let item = [Container::Item { start: 0 }];
        assert!(begins("- a\n<br>\nb", &item));
        assert!(begins("- a\r\n </a> \r\n", &item));
        assert!(begins("10. a\n   <a id=\"x\">", &item));
        assert!(begins("> a\n<b>", &[Container::Quote]));
        assert!(begins("- > a\n  <b>", &[item[0], Container::Quote]));
    }

    #[test]
    fn other_tags_do_not() {
        let item = [Container::Item { start: 0 }];
        assert!(!begins("- a\n  <br>", &item));
        assert!(!begins("-\ta\n\t<br>", &item));
        assert!(!begins("- a\n<br> b", &item));
        assert!(!begins("- a\nb <br>", &item));
        assert!(!begins("10.   a\n    <br>", &item));
        assert!(!begins("a\n<br>", &[]));
        assert!(!begins("> a\n> <b>", &[Container::Quote]));
        assert!(!begins("- - a\n    <b>", &[item[0], Container::Item { start: 2 }]));
    }
}
