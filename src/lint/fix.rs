//! Making the changes that findings ask for.
//!
//! Fixes are made in rounds: of those whose places do not overlap all at once, then everything is
//! looked at again, until there is nothing left to mend. Every fix says which parts of a document it
//! may change ([`Part`]); the file is read again after it, and a fix that ticks a box, or changes
//! what it does not name, is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::lint::rule::Part;
use crate::lint::select::Selection;
use crate::model::{FrontMatter, Item, RepoPath, Section, State};

/// How often everything is looked at again. A fix may make room for another; more often than this
/// two of them only undo each other.
const MOST_ROUNDS: usize = 10;

/// A file that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its text before.
    pub before: String,
    /// Its text now.
    pub after: String,
    /// How many findings of each rule were mended, by the rule's code.
    pub fixes: BTreeMap<&'static str, usize>,
}

/// A project in which what can be mended was.
pub struct Outcome<'a> {
    /// The project, its files as they are now. Nothing on disk has changed.
    pub project: Project<'a>,
    /// The files that were mended.
    pub mended: BTreeMap<RepoPath, Mended>,
    /// What is left.
    pub findings: Vec<Finding>,
}

/// Mends what fixes of at most some applicability can.
pub fn mend<'a>(
    mut project: Project<'a>,
    selection: &Selection,
    most: Applicability,
) -> Outcome<'a> {
    let mut mended: BTreeMap<RepoPath, Mended> = BTreeMap::new();
    let mut refused: BTreeSet<(RepoPath, Vec<Edit>)> = BTreeSet::new();
    let mut findings = super::check(&project, selection);
    for _ in 0..MOST_ROUNDS {
        let mut changed: BTreeMap<RepoPath, String> = BTreeMap::new();
        for (path, found) in by_path(&findings) {
            let Some(page) = project.page(path).filter(|page| page.is_exact) else { continue };
            let wanted = found.into_iter().filter_map(|finding| {
                let fix = finding.fix.as_ref()?;
                let is_refused = refused.contains(&(path.clone(), fix.edits.clone()));
                (fix.applicability <= most && !is_refused).then_some((finding, fix))
            });
            let wanted = apart(wanted.collect());
            let (text, made) = make(page, &project, wanted, &mut refused);
            if text == page.text {
                continue;
            }
            let file = mended.entry(path.clone()).or_insert_with(|| Mended {
                before: page.text.clone(),
                after: String::new(),
                fixes: BTreeMap::new(),
            });
            file.after.clone_from(&text);
            made.into_iter().for_each(|code| *file.fixes.entry(code).or_default() += 1);
            changed.insert(path.clone(), text);
        }
        if changed.is_empty() {
            break;
        }
        project = project.with(changed);
        findings = super::check(&project, selection);
    }
    Outcome { project, mended, findings }
}

/// The findings of each file.
fn by_path(findings: &[Finding]) -> BTreeMap<&RepoPath, Vec<&Finding>> {
    let mut files: BTreeMap<&RepoPath, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        files.entry(&finding.path).or_default().push(finding);
    }
    files
}

/// The fixes whose places do not touch those of one before.
fn apart<'f>(mut wanted: Vec<(&'f Finding, &'f Fix)>) -> Vec<(&'f Finding, &'f Fix)> {
    let from = |fix: &Fix| fix.edits.first().map(|edit| edit.span.start);
    let to = |fix: &Fix| fix.edits.last().map(|edit| edit.span.end);
    wanted.sort_by_key(|(_, fix)| from(fix));
    let mut end = None;
    wanted.retain(|(_, fix)| {
        let is_apart = from(fix).is_some() && (end.is_none() || from(fix) > end);
        if is_apart {
            end = to(fix);
        }
        is_apart
    });
    wanted
}

/// Makes fixes: all together, or where that does harm, those that do none alone. Returns the text
/// and the codes of what was mended.
fn make(
    page: &Page<'_>,
    project: &Project<'_>,
    wanted: Vec<(&Finding, &Fix)>,
    refused: &mut BTreeSet<(RepoPath, Vec<Edit>)>,
) -> (String, Vec<&'static str>) {
    let codes = |made: &[(&Finding, &Fix)]| made.iter().map(|(it, _)| it.rule.code.code).collect();
    let all = apply(&page.text, &wanted);
    if is_harmless(page, project, &all, &wanted) {
        return (all, codes(&wanted));
    }
    let (good, bad): (Vec<_>, Vec<_>) = wanted
        .into_iter()
        .partition(|one| is_harmless(page, project, &apply(&page.text, &[*one]), &[*one]));
    refused.extend(bad.iter().map(|(_, fix)| (page.path.clone(), fix.edits.clone())));
    let text = apply(&page.text, &good);
    if is_harmless(page, project, &text, &good) {
        return (text, codes(&good));
    }
    // Only together they do harm: one at a time, then.
    match good.first() {
        Some(first) => (apply(&page.text, &[*first]), codes(&[*first])),
        None => (page.text.clone(), Vec::new()),
    }
}

/// A text with the edits of fixes made, which are in order and apart.
fn apply(text: &str, fixes: &[(&Finding, &Fix)]) -> String {
    edited(text, fixes.iter().flat_map(|(_, fix)| &fix.edits))
}

/// A text with edits made, which are in order and do not overlap.
pub fn edited<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Whether a text still says what the page says, but for what the fixes name.
fn is_harmless(
    page: &Page<'_>,
    project: &Project<'_>,
    text: &str,
    fixes: &[(&Finding, &Fix)],
) -> bool {
    if text == page.text {
        return true;
    }
    let after = project.reread(page, text);
    let may = |part| {
        let parts = |(finding, _): &(&Finding, &Fix)| finding.rule.fixes.map(|fixes| fixes.changes);
        fixes.iter().filter_map(parts).any(|parts| parts.contains(&part))
    };
    let (before, after) = (&page.document, &after.document);
    let done = |items: &[Item]| items.iter().filter(|item| item.state == State::Done).count();
    let ticks = match before.items.len() == after.items.len() {
        true => before
            .items
            .iter()
            .zip(&after.items)
            .any(|(before, after)| before.state != State::Done && after.state == State::Done),
        false => done(&after.items) > done(&before.items),
    };
    let same = |part, is_same: bool| may(part) || is_same;
    !ticks
        && same(Part::Items, before.items.iter().map(item).eq(after.items.iter().map(item)))
        && same(
            Part::Sections,
            before.sections.iter().map(section).eq(after.sections.iter().map(section)),
        )
        && same(
            Part::FrontMatter,
            front_matter(&before.front_matter) == front_matter(&after.front_matter),
        )
}

/// An item without its places.
fn item(item: &Item) -> Item {
    let plain = item.clone();
    Item {
        span: Default::default(),
        mark: Default::default(),
        line: crate::source::Line(0),
        section: None,
        raw: String::new(),
        ..plain
    }
}

/// A section without its places.
fn section(section: &Section) -> Section {
    Section {
        span: Default::default(),
        line: crate::source::Line(0),
        parent: None,
        ..section.clone()
    }
}

/// A front matter without its places.
fn front_matter(front_matter: &FrontMatter) -> FrontMatter {
    let nowhere = crate::source::Line(0);
    FrontMatter {
        span: None,
        start_date: front_matter.start_date.map(|(day, _)| (day, nowhere)),
        due: front_matter.due.map(|(due, _)| (due, nowhere)),
        keys: Vec::new(),
        ..front_matter.clone()
    }
}
