//! MB105: one text stands at two boxes of a section.

use std::collections::HashMap;

use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::DUPLICATE_ITEM,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "an item whose text stands at another box of the same section, under the same item",
    why: "two boxes for one thing count twice, and history can tell them apart by their order only",
    how: "remove one of them, or say what makes them two",
    more: "Texts are compared as history compares them: without markup, metadata and case. Items \
           with an id of their own (`id:kickoff`) are never duplicates.",
    fixes: None,
    examples: &[
        Example::checklist(
            "## Legal\n\n- [ ] Contract signed\n- [ ] NDA signed\n- [x] ⟦**Contract** signed⟧\n",
            "## Legal\n\n- [ ] Contract signed by us\n- [ ] NDA signed\n- [x] Contract signed by them\n",
        )
        .by_hand(),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut first = HashMap::new();
    for item in &page.document.items {
        if item.identity.is_empty() || item.explicit_id.is_some() {
            continue;
        }
        let key = (item.section, item.parent, item.identity.as_str());
        let Some(line) = first.get(&key).copied() else {
            first.insert(key, item.line);
            continue;
        };
        let message = format!("the same item stands on line {}", line.0);
        found.push(page.finding(&RULE, page.text_of(item), message));
    }
}
