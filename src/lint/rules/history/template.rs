//! Which file a checklist's `template` names.

use crate::lint::page::{Kind, Page};
use crate::lint::project::{Entry, Project};
use crate::model::{RepoPath, joined, pinned};
use crate::parse::Is;
use crate::source::Span;

/// What a checklist's `template` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Template<'p> {
    /// The path or the name.
    pub(super) name: &'p str,
    /// The id of the version that the checklist was made from, behind an `@`.
    pub(super) version: Option<&'p str>,
    /// Where all of it stands.
    pub(super) span: Span,
}

impl<'p> Template<'p> {
    /// That of a page, if it is a text that could be a path.
    pub(super) fn of(page: &'p Page<'_>) -> Option<Template<'p>> {
        let written = page.document.front_matter.template.as_deref()?;
        let value = &page.field("template")?.value;
        let is_text = matches!(value.is, Is::Text(_));
        let is_blank_of_a_template = written.contains(['{', '}', '<', '>', '[', ']']);
        let is_address = written.contains("://");
        if !is_text || is_blank_of_a_template || is_address {
            return None;
        }
        let (name, version) = pinned(written);
        Some(Template { name, version, span: value.span })
    }

    /// The template's file: by its path from the repository's root, the board's, the templates
    /// folder or the checklist's own folder; else by its name, wherever in the templates it stands.
    /// `.md` may be left out.
    pub(super) fn file(&self, page: &Page<'_>, project: &Project<'_>) -> Option<RepoPath> {
        let templates = project.scope.templates();
        let folders =
            ["", project.root, templates.as_deref().unwrap_or_default(), page.path.folder()];
        for folder in folders {
            let path = joined(folder, self.name).filter(|path| !path.is_empty());
            let Some(path) = path else { continue };
            let with_end = format!("{path}.md");
            let is_file = |path: &str| project.tree.entry(path) == Some(Entry::File);
            if let Some(path) = [path, with_end].into_iter().find(|path| is_file(path)) {
                return Some(RepoPath::new(path));
            }
        }
        let is_it = |path: &RepoPath| path.file_name() == self.name || path.stem() == self.name;
        let mut paths = project.of_kind(Kind::Template).map(|page| &page.path);
        paths.find(|path| is_it(path)).cloned()
    }

    /// Whether it is written as a path and not as a word, which may mean another thing.
    pub(super) fn is_path(&self) -> bool {
        self.name.contains('/') || self.name.ends_with(".md")
    }
}
