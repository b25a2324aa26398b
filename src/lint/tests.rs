//! What holds for all rules.

pub(super) mod examples;
mod registry;
