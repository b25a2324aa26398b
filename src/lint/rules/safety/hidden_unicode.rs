//! MB801: a character that nobody can see.

use memchr::{memchr, memrchr};

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::lint::rules::safety::invisible::{Hidden, hidden, invisible, is_rtl, is_tag};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// So much of the word before a character is told, in characters.
const LONGEST_WORD: usize = 24;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::HIDDEN_UNICODE,
    category: Category::Safety,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a character that cannot be seen: zero-width spaces, soft hyphens, marks that turn the direction of writing around, control and tag characters",
    why: "the page shows other words than the file holds; history takes a word with one for another word, and reviewers can be shown something that is not there",
    how: "delete it, or type the word again",
    more: "Mostly such a character came along when something was copied from a web page, a chat or a \
           word processor. Where it does its duty it is left alone: in emoji (👩‍💻), in scripts that \
           join letters, direction marks in lines with Hebrew or Arabic, a byte order mark at the \
           very beginning of a file. Code and front matter are looked at as well. A no-break space \
           is not told here; in a box it makes a malformed-checkbox.",
    fixes: Some(Fixes {
        applicability: Applicability::Unsafe,
        does: "deletes it: unasked where the text looks the same without it, and with \
               `--unsafe-fixes` where it changes what is shown.",
        changes: &[Part::Hidden],
    }),
    examples: &[
        Example::checklist(
            "# Onboarding\n\n- [ ] Contract⟦\u{200B}⟧ signed by Bracken⟦\u{AD}⟧ferry\n",
            "# Onboarding\n\n- [ ] Contract signed by Brackenferry\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] Pay ⟦\u{202E}⟧001⟦\u{202C}⟧ EUR to Coppervane\n",
            "# Onboarding\n\n- [ ] Pay 001 EUR to Coppervane\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut next = 0;
    while let Some(at) = first_invisible(&page.text, next) {
        let bytes = page.text.as_bytes();
        let start = memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
        next = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |behind| at + behind + 1);
        let line = &page.text[start..next];
        // A line of nothing but markup, or of nothing at all, may become another without it.
        let is_in_words = line.contains(char::is_alphanumeric);
        let before = (start > 0).then_some('\n');
        for run in runs(line, before) {
            let run = Run { span: run.span.shifted(start), ..run };
            found.push(finding(page, run, is_in_words));
        }
    }
}

/// The first character from a byte on that nobody sees, whether or not it does its duty there.
fn first_invisible(text: &str, from: usize) -> Option<usize> {
    /// Most of most files is plain. Without a way out, so many bytes are looked at at once.
    const STRIDE: usize = 64;
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    let boundary = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at));
    let strides = text.as_bytes().get(from..)?.chunks(STRIDE).zip((from..).step_by(STRIDE));
    let mut unlike =
        strides.filter(|(stride, _)| !stride.iter().fold(true, |all, byte| all & is_plain(*byte)));
    unlike.find_map(|(stride, at)| {
        let start = boundary(at)?;
        let end = boundary(at + stride.len()).unwrap_or(text.len());
        let mut chars = text.get(start..end)?.char_indices();
        chars.find(|(_, c)| invisible(*c).is_some()).map(|(behind, _)| start + behind)
    })
}

/// Hidden characters behind each other.
struct Run {
    span: Span,
    first: char,
    what: Hidden,
    /// Whether without them the text looks the same.
    is_idle: bool,
}

/// The hidden characters of a line; `before` is what stands before it.
fn runs(line: &str, mut before: Option<char>) -> Vec<Run> {
    let is_rtl = line.chars().any(is_rtl);
    let mut runs: Vec<Run> = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let behind = chars.peek().map(|(_, c)| *c);
        let found = hidden(before, c, behind, is_rtl);
        // A tag that belongs to no flag gives no place to the one behind it.
        before = Some(if found.is_some() && is_tag(c) { '\0' } else { c });
        if let Some(what) = found {
            let is_idle = matches!(what, Hidden::Idle(_));
            let end = at + c.len_utf8();
            match runs.last_mut().filter(|run| run.span.end == at && run.is_idle == is_idle) {
                Some(run) => run.span.end = end,
                None => runs.push(Run { span: Span::new(at, end), first: c, what, is_idle }),
            }
        }
    }
    runs
}

