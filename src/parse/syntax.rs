//! The markdown of a file as its author sees it: headings, links, lists, tables, HTML and code, each
//! with its place. A [`crate::model::Document`] says what a checklist means; this says how it is
//! written, which is what a linter asks.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, RefDefs, Tag, TagEnd};

use super::walk::Watch;
use crate::source::{Span, holding};

/// The blocks and inlines of a text, in their order. Places are those of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Syntax {
    /// Where the markdown begins: behind the front matter, or behind a byte order mark.
    pub body: usize,
    /// Headings, at any depth of lists and quotes.
    pub headings: Vec<Heading>,
    /// Links and images.
    pub links: Vec<Link>,
    /// The items of all lists, task or not, outer ones before those in them.
    pub list_items: Vec<ListItem>,
    /// Paragraphs, those of tight lists included, without the white space around them.
    pub paragraphs: Vec<Span>,
    /// Tables.
    pub tables: Vec<Span>,
    /// HTML: each block, and each tag or comment in a text.
    pub html: Vec<Html>,
    /// Code: blocks with their fences, and spans with their backticks.
    pub code: Vec<Span>,
    /// Link definitions, `[label]: destination`.
    pub definitions: Vec<Definition>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The heading with its `#`s or underline, without its line end.
    pub span: Span,
    /// Its text without markup.
    pub text: String,
    /// Whether it stands in a list or a quote.
    pub is_nested: bool,
}

/// The anchor that GitHub gives a heading: in lower case, `-` for spaces, without punctuation.
/// See <https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/node_filter/table_of_contents_filter.rb>
pub fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c => c.is_alphanumeric().then_some(c),
    });
    kept.collect::<String>().to_lowercase()
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it is an image.
    pub is_image: bool,
    /// All of it.
    pub span: Span,
    /// What stands in its brackets, without markup.
    pub text: String,
    /// Where it leads, as markdown reads it.
    pub destination: String,
    /// The destination as it is written; of a reference, all of the link.
    pub destination_span: Span,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`, `[label][]`, `[label]`
    Reference,
    /// `<https://example.com>`
    Auto,
}

/// An item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// From its marker to the end of its last line, without the line end.
    pub span: Span,
    /// Where its first line's content begins, behind the marker; the end of that line where the
    /// item is empty.
    pub content: usize,
    /// How many lists are around it, its own included.
    pub depth: usize,
    /// Whether its list is numbered.
    pub is_ordered: bool,
}

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Html {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a block of its own.
    pub is_block: bool,
}

/// A link definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its label, as written.
    pub label: String,
    /// Where it leads.
    pub destination: String,
    /// All of it.
    pub span: Span,
}

impl Syntax {
    /// Whether a byte of the file stands in code.
    pub fn is_code(&self, at: usize) -> bool {
        holding(&self.code, at, |span| *span).is_some()
    }

    /// Whether a byte of the file stands in HTML.
    pub fn is_html(&self, at: usize) -> bool {
        holding(&self.html, at, |html| html.span).is_some()
    }

    /// The table around a byte of the file.
    pub fn table(&self, at: usize) -> Option<Span> {
        holding(&self.tables, at, |span| *span).copied()
    }

    /// The innermost list item around a byte of the file.
    pub fn list_item(&self, at: usize) -> Option<&ListItem> {
        let before = self.list_items.partition_point(|item| item.span.start <= at);
        self.list_items[..before].iter().rev().find(|item| at < item.span.end)
    }
}

/// A span without the white space at its end.
fn trimmed(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + span.slice(text).trim_end().len())
}

/// A link that is being read.
struct Open {
    at: usize,
    /// Where the last thing in its brackets ended.
    inner_end: usize,
}

/// Makes a [`Syntax`] of the events of a text.
#[derive(Default)]
pub(super) struct Watcher<'t> {
    /// The file, of which what is read begins at `syntax.body`.
    text: &'t str,
    syntax: Syntax,
    /// The heading that is being read.
    heading: Option<usize>,
    /// The links that are being read: an image may stand in a link.
    open: Vec<Open>,
    /// For each list around the place that is being read, whether it is numbered.
    lists: Vec<bool>,
    /// The list items around it, as indices.
    items: Vec<usize>,
    quotes: usize,
    /// Where the paragraph began that is being read, and where its last inline ended.
    paragraph: Option<(usize, usize)>,
    in_code: bool,
    in_html: bool,
}

