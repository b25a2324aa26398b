//! `mdboard drift --format json`.

use std::io::{self, Write};

use serde::Serialize;

use crate::report::Drifted;
use crate::template::{Moved, Named, Reworded};

const SCHEMA: &str = "mdboard.drift/1";

/// How far checklists have parted from their templates.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    /// Those that name a template, by path.
    checklists: Vec<Checklist<'a>>,
}

/// A checklist beside its template.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checklist<'a> {
    /// The partner's id.
    partner: &'a str,
    path: &'a str,
    /// The template's path.
    template: &'a str,
    /// What it was compared from: the version that it names, or the one that is most like it.
    #[cfg_attr(test, schemars(extend("enum" = crate::report::Basis::ALL.map(crate::report::Basis::name))))]
    basis: &'static str,
    /// The id of that version's content.
    from: String,
    /// The id of the newest version's content.
    to: String,
    /// How many versions lie between them, the newest counted; null where history does not tell.
    versions_behind: Option<usize>,
    /// Whether the template has something that the checklist has not taken over.
    behind: bool,
    /// Items that the template has gained and the checklist lacks.
    lacking: Vec<Place<'a>>,
    /// Items that the template has reworded and the checklist has not.
    reworded: Vec<Change<'a>>,
    /// Headings whose words or window the template has changed and the checklist has not.
    headings: Vec<Change<'a>>,
    /// Items of the checklist that the template no longer has.
    gone: Vec<Place<'a>>,
    /// Items that the checklist has taken out.
    removed_here: Vec<Place<'a>>,
    /// Items that the checklist has put in other words.
    reworded_here: Vec<Change<'a>>,
    /// Items that only the checklist has.
    own: Vec<Place<'a>>,
}

/// An item with its place: in the checklist if it is there, else in the template.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Place<'a> {
    text: &'a str,
    section: &'a [String],
    line: u32,
}

/// What the template said, what it says, and what the checklist says in which line.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Change<'a> {
    before: &'a str,
    after: &'a str,
    here: &'a str,
    line: u32,
    /// Whether the checklist has changed it, too, so that nobody but its owner can decide.
    conflict: bool,
}

impl<'a> From<&'a Named> for Place<'a> {
    fn from(named: &'a Named) -> Place<'a> {
        Place { text: &named.text, section: &named.section, line: named.line }
    }
}

impl<'a> From<&'a Reworded> for Change<'a> {
    fn from(one: &'a Reworded) -> Change<'a> {
        let Reworded { before, after, here, line, touched } = one;
        Change { before, after, here, line: *line, conflict: *touched }
    }
}

impl<'a> From<&'a Moved> for Change<'a> {
    fn from(one: &'a Moved) -> Change<'a> {
        let Moved { before, after, here, line, touched } = one;
        Change { before, after, here, line: *line, conflict: *touched }
    }
}

/// Writes how far checklists have parted from their templates.
pub fn drift(all: &[Drifted], out: &mut dyn Write) -> io::Result<()> {
    let checklists = all.iter().map(|one| Checklist {
        partner: &one.partner.0,
        path: one.path.as_str(),
        template: one.template.as_str(),
        basis: one.basis.name(),
        from: one.from.to_string(),
        to: one.to.to_string(),
        versions_behind: one.versions_behind,
        behind: one.drift.is_behind(),
        lacking: one.drift.lacking.iter().map(Place::from).collect(),
        reworded: one.drift.reworded.iter().map(Change::from).collect(),
        headings: one.drift.headings.iter().map(Change::from).collect(),
        gone: one.drift.gone.iter().map(Place::from).collect(),
        removed_here: one.drift.removed_here.iter().map(Place::from).collect(),
        reworded_here: one.drift.reworded_here.iter().map(Change::from).collect(),
        own: one.drift.own.iter().map(Place::from).collect(),
    });
    super::write(&Document { schema: SCHEMA, checklists: checklists.collect() }, out)
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document<'_>)
}
