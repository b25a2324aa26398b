//! MB404: a heading is more than one level below the one around it.

use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::structure::outline;
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::SKIPPED_LEVEL,
    category: Category::Structure,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a heading that leaves out a level, such as `####` directly under `##`",
    why: "mostly a section in between was deleted or its `#`s were miscounted; tables of contents and screen readers show a gap there",
    how: "use one `#` more than the heading above it has",
    more: "Only the step down is told, not the headings beside it: where a whole part is one level \
           too deep, it is told once. A file may begin at any level, and may go up by several levels \
           at once.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n## Legal\n\n⟦#### Contracts⟧\n\n- [ ] NDA signed\n",
        "# Onboarding\n\n## Legal\n\n### Contracts\n\n- [ ] NDA signed\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut above = None;
    for heading in outline(page) {
        let level = heading.level;
        if let Some(above) = above.filter(|above| level > above + 1) {
            let message = format!("a heading of level {level} directly under one of level {above}");
            let signs = "#".repeat(usize::from(above) + 1);
            let help = format!("write `{signs}`, or add the section that is missing in between");
            found.push(page.finding(&RULE, heading.span, message).help(help));
        }
        above = Some(level);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::examples::found;

    #[test]
    fn the_first_heading_and_steps_up_are_free() {
        let text = "### A\n\n#### B\n\n##### C\n\n## D\n\n- [ ] e\n";
        assert_eq!(found(&RULE, text), [""; 0]);
    }

    #[test]
    fn a_part_that_is_too_deep_is_told_once() {
        let text = "# A\n\n### B\n\n### C\n\n#### D\n\n### E\n\n- [ ] f\n";
        assert_eq!(found(&RULE, text), ["### B"]);
    }
}
