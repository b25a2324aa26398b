//! A checklist from a template.

use std::collections::{HashMap, HashSet};

use super::Sheet;
use super::closing::{LeftOut, close_up};
use super::edits::{Edits, line_start, next_line};
use super::fill::{Unfilled, Values, fill, fill_known};
use super::written::{lists, marker, sign};
use crate::model::{RepoPath, joined};
use crate::parse::{Entry, Is, LinkKind, ListItem, Options};
use crate::source::{Span, line_end};

/// Front matter that describes a template, and means nothing in a checklist.
const OF_TEMPLATES: [&str; 7] = [
    "section",
    "template_number",
    "last_updated",
    "description",
    "related_templates",
    "keywords",
    OMITTED,
];
/// The key that names sections which a checklist does not take over.
pub(super) const OMITTED: &str = "omit_sections";

/// What a checklist is made with.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The template's path.
    pub template: &'a RepoPath,
    /// Where the checklist will stand.
    pub checklist: &'a RepoPath,
    /// What the variables stand for.
    pub values: &'a Values,
    /// The partner's type, which `when` asks for; `None`: everything is taken over.
    pub kind: Option<&'a str>,
    /// The file or folder that a destination in the template leads to, as far as anybody knows.
    pub leads_to: &'a dyn Fn(&str) -> Option<String>,
    /// Keys for the front matter, in their order, with their values as YAML.
    pub keys: &'a [(String, String)],
    /// What the board says about reading.
    pub options: &'a Options,
}

/// Why no checklist can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmade {
    /// Variables that nobody gave.
    Unfilled(Vec<Unfilled>),
}

/// The checklist that a template makes.
///
/// # Errors
///
/// A variable has no value.
pub fn make(text: &str, making: &Making<'_>) -> Result<String, Unmade> {
    let sheet = Sheet::of(making.template, text, making.options);
    let mut edits = choice(&sheet, making);
    let problems = fill(&sheet, making, &mut edits);
    if !problems.is_empty() {
        return Err(Unmade::Unfilled(problems));
    }
    Ok(front_matter(&relinked(&edits.apply(sheet.text()), making), making))
}

/// The same as far as the variables are known, to compare a checklist with: its front matter does not
/// matter then.
pub(super) fn made(text: &str, making: &Making<'_>) -> String {
    let sheet = Sheet::of(making.template, text, making.options);
    let chosen = choice(&sheet, making).apply(sheet.text());
    relinked(&fill_known(&chosen, making.values), making)
}

/// Leaves out of a template what this checklist does not take over.
fn choice(sheet: &Sheet, making: &Making<'_>) -> Edits {
    let (mut edits, mut out) = (Edits::default(), LeftOut::default());
    omit(sheet, &mut out, &mut edits);
    choose(sheet, making.kind, &mut out, &mut edits);
    close_up(sheet, out, &mut edits);
    edits
}

/// A text with links that still lead where they led. Its variables are filled in already: they may be
/// part of a link.
fn relinked(text: &str, making: &Making<'_>) -> String {
    let sheet = Sheet::of(making.template, text, making.options);
    let mut edits = Edits::default();
    relink(&sheet, making, &mut edits);
    edits.apply(sheet.text())
}

/// The stretch of a heading with everything under it.
pub(super) fn extent(sheet: &Sheet, at: usize) -> Span {
    let headings = &sheet.close.syntax.headings;
    let start = line_start(sheet.text(), headings[at].span.start);
    let level = headings[at].level;
    let mut behind = headings[at + 1..].iter().filter(|heading| !heading.is_nested);
    let next = behind.find(|heading| heading.level <= level);
    let end = next.map_or(sheet.text().len(), |next| line_start(sheet.text(), next.span.start));
    Span::new(start, end)
}

