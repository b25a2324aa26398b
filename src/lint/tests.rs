//! What holds for all rules.

mod examples;
mod registry;
