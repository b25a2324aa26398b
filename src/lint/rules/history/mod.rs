//! What git and the templates tell: files that git leaves out, and checklists that have fallen behind
//! what they were made from.

pub mod ignored_partners;
mod template;
pub mod template_drift;
pub mod unknown_template;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] =
    &[&ignored_partners::RULE, &template_drift::RULE, &unknown_template::RULE];
