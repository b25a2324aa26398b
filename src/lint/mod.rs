//! The linter: rules over the files of a board.
//!
//! A rule is one file in `rules`: its docs, its examples and its check ([`rule::Rule`]). Rules look at
//! a [`page::Page`], or at all of a [`project::Project`], and hand out [`finding::Finding`]s; they see
//! neither git nor each other. Which of them look where is a [`select::Selection`]; what comments in
//! the files switch off is `suppress`'s; [`fix`] makes the changes that findings ask for; [`baseline`]
//! remembers what was found before.

pub mod baseline;
pub mod finding;
pub mod fix;
pub mod page;
pub mod project;
pub mod rule;
pub mod rules;
pub mod select;
mod suppress;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Diagnostic, RepoPath};
use crate::source::{Position, Span};
use finding::Finding;
use page::{Kind, Page};
use project::Project;
use rule::Check;
use select::Selection;
use suppress::Directives;

/// Everything that the selected rules find in the files that are asked for, by path and place.
pub fn check(project: &Project<'_>, selection: &Selection) -> Vec<Finding> {
    let asked: Vec<&Page<'_>> = project.asked_pages().collect();
    let mut files: Vec<(Directives, Vec<Finding>)> =
        in_parallel(asked, |page| (Directives::read(page), on_page(page, selection)));
    let mut elsewhere: Vec<Finding> = project.found.iter().filter_map(of_no_page).collect();
    for rule in rules::all() {
        if let Check::Project(check) = rule.check
            && selection.is_selected_somewhere(rule)
        {
            check(project, &mut elsewhere);
        }
    }
    let at: BTreeMap<&RepoPath, usize> =
        project.asked_pages().enumerate().map(|(at, page)| (&page.path, at)).collect();
    let mut all = Vec::new();
    for finding in elsewhere {
        match at.get(&finding.path).and_then(|at| files.get_mut(*at)) {
            Some((_, findings)) => findings.push(finding),
            // Found in a file that nobody asked about.
            None if project.page(&finding.path).is_some() => {}
            None => all.extend(selection.judge(finding, Kind::Other)),
        }
    }
    for (page, (mut directives, found)) in project.asked_pages().zip(files) {
        let judged = found.into_iter().filter_map(|finding| selection.judge(finding, page.kind));
        let kept: Vec<Finding> = judged.filter(|finding| !directives.suppress(finding)).collect();
        let about = directives.findings(page, selection);
        let about = about.into_iter().filter_map(|finding| selection.judge(finding, page.kind));
        all.extend(kept);
        all.extend(about);
    }
    all.extend(selection.unknown(project));
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    all.dedup_by(|a, b| key(a) == key(b));
    fix::vet(project, &mut all);
    all
}

/// What findings are sorted by, and what makes two of them one.
fn key(finding: &Finding) -> (&RepoPath, Position, Position, &'static str, &str) {
    let (start, end) = (finding.start, finding.end);
    (&finding.path, start, end, finding.rule.code.code, &finding.message)
}

/// What the rules that look at one file find in it.
fn on_page(page: &Page<'_>, selection: &Selection) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        page.document.diagnostics.iter().filter_map(|told| of_reading(page, told)).collect();
    for rule in selection.selected(&page.path, page.kind) {
        if let Check::Page(check) = rule.check {
            check(page, &mut found);
        }
    }
    found
}

/// What reading a file has found, as a finding.
fn of_reading(page: &Page<'_>, told: &Diagnostic) -> Option<Finding> {
    let rule = rules::of(told.code)?;
    let (start, end) = (page.offset(told.start), page.offset(told.end));
    let finding = page.finding(rule, Span::new(start, end.max(start)), told.message.clone());
    let finding = Finding { start: told.start, end: told.end, help: told.help.clone(), ..finding };
    let Check::Reading(Some(mend)) = rule.check else { return Some(finding) };
    let fix = mend(page, &finding);
    Some(finding.maybe_fix(fix))
}

/// What was found before any file was read, as a finding.
fn of_no_page(told: &Diagnostic) -> Option<Finding> {
    let rule = rules::of(told.code)?;
    let finding = Finding::of_file(rule, &told.path, told.message.clone());
    Some(Finding { start: told.start, end: told.end, help: told.help.clone(), ..finding })
}

/// Does something with each of many things, on all cores, and keeps their order.
fn in_parallel<T: Send, R: Send>(all: Vec<T>, each: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    all.into_par_iter().map(each).collect()
}
