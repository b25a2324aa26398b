//! Commits as a stream for `git fast-import`.

use std::io::{self, Write};

use crate::model::{Draft, Signed};

/// The branch that the mainline's commits are written to.
const MAIN: &str = "refs/heads/main";
/// Where the commits of merged branches are written to; it is gone at the end.
const SIDE: &str = "refs/heads/side";

/// Writes commits as a stream. The mark of a commit is its number and one more, since 0 is no mark.
pub struct FastImport<'w> {
    out: &'w mut dyn Write,
    written: usize,
    side: bool,
}

impl<'w> FastImport<'w> {
    /// Begins a stream.
    pub fn new(out: &'w mut dyn Write) -> FastImport<'w> {
        FastImport { out, written: 0, side: false }
    }

    /// Writes the next commit; `mainline` tells whether it stands on the branch itself.
    pub fn commit(&mut self, draft: &Draft, mainline: bool) -> io::Result<()> {
        self.written += 1;
        self.side |= !mainline;
        let out = &mut *self.out;
        writeln!(out, "commit {}", if mainline { MAIN } else { SIDE })?;
        writeln!(out, "mark :{}", self.written)?;
        person(out, "author", &draft.author)?;
        person(out, "committer", &draft.committer)?;
        data(out, draft.message.as_bytes())?;
        for (at, parent) in draft.parents.iter().enumerate() {
            writeln!(out, "{} :{}", if at == 0 { "from" } else { "merge" }, parent + 1)?;
        }
        for (path, content) in draft.changes.iter().filter(|(_, content)| content.is_none()) {
            debug_assert!(content.is_none());
            writeln!(out, "D {path}")?;
        }
        for (path, content) in &draft.changes {
            if let Some(content) = content {
                writeln!(out, "M 100644 inline {path}")?;
                data(out, content)?;
            }
        }
        writeln!(out)
    }

    /// Ends the stream.
    pub fn finish(self) -> io::Result<()> {
        if self.side {
            writeln!(self.out, "reset {SIDE}\nfrom {}\n", "0".repeat(40))?;
        }
        writeln!(self.out, "done")?;
        self.out.flush()
    }
}

fn person(out: &mut dyn Write, role: &str, signed: &Signed) -> io::Result<()> {
    let (person, at) = (&signed.person, signed.at.0);
    let (sign, minutes) = (if signed.offset < 0 { '-' } else { '+' }, signed.offset.unsigned_abs());
    let (hours, minutes) = (minutes / 60, minutes % 60);
    writeln!(out, "{role} {} <{}> {at} {sign}{hours:02}{minutes:02}", person.name, person.email)
}

fn data(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    writeln!(out, "data {}", bytes.len())?;
    out.write_all(bytes)?;
    writeln!(out)
}
