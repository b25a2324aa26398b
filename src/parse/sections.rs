//! Headings and lead-ins, and which of them are open at a place.

use std::sync::Arc;

use globset::GlobSet;

use crate::model::{DueSpec, Section, WindowSpec};
use crate::parse::cut::cut;
use crate::parse::inline::Inline;
use crate::parse::metadata::{self, Place};
use crate::schedule::Heading;
use crate::source::{Line, Span};

/// The sections read so far.
pub(super) struct Sections<'o> {
    exclude: &'o GlobSet,
    /// Whether all of them stand in an excluded one.
    inherited: bool,
    outline: Outline,
}

/// Sections in their order, and which of them are open at the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    all: Vec<Section>,
    /// Per section: whether its boxes are no items.
    excluded: Vec<bool>,
    /// Per section: a due date that its heading names by a token, as in `due:2026-03-01`.
    due: Vec<Option<DueSpec>>,
    /// The sections around the place that is being read, innermost last.
    open: Vec<usize>,
    /// The text of the first heading of level 1, and whether that stands in a container.
    heading: Option<(String, bool)>,
}

impl<'o> Sections<'o> {
    /// No sections yet, in a place that is excluded or not.
    pub(super) fn new(exclude: &'o GlobSet, inherited: bool) -> Sections<'o> {
        Sections { exclude, inherited, outline: Outline::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.outline.len()
    }

    /// How many sections are open: what a container passes to [`Sections::close`] at its end.
    pub(super) fn depth(&self) -> usize {
        self.outline.open.len()
    }

    /// Closes the sections that were opened since `depth`.
    pub(super) fn close(&mut self, depth: usize) {
        self.outline.open.truncate(depth);
    }

    /// The section around the place that is being read.
    pub(super) fn current(&self) -> Option<usize> {
        self.outline.current()
    }

    /// Whether boxes at the place that is being read are no items.
    pub(super) fn is_excluded(&self) -> bool {
        self.inherited || self.outline.is_excluded()
    }

    /// Opens a section. It closes those of its level and below that were opened in the same
    /// container, which began at the depth `container`; `None` outside containers.
    pub(super) fn open(
        &mut self,
        inline: &Inline,
        level: u8,
        span: Span,
        line: Line,
        container: Option<usize>,
    ) {
        self.outline.close_for(level, container.unwrap_or_default());
        let found = metadata::read(inline, Place::Heading);
        let title = cut(&inline.text, &found.cuts);
        if level == 1 {
            self.outline.add_heading(&(title.clone(), container.is_some()));
        }
        let excluded = self.is_excluded() || self.matches(&title);
        let outline = &mut self.outline;
        outline.excluded.push(excluded);
        outline.due.push(found.due);
        outline.all.push(Section {
            title: title.into(),
            level,
            parent: outline.current(),
            span,
            line,
            window: None,
            owners: found.owners,
        });
        outline.open.push(outline.all.len() - 1);
    }

    fn matches(&self, title: &str) -> bool {
        !self.exclude.is_empty()
            && (self.exclude.is_match(title) || self.exclude.is_match(title.to_lowercase()))
    }

    /// Gives the innermost section owners. Before the first heading there is none to have them.
    pub(super) fn add_owners(&mut self, owners: Vec<String>) {
        let current = self.current();
        if let Some(section) = current.and_then(|at| self.outline.all.get_mut(at)) {
            section.owners.extend(owners);
        }
    }

    /// What was read.
    pub(super) fn finish(self) -> Outline {
        self.outline
    }
}

impl Outline {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn current(&self) -> Option<usize> {
        self.open.last().copied()
    }

    fn is_excluded(&self) -> bool {
        self.current().is_some_and(|at| self.excluded[at])
    }

    /// Of every heading, whether boxes below it are no items.
    pub(super) fn excluded_headings(&self) -> impl Iterator<Item = bool> {
        let all = self.all.iter().zip(&self.excluded);
        all.filter(|(section, _)| section.level != Section::LEAD_IN).map(|(_, is)| *is)
    }

    /// Whether a heading of a level, outside containers, would stand in an excluded section.
    pub(super) fn excludes(&self, level: u8) -> bool {
        let around = self.open.iter().rev().find(|at| self.all[**at].level < level);
        around.is_some_and(|at| self.excluded[*at])
    }

    /// Whether all of the sections stand in the first one, which is a heading outside containers.
    pub(super) fn has_one_root(&self) -> bool {
        let mut parents = self.all.iter().map(|section| section.parent);
        parents.next() == Some(None) && parents.all(|parent| parent.is_some())
    }

    /// Closes the sections of a level and below, but for the first `depth`.
    fn close_for(&mut self, level: u8, depth: usize) {
        while self.open.len() > depth
            && self.current().is_some_and(|at| self.all[at].level >= level)
        {
            self.open.pop();
        }
    }

    fn add_heading(&mut self, heading: &(String, bool)) {
        let is_better = self.heading.as_ref().is_none_or(|(_, inner)| *inner && !heading.1);
        if is_better {
            self.heading = Some(heading.clone());
        }
    }

    /// Adds the sections of a piece of text that begins at a byte, behind so many lines. They have
    /// one root, or are the first ones.
    pub(super) fn append(&mut self, piece: &Outline, start: usize, lines: u32) {
        let offset = self.all.len();
        if let Some(root) = piece.all.first().filter(|_| offset > 0) {
            self.close_for(root.level, 0);
        }
        if let Some(heading) = &piece.heading {
            self.add_heading(heading);
        }
        let around = self.current();
        self.all.extend(piece.all.iter().map(|section| Section {
            parent: section.parent.map(|at| at + offset).or(around),
            span: section.span.shifted(start),
            line: section.line.shifted(lines),
            ..section.clone()
        }));
        self.excluded.extend(&piece.excluded);
        self.due.extend(&piece.due);
        self.open.extend(piece.open.iter().map(|at| at + offset));
    }

    /// The sections with their windows, and the text of the document's heading.
    pub(super) fn finish(
        mut self,
        windows: impl FnOnce(&[Heading<'_>]) -> Arc<Vec<Option<WindowSpec>>>,
    ) -> (Vec<Section>, Option<String>) {
        let headings: Vec<Heading<'_>> = self
            .all
            .iter()
            .map(|section| Heading { text: &section.title, parent: section.parent })
            .collect();
        let windows = windows(&headings);
        for ((section, window), due) in self.all.iter_mut().zip(&*windows).zip(self.due) {
            let by_token = || due.map(|due| WindowSpec { opens: None, closes: Some(due) });
            section.window = window.or_else(by_token);
        }
        (self.all, self.heading.map(|(text, _)| text))
    }
}
