//! What the linter's rules mean, in one format per module: of one, of all, and as the pages of
//! `docs/rules`.

mod markdown;
mod pages;
#[cfg(test)]
mod tests;
mod text;

pub use super::json::rules as json;
pub use markdown::{index, markdown};
pub use pages::pages;
pub use text::{list, text};

use crate::lint::finding::Applicability;
use crate::lint::rule::{Example, Rule};

/// A text of a rule as a sentence of its own.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

/// What a rule finds, as a sentence.
fn finds(rule: &Rule) -> String {
    format!("Finds {}.", rule.finds)
}

/// What its fix does, if it has one, and how to have it made.
fn fix(rule: &Rule) -> Option<String> {
    let fixes = rule.fixes?;
    let (does, option) = (
        fixes.does.trim_end_matches('.'),
        match fixes.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--unsafe-fixes",
        },
    );
    Some(format!("The fix (`mdboard lint {option}`) {does}."))
}

/// How far its fixes may be trusted, in a word.
fn fix_word(rule: &Rule) -> &'static str {
    rule.fixes.map_or("none", |fixes| fixes.applicability.name())
}

fn default_word(rule: &Rule) -> &'static str {
    if rule.by_default { "on" } else { "off" }
}

/// Whether it finds something in the configuration: no comment switches it off there.
fn is_about_configuration(rule: &Rule) -> bool {
    rule.code.code.starts_with("MB25")
}

/// What of an example does not stand in a file.
fn circumstances(example: &Example) -> Vec<String> {
    let changed = example.changed.iter();
    let changed =
        changed.map(|(path, day)| format!("Git says that `{path}` last changed on {day}."));
    let ignored = example.ignored.iter().map(|path| format!("Git ignores `{path}`."));
    let links = example.symlinks.iter().map(|path| format!("`{path}` is a symbolic link."));
    changed.chain(ignored).chain(links).collect()
}
