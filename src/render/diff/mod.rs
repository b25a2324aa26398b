//! What a change does to the board: for a terminal, and as the comment on a pull request.

mod deeds;
mod markdown;
mod page;
mod table;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use markdown::is_address;
pub use markdown::markdown;
pub use table::table;

use crate::report::Remark;

/// The most characters that a comment may have on GitHub; other hosts allow more.
pub const COMMENT_LIMIT: usize = 65_536;

/// What a comment is written with besides the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'a> {
    /// How many characters it may have, from 1,000 up.
    pub limit: usize,
    /// What the linter found in the files of the change; `None`: it was not asked.
    pub remarks: Option<&'a [Remark]>,
    /// Where all of it can be read, http or https; named where something was cut off.
    pub details: Option<&'a str>,
    /// Where the board can be looked at, http or https; named at the end of a comment that says
    /// something.
    pub board: Option<&'a str>,
    /// The address of a file of the head on its host, up to and without the path; lines are put
    /// behind it as `#L12`. `None`: paths are not links.
    pub files: Option<&'a str>,
}
