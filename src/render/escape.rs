//! One choke point per output: every text that somebody else wrote passes one of these functions.

mod machine;
mod source;

pub use machine::{sarif, workflow_data, workflow_property, xml};
pub use source::{Excerpt, excerpt, revealed};

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// How many marks may stand on one character. Vietnamese and Hindi need two or three; towers of
/// them are only ever made to paint over other lines.
const MARKS: usize = 4;

/// A text that changes nothing on a terminal but the characters it shows, on one line: control
/// characters become visible, line breaks and tabs spaces, and what cannot be seen (bidirectional
/// overrides, zero-width characters, variation selectors) is left out.
///
/// The joiners and selectors inside an emoji go too: it falls apart into its plain parts, which
/// all terminals agree on the width of.
pub fn terminal(text: &str) -> Cow<'_, str> {
    visible(text)
}

/// A text that is nothing but text in GitHub-flavoured markdown, inside a table's cell too: no
/// markup, HTML, link or image, and no ping.
///
/// Characters with a meaning become character references. GitHub looks for `@name` and `#12` in
/// what markdown has already been turned into, where a reference is the character again; so a
/// zero-width space (dependabot's and renovate's way) follows those.
pub fn markdown(text: &str) -> Cow<'_, str> {
    let clean = visible(text);
    let first = clean.chars().next();
    if !clean.bytes().any(|byte| byte.is_ascii_punctuation()) && first != Some(' ') {
        return clean;
    }
    let mut out = String::with_capacity(clean.len() + clean.len() / 2);
    let mut chars = clean.chars().peekable();
    // The text so far is digits only: a full stop would make it a list.
    let mut numbering = true;
    while let Some(char) = chars.next() {
        let next = chars.peek().copied();
        let starts = out.is_empty();
        match char {
            '@' | '#' => push_reference(&mut out, char, true),
            // A merge request and an epic on GitLab, each of which would say where it is named.
            '!' | '&' if next.is_some_and(|next| next.is_ascii_digit()) => {
                push_reference(&mut out, char, true);
            }
            '&' | '<' | '>' | '|' | '*' | '_' | '`' | '[' | ']' | '!' | '~' | '\\' | '$' | '^' => {
                push_reference(&mut out, char, false);
            }
            '-' | '+' | '=' | ' ' if starts => push_reference(&mut out, char, false),
            '.' | ')' if numbering && !starts => push_reference(&mut out, char, false),
            // `https://…` and `:emoji:`, some of which are images; `10:30` is just a time.
            ':' if next
                .is_some_and(|next| matches!(next, '/' | '+' | '-') || next.is_alphabetic()) =>
            {
                push_reference(&mut out, char, true);
            }
            '.' if ends_with(&out, "www") => push_reference(&mut out, char, true),
            // `GH-12` is `#12`.
            '-' if ends_with(&out, "gh") => push_reference(&mut out, char, true),
            _ => out.push(char),
        }
        numbering &= char.is_ascii_digit();
    }
    Cow::Owned(out)
}

fn push_reference(out: &mut String, char: char, split: bool) {
    out.push_str(&format!("&#{};", u32::from(char)));
    if split {
        out.push_str("&#8203;");
    }
}

fn ends_with(text: &str, end: &str) -> bool {
    let at = text.len().checked_sub(end.len());
    at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// A text that is nothing but text in HTML, also inside an attribute's quotes: no markup, and nothing
/// that turns around the order of what stands beside it. Joiners and selectors stay, which scripts
/// and emoji need.
pub fn html(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_control();
    if text.bytes().all(|byte| is_plain(byte) && !b"&<>\"'".contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => out.push(char),
            char => out.extend(shown(char)),
        }
    }
    Cow::Owned(out)
}

