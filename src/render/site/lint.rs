//! The page of what the linter has found.

use maud::{Markup, html};

use super::parts::{self, text, wide};
use super::{File, Site, frame};
use crate::lint::finding::Finding;
use crate::model::Severity;
use crate::render::words;

/// More findings than this nobody reads on a page.
const MOST: usize = 1_000;

pub(super) fn page(site: &Site<'_>) -> String {
    let findings = site.content.findings;
    let main = html! {
        h1 { "Lint" }
        @if findings.is_empty() {
            p { "Templates and checklists are clean." }
        } @else {
            p { (words::plural(findings.len(), "finding")) ". `mdboard rule CODE` tells more of each; `mdboard lint --fix` mends some." }
            (wide("Findings", &table(site, findings)))
            @if findings.len() > MOST {
                p.aside { "and " (findings.len() - MOST) " more: `mdboard lint` tells all" }
            }
        }
    };
    frame::page(site, File::Lint, "Lint", &main)
}

fn table(site: &Site<'_>, findings: &[Finding]) -> Markup {
    html! {
        table.cards {
            thead {
                tr {
                    th scope="col" { "Severity" }
                    th scope="col" { "Rule" }
                    th scope="col" { "What" }
                    th scope="col" { "Where" }
                }
            }
            tbody {
                @for finding in findings.iter().take(MOST) {
                    tr {
                        td data-label="Severity" { span.tag.(class(finding.severity)) { (finding.severity.name()) } }
                        td data-label="Rule" { (finding.rule.code.code) " " (finding.rule.code.rule) }
                        td { (text(&finding.message)) " " span.aside { (text(finding.advice())) } }
                        td data-label="Where" { (parts::place(site, &finding.path, finding.start.line)) }
                    }
                }
            }
        }
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "overdue",
        Severity::Warning => "at_risk",
        Severity::Info => "active",
    }
}
