//! A line per finding, in the form that editors and `grep` know.

use crate::render::escape;
use crate::report::Findings;

/// `path:line:column: code[name] message`, a line each. There is nothing else in it: the
/// [`summary`](super::summary()) is for another stream.
pub fn concise(findings: &Findings<'_>) -> String {
    let lines = findings.all.iter().map(|finding| {
        let (path, message) =
            (escape::terminal(finding.path.as_str()), escape::terminal(&finding.message));
        let (line, column) = (finding.start.line.0, finding.start.column);
        let (code, name) = (finding.rule.code.code, finding.rule.code.rule);
        format!("{path}:{line}:{column}: {code}[{name}] {message}\n")
    });
    lines.collect()
}
