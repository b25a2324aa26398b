//! SARIF 2.1.0, which code scanning reads.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::places::{self, Places};
use crate::lint::finding::{self, Finding};
use crate::lint::rule::Rule;
use crate::model::Severity;
use crate::render::{escape, json, rules};
use crate::report::Findings;
use crate::source::Position;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths start from: GitHub takes this name for the repository's root.
const ROOT: &str = "%SRCROOT%";
/// Under which name a finding is known from run to run. A new way to make fingerprints needs a new
/// one.
const FINGERPRINT: &str = "mdboard/v1";
/// What stands for itself in the path of a URI (RFC 3986's unreserved characters, and `/`).
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    /// Ours are characters; without this word they would be UTF-16 code units.
    column_kind: &'static str,
    original_uri_base_ids: BTreeMap<&'static str, BaseId>,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'static str,
    /// Those that found something.
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
struct BaseId {
    description: Message,
}

/// What SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Message,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

/// Writes a log with one run.
pub fn sarif(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeMap<&str, &Rule> =
        findings.all.iter().map(|finding| (finding.rule.code.code, finding.rule)).collect();
    let index: BTreeMap<&str, usize> =
        rules.keys().enumerate().map(|(at, code)| (*code, at)).collect();
    let mut places = Places::new(findings);
    let prints = findings.fingerprints.iter().map(String::as_str).chain(std::iter::repeat(""));
    let results = findings.all.iter().zip(prints).map(|(finding, print)| {
        let rule_index = index.get(finding.rule.code.code).copied().unwrap_or_default();
        outcome(finding, rule_index, print, &mut places)
    });
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                rules: rules.values().map(|rule| descriptor(rule)).collect(),
            },
        },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(
            ROOT,
            BaseId { description: plain("the root of the repository") },
        )]),
        results: results.collect(),
    };
    json::write(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.code.code,
        name: rule.code.rule,
        short_description: plain(&rules::sentence(rule.finds)),
        full_description: plain(&rules::sentence(rule.why)),
        help: Message { text: rules::sentence(rule.how), markdown: Some(rules::markdown(rule)) },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: Properties { tags: [rule.category.name()] },
    }
}

fn outcome<'a>(
    finding: &'a Finding,
    rule_index: usize,
    fingerprint: &'a str,
    places: &mut Places<'_>,
) -> Outcome<'a> {
    let region = places::is_placed(finding).then(|| Region::of((finding.start, finding.end)));
    let fix = finding.fix.as_ref().and_then(|wanted| fix(finding, wanted, places));
    Outcome {
        rule_id: finding.rule.code.code,
        rule_index,
        level: level(finding.severity),
        message: plain(&format!("{}. {}", finding.message, rules::sentence(finding.advice()))),
        locations: [Location {
            physical_location: PhysicalLocation { artifact_location: artifact(finding), region },
        }],
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint)]),
        fixes: fix.into_iter().collect(),
    }
}

fn fix<'a>(finding: &Finding, fix: &'a finding::Fix, places: &mut Places<'_>) -> Option<Fix<'a>> {
    let replacements = fix.edits.iter().map(|edit| {
        Some(Replacement {
            deleted_region: Region::of(places.of(&finding.path, edit.span)?),
            inserted_content: Content { text: &edit.text },
        })
    });
    let replacements = replacements.collect::<Option<Vec<_>>>()?;
    let does = finding.rule.fixes.map(|fixes| format!("The fix {}", fixes.does));
    Some(Fix {
        description: plain(does.as_deref().unwrap_or(finding.advice())),
        artifact_changes: [Change { artifact_location: artifact(finding), replacements }],
    })
}

fn artifact(finding: &Finding) -> Artifact {
    let uri = utf8_percent_encode(finding.path.as_str(), PATH).to_string();
    Artifact { uri, uri_base_id: ROOT }
}

impl Region {
    fn of((start, end): (Position, Position)) -> Region {
        Region {
            start_line: start.line.0,
            start_column: start.column,
            end_line: end.line.0,
            end_column: end.column,
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn plain(text: &str) -> Message {
    Message { text: escape::sarif(text), markdown: None }
}
