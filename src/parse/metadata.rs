//! What an item's or heading's text says besides what is to be done: dates, owners, priority,
//! ids and dependencies.
//!
//! Metadata is looked for in the plain text, outside code and links, in three passes: tokens
//! anywhere, tokens that only count at the end, tokens that only count at the start. A value that
//! cannot be read leaves the text as it is and becomes a problem. Of a key that takes one value,
//! the first counts, and another one stays in the text where its author can see it.

use std::ops::Range;

use crate::dates::{Date, DateError};
use crate::model::{DueSpec, Priority};
use crate::parse::inline::Inline;
use crate::parse::{groups, owners, tail};
use crate::schedule::{self, DueError};

/// A value longer than this is no value, in bytes: it bounds the work on hostile texts.
pub(super) const MAX_VALUE: usize = 200;

/// More unreadable dates than these in one text are not told.
const MAX_PROBLEMS: usize = 10;

/// Where a text stands, which decides what counts as metadata in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In an item; whether `(A)` to `(C)` at its start are priorities.
    Item {
        /// Whether they are.
        letter_priorities: bool,
    },
    /// In a heading: its dates in brackets are windows, and `(optional)` is a part of its title.
    Heading,
}

/// What was found, and where.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) due: Option<DueSpec>,
    pub(super) done_on: Option<Date>,
    pub(super) owners: Vec<String>,
    pub(super) priority: Option<Priority>,
    pub(super) required: bool,
    pub(super) optional: bool,
    pub(super) id: Option<String>,
    pub(super) depends: Vec<String>,
    /// The parts of the text that it stands in, in order.
    pub(super) cuts: Vec<Range<usize>>,
    /// Dates that could not be read.
    pub(super) problems: Vec<Problem>,
}

/// A date that could not be read, as a range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) range: Range<usize>,
    pub(super) why: DueError,
}

/// Reads the metadata of a text.
pub(super) fn read(inline: &Inline, place: Place) -> Metadata {
    let mut reader = Reader { inline, text: &inline.text, place, found: Metadata::default() };
    if !may_hold_any(reader.text) {
        return reader.found;
    }
    let run = reader.anywhere();
    tail::read(&mut reader, run);
    reader.found.cuts.sort_by_key(|cut| cut.start);
    if let Place::Item { letter_priorities } = place {
        let flags = reader.head(letter_priorities);
        reader.found.cuts.extend(flags);
        reader.found.cuts.sort_by_key(|cut| cut.start);
    }
    reader.found
}

/// Every form of metadata has one of these; most texts have none of them.
fn may_hold_any(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b':' | b'@' | b'(' | b'^') || byte >= 0xE2)
}

/// Reading state: the text and what was found so far.
pub(super) struct Reader<'i> {
    pub(super) inline: &'i Inline,
    pub(super) text: &'i str,
    pub(super) place: Place,
    pub(super) found: Metadata,
}

impl<'i> Reader<'i> {
    /// Finds the tokens that may stand anywhere. Returns where an owner begins that runs to the
    /// end of the text (`— Owner: Anna`), as the token and its value.
    fn anywhere(&mut self) -> Option<Range<usize>> {
        let mut run = None;
        let mut at = 0;
        let mut starts_token = true;
        while let Some(letter) = self.text[at..].chars().next() {
            let behind = at + letter.len_utf8();
            let end = match letter {
                '(' | '[' | '{' if starts_token => groups::read(self, at),
                '@' if starts_token => self.call(at),
                'a'..='z' | 'A'..='Z' if starts_token => self.keyed(at, &mut run),
                '—' | '–' | '-' | '|' if starts_token && run.is_none() => {
                    run = self.dashed_owner(at);
                    run.as_ref().map(|run| run.end)
                }
                '📅' | '✅' | '🆔' => self.pictured(at, letter),
                '🔺' | '⏫' | '🔼' | '🔽' | '⏬' => self.priority(at, letter),
                _ => None,
            };
            starts_token = letter.is_whitespace() || matches!(letter, '(' | '[' | '{');
            at = end.unwrap_or(behind);
            starts_token |= end.is_some();
        }
        run
    }

    /// `@due(2026-03-01)`, `@done(2026-03-01)`.
    fn call(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let (is_due, open) = match () {
            () if strip_key(rest, "@due(").is_some() => (true, at + 5),
            () if strip_key(rest, "@done(").is_some() => (false, at + 6),
            () => return None,
        };
        let length = bounded(&self.text[open..]).find(')')?;
        let cut = at..open + length + 1;
        self.date(is_due, self.text[open..open + length].trim(), cut.clone()).then_some(cut.end)
    }

