//! What items have that a story is told without, as bytes and back: kept apart from the rest of
//! them, so that nobody reads it who replays nothing.

use serde::{Deserialize, Serialize};

use crate::model::Item;
use crate::source::Span;

/// An item's fields that its own encoding leaves out.
#[derive(Serialize, Deserialize)]
pub(super) struct Aside<Text, Texts> {
    span: Span,
    mark: Span,
    identity: Text,
    explicit_id: Option<Text>,
    depends: Texts,
}

pub(super) type Borrowed<'a> = Aside<&'a str, &'a [String]>;
pub(super) type Owned = Aside<String, Vec<String>>;

impl<'a> From<&'a Item> for Borrowed<'a> {
    fn from(item: &'a Item) -> Borrowed<'a> {
        Aside {
            span: item.span,
            mark: item.mark,
            identity: &item.identity,
            explicit_id: item.explicit_id.as_deref(),
            depends: &item.depends,
        }
    }
}

impl Owned {
    /// Puts the fields back.
    pub(super) fn complete(self, item: &mut Item) {
        item.span = self.span;
        item.mark = self.mark;
        item.identity = self.identity.into();
        item.explicit_id = self.explicit_id;
        item.depends = self.depends;
    }
}
