//! MB304: an item's due date lies outside the window around it.

use super::calendar::{Calendar, End, ends, in_words};
use super::places::{Windows, due_of, is_before_start, is_open};
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Point, Severity};
use crate::schedule::{self, DueSource, Unit};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::DUE_OUTSIDE_WINDOW,
    category: Category::Schedule,
    severity: Severity::Info,
    scope: Scope::Lists,
    by_default: true,
    finds: "an open item whose own due date lies outside the window of its section",
    why: "the item's date wins over the heading's, so the section is not finished when its heading \
          says that it is",
    how: "change the item's date or the section's window, or move the item to another section",
    more: "Only dates that stand in the item's own text are looked at, and only of items that are \
           still to be done. A date like `due:2026-03-20` can be compared with `Day 1–7` only where \
           somebody wrote a start date.",
    fixes: None,
    examples: &[
        Example::checklist(
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] \
             Contract signed due:⟦2026-03-20⟧\n- [ ] NDA signed (due: 2026-03-06)\n",
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n## Legal (Target: Day 1–21)\n\n- [ ] \
             Contract signed due:2026-03-20\n- [ ] NDA signed (due: 2026-03-06)\n",
        ),
        Example::template(
            "# Onboarding\n\n## Week 2: Training\n\n- [ ] ⟦Day 20⟧: Exam taken\n",
            "# Onboarding\n\n## Week 2: Training\n\n- [ ] Day 12: Exam taken\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.document.items.iter().all(|item| item.due.is_none() && item.window.is_none()) {
        return;
    }
    let windows = Windows::of(page);
    let calendar = Calendar::of(page);
    let schedules = schedule::resolve(&page.document, &calendar.basis);
    for (item, schedule) in page.document.items.iter().zip(schedules) {
        let own = item.due.or(item.window.and_then(|window| window.closes));
        let Some(due) = own.filter(|_| schedule.source == Some(DueSource::Item)) else { continue };
        let Some((section, window)) = windows.around(item.section) else { continue };
        if !is_open(page, item) || is_before_start(page, due) {
            continue;
        }
        let unit = windows.written(section).and_then(|written| written.unit);
        let (opens, closes) = ends(window, unit);
        let due = End { point: due, unit: unit_of(due, unit) };
        let early = opens.filter(|opens| calendar.is_before(due, *opens));
        let late = closes.filter(|closes| calendar.is_after(due, *closes));
        let beyond = match (early, late) {
            (Some(opens), _) => {
                format!("before `{}` opens {}", windows.words(section), in_words(opens))
            }
            (_, Some(closes)) => {
                format!("after `{}` closes {}", windows.words(section), in_words(closes))
            }
            (None, None) => continue,
        };
        let text = shortened(&item.text);
        let message = format!("`{text}` is due {}, {beyond}", in_words(due));
        found.push(page.finding(&RULE, due_of(page, item), message));
    }
}

/// What an item's due date is taken to be written in: days and weeks are days to the day.
fn unit_of(due: Point, section: Option<Unit>) -> Option<Unit> {
    match due {
        Point::Day(_) | Point::WorkingDay(_) => section.filter(|unit| *unit != Unit::Month),
        Point::Month { .. } => Some(Unit::Month),
        Point::Date(_) | Point::T(_) => None,
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
    fn the_finding_says_both_days() {
        assert_eq!(
            told("## Days 8–14\n- [ ] Late due:Day 15\n- [ ] Early due:Day 3\n"),
            [
                "`Late` is due on day 15, after `Days 8–14` closes on day 14",
                "`Early` is due on day 3, before `Days 8–14` opens on day 8",
            ]
        );
    }

    #[test]
    fn what_lies_inside_or_cannot_be_compared_is_not_told() {
        for text in [
            "## Days 8–14\n- [ ] A due:Day 8\n- [ ] B due:+2w\n- [ ] C due:Day 7\n",
            "## Month 1\n- [ ] A due:Day 31\n- [ ] B due:+1m\n",
            "## Day 1–7\n- [ ] A due:2030-01-01\n",
            "## Day 1–7\n- [x] Done due:Day 9\n- [N/A] Waived due:Day 9\n",
            "## Day 1–7\n- [ ] A\n## Support (Ongoing)\n- [ ] A due:Day 90\n",
            "## Week 3\n- [ ] Day 4: counts within the week\n",
            "- [ ] A due:Day 90\n",
            "## Review (Target: Day 90)\n- [ ] Invitation due:Day 80\n",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_item_is_told_once() {
        let found = told("## Week 1\n- [ ] Day 20: Train due:Day 30\n  - [ ] Book a room\n");
        assert_eq!(found, ["`Day 20: Train` is due on day 30, after `Week 1` closes on day 7"]);
    }
}
