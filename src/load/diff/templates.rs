//! Which templates a change touches, and which checklists that leaves behind.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::scope::Scope;
use crate::model::history::Change;
use crate::model::{BlobId, Document, RepoPath, joined, pinned};
use crate::report::{FileChange, TemplateChange};
use crate::timeline::{self, Versions};

/// A template with what it asks for that it did not before.
struct Asked<'c> {
    path: &'c RepoPath,
    renamed_from: Option<RepoPath>,
    change: FileChange,
    /// Its new version, and the items in it that are new, by index.
    gained: Option<(Arc<Document>, Vec<usize>)>,
    blob: Option<BlobId>,
}

/// Reads a version of a file; `None` if it is too large.
type Reader<'r, E> = &'r dyn Fn(&RepoPath, BlobId) -> Result<Option<Arc<Document>>, E>;

/// What becomes of the templates that changed. `checklists` are asked for only where a template has
/// gained something: all of the board's, with their contents.
pub(super) fn templates<'c, E>(
    changes: &[Change],
    (versions, read): (&dyn Versions, Reader<'_, E>),
    (scope, root): (&Scope, &str),
    checklists: impl FnOnce() -> Result<Cow<'c, BTreeMap<RepoPath, BlobId>>, E>,
) -> Result<Vec<TemplateChange>, E> {
    let renamed = timeline::renamed(changes, versions);
    let gone: Vec<&RepoPath> = renamed.values().collect();
    let changed = changes.iter().filter(|change| !gone.contains(&&change.path));
    let asked: Result<Vec<Asked<'_>>, E> =
        changed.map(|change| asked(change, changes, &renamed, read)).collect();
    let asked = asked?;
    let mut behind: Vec<Vec<RepoPath>> = vec![Vec::new(); asked.len()];
    if asked.iter().any(|asked| asked.gained.is_some()) {
        let folders = [root, &scope.templates().unwrap_or_default()].map(str::to_owned);
        for (path, blob) in checklists()?.iter() {
            let Some(document) = read(path, *blob)? else { continue };
            for (at, asked) in asked.iter().enumerate() {
                if asked.leaves_behind(path, &document, &folders) {
                    behind[at].push(path.clone());
                }
            }
        }
    }
    let told = asked.into_iter().zip(behind).map(|(asked, checklists_behind)| TemplateChange {
        path: asked.path.clone(),
        change: asked.change,
        renamed_from: asked.renamed_from,
        checklists_behind,
    });
    Ok(told.collect())
}

fn asked<'c, E>(
    change: &'c Change,
    changes: &[Change],
    renamed: &BTreeMap<RepoPath, RepoPath>,
    read: Reader<'_, E>,
) -> Result<Asked<'c>, E> {
    let from = renamed.get(&change.path).unwrap_or(&change.path);
    let before = changes.iter().find(|other| other.path == *from);
    let before = before.and_then(|before| before.before);
    let read = |path: &RepoPath, blob: Option<BlobId>| match blob {
        Some(blob) => read(path, blob),
        None => Ok(None),
    };
    let kind = match (before, change.after) {
        (_, None) => FileChange::Removed,
        (None, _) => FileChange::Added,
        _ if *from != change.path => FileChange::Renamed,
        _ => FileChange::Modified,
    };
    let gained = read(from, before)?.zip(read(&change.path, change.after)?);
    let gained = gained.map(|(old, new)| (new.clone(), timeline::gained(&old, &new)));
    Ok(Asked {
        path: &change.path,
        renamed_from: Some(from.clone()).filter(|from| *from != change.path),
        change: kind,
        gained: gained.filter(|(_, items)| !items.is_empty()),
        blob: change.after,
    })
}

impl Asked<'_> {
    /// Whether a checklist was made from an earlier version and lacks what is new.
    fn leaves_behind(&self, path: &RepoPath, checklist: &Document, folders: &[String]) -> bool {
        let Some((template, items)) = &self.gained else { return false };
        let Some(written) = &checklist.front_matter.template else { return false };
        let (name, version) = pinned(written);
        let newest = self.blob.map(|blob| blob.to_string());
        let is_pinned_to_it =
            |id: &str| newest.as_ref().is_some_and(|newest| newest.starts_with(id));
        self.is_named(name, path, folders)
            && !version.is_some_and(is_pinned_to_it)
            && !timeline::lacking(checklist, template, items).is_empty()
    }

    /// Whether a name means this template: its path from the repository's root, the board's, the
    /// templates folder or the checklist's own, with or without `.md`; or its file's name.
    fn is_named(&self, name: &str, checklist: &RepoPath, folders: &[String]) -> bool {
        let known = self.renamed_from.iter().chain([self.path]);
        let folders = folders.iter().map(String::as_str).chain(["", checklist.folder()]);
        let written: Vec<String> = folders.filter_map(|folder| joined(folder, name)).collect();
        known.into_iter().any(|path| {
            let without_end = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
            path.file_name() == name
                || path.stem() == name
                || written.iter().any(|written| written == path.as_str() || written == without_end)
        })
    }
}
