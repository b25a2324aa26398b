//! MB902: a comment or the configuration names a rule that does not exist.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_RULE,
    category: Category::Linter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "the name of a rule that does not exist, in a comment or in `[lint]` of mdboard.toml",
    why: "what is misspelled here is not switched off, on or over as its author believes",
    how: "correct the name; `mdboard rule --all` lists the rules",
    more: "A comment that names no rule at all is told as well: one that switched everything off \
           would hide mistakes that nobody has thought of.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n<!-- mdboard-disable-next-line ⟦duplicate-itm⟧ -->\n- [ ] Contract signed\n",
        "# Onboarding\n\n- [ ] Contract signed\n",
    )],
    check: Check::Linter,
};
