//! Whatever the files hold: what fixes leave alone stays as it is.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::board::{Board, PATHS};
use super::texts;
use crate::lint::finding::{Applicability, Edit, Finding};
use crate::lint::fix::{self, Mended};
use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::lint::rule::Part;
use crate::lint::rules;
use crate::model::{DueSpec, RepoPath, State};

/// Whether a page was mended by a rule that may change some part of it.
fn may(mended: &Mended, part: Part) -> bool {
    let made = rules::all().filter(|rule| mended.fixes.contains_key(rule.code.code));
    made.filter_map(|rule| rule.fixes).any(|fixes| fixes.changes.contains(&part))
}

/// What a board goes by.
fn meanings<'p>(page: &'p Page<'_>) -> Vec<(&'p str, State, Option<DueSpec>)> {
    let items = page.document.items.iter();
    items.map(|item| (&*item.text, item.state, item.due)).collect()
}

/// A text as it looks: without what cannot be seen.
fn seen(text: &str) -> String {
    let is_seen = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}')
            && !matches!(c, '\u{17b4}' | '\u{17b5}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            && !matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
            && !matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e01ef}')
    };
    text.chars().filter(is_seen).collect()
}

/// The boxes that look ticked, wherever they stand in the markdown. (A title of the front matter may
/// be the copy of a heading.)
fn ticked(page: &Page<'_>) -> usize {
    let text = seen(page.text.get(page.syntax.body..).unwrap_or_default());
    text.matches("[x]").count() + text.matches("[X]").count()
}

/// The letters and digits of the items that are done.
fn done(page: &Page<'_>) -> Vec<String> {
    let items = page.document.items.iter().filter(|item| item.state == State::Done);
    items.map(|item| item.identity.chars().filter(|c| c.is_alphanumeric()).collect()).collect()
}

/// Whether a text is what is left of another when some of its characters are taken away.
fn is_left_of(text: &str, other: &str) -> bool {
    let mut other = other.chars();
    text.chars().all(|c| other.any(|next| next == c))
}

/// Whether all lines of a text end like this, of which there is at least one.
fn all_end_in(text: &str, end: &str) -> bool {
    let mut ends = text.match_indices('\n').peekable();
    ends.peek().is_some() && ends.all(|(at, _)| text[..at].ends_with('\r') == (end == "\r\n"))
}

fn ticks_nothing(before: &Page<'_>, after: &Page<'_>) -> Result<(), TestCaseError> {
    prop_assert!(ticked(after) <= ticked(before), "a box was ticked");
    let before = done(before);
    let mut before = before.iter();
    for text in done(after) {
        // A date or a link that was mended is no text any more, nor is the item that followed.
        let was_done = before.any(|before| is_left_of(&text, before));
        prop_assert!(was_done, "`{}` is done", text);
    }
    Ok(())
}

fn keeps_its_form(before: &str, after: &str) -> Result<(), TestCaseError> {
    for end in ["\n", "\r\n"] {
        if all_end_in(before, end) {
            let is_kept = !after.contains('\n') || all_end_in(after, end);
            prop_assert!(is_kept, "lines that ended in {:?} do not: {:?}", end, after);
        }
    }
    let bom = |text: &str| text.starts_with('\u{feff}');
    prop_assert!(!bom(before) || bom(after), "the byte order mark: {:?}", after);
    // A last line that cannot be seen may go, but for the end of the one before.
    let is_plain = seen(before).len() == before.replace(['\r', '\n'], "").len();
    let is_kept = !is_plain || before.ends_with('\n') || !after.ends_with('\n');
    prop_assert!(is_kept, "the last line: {:?}", after);
    let is_kept = !before.ends_with('\n') || after.ends_with('\n') || seen(after).is_empty();
    prop_assert!(is_kept, "the last line: {:?}", after);
    Ok(())
}

/// The fixes that may be made, one after the other, if none touches another.
fn apart(found: &[Finding], most: Applicability) -> Option<Vec<&Edit>> {
    let fixes = found.iter().filter_map(|finding| finding.fix.as_ref());
    let mut fixes: Vec<_> = fixes.filter(|fix| fix.applicability <= most).collect();
    fixes.sort_by_key(|fix| fix.edits[0].span);
    let is_apart = fixes.windows(2).all(|pair| {
        pair[0].edits.last().is_some_and(|last| last.span.end < pair[1].edits[0].span.start)
    });
    is_apart.then(|| fixes.into_iter().flat_map(|fix| &fix.edits).collect())
}

