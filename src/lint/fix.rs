//! Making the changes that findings ask for.
//!
//! Fixes are made in rounds: of those that may change the same, and whose places do not overlap, all
//! at once; then everything is looked at again, until there is nothing left to mend. Every fix says which parts of a document it
//! may change ([`Part`]); the file is read again after it, and a fix that ticks a box, or changes
//! what it does not name, is left out as long as the text is the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::lint::rule::{Check, Part};
use crate::lint::rules;
use crate::lint::select::Selection;
use crate::model::{Code, Document, FrontMatter, Item, RepoPath, Section, State};
use crate::parse::Options;
use crate::source::Line;

/// How often everything is looked at again. A fix may make room for another; more often than this
/// two of them only undo each other.
const MOST_ROUNDS: usize = 100;

/// How many bytes of a file are read again in a round to find the fixes that do harm: often enough
/// for any file but one that is made to take long.
const MOST_READ: usize = 32 << 20;

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
        let refused_before = refused.len();
        for (path, found) in by_path(&findings) {
            let Some(page) = project.page(path).filter(|page| page.is_exact) else { continue };
            let wanted = found.into_iter().filter_map(|finding| {
                let fix = finding.fix.as_ref()?;
                let is_refused = refused.contains(&(path.clone(), fix.edits.clone()));
                (fix.applicability <= most && !is_refused).then_some((finding, fix))
            });
            let wanted = apart(alike(wanted.collect()));
            let (text, made) = make(page, project.options, wanted, &mut refused);
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
            // What did harm to the text before may do none to this.
            refused.retain(|(refused, _)| refused != path);
            changed.insert(path.clone(), text);
        }
        if changed.is_empty() {
            // What one that was refused stood in the way of has its turn now.
            if refused.len() > refused_before {
                continue;
            }
            break;
        }
        project = project.with(changed);
        findings = super::check(&project, selection);
    }
    Outcome { project, mended, findings }
}

/// Takes away the fixes that would do harm, so that none is offered that is not made.
pub(super) fn vet(project: &Project<'_>, findings: &mut [Finding]) {
    let harmful: Vec<(RepoPath, Vec<Edit>)> = {
        let files: Vec<_> = by_path(findings).into_iter().collect();
        let files =
            files.into_iter().filter_map(|(path, found)| Some((project.page(path)?, found)));
        let options = project.options;
        let vetted = super::in_parallel(files.collect(), |(page, found): (&Page<'_>, Vec<_>)| {
            let fixes = found.into_iter().filter_map(|it: &Finding| Some((it, it.fix.as_ref()?)));
            let doubtful = fixes.filter(|(finding, fix)| !is_plain(page, finding, fix));
            (page.path.clone(), harmful(page, options, doubtful.collect()))
        });
        vetted
            .into_iter()
            .flat_map(|(path, all)| all.into_iter().map(move |it| (path.clone(), it)))
            .collect()
    };
    let harmful: BTreeSet<(RepoPath, Vec<Edit>)> = harmful.into_iter().collect();
    for finding in findings {
        let edits = finding.fix.as_ref().map(|fix| fix.edits.clone());
        if edits.is_some_and(|edits| harmful.contains(&(finding.path.clone(), edits))) {
            finding.fix = None;
        }
    }
}

/// Whether a fix stays within the front matter and may do what it likes to its keys: the text behind
/// it is not touched, and nothing has to be read again to see that.
fn is_plain(page: &Page<'_>, finding: &Finding, fix: &Fix) -> bool {
    let is_inside = |edit: &Edit| {
        let block = page.document.front_matter.span;
        block.is_some_and(|block| block.start < edit.span.start && edit.span.end < block.end)
    };
    let is_read_again = matches!(finding.rule.check, Check::Reading(_));
    page.is_exact
        && !is_read_again
        && changes(finding).contains(&Part::FrontMatter)
        && fix.edits.iter().all(is_inside)
}

