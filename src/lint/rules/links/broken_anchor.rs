//! MB502: a link leads to a heading that is not there.

use std::collections::HashMap;

use crate::config::{nearest, shortened};
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::project::{Entry, Project};
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::links::anchors::Anchors;
use crate::lint::rules::links::resolve::{Found, resolve};
use crate::lint::rules::links::target::{FileTarget, Target};
use crate::lint::rules::links::targets;
use crate::model::diagnostic::codes;
use crate::model::{RepoPath, Severity};
use crate::parse;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::BROKEN_ANCHOR,
    category: Category::Links,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a link to a heading (`#legal`, `plan.md#legal`) that its file does not have",
    why: "the page opens at its top, and the reader looks for the passage by hand; mostly the heading was renamed",
    how: "copy the heading's link from the rendered page, or take the `#…` off",
    more: "Headings are known by what GitHub makes of them: `## 2. Legal & NDA` is `#2-legal--nda`. \
           Since generators of sites write some of them differently, case, dashes and punctuation do \
           not count. `<a id=\"…\">`, `<a name=\"…\">` and `{#id}` give a place a name of its own. \
           Links into files that are no markdown, and to lines (`#L10`), are not looked at.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Onboarding\n\n- [ ] Done with [the contract](⟦#legal-and-contract⟧)\n\n## Legal & contracts\n\n- [ ] NDA signed\n",
            "# Onboarding\n\n- [ ] Done with [the contract](#legal--contracts)\n\n## Legal & contracts\n\n- [ ] NDA signed\n",
        ),
        Example {
            beside: &[("docs/glossary.md", "# Glossary\n\n## MDF\n\n## Deal registration\n")],
            ..Example::checklist(
                "# Onboarding\n\n- [ ] Explain [deals](⟦../../docs/glossary.md#deal-desk⟧)\n",
                "# Onboarding\n\n- [ ] Explain [deals](../../docs/glossary.md#deal-registration)\n",
            )
        },
    ],
    check: Check::Project(check),
};

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    let mut files = Files { project, read: HashMap::new() };
    for page in project.asked_pages() {
        for (place, target) in targets(page) {
            let Target::File(FileTarget { written, path, fragment: Some(fragment) }) = target
            else {
                continue;
            };
            if !names_heading(&fragment) {
                continue;
            }
            let Found::At(at, Entry::File) = resolve(page, &path) else { continue };
            let Some(anchors) = files.anchors(&at) else { continue };
            if anchors.hold(&fragment) {
                continue;
            }
            let named = shortened(&fragment);
            let message = match written {
                "" => format!("no heading of this file is `#{named}`"),
                other => format!("no heading of `{}` is `#{named}`", shortened(other)),
            };
            let near = nearest(&fragment, anchors.slugs.iter().map(String::as_str));
            let finding = page.finding(&RULE, place, message);
            found.push(match near {
                Some(near) => finding.help(format!("did you mean `#{near}`?")),
                None => finding,
            });
        }
    }
}

/// Whether a fragment names a heading: not the top of a page, a line, or words to be searched for.
fn names_heading(fragment: &str) -> bool {
    let line = fragment.strip_prefix('L').unwrap_or_default();
    let is_line = line.starts_with(|c: char| c.is_ascii_digit());
    !(fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        || is_line
        || fragment.starts_with(":~:")
        || fragment.starts_with(['!', '/'])
        || fragment.contains('='))
}

/// The anchors of files, each read once.
struct Files<'p, 'a> {
    project: &'p Project<'a>,
    read: HashMap<String, Option<Anchors>>,
}

impl Files<'_, '_> {
    /// The anchors of a file; `None` where it is no markdown or cannot be read.
    fn anchors(&mut self, path: &str) -> Option<&Anchors> {
        let project = self.project;
        let read = || {
            let end = path.rsplit_once('.').map(|(_, end)| end.to_lowercase())?;
            if !["md", "mdx", "markdown"].contains(&end.as_str()) {
                return None;
            }
            let path = RepoPath::new(path);
            if let Some(Page { text, syntax, .. }) = project.page(&path) {
                return Some(Anchors::read(text, syntax));
            }
            let text = project.tree.text(path.as_str())?;
            Some(Anchors::read(&text, &parse::syntax(&path, &text)))
        };
        self.read.entry(path.to_owned()).or_insert_with(read).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, found_in};

    #[test]
    fn what_names_no_heading_is_left_alone() {
        for link in ["#", "#top", "#L10", "#:~:text=legal", "gone.md#x", "https://example.com/#x"] {
            assert_eq!(found(&RULE, &format!("[a]({link})\n")), [""; 0], "{link}");
        }
        let beside = &[("plan.pdf", ""), ("docs/b.md", "# Bé\n")];
        let example = Example { beside, ..Example::checklist("", "") };
        let text = "[a](/plan.pdf#page2) [b](/docs/#x) [c](/docs/b#b%C3%A9)\n";
        assert_eq!(found_in(&RULE, &example, text), [""; 0]);
        assert_eq!(found_in(&RULE, &example, "[c](/docs/b/#be)\n"), ["/docs/b/#be"]);
    }
}
