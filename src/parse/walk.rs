//! The walk over the markdown parser's events: blocks, and the paragraphs and headings in them.
//!
//! Nothing here recurses, and each event costs the same however deep it stands.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, RefDefs, Tag, TagEnd};

use crate::model::Section;
use crate::parse::boxes::{self, TaskBox};
use crate::parse::frames::{Frames, Kind};
use crate::parse::inline::Inline;
use crate::parse::items::{self, Draft, Surroundings};
use crate::parse::lazy;
use crate::parse::mend::{MAX_NESTING, Mend, begin_html_block, end_html_block, mend};
use crate::parse::sections::{Outline, Sections};
use crate::parse::{Options, owners};
use crate::source::{Line, LineIndex, Span};

/// The most items, and the most sections, that are read.
pub(super) const MAX_ITEMS: usize = 20_000;

/// What is asked of the markdown parser: what GFM has, as far as it decides what an item is.
/// - Task lists are not: boxes are read from the source, see [`boxes`].
/// - Metadata blocks are not: they would swallow thematic breaks.
/// - Footnotes are not in the GFM specification, and a `[^1]` is text to mdboard.
const MARKDOWN: pulldown_cmark::Options =
    pulldown_cmark::Options::ENABLE_TABLES.union(pulldown_cmark::Options::ENABLE_STRIKETHROUGH);

/// How often a text is read again because the parser departed from GFM in it. One more reading
/// serves all lists of a text but for the rare one that needs several.
const MAX_READINGS: usize = 8;

/// What stands around a piece of markdown, as far as its reading depends on that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Context {
    /// It begins between `mdboard-ignore-start` and `mdboard-ignore-end`.
    pub(super) is_ignored: bool,
    /// It stands in an excluded section.
    pub(super) is_excluded: bool,
}

/// A piece of markdown, read. Places, sections and items are counted from its beginning.
pub(super) struct Part {
    pub(super) outline: Outline,
    pub(super) drafts: Vec<Draft>,
    /// Caps that were passed, and where.
    pub(super) past_caps: Vec<(Cap, Span)>,
    /// Whether what follows stands between `mdboard-ignore-start` and `mdboard-ignore-end`.
    pub(super) is_ignored_behind: bool,
}

/// Somebody who looks at the markdown parser's events, too; `()` does not.
pub(super) trait Watch {
    /// The text is read, for the first time or again.
    fn begins(&mut self) {}
    /// An event, and its place in the text.
    fn event(&mut self, _event: Event<'_>, _range: Range<usize>) {}
    /// The text is at its end; these are its link definitions.
    fn ends(&mut self, _definitions: &RefDefs<'_>) {}
}

impl Watch for () {}

/// Reads a piece of markdown.
pub(super) fn read(text: &str, context: Context, options: &Options) -> Part {
    read_watched(text, context, options, &mut ())
}

/// Reads a piece of markdown while somebody watches.
pub(super) fn read_watched(
    text: &str,
    context: Context,
    options: &Options,
    watch: &mut impl Watch,
) -> Part {
    let (mut body, too_deep) = mend(text);
    let lines = LineIndex::new(text);
    let mut walk = walk(text, &lines, &body, (context, options), watch);
    for _ in 1..MAX_READINGS {
        if walk.mends.is_empty() {
            break;
        }
        for mend in &walk.mends {
            mend.apply(body.to_mut());
        }
        walk = self::walk(text, &lines, &body, (context, options), watch);
    }
    if let Some(marker) = too_deep {
        walk.past_cap(Cap::Nesting, Span::new(marker, marker + 1));
    }
    walk.finish()
}

fn walk<'t>(
    text: &'t str,
    lines: &'t LineIndex,
    body: &str,
    (context, options): (Context, &'t Options),
    watch: &mut impl Watch,
) -> Walk<'t> {
    let mut walk = Walk::new(text, lines, context, options);
    watch.begins();
    let mut events = Parser::new_ext(body, MARKDOWN).into_offset_iter();
    for (event, range) in events.by_ref() {
        walk.event(&event, range.clone());
        watch.event(event, range);
    }
    watch.ends(events.reference_definitions());
    walk
}

/// The block without blocks in it that is open.
#[derive(Clone, Copy, PartialEq)]
enum Leaf {
    None,
    /// Code or a table: nothing in it is read.
    Skipped,
    Html,
    Heading {
        level: u8,
        span: Span,
    },
    Paragraph {
        start: usize,
        found: Option<TaskBox>,
        may_lead_in: bool,
    },
}

struct Walk<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    options: &'t Options,
    frames: Frames,
    leaf: Leaf,
    inline: Inline,
    /// Whether the text of the paragraph or heading that is open is of any use.
    is_rendering: bool,
    /// Whether the text may hold an `**Owner:**` line at all.
    may_own: bool,
    sections: Sections<'t>,
    drafts: Vec<Draft>,
    /// The items around the place that is being read, innermost last.
    around: Vec<usize>,
    /// The last paragraph's place, if a list right behind it makes it a lead-in.
    lead_in: Option<Span>,
    /// Between `mdboard-ignore-start` and `mdboard-ignore-end`.
    is_ignored: bool,
    /// What has to be mended before the text is read again.
    mends: Vec<Mend>,
    /// Whether what follows may look otherwise once the mends were made.
    is_unsettled: bool,
    /// Caps that were passed, and where.
    past_caps: Vec<(Cap, Span)>,
}

