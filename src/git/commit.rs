//! Commits, read from their raw bytes.
//!
//! libgit2 refuses a commit whose author line, date or zone it cannot parse. Real histories hold
//! such commits, and one of them must not cost the whole board, so mdboard reads the few fields it
//! needs itself. Only the `tree` line is indispensable.

use crate::dates::Timestamp;
use crate::git::mailmap::Mailmap;
use crate::git::objects::Id;
use crate::model::{Commit, CommitId, Person};

/// A commit's links, and the bytes that hold the rest.
#[derive(Debug)]
pub(super) struct RawCommit {
    pub(super) id: Id,
    pub(super) tree: Id,
    /// The parents that can be walked to: none at the boundary of a shallow clone.
    pub(super) parents: Vec<Id>,
    /// The parents that a shallow clone hides.
    pub(super) hidden: Vec<Id>,
    bytes: Vec<u8>,
}

impl RawCommit {
    /// Reads the links; `None` when the bytes do not begin as a commit does.
    pub(super) fn parse(id: Id, bytes: Vec<u8>, shallow: bool) -> Option<RawCommit> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let tree = lines.next().and_then(|line| hex(line.strip_prefix(b"tree ")?))?;
        let parents = lines.map_while(|line| hex(line.strip_prefix(b"parent ")?)).collect();
        let (parents, hidden) = if shallow { (vec![], parents) } else { (parents, vec![]) };
        Some(RawCommit { id, tree, parents, hidden, bytes })
    }

    /// The instant by the committer's clock.
    pub(super) fn committed(&self) -> Timestamp {
        self.header().committed()
    }

    /// The first line of the message.
    pub(super) fn subject(&self) -> String {
        let header = self.header();
        let lines = header.message.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        let subject = lines.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
        header.text(subject)
    }

    /// Everything that mdboard tells of a commit, its people as the mailmap names them.
    pub(super) fn commit(&self, mailmap: &Mailmap) -> Commit {
        let header = self.header();
        let author = header.person(header.author.name, header.author.email, mailmap);
        let co_authors = header.co_authors(&author, mailmap);
        Commit {
            id: CommitId(self.id),
            authored: header.authored(),
            committed: header.committed(),
            subject: self.subject(),
            author,
            co_authors,
        }
    }

    fn header(&self) -> Header<'_> {
        Header::parse(&self.bytes)
    }
}

/// The fields of a commit, each as it stands there.
#[derive(Default)]
struct Header<'a> {
    author: Line<'a>,
    committer: Line<'a>,
    encoding: &'a [u8],
    message: &'a [u8],
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8]) -> Header<'a> {
        let mut header = Header::default();
        let mut rest = bytes;
        // A continuation line (of a signature) begins with a space and matches no name.
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = (&rest[..end], &rest[end + 1..]);
            rest = after;
            if line.is_empty() {
                header.message = after;
                break;
            } else if let Some(line) = line.strip_prefix(b"author ") {
                header.author = Line::parse(line);
            } else if let Some(line) = line.strip_prefix(b"committer ") {
                header.committer = Line::parse(line);
            } else if let Some(name) = line.strip_prefix(b"encoding ") {
                header.encoding = name.trim_ascii();
            }
        }
        header
    }

    fn authored(&self) -> Timestamp {
        Timestamp(self.author.seconds.or(self.committer.seconds).unwrap_or_default())
    }

    fn committed(&self) -> Timestamp {
        Timestamp(self.committer.seconds.or(self.author.seconds).unwrap_or_default())
    }

    fn person(&self, name: &[u8], email: &[u8], mailmap: &Mailmap) -> Person {
        mailmap.resolve(Person { name: self.text(name), email: self.text(email) })
    }

    /// The text of bytes in the commit's encoding. Latin-1 is what commits without UTF-8 are
    /// written in for the most part; of any other encoding the ASCII part survives.
    fn text(&self, bytes: &[u8]) -> String {
        let latin = [&b"iso-8859-1"[..], b"iso8859-1", b"latin1", b"latin-1", b"iso-8859-15"];
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) if latin.iter().any(|name| self.encoding.eq_ignore_ascii_case(name)) => {
                bytes.iter().copied().map(char::from).collect()
            }
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// The people of the `Co-authored-by` trailers, without the author and without repetitions.
    fn co_authors(&self, author: &Person, mailmap: &Mailmap) -> Vec<Person> {
        let mut found: Vec<Person> = Vec::new();
        for value in co_author_values(self.message) {
            let line = Line::parse(value);
            let person = self.person(line.name, line.email, mailmap);
            let nobody = person.name.is_empty() && person.email.is_empty();
            if !nobody && !found.iter().chain([author]).any(|other| same(other, &person)) {
                found.push(person);
            }
        }
        found
    }
}

/// Whether two entries name one person: by address, else by name.
fn same(one: &Person, other: &Person) -> bool {
    if one.email.is_empty() || other.email.is_empty() {
        one.name == other.name
    } else {
        one.email.eq_ignore_ascii_case(&other.email)
    }
}

/// The values of the `Co-authored-by` trailers. Trailers stand in the last paragraph, which is not
/// the subject's.
fn co_author_values(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = || message.trim_ascii().split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let begin = lines().enumerate().filter(|(_, line)| line.is_empty()).last();
    let begin = begin.map_or(usize::MAX, |(blank, _)| blank + 1);
    lines().skip(begin).filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let key = line[..colon].trim_ascii();
        key.eq_ignore_ascii_case(b"co-authored-by").then(|| line[colon + 1..].trim_ascii())
    })
}

