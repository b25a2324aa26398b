//! `mdboard lint`: what is wrong with templates and checklists, and mending it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::args::{Global, LintArgs, LintFormat};
use super::output::Output;
use super::progress::Bar;
use super::{Failure, Outcome, World};
use crate::lint::baseline::{self, Baseline, Known};
use crate::lint::finding::{Applicability, Finding};
use crate::lint::fix::{self, Mended};
use crate::lint::page::Page;
use crate::lint::project::Project;
use crate::lint::rules;
use crate::lint::select::{Asked, Selection};
use crate::load::lint::{LintRequest, Site};
use crate::load::{self, Revision};
use crate::model::RepoPath;
use crate::render::{lint, words};
use crate::report::Findings;
use crate::workspace;

/// The path that means standard input.
const STDIN: &str = "-";
/// More of standard input is not read: no checklist is larger.
const MOST_INPUT: u64 = 16 * 1024 * 1024;

pub(super) fn run(
    args: &LintArgs,
    global: &Global,
    world: &World,
    stdin: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let board = global.request(world.now);
    let writes = (args.fix || args.unsafe_fixes) && !args.diff;
    if writes && board.revision != Revision::WorkingTree {
        return Err(Failure::FixesThePast);
    }
    let known = match &args.baseline {
        Some(path) => read_baseline(&board.dir.join(path), args.add_baseline)?,
        None => None,
    };
    let request = LintRequest {
        board,
        paths: args.paths.iter().filter(|path| path.as_os_str() != STDIN).cloned().collect(),
        stdin: standard_input(args, stdin)?,
        since: args.since.clone(),
    };
    let bar = Bar::new(world.error_terminal && !global.quiet);
    let run = Run { args, request: &request, writes, known };
    let linted = load::lint::lint(&request, &|done, of| bar.linted(done, of), |project, site| {
        run.lint(project, site)
    });
    bar.clear();
    let linted = linted??;
    output.notices(&linted.notices);
    run.tell(&linted, output)
}

/// What standard input holds, if that is to be linted.
fn standard_input(
    args: &LintArgs,
    stdin: &mut dyn Read,
) -> Result<Option<(PathBuf, Vec<u8>)>, Failure> {
    let is_asked = args.paths.iter().any(|path| path.as_os_str() == STDIN);
    match (is_asked, &args.stdin_filename) {
        (false, None) => Ok(None),
        (false, Some(_)) => Err(Failure::NoStdin),
        (true, _) if args.paths.len() > 1 => Err(Failure::StdinAndFiles),
        (true, None) => Err(Failure::NamelessStdin),
        (true, Some(name)) => {
            let mut bytes = Vec::new();
            stdin.take(MOST_INPUT).read_to_end(&mut bytes)?;
            Ok(Some((name.clone(), bytes)))
        }
    }
}

/// One run of the linter.
struct Run<'a> {
    args: &'a LintArgs,
    request: &'a LintRequest,
    /// Whether files are changed.
    writes: bool,
    known: Option<Baseline>,
}

/// What came of it.
struct Linted {
    findings: Vec<Finding>,
    fingerprints: Vec<String>,
    texts: BTreeMap<RepoPath, String>,
    files: usize,
    known: usize,
    gone: usize,
    /// What a baseline knows of what was not looked at.
    kept: Baseline,
    mended: BTreeMap<RepoPath, Mended>,
    notices: Vec<load::Notice>,
    /// What standard input became, where it was to be mended.
    stdin: Option<Vec<u8>>,
}

