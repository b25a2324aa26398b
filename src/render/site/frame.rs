//! What all pages have around their content.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::parts::text;
use super::{File, Site};
use crate::render::words;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const LIVE: &str = include_str!("live.js");

/// How a policy names a style or script that stands in the page.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

fn policy(live: bool) -> String {
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    let more = match live {
        true => format!(" {}; connect-src 'self'", hash(LIVE)),
        false => String::new(),
    };
    format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src {style}; \
         script-src {script}{more}"
    )
}

/// A page, with its title and what is in it.
pub(super) fn page(site: &Site<'_>, file: File, title: &str, main: &Markup) -> String {
    let path = site.path(file);
    let up = "../".repeat(path.matches('/').count());
    let live = site.content.live;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(live));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (text(title)) }
                link rel="alternate" type="application/atom+xml" title="What happened" href={ (up) "feed.xml" };
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#Main" { "Skip to the content" }
                header { (navigation(site, file, &up)) }
                main #Main tabindex="-1" { (main) }
                footer { (footer(site, &up)) }
                script { (PreEscaped(SCRIPT)) }
                @if live { script { (PreEscaped(LIVE)) } }
            }
        }
    };
    page.into_string()
}

fn navigation(site: &Site<'_>, here: File, up: &str) -> Markup {
    let count = site.content.findings.len();
    let pages = [
        (File::Portfolio, "Portfolio".to_owned()),
        (File::People, "People".to_owned()),
        (File::Insight, "Insight".to_owned()),
        (File::Lint, if count == 0 { "Lint".to_owned() } else { format!("Lint ({count})") }),
    ];
    html! {
        nav aria-label="Pages" {
            ul {
                @for (file, name) in pages {
                    li {
                        a href={ (up) (site.path(file)) } aria-current=[(file == here).then_some("page")] { (name) }
                    }
                }
            }
        }
    }
}

fn footer(site: &Site<'_>, up: &str) -> Markup {
    let board = site.content.board;
    let data = [
        ("board.json", "board.json"),
        ("items.csv", "items.csv"),
        ("events.csv", "events.csv"),
        ("report.md", "report.md"),
        ("overdue.ics", "overdue.ics"),
        ("feed.xml", "feed.xml"),
        ("badge.svg", "badge.svg"),
    ];
    html! {
        p {
            "As of " (words::full_date(board.today)) ", " (board.zone.to_string()) ". "
            @if let Some(commit) = &board.view.commit {
                @let short: String = commit.id.to_string().chars().take(10).collect();
                "Made from commit "
                @match site.content.web {
                    Some(web) => a.commit href=(web.commit(commit.id)) { (short) },
                    None => span.commit { (short) },
                }
                @if board.view.worktree { " and the files as they were on disk" }
                "."
            }
            @if let Some(reason) = &board.incomplete { " History is not complete: " (text(reason)) "." }
        }
        p {
            "The same as data: "
            @for (at, (path, name)) in data.iter().enumerate() {
                @if at > 0 { ", " }
                a href={ (up) (path) } { (name) }
            }
            "."
        }
        p { "“By” a day means: then or before. Several boxes were ticked at once, or it came ticked." }
    }
}
