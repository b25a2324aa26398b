//! Every task list item that GFM renders is exactly one item: compared with comrak.

use std::path::{Path, PathBuf};

use comrak::nodes::NodeValue;
use mdboard::model::{Document, RepoPath, State};
use mdboard::parse::{self, Options};
use proptest::prelude::*;

/// The lines of the task items that comrak sees, and whether they are ticked, in order.
fn by_comrak(text: &str) -> Vec<(u32, bool)> {
    let mut options = comrak::Options::default();
    options.extension.tasklist = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, text, &options);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut found = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        let NodeValue::TaskItem(item) = &data.value else { continue };
        let place = item.symbol_sourcepos.start;
        let rest = lines[place.line - 1].get(place.column - 1..);
        // Behind a link definition in the same item comrak sees a box, by the definition's place.
        // cmark-gfm sees none: the item does not begin with it.
        let Some(behind) = rest.and_then(|rest| behind_mark(rest, item.symbol)) else { continue };
        // comrak also takes a box for one that markup or an entity follows. In GFM's specification
        // and in cmark-gfm white space has to.
        if is_space_or_end(behind) {
            found.push((place.line as u32, item.symbol.is_some()));
        }
    }
    found
}

fn behind_mark(text: &str, symbol: Option<char>) -> Option<&str> {
    text.strip_prefix(symbol.unwrap_or(' '))?.strip_prefix(']')
}

fn is_space_or_end(text: &str) -> bool {
    text.chars().next().is_none_or(|next| matches!(next, ' ' | '\t'..='\r'))
}

/// The same of the items that mdboard sees.
fn by_mdboard(text: &str, document: &Document) -> Vec<(u32, bool)> {
    document
        .items
        .iter()
        .filter(|item| matches!(item.mark.slice(text), " " | "x" | "X"))
        .map(|item| (item.line.0, item.mark.slice(text) != " "))
        .collect()
}

fn read(text: &str) -> Document {
    parse::document(&RepoPath::new("a.md"), text.as_bytes(), &Options::default())
}

/// The text with its front matter blanked out, which comrak does not know.
fn without_front_matter(text: &str) -> String {
    let start = parse::markdown_start(&RepoPath::new("a.md"), text);
    let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
    text.bytes().take(start).map(blank).chain(text[start..].chars()).collect()
}

fn assert_agrees(text: &str, name: &str) {
    let document = read(text);
    assert_eq!(
        by_mdboard(text, &document),
        by_comrak(&without_front_matter(text)),
        "mdboard (left) and comrak (right) on {name}:\n{text}"
    );
    assert_spans_hold(text, &document);
}

/// Spans slice back to what they name, and everything lies in order.
fn assert_spans_hold(text: &str, document: &Document) {
    let mut end = 0;
    for item in &document.items {
        assert!(item.span.start >= end, "items stand one behind the other");
        end = item.span.end;
        let own = item.span.slice(text);
        assert!(own.starts_with('[') && !own.ends_with([' ', '\t', '\r', '\n']), "{own:?}");
        let mark = item.mark.slice(text);
        assert_eq!(item.mark.start, item.span.start + 1);
        assert!(own[1 + mark.len()..].starts_with(']'), "{own:?}");
        assert!(mark.chars().filter(|letter| *letter != '\u{fe0f}').count() == 1 || is_na(mark));
        if matches!(mark, "x" | "X") {
            assert!(matches!(item.state, State::Done | State::NotApplicable));
        }
        if let Some(parent) = item.parent {
            assert!(document.items[parent].span.start < item.span.start);
        }
        for part in [&item.text, &item.identity] {
            assert_eq!(part.split_whitespace().collect::<Vec<_>>().join(" "), **part);
        }
    }
    for section in &document.sections {
        let own = section.span.slice(text);
        assert!(!own.is_empty() && own.trim() == own, "{section:?} {own:?}");
        assert!(section.parent.is_none_or(|parent| parent < document.sections.len()));
    }
}

fn is_na(mark: &str) -> bool {
    matches!(mark, "N/A" | "NA" | "n/a")
}

/// What a line begins with: containers, or the indentation that continues them.
fn prefix() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => Just("- "),
        2 => Just("  "),
        1 => prop::sample::select(vec![
            "* ", "+ ", "1. ", "2. ", "3) ", "10. ", "> ", ">", ">  ", "-\t", "\t", " ", "   ",
            "    ", "-   ", "-     ", "1.\t", " - ", "  - ", "    - ", "\t- ", "> - ", "- > ",
        ]),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| {
        let prefix = parts.concat();
        // pulldown-cmark takes a quote behind a tab for one where GFM sees indented code.
        if prefix.contains('>') { prefix.replace('\t', " ") } else { prefix }
    })
}

