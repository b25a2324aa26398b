//! The variables of a front matter. What they stand for is somebody's words, and YAML has its own mind
//! about colons, quotes and brackets: where the words would not be read as they are, the whole text
//! that they are part of is put into quotes.

use super::edits::Edits;
use super::{Making, Sheet};
use crate::model::RepoPath;
use crate::parse::{self, Entry, Is, Options, Value};
use crate::source::Span;

/// The first of the characters that stand for variables while the front matter is read. They mean
/// nothing to anybody, and YAML takes them for letters.
const FIRST: u32 = 0xE000;
/// As many of them are there.
const MOST: usize = 0x1900;

/// Something that stands for a variable, as long as what it stands for.
struct Stand {
    written: String,
    value: String,
}

/// Fills in the variables of a text's front matter: where they stand, and what they stand for.
pub(super) fn fill(text: &str, known: &[(Span, String)], making: &Making<'_>, edits: &mut Edits) {
    let known = &known[..known.len().min(MOST)];
    let mut masked = text.to_owned();
    let mut stands = Vec::new();
    for (number, (span, value)) in (FIRST..).zip(known) {
        let mut written: String = char::from_u32(number).into_iter().collect();
        while written.len() < span.end - span.start {
            written.push('x');
        }
        masked.replace_range(span.start..span.end, &written);
        stands.push(Stand { written, value: value.clone() });
    }
    let sheet = Sheet::of(making.template, &masked, making.options);
    let mut scalars = Vec::new();
    for Entry { value, .. } in &sheet.close.fields {
        gather(value, &mut scalars);
    }
    for (span, read) in scalars {
        let written = span.slice(&masked);
        if !stands.iter().any(|stand| written.contains(&stand.written)) || span.end > text.len() {
            continue;
        }
        let (written, means) = (filled(written, &stands), filled(read, &stands));
        // In a block of its own, below `|` or `>-`, a line is what it is.
        let before = masked[..span.start].trim_end();
        let before =
            before.trim_end_matches(|char: char| "+-".contains(char) || char.is_ascii_digit());
        let is_block = before.ends_with(['|', '>']);
        let is_read = is_block || reads_as(&written, &means, making.options);
        edits.replace(span, if is_read { written } else { quoted(&means) });
    }
    // Those in keys and in comments.
    for ((span, _), stand) in known.iter().zip(&stands) {
        if !edits.replaces(span.start) {
            edits.replace(*span, stand.value.as_str());
        }
    }
}

fn filled(text: &str, stands: &[Stand]) -> String {
    let mut text = text.to_owned();
    for stand in stands {
        text = text.replace(&stand.written, &stand.value);
    }
    text
}

fn quoted(text: &str) -> String {
    parse::scalar(text).unwrap_or_else(|| parse::quote(text))
}

/// The texts in a value, with where they stand.
fn gather<'v>(value: &'v Value, found: &mut Vec<(Span, &'v str)>) {
    match &value.is {
        Is::Null => {}
        Is::Text(text) => found.push((value.span, text)),
        Is::List(values) => values.iter().for_each(|value| gather(value, found)),
        Is::Map(entries) => entries.iter().for_each(|entry| gather(&entry.value, found)),
    }
}

/// Whether a text is read as what it is to mean, also in a list in brackets.
fn reads_as(written: &str, means: &str, options: &Options) -> bool {
    let text = format!("---\nkey: [{written}]\n---\n");
    let sheet = Sheet::of(&RepoPath::new("a.md"), &text, options);
    let is_it = |value: &Value| matches!(&value.is, Is::Text(text) if text == means);
    match sheet.close.fields.as_slice() {
        [Entry { value: Value { is: Is::List(values), .. }, .. }] => {
            sheet.close.document.diagnostics.is_empty()
                && matches!(values.as_slice(), [only] if is_it(only))
        }
        _ => false,
    }
}
