//! MB210: `last_updated` is older than the last change.

use super::values;
use crate::dates::Date;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::{Kind, Page};
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::diagnostic::codes;
use crate::model::{RepoPath, Severity};
use crate::source::Span;

const KEY: &str = "last_updated";

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::STALE_LAST_UPDATED,
    category: Category::FrontMatter,
    severity: Severity::Info,
    scope: Scope::Templates,
    by_default: true,
    finds: "a `last_updated` that is older than the last commit that changed the file",
    why: "readers take the template for older than it is, and stop trusting the date",
    how: "write the day of the last change, or remove the key: git knows it anyway",
    more: "It is compared with the day on which the author made the newest commit that touched the \
           file; changes that are not committed yet do not count. Many teams let this date lie, so \
           it is only a notice. Templates without the key are not told, and a \
           `last_updated` that is no date is told by invalid-date or impossible-date.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "writes today's date: the fix itself changes the file, so the day of the last commit \
               would be too old as soon as it is committed",
        changes: &[Part::FrontMatter],
    }),
    examples: &[Example {
        changed: &[("templates/onboarding.md", "2026-02-10")],
        ..Example::template(
            "---\ntitle: Partner onboarding\nlast_updated: ⟦2024-06-10⟧\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: Partner onboarding\nlast_updated: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        )
    }],
    check: Check::Project(check),
};

/// A template that says when it was last changed.
struct Dated<'p> {
    page: &'p Page<'p>,
    /// Where it says so.
    place: Span,
    day: Date,
}

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    let templates = project.asked_pages().filter(|page| page.kind == Kind::Template);
    let dated: Vec<Dated<'_>> = templates.filter_map(dated).collect();
    let paths: Vec<&RepoPath> = dated.iter().map(|dated| &dated.page.path).collect();
    if paths.is_empty() {
        return;
    }
    let changed = project.past.last_changed(&paths);
    for Dated { page, place, day } in dated {
        let Some(last) = changed.get(&page.path).filter(|last| **last > day) else { continue };
        let message = format!("the file was last changed on {last}, not on {day}");
        let today = project.today.max(*last).to_string();
        let fix = Fix::unsafe_([Edit::replace(place, today)]);
        found.push(page.finding(&RULE, place, message).fix(fix));
    }
}

fn dated<'p>(page: &'p Page<'_>) -> Option<Dated<'p>> {
    let value = &page.field(KEY)?.value;
    let text = values::text(value)?;
    let (day, rest) = text.split_at_checked("YYYY-MM-DD".len())?;
    if rest.starts_with(|c: char| !matches!(c, 'T' | 't' | ' ')) {
        return None;
    }
    let place = values::place_of(page, value, day)?;
    Some(Dated { page, place, day: day.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    /// The line of a `last_updated` that is told, as the fix leaves it.
    fn mended(written: &str, changed: &'static [(&'static str, &'static str)]) -> Option<String> {
        let example = Example { changed, ..Example::template("", "") };
        let text = format!("---\nlast_updated: {written}\n---\n\n- [ ] Sign\n");
        let (found, mended) = run(&RULE, &example, &text);
        let line = mended.lines().nth(1).expect("there is a second line").to_owned();
        (!found.is_empty()).then_some(line)
    }

    #[test]
    fn only_a_date_that_is_older_is_told() {
        let told = |written: &str| mended(written, &[("templates/onboarding.md", "2026-02-10")]);
        assert_eq!(told("'2026-02-09' # ana").as_deref(), Some("last_updated: '2026-03-02' # ana"));
        assert_eq!(
            told("2026-02-09T10:00:00Z").as_deref(),
            Some("last_updated: 2026-03-02T10:00:00Z")
        );
        for fine in [
            "2026-02-10",
            "2026-03-01",
            "June 2024",
            "2024-02-31",
            "2024/6/1",
            "2026-02-090",
            "",
            "[2024-06-10]",
        ] {
            assert_eq!(told(fine), None, "{fine}");
        }
        assert_eq!(mended("2024-06-10", &[]), None, "not committed");
    }

    #[test]
    fn a_clock_that_is_wrong_does_not_keep_the_date_stale() {
        let after_today = mended("2026-02-09", &[("templates/onboarding.md", "2026-05-01")]);
        assert_eq!(after_today.as_deref(), Some("last_updated: 2026-05-01"));
    }
}
