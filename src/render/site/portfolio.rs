//! The page of all partners: who needs attention, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maud::{Markup, PreEscaped, html};

use super::parts::{self, text, wide};
use super::{File, Site, frame};
use crate::board::Partner;
use crate::model::event::{Event, EventKind, Value};
use crate::model::{Health, PartnerId, State};
use crate::render::{escape, words};
use crate::report::parts::{Pace, Part, key, phases};
use crate::report::{self, NEWS_DAYS};
use crate::schedule::name;

/// More phases side by side than this nobody looks at.
const MOST_PHASES: usize = 10;
/// A heat map of more partners is folded: what is not seen need not be laid out with each keystroke.
const MOST_OPEN: usize = 300;

pub(super) fn page(site: &Site<'_>) -> String {
    let board = site.content.board;
    let by_need = board.by_need();
    let main = html! {
        h1 { "Partners" }
        (tiles(site))
        @if by_need.is_empty() {
            p { "There is no partner on this board yet." }
        } @else {
            h2 { "Who needs attention" }
            (filter(site))
            (wide("Partners", &table(site, &by_need)))
            (news(site))
            (heat_map(site, &by_need))
        }
    };
    frame::page(site, File::Portfolio, "Partners", &main)
}

fn tiles(site: &Site<'_>) -> Markup {
    let board = site.content.board;
    let progress = board.progress();
    let sum = |count: fn(&Partner) -> usize| board.partners.iter().map(count).sum::<usize>();
    let (overdue, soon) = (sum(|partner| partner.overdue), sum(|partner| partner.due_soon));
    let percent =
        progress.percent().map_or(words::NOTHING.to_owned(), |share| format!("{share} %"));
    html! {
        ul.tiles {
            li { b { (board.partners.len()) } (if board.partners.len() == 1 { "partner" } else { "partners" }) }
            li { b { (percent) } (progress.done) " of " (words::plural(progress.done + progress.open, "item")) " done" }
            li.bad[overdue > 0] { b { (overdue) } "overdue" }
            li.warn[soon > 0] { b { (soon) } "due in " (board.due_soon_days) " days" }
        }
    }
}

fn filter(site: &Site<'_>) -> Markup {
    let partners = &site.content.board.partners;
    let healths: Vec<Health> = Health::ALL
        .into_iter()
        .filter(|health| partners.iter().any(|one| one.health == *health))
        .collect();
    let owners: BTreeSet<&str> =
        partners.iter().flat_map(|one| &one.owners).map(String::as_str).collect();
    let kinds: BTreeSet<&str> = partners.iter().filter_map(|one| one.kind.as_deref()).collect();
    html! {
        search data-filter hidden aria-label="Partners" {
            label { "Find" input type="search" name="q" autocomplete="off"; }
            label {
                "Health"
                select name="health" {
                    option value="" { "any" }
                    @for health in healths { option value=(health.name()) { (words::health(health)) } }
                }
            }
            @if !owners.is_empty() { (choice("Owner", "owner", &owners)) }
            @if !kinds.is_empty() { (choice("Type", "type", &kinds)) }
            p.aside role="status" data-count=(partners.len()) { (partners.len()) " shown" }
        }
    }
}

fn choice(label: &str, field: &str, values: &BTreeSet<&str>) -> Markup {
    html! {
        label {
            (label)
            select name=(field) {
                option value="" { "any" }
                @for value in values { option value=(text(value)) { (text(value)) } }
            }
        }
    }
}

/// A partner's row in a table, with what the filter looks at.
fn row_of(partner: &Partner, cells: &Markup) -> Markup {
    let owners = partner.owners.join("\n");
    let kind = partner.kind.as_deref().unwrap_or_default();
    let tags = partner.tags.join(" ");
    let words = [&partner.name, &partner.id.0, &partner.health_reason, &owners, kind, &tags];
    let words = words.join(" ").to_lowercase().replace('\n', " ");
    // One name a line, each without what the page leaves out of names.
    let owners: Vec<_> = owners.split('\n').map(escape::html).collect();
    html! {
        tr data-text=(text(&words)) data-health=(partner.health.name())
            data-owner=(PreEscaped(owners.join("\n"))) data-type=(text(kind)) {
            (cells)
        }
    }
}

fn table(site: &Site<'_>, partners: &[&Partner]) -> Markup {
    let today = site.content.board.today;
    html! {
        table.cards data-sort="sort" {
            thead {
                tr {
                    th scope="col" data-key="partner" { "Partner" }
                    th scope="col" data-key="health" { "Health" }
                    th scope="col" { "Why" }
                    th scope="col" data-key="done" { "Done" }
                    th.n scope="col" data-key="overdue" { "Overdue" }
                    th.n scope="col" data-key="soon" { "Soon" }
                    th scope="col" data-key="next" { "Next due" }
                    th scope="col" data-key="owner" { "Owner" }
                    th scope="col" data-key="type" { "Type" }
                    th scope="col" data-key="active" { "Last news" }
                }
            }
            tbody {
                @for partner in partners {
                    (row(site, partner, today))
                }
            }
        }
    }
}

