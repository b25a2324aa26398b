//! MB702: a checklist lacks what its template has gained.

use std::borrow::Cow;
use std::collections::HashMap;

use super::template::Template;
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{PartnerStatus, RepoPath, Severity, State};
use crate::template::{self, Making, Values};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::TEMPLATE_DRIFT,
    category: Category::History,
    severity: Severity::Info,
    scope: Scope::Checklists,
    by_default: true,
    finds: "a checklist without items that its template has gained since the checklist was made",
    why: "what your team has learned since then is never asked of this partner",
    how: "run `mdboard sync PARTNER`, which adds them (`--diff` shows how), and delete what does not \
          apply",
    more: "The checklist must say which version of the template it was made from: its path, an `@`, \
           and the id that git gives to that content, or of a commit that has it. `git hash-object \
           templates/onboarding.md` prints the id of today's. A checklist that names no version, or \
           one that is not in this clone, is not compared.\n\nItems are matched as history matches \
           them, so that one that was reworded, moved or given a date in the checklist is not \
           missing. What the checklist was made without, or somebody removed from it, is not told: \
           only what is new in the template. Nor are checklists told in which nothing is open, or \
           whose status is `complete` or `cancelled`.",
    fixes: None,
    examples: &[Example {
        beside: &[
            (
                "templates/onboarding.md",
                "# Onboarding\n\n- [ ] Sign the contract\n- [ ] Name a contact for security\n- [ ] Plan the kickoff\n",
            ),
            (
                "templates/onboarding.md@4b825dc6",
                "# Onboarding\n\n- [ ] Sign the contract\n- [ ] Plan the kickoff\n",
            ),
        ],
        ..Example::checklist(
            "---\ntemplate: ⟦templates/onboarding.md@4b825dc6⟧\n---\n\n# Onboarding\n\n- [x] Sign the contract\n- [ ] Plan the kickoff\n",
            "---\ntemplate: templates/onboarding.md@4b825dc6\n---\n\n# Onboarding\n\n- [x] Sign the contract\n- [ ] Name a contact for security\n- [ ] Plan the kickoff\n",
        )
    }],
    check: Check::Project(check),
};

/// A template as it was when a checklist was made from it, and as it is.
struct Versions<'p> {
    then: String,
    today: Cow<'p, str>,
}

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    let mut known: HashMap<(RepoPath, &str), Option<Versions<'_>>> = HashMap::new();
    for page in project.asked_pages().filter(|page| page.kind == Kind::Checklist) {
        let Some(template) = Template::of(page).filter(|_| is_under_way(page)) else { continue };
        let Some(version) = template.version else { continue };
        let Some(path) = template.file(page, project) else { continue };
        let versions = known
            .entry((path.clone(), version))
            .or_insert_with(|| versions(project, &path, version));
        let Some(versions) = versions else { continue };
        let lacking = lacking(versions, &path, page, project);
        let Some(first) = lacking.first() else { continue };
        let first = shortened(&first.text);
        let message = match lacking.len() {
            1 => format!("the template has gained an item that is not here: `{first}`"),
            count => format!(
                "the template has gained {count} items that are not here; the first is `{first}`"
            ),
        };
        found.push(page.finding(&RULE, template.span, message));
    }
}

/// Whether there is anything left to do in a checklist.
fn is_under_way(page: &Page<'_>) -> bool {
    let status = page.document.front_matter.status;
    let status = status.or_else(|| page.readmes.iter().find_map(|readme| readme.status));
    let is_over = matches!(status, Some(PartnerStatus::Complete | PartnerStatus::Cancelled));
    let closed = [State::Done, State::Cancelled, State::NotApplicable];
    !is_over && page.leaves().any(|item| !closed.contains(&item.state))
}

/// A template's versions; `None` where the earlier one cannot be had, or is the one of today.
fn versions<'p>(project: &'p Project<'_>, path: &RepoPath, version: &str) -> Option<Versions<'p>> {
    let then = project.past.version(path, version)?;
    let today = match project.page(path) {
        Some(page) => Cow::Borrowed(page.text.as_str()),
        None => Cow::Owned(project.tree.text(path.as_str())?),
    };
    let then = String::from_utf8(then).ok()?;
    (then != *today).then_some(Versions { then, today })
}

/// The items that a template has gained and a checklist lacks, as `mdboard drift` tells them.
fn lacking(
    versions: &Versions<'_>,
    template: &RepoPath,
    page: &Page<'_>,
    project: &Project<'_>,
) -> Vec<template::Named> {
    let making = Making {
        template,
        checklist: &page.path,
        values: &Values::default(),
        kind: page.document.front_matter.kind.as_deref(),
        leads_to: &|_| None,
        keys: &[],
        options: project.options,
    };
    let versions = template::Versions { base: &versions.then, now: &versions.today };
    template::drift(&page.text, versions, &making).lacking
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    /// What is told of a checklist made from a version of a template that has two items more today.
    fn told(yaml: &str, body: &str) -> Vec<String> {
        let example = Example {
            beside: &[
                (
                    "templates/onboarding.md",
                    "## Legal\n\n- [ ] Sign the contract\n- [ ] Name a contact for security\n- [ ] Agree on data protection\n",
                ),
                (
                    "templates/onboarding.md@4b825dc6",
                    "## Legal\n\n- [ ] Sign the contract\n- [ ] Old step\n",
                ),
                (
                    "templates/onboarding.md@c0ffee00",
                    "## Legal\n\n- [ ] Sign the contract\n- [ ] Name a contact for security\n- [ ] Agree on data protection\n",
                ),
            ],
            ..Example::checklist("", "")
        };
        let text = format!("---\n{yaml}\n---\n\n{body}");
        let (found, _) = run(&RULE, &example, &text);
        found.iter().map(|finding| finding.message.clone()).collect()
    }

    const PINNED: &str = "template: onboarding@4b825dc6";

    #[test]
    fn what_is_new_is_counted_and_the_first_is_named() {
        assert_eq!(
            told(PINNED, "## Legal\n\n- [ ] Sign the contract\n"),
            [
                "the template has gained 2 items that are not here; the first is `Name a contact for security`"
            ]
        );
        assert_eq!(
            told(PINNED, "## Law\n\n- [ ] **Agree** on data protection (owner: @ana)\n"),
            ["the template has gained an item that is not here: `Name a contact for security`"]
        );
    }

    #[test]
    fn what_the_checklist_never_had_is_not_new() {
        let all = "## Legal\n\n- [ ] Name a contact for security\n- [x] Agree on data protection\n";
        assert_eq!(told(PINNED, all), [""; 0]);
    }

    #[test]
    fn without_a_version_to_compare_with_nothing_is_told() {
        let body = "## Legal\n\n- [ ] Sign the contract\n";
        for yaml in [
            "template: templates/onboarding.md",
            "template: templates/onboarding.md@c0ffee00",
            "template: templates/onboarding.md@0123abcd",
            "template: templates/other.md@4b825dc6",
            "template: onboarding@4b825dc6\nstatus: complete",
            "template: onboarding@4b825dc6\nstatus: cancelled",
        ] {
            assert_eq!(told(yaml, body), [""; 0], "{yaml}");
        }
        assert_eq!(told(PINNED, "## Legal\n\n- [x] Sign the contract\n"), [""; 0]);
    }
}
