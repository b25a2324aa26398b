//! What the steps of a workflow leave to each other, in files that the runner names.

use std::fs::OpenOptions;
use std::io::Write;

use super::Failure;
use crate::forge::Variables;

/// Tells later steps of the job; nobody, where no such file is named.
pub(super) fn tell(variables: &Variables, values: &[(&str, &str)]) -> Result<(), Failure> {
    let Some(path) = variables.get("GITHUB_OUTPUT") else { return Ok(()) };
    let text = values.iter().map(|(name, value)| {
        let mut end = "MDBOARD".to_owned();
        // A value that has the end in it could go on with outputs of its own.
        while value.contains(&end) {
            end.push('_');
        }
        format!("{name}<<{end}\n{value}\n{end}\n")
    });
    append(path, &text.collect::<String>())
}

/// Adds to the end of a file.
pub(super) fn append(path: &str, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|reason| Failure::File { path: path.into(), reason })
}
