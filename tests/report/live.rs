//! A site that is served and watched.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::common::Repo;
use crate::{PLAN, TEXT, mdboard, repo};

/// No step takes longer, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, serving.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(repo: &Repo, more: &[&str]) -> Served {
        let arguments = [&["--serve", "127.0.0.1:0"], more].concat();
        let mut command = mdboard(repo, &arguments);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let rest = line.split("http://").nth(1)?;
            Some(rest.split('/').next()?.to_owned())
        });
        if more.contains(&"--watch") {
            let watches =
                |line: Result<String, _>| line.is_ok_and(|line| line.contains("watching"));
            assert!(lines.by_ref().any(watches), "it watches");
        }
        // Somebody has to read on, or the program would stop at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Served { child, address: address.expect("it says where") }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream
    }

    fn ask(&self, head: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: {}", self.address))
    }

    /// Waits for news of another version while something is done.
    fn news(&self, act: impl FnOnce()) {
        let mut stream = self.connect();
        let ask = format!("GET /.mdboard/changes HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        stream.write_all(ask.as_bytes()).expect("sent");
        let mut lines = BufReader::new(stream).lines();
        // Whoever has an answer's head is a listener.
        let head = lines.by_ref().map(|line| line.expect("an answer")).find(String::is_empty);
        assert!(head.is_some());
        act();
        let told =
            lines.map(|line| line.expect("news in time")).find(|line| line.contains("change"));
        assert!(told.is_some());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_are_served_to_this_machine() {
    let repo = repo();
    let served = Served::start(&repo, &[]);
    let page = served.get("/");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("content-type: text/html; charset=utf-8") && page.contains("no-store"));
    assert!(page.contains("partners/acme.html") && !page.contains("EventSource"));
    assert!(served.get("/partners/acme.html").contains("Story"));
    assert!(served.get("/overdue.ics").contains("text/calendar"));
    for path in ["/nothing", "/../mdboard.toml", "/%2e%2e/partners/acme/plan.md", "/partners"] {
        assert!(served.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
    let posted =
        served.ask(&format!("POST / HTTP/1.1\r\nhost: {}\r\ncontent-length: 0", served.address));
    assert!(posted.starts_with("HTTP/1.1 405"), "{posted}");
    let other = served.ask("GET / HTTP/1.1\r\nhost: board.example.com");
    assert!(other.starts_with("HTTP/1.1 403") && !other.contains("acme"), "{other}");
}

#[test]
fn whoever_ticks_sees_the_page_move() {
    let repo = repo();
    let served = Served::start(&repo, &["--watch"]);
    let page = served.get("/");
    assert!(page.contains("EventSource") && page.contains("1 of 3 items done"), "{page}");
    served.news(|| {
        repo.write(PLAN, TEXT.replace("[ ] Scan", "[x] Scan"));
    });
    assert!(served.get("/").contains("2 of 3 items done"));
    assert!(served.get("/partners/acme.html").contains("<summary>not committed<"));
    served.news(|| {
        repo.commit("Scan");
    });
    let page = served.get("/partners/acme.html");
    assert!(!page.contains("<summary>not committed<"), "{page}");
    // What cannot be read leaves the last page, and what is mended brings the next.
    repo.write("mdboard.toml", "partners = [");
    assert!(served.get("/").contains("2 of 3 items done"));
    served.news(|| {
        repo.write("mdboard.toml", "").write(PLAN, TEXT.replace("[ ]", "[x]"));
    });
    assert!(served.get("/").contains("3 of 3 items done"));
}

#[test]
fn a_folder_is_written_again() {
    let repo = repo();
    let served = Served::start(&repo, &["--watch", "--out", "site"]);
    let read = || std::fs::read_to_string(repo.join("site/index.html")).expect("it is written");
    assert!(read().contains("1 of 3 items done"));
    served.news(|| {
        repo.write(PLAN, TEXT.replace("[ ] Scan", "[x] Scan"));
    });
    assert!(read().contains("2 of 3 items done"));
    assert!(!read().contains("EventSource"), "what is published waits for nothing");
}

/// How often a program has told that it wrote its folder, after a while in which nothing changed.
fn writes(repo: &Repo, out: &str) -> usize {
    let mut command = mdboard(repo, &["--watch", "--out", out]);
    let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
    std::thread::sleep(Duration::from_secs(3));
    child.kill().expect("it still runs");
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&output.stderr).matches("wrote ").count()
}

#[test]
fn what_it_writes_is_no_change() {
    let repo = repo();
    let other = tempfile::tempdir().expect("a folder");
    let link = other.path().join("link");
    #[cfg(unix)]
    std::os::unix::fs::symlink(repo.path(), &link).expect("a link");
    #[cfg(not(unix))]
    std::fs::create_dir(&link).expect("a folder");
    let through = link.join("site").display().to_string();
    for out in ["partners/../site", &through] {
        assert_eq!(writes(&repo, out), 1, "{out}");
    }
}

#[test]
fn somebody_who_writes_on_and_on_stops_nothing() {
    let repo = repo();
    let served = Served::start(&repo, &["--watch"]);
    let log = repo.join("build.log");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                std::fs::write(&log, "more").expect("written");
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        served.news(|| {
            std::fs::write(repo.join(PLAN), TEXT.replace("[ ] Scan", "[x] Scan")).expect("written");
        });
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(served.get("/").contains("2 of 3 items done"));
}
