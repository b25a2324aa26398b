//! One board through every renderer, and what holds for every board.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{Style, csv, fixture, markdown, table};
use crate::board::{Board, Partner};
use crate::report::{EventFilter, ItemFilter};

fn partners(board: &Board) -> Vec<&Partner> {
    board.partners.iter().collect()
}

/// Everything that a kind of table says of a board.
fn tables(board: &Board, style: &Style) -> [String; 3] {
    [
        table::status(board, &partners(board), style),
        table::items(board, &ItemFilter::default().rows(board), style),
        table::log(board, &EventFilter::default().events(board), style),
    ]
}

#[test]
fn tables_at_every_width() {
    let board = fixture::board();
    for width in [60, 80, 120, 160] {
        let [status, items, log] = tables(&board, &Style { width, color: false });
        insta::assert_snapshot!(format!("status_{width}"), status);
        insta::assert_snapshot!(format!("items_{width}"), items);
        insta::assert_snapshot!(format!("log_{width}"), log);
    }
}

#[test]
fn tables_in_colour() {
    let [status, items, log] = tables(&fixture::board(), &Style { width: 100, color: true });
    // The escape character would be invisible in the snapshot.
    let shown = |text: String| text.replace('\u{1b}', "␛");
    insta::assert_snapshot!("status_colour", shown(status));
    insta::assert_snapshot!("items_colour", shown(items));
    insta::assert_snapshot!("log_colour", shown(log));
}

#[test]
fn markdown_documents() {
    let board = fixture::board();
    let rows = ItemFilter::default().rows(&board);
    let events = EventFilter::default().events(&board);
    insta::assert_snapshot!("markdown_status", markdown::status(&board, &partners(&board)));
    insta::assert_snapshot!("markdown_items", markdown::items(&board, &rows));
    insta::assert_snapshot!("markdown_log", markdown::log(&board, &events));
}

#[test]
fn csv_documents() {
    let board = fixture::board();
    let rows = ItemFilter::default().rows(&board);
    let events = EventFilter::default().events(&board);
    let documents = [
        ("csv_status", csv::status(&board, &partners(&board))),
        ("csv_items", csv::items(&board, &rows)),
        ("csv_log", csv::log(&board, &events)),
    ];
    for (name, document) in documents {
        assert!(document.ends_with("\r\n"));
        // Snapshots have plain line ends.
        insta::assert_snapshot!(name, document.replace("\r\n", "\n"));
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    let board = Board { partners: Vec::new(), events: Vec::new(), ..fixture::board() };
    let all = tables(&board, &Style { width: 80, color: false }).concat();
    insta::assert_snapshot!(all, @"
    0 partners · 0 of 0 items done · 0 overdue · 0 due soon · as of Tue 3 Mar 2026
    no items · as of Tue 3 Mar 2026
    nothing happened
    history is not complete: shallow clone, its oldest commit is 1111111
    ");
    let markdown =
        [markdown::status(&board, &[]), markdown::items(&board, &[]), markdown::log(&board, &[])];
    insta::assert_snapshot!(markdown.concat(), @"
    0 partners · 0 of 0 items done · 0 overdue · 0 due soon · as of Tue 3 Mar 2026
    no items · as of Tue 3 Mar 2026
    nothing happened · history is not complete: shallow clone, its oldest commit is 1111111
    ");
}

#[test]
fn colours_add_nothing_to_the_words() {
    let board = fixture::board();
    for width in [60, 100, 140] {
        let plain = tables(&board, &Style { width, color: false });
        let colored = tables(&board, &Style { width, color: true });
        for (plain, colored) in plain.iter().zip(&colored) {
            assert_eq!(&anstream::adapter::strip_str(colored).to_string(), plain);
        }
    }
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        any::<String>(),
        "[a-z ]{0,200}",
        "[\u{3040}-\u{30ff}\u{1f300}-\u{1faff}\u{1f3fb}-\u{1f3ff}\u{200d}\u{fe0f}]{0,60}",
        "[\u{0}-\u{9f}\u{200b}-\u{206f}]{0,60}",
        "[\u{590}-\u{6ff}\u{900}-\u{97f}\u{300}-\u{36f}\u{1f1e6}-\u{1f1ff}]{0,80}",
        Just(fixture::HOSTILE.to_owned()),
    ];
    prop::collection::vec(text, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_a_table_is_wider_than_it_may_be(texts in texts(), width in 60..=160_usize) {
        let board = fixture::board_saying(&texts);
        for table in tables(&board, &Style { width, color: false }) {
            for line in table.lines() {
                prop_assert!(line.width() <= width, "{} columns: {line:?}", line.width());
            }
            prop_assert!(!table.chars().any(|char| char != '\n' && char.is_control()));
        }
    }

    #[test]
    fn no_width_is_too_small(texts in texts(), width in 0..60_usize) {
        let board = fixture::board_saying(&texts);
        for table in tables(&board, &Style { width, color: false }) {
            for line in table.lines() {
                prop_assert!(line.width() <= width, "{} columns: {line:?}", line.width());
            }
        }
    }

    #[test]
    fn no_cell_of_a_csv_file_is_a_formula(texts in texts()) {
        let board = fixture::board_saying(&texts);
        let items = csv::items(&board, &ItemFilter::default().rows(&board));
        let events = csv::log(&board, &EventFilter::default().events(&board));
        for document in [csv::status(&board, &partners(&board)), items, events] {
            for record in ::csv::Reader::from_reader(document.as_bytes()).records() {
                for cell in record.expect("all records have one length").iter() {
                    prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
                }
            }
        }
    }
}
