//! Reading many versions: what two of them share is read once.
//!
//! One version of a checklist differs from the next in a few lines. A text is therefore read in
//! pieces ([`split()`]), each remembered by its text, and put together.

use std::cell::OnceCell;
use std::sync::Arc;

use super::memo::Memo;
use super::report::Report;
use super::split::{self, Piece, split};
use super::walk::{self, Context, Part};
use super::whole::Whole;
use super::{Options, decode, front_matter, markdown_body};
use crate::model::{Diagnostic, Document, FrontMatter, RepoPath, WindowSpec};
use crate::schedule;
use crate::schedule::Heading;

/// Reads versions of files. What it remembers is bounded, and changes no answer.
pub struct Reader<'o> {
    options: &'o Options,
    parts: Memo<Context, Part>,
    /// By all headings of a text.
    windows: Memo<(), Vec<Option<WindowSpec>>>,
    front_matters: Memo<(), (FrontMatter, usize, Vec<Diagnostic>)>,
}

impl<'o> Reader<'o> {
    /// A reader that remembers nothing yet.
    pub fn new(options: &'o Options) -> Reader<'o> {
        Reader {
            options,
            parts: Memo::default(),
            windows: Memo::default(),
            front_matters: Memo::default(),
        }
    }

    /// Reads one version of a file. Never fails; what was not understood is in the diagnostics.
    pub fn document(&mut self, path: &RepoPath, bytes: &[u8]) -> Document {
        let (text, problem) = decode::text(path, bytes);
        let mut diagnostics = Vec::from_iter(problem);
        let Some(text) = text else {
            return Document { diagnostics, ..Document::default() };
        };
        let (front_matter, start, problems) = self.front_matter(path, &text);
        diagnostics.extend(problems);
        let report = Report { path, text: &text, lines: OnceCell::new(), diagnostics };
        let body = markdown_body(&text, start);
        let mut document = self.markdown(report, body);
        document.front_matter = front_matter;
        document.diagnostics.sort_by_key(|diagnostic| (diagnostic.start, diagnostic.end));
        document
    }

    fn front_matter(
        &mut self,
        path: &RepoPath,
        text: &str,
    ) -> (FrontMatter, usize, Vec<Diagnostic>) {
        let Some(block) = front_matter::block(text) else {
            return front_matter::read(path, text);
        };
        let read = self.front_matters.get(block, (), || front_matter::read(path, block));
        let (front_matter, start, mut problems) = (*read).clone();
        for problem in &mut problems {
            problem.path = path.clone();
        }
        (front_matter, start, problems)
    }

    /// Reads the markdown that begins at `start` of the report's text.
    fn markdown(&mut self, report: Report<'_>, start: usize) -> Document {
        let body = report.text.get(start..).unwrap_or_default();
        let pieces = self.pieces(body, Whole::behind(report.text, start));
        let whole = pieces.unwrap_or_else(|| self.at_once(body, Whole::behind(report.text, start)));
        whole.finish(report, |headings| self.windows(headings))
    }

    /// The windows of headings, which hang on all of them, but on nothing else.
    fn windows(&mut self, headings: &[Heading<'_>]) -> Arc<Vec<Option<WindowSpec>>> {
        let mut key = String::new();
        for Heading { text, parent } in headings {
            // With its length, so that no title can look like the end of the one before.
            push_number(&mut key, parent.map_or(0, |at| at + 1));
            push_number(&mut key, text.len());
            key.push_str(text);
        }
        self.windows.get(&key, (), || schedule::windows(headings))
    }

    /// Puts a text together from its pieces; `None` where they tell less than the whole.
    fn pieces(&mut self, text: &str, mut whole: Whole) -> Option<Whole> {
        for piece in split(text) {
            let part = self.part(&piece, whole.context(&piece));
            if !whole.takes(&piece, &part) {
                return None;
            }
            whole.add(&piece, part);
        }
        Some(whole)
    }

    fn at_once(&mut self, text: &str, mut whole: Whole) -> Whole {
        let piece = split::whole(text);
        let part = self.part(&piece, Context::default());
        whole.add(&piece, part);
        whole
    }

    fn part(&mut self, piece: &Piece<'_>, context: Context) -> Arc<Part> {
        let options = self.options;
        self.parts.get(piece.text, context, || walk::read(piece.text, context, options))
    }
}

/// Adds a number to a key, as two characters: its digits would take longer to write than the rest.
fn push_number(key: &mut String, number: usize) {
    for part in [number & 0x7FFF, number >> 15] {
        key.extend(u32::try_from(part).ok().and_then(char::from_u32));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn options() -> Options {
        let mut exclude = globset::GlobSetBuilder::new();
        exclude.add(globset::Glob::new("How to*").expect("a pattern"));
        let exclude_sections = exclude.build().expect("patterns");
        Options { exclude_sections, ..Options::default() }
    }

    /// The document, read in pieces if that can be, or at once.
    fn read(text: &str, in_pieces: bool) -> Option<Document> {
        let (path, options) = (RepoPath::new("a.md"), options());
        let mut reader = Reader::new(&options);
        let report = Report { path: &path, text, lines: OnceCell::new(), diagnostics: Vec::new() };
        let whole = match in_pieces {
            true => reader.pieces(text, Whole::behind(text, 0))?,
            false => reader.at_once(text, Whole::behind(text, 0)),
        };
        Some(whole.finish(report, |headings| reader.windows(headings)))
    }

    /// Lines of what may reach across a heading, or seem to.
    fn lines() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            6 => Just(String::new()),
            3 => "#{1,3} (A|B|How to|C \\(Day 1-7\\))",
            1 => Just("Title\n=====".to_owned()),
            4 => "[ ]{0,7}(- |\\* |1\\. |3\\) |> |)\\[( |x|N/A|!)\\] (a|b due:2026-02-30)",
            4 => "[ ]{0,7}(- |1\\. |12\\. |> |- - |\\| |)(```|~~~|````)( |\t|yaml|)",
            2 => "[ ]{0,5}(<!-- |-->|<!-- a -->|<!-->|<div>|</div>|<pre>|<br>|<!-- mdboard-ignore-start -->)",
            2 => "[ ]{0,3}(text|\\*\\*Lead in\\*\\*|Owner: @kim|\\*\\*Owner:\\*\\* @sam|---|a \\| b|- \\| -)",
            1 => Just("<!-- mdboard-ignore-end -->".to_owned()),
            1 => "\t(- |)(\\[ \\] a|```|text)",
        ];
        let lines = prop::collection::vec(line, 0..24);
        (lines, prop::bool::ANY)
            .prop_map(|(lines, crlf)| lines.join(if crlf { "\r\n" } else { "\n" }))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn pieces_tell_what_the_whole_tells(text in lines()) {
            if let Some(document) = read(&text, true) {
                prop_assert_eq!(Some(document), read(&text, false), "of {:?}", text);
            }
        }

        #[test]
        fn what_is_read_closely_means_the_same(text in lines()) {
            let (path, options) = (RepoPath::new("a.md"), options());
            let alone = Reader::new(&options).document(&path, text.as_bytes());
            let read = crate::parse::closely(&path, text.as_bytes(), &options);
            prop_assert_eq!(read.document, alone, "of {:?}", text);
        }

        #[test]
        fn what_is_remembered_changes_nothing(texts in prop::collection::vec(lines(), 1..5)) {
            let (path, options) = (RepoPath::new("a.md"), options());
            let mut reader = Reader::new(&options);
            for text in texts.iter().chain(&texts) {
                let alone = Reader::new(&options).document(&path, text.as_bytes());
                prop_assert_eq!(reader.document(&path, text.as_bytes()), alone);
            }
        }
    }

    #[test]
    fn a_long_checklist_is_read_in_pieces() {
        let text = "# A\n\ntext\n\n## B\n- [ ] a\n  ```\n  code\n  ```\n\n## C\n- [ ] b\n";
        assert_eq!(split(text).len(), 3);
        let document = read(text, true).expect("the pieces fit");
        assert_eq!(document.items.iter().map(|item| item.line.0).collect::<Vec<_>>(), [6, 12]);
    }
}
