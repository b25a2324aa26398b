//! Bytes to text, so that every offset in the text is an offset in the file.

use std::borrow::Cow;

use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, RepoPath, Severity};
use crate::source::{LineIndex, Position};

/// The largest file that is read, in bytes.
pub(super) const MAX_FILE: usize = 1 << 20;

/// The text of a file, or `None` where there is nothing to read, and what is wrong with it.
pub(super) fn text<'b>(
    path: &RepoPath,
    bytes: &'b [u8],
) -> (Option<Cow<'b, str>>, Option<Diagnostic>) {
    if bytes.len() > MAX_FILE {
        return (None, Some(oversized(path, bytes.len())));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return (None, Some(utf16(path)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Some(Cow::Borrowed(text)), None),
        Err(error) => {
            let text = replace_invalid(bytes);
            let problem = not_utf8(path, &text, bytes, error.valid_up_to());
            (Some(Cow::Owned(text)), Some(problem))
        }
    }
}

/// One `?` for each byte that is no UTF-8: offsets stay those of the file.
fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

fn not_utf8(path: &RepoPath, text: &str, bytes: &[u8], first: usize) -> Diagnostic {
    let byte = bytes.get(first).copied().unwrap_or_default();
    let start = LineIndex::new(text).position(text, first);
    Diagnostic {
        code: codes::NOT_UTF8,
        severity: Severity::Error,
        message: format!("the file is not UTF-8: byte 0x{byte:02X} is part of no character"),
        path: path.clone(),
        start,
        end: Position { line: start.line, column: start.column + 1 },
        help: Some("save the file as UTF-8; until then each such byte is read as `?`".into()),
    }
}

fn utf16(path: &RepoPath) -> Diagnostic {
    whole_file(
        path,
        codes::NOT_UTF8,
        "the file is UTF-16, and nothing in it was read".into(),
        "save the file as UTF-8 (in editors: \"save with encoding\")",
    )
}

fn oversized(path: &RepoPath, size: usize) -> Diagnostic {
    whole_file(
        path,
        codes::OVERSIZED_FILE,
        format!("the file has {size} bytes, and nothing in it was read: {MAX_FILE} is the most"),
        "split the file, or move what is no checklist out of it",
    )
}

fn whole_file(
    path: &RepoPath,
    code: crate::model::Code,
    message: String,
    help: &str,
) -> Diagnostic {
    Diagnostic {
        code,
        severity: Severity::Error,
        message,
        path: path.clone(),
        start: Position::START,
        end: Position::START,
        help: Some(help.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Line;

    fn read(bytes: &[u8]) -> (Option<Cow<'_, str>>, Option<Diagnostic>) {
        text(&RepoPath::new("a.md"), bytes)
    }

    #[test]
    fn utf8_is_taken_as_it_is() {
        assert_eq!(read("- [ ] Grüße\n".as_bytes()), (Some(Cow::Borrowed("- [ ] Grüße\n")), None));
    }

    #[test]
    fn a_bad_byte_is_told_by_its_place_and_keeps_every_offset() {
        let (text, problem) = read(b"a\nb\xE4c\xF0\x9F\n");
        let text = text.expect("there is a text");
        assert_eq!(text, "a\nb?c??\n");
        let problem = problem.expect("it is told");
        assert_eq!(problem.code, codes::NOT_UTF8);
        assert_eq!(problem.start, Position { line: Line(2), column: 2 });
        assert!(problem.message.contains("0xE4"), "{}", problem.message);
    }

    #[test]
    fn utf16_is_told_as_such() {
        let (text, problem) = read(&[0xFF, 0xFE, b'-', 0]);
        assert_eq!(text, None);
        assert!(problem.expect("it is told").message.contains("UTF-16"));
    }

    #[test]
    fn a_file_past_the_cap_is_not_read() {
        let bytes = vec![b'a'; MAX_FILE + 1];
        let (text, problem) = read(&bytes);
        assert_eq!(text, None);
        assert_eq!(problem.expect("it is told").code, codes::OVERSIZED_FILE);
        assert!(read(&bytes[1..]).1.is_none());
    }
}
