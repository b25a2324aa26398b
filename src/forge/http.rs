//! Calls of the API: with the token, in bounded time, again where that can help.

use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};
use ureq::tls::{RootCerts, TlsConfig};

use super::{Context, Error, Host, Time, Token};

/// How often something is tried.
const TRIES: u32 = 4;
/// No longer is waited for anything.
const LONGEST_WAIT: u64 = 60;
/// How long one call may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// More of an answer is not read.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// More pages of a list are not read: 10,000 comments.
pub(super) const MOST_PAGES: u32 = 100;

/// The API of one host.
pub(super) struct Client<'t> {
    agent: Agent,
    api: String,
    name: String,
    host: Host,
    token: Token,
    time: Time<'t>,
}

/// What came back from a call that went well.
pub(super) struct Answer {
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A call that did not go well.
enum Fault {
    /// Nothing, or not all of it, came back.
    Broken(String),
    /// The host shows a certificate that this machine does not trust.
    Untrusted(String),
    /// The host said no, for now or for good.
    Answered { status: u16, headers: HeaderMap, message: String },
}

impl<'t> Client<'t> {
    pub(super) fn new(
        context: &Context,
        token: Token,
        time: Time<'t>,
    ) -> Result<Client<'t>, Error> {
        let api = context.api()?;
        let authority = api.split("://").nth(1).unwrap_or_default();
        let name = authority.split('/').next().unwrap_or_default();
        // Somebody's name and password may stand before it, and are nobody else's.
        let name = name.rsplit('@').next().unwrap_or_default().to_owned();
        let is_local =
            name.starts_with("127.") || name.starts_with("localhost") || name.starts_with("[::1]");
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            // The token is for this host alone.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(TIMEOUT))
            .user_agent(concat!("mdboard/", env!("CARGO_PKG_VERSION")));
        let config = if is_local { config.proxy(None) } else { config };
        let agent = Agent::new_with_config(config.build());
        Ok(Client { agent, api, name, host: context.host, token, time })
    }

    pub(super) fn get(&self, path: &str, what: &str) -> Result<Answer, Error> {
        self.call("GET", path, None, what)
    }