impl Run<'_> {
    fn lint(&self, project: Project<'_>, site: &Site) -> Result<Linted, Failure> {
        let asked = Asked {
            select: self.args.select.clone(),
            extend: self.args.extend_select.clone(),
            ignore: self.args.ignore.clone(),
        };
        let selection = Selection::new(&site.config.lint, &asked, &site.root)
            .map_err(|unknown| Failure::NoRule { name: unknown.name, help: unknown.help })?;
        let most = match self.args.unsafe_fixes {
            true => Applicability::Unsafe,
            false => Applicability::Safe,
        };
        let (project, findings, mended) = if self.writes {
            let fix::Outcome { project, mended, findings } = fix::mend(project, &selection, most);
            (project, findings, mended)
        } else {
            let findings = crate::lint::check(&project, &selection);
            (project, findings, BTreeMap::new())
        };
        let line = |path: &RepoPath, finding: &Finding| {
            let page: Option<&Page<'_>> = project.page(path);
            page.map_or("", |page| page.slice(page.line(finding.start.line)))
        };
        let fingerprints = baseline::fingerprints(&findings, line);
        let stdin = match (&site.stdin, &self.request.stdin) {
            (Some(path), Some((_, given))) if self.writes => {
                let page = project.page(path).filter(|page| page.is_exact);
                Some(page.map_or(given.clone(), |page| page.text.clone().into_bytes()))
            }
            _ => None,
        };
        if self.writes && site.stdin.is_none() {
            for (path, file) in &mended {
                site.write(path, &file.before, &file.after)?;
            }
        }
        let asked_paths: BTreeSet<RepoPath> =
            project.asked_pages().map(|page| page.path.clone()).collect();
        let (files, texts) = (asked_paths.len(), texts(&project, &findings));
        let mended = if self.args.diff {
            fix::mend(project, &selection, most).mended
        } else {
            // The program ends soon: handing back every text one by one would take longer than it.
            std::mem::forget(project);
            mended
        };
        let all = findings.len();
        let (kept, looked_at) = self.known_apart(&asked_paths, &selection);
        let sifted = (!self.args.add_baseline).then(|| looked_at.sift(&findings, &fingerprints));
        let (findings, fingerprints, gone) = match sifted {
            Some(sifted) => sifted_out(findings, fingerprints, sifted),
            None => (findings, fingerprints, 0),
        };
        Ok(Linted {
            known: all - findings.len(),
            findings,
            fingerprints,
            texts,
            files,
            gone,
            kept,
            mended,
            notices: site.notices.clone(),
            stdin,
        })
    }

    /// What a baseline knows: of what this run does not look at, and of what it does.
    fn known_apart(
        &self,
        asked: &BTreeSet<RepoPath>,
        selection: &Selection,
    ) -> (Baseline, Baseline) {
        let LintRequest { paths, stdin, since, .. } = self.request;
        let is_whole = paths.is_empty() && stdin.is_none() && since.is_none();
        let is_looked_at = |known: &Known| {
            let rule = rules::find(&known.code);
            rule.is_none_or(|rule| selection.is_selected_somewhere(rule))
                && (is_whole || asked.contains(&RepoPath::new(known.path.as_str())))
        };
        let known = self.known.iter().flat_map(|known| &known.findings).cloned();
        let (looked_at, kept) = known.partition(is_looked_at);
        (Baseline::new(kept), Baseline::new(looked_at))
    }

    fn tell(&self, linted: &Linted, output: &mut Output<'_>) -> Result<Outcome, Failure> {
        let findings = Findings {
            all: &linted.findings,
            fingerprints: &linted.fingerprints,
            texts: &linted.texts,
            files: linted.files,
            known: linted.known,
            mended: &linted.mended,
        };
        if self.args.add_baseline {
            return self.add_baseline(linted, output);
        }
        if linted.gone > 0 {
            let gone = words::plural(linted.gone, "finding");
            output.say(&format!("{gone} of the baseline no longer there: --add-baseline forgets"));
        }
        let is_bad = |finding: &Finding| finding.severity <= self.args.fail_on;
        let fails = linted.findings.iter().any(is_bad) && !self.args.exit_zero;
        match self.write(&findings, linted, output) {
            // Whoever reads has read enough; what was found stays found.
            Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written?,
        }
        Ok(if fails { Outcome::Findings } else { Outcome::Fine })
    }

    fn write(
        &self,
        findings: &Findings<'_>,
        linted: &Linted,
        output: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let style = output.style;
        let summary = match self.args.diff {
            true => lint::would_mend(findings),
            false => lint::summary(findings),
        };
        if let Some(bytes) = &linted.stdin {
            output.stream(|out| out.write_all(bytes))?;
            output.say(&lint::concise(findings));
            output.say(&summary);
        } else if self.args.diff {
            output.data(&lint::diff(findings, &style))?;
            output.say(&summary);
        } else {
            match self.args.format {
                LintFormat::Full => output.data(&lint::full(findings, &style))?,
                LintFormat::Concise => output.data(&lint::concise(findings))?,
                LintFormat::Github => output.data(&lint::github(findings))?,
                LintFormat::Json => output.stream(|out| lint::json(findings, out))?,
                LintFormat::Sarif => output.stream(|out| lint::sarif(findings, out))?,
                LintFormat::Gitlab => output.stream(|out| lint::gitlab(findings, out))?,
                LintFormat::Junit => output.stream(|out| lint::junit(findings, out))?,
            }
            if self.args.format != LintFormat::Full {
                output.say(&summary);
            }
        }
        Ok(())
    }

    /// Writes what was found into the baseline.
    fn add_baseline(&self, linted: &Linted, output: &mut Output<'_>) -> Result<Outcome, Failure> {
        let Some(path) = &self.args.baseline else { return Ok(Outcome::Fine) };
        let place = self.request.board.dir.join(path);
        let baseline = Baseline::of(&linted.findings, &linted.fingerprints).and(&linted.kept);
        let mut text = serde_json::to_string_pretty(&baseline).map_err(io::Error::from)?;
        text.push('\n');
        workspace::write_whole(&place, text.as_bytes(), None)
            .map_err(|reason| Failure::File { path: place.clone(), reason })?;
        let count = words::plural(linted.findings.len(), "finding");
        output.say(&format!("{count} written to {}", path.display()));
        Ok(Outcome::Fine)
    }
}

/// The texts of the files that have findings.
fn texts(project: &Project<'_>, findings: &[Finding]) -> BTreeMap<RepoPath, String> {
    let mut texts = BTreeMap::new();
    for finding in findings {
        if !texts.contains_key(&finding.path)
            && let Some(page) = project.page(&finding.path)
        {
            texts.insert(finding.path.clone(), page.text.clone());
        }
    }
    texts
}

/// The findings that a baseline does not know, with what they are known by, and how many of the
/// baseline's are gone.
fn sifted_out(
    findings: Vec<Finding>,
    fingerprints: Vec<String>,
    (is_new, gone): (Vec<bool>, usize),
) -> (Vec<Finding>, Vec<String>, usize) {
    let both = findings.into_iter().zip(fingerprints).zip(is_new);
    let (findings, fingerprints) = both.filter(|(_, is_new)| *is_new).map(|(both, _)| both).unzip();
    (findings, fingerprints, gone)
}

/// The baseline in a file; `None` where it may be missing and is.
fn read_baseline(path: &Path, may_be_missing: bool) -> Result<Option<Baseline>, Failure> {
    let failure = |reason: String| Failure::Baseline { path: path.to_owned(), reason };
    match fs::read_to_string(path) {
        Ok(text) => Baseline::read(&text).map(Some).map_err(failure),
        Err(error) if may_be_missing && error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failure(error.to_string())),
    }
}
