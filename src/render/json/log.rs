//! `mdboard log --format json`.

use serde::Serialize;

use super::parts::{By, Finding, Head, Source, day};
use crate::board::Board;
use crate::model::event::{self, Value};

/// What happened, newest first.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    #[serde(flatten)]
    head: Head,
    diagnostics: Vec<Finding>,
    events: Vec<Event>,
}

const SCHEMA: &str = "mdboard.log/1";

/// One thing that happened.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Event {
    #[cfg_attr(test, schemars(extend("enum" = event::EventKind::ALL.map(event::EventKind::name))))]
    kind: &'static str,
    /// The day, as well as it is known: see `precision`.
    date: Option<String>,
    #[cfg_attr(test, schemars(extend("enum" = super::parts::PRECISIONS)))]
    precision: &'static str,
    /// The partner's present id.
    partner: String,
    /// The checklist's path at the time.
    path: String,
    /// The item's id; null for what happens to whole checklists.
    item: Option<String>,
    /// The item's text at the time.
    text: Option<String>,
    /// The headings around the item at the time.
    section: Vec<String>,
    before: Option<Changed>,
    after: Option<Changed>,
    author: Option<By>,
    co_authors: Vec<By>,
    /// The commit that made the change.
    commit: Option<String>,
    /// The mainline commit that brought it.
    landed: Option<String>,
}

/// What a change was from or to: a text, date, state or path, or a list of owners or sections.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Changed {
    One(String),
    Many(Vec<String>),
}

impl From<&Value> for Changed {
    fn from(value: &Value) -> Changed {
        match value {
            Value::Text(text) => Changed::One(text.clone()),
            Value::Date(date) => Changed::One(day(*date)),
            Value::State(state) => Changed::One(state.name().to_owned()),
            Value::Path(path) => Changed::One(path.to_string()),
            Value::Owners(names) | Value::Section(names) => Changed::Many(names.clone()),
        }
    }
}

/// Events as `mdboard.log/1`, in the order given.
pub fn log(board: &Board, events: &[&event::Event]) -> String {
    super::text(&Document {
        schema: SCHEMA,
        head: Head::of(board),
        diagnostics: board.diagnostics.iter().map(Finding::from).collect(),
        events: events.iter().map(|event| Event::from(*event)).collect(),
    })
}

impl From<&event::Event> for Event {
    fn from(event: &event::Event) -> Event {
        let Source { by, co_authors, commit, landed } = (&event.origin).into();
        Event {
            kind: event.kind.name(),
            date: event.date.map(day),
            precision: event.precision.name(),
            partner: event.partner.0.clone(),
            path: event.path.to_string(),
            item: event.item.as_ref().map(|item| item.0.clone()),
            text: event.text.clone(),
            section: event.section.clone(),
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
