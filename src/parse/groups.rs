//! Metadata in brackets: `(due: 2026-03-01, owner: @anna)`, `[due:: 2026-03-01]`, `{due:+14d}`,
//! `(due 2026-03-01)`.

use std::ops::Range;

use crate::parse::metadata::{Place, Reader, bounded, is_id, strip_key};
use crate::parse::owners;
use crate::schedule::{self, DueError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Due,
    /// `due` without a colon, as in `(due 2026-03-01)`.
    DueWord,
    Done,
    Owner,
    Id,
    Depends,
}

/// A key and its value, as ranges of the text.
#[derive(Debug)]
struct Entry {
    key: Key,
    /// From the key to the end of its value.
    whole: Range<usize>,
    /// The value.
    value: Range<usize>,
    /// Where the value ends if the commas in it do not belong to it.
    first_comma: usize,
}

/// Reads the brackets that open at `at`, if they begin with a key. Returns where they end.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let inside = bounded(&reader.text[at + 1..]);
    key(inside)?;
    let close = at + 1 + closing(inside)?;
    let entries = entries(reader.text, at + 1..close)?;
    let opened = reader.text.as_bytes().get(at) == Some(&b'(');
    if entries.first().is_some_and(|entry| is_prose(reader.text, entry)) {
        return None;
    }
    let before = reader.found.cuts.len();
    let mut all_taken = true;
    for entry in &entries {
        // On a heading, `(Due 2026-03-01)` is a window, which is shown as written.
        let is_window = reader.place == Place::Heading
            && opened
            && matches!(entry.key, Key::Due | Key::DueWord)
            && !reader.text[entry.whole.clone()].contains("::");
        all_taken &= !is_window && take(reader, entry);
    }
    if all_taken {
        reader.found.cuts.truncate(before);
        reader.found.cuts.push(at..close + 1);
    }
    Some(close + 1)
}

/// Takes an entry's value and cuts it. Returns whether nothing of it is left.
fn take(reader: &mut Reader<'_>, entry: &Entry) -> bool {
    let text = reader.text;
    let value = &text[entry.value.clone()];
    let short = &text[entry.value.start..entry.first_comma];
    match entry.key {
        Key::Due | Key::DueWord => {
            // `(due: 2026-03-01, if signed)`: the date ends at the comma, unless the comma is part
            // of it.
            let ends_early = schedule::due_spec(value).is_err()
                && schedule::due_spec(short) != Err(DueError::Unreadable);
            let (value, end) =
                if ends_early { (short, entry.first_comma) } else { (value, entry.whole.end) };
            reader.date(true, value, entry.whole.start..end) && end == entry.whole.end
        }
        Key::Done => reader.date(false, value, entry.whole.clone()),
        Key::Owner => {
            let named = owners::split(value);
            if named.is_empty() || !reader.inline.is_open(entry.whole.clone()) {
                return false;
            }
            reader.found.owners.extend(named);
            reader.found.cuts.push(entry.whole.clone());
            true
        }
        Key::Id => is_id(value) && reader.id(entry.whole.start, entry.value.start, value).is_some(),
        Key::Depends => {
            let ids: Vec<&str> = value.split(',').map(str::trim).collect();
            if !ids.iter().all(|id| is_id(id)) || !reader.inline.is_open(entry.whole.clone()) {
                return false;
            }
            reader.found.depends.extend(ids.into_iter().map(str::to_owned));
            reader.found.cuts.push(entry.whole.clone());
            true
        }
    }
}

/// Whether `(due …)` without a colon is a sentence, as in `(due diligence)`.
fn is_prose(text: &str, entry: &Entry) -> bool {
    let value = &text[entry.value.start..entry.first_comma];
    entry.key == Key::DueWord
        && !value.contains(|letter: char| letter.is_ascii_digit() || letter == '_')
}

/// Where the bracket closes that opened just before the text.
pub(super) fn closing(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return Some(at),
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The entries between brackets. A part without a key goes on with the value before it.
fn entries(text: &str, inside: Range<usize>) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut start = inside.start;
    for part in text.get(inside)?.split([',', ';']) {
        let begin = start + (part.len() - part.trim_start().len());
        let end = start + part.trim_end().len();
        let end = end.max(begin);
        start += part.len() + 1;
        match (key(&text[begin..end]), entries.last_mut()) {
            (Some((key, value)), _) => {
                let value = begin + value..end;
                entries.push(Entry { key, whole: begin..end, value, first_comma: end });
            }
            (None, Some(last)) => {
                last.whole.end = end;
                last.value.end = end;
            }
            (None, None) => return None,
        }
    }
    Some(entries)
}

/// The key that a text begins with, and where its value begins.
fn key(text: &str) -> Option<(Key, usize)> {
    const KEYS: [(&str, Key); 9] = [
        ("due", Key::Due),
        ("done", Key::Done),
        ("completion", Key::Done),
        ("owners", Key::Owner),
        ("owner", Key::Owner),
        ("assignee", Key::Owner),
        ("id", Key::Id),
        ("depends", Key::Depends),
        ("dependsOn", Key::Depends),
    ];
    let value_at = |value: &str| text.len() - value.trim_start().len();
    for (name, key) in KEYS {
        let Some(behind) = strip_key(text, name) else { continue };
        if let Some(value) = behind.trim_start().strip_prefix(':') {
            return Some((key, value_at(value.strip_prefix(':').unwrap_or(value))));
        }
    }
    let value = strip_key(text, "due ")?;
    let value = ["by ", "on "].iter().find_map(|word| strip_key(value, word)).unwrap_or(value);
    Some((Key::DueWord, value_at(value)))
}
