//! MB406: a section has a window and no item.

use std::collections::HashMap;

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
    finds: "a section whose heading names a window and under which no item stands, beside sections with windows and items",
    why: "the heading promises work by a date and the board can follow none of it: nothing there is ever due or overdue",
    how: "write its work as items (`- [ ] …`), or take the window off the heading",
    more: "It is told where at least half of the sections with a window beside each other have \
           items: a plan in prose may have a window on every heading. Of sections within each other \
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
    // Where most sections with a window are prose, windows are not what items go by.
    let mut beside: HashMap<(Option<usize>, u8), (usize, usize)> = HashMap::new();
    let is_scheduled =
        |section: &Section| section.window.is_some_and(|window| window.closes.is_some());
    for (section, is_full) in document.sections.iter().zip(&has_items) {
        if is_scheduled(section) {
            let (full, empty) = beside.entry((section.parent, section.level)).or_default();
            *if *is_full { full } else { empty } += 1;
        }
    }
    let mut is_told = vec![false; document.sections.len()];
    for (at, (section, is_full)) in document.sections.iter().zip(&has_items).enumerate() {
        let is_below = section.parent.is_some_and(|around| is_told.get(around) == Some(&true));
        let counts = beside.get(&(section.parent, section.level)).copied().unwrap_or_default();
        let is_odd = counts.0 >= counts.1;
        let is_empty = is_scheduled(section) && !is_full;
        if is_below || (is_empty && is_odd && page.is_tracked(section.span.start)) {
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
            "## Day 0\n\n- [ ] a\n\n## Day 1–30\n\n### Day 1–7\n\ntext\n\n### Day 8–30\n\ntext\n";
        assert_eq!(found(&RULE, empty), ["## Day 1–30"]);
    }

    #[test]
    fn plans_in_prose_and_what_never_ends_are_left_alone() {
        let roadmap = "## Day 1–30\n\nWords.\n";
        assert_eq!(found_in(&RULE, &Example::template("", ""), roadmap), [""; 0]);
        let mails = "## Week 1\n\n- [ ] a\n\n## Week 2\n\nWords.\n\n## Week 3\n\nWords.\n";
        assert_eq!(found(&RULE, mails), [""; 0]);
        let ongoing = "## Week 1\n\n- [ ] a\n\n## Reviews (Ongoing)\n\nWords.\n";
        assert_eq!(found(&RULE, ongoing), [""; 0]);
        let legend = "## Week 1\n\n- [ ] a\n\n## Week 2 legend\n\nWords.\n";
        let config = "exclude_sections = [\"*legend*\"]";
        let board = Example { config, ..Example::checklist("", "") };
        assert_eq!(found_in(&RULE, &board, legend), [""; 0]);
    }
}
