//! One version of a markdown file, read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::dates::Date;
use crate::model::{Diagnostic, DueSpec, PartnerStatus, Priority, State, WindowSpec};
use crate::source::{Line, Span};

/// A markdown file as mdboard understands it. Reading never fails: what could not be understood is
/// in `diagnostics`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What the front matter says; empty where there is none.
    pub front_matter: FrontMatter,
    /// The text of the first heading of level 1.
    pub heading: Option<String>,
    /// Headings and bold lead-ins in their order. An item and a section name theirs by index.
    pub sections: Vec<Section>,
    /// The items in their order, without those in excluded sections.
    pub items: Vec<Item>,
    /// What could not be understood, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// The keys of a front matter that have a meaning. A key that is missing or could not be
/// understood is `None` (or empty).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The block from the opening to the closing line, if there is one.
    pub span: Option<Span>,
    /// `title`.
    pub title: Option<String>,
    /// `partner`: the partner's name for people.
    pub partner: Option<String>,
    /// `start_date` or `start`, with the line it stands on.
    pub start_date: Option<(Date, Line)>,
    /// `owner` or `owners`, without `@`.
    pub owners: Vec<String>,
    /// `template`, as written, if it is a path.
    pub template: Option<String>,
    /// `status`.
    pub status: Option<PartnerStatus>,
    /// `due`, with the line it stands on.
    pub due: Option<(DueSpec, Line)>,
    /// `type`.
    pub kind: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// Every top-level key in its order with its line, known to mdboard or not.
    pub keys: Vec<(String, Line)>,
}

/// A heading, or a bold lead-in of a list, and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The heading's text without markup and metadata, as shown.
    pub title: Arc<str>,
    /// 1 to 6, or [`Section::LEAD_IN`].
    pub level: u8,
    /// The section around this one, by index.
    pub parent: Option<usize>,
    /// The heading itself.
    pub span: Span,
    /// The heading's line.
    pub line: Line,
    /// The window that the heading names.
    pub window: Option<WindowSpec>,
    /// Owners that the heading, or an `**Owner:**` line under it, names.
    pub owners: Vec<String>,
}

impl Section {
    /// The level of a bold lead-in: below every heading.
    pub const LEAD_IN: u8 = 7;
}

/// A task list item. What a board is made without is kept apart from the rest, where it is kept
/// between runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The item's own text: from its box to the end of its first paragraph.
    #[serde(skip)]
    pub span: Span,
    /// What stands between the brackets: one character, or `N/A`.
    #[serde(skip)]
    pub mark: Span,
    /// The line of the box.
    pub line: Line,
    /// The text behind the box as written, its lines joined by a space.
    pub raw: Arc<str>,
    /// The text as shown: without markup and metadata.
    pub text: Arc<str>,
    /// The text that identity is decided by: `text` in lower case, white space folded, without
    /// what tells the state, without a leading `#3`.
    #[serde(skip)]
    pub identity: Arc<str>,
    /// What the author wrote, by the box and the text together.
    pub state: State,
    /// What a blocked item waits for.
    pub blocked_reason: Option<String>,
    /// The section it stands in, by index.
    pub section: Option<usize>,
    /// The item it stands under, by index.
    pub parent: Option<usize>,
    /// How many items stand directly under it.
    pub children: usize,
    /// Its own due date.
    pub due: Option<DueSpec>,
    /// The window that its text begins with, as in `Day 4-5: …`.
    pub window: Option<WindowSpec>,
    /// Its own owners, without `@`.
    pub owners: Vec<String>,
    /// The day that the text says it was done on.
    pub done_on: Option<Date>,
    /// Its priority.
    pub priority: Option<Priority>,
    /// Whether it says `(R)`.
    pub required: bool,
    /// Whether it says `(optional)`.
    pub optional: bool,
    /// The id that the text gives it.
    #[serde(skip)]
    pub explicit_id: Option<String>,
    /// The ids it says it depends on.
    #[serde(skip)]
    pub depends: Vec<String>,
}

impl Document {
    /// The titles of the sections around an item, outermost first, headings of level 1 left out.
    pub fn section_path(&self, section: Option<usize>) -> Vec<String> {
        let mut path: Vec<String> = self
            .sections_around(section)
            .filter(|section| section.level > 1)
            .map(|section| section.title.to_string())
            .collect();
        path.reverse();
        path
    }

    /// The sections around a place, innermost first.
    pub fn sections_around(&self, section: Option<usize>) -> impl Iterator<Item = &Section> {
        std::iter::successors(section.and_then(|at| self.sections.get(at)), |inner| {
            inner.parent.and_then(|at| self.sections.get(at))
        })
    }

    /// The items around an item, innermost first, itself left out.
    pub fn items_around(&self, item: &Item) -> impl Iterator<Item = &Item> {
        std::iter::successors(item.parent.and_then(|at| self.items.get(at)), |inner| {
            inner.parent.and_then(|at| self.items.get(at))
        })
    }
}
