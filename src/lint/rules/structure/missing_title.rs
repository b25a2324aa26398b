//! MB401: a file has no title.

use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::structure::{outline, titles};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MISSING_TITLE,
    category: Category::Structure,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a template or checklist without a title: neither a `# Heading` nor `title` in the front matter",
    why: "the board can only call it by its file name, which tells a reader less than its author knows",
    how: "begin the file with `# ` and its title, or give it a `title` in the front matter",
    more: "A heading inside a list or a quote is no title. An `<h1>` in HTML counts as one.",
    fixes: None,
    examples: &[
        Example::checklist(
            "⟦## Legal⟧\n\n- [ ] Contract signed\n",
            "# Onboarding Brackenferry\n\n## Legal\n\n- [ ] Contract signed\n",
        ),
        Example::template(
            "---\nsection: Recruitment\n---\n\n⟦- [ ] Contract signed⟧\n",
            "---\nsection: Recruitment\ntitle: Onboarding\n---\n\n- [ ] Contract signed\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let has_title = titles(page).next().is_some()
        || page.document.front_matter.title.is_some()
        || page.syntax.html.iter().any(|html| has_h1(page.slice(html.span)));
    if has_title {
        return;
    }
    let first_words = || {
        let mut lines = page.body_lines().filter(|(_, line)| !line.trim().is_empty());
        lines.next().map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            Span::new(start + indent, start + line.trim_end().len())
        })
    };
    // In an empty file there is nothing to give a title to.
    let place = outline(page).next().map(|heading| heading.span).or_else(first_words);
    found.extend(place.map(|place| page.finding(&RULE, place, "the file has no title")));
}

fn has_h1(html: &str) -> bool {
    html.match_indices("<h1").chain(html.match_indices("<H1")).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::examples::found;

    #[test]
    fn a_title_may_be_written_in_any_way() {
        for text in [
            "Onboarding\n==========\n\n- [ ] a\n",
            "<h1 align=\"center\">Onboarding</h1>\n\n- [ ] a\n",
            "- [ ] a\n\n# Onboarding\n",
            "\u{feff}# Onboarding\r\n\r\n- [ ] a\r\n",
        ] {
            assert_eq!(found(&RULE, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_title_in_a_quote_or_without_words_is_none() {
        for text in ["> # Note\n\n- [ ] a\n", "#\n\n- [ ] a\n", "---\ntitle:\n---\n- [ ] a\n"] {
            assert_eq!(found(&RULE, text).len(), 1, "{text}");
        }
    }
}
