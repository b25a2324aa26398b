//! The token shows itself nowhere, whatever a host says.

use crate::api::{Api, Fault};
use crate::{HEAD, TOKEN, act, github, timed, variables};
use mdboard::forge::{Error, Time, put};

#[test]
fn a_token_is_hidden_where_a_message_is_cut() {
    for before in 280..=300 {
        let api = Api::new(HEAD);
        let message = format!(r#"{{"message": "{}{TOKEN}"}}"#, "x".repeat(before));
        api.fail("GET", [Fault::Answer(418, vec![], message)]);
        let error = act(&github(&api, 1), "one").expect_err("no comment").to_string();
        assert!(!error.contains("xs"), "a part of the token is told: {error}");
    }
}

#[test]
fn a_token_in_the_address_of_a_comment_is_hidden() {
    let api = Api::new(HEAD);
    let body = format!(
        r#"{{"id": 1, "body": "", "html_url": "https://git.example.com/?t={TOKEN}", "user": {{"login": "board-bot"}}}}"#
    );
    api.fail("POST", [Fault::Answer(201, vec![], body)]);
    let done = put(&github(&api, 1), "one", Time { now: 0, pause: &|_| {} }).expect("a comment");
    assert_eq!(done.url.as_deref(), Some("https://git.example.com/?t=***"));
}

#[test]
fn variables_do_not_show_what_they_say() {
    let shown = format!("{:?}", github(&Api::new(HEAD), 1));
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(shown.contains("GITHUB_TOKEN"), "{shown}");
}

#[test]
fn a_password_in_the_address_of_the_api_is_not_told() {
    let mut context = github(&Api::new(HEAD), 1);
    context.variables = variables(&[
        ("GITHUB_TOKEN", TOKEN),
        ("GITHUB_API_URL", "http://ann:open-sesame@127.0.0.1:1"),
        ("GITHUB_REPOSITORY", "o/r"),
    ]);
    let (done, _) = timed(&context, "one");
    let Err(error @ Error::Unreachable { .. }) = done else { panic!("{done:?}") };
    assert!(!format!("{error} {error:?}").contains("open-sesame"), "{error}");
}

#[test]
fn a_token_that_was_cut_from_a_text_is_told_at_once() {
    let api = Api::new(HEAD);
    for token in ["secret-token\n1", "secret token", "secret-tokén"] {
        let mut context = github(&api, 1);
        let all =
            [("GITHUB_TOKEN", token), ("GITHUB_API_URL", api.url()), ("GITHUB_REPOSITORY", "o/r")];
        context.variables = variables(&all);
        let (done, waits) = timed(&context, "one");
        let Err(error @ Error::Odd(_)) = done else { panic!("{done:?}") };
        assert!(!error.to_string().contains("secret") && waits.is_empty(), "{error}");
    }
    assert!(api.requests().is_empty());
}
