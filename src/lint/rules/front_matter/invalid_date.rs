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
    finds: "a `start_date`, `start` or `due` of the front matter that is no date mdboard reads",
    why: "without it the days of the checklist count from the first commit, or from nowhere",
    how: "write the date as `YYYY-MM-DD`: the year, the month and the day, each with its zeros",
    more: "A time behind the date is fine, and `due` may count from the start: `+30d`. A date in \
           another order, such as `03/04/2026`, is not guessed: it is another day in London than in \
           New York. A date of the right form that the calendar does not have is told by \
           impossible-date.",
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
