//! A server on the loopback interface that plays the documented APIs of GitHub (issue comments,
//! pull requests) and GitLab (notes, merge requests), and goes wrong where it is told to.

#![allow(dead_code, unreachable_pub, reason = "every test target uses another part")]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

/// The account that the tests' token belongs to.
pub const ME: &str = "board-bot";

/// How a request goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It is answered like this, without being carried out.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// The connection is cut before the answer, and the request not carried out.
    Cut,
    /// The request is carried out and the connection cut before the answer.
    CutAfter,
    /// The request is carried out, and then every comment of the account says this: another run's
    /// call has arrived late.
    Then(String),
    /// The request is carried out and the connection cut in the middle of the answer.
    CutMid,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// Whether it changes something.
    pub fn writes(&self) -> bool {
        self.method != "GET"
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A comment as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: u64,
    pub author: String,
    pub body: String,
}

#[derive(Default)]
struct State {
    comments: Vec<Kept>,
    requests: Vec<Request>,
    /// What goes wrong with the next requests whose method and path begin like this.
    faults: Vec<(String, VecDeque<Fault>)>,
    head: String,
    /// The open pull requests: number, head, repository of the head.
    pulls: Vec<(u64, String, String)>,
    page: usize,
    knows_me: bool,
    /// Who writes with a token that may not ask.
    workflow: String,
    longest: usize,
}

/// The server.
#[derive(Clone)]
pub struct Api {
    url: String,
    state: Arc<Mutex<State>>,
}

impl Api {
    pub fn new(head: &str) -> Api {
        Api::start(head, None)
    }

    /// One that speaks TLS, as `localhost`, with this certificate and key.
    pub fn with_tls(head: &str, config: ServerConfig) -> Api {
        Api::start(head, Some(Arc::new(config)))
    }

    fn start(head: &str, tls: Option<Arc<ServerConfig>>) -> Api {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let url = match tls {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        };
        let state = State {
            head: head.to_owned(),
            page: 100,
            knows_me: true,
            workflow: "github-actions[bot]".to_owned(),
            longest: 65_536,
            ..State::default()
        };
        let api = Api { url, state: Arc::new(Mutex::new(state)) };
        let server = api.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, tls) = (server.clone(), tls.clone());
                thread::spawn(move || match tls {
                    Some(config) => {
                        let connection = ServerConnection::new(config).expect("a configuration");
                        server.serve(StreamOwned::new(connection, stream));
                    }
                    None => server.serve(stream),
                });
            }
        });
        api
    }

    /// The address of the API.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().expect("nobody panicked"))
    }

    pub fn comments(&self) -> Vec<Kept> {
        self.with(|state| state.comments.clone())
    }

    pub fn requests(&self) -> Vec<Request> {
        self.with(|state| state.requests.clone())
    }

    /// The requests that changed something, as `METHOD path`, and forgets all requests.
    pub fn take_writes(&self) -> Vec<String> {
        self.with(|state| {
            let all = std::mem::take(&mut state.requests);
            let writes = all.iter().filter(|request| request.writes());
            writes.map(|request| format!("{} {}", request.method, request.path)).collect()
        })
    }

    /// Lets the next requests that begin like this go wrong.
    pub fn fail(&self, requests: &str, faults: impl IntoIterator<Item = Fault>) {
        let faults = faults.into_iter().collect();
        self.with(|state| state.faults.push((requests.to_owned(), faults)));
    }

    /// Somebody else's comment, or one from before.
    pub fn add(&self, author: &str, body: &str) -> u64 {
        self.with(|state| state.add(author, body))
    }

    pub fn set_head(&self, head: &str) {
        self.with(|state| state.head = head.to_owned());
    }

    pub fn set_pulls(&self, pulls: &[(u64, &str, &str)]) {
        let owned = |(number, head, of): &(u64, &str, &str)| {
            (*number, (*head).to_owned(), (*of).to_owned())
        };
        self.with(|state| state.pulls = pulls.iter().map(owned).collect());
    }

    /// How many comments a page has.
    pub fn set_page(&self, page: usize) {
        self.with(|state| state.page = page);
    }

    /// A token as workflows have it: it may not ask who it is.
    pub fn is_workflow(&self) {
        self.with(|state| state.knows_me = false);
    }

    /// The token of an app of its own: it may not ask who it is, and has another name.
    pub fn is_app(&self, login: &str) {
        self.with(|state| {
            state.knows_me = false;
            state.workflow = login.to_owned();
        });
    }

    pub fn set_longest(&self, longest: usize) {
        self.with(|state| state.longest = longest);
    }

    fn serve(&self, mut stream: impl Read + Write) {
        let Some(request) = read(&mut stream) else { return };
        let line = format!("{} {}", request.method, request.path);
        let fault = self.with(|state| {
            state.requests.push(request.clone());
            let mut faults = state.faults.iter_mut();
            let found = faults.find(|(begin, left)| line.starts_with(begin) && !left.is_empty());
            found.and_then(|(_, left)| left.pop_front())
        });
        match fault {
            Some(Fault::Cut) => {}
            Some(Fault::Answer(status, headers, body)) => {
                write(&mut stream, status, &headers, &body);
            }
            Some(Fault::CutAfter) => {
                self.with(|state| state.answer(&request));
            }
            Some(Fault::Then(body)) => {
                let (status, headers, said) = self.with(|state| {
                    let answer = state.answer(&request);
                    let me = state.author();
                    let ours = state.comments.iter_mut().filter(|one| one.author == me);
                    ours.for_each(|one| one.body.clone_from(&body));
                    answer
                });
                write(&mut stream, status, &headers, &said.to_string());
            }
            Some(Fault::CutMid) => {
                let (status, headers, body) = self.with(|state| state.answer(&request));
                let whole = answer(status, &headers, &body.to_string());
                let _ = stream.write_all(&whole.as_bytes()[..whole.len() - 2]);
            }
            None => {
                let (status, headers, body) = self.with(|state| state.answer(&request));
                write(&mut stream, status, &headers, &body.to_string());
            }
        }
    }
}

