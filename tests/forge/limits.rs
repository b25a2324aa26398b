//! What is only so for now, and what comes in between.

use std::iter::repeat_n;

use crate::api::{Api, Fault};
use crate::{HEAD, act, awaiting, github, gitlab, said, timed, variables};
use mdboard::forge::{Action, Error};

/// A limit that no waiting of ours outlasts.
fn limit() -> Fault {
    let headers = vec![("x-ratelimit-remaining", "0".to_owned())];
    Fault::Answer(403, headers, r#"{"message": "API rate limit exceeded"}"#.into())
}

#[test]
fn a_limit_is_no_lack_of_permission() {
    let api = Api::new(HEAD);
    api.fail("POST", repeat_n(limit(), 4));
    let (done, waits) = timed(&github(&api, 1), "one");
    assert!(matches!(done, Err(Error::Limited { status: 403, .. })), "{done:?}");
    assert_eq!(waits.len(), 3);
}

#[test]
fn a_limit_makes_nobody_another_account() {
    let api = Api::new(HEAD);
    assert_eq!(act(&github(&api, 1), "one"), Ok(Action::Created));
    api.fail("GET /user", repeat_n(limit(), 4));
    assert!(act(&github(&api, 2), "two").is_err());
    assert_eq!(said(&api), ["one"]);
}

#[test]
fn an_app_of_its_own_name_keeps_one_comment() {
    let api = Api::new(HEAD);
    api.is_app("board-app[bot]");
    for (run, text) in [(1, "one"), (2, "two"), (3, "three")] {
        act(&github(&api, run), text).expect("a comment");
        assert_eq!(said(&api), [text]);
    }
}

#[test]
fn a_newer_push_to_a_fork_overtakes_the_run_that_waited() {
    let api = Api::new(HEAD);
    api.set_pulls(&[(3, HEAD, "mallory/r"), (5, "a newer commit", "fork/r")]);
    assert_eq!(act(&awaiting(&api, "fork/r"), "one"), Ok(Action::Overtaken));
    assert!(api.comments().is_empty());
    api.set_pulls(&[(3, HEAD, "mallory/r")]);
    assert_eq!(act(&awaiting(&api, "fork/r"), "one"), Err(Error::NoRequest));
}

#[test]
fn an_answer_that_breaks_off_is_asked_for_again() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.fail("GET", [Fault::CutMid]);
        api.fail("POST", [Fault::CutMid]);
        assert!(act(&make(&api, 1), "one").is_ok());
        assert_eq!(said(&api), ["one"]);
    }
}

#[test]
fn a_late_call_of_an_older_run_is_written_over() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        assert_eq!(act(&make(&api, 1), "one"), Ok(Action::Created));
        let late = "<!-- mdboard:change run=2.1 -->\nof run 2".to_owned();
        for method in ["PATCH", "PUT"] {
            api.fail(method, [Fault::Then(late.clone())]);
        }
        assert_eq!(act(&make(&api, 3), "of run 3"), Ok(Action::Updated));
        assert_eq!(said(&api), ["of run 3"]);
        // That of a newer one stays.
        let newer = "<!-- mdboard:change run=9.1 -->\nof run 9".to_owned();
        for method in ["PATCH", "PUT"] {
            api.fail(method, [Fault::Then(newer.clone())]);
        }
        assert_eq!(act(&make(&api, 4), "of run 4"), Ok(Action::Updated));
        assert_eq!(said(&api), ["of run 9"]);
    }
}

#[test]
fn links_of_a_merged_result_lead_to_the_source_branch() {
    let mut context = gitlab(&Api::new(HEAD), 1);
    context.variables = variables(&[
        ("CI_MERGE_REQUEST_SOURCE_PROJECT_URL", "https://git.example.com/fork/r"),
        ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", HEAD),
        ("CI_COMMIT_SHA", "of the merge"),
    ]);
    let expected = format!("https://git.example.com/fork/r/-/blob/{HEAD}/");
    assert_eq!(context.files("of the merge"), Some(expected));
}

#[test]
fn the_rest_is_looked_up_in_the_run_that_made_it() {
    let mut context = awaiting(&Api::new(HEAD), "fork/r");
    context.variables = variables(&[
        ("GITHUB_SERVER_URL", "https://git.example.com"),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_RUN_ID", "99"),
    ]);
    let expected = "https://git.example.com/o/r/actions/runs/11";
    assert_eq!(context.details().as_deref(), Some(expected));
}

#[test]
fn links_lead_to_where_gitea_and_forgejo_show_files_and_runs() {
    let mut context = github(&Api::new(HEAD), 1);
    let server = ("GITHUB_SERVER_URL", "https://git.example.com");
    let all = [server, ("GITHUB_REPOSITORY", "o/r"), ("GITHUB_RUN_ID", "372")];
    let gitea = [("GITHUB_API_URL", "https://git.example.com/api/v1"), ("GITHUB_RUN_NUMBER", "43")];
    context.variables = variables(&[&all[..], &gitea].concat());
    let expected = format!("https://git.example.com/o/r/src/commit/{HEAD}/");
    assert_eq!(context.files(HEAD), Some(expected));
    let forgejo = [("FORGEJO_ACTIONS", "true")];
    context.variables = variables(&[&all[..], &gitea, &forgejo].concat());
    let expected = "https://git.example.com/o/r/actions/runs/43";
    assert_eq!(context.details().as_deref(), Some(expected));
    context.variables = variables(&[&all[..], &[("GITHUB_RUN_NUMBER", "43")]].concat());
    let expected = format!("https://git.example.com/o/r/blob/{HEAD}/");
    assert_eq!(context.files(HEAD), Some(expected));
    let expected = "https://git.example.com/o/r/actions/runs/372";
    assert_eq!(context.details().as_deref(), Some(expected));
}
