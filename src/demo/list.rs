//! A checklist in the making: what stands in it, and how it is written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::dates::Date;
use crate::demo::truth::Blame;
use crate::model::{PartnerStatus, State};

/// What a person, a section or an item is called from its birth on. Never reused.
pub(super) type Key = u32;

/// A checklist.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) key: Key,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) owner: String,
    pub(super) start: Date,
    pub(super) status: Option<PartnerStatus>,
    pub(super) nodes: Vec<Node>,
    pub(super) form: Form,
    /// Identity texts that once stood here: nobody writes them a second time by chance.
    pub(super) spent: Arc<std::collections::BTreeSet<String>>,
}

/// What of a file's bytes means nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) crlf: bool,
    pub(super) trailing_space: bool,
    pub(super) star: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Heading(Heading),
    Item(Box<Item>),
    Prose(Key, Arc<str>),
}

impl Node {
    pub(super) fn key(&self) -> Key {
        match self {
            Node::Heading(heading) => heading.key,
            Node::Item(item) => item.key,
            Node::Prose(key, _) => *key,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) key: Key,
    pub(super) level: u8,
    pub(super) number: Option<usize>,
    pub(super) title: String,
    /// First and last day, counted from the start.
    pub(super) window: Option<(i64, i64)>,
    pub(super) owner: Option<String>,
}

/// An item, with what a reader of the whole board has to find out about it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) key: Key,
    /// Stands under the item before it.
    pub(super) child: bool,
    pub(super) text: String,
    /// The thing that the text is about.
    pub(super) topic: String,
    pub(super) state: State,
    /// What it waits for, or which of two ways to write a state it uses.
    pub(super) reason: Option<&'static str>,
    pub(super) tag: Option<String>,
    /// Its own due date and owner.
    pub(super) due: Option<Date>,
    pub(super) owner: Option<String>,
    /// How many days after its due date it is going to be ticked.
    pub(super) late: i64,
    /// What it has been called in this commit, if anything happened to it.
    pub(super) touched: Option<(usize, super::truth::Edit)>,
    /// What it has come to, and which commits brought that.
    pub(super) known: Known,
}

/// What a reader can know of an item, and the commit that made each of it so.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) born: Blame,
    pub(super) state: Blame,
    pub(super) text: Blame,
    pub(super) place: ((Key, Key), Blame),
    pub(super) due: (Option<Date>, Blame),
    pub(super) owner: (String, Blame),
    /// Whether its text has ever changed, and whether it has had a twin in its list.
    pub(super) reworded: bool,
    pub(super) twin: bool,
}

impl Item {
    pub(super) fn identity(&self) -> String {
        self.text.to_lowercase()
    }
}

