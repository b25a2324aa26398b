//! MB301: a heading seems to name a window that cannot be read.

use super::places::{self, in_heading};
use super::wording::{Label, Parenthesis, is_blank, is_labelled, is_time, parentheses};
use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule::{self, Heading, Numeric, numeric_dates};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNREADABLE_WINDOW,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a heading that seems to say when its items are due, in words that cannot be read",
    why: "its items have no due date, or that of the heading further out, and nothing tells when \
          they are late",
    how: "write days, weeks or months from the start, `(Target: Day 1–7)`, `(Week 2)`, `(Month 1)`, \
          or dates, `(Due 2026-03-31)`",
    more: "Told is a parenthesis behind `Target:`, `Due`, `by` or a word like `Deadline:` in which \
           every word is about time, and one like `(Weeks TBD)`; and what would be a window in \
           parentheses, where the closing one is missing, in square brackets (`[Week 2]`), or behind \
           a dash (`– Target: Week 2`). A quarter or a month has no first \
           day that mdboard could know: write the days. Nothing is told of `(2 hours)`, `(First 30 \
           Days)` or `Q1 2026`, which are parts of a title, and nothing where the heading names a \
           window that can be read. In a template a blank such as `(Target: ____)`, `(Day X–Y)` or \
           `(Target: TBD)` waits to be filled in; in a partner's checklist it is told.",
    fixes: None,
    examples: &[
        Example::template(
            "# Onboarding\n\n## Legal (⟦Target: Q1⟧)\n\n- [ ] Contract signed\n\n## Training \
             (⟦Weeks two to three⟧)\n\n- [ ] Training booked\n\n## Kickoff (2 hours)\n\n- [ ] Agenda sent\n",
            "# Onboarding\n\n## Legal (Target: Day 1–90)\n\n- [ ] Contract signed\n\n## Training \
             (Weeks 2–3)\n\n- [ ] Training booked\n\n## Kickoff (2 hours)\n\n- [ ] Agenda sent\n",
        ),
        Example::checklist(
            "# Onboarding\n\n## Legal (⟦Due Jul 2026⟧)\n\n- [ ] Contract signed\n\n## Training \
             (⟦Deadline: Week 2⟧)\n\n- [ ] Training booked\n\n## Kickoff (⟦Weeks TBD⟧)\n\n- [ ] Agenda sent\n",
            "# Onboarding\n\n## Legal (Due 2026-07-31)\n\n- [ ] Contract signed\n\n## Training \
             (Due Week 2)\n\n- [ ] Training booked\n\n## Kickoff (Weeks 2–3)\n\n- [ ] Agenda sent\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.document.items.is_empty() {
        return;
    }
    for (at, section) in page.document.sections.iter().enumerate() {
        let title = &*section.title;
        let is_quiet = section.window.is_some() || !title.contains(['(', '（', '[', '-', '–', '—']);
        if is_quiet || !page.is_tracked(section.span.start) || names_a_window(title) {
            continue;
        }
        let mut tell = |words: &str, help: Option<String>| {
            let span = in_heading(page, at, words);
            let span = span.unwrap_or_else(|| places::heading(page, at));
            let message = format!("`{}` names no window that can be read", shortened(words));
            let finding = page.finding(&RULE, span, message);
            found.push(match help {
                Some(help) => finding.help(help),
                None => finding,
            });
        };
        for parenthesis in parentheses(title).filter(is_time) {
            // A template leaves room for what each partner's copy is to say.
            let is_honest = page.kind == Kind::Template && is_blank(&parenthesis);
            if is_honest || is_told_elsewhere(parenthesis.value) {
                continue;
            }
            let words = title.get(parenthesis.inside.clone()).unwrap_or_default();
            tell(words, help(&parenthesis));
        }
        if let Some((words, inside)) = without_parentheses(title) {
            let right = format!("({})", inside.trim());
            if names_a_window(&right) {
                tell(words, Some(format!("write `{}`", shortened(&right))));
            }
        }
    }
}

/// Whether a heading by itself names a window. If it has none all the same, the headings around it
/// say that it means something else.
fn names_a_window(title: &str) -> bool {
    let alone = schedule::windows(&[Heading { text: title, parent: None }]);
    alone.into_iter().flatten().next().is_some()
}

/// What would be read if it stood in parentheses: it lacks the closing one, stands in square
/// brackets, or behind a dash and a label. Returned with these and without.
fn without_parentheses(title: &str) -> Option<(&str, &str)> {
    let unclosed = |open: &usize| title.get(*open..).is_some_and(|rest| !rest.contains(')'));
    if let Some(open) = title.rfind('(').filter(unclosed) {
        let words = title.get(open..)?;
        return Some((words, words.strip_prefix('(')?));
    }
    if let Some(open) = title.rfind('[') {
        let inside = title.get(open + 1..)?.split_once(']')?.0;
        return Some((title.get(open..open + inside.len() + 2)?, inside));
    }
    let dashes = [" - ", " – ", " — "].iter();
    let behind = dashes.filter_map(|dash| title.rsplit_once(dash)).map(|(_, behind)| behind);
    let words = behind.min_by_key(|behind| behind.len())?;
    is_labelled(words).then_some((words, words))
}

