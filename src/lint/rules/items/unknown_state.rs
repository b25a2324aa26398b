//! MB102: a box holds a character that has no meaning.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_STATE,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a box that holds a character which says nothing to this board, such as `[?]`",
    why: "the item counts as open, whatever its author wanted to say with the character",
    how: "write `[ ]`, `[x]`, `[/]`, `[!]` or `[N/A]`, or name the character under `[states]` in mdboard.toml",
    more: "The boxes that every board knows:\n\n\
           | box | meaning |\n\
           | --- | --- |\n\
           | `[ ]` | open |\n\
           | `[x]` | done |\n\
           | `[/]` | in progress |\n\
           | `[!]` | blocked |\n\
           | `[N/A]` | not applicable |\n\n\
           Others can be agreed upon in `mdboard.toml`:\n\n\
           ```toml\n\
           [states]\n\
           \"?\" = \"blocked\"\n\
           ```\n\n\
           Only in a section that also has a `[ ]` or `[x]` is such a box an item at all; elsewhere \
           `- [1] see below` is a text like any other. A box with a tick sign, such as `[✓]`, is \
           told by `malformed-checkbox`, and one that people use for several things, such as `[-]`, \
           by `ambiguous-state`.",
    fixes: None,
    examples: &[
        Example::checklist(
            "## Legal\n\n- [x] NDA signed\n- ⟦[?]⟧ Contract signed\n",
            "## Legal\n\n- [x] NDA signed\n- [!] Contract signed (blocked: waiting for their lawyers)\n",
        ),
        Example {
            config: "[states]\nd = \"deferred\"\n",
            ..Example::checklist(
                "## Legal\n\n- [x] NDA signed\n- ⟦[D]⟧ Contract signed\n",
                "## Legal\n\n- [x] NDA signed\n- [d] Contract signed\n",
            )
        },
    ],
    check: Check::Reading(None),
};
