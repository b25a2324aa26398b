//! Workflow commands: GitHub shows each as an annotation beside its line.
//!
//! GitHub shows ten of a kind (error, warning, notice) per step and drops the rest without a word. So
//! the worst come first; all are printed, because they stay in the step's log; and where there are
//! more than ten of a kind, one more notice, the first of its kind, says how many there are and where.

use crate::lint::finding::Finding;
use crate::model::Severity;
use crate::render::escape;
use crate::report::Findings;

use super::{places, summary};

/// How many annotations of a kind GitHub shows per step.
const SHOWN: usize = 10;

/// A command a line.
pub fn github(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    let is_crowded = Severity::ALL.iter().any(|severity| findings.count(*severity) > SHOWN);
    for severity in Severity::ALL {
        if severity == Severity::Info && is_crowded {
            let text = format!(
                "{}\nGitHub shows the first {SHOWN} of a kind; the log of this step has all.",
                summary(findings)
            );
            out.push_str(&format!(
                "::notice title=mdboard lint::{}\n",
                escape::workflow_data(&text)
            ));
        }
        let those = findings.all.iter().filter(|finding| finding.severity == severity);
        those.for_each(|finding| out.push_str(&command(finding)));
    }
    out
}

fn command(finding: &Finding) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = format!("file={}", escape::workflow_property(finding.path.as_str()));
    if places::is_placed(finding) {
        let (start, end) = (finding.start, finding.end);
        properties.push_str(&format!(",line={},endLine={}", start.line.0, end.line.0));
        // Columns are for places within a line; GitHub refuses them elsewhere.
        if start.line == end.line {
            properties.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    let title = format!("{} {}", finding.rule.code.code, finding.rule.code.rule);
    let text = format!("{}\nhelp: {}", one_line(&finding.message), one_line(finding.advice()));
    let (title, text) = (escape::workflow_property(&title), escape::workflow_data(&text));
    format!("::{kind} {properties},title={title}::{text}\n")
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}
