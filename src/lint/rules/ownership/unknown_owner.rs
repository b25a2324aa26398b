//! MB602: an owner is not among those that the board knows.

use crate::config::{nearest, shortened};
use crate::lint::finding::Finding;
use crate::lint::page::{Kind, Page};
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNKNOWN_OWNER,
    category: Category::Ownership,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: false,
    finds: "an owner who is not among the `owners` under `[lint]` in mdboard.toml",
    why: "a misspelled name owns work that nobody finds when they look for their own",
    how: "correct the name, or add it to `owners` under `[lint]` in mdboard.toml",
    more: "The owners of items, of headings (or `**Owner:** Anna` lines under them) and of front \
           matters are compared with the list, whatever their case. Templates are not looked at: \
           their owners are roles and blanks.\n\n\
           The rule is off by default and finds nothing while the list is empty:\n\n\
           ```toml\n\
           [lint]\n\
           extend-select = [\"unknown-owner\"]\n\
           owners = [\"anna\", \"ben\", \"Legal team\"]\n\
           ```",
    fixes: None,
    examples: &[Example {
        config: "[lint]\nowners = [\"anna\", \"ben\"]\n",
        ..Example::checklist(
            "---\nowner: ⟦Carla⟧\n---\n\n# Onboarding\n\n- [ ] NDA signed (owner: @Anna)\n- [ ] Contract signed (owner: @⟦beb⟧)\n",
            "---\nowner: Anna\n---\n\n# Onboarding\n\n- [ ] NDA signed (owner: @Anna)\n- [ ] Contract signed (owner: @ben)\n",
        )
    }],
    check: Check::Page(check),
};

/// Of so many owners in one place the unknown ones are told. Nobody names more but to do harm.
const MOST: usize = 100;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let is_partners = page.kind == Kind::Checklist || page.membership.is_some();
    if page.config.lint.owners.is_empty() || !is_partners || page.kind == Kind::Template {
        return;
    }
    let document = &page.document;
    if let Some(field) = page.field("owner").or_else(|| page.field("owners")) {
        tell(page, &document.front_matter.owners, field.value.span, field.value.span, found);
    }
    let to_next = |start: usize, next: Option<usize>| {
        let next = next.unwrap_or(page.text.len());
        Span::new(start, next.max(start))
    };
    for (at, section) in document.sections.iter().enumerate() {
        let next = document.sections.get(at + 1).map(|next| next.span.start);
        tell(page, &section.owners, to_next(section.span.start, next), section.span, found);
    }
    for (at, item) in document.items.iter().enumerate() {
        let next = document.items.get(at + 1).map(|next| next.span.start);
        let otherwise = page.text_of(item);
        tell(page, &item.owners, to_next(otherwise.start, next), otherwise, found);
    }
}

/// Tells those of some owners that the board does not know, where they are written in a piece of the
/// text, else at another place.
fn tell(
    page: &Page<'_>,
    owners: &[String],
    within: Span,
    otherwise: Span,
    found: &mut Vec<Finding>,
) {
    let known = &page.config.lint.owners;
    let mut from = within.start;
    for owner in owners.iter().take(MOST) {
        // They are written in this order. What is not found as it is read is not looked for again.
        let rest = Span::new(from, within.end.max(from));
        let written = word(page.slice(rest), owner);
        let span = written.map(|at| Span::new(from + at, from + at + owner.len()));
        from = span.map_or(within.end, |span| span.end);
        if known.iter().any(|known| known.to_lowercase() == owner.to_lowercase()) {
            continue;
        }
        let name = shortened(owner);
        let message = format!("`{name}` is not among the owners that this board knows");
        let finding = page.finding(&RULE, span.unwrap_or(otherwise), message);
        found.push(match nearest(owner, known.iter().map(String::as_str)) {
            Some(known) => finding.help(format!("write `{known}`, if that is who is meant")),
            None => finding,
        });
    }
}

/// Where a name stands in a text as a word of its own: behind a sign that names are written behind,
/// else anywhere.
fn word(text: &str, name: &str) -> Option<usize> {
    let is_word = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
        ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
    };
    let is_named = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default();
        before.trim_end_matches([' ', '*']).ends_with(['@', ':', ',', ';'])
    };
    let places = || text.match_indices(name).map(|(at, _)| at).filter(is_word);
    places().find(is_named).or_else(|| places().next())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::{finds, finds_in};

    const CONFIG: &str = "[lint]\nowners = [\"anna\", \"Legal team\"]\n";

    #[test]
    fn owners_are_told_where_they_are_written() {
        for (text, place) in [
            ("- [ ] Everybody is called — Owner: Eve\n", "Eve"),
            ("## A — Owner: Ben\n\n- [ ] a\n", "Ben"),
            ("## Benny\n\n**Owner:** anna, Ben\n\n- [ ] a\n", "Ben"),
            ("---\nowners: [anna, 'Ben']\n---\n- [ ] a\n", "Ben"),
            ("- [ ] a (owner: Legal tean)\n", "Legal tean"),
            // Not as it is read: white space is folded.
            ("- [ ] a (owner: Legal  tean)\n", "a (owner: Legal  tean)"),
        ] {
            assert_eq!(finds(&RULE, CONFIG, text).0, [place], "{text}");
        }
    }

    #[test]
    fn a_name_stands_where_owners_are_named() {
        assert_eq!(super::word("Eve calls Ben (owner: Eve)", "Eve"), Some(22));
        assert_eq!(super::word("Benny @Ben", "Ben"), Some(7));
        assert_eq!(super::word("| Ben | Benny", "Ben"), Some(2));
        assert_eq!(super::word("Benny", "Ben"), None);
    }

    #[test]
    fn everybody_is_known_where_nobody_is_named() {
        let text = "- [ ] a (owner: Ben)\n";
        assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0]);
        assert_eq!(finds(&RULE, CONFIG, "- [ ] a (owner: @ANNA, legal Team)\n").0, [] as [&str; 0]);
    }

    #[test]
    fn templates_name_roles() {
        let example = Example { config: CONFIG, ..Example::template("", "") };
        assert_eq!(finds_in(&RULE, &example, "- [ ] a (owner: CFO)\n").0, [] as [&str; 0]);
    }
}
