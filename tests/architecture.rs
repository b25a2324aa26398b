//! The invariants of ARCHITECTURE.md that can be read off the source.

use std::path::{Path, PathBuf};

/// The layers from the bottom up. A module may use those above it in this list, never those below.
const LAYERS: [&str; 23] = [
    "dates",
    "source",
    "model",
    "demo",
    "git",
    "workspace",
    "cache",
    "forge",
    "serve",
    "config",
    "schedule",
    "parse",
    "inherit",
    "timeline",
    "template",
    "board",
    "lint",
    "report",
    "render",
    "load",
    "cli",
    "lib",
    "main",
];

/// The modules that touch the world.
const IO: [&str; 5] = ["git", "workspace", "cache", "forge", "serve"];

/// The modules that may use those.
const USERS_OF_IO: [&str; 7] = ["git", "workspace", "cache", "forge", "serve", "load", "cli"];

/// What belongs to one module alone.
const PRIVATE_CRATES: [(&str, &[&str]); 15] = [
    ("axum::", &["serve"]),
    ("chrono::", &["dates"]),
    ("chrono_tz::", &["dates"]),
    ("git2::", &["git", "workspace"]),
    ("gix_", &["git"]),
    ("postcard::", &["timeline"]),
    ("maud::", &["render"]),
    ("minijinja::", &["template"]),
    ("notify::", &["serve"]),
    ("pulldown_cmark::", &["parse"]),
    ("serde_yaml::", &["parse"]),
    ("tokio::", &["serve"]),
    ("toml::", &["config"]),
    ("ureq::", &["forge"]),
    ("walkdir::", &["workspace", "git"]),
];

/// What reaches outside, and who may.
const WORLD: [(&str, &[&str]); 3] = [
    ("std::fs", &["git", "workspace", "cache", "serve", "cli"]),
    ("std::env::var", &["main"]),
    ("std::io::stdout", &["main"]),
];

struct File {
    path: PathBuf,
    layer: &'static str,
    /// The source without its tests and comments.
    code: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
    let is_source = |path: &Path| {
        let for_tests = ["tests.rs", "notation.rs", "fixture.rs"];
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let in_tests = path.iter().any(|part| part == "tests");
        name.ends_with(".rs") && !for_tests.contains(&&*name) && !in_tests
    };
    let sources = entries.filter(|entry| is_source(entry.path()));
    let files: Vec<File> = sources
        .map(|entry| {
            let below = entry.path().strip_prefix(&root).expect("it was found below the root");
            let first = below.iter().next().expect("a file has a name").to_string_lossy();
            let name = first.trim_end_matches(".rs").to_owned();
            let layer = LAYERS.iter().find(|layer| **layer == name);
            let layer = layer.unwrap_or_else(|| panic!("src/{name} is in no layer"));
            let text = std::fs::read_to_string(entry.path()).expect("sources are readable");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            File { path: below.to_owned(), layer, code: lines.collect::<Vec<_>>().join("\n") }
        })
        .collect();
    assert!(files.len() > 30, "the sources were found");
    files
}

fn height(layer: &str) -> usize {
    LAYERS.iter().position(|other| *other == layer).expect("a layer")
}

/// The modules of this crate that a file names.
fn uses(code: &str) -> Vec<&'static str> {
    let named = |layer: &&&str| {
        let direct = format!("crate::{layer}");
        code.match_indices(&direct).any(|(at, _)| {
            let next = code[at + direct.len()..].chars().next();
            next.is_none_or(|c| !(c.is_alphanumeric() || c == '_'))
        })
    };
    LAYERS.iter().filter(named).copied().collect()
}

#[test]
fn a_module_imports_only_from_below() {
    for file in files() {
        assert!(!file.code.contains("use crate::{"), "{}: one import a line", file.path.display());
        for used in uses(&file.code) {
            assert!(
                height(used) <= height(file.layer),
                "{} is in {} and uses {used}, which stands above it",
                file.path.display(),
                file.layer
            );
        }
    }
}

#[test]
fn only_load_and_the_command_line_use_input_and_output() {
    for file in files().iter().filter(|file| !USERS_OF_IO.contains(&file.layer)) {
        for used in uses(&file.code) {
            assert!(!IO.contains(&used), "{} uses {used}", file.path.display());
        }
    }
}

#[test]
fn rules_know_nothing_of_each_other() {
    let rules: Vec<File> =
        files().into_iter().filter(|file| file.code.contains("static RULE: Rule")).collect();
    let name = |file: &File| file.path.file_stem().expect("a name").to_string_lossy().into_owned();
    let names: Vec<String> = rules.iter().map(name).collect();
    assert!(names.len() > 50, "the rules were found");
    for file in &rules {
        let others = names.iter().filter(|other| **other != name(file));
        for other in others {
            let named = [format!("::{other}::"), format!("::{other};"), format!("{other}::RULE")];
            let is_named = named.iter().any(|named| file.code.contains(named));
            assert!(!is_named, "{} uses the rule {other}", file.path.display());
        }
    }
}

#[test]
fn git_and_workspace_know_nothing_of_checklists() {
    for file in files().iter().filter(|file| IO.contains(&file.layer)) {
        for above in ["Document", "FrontMatter", "checklist"] {
            assert!(!file.code.contains(above), "{} says {above}", file.path.display());
        }
    }
}

#[test]
fn some_crates_belong_to_one_module() {
    for (needle, owners) in PRIVATE_CRATES.iter().chain(&WORLD) {
        for file in files().iter().filter(|file| !owners.contains(&file.layer)) {
            assert!(!file.code.contains(needle), "{} uses {needle}", file.path.display());
        }
    }
}
