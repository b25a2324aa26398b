//! MB101: something looks like a box and is none.

use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::lint::rules::items::look::{Behind, Inside, Look};
use crate::lint::rules::items::places::{self, Beginning};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MALFORMED_CHECKBOX,
    category: Category::Items,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "what was meant as a checkbox and is none: `- []`, `- [ x ]`, `- [✅]`, `-[ ]`, `- [ ]text`",
    why: "neither GitHub nor mdboard counts it, so that work is missing from the board without \
          anybody noticing",
    how: "write `- [ ] text` for what is open and `- [x] text` for what is done, with these spaces",
    more: "A checkbox is a list marker, a space, `[ ]` or `[x]`, and a space. Other characters that \
           look like a space (a no-break space, a tab, a full-width space) do not do, nor do the \
           bullets of word processors (`• [ ] text`) make a list. `( )` is told beside an item.\n\n\
           Boxes that hold a tick sign (`[✅]`, `[✓]`, `[*]`) are told here, wherever they stand: \
           whoever wrote them believes that the work counts as done, and it does not. Other \
           characters in a box are told by `unknown-state`. A sign that `[states]` in \
           `mdboard.toml` gives a meaning is told by neither.\n\n\
           Links, references and blanks in brackets (`- [guide](guide.md)`, `- [1] see below`, \
           `- [X]% revenue share`) are no checkboxes and are left alone.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "writes an open box as it should be. It never touches one that looks ticked: only you \
               know whether that work is done.",
        changes: &[Part::Items, Part::Sections],
    }),
    examples: &[
        Example::checklist(
            "## Legal\n\n- [ ] NDA signed\n- ⟦[]⟧ Contract signed\n- ⟦[ ]⟧Tax form received\n⟦-[ ]⟧ Bank details received\n",
            "## Legal\n\n- [ ] NDA signed\n- [ ] Contract signed\n- [ ] Tax form received\n- [ ] Bank details received\n",
        ),
        Example::checklist(
            "## Legal\n\n- [x] NDA signed\n- ⟦[ x ]⟧ Contract signed\n- ⟦[✅]⟧ Tax form received\n- ⟦[x]⟧Bank details received\n",
            "## Legal\n\n- [x] NDA signed\n- [x] Contract signed\n- [x] Tax form received\n- [x] Bank details received\n",
        )
        .by_hand(),
        Example::checklist(
            "# Kickoff\n\n⟦[ ]⟧ Agenda sent\n",
            "# Kickoff\n\n- [ ] Agenda sent\n",
        )
        .by_hand(),
    ],
    check: Check::Page(check),
};

/// Signs that word processors write before the entries of a list, and markdown does not know.
const BULLETS: [char; 9] = ['•', '◦', '‣', '·', '●', '○', '▪', '–', '—'];

/// Something that looks like a box.
struct Malformed {
    /// Where it stands.
    span: Span,
    /// What is wrong with it.
    message: String,
    /// What mends it.
    edit: Option<Edit>,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for beginning in places::beginnings(page) {
        let malformed = match beginning.is_in_list {
            true => in_list(page, beginning).or_else(|| round(page, beginning)),
            false => behind_marker(page, beginning).or_else(|| alone(page, beginning)),
        };
        let Some(malformed) = malformed else { continue };
        if !page.is_tracked(beginning.at) {
            continue;
        }
        let help = match malformed.edit {
            Some(_) => "write `- [ ] text`, with these spaces".to_owned(),
            None => "write `- [x] text` if it is done, `- [ ] text` if it is not".to_owned(),
        };
        let finding = page.finding(&RULE, malformed.span, malformed.message).help(help);
        found.push(finding.maybe_fix(malformed.edit.map(|edit| Fix::safe([edit]))));
    }
}

/// A list item's box, as far as it is none.
fn in_list(page: &Page<'_>, beginning: Beginning<'_>) -> Option<Malformed> {
    let Beginning { at, text, .. } = beginning;
    let look = Look::at(text)?;
    let span = Span::new(at, at + look.length);
    let written = shortened(span.slice(&page.text));
    let message = match (look.inside, look.behind) {
        // Well-formed.
        (Inside::Open | Inside::Ticked, Behind::Space) => return None,
        // A link; `[ ]` is never one.
        (Inside::Ticked | Inside::Drawn(_), _) if is_link(page, at) => return None,
        // Reading has told it, where it is an item; the board says what it means, where it says so.
        (Inside::Drawn(sign), _)
            if page.config.states.contains_key(&sign) || places::is_item(page, at) =>
        {
            return None;
        }
        (_, Behind::Text) if !look.is_text_plausible(text) => return None,
        (Inside::Open | Inside::Ticked, Behind::Text) => {
            format!("there is no space behind `{written}`, so that it is no box")
        }
        (Inside::Open | Inside::Ticked, Behind::FalseSpace) => {
            format!("what stands behind `{written}` only looks like a space, so that it is no box")
        }
        (Inside::Empty, _) => "there is no space in `[]`, so that it is no box".to_owned(),
        (Inside::Blank, _) => {
            "what stands in this box is not one space, so that it is no box".to_owned()
        }
        (Inside::Padded, _) => {
            format!("there are spaces beside the x in `{written}`, so that it is no box")
        }
        (Inside::Drawn(_), _) => {
            format!("`{written}` looks ticked and is no box: only `[x]` is a ticked box")
        }
    };
    let edit = look.inside.is_open().then(|| {
        let behind = look.false_space;
        let space = if look.behind == Behind::Space { "" } else { " " };
        Edit::replace(Span::new(at, span.end + behind), format!("[ ]{space}"))
    });
    Some(Malformed { span, message, edit })
}

