//! Windows, due dates and start dates: what cannot be read, and what cannot be meant.

pub mod ambiguous_date;
mod calendar;
pub mod due_before_start;
pub mod due_outside_window;
pub mod future_start_date;
pub mod impossible_date;
pub mod missing_start_date;
mod places;
pub mod reversed_window;
pub mod unreadable_date;
pub mod unreadable_window;
pub mod unscheduled_item;
pub mod weekend_due;
pub mod window_outside_parent;
mod wording;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[
    &unreadable_window::RULE,
    &reversed_window::RULE,
    &window_outside_parent::RULE,
    &due_outside_window::RULE,
    &due_before_start::RULE,
    &missing_start_date::RULE,
    &ambiguous_date::RULE,
    &impossible_date::RULE,
    &unreadable_date::RULE,
    &future_start_date::RULE,
    &weekend_due::RULE,
    &unscheduled_item::RULE,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RULES;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    /// Pieces that put together make dates and windows in all kinds of places.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "## ",
            "# ",
            "- [ ] ",
            "  - [x] ",
            "**",
            "> ",
            "---\n",
            "(",
            ")",
            "（",
            "start_date: ",
            "due: ",
            "due:",
            "📅 ",
            "@due(",
            "Target: ",
            "Due ",
            "Day ",
            "Weeks ",
            "Month ",
            "T-",
            "7",
            "1",
            "–",
            "-14",
            "2026-03-07",
            "2026-02-30",
            "3/4/2026",
            "2026/3/9",
            "31.12.26",
            "+2w",
            "10b",
            "Q1",
            "TBD",
            "____",
            "Ongoing",
            ", kickoff ",
            ": ",
            "Ü🚀",
            "\u{feff}",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_looked_at_without_a_panic(pieces in prop::collection::vec(piece(), 0..40)) {
            let text = pieces.concat();
            for rule in RULES {
                for example in [Example::checklist("", ""), Example::template("", "")] {
                    let (found, _) = run(rule, &example, &text);
                    for finding in found {
                        let span = finding.span;
                        prop_assert!(text.get(span.start..span.end).is_some(), "{}", rule.code.code);
                    }
                }
            }
        }
    }
}
