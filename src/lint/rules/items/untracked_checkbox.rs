//! MB108: a box that no tool can follow: in a table, or drawn with a symbol.

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::lint::rules::items::places::{self, Beginning};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::UNTRACKED_CHECKBOX,
    category: Category::Items,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "boxes that no tool can follow: `[ ]`, `☐` or `⬜` in a table, and lines that begin with \
            `☐`, `☑`, `☒`, `⬜` or `🔲`",
    why: "they look like work to be ticked off, and are missing from the board: nobody sees who did \
          what when, nor what is overdue",
    how: "make list items of them: `- [ ] text (due: Day 7, owner: Anna)`",
    more: "Markdown has checkboxes in lists only. Of a table, the first box is told, and only where \
           at least one is open: a table of nothing but `✅` compares or praises, and is no list of \
           work. Boxes side by side in one cell or line (`☐ Gold ☐ Silver`) are answers to choose \
           from and are left alone, as is `✅` before a line of text.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "writes `- [ ] text` for `- ☐ text`; for `⬜` and `🔲`, which may be a colour in a \
               legend, only where unsafe fixes are asked for. Tables and what is ticked are left to \
               you.",
        changes: &[Part::Items],
    }),
    examples: &[
        Example::template(
            "# Launch\n\n| Task | Owner | Status |\n| --- | --- | --- |\n| Portal access | Anna | ⟦[ ]⟧ |\n| Price list | Ben | [x] |\n",
            "# Launch\n\n- [ ] Portal access (owner: Anna)\n- [ ] Price list (owner: Ben)\n",
        )
        .by_hand(),
        Example::template(
            "# Launch\n\n| Task | Done |\n| --- | --- |\n| Portal access | ✅ |\n| Price list | ⟦⬜⟧ |\n",
            "# Launch\n\n| Task | Included |\n| --- | --- |\n| Portal access | ✅ |\n| Price list | ✅ |\n",
        )
        .by_hand(),
        Example::checklist(
            "## Legal\n\n- ⟦☐⟧ NDA signed\n- ⟦⬜⟧ Contract signed\n- ✅ is no box\n",
            "## Legal\n\n- [ ] NDA signed\n- [ ] Contract signed\n- ✅ is no box\n",
        ),
    ],
    check: Check::Page(check),
};

/// Signs that are drawn like an open box.
const OPEN: [char; 3] = ['☐', '⬜', '🔲'];

/// Signs that are drawn like a ticked box.
const TICKED: [char; 2] = ['☑', '☒'];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for beginning in places::beginnings(page) {
        found.extend(drawn(page, beginning));
    }
    let paragraphs = page.syntax.paragraphs.iter();
    let unformed = paragraphs.filter(|paragraph| is_unformed_table(page.slice(**paragraph)));
    for table in page.syntax.tables.iter().chain(unformed) {
        found.extend(in_table(page, *table));
    }
}

/// Whether a paragraph was meant as a table: all its lines are rows, and only the line below its
/// heads does not fit them, so that markdown makes no table of it.
fn is_unformed_table(text: &str) -> bool {
    let is_row = |line: &str| line.trim_start_matches([' ', '\t', '>']).starts_with('|');
    text.lines().count() > 2 && text.lines().all(is_row)
}

/// A line that begins with a box that is drawn.
fn drawn(page: &Page<'_>, beginning: Beginning<'_>) -> Option<Finding> {
    let Beginning { at, text, is_in_list } = beginning;
    let sign = text.chars().next().filter(|sign| OPEN.contains(sign) || TICKED.contains(sign))?;
    let behind = text.get(sign.len_utf8()..)?.trim_start_matches('\u{fe0f}');
    let length = text.len() - behind.len();
    let is_item = behind.starts_with(char::is_whitespace)
        && behind.contains(char::is_alphanumeric)
        && !behind.contains(OPEN)
        && !behind.contains(TICKED);
    if !is_item || !page.is_tracked(at) {
        return None;
    }
    let span = Span::new(at, at + length);
    let finding = page.finding(&RULE, span, format!("`{sign}` is drawn like a box and is none"));
    let mark = if OPEN.contains(&sign) { "[ ]" } else { "[x]" };
    let finding = finding.help(format!("write `- {mark} text`"));
    if !is_in_list || !OPEN.contains(&sign) {
        return Some(finding);
    }
    // What stands behind it may only look like a space.
    let space = behind.chars().next().filter(|space| !space.is_ascii()).map_or(0, char::len_utf8);
    let mended = if space > 0 { "[ ] " } else { "[ ]" };
    let edit = Edit::replace(Span::new(at, span.end + space), mended);
    Some(finding.fix(match sign {
        '☐' => Fix::safe([edit]),
        _ => Fix::unsafe_([edit]),
    }))
}

/// The boxes of a table, told at the first of them.
fn in_table(page: &Page<'_>, table: Span) -> Option<Finding> {
    let mut first = None;
    let mut count = 0_usize;
    for span in cells(page, table).filter_map(|cell| box_in(page, cell)) {
        first = first.or(Some(span));
        count += 1;
    }
    let message = match count {
        1 => "this table has a box that no tool can follow".to_owned(),
        _ => format!("this table has {count} boxes that no tool can follow"),
    };
    let finding = page.finding(&RULE, first?, message);
    Some(
        finding
            .help("make a list of the table: `- [ ] text (due: Day 7, owner: Anna)` for each row"),
    )
}