impl List {
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Item(item) => Some(&**item),
            _ => None,
        })
    }

    pub(super) fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.nodes.iter_mut().filter_map(|node| match node {
            Node::Item(item) => Some(&mut **item),
            _ => None,
        })
    }

    pub(super) fn item(&self, key: Key) -> Option<&Item> {
        self.items().find(|item| item.key == key)
    }

    pub(super) fn item_mut(&mut self, key: Key) -> Option<&mut Item> {
        self.items_mut().find(|item| item.key == key)
    }

    pub(super) fn position(&self, key: Key) -> Option<usize> {
        self.nodes.iter().position(|node| node.key() == key)
    }

    /// For each item: the section it stands in, when it is due, and whose it is.
    pub(super) fn places(&self) -> BTreeMap<Key, Place> {
        let mut places: BTreeMap<Key, Place> = BTreeMap::new();
        let mut around: Vec<&Heading> = Vec::new();
        let mut parent: Option<(Option<Date>, Option<&String>)> = None;
        for node in &self.nodes {
            let item = match node {
                Node::Heading(heading) => {
                    around.retain(|outer| outer.level < heading.level);
                    around.push(heading);
                    parent = None;
                    continue;
                }
                Node::Prose(..) => {
                    parent = None;
                    continue;
                }
                Node::Item(item) => item,
            };
            let above = if item.child { parent } else { None };
            let window = around.iter().rev().find_map(|heading| heading.window);
            let due = item.due.or(above.and_then(|(due, _)| due));
            let due = due.or_else(|| self.start.plus_days(window?.1));
            let theirs = around.iter().rev().find_map(|heading| heading.owner.as_ref());
            let owner = item.owner.as_ref().or(above.and_then(|(_, owner)| owner));
            let owner = owner.or(theirs).unwrap_or(&self.owner).clone();
            let section = around.last().map_or(0, |heading| heading.key);
            places.insert(item.key, Place { section, due, owner });
            if !item.child || parent.is_none() {
                parent = Some((item.due, item.owner.as_ref()));
            }
        }
        places
    }

    /// The items with others under them.
    pub(super) fn is_parent(&self, at: usize) -> bool {
        matches!(self.nodes.get(at), Some(Node::Item(item)) if !item.child)
            && matches!(self.nodes.get(at + 1), Some(Node::Item(item)) if item.child)
    }

    /// From a heading's place to the end of what stands directly under it.
    pub(super) fn section_end(&self, heading: usize) -> usize {
        let rest = self.nodes.iter().skip(heading + 1);
        heading + 1 + rest.take_while(|node| !matches!(node, Node::Heading(_))).count()
    }

    /// The places of the headings that items stand under.
    pub(super) fn sections(&self) -> Vec<usize> {
        let heading = |(at, node): (usize, &Node)| match node {
            Node::Heading(heading) if heading.level > 2 => Some(at),
            _ => None,
        };
        self.nodes.iter().enumerate().filter_map(heading).collect()
    }

    /// The file's text, and the line of each item, counted from 1.
    pub(super) fn render(&self) -> (String, Vec<(Key, u32)>) {
        let mut page = Page { text: String::new(), line: 1, eol: self.eol() };
        let mut lines = Vec::new();
        page.line(format_args!("---"));
        page.line(format_args!("title: \"{}\"", self.title));
        page.line(format_args!("owner: {}", self.owner));
        page.line(format_args!("start_date: {}", self.start));
        if let Some(status) = self.status {
            page.line(format_args!("status: {}", status.name()));
        }
        page.line(format_args!("---"));
        page.line(format_args!("# {}", self.title));
        let mut in_list = false;
        let mut after_item = false;
        for (at, node) in self.nodes.iter().enumerate() {
            match node {
                Node::Heading(heading) => {
                    page.line(format_args!(""));
                    page.heading(heading);
                    in_list = false;
                }
                Node::Prose(_, text) => {
                    page.line(format_args!(""));
                    page.line(format_args!("{text}"));
                    in_list = false;
                }
                Node::Item(item) => {
                    if !in_list {
                        page.line(format_args!(""));
                    }
                    lines.push((item.key, page.line));
                    let indent = if item.child && in_list && after_item { "  " } else { "" };
                    let marker = if self.form.star { '*' } else { '-' };
                    let space = if self.form.trailing_space && at % 3 == 0 { "  " } else { "" };
                    let text = item.written(self.boxed(at));
                    page.line(format_args!("{indent}{marker} {text}{space}"));
                    in_list = true;
                }
            }
            after_item = matches!(node, Node::Item(_));
        }
        (page.text, lines)
    }

    fn eol(&self) -> &'static str {
        if self.form.crlf { "\r\n" } else { "\n" }
    }

    /// Whether a box that GitHub does not know may be used: another one has to stand beside it.
    fn boxed(&self, at: usize) -> bool {
        let begins = self.nodes[..at].iter().rposition(|node| matches!(node, Node::Heading(_)));
        let begins = begins.unwrap_or(0);
        self.nodes[begins..self.section_end(begins)].iter().any(|node| {
            matches!(node, Node::Item(item) if matches!(item.state, State::Open | State::Done))
        })
    }
}

/// Where an item stands and what follows from that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) section: Key,
    pub(super) due: Option<Date>,
    pub(super) owner: String,
}

impl Item {
    /// The box and the text as they are written.
    fn written(&self, boxed: bool) -> String {
        let mut text = String::with_capacity(self.text.len() + 24);
        let (mark, before) = match self.state {
            State::Done => ("x", ""),
            State::InProgress => ("/", ""),
            State::NotApplicable if boxed && self.reason.is_none() => ("N/A", ""),
            State::NotApplicable => (" ", "(N/A) "),
            State::Blocked if boxed => ("!", ""),
            _ => (" ", ""),
        };
        let _ = write!(text, "[{mark}] {before}{}", self.text);
        if self.state == State::Blocked {
            let _ = write!(text, " (blocked: {})", self.reason.unwrap_or("nobody answers"));
        }
        if let Some(due) = self.due {
            let _ = write!(text, " (due {due})");
        }
        if let Some(owner) = &self.owner {
            let _ = write!(text, " owner:{owner}");
        }
        if let Some(tag) = &self.tag {
            let _ = write!(text, " 🆔 {tag}");
        }
        text
    }
}

/// A text that counts its lines.
struct Page {
    text: String,
    line: u32,
    eol: &'static str,
}

impl Page {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = self.text.write_fmt(line);
        self.text.push_str(self.eol);
        self.line += 1;
    }

    fn heading(&mut self, heading: &Heading) {
        let marks = "#".repeat(heading.level.into());
        let title = &heading.title;
        let number = match heading.number {
            Some(number) if heading.level == 2 => format!("Phase {number}: "),
            Some(number) => format!("{number}. "),
            None => String::new(),
        };
        let window = heading
            .window
            .map_or(String::new(), |(first, last)| format!(" (Target: Day {first}–{last})"));
        self.line(format_args!("{marks} {number}{title}{window}"));
        if let Some(owner) = &heading.owner {
            self.line(format_args!(""));
            self.line(format_args!("**Owner:** {owner}"));
        }
    }
}
