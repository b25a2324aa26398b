//! MB105: one text stands at two boxes of a section.

use std::collections::HashMap;

use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::items::blank;
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
           with an id of their own (`id:kickoff`) are never duplicates, and neither are rows that are \
           nothing but blanks to be filled in (`[Name] - [Date]`).",
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
        let key = (item.section, item.parent, &*item.identity);
        let Some(line) = first.get(&key).copied() else {
            first.insert(key, item.line);
            continue;
        };
        if is_all_blank(page.slice(page.text_of(item))) {
            continue;
        }
        let message = format!("the same item stands on line {}", line.0);
        found.push(page.finding(&RULE, page.text_of(item), message));
    }
}

/// Whether a text is nothing but blanks that are still to be filled in.
fn is_all_blank(text: &str) -> bool {
    let mut at = 0;
    let mut has_blank = false;
    for blank in blank::in_line(text) {
        let before = text.get(at..blank.span.start).unwrap_or_default();
        if before.contains(char::is_alphanumeric) {
            return false;
        }
        (at, has_blank) = (blank.span.end, true);
    }
    has_blank && !text.get(at..).unwrap_or_default().contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    #[test]
    fn rows_of_blanks_are_no_duplicates() {
        let rows = "- [ ] [Name] - [Date]\n- [ ] [Name] - [Date]\n- [ ] ____\n- [ ] ____\n";
        assert_eq!(finds(&RULE, "", rows).0, [""; 0]);
        let named = "- [ ] Sign [Name]\n- [ ] Sign [Name]\n";
        assert_eq!(finds(&RULE, "", named).0, ["Sign [Name]"]);
    }
}
