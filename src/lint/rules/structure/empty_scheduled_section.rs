//! MB406: a section has a window and no item.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Section, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::EMPTY_SCHEDULED_SECTION,
    category: Category::Structure,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a section whose heading names a window and under which no item stands, in a file that has items under other windows",
    why: "the heading promises work by a date and the board can follow none of it: nothing there is ever due or overdue",
    how: "write its work as items (`- [ ] …`), or take the window off the heading",
    more: "A file without an item under any window is left alone: its headings tell a story, as in a \
           sequence of e-mails, and plan no work. Of sections within each other \
           only the outermost empty one is told. Sections that `exclude_sections` names are left out.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n## Legal (Day 1–7)\n\n- [ ] Contract signed\n\n⟦## Training (Day 7–21)⟧\n\n- Product training for the sales team\n",
        "# Onboarding\n\n## Legal (Day 1–7)\n\n- [ ] Contract signed\n\n## Training (Day 7–21)\n\n- [ ] Product training for the sales team\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let document = &page.document;
    if document.items.is_empty() {
        return;
    }
    let mut has_items = vec![false; document.sections.len()];
    for section in document.items.iter().filter_map(|item| item.section) {
        mark(&mut has_items, section);
    }
    // A section stands behind the one around it.
    for (at, section) in document.sections.iter().enumerate().rev() {
        if let Some(around) = section.parent.filter(|_| has_items.get(at) == Some(&true)) {
            mark(&mut has_items, around);
        }
    }
    let is_scheduled = |section: &Section| section.window.is_some_and(|it| it.closes.is_some());
    let plans = document.sections.iter().zip(&has_items);
    if !plans.into_iter().any(|(section, has_items)| *has_items && is_scheduled(section)) {
        return;
    }
    let mut is_told = vec![false; document.sections.len()];
    for (at, section) in document.sections.iter().enumerate() {
        let is_below = section.parent.is_some_and(|around| is_told.get(around) == Some(&true));
        let is_empty = has_items.get(at) == Some(&false);
        if is_below || (is_scheduled(section) && is_empty && page.is_tracked(section.span.start)) {
            mark(&mut is_told, at);
        }
        if !is_below && is_told.get(at) == Some(&true) {
            let title = shortened(&section.title);
            let message = format!("no item stands under `{title}`, which names a window");
            found.push(page.finding(&RULE, section.span, message));
        }
    }
}

fn mark(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, found_in};

    #[test]
    fn items_at_any_depth_count_and_only_the_outermost_empty_section_is_told() {
        let full = "## Day 1–30\n\n### A\n\n#### B\n\n- [ ] c\n";
        assert_eq!(found(&RULE, full), [""; 0]);
        let empty =
            "## Day 0\n- [ ] a\n\n## Day 1–30\n\n### Day 1–7\n\ntext\n\n### Day 8–30\n\ntext\n";
        assert_eq!(found(&RULE, empty), ["## Day 1–30"]);
    }

    #[test]
    fn what_is_no_checklist_or_never_ends_is_left_alone() {
        let roadmap = "## Day 1–30\n\nWords.\n";
        assert_eq!(found_in(&RULE, &Example::template("", ""), roadmap), [""; 0]);
        let letters = "## Letter 1 (Day 1)\n\nWords.\n\n## Before you send it\n\n- [ ] a\n";
        assert_eq!(found_in(&RULE, &Example::template("", ""), letters), [""; 0]);
        let ongoing = "## Day 0\n- [ ] a\n\n## Reviews (Ongoing)\n\nWords.\n";
        assert_eq!(found(&RULE, ongoing), [""; 0]);
        let legend = "## Day 0\n- [ ] a\n\n## Legend\n\n### Week 1\n\nWords.\n";
        let config = "exclude_sections = [\"Legend\"]";
        let board = Example { config, ..Example::checklist("", "") };
        assert_eq!(found_in(&RULE, &board, legend), [""; 0]);
    }
}
