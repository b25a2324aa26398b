//! MB402: a file has more than one title.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::structure::titles;
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MULTIPLE_TITLES,
    category: Category::Structure,
    severity: Severity::Info,
    scope: Scope::Lists,
    by_default: true,
    finds: "a second heading of level 1 (`# `) in a file",
    why: "the board takes the first one for the checklist's title and does not name the others above their items",
    how: "make it a section with `## `, and its sections `### `",
    more: "Many authors write the parts of a long checklist as `# Part` headings, and nothing is \
           lost by it: items, windows and due dates are read all the same. What is missing is the \
           part's name where the board says in which section an item stands. That is why this is \
           worth knowing, and no more than that. Headings inside lists and quotes are not told.",
    fixes: None,
    examples: &[Example::checklist(
        "# Onboarding Brackenferry\n\n- [ ] Contract signed\n\n⟦# Technical setup⟧\n\n- [ ] Portal access\n",
        "# Onboarding Brackenferry\n\n- [ ] Contract signed\n\n## Technical setup\n\n- [ ] Portal access\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut titles = titles(page);
    let Some(first) = titles.next() else { return };
    let line = page.line_of(first.span.start).0;
    found.extend(titles.map(|title| {
        let message = format!("the file already has a title on line {line}");
        let help = format!("write `## {}`, one level below the title", shortened(&title.text));
        page.finding(&RULE, title.span, message).help(help)
    }));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::examples::found;

    #[test]
    fn code_and_quotes_have_no_titles() {
        let text = "# A\n\n```sh\n# comment\n```\n\n> # B\n\n- # C\n- [ ] d\n";
        assert_eq!(found(&RULE, text), [""; 0]);
    }
}
