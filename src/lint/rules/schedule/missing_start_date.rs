//! MB306: a partner's checklist counts days from a start date that nobody wrote.

use super::calendar::counts_from_start;
use super::places::{self, Windows, due_of, is_open};
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{PartnerStatus, Severity, WindowSpec};
use crate::parse::Is;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MISSING_START_DATE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Checklists,
    by_default: true,
    finds: "a checklist with windows like `Day 1–7` for which nobody wrote a start date",
    why: "mdboard then counts from the day on which the file was first committed, which is rarely \
          the day on which the partnership began",
    how: "write `start_date: 2026-03-02` into the checklist's front matter, or into that of the \
          partner's README.md for all its checklists",
    more: "A countdown like `T-14` counts from `due` in the front matter, and needs a start date only \
           where there is none. A checklist whose status is `planned`, `complete` or `cancelled` may \
           do without.",
    fixes: None,
    examples: &[
        Example::checklist(
            "⟦---⟧\nowner: anna\n---\n# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] Contract \
             signed\n",
            "---\nowner: anna\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal (Target: Day \
             1–7)\n\n- [ ] Contract signed\n",
        ),
        Example {
            beside: &[(
                "partners/brackenferry/README.md",
                "---\nowner: anna\n---\n# Brackenferry\n",
            )],
            ..Example::checklist(
                "# Onboarding\n\n## Legal\n\n- [ ] Contract signed\n\n## ⟦Week 2⟧: Training\n\n- [ ] \
                 Training booked\n",
                "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal\n\n- [ ] Contract \
                 signed\n\n## Week 2: Training\n\n- [ ] Training booked\n",
            )
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let around = page.surroundings();
    let is_over = matches!(
        around.status(),
        Some(PartnerStatus::Planned | PartnerStatus::Complete | PartnerStatus::Cancelled)
    );
    let named = |key| page.field(key).filter(|field| field.value.is != Is::Null);
    // What is written there and cannot be read is told where it stands.
    let is_written = named("start_date").or(named("start")).is_some();
    if is_over || is_written || around.start().is_some() {
        return;
    }
    let Some((place, words)) = first(page) else { return };
    let line = page.line_of(place.start).0;
    let empty = page.field("start_date").or(page.field("start")).map(|field| field.key_span);
    let span = empty.or(places::front_matter(page)).unwrap_or(place);
    let message = format!("no start date is written, and `{words}` on line {line} counts from it");
    found.push(page.finding(&RULE, span, message));
}

/// The first window or due date of something that is open which counts from the start: its place
/// and its words.
fn first(page: &Page<'_>) -> Option<(Span, String)> {
    let windows = Windows::of(page);
    let has_due = page.basis().due.is_some();
    let counts = |point| counts_from_start(point, has_due);
    let is_relative =
        |window: WindowSpec| [window.opens, window.closes].into_iter().flatten().any(counts);
    for item in page.document.items.iter().filter(|item| is_open(page, item)) {
        let section = windows.around(item.section).filter(|(_, window)| is_relative(*window));
        if item.due.is_some_and(counts)
            || item.due.is_none() && item.window.is_some_and(is_relative)
        {
            let place = due_of(page, item);
            return Some((place, crate::config::shortened(page.slice(place))));
        }
        if let Some((at, _)) = section.filter(|_| item.due.is_none()) {
            return Some((windows.place(at), windows.words(at)));
        }
    }
    let (due, _) = page.document.front_matter.due?;
    let field = page.field("due").filter(|_| counts_from_start(due, false))?;
    Some((field.value.span, crate::config::shortened(page.slice(field.value.span))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    fn told(text: &str) -> Vec<String> {
        let (found, _) = run(&RULE, &Example::checklist("", ""), text);
        let one = |finding: &Finding| format!("{} {}", finding.start.line.0, finding.message);
        found.iter().map(one).collect()
    }

    #[test]
    fn the_first_thing_that_counts_is_named() {
        for (text, message) in [
            (
                "- [ ] NDA\n- [ ] Call due:+2w\n",
                "2 no start date is written, and `+2w` on line 2 counts from it",
            ),
            ("- [ ] T-3: Call\n", "1 no start date is written, and `T-3` on line 1 counts from it"),
            (
                "---\ntitle: Plan\nstart_date:\ndue: +90d\n---\n- [ ] Call\n",
                "3 no start date is written, and `+90d` on line 4 counts from it",
            ),
        ] {
            assert_eq!(told(text), [message], "{text}");
        }
    }

    #[test]
    fn what_needs_no_start_date_is_left_alone() {
        for text in [
            "- [ ] NDA\n",
            "## Launch (Due 2026-05-01)\n- [ ] NDA due:2026-04-01\n",
            "---\ndue: 2026-06-01\n---\n## Press (T-14 days)\n- [ ] NDA\n",
            "---\nstatus: planned\n---\n## Day 1–7\n- [ ] NDA\n",
            "---\nstart_date: 3rd of May\n---\n## Day 1–7\n- [ ] NDA\n",
            "## Day 1–7\n- [x] NDA\n## Later\n- [ ] Call\n",
            "## Support (Ongoing)\n- [ ] Call\n",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_readme_of_the_partner_may_say_it() {
        let example = Example {
            beside: &[("partners/brackenferry/README.md", "---\nstart_date: 2026-03-02\n---\n")],
            ..Example::checklist("", "")
        };
        assert!(run(&RULE, &example, "## Day 1–7\n- [ ] NDA\n").0.is_empty());
    }
}
