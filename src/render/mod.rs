//! From a board to text: pure functions, one module per format. They compute nothing that a reader
//! of another format would not see.

mod badge;
pub mod csv;
pub mod diff;
mod digest;
pub mod drift;
pub mod escape;
mod feed;
#[cfg(test)]
mod fixture;
mod ics;
pub mod json;
pub mod lint;
pub mod markdown;
mod paint;
mod phrase;
pub mod rules;
pub mod site;
mod story;
pub mod table;
#[cfg(test)]
mod tests;
pub mod words;

/// What a table is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How many columns a line may take. Everything essential stays readable down to 60.
    pub width: usize,
    /// Whether to write colours. Without them a table says the same in words.
    pub color: bool,
}
