//! MB209: a key is spelled almost like one that has a meaning.

use super::keys;
use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_FIELD,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a key of the front matter that is spelled almost like one that has a meaning",
    why: "keys are read letter by letter: what stands behind a misspelled one does not count",
    how: "correct the key",
    more: "Keys are written in lower case, with `_` between words. A key that is like no known one \
           is yours: it is kept, and never told. So are plain words that only look alike, such as \
           `tag`, `date`, `state` or `titles`, keys that `required` in mdboard.toml names, and a \
           key beside the one that it resembles. Looked at are templates, checklists and the \
           `README.md` of a partner.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "corrects the key, without being asked twice where only its case, or what stands \
               between its words, is wrong",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::checklist(
            "---\npartner: Brackenferry\n⟦Start-Date⟧: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
            "---\npartner: Brackenferry\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::template(
            "---\ntitle: Partner onboarding\n⟦last_update⟧: 2026-02-10\ntier: gold\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: Partner onboarding\nlast_updated: 2026-02-10\ntier: gold\n---\n\n- [ ] Sign the contract\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut told = Vec::new();
    for entry in &page.fields {
        let Some(meant) = keys::meant(page, entry) else { continue };
        let message = format!("`{}` has no meaning", shortened(&entry.key));
        let finding = page.finding(&RULE, entry.key_span, message);
        let finding = finding.help(format!("did you mean `{}`?", meant.key));
        // Of two that mean the same key, one alone can become it.
        let is_first = !told.contains(&meant.key);
        told.push(meant.key);
        let edit = [Edit::replace(entry.key_span, meant.key)];
        let fix = if meant.is_certain { Fix::safe(edit) } else { Fix::unsafe_(edit) };
        found.push(finding.maybe_fix(is_first.then_some(fix)));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::finding::Applicability;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn only_a_certain_key_is_corrected_unasked() {
        let how = |key: &str| {
            let text = format!("---\n{key}: ana\n---\n\n- [ ] Sign\n");
            let (found, _) = run(&RULE, &Example::checklist("", ""), &text);
            found.first().and_then(|finding| Some(finding.fix.as_ref()?.applicability))
        };
        assert_eq!(how("Owner"), Some(Applicability::Safe));
        assert_eq!(how("\"OWNER\""), Some(Applicability::Safe));
        assert_eq!(how("ownner"), Some(Applicability::Unsafe));
    }

    #[test]
    fn keys_of_ones_own_are_kept() {
        let told = |example: &Example, yaml: &str| {
            let text = format!("---\n{yaml}\n---\n\n- [ ] Sign\n");
            let (found, _) = run(&RULE, example, &text);
            found.iter().map(|finding| finding.span.slice(&text).to_owned()).collect::<Vec<_>>()
        };
        let checklist = Example::checklist("", "");
        assert_eq!(told(&checklist, "title: a\nTitle: b"), [""; 0]);
        assert_eq!(told(&checklist, "last_update: 2026-03-02\ntier: gold"), [""; 0]);
        assert_eq!(told(&checklist, "owmer: a\nownr: b"), ["owmer", "ownr"]);
        let config = "[lint.checklists]\nrequired = [\"titel\"]\n";
        assert_eq!(told(&Example { config, ..checklist }, "titel: a"), [""; 0]);
        let other = Example { path: "docs/page.md", ..Example::checklist("", "") };
        assert!(run(&RULE, &other, "---\nTitle: a\n---\n\nNo list.\n").0.is_empty());
    }

    #[test]
    fn one_of_two_alike_becomes_the_key() {
        let text = "---\nOwner: ana\nOWNER: ben\n---\n\n- [ ] Sign\n";
        let (_, mended) = run(&RULE, &Example::checklist("", ""), text);
        assert_eq!(mended, text.replace("Owner", "owner"));
    }
}
