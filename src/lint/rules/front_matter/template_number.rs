//! MB211: `template_number` has no form, or two templates have one.

use std::collections::BTreeMap;

use super::values;
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::Value;

const KEY: &str = "template_number";
/// How long a part of a number may be.
const LONGEST_PART: usize = 6;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::TEMPLATE_NUMBER,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Templates,
    by_default: true,
    finds: "a `template_number` that is no number, or that another template has, too",
    why: "people find and name templates by their number: it must mean one of them",
    how: "give the template a number that no other has, in a form such as `II.3`, `1.2` or `A-3`",
    more: "A number is one or more parts of digits and letters with a dot, dash, underscore or slash \
           between them: `7`, `07`, `II.3`, `1.2.1`, `R.1`, `TPL-4b`. Whether it fits the folder or \
           the file's name is not asked.\n\nTwo templates may have the same number where it counts \
           within something else: a number of one part in another folder, or under another \
           `section`; and files of one name in two folders, which are mostly one template in two \
           languages.",
    fixes: None,
    examples: &[
        Example {
            beside: &[(
                "templates/kickoff.md",
                "---\ntitle: Kickoff\ntemplate_number: II.3\n---\n\n- [ ] Invite everybody\n",
            )],
            ..Example::template(
                "---\ntitle: Partner onboarding\ntemplate_number: ⟦II.3⟧\n---\n\n- [ ] Sign the contract\n",
                "---\ntitle: Partner onboarding\ntemplate_number: II.4\n---\n\n- [ ] Sign the contract\n",
            )
        },
        Example::template(
            "---\ntitle: Partner onboarding\ntemplate_number: ⟦to be assigned⟧\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: Partner onboarding\ntemplate_number: II.4\n---\n\n- [ ] Sign the contract\n",
        ),
    ],
    check: Check::Project(check),
};

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    let mut numbered: BTreeMap<Vec<String>, Vec<(&Page<'_>, &Value)>> = BTreeMap::new();
    for page in project.of_kind(Kind::Template) {
        let Some(value) = page.field(KEY).map(|entry| &entry.value) else { continue };
        if values::is_blank(value) {
            continue;
        }
        match values::text(value).and_then(parts) {
            Some(parts) => numbered.entry(key(page, parts)).or_default().push((page, value)),
            None => {
                let written = shortened(page.slice(value.span));
                let message = format!("`{written}` is no number of a template");
                found.push(page.finding(&RULE, value.span, message));
            }
        }
    }
    numbered.values().for_each(|same| tell(same, found));
}

/// Tells those of one number that share it with a file of another name.
fn tell(same: &[(&Page<'_>, &Value)], found: &mut Vec<Finding>) {
    let mut names: BTreeMap<&str, &Page<'_>> = BTreeMap::new();
    for (page, _) in same {
        names.entry(page.path.file_name()).or_insert(page);
    }
    for (page, value) in same {
        let other = names.iter().find(|(name, _)| **name != page.path.file_name());
        let Some((_, other)) = other else { continue };
        let number = shortened(page.slice(value.span));
        let more = match names.len() - 2 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("`{number}` is also the number of {}{more}", other.path);
        found.push(page.finding(&RULE, value.span, message));
    }
}

/// What two templates must have in common for their numbers to be compared, and the number.
fn key(page: &Page<'_>, parts: Vec<String>) -> Vec<String> {
    if parts.len() > 1 {
        return parts;
    }
    let section = page.field("section").and_then(|entry| values::text(&entry.value));
    let within = [section.unwrap_or_default().to_lowercase(), page.path.folder().to_owned()];
    parts.into_iter().chain(within).collect()
}

/// The parts of a number, in lower case and without leading zeros; `None` of what is none.
fn parts(number: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = number.split(['.', '-', '–', '_', '/']).collect();
    let fits = |part: &&str| {
        let length = part.chars().count();
        (1..=LONGEST_PART).contains(&length) && part.chars().all(char::is_alphanumeric)
    };
    let counts = |part: &&str| {
        let is_letter = parts.len() == 1 && part.chars().count() == 1;
        part.chars().any(char::is_numeric) || is_roman(part) || is_letter
    };
    let is_number = parts.iter().all(fits) && parts.iter().any(counts);
    let plain = |part: &&str| match part.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_lowercase(),
    };
    is_number.then(|| parts.iter().map(plain).collect())
}

fn is_roman(part: &str) -> bool {
    part.chars().all(|c| "IVXLC".contains(c.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::{RULE, parts};
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn many_forms_are_numbers() {
        for number in
            ["7", "07", "II.3", "ii.3", "1.2.1", "R.1", "A-3", "TPL-4b", "T07", "X", "三.2", "1/2"]
        {
            assert!(parts(number).is_some(), "{number}");
        }
        for other in ["TBD", "to be assigned", "II.", ".3", "II..3", "#3", "II,3", "n/a", "[n]", ""]
        {
            assert!(parts(other).is_none(), "{other}");
        }
        assert_eq!(parts("II.03"), parts("ii-3"));
        assert_ne!(parts("1.10"), parts("1.1"));
    }

    /// Who shares the number of a template in `templates/en` with the section `Sales`.
    fn shared(number: &'static str, beside: &'static [(&'static str, &'static str)]) -> usize {
        let example =
            Example { path: "templates/en/kickoff.md", beside, ..Example::template("", "") };
        let text = format!("---\nsection: Sales\ntemplate_number: {number}\n---\n");
        let (found, _) = run(&RULE, &example, &text);
        found.len()
    }

    const ONE: &str = "---\nsection: Sales\ntemplate_number: 1\n---\n";
    const LEGAL: &str = "---\nsection: Legal\ntemplate_number: 1\n---\n";
    const LONG: &str = "---\nsection: Legal\ntemplate_number: ii.1\n---\n";

    #[test]
    fn a_number_may_count_within_a_folder_or_a_section() {
        assert_eq!(shared("01", &[("templates/en/legal.md", ONE)]), 2);
        assert_eq!(shared("1", &[("templates/de/legal.md", ONE)]), 0);
        assert_eq!(shared("1", &[("templates/en/legal.md", LEGAL)]), 0);
        assert_eq!(shared("II.1", &[("templates/de/legal.md", LONG)]), 2);
        assert_eq!(shared("II.1", &[("templates/de/kickoff.md", LONG)]), 0);
        assert_eq!(shared("II.1", &[("templates/de/a.md", LONG), ("templates/de/b.md", LONG)]), 3);
    }
}
