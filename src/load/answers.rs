//! Answers that were given before.
//!
//! Most looks at a board find it as the look before left it. Then all that is made of it would be
//! the same again, down to the text. A board hangs on the commit looked at, the files of the
//! working tree, the configuration and the day; the text on how it was asked for besides. Whoever
//! finds all of that unchanged has the answer.
//!
//! Only what is lasting is kept: not what a clone that lacks objects said, and not what the first
//! run said, which nobody may ask again. Writing a long answer takes as long as finding it out, and
//! is for nothing when a file changes before it is asked for again. So a long one is kept once it
//! was asked for twice; until then, a note says that it was asked for. Another note says that it
//! then turned out too long to be kept at all, or each later run would hold on to it in vain.

use std::io;
use std::io::Write;

use super::Request;
use crate::cache::{Cache, Key, Kind, Record};
use crate::dates::{Date, Timestamp};
use crate::model::CommitId;
use crate::workspace::Worktree;

/// Where in a record the parts of an answer are.
const TREE: usize = 0;
const OUTCOME: usize = 1;
const STDERR: usize = 2;
const STDOUT: usize = 3;

/// Stands for the outcome of an answer that is too long to be kept.
const TOO_LONG: &[u8] = &[];

/// Answers of more bytes are not kept at once.
const SHORT: usize = 256 * 1024;
/// And of so many not at all.
const MOST_KEPT: usize = 32 * 1024 * 1024;

/// What a command has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How it ended, as the command understands it.
    pub outcome: u8,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
}

/// An answer that was given before.
pub struct Given {
    /// How the command ended.
    pub outcome: u8,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
    record: Record,
}

/// Where the answer to a question about a board is kept.
pub struct Slot {
    cache: Cache,
    place: (CommitId, Key),
    now: Timestamp,
    /// Stands for the files of the working tree, once they are known.
    tree: Key,
    before: Before,
}

/// What is known of the same question about the same working tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing: it was not asked, as far as one can tell.
    Unknown,
    /// It was asked, and the answer was not short.
    Asked,
    /// The answer is too long to be kept.
    TooLong,
}

/// An answer that was given of some working tree, or a note about one.
pub(super) struct Known {
    record: Record,
}

/// All that an answer hangs on but the commit and the files of the working tree.
#[derive(Hash)]
pub(super) struct Grounds<'g> {
    /// What checkpoints are found by.
    pub(super) history: [u8; 16],
    /// What was asked for, and how it is to be shown.
    pub(super) question: &'g str,
    /// The configuration, what only the linter is told included.
    pub(super) config: String,
    pub(super) request: String,
    pub(super) today: Date,
    /// The branch that is checked out, on which hangs what counts as turned around.
    pub(super) branch: Option<&'g str>,
}

impl Slot {
    pub(super) fn new(cache: Cache, tip: CommitId, grounds: &Grounds<'_>, now: Timestamp) -> Slot {
        let place = (tip, Key::of_value(grounds));
        Slot { cache, place, now, tree: Key::of_value(&None::<&Worktree>), before: Before::Unknown }
    }

    /// Notes what the working tree holds.
    pub(super) fn of_tree(&mut self, tree: Option<&Worktree>) {
        self.tree = Key::of_value(&tree);
    }

    /// An answer that was given, perhaps of another working tree. One that cannot be read is none.
    pub(super) fn look(&self) -> Option<Known> {
        let record = self.cache.find(Kind::Answer, self.place, self.now).ok()??;
        Some(Known { record })
    }

    /// How long an answer may be to be kept, in bytes.
    pub fn most(&self) -> usize {
        match self.before {
            Before::Unknown => SHORT,
            Before::Asked => MOST_KEPT,
            Before::TooLong => 0,
        }
    }

    /// Keeps an answer for whoever asks again; of one that is too long, a note. What keeps it from
    /// being kept makes no difference.
    pub fn keep(&self, answer: Option<Answer>) {
        let tree = self.tree.bytes().to_vec();
        let parts = match (answer, self.before) {
            (Some(answer), _) => vec![tree, vec![answer.outcome], answer.stderr, answer.stdout],
            (None, Before::Unknown) => vec![tree],
            (None, Before::Asked) => vec![tree, TOO_LONG.to_vec()],
            (None, Before::TooLong) => return,
        };
        let _ = self.cache.save(Kind::Answer, self.place, &parts, self.now);
    }
}

impl Known {
    /// The answer, if it was given of the working tree that the slot knows.
    pub(super) fn given(mut self, slot: &mut Slot) -> Option<Given> {
        if self.record.part(TREE).ok()? != slot.tree.bytes() {
            return None;
        }
        let outcome = self.record.part(OUTCOME).ok();
        let too_long = outcome.as_deref() == Some(TOO_LONG);
        slot.before = if too_long { Before::TooLong } else { Before::Asked };
        let outcome = *outcome?.first()?;
        if !self.record.is_sound(STDOUT) {
            return None;
        }
        Some(Given { outcome, stderr: self.record.part(STDERR).ok()?, record: self.record })
    }
}

impl Given {
    /// Writes what was written to standard output, which may be much, by way of little memory.
    pub fn write(&mut self, to: &mut dyn Write) -> io::Result<()> {
        self.record.copy(STDOUT, to)
    }
}

/// The request without the instant it is made at: the day that follows from it is told apart.
pub(super) fn in_words(request: &Request) -> String {
    format!("{:?}", Request { now: Timestamp(0), ..request.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(cache: &Cache) -> Slot {
        let grounds = Grounds {
            history: [0; 16],
            question: "status",
            config: String::new(),
            request: String::new(),
            today: Date::new(2026, 2, 1).expect("a day"),
            branch: None,
        };
        Slot::new(cache.clone(), CommitId([1; 20]), &grounds, Timestamp(0))
    }

    /// Asks, answers with so many bytes, and tells how many the slot would have taken.
    fn ask(cache: &Cache, length: usize) -> (Option<Vec<u8>>, usize) {
        let mut slot = slot(cache);
        let mut said = Vec::new();
        if let Some(mut given) = slot.look().and_then(|known| known.given(&mut slot)) {
            given.write(&mut said).expect("memory takes it");
            return (Some(said), 0);
        }
        let most = slot.most();
        let answer = || Answer { outcome: 0, stdout: vec![b'x'; length], stderr: Vec::new() };
        slot.keep((length <= most).then(answer));
        (None, most)
    }

    #[test]
    fn an_answer_that_is_too_long_is_not_recorded_again_and_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(folder.path());
        let asked: Vec<_> = (0..5).map(|_| ask(&cache, MOST_KEPT + 1)).collect();
        let most: Vec<_> = asked.iter().map(|(_, most)| *most).collect();
        assert_eq!(most, [SHORT, MOST_KEPT, 0, 0, 0]);
        assert!(asked.iter().all(|(said, _)| said.is_none()));
    }

    #[test]
    fn a_long_answer_is_kept_the_second_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(folder.path());
        let asked: Vec<_> = (0..3).map(|_| ask(&cache, SHORT + 1)).collect();
        let said = Some(vec![b'x'; SHORT + 1]);
        assert_eq!(asked, [(None, SHORT), (None, MOST_KEPT), (said, 0)]);
    }
}