/// Whether another rule tells more precisely what is wrong with a date.
fn is_told_elsewhere(value: &str) -> bool {
    numeric_dates(value).any(|(_, date)| matches!(date, Numeric::TwoDays(..) | Numeric::Impossible))
}

/// What to write instead, where that is clear.
fn help(parenthesis: &Parenthesis<'_>) -> Option<String> {
    let value = parenthesis.value;
    if parenthesis.label == Label::Other && names_a_window(&format!("({value})")) {
        return Some(format!(
            "write `({value})`: mdboard reads `Target:`, `Due` and `by` before a time"
        ));
    }
    if parenthesis.label == Label::Other && names_a_window(&format!("(Due {value})")) {
        return Some(format!("write `(Due {value})`: mdboard reads `Target:`, `Due` and `by`"));
    }
    let (_, date) = numeric_dates(value).next()?;
    match date {
        Numeric::YearFirst(date) | Numeric::YearLast(date) => Some(format!("write `{date}`")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::examples::run;

    fn told(text: &str) -> Vec<String> {
        let (found, _) = run(&RULE, &Example::template("", ""), text);
        found.iter().map(|finding| finding.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn what_the_headings_around_it_explain_is_not_told() {
        for text in [
            "## Week 2\n### Call (Target: Day 3)\n- [ ] A\n",
            "## Week 1: Setup (Target: Q1)\n- [ ] A\n",
            "## How to Use (Target: Q1)\n- [ ] A\n\n## Legal\n- [ ] B\n",
            "## Legal (Target: Q1)\n\nNothing to be done.\n",
            "## Week 2, Day 3: Rules\n- [ ] A\n",
            "## Legal (Due 2026-02-30)\n- [ ] A\n",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn blanks_are_told_in_checklists_and_not_in_templates() {
        for blank in
            ["Target: ____", "Week __", "Day X–Y", "Target: TBD", "Target: [Date]", "Due Jul ____"]
        {
            let text = format!("## Legal ({blank})\n- [ ] A\n");
            assert_eq!(told(&text), [""; 0]);
            let (found, _) = run(&RULE, &Example::checklist("", ""), &text);
            assert_eq!(found.len(), 1, "{blank}");
        }
        assert_eq!(told("## Legal (Target: Q1?)\n- [ ] A\n"), ["Target: Q1?"]);
        assert_eq!(told("## Legal (Target: Day one)\n- [ ] A\n"), ["Target: Day one"]);
    }

    #[test]
    fn a_length_behind_a_label_is_told() {
        assert_eq!(told("## Plan (Target: 30–60 Days)\n- [ ] A\n"), ["Target: 30–60 Days"]);
        let both = "## A (Target: 0–30 Days)\n- [ ] A\n## B (Target: 30–60 Days)\n- [ ] A\n";
        assert_eq!(told(both), [""; 0]);
    }

    #[test]
    fn the_help_says_what_to_write() {
        for (text, help) in [
            ("## A (Due 31/12/2026)\n- [ ] A\n", "write `2026-12-31`"),
            (
                "## A (Deadline: 2026-12-31)\n- [ ] A\n",
                "write `(Due 2026-12-31)`: mdboard reads `Target:`, `Due` and `by`",
            ),
        ] {
            let (found, _) = run(&RULE, &Example::template("", ""), text);
            assert_eq!(found[0].help.as_deref(), Some(help));
        }
    }

    #[test]
    fn what_lacks_its_parentheses_is_told() {
        for (title, words) in [
            ("Legal (Target: Day 1–7", "(Target: Day 1–7"),
            ("Legal (new) (Week 2", "(Week 2"),
            ("Legal [Target: Day 3]", "[Target: Day 3]"),
            ("Legal – Target: Day 3", "Target: Day 3"),
            ("Legal - Due 2026-03-31", "Due 2026-03-31"),
        ] {
            assert_eq!(told(&format!("## {title}\n- [ ] A\n")), [words], "{title}");
        }
        for title in [
            "Legal (new",
            "Legal [new]",
            "Legal [Target: ____]",
            "Call – Week 2",
            "Call – 2026-03-31",
            "Legal – Due Diligence",
            "Week 2 – Target: Day 3",
            "Legal [Week 1] (Week 2)",
        ] {
            assert_eq!(told(&format!("## {title}\n- [ ] A\n")), [""; 0], "{title}");
        }
    }

    #[test]
    fn markup_in_the_heading_costs_the_place_only() {
        assert_eq!(told("## *A* (Target: **Q1**) Ü\r\n- [ ] A\r\n"), ["## *A* (Target: **Q1**) Ü"]);
        assert_eq!(told("**Legal (Target: Q1)**\n- [ ] A\n"), ["Target: Q1"]);
    }
}
