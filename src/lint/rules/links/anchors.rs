//! The places in a file that a link can lead to.

use std::collections::{BTreeMap, HashSet};

use crate::parse::{Syntax, anchor};

/// What a link into a file may name behind its `#`.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// As GitHub writes them, for whoever looks for the right one.
    pub(super) slugs: Vec<String>,
    /// Without what generators of sites write differently.
    loose: HashSet<String>,
}

impl Anchors {
    /// The anchors of a text.
    pub(super) fn read(text: &str, syntax: &Syntax) -> Anchors {
        let mut anchors = Anchors::default();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for heading in &syntax.headings {
            let (title, own) = own_id(&heading.text);
            let slug = anchor(title);
            let times = taken.entry(slug.clone()).or_default();
            let slug = if *times == 0 { slug } else { format!("{slug}-{times}") };
            *times += 1;
            for known in [loose(&slug), loose(&heading.text)] {
                // Pandoc leaves numbers at the beginning out.
                anchors.loose.insert(known.trim_start_matches(char::is_numeric).to_owned());
                anchors.loose.insert(known);
            }
            anchors.slugs.push(slug);
            own.into_iter().for_each(|id| anchors.add(id));
        }
        for html in &syntax.html {
            ids(html.span.slice(text)).for_each(|id| anchors.add(id));
        }
        // Markdown's dialects give any paragraph an id: `{#id}`, `{: #id }`.
        for (at, _) in text.match_indices("{") {
            let rest = text.get(at + 1..).unwrap_or_default().trim_start_matches([':', ' ']);
            anchors.add(rest.strip_prefix('#').map(word).unwrap_or_default());
        }
        anchors
    }

    fn add(&mut self, id: &str) {
        if !id.is_empty() {
            self.loose.insert(loose(id));
            self.slugs.push(id.to_owned());
        }
    }

    /// Whether a link may name this.
    pub(super) fn hold(&self, fragment: &str) -> bool {
        let fragment = fragment.strip_prefix("user-content-").unwrap_or(fragment);
        let wanted = loose(fragment);
        let is_known = |wanted: &str| self.loose.contains(wanted);
        // GitBook puts `id-` before a number.
        let numbered = wanted.strip_prefix("id").filter(|rest| rest.starts_with(char::is_numeric));
        wanted.is_empty() || is_known(&wanted) || numbered.is_some_and(is_known)
    }
}

/// A heading's text and the id that is written at its end: `Legal {#legal}`.
fn own_id(text: &str) -> (&str, Option<&str>) {
    let attributes = text.trim_end().strip_suffix('}').and_then(|text| text.rsplit_once('{'));
    match attributes {
        Some((title, id)) if id.trim_start_matches([':', ' ']).starts_with('#') => {
            (title.trim_end(), Some(word(id.trim_start_matches([':', ' ', '#']))))
        }
        _ => (text, None),
    }
}

/// What an id is made of, at the beginning of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | '\'' | '>'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The values of `id` and `name` in HTML.
fn ids(html: &str) -> impl Iterator<Item = &str> {
    let behind = |(at, name): (usize, &str)| {
        let before = html.get(..at)?.chars().next_back()?;
        let value = html.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let value = word(value.trim_start_matches(['"', '\'']));
        (before.is_whitespace() || matches!(before, '"' | '\'')).then_some(value)
    };
    html.match_indices("id").chain(html.match_indices("name")).filter_map(behind)
}

/// An anchor without what generators write differently: case, signs, and how many of them.
fn loose(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RepoPath;
    use crate::parse;

    fn read(text: &str) -> Anchors {
        Anchors::read(text, &parse::syntax(&RepoPath::new("a.md"), text))
    }

    #[test]
    fn slugs_are_those_of_github() {
        let text = "# Phase 1: *Legal* & `NDA`\n\n## Übergabe – Öffnung\n\n## 🚀 Launch_day\n\n## A\n\n## A\n\n> ## A\n";
        let slugs = ["phase-1-legal--nda", "übergabe--öffnung", "-launch_day", "a", "a-1", "a-2"];
        assert_eq!(read(text).slugs, slugs);
    }

    #[test]
    fn what_other_generators_write_holds_as_well() {
        let anchors = read("# 1. Legal & NDA\n\n## Legal\n\n## Legal\n");
        for fragment in [
            "1-legal--nda",
            "1-legal-nda",
            "1.-Legal-&-NDA",
            "legal-nda",
            "id-1.-legal-nda",
            "legal-1",
            "legal_1",
            "user-content-legal",
            "-",
        ] {
            assert!(anchors.hold(fragment), "{fragment}");
        }
        for fragment in ["legal-2", "nda", "2-legal-nda"] {
            assert!(!anchors.hold(fragment), "{fragment}");
        }
    }

    #[test]
    fn ids_of_html_and_attributes_are_anchors() {
        let anchors = read(
            "<a id=\"one\"></a>\n\n<a name='two'>x</a> <b data-id=\"no\">\n\n## Legal {#three}\n\n## Setup\n{: #four }\n\nText[]{#five}\n",
        );
        for fragment in ["one", "two", "three", "legal", "four", "five", "setup"] {
            assert!(anchors.hold(fragment), "{fragment}");
        }
        assert!(!anchors.hold("no"));
    }
}
