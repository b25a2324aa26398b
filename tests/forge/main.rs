//! Comments on a hosting service, against a server that plays its API and goes wrong in every way
//! that the documentation and life know of.

#[path = "../common/api.rs"]
mod api;
#[path = "../common/mod.rs"]
mod common;

mod limits;
mod program;
mod secrets;
mod trust;

use std::cell::RefCell;
use std::time::Duration;

use api::{Api, Fault, ME};
use mdboard::forge::{Action, Context, Error, Event, Host, Time, Variables, put};

const HEAD: &str = "0123456789012345678901234567890123456789";
const TOKEN: &str = "secret-token-1";

/// A run on a pull request.
fn github(api: &Api, run: u64) -> Context {
    let run = run.to_string();
    let all = [
        ("GITHUB_TOKEN", TOKEN),
        ("GITHUB_API_URL", api.url()),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_REF", "refs/pull/7/merge"),
        ("GITHUB_RUN_ID", &run),
    ];
    let event = format!(r#"{{"pull_request": {{"number": 7, "head": {{"sha": "{HEAD}"}}}}}}"#);
    let event = Event::read(event.as_bytes()).expect("an event");
    Context { host: Host::Github, number: None, variables: variables(&all), event, head: None }
}

fn gitlab(api: &Api, run: u64) -> Context {
    let run = run.to_string();
    let all = [
        ("MDBOARD_GITLAB_TOKEN", TOKEN),
        ("CI_API_V4_URL", api.url()),
        ("CI_PROJECT_ID", "42"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_COMMIT_SHA", HEAD),
        ("CI_PIPELINE_ID", &run),
    ];
    let event = Event::default();
    Context { host: Host::Gitlab, number: None, variables: variables(&all), event, head: None }
}

fn variables(all: &[(&str, &str)]) -> Variables {
    Variables::new(all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

/// Puts a comment; how long it waited in between, in seconds, comes along.
fn timed(context: &Context, body: &str) -> (Result<Action, Error>, Vec<u64>) {
    let waits = RefCell::new(Vec::new());
    let pause = |time: Duration| waits.borrow_mut().push(time.as_secs());
    let done = put(context, body, Time { now: 1_000_000, pause: &pause });
    (done.map(|done| done.action), waits.into_inner())
}

fn act(context: &Context, body: &str) -> Result<Action, Error> {
    timed(context, body).0
}

fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer(status, Vec::new(), format!(r#"{{"message": "{body}"}}"#))
}

/// The comments without their marks.
fn said(api: &Api) -> Vec<String> {
    let comments = api.comments().into_iter();
    comments.map(|comment| comment.body.lines().last().unwrap_or_default().to_owned()).collect()
}

#[test]
fn one_comment_is_made_updated_and_left_alone() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.add("ann", "Looks good");
        assert_eq!(act(&make(&api, 1), "one"), Ok(Action::Created));
        assert_eq!(act(&make(&api, 2), "two"), Ok(Action::Updated));
        assert_eq!(said(&api), ["Looks good", "two"]);
        api.take_writes();
        assert_eq!(act(&make(&api, 3), "two"), Ok(Action::Unchanged));
        assert_eq!(api.take_writes(), [""; 0], "nothing is sent");
        assert!(api.comments()[1].body.starts_with("<!-- mdboard:change run=2."));
    }
}

#[test]
fn what_is_not_ours_is_never_touched() {
    let api = Api::new(HEAD);
    let forged = "<!-- mdboard:change run=9.1 -->\nforged";
    api.add("mallory", forged);
    api.add(ME, &format!("Look at this: {forged}"));
    assert_eq!(act(&github(&api, 1), "one"), Ok(Action::Created));
    assert_eq!(api.comments()[0].body, forged);
    assert_eq!(api.comments().len(), 3);
}

#[test]
fn a_workflows_token_may_not_ask_who_it_is() {
    let api = Api::new(HEAD);
    api.is_workflow();
    api.add(ME, "<!-- mdboard:change run=1.1 -->\nsomebody else's");
    assert_eq!(act(&github(&api, 1), "one"), Ok(Action::Created));
    assert_eq!(act(&github(&api, 2), "two"), Ok(Action::Updated));
    assert_eq!(said(&api), ["somebody else's", "two"]);
}

#[test]
fn the_comment_is_found_on_the_last_page() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.set_page(10);
        for number in 0..25 {
            api.add("ann", &format!("{number}"));
        }
        assert_eq!(act(&make(&api, 1), "one"), Ok(Action::Created));
        assert_eq!(act(&make(&api, 2), "two"), Ok(Action::Updated));
        assert_eq!(api.comments().len(), 26);
    }
}

#[test]
fn an_older_run_does_not_overwrite_a_newer_one() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        assert_eq!(act(&make(&api, 5), "new"), Ok(Action::Created));
        assert_eq!(act(&make(&api, 4), "old"), Ok(Action::Overtaken));
        api.set_head("another commit");
        assert_eq!(act(&make(&api, 6), "of an old push"), Ok(Action::Overtaken));
        assert_eq!(said(&api), ["new"]);
    }
}

