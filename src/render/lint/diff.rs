//! The changes that fixes make, as a patch that `git apply` and `patch -p1` take.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style as Paint};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use crate::model::RepoPath;
use crate::render::{Style, escape, paint};
use crate::report::Findings;

/// How many unchanged lines stand around a change.
const CONTEXT: usize = 3;

const GONE: Paint = AnsiColor::Red.on_default();
const NEW: Paint = AnsiColor::Green.on_default();
const PLACE: Paint = AnsiColor::Cyan.on_default();

/// The changes to each file that was mended, or would be.
///
/// With colours it is for a terminal and shows no character that a terminal would obey. Without them
/// it is a patch: every byte of a line stands in it as in the file.
pub fn diff(findings: &Findings<'_>, style: &Style) -> String {
    let mut out = Patch { text: String::new(), color: style.color };
    for (path, file) in findings.mended {
        out.file(path.as_str(), &file.before, &file.after);
    }
    out.text
}

/// The change from one text of a file to another, as [`diff`] shows it.
pub fn difference(path: &RepoPath, before: &str, after: &str, style: &Style) -> String {
    let mut out = Patch { text: String::new(), color: style.color };
    out.file(path.as_str(), before, after);
    out.text
}

struct Patch {
    text: String,
    color: bool,
}

impl Patch {
    fn file(&mut self, path: &str, before: &str, after: &str) {
        // Lines as git counts them: a lone carriage return ends none.
        let before: Vec<&str> = before.split_inclusive('\n').collect();
        let after: Vec<&str> = after.split_inclusive('\n').collect();
        let changes = capture_diff_slices(Algorithm::Myers, &before, &after);
        self.line(paint::BOLD, &format!("--- {}", name('a', path)));
        self.line(paint::BOLD, &format!("+++ {}", name('b', path)));
        for hunk in group_diff_ops(changes, CONTEXT) {
            self.hunk(&hunk, &before, &after);
        }
    }

    fn hunk(&mut self, hunk: &[DiffOp], before: &[&str], after: &[&str]) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
        let old = range(first.old_range().start, last.old_range().end);
        let new = range(first.new_range().start, last.new_range().end);
        self.line(PLACE, &format!("@@ -{old} +{new} @@"));
        for change in hunk {
            let gone = before.get(change.old_range()).unwrap_or_default();
            if change.tag() == DiffTag::Equal {
                gone.iter().for_each(|line| self.content(paint::PLAIN, ' ', line));
                continue;
            }
            gone.iter().for_each(|line| self.content(GONE, '-', line));
            let new = after.get(change.new_range()).unwrap_or_default();
            new.iter().for_each(|line| self.content(NEW, '+', line));
        }
    }

    /// A line of a file, with what becomes of it in front.
    fn content(&mut self, paint: Paint, sign: char, line: &str) {
        let (text, is_ended) = match line.strip_suffix('\n') {
            Some(text) => (text, true),
            None => (line, false),
        };
        self.line(paint, &format!("{sign}{text}"));
        if !is_ended {
            self.line(paint::PLAIN, "\\ No newline at end of file");
        }
    }

    fn line(&mut self, paint: Paint, text: &str) {
        let written = if self.color {
            // A carriage return at the end of a line is not worth a sign.
            let text = escape::terminal(text.strip_suffix('\r').unwrap_or(text));
            writeln!(self.text, "{paint}{text}{paint:#}")
        } else {
            writeln!(self.text, "{text}")
        };
        debug_assert!(written.is_ok(), "a string takes every text");
    }
}

/// Where a hunk begins and how many lines it has. Of nothing, the line before it.
fn range(start: usize, end: usize) -> String {
    match end.saturating_sub(start) {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// A file's name as git writes it: quoted where it has to be, with a tab behind it where it would
/// seem to end earlier.
fn name(side: char, path: &str) -> String {
    let is_plain = |c: char| !c.is_ascii_control() && c != '"' && c != '\\';
    if path.chars().all(is_plain) {
        return format!("{side}/{path}{}", if path.contains(' ') { "\t" } else { "" });
    }
    let quoted = path.chars().map(|c| match c {
        '"' => Cow::Borrowed("\\\""),
        '\\' => "\\\\".into(),
        '\n' => "\\n".into(),
        '\t' => "\\t".into(),
        c if c.is_ascii_control() => format!("\\{:03o}", u32::from(c)).into(),
        c => c.to_string().into(),
    });
    format!("\"{side}/{}\"", quoted.collect::<String>())
}
