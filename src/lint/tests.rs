//! What holds for all rules.

mod board;
pub(in crate::lint) mod examples;
mod fixes;
mod hostile;
mod places;
mod registry;
mod texts;

use crate::lint::rule::{Example, Rule};

/// What a rule finds in a partner's checklist on a board with some configuration, as the pieces of
/// its text, and what the text becomes when all is mended.
pub(in crate::lint) fn finds(
    rule: &'static Rule,
    config: &'static str,
    text: &str,
) -> (Vec<String>, String) {
    finds_in(rule, &Example { config, ..Example::checklist("", "") }, text)
}

/// The same, in a file that stands where an example says.
pub(in crate::lint) fn finds_in(
    rule: &'static Rule,
    example: &Example,
    text: &str,
) -> (Vec<String>, String) {
    let (found, mended) = examples::run(rule, example, text);
    let here = found.iter().filter(|finding| finding.path.as_str() == example.path);
    (here.map(|finding| finding.span.slice(text).to_owned()).collect(), mended)
}
