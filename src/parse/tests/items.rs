use super::{globs, item, only, read, read_with, rules, texts};
use crate::model::diagnostic::codes;
use crate::parse::{self, Options};
use crate::source::Line;

#[test]
fn gfm_items_wherever_markdown_is_read() {
    let document = read(
        "* [ ] bullet\n\n1. [x] number\n   - [X] nested\n\n> 2) [ ] quoted\n\n<details>\n\n+ [ ] inside\n\n</details>\n",
    );
    assert_eq!(texts(&document), ["bullet", "number", "nested", "quoted", "inside"]);
}

#[test]
fn no_items_in_code_tables_html_and_comments() {
    let document = read(
        "```\n- [ ] code\n```\n\n    - [ ] code\n\n<div>\n- [ ] html\n</div>\n\n<!--\n- [ ] comment\n-->\n\n| [ ] | a |\n|---|---|\n| - [x] b | c |\n\n- [ ] item\n",
    );
    assert_eq!(texts(&document), ["item"]);
}

#[test]
fn a_closing_fence_may_end_in_tabs() {
    assert_eq!(texts(&read("```\ncode\n```\t\n- [ ] a\n")), ["a"]);
}

#[test]
fn ignored_regions_hold_no_items() {
    let document = read(
        "- [ ] a\n\n<!-- mdboard-ignore-start -->\n- [ ] b\n\n# Still a section\n\n<!--mdboard-ignore-end-->\n\n- [ ] c\n",
    );
    assert_eq!(texts(&document), ["a", "c"]);
    assert_eq!(document.sections.len(), 1);
}

#[test]
fn excluded_sections_hold_no_items_nor_do_their_subsections() {
    let options =
        Options { exclude_sections: globs(&["*Legend*", "How to Use*"]), ..Options::default() };
    let document = read_with(
        "# Plan\n\n- [ ] a\n\n## STATUS LEGEND\n\n- [ ] b\n\n### More\n\n- [ ] c\n\n## Work\n\n- [ ] d\n\n**How to use this list**\n- [ ] e\n\nText.\n\n- [ ] f\n",
        &options,
    );
    assert_eq!(texts(&document), ["a", "d", "f"]);
    assert_eq!(document.sections.len(), 5);
}

#[test]
fn parents_are_the_items_around() {
    let document = read("- [ ] a\n  - plain\n    - [ ] b\n  - [x] c\n\n    > - [ ] d\n- [ ] e\n");
    let parents: Vec<_> = document.items.iter().map(|item| item.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0), Some(2), None]);
    let children: Vec<_> = document.items.iter().map(|item| item.children).collect();
    assert_eq!(children, [2, 0, 1, 0, 0]);
}

#[test]
fn other_boxes_count_beside_a_gfm_box_of_their_section() {
    let document = read(
        "## Keys\n\n- [1] a book\n- [?] what\n\n## Work\n\n- [/] under way\n- [ ] open\n  - [!] stuck\n",
    );
    assert_eq!(texts(&document), ["under way", "open", "stuck"]);
    assert_eq!(document.items[2].parent, Some(1));
    assert_eq!(rules(&document), [] as [&str; 0]);
}

#[test]
fn the_children_of_a_box_that_does_not_count_go_to_the_item_around_it() {
    let document = read(
        "- [ ] a\n\n  - [?] b\n\n    # Deep\n\n    - [/] c\n\n      # Deeper\n\n      - [ ] d\n",
    );
    assert_eq!(texts(&document), ["a", "b", "d"]);
    assert_eq!(document.items[2].parent, Some(1));
    assert_eq!((document.items[0].children, document.items[1].children), (1, 1));
}

#[test]
fn links_and_words_are_no_boxes() {
    let document = read(
        "- [ ] a\n- [?](http://example.com) b\n- [c][ref] d\n- [e] f\n- [X]% revenue\n- [ok] g\n- []  h\n\n[ref]: http://example.com\n[e]: http://example.com\n",
    );
    assert_eq!(texts(&document), ["a"]);
}

#[test]
fn a_definition_of_x_does_not_untick_a_box() {
    let document = read("- [x] a\n\n[x]: http://example.com\n");
    assert_eq!(texts(&document), ["a"]);
}

#[test]
fn the_text_is_the_first_paragraph_as_a_reader_sees_it() {
    let found = item(
        "Send **the** `deck`  to\n  [Anna](http://example.com) &amp; ![Ben](b.png)\n\n  Later paragraph\n  ```\n  code\n  ```",
    );
    assert_eq!(&*found.text, "Send the deck to Anna & Ben");
    assert_eq!(
        &*found.raw,
        "Send **the** `deck`  to [Anna](http://example.com) &amp; ![Ben](b.png)"
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "\u{feff}# Ü\r\n\r\n> * [x]  Sign  \r\n>   the *form*\r\n> lazily\r\n\r\nEnd\r\n";
    let found = only(read(text));
    assert_eq!(found.span.slice(text), "[x]  Sign  \r\n>   the *form*\r\n> lazily");
    assert_eq!(found.mark.slice(text), "x");
    assert_eq!(found.line, Line(3));
    assert_eq!(&*found.raw, "Sign the *form* lazily");
    assert_eq!(&*found.text, "Sign the form lazily");
}

#[test]
fn an_item_may_be_empty() {
    for text in ["- [ ]", "- [ ] \n", "- [ ]\n\nText\n", "- [ ]\n  - plain\n"] {
        let found = only(read(text));
        assert_eq!((&*found.text, &*found.raw), ("", ""), "{text:?}");
        assert_eq!(found.span.slice(text), "[ ]");
    }
}

#[test]
fn identity_leaves_out_what_tells_the_state() {
    assert_eq!(&*item("#12 Send  the DECK").identity, "send the deck");
    assert_eq!(&*item("(N/A) #3 Send deck").identity, "send deck");
    assert_eq!(&*item("Send deck (blocked: legal (EU))").identity, "send deck");
    assert_eq!(&*item("Send (blocked by Anna) deck due:2026-03-01").identity, "send deck");
    assert_eq!(&*item("#channel is open").identity, "#channel is open");
}

#[test]
fn bytes_that_are_no_utf8_are_told_and_the_rest_is_read() {
    let path = crate::model::RepoPath::new("a.md");
    let document = parse::document(&path, b"- [ ] caf\xE9\n", &Options::default());
    assert_eq!(texts(&document), ["caf?"]);
    assert_eq!(document.diagnostics[0].code, codes::NOT_UTF8);
}

#[test]
fn html_on_lazy_lines_is_read_as_gfm_does() {
    assert_eq!(texts(&read("- [ ] a\n<br>\n- [ ] hidden\n\n- [ ] b\n")), ["a", "b"]);
    assert_eq!(texts(&read("- [ ] a\n  <br>\n- [ ] b\n")), ["a", "b"]);
    assert_eq!(texts(&read("<PRE>\n- [ ] a\n</PRE>\n- [ ] b\n")), ["b"]);
    assert_eq!(texts(&read("a | b\n--|--\n<br>\n- [ ] hidden\n\n- [ ] c\n")), ["c"]);
}

#[test]
fn a_quick_look_tells_files_without_items() {
    assert!(parse::may_hold_items(b"> 1. [X] a"));
    assert!(!parse::may_hold_items(b"- [/] a [] b [xx]"));
}
