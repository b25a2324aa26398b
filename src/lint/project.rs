//! All files that are linted, and what is known of what is around them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::Date;
use crate::inherit;
use crate::lint::page::{Around, Kind, Page};
use crate::model::{Diagnostic, FrontMatter, RepoPath};
use crate::parse;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// The files of the version that is linted, all of the repository's. Asked from several threads.
pub trait Tree: Sync {
    /// What stands at a path from the repository's root.
    fn entry(&self, path: &str) -> Option<Entry>;

    /// The text of a file; `None` where it is none, or too large.
    fn text(&self, path: &str) -> Option<String>;
}

/// What earlier versions tell.
pub trait Past {
    /// The day on which each of some files last changed, of those that are committed: the author's
    /// day of the newest commit that changed it.
    fn last_changed(&self, files: &[&RepoPath]) -> BTreeMap<RepoPath, Date>;

    /// A content that a file had, by its blob's id or the id of a commit that has the file.
    fn version(&self, path: &RepoPath, id: &str) -> Option<Vec<u8>>;
}

/// A file that is to be linted.
pub struct Source {
    /// Its path.
    pub path: RepoPath,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether its own findings are asked for. Otherwise it is only read for those of others.
    pub is_asked: bool,
}

/// What a project is made of.
pub struct Input<'a> {
    /// The files.
    pub sources: Vec<Source>,
    /// The board's configuration.
    pub config: &'a Config,
    /// Which files are whose.
    pub scope: &'a Scope,
    /// The board's root, empty for the repository's.
    pub root: &'a str,
    /// How files are read.
    pub options: &'a parse::Options,
    /// The day to judge by.
    pub today: Date,
    /// The files of the version.
    pub tree: &'a dyn Tree,
    /// What earlier versions tell.
    pub past: &'a dyn Past,
    /// What was found before any file was read: links, files that are too large.
    pub found: Vec<Diagnostic>,
    /// Files and folders below the partner globs that git ignores.
    pub ignored: Vec<RepoPath>,
    /// Where the configuration stands, if there is one.
    pub config_path: Option<RepoPath>,
    /// Is told how many files have been read, of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// All files that are linted, read.
pub struct Project<'a> {
    /// The files, by path.
    pub pages: Vec<Page<'a>>,
    /// Per page: whether its own findings are asked for.
    pub(super) asked: Vec<bool>,
    /// The board's configuration.
    pub config: &'a Config,
    /// Which files are whose.
    pub scope: &'a Scope,
    /// The board's root, empty for the repository's.
    pub root: &'a str,
    /// How files are read.
    pub options: &'a parse::Options,
    /// The day to judge by.
    pub today: Date,
    /// The files of the version.
    pub tree: &'a dyn Tree,
    /// What earlier versions tell.
    pub past: &'a dyn Past,
    /// What was found before any file was read.
    pub found: Vec<Diagnostic>,
    /// Files and folders below the partner globs that git ignores.
    pub ignored: Vec<RepoPath>,
    /// Where the configuration stands, if there is one.
    pub config_path: Option<RepoPath>,
}

impl<'a> Project<'a> {
    /// Reads all files.
    pub fn read(input: Input<'a>) -> Project<'a> {
        let Input { mut sources, config, scope, root, options, today, tree, past, .. } = input;
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        let (of, done) = (sources.len(), AtomicUsize::new(0));
        let (asked, pages): (Vec<bool>, Vec<Page<'a>>) = super::in_parallel(sources, |source| {
            let Source { path, bytes, is_asked } = source;
            let read = parse::closely(&path, &bytes, options);
            let membership = scope.membership(&path);
            let is_template = scope.in_templates(path.as_str());
            let around = Around { config, today, tree };
            let page = Page::new(path, membership, is_template, read, around);
            (input.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, of);
            (is_asked, page)
        })
        .into_iter()
        .unzip();
        let mut project = Project {
            pages,
            asked,
            config,
            scope,
            root,
            options,
            today,
            tree,
            past,
            found: input.found,
            ignored: input.ignored,
            config_path: input.config_path,
        };
        project.inherit();
        project
    }

    /// The same project, some files of which have another text.
    pub(super) fn with(mut self, texts: BTreeMap<RepoPath, String>) -> Project<'a> {
        for page in &mut self.pages {
            if let Some(text) = texts.get(&page.path) {
                *page = page.with_text(text, self.options);
            }
        }
        self.inherit();
        self
    }

    /// Gives every checklist the front matters of the `README.md` files around it.
    fn inherit(&mut self) {
        let scope = self.scope;
        let root = |path: &RepoPath| scope.membership(path).map(|member| member.root);
        let readmes: BTreeMap<RepoPath, FrontMatter> = self
            .pages
            .iter()
            .filter(|page| page.path.file_name() == inherit::README)
            .map(|page| (page.path.clone(), page.document.front_matter.clone()))
            .collect();
        for page in self.pages.iter_mut().filter(|page| page.membership.is_some()) {
            let around = inherit::readmes(&page.path, root);
            page.readmes = around.iter().filter_map(|path| readmes.get(path).cloned()).collect();
        }
    }

    /// The pages whose findings are asked for.
    pub fn asked_pages(&self) -> impl Iterator<Item = &Page<'a>> {
        let pages = self.pages.iter().zip(&self.asked);
        pages.filter(|(_, asked)| **asked).map(|(page, _)| page)
    }

    /// All pages of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Page<'a>> {
        self.pages.iter().filter(move |page| page.kind == kind)
    }

    /// The page at a path.
    pub fn page(&self, path: &RepoPath) -> Option<&Page<'a>> {
        let at = self.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        self.pages.get(at)
    }
}