fn row(site: &Site<'_>, partner: &Partner, today: crate::dates::Date) -> Markup {
    let rank = Health::ALL.iter().position(|health| *health == partner.health);
    let percent = partner.progress.percent().map(|share| share.to_string()).unwrap_or_default();
    let derived = words::derived_start(partner, today);
    let cells = html! {
            th scope="row" data-v=(text(&partner.name.to_lowercase())) {
                a href=(site.partner_path(&partner.id)) { (text(&partner.name)) }
            }
            td data-label="Health" data-v=(rank.unwrap_or_default()) { (parts::health(partner.health)) }
            td data-label="Why" {
                (text(&partner.health_reason))
                @if let Some(derived) = derived { " " span.aside { "(" (text(&derived)) ")" } }
            }
            td data-label="Done" data-v=(percent) { (parts::progress(partner.progress)) }
            td.n data-label="Overdue" data-v=(partner.overdue) { (partner.overdue) }
            td.n data-label="Soon" data-v=(partner.due_soon) { (partner.due_soon) }
            td data-label="Next due" data-v=(parts::sort_date(partner.next_due)) {
                @match partner.next_due {
                    Some(day) => (words::short_due(day, today)),
                    None => (words::NOTHING),
                }
            }
            td data-label="Owner" data-v=(text(&partner.owners.join(" ").to_lowercase())) { (parts::names(&partner.owners)) }
            td data-label="Type" { (text(partner.kind.as_deref().unwrap_or_default())) }
            td data-label="Last news" data-v=(parts::sort_date(partner.last_activity)) {
                @match partner.last_activity {
                    Some(day) => (words::relative(day, today)),
                    None => (words::NOTHING),
                }
            }
    };
    row_of(partner, &cells)
}

/// What happened to a partner, counted.
#[derive(Default)]
struct News {
    kinds: BTreeMap<EventKind, usize>,
    dropped: usize,
}

impl News {
    fn count(&mut self, event: &Event) {
        let is_open = matches!(&event.before, Some(Value::State(state)) if *state != State::Done && !state.is_waived());
        match event.kind {
            EventKind::Removed if is_open => self.dropped += 1,
            kind => *self.kinds.entry(kind).or_default() += 1,
        }
    }

    /// In words, what a reader should know first.
    fn words(&self) -> String {
        let told = [
            (EventKind::Unchecked, "unticked"),
            (EventKind::DueChanged, "due dates moved"),
            (EventKind::Checked, "ticked"),
            (EventKind::StateChanged, "in another state"),
            (EventKind::Added, "added"),
            (EventKind::Removed, "removed when done"),
            (EventKind::OwnerChanged, "with another owner"),
            (EventKind::Reworded, "reworded"),
            (EventKind::Moved, "moved"),
            (EventKind::ChecklistAdded, "new checklists"),
            (EventKind::ChecklistRemoved, "checklists gone"),
            (EventKind::ChecklistRenamed, "checklists renamed"),
        ];
        let dropped = (self.dropped > 0).then(|| format!("{} removed unfinished", self.dropped));
        let others = told.into_iter().filter_map(|(kind, words)| {
            self.kinds.get(&kind).map(|count| format!("{count} {words}"))
        });
        dropped.into_iter().chain(others).collect::<Vec<_>>().join(", ")
    }
}

fn news(site: &Site<'_>) -> Markup {
    let board = site.content.board;
    let (since, events) = report::news(board);
    let mut all = News::default();
    let mut by_partner: HashMap<&PartnerId, News> = HashMap::new();
    for event in events {
        all.count(event);
        by_partner.entry(&event.partner).or_default().count(event);
    }
    let mut rows: Vec<(&PartnerId, News)> = by_partner.into_iter().collect();
    rows.sort_by(|a, b| b.1.dropped.cmp(&a.1.dropped).then_with(|| a.0.cmp(b.0)));
    html! {
        h2 { "The last " (NEWS_DAYS) " days" }
        @if rows.is_empty() {
            p.aside { "Nothing has happened since " (words::full_date(since)) "." }
        } @else {
            p { (all.words()) ", at " (words::plural(rows.len(), "partner")) "." }
            details open[rows.len() <= 12] {
                summary { "By partner" }
                ul {
                    @for (id, news) in &rows {
                        li {
                            @match site.places.get(*id) {
                                Some(at) => {
                                    a href={ (site.path(File::Partner(*at))) "#story" } { (text(&board.partners[*at].name)) }
                                },
                                None => bdi { (text(&id.0)) },
                            }
                            ": " (news.words())
                        }
                    }
                }
            }
        }
    }
}