/// A text that no spreadsheet takes for a formula, and no terminal that shows the file for a
/// command: control characters other than tabs and line ends become visible. Besides that it stays
/// as it is.
///
/// Excel, LibreOffice and Google Sheets compute cells that begin with `=`, `+`, `-`, `@` or their
/// full-width forms, also behind white space; `'` in front keeps a cell a text.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    let text = without_controls(text);
    let ignored = |char: char| char.is_whitespace() || char.is_control() || is_invisible(char);
    let first = text.trim_start_matches(ignored).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if formula || text.starts_with(['\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

fn without_controls(text: &str) -> Cow<'_, str> {
    let harmless = |char: char| !char.is_control() || matches!(char, '\t' | '\r' | '\n');
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let chars = text.chars().map(|char| if harmless(char) { Some(char) } else { shown(char) });
    Cow::Owned(chars.flatten().collect())
}

fn visible(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for char in text.chars() {
        match shown(char) {
            Some(char) if char.width() == Some(0) => {
                marks += 1;
                if marks <= MARKS {
                    out.push(char);
                }
            }
            Some(char) => {
                marks = 0;
                out.push(char);
            }
            None => {}
        }
    }
    Cow::Owned(out)
}

/// What stands for a character; `None` for one that cannot be seen.
fn shown(char: char) -> Option<char> {
    match char {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Unicode has pictures of these: ␛ for the one that starts a terminal's commands.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        char if is_invisible(char) => None,
        char => Some(char),
    }
}

/// Unicode's Default_Ignorable_Code_Point, and the format characters beside it.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_terminal_gets_only_what_can_be_seen() {
        assert_eq!(terminal("plain, and ümlaut 日本"), "plain, and ümlaut 日本");
        assert_eq!(terminal("\u{1b}[31mred\u{9b}0m\u{7f}"), "␛[31mred�0m␡");
        assert_eq!(terminal("a\r\nb\tc\u{2028}d"), "a  b c d");
        assert_eq!(terminal("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{e0041}f"), "abcdef");
        assert_eq!(terminal("👩\u{200d}🚀 ⚙\u{fe0f}"), "👩🚀 ⚙");
        assert_eq!(terminal(&format!("e{}", "\u{301}".repeat(50))).chars().count(), 1 + MARKS);
    }

    #[test]
    fn markdown_has_no_markup_and_no_pings() {
        assert_eq!(markdown("Phase 1: done (almost)"), "Phase 1: done (almost)");
        assert_eq!(markdown("ask @team, see #12"), "ask &#64;&#8203;team, see &#35;&#8203;12");
        assert_eq!(markdown("a | b"), "a &#124; b");
        assert_eq!(markdown("https://x"), "https&#58;&#8203;//x");
        assert_eq!(markdown("www.x, GH-1"), "www&#46;&#8203;x, GH&#45;&#8203;1");
        assert_eq!(markdown("!12, &3"), "&#33;&#8203;12, &#38;&#8203;3");
        assert_eq!(markdown("12. twelve"), "12&#46; twelve");
        assert_eq!(markdown("<!-- x"), "&#60;&#33;-- x");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(html("plain, (almost)"), "plain, (almost)");
        assert_eq!(html("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        assert_eq!(html("a\u{202e}b\u{2066}c\u{1b}d\ne\0"), "abc␛d e␀");
        assert_eq!(html("👩\u{200d}🚀 می\u{200c}خواهم"), "👩\u{200d}🚀 می\u{200c}خواهم");
    }

    #[test]
    fn a_cell_is_no_formula() {
        for text in ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "  =1", "\u{200b}=1", "＝1"]
        {
            assert_eq!(csv_cell(text), format!("'{text}"), "{text:?}");
        }
        assert_eq!(csv_cell("a=1\nb"), "a=1\nb");
        assert_eq!(csv_cell("\u{1b}=1"), "␛=1");
    }

    /// What a document holds besides plain text in paragraphs and in the cells of tables.
    fn markup(text: &str) -> (Vec<String>, String) {
        use comrak::nodes::NodeValue;
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options.extension.math_dollars = true;
        let arena = comrak::Arena::new();
        let root = comrak::parse_document(&arena, text, &options);
        let (mut others, mut plain) = (Vec::new(), String::new());
        for node in root.descendants() {
            match &node.data().value {
                NodeValue::Text(text) => plain.push_str(text),
                NodeValue::Document | NodeValue::Paragraph => {}
                other => others.push(format!("{other:?}")),
            }
        }
        (others, plain)
    }

    fn hostile() -> impl Strategy<Value = String> {
        let pieces = [
            "@",
            "#",
            "1",
            "12.",
            "3)",
            "*",
            "_",
            "`",
            "[",
            "](",
            "http://x.y",
            "www.x.yz",
            "|",
            "<b>",
            "![",
            "a@b.cd",
            "~~",
            "\\",
            "-",
            "- ",
            "+ ",
            "=",
            "&amp;",
            "$x$",
            "[^1]",
            ":x:",
            " ",
            "text",
            "\n",
            "\t",
            "GH-1",
            "\u{202e}",
            "\u{1b}[1m",
            "日本",
            "mailto:a",
            "---",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..8)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn escaped_markdown_parses_to_its_text_alone(text in prop_oneof![hostile(), any::<String>()]) {
            let (others, plain) = markup(&markdown(&text));
            prop_assert_eq!(others, Vec::<String>::new());
            let plain = plain.replace('\u{200b}', "");
            // A line's white space at its ends is no content in markdown.
            let expected = terminal(&text);
            prop_assert_eq!(plain.trim(), expected.trim());
        }

        #[test]
        fn escaped_markdown_stays_in_its_cell(text in hostile()) {
            let table = format!("| a | b |\n| - | - |\n| {} | x |\n", markdown(&text));
            let (others, _) = markup(&table);
            let cells = others.iter().filter(|node| node.starts_with("TableCell")).count();
            prop_assert_eq!((others.len(), cells), (7, 4), "{:?}", others);
        }
    }
}
