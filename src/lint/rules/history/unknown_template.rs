//! MB703: a checklist names a template that is not there.

use std::collections::BTreeMap;

use super::template::Template;
use crate::config::{nearest, shortened};
use crate::lint::finding::Finding;
use crate::lint::page::Kind;
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{RepoPath, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_TEMPLATE,
    category: Category::History,
    severity: Severity::Warning,
    scope: Scope::Checklists,
    by_default: true,
    finds: "a `template` in a checklist's front matter that names no file",
    why: "nobody can tell what the checklist lacks that its template has gained",
    how: "write the path of the template, as in `template: templates/onboarding.md`",
    more: "The template may be named by its path from the repository's root, from the board's, from \
           the templates folder or from the checklist; or by its file name alone, wherever in the \
           templates it stands. `.md` and an `@` with the id of a version may follow.\n\nThe key \
           means other things to other programs. So a plain word, such as `template: default`, is \
           told only if it is spelled almost like the name of a template; a text that is a title, an \
           address or a blank (`{{ template }}`) never.",
    fixes: None,
    examples: &[
        Example {
            beside: &[("templates/onboarding.md", "# Onboarding\n\n- [ ] Sign the contract\n")],
            ..Example::checklist(
                "---\ntemplate: ⟦templates/onbording.md⟧\n---\n\n- [ ] Sign the contract\n",
                "---\ntemplate: templates/onboarding.md\n---\n\n- [ ] Sign the contract\n",
            )
        },
        Example {
            beside: &[("templates/onboarding.md", "# Onboarding\n\n- [ ] Sign the contract\n")],
            ..Example::checklist(
                "---\ntemplate: ⟦onboardng⟧\n---\n\n- [ ] Sign the contract\n",
                "---\ntemplate: onboarding\n---\n\n- [ ] Sign the contract\n",
            )
        },
    ],
    check: Check::Project(check),
};

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    let mut known: Option<Known<'_>> = None;
    for page in project.asked_pages().filter(|page| page.kind == Kind::Checklist) {
        let Some(template) = Template::of(page) else { continue };
        if template.file(page, project).is_some() {
            continue;
        }
        let meant = known.get_or_insert_with(|| Known::of(project)).nearest(&template);
        if meant.is_none() && !template.is_path() {
            continue;
        }
        let message = format!("there is no template `{}`", shortened(template.name));
        let finding = page.finding(&RULE, template.span, message);
        found.push(match meant {
            Some(path) => finding.help(format!("did you mean `{path}`?")),
            None => finding,
        });
    }
}

/// The templates that there are.
struct Known<'p> {
    paths: Vec<&'p str>,
    stems: BTreeMap<&'p str, &'p RepoPath>,
}

impl<'p> Known<'p> {
    fn of(project: &'p Project<'_>) -> Known<'p> {
        let mut stems = BTreeMap::new();
        let mut paths = Vec::new();
        for page in project.of_kind(Kind::Template) {
            paths.push(page.path.as_str());
            stems.entry(page.path.stem()).or_insert(&page.path);
        }
        Known { paths, stems }
    }

    /// The path of the template that must have been meant.
    fn nearest(&self, template: &Template<'_>) -> Option<&'p str> {
        let by_name = || {
            let name = RepoPath::new(template.name);
            let stem = nearest(name.stem(), self.stems.keys().copied())?;
            self.stems.get(stem).map(|path| path.as_str())
        };
        by_name().or_else(|| nearest(template.name, self.paths.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    fn told(template: &str) -> Vec<(String, Option<String>)> {
        let example = Example {
            beside: &[
                ("templates/sales/kickoff.md", "# Kickoff\n\n- [ ] Invite\n"),
                ("partners/brackenferry/own.md", "# Own\n"),
            ],
            ..Example::checklist("", "")
        };
        let text = format!("---\ntemplate: {template}\n---\n\n- [ ] Sign\n");
        let (found, _) = run(&RULE, &example, &text);
        found.iter().map(|finding| (finding.message.clone(), finding.help.clone())).collect()
    }

    #[test]
    fn a_template_has_many_names() {
        for name in [
            "templates/sales/kickoff.md",
            "/templates/sales/kickoff",
            "sales/kickoff.md",
            "kickoff.md",
            "kickoff",
            "../../templates/sales/kickoff.md",
            "./own.md",
            "kickoff@0123abcd",
            "templates/sales/kickoff.md@0123456789abcdef0123456789abcdef01234567",
        ] {
            assert_eq!(told(name), [], "{name}");
        }
    }

    #[test]
    fn what_is_no_path_is_kept_silently() {
        for other in [
            "default",
            "Partner onboarding checklist",
            "\"{{ template }}\"",
            "<path of the template>",
            "https://example.com/template.md",
            "true",
            "",
            "[a.md]",
        ] {
            assert_eq!(told(other), [], "{other}");
        }
    }

    #[test]
    fn what_is_not_there_is_told_with_what_was_meant() {
        let meant = Some("did you mean `templates/sales/kickoff.md`?".to_owned());
        for name in ["sales/kickof.md", "kick-off", "templates/kickofff.md@0123abcd"] {
            let told = told(name);
            let name = name.split('@').next().expect("a name");
            assert_eq!(told, [(format!("there is no template `{name}`"), meant.clone())]);
        }
        let far = told("templates/exit-interview.md");
        assert_eq!(far, [("there is no template `templates/exit-interview.md`".to_owned(), None)]);
        assert_eq!(told("../../../../etc/passwd.md").len(), 1, "it leaves the repository");
    }
}