/// A column of the heat map: its name, and how it is found.
struct Column {
    key: String,
    name: String,
    partners: usize,
    /// The sum of the places at which it stands, to put it there.
    places: usize,
}

/// A phase with what it shares a column by, which takes some reading; `None`: it has no title.
type Keyed<'p> = (Option<String>, Part<'p>);

fn keyed(phase: Part<'_>) -> Keyed<'_> {
    (phase.title().map(key), phase)
}

fn columns(rows: &[Vec<Keyed<'_>>]) -> (Vec<Column>, usize) {
    let mut columns: HashMap<&str, Column> = HashMap::new();
    for phases in rows {
        for (at, (key, phase)) in phases.iter().enumerate() {
            let Some(key) = key else { continue };
            let column = columns.entry(key).or_insert_with(|| Column {
                key: key.clone(),
                name: phase.title().map(name).unwrap_or_default().to_owned(),
                partners: 0,
                places: 0,
            });
            column.partners += 1;
            column.places += at;
        }
    }
    let mut columns: Vec<Column> = columns.into_values().collect();
    columns.sort_by(|a, b| b.partners.cmp(&a.partners).then_with(|| a.key.cmp(&b.key)));
    let left = columns.len().saturating_sub(MOST_PHASES);
    columns.truncate(MOST_PHASES);
    let place = |column: &Column| 1000 * column.places / column.partners.max(1);
    columns.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.key.cmp(&b.key)));
    (columns, left)
}

fn heat_map(site: &Site<'_>, partners: &[&Partner]) -> Markup {
    let today = site.content.board.today;
    let rows = partners.iter().map(|partner| phases(partner, today).into_iter());
    let rows: Vec<Vec<Keyed<'_>>> = rows.map(|phases| phases.map(keyed).collect()).collect();
    let (columns, left) = columns(&rows);
    if columns.is_empty() {
        return html! {};
    }
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Partner" }
                    @for column in &columns { th scope="col" { (text(&column.name)) } }
                }
            }
            tbody {
                @for (partner, phases) in partners.iter().zip(&rows) {
                    @let cells = html! {
                        th scope="row" { a href=(site.partner_path(&partner.id)) { (text(&partner.name)) } }
                        @for column in &columns {
                            @let phase = phases.iter().find(|(key, _)| key.as_ref() == Some(&column.key));
                            (cell(phase.map(|(_, phase)| phase)))
                        }
                    };
                    (row_of(partner, &cells))
                }
            }
        }
    };
    html! {
        h2 { "Phases" }
        ul.legend {
            @for pace in Pace::ALL { li { span.tag.(class(pace)) { (sign(pace)) " " (pace_words(pace)) } } }
        }
        @if partners.len() > MOST_OPEN {
            details {
                summary { "All " (partners.len()) " partners" }
                (wide("Phases of all partners", &table))
            }
        } @else {
            (wide("Phases of all partners", &table))
        }
        @if left > 0 {
            p.aside { (words::plural(left, "phase")) " that fewer partners have: see their pages." }
        }
    }
}

fn cell(phase: Option<&Part<'_>>) -> Markup {
    let Some(phase) = phase else { return html! { td.pace {} } };
    let counted = phase.progress.done + phase.progress.open;
    html! {
        td.pace.(class(phase.pace)) {
            span aria-hidden="true" { (sign(phase.pace)) " " }
            span.unseen { (pace_words(phase.pace)) ": " }
            (phase.progress.done) "/" (counted)
        }
    }
}

pub(super) fn class(pace: Pace) -> &'static str {
    match pace {
        Pace::Late => "late",
        Pace::OnTime => "on_time",
        Pace::Ahead => "ahead",
        Pace::NotStarted => "not_started",
        Pace::Resting => "resting",
        Pace::Done => "done",
    }
}

pub(super) fn pace_words(pace: Pace) -> &'static str {
    match pace {
        Pace::Late => "late",
        Pace::OnTime => "on time",
        Pace::Ahead => "ahead",
        Pace::NotStarted => "not started",
        Pace::Resting => "resting",
        Pace::Done => "done",
    }
}

/// What stands for colour where there is none.
fn sign(pace: Pace) -> &'static str {
    match pace {
        Pace::Late => "▼",
        Pace::OnTime => "●",
        Pace::Ahead => "▲",
        Pace::NotStarted => "○",
        Pace::Resting => "‖",
        Pace::Done => "✓",
    }
}
