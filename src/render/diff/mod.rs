//! What a change does to the board: for a terminal, and as the comment on a pull request.

use super::Style;
use crate::report::{Comparison, Remark};

/// The most characters that a comment may have on GitHub; other hosts allow more.
pub const COMMENT_LIMIT: usize = 65_536;

/// What a comment is written with besides the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'a> {
    /// How many characters it may have.
    pub limit: usize,
    /// What the linter found in the files of the change; `None`: it was not asked.
    pub remarks: Option<&'a [Remark]>,
    /// Where all of it can be read, http or https; named where something was cut off.
    pub details: Option<&'a str>,
    /// The address of a file of the head on its host, up to and without the path; lines are put
    /// behind it as `#L12`. `None`: paths are not links.
    pub files: Option<&'a str>,
}

/// For people at a terminal.
pub fn table(comparison: &Comparison, style: &Style) -> String {
    let _ = (comparison, style);
    todo!()
}

/// As the comment on a pull request, or a part of a job summary.
pub fn markdown(comparison: &Comparison, comment: &Comment<'_>) -> String {
    let _ = (comparison, comment);
    todo!()
}
