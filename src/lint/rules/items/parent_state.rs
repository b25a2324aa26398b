//! MB106: the box of an item and those under it say different things.

use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Item, Severity, State};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::PARENT_STATE,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "an item that is ticked while something under it is open, or open while all under it is done",
    why: "the board goes by the items under it, people read its own box, and so they see different \
          things",
    how: "tick what is done, and untick what is not: an item is done when all items under it are",
    more: "Items that are cancelled or not applicable count as finished. Where the item above is \
           cancelled or not applicable itself, so is all that stands under it, and nothing is told.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "unticks an item under which something is open. It never ticks one.",
        changes: &[Part::Items],
    }),
    examples: &[
        Example::checklist(
            "## Portal\n\n- ⟦[x]⟧ Accounts created\n  - [x] Sales\n  - [ ] Support\n",
            "## Portal\n\n- [ ] Accounts created\n  - [x] Sales\n  - [ ] Support\n",
        ),
        Example::checklist(
            "## Portal\n\n- ⟦[ ]⟧ Accounts created\n  - [x] Sales\n  - [N/A] Support\n",
            "## Portal\n\n- [x] Accounts created\n  - [x] Sales\n  - [N/A] Support\n",
        )
        .by_hand(),
    ],
    check: Check::Page(check),
};

/// The leaves under an item.
#[derive(Clone, Copy, Default)]
struct Leaves {
    all: usize,
    open: usize,
    /// The first of them that is open.
    first: Option<usize>,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let items = &page.document.items;
    let waived = waived(items);
    let leaves = leaves(items, &waived);
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.children > 0) {
        let Some(under) = leaves.get(at) else { continue };
        let is_waived = waived.get(at).copied().unwrap_or_default();
        let finding = match (under.first.and_then(|first| items.get(first)), item.state) {
            _ if is_waived => continue,
            (Some(open), State::Done) => {
                let edit = Edit::replace(item.mark, " ");
                page.finding(&RULE, page.box_of(item), ticked(*under, open))
                    .help("untick it, or tick what is done under it")
                    .fix(Fix::unsafe_([edit]))
            }
            // Put off as a whole: what was done before may be.
            (None, State::Open | State::InProgress | State::Blocked) => {
                let message = "this item is not ticked, and everything under it is finished";
                page.finding(&RULE, page.box_of(item), message)
                    .help("tick it, or add what is still missing under it")
            }
            _ => continue,
        };
        found.push(finding);
    }
}

fn ticked(under: Leaves, open: &Item) -> String {
    let first = format!("`{}` on line {}", shortened(&open.text), open.line.0);
    match under.open {
        1 => format!("this item is ticked, and {first} is open"),
        open => format!(
            "this item is ticked, and {open} of {} under it are open, the first of them {first}",
            under.all
        ),
    }
}

/// Per item: whether it, or an item around it, is waived.
fn waived(items: &[Item]) -> Vec<bool> {
    let mut waived: Vec<bool> = Vec::with_capacity(items.len());
    for item in items {
        let above = item.parent.and_then(|at| waived.get(at).copied()).unwrap_or_default();
        waived.push(above || item.state.is_waived());
    }
    waived
}

/// Per item: the leaves under it. What stands under an item comes behind it.
fn leaves(items: &[Item], waived: &[bool]) -> Vec<Leaves> {
    let mut leaves = vec![Leaves::default(); items.len()];
    for (at, item) in items.iter().enumerate().rev() {
        let Some(own) = leaves.get(at).copied() else { continue };
        let is_open = item.state != State::Done && waived.get(at) != Some(&true);
        let own = match item.children {
            0 => Leaves { all: 1, open: is_open.into(), first: is_open.then_some(at) },
            _ => own,
        };
        if let Some(above) = item.parent.and_then(|parent| leaves.get_mut(parent)) {
            above.all += own.all;
            above.open += own.open;
            above.first = own.first.or(above.first);
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    #[test]
    fn every_item_above_is_told() {
        let text = "- [x] a\n  - [x] b\n    - [ ] c\n  - [x] d\n";
        assert_eq!(finds(&RULE, "", text).0, ["[x]", "[x]"]);
        let text = "- [/] a\n  - [ ] b\n    - [x] c\n  - [x] d\n";
        assert_eq!(finds(&RULE, "", text).0, ["[/]", "[ ]"]);
    }

    #[test]
    fn what_agrees_is_left_alone() {
        let config = "[states]\n\"-\" = \"cancelled\"\n\">\" = \"deferred\"\n";
        for text in [
            "- [ ] a\n  - [x] b\n  - [ ] c\n",
            "- [x] a\n  - [x] b\n  - [-] c\n",
            "- [x] a\n  - [x] b\n    - [x] c\n",
            // Waived from above.
            "- [-] a\n  - [x] b\n    - [ ] c\n",
            "- [x] a\n  - [-] b\n    - [ ] c\n",
            "- [>] a\n  - [x] b\n",
            "- [x] a\n  - b\n",
        ] {
            let text = format!("- [x] z\n{text}");
            assert_eq!(finds(&RULE, config, &text).0, [] as [&str; 0], "{text}");
        }
        // Deferred is open.
        assert_eq!(finds(&RULE, config, "- [x] a\n  - [>] b\n  - [x] c\n").0, ["[x]"]);
    }
}
