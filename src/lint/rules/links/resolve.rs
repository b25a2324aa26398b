//! Which file a link leads to.
//!
//! The same link is read differently by GitHub, by an editor and by the generators of sites. One that
//! leads somewhere for any of them is no mistake.

use crate::lint::page::Page;
use crate::lint::project::{Entry, Tree};
use crate::model::joined;

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// To a file or folder.
    At(String, Entry),
    /// To nothing in the repository.
    Nothing,
    /// Out of the repository.
    Outside,
}

/// What the sites of hosting services have beside a repository's files, and links climb up to.
const BESIDE: [&str; 22] = [
    "issues",
    "pulls",
    "pull",
    "wiki",
    "actions",
    "releases",
    "discussions",
    "tree",
    "blob",
    "raw",
    "security",
    "projects",
    "settings",
    "commits",
    "commit",
    "compare",
    "labels",
    "milestones",
    "edit",
    "new",
    "graphs",
    "-",
];

/// Where a path that stands in a page leads. The page itself for an empty one.
pub(super) fn resolve(page: &Page<'_>, path: &str) -> Found {
    resolve_from(page.tree, page.path.as_str(), path)
}

/// The same for a page of which no more is known than its path.
pub(super) fn resolve_from(tree: &dyn Tree, own: &str, path: &str) -> Found {
    if path.is_empty() {
        return Found::At(own.to_owned(), Entry::File);
    }
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    if let Some(rooted) = path.strip_prefix('/') {
        return match from_above(tree, folder, rooted) {
            Found::Nothing => below_site(tree, folder, rooted),
            found => found,
        };
    }
    let beside = joined(folder, path);
    // A site serves `a/b.md` as `/a/b/`, and links from there.
    let served = joined(own.rsplit_once('.').map_or(own, |(stem, _)| stem), path);
    for candidate in [&beside, &served].into_iter().flatten() {
        if let Some((at, entry)) = entry(tree, candidate) {
            return Found::At(at, entry);
        }
    }
    if !path.starts_with('.') {
        return from_above(tree, folder, path);
    }
    match beside {
        Some(_) => Found::Nothing,
        None if is_beside_files(path) => Found::Nothing,
        None => Found::Outside,
    }
}

/// Whether a path climbs out of the files to what a hosting service shows beside them.
pub(super) fn is_beside_files(path: &str) -> bool {
    let mut parts = path.split('/').skip_while(|part| matches!(*part, ".." | "."));
    path.starts_with("..") && parts.next().is_some_and(|part| BESIDE.contains(&part))
}

/// Looks for a path without its first folder, where that is none of the repository's: many sites
/// are served below a name of their own.
fn below_site(tree: &dyn Tree, folder: &str, path: &str) -> Found {
    match path.split_once('/') {
        Some((name, below)) if tree.entry(name).is_none() => from_above(tree, folder, below),
        _ => Found::Nothing,
    }
}

/// Looks for a path from the folder of a page and from each one above it.
fn from_above(tree: &dyn Tree, folder: &str, path: &str) -> Found {
    let mut from = Some(folder);
    while let Some(above) = from {
        if let Some((at, entry)) = joined(above, path).and_then(|path| entry(tree, &path)) {
            return Found::At(at, entry);
        }
        from = (!above.is_empty()).then(|| above.rsplit_once('/').map_or("", |(up, _)| up));
    }
    Found::Nothing
}

/// What stands at a path, or at one of those that are served under it.
fn entry(tree: &dyn Tree, path: &str) -> Option<(String, Entry)> {
    let at = |path: String| tree.entry(&path).map(|entry| (path, entry));
    let is_file = |found: &(String, Entry)| found.1 == Entry::File;
    let exact = at(path.to_owned());
    if exact.as_ref().is_some_and(is_file) {
        return exact;
    }
    let page = path.strip_suffix(".html").unwrap_or(path);
    let page = page.strip_suffix("/index").filter(|_| page != path).unwrap_or(page);
    let below =
        |name: &str| if page.is_empty() { name.to_owned() } else { format!("{page}/{name}") };
    let written = ["md", "mdx"].into_iter().map(|end| format!("{page}.{end}"));
    let indices = ["README.md", "index.md", "index.mdx", "readme.md", "_index.md"];
    let served = written.chain(indices.into_iter().map(below)).filter_map(at).find(is_file);
    served.or(exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Paths(&'static [&'static str]);

    impl Tree for Paths {
        fn entry(&self, path: &str) -> Option<Entry> {
            let folder = format!("{path}/");
            let is_folder = path.is_empty() || self.0.iter().any(|it| it.starts_with(&folder));
            let folder = is_folder.then_some(Entry::Folder);
            self.0.contains(&path).then_some(Entry::File).or(folder)
        }

        fn text(&self, _: &str) -> Option<String> {
            None
        }
    }

    #[test]
    fn a_path_is_found_under_what_it_is_served_as() {
        let tree = Paths(&["a/b.md", "a/c.mdx", "a/d/README.md", "e/index.md", "f/g.txt"]);
        let found = |path: &str| entry(&tree, path).map(|(path, _)| path);
        assert_eq!(found("a/b").as_deref(), Some("a/b.md"));
        assert_eq!(found("a/b.html").as_deref(), Some("a/b.md"));
        assert_eq!(found("a/c").as_deref(), Some("a/c.mdx"));
        assert_eq!(found("a/d").as_deref(), Some("a/d/README.md"));
        assert_eq!(found("e/index.html").as_deref(), Some("e/index.md"));
        assert_eq!(found("f").as_deref(), Some("f"));
        assert_eq!(found("a/x"), None);
    }

    #[test]
    fn paths_are_looked_for_upwards_and_below_a_sites_name() {
        let tree = Paths(&["docs/guide/a.md", "docs/b.md"]);
        let found = |path: &str| from_above(&tree, "docs/guide/deep", path);
        let at = |path: &str| Found::At(path.to_owned(), Entry::File);
        assert_eq!(found("guide/a.md"), at("docs/guide/a.md"));
        assert_eq!(found("b/"), at("docs/b.md"));
        assert_eq!(found("our-site/b/"), Found::Nothing);
        assert_eq!(below_site(&tree, "docs/guide", "our-site/b/"), at("docs/b.md"));
        assert_eq!(below_site(&tree, "docs/guide", "docs/b/"), Found::Nothing);
    }

    #[test]
    fn a_path_may_not_climb_out() {
        assert_eq!(joined("a/b", "../../c.md").as_deref(), Some("c.md"));
        assert_eq!(joined("a/b", ".././x//c.md").as_deref(), Some("a/x/c.md"));
        assert_eq!(joined("a/b", "../../../c.md"), None);
        assert!(is_beside_files("../../issues/new"));
        assert!(!is_beside_files("../../secrets.md") && !is_beside_files("issues"));
    }
}
