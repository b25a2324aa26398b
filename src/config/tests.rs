use proptest::prelude::*;

use super::*;
use crate::config::lint::{Choice, Lint, Named};
use crate::config::scope::Scope;
use crate::model::Severity;
use crate::source::{Line, Position};

fn parse(text: &str) -> Result<Config, Vec<Diagnostic>> {
    Config::parse(&RepoPath::new("mdboard.toml"), text)
}

fn config(text: &str) -> Config {
    parse(text).expect("a test's configuration is valid")
}

/// The findings as `code line:column-column message | help`.
fn errors(text: &str) -> Vec<String> {
    let found = parse(text).expect_err("a test's configuration is invalid");
    let show = |one: &Diagnostic| {
        let (from, to) = (one.start, one.end);
        let help = one.help.as_deref().unwrap_or("-");
        let code = one.code.code;
        format!("{code} {}:{}-{} {} | {help}", from.line.0, from.column, to.column, one.message)
    };
    found.iter().map(show).collect()
}

/// The only finding.
fn error(text: &str) -> String {
    let all = errors(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().expect("there is one")
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(config(""), Config::default());
    assert_eq!(config("# nothing\n[states]\n[progress]\n"), Config::default());
    let defaults = Config::default();
    assert!(Scope::new("", &defaults.partners, &defaults.templates).is_ok());
}

#[test]
fn every_key_is_read() {
    let read = config(
        r##"
partners = ["clients/*", "./friends/**"]
templates = "./library/templates/"
timezone = "Europe/Berlin"
exclude_sections = ["*Key*"]
letter_priorities = true
due_soon_days = 10
stall_days = 0
at_risk_gap = "30%"
batch_size = 1

[states]
"-" = "cancelled"
">" = "deferred"
"~" = "in_progress"
"→" = "not_applicable"

[progress]
count = "all"

[lint]
select = "default"
extend-select = ["weekend-due"]
ignore = ["MB8"]
owners = ["@kim", "sam"]

[lint.templates]
select = ["items"]
required = ["title", "section"]

[lint.checklists]
extend-select = "unowned-item"
ignore = "placeholder-left"

[lint.severity]
links = "info"

[lint.per-file]
"clients/old/**" = ["MB105"]
"##,
    );
    let states = [
        ('-', State::Cancelled),
        ('>', State::Deferred),
        ('~', State::InProgress),
        ('→', State::NotApplicable),
    ];
    let wanted = Config {
        partners: vec!["clients/*".to_owned(), "./friends/**".to_owned()],
        templates: "library/templates".to_owned(),
        timezone: "Europe/Berlin".parse().expect("a zone"),
        exclude_sections: vec!["*Key*".to_owned()],
        states: states.into(),
        letter_priorities: true,
        count: Count::All,
        due_soon_days: 10,
        stall_days: 0,
        at_risk_gap: 30,
        batch_size: 1,
        lint: Lint {
            everywhere: Choice {
                select: Some(vec![named("default", 22, 10)]),
                extend: vec![named("weekend-due", 23, 18)],
                ignore: vec![named("MB8", 24, 11)],
                required: Vec::new(),
            },
            templates: Choice {
                select: Some(vec![named("items", 28, 11)]),
                required: vec!["title".to_owned(), "section".to_owned()],
                ..Choice::default()
            },
            checklists: Choice {
                extend: vec![named("unowned-item", 32, 17)],
                ignore: vec![named("placeholder-left", 33, 10)],
                ..Choice::default()
            },
            severity: vec![(Named { end: at(36, 6), ..named("links", 36, 1) }, Severity::Info)],
            per_file: vec![("clients/old/**".to_owned(), vec![named("MB105", 39, 21)])],
            owners: vec!["kim".to_owned(), "sam".to_owned()],
        },
    };
    assert_eq!(read, wanted);
}

fn at(line: u32, column: u32) -> Position {
    Position { line: Line(line), column }
}

/// A name in quotes that begin at a place.
fn named(name: &str, line: u32, column: u32) -> Named {
    let end = column + u32::try_from(name.len()).expect("it is short") + 2;
    Named { name: name.to_owned(), start: at(line, column), end: at(line, end) }
}

#[test]
fn other_ways_to_write_a_value() {
    assert_eq!(config("partners = 'a/*'").partners, ["a/*"]);
    assert_eq!(config("exclude_sections = []").exclude_sections, Vec::<String>::new());
    assert_eq!(config("templates = ''").templates, "");
    assert_eq!(config("progress.count = 'all'").count, Count::All);
    assert_eq!(config("timezone = '+02:00'").timezone.to_string(), "+02:00");
    assert_eq!(config("due_soon_days = 0x10").due_soon_days, 16);
    for text in ["25", "25.0", "'25%'", "'25 %'", "'25'"] {
        assert_eq!(config(&format!("at_risk_gap = {text}")).at_risk_gap, 25, "{text}");
    }
    assert_eq!(config("at_risk_gap = 0").at_risk_gap, 0);
    assert_eq!(config("\u{feff}due_soon_days = 1\r\nbatch_size = 2\r\n").batch_size, 2);
}

#[test]
fn unknown_keys_are_located() {
    assert_eq!(
        error("# board\npartner = ['a/*']\n"),
        "MB251 2:1-8 unknown key `partner` | did you mean `partners`?"
    );
    assert_eq!(
        error("[progress]\ncuont = 'all'\n"),
        "MB251 2:1-6 unknown key `progress.cuont` | did you mean `count`?"
    );
    assert_eq!(
        error("[progress]\nweight = 1\n"),
        "MB251 2:1-7 unknown key `progress.weight` | the keys here are `count`"
    );
    assert!(
        error("[reports]\n")
            .starts_with("MB251 1:2-9 unknown key `reports` | the keys here are `partners`, ")
    );
}

#[test]
fn keys_in_the_wrong_table_are_sent_home() {
    assert_eq!(
        errors("[progress]\ncount = 'all'\nbatch_size = 5\n[states]\nstall_days = 2\n"),
        [
            "MB251 3:1-11 unknown key `progress.batch_size` | move `batch_size` above the first [table] of the file",
            "MB252 5:1-11 `stall_days` is not the character of a box | move `stall_days` above the first [table] of the file",
        ]
    );
    assert_eq!(
        error("count = 'all'"),
        "MB251 1:1-6 unknown key `count` | `count` belongs under [progress]"
    );
}

#[test]
fn wrong_types_are_located_at_the_value() {
    let check = |text: &str, wanted: &str| assert_eq!(error(text), wanted, "{text}");
    check(
        "partners = 3",
        "MB252 1:12-13 `partners` cannot be 3 | expected a text in quotes, or an array of them",
    );
    check(
        "partners = ['a', 3]",
        "MB252 1:18-19 `partners` cannot be 3 | expected only texts in quotes",
    );
    check(
        "partners = []",
        "MB252 1:12-14 no partners | name at least one, as in `partners = [\"partners/*\"]`",
    );
    check(
        "templates = true",
        "MB252 1:13-17 `templates` cannot be true | expected a text in quotes",
    );
    check(
        "letter_priorities = 'yes'",
        "MB252 1:21-26 `letter_priorities` cannot be the text \"yes\" | expected `true` or `false`",
    );
    check(
        "states = []",
        "MB252 1:10-12 `states` cannot be an array | expected a table, as in `[states]`",
    );
    check(
        "progress = 'all'",
        "MB252 1:12-17 `progress` cannot be the text \"all\" | expected a table, as in `[progress]`",
    );
    check(
        "stall_days = 2026-03-01",
        "MB252 1:14-24 `stall_days` cannot be a date | expected a whole number from 0 to 36500",
    );
    check(
        "stall_days = 1.5",
        "MB252 1:14-17 `stall_days` cannot be 1.5 | expected a whole number from 0 to 36500",
    );
    check(
        "due_soon_days = -1",
        "MB252 1:17-19 `due_soon_days` cannot be -1 | expected a whole number from 0 to 36500",
    );
    check(
        "batch_size = 0",
        "MB252 1:14-15 `batch_size` cannot be 0 | expected a whole number from 1 up",
    );
    check(
        "batch_size = 99999999999999999999",
        "MB252 1:14-34 `batch_size` cannot be 99999999999999999999 | expected a whole number from 1 up",
    );
    check(
        "[progress]\ncount = 1",
        "MB252 2:9-10 `progress.count` cannot be 1 | expected one of `leaves`, `all`",
    );
    check(
        "[progress]\ncount = 'leave'",
        "MB252 2:9-16 `progress.count` cannot be `leave` | did you mean `leaves`?",
    );
    check(
        "[progress]\ncount = 'boxes'",
        "MB252 2:9-16 `progress.count` cannot be `boxes` | the values are `leaves`, `all`",
    );
}

#[test]
fn a_gap_is_a_percentage() {
    assert_eq!(
        error("at_risk_gap = 0.25"),
        "MB252 1:15-19 `at_risk_gap` is a percentage, not a part of one | write 25 for 25 %"
    );
    for text in ["101", "-1", "25.5", "'a lot'", "''", "nan", "inf", "true", "'25%%'"] {
        let found = error(&format!("at_risk_gap = {text}"));
        assert!(
            found.ends_with("expected a whole percentage from 0 to 100, as in `25` or `\"25%\"`"),
            "{found}"
        );
    }
}

#[test]
fn time_zones_are_guessed() {
    let help = |zone: &str| {
        let found = error(&format!("timezone = '{zone}'"));
        assert!(found.starts_with("MB252 1:12-"), "{found}");
        found.rsplit_once(" | ").expect("there is help").1.to_owned()
    };
    assert_eq!(help("Europe/Berln"), "did you mean `Europe/Berlin`?");
    assert_eq!(help("europe/berlin"), "did you mean `Europe/Berlin`?");
    assert_eq!(help("Berlin"), "did you mean `Europe/Berlin`?");
    assert_eq!(
        help("my desk in the attic"),
        "write an IANA name such as `Europe/Berlin`, or an offset such as `+02:00`"
    );
}

#[test]
fn states_are_single_characters_with_known_meanings() {
    let check = |text: &str, wanted: &str| assert_eq!(error(&format!("[states]\n{text}")), wanted);
    check(
        "x = 'open'",
        "MB252 2:1-2 `[x]` has a fixed meaning and cannot be given another | remove this line",
    );
    check(
        "X = 'done'",
        "MB252 2:1-2 `[X]` has a fixed meaning and cannot be given another | remove this line",
    );
    check(
        "' ' = 'open'",
        "MB252 2:1-4 `[ ]` has a fixed meaning and cannot be given another | remove this line",
    );
    check(
        "'->' = 'deferred'",
        "MB252 2:1-5 `->` is not the character of a box | a key of [states] is one character, as in `\"-\" = \"cancelled\"`",
    );
    check(
        "'' = 'deferred'",
        "MB252 2:1-3 `` is not the character of a box | a key of [states] is one character, as in `\"-\" = \"cancelled\"`",
    );
    check(
        "'-' = 'canceled'",
        "MB252 2:7-17 `states.-` cannot be `canceled` | did you mean `cancelled`?",
    );
    check(
        "'-' = 'in-progress'",
        "MB252 2:7-20 `states.-` cannot be `in-progress` | did you mean `in_progress`?",
    );
    check("'-' = 'gone'", "MB252 2:7-13 `states.-` cannot be `gone` | did you mean `done`?");
}

#[test]
fn globs_and_folders_are_checked_where_they_stand() {
    assert_eq!(
        errors("partners = [\n  'a/*',\n  '/b',\n  '../c',\n]\nexclude_sections = ['[']\n"),
        [
            "MB252 3:3-7 the glob `/b` cannot be used: it is absolute; write it from the board's root, as in `partners/*` | -",
            "MB252 4:3-9 the glob `../c` cannot be used: it has `..`; name folders below the board's root | -",
            "MB252 6:21-24 the glob `[` cannot be used: unclosed character class; missing ']' | -",
        ]
    );
    for folder in ["/t", "../t", "a\\\\b", "./", "C:/t"] {
        assert!(
            error(&format!("templates = \"{folder}\""))
                .contains("name a folder below the board's root")
        );
    }
}

#[test]
fn all_mistakes_are_told_in_order() {
    let found = errors("zone = 1\nbatch_size = 0\n[progress]\ncount = 2\n[extra]\n");
    let places: Vec<&str> = found.iter().map(|one| &one[..9]).collect();
    assert_eq!(places, ["MB251 1:1", "MB252 2:1", "MB252 4:9", "MB251 5:2"]);
}

#[test]
fn syntax_errors_are_located() {
    assert!(error("partners = ['a'\nbatch_size = 0\n").starts_with("MB250 "));
    assert_eq!(
        errors("a = [1 2]\n\ntimezone = Europe/Berlin\nx = 'a\n"),
        [
            "MB250 1:6-9 string values must be quoted, expected literal string | put the text in quotes",
            "MB250 3:12-25 string values must be quoted, expected literal string | put the text in quotes",
            "MB250 4:7-7 invalid literal string, expected `'` | -",
        ]
    );
    assert_eq!(
        error("partners = [1,\ny = 2\n]"),
        "MB250 2:3-4 unexpected `=` in array, expected value, `]` | -"
    );
    assert!(error("stall_days = 1\nstall_days = 2\n").starts_with("MB250 2:1-11 duplicate key"));
    assert!(error("a = \"é\" b").starts_with("MB250 1:9-"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*|[a-z_= \\[\\]{}\"'\n0-9.]*") {
        let _ = parse(&text);
    }

    #[test]
    fn no_value_panics(
        key in prop_oneof![
            Just("partners"), Just("templates"), Just("timezone"), Just("exclude_sections"),
            Just("states"), Just("progress"), Just("at_risk_gap"), Just("batch_size"), Just("states.-"),
        ],
        value in "[0-9]{1,25}|-?[0-9]\\.[0-9]{1,9}|'\\PC{0,9}'|\\['[^']{0,5}'\\]|nan|inf|true",
    ) {
        let text = format!("{key} = {value}");
        if let Err(found) = parse(&text) {
            prop_assert!(found.iter().all(|one| one.start <= one.end));
        }
    }
}