/// The edits of those of a page's fixes that do harm; all of them where the page is not the file.
fn harmful(page: &Page<'_>, options: &Options, mut fixes: Vec<(&Finding, &Fix)>) -> Vec<Vec<Edit>> {
    if !page.is_exact {
        return fixes.into_iter().map(|(_, fix)| fix.edits.clone()).collect();
    }
    let mut harmful = Vec::new();
    let mut left = MOST_READ / page.text.len().max(1);
    while !fixes.is_empty() && left > 0 {
        let wanted = apart(alike(fixes.clone()));
        let mut trial = Trial { page, options, good: Vec::new(), bad: Vec::new(), left };
        trial.take(&wanted);
        left = trial.left;
        harmful.extend(trial.bad.iter().map(|(_, fix)| fix.edits.clone()));
        let done = trial.good.iter().chain(&trial.bad);
        let done: HashSet<*const Fix> = done.map(|(_, fix)| std::ptr::from_ref(*fix)).collect();
        let before = fixes.len();
        fixes.retain(|(_, fix)| !done.contains(&std::ptr::from_ref(*fix)));
        if fixes.len() == before {
            break;
        }
    }
    harmful
}

/// The findings of each file.
fn by_path(findings: &[Finding]) -> BTreeMap<&RepoPath, Vec<&Finding>> {
    let mut files: BTreeMap<&RepoPath, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        files.entry(&finding.path).or_default().push(finding);
    }
    files
}

/// Those of some fixes that may change the same parts, and the fewest: beside one that may change
/// more, it could not be told what they do themselves.
fn alike<'f>(mut wanted: Vec<(&'f Finding, &'f Fix)>) -> Vec<(&'f Finding, &'f Fix)> {
    let least = wanted.iter().map(|(finding, _)| changes(finding)).min_by_key(|parts| parts.len());
    wanted.retain(|(finding, _)| Some(changes(finding)) == least);
    wanted
}

/// The parts that the fix of a finding may change.
fn changes(finding: &Finding) -> &'static [Part] {
    finding.rule.fixes.map_or(&[], |fixes| fixes.changes)
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

/// Makes fixes: all together, or where that does harm, those that do none. Returns the text and the
/// codes of what was mended.
fn make(
    page: &Page<'_>,
    options: &Options,
    wanted: Vec<(&Finding, &Fix)>,
    refused: &mut BTreeSet<(RepoPath, Vec<Edit>)>,
) -> (String, Vec<&'static str>) {
    let left = MOST_READ / page.text.len().max(1);
    let mut trial = Trial { page, options, good: Vec::new(), bad: Vec::new(), left };
    trial.take(&wanted);
    let bad = trial.bad.iter().map(|(_, fix)| (page.path.clone(), fix.edits.clone()));
    refused.extend(bad);
    let codes = trial.good.iter().map(|(it, _)| it.rule.code.code).collect();
    (apply(&page.text, &trial.good), codes)
}

/// Fixes of a file that are tried one after the other.
struct Trial<'p, 'a, 'f> {
    page: &'p Page<'a>,
    options: &'p Options,
    /// Those that together do no harm.
    good: Vec<(&'f Finding, &'f Fix)>,
    /// Those that do harm even alone.
    bad: Vec<(&'f Finding, &'f Fix)>,
    /// How often the file may still be read.
    left: usize,
}

impl<'f> Trial<'_, '_, 'f> {
    /// Takes of some fixes those that do no harm, together with those taken before. Few of many do
    /// any: they are found by halves.
    fn take(&mut self, wanted: &[(&'f Finding, &'f Fix)]) {
        let before = self.good.len();
        self.good.extend(wanted);
        if wanted.is_empty() || self.is_harmless(&self.good.clone()) {
            return;
        }
        self.good.truncate(before);
        if let [one] = wanted {
            // What does harm only beside others is for the next round.
            if before == 0 || !self.is_harmless(&[*one]) {
                self.bad.push(*one);
            }
            return;
        }
        let (first, second) = wanted.split_at(wanted.len() / 2);
        self.take(first);
        self.take(second);
    }

