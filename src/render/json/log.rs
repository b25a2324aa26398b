//! `mdboard log --format json`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::parts::{By, Finding, Head, Shown, Source, day, each};
use crate::board::Board;
use crate::dates::Date;
use crate::model::CommitId;
use crate::model::event::{self, Value};

/// What happened, newest first.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    #[serde(flatten)]
    head: Head,
    diagnostics: Vec<Finding>,
    #[serde(serialize_with = "each::<_, Event<'_>, _>")]
    #[cfg_attr(test, schemars(with = "Vec<Event<'a>>"))]
    events: &'a [&'a event::Event],
}

const SCHEMA: &str = "mdboard.log/1";

/// One thing that happened.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Event<'a> {
    #[cfg_attr(test, schemars(extend("enum" = event::EventKind::ALL.map(event::EventKind::name))))]
    kind: &'static str,
    /// The day, as well as it is known: see `precision`.
    date: Option<Shown<Date>>,
    #[cfg_attr(test, schemars(extend("enum" = super::parts::PRECISIONS)))]
    precision: &'static str,
    /// The partner's present id.
    partner: &'a str,
    /// The checklist's path at the time.
    path: &'a str,
    /// The item's id; null for what happens to whole checklists.
    item: Option<&'a str>,
    /// The item's text at the time.
    text: Option<&'a str>,
    /// The headings around the item at the time.
    section: &'a [String],
    before: Option<Changed<'a>>,
    after: Option<Changed<'a>>,
    author: Option<By<'a>>,
    co_authors: Vec<By<'a>>,
    /// The commit that made the change.
    commit: Option<Shown<CommitId>>,
    /// The mainline commit that brought it.
    landed: Option<Shown<CommitId>>,
}

/// What a change was from or to: a text, date, state or path, or a list of owners or sections.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Changed<'a> {
    One(Cow<'a, str>),
    Many(&'a [String]),
}

impl<'a> From<&'a Value> for Changed<'a> {
    fn from(value: &'a Value) -> Changed<'a> {
        match value {
            Value::Text(text) => Changed::One(text.into()),
            Value::Date(date) => Changed::One(date.to_string().into()),
            Value::State(state) => Changed::One(state.name().into()),
            Value::Path(path) => Changed::One(path.as_str().into()),
            Value::Owners(names) | Value::Section(names) => Changed::Many(names),
        }
    }
}

/// Writes events as `mdboard.log/1`, in the order given.
pub fn log(board: &Board, events: &[&event::Event], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        head: Head::of(board),
        diagnostics: board.diagnostics.iter().map(Finding::from).collect(),
        events,
    };
    super::write(&document, out)
}

impl<'a> From<&'a &'a event::Event> for Event<'a> {
    fn from(event: &'a &'a event::Event) -> Event<'a> {
        let Source { by, co_authors, commit, landed } = (&event.origin).into();
        Event {
            kind: event.kind.name(),
            date: event.date.map(day),
            precision: event.precision.name(),
            partner: &event.partner.0,
            path: event.path.as_str(),
            item: event.item.as_ref().map(|item| item.0.as_str()),
            text: event.text.as_deref(),
            section: &event.section,
            before: event.before.as_ref().map(Changed::from),
            after: event.after.as_ref().map(Changed::from),
            author: by,
            co_authors,
            commit,
            landed,
        }
    }
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
