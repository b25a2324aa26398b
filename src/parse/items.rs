//! From a box and the text behind it to an item.

use std::ops::Range;

use crate::model::{Item, State};
use crate::parse::boxes::{Mark, TaskBox};
use crate::parse::cut::cut;
use crate::parse::inline::Inline;
use crate::parse::metadata::{self, Metadata, Place, Problem, bounded, number_at_start, strip_key};
use crate::parse::{Options, boxes, groups};
use crate::schedule;
use crate::source::{Line, Span};

/// An item as read, before its section and parent are known to hold.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) item: Item,
    pub(super) mark: Mark,
    /// What the box's character leaves open.
    pub(super) doubt: Option<Doubt>,
    /// Dates that could not be read, by their place in the source.
    pub(super) problems: Vec<(Span, Problem)>,
}

/// What is doubtful about a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Its character is used for several things.
    Ambiguous(char),
    /// Its character has no meaning.
    Unknown(char),
    /// Its character has no meaning and looks like a tick.
    Ticklike(char),
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings {
    pub(super) section: Option<usize>,
    pub(super) parent: Option<usize>,
    /// How many block quotes it stands in.
    pub(super) quotes: usize,
}

/// Makes an item of a box and the paragraph behind it.
pub(super) fn draft(
    source: &str,
    line: Line,
    found: TaskBox,
    inline: &Inline,
    options: &Options,
    around: Surroundings,
) -> Draft {
    let place = Place::Item { letter_priorities: options.letter_priorities };
    let metadata = metadata::read(inline, place);
    let text = cut(&inline.text, &metadata.cuts);
    let (of_box, doubt) = state_of_box(found.mark, options);
    let blocked = blocked(inline, &text);
    let state = state(of_box, &text, blocked.is_some(), is_struck(inline, &metadata.cuts));
    let reason = blocked.as_ref().and_then(|blocked| blocked.reason.clone());
    let identity = identity(&text, blocked.map(|blocked| blocked.range));
    let span = Span::new(found.span.start, inline.source_end().max(found.span.end));
    let behind = Span::new(found.span.end, span.end).slice(source);
    let raw = raw(behind, around.quotes);
    let problems = problems(inline, &metadata);
    let window = schedule::item_window(&text);
    let item = Item {
        span,
        mark: found.inside(),
        line,
        raw: raw.into(),
        identity: identity.into(),
        state,
        blocked_reason: reason.filter(|_| state == State::Blocked),
        section: around.section,
        parent: around.parent,
        children: 0,
        due: metadata.due,
        window,
        owners: metadata.owners,
        done_on: metadata.done_on,
        priority: metadata.priority,
        required: metadata.required,
        optional: metadata.optional,
        explicit_id: metadata.id,
        depends: metadata.depends,
        text: text.into(),
    };
    Draft { item, mark: found.mark, doubt, problems }
}

/// The problems of a text by their place in the source.
fn problems(inline: &Inline, metadata: &Metadata) -> Vec<(Span, Problem)> {
    let place = |range: &Range<usize>| {
        let start = inline.source(range.start);
        let last = inline.text[range.clone()].char_indices().next_back();
        let end =
            last.map_or(start, |(at, letter)| inline.source(range.start + at) + letter.len_utf8());
        Span::new(start, end.max(start))
    };
    metadata.problems.iter().map(|problem| (place(&problem.range), problem.clone())).collect()
}

/// What the box alone says.
fn state_of_box(mark: Mark, options: &Options) -> (State, Option<Doubt>) {
    match mark {
        Mark::Unticked => (State::Open, None),
        Mark::Ticked => (State::Done, None),
        Mark::NotApplicable => (State::NotApplicable, None),
        Mark::Other(letter) => match (options.states.get(&letter), letter) {
            (Some(state), _) => (*state, None),
            (None, '/') => (State::InProgress, None),
            (None, '!') => (State::Blocked, None),
            // Open work is never hidden: each of these means "cancelled" to some people.
            (None, '~' | '>' | '-') => (State::InProgress, Some(Doubt::Ambiguous(letter))),
            // Looks like an open box, and is read as one.
            (None, _) if letter.is_whitespace() => (State::Open, None),
            (None, _) if boxes::looks_ticked(letter) => {
                (State::Open, Some(Doubt::Ticklike(letter)))
            }
            (None, _) => (State::Open, Some(Doubt::Unknown(letter))),
        },
    }
}