fn content() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "[ ] one", "[x] two", "[X] three", "[ ]", "[x]", "[ ] ", "[ ]\tfour", "[ ]  five",
        ]),
        2 => prop::sample::select(vec!["", "", "text", "more text", "**Bold:**"]),
        1 => prop::sample::select(vec![
            "[/] six", "[-] seven", "[ ]eight", "[x](url)", "[] nine", "[xx] ten", "\\[x] eleven",
            "`[x]` twelve", "**[x] thirteen**", "[x]**fourteen**", "[ ] [x] fifteen", "![x] sixteen",
            "[ ] - [x] seventeen", "[ ] # eighteen", "[x]\\", "[N/A] nineteen", "`x` [ ] twenty",
            "[ ] <b>", "[ ] ~~struck~~", "[ ] due:2026-03-01", "[x] *a", "[ ]\u{a0}b",
        ]),
        1 => prop::sample::select(vec![
            "```", "```\t", "``` \t ", "````", "~~~", "~~~\t", "```rust", "    code", "---", "===",
            "***", "* * *", "- - -", "# Heading", "## Two #", "#\tTab", "####### seven", "#",
            "-", "1.", "2)", "-\t", "\t[ ] tab", "   [ ] three spaces",
        ]),
        1 => prop::sample::select(vec![
            "<details>", "</details>", "<summary>[ ] s</summary>", "<div>", "<div>\t", "</div>",
            "<!-- [ ] comment", "-->", "<!-- c -->", "<pre>", "</pre>", "<b>", "<a href=\"x\">",
            "<?php", "?>", "<![CDATA[", "]]>", "<script>", "</script>", "</SCRIPT>", "<br/>",
            "</pre> [ ] x", "<textarea>", "</textarea>", "<!-->", "<!--->", "<p", "<custom-tag>",
        ]),
        1 => prop::sample::select(vec![
            "[ref]", "[ref][]", "[ref] [x]", "[^1]", "[a", "\\", "text  ", "text\\",
            "'title", "*", "_", "~~", "~~struck~~", "![a](b)", "&#91;x] entity", "http://example.com",
        ]),
    ]
}

/// Tables and link definitions come whole and apart: in soups of their lines the two parsers differ
/// over texts that nobody writes (see `mend`). For the same reason an empty line has no spaces.
fn line() -> impl Strategy<Value = String> {
    let apart = prop::sample::select(vec![
        "\n| [ ] a | b |\n|---|---|\n| [x] c | - [ ] d |\n",
        "\n  | [ ] a | b |\n  |:--|---|\n  | [x] c |\n",
        "\n- [ ] a | b\n  --|--\n  c | [x] d\n",
        "\n- [ ] a\n\n  a | b\n  --|--\n",
        "\n[ref]: http://example.com\n",
        "\n[^1]: <http://example.com> 'title'\n",
        "\n> [ref]:\n> http://example.com\n",
    ]);
    prop_oneof![
        20 => (prefix(), content()).prop_map(|(prefix, content)| match content {
            "" => prefix.trim_end().to_owned(),
            content => prefix + content,
        }),
        1 => apart.prop_map(str::to_owned),
    ]
}

fn markdown() -> impl Strategy<Value = String> {
    let ending = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    (prop::collection::vec(line(), 1..14), ending, any::<bool>()).prop_map(
        |(lines, ending, closed)| {
            let mut text = lines.join("\n").replace('\n', ending);
            if closed {
                text.push_str(ending);
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_task_of_gfm_is_one_item(text in markdown()) {
        assert_agrees(&text, "a made-up text");
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let document = parse::document(&RepoPath::new("a.md"), &bytes, &Options::default());
        prop_assert!(document.items.len() <= bytes.len());
    }

    #[test]
    fn any_text_behind_a_box_is_read(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "due:", "due", "(", ")", "[", "]", "{", "}", "@", "anna", "owner:", "Owner:",
                " ", " ", " ", " ", ",", ".", ";", ":", "—", " - ", "|", "2026-03-01", "2026-02-30",
                "+14d", "done:", "id:", "^", "x", "depends:", "⛔", "🆔", "📅", "✅", "🔼", "\u{fe0f}",
                "(N/A)", "(R)", "(optional)", "(blocked", " on ", "blocked: ", "#3 ", "Assignee:",
                "`", "*", "**", "~~", "<b>", "&amp;", "\\", "[a](b)", "ü", "::", "/", "and", "\n  ",
                "by", "İ", "\u{a0}", "\n", "<br>",
            ]),
            0..24,
        ),
        mark in prop::sample::select(vec![" ", "x", "/", "-", "?", "N/A"]),
    ) {
        let text = format!("# H {0}\n\n- [ ] a\n- [{mark}] {0}\n", parts.concat());
        assert_spans_hold(&text, &read(&text));
    }
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            files.extend(markdown_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_files_of_this_repository_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["templates", "partners"] {
        let folder = root.join(folder);
        let files = markdown_files(&folder);
        assert!(!folder.is_dir() || !files.is_empty(), "{} holds markdown", folder.display());
        for file in files {
            let text = std::fs::read_to_string(&file).expect("the file is text");
            assert_agrees(&text, &file.display().to_string());
        }
    }
}

#[test]
fn cases_that_parsers_have_disagreed_on() {
    for text in [
        "```\n- [ ] a\n```\t\n\n- [ ] b\n",
        "- [ ]\n- [ ] \n- [ ]\n  text\n",
        "- [x]**bold**\n- [ ] a\n",
        "- [ ] a\n  ---\n",
        "- [ ] a | b\n  --|--\n",
        "- [ref]: http://example.com\n  [ ] a\n",
        "-\n  [ ] a\n",
        "> 1) [x] a\n>    * [ ] b\n",
        "<details>\n\n- [ ] a\n\n</details>\n",
        "\u{feff}- [ ] a\n",
    ] {
        assert_agrees(text, "a known case");
    }
}
