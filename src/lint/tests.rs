//! What holds for all rules.

pub(in crate::lint) mod examples;
mod registry;
