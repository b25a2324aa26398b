//! The folder: finding, writing and removing records.

use std::ffi::OsStr;
use std::fs::{self, File, FileTimes};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::file::{self, Problem, Record};
use super::{Cache, Cleared, Entry, Key, Kind};
use crate::dates::Timestamp;
use crate::model::CommitId;

/// Before the name of a file that is being written.
const TEMPORARY: &str = "writing-";
/// A file that is still being written after so many seconds never will be.
const ABANDONED: i64 = 3600;

impl Kind {
    const ALL: [Kind; 2] = [Kind::Checkpoint, Kind::Answer];

    /// Behind a record's name.
    fn suffix(self) -> &'static str {
        match self {
            Kind::Checkpoint => ".checkpoint",
            Kind::Answer => ".answer",
        }
    }

    /// So many are kept: a few branches, a few boards, a few configurations; of answers, what a
    /// morning's round of commands asks for.
    fn most(self) -> usize {
        match self {
            Kind::Checkpoint => 8,
            Kind::Answer => 16,
        }
    }

    /// And so many bytes of them in all.
    fn most_bytes(self) -> u64 {
        match self {
            Kind::Checkpoint => 256 * 1024 * 1024,
            Kind::Answer => 64 * 1024 * 1024,
        }
    }

    /// When one was used is noted no more often than this, in seconds: reading is to write nothing,
    /// mostly. Of answers, a morning's round could push out the one that is asked for all the time.
    fn noted(self) -> i64 {
        match self {
            Kind::Checkpoint => 3600,
            Kind::Answer => 60,
        }
    }
}

impl Cache {
    /// The commits of the checkpoints with a key. None where the folder cannot be read.
    pub fn tips(&self, key: Key) -> Vec<CommitId> {
        let entries = self.entries().unwrap_or_default().into_iter();
        entries
            .filter(|entry| entry.kind == Kind::Checkpoint && entry.key == key)
            .map(|entry| entry.tip)
            .collect()
    }

