//! GitLab's code quality report: findings beside the lines of a merge request.

use std::io::{self, Write};

use serde::Serialize;

use crate::lint::finding::Finding;
use crate::model::Severity;
use crate::render::{escape, json};
use crate::report::Findings;

/// A finding, in the part of Code Climate's format that GitLab reads.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the report, an empty list where nothing was found.
pub fn gitlab(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let prints = findings.fingerprints.iter().map(String::as_str).chain(std::iter::repeat(""));
    let issues: Vec<Issue<'_>> = findings.all.iter().zip(prints).map(issue).collect();
    json::write(&issues, out)
}

fn issue<'a>((finding, fingerprint): (&'a Finding, &'a str)) -> Issue<'a> {
    let code = finding.rule.code;
    Issue {
        description: format!("{} ({})", escape::terminal(&finding.message), code.code),
        check_name: code.rule,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location {
            path: finding.path.as_str(),
            lines: Lines { begin: finding.start.line.0, end: finding.end.line.0 },
        },
    }
}
