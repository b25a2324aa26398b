//! MB311: a due date falls on a weekend.

use super::places::{Windows, due_of, is_open};
use crate::dates::Date;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::{self, DueSource};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::WEEKEND_DUE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: false,
    finds: "a date by which something is due that is a Saturday or a Sunday",
    why: "what is due on Sunday is done on Friday or late",
    how: "choose the Friday before or the Monday after, or count working days, as in `due:10b`",
    more: "Days that count from the start, like `Day 7`, are looked at where somebody wrote the start \
           date. Of a heading, the last day of its window counts, and it is told once for all items \
           under it.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Launch\n\n- [ ] Banner online due:⟦2026-03-07⟧\n",
            "# Launch\n\n- [ ] Banner online due:2026-03-06\n",
        ),
        Example::checklist(
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal (Target: ⟦Day 1–6⟧)\n\n- [ ] \
             Contract signed\n",
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] \
             Contract signed\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let basis = page.basis();
    let mut tell = |span, what: &str, day: Date| {
        if day.is_weekend() {
            let message = format!("{what} on a weekend: {}, {day}", day.in_words());
            found.push(page.finding(&RULE, span, message));
        }
    };
    let own_due = page.document.front_matter.due.and_then(|(due, _)| schedule::day(due, &basis));
    if let (Some(day), Some(field)) = (own_due, page.field("due")) {
        tell(field.value.span, "the checklist is due", day);
    }
    let windows = Windows::of(page);
    let mut is_used = vec![false; page.document.sections.len()];
    for (item, schedule) in
        page.document.items.iter().zip(schedule::resolve(&page.document, &basis))
    {
        if !is_open(page, item) {
            continue;
        }
        match (schedule.source, schedule.due) {
            (Some(DueSource::Item), Some(day)) => tell(due_of(page, item), "the item is due", day),
            (Some(DueSource::Heading), _) => {
                let section = windows.around(item.section).and_then(|(at, _)| is_used.get_mut(at));
                section.into_iter().for_each(|is_used| *is_used = true);
            }
            _ => {}
        }
    }
    for (at, window) in windows.all().filter(|(at, _)| is_used.get(*at) == Some(&true)) {
        if let Some(day) = window.closes.and_then(|closes| schedule::day(closes, &basis)) {
            tell(windows.place(at), "the section's window closes", day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    fn told(text: &str) -> Vec<String> {
        let (found, _) = run(&RULE, &Example::checklist("", ""), text);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_heading_is_told_once_and_only_for_open_items() {
        let head = "---\nstart_date: 2026-03-02\ndue: 2026-05-31\n---\n";
        assert_eq!(
            told(&format!("{head}## Day 1–5\n- [ ] A\n- [ ] B\n## Day 6–12\n- [x] C\n")),
            [
                "the checklist is due on a weekend: Sun 31 May, 2026-05-31",
                "the section's window closes on a weekend: Sat 7 Mar, 2026-03-07"
            ]
        );
    }

    #[test]
    fn what_nobody_knows_yet_is_no_weekend() {
        assert_eq!(told("## Day 1–5\n- [ ] A\n- [ ] B due:+6d\n"), [""; 0]);
        assert_eq!(
            told("---\nstart_date: 2026-03-02\n---\n- [ ] A due:5b\n- [x] B due:Day 6\n"),
            [""; 0]
        );
    }
}