/// `( )` for a box, beside an item. Elsewhere these are answers to choose from.
fn round(page: &Page<'_>, beginning: Beginning<'_>) -> Option<Malformed> {
    let Beginning { at, text, .. } = beginning;
    let written = ["( )", "()"].into_iter().find(|written| text.starts_with(written))?;
    let behind = text.get(written.len()..)?;
    let is_text =
        behind.starts_with(' ') && behind.chars().filter(|c| c.is_alphabetic()).count() > 2;
    if !is_text || behind.contains(written) || !places::is_beside_item(page, at) {
        return None;
    }
    let span = Span::new(at, at + written.len());
    let message = format!("`{written}` is no box: a box has square brackets");
    Some(Malformed { span, message, edit: None })
}

/// A box right behind a list marker, as in `-[ ] text`: that is no list item.
fn behind_marker(page: &Page<'_>, beginning: Beginning<'_>) -> Option<Malformed> {
    let Beginning { at, text, .. } = beginning;
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = text.get(digits..)?.chars().next()?;
    let is_bullet = digits == 0 && matches!(sign, '-' | '+' | '*');
    let is_number = (1..10).contains(&digits) && matches!(sign, '.' | ')');
    if !is_bullet && !is_number {
        return None;
    }
    let marker = digits + 1;
    // A space that is none, as a keyboard writes it with a key held down, makes no list either.
    let rest = text.get(marker..)?.trim_start_matches(|c: char| c.is_whitespace() && !c.is_ascii());
    let open = text.len() - rest.len();
    let look = Look::at(rest).filter(|look| match look.behind {
        Behind::Space => true,
        // `*[]string` is a type.
        Behind::Text => look.inside.is_open() && sign != '*' && look.is_text_plausible(rest),
        Behind::FalseSpace => false,
    })?;
    let behind = rest.get(look.length..)?;
    let is_box = !matches!(look.inside, Inside::Drawn(_)) && !behind.trim().is_empty();
    // `*[ ] to be filled in*` is emphasis.
    if !is_box || (sign == '*' && behind.contains('*')) || is_link(page, at + open) {
        return None;
    }
    let span = Span::new(at, at + open + look.length);
    let marker = text.get(..marker)?;
    let message =
        format!("there is no space behind `{marker}`, so that this is no list and no box");
    let is_fixed = is_bullet && look.inside.is_open();
    let space = if look.behind == Behind::Text { " " } else { "" };
    let edit = is_fixed.then(|| Edit::replace(span, format!("{marker} [ ]{space}")));
    Some(Malformed { span, message, edit })
}

/// A box without a list marker, or behind a sign that only looks like one, as in `• [ ] text`.
fn alone(page: &Page<'_>, beginning: Beginning<'_>) -> Option<Malformed> {
    let Beginning { at, text, .. } = beginning;
    let bullet = text.chars().next().filter(|sign| BULLETS.contains(sign));
    let rest = text.get(bullet.map_or(0, char::len_utf8)..)?.trim_start();
    let open = text.len() - rest.len();
    let look = Look::at(rest).filter(|look| look.behind == Behind::Space)?;
    let behind = rest.get(look.length..)?.trim_start();
    // `[X]` is a blank as often as a box; `[ ] yes [ ] no` are answers to choose from, and
    // `[x] = done` explains itself.
    let is_box = matches!(look.inside, Inside::Open | Inside::Ticked) && !rest.starts_with("[X]");
    let is_text = behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '`'))
        && behind.chars().filter(|c| c.is_alphabetic()).count() > 2
        && !behind.contains('[');
    if !is_box || !is_text || is_link(page, at + open) {
        return None;
    }
    let span = Span::new(at, at + open + look.length);
    let Some(bullet) = bullet else {
        let written = rest.get(..look.length)?;
        let message =
            format!("there is no `-` before `{written}`, so that this is no list and no box");
        return Some(Malformed { span, message, edit: None });
    };
    let message = format!("`{bullet}` begins no list in markdown, so that this is no box");
    let edit = look.inside.is_open().then(|| Edit::replace(span, "- [ ]"));
    Some(Malformed { span, message, edit })
}

