//! One list of findings through every format, and what holds for every list.

use std::io;

use proptest::prelude::*;
use serde_json::Value;

use super::{concise, diff, full, github, gitlab, json, junit, sarif, summary, would_mend};
use crate::model::Severity;
use crate::render::Style;
use crate::render::fixture::HOSTILE;
use crate::render::fixture::findings::{self, Found};
use crate::report::Findings;
use crate::source::Span;

const PLAIN: Style = Style { width: 80, color: false };
const COLOR: Style = Style { width: 80, color: true };

fn written(
    format: impl Fn(&Findings<'_>, &mut dyn io::Write) -> io::Result<()>,
    found: &Found,
) -> String {
    let mut out = Vec::new();
    format(&found.view(), &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("it is UTF-8")
}

fn parsed(
    format: impl Fn(&Findings<'_>, &mut dyn io::Write) -> io::Result<()>,
    found: &Found,
) -> Value {
    serde_json::from_str(&written(format, found)).expect("it is JSON")
}

/// What would be invisible in a snapshot.
fn shown(text: &str) -> String {
    text.replace('\u{1b}', "␛").replace('\r', "␍").replace('\u{200b}', "<U+200B>")
}

#[test]
fn for_people() {
    let found = findings::findings();
    insta::assert_snapshot!("lint_full", full(&found.view(), &PLAIN));
    insta::assert_snapshot!("lint_full_colour", shown(&full(&found.view(), &COLOR)));
}

#[test]
fn a_line_each() {
    insta::assert_snapshot!("lint_concise", concise(&findings::findings().view()));
}

#[test]
fn in_json() {
    insta::assert_snapshot!("lint_json", shown(&written(json, &findings::findings())));
}

#[test]
fn in_sarif() {
    let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let log = written(sarif, &findings::findings());
    assert!(log.contains(&version));
    let log = log.replace(&version, "\"semanticVersion\": …");
    insta::assert_snapshot!("lint_sarif", shown(&log));
}

#[test]
fn for_github() {
    insta::assert_snapshot!("lint_github", shown(&github(&findings::findings().view())));
}

#[test]
fn for_gitlab() {
    insta::assert_snapshot!("lint_gitlab", written(gitlab, &findings::findings()));
}

#[test]
fn in_junit() {
    insta::assert_snapshot!("lint_junit", written(junit, &findings::findings()));
    insta::assert_snapshot!(written(junit, &findings::nothing()), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="mdboard lint" tests="1" failures="0" errors="0" skipped="0">
      <testsuite name="mdboard lint" tests="1" failures="0" errors="0" skipped="0">
        <testcase name="mdboard lint" classname="mdboard lint"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn as_a_patch() {
    let found = findings::findings().mended();
    insta::assert_snapshot!("lint_diff", shown(&diff(&found.view(), &PLAIN)));
    insta::assert_snapshot!("lint_diff_colour", shown(&diff(&found.view(), &COLOR)));
    assert_eq!(diff(&findings::findings().view(), &PLAIN), "");
}

#[test]
fn in_a_line() {
    let (found, mended) = (findings::findings(), findings::findings().mended());
    insta::assert_snapshot!(summary(&found.view()), @"2 errors, 6 warnings, 1 info in 12 files; 1 can be mended with --fix (1 more with --unsafe-fixes); 7 findings of the baseline not shown");
    insta::assert_snapshot!(summary(&mended.view()), @"mended 2 findings in 2 files; 2 errors, 6 warnings, 1 info left in 12 files; 1 can be mended with --fix (1 more with --unsafe-fixes); 7 findings of the baseline not shown");
    insta::assert_snapshot!(would_mend(&mended.view()), @"would mend 2 findings in 2 files; 2 errors, 6 warnings, 1 info in 12 files; 1 can be mended with --fix (1 more with --unsafe-fixes); 7 findings of the baseline not shown");
    let clean = findings::nothing();
    assert_eq!(summary(&Findings { known: 0, ..clean.view() }), "no findings in 12 files");
    assert_eq!(
        summary(&Findings { files: 1, known: 1, ..clean.view() }),
        "no findings in 1 file; 1 finding of the baseline not shown"
    );
}

#[test]
fn nothing_is_said_of_nothing() {
    let found = findings::nothing();
    assert_eq!(concise(&found.view()), "");
    assert_eq!(github(&found.view()), "");
    assert_eq!(written(gitlab, &found), "[]\n");
    assert_eq!(parsed(json, &found)["diagnostics"], Value::Array(Vec::new()));
    assert_eq!(parsed(sarif, &found)["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn colours_add_nothing_to_the_words() {
    let found = findings::findings();
    let colored = full(&found.view(), &COLOR);
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), full(&found.view(), &PLAIN));
}

#[test]
fn why_is_told_once() {
    let found = findings::crowd(3);
    let text = full(&found.view(), &PLAIN);
    assert_eq!((text.matches("= why").count(), text.matches("= help").count()), (1, 9));
}

#[test]
fn json_fits_its_schema() {
    let path = format!("{}/docs/schema/lint.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(path).expect("the schema is published");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for found in [findings::findings(), findings::nothing(), findings::findings().mended()] {
        let document = parsed(json, &found);
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut broken = parsed(json, &findings::findings());
    broken["diagnostics"][0]["severity"] = "bad".into();
    assert!(!validator.is_valid(&broken), "the schema lets everything through");
}

/// Line and column, as any reader of the JSON has to turn them into a place in the text.
fn offset(text: &str, place: &Value) -> usize {
    let number = |key: &str| place[key].as_u64().expect("a number") as usize - 1;
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let line = &text[start..];
    start + line.char_indices().nth(number("column")).map_or(line.len(), |(at, _)| at)
}

#[test]
fn the_edits_in_json_mend_the_text() {
    let found = findings::findings().mended();
    let document = parsed(json, &found);
    let mut files = 0;
    for (path, file) in found.files() {
        let diagnostics = document["diagnostics"].as_array().expect("a list");
        let here = diagnostics.iter().filter(|it| it["path"] == path.as_str());
        let mut text = file.before.clone();
        // The fixture has one edit per file: no edit moves another.
        for edit in here.filter_map(|it| it["fix"]["edits"].as_array()).flatten() {
            let (start, end) = (offset(&text, &edit["start"]), offset(&text, &edit["end"]));
            text.replace_range(start..end, edit["text"].as_str().expect("a text"));
        }
        assert_eq!(text, file.after);
        files += 1;
    }
    assert_eq!(files, 2);
}

#[test]
fn a_reader_of_sarif_understands_it() {
    let found = findings::findings();
    let log: serde_sarif::sarif::Sarif =
        serde_json::from_str(&written(sarif, &found)).expect("it is SARIF");
    let run = log.runs.first().expect("there is a run");
    let rules = run.tool.driver.rules.as_ref().expect("there are rules");
    let results = run.results.as_ref().expect("there are results");
    let view = found.view();
    assert_eq!(results.len(), view.all.len());
    for (result, finding) in results.iter().zip(view.all) {
        let at = usize::try_from(result.rule_index.expect("an index")).expect("a small one");
        assert_eq!(rules[at].id, finding.rule.code.code);
        let places = result.locations.as_ref().expect("there is a place");
        let place = places[0].physical_location.as_ref().expect("it is in a file");
        let artifact = place.artifact_location.as_ref().expect("the file has a name");
        let uri = artifact.uri.as_deref().expect("it is a URI");
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        let path = percent_encoding::percent_decode_str(uri).decode_utf8_lossy();
        assert_eq!(path, finding.path.as_str());
        let line = place.region.as_ref().and_then(|region| region.start_line);
        let expected = super::places::is_placed(finding).then_some(finding.start.line.0.into());
        assert_eq!(line, expected);
        assert_eq!(result.fixes.is_some(), finding.fix.is_some());
    }
}

#[test]
fn a_reader_of_junit_understands_it() {
    let found = findings::findings();
    let report = junit_parser::from_reader(written(junit, &found).as_bytes()).expect("it is JUnit");
    let view = found.view();
    let infos = view.count(Severity::Info) as u64;
    let all = view.all.len() as u64;
    assert_eq!((report.tests, report.failures, report.skipped), (all, all - infos, infos));
    let cases: Vec<_> = report.suites.iter().flat_map(|suite| &suite.cases).collect();
    for (case, finding) in cases.iter().zip(view.all) {
        assert_eq!(case.line, Some(finding.start.line.0.into()));
        assert_eq!(case.status.is_failure(), finding.severity != Severity::Info);
        let types = (case.status.is_failure()).then(|| &*case.status.failure_as_ref().failure_type);
        assert!(types.is_none_or(|code| code == finding.rule.code.code));
    }
    let clean = written(junit, &findings::nothing());
    let clean = junit_parser::from_reader(clean.as_bytes()).expect("it is JUnit");
    assert_eq!((clean.tests, clean.failures), (1, 0));
    assert!(clean.suites[0].cases[0].status.is_success());
}

#[test]
fn github_sees_the_worst_and_is_told_of_the_rest() {
    let few = findings::crowd(10);
    let few = github(&few.view());
    assert_eq!(few.lines().count(), 30);
    let kinds: Vec<&str> =
        few.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert!(
        kinds.is_sorted_by_key(|kind| ["error", "warning", "notice"]
            .iter()
            .position(|it| it == kind))
    );
    let many = findings::crowd(11);
    let many = github(&many.view());
    assert_eq!(many.lines().count(), 34);
    let notice = many.lines().find(|line| line.starts_with("::notice"));
    insta::assert_snapshot!(notice.unwrap_or_default(), @"::notice title=mdboard lint::11 errors, 11 warnings, 11 info in 12 files; 7 findings of the baseline not shown%0AGitHub shows the first 10 of a kind; the log of this step has all.");
}

#[test]
fn every_issue_for_gitlab_is_another() {
    let issues = parsed(gitlab, &findings::crowd(5));
    let issues = issues.as_array().expect("a list");
    let prints: std::collections::BTreeSet<_> =
        issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), 15);
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-z \\n]{0,80}",
        Just("\r\n".to_owned()),
        Just("日本 👩\u{200d}🚀\t".to_owned()),
        Just(format!("e{}", "\u{301}".repeat(20))),
        "[\u{0}-\u{9f}\u{200b}-\u{206f}]{0,30}",
        Just("x".repeat(300)),
        Just(HOSTILE.to_owned()),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_format(
        text in text(), message in text(), path in text(),
        from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
        width in 0..200_usize,
    ) {
        let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (from, to) = (*from.get(&edges), *to.get(&edges));
        let span = Span::new(from.min(to), from.max(to));
        let found = findings::anywhere(&text, span, &message, &path).mended();
        let view = found.view();
        let can_be_seen = |text: &str| !text.chars().any(|c| c != '\n' && c.is_control());
        let people = full(&view, &Style { width, color: false });
        prop_assert!(can_be_seen(&people), "{people:?}");
        let is_hidden = |c: char| matches!(c, '\u{202e}' | '\u{200b}' | '\u{2066}');
        prop_assert!(!people.contains(is_hidden));
        let lines = concise(&view);
        prop_assert!(can_be_seen(&lines) && lines.lines().count() == 1);
        let commands = github(&view);
        // A path may have tabs, and has to keep them.
        prop_assert!(can_be_seen(&commands.replace('\t', "")) && commands.lines().count() == 1);
        prop_assert!(junit_parser::from_reader(written(junit, &found).as_bytes()).is_ok());
        for format in [written(json, &found), written(sarif, &found), written(gitlab, &found)] {
            prop_assert!(serde_json::from_str::<Value>(&format).is_ok());
        }
        let colored = diff(&view, &Style { width, color: true });
        prop_assert!(can_be_seen(&anstream::adapter::strip_str(&colored).to_string()));
    }
}
