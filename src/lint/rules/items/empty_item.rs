//! MB104: a box has no text.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::EMPTY_ITEM,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a box with no text behind it, or with nothing but a date, an owner or the like",
    why: "it counts as an item, and nobody can say what there is to do, nor whether it is done",
    how: "write what there is to do, or remove the line",
    more: "A template that leaves a box empty for others to fill in had better say so in words \
           (`- [ ] Your own step: …`): where nobody fills it in, it stays open for ever.",
    fixes: None,
    examples: &[Example::checklist(
        "## Legal\n\n- [ ] NDA signed\n- ⟦[ ]⟧\n- [ ] ⟦(due: 2026-03-20, owner: @anna)⟧\n",
        "## Legal\n\n- [ ] NDA signed\n- [ ] Contract signed (due: 2026-03-20, owner: @anna)\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for item in page.document.items.iter().filter(|item| item.text.trim().is_empty()) {
        let text = page.text_of(item);
        let written = shortened(page.slice(text));
        let (span, message) = match written.is_empty() {
            true => (page.box_of(item), "there is no text behind this box".to_owned()),
            false => (text, format!("behind this box is nothing but `{written}`")),
        };
        found.push(page.finding(&RULE, span, message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    #[test]
    fn what_has_a_text_is_not_empty() {
        for text in
            ["- [ ] a", "- [ ] ____", "- [ ] [a](b.md)", "- [ ] `due:2026-03-20`", "- [ ]\n  a"]
        {
            assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0], "{text}");
        }
        assert_eq!(finds(&RULE, "", "- [ ]\n  - [ ] a\n").0, ["[ ]"]);
    }
}
