use super::{read, titles};
use crate::dates::Date;
use crate::model::{Point, Section, WindowSpec};

fn tree(text: &str) -> Vec<(String, u8, Option<usize>)> {
    let sections = read(text).sections.into_iter();
    sections.map(|section| (section.title.to_string(), section.level, section.parent)).collect()
}

fn node(title: &str, level: u8, parent: Option<usize>) -> (String, u8, Option<usize>) {
    (title.to_owned(), level, parent)
}

#[test]
fn headings_of_both_kinds() {
    let text = "Plan\n====\n\n## *One* `x`\n\n### Deep ###\n\nTwo\n---\n";
    assert_eq!(
        tree(text),
        [
            node("Plan", 1, None),
            node("One x", 2, Some(0)),
            node("Deep", 3, Some(1)),
            node("Two", 2, Some(0)),
        ]
    );
    let document = read(text);
    assert_eq!(document.heading.as_deref(), Some("Plan"));
    let spans: Vec<_> = document.sections.iter().map(|section| section.span.slice(text)).collect();
    assert_eq!(spans, ["Plan\n====", "## *One* `x`", "### Deep ###", "Two\n---"]);
    assert_eq!(document.sections[2].line.0, 6);
}

#[test]
fn a_heading_in_a_container_holds_until_the_container_ends() {
    let text = "## Two\n\n> # Quoted\n> - [ ] a\n\n- [ ] b\n  # In b\n  - [ ] c\n- [ ] d\n";
    assert_eq!(
        tree(text),
        [node("Two", 2, None), node("Quoted", 1, Some(0)), node("In b", 1, Some(0))]
    );
    let document = read(text);
    let sections: Vec<_> = document.items.iter().map(|item| item.section).collect();
    assert_eq!(sections, [Some(1), Some(0), Some(2), Some(0)]);
    assert_eq!(read("> # Quoted\n\n# Plan\n").heading.as_deref(), Some("Plan"));
}

#[test]
fn a_bold_line_before_a_list_is_a_heading_for_it() {
    let text =
        "# Plan\n\n**Week 1:** setup\n\n- [ ] a\n\nText\n\n- [ ] b\n\n> __Week 2__\n> 1. [ ] c\n";
    assert_eq!(
        tree(text),
        [
            node("Plan", 1, None),
            node("Week 1: setup", Section::LEAD_IN, Some(0)),
            node("Week 2", Section::LEAD_IN, Some(0)),
        ]
    );
    let document = read(text);
    let sections: Vec<_> = document.items.iter().map(|item| item.section).collect();
    assert_eq!(sections, [Some(1), Some(0), Some(2)]);
    assert_eq!(document.sections[1].span.slice(text), "**Week 1:** setup");
}

#[test]
fn a_lead_in_holds_for_one_list_alone() {
    let document = read("**Week 1**\n- [ ] a\n\n* [ ] b\n");
    let sections: Vec<_> = document.items.iter().map(|item| item.section).collect();
    assert_eq!(sections, [Some(0), None]);
}

#[test]
fn other_bold_paragraphs_are_no_headings() {
    for text in [
        "**Bold**\n\nText\n\n- [ ] a\n",
        "**Two**\nlines\n\n- [ ] a\n",
        "Not **first**\n- [ ] a\n",
        "- [ ] a\n\n  **In an item**\n  - [ ] b\n",
        "**Bold**\n\n<!-- c -->\n\n- [ ] a\n",
        "**Owner:** Anna\n\n- [ ] a\n",
        "**Bold**\n\n---\n\n- [ ] a\n",
    ] {
        assert_eq!(titles(&read(text)), [] as [&str; 0], "{text}");
    }
}

#[test]
fn titles_keep_numbers_and_windows_and_lose_metadata() {
    for (heading, title) in [
        ("1. Legal & Contracting (Target: Day 1–7)", "1. Legal & Contracting (Target: Day 1–7)"),
        ("Legal (Due 2026-03-01) owner:anna", "Legal (Due 2026-03-01)"),
        ("Legal (due: 2026-03-01, owner: @anna)", "Legal (due: 2026-03-01)"),
        ("Legal — Owner: Anna Lee", "Legal"),
        ("Legal id:legal", "Legal"),
        ("Legal (Optional) @anna", "Legal (Optional)"),
        ("🔺 Legal", "🔺 Legal"),
    ] {
        assert_eq!(titles(&read(&format!("## {heading}\n"))), [title]);
    }
}

#[test]
fn a_due_token_on_a_heading_closes_its_window() {
    let document = read("## Legal due:2026-03-01\n");
    let closes = Date::new(2026, 3, 1).map(Point::Date);
    assert_eq!(&*document.sections[0].title, "Legal");
    assert_eq!(document.sections[0].window, Some(WindowSpec { opens: None, closes }));
}

#[test]
fn owners_of_sections() {
    let document = read(
        "# Plan (owner: @lead)\n\n**Owner:** Founder + CFO, @anna\n**Status:** open\n\n## Legal @ben\n\n- **Owner**: Carla Diaz\n- [ ] a\n\n**Week 1**\n- **Owners:** dora; eve\n- [ ] b\n",
    );
    let owners: Vec<_> = document.sections.iter().map(|section| &section.owners).collect();
    assert_eq!(
        owners,
        [&vec!["lead", "Founder + CFO", "anna"], &vec!["ben", "Carla Diaz"], &vec!["dora", "eve"]]
    );
    assert!(document.items.iter().all(|item| item.owners.is_empty()));
}

#[test]
fn an_owner_line_under_an_item_names_the_owner_of_the_item() {
    let document = read("# Plan\n\n- [ ] a\n  - **Owner:** Anna\n- [ ] b\n");
    assert_eq!(document.items[0].owners, ["Anna"]);
    assert_eq!(document.items[1].owners, [] as [&str; 0]);
    assert_eq!(document.sections[0].owners, [] as [&str; 0]);
}

#[test]
fn a_heading_begins_with_its_words() {
    let text = "# A\n\n\u{a0}B \u{a0}\n---\n";
    let document = read(text);
    assert_eq!(document.sections[1].span.slice(text), "B \u{a0}\n---");
    assert_eq!((&*document.sections[1].title, document.sections[1].line.0), ("B", 3));
}
