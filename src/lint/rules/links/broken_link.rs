//! MB501: a link leads nowhere.

use std::collections::HashMap;

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::links::resolve::{Found, is_beside_files, resolve};
use crate::lint::rules::links::target::Target;
use crate::lint::rules::links::{targets, typos};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::BROKEN_LINK,
    category: Category::Links,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a link or image whose file is not in the repository",
    why: "whoever follows it lands on an error page, mostly a partner in their first week",
    how: "correct the path, add the file, or remove the link",
    more: "A link holds when any usual way of reading it leads somewhere: from the file's own folder, \
           from the address that a site serves the file under, or from the repository's root or a \
           folder in between; with or without `.md` and `.mdx`, and to a folder with a `README` or \
           `index` page. Links to the web are not looked up, and links with a blank to fill in \
           (`{{ url }}`, `<path>`) are left alone. Upper and lower case count, as they do on the web.",
    fixes: None,
    examples: &[
        Example {
            beside: &[("templates/icp-tracker.md", "# ICP tracker\n")],
            ..Example::template(
                "# Onboarding\n\n- [ ] Tracker filled in ([template](⟦07_icp_tracker.md⟧))\n",
                "# Onboarding\n\n- [ ] Tracker filled in ([template](icp-tracker.md))\n",
            )
        },
        Example {
            beside: &[("docs/pricing/index.md", "# Pricing\n")],
            ..Example::checklist(
                "# Onboarding\n\n- [ ] Read [our prices][prices] and [the terms](/docs/pricing/)\n\n[prices]: ⟦../docs/prices⟧\n",
                "# Onboarding\n\n- [ ] Read [our prices][prices] and [the terms](/docs/pricing/)\n\n[prices]: ../../docs/pricing\n",
            )
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    // A page of links mostly leads to few files.
    let mut leads_nowhere: HashMap<String, bool> = HashMap::new();
    for (place, target) in targets(page) {
        let Target::File(file) = target else { continue };
        if typos::of_scheme(file.written).is_some() || is_beside_files(&file.path) {
            continue;
        }
        let is_broken = match leads_nowhere.get(&file.path) {
            Some(known) => *known,
            None => {
                let is_broken = resolve(page, &file.path) == Found::Nothing;
                leads_nowhere.insert(file.path.clone(), is_broken);
                is_broken
            }
        };
        if is_broken {
            let message = format!("`{}` leads to no file", shortened(file.written));
            let finding = page.finding(&RULE, place, message);
            found.push(match advice(&file.path) {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
    }
}

/// What to do about some usual mistakes.
fn advice(path: &str) -> Option<String> {
    let host = path.split('/').next().unwrap_or_default();
    let ends = [".com", ".org", ".net", ".io", ".dev", ".eu", ".de", ".co.uk"];
    if host.starts_with("www.") || ends.iter().any(|end| host.ends_with(end)) {
        return Some(format!(
            "if it is an address on the web, write `https://{}`",
            shortened(path)
        ));
    }
    path.contains('\\').then(|| "write `/` between folders, not `\\`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, found_in};

    #[test]
    fn what_is_no_path_is_left_alone() {
        let links = [
            "https://example.com/a.md",
            "mailto:anna@example.com",
            "#legal",
            "",
            "{{ base_url }}/a.md",
            "<>",
            "url",
            "../../issues/12",
            "http//example.com",
            "file:///tmp/a.md",
        ];
        for link in links {
            assert_eq!(found(&RULE, &format!("- [ ] [a]({link})\n")), [""; 0], "{link}");
        }
        assert_eq!(found(&RULE, "`[a](b.md)`\n\n```\n[a](b.md)\n```\n"), [""; 0]);
    }

    #[test]
    fn a_link_holds_in_any_usual_reading() {
        let beside = &[
            ("partners/README.md", "# Partners\n"),
            ("partners/brackenferry/plan b.md", "# Plan\n"),
            ("site/glossary.mdx", "# Glossary\n"),
            ("logo.png", ""),
        ];
        let example = Example { beside, ..Example::checklist("", "") };
        let holds = |link: &str| found_in(&RULE, &example, &format!("[a]({link})\n")).is_empty();
        for link in [
            "plan%20b.md",
            "<plan b>",
            "./plan%20b.md#x",
            "../",
            "..",
            "../../site/glossary/",
            "../../../site/glossary/",
            "/site/glossary",
            "site/glossary/",
            "/programme/site/glossary/",
            "../../logo.png",
            "/logo.png?raw=true",
            "onboarding.md",
            "../brackenferry/",
        ] {
            assert!(holds(link), "{link}");
        }
        for link in [
            "plan.md",
            "../site/glossary/",
            "/site/terms",
            "Logo.png",
            "site\\glossary",
            "x/README.md",
        ] {
            assert!(!holds(link), "{link}");
        }
    }

    #[test]
    fn images_and_definitions_are_looked_at_and_references_told_once() {
        let text = "![a](b.png) [c][d] [e][d]\n\n[d]: f.md \"title\"\n";
        assert_eq!(found(&RULE, text), ["b.png", "f.md"]);
    }
}
