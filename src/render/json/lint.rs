//! `mdboard lint --format json`.

use std::io::{self, Write};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::Unreadable;
use super::parts::Place;
#[cfg(test)]
use super::parts::SEVERITIES;
use crate::lint::finding;
#[cfg(test)]
use crate::lint::finding::Applicability;
use crate::model::Severity;
use crate::render::lint::Places;
use crate::report::{Findings, Remark};

/// What the linter found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    totals: Totals,
    /// By path and place.
    diagnostics: Vec<Diagnostic<'a>>,
}

const SCHEMA: &str = "mdboard.lint/1";

/// Counts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Totals {
    /// How many files were looked at.
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// How many findings are not listed because the baseline knows them.
    known: usize,
    /// How many findings were mended and are not listed, or with `--diff` would be and are.
    mended: usize,
}

/// Something that a rule found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Diagnostic<'a> {
    /// The permanent code.
    code: &'static str,
    /// The rule's name.
    rule: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = SEVERITIES)))]
    severity: &'static str,
    message: &'a str,
    /// The file's path from the repository's root.
    path: &'a str,
    /// Where it begins. For something about a file as a whole, start and end are its first place.
    start: Place,
    /// Where it ends: the column behind its last character.
    end: Place,
    /// What to do next.
    help: &'a str,
    /// How it can be mended; null where only a human can tell.
    fix: Option<Fix<'a>>,
    /// What it is known by in a baseline: the same for as long as its line and path stay what they
    /// are.
    fingerprint: &'a str,
}

/// Changes to the file that mend it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Fix<'a> {
    /// `safe` if it says what the author must have meant, `unsafe` if somebody has to look at it.
    #[cfg_attr(test, schemars(extend("enum" = APPLICABILITIES)))]
    applicability: &'static str,
    /// In order, apart from each other, and all of them or none.
    edits: Vec<Edit<'a>>,
}

#[cfg(test)]
const APPLICABILITIES: [&str; 2] = [Applicability::Safe.name(), Applicability::Unsafe.name()];

/// What stands in a place is replaced.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Edit<'a> {
    start: Place,
    /// The column behind the last character that is replaced.
    end: Place,
    /// What comes to stand there.
    text: &'a str,
}

/// Writes what was found as `mdboard.lint/1`.
pub fn lint(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(findings);
    let diagnostics = findings.all.iter().enumerate().map(|(at, finding)| Diagnostic {
        code: finding.rule.code.code,
        rule: finding.rule.code.rule,
        severity: finding.severity.name(),
        message: &finding.message,
        path: finding.path.as_str(),
        start: finding.start.into(),
        end: finding.end.into(),
        help: finding.advice(),
        fix: fix(finding, &mut places),
        fingerprint: findings.fingerprints.get(at).map_or("", String::as_str),
    });
    let document = Document {
        schema: SCHEMA,
        totals: Totals {
            files: findings.files,
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            infos: findings.count(Severity::Info),
            known: findings.known,
            mended: findings.mended(),
        },
        diagnostics: diagnostics.collect(),
    };
    super::write(&document, out)
}

fn fix<'a>(finding: &'a finding::Finding, places: &mut Places<'_>) -> Option<Fix<'a>> {
    let fix = finding.fix.as_ref()?;
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = places.of(&finding.path, edit.span)?;
        Some(Edit { start: start.into(), end: end.into(), text: &edit.text })
    });
    let edits = edits.collect::<Option<Vec<_>>>()?;
    Some(Fix { applicability: fix.applicability.name(), edits })
}

/// The same document as it is read: what is not in it is refused, and what is not needed dropped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    schema: String,
    #[serde(rename = "totals")]
    _totals: ReadTotals,
    diagnostics: Vec<ReadDiagnostic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadTotals {
    #[serde(rename = "files")]
    _files: usize,
    #[serde(rename = "errors")]
    _errors: usize,
    #[serde(rename = "warnings")]
    _warnings: usize,
    #[serde(rename = "infos")]
    _infos: usize,
    #[serde(rename = "known")]
    _known: usize,
    #[serde(rename = "mended")]
    _mended: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadDiagnostic {
    code: String,
    rule: String,
    severity: String,
    message: String,
    path: String,
    start: ReadPlace,
    #[serde(rename = "end")]
    _end: ReadPlace,
    #[serde(rename = "help")]
    _help: String,
    #[serde(rename = "fix")]
    _fix: Option<IgnoredAny>,
    #[serde(rename = "fingerprint")]
    _fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadPlace {
    line: u32,
    #[serde(rename = "column")]
    _column: u32,
}

/// Reads findings that somebody else may have written.
///
/// # Errors
///
/// The document is too large, no JSON, or not what the schema says.
pub fn read_lint(bytes: &[u8]) -> Result<Vec<Remark>, Unreadable> {
    let document: Read = super::read(bytes)?;
    if document.schema != SCHEMA {
        return Err(Unreadable(format!("its schema is not {SCHEMA}")));
    }
    let severity = |name: &str| {
        let found = Severity::ALL.into_iter().find(|severity| severity.name() == name);
        found.ok_or_else(|| Unreadable(format!("`{}` is no severity", super::short(name))))
    };
    let remarks = document.diagnostics.into_iter().map(|found| {
        Ok(Remark {
            severity: severity(&found.severity)?,
            code: found.code,
            rule: found.rule,
            message: found.message,
            path: super::path(found.path)?,
            line: found.start.line,
        })
    });
    remarks.collect()
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
