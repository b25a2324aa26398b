//! MB305: something is due before the checklist starts.

use super::places::{Windows, day_before, due_of, is_open, start};
use crate::dates::Date;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Point, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::DUE_BEFORE_START,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Checklists,
    by_default: true,
    finds: "a date by which something is due that lies before the checklist's start date",
    why: "the item is overdue from the first day on; mostly the date or its year is that of an \
          earlier checklist",
    how: "correct the due date or the start date",
    more: "Looked at are the dates of open items, of headings and of `due` in the front matter, \
           against a start date that stands in the checklist or in a `README.md` around it. What \
           is due before the start on purpose can say so: `due:Day -14`.",
    fixes: None,
    examples: &[
        Example::checklist(
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n- [ ] NDA signed due:⟦2025-03-20⟧\n",
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n- [ ] NDA signed due:2026-03-20\n",
        ),
        Example::checklist(
            "---\nstart_date: 2026-03-02\ndue: ⟦2026-01-30⟧\n---\n# Launch\n\n## Campaign (Due \
             ⟦2026-01-15⟧)\n\n- [ ] Banner online\n",
            "---\nstart_date: 2026-03-02\ndue: 2026-04-30\n---\n# Launch\n\n## Campaign (Due \
             2026-04-15)\n\n- [ ] Banner online\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(start) = start(page) else { return };
    let mut tell = |span, what: &str, day: Date| {
        let message = format!("{what} {day}, before the checklist starts on {start}");
        found.push(page.finding(&RULE, span, message));
    };
    if let (Some((Point::Date(due), _)), Some(field)) =
        (page.document.front_matter.due, page.field("due"))
        && due < start
    {
        tell(field.value.span, "the checklist is due on", due);
    }
    let windows = Windows::of(page);
    for (at, window) in windows.all() {
        if let Some(Point::Date(day)) = window.closes.filter(|_| day_before(window.closes, start)) {
            tell(windows.place(at), "the section's window closes on", day);
        }
    }
    for item in page.document.items.iter().filter(|item| is_open(page, item)) {
        if let Some(Point::Date(day)) = item.due.filter(|_| day_before(item.due, start)) {
            tell(due_of(page, item), "the item is due on", day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    #[test]
    fn a_start_date_beside_the_checklist_counts_too() {
        let example = Example {
            beside: &[("partners/brackenferry/README.md", "---\nstart: 2026-03-02\n---\n")],
            ..Example::checklist("", "")
        };
        let (found, _) =
            run(&RULE, &example, "- [ ] NDA due:2026-03-01\n- [ ] Call due:2026-03-02\n");
        let found: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            found,
            ["the item is due on 2026-03-01, before the checklist starts on 2026-03-02"]
        );
    }

    #[test]
    fn what_is_over_or_meant_to_come_first_is_not_told() {
        for text in [
            "---\nstart_date: 2026-03-02\n---\n- [x] NDA due:2026-02-01\n- [ ] Call due:Day -14\n",
            "- [ ] NDA due:1999-01-01\n",
            "---\nstart_date: 2026-03-02\n---\n- [N/A] Visit\n  - [ ] Room due:2026-02-01\n- [ ] Call\n",
        ] {
            let (found, _) = run(&RULE, &Example::checklist("", ""), text);
            assert!(found.is_empty(), "{text}");
        }
    }
}
