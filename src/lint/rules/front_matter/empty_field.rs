//! MB205: a key has no value.

use super::{keys, related, values};
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::Entry;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::EMPTY_FIELD,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a key of the front matter with nothing behind it",
    why: "it looks as if somebody had filled it in, and the board, or whoever reads on, goes without",
    how: "write the value behind the key, or remove the line",
    more: "Told are keys that mean something to the board, and keys that `required` in mdboard.toml \
           asks for. In a template these are the keys about the template itself: `title`, \
           `section`, `template_number`, `last_updated`, `description`, `related_templates` and \
           `keywords`. The others (`partner`, `start_date`, `owner` and so on) are blanks there, to \
           be filled in for each partner. In a checklist a blank is not told where the `README.md` \
           of its folder gives the value.\n\nA key that says in so many words that there is \
           nothing (`[]`, `~` or `null`) is told only where it is required. Where \
           `related_templates` is empty and a section of the template lists some, \
           related-templates-mismatch tells it and offers to fill it in.\n\n`description: >` \
           announces a text on the lines below. Where those are not indented, or belong to the next \
           key, there is none.",
    fixes: None,
    examples: &[
        Example::template(
            "---\ntitle: Partner onboarding\n⟦description⟧: >\nkeywords: [onboarding]\nstart_date:\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: Partner onboarding\ndescription: >\n  The first 90 days with a new partner.\nkeywords: [onboarding]\nstart_date:\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\npartner: Brackenferry\n⟦owner⟧:\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
            "---\npartner: Brackenferry\nowner: ana\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let told = told(page);
    for entry in &page.fields {
        let key = entry.key.as_str();
        let is_required = keys::required(page).iter().any(|required| required == key);
        let may_be_told = is_required
            || told.contains(&key) && !says_nothing(page, entry) && !keys::is_inherited(page, key);
        if !may_be_told || !values::is_blank(&entry.value) {
            continue;
        }
        if key == related::KEY && related::Section::of(page).is_some_and(|it| it.has_files(page)) {
            continue;
        }
        let message = format!("`{}` has no value", shortened(key));
        let finding = page.finding(&RULE, entry.key_span, message);
        found.push(match help(page, entry) {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
}

/// The keys that must say something if they are there.
fn told(page: &Page<'_>) -> &'static [&'static str] {
    match page.kind {
        Kind::Template => &keys::OF_TEMPLATES,
        _ if keys::is_partners(page) => &keys::OF_CHECKLISTS,
        _ => &[],
    }
}

/// Whether a value says that there is nothing.
fn says_nothing(page: &Page<'_>, entry: &Entry) -> bool {
    let written = page.slice(entry.value.span).trim().to_lowercase();
    ["[]", "{}", "~", "null"].contains(&written.as_str())
}

fn help(page: &Page<'_>, entry: &Entry) -> Option<String> {
    let line = page.line(page.line_of(entry.key_span.start));
    let key = shortened(&entry.key);
    let written = page.slice(line);
    if written.ends_with(['>', '|']) {
        if has_text_below(page, line.end) {
            return Some(format!(
                "indent the text below `{key}` by two spaces: at the beginning of a line it is no part of it"
            ));
        }
        return Some(format!(
            "write the text on the line below `{key}`, indented by two spaces, or remove the line"
        ));
    }
    let is_day = ["start_date", "start", "due", "last_updated"].contains(&entry.key.as_str());
    is_day.then(|| format!("write the day as `{key}: YYYY-MM-DD`, or remove the line"))
}

/// Whether the line that ends at a byte is followed by words that can be no key: a text that
/// somebody forgot to indent.
fn has_text_below(page: &Page<'_>, end: usize) -> bool {
    let below = page.text.get(end..).unwrap_or_default();
    let line = below.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let key = line.split_once(':').map_or(line, |(key, _)| key);
    line.starts_with(char::is_alphanumeric) && key.trim().contains(' ')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    /// The keys that are told of a front matter.
    fn told(example: &Example, yaml: &str, body: &str) -> Vec<String> {
        let text = format!("---\n{yaml}\n---\n\n{body}- [ ] Sign\n");
        let (found, _) = run(&RULE, example, &text);
        let here = found.iter().filter(|finding| finding.path.as_str() == example.path);
        here.map(|finding| finding.span.slice(&text).to_owned()).collect()
    }

    #[test]
    fn blanks_of_a_template_are_meant_to_be_filled_in_later() {
        let template = Example::template("", "");
        let yaml = "partner:\nstart_date:\nstart:\nowner:\nowners:\ndue:\nstatus: \"\"\ntype:\ntags:\ntemplate:\nother:";
        assert_eq!(told(&template, yaml, ""), [""; 0]);
        let yaml = "title:\nsection: ''\ntemplate_number: # later\nlast_updated:\ndescription: |\nkeywords:\n  -";
        assert_eq!(
            told(&template, yaml, ""),
            ["title", "section", "template_number", "last_updated", "description", "keywords"]
        );
    }

    #[test]
    fn a_folded_text_has_to_be_indented() {
        let template = Example::template("", "");
        assert_eq!(told(&template, "description: >\n  A text\nsection: A", ""), [""; 0]);
        assert_eq!(told(&template, "description: >\n\n\nsection: A", ""), ["description"]);
    }

    #[test]
    fn the_help_sees_a_text_that_is_not_indented() {
        for (below, help) in [
            (
                "Plan the launch: in ten steps",
                "indent the text below `description` by two spaces: at the beginning of a line it is no part of it",
            ),
            (
                "section: A plan",
                "write the text on the line below `description`, indented by two spaces, or remove the line",
            ),
        ] {
            let text = format!("---\ntitle: A\ndescription: >\n{below}\n---\n\n- [ ] Sign\n");
            let (found, _) = run(&RULE, &Example::template("", ""), &text);
            assert_eq!(found[0].help.as_deref(), Some(help));
        }
    }

    #[test]
    fn what_is_said_elsewhere_is_not_missed() {
        let readme = Example {
            beside: &[("partners/brackenferry/README.md", "---\nowner: ana\n---\n")],
            ..Example::checklist("", "")
        };
        assert_eq!(told(&readme, "owner:\nstart_date:", ""), ["start_date"]);
        assert_eq!(told(&readme, "description:\ntags: []\ndue: ~\nstatus: null", ""), [""; 0]);
        let template = Example::template("", "");
        let section = "## Related Templates\n\n- [Kickoff](kickoff.md)\n\n";
        assert_eq!(told(&template, "related_templates:", section), [""; 0]);
        assert_eq!(told(&template, "related_templates:", ""), ["related_templates"]);
    }

    #[test]
    fn what_is_required_must_say_something() {
        let config = Example {
            config: "[lint.templates]\nrequired = [\"owner\", \"tier\"]\n",
            ..Example::template("", "")
        };
        assert_eq!(told(&config, "owner: ~\ntier:\nphase:", ""), ["owner", "tier"]);
    }

    #[test]
    fn the_readme_of_a_partner_is_looked_at_and_no_other_file() {
        let at = |path| Example { path, ..Example::checklist("", "") };
        let text = "---\nowner:\n---\n\nA text.\n";
        let found = |path| run(&RULE, &at(path), text).0.len();
        assert_eq!(found("partners/brackenferry/README.md"), 1);
        assert_eq!(found("partners/brackenferry/notes.md"), 0);
        assert_eq!(found("docs/README.md"), 0);
    }
}