impl State {
    fn add(&mut self, author: &str, body: &str) -> u64 {
        let id = self.comments.iter().map(|comment| comment.id).max().unwrap_or(0) + 1;
        self.comments.push(Kept { id, author: author.to_owned(), body: body.to_owned() });
        id
    }

    fn author(&self) -> String {
        if self.knows_me { ME.to_owned() } else { self.workflow.clone() }
    }

    fn answer(&mut self, request: &Request) -> (u16, Vec<(&'static str, String)>, Value) {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let none = Vec::new;
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["user"]) if self.knows_me => {
                (200, none(), json!({"login": ME, "username": ME}))
            }
            ("GET", ["user"]) => {
                (403, none(), json!({"message": "Resource not accessible by integration"}))
            }
            ("GET", ["repos", _, _, "pulls"]) => {
                let pull = |(number, head, of): &(u64, String, String)| json!({"number": number, "head": {"sha": head, "ref": "patch", "repo": {"full_name": of}}});
                (200, none(), self.pulls.iter().map(pull).collect())
            }
            ("GET", ["repos", _, _, "pulls", number]) => {
                let number: u64 = number.parse().unwrap_or(0);
                let head = self.pulls.iter().find(|(known, ..)| *known == number);
                let head = head.map_or(&self.head, |(_, head, _)| head);
                (200, none(), json!({"number": number, "head": {"sha": head}}))
            }
            ("GET", ["projects", _, "merge_requests", _]) => {
                (200, none(), json!({"sha": self.head}))
            }
            ("GET", ["repos", _, _, "issues", _, "comments"]) => self.list(query, false),
            ("GET", ["projects", _, "merge_requests", _, "notes"]) => self.list(query, true),
            ("POST", ["repos", .., "comments"] | ["projects", .., "notes"]) => {
                self.write(None, request)
            }
            ("PATCH", ["repos", _, _, "issues", "comments", id])
            | ("PUT", ["projects", .., "notes", id]) => self.write(id.parse().ok(), request),
            ("DELETE", [.., "comments" | "notes", id]) => {
                let id = id.parse().unwrap_or(0);
                self.comments.retain(|comment| comment.id != id);
                (204, none(), Value::Null)
            }
            _ => (404, none(), json!({"message": "Not Found"})),
        }
    }

    fn list(&self, query: &str, gitlab: bool) -> (u16, Vec<(&'static str, String)>, Value) {
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
        let page: usize = page.and_then(|page| page.parse().ok()).unwrap_or(1);
        let from = (page - 1) * self.page;
        let some = self.comments.iter().skip(from).take(self.page).map(shown).collect();
        let more = from + self.page < self.comments.len();
        let headers = match (more, gitlab) {
            (false, _) => Vec::new(),
            (true, true) => vec![("x-next-page", (page + 1).to_string())],
            (true, false) => vec![("link", "<http://elsewhere.example.com/>; rel=\"next\"".into())],
        };
        (200, headers, some)
    }

    fn write(
        &mut self,
        id: Option<u64>,
        request: &Request,
    ) -> (u16, Vec<(&'static str, String)>, Value) {
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let body = body["body"].as_str().unwrap_or_default().to_owned();
        if body.encode_utf16().count() > self.longest {
            let errors = json!([{"code": "custom", "message": "body is too long"}]);
            return (422, vec![], json!({"message": "Validation Failed", "errors": errors}));
        }
        let author = self.author();
        let id = match id {
            None => self.add(&author, &body),
            Some(id) => id,
        };
        let Some(comment) = self.comments.iter_mut().find(|comment| comment.id == id) else {
            return (404, vec![], json!({"message": "Not Found"}));
        };
        comment.body = body;
        (201, vec![], shown(comment))
    }
}

/// A comment as both hosts show it.
fn shown(comment: &Kept) -> Value {
    json!({
        "id": comment.id,
        "body": comment.body,
        "html_url": format!("https://git.example.com/o/r/pull/7#c{}", comment.id),
        "user": {"login": comment.author, "type": "Bot"},
        "author": {"username": comment.author},
        "system": false,
    })
}

fn read(stream: &mut impl Read) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut request = Request { method, path, headers, body: String::new() };
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

fn write(stream: &mut impl Write, status: u16, headers: &[(&'static str, String)], body: &str) {
    let whole = answer(status, headers, body);
    let _ = stream.write_all(whole.as_bytes()).and_then(|()| stream.flush());
}

fn answer(status: u16, headers: &[(&'static str, String)], body: &str) -> String {
    let mut head = format!("HTTP/1.1 {status} Told\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = if status == 204 { "" } else { body };
    format!("{head}content-length: {}\r\n\r\n{body}", body.len())
}
