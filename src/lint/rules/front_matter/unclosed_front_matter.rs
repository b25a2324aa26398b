//! MB202: the front matter has no closing line.

use std::collections::HashSet;

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNCLOSED_FRONT_MATTER,
    category: Category::FrontMatter,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a front matter that no line `---` closes",
    why: "where it ends can only be guessed, and other programs show its keys as a text",
    how: "write a line `---` behind the last key",
    more: "mdboard reads the keys up to the first blank line all the same, so that the board keeps \
           its dates. A file that only begins with a horizontal line has no front matter and is \
           not told: the line behind the first `---` must be a `key: value`.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "writes the line `---` behind the last key, where a heading follows and so no key \
               can be left out",
        changes: &[],
    }),
    examples: &[
        Example::checklist(
            "⟦---⟧\npartner: Brackenferry\nstart_date: 2026-03-02\n\n# Onboarding\n\n- [ ] Sign the contract\n",
            "---\npartner: Brackenferry\nstart_date: 2026-03-02\n---\n\n# Onboarding\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "⟦---⟧\npartner: Brackenferry\n\nWe start when both sides have signed.\n\n- [ ] Sign the contract\n",
            "---\npartner: Brackenferry\n---\n\nWe start when both sides have signed.\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

/// Closes it before the first blank line or heading, if all lines up to there are keys, or belong to
/// one, and a heading comes next.
fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let opening = page.whole_lines(finding.span);
    let keys: HashSet<usize> = page.fields.iter().map(|entry| entry.key_span.start).collect();
    let headings: HashSet<usize> = page.syntax.headings.iter().map(|it| it.span.start).collect();
    let is_heading =
        |line: Span| page.slice(line).starts_with('#') && headings.contains(&line.start);
    let mut at = opening.end;
    let mut end = None;
    while at < page.text.len() {
        let line = page.whole_lines(Span::new(at, at));
        let written = page.slice(line);
        at = line.end;
        if is_heading(line) {
            return closed(page, end.unwrap_or(line.start), opening.end);
        }
        if written.trim().is_empty() {
            end = end.or(Some(line.start));
        } else if end.is_some() || !written.starts_with([' ', '-']) && !keys.contains(&line.start) {
            return None;
        }
    }
    None
}

fn closed(page: &Page<'_>, at: usize, opening: usize) -> Option<Fix> {
    (at > opening).then(|| Fix::safe([Edit::insert(at, format!("---{}", page.line_end()))]))
}
