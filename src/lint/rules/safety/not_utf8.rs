//! MB805: a file is not UTF-8.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::NOT_UTF8,
    category: Category::Safety,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a file that is saved in another encoding than UTF-8",
    why: "letters with accents are lost, names and texts are shown with `?`, and of UTF-16 nothing can be read at all",
    how: "save the file as UTF-8; most editors have that under “save with encoding”",
    more: "Old editors on Windows save as Windows-1252, or as UTF-16 under the name “Unicode”. The \
           first such byte is told; in the example `�` stands for it. Nothing in such a file is \
           fixed, since mdboard does not know what its bytes mean.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n- [ ] M⟦�⟧nchen visited\n- [ ] Z�rich visited\n",
        "# Onboarding\n\n- [ ] München visited\n- [ ] Zürich visited\n",
    )],
    check: Check::Reading(None),
};
