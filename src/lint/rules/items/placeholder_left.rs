//! MB109: a checklist still has a blank of its template.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::items::blank::{self, Blank, Kind};
use crate::lint::rules::items::places;
use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, Severity};
use crate::parse::{Is, Value};
use crate::source::{Span, holding};

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::PLACEHOLDER_LEFT,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Checklists,
    by_default: true,
    finds: "a blank that was never filled in: `____`, `[Partner Name]`, `<name>` or `{{name}}`",
    why: "a partner reads `Welcome, [Name]`, and whoever does the work does not know what is meant",
    how: "write what belongs there, or delete it",
    more: "Templates may have blanks; what is made from them may not. Of each line the first blank \
           is told, and of a table the first of all, with how many rows have some: a table is \
           filled in as one.\n\n\
           Brackets are blanks where the words in them ask for something: `[Your Company]`, \
           `[Start date]`, `[insert link]`, `[X]%`, `[TBD]`. Links, footnotes, boxes and other \
           notes in brackets (`[sic]`, `[IT]`, `[internal]`) are left alone; so is all code. Outside \
           items, so are blanks between quotation marks: `\"How do you see [Competitor]?\"` is \
           filled in by whoever says it. Dates that are missing are told by `unreadable-date` and \
           `invalid-date`.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Onboarding ⟦[Partner Name]⟧\n\n- [ ] Contract of ⟦____⟧ signed\n- [ ] Welcome mail to ⟦<name>⟧\n- [ ] Portal at ⟦{{portal_url}}⟧ opened\n",
            "# Onboarding Brackenferry\n\n- [ ] Contract of 3 March signed\n- [ ] Welcome mail to Ada\n- [ ] Portal at portal.example.com opened\n",
        ),
        Example::checklist(
            "---\npartner: \"⟦[Partner Name]⟧\"\n---\n\n# Onboarding\n\n- [ ] Contract signed\n",
            "---\npartner: Brackenferry\n---\n\n# Onboarding\n\n- [ ] Contract signed\n",
        ),
    ],
    check: Check::Page(check),
};

/// Keys whose blanks are told as dates that cannot be read.
const DATES: [&str; 4] = ["start", "start_date", "due", "last_updated"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut tell = |span: Span, rows: usize| {
        let written = shortened(page.slice(span));
        let message = match rows {
            ..2 => format!("the blank `{written}` is not filled in"),
            _ => format!(
                "the blank `{written}` is not filled in; {rows} rows of the table have some"
            ),
        };
        found.push(page.finding(&RULE, span, message));
    };
    let mut blanks = Vec::new();
    for field in page.fields.iter().filter(|field| !DATES.contains(&field.key.as_str())) {
        in_value(page, &field.value, &mut blanks);
    }
    let markdown = Markdown::of(page);
    let headings = page.syntax.headings.iter().map(|heading| &heading.span);
    for text in headings.chain(&page.syntax.paragraphs) {
        blanks.extend(markdown.first_of_lines(*text));
    }
    blanks.into_iter().for_each(|span| tell(span, 1));
    for table in &page.syntax.tables {
        let mut rows = markdown.first_of_lines(*table);
        if let Some(first) = rows.next() {
            tell(first, 1 + rows.count());
        }
    }
}

/// The blanks of a value of the front matter: of each text the first.
fn in_value(page: &Page<'_>, value: &Value, found: &mut Vec<Span>) {
    match &value.is {
        Is::Null => {}
        Is::Text(_) => {
            let mut blanks = blank::in_line(page.slice(value.span));
            found.extend(blanks.next().map(|blank| blank.span.shifted(value.span.start)));
        }
        Is::List(values) => values.iter().for_each(|value| in_value(page, value, found)),
        Is::Map(fields) => fields.iter().for_each(|field| in_value(page, &field.value, found)),
    }
}

/// The markdown of a page, with what its blanks are told by.
struct Markdown<'p> {
    page: &'p Page<'p>,
    /// The places of dates that reading has told as unreadable.
    unread: Vec<Span>,
    /// The names of tags that are closed somewhere.
    closed: HashSet<String>,
}

impl<'p> Markdown<'p> {
    fn of(page: &'p Page<'p>) -> Markdown<'p> {
        let body = page.text.get(page.syntax.body..).unwrap_or_default();
        Markdown { page, unread: unread(page), closed: blank::closed_tags(body) }
    }

    /// The first blank of each line of a text.
    fn first_of_lines(&self, text: Span) -> impl Iterator<Item = Span> {
        let mut next = text.start;
        self.page.slice(text).split_inclusive('\n').filter_map(move |line| {
            let start = next;
            next += line.len();
            let quoted = OnceCell::new();
            // What somebody is to say is a script, and no part of the work.
            let is_to_be_said = |blank: Blank| {
                matches!(blank.kind, Kind::Brackets | Kind::Angles)
                    && is_among(quoted.get_or_init(|| quotes(line)), blank.span.start)
                    && !places::is_in_item(self.page, start + blank.span.start)
            };
            let blanks = blank::in_line(line).filter(|blank| !is_to_be_said(*blank));
            let mut blanks = blanks.map(|it| Blank { span: it.span.shifted(start), ..it });
            blanks.find(|blank| self.counts(*blank)).map(|blank| blank.span)
        })
    }

    /// Whether a blank stands where readers see it as such.
    fn counts(&self, blank: Blank) -> bool {
        let (page, at) = (self.page, blank.span.start);
        let is_told = is_among(&self.unread, at);
        if is_told || page.syntax.is_code(at) || page.is_left_out(at) {
            return false;
        }
        if places::is_escaped(page, at) {
            return false;
        }
        let is_in_link = || places::link(page, at).is_some();
        match blank.kind {
            Kind::Braces => !page.syntax.is_html(at),
            Kind::Line => !page.syntax.is_html(at) && !is_in_link(),
            Kind::Brackets => {
                !page.syntax.is_html(at) && !is_in_link() && !places::is_item(page, at)
            }
            Kind::Angles => {
                // Markdown takes most of them for a tag.
                let is_tag = page.syntax.html.binary_search_by_key(&at, |html| html.span.start);
                let name = blank::first_word(page.slice(blank.span)).to_lowercase();
                (is_tag.is_ok() || !page.syntax.is_html(at))
                    && !is_in_link()
                    && !self.closed.contains(name.as_str())
            }
        }
    }
}

