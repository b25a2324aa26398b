//! MB212: `related_templates` and the section of that name list different files.

use std::collections::HashSet;

use super::related::{self, KEY, Named, Section};
use super::values;
use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::{Kind, Page};
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse;
use crate::parse::{Entry, Link};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::RELATED_TEMPLATES_MISMATCH,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Templates,
    by_default: true,
    finds: "a `related_templates` that lists other files than the section of that name",
    why: "people follow the section and programs the key: they should be sent to the same places",
    how: "list the same templates in the key and in the section",
    more: "The section is the first one titled `Related Templates`, or `Related Documents`, `Files` \
           or `Checklists`, whatever its number. Compared are its links to files of the repository. \
           The key may name them by path (with or without `.md`, from the template's folder or the \
           repository's root), by file name, by title, by `template_number`, or as markdown links; \
           in a list, or in one line with commas.\n\nNothing is told where one of the two is \
           missing: a template without the key, or without the section, or with a section that links \
           to nothing. Whether the links lead anywhere is broken-link's to say.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "fills an empty `related_templates` with the files that the section links to",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::template(
            "---\ntitle: Partner onboarding\n⟦related_templates⟧:\n---\n\n- [ ] Sign the contract\n\n## Related Templates\n\n- [Kickoff](kickoff.md)\n- [Account plan](sales/account-plan.md)\n",
            "---\ntitle: Partner onboarding\nrelated_templates:\n  - kickoff.md\n  - sales/account-plan.md\n---\n\n- [ ] Sign the contract\n\n## Related Templates\n\n- [Kickoff](kickoff.md)\n- [Account plan](sales/account-plan.md)\n",
        ),
        Example::template(
            "---\ntitle: Partner onboarding\nrelated_templates: [Kickoff, ⟦exit.md⟧]\n---\n\n- [ ] Sign the contract\n\n## Related Templates\n\n- [Kickoff](kickoff.md)\n- ⟦[Account plan](sales/account-plan.md)⟧\n",
            "---\ntitle: Partner onboarding\nrelated_templates: [Kickoff, account-plan]\n---\n\n- [ ] Sign the contract\n\n## Related Templates\n\n- [Kickoff](kickoff.md)\n- [Account plan](sales/account-plan.md)\n",
        )
        .by_hand(),
    ],
    check: Check::Project(check),
};

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    for page in project.asked_pages().filter(|page| page.kind == Kind::Template) {
        let Some(entry) = page.field(KEY) else { continue };
        let Some(section) = Section::of(page) else { continue };
        let links: Vec<&Link> = section.files(page).collect();
        if links.is_empty() {
            continue;
        }
        if values::is_blank(&entry.value) {
            found.push(empty(page, entry, &section, &links));
        } else {
            compare(project, page, entry, &section, &links, found);
        }
    }
}

/// The key is empty.
fn empty(page: &Page<'_>, entry: &Entry, section: &Section<'_>, links: &[&Link]) -> Finding {
    let count = match files(links).len() {
        1 => "a file".to_owned(),
        count => format!("{count} files"),
    };
    let title = shortened(section.title);
    let message = format!("`{KEY}` is empty, but the section `{title}` lists {count}");
    let finding = page.finding(&RULE, entry.key_span, message);
    finding.maybe_fix(fill(page, entry, links))
}

/// The files that links lead to, each once.
fn files<'l>(links: &[&'l Link]) -> Vec<&'l str> {
    let mut seen = HashSet::new();
    let all = links.iter().map(|link| link.destination.as_str());
    all.filter(|file| seen.insert(*file)).collect()
}

/// Writes a list below the key, where nothing is in its way.
fn fill(page: &Page<'_>, entry: &Entry, links: &[&Link]) -> Option<Fix> {
    let line = page.line(page.line_of(entry.key_span.start));
    let behind = page.slice(Span::new(entry.key_span.end, line.end));
    let value = behind.trim_start_matches(['"', '\'', ' ']).strip_prefix(':')?;
    let says_nothing = ["", "[]", "~", "null", "\"\"", "''"].contains(&value.trim());
    let next = page.slice(Span::new(line.end, page.text.len())).trim_start_matches(['\r', '\n']);
    let goes_on =
        next.starts_with([' ', '\t']) || next.starts_with('-') && !next.starts_with("---");
    if !values::begins_line(page, entry) || !says_nothing || goes_on {
        return None;
    }
    let mut list = String::new();
    for file in files(links) {
        list.push_str(page.line_end());
        list.push_str("  - ");
        list.push_str(&parse::scalar(file)?);
    }
    let place = Span::new(line.end - value.len(), line.end);
    Some(Fix::safe([Edit::replace(place, list)]))
}

