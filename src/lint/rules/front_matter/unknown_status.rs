//! MB213: `status` has a value that mdboard does not know.

use super::values;
use crate::config::nearest;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{PartnerStatus, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_STATUS,
    category: Category::FrontMatter,
    severity: Severity::Info,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a `status` in the front matter that mdboard does not know",
    why: "the board takes the checklist for an active one, and tells what is overdue in it",
    how: "write `active`, `planned`, `on_hold`, `complete` or `cancelled`, or leave the key out",
    more: "Case does not matter, and `on hold` and `On-Hold` are known as well. Other programs use \
           the same key for words of their own (`draft`, `published`); so this is only a notice, and \
           the word is kept.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "writes the status that is spelled almost like it",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::checklist(
            "---\nstatus: ⟦on_hodl⟧\n---\n\n- [ ] Sign the contract\n",
            "---\nstatus: on_hold\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\nstatus: ⟦Waiting⟧\n---\n\n- [ ] Sign the contract\n",
            "---\nstatus: on_hold\n---\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let entry = values::entry_at(page, finding.span)?;
    let text = values::text(&entry.value)?;
    let name = text.to_lowercase().replace([' ', '-'], "_");
    let meant = nearest(&name, PartnerStatus::ALL.map(PartnerStatus::name))?;
    let place = values::place_of(page, &entry.value, text)?;
    Some(Fix::unsafe_([Edit::replace(place, meant)]))
}
