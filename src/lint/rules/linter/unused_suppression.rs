//! MB901: a comment switches off what is not found there.

use crate::lint::finding::Applicability;
use crate::lint::rule::{Category, Check, Example, Fixes, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNUSED_SUPPRESSION,
    category: Category::Linter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a `mdboard-disable` comment for a rule that finds nothing there",
    why: "a comment that hides nothing today hides the next mistake without anybody noticing",
    how: "remove the comment, or the rule's name from it",
    more: "Only rules that are switched on are told: a comment for a rule that your board does not \
           use may stay. An `mdboard-enable` for what nothing has switched off is told as well.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "removes a comment that names only this rule.",
        changes: &[],
    }),
    examples: &[Example::checklist(
        "# Onboarding\n\n<!-- mdboard-disable-next-line ⟦MB105⟧: signed twice -->\n- [ ] Contract signed\n",
        "# Onboarding\n\n- [ ] Contract signed\n",
    )],
    check: Check::Linter,
};
