//! Who owns what. These rules are off until a board asks for them: not every team names owners.

pub mod unknown_owner;
pub mod unowned_item;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[&unowned_item::RULE, &unknown_owner::RULE];
