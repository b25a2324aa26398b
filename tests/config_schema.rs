//! The published schema of `mdboard.toml` takes what the program takes, and no other keys.

use mdboard::config::{Config, schema};
use mdboard::lint::select;
use mdboard::model::RepoPath;
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema(&select::names())).expect("the schema is one")
}

fn both(text: &str) -> (bool, bool) {
    let read = Config::parse(&RepoPath::new("mdboard.toml"), text).is_ok();
    let value: Value = toml::from_str(text).expect("a test's text is TOML");
    (read, validator().is_valid(&value))
}

#[test]
fn what_is_right_is_right_for_both() {
    for text in [
        "",
        "partners = 'partners/*'",
        "partners = ['a/*', 'b/*']\ntemplates = ''\ntimezone = 'Europe/Vienna'",
        "exclude_sections = []\nletter_priorities = true",
        "due_soon_days = 0\nstall_days = 36500\nat_risk_gap = 25\nbatch_size = 1",
        "at_risk_gap = '25%'",
        "[states]\n'-' = 'cancelled'\n'→' = 'not_applicable'",
        "[progress]\ncount = 'all'",
        "[lint]\nselect = ['default', 'MB3', 'links']\nextend-select = 'weekend-due'\nignore = []",
        "[lint]\nowners = ['kim']\n[lint.templates]\nrequired = ['title']\nselect = 'all'",
        "[lint.checklists]\nignore = ['MB105']\nextend-select = ['ownership']",
        "[lint.severity]\nMB105 = 'error'\nlinks = 'info'",
        "[lint.per-file]\n'partners/old/**' = ['MB105']",
    ] {
        assert_eq!(both(text), (true, true), "{text}");
    }
}

#[test]
fn what_is_wrong_is_wrong_for_both() {
    for text in [
        "partner = 'partners/*'",
        "templates = 1",
        "letter_priorities = 'yes'",
        "due_soon_days = -1",
        "stall_days = 36501",
        "at_risk_gap = 101",
        "batch_size = 0",
        "[states]\nx = 'open'",
        "[states]\n'--' = 'open'",
        "[states]\n'-' = 'gone'",
        "[progress]\ncount = 'some'",
        "[lint]\nselects = []",
        "[lint]\nselect = [1]",
        "[lint.templates]\nowners = []",
        "[lint.severity]\nMB105 = 'bad'",
        "[lint.per-file]\n'a' = 1",
    ] {
        assert_eq!(both(text), (false, false), "{text}");
    }
}

#[test]
fn a_name_that_is_no_rule_s_is_the_linter_s_to_tell() {
    // Whoever writes it sees it in the editor; the board itself is not stopped by it.
    assert_eq!(both("[lint]\nselect = ['duplicat-item']"), (true, false));
}
