//! A comparison for a terminal.

use super::deeds::{Deed, by, deeds};
use super::verdict::{notes, verdict};
use crate::dates::Date;
use crate::model::Health;
use crate::render::paint;
use crate::render::table::line::{self, Line};
use crate::render::{Style, words};
use crate::report::{Comparison, PartnerChange, Standing, TemplateChange};

/// How far what happens stands under whom it happens to.
const INDENT: usize = 2;
/// About how many lines one thing may take.
const MOST_LINES: usize = 3;

/// For people at a terminal.
pub fn table(comparison: &Comparison, style: &Style) -> String {
    let mut out = String::new();
    let clauses = verdict(comparison);
    if clauses.is_empty() {
        Line::new(paint::BOLD, "No change to the board.").write(style, &mut out);
    } else {
        let clauses = clauses.into_iter().map(|clause| Line::new(paint::BOLD, clause)).collect();
        for line in line::clauses(clauses, style.width, 1) {
            line.write(style, &mut out);
        }
    }
    for partner in comparison.by_need() {
        out.push('\n');
        write_partner(partner, comparison.today, style, &mut out);
    }
    if !comparison.templates.is_empty() {
        out.push('\n');
        Line::new(paint::BOLD, "Templates").write(style, &mut out);
        for template in &comparison.templates {
            write_wrapped(template_line(template), style, &mut out);
        }
    }
    let notes = notes(comparison);
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        let line = Line::new(paint::DIM, "note: ").then(paint::DIM, note);
        line.wrap(style.width, INDENT, MOST_LINES)
            .into_iter()
            .for_each(|line| line.write(style, &mut out));
    }
    out
}

fn write_partner(partner: &PartnerChange, today: Date, style: &Style, out: &mut String) {
    head(partner).write(style, out);
    for deed in deeds(partner, today) {
        write_wrapped(deed_line(&deed, today), style, out);
    }
    for late in &partner.now_overdue {
        let line = Line::new(paint::LATE, "now overdue: ")
            .then(paint::PLAIN, "“")
            .then_shrinking(paint::PLAIN, &late.text)
            .then(paint::PLAIN, "”")
            .then(paint::DIM, format!(" (due {})", words::due(late.due, today)));
        write_wrapped(line, style, out);
    }
}

/// `Acme  20 % → 40 %  at risk → on track`
fn head(partner: &PartnerChange) -> Line {
    let line = Line::default().then_shrinking(paint::BOLD, &partner.name);
    let line = match &partner.renamed_from {
        Some(from) => line.then(paint::DIM, format!(" (was {from})")),
        None => line,
    };
    let progress = sides(partner, |standing| {
        Some(standing.progress.percent().map_or(words::NOTHING.to_owned(), percent))
    });
    let line = line.then(paint::PLAIN, format!("  {progress}  "));
    let health = |side: &Option<Standing>| side.as_ref().and_then(|standing| standing.health);
    let (before, after) = (health(&partner.before), health(&partner.after));
    let line = match (&partner.before, &partner.after) {
        (None, _) => painted(line.then(paint::PLAIN, "new, "), after),
        (_, None) => line.then(paint::LATE, "no longer on the board"),
        _ if before == after => painted(line, after),
        _ => painted(painted(line, before).then(paint::PLAIN, " → "), after),
    };
    let overdue = sides(partner, |standing| standing.overdue.map(|count| count.to_string()));
    if overdue == "0" { line } else { line.then(paint::PLAIN, format!("  {overdue} overdue")) }
}

fn painted(line: Line, health: Option<Health>) -> Line {
    match health {
        Some(health) => line.then(paint::health(health), words::health(health)),
        None => line.then(paint::DIM, "health not known"),
    }
}

fn percent(percent: usize) -> String {
    format!("{percent} %")
}

/// What holds before and after, once if that is the same.
fn sides(partner: &PartnerChange, get: impl Fn(&Standing) -> Option<String>) -> String {
    let side = |standing: &Option<Standing>| {
        standing.as_ref().map(|standing| get(standing).unwrap_or_else(|| "?".to_owned()))
    };
    match (side(&partner.before), side(&partner.after)) {
        (Some(before), Some(after)) if before != after => format!("{before} → {after}"),
        (before, after) => after.or(before).unwrap_or_default(),
    }
}

fn deed_line(deed: &Deed<'_>, today: Date) -> Line {
    let paint = if deed.is_loss { paint::LATE } else { paint::PLAIN };
    let line = Line::default().then_phrase(&deed.phrase, paint);
    line.then(paint::DIM, " · ").then_phrase(&by(deed.change, today), paint::DIM)
}

fn template_line(template: &TemplateChange) -> Line {
    let line = Line::new(paint::PLAIN, format!("{} ", template.change.name()))
        .then_shrinking(paint::PLAIN, template.path.as_str());
    let line = match &template.renamed_from {
        Some(from) => line
            .then(paint::DIM, " (was ")
            .then_shrinking(paint::DIM, from.as_str())
            .then(paint::DIM, ")"),
        None => line,
    };
    let behind = &template.checklists_behind;
    let Some(first) = behind.first() else { return line };
    let more = if behind.len() > 1 { ", …" } else { "" };
    line.then(
        paint::LATE,
        format!(", leaves {} behind: ", words::plural(behind.len(), "checklist")),
    )
    .then_shrinking(paint::PLAIN, format!("{first}{more}"))
}

fn write_wrapped(line: Line, style: &Style, out: &mut String) {
    let room = style.width.saturating_sub(INDENT);
    for line in line.wrap(room, INDENT, MOST_LINES) {
        let mut text = String::new();
        line.write(&Style { width: room, ..*style }, &mut text);
        out.push_str(&" ".repeat(INDENT));
        out.push_str(&text);
    }
}
