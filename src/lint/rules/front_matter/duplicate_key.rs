//! MB204: a key stands twice.

use super::values;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::{Entry, Is};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::DUPLICATE_KEY,
    category: Category::FrontMatter,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a key of the front matter that stands twice",
    why: "only one of the two counts, and programs do not agree which",
    how: "keep the line that is right and remove the other",
    more: "The board takes the first one. This often comes from merging two branches that both \
           added the key.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "removes the second line where it says the same as the first, or nothing",
        // The second one never counted.
        changes: &[],
    }),
    examples: &[
        Example::checklist(
            "---\nowner: ana\nstart_date: 2026-03-02\n⟦owner⟧: ana\n---\n\n- [ ] Sign the contract\n",
            "---\nowner: ana\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\nstart_date: 2026-03-02\n⟦start_date⟧: 2026-04-01\n---\n\n- [ ] Sign the contract\n",
            "---\nstart_date: 2026-04-01\n---\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let second = page.fields.iter().find(|entry| entry.key_span == finding.span)?;
    let first = page.field(&second.key)?;
    let says_the_same = match (&first.value.is, &second.value.is) {
        (_, Is::Null) => true,
        (Is::Text(first), Is::Text(second)) => first == second,
        _ => false,
    };
    let line = line_of(page, second).filter(|_| says_the_same)?;
    Some(Fix::safe([Edit::delete(line)]))
}

/// The line of an entry, if it is all that stands there and nothing belongs to it elsewhere.
fn line_of(page: &Page<'_>, entry: &Entry) -> Option<Span> {
    let line = page.whole_lines(entry.key_span);
    let value = page.slice(Span::new(entry.key_span.end, line.end)).trim();
    let value = value.strip_prefix(':')?.trim();
    let is_all = match &entry.value.is {
        Is::Null => value.is_empty(),
        _ => value == page.slice(entry.value.span),
    };
    let next = page.slice(Span::new(line.end, page.text.len()));
    let goes_on = next.starts_with([' ', '\t', '-']) && !next.starts_with("---");
    let is_line = values::begins_line(page, entry) && is_all && !goes_on;
    is_line.then(|| page.removable_lines(entry.key_span))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn what_says_more_is_kept() {
        let front = |second: &str| format!("---\nowner: ana\n{second}\n---\n\n- [ ] Sign\n");
        let mended = |text: &str| run(&RULE, &Example::checklist("", ""), text).1;
        assert_eq!(mended(&front("owner:")), "---\nowner: ana\n---\n\n- [ ] Sign\n");
        for second in ["owner: ana # until May", "owner: [ana]", "owner:\n  - ana", "owner: ben"] {
            let text = front(second);
            assert_eq!(mended(&text), text);
        }
        let nested = "---\na:\n  b: 1\n  b: 1\n---\n\n- [ ] Sign\n";
        assert_eq!(mended(nested), nested);
    }
}
