//! MB201: a file has no front matter.

use super::keys;
use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, Severity};
use crate::parse;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MISSING_FRONT_MATTER,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a file with items that must have keys in its front matter, and has none at all",
    why: "what your team has agreed to write at the top of every such file is not written anywhere",
    how: "begin the file with a line `---`, the keys, and another line `---`",
    more: "Which keys a file must have is what `required` says in `[lint.templates]` and \
           `[lint.checklists]` of mdboard.toml. Unless you say otherwise, a template needs a \
           `title` and a checklist needs nothing: many good checklists have no front matter, and \
           the board reads them as well as any other. With `required = []` this rule is silent. \
           Files without a single item, such as a guide beside the templates, are never told, nor \
           is a checklist whose required keys all stand in the `README.md` of its folder. (A \
           checklist that needs a start date to know its days is told by missing-start-date.)",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "writes a front matter with the file's first heading as its `title`, where nothing \
               else is required",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::template(
            "# Partner onboarding\n\n- [ ] Sign the contract\n",
            "---\ntitle: Partner onboarding\n---\n\n# Partner onboarding\n\n- [ ] Sign the contract\n",
        ),
        Example {
            config: "[lint.checklists]\nrequired = [\"owner\", \"start_date\"]\n",
            ..Example::checklist(
                "# Onboarding of Brackenferry\n\n- [ ] Sign the contract\n",
                "---\nowner: ana\nstart_date: 2026-03-02\n---\n\n# Onboarding of Brackenferry\n\n- [ ] Sign the contract\n",
            )
        }
        .by_hand(),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    // One that is not closed is told as such, whatever could be read of it.
    let is_open = |told: &Diagnostic| told.code == codes::UNCLOSED_FRONT_MATTER;
    let has_some = page.document.front_matter.span.is_some()
        || !page.fields.is_empty()
        || page.document.diagnostics.iter().any(is_open);
    if has_some || page.document.items.is_empty() {
        return;
    }
    let missing: Vec<&str> = keys::missing(page).collect();
    if missing.is_empty() {
        return;
    }
    let wanted: Vec<String> = missing.iter().map(|key| format!("`{}`", shortened(key))).collect();
    let message = format!("there is no front matter, and so no {}", wanted.join(", "));
    let finding = Finding::of_file(&RULE, &page.path, message);
    found.push(finding.maybe_fix(fix(page, &missing)));
}

fn fix(page: &Page<'_>, missing: &[&str]) -> Option<Fix> {
    let heading = page.document.heading.as_deref().filter(|_| missing == ["title"])?;
    let (title, end) = (parse::scalar(heading)?, page.line_end());
    let block = format!("---{end}title: {title}{end}---{end}{end}");
    Some(Fix::unsafe_([Edit::insert(page.syntax.body, block)]))
}
