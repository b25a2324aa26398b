//! The hosting service: its comments on pull and merge requests.
//!
//! Nothing here knows what a comment says. One comment carries the mark and belongs to the account
//! that writes; it is made, brought up to date or left alone ([`put`]).

mod context;
mod github;
mod gitlab;
mod http;
mod sticky;

use std::time::Duration;

pub use context::{Context, Event, Host, Variables};
pub(crate) use sticky::MARK_ROOM;
pub use sticky::{Action, Done};

use http::Client;

/// What stops a comment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A variable that the CI sets, or somebody has to, is not there.
    #[error("{0} is not set")]
    Missing(String),
    /// A variable or the event file says what cannot be.
    #[error("{0}")]
    Odd(String),
    /// The run is of no pull or merge request, or of none that is open.
    #[error("there is no open pull or merge request for this run")]
    NoRequest,
    /// The token is wrong or has run out.
    #[error("{host} does not take the token (401)")]
    Unauthorized {
        /// The host.
        host: String,
    },
    /// The token may not do this.
    #[error("the token may not comment here (403): {message}")]
    Forbidden {
        /// What the host says.
        message: String,
    },
    /// The host has been asked too often, also after waiting.
    #[error("{host} takes no more calls for now ({status}): {message}")]
    Limited {
        /// The host.
        host: String,
        /// The status.
        status: u16,
        /// What it says.
        message: String,
    },
    /// Something is not there, or hidden from the token.
    #[error("{what} was not found (404)")]
    NotFound {
        /// What.
        what: String,
    },
    /// The comment is too long for this host.
    #[error("the comment is too long for {host} (422): {message}")]
    TooLong {
        /// The host.
        host: String,
        /// What it says.
        message: String,
    },
    /// The host said no.
    #[error("{host} answered {status}: {message}")]
    Refused {
        /// The host.
        host: String,
        /// The status.
        status: u16,
        /// What it says.
        message: String,
    },
    /// The host could not be reached, or broke off.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// The host.
        host: String,
        /// Why.
        reason: String,
    },
    /// The host's certificate is not one that this machine trusts.
    #[error("{host} is not trusted: {reason}")]
    Untrusted {
        /// The host.
        host: String,
        /// Why.
        reason: String,
    },
    /// The host's answer is not what its documentation says.
    #[error("{host} gave an answer that cannot be read: {reason}")]
    Unreadable {
        /// The host.
        host: String,
        /// Why.
        reason: String,
    },
}

impl Error {
    /// Whether another try may go better, and what was asked may have been done all the same.
    fn is_passing(&self) -> bool {
        match self {
            Error::Unreachable { .. } => true,
            Error::Refused { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// What to do next.
    pub fn help(&self) -> &'static str {
        match self {
            Error::Missing(_) | Error::Odd(_) => {
                "run it in CI, or set the variables that docs/ci.md names; --dry-run needs none"
            }
            Error::NoRequest => "run it for a pull or merge request, or name one with --number",
            Error::Unauthorized { .. } => {
                "check that the token is complete, has not expired, and is of this host"
            }
            Error::Forbidden { .. } => {
                "grant it `pull-requests: write` (GitHub), or the scope `api` (GitLab); tokens of \
                 pull requests from forks may only read: docs/ci.md has a pair of workflows for them"
            }
            Error::Limited { .. } => "run it again when the limit of this token is over",
            Error::NotFound { .. } => {
                "check the number and the repository; what a token may not see looks missing, too"
            }
            Error::TooLong { .. } => "name where all of it can be read with --details",
            Error::Refused { .. } | Error::Unreadable { .. } => {
                "look whether the host is well, and at the address of its API"
            }
            Error::Unreachable { .. } => {
                "look whether the host is well and reachable from here, then run it again"
            }
            Error::Untrusted { .. } => {
                "add the authority that signs for this host to those that the machine trusts; on \
                 Linux, SSL_CERT_FILE names a file with authorities (PEM)"
            }
        }
    }
}

/// A token, which shows itself nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it stands in a variable.
    pub fn new(text: &str) -> Token {
        Token(text.trim().to_owned())
    }

    /// Whether it can stand in a header: no host gives out another one.
    fn is_plain(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// A text without the token, should it be in there.
    fn redact(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "***") }
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(***)")
    }
}

/// How time passes: given, so that nothing here reads a clock or waits by itself.
#[derive(Clone, Copy)]
pub struct Time<'t> {
    /// The current instant, in seconds since 1970.
    pub now: i64,
    /// Waits.
    pub pause: &'t dyn Fn(Duration),
}

/// Puts a comment under the request that a run is of: makes it, or brings the one that is there up to
/// date.
///
/// # Errors
///
/// The context lacks something, there is no such request, or the host does not let it.
pub fn put(context: &Context, body: &str, time: Time<'_>) -> Result<Done, Error> {
    let token = context.token()?;
    let client = Client::new(context, token.clone(), time)?;
    let mut done = match context.host {
        Host::Github => match github::Thread::of(context, client)? {
            Some(thread) => sticky::put(&thread, context, body)?,
            None => Done { action: Action::Overtaken, url: None },
        },
        Host::Gitlab => sticky::put(&gitlab::Thread::of(context, client)?, context, body)?,
    };
    // The address is the host's word, and is told.
    done.url = done.url.map(|url| token.redact(&url));
    Ok(done)
}
