//! Boxes and their texts.

pub mod duplicate_item;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[&duplicate_item::RULE];
