//! MB803: a file is larger than what mdboard reads.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::OVERSIZED_FILE,
    category: Category::Safety,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a file, its front matter, its number of items or its nesting past what mdboard reads",
    why: "what stands past the limit is not on the board, so the board counts too little",
    how: "split the file, or move what is no checklist out of it",
    more: "The limits are 1 MiB for a file, 64 KiB for its front matter, 20,000 items, and a nesting \
           of 100 lists and quotes. They are far above anything written by hand, and keep a \
           stranger's pull request from stopping the build. Deep nesting mostly comes from a pasted \
           thread of e-mails.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding\n\n- [ ] Contract signed\n\n>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> - [ ] Re: AW: contract\n",
        "# Onboarding\n\n- [ ] Contract signed\n\n> - [ ] Re: AW: contract\n",
    )],
    check: Check::Reading(None),
};
