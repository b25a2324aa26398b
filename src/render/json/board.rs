//! `mdboard status --format json`.

use std::io::{self, Write};

use serde::Serialize;

use super::parts::{Finding, Head, Item, Progress, Shown, day, each};
use crate::board::{self, Board};
use crate::dates::Date;
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
    #[serde(serialize_with = "each::<_, Partner<'_>, _>")]
    #[cfg_attr(test, schemars(with = "Vec<Partner<'a>>"))]
    partners: &'a [board::Partner],
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
    id: &'a str,
    name: &'a str,
    owners: &'a [String],
    r#type: Option<&'a str>,
    tags: &'a [String],
    /// What its front matter says.
    #[cfg_attr(test, schemars(extend("enum" = with_null(PartnerStatus::ALL.map(PartnerStatus::name)))))]
    status: Option<&'static str>,
    start_date: Option<Shown<Date>>,
    #[cfg_attr(test, schemars(extend("enum" = ["front_matter", "partner", "first_commit", null])))]
    start_date_source: Option<&'static str>,
    #[cfg_attr(test, schemars(extend("enum" = crate::model::Health::ALL.map(crate::model::Health::name))))]
    health: &'static str,
    /// Why, in words.
    health_reason: &'a str,
    progress: Progress,
    /// How many items are overdue.
    overdue: usize,
    /// How many items are due within the next days.
    due_soon: usize,
    /// The earliest due date of open work, today or later.
    next_due: Option<Shown<Date>>,
    /// The day of the latest event.
    last_activity: Option<Shown<Date>>,
    #[serde(serialize_with = "each::<_, Checklist<'_>, _>")]
    #[cfg_attr(test, schemars(with = "Vec<Checklist<'a>>"))]
    checklists: &'a [board::Checklist],
}

/// A checklist.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checklist<'a> {
    /// From the repository's root.
    path: &'a str,
    title: &'a str,
    /// The template it says it was made from, as written.
    template: Option<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = with_null(PartnerStatus::ALL.map(PartnerStatus::name)))))]
    status: Option<&'static str>,
    start_date: Option<Shown<Date>>,
    /// What the start date comes from; `first_commit` means that nobody wrote it.
    #[cfg_attr(test, schemars(extend("enum" = ["front_matter", "partner", "first_commit", null])))]
    start_date_source: Option<&'static str>,
    progress: Progress,
    #[serde(serialize_with = "each::<_, Item<'_>, _>")]
    #[cfg_attr(test, schemars(with = "Vec<Item<'a>>"))]
    items: &'a [board::Item],
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
        partners,
    };
    super::write(&document, out)
}

impl<'a> From<&'a board::Partner> for Partner<'a> {
    fn from(partner: &'a board::Partner) -> Partner<'a> {
        Partner {
            id: &partner.id.0,
            name: &partner.name,
            owners: &partner.owners,
            r#type: partner.kind.as_deref(),
            tags: &partner.tags,
            status: partner.status.map(PartnerStatus::name),
            start_date: partner.start.map(|(date, _)| day(date)),
            start_date_source: partner.start.map(|(_, source)| source.name()),
            health: partner.health.name(),
            health_reason: &partner.health_reason,
            progress: partner.progress.into(),
            overdue: partner.overdue,
            due_soon: partner.due_soon,
            next_due: partner.next_due.map(day),
            last_activity: partner.last_activity.map(day),
            checklists: &partner.checklists,
        }
    }
}

impl<'a> From<&'a board::Checklist> for Checklist<'a> {
    fn from(checklist: &'a board::Checklist) -> Checklist<'a> {
        Checklist {
            path: checklist.path.as_str(),
            title: &checklist.title,
            template: checklist.template.as_deref(),
            status: checklist.status.map(PartnerStatus::name),
            start_date: checklist.start.map(|(date, _)| day(date)),
            start_date_source: checklist.start.map(|(_, source)| source.name()),
            progress: checklist.progress.into(),
            items: &checklist.items,
        }
    }
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
