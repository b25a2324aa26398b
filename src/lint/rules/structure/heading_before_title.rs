//! MB403: a heading stands before the title.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::structure::{outline, titles};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::HEADING_BEFORE_TITLE,
    category: Category::Structure,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a section that stands above the title of its file",
    why: "readers meet instructions before they know what the page is, and tools that take the first heading for the title show the wrong one",
    how: "move the section below the title",
    more: "Only the first of several sections above the title is told. In a file without a \
           `# Heading` there is nothing to stand above: a `title` in the front matter comes before \
           everything.",
    fixes: None,
    examples: &[Example::template(
        "⟦## How to use this list⟧\n\nCopy it for every new partner.\n\n# Partner onboarding\n\n## Legal\n\n- [ ] Contract signed\n",
        "# Partner onboarding\n\n## How to use this list\n\nCopy it for every new partner.\n\n## Legal\n\n- [ ] Contract signed\n",
    )],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(title) = titles(page).next() else { return };
    let first = outline(page).find(|heading| heading.level > 1);
    let Some(first) = first.filter(|first| first.span.start < title.span.start) else { return };
    let (above, name) = (shortened(&first.text), shortened(&title.text));
    let message = format!("`{above}` stands above the title `{name}`");
    let line = page.line_of(title.span.start).0;
    let help = format!("move the section below the title on line {line}");
    found.push(page.finding(&RULE, first.span, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::examples::found;

    #[test]
    fn without_a_title_below_nothing_stands_above_one() {
        for text in ["## A\n\n- [ ] b\n", "> ## A\n\n# B\n\n- [ ] c\n", "#\n\n## A\n\n- [ ] b\n"] {
            assert_eq!(found(&RULE, text), [""; 0], "{text}");
        }
    }
}
