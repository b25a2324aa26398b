//! MB310: a checklist that is not planned starts after today.

use crate::inherit;
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::FUTURE_START_DATE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a start date after today, in a partner's file that does not say `status: planned`",
    why: "everything in the checklist is upcoming until then, and nothing can be overdue: a wrong \
          year hides a whole partner",
    how: "correct it, or write `status: planned` until then",
    more: "Looked at are the front matters of checklists and of the README.md files that give \
           checklists their start date. A status that says that no work is going on is reason \
           enough for a date that lies ahead: `on_hold`, `complete` and `cancelled` as well.",
    fixes: None,
    examples: &[
        Example::checklist(
            "---\nstart_date: ⟦2027-03-02⟧\n---\n# Onboarding\n\n- [ ] Contract signed\n",
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\n- [ ] Contract signed\n",
        ),
        Example::checklist(
            "---\nstart: ⟦2026-04-01⟧\nstatus: active\n---\n# Onboarding\n\n- [ ] Contract signed\n",
            "---\nstart: 2026-04-01\nstatus: planned\n---\n# Onboarding\n\n- [ ] Contract signed\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.membership.is_none() || page.kind == Kind::Template {
        return;
    }
    let (own, status) = (&page.document.front_matter, page.surroundings().status());
    let Some((start, line)) = inherit::future_start(own, status, page.today) else { return };
    let is_it = |key| page.field(key).filter(|it| page.line_of(it.value.span.start) == line);
    let field = is_it("start_date").or(is_it("start"));
    let span = field.map_or_else(|| page.line(line), |field| field.value.span);
    let message = format!("the start date {start} lies in the future");
    found.push(page.finding(&RULE, span, message));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    #[test]
    fn a_readme_without_items_is_looked_at_and_a_template_is_not() {
        let text = "---\nstart_date: 2027-01-01\n---\n# Brackenferry\n";
        let readme =
            Example { path: "partners/brackenferry/README.md", ..Example::checklist("", "") };
        assert_eq!(run(&RULE, &readme, text).0.len(), 1);
        assert!(run(&RULE, &Example::template("", ""), text).0.is_empty());
    }

    #[test]
    fn a_status_of_the_readme_counts() {
        let example = Example {
            beside: &[("partners/brackenferry/README.md", "---\nstatus: planned\n---\n")],
            ..Example::checklist("", "")
        };
        let text = "---\nstart_date: 2027-01-01\n---\n- [ ] NDA signed\n";
        assert!(run(&RULE, &example, text).0.is_empty());
    }

    #[test]
    fn today_is_not_the_future() {
        let text = format!("---\nstart_date: {}\n---\n- [ ] NDA signed\n", Example::TODAY);
        assert!(run(&RULE, &Example::checklist("", ""), &text).0.is_empty());
    }
}
