//! What the linter itself is told: comments and configuration.

pub mod unknown_rule;
pub mod unused_suppression;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[&unused_suppression::RULE, &unknown_rule::RULE];
