//! Every documented example does what it says.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::Date;
use crate::lint::finding::{Applicability, Finding};
use crate::lint::fix;
use crate::lint::project::{Entry, Input, Past, Project, Source, Tree};
use crate::lint::rule::{Example, Rule};
use crate::lint::rules;
use crate::lint::select::{Asked, Selection};
use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, RepoPath};
use crate::parse::Options;
use crate::source::{Position, Span};

/// An example's files, with the one that matters as it is given.
struct Files<'e> {
    example: &'e Example,
    text: &'e str,
}

impl Files<'_> {
    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.example.beside.iter().copied().chain([(self.example.path, self.text)])
    }
}

impl Tree for Files<'_> {
    fn entry(&self, path: &str) -> Option<Entry> {
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        if self.all().any(|(file, _)| file == path) {
            return Some(Entry::File);
        }
        self.all().any(|(file, _)| file.starts_with(&folder)).then_some(Entry::Folder)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.all().find(|(file, _)| *file == path).map(|(_, text)| text.to_owned())
    }
}

impl Past for Files<'_> {
    fn last_changed(&self, files: &[&RepoPath]) -> BTreeMap<RepoPath, Date> {
        let changed = self.example.changed.iter();
        changed
            .map(|(path, day)| (RepoPath::new(*path), day.parse().expect("a day")))
            .filter(|(path, _)| files.contains(&path))
            .collect()
    }

    /// An earlier version stands beside the file, behind an `@` and its id.
    fn version(&self, path: &RepoPath, id: &str) -> Option<Vec<u8>> {
        let name = format!("{path}@{id}");
        let found = self.example.beside.iter().find(|(path, _)| *path == name);
        found.map(|(_, text)| text.as_bytes().to_vec())
    }
}

/// What a rule finds in an example's file when it has some text, and what the text becomes when
/// everything it can mend is mended.
pub(in crate::lint) fn run(
    rule: &'static Rule,
    example: &Example,
    text: &str,
) -> (Vec<Finding>, String) {
    let files = Files { example, text };
    let config_path = RepoPath::new("mdboard.toml");
    let config = Config::parse(&config_path, example.config).expect("the configuration is right");
    let scope = Scope::new("", &config.partners, &config.templates).expect("the globs are right");
    let options = Options::of(&config).expect("the globs are right");
    let read = || {
        let sources = files.all().filter(|(path, _)| path.ends_with(".md") && !path.contains('@'));
        Project::read(Input {
            sources: sources
                .map(|(path, text)| Source {
                    path: RepoPath::new(path),
                    bytes: bytes_of(text),
                    is_asked: true,
                })
                .collect(),
            config: &config,
            scope: &scope,
            root: "",
            options: &options,
            today: Example::TODAY.parse().expect("a day"),
            tree: &files,
            past: &files,
            found: example.symlinks.iter().map(|path| symlink(path)).collect(),
            ignored: example.ignored.iter().map(|path| RepoPath::new(*path)).collect(),
            config_path: (!example.config.is_empty()).then(|| config_path.clone()),
            progress: &|_, _| (),
        })
    };
    let asked = Asked { extend: vec![rule.code.code.to_owned()], ..Asked::default() };
    let selection = Selection::new(&config.lint, &asked, "").expect("the rule is known");
    let mut found = crate::lint::check(&read(), &selection);
    found.retain(|finding| std::ptr::eq(finding.rule, rule));
    let asked = Asked { select: vec![rule.code.code.to_owned()], ..Asked::default() };
    let selection = match rule.code {
        // It tells of other rules.
        codes::UNUSED_SUPPRESSION => selection,
        _ => Selection::new(&config.lint, &asked, "").expect("the rule is known"),
    };
    let mended = fix::mend(read(), &selection, Applicability::Unsafe).mended;
    let mended = mended.get(&RepoPath::new(example.path)).map(|file| file.after.clone());
    (found, mended.unwrap_or_else(|| text.to_owned()))
}

/// The places that a rule tells in a partner's checklist, as they are written there.
pub(in crate::lint) fn found(rule: &'static Rule, text: &str) -> Vec<String> {
    found_in(rule, &Example::checklist("", ""), text)
}

/// The places that a rule tells in an example's file when it has some text.
pub(in crate::lint) fn found_in(rule: &'static Rule, example: &Example, text: &str) -> Vec<String> {
    let (found, _) = run(rule, example, text);
    let here = found.iter().filter(|finding| finding.path.as_str() == example.path);
    here.map(|finding| finding.span.slice(&read_as(text)).to_owned()).collect()
}

/// A text as it is read: `�` stands for a byte that is no UTF-8, and such a byte is read as `?`.
fn read_as(text: &str) -> String {
    text.replace('\u{fffd}', "?")
}

/// A text as it stands on the disk.
fn bytes_of(text: &str) -> Vec<u8> {
    let parts: Vec<&[u8]> = text.split('\u{fffd}').map(str::as_bytes).collect();
    parts.join(&0xFC)
}

fn symlink(path: &str) -> Diagnostic {
    Diagnostic {
        code: codes::SYMLINK,
        severity: crate::model::Severity::Warning,
        message: "a symbolic link is not followed".to_owned(),
        path: RepoPath::new(path),
        start: Position::START,
        end: Position::START,
        help: None,
    }
}

/// A text without the signs in it, and the places that they stand around.
fn marked(text: &str) -> (String, Vec<Span>) {
    let mut plain = String::new();
    let mut open = Vec::new();
    let mut spans = Vec::new();
    for c in text.chars() {
        match c {
            '⟦' => open.push(plain.len()),
            '⟧' => {
                let start = open.pop().expect("`⟧` closes a `⟦`");
                spans.push(Span::new(start, plain.len()));
            }
            c => plain.push(c),
        }
    }
    assert!(open.is_empty(), "every `⟦` is closed");
    spans.sort();
    (plain, spans)
}

#[test]
fn every_example_does_what_it_says() {
    for rule in rules::all() {
        for example in rule.examples {
            let told = |text: &str, findings: &[Finding]| {
                let one = |finding: &Finding| {
                    let (path, at) = (&finding.path, finding.start);
                    let place = finding.span.slice(&read_as(text)).to_owned();
                    format!("  {path}:{}:{} `{place}`: {}\n", at.line.0, at.column, finding.message)
                };
                format!(
                    "{} in\n{text}\nfound\n{}",
                    rule.code.code,
                    findings.iter().map(one).collect::<String>()
                )
            };
            let (wrong, _) = marked(example.wrong);
            let (found, mended) = run(rule, example, &wrong);
            let (read, expected) = marked(&read_as(example.wrong));
            let here = |finding: &&Finding| finding.path.as_str() == example.path;
            let mut spans: Vec<Span> =
                found.iter().filter(here).map(|finding| finding.span).collect();
            spans.sort();
            if expected.is_empty() {
                assert!(!found.is_empty(), "{}", told(&wrong, &found));
            } else {
                assert_eq!(spans, expected, "{}", told(&read, &found));
            }
            let (right, _) = marked(example.right);
            let is_same_file = right != wrong;
            if is_same_file {
                let (left, _) = run(rule, example, &right);
                assert!(left.iter().all(|it| !here(&it)), "{}", told(&right, &left));
            }
            if rule.fixes.is_some() && example.is_fixed {
                assert_eq!(
                    mended, right,
                    "{}: the fix makes the right of the wrong",
                    rule.code.code
                );
            } else {
                assert_eq!(mended, wrong, "{}: there is no fix for this", rule.code.code);
            }
        }
    }
}