/// Leaves out the sections that the template says a checklist does not take over.
fn omit(sheet: &Sheet, out: &mut LeftOut, edits: &mut Edits) {
    let Some(entry) = field(&sheet.close.fields, OMITTED) else { return };
    let globs = match &entry.value.is {
        Is::Text(text) => vec![text.as_str()],
        Is::List(values) => {
            let texts = values.iter().filter_map(|value| match &value.is {
                Is::Text(text) => Some(text.as_str()),
                _ => None,
            });
            texts.collect()
        }
        Is::Null | Is::Map(_) => Vec::new(),
    };
    let matchers: Vec<_> = globs
        .into_iter()
        .filter_map(|glob| globset::GlobBuilder::new(glob).case_insensitive(true).build().ok())
        .map(|glob| glob.compile_matcher())
        .collect();
    for (at, heading) in sheet.close.syntax.headings.iter().enumerate() {
        let is_omitted = matchers.iter().any(|glob| glob.is_match(heading.text.trim()));
        if is_omitted && !heading.is_nested {
            edits.remove(extent(sheet, at));
            out.headings.push(at);
        }
    }
}

/// What `<!-- when: reseller, !agency -->` asks for; `None` of other comments.
fn condition(comment: &str) -> Option<Vec<&str>> {
    let inside = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (key, asked) = inside.split_once(':')?;
    if !key.eq_ignore_ascii_case("when") {
        return None;
    }
    Some(asked.split(',').map(str::trim).filter(|kind| !kind.is_empty()).collect())
}

/// Whether a type is one that is asked for. Types that are ruled out let all others in.
fn holds(condition: &[&str], kind: &str) -> bool {
    let is = |name: &str| name.eq_ignore_ascii_case(kind);
    let (out, wanted): (Vec<&str>, Vec<&str>) =
        condition.iter().copied().partition(|name| name.starts_with('!'));
    let is_out = out.iter().any(|name| is(name.trim_start_matches('!').trim()));
    !is_out && (wanted.is_empty() || wanted.iter().any(|name| is(name)))
}

/// Leaves out the sections and items that are for other types of partners, and the conditions
/// themselves.
fn choose(sheet: &Sheet, kind: Option<&str>, out: &mut LeftOut, edits: &mut Edits) {
    let text = sheet.text();
    let syntax = &sheet.close.syntax;
    let mut left_out: Vec<&ListItem> = Vec::new();
    for html in &syntax.html {
        let written = html.span.slice(text).trim_end();
        let Some(condition) = condition(written) else { continue };
        let at = html.span.start;
        let heading = syntax.headings.iter().position(|heading| {
            heading.span.start <= at && line_start(text, at) == line_start(text, heading.span.start)
        });
        let is_for_others = kind.is_some_and(|kind| !holds(&condition, kind));
        match (heading, syntax.list_item(at)) {
            (Some(heading), _) if is_for_others => {
                edits.remove(extent(sheet, heading));
                out.headings.push(heading);
            }
            (None, Some(item)) if is_for_others => {
                let start = line_start(text, item.span.start);
                let lines = Span::new(start, next_line(text, item.span.end.max(start)));
                edits.remove(lines);
                out.items.push(lines);
                left_out.push(item);
            }
            _ => {
                // The white space before it goes with it.
                let before = text[..at].trim_end_matches([' ', '\t']).len();
                edits.remove(Span::new(before, at + written.len()));
            }
        }
    }
    renumber(sheet, &left_out, edits);
}

/// Has numbered lists begin with the number that they began with, whatever was left out of them: under
/// an item, a list that begins with another one than 1 would go on with the item's words.
fn renumber(sheet: &Sheet, left_out: &[&ListItem], edits: &mut Edits) {
    if left_out.iter().all(|item| !item.is_ordered) {
        return;
    }
    let text = sheet.text();
    let mut firsts: HashMap<usize, &ListItem> = HashMap::new();
    let mut is_begun: HashSet<usize> = HashSet::new();
    for (item, list) in sheet.close.syntax.list_items.iter().zip(lists(sheet)) {
        let first = *firsts.entry(list).or_insert(item);
        if !item.is_ordered || left_out.contains(&item) || !is_begun.insert(list) || first == item {
            continue;
        }
        let start = marker(text, item);
        let end = start + sign(text, item).len();
        edits.replace(Span::new(start, end), sign(text, first));
    }
}