/// `Name <address> seconds zone`, as far as it is there. The zone is not needed: seconds are an
/// instant, and days are made from instants in the board's zone.
#[derive(Default)]
struct Line<'a> {
    name: &'a [u8],
    email: &'a [u8],
    seconds: Option<i64>,
}

impl<'a> Line<'a> {
    fn parse(line: &'a [u8]) -> Line<'a> {
        let Some(open) = line.iter().position(|byte| *byte == b'<') else {
            return Line { name: line.trim_ascii(), ..Line::default() };
        };
        let inside = &line[open + 1..];
        let close = inside.iter().position(|byte| *byte == b'>').unwrap_or(inside.len());
        // Some addresses hold a `>` themselves; the date stands behind the last one, as git reads.
        let last = line.iter().rposition(|byte| *byte == b'>').unwrap_or(line.len() - 1);
        Line {
            name: line[..open].trim_ascii(),
            email: inside[..close].trim_ascii(),
            seconds: seconds(&line[last + 1..]),
        }
    }
}

/// The first word as a number, pulled to the nearest that fits.
fn seconds(text: &[u8]) -> Option<i64> {
    let word = text.trim_ascii().split(u8::is_ascii_whitespace).next()?;
    let number = std::str::from_utf8(word).ok()?.parse::<i64>();
    number
        .or_else(|error| match error.kind() {
            std::num::IntErrorKind::PosOverflow => Ok(i64::MAX),
            std::num::IntErrorKind::NegOverflow => Ok(i64::MIN),
            _ => Err(error),
        })
        .ok()
}

/// An id of forty hexadecimal digits.
pub(super) fn hex(text: &[u8]) -> Option<Id> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut id = [0; 20];
    if text.len() != 40 {
        return None;
    }
    for (byte, pair) in id.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(header: &str, message: &str) -> Commit {
        let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
        let bytes = format!("tree {tree}\n{header}\n\n{message}").into_bytes();
        let raw = RawCommit::parse([1; 20], bytes, false).expect("a commit");
        raw.commit(&Mailmap::default())
    }

    fn person(name: &str, email: &str) -> Person {
        Person { name: name.into(), email: email.into() }
    }

    #[test]
    fn odd_author_lines_are_read_as_far_as_they_go() {
        let author = |line: &str| {
            let commit = commit(&format!("author {line}"), "subject\n");
            (commit.author, commit.authored.0)
        };
        assert_eq!(author("Ann <a@b> 5 +9999"), (person("Ann", "a@b"), 5));
        assert_eq!(author("Ann <a@b> -7"), (person("Ann", "a@b"), -7));
        assert_eq!(author("<a@b> 99999999999999999999 +0000"), (person("", "a@b"), i64::MAX));
        assert_eq!(author("Ann <a>b> 5 +0000"), (person("Ann", "a"), 5));
        assert_eq!(author("Ann <a@b"), (person("Ann", "a@b"), 0));
        assert_eq!(author("Ann"), (person("Ann", ""), 0));
        assert_eq!(author("<"), (person("", ""), 0));
        assert_eq!(author(""), (person("", ""), 0));
        assert_eq!(author("Ann <a@b> soon"), (person("Ann", "a@b"), 0));
    }

    #[test]
    fn a_missing_date_is_taken_from_the_other_line() {
        let commit = commit("author A <a>\ncommitter B <b> 7 +0000", "subject");
        assert_eq!((commit.authored, commit.committed), (Timestamp(7), Timestamp(7)));
    }

    #[test]
    fn co_authors_stand_in_the_last_paragraph() {
        let message = "Tick\n\nCo-authored-by: Not Yet <n@x>\n\nCo-Authored-By: Bo <b@x>\n\
                       co-authored-by: Ann <A@X>\nCo-authored-by: Bo B <B@x>\nSigned-off-by: Cy\n";
        let commit = commit("author Ann <a@x> 5 +0000", message);
        assert_eq!(commit.co_authors, [person("Bo", "b@x")]);
        assert_eq!(commit.subject, "Tick");
    }

    #[test]
    fn a_subject_is_no_trailer() {
        let commit = commit("author Ann <a@x> 5 +0000", "Co-authored-by: Bo <b@x>\n");
        assert!(commit.co_authors.is_empty());
    }

    #[test]
    fn a_signature_is_skipped_and_latin_1_is_read() {
        let mut bytes = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor J\xfcrgen <j@x> 5 \
                          +0000\ngpgsig -----BEGIN\n \n author Eve <e@x> 9\nencoding ISO-8859-1\n\n\
                          \n  Gr\xfc\xdfe\nmore"
            .to_vec();
        let read = |bytes: &[u8]| {
            let raw = RawCommit::parse([1; 20], bytes.to_vec(), false).expect("a commit");
            raw.commit(&Mailmap::default())
        };
        assert_eq!(read(&bytes).author, person("Jürgen", "j@x"));
        assert_eq!(read(&bytes).subject, "Grüße");
        let at = bytes.windows(4).position(|four| four == b"8859").expect("the encoding");
        bytes[at] = b'9';
        assert_eq!(read(&bytes).author.name, "J\u{fffd}rgen");
    }

    #[test]
    fn what_is_no_commit_is_none() {
        for bytes in [&b""[..], b"tree", b"tree 123\n", b"object 4b825dc6\n"] {
            assert!(RawCommit::parse([1; 20], bytes.to_vec(), false).is_none());
        }
    }
}
