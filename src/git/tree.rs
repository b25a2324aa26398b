//! Trees: what files a version holds, and what changed between two.
//!
//! Trees are compared as raw bytes, in step, and a folder is read only where its id differs and
//! the filter enters it. A commit that touches nothing on the board costs its root tree and no more.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::git::objects::{Fault, Id, Objects};
use crate::git::{Entry, Filter, Snapshot};
use crate::model::history::Change;
use crate::model::{BlobId, RepoPath};

/// Bounds of one comparison. A few nested trees that repeat each other can name billions of files;
/// these are far above any real board and end such a bomb.
const MAX_FOLDERS: usize = 100_000;
const MAX_FILES: usize = 1_000_000;
/// The longest path that common systems can check out.
const MAX_PATH: usize = 4096;

/// What changed from one tree to the other among the files that the filter takes, sorted by path.
/// `None` is an empty tree.
pub(super) fn changes(
    objects: &Objects<'_>,
    before: Option<Id>,
    after: Option<Id>,
    filter: &dyn Filter,
) -> Result<Vec<Change>, Fault> {
    let mut comparison = Comparison::new(objects, filter);
    comparison.run(before, after)?;
    Ok(comparison.changes())
}

/// The files that the filter takes.
pub(super) fn snapshot(
    objects: &Objects<'_>,
    tree: Id,
    filter: &dyn Filter,
) -> Result<Snapshot, Fault> {
    let mut comparison = Comparison::new(objects, filter);
    comparison.run(None, Some(tree))?;
    let mut symlinks = std::mem::take(&mut comparison.symlinks);
    symlinks.sort();
    let changes = comparison.changes().into_iter();
    let files: BTreeMap<_, _> = changes.filter_map(|c| Some((c.path, c.after?))).collect();
    Ok(Snapshot { files, symlinks })
}

/// What stands at a path.
pub(super) fn entry(objects: &Objects<'_>, root: Id, path: &str) -> Result<Option<Entry>, Fault> {
    let mut here = Some((Kind::Folder, root));
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let Some((Kind::Folder, tree)) = here else { return Ok(None) };
        let bytes = objects.tree(tree)?;
        let mut rest = &bytes[..];
        here = None;
        while let Some(entry) = next(&mut rest, tree)? {
            if entry.name == part.as_bytes() {
                here = Some((entry.kind, entry.id));
                break;
            }
        }
    }
    Ok(here.map(|(kind, id)| match kind {
        Kind::Folder => Entry::Folder,
        Kind::File => Entry::File(BlobId(id)),
        Kind::Symlink | Kind::Other => Entry::Other,
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Symlink,
    Other,
}

/// An entry of a tree, borrowed from its bytes.
#[derive(Clone, Copy)]
struct RawEntry<'a> {
    kind: Kind,
    name: &'a [u8],
    id: Id,
}

impl RawEntry<'_> {
    /// Git's order: by bytes, a folder as if its name ended with a slash.
    fn order(&self, other: &RawEntry<'_>) -> Ordering {
        let end = |entry: &RawEntry<'_>| (entry.kind == Kind::Folder).then_some(b'/');
        let (one, two) = (self.name, other.name);
        let shared = one.len().min(two.len());
        one[..shared].cmp(&two[..shared]).then_with(|| {
            let one = one.get(shared).copied().or(end(self));
            one.cmp(&two.get(shared).copied().or(end(other)))
        })
    }

    /// Forged trees hold names that no file can have and that lead elsewhere when joined to a path.
    fn is_honest(&self) -> bool {
        let forbidden = [&b""[..], b".", b".."].contains(&self.name);
        !forbidden && !self.name.contains(&b'/') && !self.name.eq_ignore_ascii_case(b".git")
    }
}

/// Splits the first entry off the rest of a tree's bytes.
fn next<'a>(rest: &mut &'a [u8], tree: Id) -> Result<Option<RawEntry<'a>>, Fault> {
    if rest.is_empty() {
        return Ok(None);
    }
    match split(rest) {
        Some((entry, after)) => {
            *rest = after;
            Ok(Some(entry))
        }
        None => Err(Fault::damaged("tree", tree, "an entry is malformed")),
    }
}

/// Drops the entries that two trees begin with alike: mostly all but one.
fn skip_same(before: &mut &[u8], after: &mut &[u8]) {
    while let Some(name) = memchr::memchr(0, before) {
        let length = name + 1 + size_of::<Id>();
        match (before.get(..length), after.get(..length)) {
            (Some(old), Some(new)) if old == new => {
                *before = &before[length..];
                *after = &after[length..];
            }
            _ => return,
        }
    }
}

