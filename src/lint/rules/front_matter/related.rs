//! The two places where a template names those that go with it: the key `related_templates`, and a
//! section of that name.

use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::model::joined;
use crate::parse::{Entry, Is, Link, Value};
use crate::source::Span;

/// The key.
pub(super) const KEY: &str = "related_templates";

/// What sections of that name are called, without numbers and punctuation.
const TITLES: [&str; 8] = [
    "related templates",
    "related template",
    "related documents",
    "related docs",
    "related files",
    "related checklists",
    "related templates and documents",
    "related documents and templates",
];

/// How many folders of a path may be left out where a file is named.
const MOST_FOLDERS: usize = 8;

/// The section.
pub(super) struct Section<'p> {
    /// Its title.
    pub(super) title: &'p str,
    /// What stands under its heading.
    body: Span,
}

impl<'p> Section<'p> {
    /// The first one of a page.
    pub(super) fn of(page: &'p Page<'_>) -> Option<Section<'p>> {
        let headings = &page.syntax.headings;
        let is_it = |title: &str| TITLES.contains(&words(title).trim_start_matches(is_number));
        let at = headings.iter().position(|heading| !heading.is_nested && is_it(&heading.text))?;
        let heading = headings.get(at)?;
        let behind = headings.get(at + 1..).unwrap_or_default();
        let next = behind.iter().find(|next| !next.is_nested && next.level <= heading.level);
        let end = next.map_or(page.text.len(), |next| next.span.start);
        let body = Span::new(heading.span.end, end.max(heading.span.end));
        Some(Section { title: heading.text.trim(), body })
    }

    /// The links in it that lead to files of the repository.
    pub(super) fn files<'q>(&self, page: &'q Page<'_>) -> impl Iterator<Item = &'q Link> {
        let body = self.body;
        page.syntax
            .links
            .iter()
            .filter(move |link| body.start <= link.span.start && link.span.start < body.end)
            .filter(|link| !link.is_image && is_path(&link.destination))
    }

    /// Whether there is any.
    pub(super) fn has_files(&self, page: &Page<'_>) -> bool {
        self.files(page).next().is_some()
    }

    /// Its lines in words.
    pub(super) fn lines(&self, page: &Page<'_>) -> Vec<String> {
        page.slice(self.body).lines().map(words).filter(|line| !line.is_empty()).collect()
    }
}

/// A template that the key names.
pub(super) struct Named<'p> {
    /// What stands there.
    pub(super) written: &'p str,
    /// Where.
    pub(super) span: Span,
    /// All that may be its name: of `{title: A, path: a.md}` both.
    names: Vec<&'p str>,
}

/// The templates that the key names: a list of them, or one text with commas between them.
pub(super) fn named(entry: &Entry) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    match &entry.value.is {
        Is::Text(text) => all.extend(text.split([',', '\n']).map(|name| one(name, &entry.value))),
        Is::List(values) => {
            for value in values {
                match &value.is {
                    Is::Text(text) => all.push(one(text, value)),
                    Is::Map(entries) => all.extend(several(entries, value)),
                    Is::Null | Is::List(_) => {}
                }
            }
        }
        Is::Null | Is::Map(_) => {}
    }
    all.retain(|named| !named.written.is_empty());
    all
}

fn one<'p>(name: &'p str, value: &Value) -> Named<'p> {
    let written = name.trim();
    Named { written, span: value.span, names: names(written) }
}

fn several<'p>(entries: &'p [Entry], value: &Value) -> Option<Named<'p>> {
    let texts = entries.iter().filter_map(|entry| super::values::text(&entry.value));
    let all: Vec<&str> = texts.flat_map(names).collect();
    Some(Named { written: all.first()?, span: value.span, names: all })
}

/// A name, or of `[Title](path.md)` both parts.
fn names(written: &str) -> Vec<&str> {
    let link = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    match link.and_then(|inner| inner.split_once("](")) {
        Some((title, path)) => vec![title.trim(), path.trim()],
        None => vec![written.trim_start_matches("[[").trim_end_matches("]]")],
    }
}

impl Named<'_> {
    /// Whether it leads out of the repository, where nothing is compared.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.names.iter().any(|name| name.contains("://") || name.starts_with("mailto:"))
    }

    /// What it can be found by: at least one is among those of the file it means.
    pub(super) fn keys(&self, page: &Page<'_>) -> Vec<String> {
        let mut keys = Vec::new();
        for name in &self.names {
            keys.extend(resolved(page.path.folder(), name));
            keys.extend(resolved("", name));
            keys.push(name.to_lowercase());
            keys.push(words(name));
        }
        keys.retain(|key| !key.is_empty());
        keys
    }
}

/// All that a linked file can be found by: its path, whole or without its outer folders, what the
/// link says, its title and its number.
pub(super) fn keys_of(link: &Link, page: &Page<'_>, project: &Project<'_>) -> Vec<String> {
    let mut keys = vec![words(&link.text)];
    let target = page_of(link, page, project);
    if let Some(target) = target {
        let document = &target.document;
        let titles = [document.front_matter.title.as_deref(), document.heading.as_deref()];
        keys.extend(titles.into_iter().flatten().map(words));
        let number = target.field("template_number");
        let number = number.and_then(|number| super::values::text(&number.value));
        keys.extend(number.map(str::to_lowercase));
    }
    if let Some(path) = resolved(page.path.folder(), &link.destination) {
        let mut rest = path.as_str();
        keys.push(words(rest));
        for _ in 0..MOST_FOLDERS {
            keys.push(rest.to_owned());
            match rest.split_once('/') {
                Some((_, inner)) => rest = inner,
                None => break,
            }
        }
        let name = words(rest);
        keys.push(name.trim_start_matches(is_number).to_owned());
        keys.push(name);
    }
    keys.retain(|key| !key.is_empty());
    keys
}

fn page_of<'p>(link: &Link, page: &Page<'_>, project: &'p Project<'_>) -> Option<&'p Page<'p>> {
    let path = join(page.path.folder(), &link.destination)?;
    let file = if path.ends_with(".md") { path } else { format!("{path}.md") };
    project.page(&crate::model::RepoPath::new(file))
}

/// Whether a link's destination is a path: no address, and no place on the same page.
fn is_path(destination: &str) -> bool {
    let scheme = destination.split(['/', '?', '#']).next().is_some_and(|part| part.contains(':'));
    let file = destination.split(['?', '#']).next().unwrap_or_default();
    !file.is_empty() && !scheme && !destination.starts_with("//")
}

/// A path as it is compared: from the repository's root, in lower case, without what may be left
/// out at its end.
fn resolved(folder: &str, written: &str) -> Option<String> {
    let path = join(folder, written)?.to_lowercase();
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".mdx")).unwrap_or(&path);
    let path = path.strip_suffix("/readme").or_else(|| path.strip_suffix("/index")).unwrap_or(path);
    (!path.is_empty()).then(|| path.to_owned())
}

/// A path from the repository's root, of one that is written in a file of some folder.
fn join(folder: &str, written: &str) -> Option<String> {
    let written = written.split(['?', '#']).next().unwrap_or_default().replace("%20", " ");
    joined(if written.starts_with('/') { "" } else { folder }, &written)
}

/// A text as words: letters and digits in lower case, one space between them.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c == ' '
}
