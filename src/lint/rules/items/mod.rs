//! Boxes and their texts: what is an item, what should be one, and what its box says.

mod blank;
mod look;
mod places;

pub mod ambiguous_state;
pub mod checked_in_template;
pub mod duplicate_item;
pub mod empty_item;
pub mod malformed_checkbox;
pub mod parent_state;
pub mod placeholder_left;
pub mod unknown_state;
pub mod untracked_checkbox;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[
    &malformed_checkbox::RULE,
    &unknown_state::RULE,
    &ambiguous_state::RULE,
    &empty_item::RULE,
    &duplicate_item::RULE,
    &parent_state::RULE,
    &checked_in_template::RULE,
    &untracked_checkbox::RULE,
    &placeholder_left::RULE,
];