/// Has relative links lead from the checklist's folder where they lead from the template's.
fn relink(sheet: &Sheet, making: &Making<'_>, edits: &mut Edits) {
    let moved = |destination: &str| moved(destination, making);
    for link in sheet.close.syntax.links.iter().filter(|link| link.kind == LinkKind::Inline) {
        let written = link.destination_span.slice(sheet.text());
        let inner = written.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let Some(new) = moved(inner.unwrap_or(written)) else { continue };
        let new = if inner.is_some() { format!("<{new}>") } else { new };
        edits.replace(link.destination_span, new);
    }
    for definition in &sheet.close.syntax.definitions {
        let written = definition.span.slice(sheet.text());
        // Behind the label, which may be the same words.
        let label = written.find("]:").map_or(0, |at| at + 2);
        let at = written[label..].find(&definition.destination).map(|at| label + at);
        let Some(at) = at else { continue };
        let Some(new) = moved(&definition.destination) else { continue };
        let start = definition.span.start + at;
        edits.replace(Span::new(start, start + definition.destination.len()), new);
    }
}

/// A destination as it is written elsewhere; `None` where it stays the same.
fn moved(destination: &str, making: &Making<'_>) -> Option<String> {
    let (from, to) = (making.template.folder(), making.checklist.folder());
    let is_path = !destination.is_empty()
        && !destination.starts_with(['#', '?'])
        && !destination.contains("{{")
        && !has_scheme(destination);
    if !is_path || from == to {
        return None;
    }
    let end = destination.find(['#', '?']).unwrap_or(destination.len());
    let (path, rest) = destination.split_at(end);
    let found = (making.leads_to)(destination);
    let target = match path.strip_prefix('/') {
        // From the root it leads to the same from everywhere; a site's own names lead from here alone.
        Some(rooted) => {
            let rooted = rooted.trim_end_matches('/');
            found.filter(|found| rooted.is_empty() || !found.starts_with(rooted))?
        }
        None => {
            let beside = joined(from, path)?;
            // Somewhere else than beside it, as a site serves it.
            found.filter(|found| !found.starts_with(&beside)).unwrap_or(beside)
        }
    };
    let slash = if path.ends_with('/') && !target.ends_with(".md") { "/" } else { "" };
    Some(format!("{}{slash}{rest}", relative(&target, to)))
}

/// A path as it is written in a folder.
fn relative(target: &str, folder: &str) -> String {
    let parts = |path: &'_ str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (target, folder) = (parts(target), parts(folder));
    let common = target.iter().zip(&folder).take_while(|(one, other)| one == other).count();
    let path = format!("{}{}", "../".repeat(folder.len() - common), target[common..].join("/"));
    match path.trim_end_matches('/') {
        "" => ".".to_owned(),
        path => path.to_owned(),
    }
}

fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
    })
}

pub(super) fn field<'f>(fields: &'f [Entry], key: &str) -> Option<&'f Entry> {
    fields.iter().find(|entry| entry.key == key)
}

/// The front matter of a checklist: what the template's says of checklists, too, and what is new.
fn front_matter(text: &str, making: &Making<'_>) -> String {
    let sheet = Sheet::of(making.template, text, making.options);
    let end = line_end(text);
    let new: String =
        making.keys.iter().map(|(key, value)| format!("{key}: {value}{end}")).collect();
    let Some(block) = sheet.close.document.front_matter.span else {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let (mark, rest) = text.split_at(start);
        return format!(
            "{mark}---{end}{new}---{end}{end}{}",
            rest.trim_start_matches(['\r', '\n'])
        );
    };
    let fields = &sheet.close.fields;
    let lines = |from: usize, to: usize| &text[from..to];
    let first = next_line(text, block.start);
    let last = line_start(text, block.end.saturating_sub(1).max(first));
    let mut kept = String::new();
    for (at, entry) in fields.iter().enumerate() {
        let start = line_start(text, entry.key_span.start);
        let stop = fields.get(at + 1).map_or(last, |next| line_start(text, next.key_span.start));
        let is_new = making.keys.iter().any(|(key, _)| *key == entry.key);
        if !is_new && !OF_TEMPLATES.contains(&entry.key.as_str()) {
            kept.push_str(lines(start, stop));
        }
    }
    format!("{}{kept}{new}{}", lines(0, first), lines(last, text.len()))
}