/// `mode name\0id`
fn split(bytes: &[u8]) -> Option<(RawEntry<'_>, &[u8])> {
    let space = bytes.iter().take(8).position(|byte| *byte == b' ')?;
    let mode = std::str::from_utf8(&bytes[..space]).ok()?;
    let kind = match u32::from_str_radix(mode, 8).ok()? & 0o170_000 {
        0o040_000 => Kind::Folder,
        0o100_000 => Kind::File,
        0o120_000 => Kind::Symlink,
        _ => Kind::Other,
    };
    let bytes = &bytes[space + 1..];
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (id, rest) = bytes[end + 1..].split_first_chunk::<20>()?;
    Some((RawEntry { kind, name: &bytes[..end], id: *id }, rest))
}

/// Two versions of a folder.
struct Pair {
    /// Its path, empty or ending with a slash.
    folder: String,
    before: Option<Id>,
    after: Option<Id>,
}

/// Which version of the two something was found in.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

struct Comparison<'a> {
    objects: &'a Objects<'a>,
    filter: &'a dyn Filter,
    /// Folders yet to compare. Not the call stack: a forged tree may nest as deep as it likes.
    pending: Vec<Pair>,
    folders: usize,
    found: Vec<(String, Side, BlobId)>,
    symlinks: Vec<RepoPath>,
}

impl<'a> Comparison<'a> {
    fn new(objects: &'a Objects<'a>, filter: &'a dyn Filter) -> Comparison<'a> {
        let (pending, found, symlinks) = (vec![], vec![], vec![]);
        Comparison { objects, filter, pending, folders: 0, found, symlinks }
    }

    fn run(&mut self, before: Option<Id>, after: Option<Id>) -> Result<(), Fault> {
        if before != after {
            self.pending.push(Pair { folder: String::new(), before, after });
        }
        while let Some(pair) = self.pending.pop() {
            self.folders += 1;
            if self.folders > MAX_FOLDERS || self.found.len() > MAX_FILES {
                let id = after.or(before).unwrap_or_default();
                return Err(Fault::damaged("tree", id, "it holds more folders than any board has"));
            }
            self.compare(&pair)?;
        }
        Ok(())
    }

    /// Goes through both versions of a folder in step, as one merges sorted lists. Trees that are
    /// not sorted (git writes none) yield a file twice; `changes` puts its two sides together.
    fn compare(&mut self, pair: &Pair) -> Result<(), Fault> {
        let load = |id: Option<Id>| id.map(|id| self.objects.tree(id)).transpose();
        let (before, after) = (load(pair.before)?, load(pair.after)?);
        let mut before = before.as_deref().unwrap_or_default();
        let mut after = after.as_deref().unwrap_or_default();
        let ids = (pair.before.unwrap_or_default(), pair.after.unwrap_or_default());
        skip_same(&mut before, &mut after);
        let (mut old, mut new) = (next(&mut before, ids.0)?, next(&mut after, ids.1)?);
        loop {
            let order = match (&old, &new) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.order(new),
            };
            let gone = old.filter(|_| order != Ordering::Greater);
            let come = new.filter(|_| order != Ordering::Less);
            self.differ(&pair.folder, gone, come);
            if gone.is_some() && come.is_some() {
                skip_same(&mut before, &mut after);
            }
            if gone.is_some() {
                old = next(&mut before, ids.0)?;
            }
            if come.is_some() {
                new = next(&mut after, ids.1)?;
            }
        }
    }

    /// Takes the two versions of one name.
    fn differ(&mut self, folder: &str, old: Option<RawEntry<'_>>, new: Option<RawEntry<'_>>) {
        match (old, new) {
            (Some(old), Some(new)) if old.id == new.id && old.kind == new.kind => {}
            (Some(old), Some(new)) if old.kind == Kind::Folder && new.kind == Kind::Folder => {
                self.enter(folder, &old, Some(old.id), Some(new.id));
            }
            _ => {
                if let Some(old) = old {
                    self.take(folder, &old, Side::Before);
                }
                if let Some(new) = new {
                    self.take(folder, &new, Side::After);
                }
            }
        }
    }

