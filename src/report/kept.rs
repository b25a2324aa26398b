//! What is kept between runs, for whoever asks where the space goes.

use crate::dates::Timestamp;
use crate::model::CommitId;

/// What is kept between runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The folder that holds it, which need not be there.
    pub folder: String,
    /// The checkpoints, the last used first.
    pub checkpoints: Vec<Record>,
    /// The answers, the last used first.
    pub answers: Vec<Record>,
}

/// What history up to a commit comes to, or what a command said of the board there, kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The commit.
    pub commit: CommitId,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written or, to within an hour, read.
    pub used: Timestamp,
}

impl Kept {
    /// The size of all of it in bytes.
    pub fn bytes(&self) -> u64 {
        self.checkpoints.iter().chain(&self.answers).map(|record| record.bytes).sum()
    }
}
