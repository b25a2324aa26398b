//! Headings and lead-ins, and which of them are open at a place.

use globset::GlobSet;

use crate::model::{DueSpec, Section, WindowSpec};
use crate::parse::cut::cut;
use crate::parse::inline::Inline;
use crate::parse::metadata::{self, Place};
use crate::schedule::{self, Heading};
use crate::source::{Line, Span};

/// The sections read so far.
pub(super) struct Sections<'o> {
    exclude: &'o GlobSet,
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
    pub(super) fn new(exclude: &'o GlobSet) -> Sections<'o> {
        Sections {
            exclude,
            all: Vec::new(),
            excluded: Vec::new(),
            due: Vec::new(),
            open: Vec::new(),
            heading: None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// How many sections are open: what a container passes to [`Sections::close`] at its end.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes the sections that were opened since `depth`.
    pub(super) fn close(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// The section around the place that is being read.
    pub(super) fn current(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// Whether boxes at the place that is being read are no items.
    pub(super) fn is_excluded(&self) -> bool {
        self.current().is_some_and(|at| self.excluded.get(at).copied().unwrap_or_default())
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
        let depth = container.unwrap_or_default();
        while self.open.len() > depth
            && self.current().is_some_and(|at| self.all[at].level >= level)
        {
            self.open.pop();
        }
        let found = metadata::read(inline, Place::Heading);
        let title = cut(&inline.text, &found.cuts);
        let in_container = container.is_some();
        let is_better = self.heading.as_ref().is_none_or(|(_, inner)| *inner && !in_container);
        if level == 1 && is_better {
            self.heading = Some((title.clone(), in_container));
        }
        self.excluded.push(self.is_excluded() || self.matches(&title));
        self.due.push(found.due);
        self.all.push(Section {
            title,
            level,
            parent: self.current(),
            span,
            line,
            window: None,
            owners: found.owners,
        });
        self.open.push(self.all.len() - 1);
    }

    fn matches(&self, title: &str) -> bool {
        !self.exclude.is_empty()
            && (self.exclude.is_match(title) || self.exclude.is_match(title.to_lowercase()))
    }

    /// Gives the innermost section owners. Before the first heading there is none to have them.
    pub(super) fn add_owners(&mut self, owners: Vec<String>) {
        if let Some(section) = self.current().and_then(|at| self.all.get_mut(at)) {
            section.owners.extend(owners);
        }
    }

    /// The sections with their windows, and the text of the document's heading.
    pub(super) fn finish(mut self) -> (Vec<Section>, Option<String>) {
        let headings: Vec<Heading<'_>> = self
            .all
            .iter()
            .map(|section| Heading { text: &section.title, parent: section.parent })
            .collect();
        let windows = schedule::windows(&headings);
        for ((section, window), due) in self.all.iter_mut().zip(windows).zip(self.due) {
            let by_token = || due.map(|due| WindowSpec { opens: None, closes: Some(due) });
            section.window = window.or_else(by_token);
        }
        (self.all, self.heading.map(|(text, _)| text))
    }
}
