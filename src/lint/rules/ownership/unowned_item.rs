//! MB601: an item has no owner.

use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Item, Severity, State};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNOWNED_ITEM,
    category: Category::Ownership,
    severity: Severity::Warning,
    scope: Scope::Checklists,
    by_default: false,
    finds: "an open item that nobody owns",
    why: "what belongs to nobody is what is overdue a month later",
    how: "write `(owner: Anna)` behind the item, or `owner:` in the front matter for the whole checklist",
    more: "An item belongs to its own owner, else to that of the item it stands under, of its \
           heading (or an `**Owner:** Anna` line under it), of the checklist's front matter, or of \
           the partner's `README.md`. Done and cancelled items need no owner, nor do items with \
           others under them: those are judged one by one.\n\n\
           The rule is off by default. Switch it on with `extend-select = [\"unowned-item\"]` under \
           `[lint]` in `mdboard.toml`.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Onboarding\n\n## Legal\n\n- [x] NDA signed\n- [ ] ⟦Contract signed⟧\n",
            "# Onboarding\n\n## Legal\n\n- [x] NDA signed\n- [ ] Contract signed (owner: Anna)\n",
        ),
        Example::checklist(
            "# Onboarding\n\n## Legal\n\n**Owner:** Anna\n\n- [ ] Contract signed\n\n## Portal\n\n- [ ] ⟦Accounts created⟧\n",
            "---\nowner: Ben\n---\n\n# Onboarding\n\n## Legal\n\n**Owner:** Anna\n\n- [ ] Contract signed\n\n## Portal\n\n- [ ] Accounts created\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let surroundings = page.surroundings();
    let document = &page.document;
    for item in page.leaves().filter(|item| is_open(page, item)) {
        if surroundings.owners(document, item).names.is_empty() {
            found.push(page.finding(&RULE, place(page, item), "nobody owns this item"));
        }
    }
}

/// Neither done nor, by itself or an item around it, waived.
fn is_open(page: &Page<'_>, item: &Item) -> bool {
    item.state != State::Done
        && !item.state.is_waived()
        && !page.document.items_around(item).any(|above| above.state.is_waived())
}

/// The item's text, or its box where it has none.
fn place(page: &Page<'_>, item: &Item) -> Span {
    let text = page.text_of(item);
    if text.start < text.end { text } else { page.box_of(item) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::{finds, finds_in};

    #[test]
    fn owners_come_from_around_an_item() {
        for text in [
            "- [ ] a (owner: Anna)\n",
            "- [ ] a (owner: Anna)\n  - [ ] b\n",
            "## A — Owner: Anna\n\n### B\n\n- [ ] a\n",
            "---\nowner: Anna\n---\n\n- [ ] a\n",
            "- [x] a\n- [N/A] b\n  - [ ] c\n",
        ] {
            assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0], "{text}");
        }
        assert_eq!(finds(&RULE, "", "- [ ] a\n  - [ ] b\n  - [ ] c @anna\n").0, ["b"]);
        assert_eq!(finds(&RULE, "", "- [ ] a (owner: ____)\n").0, ["a (owner: ____)"]);
    }

    #[test]
    fn a_partner_owns_its_checklists() {
        let example = Example {
            beside: &[("partners/brackenferry/README.md", "---\nowner: Anna\n---\n")],
            ..Example::checklist("", "")
        };
        assert_eq!(finds_in(&RULE, &example, "- [ ] a\n").0, [] as [&str; 0]);
    }
}
