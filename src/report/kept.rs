//! What is kept between runs, for whoever asks where the space goes.

use crate::dates::Timestamp;
use crate::model::CommitId;

/// What is kept between runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The folder that holds it, which need not be there.
    pub folder: String,
    /// The checkpoints, the last used first.
    pub checkpoints: Vec<Checkpoint>,
}

/// What history up to a commit comes to, kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The commit.
    pub commit: CommitId,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written or, to within an hour, read.
    pub used: Timestamp,
}

impl Kept {
    /// The size of all checkpoints in bytes.
    pub fn bytes(&self) -> u64 {
        self.checkpoints.iter().map(|checkpoint| checkpoint.bytes).sum()
    }
}
