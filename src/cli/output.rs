//! Writing: data to one stream, everything else to the other.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};

use super::args::{Color, Global};
use super::{Failure, World};
use crate::load;
use crate::load::{Notice, NoticeLevel};
use crate::model::{Diagnostic, Severity};
use crate::render::escape;

/// How many findings are told before the rest is only counted.
const MOST_FINDINGS: usize = 10;
/// How wide a table is where nobody says how wide it may be.
const PIPED_WIDTH: usize = 120;
/// No table is made for less than this.
const LEAST_WIDTH: usize = 60;

/// A stream, and what was written to it since that is recorded, up to so many bytes. Of what could
/// not all be written there is no record: it is not all that was to be said.
struct Tape<'a> {
    to: &'a mut dyn Write,
    recorded: Option<Vec<u8>>,
    most: usize,
}

impl Write for Tape<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let recorded = self.recorded.take();
        let written = self.to.write(bytes)?;
        self.recorded = recorded.filter(|recorded| recorded.len() + written <= self.most);
        if let Some(recorded) = &mut self.recorded {
            recorded.extend_from_slice(&bytes[..written]);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Where a command writes.
pub(super) struct Output<'a> {
    stdout: Tape<'a>,
    stderr: Tape<'a>,
    quiet: bool,
    verbose: bool,
    error_color: bool,
    /// How a table is to look.
    pub(super) style: crate::render::Style,
}

impl<'a> Output<'a> {
    pub(super) fn new(
        global: &Global,
        world: &World,
        stdout: &'a mut dyn Write,
        stderr: &'a mut dyn Write,
    ) -> Output<'a> {
        let color = |allowed| match global.color {
            Color::Auto => allowed,
            Color::Always => true,
            Color::Never => false,
        };
        let width = world.columns.unwrap_or(PIPED_WIDTH).max(LEAST_WIDTH);
        Output {
            stdout: Tape { to: stdout, recorded: None, most: 0 },
            stderr: Tape { to: stderr, recorded: None, most: 0 },
            quiet: global.quiet,
            verbose: global.verbose,
            error_color: color(world.error_color),
            style: crate::render::Style { width, color: color(world.color) },
        }
    }

    /// Writes the answer.
    pub(super) fn data(&mut self, text: &str) -> Result<(), Failure> {
        self.stream(|out| out.write_all(text.as_bytes()))
    }

    /// Writes the answer bit by bit.
    pub(super) fn stream(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        write(&mut self.stdout)?;
        Ok(self.stdout.flush()?)
    }

    /// All that what is written depends on besides its content; `None` where it may tell of how it
    /// came about, too.
    pub(super) fn manner(&self) -> Option<String> {
        let manner = || format!("{:?} {} {}", self.style, self.error_color, self.quiet);
        (!self.verbose).then(manner)
    }

    /// Begins to record what is written, as long as it is no more than so many bytes.
    pub(super) fn record(&mut self, most: usize) {
        for tape in [&mut self.stdout, &mut self.stderr] {
            (tape.recorded, tape.most) = (Some(Vec::new()), most);
        }
    }

    /// What was written since, to standard output and to standard error, if it is not too much.
    pub(super) fn recorded(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.stdout.recorded.take().zip(self.stderr.recorded.take())
    }

    /// Writes an answer that was given before.
    pub(super) fn again(&mut self, given: &mut load::Given) -> Result<(), Failure> {
        let _ = self.stderr.write_all(&given.stderr);
        self.stream(|out| given.write(out))
    }

    /// Tells something that is not the answer.
    pub(super) fn say(&mut self, text: &str) {
        if !self.quiet {
            for line in text.lines() {
                let _ = writeln!(self.stderr, "{}", escape::terminal(line));
            }
        }
    }

    /// Tells why a command could not be done.
    pub(super) fn failure(&mut self, failure: &Failure) {
        if let Failure::Load(crate::load::Error::Config(findings)) = failure {
            findings.iter().for_each(|finding| self.finding(finding));
            return;
        }
        self.line("error", AnsiColor::Red, &escape::terminal(&failure.to_string()));
        if let Some(help) = failure.help() {
            self.help(&help);
        }
    }

    /// Tells what a reader of the board should know.
    pub(super) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            let (word, color) = match notice.level {
                NoticeLevel::Warning if self.quiet => continue,
                NoticeLevel::Warning => ("warning", AnsiColor::Yellow),
                NoticeLevel::Note if !self.verbose => continue,
                NoticeLevel::Note => ("note", AnsiColor::Cyan),
            };
            self.line(word, color, &escape::terminal(&notice.message));
            if let Some(help) = &notice.help {
                self.help(help);
            }
        }
    }

    /// Tells what could not be understood, the first of it in full.
    pub(super) fn diagnostics(&mut self, diagnostics: &[Diagnostic]) {
        if self.quiet {
            return;
        }
        let told = |finding: &&Diagnostic| self.verbose || finding.severity != Severity::Info;
        let told: Vec<&Diagnostic> = diagnostics.iter().filter(told).collect();
        let most = if self.verbose { told.len() } else { MOST_FINDINGS };
        for finding in told.iter().take(most) {
            self.finding(finding);
        }
        if told.len() > most {
            let rest = told.len() - most;
            self.line("warning", AnsiColor::Yellow, &format!("and {rest} more; -v tells all"));
        }
    }

    fn finding(&mut self, finding: &Diagnostic) {
        let color = match finding.severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::Cyan,
        };
        let (path, start) = (escape::terminal(finding.path.as_str()), finding.start);
        let (message, code) = (escape::terminal(&finding.message), finding.code);
        let (line, column) = (start.line.0, start.column);
        let text = format!("{path}:{line}:{column}: {message} ({}[{}])", code.code, code.rule);
        self.line(finding.severity.name(), color, &text);
        if let Some(help) = &finding.help {
            self.help(help);
        }
    }

    fn help(&mut self, help: &str) {
        for (number, line) in help.lines().enumerate() {
            let label = if number == 0 { "  help: " } else { "        " };
            // Standard error is all there is to complain on, so a failure there goes unsaid.
            let _ = writeln!(self.stderr, "{label}{}", escape::terminal(line));
        }
    }

    fn line(&mut self, word: &str, color: AnsiColor, text: &dyn Display) {
        let style = if self.error_color { color.on_default().bold() } else { Ansi::new() };
        let _ = writeln!(self.stderr, "{style}{word}{style:#}: {text}");
    }
}
