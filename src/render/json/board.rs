//! `mdboard status --format json`.

use std::io::{self, Write};

use serde::Serialize;

use super::parts::{Finding, Head, Item, Progress, day};
use crate::board::{self, Board};
use crate::model::PartnerStatus;

/// The whole board: every partner with its checklists and their items.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    #[serde(flatten)]
    head: Head,
    totals: Totals,
    diagnostics: Vec<Finding>,
    partners: Vec<Partner<'a>>,
}

const SCHEMA: &str = "mdboard.board/1";

/// The sums over all partners.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Totals {
    partners: usize,
    checklists: usize,
    #[serde(flatten)]
    progress: Progress,
    overdue: usize,
    due_soon: usize,
}

/// A partner.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Partner<'a> {
    /// The path of its folder or file below the glob's fixed prefix.
    id: String,
    name: String,
    owners: Vec<String>,
    r#type: Option<String>,
    tags: Vec<String>,
    /// What its front matter says.
    #[cfg_attr(test, schemars(extend("enum" = with_null(PartnerStatus::ALL.map(PartnerStatus::name)))))]
    status: Option<&'static str>,
    start_date: Option<String>,
    #[cfg_attr(test, schemars(extend("enum" = ["front_matter", "partner", "first_commit", null])))]
    start_date_source: Option<&'static str>,
    #[cfg_attr(test, schemars(extend("enum" = crate::model::Health::ALL.map(crate::model::Health::name))))]
    health: &'static str,
    /// Why, in words.
    health_reason: String,
    progress: Progress,
    /// How many items are overdue.
    overdue: usize,
    /// How many items are due within the next days.
    due_soon: usize,
    /// The earliest due date of open work, today or later.
    next_due: Option<String>,
    /// The day of the latest event.
    last_activity: Option<String>,
    checklists: Vec<Checklist<'a>>,
}

/// A checklist.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checklist<'a> {
    /// From the repository's root.
    path: String,
    title: String,
    /// The template it says it was made from, as written.
    template: Option<String>,
    #[cfg_attr(test, schemars(extend("enum" = with_null(PartnerStatus::ALL.map(PartnerStatus::name)))))]
    status: Option<&'static str>,
    start_date: Option<String>,
    /// What the start date comes from; `first_commit` means that nobody wrote it.
    #[cfg_attr(test, schemars(extend("enum" = ["front_matter", "partner", "first_commit", null])))]
    start_date_source: Option<&'static str>,
    progress: Progress,
    items: Vec<Item<'a>>,
}

#[cfg(test)]
fn with_null<const N: usize>(words: [&'static str; N]) -> Vec<Option<&'static str>> {
    words.into_iter().map(Some).chain([None]).collect()
}

/// Writes the board as `mdboard.board/1`.
pub fn board(board: &Board, out: &mut dyn Write) -> io::Result<()> {
    let partners = &board.partners;
    let checklists = partners.iter().map(|partner| partner.checklists.len()).sum();
    let document = Document {
        schema: SCHEMA,
        head: Head::of(board),
        totals: Totals {
            partners: partners.len(),
            checklists,
            progress: board.progress().into(),
            overdue: partners.iter().map(|partner| partner.overdue).sum(),
            due_soon: partners.iter().map(|partner| partner.due_soon).sum(),
        },
        diagnostics: board.diagnostics.iter().map(Finding::from).collect(),
        partners: partners.iter().map(Partner::from).collect(),
    };
    super::write(&document, out)
}

impl<'a> From<&'a board::Partner> for Partner<'a> {
    fn from(partner: &'a board::Partner) -> Partner<'a> {
        Partner {
            id: partner.id.0.clone(),
            name: partner.name.clone(),
            owners: partner.owners.clone(),
            r#type: partner.kind.clone(),
            tags: partner.tags.clone(),
            status: partner.status.map(PartnerStatus::name),
            start_date: partner.start.map(|(date, _)| day(date)),
            start_date_source: partner.start.map(|(_, source)| source.name()),
            health: partner.health.name(),
            health_reason: partner.health_reason.clone(),
            progress: partner.progress.into(),
            overdue: partner.overdue,
            due_soon: partner.due_soon,
            next_due: partner.next_due.map(day),
            last_activity: partner.last_activity.map(day),
            checklists: partner.checklists.iter().map(Checklist::from).collect(),
        }
    }
}

impl<'a> From<&'a board::Checklist> for Checklist<'a> {
    fn from(checklist: &'a board::Checklist) -> Checklist<'a> {
        Checklist {
            path: checklist.path.to_string(),
            title: checklist.title.clone(),
            template: checklist.template.clone(),
            status: checklist.status.map(PartnerStatus::name),
            start_date: checklist.start.map(|(date, _)| day(date)),
            start_date_source: checklist.start.map(|(_, source)| source.name()),
            progress: checklist.progress.into(),
            items: checklist.items.iter().map(Item::from).collect(),
        }
    }
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
