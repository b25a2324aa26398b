//! The last line: how many of what.

use crate::lint::finding::Applicability;
use crate::model::Severity;
use crate::report::Findings;

/// One line without a line end: what was mended, what is left, what of that can be mended and how,
/// and what a baseline keeps quiet about.
pub fn summary(findings: &Findings<'_>) -> String {
    told("mended", " left", findings)
}

/// The same where nothing was written: what would be mended is still among what there is.
pub fn would_mend(findings: &Findings<'_>) -> String {
    told("would mend", "", findings)
}

fn told(verb: &str, left: &str, findings: &Findings<'_>) -> String {
    let mut parts = Vec::new();
    let mended = findings.mended();
    if mended > 0 {
        let files = counted(findings.mended.len(), "file");
        parts.push(format!("{verb} {} in {files}", counted(mended, "finding")));
    }
    let left = if mended > 0 { left } else { "" };
    parts.push(format!("{}{left} in {}", counts(findings), counted(findings.files, "file")));
    parts.extend(mendable(findings));
    if findings.known > 0 {
        let known = counted(findings.known, "finding");
        parts.push(format!("{known} of the baseline not shown"));
    }
    parts.join("; ")
}

/// How many there are of each severity.
fn counts(findings: &Findings<'_>) -> String {
    let counts = Severity::ALL.map(|severity| (findings.count(severity), severity));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, severity)| match severity {
            // Nobody says “infos”.
            Severity::Info => format!("{count} info"),
            other => counted(count, other.name()),
        })
        .collect();
    match counts.is_empty() {
        true => "no findings".to_owned(),
        false => counts.join(", "),
    }
}

fn mendable(findings: &Findings<'_>) -> Option<String> {
    let (safe, careless) =
        (findings.fixable(Applicability::Safe), findings.fixable(Applicability::Unsafe));
    match (safe, careless) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be mended with --fix")),
        (0, careless) => Some(format!("{careless} can be mended with --unsafe-fixes")),
        (safe, careless) => {
            Some(format!("{safe} can be mended with --fix ({careless} more with --unsafe-fixes)"))
        }
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
