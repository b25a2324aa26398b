//! What holds for every rule on any input.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;

use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::Date;
use crate::lint::finding::{Applicability, Finding};
use crate::lint::fix;
use crate::lint::project::{Entry, Input, Past, Project, Source, Tree};
use crate::lint::rule::Example;
use crate::lint::select::{Asked, Selection};
use crate::model::{RepoPath, State};
use crate::parse::Options;
use crate::render::{self, Style};
use crate::report::Findings;

const CHECKLIST: &str = "partners/brackenferry/onboarding.md";
const TEMPLATE: &str = "templates/onboarding.md";

/// A board that is one content in two files: a partner's checklist and a template.
struct Board {
    config: Config,
    scope: Scope,
    options: Options,
    selection: Selection,
    bytes: Vec<u8>,
}

impl Tree for Board {
    fn entry(&self, path: &str) -> Option<Entry> {
        match path {
            CHECKLIST | TEMPLATE => Some(Entry::File),
            "" | "partners" | "partners/brackenferry" | "templates" => Some(Entry::Folder),
            _ => None,
        }
    }

    fn text(&self, path: &str) -> Option<String> {
        let is_there = self.entry(path) == Some(Entry::File);
        is_there.then(|| String::from_utf8_lossy(&self.bytes).into_owned())
    }
}

impl Past for Board {
    fn last_changed(&self, files: &[&RepoPath]) -> BTreeMap<RepoPath, Date> {
        let today: Date = Example::TODAY.parse().expect("a day");
        files.iter().map(|path| ((*path).clone(), today)).collect()
    }

    fn version(&self, _: &RepoPath, _: &str) -> Option<Vec<u8>> {
        Some(b"---\ntitle: Onboarding\n---\n\n## Legal\n\n- [ ] Contract signed\n".to_vec())
    }
}

impl Board {
    /// A board on which every rule is on.
    fn new(bytes: Vec<u8>) -> Board {
        let config = Config::parse(&RepoPath::new("mdboard.toml"), "").expect("it is empty");
        let asked = Asked { select: vec!["all".to_owned()], ..Asked::default() };
        Board {
            scope: Scope::new("", &config.partners, &config.templates)
                .expect("the globs are right"),
            options: Options::of(&config).expect("the globs are right"),
            selection: Selection::new(&config.lint, &asked, "").expect("all is known"),
            config,
            bytes,
        }
    }

    fn project(&self) -> Project<'_> {
        let source =
            |path| Source { path: RepoPath::new(path), bytes: self.bytes.clone(), is_asked: true };
        Project::read(Input {
            sources: vec![source(CHECKLIST), source(TEMPLATE)],
            config: &self.config,
            scope: &self.scope,
            root: "",
            options: &self.options,
            today: Example::TODAY.parse().expect("a day"),
            tree: self,
            past: self,
            found: Vec::new(),
            ignored: Vec::new(),
            config_path: None,
            progress: &|_, _| (),
        })
    }

    fn check(&self) -> Vec<Finding> {
        crate::lint::check(&self.project(), &self.selection)
    }

    /// What all fixes make of the checklist.
    fn mended(&self, most: Applicability) -> Vec<u8> {
        let mended = fix::mend(self.project(), &self.selection, most).mended;
        let file = mended.into_iter().find(|(path, _)| path.as_str() == CHECKLIST);
        file.map_or_else(|| self.bytes.clone(), |(_, file)| file.after.into_bytes())
    }

    /// How many items of the checklist are done.
    fn done(&self) -> usize {
        let project = self.project();
        let page = project.page(&RepoPath::new(CHECKLIST)).expect("it is there");
        page.document.items.iter().filter(|item| item.state == State::Done).count()
    }
}

