//! MB312: an item is never due.

use super::places::is_open;
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNSCHEDULED_ITEM,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: false,
    finds: "an open item for which neither its text nor a heading nor the front matter names a day",
    why: "what is never due is never overdue, and nobody is reminded of it",
    how: "give its section a window like `(Target: Day 1–7)`, or the item a `due:` of its own",
    more: "An item that has items under it is a heading for them and needs no day. What stands in a \
           section that never ends, like `(Ongoing)` or `Month 3+`, has no due date on purpose, and \
           so has what is deferred.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] Contract signed\n\n## Training\n\n- [ ] \
         ⟦Training booked⟧\n- [ ] Exam taken due:Day 20\n\n## Contact (Ongoing)\n\n- [ ] Weekly call\n",
        "# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] Contract signed\n\n## Training (Target: \
         Day 8–20)\n\n- [ ] Training booked\n- [ ] Exam taken due:Day 20\n\n## Contact (Ongoing)\n\n\
         - [ ] Weekly call\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let schedules = schedule::resolve(&page.document, &page.basis());
    for (item, schedule) in page.document.items.iter().zip(schedules) {
        let is_scheduled = schedule.source.is_some() || schedule.window.is_some();
        if item.children == 0 && !is_scheduled && is_open(page, item) {
            let message = format!("`{}` is never due", shortened(&item.text));
            found.push(page.finding(&RULE, page.text_of(item), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    #[test]
    fn a_due_date_of_any_origin_is_enough() {
        for text in [
            "---\ndue: 2026-06-01\n---\n- [ ] A\n",
            "- [ ] A due:Day 3\n  - [ ] B\n",
            "- [x] A\n- [N/A] B\n",
            "## Month 3+\n- [ ] A\n",
        ] {
            let (found, _) = run(&RULE, &Example::checklist("", ""), text);
            assert!(found.is_empty(), "{text}");
        }
        let (found, _) = run(&RULE, &Example::checklist("", ""), "- [ ] A\n  - [ ] B\n");
        assert_eq!(found.len(), 1, "the parent is a heading for B");
    }
}
