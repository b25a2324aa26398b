//! Which rules look at which files, and how bad their findings are.
//!
//! A set of rules is named by a rule's code (`MB203`) or name (`invalid-yaml`), by the beginning of
//! codes (`MB2`), by a category (`links`), or as `default` or `all`. `select` says which rules there
//! are, instead of the default; `extend-select` adds to them, `ignore` takes away. What is said for
//! one kind of files comes after what is said for all.

use globset::GlobMatcher;

use crate::config::lint::{Choice, Lint, Named, file_glob};
use crate::config::{nearest, shortened};
use crate::lint::finding::Finding;
use crate::lint::page::Kind;
use crate::lint::project::Project;
use crate::lint::rule::{Category, Rule};
use crate::lint::rules::{self, linter};
use crate::model::{RepoPath, Severity};

/// What somebody asks for on the command line.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// `--select`: these rules, whatever the configuration says.
    pub select: Vec<String>,
    /// `--extend-select`: these as well.
    pub extend: Vec<String>,
    /// `--ignore`: these not.
    pub ignore: Vec<String>,
}

impl Unknown {
    /// What there is to say of a name that is nobody's.
    pub fn of(name: &str) -> Unknown {
        Unknown { name: name.to_owned(), help: about_unknown(name).1 }
    }
}

/// Which rules look where.
#[derive(Debug)]
pub struct Selection {
    /// Per kind of file, and per rule in the order of [`rules::all`].
    on: [Vec<bool>; 3],
    severity: Vec<Severity>,
    per_file: Vec<(GlobMatcher, Vec<bool>)>,
    /// Names in the configuration that are nobody's.
    unknown: Vec<Named>,
    /// The board's root, with a `/` at its end if it has one.
    root: String,
}

/// A name that is no rule's, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// What to do.
    pub help: String,
}

impl Selection {
    /// What a board's configuration and a command line ask for together.
    ///
    /// # Errors
    ///
    /// The first name on the command line that is nobody's. (One in the configuration is a finding.)
    pub fn new(lint: &Lint, asked: &Asked, root: &str) -> Result<Selection, Unknown> {
        let mut reading = Reading { unknown: Vec::new() };
        let kinds = [Kind::Template, Kind::Checklist, Kind::Other];
        let mut on = kinds.map(|kind| {
            let mut on = set(|rule| rule.by_default);
            reading.choose(&mut on, &lint.everywhere);
            match kind {
                Kind::Template => reading.choose(&mut on, &lint.templates),
                Kind::Checklist => reading.choose(&mut on, &lint.checklists),
                Kind::Other => {}
            }
            on
        });
        for on in &mut on {
            if !asked.select.is_empty() {
                *on = set(|_| false);
            }
            for name in asked.select.iter().chain(&asked.extend) {
                add(on, &named(name)?, true);
            }
            for name in &asked.ignore {
                add(on, &named(name)?, false);
            }
        }
        let mut severity: Vec<Severity> = rules::all().map(|rule| rule.severity).collect();
        for (name, said) in &lint.severity {
            let these = reading.named(name);
            let changed = severity.iter_mut().zip(these).filter(|(_, is_meant)| *is_meant);
            changed.for_each(|(severity, _)| *severity = *said);
        }
        let mut per_file = Vec::new();
        for (glob, names) in &lint.per_file {
            let mut these = set(|_| false);
            names.iter().for_each(|name| add(&mut these, &reading.named(name), true));
            // The configuration has checked it.
            if let Ok(glob) = file_glob(glob) {
                per_file.push((glob, these));
            }
        }
        let mut unknown = reading.unknown;
        unknown.sort_by_key(|name| (name.start, name.end));
        unknown.dedup();
        let root = if root.is_empty() { String::new() } else { format!("{root}/") };
        Ok(Selection { on, severity, per_file, unknown, root })
    }

    /// Whether a rule looks at a file.
    pub fn selects(&self, rule: &Rule, path: &RepoPath, kind: Kind) -> bool {
        self.selects_at(rules::index(rule), rule, path, kind)
    }

    /// The rules that look at a file.
    pub fn selected(&self, path: &RepoPath, kind: Kind) -> impl Iterator<Item = &'static Rule> {
        let all = rules::all().enumerate();
        let looks =
            move |(at, rule): &(usize, &'static Rule)| self.selects_at(*at, rule, path, kind);
        all.filter(looks).map(|(_, rule)| rule)
    }

    fn selects_at(&self, at: usize, rule: &Rule, path: &RepoPath, kind: Kind) -> bool {
        let on = match kind {
            Kind::Template => &self.on[0],
            Kind::Checklist => &self.on[1],
            Kind::Other => &self.on[2],
        };
        let has = |set: &[bool]| set.get(at).copied().unwrap_or_default();
        let below = || path.as_str().strip_prefix(self.root.as_str()).unwrap_or(path.as_str());
        let is_ignored = |(glob, set): &(GlobMatcher, Vec<bool>)| has(set) && holds(glob, below());
        rule.scope.holds(kind) && has(on) && !self.per_file.iter().any(is_ignored)
    }