#[test]
fn a_wrong_token_is_told_and_shown_nowhere() {
    let api = Api::new(HEAD);
    api.fail("GET", [answer(401, "Bad credentials")]);
    let error = act(&github(&api, 1), "one").expect_err("no comment");
    assert!(matches!(error, Error::Unauthorized { .. }), "{error}");
    // A server that says the token back.
    api.fail("GET", [answer(418, &format!("no {TOKEN}"))]);
    let context = github(&api, 1);
    let error = act(&context, "one").expect_err("no comment");
    assert!(error.to_string().contains("***"), "{error}");
    for text in [format!("{error} {error:?}"), error.help().to_owned()] {
        assert!(!text.contains(TOKEN), "{text}");
    }
    let sent = api.requests();
    let auth = sent[0].header("authorization").map(str::to_owned);
    assert_eq!(auth, Some(format!("Bearer {TOKEN}")));
}

#[test]
fn a_token_that_may_only_read_is_told_apart() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.fail("POST", [answer(403, "Resource not accessible by integration")]);
        let (done, waits) = timed(&make(&api, 1), "one");
        assert!(matches!(done, Err(Error::Forbidden { .. })), "{done:?}");
        assert_eq!(waits, [0; 0], "it would not get better");
    }
}

#[test]
fn what_is_not_found_is_named() {
    let api = Api::new(HEAD);
    api.fail("GET /repos/o/r/pulls/7", [answer(404, "Not Found")]);
    let error = act(&github(&api, 1), "one").expect_err("no comment");
    assert_eq!(error.to_string(), "pull request 7 of o/r was not found (404)");
}

#[test]
fn too_long_is_told_apart_from_other_refusals() {
    let api = Api::new(HEAD);
    api.set_longest(100);
    let error = act(&github(&api, 1), &"x".repeat(200)).expect_err("no comment");
    assert!(matches!(error, Error::TooLong { .. }), "{error}");
    api.fail("POST", [answer(422, "Spammed")]);
    let error = act(&github(&api, 1), "one").expect_err("no comment");
    assert!(matches!(error, Error::Refused { status: 422, .. }), "{error}");
}

