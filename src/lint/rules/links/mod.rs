//! Links between files. Nothing is asked of the network.

mod anchors;
pub mod broken_anchor;
pub mod broken_link;
pub mod link_leaves_board;
pub mod malformed_link;
mod resolve;
mod target;
mod typos;

use crate::lint::page::Page;
use crate::lint::project::Tree;
use crate::lint::rule::Rule;
use crate::parse::LinkKind;
use crate::source::Span;
use resolve::Found;
use target::Target;

/// The rules of this category.
pub(super) const RULES: &[&Rule] =
    &[&broken_link::RULE, &broken_anchor::RULE, &malformed_link::RULE, &link_leaves_board::RULE];

/// Where each link, image and link definition of a file leads, with the place where that is
/// written. A link that a definition stands for is told at the definition.
fn targets<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (Span, Target<'p>)> {
    let inline = page.syntax.links.iter().filter(|link| link.kind == LinkKind::Inline);
    let inline = inline.map(|link| (link.destination_span, link.destination.as_str()));
    let defined = page.syntax.definitions.iter().map(|definition| {
        let written = page.slice(definition.span);
        let destination = definition.destination.as_str();
        let at = written.rfind(destination).filter(|_| !destination.is_empty());
        let place = at.map_or(definition.span, |at| {
            let start = definition.span.start + at;
            Span::new(start, start + destination.len())
        });
        (place, destination)
    });
    inline.chain(defined).map(|(place, destination)| (place, target::read(destination)))
}

/// The file or folder that a link's destination in a page leads to, by the page's path; `None` where
/// it leads to none of the repository's.
pub fn leads_to(tree: &dyn Tree, page: &str, destination: &str) -> Option<String> {
    let Target::File(file) = target::read(destination) else { return None };
    match resolve::resolve_from(tree, page, &file.path) {
        Found::At(path, _) => Some(path),
        Found::Nothing | Found::Outside => None,
    }
}
