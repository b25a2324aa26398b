//! MB309: a due or done date in an item cannot be read.

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::{Numeric, numeric_dates};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNREADABLE_DATE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a due or done date in an item that cannot be read",
    why: "the item takes its due date from the heading instead, or has none, and the words stay in \
          its text",
    how: "write it as `2026-03-01`; a due date may also count from the start, as in `due:Day 14`, \
          `due:+2w` or `due:10b`",
    more: "`(due: Jul 2026)` names no day; a blank like `(due: ____)` or `due: {{date}}` is fine in a \
           template and told in a partner's checklist. A date \
           that can be read as two days is told as ambiguous-date instead, one that the calendar \
           does not have as impossible-date.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "writes a date that begins with its year, like `2026/3/1`, as `2026-03-01`.",
        changes: &[Part::Items],
    }),
    examples: &[
        Example::checklist(
            "# Onboarding\n\n- [ ] Contract signed (⟦due: 2026/3/9⟧)\n- [ ] NDA ⟦due:2026-3-6⟧\n",
            "# Onboarding\n\n- [ ] Contract signed (due: 2026-03-09)\n- [ ] NDA due:2026-03-06\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] Contract signed (⟦due: Jul 2026⟧)\n- [ ] NDA signed ⟦due:3.4.2026⟧\n",
            "# Onboarding\n\n- [ ] Contract signed (due: 2026-07-31)\n- [ ] NDA signed due:2026-04-03\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

/// Only with the year first is it certain which day is meant.
fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    match numeric_dates(page.slice(finding.span)).next()? {
        (place, Numeric::YearFirst(date)) => {
            let span = Span::from(place).shifted(finding.span.start);
            Some(Fix::safe([Edit::replace(span, date.to_string())]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    #[test]
    fn blanks_are_told_in_checklists_and_not_in_templates() {
        for blank in
            ["(due: ____)", "(due: {{due}})", "due: {{date}}", "(due: YYYY-MM-DD)", "(due: TBD)"]
        {
            let text = format!("- [ ] Contract signed {blank}\n");
            assert_eq!(run(&RULE, &Example::template("", ""), &text).0.len(), 0, "{blank}");
        }
        let text = "- [ ] Contract signed (due: ____)\n";
        assert_eq!(run(&RULE, &Example::checklist("", ""), text).0.len(), 1);
        let text = "- [ ] Contract signed (due: Jul 2026)\n";
        assert_eq!(run(&RULE, &Example::template("", ""), text).0.len(), 1);
    }

    #[test]
    fn a_fix_changes_nothing_but_the_date() {
        for (before, after) in [
            (
                "\u{feff}# Ö\r\n\r\n- [x] NDA ✅ 2026/3/9\r\n",
                "\u{feff}# Ö\r\n\r\n- [x] NDA ✅ 2026-03-09\r\n",
            ),
            ("- [ ] **NDA** 📅 2026.03.09 Ü\n", "- [ ] **NDA** 📅 2026-03-09 Ü\n"),
        ] {
            let (found, mended) = run(&RULE, &Example::checklist("", ""), before);
            assert_eq!((found.len(), mended.as_str()), (1, after));
        }
        let text = "- [ ] NDA due:31/12/2026\n";
        let (found, mended) = run(&RULE, &Example::checklist("", ""), text);
        assert_eq!(found[0].help.as_deref(), Some("write `2026-12-31`"));
        assert_eq!(mended, text);
    }
}
