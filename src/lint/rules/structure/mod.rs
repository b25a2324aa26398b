//! Titles, headings and sections: the outline that a board shows and counts by.

pub mod broken_numbering;
pub mod empty_scheduled_section;
pub mod heading_before_title;
pub mod missing_title;
pub mod multiple_titles;
pub mod skipped_level;

use crate::lint::page::Page;
use crate::lint::rule::Rule;
use crate::parse::Heading;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[
    &missing_title::RULE,
    &multiple_titles::RULE,
    &heading_before_title::RULE,
    &skipped_level::RULE,
    &broken_numbering::RULE,
    &empty_scheduled_section::RULE,
];

/// The headings that make a file's outline: those outside lists and quotes.
fn outline<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Heading> {
    page.syntax.headings.iter().filter(|heading| !heading.is_nested)
}

/// The headings of level 1 that say something.
fn titles<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Heading> {
    outline(page).filter(|heading| heading.level == 1 && !heading.text.trim().is_empty())
}
