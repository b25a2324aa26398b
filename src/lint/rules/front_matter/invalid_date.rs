//! MB208: a date in the front matter cannot be read.

use super::values;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::{Numeric, numeric_dates};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::INVALID_DATE,
    category: Category::FrontMatter,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a `start_date`, `start`, `due` or `last_updated` of the front matter that is no date mdboard reads",
    why: "without a start the days of the checklist count from the first commit, or from nowhere, and nobody can tell how old a template is",
    how: "write the date as `YYYY-MM-DD`: the year, the month and the day, each with its zeros",
    more: "A time behind the date is fine, and `due` may count from the start: `+30d`. A date in \
           another order, such as `03/04/2026`, is not guessed: it is another day in London than in \
           New York. A date of the right form that the calendar does not have is told by \
           impossible-date. A `last_updated` without a number, such as `YYYY-MM-DD`, is a blank to be \
           filled in and not told.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "rewrites a date that begins with the year, such as `2026/3/1` or `2026.03.01`",
        changes: &[Part::FrontMatter],
    }),
    examples: &[
        Example::checklist(
            "---\nstart_date: ⟦2026/3/1⟧\ndue: ⟦\"2026.06.30\"⟧ # the fiscal year\n---\n\n- [ ] Sign the contract\n",
            "---\nstart_date: 2026-03-01\ndue: \"2026-06-30\" # the fiscal year\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\nstart_date: ⟦1 March 2026⟧\n---\n\n- [ ] Sign the contract\n",
            "---\nstart_date: 2026-03-01\n---\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let entry = values::entry_at(page, finding.span)?;
    let text = values::text(&entry.value)?;
    let (range, Numeric::YearFirst(day)) = numeric_dates(text).next()? else { return None };
    if range != (0..text.len()) {
        return None;
    }
    let place = values::place_of(page, &entry.value, text)?;
    Some(Fix::safe([Edit::replace(place, day.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::rules::schedule::impossible_date;
    use crate::lint::tests::examples::{found_in, run};

    #[test]
    fn the_day_of_the_last_change_is_read_as_others_are() {
        let example = Example::template("", "");
        let text = |day: &str| format!("---\nlast_updated: {day}\n---\n\n- [ ] Sign\n");
        for day in ["Jun 2024", "2024/6/1", "31/12/2024"] {
            assert_eq!(found_in(&RULE, &example, &text(day)), [day]);
        }
        let (_, mended) = run(&RULE, &example, &text("2024/6/1"));
        assert_eq!(mended, text("2024-06-01"));
        let impossible = found_in(&impossible_date::RULE, &example, &text("2024-02-31"));
        assert_eq!(impossible, ["2024-02-31"]);
        for fine in ["YYYY-MM-DD", "\"{{date}}\"", "", "2024-06-01", "2024-06-01 09:30", "TBD"] {
            assert_eq!(found_in(&RULE, &example, &text(fine)), [""; 0], "{fine}");
        }
    }
}
