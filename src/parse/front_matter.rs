//! The front matter: YAML between two lines, split off before any markdown is read.
//!
//! - `block` finds the lines that open and close it;
//! - `yaml` reads what stands between them into a tree of [`value::Entry`]s;
//! - `lines` does so line by line where that is no YAML, so that one bad line costs no other;
//! - `keys` reads the entries that have a meaning.

mod block;
mod keys;
mod lines;
mod report;
mod scalar;
#[cfg(test)]
mod tests;
mod value;
mod yaml;

use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, FrontMatter, RepoPath, Severity};
use crate::source::Span;

use block::Found;
use report::Report;
pub(crate) use scalar::{quote, scalar};
pub use value::{Entry, Is, Value};

/// How many bytes may stand between the opening and the closing line.
const MAX_BYTES: usize = 64 * 1024;

/// Reads the front matter of a text. Returns it, the byte at which the markdown begins, and what
/// could not be understood.
///
/// A text that only begins with a thematic break has no front matter, and no diagnostic. What is
/// invalid, unclosed or too long is a diagnostic, and the rest is read all the same: of invalid
/// YAML every top-level key that can be read alone, of an unclosed front matter the lines before
/// the first blank one, of one above 64 KiB nothing but its end. Where a key stands twice, the
/// first value holds.
pub(super) fn read(path: &RepoPath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let (front_matter, body, found, _) = read_with_entries(path, text);
    (front_matter, body, found)
}

/// As [`read`], with every key and value as it stands in the file.
pub(super) fn read_with_entries(
    path: &RepoPath,
    text: &str,
) -> (FrontMatter, usize, Vec<Diagnostic>, Vec<Entry>) {
    let mut front_matter = FrontMatter::default();
    let (found, markdown) = block::find(text);
    let (opening, content) = match found {
        Found::Nothing => return (front_matter, markdown, Vec::new(), Vec::new()),
        Found::Block { opening, content, .. } | Found::Unclosed { opening, content } => {
            (opening, content)
        }
    };
    // Nothing is ever located behind the content, so nothing behind it has to be looked at.
    let mut report = Report::new(path, text, content.end);
    let yaml = content.slice(text);
    let mut unclosed = matches!(found, Found::Unclosed { .. });
    let mut entries = Vec::new();
    if let Found::Block { whole, .. } = found {
        match read_block(yaml, content, opening, &mut report) {
            Some(read) => {
                front_matter.span = Some(whole);
                entries = read;
            }
            // The closing line is a thematic break further down: the text between is markdown.
            None if block::begins_with_key(yaml) => unclosed = true,
            None => return (front_matter, block::after_bom(text), Vec::new(), Vec::new()),
        }
    }
    let mut body = markdown;
    if unclosed {
        body = block::after_bom(text);
        entries = read_unclosed(yaml, content, opening, &mut report);
    }
    keys::read(&mut front_matter, &entries, &mut report);
    (front_matter, body, report.finish(), entries)
}

/// The beginning of a text, if it looks like a front matter: up to the end of its closing line.
/// What [`read`] makes of the text depends on nothing behind it.
pub(super) fn block(text: &str) -> Option<&str> {
    match block::find(text) {
        (Found::Block { .. }, end) => text.get(..end),
        (Found::Nothing | Found::Unclosed { .. }, _) => None,
    }
}

/// Reads what stands between the two lines; `None` when that is markdown after all.
fn read_block(
    yaml: &str,
    content: Span,
    opening: Span,
    report: &mut Report<'_>,
) -> Option<Vec<Entry>> {
    if yaml.len() > MAX_BYTES {
        if block::is_markdown(yaml) {
            return None;
        }
        let message = "the front matter is longer than 64 KiB and is not read".to_owned();
        let help = "keep only short keys between the two `---` lines".to_owned();
        report.push(codes::OVERSIZED_FILE, Severity::Error, opening, message, Some(help));
        return Some(Vec::new());
    }
    let error = match yaml::read(yaml, content.start) {
        Ok(entries) => return Some(entries),
        Err(_) if block::is_markdown(yaml) => return None,
        Err(error) => error,
    };
    let read = lines::read(yaml, content.start);
    // Each line that is wrong alone says better where the mistake is than the parser, which often
    // notices it lines later. Only aliases can go wrong together and never alone.
    if !read.wrong.is_empty() && (!error.is_limit || read.has_limit()) {
        for wrong in &read.wrong {
            report.yaml(&wrong.error, Some(wrong.help.clone()));
        }
    } else {
        report.yaml(&error, None);
    }
    Some(read.entries)
}

/// Reads the keys directly behind an opening line that nothing closes. What is wrong with them can
/// wait until it is clear where they end.
fn read_unclosed(yaml: &str, content: Span, opening: Span, report: &mut Report<'_>) -> Vec<Entry> {
    let message = "the front matter has no closing line".to_owned();
    let help = "write a line `---` behind the last key".to_owned();
    report.push(codes::UNCLOSED_FRONT_MATTER, Severity::Error, opening, message, Some(help));
    let keys = block::leading_lines(yaml, MAX_BYTES);
    lines::read(keys, content.start).entries
}