fn finding(page: &Page<'_>, run: Run, is_in_words: bool) -> Finding {
    let Run { span, first, what, is_idle } = run;
    let code = u32::from(first);
    let more = match page.slice(span).chars().count() - 1 {
        0 => String::new(),
        1 => " and another behind it".to_owned(),
        more => format!(" and {more} more behind it"),
    };
    let message = format!("{} (U+{code:04X}){more} cannot be seen here", what.name());
    let edits = [Edit::delete(span)];
    let is_safe = is_idle && is_in_words;
    let fix = if is_safe { Fix::safe(edits) } else { Fix::unsafe_(edits) };
    let before = page.text.get(..span.start).unwrap_or_default().chars().rev();
    let word: Vec<char> = before.take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).collect();
    let word: String = word.into_iter().rev().collect();
    let finding = page.finding(&RULE, span, message).fix(fix);
    match word.is_empty() {
        true => finding,
        false => finding.help(format!("delete it behind `{word}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::finding::Applicability;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, run};

    #[test]
    fn one_is_found_wherever_it_stands() {
        for at in (0..200).chain(4_090..4_100) {
            for (before, behind) in [("a", "b"), ("é", "ü"), ("日", "\n")] {
                let text = format!("- [ ] {}\u{200b}{behind}\n", before.repeat(at));
                let found = found(&RULE, &text);
                assert_eq!(found, ["\u{200b}"], "{before:?} {at}");
            }
        }
    }

    #[test]
    fn characters_that_do_their_duty_are_left_alone() {
        for text in [
            "\u{feff}# Onboarding\r\n\r\n- [ ] Grüße\t– “a” … 日本語\r\n",
            "- [ ] 👩\u{200d}💻 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍🏽 🏳\u{fe0f}\u{200d}🌈\n",
            "- [ ] 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}\n",
            "- [ ] می\u{200c}خواهم क्\u{200d}ष\n",
            "- [ ] \u{200f}שלום (API)\u{200e} \u{2067}שלום\u{2069}\n",
            "- [ ] ភាសា\u{200b}ខ្មែរ\n",
            "- [ ] a\u{a0}b\n",
        ] {
            assert_eq!(found(&RULE, text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn characters_that_hide_something_are_told() {
        for (text, told) in [
            ("- [ ] a\u{200b}\u{200b}b\n", "\u{200b}\u{200b}"),
            ("- [ ] a\u{200d}b\n", "\u{200d}"),
            ("- [ ] a\u{feff}b\n", "\u{feff}"),
            ("\u{feff}\u{feff}a\n", "\u{feff}"),
            ("- [ ] a \u{2066}b\n", "\u{2066}"),
            ("- [ ] שלום \u{202e}b\n", "\u{202e}"),
            ("- [ ] a\0b\n", "\0"),
            ("- [ ] a\u{e0041}\u{e0042}\n", "\u{e0041}\u{e0042}"),
            ("- [ ] 😀\u{fe0f}\u{e0101}\u{e0102}\n", "\u{e0101}\u{e0102}"),
            ("```\na\u{202e}\n```\n", "\u{202e}"),
            ("---\nowner: an\u{200b}na\n---\n", "\u{200b}"),
        ] {
            assert_eq!(found(&RULE, text), [told], "{text:?}");
        }
    }

    #[test]
    fn lines_end_after_a_fix_as_before() {
        for text in ["a\r\u{200b}\n", "a\r\u{202e}\n"] {
            assert_eq!(run(&RULE, &Example::checklist("", ""), text).1, text);
        }
    }

    #[test]
    fn what_holds_lines_together_is_deleted_only_when_asked() {
        for (text, is_safe) in [
            ("- [ ] a\n  \u{200b}\n  b\n", false),
            ("```\n```\u{200b}\n", false),
            ("- [ ] a\u{200b}\n", true),
        ] {
            let (found, _) = run(&RULE, &Example::checklist("", ""), text);
            let fix = found[0].fix.as_ref();
            let is_made = fix.is_some_and(|fix| fix.applicability == Applicability::Safe);
            assert_eq!(is_made, is_safe, "{text:?}");
        }
    }

    #[test]
    fn what_is_made_of_hidden_characters_is_not_made_whole() {
        for text in [
            "# T\n\n<\u{200b}!-- x\n\n- [ ] z\n",
            "# T\n\n<\u{200b}details>\n- [ ] z\n",
            "<!-\u{200b}- mdboard-ignore-start -->\n- [ ] z\n",
            "---\nstart_date: 2026-11\u{200b}-01\n---\n\n## Day 1-7\n\n- [ ] z\n",
            "- [ ] y due:2026-\u{200b}12-01\n",
            "- [ ] own\u{200b}er:kim\n",
            "##\u{200b} Legal (Day 1-7)\n\n- [ ] a\n",
        ] {
            let (found, mended) = run(&RULE, &Example::checklist("", ""), text);
            assert_eq!(mended, text);
            assert!(found.iter().all(|finding| finding.fix.is_none()), "{text:?}");
        }
    }

    #[test]
    fn a_fix_ticks_no_box() {
        let text = "# A\n\n- [ ] a\n- [x\u{200b}] b\n";
        assert_eq!(run(&RULE, &Example::checklist("", ""), text).1, text);
    }
}