fn is_among(spans: &[Span], at: usize) -> bool {
    holding(spans, at, |span| *span).is_some()
}

/// What stands between quotation marks in a line, in order.
fn quotes(line: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, sign) in line.char_indices() {
        match (open, sign) {
            (Some((start, close)), _) if sign == close => {
                found.push(Span::new(start, at));
                open = None;
            }
            (None, '"') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '«') => open = Some((at, '»')),
            _ => {}
        }
    }
    found
}

/// The places of dates that reading has told as unreadable.
fn unread(page: &Page<'_>) -> Vec<Span> {
    let told = page.document.diagnostics.iter().filter(|told| told.code == codes::UNREADABLE_DATE);
    let span = |told: &Diagnostic| {
        let start = page.offset(told.start);
        Span::new(start, page.offset(told.end).max(start))
    };
    told.map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;
    use crate::lint::tests::{finds, finds_in};

    /// A checklist: without an item it would be none.
    fn found(text: &str) -> Vec<String> {
        finds(&RULE, "", &format!("{text}\n\n- [ ] a\n")).0
    }

    #[test]
    fn blanks_are_found_where_they_stand() {
        for (text, blank) in [
            ("| Name | [Name] |\n| - | - |\n| a | b |", "[Name]"),
            ("Setext ____\n===", "____"),
            ("- [X] Win [X] new customers", "[X]"),
            ("[docs]({{url}})", "{{url}}"),
            ("<partner name> signs", "<partner name>"),
            ("Dear <Partner’s name>", "<Partner’s name>"),
            ("- [ ] Call — Owner: ____", "____"),
            ("Välkommen 🎉 [Your Company], [Name]\r\nb", "[Your Company]"),
        ] {
            assert_eq!(found(text), [blank], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_blank_is_left_alone() {
        for text in [
            "`____ [Name] <name> {{name}}`",
            "```\n[Name]\n```",
            "[Name](a.md) [Name][b] [b]\n\n[b]: c.md",
            "[Name]\n\n[name]: c.md",
            "a[^1] [1] [sic] [IT] [internal] [PROJ-12] [waiting for contact] [last year]",
            "- [ ] [Partner] Send the logo",
            "\\[Name]",
            "___bold and italic___ snake___case",
            "___",
            "<br> <kbd>Tab</kbd> <x-tabs>a</x-tabs> <ada@example.com> <https://example.com>",
            "Vec<String> a <b and c> d",
            "${{ secrets.TOKEN }} {{< note >}} {{% note %}} {{}}",
            "- [ ] Call (due: ____)",
            "## Legend\n\n[Name]\n\n## Work",
            "<!-- [Name] ____ -->",
            "<div>\n[Name]\n</div>",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn what_somebody_is_to_say_is_no_blank_of_the_list() {
        for text in [
            "\"How do you see [Competitor]?\"",
            "| Opening | \"[Name] says hello\" |\n| - | - |\n| a | b |",
            "> “Dear <partner name>” and „Hallo [Name]“ and «[Name]»",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
        for (text, blank) in [
            ("- [ ] Send \"Welcome, [Name]\"", "[Name]"),
            ("- [ ] Send\n  \"Welcome, [Name]\"", "[Name]"),
            ("\"Welcome\" is said to [Name] \"twice\"", "[Name]"),
            ("A 19\" rack for [Name]", "[Name]"),
            ("“Welcome” is said to [Name] “twice”", "[Name]"),
            ("\"Welcome, ____ of {{partner}}\"", "____"),
        ] {
            assert_eq!(found(text), [blank], "{text}");
        }
    }

    #[test]
    fn a_table_is_told_once() {
        let table = "| Name | Day |\n| - | - |\n| a | ____ |\n| [Name] | ____ |\n| b | c |\n";
        let text = format!("{table}\n[Name]\n\n{table}\n- [ ] a\n");
        let (told, _) = run(&RULE, &Example::checklist("", ""), &text);
        let messages: Vec<_> = told.iter().map(|finding| &*finding.message).collect();
        let rows = "the blank `____` is not filled in; 2 rows of the table have some";
        assert_eq!(messages, [rows, "the blank `[Name]` is not filled in", rows]);
    }

    #[test]
    fn a_template_may_have_blanks() {
        let text = "# [Partner Name]\n\n- [ ] ____\n";
        assert_eq!(finds_in(&RULE, &Example::template("", ""), text).0, [] as [&str; 0]);
        assert_eq!(finds(&RULE, "", text).0.len(), 2);
    }

    #[test]
    fn blanks_in_the_front_matter() {
        let text = "---\ntitle: Plan of {{name}}\ntags: [new, '<tier>']\nstart_date: ____\n---\n";
        assert_eq!(finds(&RULE, "", &format!("{text}- [ ] a\n")).0, ["{{name}}", "<tier>"]);
    }
}