/// Places lie in the text, between characters, and are told as the lines and columns they are.
fn assert_places_hold(board: &Board, found: &[Finding]) {
    let project = board.project();
    for finding in found {
        let page = project.page(&finding.path).expect("only files are told");
        let told = format!("{} {:?}: {}", finding.rule.code.code, finding.span, finding.message);
        let spans = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in spans.chain([finding.span]) {
            assert!(span.start <= span.end, "{told}");
            assert!(page.text.get(span.start..span.end).is_some(), "{told}");
        }
        assert_eq!(finding.start, page.position(finding.span.start), "{told}");
        assert_eq!(finding.end, page.position(finding.span.end), "{told}");
        if let Some(fix) = &finding.fix {
            let mut pairs = fix.edits.windows(2);
            assert!(pairs.all(|pair| pair[0].span.end <= pair[1].span.start), "{told}");
            let most = finding.rule.fixes.map(|fixes| fixes.applicability);
            assert!(most.is_some_and(|most| fix.applicability <= most), "{told}");
        }
        assert!(!finding.message.contains(['\n', '\r']), "{told}");
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{told}");
    }
}

/// Findings come in order, none of them twice, and the same ones every time.
fn assert_in_order(board: &Board, found: &[Finding]) {
    let key = |it: &Finding| (it.path.clone(), it.span, it.rule.code.code, it.message.clone());
    let keys: Vec<_> = found.iter().map(key).collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
    assert_eq!(keys, board.check().iter().map(key).collect::<Vec<_>>());
}

/// Fixes are made once, tick nothing, and leave alone what is no part of them.
fn assert_fixes_hold(board: &Board, found: &[Finding]) {
    for most in [Applicability::Safe, Applicability::Unsafe] {
        let after = Board::new(board.mended(most));
        assert!(after.done() <= board.done(), "a box was ticked: {:?}", text(&after));
        assert_eq!(text(&Board::new(after.mended(most))), text(&after), "from {:?}", text(board));
        let bom = "\u{feff}".as_bytes();
        assert!(!board.bytes.starts_with(bom) || after.bytes.starts_with(bom));
        // Every line of a file that ends its lines with CRLF still does.
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        let pairs = |bytes: &[u8]| bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        if lines(&board.bytes) == pairs(&board.bytes) && lines(&board.bytes) > 0 {
            assert_eq!(lines(&after.bytes), pairs(&after.bytes), "{:?}", text(&after));
        }
        let may_change = found.iter().any(|finding| finding.fix.is_some());
        let is_text = std::str::from_utf8(&board.bytes).is_ok();
        assert!(may_change && is_text || after.bytes == board.bytes, "{:?}", text(&after));
    }
}

fn text(board: &Board) -> String {
    String::from_utf8_lossy(&board.bytes).into_owned()
}

fn assert_all_holds(bytes: Vec<u8>) {
    let board = Board::new(bytes);
    let found = board.check();
    assert_places_hold(&board, &found);
    assert_in_order(&board, &found);
    assert_fixes_hold(&board, &found);
}

