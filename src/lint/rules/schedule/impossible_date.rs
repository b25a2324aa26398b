//! MB308: a date has the right form and the calendar does not have it.

use super::places::{dates_in_headings, words_in_heading};
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::Numeric;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::IMPOSSIBLE_DATE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a date that the calendar does not have, like 2026-02-30",
    why: "it is no date: what it should say is due or started falls back to something else",
    how: "correct the day or the month",
    more: "Looked at are the dates that mean something: due and done dates of items, windows of \
           headings, and the dates of the front matter.",
    fixes: None,
    examples: &[
        Example::checklist(
            "---\nstart_date: ⟦2026-02-30⟧\n---\n# Onboarding\n\n- [ ] Contract signed ⟦due:2026-06-31⟧\n",
            "---\nstart_date: 2026-02-28\n---\n# Onboarding\n\n- [ ] Contract signed due:2026-06-30\n",
        ),
        Example::checklist(
            "# Launch\n\n## Campaign (Due ⟦2026-02-30⟧)\n\n- [ ] Banner online\n",
            "# Launch\n\n## Campaign (Due 2026-02-28)\n\n- [ ] Banner online\n",
        ),
    ],
    // What reading tells of items and the front matter comes on top.
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (at, written, date) in dates_in_headings(page) {
        if date == Numeric::Impossible {
            let message = format!("the calendar has no such day: `{written}`");
            found.push(page.finding(&RULE, words_in_heading(page, at, written), message));
        }
    }
}
