//! Rules.

use crate::lint::rule::Rule;

/// Them.
pub(super) const RULES: &[&Rule] = &[];
