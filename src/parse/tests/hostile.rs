use super::{is_quick, read, rules};

#[test]
fn deep_nesting_neither_overflows_nor_takes_long() {
    let nested_lists: String =
        (0..1_000).map(|depth| format!("{}- [ ] a\n", " ".repeat(depth))).collect();
    for text in [
        format!("{}- [ ] a\n", ">".repeat(10_000)),
        format!("{}[ ] a\n", "- ".repeat(10_000)),
        format!("{}a\n{}", "> ".repeat(100_000), "b\n".repeat(100_000)),
        format!("{}a\n{}", "- ".repeat(100), "<b>\n".repeat(100_000)),
        format!("- [ ] {}", "*a ".repeat(100_000)),
        format!("- [ ] {}", "[".repeat(250_000)),
        nested_lists,
    ] {
        assert!(is_quick(|| drop(read(&text))), "{}", &text[..20]);
    }
}

#[test]
fn past_the_nesting_cap_items_are_told_and_left_out() {
    for text in [
        format!("- [ ] a\n\n{}- [ ] b\n", ">".repeat(10_000)),
        format!("- [ ] a\n\n{}- [ ] b\n", "> ".repeat(100)),
    ] {
        let document = read(&text);
        assert_eq!(document.items.len(), 1);
        assert_eq!(rules(&document), ["oversized-file"]);
    }
}

#[test]
fn past_the_item_cap_items_are_told_and_left_out() {
    let document = read(&"- [ ] a\n".repeat(20_001));
    assert_eq!(document.items.len(), 20_000);
    assert_eq!(rules(&document), ["oversized-file"]);
    assert_eq!(document.diagnostics[0].start.line.0, 20_001);
}

#[test]
fn long_texts_of_metadata_do_not_take_long() {
    for part in
        ["due:x ", "(due: ", "owner:a ", "@a ", "📅 2026 ", "(blocked on ", "— Owner: ", "<b>"]
    {
        let text = format!("- [ ] {}\n", part.repeat(1_000_000 / part.len()));
        assert!(is_quick(|| drop(read(&text))), "{part}");
    }
}