/// Whether a link begins at a byte.
fn is_link(page: &Page<'_>, at: usize) -> bool {
    places::link(page, at).is_some_and(|link| link.span.start == at)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::finds;

    #[test]
    fn what_is_no_box_is_left_alone() {
        for text in [
            "- [text](link.md)",
            "- [x](link.md)",
            "- [](link.md)",
            "- [^1] a",
            "- [1] Contract",
            "- [A] Contract",
            "- [X]% revenue share",
            "- [X]M in revenue",
            "- [x]-based pricing",
            "- [ ]% discount",
            "- []string",
            "- []string // names",
            "-[]string",
            "*[]string is a type",
            "- \\[ ]text",
            "- `[]` text",
            "- [x]text\n\n[x]: link.md",
            "- [x]: link.md",
            "*[ ] to be filled in*",
            "**[ ]** text",
            "[ ] yes [ ] no",
            "[x] = done",
            "[X] new customers",
            "[x] see there\n\n[x]: link.md",
            "\\[ ] Contract",
            "| a |\n| - |\n| [] b |",
            "```\n- [] text\n```",
            "<div>\n- [] text\n</div>",
            "## Legend\n\n- [] text",
            "<!-- mdboard-ignore-start -->\n\n- [] text\n\n<!-- mdboard-ignore-end -->",
            "- [ ] text\n- [x] text\n- [ ]\n- [/] text",
        ] {
            assert_eq!(finds(&RULE, "", &format!("{text}\n")).0, [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn spaces_that_are_none_are_mended() {
        for (text, place) in [
            ("- [\u{a0}] text", "[\u{a0}]"),
            ("- [ ] a\n- [\t] text", "[\t]"),
            ("- [\u{3000}]\u{3000}text", "[\u{3000}]"),
            ("- [  ] text", "[  ]"),
            ("- [ ]\u{a0}text", "[ ]"),
            ("-\u{a0}[ ] text", "-\u{a0}[ ]"),
            ("> - []text", ""),
            ("- []sign the contract", "[]"),
            ("-[]sign the contract", "-[]"),
            ("-[ ]sign the contract", "-[ ]"),
            ("> 1. []Text", "[]"),
            ("a\r\n* []\r\n", "[]"),
            ("+[] text", "+[]"),
            ("- [ ]**text**", "[ ]"),
        ] {
            let (places, mended) = finds(&RULE, "", text);
            let expected: Vec<&str> =
                Some(place).filter(|place| !place.is_empty()).into_iter().collect();
            assert_eq!(places, expected, "{text:?}");
            if !place.is_empty() {
                assert!(!mended.contains(['\u{a0}', '\u{3000}', '\t']), "{mended:?}");
                assert!(mended.contains("[ ]"), "{mended:?}");
                assert_eq!(finds(&RULE, "", &mended).0, [] as [&str; 0], "{mended:?}");
            }
        }
    }

    #[test]
    fn what_looks_ticked_is_told_and_not_mended() {
        for text in [
            "- [✅] text",
            "- [ ] a\n- [✅] text",
            "- [✔\u{fe0f}] text",
            "- [*] text",
            "- [ X ] text",
            "- [x ] text",
            "- [x]text",
            "- [x]**text**",
            "- [x]\u{a0}text",
            "-[x] text",
            "1.[x] text",
            "[x] Contract",
        ] {
            let (places, mended) = finds(&RULE, "", text);
            assert_eq!(places.len(), 1, "{text}");
            assert_eq!(mended, text);
        }
    }

    #[test]
    fn a_bullet_of_a_word_processor_begins_no_list() {
        let (places, mended) = finds(&RULE, "", "• [ ] Agenda sent\n  • [ ] Room booked\n");
        assert_eq!(places, ["• [ ]", "• [ ]"]);
        assert_eq!(mended, "- [ ] Agenda sent\n  - [ ] Room booked\n");
        let (places, mended) = finds(&RULE, "", "– [x] Agenda sent\n");
        assert_eq!(places, ["– [x]"]);
        assert_eq!(mended, "– [x] Agenda sent\n");
        for text in ["• Agenda sent", "• [Agenda](a.md) sent", "— [ ] yes — [ ] no", "• [1] Agenda"]
        {
            assert_eq!(finds(&RULE, "", &format!("{text}\n")).0, [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn round_brackets_beside_an_item_are_told() {
        for text in [
            "- [ ] Agenda sent\n- ( ) Room booked\n",
            "- ( ) Room booked\n- [x] Agenda sent\n",
            "- a\n\n  - [x] Agenda sent\n    - Friday\n\n  - ( ) Room booked\n",
        ] {
            assert_eq!(finds(&RULE, "", text).0, ["( )"], "{text}");
        }
        for text in [
            "- ( ) Reseller\n- ( ) Integrator\n",
            "- [ ] Type agreed\n  - ( ) Reseller\n  - ( ) Integrator\n",
            "- [ ] Type agreed\n\n## Type\n\n- ( ) Reseller\n",
            "- [ ] Agenda sent\n- ( ) yes ( ) no\n",
            "- [ ] Agenda sent\n- (optional) Room booked\n",
        ] {
            assert_eq!(finds(&RULE, "", text).0, [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_board_may_give_ticks_a_meaning() {
        let config = "[states]\n\"*\" = \"done\"\n";
        for text in ["- [*] text\n", "- [ ] a\n- [*] text\n"] {
            assert_eq!(finds(&RULE, config, text).0, [] as [&str; 0], "{text}");
        }
    }
}