    /// Calls until it goes well, or it is no use.
    pub(super) fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        what: &str,
    ) -> Result<Answer, Error> {
        let mut tried = 0;
        loop {
            tried += 1;
            let fault = match self.once(method, path, body) {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault,
            };
            // A comment that seems to have failed may be there: who makes it has to look first.
            let is_safe = method != "POST";
            let wait = match &fault {
                Fault::Untrusted(_) => None,
                Fault::Broken(_) => is_safe.then(|| 1 << (tried - 1)),
                Fault::Answered { status, headers, message } => {
                    self.wait(*status, headers, message, (tried, is_safe))
                }
            };
            match wait.filter(|_| tried < TRIES) {
                Some(seconds) => (self.time.pause)(Duration::from_secs(seconds)),
                None => return Err(self.error(fault, what)),
            }
        }
    }

    /// After how many seconds an answer may be another; `None`: it is final.
    fn wait(
        &self,
        status: u16,
        headers: &HeaderMap,
        message: &str,
        (tried, is_safe): (u32, bool),
    ) -> Option<u64> {
        let number = |name: &str| number(headers, name);
        let after = number("retry-after");
        let is_limit = is_limit(status, headers, message);
        if !is_limit && (!is_safe || !(500..=599).contains(&status)) {
            return None;
        }
        let reset = number("x-ratelimit-reset").or_else(|| number("ratelimit-reset"));
        let reset = reset.filter(|_| is_limit).map(|at| at - self.time.now);
        let seconds = after.or(reset).and_then(|seconds| u64::try_from(seconds).ok());
        Some(seconds.unwrap_or(1 << (tried - 1)).min(LONGEST_WAIT))
    }

    fn once(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer, Fault> {
        let broken = |reason: String| Fault::Broken(self.token.redact(&reason));
        let (name, value) = match self.host {
            Host::Github => ("authorization", format!("Bearer {}", self.token.0)),
            Host::Gitlab => ("private-token", self.token.0.clone()),
        };
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.api))
            .header(name, value)
            .header("accept", "application/json");
        let response = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json");
                let request = request.body(body.to_string());
                self.agent.run(request.map_err(|error| broken(error.to_string()))?)
            }
            None => {
                let request = request.body(());
                self.agent.run(request.map_err(|error| broken(error.to_string()))?)
            }
        };
        let mut response = response.map_err(|error| match &error {
            ureq::Error::Io(io) if is_untrusted(io) => Fault::Untrusted(error.to_string()),
            ureq::Error::Rustls(_) => Fault::Untrusted(error.to_string()),
            _ => broken(error.to_string()),
        })?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let read = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let body = read.map_err(|error| broken(error.to_string()))?;
        if (200..=299).contains(&status) {
            return Ok(Answer { headers, body });
        }
        // First the token, then the end: a part of it would not be found any more.
        let message = cut(self.token.redact(&message(&body)));
        Err(Fault::Answered { status, headers, message })
    }

    fn error(&self, fault: Fault, what: &str) -> Error {
        let host = self.name.clone();
        let (status, message) = match fault {
            Fault::Broken(reason) => return Error::Unreachable { host, reason },
            Fault::Untrusted(reason) => return Error::Untrusted { host, reason },
            Fault::Answered { status, headers, message }
                if is_limit(status, &headers, &message) =>
            {
                return Error::Limited { host, status, message };
            }
            Fault::Answered { status, message, .. } => (status, message),
        };
        let is_length = ["too long", "too large", "maximum is"];
        let lower = message.to_lowercase();
        match status {
            401 => Error::Unauthorized { host },
            403 => Error::Forbidden { message },
            404 => Error::NotFound { what: what.to_owned() },
            400 | 413 | 422 if is_length.iter().any(|words| lower.contains(words)) => {
                Error::TooLong { host, message }
            }
            status => Error::Refused { host, status, message },
        }
    }

    /// Waits before something is tried once more.
    pub(super) fn pause(&self, tried: u32) {
        (self.time.pause)(Duration::from_secs(1 << tried.min(4)));
    }

    /// What an answer says.
    pub(super) fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        serde_json::from_slice(&answer.body).map_err(|error| Error::Unreadable {
            host: self.name.clone(),
            reason: self.token.redact(&error.to_string()),
        })
    }

    /// All of a list, page by page.
    pub(super) fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        what: &str,
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let joint = if path.contains('?') { '&' } else { '?' };
        for page in 1..=MOST_PAGES {
            // Gitea and Forgejo know `limit`.
            let path = format!("{path}{joint}per_page=100&limit=100&page={page}");
            let answer = self.get(&path, what)?;
            let some: Vec<T> = self.read(&answer)?;
            let is_empty = some.is_empty();
            all.extend(some);
            if is_empty || !answer.has_more() {
                break;
            }
        }
        Ok(all)
    }
}

impl Answer {
    /// Whether a list goes on behind this page.
    fn has_more(&self) -> bool {
        let header = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
        header("link").is_some_and(|link| link.contains("rel=\"next\""))
            || header("x-next-page").is_some_and(|next| !next.trim().is_empty())
    }
}

/// Whether it was a certificate that ended a connection.
fn is_untrusted(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

/// A number that stands in a header.
fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Whether a host says no because it was asked too often, and not because the token may not.
fn is_limit(status: u16, headers: &HeaderMap, message: &str) -> bool {
    let says_so = || {
        number(headers, "retry-after").is_some()
            || ["x-ratelimit-remaining", "ratelimit-remaining"]
                .iter()
                .any(|name| number(headers, name) == Some(0))
            || message.to_lowercase().contains("rate limit")
    };
    status == 429 || status == 403 && says_so()
}

/// A part of an address.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// What a host says about a call that failed: `message`, with what stands behind it.
fn message(body: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let said = value.as_ref().and_then(|value| {
        let message = value.get("message").or(value.get("error"))?;
        let errors = value.get("errors").map(|errors| format!(" {errors}")).unwrap_or_default();
        let message = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
        Some(format!("{message}{errors}"))
    });
    said.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned())
}

/// As much of a message as somebody reads.
fn cut(text: String) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.trim().is_empty() => "it does not say why".to_owned(),
        None => text,
    }
}
