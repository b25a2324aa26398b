//! The rules, one file each, in the order of their codes.
//!
//! A rule's file declares one `RULE`; its category's `mod.rs` lists it. Tests hold that every file is
//! listed, that codes and names are given once, and that every example does what it says.

pub mod front_matter;
pub mod history;
pub mod items;
pub mod links;
pub mod linter;
pub mod ownership;
pub mod safety;
pub mod schedule;
pub mod structure;

use std::sync::LazyLock;

use crate::lint::rule::Rule;
use crate::model::Code;

/// The rules of each category.
const CATEGORIES: [&[&Rule]; 9] = [
    items::RULES,
    front_matter::RULES,
    schedule::RULES,
    structure::RULES,
    links::RULES,
    ownership::RULES,
    history::RULES,
    safety::RULES,
    linter::RULES,
];

/// Every rule, by code.
static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all: Vec<&Rule> = CATEGORIES.concat();
    all.sort_by_key(|rule| rule.code.code);
    all
});

/// Every rule, by code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied()
}

/// The rule with a code or a name, in any case.
pub fn find(name: &str) -> Option<&'static Rule> {
    let is_it = |rule: &&Rule| {
        [rule.code.code, rule.code.rule].iter().any(|it| it.eq_ignore_ascii_case(name))
    };
    all().find(is_it)
}

/// The rule of a code.
pub fn of(code: Code) -> Option<&'static Rule> {
    let at = ALL.binary_search_by_key(&code.code, |rule| rule.code.code).ok()?;
    ALL.get(at).copied()
}

/// The place of a rule among all.
pub(super) fn index(rule: &Rule) -> usize {
    let at = ALL.binary_search_by_key(&rule.code.code, |rule| rule.code.code);
    at.unwrap_or(usize::MAX)
}

/// Whether nobody ever sees a character, wherever it stands.
pub(super) fn is_never_seen(c: char) -> bool {
    safety::is_never_seen(c)
}