/// What box and text say together. The text has no say behind a ticked box, but for a leading
/// `(N/A)`, nor where the box itself puts the item off or gives it up.
fn state(of_box: State, text: &str, blocked: bool, struck: bool) -> State {
    let not_applicable = strip_key(text, "(N/A)").is_some();
    match of_box {
        State::Done if not_applicable => State::NotApplicable,
        State::Open | State::InProgress | State::Blocked => match () {
            () if not_applicable || struck => State::NotApplicable,
            () if blocked => State::Blocked,
            () => of_box,
        },
        other => other,
    }
}

/// Whether all that is left of a text is struck through. Punctuation does not count.
fn is_struck(inline: &Inline, cuts: &[Range<usize>]) -> bool {
    if !inline.has_struck() {
        return false;
    }
    let mut any = false;
    let mut next = 0;
    for (at, letter) in inline.text.char_indices() {
        while cuts.get(next).is_some_and(|cut| cut.end <= at) {
            next += 1;
        }
        let is_cut = cuts.get(next).is_some_and(|cut| cut.start <= at);
        if letter.is_alphanumeric() && !is_cut {
            if !inline.is_struck(at) {
                return false;
            }
            any = true;
        }
    }
    any
}

/// A `(blocked: why)` in a text.
struct Blocked {
    range: Range<usize>,
    reason: Option<String>,
}

/// Finds `(blocked: why)`, `(blocked on …)`, `(blocked by …)` or `(blocked)` outside code and links.
fn blocked(inline: &Inline, text: &str) -> Option<Blocked> {
    let open = |at: usize| inline.is_open(at..at + "(blocked".len());
    let mut marks = inline.text.match_indices('(').map(|(at, _)| at);
    marks.find(|at| strip_key(&inline.text[*at..], "(blocked").is_some() && open(*at))?;
    text.match_indices('(').find_map(|(at, _)| {
        let behind = strip_key(&text[at..], "(blocked")?;
        let length = groups::closing(bounded(behind))?;
        let value = &behind[..length];
        let reason = match value.trim_start().strip_prefix(':') {
            Some(reason) => reason,
            None if value.trim().is_empty() => "",
            None => ["on ", "by "]
                .iter()
                .find_map(|word| strip_key(value.strip_prefix(' ')?.trim_start(), word))?,
        };
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(str::to_owned);
        Some(Blocked { range: at..at + "(blocked".len() + length + 1, reason })
    })
}

/// The text that identity is decided by: what says how things stand is no part of it.
fn identity(text: &str, blocked: Option<Range<usize>>) -> String {
    let without = match blocked {
        Some(range) => cut(text, &[range]),
        None => text.to_owned(),
    };
    let mut rest = without.as_str();
    loop {
        rest = rest.trim_start();
        let next = strip_key(rest, "(N/A)").unwrap_or(&rest[number_at_start(rest)..]);
        if next.len() == rest.len() {
            return rest.trim_end().to_lowercase();
        }
        rest = next;
    }
}

/// The source behind the box, its lines joined by a space. What makes a line a part of its block
/// quotes is no part of the text.
fn raw(source: &str, quotes: usize) -> String {
    let mut raw = String::with_capacity(source.len());
    for (number, line) in source.lines().enumerate() {
        let mut line = line.trim();
        for _ in 0..if number == 0 { 0 } else { quotes } {
            line = line.strip_prefix('>').unwrap_or(line).trim_start();
        }
        if !raw.is_empty() && !line.is_empty() {
            raw.push(' ');
        }
        raw.push_str(line);
    }
    raw
}
