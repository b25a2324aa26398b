//! The containers around a place: block quotes, lists and their items.

use crate::parse::lazy::Container;
use crate::parse::mend::MAX_NESTING;

/// A container that is open.
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// Where it begins.
    pub(super) start: usize,
    /// How many sections were open when it began.
    pub(super) sections: usize,
}

/// What kind of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Quote,
    List,
    Item {
        /// Whether it is an item of the checklist.
        is_item: bool,
        /// Whether nothing in it was read yet.
        is_fresh: bool,
    },
}

/// The open containers, outermost first.
#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Frame>,
    quotes: usize,
    list_items: usize,
}

impl Frames {
    pub(super) fn push(&mut self, kind: Kind, start: usize, sections: usize) {
        match kind {
            Kind::Quote => self.quotes += 1,
            Kind::Item { .. } => self.list_items += 1,
            Kind::List => {}
        }
        self.open.push(Frame { kind, start, sections });
    }

    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.open.pop()?;
        match frame.kind {
            Kind::Quote => self.quotes -= 1,
            Kind::Item { .. } => self.list_items -= 1,
            Kind::List => {}
        }
        Some(frame)
    }

    pub(super) fn innermost(&self) -> Option<&Frame> {
        self.open.last()
    }

    pub(super) fn outermost(&self) -> Option<&Frame> {
        self.open.first()
    }

    /// How many of them are block quotes.
    pub(super) fn quotes(&self) -> usize {
        self.quotes
    }

    /// Whether more of them are nested than is read.
    pub(super) fn is_too_deep(&self) -> bool {
        self.quotes + self.list_items > MAX_NESTING
    }

    /// Something in the innermost list item was read. Returns where the item begins, if this was
    /// the first.
    pub(super) fn take_fresh(&mut self) -> Option<usize> {
        let Frame { kind: Kind::Item { is_fresh, .. }, start, .. } = self.open.last_mut()? else {
            return None;
        };
        std::mem::replace(is_fresh, false).then_some(*start)
    }

    /// The innermost list item is an item of the checklist.
    pub(super) fn mark_item(&mut self) {
        if let Some(Frame { kind: Kind::Item { is_item, .. }, .. }) = self.open.last_mut() {
            *is_item = true;
        }
    }

    /// Those that a line has to continue, outermost first.
    pub(super) fn containers(&self) -> Vec<Container> {
        let containers = self.open.iter().filter_map(|frame| match frame.kind {
            Kind::Quote => Some(Container::Quote),
            Kind::Item { .. } => Some(Container::Item { start: frame.start }),
            Kind::List => None,
        });
        containers.collect()
    }
}
