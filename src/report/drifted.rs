//! How far checklists have parted from their templates.

use crate::model::{BlobId, PartnerId, RepoPath};
use crate::template::Drift;

/// What a checklist was compared from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The version that it names.
    Pinned,
    /// The version that is most like it: it names none.
    Unpinned,
    /// The version that is most like it: the one that it names is not in this clone.
    Unresolved,
}

impl Basis {
    /// Every one.
    pub const ALL: [Basis; 3] = [Basis::Pinned, Basis::Unpinned, Basis::Unresolved];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Pinned => "pinned",
            Basis::Unpinned => "unpinned",
            Basis::Unresolved => "unresolved",
        }
    }
}

/// A checklist beside its template.
#[derive(Clone, Debug)]
pub struct Drifted {
    /// The partner.
    pub partner: PartnerId,
    /// The checklist.
    pub path: RepoPath,
    /// The template.
    pub template: RepoPath,
    /// What it was compared from.
    pub basis: Basis,
    /// That version.
    pub from: BlobId,
    /// The newest one.
    pub to: BlobId,
    /// How many versions lie between them, the newest counted; `None` where history does not tell.
    pub versions_behind: Option<usize>,
    /// How far they have parted.
    pub drift: Drift,
}