/// A text with edits made from its end on.
fn backwards(text: &str, edits: &[&Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    text
}

fn of_page(found: &[Finding], page: &Page<'_>) -> Vec<Finding> {
    found.iter().filter(|finding| finding.path == page.path).cloned().collect()
}

/// A project with what mending made of it.
fn mended(board: &Board, most: Applicability) -> (Project<'_>, fix::Outcome<'_>) {
    (board.read(), fix::mend(board.read(), &board.all_rules(), most))
}

fn applicability() -> impl Strategy<Value = Applicability> {
    select(&[Applicability::Safe, Applicability::Unsafe][..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_mended_needs_no_mending(
        contents in vec(texts::text(), 3),
        most in applicability(),
    ) {
        let contents: Vec<Vec<u8>> = contents.into_iter().map(String::into_bytes).collect();
        let board = Board::new(&contents.try_into().expect("there are three"));
        let once = fix::mend(board.read(), &board.all_rules(), most);
        let texts = PATHS.map(|path| {
            let page = once.project.page(&RepoPath::new(path)).expect("it was read");
            page.text.clone().into_bytes()
        });
        let board = Board::new(&texts);
        let twice = fix::mend(board.read(), &board.all_rules(), most);
        prop_assert!(twice.mended.is_empty(), "{:?}", twice.mended);
    }

    #[test]
    fn what_fixes_do_not_name_stays(contents in vec(texts::text(), 3), most in applicability()) {
        let contents: Vec<Vec<u8>> = contents.into_iter().map(String::into_bytes).collect();
        let board = Board::new(&contents.try_into().expect("there are three"));
        let (before, outcome) = mended(&board, most);
        for (path, file) in &outcome.mended {
            let before = before.page(path).expect("it was read");
            let after = outcome.project.page(path).expect("it was read");
            prop_assert_eq!((&before.text, &after.text), (&file.before, &file.after));
            ticks_nothing(before, after)?;
            keeps_its_form(&before.text, &after.text)?;
            if !may(file, Part::Items) {
                let look = |text: &str| match may(file, Part::Hidden) {
                    true => seen(text).split_whitespace().collect::<Vec<_>>().join(" "),
                    false => text.to_owned(),
                };
                let all = |page| -> Vec<(String, State, Option<DueSpec>)> {
                    let meanings = meanings(page).into_iter();
                    meanings.map(|(text, state, due)| (look(text), state, due)).collect()
                };
                prop_assert_eq!(all(before), all(after), "{:?}", file.fixes);
            }
            if !may(file, Part::FrontMatter) && !may(file, Part::Hidden) {
                let owners = |page: &Page<'_>| page.document.front_matter.owners.clone();
                let title = |page: &Page<'_>| page.document.front_matter.title.clone();
                prop_assert_eq!(owners(before), owners(after), "{:?}", file.fixes);
                prop_assert_eq!(title(before), title(after), "{:?}", file.fixes);
            }
        }
    }

    #[test]
    fn what_no_edit_covers_stays_byte_for_byte(
        contents in vec(texts::text(), 3),
        most in applicability(),
    ) {
        let contents: Vec<Vec<u8>> = contents.into_iter().map(String::into_bytes).collect();
        let board = Board::new(&contents.try_into().expect("there are three"));
        let (before, outcome) = mended(&board, most);
        let found = crate::lint::check(&before, &board.all_rules());
        for page in &before.pages {
            let found = of_page(&found, page);
            let Some(edits) = apart(&found, most) else { continue };
            let expected = backwards(&page.text, &edits);
            prop_assert_eq!(&fix::edited(&page.text, edits.iter().copied()), &expected);
            let is_wanted = |finding: &&Finding| {
                finding.fix.as_ref().is_some_and(|fix| fix.applicability <= most)
            };
            // Of several, one may be refused, and another come of those that are made.
            if let Some(file) = outcome.mended.get(&page.path)
                && found.iter().filter(is_wanted).count() == 1
                && file.fixes.values().sum::<usize>() == 1
            {
                prop_assert_eq!(&file.after, &expected);
            }
        }
    }

    #[test]
    fn a_file_that_is_no_utf8_is_never_changed(
        contents in vec(texts::bytes(), 3),
        most in applicability(),
    ) {
        let board = Board::new(&contents.clone().try_into().expect("there are three"));
        let outcome = fix::mend(board.read(), &board.all_rules(), most);
        for (path, bytes) in PATHS.iter().zip(&contents) {
            if std::str::from_utf8(bytes).is_err() {
                prop_assert!(!outcome.mended.contains_key(&RepoPath::new(*path)));
            }
        }
    }
}

/// What all fixes make of a checklist.
fn checklist(text: &str, most: Applicability) -> String {
    let board = Board::new(&[Vec::new(), text.into(), Vec::new()]);
    let outcome = fix::mend(board.read(), &board.all_rules(), most);
    outcome.project.page(&RepoPath::new(PATHS[1])).expect("it was read").text.clone()
}

#[test]
fn a_file_without_a_last_line_end_gets_none() {
    for end in ["\n", "\r\n"] {
        let text = format!("- [ ] a{end}<!-- mdboard-disable MB105 -->");
        assert_eq!(checklist(&text, Applicability::Safe), "- [ ] a");
        let text = format!("---{end}title: a{end}title: a");
        assert_eq!(checklist(&text, Applicability::Safe), format!("---{end}title: a"));
    }
}

#[test]
fn a_carriage_return_and_a_line_feed_are_not_joined() {
    let text = "- [ ] a\n  - [ ] b\r<!-- mdboard-enable MB105 -->\nc\u{200b}\r\u{200b}\n";
    let mended = "- [ ] a\n  - [ ] b\r<!-- mdboard-enable MB105 -->\nc\r\u{200b}\n";
    assert_eq!(checklist(text, Applicability::Safe), mended);
}

/// Without the comment, `b` would belong to the item: that the other fix may change items is no
/// reason to let this one do so.
#[test]
fn what_one_fix_may_change_no_other_does() {
    let text = "- [] c\n- [ ] a\n<!-- mdboard-disable MB105 -->\nb\n";
    assert_eq!(checklist(text, Applicability::Safe), text.replace("[]", "[ ]"));
}

/// As many are done before and after, but they are others.
#[test]
fn an_item_that_becomes_one_is_not_done_in_the_place_of_another() {
    let text = "-\u{200b} [x]\r hidden\n<d\retails>\n> - [x] quoted";
    assert_eq!(checklist(text, Applicability::Safe), text);
}

#[test]
fn a_last_line_that_goes_leaves_no_line_end_behind() {
    let text = "- [ ] Contract signed\n\n<!-- mdboard-disable MB105 -->";
    let board = Board::new(&[text.into(), Vec::new(), Vec::new()]);
    let outcome = fix::mend(board.read(), &board.all_rules(), Applicability::Safe);
    let after = outcome.project.page(&RepoPath::new(PATHS[0])).expect("it was read");
    assert!(after.text.ends_with("- [ ] Contract signed"), "{:?}", after.text);
}