impl<'t> Walk<'t> {
    fn new(
        text: &'t str,
        lines: &'t LineIndex,
        context: Context,
        options: &'t Options,
    ) -> Walk<'t> {
        Walk {
            text,
            lines,
            options,
            frames: Frames::default(),
            leaf: Leaf::None,
            inline: Inline::default(),
            is_rendering: false,
            may_own: ["wner", "WNER"].iter().any(|part| text.contains(part)),
            sections: Sections::new(&options.exclude_sections, context.is_excluded),
            drafts: Vec::new(),
            around: Vec::new(),
            lead_in: None,
            is_ignored: context.is_ignored,
            mends: Vec::new(),
            is_unsettled: false,
            past_caps: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match self.leaf {
            Leaf::Skipped => {
                match event {
                    Event::End(TagEnd::CodeBlock | TagEnd::Table) => self.leaf = Leaf::None,
                    Event::InlineHtml(_) => self.check_end_of_table(range),
                    _ => {}
                }
                return;
            }
            Leaf::Html => {
                if matches!(event, Event::End(TagEnd::HtmlBlock)) {
                    self.leaf = Leaf::None;
                }
                return;
            }
            Leaf::None | Leaf::Heading { .. } | Leaf::Paragraph { .. } => {}
        }
        if is_inline(event) {
            if self.leaf == Leaf::None {
                // A tight list's paragraphs have no events of their own.
                self.begin_paragraph(event, range.start);
            }
            if matches!(event, Event::InlineHtml(_)) {
                self.check_html(range.clone());
            }
            if self.is_rendering {
                self.inline.take(event, range);
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            _ => self.block(),
        }
    }

    /// Something that is no paragraph begins.
    fn block(&mut self) {
        self.end_paragraph();
        self.lead_in = None;
        self.frames.take_fresh();
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.end_paragraph();
                // It begins with its first inline, whose place is known exactly.
            }
            Tag::List(_) => self.start_list(range.start),
            Tag::Item => {
                self.block();
                self.push(Kind::Item { is_item: false, is_fresh: true }, range.start);
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.push(Kind::Quote, range.start);
            }
            Tag::Heading { level, .. } => {
                self.block();
                self.inline.begin(range.start);
                self.is_rendering = true;
                // A no-break space may stand before it, which is no white space to markdown.
                let all = self.text.get(range.clone()).unwrap_or_default();
                let start = range.start + (all.len() - all.trim_start().len());
                let span = Span::new(start, start.max(range.start + all.trim_end().len()));
                self.leaf = Leaf::Heading { level: *level as u8, span };
            }
            Tag::HtmlBlock => {
                self.block();
                self.check_end_of_html(range.clone());
                self.ignore_comments(range);
                self.leaf = Leaf::Html;
            }
            _ => {
                self.block();
                self.leaf = Leaf::Skipped;
            }
        }
    }

    fn start_list(&mut self, start: usize) {
        self.end_paragraph();
        let lead_in = self.lead_in.take();
        self.block();
        self.push(Kind::List, start);
        if let Some(span) = lead_in {
            // The lead-in's text is still there: nothing was rendered since.
            self.open_section(Section::LEAD_IN, span);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Leaf::Heading { level, span } = self.leaf {
                    self.open_section(level, span);
                }
                self.leaf = Leaf::None;
            }
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.block();
                self.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.frames.push(kind, start, self.sections.depth());
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.sections.close(frame.sections);
        if matches!(frame.kind, Kind::Item { is_item: true, .. }) {
            self.around.pop();
        }
    }

    fn begin_paragraph(&mut self, first: &Event<'_>, start: usize) {
        self.lead_in = None;
        let in_item =
            self.frames.innermost().is_some_and(|frame| matches!(frame.kind, Kind::Item { .. }));
        let found = self.frames.take_fresh().and_then(|item| self.find_box(item, first, start));
        let may_lead_in = !in_item && matches!(first, Event::Start(Tag::Strong));
        self.is_rendering = found.is_some() || may_lead_in || self.may_own;
        self.inline.begin(found.map_or(start, |found| found.span.end));
        self.leaf = Leaf::Paragraph { start, found, may_lead_in };
    }

    /// The box of the list item that begins at `item`, in its first paragraph.
    fn find_box(&self, item: usize, first: &Event<'_>, start: usize) -> Option<TaskBox> {
        // Link definitions have no events; a box behind one does not begin the item.
        if self.text.as_bytes().get(item..start)?.contains(&b'[') {
            return None;
        }
        // `[?]` is a link if its label is defined; GFM's boxes come before links.
        let is_link = matches!(first, Event::Start(Tag::Link { .. }));
        boxes::at(self.text, start).filter(|found| found.mark.is_gfm() || !is_link)
    }

    fn end_paragraph(&mut self) {
        let Leaf::Paragraph { start, found, may_lead_in } = self.leaf else { return };
        self.leaf = Leaf::None;
        if let Some(found) = found {
            self.add_item(found);
        } else if let Some(owners) = owners::in_lines(&self.inline) {
            self.add_owners(owners);
        } else if may_lead_in && self.inline.is_bold_line() {
            self.lead_in = Some(Span::new(start, self.inline.source_end().max(start)));
        }
    }

    /// An `**Owner:**` line names the owner of the item it stands under, else of the section.
    fn add_owners(&mut self, owners: Vec<String>) {
        if self.is_ignored {
            return;
        }
        match self.around.last().and_then(|at| self.drafts.get_mut(*at)) {
            Some(draft) => draft.item.owners.extend(owners),
            None => self.sections.add_owners(owners),
        }
    }

    fn add_item(&mut self, found: TaskBox) {
        if self.is_ignored || self.sections.is_excluded() {
            return;
        }
        if self.drafts.len() >= MAX_ITEMS {
            return self.past_cap(Cap::Items, found.span);
        }
        if self.frames.is_too_deep() {
            return self.past_cap(Cap::Nesting, found.span);
        }
        let around = Surroundings {
            section: self.sections.current(),
            parent: self.around.last().copied(),
            quotes: self.frames.quotes(),
        };
        let line = self.line(found.span.start);
        self.drafts.push(items::draft(self.text, line, found, &self.inline, self.options, around));
        self.around.push(self.drafts.len() - 1);
        self.frames.mark_item();
    }

    /// Opens a section of the text that was just rendered.
    fn open_section(&mut self, level: u8, span: Span) {
        if self.sections.len() >= MAX_ITEMS {
            return self.past_cap(Cap::Sections, span);
        }
        let container = self.frames.innermost().map(|frame| frame.sections);
        let line = self.line(span.start);
        self.sections.open(&self.inline, level, span, line, container);
    }

    fn line(&self, at: usize) -> Line {
        self.lines.line(at)
    }

    fn ignore_comments(&mut self, range: Range<usize>) {
        let html = self.text.get(range).unwrap_or_default();
        for comment in html.split("<!--").skip(1) {
            match comment.split_once("-->").map(|(inside, _)| inside.trim()) {
                Some("mdboard-ignore-start") => self.is_ignored = true,
                Some("mdboard-ignore-end") => self.is_ignored = false,
                _ => {}
            }
        }
    }

    /// Notes an HTML block that should have ended before.
    fn check_end_of_html(&mut self, block: Range<usize>) {
        if self.mends.is_empty()
            && let Some(mends) = end_html_block(self.text, block)
        {
            self.mends.extend(mends);
            self.is_unsettled = true;
        }
    }

    /// Notes a tag alone on its line, which in GFM ends a table.
    fn check_end_of_table(&mut self, html: Range<usize>) {
        if self.mends.is_empty() && lazy::is_alone(self.text, &html) {
            self.mends.push(begin_html_block(html));
            self.is_unsettled = true;
        }
    }

    /// Notes a tag that should have begun an HTML block. Those in the same list, or too close behind
    /// it, wait for the next reading, which may see them otherwise.
    fn check_html(&mut self, html: Range<usize>) {
        let Some(outermost) = self.frames.outermost() else { return };
        let is_apart = |last: &Mend| {
            let between = self.text.get(last.place.end..outermost.start).unwrap_or_default();
            between.ends_with("\n\n") || between.ends_with("\n\r\n")
        };
        let is_settled = !self.is_unsettled && self.mends.last().is_none_or(is_apart);
        if is_settled
            && !self.frames.is_too_deep()
            && lazy::begins_html_block(self.text, html.clone(), &self.frames.containers())
        {
            self.mends.push(begin_html_block(html));
        }
    }

    fn past_cap(&mut self, cap: Cap, span: Span) {
        if self.past_caps.iter().all(|(known, _)| *known != cap) {
            self.past_caps.push((cap, span));
        }
    }

    fn finish(self) -> Part {
        Part {
            outline: self.sections.finish(),
            drafts: self.drafts,
            past_caps: self.past_caps,
            is_ignored_behind: self.is_ignored,
        }
    }
}

/// A bound on what is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cap {
    Items,
    Sections,
    Nesting,
}

impl Cap {
    pub(super) fn message(self) -> String {
        match self {
            Cap::Items => format!("the file has more than {MAX_ITEMS} items"),
            Cap::Sections => format!("the file has more than {MAX_ITEMS} headings"),
            Cap::Nesting => {
                format!("items are nested in more than {MAX_NESTING} list items and quotes")
            }
        }
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        _ => false,
    }
}
