//! `mdboard status`: a line per partner, and below it why.

use super::line::{self, Line, gaps, row, widths};
use super::paint;
use crate::board::{Board, Partner, Progress};
use crate::dates::Date;
use crate::render::{Style, words};

/// How far the lines below a partner's are indented.
const INDENT: usize = 4;
/// How many lines a reason may take.
const REASON_LINES: usize = 3;
/// A name is not cut below this many columns while there is a narrower layout.
const NAME: usize = 24;
/// Beyond this many columns a name gives way to owners.
const LONG_NAME: usize = 32;
/// Owners are not cut below this many columns while there is a narrower layout.
const OWNER: usize = 14;

/// What the table has room for.
#[derive(Clone, Copy)]
struct Layout {
    /// The columns of the progress bar.
    bar: usize,
    overdue: Long,
    next_due: Option<Long>,
    owner: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Long {
    Full,
    Short,
}

/// From the roomiest to the one for 60 columns. What has no column any more moves below.
const LAYOUTS: [Layout; 6] = [
    Layout { bar: 20, overdue: Long::Full, next_due: Some(Long::Full), owner: true },
    Layout { bar: 10, overdue: Long::Full, next_due: Some(Long::Full), owner: true },
    Layout { bar: 10, overdue: Long::Short, next_due: Some(Long::Short), owner: true },
    Layout { bar: 10, overdue: Long::Short, next_due: Some(Long::Short), owner: false },
    Layout { bar: 10, overdue: Long::Short, next_due: None, owner: false },
    Layout { bar: 5, overdue: Long::Short, next_due: None, owner: false },
];

/// The table of partners, in the order given, with the sums at its end.
pub fn status(board: &Board, partners: &[&Partner], style: &Style) -> String {
    let (layout, rows, widths) = lay_out(board, partners, style.width);
    let mut rows = rows.into_iter();
    let mut out = String::new();
    if let Some(header) = rows.next().filter(|_| !partners.is_empty()) {
        row(0, header, &widths).write(style, &mut out);
    }
    for (partner, cells) in partners.iter().zip(rows) {
        row(0, cells, &widths).write(style, &mut out);
        details(partner, layout, board.today, style, &mut out);
    }
    if !partners.is_empty() {
        out.push('\n');
    }
    line::write_clauses(words::totals(board, partners), style, &mut out);
    out
}

/// The first layout that fits, with its rows, the header first, and the widths of its columns.
fn lay_out(
    board: &Board,
    partners: &[&Partner],
    width: usize,
) -> (Layout, Vec<Vec<Line>>, Vec<usize>) {
    let attempt = |layout: &Layout| {
        let rows: Vec<Vec<Line>> = std::iter::once(header(*layout))
            .chain(partners.iter().map(|partner| cells(partner, *layout, board.today)))
            .collect();
        let natural = widths(rows.iter());
        let (widths, fits) = share(natural, layout.owner, width);
        (*layout, rows, widths, fits)
    };
    let mut attempts = LAYOUTS.iter().map(attempt);
    let mut best = attempts.next().unwrap_or_else(|| attempt(&LAYOUTS[0]));
    while !best.3 {
        match attempts.next() {
            Some(narrower) => best = narrower,
            None => break,
        }
    }
    (best.0, best.1, best.2)
}

/// Gives name and owners what the other columns leave, and tells whether that is enough.
fn share(mut natural: Vec<usize>, owner: bool, width: usize) -> (Vec<usize>, bool) {
    let owner_at = natural.len().saturating_sub(1);
    let name = natural.first().copied().unwrap_or(0);
    let owners = if owner { natural[owner_at] } else { 0 };
    let fixed = natural.iter().sum::<usize>() - name - owners + gaps(natural.len());
    let left = width.saturating_sub(fixed);
    let (least_name, least_owners) = (name.min(NAME), owners.min(OWNER));
    // Names come first, but very long ones do not push the owners out.
    let first = name.min(LONG_NAME).min(left.saturating_sub(least_owners));
    let owners = owners.min(left.saturating_sub(first));
    let name = name.min(left.saturating_sub(owners));
    if let Some(first) = natural.first_mut() {
        *first = name;
    }
    if owner {
        natural[owner_at] = owners;
    }
    (natural, left >= least_name + least_owners)
}

fn header(layout: Layout) -> Vec<Line> {
    let mut titles = vec!["PARTNER", "PROGRESS", "HEALTH", "OVERDUE"];
    titles.extend(layout.next_due.map(|_| "NEXT DUE"));
    titles.extend(layout.owner.then_some("OWNER"));
    titles.into_iter().map(|title| Line::new(paint::DIM, title)).collect()
}

fn cells(partner: &Partner, layout: Layout, today: Date) -> Vec<Line> {
    let nothing = || Line::new(paint::DIM, words::NOTHING);
    let health = paint::health(partner.health);
    let overdue = match layout.overdue {
        Long::Full => words::overdue(partner),
        Long::Short => short_overdue(partner),
    };
    let mut cells = vec![
        Line::new(paint::BOLD, &partner.name),
        bar(partner.progress, layout.bar, health),
        Line::new(health, words::health(partner.health)),
        overdue.map_or_else(nothing, |overdue| Line::new(paint::LATE, overdue)),
    ];
    if let Some(long) = layout.next_due {
        let due = partner.next_due.map(|due| match long {
            Long::Full => words::due(due, today),
            Long::Short => words::short_due(due, today),
        });
        cells.push(due.map_or_else(nothing, |due| Line::new(paint::PLAIN, due)));
    }
    if layout.owner {
        let owners = words::names(&partner.owners);
        cells.push(owners.map_or_else(nothing, |owners| Line::new(paint::PLAIN, owners)));
    }
    cells
}

/// `3 (12 d)`.
fn short_overdue(partner: &Partner) -> Option<String> {
    let late = words::oldest(partner);
    (partner.overdue > 0).then(|| format!("{} ({late} d)", partner.overdue))
}

/// `███████░░░  70 %  21/30`.
fn bar(progress: Progress, width: usize, health: anstyle::Style) -> Line {
    let counted = progress.done + progress.open;
    // Rounded down, so that a full bar means done.
    let filled = (width * progress.done).checked_div(counted).unwrap_or(0);
    let percent = match progress.percent() {
        Some(percent) => format!("{percent} %"),
        None => words::NOTHING.to_owned(),
    };
    Line::new(health, "█".repeat(filled))
        .then(paint::DIM, "░".repeat(width - filled))
        .then(paint::PLAIN, format!(" {percent:>5}  {}/{counted}", progress.done))
}

/// Below a partner: why it is where it is, and what has no column.
fn details(partner: &Partner, layout: Layout, today: Date, style: &Style, out: &mut String) {
    let room = style.width.saturating_sub(INDENT);
    let mut clauses = vec![Line::default().then_shrinking(paint::DIM, &partner.health_reason)];
    let mut also = |clause: String| clauses.push(Line::new(paint::DIM, clause));
    if let Some(derived) = words::derived_start(partner, today) {
        also(derived);
    }
    if let Some(due) = partner.next_due.filter(|_| layout.next_due.is_none()) {
        also(format!("next due {}", words::due(due, today)));
    }
    if let Some(owners) = words::names(&partner.owners).filter(|_| !layout.owner) {
        also(format!("owner {owners}"));
    }
    for line in line::clauses(clauses, room, REASON_LINES) {
        row(INDENT, vec![line], &[room]).write(style, out);
    }
}
