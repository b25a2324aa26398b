//! Where items are not looked for, whatever stands there.

use crate::parse::syntax::Syntax;
use crate::parse::walk::Part;
use crate::source::Span;

/// Excluded sections, and what stands between `mdboard-ignore-start` and `mdboard-ignore-end`: in
/// order and apart from each other, as places of the file. Lists below an excluded lead-in are not
/// among them.
pub(super) fn regions(text: &str, syntax: &Syntax, part: &Part) -> Vec<Span> {
    let mut found = Vec::new();
    // Both are the headings of the same text, in their order.
    let headings = syntax.headings.iter().zip(part.outline.excluded_headings());
    for (at, (heading, is_excluded)) in headings.enumerate() {
        if !is_excluded {
            continue;
        }
        let behind = syntax.headings.get(at + 1..).unwrap_or_default();
        let next = behind.iter().find(|next| next.level <= heading.level);
        let end = next.map_or(text.len(), |next| next.span.start);
        found.push(Span::new(heading.span.start, end));
    }
    let mut hidden_from = None;
    for html in syntax.html.iter().filter(|html| html.is_block) {
        for comment in html.span.slice(text).split("<!--").skip(1) {
            match comment.split_once("-->").map(|(inside, _)| inside.trim()) {
                Some("mdboard-ignore-start") => {
                    hidden_from = hidden_from.or(Some(html.span.start));
                }
                Some("mdboard-ignore-end") => {
                    if let Some(start) = hidden_from.take() {
                        found.push(Span::new(start, html.span.end));
                    }
                }
                _ => {}
            }
        }
    }
    found.extend(hidden_from.map(|start| Span::new(start, text.len())));
    found.sort();
    found.dedup_by(|next, last| {
        let overlaps = next.start <= last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    found
}

#[cfg(test)]
mod tests {
    use globset::{GlobBuilder, GlobSetBuilder};

    use crate::model::RepoPath;
    use crate::parse::{Close, Options, closely};

    fn read(text: &str, excluded: &str) -> Close {
        let glob = GlobBuilder::new(excluded).case_insensitive(true).build().expect("a glob");
        let exclude_sections = GlobSetBuilder::new().add(glob).build().expect("a set");
        let path = RepoPath::new("partners/acme.md");
        closely(&path, text.as_bytes(), &Options { exclude_sections, ..Options::default() })
    }

    #[test]
    fn regions_are_what_the_reading_leaves_out() {
        for text in [
            "# Plan\n\n- [ ] a\n\n## LEGEND\n\n- [ ] b\n\n### More\n\n- [ ] c\n\n## Work\n\n- [ ] d\n",
            "\u{feff}# Plan\n\n## Legend (Target: Day 1–7) [owner: Ann]\n\n- [ ] a\n\n## Work\n\n- [ ] b\n",
            "---\ntitle: Plan\n---\n# `Legend` due:2026-03-01\n- [ ] a\n",
            "Legend\n------\n\n- [ ] a\n\n<!-- mdboard-ignore-start -->\n- [ ] b\n\n# Work\n\n- [ ] c\n\n<!-- mdboard-ignore-end -->\n- [ ] d\n",
            "**Lead-in**\n- [ ] a\n\n## Legend\n\n**Lead-in**\n- [ ] b\n\n# Work\n\n- [ ] c\n",
            "- [ ] a\n\n##\n\n- [ ] b\n\n## Legend ##\n\n- [ ] c\n",
        ] {
            let every = read(text, "none of them").document.items;
            let left = read(text, "*legend*");
            let is_in = |at: usize| left.untracked.iter().any(|it| it.start <= at && at < it.end);
            let outside: Vec<_> = every.iter().filter(|item| !is_in(item.mark.start)).collect();
            assert_eq!(outside, left.document.items.iter().collect::<Vec<_>>(), "{text}");
            assert!(outside.len() < every.len() || every.is_empty(), "{text}");
            assert!(left.untracked.is_sorted(), "{text}");
        }
    }
}