/// Both list something.
fn compare(
    project: &Project<'_>,
    page: &Page<'_>,
    entry: &Entry,
    section: &Section<'_>,
    links: &[&Link],
    found: &mut Vec<Finding>,
) {
    let named = related::named(entry);
    let named: Vec<(&Named<'_>, Vec<String>)> =
        named.iter().map(|named| (named, named.keys(page))).collect();
    let in_key: HashSet<&str> =
        named.iter().flat_map(|(_, keys)| keys).map(String::as_str).collect();
    let mut in_section: HashSet<String> = section.lines(page).into_iter().collect();
    for link in links {
        let keys = related::keys_of(link, page, project);
        if !keys.iter().any(|key| in_key.contains(key.as_str())) {
            let file = shortened(&link.destination);
            let finding = page.finding(&RULE, link.span, format!("`{KEY}` lacks `{file}`"));
            found.push(finding.help(format!("add `{file}` to `{KEY}`, or remove the link")));
        }
        in_section.extend(keys);
    }
    for (named, keys) in named.iter().filter(|(named, _)| !named.is_elsewhere()) {
        if !keys.iter().any(|key| in_section.contains(key)) {
            let (name, title) = (shortened(named.written), shortened(section.title));
            let message = format!("the section `{title}` does not link to `{name}`");
            let finding = page.finding(&RULE, named.span, message);
            found.push(finding.help(format!("add the link, or remove `{name}` from `{KEY}`")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    const SECTION: &str = "## 8. Related Templates:\n\n- [Kickoff](../sales/02_kickoff.md)\n- <https://example.com>\n";

    fn example() -> Example {
        Example {
            path: "templates/legal/onboarding.md",
            beside: &[(
                "templates/sales/02_kickoff.md",
                "---\ntitle: First meeting\ntemplate_number: II.2\n---\n",
            )],
            ..Example::template("", "")
        }
    }

    fn told(yaml: &str, section: &str) -> Vec<String> {
        let text = format!("---\ntitle: A\n{yaml}\n---\n\n{section}");
        let (found, _) = run(&RULE, &example(), &text);
        found.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn a_file_has_many_names() {
        for name in [
            "../sales/02_kickoff.md",
            "\"../sales/02_kickoff\"",
            "templates/sales/02_kickoff.md",
            "/templates/sales/02_kickoff.md",
            "sales/02_kickoff",
            "02_kickoff.md",
            "02_Kickoff",
            "kickoff",
            "Kickoff",
            "First Meeting",
            "II.2",
            "\"[Any](02_kickoff.md)\"",
            "\"[[02_kickoff]]\"",
            "Kickoff, https://example.com",
            "[Kickoff, https://example.com]",
            "\n  - title: Other\n    path: 02_kickoff.md",
            "\n  - Kickoff",
        ] {
            assert_eq!(told(&format!("related_templates: {name}"), SECTION), [""; 0], "{name}");
        }
        let other = told("related_templates: kickoff-2", SECTION);
        assert_eq!(other.len(), 2, "{other:?}");
    }

    #[test]
    fn where_one_is_missing_nothing_is_compared() {
        assert_eq!(told("related_templates: other.md", "## Other\n"), [""; 0]);
        assert_eq!(told("section: a", SECTION), [""; 0]);
        for body in
            ["Ask Ana.", "- [Site](https://example.com)", "- [Here](#here)", "- ![L](l.png)"]
        {
            let section = format!("## Related Templates\n\n{body}\n\n## More\n\n[a](a.md)\n");
            assert_eq!(told("related_templates:", &section), [""; 0], "{body}");
            assert_eq!(told("related_templates: other.md", &section), [""; 0], "{body}");
        }
    }

    #[test]
    fn a_file_that_is_named_without_a_link_is_named() {
        let section = "## Related documents\n\n- [Kickoff](k.md)\n- Exit interview\n";
        assert_eq!(told("related_templates: [kickoff, exit interview]", section), [""; 0]);
    }

    #[test]
    fn an_empty_list_is_filled_in() {
        let mended = |line: &str, section: &str| {
            let text = format!("---\r\ntitle: A\r\n{line}\r\nowner:\r\n---\r\n\r\n{section}");
            let (found, mended) = run(&RULE, &example(), &text);
            assert_eq!(found.len(), 1, "{line}");
            let (left, again) = run(&RULE, &example(), &mended);
            assert!(mended == text || left.is_empty(), "{left:?}");
            assert_eq!(again, mended);
            mended.replace("\r\n", "|")
        };
        let twice =
            "## Related Templates\n\n[a](<a b.md>) [b](a%20b.md) [a](<a b.md>) [c](../c: d.md)";
        let filled = "---|title: A|related_templates:|  - a b.md|  - \"a%20b.md\"|owner:|---||";
        for line in ["related_templates:", "related_templates: []", "related_templates: ~"] {
            assert!(mended(line, twice).starts_with(filled), "{}", mended(line, twice));
        }
        for line in ["related_templates: # later", "related_templates:\r\n  - "] {
            assert!(mended(line, twice).contains(&line.replace("\r\n", "|")), "{line}");
        }
    }
}
