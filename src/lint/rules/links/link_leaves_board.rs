//! MB504: a link leads out of the repository.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::links::resolve::{Found, resolve};
use crate::lint::rules::links::target::Target;
use crate::lint::rules::links::targets;
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::LINK_LEAVES_BOARD,
    category: Category::Links,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a link to a place on somebody's disk: above the repository, in a home folder, on a drive or a share",
    why: "it works on one computer, and tells everybody else nothing but how that one's folders are called",
    how: "put the file into the repository, or link to where everybody can read it",
    more: "Links that climb from the files to other pages of the hosting service, such as \
           `../../issues`, are left alone. A link that begins with `/` is read from the repository's \
           root: see broken-link.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Onboarding\n\n- [ ] [Contract](⟦file:///C:/Users/anna/contract.pdf⟧) signed\n",
            "# Onboarding\n\n- [ ] [Contract](https://files.example.com/contract.pdf) signed\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] [Prices](⟦../../../prices.md⟧) agreed\n",
            "# Onboarding\n\n- [ ] [Prices](../../prices.md) agreed\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (place, target) in targets(page) {
        let message = match target {
            Target::Disk => {
                format!("`{}` is a place on one computer", shortened(page.slice(place)))
            }
            Target::File(file)
                if file.path.contains("..") && resolve(page, &file.path) == Found::Outside =>
            {
                format!("`{}` leads out of the repository", shortened(file.written))
            }
            _ => continue,
        };
        found.push(page.finding(&RULE, place, message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::examples::found;

    #[test]
    fn what_a_site_or_a_hosting_service_reads_otherwise_is_left_alone() {
        for link in ["../../../issues", "../../wiki/Home", "/about/", "https://example.com/../x"] {
            assert_eq!(found(&RULE, &format!("[a]({link})\n")), [""; 0], "{link}");
        }
    }

    #[test]
    fn drives_shares_and_home_folders_are_told() {
        for link in [
            r"C:\a\b.md",
            "c:/a.md",
            "FILE:///a",
            "/home/anna/a.md",
            "~/docs/x.md",
            "../../../../a.md",
        ] {
            assert_eq!(found(&RULE, &format!("[a]({link})\n")), [link], "{link}");
        }
    }
}