/// What files that were written by hand, pasted or made to do harm are put together from.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\n", "\n", "\r\n", "\n\n", "\r", "\t", " ", "  ", "    ", "> ", "- ", "* ", "1. ", "# ",
    "## ", "#### ", "### 1. ", "### 3. ", "## Phase 2: ", "- [ ] ", "- [ ] ", "- [x] ", "- [X] a",
    "- [/] ", "- [~] ", "- [N/A] ", "[]", "[ x ]", "[✅]", "-[ ]", "- [ ]", "- [x]a", "☐ ", "☑ ",
    "---\n", "...\n", "title: ", "title:\n", "owner: @anna\n", "start_date: 2026-02-30\n", "due: ",
    "status: done\n", "last_updated: 2020-01-01\n", "template: templates/onboarding.md\n",
    "template_number: II.3\n", "related_templates:\n", "[a, b", "- a.md\n", "\"", "'", ": ", "#",
    "```\n", "~~~", "`", "``", "*", "**", "~~", "<!--", "-->", "<!-- mdboard-disable MB105 -->",
    "<!-- mdboard-ignore-start -->\n", "<script>", "<a href=\"javascript:x\">", "<b", "</", "&amp;",
    "\\", "[", "]", "(", ")", "](", "](b.md)", "] (b.md)", ")[b.md]", "](#legal)", "](../../../../x)",
    "[a]: b.md\n", "https://", "http//x", "| a | b |\n", "| - | - |\n", "(Day 1–7)", "Week 2",
    "Month 3+", "(Due 2026-03-01)", "due:2026-03-01", "due:03/04/2026", "(due: Jul 2026)", "due:+14d",
    "done:2030-01-01", "📅 2026-02-31", "✅ 2026-03-01", "@anna", "owner:", "____", "{{name}}",
    "<name>", "[Name]", "id:x", "⛔ y", "(N/A)", "a", "a", "legal", "Contract", "ü", "é", "日本",
    "\u{301}", "\u{200b}", "\u{200d}", "\u{ad}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{fe0f}",
    "\u{e0041}", "\u{2028}", "\u{85}", "\0", "\u{1b}[31m", "\u{a0}", "👩\u{200d}💻", "ﬀ", "İ",
];

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        40 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    let beginning = prop::sample::select(vec!["", "", "---\n", "\u{feff}", "\u{feff}---\r\n"]);
    let body = prop::collection::vec(piece, 0..40);
    (beginning, body, any::<bool>()).prop_map(|(beginning, body, is_dos)| {
        let bytes = [beginning.as_bytes(), &body.concat()].concat();
        match String::from_utf8(bytes) {
            Ok(text) if is_dos => text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_linted(bytes in any_file()) {
        assert_all_holds(bytes);
    }
}

#[test]
fn files_that_are_no_text_are_linted() {
    for bytes in [
        b"".to_vec(),
        b"\xff\xfe-\0 \0".to_vec(),
        b"\xef\xbb\xbf\xef\xbb\xbf".to_vec(),
        b"- [ ] M\xfcnchen\r\n- [ ] \xf0\x9f".to_vec(),
        b"---".to_vec(),
        b"---\n\xe4: \xfc\n---\n- [ ]  a".to_vec(),
        vec![b'a'; (1 << 20) + 1],
    ] {
        assert_all_holds(bytes);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test measures")]
fn long_files_do_not_take_long() {
    #[rustfmt::skip]
    let repeated = [
        "[", "[a](", "](b.md)", "[a] (", ")[", "[a](b.md#c) ", "- [ ] a\n", "- [", "> ", "- ",
        "## 1. A (Day 1)\n", "<a ", "<!--", "<script>", "a\u{200b}", "\u{202e}", "(due: x) ", "{#",
        "[a]: b\n", "`", "```\n", "*a ", "____ ", "{{a}} ", "<a> ", "[Name] ", "| a ", "☐ ",
        "due:03/04/2026 ", "owner:a ", "---\n", "a: b\n", "\r", "\0",
    ];
    for part in repeated {
        let text = part.repeat(60_000 / part.len());
        let start = std::time::Instant::now();
        drop(Board::new(text.into_bytes()).check());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{part:?} took {took:?}");
    }
}

/// What looks for the place of each finding of a line from the line's beginning takes minutes.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test measures")]
fn long_lines_do_not_take_long() {
    for part in ["[x](y.md) ", "a\u{200b} ", "<iframe> "] {
        let text = format!("- [ ] {}\n", part.repeat(12_000));
        let start = std::time::Instant::now();
        let board = Board::new(text.clone().into_bytes());
        let all = board.check();
        let texts = [CHECKLIST, TEMPLATE].map(|path| (RepoPath::new(path), text.clone()));
        let texts = BTreeMap::from(texts);
        let (fingerprints, mended) = (Vec::new(), BTreeMap::new());
        let findings = Findings {
            all: &all,
            fingerprints: &fingerprints,
            texts: &texts,
            files: 2,
            known: 0,
            mended: &mended,
        };
        let mut out = Vec::new();
        render::lint::json(&findings, &mut out).expect("a vector takes all");
        let full = render::lint::full(&findings, &Style { width: 100, color: false });
        let took = start.elapsed();
        assert!(all.len() > 20_000 && out.len() + full.len() > 1 << 20, "{part:?} is told");
        assert!(took < Duration::from_secs(20), "{part:?} took {took:?}");
    }
}
