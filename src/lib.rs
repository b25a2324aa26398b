//! mdboard reads checklists from markdown files and their git history, and tells how far each
//! partner is, what is overdue and why, and who ticked what when.
//!
//! ARCHITECTURE.md shows the house: the layers below in the order in which data passes through
//! them, and the invariants that hold in each.

pub mod board;
pub mod cache;
pub mod cli;
pub mod config;
pub mod dates;
pub mod demo;
pub mod forge;
pub mod git;
pub mod inherit;
pub mod lint;
pub mod load;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod schedule;
pub mod serve;
pub mod source;
pub mod template;
pub mod timeline;
pub mod workspace;