    /// Whether a rule looks at any kind of file.
    pub fn is_selected_somewhere(&self, rule: &Rule) -> bool {
        let at = rules::index(rule);
        self.on.iter().any(|on| on.get(at).copied().unwrap_or_default())
    }

    /// A finding as bad as it is on this board; `None` where its rule does not look.
    pub fn judge(&self, finding: Finding, kind: Kind) -> Option<Finding> {
        let is_selected = self.selects(finding.rule, &finding.path, kind);
        let severity = self.severity_of(finding.rule);
        is_selected.then_some(Finding { severity, ..finding })
    }

    /// How bad the findings of a rule are on this board.
    fn severity_of(&self, rule: &Rule) -> Severity {
        self.severity.get(rules::index(rule)).copied().unwrap_or(rule.severity)
    }

    /// What the configuration calls by names that are nobody's.
    pub(super) fn unknown(&self, project: &Project<'_>) -> Vec<Finding> {
        let Some(path) = &project.config_path else { return Vec::new() };
        let findings = self.unknown.iter().map(|named| {
            let (message, help) = about_unknown(&named.name);
            let finding = Finding::of_file(&linter::unknown_rule::RULE, path, message).help(help);
            // Told whatever is selected: a slip in `select` would switch this rule off, too.
            let severity = self.severity_of(finding.rule);
            Finding { start: named.start, end: named.end, severity, ..finding }
        });
        findings.collect()
    }
}

/// Whether a glob matches a file or a folder around it.
fn holds(glob: &GlobMatcher, path: &str) -> bool {
    let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    glob.is_match(path) || folders.into_iter().any(|folder| glob.is_match(folder))
}

/// Reads names of the configuration, and notes those that are nobody's.
struct Reading {
    unknown: Vec<Named>,
}

impl Reading {
    fn named(&mut self, name: &Named) -> Vec<bool> {
        named(&name.name).unwrap_or_else(|_| {
            self.unknown.push(name.clone());
            set(|_| false)
        })
    }

    fn choose(&mut self, on: &mut Vec<bool>, choice: &Choice) {
        if let Some(select) = &choice.select {
            *on = set(|_| false);
            select.iter().for_each(|name| add(on, &self.named(name), true));
        }
        choice.extend.iter().for_each(|name| add(on, &self.named(name), true));
        choice.ignore.iter().for_each(|name| add(on, &self.named(name), false));
    }
}

/// Per rule: whether it is one of those.
fn set(is_one: impl Fn(&Rule) -> bool) -> Vec<bool> {
    rules::all().map(is_one).collect()
}

fn add(on: &mut [bool], these: &[bool], value: bool) {
    let meant = on.iter_mut().zip(these).filter(|(_, is_meant)| **is_meant);
    meant.for_each(|(on, _)| *on = value);
}

/// The rules that a name means.
fn named(name: &str) -> Result<Vec<bool>, Unknown> {
    let word = name.trim().to_lowercase();
    let category = Category::ALL.into_iter().find(|category| category.name() == word);
    let is_one = |rule: &Rule| match word.as_str() {
        "all" => true,
        "default" => rule.by_default,
        _ => {
            category == Some(rule.category)
                || rule.code.rule == word
                || word.len() > "mb".len() && rule.code.code.to_lowercase().starts_with(&word)
        }
    };
    let these = set(is_one);
    if these.contains(&true) {
        return Ok(these);
    }
    Err(Unknown::of(name))
}

/// What to say of a name that is nobody's: what is wrong, and what to do.
pub(super) fn about_unknown(name: &str) -> (String, String) {
    let message = format!("there is no rule `{}`", shortened(name));
    (message, did_you_mean(name))
}

/// Whether a name means a set of rules, not one.
pub(super) fn is_set(name: &str) -> bool {
    rules::find(name).is_none() && named(name).is_ok()
}

/// Every name that means a rule or a set of rules, but for the beginnings of codes.
pub fn names() -> Vec<&'static str> {
    let sets = ["default", "all"].into_iter().chain(Category::ALL.map(Category::name));
    sets.chain(rules::all().flat_map(|rule| [rule.code.rule, rule.code.code])).collect()
}

/// What to do about a name that is nobody's.
fn did_you_mean(name: &str) -> String {
    let categories = Category::ALL.map(Category::name);
    let names = rules::all().flat_map(|rule| [rule.code.rule, rule.code.code]);
    match nearest(name, names.chain(categories)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`mdboard rule --all` lists the rules".to_owned(),
    }
}
