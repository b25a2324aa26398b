//! One record's file.
//!
//! ```text
//! magic        8 bytes
//! key         16 bytes
//! tip         20 bytes
//! parts        4 bytes    how many; all numbers are little-endian
//! per part    16 bytes    its length in bytes and its checksum
//! checksum     8 bytes    of all of the above
//! parts
//! ```

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::Key;
use crate::model::CommitId;

const MAGIC: [u8; 8] = *b"mdboard\x01";
/// What stands before the list of parts.
const HEAD: usize = 8 + 16 + 20 + 4;
/// A length and a checksum.
const PART: usize = 16;
const CHECKSUM: usize = 8;
/// How much of a part is read at once, where it is passed on: what a processor's cache holds.
const PIECE: usize = 128 * 1024;

/// Why a record cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The system does not let it be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is not what was written.
    #[error("it is damaged")]
    Damaged,
}

/// An open record. Its parts are read when they are asked for.
#[derive(Debug)]
pub struct Record {
    file: File,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    begin: u64,
    length: usize,
    checksum: u64,
}

impl Record {
    /// Opens a file, which must hold the record of this commit and key.
    pub(super) fn open(path: &Path, tip: CommitId, key: Key) -> Result<Record, Problem> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = read(&mut file, HEAD)?;
        let expected = [&MAGIC[..], &key.0, &tip.0].concat();
        let count = head.strip_prefix(&expected[..]).and_then(|rest| rest.first_chunk());
        let count = count.map(|count| u32::from_le_bytes(*count)).ok_or(Problem::Damaged)?;
        // In 64 bits: a forged count must not wrap around, and not be believed beyond the file.
        let begin = HEAD as u64 + u64::from(count) * PART as u64 + CHECKSUM as u64;
        if begin > length {
            return Err(Problem::Damaged);
        }
        let rest = read(&mut file, (begin - HEAD as u64) as usize)?;
        let (list, checksum) = rest.split_at(rest.len() - CHECKSUM);
        head.extend_from_slice(list);
        if number(checksum) != xxh3_64(&head) {
            return Err(Problem::Damaged);
        }
        let mut next = begin;
        let mut parts = Vec::new();
        for entry in list.chunks_exact(PART) {
            let (bytes, checksum) = (number(&entry[..8]), number(&entry[8..]));
            let end = next.checked_add(bytes).filter(|end| *end <= length);
            let fits = end.zip(usize::try_from(bytes).ok());
            let (end, length) = fits.ok_or(Problem::Damaged)?;
            parts.push(Part { begin: next, length, checksum });
            next = end;
        }
        if next == length { Ok(Record { file, parts }) } else { Err(Problem::Damaged) }
    }

    /// How many parts it has.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The bytes of a part, as they were written.
    pub fn part(&mut self, at: usize) -> Result<Vec<u8>, Problem> {
        let part = *self.parts.get(at).ok_or(Problem::Damaged)?;
        self.file.seek(SeekFrom::Start(part.begin))?;
        let bytes = read(&mut self.file, part.length)?;
        if xxh3_64(&bytes) == part.checksum { Ok(bytes) } else { Err(Problem::Damaged) }
    }

    /// Whether the bytes of a part are those that were written.
    pub fn is_sound(&mut self, at: usize) -> bool {
        let Some(part) = self.parts.get(at).copied() else { return false };
        let mut hash = Xxh3::new();
        let read = self.pieces(part, |piece| {
            hash.update(piece);
            Ok(())
        });
        read.is_ok() && hash.digest() == part.checksum
    }

    /// Writes the bytes of a part, however many they are, by way of little memory. Whether they are
    /// sound is to be asked before.
    pub fn copy(&mut self, at: usize, to: &mut dyn Write) -> io::Result<()> {
        match self.parts.get(at).copied() {
            Some(part) => self.pieces(part, |piece| to.write_all(piece)),
            None => Ok(()),
        }
    }

    /// Reads a part piece by piece.
    fn pieces(
        &mut self,
        part: Part,
        mut take: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(part.begin))?;
        let mut piece = vec![0; PIECE.min(part.length)];
        let mut left = part.length;
        while left > 0 {
            let end = left.min(PIECE);
            self.file.read_exact(&mut piece[..end])?;
            take(&piece[..end])?;
            left -= end;
        }
        Ok(())
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }
}

/// How large the file for these parts is, in bytes.
pub(super) fn size(parts: &[Vec<u8>]) -> u64 {
    let parts: usize = parts.iter().map(|part| PART + part.len()).sum();
    (HEAD + CHECKSUM + parts) as u64
}

/// Writes a record.
pub(super) fn write(
    file: &mut impl Write,
    tip: CommitId,
    key: Key,
    parts: &[Vec<u8>],
) -> io::Result<()> {
    let count = u32::try_from(parts.len()).map_err(io::Error::other)?;
    let mut head = [&MAGIC[..], &key.0, &tip.0, &count.to_le_bytes()].concat();
    for part in parts {
        head.extend_from_slice(&(part.len() as u64).to_le_bytes());
        head.extend_from_slice(&xxh3_64(part).to_le_bytes());
    }
    let checksum = xxh3_64(&head);
    head.extend_from_slice(&checksum.to_le_bytes());
    file.write_all(&head)?;
    parts.iter().try_for_each(|part| file.write_all(part))
}

/// The next bytes of a file; one that ends early is damaged, not unreadable. They are not read into
/// zeros: most of a warm run's time goes into memory that is touched for the first time.
fn read(file: &mut File, length: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() == length { Ok(bytes) } else { Err(Problem::Damaged) }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