    fn is_harmless(&mut self, fixes: &[(&Finding, &Fix)]) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        is_harmless(self.page, self.options, &apply(&self.page.text, fixes), fixes)
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
fn is_harmless(page: &Page<'_>, options: &Options, text: &str, fixes: &[(&Finding, &Fix)]) -> bool {
    if text == page.text {
        return true;
    }
    if fixes.iter().flat_map(|(_, fix)| &fix.edits).any(|edit| joins_line_end(&page.text, edit)) {
        return false;
    }
    let after = page.with_text(text, options);
    let may = |part| fixes.iter().any(|(finding, _)| changes(finding).contains(&part));
    let seen = if may(Part::Hidden) { visible } else { str::to_owned };
    let (before, after) = (&page.document, &after.document);
    let same = |part, is_same: bool| may(part) || is_same;
    let items = |document: &Document| -> Vec<Item> {
        document.items.iter().map(|item| plain_item(item, seen)).collect()
    };
    let sections = |document: &Document| -> Vec<Section> {
        document.sections.iter().map(|section| plain_section(section, seen)).collect()
    };
    let front_matter = |document: &Document| plain_front_matter(&document.front_matter, seen);
    !ticks(&before.items, &after.items)
        && does_what_it_says(before, after, fixes)
        && same(Part::Items, items(before) == items(after))
        && same(Part::Sections, sections(before) == sections(after))
        && same(Part::FrontMatter, front_matter(before) == front_matter(after))
}

/// Whether what reading has found is gone with the fixes for it: one that leaves it, or makes it
/// anew, would be made for ever.
fn does_what_it_says(before: &Document, after: &Document, fixes: &[(&Finding, &Fix)]) -> bool {
    let count = |document: &Document, code| {
        document.diagnostics.iter().filter(|told| told.code == code).count()
    };
    let mut mended: BTreeMap<Code, usize> = BTreeMap::new();
    for (finding, _) in fixes {
        if let Check::Reading(_) = finding.rule.check {
            *mended.entry(finding.rule.code).or_default() += 1;
        }
    }
    mended.into_iter().all(|(code, fixes)| count(after, code) + fixes <= count(before, code))
}

/// Whether something is done that was not. What is left of the text of a done item is done, too: a
/// link's address may be no text any more, and what follows an item of its own.
fn ticks(before: &[Item], after: &[Item]) -> bool {
    let is_done = |item: &&Item| item.state == State::Done;
    let is_left_of = |item: &Item, other: &Item| {
        let mut other = other.identity.chars();
        let mut letters = item.identity.chars().filter(|c| c.is_alphanumeric());
        letters.all(|c| other.any(|next| next == c))
    };
    let mut pairs = before.iter().zip(after);
    let mut were_done = before.iter().filter(is_done);
    let is_new = |after: &Item| !were_done.any(|before| is_left_of(after, before));
    before.len() == after.len()
        && pairs.any(|(before, after)| before.state != State::Done && after.state == State::Done)
        || after.iter().filter(is_done).any(is_new)
}

/// Whether a carriage return and a line feed become one line end, as what parts them is deleted.
fn joins_line_end(text: &str, edit: &Edit) -> bool {
    edit.text.is_empty()
        && text.get(..edit.span.start).is_some_and(|before| before.ends_with('\r'))
        && text.get(edit.span.end..).is_some_and(|behind| behind.starts_with('\n'))
}

/// A text without the characters that nobody sees.
fn visible(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !rules::is_never_seen(*c)).collect();
    // What stood apart by one of them may stand together now.
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An item without its places, its texts as they are seen.
fn plain_item(item: &Item, seen: fn(&str) -> String) -> Item {
    let all = |texts: &[String]| texts.iter().map(|text| seen(text)).collect();
    Item {
        span: Default::default(),
        mark: Default::default(),
        line: Line(0),
        section: None,
        raw: "".into(),
        text: seen(&item.text).into(),
        identity: seen(&item.identity).into(),
        blocked_reason: item.blocked_reason.as_deref().map(seen),
        owners: all(&item.owners),
        explicit_id: item.explicit_id.as_deref().map(seen),
        depends: all(&item.depends),
        ..item.clone()
    }
}

/// A section without its places, its texts as they are seen.
fn plain_section(section: &Section, seen: fn(&str) -> String) -> Section {
    Section {
        span: Default::default(),
        line: Line(0),
        parent: None,
        title: seen(&section.title).into(),
        owners: section.owners.iter().map(|owner| seen(owner)).collect(),
        ..section.clone()
    }
}

/// A front matter without its places, its texts as they are seen.
fn plain_front_matter(front_matter: &FrontMatter, seen: fn(&str) -> String) -> FrontMatter {
    let one = |text: &Option<String>| text.as_deref().map(seen);
    let all = |texts: &[String]| texts.iter().map(|text| seen(text)).collect();
    FrontMatter {
        span: None,
        title: one(&front_matter.title),
        partner: one(&front_matter.partner),
        start_date: front_matter.start_date.map(|(day, _)| (day, Line(0))),
        owners: all(&front_matter.owners),
        template: one(&front_matter.template),
        due: front_matter.due.map(|(due, _)| (due, Line(0))),
        kind: one(&front_matter.kind),
        tags: all(&front_matter.tags),
        keys: Vec::new(),
        ..front_matter.clone()
    }
}
