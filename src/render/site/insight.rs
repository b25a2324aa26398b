//! The page of what the board teaches across partners.

use maud::{Markup, html};

use super::parts::{text, wide};
use super::{File, Site, frame};
use crate::render::words;
use crate::report::insight::{Duration, ENOUGH, Figure, Insight};

pub(super) fn page(site: &Site<'_>) -> String {
    let insight = Insight::of(site.content.board);
    let main = html! {
        h1 { "Insight" }
        p { "Each figure is a median or a share, and says how many cases it rests on. Below " (ENOUGH) " cases none is shown." }
        h2 { "Dates" }
        (wide("Dates", &dates(&insight)))
        h2 { "How long sections take" }
        @if insight.durations.is_empty() {
            p.aside { "No section has " (ENOUGH) " cases yet." }
        } @else {
            p { "From the checklist's start to the day on which the last item of the section was done, and to the day on which it was due." }
            (wide("How long sections take", &durations(&insight.durations)))
        }
        h2 { "Where nothing moves" }
        (stalls(site, &insight))
    };
    frame::page(site, File::Insight, "Insight", &main)
}

fn dates(insight: &Insight) -> Markup {
    let days = |days: i64| match days {
        0 => "on the day".to_owned(),
        late @ 1.. => format!("{} late", words::distance(late)),
        early => format!("{} early", words::distance(early)),
    };
    let moved = |days: i64| match days {
        0.. => format!("{} later", words::distance(days)),
        early => format!("{} earlier", words::distance(early)),
    };
    let share = |share: i64| format!("{share} %");
    let rows: [(&str, String, Figure, &str); 6] = [
        (
            "An item is done",
            told(insight.late, days),
            insight.late,
            "ticks whose day is known exactly, of items with a due date",
        ),
        ("Items done late", told(insight.share_late, share), insight.share_late, "the same"),
        (
            "A due date that moves goes",
            told(insight.slip, moved),
            insight.slip,
            "moves from one day to another",
        ),
        (
            "Items whose due date moved",
            told(insight.share_moved, share),
            insight.share_moved,
            "items with a due date",
        ),
        (
            "Ticks that came three or more at once",
            told(insight.bulk, share),
            insight.bulk,
            "ticks: days of these are upper bounds",
        ),
        (
            "Between two days with ticks at a partner",
            told(insight.pause, words::distance),
            insight.pause,
            "pauses",
        ),
    ];
    html! {
        table {
            thead { tr { th scope="col" { "What" } th scope="col" { "Figure" } th.n scope="col" { "Cases" } th scope="col" { "Cases are" } } }
            tbody {
                @for (what, value, figure, cases) in &rows {
                    tr {
                        th scope="row" { (what) }
                        td { (value) }
                        td.n { (figure.cases) }
                        td.aside { (cases) }
                    }
                }
            }
        }
    }
}

fn told(figure: Figure, words: impl Fn(i64) -> String) -> String {
    figure.value.map_or_else(|| "too few cases".to_owned(), words)
}

fn durations(all: &[Duration]) -> Markup {
    let cell = |figure: &Figure| {
        let value = told(*figure, |day| format!("day {day}"));
        html! { td { (value) } td.n { (figure.cases) } }
    };
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Section" }
                    th scope="col" { "Type" }
                    th scope="col" { "Done by" }
                    th.n scope="col" { "Cases" }
                    th scope="col" { "Due by" }
                    th.n scope="col" { "Cases" }
                }
            }
            tbody {
                @for duration in all {
                    tr {
                        th scope="row" { (text(&duration.section)) }
                        td { (text(duration.kind.as_deref().unwrap_or_default())) }
                        (cell(&duration.finished))
                        (cell(&duration.planned))
                    }
                }
            }
        }
    }
}

fn stalls(site: &Site<'_>, insight: &Insight) -> Markup {
    html! {
        @if insight.stalls.is_empty() {
            p.aside { "Something has moved lately at every partner with open work." }
        } @else {
            ul {
                @for stall in &insight.stalls {
                    li {
                        a href=(site.partner_path(&stall.partner)) { (text(&stall.name)) }
                        ": nothing for " (words::distance(stall.days)) ", since " (words::full_date(stall.since))
                    }
                }
            }
        }
    }
}