    /// `due:2026-03-01`, `done:…`, `owner:anna`, `id:x`, `depends:x,y`, and `Assignee: Anna` to the end.
    fn keyed(&mut self, at: usize, run: &mut Option<Range<usize>>) -> Option<usize> {
        let rest = &self.text[at..];
        if let Some(value) = strip_key(rest, "due:") {
            return self.bare_due(at, at + rest.len() - value.len());
        }
        if let Some(value) = strip_key(rest, "done:") {
            let value = word(value);
            let cut = at..at + 5 + value.len();
            let any = value.contains(char::is_alphanumeric);
            return (any && self.date(false, value, cut.clone())).then_some(cut.end);
        }
        if let Some(value) = strip_key(rest, "owner:") {
            return self.bare_owner(at, at + rest.len() - value.len());
        }
        if let Some(value) = rest.strip_prefix("id:") {
            return self.id(at, at + 3, word(value));
        }
        if let Some(value) = strip_key(rest, "depends:") {
            return self.depends(at, at + 8, word(value));
        }
        if run.is_none() && strip_key(rest, "assignee:").is_some() {
            let token = at..at + "assignee:".len();
            *run = self.inline.is_open(token.clone()).then_some(token);
            return run.as_ref().map(|run| run.end);
        }
        None
    }

    /// `due:` without brackets: one word or two (`Day 14`).
    fn bare_due(&mut self, at: usize, value: usize) -> Option<usize> {
        let value = value + usize::from(self.text[value..].starts_with(' '));
        let rest = bounded(&self.text[value..]);
        let first = word(rest);
        let behind = &rest[first.len()..];
        if first.is_empty() {
            return None;
        }
        let second = behind.strip_prefix(' ').map(word).filter(|second| !second.is_empty());
        if let Some(second) = second {
            let both = &rest[..first.len() + 1 + second.len()];
            if schedule::due_spec(both).is_ok() {
                let cut = at..value + both.len();
                return self.date(true, both, cut.clone()).then_some(cut.end);
            }
        }
        let cut = at..value + first.len();
        self.date(true, first, cut.clone()).then_some(cut.end)
    }

    /// Reads a due or done date and cuts its token; says what is wrong with it otherwise. Returns
    /// whether it was cut.
    pub(super) fn date(&mut self, is_due: bool, value: &str, cut: Range<usize>) -> bool {
        if !self.inline.is_open(cut.clone()) {
            return false;
        }
        let taken = if is_due {
            schedule::due_spec(value).map(|due| first(&mut self.found.due, due))
        } else {
            done_date(value).map(|day| first(&mut self.found.done_on, day))
        };
        match taken {
            Ok(true) => self.found.cuts.push(cut),
            Ok(false) => return false,
            Err(_) if self.found.problems.len() >= MAX_PROBLEMS => {}
            Err(why) => self.found.problems.push(Problem { range: cut, why }),
        }
        taken == Ok(true)
    }

    /// `owner:anna`, `owner:@anna`, `owner: @anna`. Behind a space only an `@name` is an owner:
    /// "agree with the account owner: call first" is a sentence.
    fn bare_owner(&mut self, at: usize, value: usize) -> Option<usize> {
        let spaced = self.text[value..].starts_with(' ');
        let value = value + usize::from(spaced);
        let name = word(bounded(&self.text[value..]));
        let plausible = match name.strip_prefix('@') {
            Some(name) => name.starts_with(char::is_alphanumeric),
            None => !spaced && name.starts_with(char::is_alphanumeric),
        };
        let cut = at..value + name.len();
        if !plausible || !self.inline.is_open(cut.clone()) {
            return None;
        }
        owners::split_into(name, &mut self.found.owners);
        self.found.cuts.push(cut.clone());
        Some(cut.end)
    }

    /// `— Owner: Anna Lee`: the token up to its colon.
    fn dashed_owner(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.text[at..].trim_start_matches(['—', '–', '-', '|']);
        let rest = rest.strip_prefix(' ')?;
        let value =
            ["owner:", "owners:", "assignee:"].iter().find_map(|key| strip_key(rest, key))?;
        let token = at..self.text.len() - value.len();
        self.inline.is_open(token.clone()).then_some(token)
    }

    /// `📅 2026-03-01`, `✅ 2026-03-01`, `🆔 x`. Without a digit behind them the first two are
    /// decoration, and so is a 🆔 that a text begins with.
    fn pictured(&mut self, at: usize, picture: char) -> Option<usize> {
        let behind = at + picture.len_utf8();
        let rest = self.text[behind..].trim_start_matches('\u{fe0f}');
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let value = word(bounded(rest));
        let start = self.text.len() - rest.len();
        if picture == '🆔' {
            return if at > 0 { self.id(at, start, value) } else { None };
        }
        let dated = value.starts_with(|letter: char| letter.is_ascii_digit());
        let cut = at..start + value.len();
        (dated && self.date(picture == '📅', value, cut.clone())).then_some(cut.end)
    }

    fn priority(&mut self, at: usize, picture: char) -> Option<usize> {
        let priority = match picture {
            '🔺' => Priority::Highest,
            '⏫' => Priority::High,
            '🔼' => Priority::Medium,
            '🔽' => Priority::Low,
            _ => Priority::Lowest,
        };
        let rest = self.text[at + picture.len_utf8()..].trim_start_matches('\u{fe0f}');
        let cut = at..self.text.len() - rest.len();
        // On a heading an emoji is decoration.
        if self.place == Place::Heading || !self.inline.is_open(cut.clone()) {
            return None;
        }
        if !first(&mut self.found.priority, priority) {
            return None;
        }
        self.found.cuts.push(cut.clone());
        Some(cut.end)
    }

