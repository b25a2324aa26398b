//! A site on loopback, for somebody who watches it change: pages are sent as they are now, and told
//! when they are others. And the watch over the files that it is made of.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing};
use notify::{EventKind, RecursiveMode, Watcher};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// So long nothing may change before what has changed is looked at: an editor, or git, writes more
/// than one file.
const QUIET: Duration = Duration::from_millis(150);

/// After so many of these it is looked at anyway: somebody else may write on and on, as a build does.
const MOST: usize = 12;

/// The files of a site, by their paths in it.
pub type Files = HashMap<String, Vec<u8>>;

/// A version of the site.
#[derive(Clone, Default)]
struct Shown {
    number: u64,
    files: Arc<Files>,
}

/// A server that runs until the program ends.
pub struct Server {
    address: SocketAddr,
    shown: watch::Sender<Shown>,
}

impl Server {
    /// Serves what [`Server::show`] will be given.
    ///
    /// # Errors
    ///
    /// The address cannot be listened to.
    pub fn start(address: SocketAddr) -> io::Result<Server> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (shown, looked_at) = watch::channel(Shown::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let router = router(address, looked_at);
        thread::spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(listener, router).await
            })
        });
        Ok(Server { address, shown })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows another version of the site, and tells the pages that are open. The same once more is no
    /// other: whoever reads keeps their place.
    pub fn show(&self, files: Files) {
        self.shown.send_if_modified(|shown| {
            let is_other = *shown.files != files;
            if is_other {
                *shown = Shown { number: shown.number + 1, files: Arc::new(files) };
            }
            is_other
        });
    }
}

fn router(address: SocketAddr, shown: watch::Receiver<Shown>) -> Router {
    Router::new()
        .route("/.mdboard/changes", routing::get(changes))
        .fallback(file)
        .with_state(shown)
        .layer(from_fn_with_state(Arc::new(address), by_its_name))
}

/// A file of the site as it is now.
async fn file(State(shown): State<watch::Receiver<Shown>>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, "Pages can be read only.\n").into_response();
    }
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let path = match path.trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    let files = Arc::clone(&shown.borrow().files);
    match files.get(path) {
        Some(bytes) => (headers(path), bytes.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such page on this board.\n").into_response(),
    }
}

fn headers(path: &str) -> [(HeaderName, &'static str); 3] {
    let kind = match path.rsplit_once('.').map_or("", |(_, kind)| kind) {
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/atom+xml",
        "md" => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    };
    [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}

async fn changes(
    State(mut shown): State<watch::Receiver<Shown>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // What is shown already is no change.
    shown.mark_unchanged();
    let news = WatchStream::from_changes(shown);
    let told =
        news.map(|shown| Ok(Event::default().event("change").data(shown.number.to_string())));
    Sse::new(told).keep_alive(KeepAlive::default())
}

/// Lets only those in who call a server on loopback by a name of loopback: another name that leads
/// here would let somebody's page on the web read the board.
async fn by_its_name(
    State(address): State<Arc<SocketAddr>>,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.map(|host| match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    });
    let is_local = |name: &str| {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    };
    if address.ip().is_loopback() && !name.is_some_and(is_local) {
        return (StatusCode::FORBIDDEN, "This board is served to this machine only.\n")
            .into_response();
    }
    next.run(request).await
}

/// Where a path leads, as the system names it in its news, though it may not be there yet: what is
/// there of it is followed, and the rest stands behind.
fn place(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let there = path.ancestors().find_map(|part| Some((part, std::fs::canonicalize(part).ok()?)));
    let Some((part, mut full)) = there else { return Ok(path) };
    for name in path.strip_prefix(part).unwrap_or(Path::new("")).components() {
        match name {
            Component::ParentDir => {
                full.pop();
            }
            name => full.push(name),
        }
    }
    Ok(full)
}

/// Somebody who notices that files change.
pub struct Watch {
    /// Keeps watching.
    _watcher: notify::RecommendedWatcher,
    changed: Receiver<()>,
}

impl Watch {
    /// Watches a working tree and the git directories, without a folder that the program itself
    /// writes.
    ///
    /// # Errors
    ///
    /// The system cannot watch them.
    pub fn start(worktree: &Path, git: &[PathBuf], own: Option<&Path>) -> io::Result<Watch> {
        let (tell, changed) = channel();
        let full = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let git_paths: Vec<PathBuf> = git.iter().map(|path| full(path)).collect();
        let own = own.map(place).transpose()?;
        let watched = move |path: &Path| {
            let is_git = git_paths.iter().find_map(|git| path.strip_prefix(git).ok());
            let is_desk = path
                .components()
                .any(|part| part.as_os_str().to_string_lossy().starts_with(".mdboard-"));
            match is_git {
                Some(inside) => {
                    inside.starts_with("refs")
                        || inside == Path::new("HEAD")
                        || inside == Path::new("packed-refs")
                }
                None => !own.as_ref().is_some_and(|own| path.starts_with(own)) && !is_desk,
            }
        };
        let handle = move |event: notify::Result<notify::Event>| {
            let is_change = |event: &notify::Event| {
                !matches!(event.kind, EventKind::Access(_) | EventKind::Other)
                    && (event.paths.is_empty() || event.paths.iter().any(|path| watched(path)))
            };
            // What could not be watched may have changed.
            if event.as_ref().map_or(true, is_change) {
                let _ = tell.send(());
            }
        };
        let broken = |error: notify::Error| io::Error::other(error.to_string());
        let mut watcher = notify::recommended_watcher(handle).map_err(broken)?;
        let worktree = full(worktree);
        watcher.watch(&worktree, RecursiveMode::Recursive).map_err(broken)?;
        let elsewhere = git.iter().map(|git| full(git)).filter(|git| !git.starts_with(&worktree));
        for git in elsewhere {
            watcher.watch(&git, RecursiveMode::Recursive).map_err(broken)?;
        }
        Ok(Watch { _watcher: watcher, changed })
    }

    /// Waits until something has changed and nothing has for a moment, or for too long; false: it
    /// never will.
    pub fn wait(&self) -> bool {
        if self.changed.recv().is_err() {
            return false;
        }
        for _ in 0..MOST {
            thread::sleep(QUIET);
            if self.changed.try_iter().count() == 0 {
                break;
            }
        }
        true
    }
}