    fn take(&mut self, folder: &str, entry: &RawEntry<'_>, side: Side) {
        match (entry.kind, side) {
            (Kind::Folder, Side::Before) => self.enter(folder, entry, Some(entry.id), None),
            (Kind::Folder, Side::After) => self.enter(folder, entry, None, Some(entry.id)),
            (Kind::File, _) => {
                if let Some(path) = join(folder, entry).filter(|path| self.filter.takes(path)) {
                    self.found.push((path, side, BlobId(entry.id)));
                }
            }
            (Kind::Symlink, Side::After) => {
                let relevant = |path: &String| self.filter.takes(path) || self.filter.enters(path);
                if let Some(path) = join(folder, entry).filter(relevant) {
                    self.symlinks.push(RepoPath::new(path));
                }
            }
            (Kind::Symlink | Kind::Other, _) => {}
        }
    }

    fn enter(&mut self, folder: &str, entry: &RawEntry<'_>, before: Option<Id>, after: Option<Id>) {
        if let Some(mut path) = join(folder, entry).filter(|path| self.filter.enters(path)) {
            path.push('/');
            self.pending.push(Pair { folder: path, before, after });
        }
    }

    /// Puts the two sides of each file together.
    fn changes(mut self) -> Vec<Change> {
        // Stable, so that of two entries with one name the first counts.
        self.found.sort_by(|one, two| one.0.cmp(&two.0));
        let mut changes: Vec<Change> = Vec::new();
        for (path, side, blob) in self.found {
            let path = RepoPath::new(path);
            if changes.last().is_none_or(|last| last.path != path) {
                changes.push(Change { path, before: None, after: None });
            }
            if let Some(change) = changes.last_mut() {
                let side = match side {
                    Side::Before => &mut change.before,
                    Side::After => &mut change.after,
                };
                side.get_or_insert(blob);
            }
        }
        changes.retain(|change| change.before != change.after);
        changes
    }
}

/// The path of an entry; `None` where no file can have it. Names that are not UTF-8 become so
/// with replacement characters.
fn join(folder: &str, entry: &RawEntry<'_>) -> Option<String> {
    let fits = folder.len() + entry.name.len() <= MAX_PATH && entry.is_honest();
    fits.then(|| format!("{folder}{}", String::from_utf8_lossy(entry.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(mode: &str, name: &str, id: u8) -> Vec<u8> {
        [mode.as_bytes(), b" ", name.as_bytes(), b"\0", &[id; 20]].concat()
    }

    #[test]
    fn entries_are_split_and_malformed_ones_refused() {
        let bytes = [raw("40000", "a", 1), raw("100755", "b", 2), raw("160000", "c", 3)].concat();
        let mut rest = &bytes[..];
        let mut kinds = vec![];
        while let Some(entry) = next(&mut rest, [0; 20]).expect("well formed") {
            kinds.push((entry.kind, entry.name.to_vec(), entry.id[0]));
        }
        let expected = [(Kind::Folder, "a", 1), (Kind::File, "b", 2), (Kind::Other, "c", 3)];
        assert_eq!(kinds, expected.map(|(kind, name, id)| (kind, name.as_bytes().to_vec(), id)));
        for end in 1..raw("100644", "a", 1).len() {
            assert!(next(&mut &raw("100644", "a", 1)[..end], [0; 20]).is_err());
        }
        for bad in ["", "x", "100644x", "999999 a\0", "-1 a\0"] {
            let bytes = [bad.as_bytes(), &[0; 20]].concat();
            assert!(next(&mut &bytes[..], [0; 20]).is_err(), "{bad}");
        }
    }

    #[test]
    fn folders_sort_as_if_they_ended_with_a_slash() {
        let order = |one: Vec<u8>, two: Vec<u8>| {
            let (one, two) = (split(&one).expect("one").0.name.to_vec(), two);
            let kind = Kind::Folder;
            let one = RawEntry { kind, name: &one, id: [0; 20] };
            one.order(&split(&two).expect("two").0)
        };
        assert_eq!(order(raw("40000", "a", 1), raw("100644", "a.md", 1)), Ordering::Greater);
        assert_eq!(order(raw("40000", "a", 1), raw("100644", "a", 1)), Ordering::Greater);
        assert_eq!(order(raw("40000", "a", 1), raw("40000", "a", 2)), Ordering::Equal);
        assert_eq!(order(raw("40000", "a", 1), raw("100644", "a0", 1)), Ordering::Less);
    }

    #[test]
    fn names_that_lead_elsewhere_are_left_out() {
        for name in ["", ".", "..", ".GIT", "a/b"] {
            let entry = RawEntry { kind: Kind::File, name: name.as_bytes(), id: [0; 20] };
            assert_eq!(join("partners/", &entry), None, "{name}");
        }
    }
}
