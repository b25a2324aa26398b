//! MB206: a required key is missing.

use super::{keys, values};
use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MISSING_FIELD,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a front matter without a key that files of its kind must have",
    why: "what your team has agreed to write in every such file is not there",
    how: "add the key with its value to the front matter",
    more: "Which keys a file must have is what `required` says in `[lint.templates]` and \
           `[lint.checklists]` of mdboard.toml. Unless you say otherwise, a template needs a \
           `title` and a checklist needs nothing. `owners` does for `owner`, `start` for \
           `start_date`. What a checklist takes from the `README.md` of its folder (`partner`, \
           `owner`, `start_date`, `due`, `type`, `status`) is not missing.\n\nA file without any \
           front matter is told by missing-front-matter, a key without a value by empty-field, one \
           that is misspelled by unknown-field.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "adds a missing `title`: the file's first heading, which is what the board shows",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::template(
            "⟦---⟧\nsection: Recruitment\n---\n\n# Onboarding: the first 90 days\n\n- [ ] Sign the contract\n",
            "---\ntitle: \"Onboarding: the first 90 days\"\nsection: Recruitment\n---\n\n# Onboarding: the first 90 days\n\n- [ ] Sign the contract\n",
        ),
        Example {
            config: "[lint.checklists]\nrequired = [\"owner\", \"start_date\"]\n",
            beside: &[("partners/brackenferry/README.md", "---\nowner: ana\n---\n")],
            ..Example::checklist(
                "⟦---⟧\ntags: [gold]\n---\n\n# Onboarding\n\n- [ ] Sign the contract\n",
                "---\ntags: [gold]\nstart_date: 2026-03-02\n---\n\n# Onboarding\n\n- [ ] Sign the contract\n",
            )
        }
        .by_hand(),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(block) = page.document.front_matter.span else { return };
    // What could not be read may well be what is missing.
    let unread = [codes::INVALID_YAML, codes::OVERSIZED_FILE];
    if page.document.diagnostics.iter().any(|told| unread.contains(&told.code)) {
        return;
    }
    let mut missing: Vec<&str> = keys::missing(page).collect();
    if missing.is_empty() {
        return;
    }
    let misspelled = page.fields.iter().filter_map(|entry| keys::meant(page, entry));
    let misspelled: Vec<&str> = misspelled.map(|meant| meant.key).collect();
    missing.retain(|key| !misspelled.contains(key));
    let opening = page.line(page.line_of(block.start));
    for key in missing {
        let key_shown = shortened(key);
        let finding = page.finding(&RULE, opening, format!("`{key_shown}` is missing"));
        let finding = finding.help(format!("add a line `{key_shown}: ` and its value"));
        found.push(finding.maybe_fix(fix(page, key, block)));
    }
}

/// Adds the title, where lines can be added: not to `{section: A}`.
fn fix(page: &Page<'_>, key: &str, block: Span) -> Option<Fix> {
    let heading = page.document.heading.as_deref().filter(|_| key == "title")?;
    if page.fields.first().is_some_and(|first| !values::begins_line(page, first)) {
        return None;
    }
    let at = page.whole_lines(Span::new(block.start, block.start)).end;
    let line = format!("title: {}{}", parse::scalar(heading)?, page.line_end());
    Some(Fix::safe([Edit::insert(at, line)]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn other_rules_speak_of_what_is_there_in_another_way() {
        let template = Example::template("", "");
        let found = |text: &str| run(&RULE, &template, text).0.len();
        for text in [
            "# A\n\n- [ ] a\n",
            "---\nTitle: A\n---\n\n- [ ] a\n",
            "---\ntitle:\n---\n\n- [ ] a\n",
            "---\ntitle: [a\n---\n\n- [ ] a\n",
            "---\nsection: A\n\n# B\n\n- [ ] a\n",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
        assert_eq!(found("---\nsection: A\n---\n\n- [ ] a\n"), 1);
        assert_eq!(found("---\n---\n\n- [ ] a\n"), 1);
    }

    #[test]
    fn every_missing_key_is_told_and_other_names_do() {
        let config =
            "[lint.templates]\nrequired = [\"tier\", \"owner\", \"start_date\", \"phase\"]\n";
        let template = Example { config, ..Example::template("", "") };
        let (found, _) = run(&RULE, &template, "---\nstart: 2026-03-02\nowners: [ana]\n---\n");
        let told: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, ["`phase` is missing", "`tier` is missing"]);
    }

    #[test]
    fn a_title_is_added_only_where_a_line_can_be() {
        let template = Example::template("", "");
        let flow = "---\n{\nsection: A\n}\n---\n\n# B\n";
        let indented = "---\n  section: A\n---\n\n# B\n";
        for text in [flow, indented] {
            let (found, mended) = run(&RULE, &template, text);
            assert_eq!((found.len(), mended.as_str()), (1, text));
        }
        let (_, mended) = run(&RULE, &template, "\u{feff}---\r\nsection: A\r\n---\r\n\r\n# B\r\n");
        assert_eq!(mended, "\u{feff}---\r\ntitle: B\r\nsection: A\r\n---\r\n\r\n# B\r\n");
    }
}
