//! What may do harm: hidden characters, HTML that runs, files that are not what they seem.

pub mod hidden_unicode;
mod invisible;
pub mod not_utf8;
pub mod oversized_file;
pub mod raw_html;
pub mod symlink;
mod tags;

use crate::lint::rule::Rule;

/// The rules of this category.
pub(super) const RULES: &[&Rule] = &[
    &hidden_unicode::RULE,
    &raw_html::RULE,
    &oversized_file::RULE,
    &symlink::RULE,
    &not_utf8::RULE,
];

/// Whether nobody ever sees a character, wherever it stands.
pub(in crate::lint) fn is_never_seen(c: char) -> bool {
    invisible::is_hidden_anywhere(c)
}
