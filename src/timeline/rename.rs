//! Which of the files that came is one that went, in one commit.

use std::collections::{BTreeMap, HashMap};

use super::Versions;
use super::similar::Lines;
use crate::model::history::Change;
use crate::model::{BlobId, RepoPath};

/// From this share of common lines on two files are one that was renamed: git's own default.
const ALIKE: f64 = 0.5;

/// Pairs what went with what came: same content first, then one to one by similarity of the whole
/// text, the most alike first. Returns the old path of each new one. A copy is no rename: the
/// original has not gone.
pub(super) fn renames(changes: &[Change], versions: &dyn Versions) -> BTreeMap<RepoPath, RepoPath> {
    let gone: Vec<File> = files(changes, |change| (change.before, change.after));
    let came: Vec<File> = files(changes, |change| (change.after, change.before));
    let mut pairs = Pairs { old: vec![None; came.len()], taken: vec![false; gone.len()] };
    if !gone.is_empty() && !came.is_empty() {
        pairs.by_content(&gone, &came);
        pairs.by_similarity(&gone, &came, versions);
    }
    let found = pairs.old.iter().enumerate().filter_map(|(at, old)| Some((at, (*old)?)));
    found.map(|(new, old)| (came[new].path.clone(), gone[old].path.clone())).collect()
}

#[derive(Clone, Copy)]
struct File<'a> {
    path: &'a RepoPath,
    blob: BlobId,
}

fn files(
    changes: &[Change],
    sides: impl Fn(&Change) -> (Option<BlobId>, Option<BlobId>),
) -> Vec<File<'_>> {
    let one_sided = changes.iter().filter_map(|change| match sides(change) {
        (Some(blob), None) => Some(File { path: &change.path, blob }),
        _ => None,
    });
    one_sided.collect()
}

/// For each file that came the one it was; and which of those that went are spoken for.
struct Pairs {
    old: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn pair(&mut self, old: usize, new: usize) {
        self.old[new] = Some(old);
        self.taken[old] = true;
    }

    fn by_content(&mut self, gone: &[File<'_>], came: &[File<'_>]) {
        let mut by_blob: HashMap<BlobId, Vec<usize>> = HashMap::new();
        for (at, file) in gone.iter().enumerate() {
            by_blob.entry(file.blob).or_default().push(at);
        }
        // Files with one content are told apart by their names, the best fit first.
        let mut fits: Vec<(u8, usize, usize)> = Vec::new();
        for (new, file) in came.iter().enumerate() {
            for &old in by_blob.get(&file.blob).into_iter().flatten() {
                fits.push((distance(gone[old].path, file.path), old, new));
            }
        }
        fits.sort_unstable();
        for (_, old, new) in fits {
            if !self.taken[old] && self.old[new].is_none() {
                self.pair(old, new);
            }
        }
    }

    fn by_similarity(&mut self, gone: &[File<'_>], came: &[File<'_>], versions: &dyn Versions) {
        let lines = |file: &File<'_>| versions.bytes(file.blob).map(|bytes| Lines::of(&bytes));
        let old_left: Vec<(usize, Lines)> = (0..gone.len())
            .filter(|&old| !self.taken[old])
            .filter_map(|old| Some((old, lines(&gone[old])?)))
            .collect();
        if old_left.is_empty() {
            return;
        }
        let new_left = (0..came.len()).filter(|&new| self.old[new].is_none());
        let mut fits: Vec<(f64, u8, usize, usize)> = Vec::new();
        for new in new_left {
            let Some(new_lines) = lines(&came[new]) else { continue };
            for (old, old_lines) in &old_left {
                let alike = old_lines.similarity(&new_lines);
                if alike >= ALIKE {
                    fits.push((alike, distance(gone[*old].path, came[new].path), *old, new));
                }
            }
        }
        fits.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
        for (_, _, old, new) in fits {
            if !self.taken[old] && self.old[new].is_none() {
                self.pair(old, new);
            }
        }
    }
}

/// How far apart two paths are: the same folder or file name is near.
fn distance(old: &RepoPath, new: &RepoPath) -> u8 {
    u8::from(old.file_name() != new.file_name()) * 2 + u8::from(old.folder() != new.folder())
}
