//! `mdboard report`: the board as a site, written, watched or served.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;

use rayon::prelude::*;

use super::args::{Global, ReportArgs};
use super::output::Output;
use super::progress::Bar;
use super::{Failure, Outcome, World};
use crate::forge::Variables;
use crate::lint;
use crate::lint::finding::Finding;
use crate::lint::select::{Asked, Selection};
use crate::load::lint::LintRequest;
use crate::load::{self, Loaded, Notice, Places, Request};
use crate::render::site::{Content, File, Site};
use crate::render::words;
use crate::report::web::{Style, Web};
use crate::serve::{Server, Watch};
use crate::workspace;

pub(super) fn run(
    args: &ReportArgs,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    if let Some(address) = args.serve.filter(|address| !address.ip().is_loopback())
        && !args.allow_remote
    {
        return Err(Failure::Remote { address });
    }
    let request = global.request(world.now);
    let places = load::places(&request)?;
    let web = web(&places, &world.variables);
    let run = Run { args, global, web: web.as_ref() };
    // Listening comes first: a port in use is told before anybody has waited.
    let server = args.serve.map(listen).transpose()?;
    let own = args.out.as_deref();
    let watch = args.watch.then(|| Watch::start(&places.worktree, &places.git, own));
    let watch = watch.transpose().map_err(Failure::Watch)?;
    run.make(&request, world.error_terminal, server.as_ref(), output)?;
    if let Some(server) = &server {
        output.say(&format!("serving http://{}/ until stopped (Ctrl-C)", server.address()));
    }
    let Some(watch) = watch else {
        // The pages are served by another thread for as long as the program runs.
        while server.is_some() {
            thread::park();
        }
        return Ok(Outcome::Fine);
    };
    output.say("watching files and branches");
    while watch.wait() {
        let request = global.request((world.clock)());
        match run.make(&request, false, server.as_ref(), output) {
            Ok(()) => {}
            Err(Failure::Output(error)) => return Err(Failure::Output(error)),
            // Half-written files are mended with the next keystroke.
            Err(failure) => output.failure(&failure),
        }
    }
    Ok(Outcome::Fine)
}

fn listen(address: SocketAddr) -> Result<Server, Failure> {
    Server::start(address).map_err(|reason| Failure::Serve { address, reason })
}

/// The repository's pages on the web, if its host is known or the CI's own.
fn web(places: &Places, variables: &Variables) -> Option<Web> {
    let is_gitea =
        variables.get("GITEA_ACTIONS").is_some() || variables.get("FORGEJO_ACTIONS").is_some();
    let github = if is_gitea { Style::Gitea } else { Style::Github };
    let servers = [("GITHUB_SERVER_URL", github), ("CI_SERVER_URL", Style::Gitlab)];
    let servers = servers.into_iter().filter_map(|(name, style)| {
        let address = variables.get(name)?;
        let host = address.split("://").nth(1)?.split('/').next()?;
        Some((host.to_owned(), style))
    });
    Web::of(places.remote.as_deref()?, &servers.collect::<Vec<_>>())
}

struct Run<'a> {
    args: &'a ReportArgs,
    global: &'a Global,
    web: Option<&'a Web>,
}

/// What a site is made of.
struct Made {
    loaded: Loaded,
    findings: Vec<Finding>,
    notices: Vec<Notice>,
}

impl Run<'_> {
    /// Makes the site once.
    fn make(
        &self,
        request: &Request,
        is_seen: bool,
        server: Option<&Server>,
        output: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let made = self.load(request, is_seen)?;
        output.notices(&made.loaded.notices);
        output.notices(&made.notices);
        output.diagnostics(&made.loaded.board.diagnostics);
        let content = Content {
            board: &made.loaded.board,
            findings: &made.findings,
            web: self.web,
            live: false,
        };
        if let Some(folder) = &self.args.out {
            let site = Site::new(content);
            let count = write(&site, folder)?;
            let first = folder.join(site.path(File::Portfolio));
            output.say(&format!("wrote {}: {}", words::plural(count, "file"), first.display()));
        }
        if let Some(server) = server {
            let site = Site::new(Content { live: self.args.watch, ..content });
            let files = site.files();
            let content = |file: File| {
                let mut bytes = Vec::new();
                site.write(file, &mut bytes).map(|()| (site.path(file), bytes))
            };
            let files = files.par_iter().map(|file| content(*file));
            server.show(files.collect::<Result<HashMap<_, _>, _>>()?);
        }
        // As in `status`.
        std::mem::forget(made);
        Ok(())
    }

    /// The board, and beside it the linter: neither needs anything of the other.
    fn load(&self, request: &Request, is_seen: bool) -> Result<Made, Failure> {
        let bar = Bar::new(is_seen && !self.global.quiet);
        let (loaded, linted) = thread::scope(|threads| {
            let linted = threads.spawn(|| lint(request));
            let loaded = load::board_by(request, self.global.means(true, &bar));
            let join = linted.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (loaded, join)
        });
        bar.clear();
        let loaded = loaded?;
        let (findings, notices) = linted?;
        Ok(Made { loaded, findings, notices })
    }
}

/// What the linter finds by the board's own rules.
fn lint(request: &Request) -> Result<(Vec<Finding>, Vec<Notice>), Failure> {
    let request =
        LintRequest { board: request.clone(), paths: Vec::new(), stdin: None, since: None };
    load::lint::lint(&request, &|_, _| (), |project, site| {
        let selection = Selection::new(&site.config.lint, &Asked::default(), &site.root)
            .map_err(|unknown| Failure::NoRule { name: unknown.name, help: unknown.help })?;
        Ok((lint::check(&project, &selection), site.notices.clone()))
    })?
}

/// Writes the site, and tells of how many files it is.
fn write(site: &Site<'_>, folder: &Path) -> Result<usize, Failure> {
    let files = site.files();
    workspace::publish(folder, &files, |file| site.path(file), |file, out| site.write(file, out))?;
    Ok(files.len())
}
