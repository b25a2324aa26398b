//! MB302: a window ends before it begins.

use super::places::{Windows, due_of};
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::schedule;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::REVERSED_WINDOW,
    category: Category::Schedule,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "a window that names its last day before its first one",
    why: "mdboard reads it the other way round, but one of the two numbers may be a typing error",
    how: "write the first day first, or correct the number that is wrong",
    more: "`Day 7–1` is read as `Day 1–7`. If `Day 7–11` was meant, everything under the heading \
           is due much too early, and the fix would lose the only trace of that: it is made only \
           with `--unsafe-fixes`. Look at each heading before you ask for it.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "exchanges the two numbers in the heading, which is how they are read already.",
        changes: &[Part::Sections],
    }),
    examples: &[
        Example::template(
            "# Onboarding\n\n## Legal (Target: ⟦Day 7–1⟧)\n\n- [ ] Contract signed\n",
            "# Onboarding\n\n## Legal (Target: Day 1–7)\n\n- [ ] Contract signed\n",
        ),
        Example::checklist(
            "# Launch\n\n## Campaign (⟦2026-03-31 – 2026-03-05⟧)\n\n- [ ] Banner online\n",
            "# Launch\n\n## Campaign (2026-03-05 – 2026-03-31)\n\n- [ ] Banner online\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] ⟦Day 5-4⟧: Training booked\n",
            "# Onboarding\n\n- [ ] Day 4-5: Training booked\n",
        )
        .by_hand(),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let windows = Windows::of(page);
    for (at, _) in windows.all() {
        let Some(written) = windows.written(at).filter(|written| written.is_reversed) else {
            continue;
        };
        let message = format!("`{}` names its last day first", windows.words(at));
        let fix = windows
            .exact(at)
            .zip(written.turned.clone())
            .map(|(span, turned)| Fix::unsafe_([Edit::replace(span, turned)]));
        let finding = page.finding(&RULE, windows.place(at), message);
        found.push(turned(finding, written.turned.as_deref()).maybe_fix(fix));
    }
    for item in page.document.items.iter().filter(|item| item.window.is_some()) {
        let written = schedule::item_written(&item.text).filter(|written| written.is_reversed);
        let Some(written) = written else { continue };
        let message = format!("`{}` names its last day first", written.span.slice(&item.text));
        let span = due_of(page, item);
        found.push(turned(page.finding(&RULE, span, message), written.turned.as_deref()));
    }
}

/// A finding that says how the window is written the right way round.
fn turned(finding: Finding, turned: Option<&str>) -> Finding {
    match turned {
        Some(turned) => {
            finding.help(format!("write `{turned}`, or correct the number that is wrong"))
        }
        None => finding,
    }
}