    pub(super) fn id(&mut self, at: usize, start: usize, value: &str) -> Option<usize> {
        let cut = at..start + value.len();
        if !self.keep_id(&cut, value) {
            return None;
        }
        self.found.cuts.push(cut.clone());
        Some(cut.end)
    }

    /// Keeps an id that stands in a part of the text, which the caller cuts.
    pub(super) fn keep_id(&mut self, cut: &Range<usize>, value: &str) -> bool {
        let free = is_id(value) && self.inline.is_open(cut.clone());
        free && first(&mut self.found.id, value.to_owned())
    }

    pub(super) fn depends(&mut self, at: usize, start: usize, value: &str) -> Option<usize> {
        let cut = at..start + value.len();
        if !value.split(',').all(is_id) || !self.inline.is_open(cut.clone()) {
            return None;
        }
        self.found.depends.extend(value.split(',').map(str::to_owned));
        self.found.cuts.push(cut.clone());
        Some(cut.end)
    }

    /// Tokens that count only at the start: `(R)`, `(optional)`, `(A)`. They may stand behind each
    /// other, behind `(N/A)` and behind a number (`#3 `), which stay. Returns where they are.
    fn head(&mut self, letter_priorities: bool) -> Vec<Range<usize>> {
        let mut flags = Vec::new();
        let mut at = 0;
        let mut cut = 0;
        loop {
            let rest = &self.text[at..];
            let white = rest.len() - rest.trim_start().len();
            let kept = kept_at_start(rest);
            let known = self.found.cuts.get(cut).filter(|known| known.start == at);
            if white + kept > 0 {
                at += white.max(kept);
            } else if let Some(known) = known {
                at = known.end;
                cut += 1;
            } else if let Some(length) = self.flag(at, letter_priorities) {
                flags.push(at..at + length);
                at += length;
            } else {
                return flags;
            }
        }
    }

    fn flag(&mut self, at: usize, letter_priorities: bool) -> Option<usize> {
        let (text, inline) = (self.text, self.inline);
        let rest = &text[at..];
        let stands_alone = |token: &str| {
            let behind = strip_key(rest, token)?;
            let alone = !behind.starts_with(char::is_alphanumeric);
            (alone && inline.is_open(at..at + token.len())).then_some(token.len())
        };
        if rest.starts_with("(R)") {
            let length = stands_alone("(R)")?;
            return first_flag(&mut self.found.required, length);
        }
        if let Some(length) = stands_alone("(optional)") {
            return first_flag(&mut self.found.optional, length);
        }
        let letter = match rest.get(..3).filter(|_| letter_priorities)? {
            "(A)" => Priority::High,
            "(B)" => Priority::Medium,
            "(C)" => Priority::Low,
            _ => return None,
        };
        let length = stands_alone(rest.get(..3)?)?;
        first(&mut self.found.priority, letter).then_some(length)
    }
}

/// Keeps the first value of a key. Returns whether this was it.
fn first<T>(slot: &mut Option<T>, value: T) -> bool {
    let is_first = slot.is_none();
    slot.get_or_insert(value);
    is_first
}

fn first_flag(flag: &mut bool, length: usize) -> Option<usize> {
    (!std::mem::replace(flag, true)).then_some(length)
}

/// How much of the start is no metadata and does not hide what follows: `(N/A)` or `#3 `.
fn kept_at_start(rest: &str) -> usize {
    if strip_key(rest, "(N/A)").is_some() {
        return "(N/A)".len();
    }
    number_at_start(rest)
}

/// The length of a leading `#3 `, or 0.
pub(super) fn number_at_start(text: &str) -> usize {
    let Some(behind) = text.strip_prefix('#') else { return 0 };
    let rest = behind.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let any = rest.len() < behind.len() && rest.starts_with(' ');
    if any { text.len() - rest.len() + 1 } else { 0 }
}

/// Strips a key, whatever its case.
pub(super) fn strip_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let head = text.get(..key.len())?;
    head.eq_ignore_ascii_case(key).then(|| &text[key.len()..])
}

/// The beginning of a text, as long as a value can be.
pub(super) fn bounded(text: &str) -> &str {
    if text.len() <= MAX_VALUE {
        return text;
    }
    let end = (0..=MAX_VALUE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    &text[..end]
}

/// The first word, without the punctuation behind it. A bracket that the word opens belongs to it.
pub(super) fn word(text: &str) -> &str {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if word.contains(['(', '[', '{']) {
        return word;
    }
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}'])
}

/// Whether a text can be an id: letters, digits, `-`, `_` and `.`.
pub(super) fn is_id(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'))
}

/// Reads the day of a done token; a time of day behind it is not needed.
fn done_date(value: &str) -> Result<Date, DueError> {
    let day = value.split([' ', 'T']).next().unwrap_or(value);
    day.parse().map_err(|error| match error {
        DateError::Form => DueError::Unreadable,
        DateError::Impossible => DueError::Impossible,
    })
}
