//! MB103: a box holds a character that people use for several things.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::AMBIGUOUS_STATE,
    category: Category::Items,
    severity: Severity::Info,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "`[-]`, `[~]` or `[>]` on a board that does not say what it means by them",
    why: "to some `[-]` is cancelled, to others half done; until the board says which, the item \
          counts as in progress, so that open work is never hidden",
    how: "say what it means under `[states]` in mdboard.toml, once for the whole board",
    more: "In `mdboard.toml`:\n\n\
           ```toml\n\
           [states]\n\
           \"-\" = \"cancelled\"\n\
           \">\" = \"deferred\"\n\
           \"~\" = \"in_progress\"\n\
           ```\n\n\
           A state is one of `open`, `in_progress`, `blocked`, `deferred`, `done`, `cancelled` and \
           `not_applicable`. Cancelled and not applicable items are left out of the progress figure.",
    fixes: None,
    examples: &[Example::checklist(
        "## Marketing\n\n- [ ] Logo received\n- ⟦[-]⟧ Press release\n- ⟦[~]⟧ Joint landing page\n",
        "## Marketing\n\n- [ ] Logo received\n- [N/A] Press release\n- [/] Joint landing page\n",
    )],
    check: Check::Reading(None),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    #[test]
    fn a_board_says_what_it_means() {
        let text = "- [ ] a\n- [-] b\n- [>] c\n";
        assert_eq!(finds(&RULE, "", text).0, ["[-]", "[>]"]);
        assert_eq!(finds(&RULE, "[states]\n\"-\" = \"cancelled\"\n", text).0, ["[>]"]);
    }
}