    /// The record of a commit; `None` when there is none.
    pub fn find(
        &self,
        kind: Kind,
        (tip, key): (CommitId, Key),
        now: Timestamp,
    ) -> Result<Option<Record>, Problem> {
        let place = self.place(kind, tip, key);
        let open = || {
            self.check_folder()?;
            // A link leads elsewhere, and who opens a pipe waits for its writer.
            if !place.symlink_metadata()?.is_file() {
                return Err(Problem::Damaged);
            }
            Record::open(&place, tip, key)
        };
        match open() {
            Ok(record) => {
                note_use(kind, record.file(), now);
                Ok(Some(record))
            }
            Err(Problem::Io(error)) if is_absent(&error) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Keeps a record, and removes what is then too much of its kind.
    pub fn save(
        &self,
        kind: Kind,
        (tip, key): (CommitId, Key),
        parts: &[Vec<u8>],
        now: Timestamp,
    ) -> io::Result<()> {
        if file::size(parts) > kind.most_bytes() {
            return Err(io::Error::other("it would be too large"));
        }
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => self.check_folder()?,
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any other file: the process's mask decides who else may read it.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut temporary = builder.tempfile_in(&self.folder)?;
        let mut writer = BufWriter::new(temporary.as_file_mut());
        file::write(&mut writer, tip, key, parts)?;
        writer.flush()?;
        drop(writer);
        set_used(temporary.as_file(), now);
        temporary.persist(self.place(kind, tip, key)).map_err(|error| error.error)?;
        self.evict(kind, (tip, key), now);
        Ok(())
    }

    /// Every record, the last used first. A cache that is not there has none.
    pub fn entries(&self) -> io::Result<Vec<Entry>> {
        if self.check_folder().is_err_and(|error| is_absent(&error)) {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if let Some((kind, tip, key)) = parse(&entry.file_name())
                && let Ok(metadata) = entry.metadata()
                && metadata.is_file()
            {
                let used = metadata.modified().map_or(Timestamp(0), timestamp);
                entries.push(Entry { kind, tip, key, bytes: metadata.len(), used });
            }
        }
        entries.sort_by(|a, b| {
            b.used.cmp(&a.used).then((a.kind, a.tip, a.key).cmp(&(b.kind, b.tip, b.key)))
        });
        Ok(entries)
    }

    /// Removes everything.
    pub fn clear(&self) -> io::Result<Cleared> {
        let mut cleared = Cleared::default();
        for entry in self.entries()? {
            fs::remove_file(self.place(entry.kind, entry.tip, entry.key))?;
            match entry.kind {
                Kind::Checkpoint => cleared.checkpoints += 1,
                Kind::Answer => cleared.answers += 1,
            }
            cleared.bytes += entry.bytes;
        }
        for (path, metadata) in self.temporary() {
            fs::remove_file(path)?;
            cleared.bytes += metadata.len();
        }
        // Whatever else somebody has put there is theirs, and so is the folder then.
        match fs::remove_dir(&self.folder) {
            Err(error)
                if !is_absent(&error) && error.kind() != io::ErrorKind::DirectoryNotEmpty =>
            {
                Err(error)
            }
            _ => Ok(cleared),
        }
    }

    /// Removes what has not been used for long, once there is too much. Another run may be doing
    /// the same: what is gone is gone.
    fn evict(&self, kind: Kind, saved: (CommitId, Key), now: Timestamp) {
        let (mut kept, mut bytes) = (0, 0);
        let mut entries = self.entries().unwrap_or_default();
        entries.retain(|entry| entry.kind == kind);
        // Whatever the clocks say, what was just saved is the newest.
        entries.sort_by_key(|entry| (entry.tip, entry.key) != saved);
        for entry in entries {
            kept += 1;
            bytes += entry.bytes;
            if kept > kind.most() || bytes > kind.most_bytes() {
                let _ = fs::remove_file(self.place(kind, entry.tip, entry.key));
            }
        }
        for (path, metadata) in self.temporary() {
            let written = metadata.modified().map_or(now, timestamp);
            if now.0.saturating_sub(written.0) > ABANDONED {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// The files that are being written, or were when their writer was killed.
    fn temporary(&self) -> Vec<(PathBuf, fs::Metadata)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(TEMPORARY));
        let ours = entries.filter(|entry| is_ours(&entry.file_name()));
        let files = ours.filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)));
        files.filter(|(_, metadata)| metadata.is_file()).collect()
    }

    /// The folder must be one: a link could lead anywhere.
    fn check_folder(&self) -> io::Result<()> {
        let is_folder = self.folder.symlink_metadata()?.is_dir();
        let error = || io::Error::from(io::ErrorKind::NotADirectory);
        if is_folder { Ok(()) } else { Err(error()) }
    }

    fn place(&self, kind: Kind, tip: CommitId, key: Key) -> PathBuf {
        self.folder.join(format!("{tip}-{key}{}", kind.suffix()))
    }
}

/// The kind, commit and key that a file's name tells.
fn parse(name: &OsStr) -> Option<(Kind, CommitId, Key)> {
    let name = name.to_str()?;
    let stem = |kind: &Kind| Some((*kind, name.strip_suffix(kind.suffix())?));
    let (kind, stem) = Kind::ALL.iter().find_map(stem)?;
    let (tip, key) = stem.split_once('-')?;
    Some((kind, CommitId(bytes(tip)?), Key(bytes(key)?)))
}

/// Bytes from hexadecimal digits in lower case.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Notes that a record was used. Where that cannot be written, it only goes earlier.
fn note_use(kind: Kind, file: &File, now: Timestamp) {
    let noted = file.metadata().and_then(|metadata| metadata.modified()).map(timestamp);
    if noted.is_ok_and(|noted| now.0.saturating_sub(noted.0) > kind.noted()) {
        set_used(file, now);
    }
}

fn set_used(file: &File, now: Timestamp) {
    if let Ok(seconds) = u64::try_from(now.0) {
        let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let _ = time.map(|time| file.set_times(FileTimes::new().set_modified(time)));
    }
}

fn timestamp(time: SystemTime) -> Timestamp {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
