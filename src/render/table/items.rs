//! `mdboard items`: one item per line, under its partner's name.

use super::line::{Line, gaps, row, widths, write_clauses};
use super::paint;
use crate::board::Board;
use crate::dates::Date;
use crate::model::Status;
use crate::render::{Style, words};
use crate::report::ItemRow;

const INDENT: usize = 2;
/// The text keeps at least this many columns while there is a narrower layout.
const TEXT: usize = 32;
/// Owners take at most this many columns.
const OWNER: usize = 20;

/// What the table has room for.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    /// Dates with their distance, and each item's path and line, for a terminal to jump to.
    Roomy,
    /// Distances only.
    Middling,
    /// The path moves up into the heading; each line has its number only.
    Narrow,
    /// Owners go, too.
    Narrowest,
}

impl Layout {
    const ALL: [Layout; 4] = [Layout::Roomy, Layout::Middling, Layout::Narrow, Layout::Narrowest];

    /// The column of the text.
    fn text(self) -> usize {
        if self.has_path() { 2 } else { 3 }
    }

    fn has_path(self) -> bool {
        matches!(self, Layout::Roomy | Layout::Middling)
    }

    fn cells(self, item: &ItemRow<'_>, today: Date) -> Vec<Line> {
        let nothing = || Line::new(paint::DIM, words::NOTHING);
        let when = match self {
            Layout::Roomy => words::when(item.item, today),
            _ => words::short_when(item.item, today),
        };
        let late = item.item.status == Status::Overdue;
        let when_paint = if late { paint::LATE } else { paint::PLAIN };
        let owner = || match words::names(&item.item.ownership.names) {
            Some(names) => Line::new(paint::PLAIN, names),
            None => nothing(),
        };
        let status = words::status(item.item.status);
        let mut cells = vec![
            Line::new(paint::status(item.item.status), status),
            when.map_or_else(nothing, |when| Line::new(when_paint, when)),
            text(item, self),
        ];
        if self != Layout::Narrowest {
            cells.push(owner());
        }
        let line = item.item.line.0;
        if self.has_path() {
            cells.push(Line::new(paint::DIM, format!("{}:{line}", item.checklist.path)));
        } else {
            cells.insert(0, Line::new(paint::DIM, format!("{line:>4}")));
        }
        cells
    }

    /// What an item stands under: its partner, and its file where its line does not say it.
    fn heading(self, item: &ItemRow<'_>) -> Line {
        let heading = Line::default().then_shrinking(paint::BOLD, &item.partner.name);
        let id = &item.partner.id.0;
        if !self.has_path() {
            heading.then(paint::DIM, format!(" · {}", item.checklist.path))
        } else if item.partner.name.eq_ignore_ascii_case(id) {
            heading
        } else {
            heading.then(paint::DIM, format!(" · {id}"))
        }
    }

    fn same_heading(self, a: &ItemRow<'_>, b: &ItemRow<'_>) -> bool {
        a.partner.id == b.partner.id && (self.has_path() || a.checklist.path == b.checklist.path)
    }
}

/// Items in the order given, with their count at the end.
pub fn items(board: &Board, rows: &[ItemRow<'_>], style: &Style) -> String {
    let (layout, cells, widths) = lay_out(board, rows, style.width);
    let mut cells = cells.into_iter();
    let mut out = String::new();
    for group in rows.chunk_by(|a, b| layout.same_heading(a, b)) {
        group.iter().take(1).for_each(|first| layout.heading(first).write(style, &mut out));
        for cells in cells.by_ref().take(group.len()) {
            row(INDENT, cells, &widths).write(style, &mut out);
        }
    }
    if !rows.is_empty() {
        out.push('\n');
    }
    write_clauses(words::counts(board, rows), style, &mut out);
    out
}

/// The first layout that leaves enough for the text, with its cells and the widths of its columns.
fn lay_out(
    board: &Board,
    rows: &[ItemRow<'_>],
    width: usize,
) -> (Layout, Vec<Vec<Line>>, Vec<usize>) {
    let attempt = |layout: Layout| {
        let cells: Vec<Vec<Line>> = rows.iter().map(|row| layout.cells(row, board.today)).collect();
        let mut widths = widths(cells.iter());
        if let Some(owner) = widths.get_mut(layout.text() + 1) {
            *owner = (*owner).min(OWNER);
        }
        let all = widths.iter().sum::<usize>() + gaps(widths.len()) + INDENT;
        let mut fits = true;
        if let Some(text) = widths.get_mut(layout.text()) {
            let left = width.saturating_sub(all - *text);
            fits = left >= TEXT.min(*text);
            *text = left.min(*text);
        }
        (layout, cells, widths, fits)
    };
    let mut best = attempt(Layout::Roomy);
    for layout in &Layout::ALL[1..] {
        if !best.3 {
            best = attempt(*layout);
        }
    }
    (best.0, best.1, best.2)
}

/// An item's text, and what else there is to know.
fn text(row: &ItemRow<'_>, layout: Layout) -> Line {
    let text = Line::default().then_shrinking(paint::PLAIN, &row.item.text);
    let note = match layout {
        Layout::Roomy => words::notes(row.item).join(", "),
        _ => words::short_note(row.item).unwrap_or_default().to_owned(),
    };
    match note.is_empty() {
        true => text,
        false => text.then_shrinking(paint::DIM, format!(" ({note})")),
    }
}