#[test]
fn limits_are_waited_for_as_they_say() {
    let api = Api::new(HEAD);
    let limit = |name, value: &str| {
        Fault::Answer(429, vec![(name, value.to_owned())], r#"{"message": "slow down"}"#.into())
    };
    api.fail("POST", [limit("retry-after", "7"), limit("x-ratelimit-reset", "1000012")]);
    assert_eq!(timed(&github(&api, 1), "one"), (Ok(Action::Created), vec![7, 12]));
    let used_up = vec![("x-ratelimit-remaining", "0".to_owned())];
    let far = [used_up, vec![("x-ratelimit-reset", "1999999".to_owned())]].concat();
    api.fail("PATCH", [Fault::Answer(403, far, r#"{"message": "no"}"#.into())]);
    assert_eq!(timed(&github(&api, 2), "two"), (Ok(Action::Updated), vec![60, 1]));
}

#[test]
fn what_passes_is_tried_again_and_what_stays_is_told() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.fail("GET", [answer(500, "oops"), Fault::Cut, answer(502, "oops")]);
        let (done, waits) = timed(&make(&api, 1), "one");
        assert_eq!((done, waits), (Ok(Action::Created), vec![1, 2, 4]));
        api.fail("GET", std::iter::repeat_n(answer(503, "down"), 10));
        let (done, waits) = timed(&make(&api, 2), "two");
        assert!(matches!(done, Err(Error::Refused { status: 503, .. })), "{done:?}");
        assert_eq!(waits.len(), 3);
    }
}

#[test]
fn a_comment_is_not_made_twice_when_the_answer_is_lost() {
    for make in [github, gitlab] {
        let api = Api::new(HEAD);
        api.fail("POST", [Fault::Cut, answer(500, "oops"), Fault::CutAfter]);
        assert!(act(&make(&api, 1), "one").is_ok());
        assert_eq!(said(&api), ["one"]);
    }
}

#[test]
fn runs_at_once_leave_one_comment() {
    for make in [github, gitlab] {
        for _ in 0..8 {
            let api = Api::new(HEAD);
            std::thread::scope(|scope| {
                for run in 1..=2 {
                    let context = make(&api, run);
                    scope.spawn(move || act(&context, &format!("of run {run}")).expect("done"));
                }
            });
            let said = said(&api);
            assert_eq!(said.len(), 1, "{said:?}");
        }
    }
}

#[test]
fn the_token_follows_no_redirect() {
    let (api, other) = (Api::new(HEAD), Api::new(HEAD));
    let to = vec![("location", format!("{}/repos/o/r/pulls/7", other.url()))];
    api.fail("GET", [Fault::Answer(301, to, "{}".into())]);
    assert!(act(&github(&api, 1), "one").is_err());
    assert!(other.requests().is_empty());
}

/// A run that waited for another one, of a fork's pull request.
fn awaiting(api: &Api, repository: &str) -> Context {
    let event = format!(
        r#"{{"workflow_run": {{"id": 11, "run_attempt": 2, "head_sha": "{HEAD}", "head_branch": "patch",
        "head_repository": {{"full_name": "{repository}"}}, "pull_requests": []}}}}"#
    );
    let event = Event::read(event.as_bytes()).expect("an event");
    let variables = variables(&[
        ("GITHUB_TOKEN", TOKEN),
        ("GITHUB_API_URL", api.url()),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_REF", "refs/heads/main"),
        ("GITHUB_RUN_ID", "99"),
    ]);
    Context { host: Host::Github, number: None, variables, event, head: None }
}

#[test]
fn a_forks_request_is_found_by_commit_and_repository() {
    let api = Api::new("of another");
    api.set_pulls(&[(3, HEAD, "mallory/r"), (4, "older", "fork/r"), (5, HEAD, "fork/r")]);
    assert_eq!(act(&awaiting(&api, "fork/r"), "one"), Ok(Action::Created));
    let asked: Vec<String> = api.requests().iter().map(|request| request.path.clone()).collect();
    assert!(asked[0].contains("state=open&head=fork%3Apatch"), "{asked:?}");
    assert!(asked.iter().any(|path| path.starts_with("/repos/o/r/issues/5/comments")));
    assert!(api.comments()[0].body.starts_with("<!-- mdboard:change run=11.2 -->"));
    assert_eq!(act(&awaiting(&api, "nobody/r"), "one"), Err(Error::NoRequest));
}

#[test]
fn what_the_run_lacks_is_named() {
    let api = Api::new(HEAD);
    let mut context = github(&api, 1);
    context.event = Event::default();
    context.variables = variables(&[("GITHUB_TOKEN", "x"), ("GITHUB_REPOSITORY", "o/r")]);
    assert_eq!(act(&context, "one"), Err(Error::NoRequest));
    context.variables = variables(&[("GITHUB_REPOSITORY", "o/r")]);
    assert_eq!(act(&context, "one"), Err(Error::Missing("GITHUB_TOKEN".into())));
    context.variables = variables(&[("GITHUB_TOKEN", "x"), ("GITHUB_REPOSITORY", "o/r/../x")]);
    assert!(matches!(act(&context, "one"), Err(Error::Odd(_))));
    assert!(matches!(Event::read(b"nonsense"), Err(Error::Odd(_))));
}
