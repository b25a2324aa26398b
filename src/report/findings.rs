//! What the linter found, as its readers need it.

use std::collections::BTreeMap;

use crate::lint::finding::{Applicability, Finding};
use crate::lint::fix::Mended;
use crate::model::{RepoPath, Severity};

/// The findings of one run, with what every output needs to show them.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// What was found, by path and place.
    pub all: &'a [Finding],
    /// What each of them is known by, in the same order: the same for as long as its line and file
    /// stay what they are.
    pub fingerprints: &'a [String],
    /// The texts of the files that they are in. Of what is no text, none.
    pub texts: &'a BTreeMap<RepoPath, String>,
    /// How many files were looked at.
    pub files: usize,
    /// How many findings a baseline keeps quiet about.
    pub known: usize,
    /// The files that were mended, or would be.
    pub mended: &'a BTreeMap<RepoPath, Mended>,
}

impl Findings<'_> {
    /// How many findings are so bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|finding| finding.severity == severity).count()
    }

    /// How many findings have a fix that may be made with so much care.
    pub fn fixable(&self, applicability: Applicability) -> usize {
        let fixes = self.all.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    }

    /// How many findings were mended, or would be.
    pub fn mended(&self) -> usize {
        self.mended.values().flat_map(|file| file.fixes.values()).sum()
    }
}
