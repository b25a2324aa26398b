//! MB303: a window reaches out of the one around it.

use super::calendar::{Calendar, End, ends, in_words};
use super::places::Windows;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::WINDOW_OUTSIDE_PARENT,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a section whose window opens before or closes after that of the section around it",
    why: "the plan says two things: the phase has not begun, and a part of it is already due",
    how: "change one of the two windows, or move the section to the phase that it belongs to",
    more: "A window is compared with that of the nearest heading around it that names one. A window \
           that never ends, like `Month 3+` or `(Ongoing)`, holds nothing back at its end, and may \
           stand in any phase.\n\nDays, weeks and months are compared with some room: `Week 5` and \
           `Month 2` may stand in a phase of `30–60 Days`. Where nobody wrote a start date, dates \
           are compared with dates only, and days with days.",
    fixes: None,
    examples: &[
        Example::template(
            "# Onboarding\n\n## Phase 1 (0–30 Days)\n\n### Legal (Target: Day 1–7)\n\n- [ ] Contract \
             signed\n\n## Phase 2 (30–60 Days)\n\n### Planning (Target: ⟦Day 21–45⟧)\n\n- [ ] Plan \
             agreed\n\n### Contact (Ongoing, kickoff ⟦Day 1–15⟧)\n\n- [ ] Weekly call\n",
            "# Onboarding\n\n## Phase 1 (0–30 Days)\n\n### Legal (Target: Day 1–7)\n\n- [ ] Contract \
             signed\n\n### Contact (Ongoing, kickoff Day 1–15)\n\n- [ ] Weekly call\n\n## Phase 2 \
             (30–60 Days)\n\n### Planning (Target: Day 30–45)\n\n- [ ] Plan agreed\n",
        ),
        Example::checklist(
            "# Launch\n\n## March (2026-03-02 – 2026-03-31)\n\n### Campaign (Due ⟦2026-04-03⟧)\n\n\
             - [ ] Banner online\n",
            "# Launch\n\n## March (2026-03-02 – 2026-03-31)\n\n### Campaign (Due 2026-03-30)\n\n\
             - [ ] Banner online\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.document.items.is_empty() {
        return;
    }
    let windows = Windows::of(page);
    let calendar = Calendar::of(page);
    for (at, window) in windows.all() {
        let Some(section) = page.document.sections.get(at) else { continue };
        let Some((outer, around)) = windows.around(section.parent) else { continue };
        let unit = |at| windows.written(at).and_then(|written| written.unit);
        let told = outside(&calendar, ends(window, unit(at)), ends(around, unit(outer)));
        let Some(Outside { verb, end, is_before, limit }) = told else { continue };
        let (own, other) = (windows.words(at), windows.words(outer));
        let (relation, does) = if is_before { ("before", "opens") } else { ("after", "closes") };
        let line = page.document.sections.get(outer).map_or(1, |outer| outer.line.0);
        let (end, limit) = (in_words(end), in_words(limit));
        let message = format!(
            "`{own}` {verb} {end}, {relation} `{other}` around it (line {line}) {does} {limit}"
        );
        let help = format!("change one of the two, or move the section out of `{other}`");
        found.push(page.finding(&RULE, windows.place(at), message).help(help));
    }
}

/// What lies outside: which end of the one window, and beyond which end of the other.
struct Outside {
    verb: &'static str,
    end: End,
    is_before: bool,
    limit: End,
}

type Ends = (Option<End>, Option<End>);

/// How a window reaches out of another, the worst first.
fn outside(calendar: &Calendar, (opens, closes): Ends, (first, last): Ends) -> Option<Outside> {
    let before = |verb, end: Option<End>| {
        let (end, limit) = end.zip(first)?;
        let is_it = calendar.is_before(end, limit);
        is_it.then_some(Outside { verb, end, is_before: true, limit })
    };
    let after = |verb, end: Option<End>| {
        let (end, limit) = end.zip(last)?;
        let is_it = calendar.is_after(end, limit);
        is_it.then_some(Outside { verb, end, is_before: false, limit })
    };
    before("is over", closes)
        .or_else(|| after("opens", opens))
        .or_else(|| before("opens", opens))
        .or_else(|| after("closes", closes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    fn told(text: &str) -> Vec<String> {
        let text = format!("{text}\n- [ ] Contract signed\n");
        let (found, _) = run(&RULE, &Example::template("", ""), &text);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn both_windows_are_named() {
        assert_eq!(
            told("## Phase 1 (0–30 Days)\n## Phase 2 (30–60 Days)\n### Plan (Target: Day 21–45)"),
            ["`Day 21–45` opens on day 21, before `30–60 Days` around it (line 2) opens on day 30"]
        );
        assert_eq!(
            told(
                "## Days 31–60\n### Contact (Day 1–15)\n### Next (Day 61–70)\n### Late (Day 40-61)"
            ),
            [
                "`Day 1–15` is over on day 15, before `Days 31–60` around it (line 1) opens on day 31",
                "`Day 61–70` opens on day 61, after `Days 31–60` around it (line 1) closes on day 60",
                "`Day 40-61` closes on day 61, after `Days 31–60` around it (line 1) closes on day 60",
            ]
        );
    }

    #[test]
    fn what_only_counts_differently_is_inside() {
        for text in [
            "## Days 31–60\n### Plan (Day 30–60)",
            "## Phase 1 (0–30 Days)\n### Plan (Target: Day 1–7)\n### Review (Target: Day 30)",
            "## A (0–30 Days)\n## B (30–60 Days)\n### Week 5-8: Plan\n### Plan (Month 2)",
            "## Month 3\n### Weeks 9-12\n### Review (Target: Day 90)",
            "## Month 12\n### Review (Target: Day 365)",
            "## Week 2\n### Plan (Day 8–14)\n### Day 3: Call",
            "## Month 3+\n### Month 9",
            "## Support (Ongoing)\n### Day 3",
            "## Week 2\n### Support (Ongoing)",
            "## Day 90\n### Plan (Day 60–90)",
            "## Day 1–7\n### Launch (Due 2026-03-01)",
            "## Day 1–7\n### Tell the press (T-14 days)",
            "## How to Use\n### Day 1–7\n#### Day 9-10",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn dates_and_days_are_compared_when_the_start_is_known() {
        let text = "---\nstart_date: 2026-03-02\n---\n## Day 1–7\n### Launch (Due 2026-04-01)";
        assert_eq!(
            told(text),
            [
                "`2026-04-01` closes on 2026-04-01, after `Day 1–7` around it (line 4) closes on day 7"
            ]
        );
    }

    #[test]
    fn a_file_without_items_has_nothing_to_be_late() {
        let text = "## Days 31–60\n### Contact (Day 1–15)\n";
        let (found, _) = run(&RULE, &Example::template("", ""), text);
        assert!(found.is_empty());
    }
}
