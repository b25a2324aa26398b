//! MB307: a date can be read as two days.

use super::places::{dates_in_headings, words_in_heading};
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::Numeric;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::AMBIGUOUS_DATE,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a date like 03/04/2026, which is 3 April to some readers and 4 March to others",
    why: "two people who read the same checklist wait for two different days, and mdboard takes \
          neither",
    how: "write the year first: `2026-04-03` or `2026-03-04`",
    more: "Looked at are the dates that mean something: due and done dates of items, windows of \
           headings, and `start_date`, `due` and `last_updated` in the front matter; dates in \
           ordinary sentences are nobody's business. `31/12/2026` can only be one day, and so can \
           `3.4.2026`, since with dots the day comes first: those are told as dates that cannot be \
           read.",
    fixes: None,
    examples: &[
        Example::checklist(
            "---\nstart_date: ⟦03/02/2026⟧\n---\n# Onboarding\n\nThey called on 01/02/2026.\n\n- [ ] \
             Contract signed (due: ⟦03/04/2026⟧)\n",
            "---\nstart_date: 2026-03-02\n---\n# Onboarding\n\nThey called on 01/02/2026.\n\n- [ ] \
             Contract signed (due: 2026-03-04)\n",
        ),
        Example::checklist(
            "# Launch\n\n## Campaign (Due ⟦5/4/26⟧)\n\n- [ ] Banner online\n",
            "# Launch\n\n## Campaign (Due 2026-04-05)\n\n- [ ] Banner online\n",
        ),
    ],
    // What reading tells of items and the front matter comes on top.
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (at, written, date) in dates_in_headings(page) {
        let Numeric::TwoDays(one, other) = date else { continue };
        let message = format!("`{written}` can be {one} or {other}");
        let finding = page.finding(&RULE, words_in_heading(page, at, written), message);
        found.push(finding.help(format!("write `{one}` or `{other}`")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::rules;
    use crate::lint::tests::examples::run;

    fn places(rule: &'static Rule, text: &str) -> Vec<String> {
        let (found, _) = run(rule, &Example::template("", ""), text);
        found.iter().map(|finding: &Finding| finding.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn a_date_is_told_by_one_rule() {
        let others = ["MB208", "MB301", "MB308", "MB309"];
        for (text, place) in [
            ("---\ndue: 3/4/2026\n---\n- [ ] NDA\n", "3/4/2026"),
            ("---\nlast_updated: 3-4-2026\n---\n- [ ] NDA\n", "3-4-2026"),
            ("- [ ] NDA 📅 03/04/2026\n", "03/04/2026"),
            ("## Legal (Target: 3/4/2026)\n- [ ] NDA\n", "3/4/2026"),
            ("## Legal (1/4/2026 – 3/4/2026)\n- [ ] NDA\n", "1/4/2026"),
        ] {
            assert_eq!(places(&RULE, text).first().map(String::as_str), Some(place), "{text}");
            for other in others.iter().filter_map(|code| rules::find(code)) {
                assert_eq!(places(other, text), [""; 0], "{} {text}", other.code.code);
            }
        }
    }

    #[test]
    fn other_dates_are_left_alone() {
        for text in [
            "## Call (3/4/2026)\n- [ ] NDA\n",
            "## Notes of 3/4/2026\n- [ ] Agreed on 3/4/2026\n",
            "## Legal (Due 4/4/2026)\n- [ ] NDA due:31/12/2026\n- [ ] Call due:3.4.2026\n",
            "---\nversion: 3/4/2026\n---\n- [ ] `due: 3/4/2026`\n",
        ] {
            assert_eq!(places(&RULE, text), [""; 0], "{text}");
        }
    }
}
