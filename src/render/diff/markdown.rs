//! The comment on a pull request: what a reviewer reads first.
//!
//! Content is text and nothing else: all of it passes [`escape::markdown`], whose character
//! references hold inside HTML, too. The only HTML is our own `<details>`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Comment;
use super::deeds::{Deed, by, deeds};
use super::page::{Page, units};
use super::verdict::{counts, notes, verdict};
use crate::dates::Date;
use crate::model::{RepoPath, Severity};
use crate::render::markdown::{bold, health_sign, phrase, text};
use crate::render::{escape, words};
use crate::report::{Comparison, Late, PartnerChange, Remark, Standing, TemplateChange};

/// How many characters of a text are shown: enough to know it by.
const SHOWN: usize = 240;
/// How many rows the sections have that are not folded.
const MOST_ROWS: usize = 25;
/// How much room is kept for what always stands at the end.
const END: usize = 400;

/// The head of the table of partners.
const PARTNERS: &str = "\n| Partner | Progress | Health | Overdue | What changes |\n\
                        | --- | --- | --- | --- | --- |\n";

/// What stays as it is in the path of an address.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// As the comment on a pull request, or a part of a job summary.
pub fn markdown(comparison: &Comparison, comment: &Comment<'_>) -> String {
    let remarks = comment.remarks.unwrap_or_default();
    let writer = Writer { comment, today: comparison.today };
    let notes: Vec<String> =
        notes(comparison).iter().map(|note| escape::markdown(&clip(note)).into_owned()).collect();
    if comparison.is_empty() && remarks.is_empty() {
        let notes: String = notes.iter().map(|note| format!(" Note: {note}.")).collect();
        return format!("**No change to the board.**{notes}\n");
    }
    let end: String = notes.iter().map(|note| format!("\nNote: {note}.\n")).collect();
    let details = comment.details.filter(|url| is_address(url));
    let board = comment.board.filter(|url| is_address(url));
    let board = board.map(|url| format!("\n[The board]({url})\n")).unwrap_or_default();
    let kept = END + units(&end) + units(&board) + details.map_or(0, units);
    let mut page = Page::new(comment.limit.saturating_sub(kept));
    page.push(&headline(comparison, remarks));
    page.rows_above(PARTNERS, &partner_rows(comparison), |page| {
        writer.unfinished(page, comparison);
        writer.overdue(page, comparison);
        writer.templates(page, &comparison.templates);
        writer.remarks(page, remarks);
    });
    for partner in comparison.by_need() {
        writer.details(&mut page, partner);
    }
    let cut = match (page.cut, details) {
        (0, _) => String::new(),
        (cut, Some(url)) => {
            format!("\n{} left out; [all of it]({url}).\n", words::plural(cut, "row"))
        }
        (cut, None) => {
            let rows = words::plural(cut, "row");
            format!(
                "\n{rows} left out: this comment may not be longer. `mdboard diff` tells all.\n"
            )
        }
    };
    format!("{}{end}{cut}{board}", page.finish())
}

/// The verdict, in one line.
fn headline(comparison: &Comparison, remarks: &[Remark]) -> String {
    let mut clauses = verdict(comparison);
    if clauses.is_empty() {
        clauses.push("No change to the board".to_owned());
    }
    let worst = remarks.iter().filter(|remark| remark.severity != Severity::Info).count();
    if worst > 0 {
        clauses.push(words::plural(worst, "lint finding"));
    }
    format!("**{}**\n", clauses.join(" · "))
}

/// What the parts of a comment are written with.
struct Writer<'a> {
    comment: &'a Comment<'a>,
    today: Date,
}

