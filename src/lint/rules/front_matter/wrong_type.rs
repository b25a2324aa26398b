//! MB207: a value has another type than its key asks for.

use super::values;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::{self, Is};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::WRONG_TYPE,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a list or a mapping where a key of the front matter asks for one text",
    why: "the board cannot tell which of several things is meant, and goes without",
    how: "write one text behind the key, in quotes if it begins with a bracket",
    more: "To YAML `[Partner Name]` is a list with one entry, and `{{ name }}` would be a mapping if \
           mdboard did not know better. `owner`, `owners` and `tags` may be lists; lines that are \
           indented below a key are a mapping.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "puts a `title` or `partner` such as `[Partner Name]` in quotes",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::template(
            "---\ntitle: ⟦[Partner Name]⟧\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: \"[Partner Name]\"\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\nstart_date: ⟦[2026-03-02, 2026-03-09]⟧\n---\n\n- [ ] Sign the contract\n",
            "---\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

/// A text in brackets that was taken for a list of one.
fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let entry = values::entry_at(page, finding.span)?;
    let Is::List(list) = &entry.value.is else { return None };
    let [only] = list.as_slice() else { return None };
    let written = page.slice(finding.span);
    let inner = written.strip_prefix('[')?.strip_suffix(']')?.trim();
    let is_one_text = values::text(only) == Some(inner) && !inner.is_empty();
    let is_a_name = ["title", "partner"].contains(&entry.key.as_str());
    let is_plain = !written.chars().any(char::is_control);
    (is_one_text && is_a_name && is_plain)
        .then(|| Fix::safe([Edit::replace(finding.span, parse::quote(written))]))
}
