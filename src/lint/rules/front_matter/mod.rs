//! The front matter: whether it can be read, what it must say, and whether what it says is true.

pub mod duplicate_key;
pub mod empty_field;
pub mod invalid_date;
pub mod invalid_yaml;
mod keys;
pub mod missing_field;
pub mod missing_front_matter;
mod related;
pub mod related_templates_mismatch;
pub mod stale_last_updated;
pub mod template_number;
pub mod unclosed_front_matter;
pub mod unknown_field;
pub mod unknown_status;
mod values;
pub mod wrong_type;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[
    &missing_front_matter::RULE,
    &unclosed_front_matter::RULE,
    &invalid_yaml::RULE,
    &duplicate_key::RULE,
    &empty_field::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &invalid_date::RULE,
    &unknown_field::RULE,
    &stale_last_updated::RULE,
    &template_number::RULE,
    &related_templates_mismatch::RULE,
    &unknown_status::RULE,
];
