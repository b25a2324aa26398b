//! The folder: finding, writing and removing checkpoints.

use std::ffi::OsStr;
use std::fs::{self, File, FileTimes};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::file::{self, Checkpoint, Problem};
use super::{Cache, Cleared, Entry, Key};
use crate::dates::Timestamp;
use crate::model::CommitId;

/// So many checkpoints are kept: a few branches, a few boards, a few configurations.
const MOST: usize = 8;
/// And so many bytes of them in all.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// Behind a checkpoint's name.
const SUFFIX: &str = ".checkpoint";
/// Before the name of a file that is being written.
const TEMPORARY: &str = "writing-";
/// A file that is still being written after so many seconds never will be.
const ABANDONED: i64 = 3600;
/// When a checkpoint was used is noted no more often than this, in seconds: reading is to write
/// nothing, mostly.
const NOTED: i64 = 3600;

impl Cache {
    /// The commits of the checkpoints with a key. None where the folder cannot be read.
    pub fn tips(&self, key: Key) -> Vec<CommitId> {
        let entries = self.entries().unwrap_or_default().into_iter();
        entries.filter(|entry| entry.key == key).map(|entry| entry.tip).collect()
    }

    /// The checkpoint of a commit; `None` when there is none.
    pub fn find(
        &self,
        tip: CommitId,
        key: Key,
        now: Timestamp,
    ) -> Result<Option<Checkpoint>, Problem> {
        match Checkpoint::open(&self.place(tip, key), tip, key) {
            Ok(checkpoint) => {
                note_use(checkpoint.file(), now);
                Ok(Some(checkpoint))
            }
            Err(Problem::Io(error)) if is_absent(&error) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Keeps a checkpoint, and removes what is then too much.
    pub fn save(
        &self,
        tip: CommitId,
        key: Key,
        parts: &[Vec<u8>],
        now: Timestamp,
    ) -> io::Result<()> {
        if file::size(parts) > MOST_BYTES {
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
        temporary.persist(self.place(tip, key)).map_err(|error| error.error)?;
        self.evict((tip, key), now);
        Ok(())
    }

    /// Every checkpoint, the last used first. A cache that is not there has none.
    pub fn entries(&self) -> io::Result<Vec<Entry>> {
        if self.check_folder().is_err_and(|error| is_absent(&error)) {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if let Some((tip, key)) = parse(&entry.file_name())
                && let Ok(metadata) = entry.metadata()
                && metadata.is_file()
            {
                let used = metadata.modified().map_or(Timestamp(0), timestamp);
                entries.push(Entry { tip, key, bytes: metadata.len(), used });
            }
        }
        entries.sort_by(|a, b| b.used.cmp(&a.used).then((a.tip, a.key).cmp(&(b.tip, b.key))));
        Ok(entries)
    }

    /// Removes everything.
    pub fn clear(&self) -> io::Result<Cleared> {
        let mut cleared = Cleared::default();
        for entry in self.entries()? {
            fs::remove_file(self.place(entry.tip, entry.key))?;
            cleared.checkpoints += 1;
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
    fn evict(&self, saved: (CommitId, Key), now: Timestamp) {
        let (mut kept, mut bytes) = (0, 0);
        let mut entries = self.entries().unwrap_or_default();
        // Whatever the clocks say, what was just saved is the newest.
        entries.sort_by_key(|entry| (entry.tip, entry.key) != saved);
        for entry in entries {
            kept += 1;
            bytes += entry.bytes;
            if kept > MOST || bytes > MOST_BYTES {
                let _ = fs::remove_file(self.place(entry.tip, entry.key));
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

    fn place(&self, tip: CommitId, key: Key) -> PathBuf {
        self.folder.join(format!("{tip}-{key}{SUFFIX}"))
    }
}

/// The commit and key that a file's name tells.
fn parse(name: &OsStr) -> Option<(CommitId, Key)> {
    let (tip, key) = name.to_str()?.strip_suffix(SUFFIX)?.split_once('-')?;
    Some((CommitId(bytes(tip)?), Key(bytes(key)?)))
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

/// Notes that a checkpoint was used. Where that cannot be written, it only goes earlier.
fn note_use(file: &File, now: Timestamp) {
    let noted = file.metadata().and_then(|metadata| metadata.modified()).map(timestamp);
    if noted.is_ok_and(|noted| now.0.saturating_sub(noted.0) > NOTED) {
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