impl<'t> Watcher<'t> {
    /// Somebody who watches the markdown of a file being read, which begins at `body`.
    pub(super) fn new(text: &'t str, body: usize) -> Watcher<'t> {
        Watcher { text, syntax: Syntax { body, ..Syntax::default() }, ..Watcher::default() }
    }

    /// What was seen.
    pub(super) fn finish(self) -> Syntax {
        self.syntax
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.in_code && !self.in_html => {
                self.inline(&range);
                self.push_text(&text);
            }
            Event::Code(text) => {
                self.inline(&range);
                self.push_text(&text);
                self.syntax.code.push(range.into());
            }
            Event::InlineHtml(_) => {
                self.inline(&range);
                self.syntax.html.push(Html { span: range.into(), is_block: false });
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline(&range);
                self.push_text(" ");
            }
            Event::Rule => self.end_paragraph(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.heading = Some(self.syntax.headings.len());
                self.syntax.headings.push(Heading {
                    level: number(level),
                    span: trimmed(self.text, range.into()),
                    text: String::new(),
                    is_nested: !self.items.is_empty() || self.quotes > 0,
                });
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.inline(&range);
                self.open_link(link_type, false, &dest_url, range);
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.inline(&range);
                self.open_link(link_type, true, &dest_url, range);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.inline(&range),
            Tag::List(first) => {
                self.end_paragraph();
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.end_paragraph();
                self.open_item(range);
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes += 1;
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.syntax.tables.push(trimmed(self.text, range.into()));
            }
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.in_code = true;
                self.syntax.code.push(range.into());
            }
            Tag::HtmlBlock => {
                self.end_paragraph();
                self.in_html = true;
                let span = trimmed(self.text, range.into());
                self.syntax.html.push(Html { span, is_block: true });
            }
            Tag::Paragraph => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.heading = None;
                self.paragraph = None;
            }
            TagEnd::Link | TagEnd::Image => self.close_link(range),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline(&range),
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_paragraph();
                self.items.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => self.in_html = false,
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::TableCell => self.paragraph = None,
            _ => {}
        }
    }

    /// Something in a line: it begins or goes on with a paragraph, and lies in the open links.
    fn inline(&mut self, range: &Range<usize>) {
        for open in &mut self.open {
            open.inner_end = open.inner_end.max(range.end);
        }
        let paragraph = self.paragraph.get_or_insert((range.start, range.end));
        paragraph.1 = paragraph.1.max(range.end);
    }

    fn push_text(&mut self, text: &str) {
        if let Some(heading) = self.heading.and_then(|at| self.syntax.headings.get_mut(at)) {
            heading.text.push_str(text);
        }
        for open in &self.open {
            if let Some(link) = self.syntax.links.get_mut(open.at) {
                link.text.push_str(text);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some((start, end)) = self.paragraph.take() else { return };
        let in_table = self.syntax.tables.last().is_some_and(|table| start < table.end);
        if self.heading.is_none() && !in_table {
            self.syntax.paragraphs.push(trimmed(self.text, Span::new(start, end)));
        }
    }

    fn open_item(&mut self, range: Range<usize>) {
        let span = trimmed(self.text, range.into());
        let line = span.slice(self.text).lines().next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let marker = line[indent..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(line.len(), |digits| indent + digits + 1)
            .min(line.len());
        let behind = line.get(marker..).unwrap_or_default();
        let content = marker + (behind.len() - behind.trim_start().len());
        self.items.push(self.syntax.list_items.len());
        self.syntax.list_items.push(ListItem {
            span: Span::new(span.start + indent, span.end.max(span.start + indent)),
            content: span.start + content,
            depth: self.lists.len(),
            is_ordered: self.lists.last().copied().unwrap_or_default(),
        });
    }

    fn open_link(&mut self, kind: LinkType, is_image: bool, to: &str, range: Range<usize>) {
        let kind = match kind {
            LinkType::Inline => LinkKind::Inline,
            LinkType::Autolink | LinkType::Email => LinkKind::Auto,
            _ => LinkKind::Reference,
        };
        let brackets = if is_image { 2 } else { 1 };
        self.open.push(Open { at: self.syntax.links.len(), inner_end: range.start + brackets });
        self.syntax.links.push(Link {
            kind,
            is_image,
            span: range.clone().into(),
            text: String::new(),
            destination: to.to_owned(),
            destination_span: range.into(),
        });
    }

    fn close_link(&mut self, range: Range<usize>) {
        let open = self.open.pop();
        self.inline(&range);
        let Some(open) = open else { return };
        let Some(link) = self.syntax.links.get_mut(open.at) else { return };
        match link.kind {
            LinkKind::Inline => {
                let written = destination(self.text, open.inner_end, link.span.end);
                link.destination_span = written.unwrap_or(link.span);
            }
            LinkKind::Auto if link.span.end - link.span.start >= 2 => {
                link.destination_span = Span::new(link.span.start + 1, link.span.end - 1);
            }
            LinkKind::Auto | LinkKind::Reference => {}
        }
    }
}

impl Watch for Watcher<'_> {
    fn begins(&mut self) {
        *self = Watcher::new(self.text, self.syntax.body);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let body = self.syntax.body;
        self.take(event, range.start + body..range.end + body);
    }

    fn ends(&mut self, definitions: &RefDefs<'_>) {
        let body = self.syntax.body;
        let definitions = definitions.iter().map(|(label, definition)| {
            let span = Span::from(definition.span.clone()).shifted(body);
            Definition {
                label: label.to_owned(),
                destination: definition.dest.to_string(),
                span: trimmed(self.text, span),
            }
        });
        let mut definitions: Vec<Definition> = definitions.collect();
        definitions.sort_by_key(|definition| definition.span);
        self.syntax.definitions = definitions;
    }
}

/// Where an inline link's destination is written, of which the brackets' content ends at `from`
/// and all of it at `end`.
fn destination(text: &str, from: usize, end: usize) -> Option<Span> {
    let behind = text.get(from..end)?;
    let open = from + behind.find("](")? + 2;
    let rest = text.get(open..end)?;
    let start = open + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..end)?.strip_suffix(')')?;
    if let Some(pointed) = rest.strip_prefix('<') {
        return Some(Span::new(start + 1, start + 1 + pointed.find('>')?));
    }
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Some(Span::new(start, start + length))
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RepoPath;
    use crate::parse::Options;

    fn read(text: &str) -> Syntax {
        crate::parse::closely(&RepoPath::new("a.md"), text.as_bytes(), &Options::default()).syntax
    }

    #[test]
    fn headings_have_their_text_and_place() {
        let text = "# A `b` *c*\n\n> ## D\n\nE\n===\n";
        let found = read(text).headings;
        let told: Vec<_> =
            found.iter().map(|it| (it.level, it.text.as_str(), it.span.slice(text))).collect();
        assert_eq!(told, [(1, "A b c", "# A `b` *c*"), (2, "D", "## D"), (1, "E", "E\n===")]);
        assert_eq!(found.iter().map(|it| it.is_nested).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn links_know_where_their_destination_is_written() {
        let text = "[a](b.md \"t\") [c](<d e.md>) ![i](j.png)\n[k] <https://example.com> [`l`](m_(n))\n\n[k]: o.md\n";
        let found = read(text);
        let told: Vec<_> = found
            .links
            .iter()
            .map(|link| {
                (link.text.as_str(), link.destination.as_str(), link.destination_span.slice(text))
            })
            .collect();
        assert_eq!(
            told,
            [
                ("a", "b.md", "b.md"),
                ("c", "d e.md", "d e.md"),
                ("i", "j.png", "j.png"),
                ("k", "o.md", "[k]"),
                ("https://example.com", "https://example.com", "https://example.com"),
                ("l", "m_(n)", "m_(n)"),
            ]
        );
        assert_eq!(found.definitions[0].span.slice(text), "[k]: o.md");
        assert_eq!(found.definitions[0].destination, "o.md");
    }

    #[test]
    fn list_items_know_where_their_content_begins() {
        let text = "- [ ] a\n  1. b\n\n     c\n-\n\n> * d\n";
        let told: Vec<_> = read(text)
            .list_items
            .iter()
            .map(|item| (item.span.slice(text), &text[item.content..item.content + 1], item.depth))
            .collect();
        assert_eq!(
            told,
            [
                ("- [ ] a\n  1. b\n\n     c", "[", 1),
                ("1. b\n\n     c", "b", 2),
                ("-", "\n", 1),
                ("* d", "d", 1),
            ]
        );
    }

    #[test]
    fn code_html_and_tables_are_known_by_place() {
        let text = "`a` <b>c</b>\n\n```\nd\n```\n\n<!-- e -->\n\n| f |\n| - |\n| g |\n\nh\n";
        let found = read(text);
        let at = |needle: &str| text.find(needle).expect("it is there");
        assert!(found.is_code(at("a")) && found.is_code(at("d")) && !found.is_code(at("c")));
        assert!(found.is_html(at("<b>")) && found.is_html(at("e")) && !found.is_html(at("c<")));
        assert!(found.table(at("g")).is_some() && found.table(at("h\n")).is_none());
        let paragraphs: Vec<_> = found.paragraphs.iter().map(|span| span.slice(text)).collect();
        assert_eq!(paragraphs, ["`a` <b>c</b>", "h"]);
    }
}
