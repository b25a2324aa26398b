//! MB804: a symbolic link stands where a checklist could.

use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::SYMLINK,
    category: Category::Safety,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a symbolic link where a checklist or a partner's folder could stand",
    why: "mdboard follows none, since it could lead to any file of the computer that reads it: what it stands for is not on the board",
    how: "put the file itself there, or name its folder under `partners` in mdboard.toml",
    more: "The example's file is read as it is; the folder of the partner beside it is a symbolic \
           link, and nothing in it is on the board.",
    fixes: None,
    examples: &[Example {
        path: "partners/coppervane",
        symlinks: &["partners/coppervane"],
        ..Example::checklist("", "")
    }],
    check: Check::Reading(None),
};
