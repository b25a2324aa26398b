//! MB107: a box of a template is ticked.

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::CHECKED_IN_TEMPLATE,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Templates,
    by_default: true,
    finds: "a ticked box in a template",
    why: "every checklist made from the template would begin with work that counts as done and that \
          nobody did",
    how: "untick it; where it only shows how ticks look, put it into code or a section that `exclude_sections` names",
    more: "`[X]` is a ticked box, too, as in `- [X] new customers`. Where it stands for a number to \
           be filled in, write `____`, or put a word before it.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "unticks the box. It is not made unasked: a `[X]` may be a blank to fill in, and some \
               teams tick in a template what holds for every partner.",
        changes: &[Part::Items],
    }),
    examples: &[Example::template(
        "# Onboarding\n\n- [ ] NDA signed\n- ⟦[x]⟧ Contract signed\n",
        "# Onboarding\n\n- [ ] NDA signed\n- [ ] Contract signed\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for item in &page.document.items {
        if page.slice(item.mark).eq_ignore_ascii_case("x") {
            let finding =
                page.finding(&RULE, page.box_of(item), "this box of a template is ticked");
            found.push(finding.fix(Fix::unsafe_([Edit::replace(item.mark, " ")])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::{finds, finds_in};

    #[test]
    fn a_partner_may_tick() {
        let text = "- [x] a\n";
        assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0]);
        assert_eq!(finds_in(&RULE, &Example::template("", ""), text).0, ["[x]"]);
    }

    #[test]
    fn explanations_are_left_alone() {
        let text = "- [ ] a\n\n## How to use this\n\n- [x] b\n\n```\n- [x] c\n```\n";
        assert_eq!(finds_in(&RULE, &Example::template("", ""), text).0, [] as [&str; 0]);
    }
}