/// The cells of a table without the white space around them, those of the line below its heads
/// among them.
fn cells(page: &Page<'_>, table: Span) -> impl Iterator<Item = Span> {
    let mut next = table.start;
    page.slice(table).split(['|', '\n']).map(move |cell| {
        let text = cell.trim_start();
        let start = next + cell.len() - text.len();
        next += cell.len() + 1;
        Span::new(start, start + text.trim_end().len())
    })
}

/// The open box that a cell begins or ends with, or the `[x]` that is all of it. A cell with more
/// boxes than one offers a choice.
fn box_in(page: &Page<'_>, cell: Span) -> Option<Span> {
    let text = page.slice(cell);
    let (start, end) = match text {
        "[x]" => (0, text.len()),
        _ => open_box(text)?,
    };
    let span = Span::new(cell.start + start, cell.start + end);
    (count(text) == 1 && page.is_tracked(span.start)).then_some(span)
}

/// Where the open box stands that a text begins or ends with.
fn open_box(text: &str) -> Option<(usize, usize)> {
    let at_start = |sign: &str| {
        let behind = text.strip_prefix(sign)?.trim_start_matches('\u{fe0f}');
        let is_apart = behind.chars().next().is_none_or(char::is_whitespace);
        is_apart.then(|| (0, text.len() - behind.len()))
    };
    let at_end = |sign: &str| {
        let before = text.trim_end_matches('\u{fe0f}').strip_suffix(sign)?;
        before.ends_with(char::is_whitespace).then_some((before.len(), text.len()))
    };
    let signs = ["[ ]", "☐", "⬜", "🔲"];
    signs.iter().find_map(|sign| at_start(sign).or_else(|| at_end(sign)))
}

/// How many boxes a text holds.
fn count(text: &str) -> usize {
    let written = ["[ ]", "[x]", "[X]"].iter().map(|it| text.matches(it).count()).sum::<usize>();
    written + text.chars().filter(|c| OPEN.contains(c) || TICKED.contains(c)).count()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    /// A table with a cell in it.
    fn table(cell: &str) -> String {
        format!("| a | b |\n| - | - |\n| c | {cell} |\n| d | e |\n")
    }

    #[test]
    fn a_table_is_told_once() {
        let text = "| a | [ ] |\n| - | - |\n| ☐ b | ⬜ |\n\n| c | d |\n|-|-|\n| e | [x] |\n";
        assert_eq!(finds(&RULE, "", text).0, ["[ ]", "[x]"]);
        for cell in ["[ ]", "[ ] Contract", "Contract [ ]", "☐", "⬜\u{fe0f}", "🔲 Contract"] {
            let (places, mended) = finds(&RULE, "", &table(cell));
            assert_eq!(places.len(), 1, "{cell}");
            assert_eq!(mended, table(cell));
        }
    }

    #[test]
    fn tables_without_open_boxes_are_left_alone() {
        for cell in [
            "✅",
            "✅ Want templates",
            "☑",
            "`[ ]`",
            "Placeholder brackets `[ ]`",
            "[X]",
            "[X] years",
            "[x] years",
            "[ ] Reseller [ ] ISV",
            "☐ Gold ☐ Silver",
            "[ ](link.md)",
            "[]",
        ] {
            assert_eq!(finds(&RULE, "", &table(cell)).0, [] as [&str; 0], "{cell}");
        }
        let hidden = format!("## Legend\n\n{}", table("[ ]"));
        assert_eq!(finds(&RULE, "", &hidden).0, [] as [&str; 0]);
    }

    #[test]
    fn a_table_whose_second_line_does_not_fit_is_told_as_well() {
        let text = "| Task | Owner | Status---|--- |\n|---|---|\n| Mail | Anna | ⬜ |\n| Post | Ben | ⬜ |\n";
        assert_eq!(finds(&RULE, "", text).0, ["⬜"]);
        for text in ["| [ ] |\n", "Either\n| a | [ ] |\n| b | [ ] |\n"] {
            assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn lines_that_begin_with_a_box() {
        for (text, mended) in [
            ("- ☐ a", "- [ ] a"),
            ("> 1. ☐\u{a0}a", "> 1. [ ] a"),
            ("- 🔲 a\r\n- ⬜\u{fe0f} b\r\n", "- [ ] a\r\n- [ ] b\r\n"),
            ("☐ a", "☐ a"),
            ("- ☑ a", "- ☑ a"),
            ("- ☒ a", "- ☒ a"),
        ] {
            let (places, found) = finds(&RULE, "", text);
            assert_eq!(places.len(), mended.matches('a').count() + mended.matches('b').count());
            assert_eq!(found, mended);
        }
    }

    #[test]
    fn other_signs_are_no_boxes() {
        for text in [
            "- ✅ Do this",
            "✅ Key wins",
            "- ❌ Not that",
            "- ☐ yes ☐ no",
            "- ☐",
            "- [ ] ☐ a",
            "Tick the ☐ a",
            "```\n☐ a\n```",
            "- `☐ a`",
            "## Legend\n\n- ☐ a",
        ] {
            assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0], "{text}");
        }
    }
}