impl Writer<'_> {
    fn unfinished(&self, page: &mut Page, comparison: &Comparison) {
        let rows = comparison.partners.iter().flat_map(|partner| {
            let deeds = deeds(partner, self.today).into_iter().filter(|deed| deed.is_loss);
            deeds.map(move |deed| {
                let what = self.what(&deed);
                let by = phrase(&by(deed.change, self.today));
                row(&[&text(&clip(&partner.name)), &what, &by])
            })
        });
        let head = "\n### Removed unfinished\n\n| Partner | What | By |\n| --- | --- | --- |\n";
        bounded(page, head, rows.collect());
    }

    fn overdue(&self, page: &mut Page, comparison: &Comparison) {
        let rows = comparison.partners.iter().flat_map(|partner| {
            let row_of = move |late: &Late| {
                let item = self.link(&text(&clip(&late.text)), &late.path, Some(late.line));
                let due = words::due(late.due, self.today);
                row(&[&text(&clip(&partner.name)), &item, &due])
            };
            partner.now_overdue.iter().map(row_of)
        });
        let head =
            "\n### Overdue because of this\n\n| Partner | Item | Due |\n| --- | --- | --- |\n";
        bounded(page, head, rows.collect());
    }

    fn templates(&self, page: &mut Page, templates: &[TemplateChange]) {
        let rows = templates.iter().map(|template| {
            let path = text(&clip(template.path.as_str()));
            let path = match template.change {
                crate::report::FileChange::Removed => path,
                _ => self.link(&path, &template.path, None),
            };
            let from = template.renamed_from.as_ref();
            let from = from.map(|from| format!(" (was {})", text(&clip(from.as_str()))));
            let behind = &template.checklists_behind;
            let behind = match behind.as_slice() {
                [] => words::NOTHING.to_owned(),
                [first, rest @ ..] => {
                    let more = match rest.len() {
                        0 => String::new(),
                        more => format!(" and {more} more"),
                    };
                    format!("{}{more}", self.link(&text(&clip(first.as_str())), first, None))
                }
            };
            let from = from.unwrap_or_default();
            row(&[&format!("{path}{from}"), template.change.name(), &behind])
        });
        let head =
            "\n### Templates\n\n| Template | Change | Leaves behind |\n| --- | --- | --- |\n";
        bounded(page, head, rows.collect());
    }

    fn remarks(&self, page: &mut Page, remarks: &[Remark]) {
        let mut remarks: Vec<&Remark> =
            remarks.iter().filter(|remark| remark.severity != Severity::Info).collect();
        remarks.sort_by_key(|remark| remark.severity != Severity::Error);
        let rows = remarks.into_iter().map(|remark| {
            let place = format!("{}:{}", clip(remark.path.as_str()), remark.line);
            let place = self.link(&text(&place), &remark.path, Some(remark.line));
            let rule = format!("{} {}", text(&clip(&remark.code)), text(&clip(&remark.rule)));
            row(&[&place, remark.severity.name(), &rule, &text(&clip(&remark.message))])
        });
        let head =
            "\n### Lint\n\n| Place | Severity | Rule | Finding |\n| --- | --- | --- | --- |\n";
        bounded(page, head, rows.collect());
    }

    /// All that happens to a partner, folded.
    fn details(&self, page: &mut Page, partner: &PartnerChange) {
        let rows: Vec<String> = deeds(partner, self.today)
            .iter()
            .map(|deed| row(&[&self.what(deed), &phrase(&by(deed.change, self.today))]))
            .collect();
        if rows.is_empty() {
            return;
        }
        let name = bold(&clip(&partner.name));
        let count = words::plural(partner.changes.len(), "change");
        let head = format!(
            "\n<details>\n<summary>{name}: {count}</summary>\n\n| Change | By |\n| --- | --- |\n"
        );
        page.rows(&head, &rows, "\n</details>\n");
    }

    /// What a deed is, with a link to its line where it has one.
    fn what(&self, deed: &Deed<'_>) -> String {
        let what = phrase(&deed.phrase.clipped(SHOWN));
        match deed.change.line.filter(|_| self.comment.files.is_some()) {
            Some(line) => {
                let at = self.link(&format!("L{line}"), &deed.change.path, Some(line));
                format!("{what} {at}")
            }
            None => what,
        }
    }

    /// A text that is escaped already, as a link to a file of the head if there are such.
    fn link(&self, text: &str, path: &RepoPath, line: Option<u32>) -> String {
        let Some(files) = self.comment.files.filter(|url| is_address(url)) else {
            return text.to_owned();
        };
        let path = utf8_percent_encode(path.as_str(), PATH);
        let line = line.map(|line| format!("#L{line}")).unwrap_or_default();
        format!("[{text}]({files}{path}{line})")
    }
}

/// Writes a section that is not folded; how many of its rows are left out stands under it.
fn bounded(page: &mut Page, head: &str, rows: Vec<String>) {
    let more = rows.len().saturating_sub(MOST_ROWS);
    let behind = match more {
        0 => String::new(),
        more => format!("\nand {more} more\n"),
    };
    page.rows(head, &rows[..rows.len() - more], &behind);
}

fn row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn partner_rows(comparison: &Comparison) -> Vec<String> {
    comparison.by_need().into_iter().map(partner_row).collect()
}

fn partner_row(partner: &PartnerChange) -> String {
    let name = format!("**{}**", bold(&clip(&partner.name)));
    let name = match &partner.renamed_from {
        Some(from) => format!("{name} (was {})", text(&clip(&from.0))),
        None => name,
    };
    let name = if partner.before.is_none() { format!("{name} (new)") } else { name };
    let what = counts(&[partner]).join(", ");
    let what = if what.is_empty() { words::NOTHING } else { &what };
    row(&[&name, &progress(partner), &health(partner), &overdue(partner), what])
}

/// `20 % → 40 %`
fn progress(partner: &PartnerChange) -> String {
    let percent = |standing: &Standing| match standing.progress.percent() {
        Some(percent) => format!("{percent} %"),
        None => words::NOTHING.to_owned(),
    };
    both(partner, percent)
}

fn health(partner: &PartnerChange) -> String {
    both(partner, |standing| match standing.health {
        Some(health) => format!("{} {}", health_sign(health), words::health(health)),
        None => "not known".to_owned(),
    })
}

fn overdue(partner: &PartnerChange) -> String {
    both(partner, |standing| match standing.overdue {
        Some(0) => words::NOTHING.to_owned(),
        Some(count) => count.to_string(),
        None => "not known".to_owned(),
    })
}

/// What holds before and after, once if it stays.
fn both(partner: &PartnerChange, tell: impl Fn(&Standing) -> String) -> String {
    match (&partner.before, &partner.after) {
        (Some(before), Some(after)) => match (tell(before), tell(after)) {
            (before, after) if before == after => after,
            (before, after) => format!("{before} → {after}"),
        },
        (None, Some(after)) => tell(after),
        (Some(before), None) => format!("{} → gone", tell(before)),
        (None, None) => words::NOTHING.to_owned(),
    }
}

/// As much of a text as a cell holds.
fn clip(text: &str) -> String {
    crate::render::phrase::clipped(text, SHOWN)
}

/// Whether something can stand as the address of a link without being anything else.
pub(crate) fn is_address(url: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"<>()[]\\`\"|".contains(&byte);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.len() <= 1_000 && url.bytes().all(is_plain)
}
