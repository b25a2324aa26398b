//! One glob, matched against a path part by part.
//!
//! A path is walked from its root; the walk keeps every place in the glob that the parts so far can
//! have reached, as one bit per place. That answers two questions at once: which prefix of a path
//! matches first, and whether anything below a folder can still match.

use globset::{GlobBuilder, GlobMatcher};

use super::GlobError;
use crate::config::shortened;

/// How long a glob may be.
const MAX_LENGTH: usize = 1024;
/// How many globs one glob with a `/` in braces may stand for.
const MAX_ALTERNATIVES: usize = 256;
/// How many parts a glob may have: one bit each, and one for the end.
const MAX_PARTS: usize = 63;

/// A compiled glob.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    fixed: String,
}

/// What one part of a path has to be.
#[derive(Clone, Debug)]
enum Part {
    /// This name.
    Name(String),
    /// Any name: `*`.
    Any,
    /// A name that a glob matches.
    Glob(GlobMatcher),
    /// Any number of parts, none included: `**`.
    Deep,
}

/// The places in a glob that a walk may have reached, one bit each.
#[derive(Clone, Copy, Debug)]
pub(super) struct States(u64);

/// What one more part of a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Walk {
    /// The path so far matches the glob.
    Matched,
    /// Neither the path so far nor anything below it matches.
    Failed,
    /// Something below may match.
    Open(States),
}

impl Pattern {
    /// The leading parts of the glob as written that have no glob characters; of a glob without
    /// any, all but the last.
    pub(super) fn fixed(&self) -> &str {
        &self.fixed
    }

    /// The walk before the first part.
    pub(super) fn start(&self) -> States {
        self.through_deep(States(1))
    }

    /// Goes one part down.
    pub(super) fn step(&self, at: States, name: &str) -> Walk {
        let mut next = 0;
        for (place, part) in self.parts.iter().enumerate() {
            let here = 1 << place;
            if at.0 & here == 0 {
                continue;
            }
            next |= match part {
                Part::Deep => here,
                Part::Name(wanted) if wanted == name => here << 1,
                Part::Any => here << 1,
                Part::Glob(glob) if glob.is_match(name) => here << 1,
                Part::Name(_) | Part::Glob(_) => 0,
            };
        }
        let next = self.through_deep(States(next));
        if next.0 == 0 {
            Walk::Failed
        } else if next.0 & (1 << self.parts.len()) != 0 {
            Walk::Matched
        } else {
            Walk::Open(next)
        }
    }

    /// Adds the places behind every `**` reached, which may stand for no part at all.
    fn through_deep(&self, states: States) -> States {
        let mut bits = states.0;
        for (place, part) in self.parts.iter().enumerate() {
            if matches!(part, Part::Deep) && bits & (1 << place) != 0 {
                bits |= 1 << (place + 1);
            }
        }
        States(bits)
    }
}

/// Compiles a glob: one pattern, or one for each way to read braces that hold a `/`.
pub(super) fn compile(glob: &str) -> Result<Vec<Pattern>, GlobError> {
    let fail = |reason: &str| GlobError { glob: shortened(glob), reason: reason.to_owned() };
    check_form(glob).map_err(fail)?;
    let fixed = fixed_prefix(glob);
    let spelled_out = spell_out(glob).map_err(fail)?;
    spelled_out
        .iter()
        .map(|one| {
            // Braces can hide what the glob as a whole does not show.
            check_form(one).map_err(fail)?;
            let parts = parts_of(one).map_err(|reason| fail(&reason))?;
            Ok(Pattern { parts, fixed: fixed.clone() })
        })
        .collect()
}

/// Refuses what no glob may be, with the remedy.
fn check_form(glob: &str) -> Result<(), &'static str> {
    let drive = glob.as_bytes().get(1) == Some(&b':') && glob.as_bytes()[0].is_ascii_alphabetic();
    if glob.starts_with('/') || drive {
        return Err("it is absolute; write it from the board's root, as in `partners/*`");
    }
    if glob.contains('\\') {
        return Err(
            "it has a backslash; write `/` between folders, and a special character in brackets, \
                    as in `[*]`",
        );
    }
    if glob.starts_with('!') {
        return Err(
            "it begins with `!`, and a glob cannot exclude; name only what is on the board",
        );
    }
    if names(glob).any(|name| name == "..") {
        return Err("it has `..`; name folders below the board's root");
    }
    if names(glob).next().is_none() {
        return Err("it names nothing; name folders below the board's root, as in `partners/*`");
    }
    if glob.len() > MAX_LENGTH {
        return Err("it is longer than 1024 bytes; write several shorter globs");
    }
    Ok(())
}

/// The parts of a glob that mean something: without `.` and empty ones.
fn names(glob: &str) -> impl Iterator<Item = &str> {
    glob.split('/').filter(|name| !name.is_empty() && *name != ".")
}

fn has_glob_characters(name: &str) -> bool {
    name.contains(['*', '?', '[', ']', '{', '}'])
}

fn fixed_prefix(glob: &str) -> String {
    let all: Vec<&str> = names(glob).collect();
    let plain = all.iter().take_while(|name| !has_glob_characters(name)).count();
    let kept = plain.min(all.len().saturating_sub(1));
    all.get(..kept).unwrap_or_default().join("/")
}

fn parts_of(glob: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for name in names(glob) {
        let part = part(name)?;
        // `**/**` reaches no other place than `**`.
        if !(matches!(part, Part::Deep) && matches!(parts.last(), Some(Part::Deep))) {
            parts.push(part);
        }
    }
    // `partners/**` names what lies in the folder, not the folder itself.
    if matches!(parts.last(), Some(Part::Deep)) {
        parts.push(Part::Any);
    }
    if parts.len() > MAX_PARTS {
        return Err("it has more than 63 parts; write a shorter glob".to_owned());
    }
    Ok(parts)
}

fn part(name: &str) -> Result<Part, String> {
    match name {
        "**" => Ok(Part::Deep),
        "*" => Ok(Part::Any),
        plain if !has_glob_characters(plain) => Ok(Part::Name(plain.to_owned())),
        glob => GlobBuilder::new(glob)
            .literal_separator(true)
            .empty_alternates(true)
            .build()
            .map(|glob| Part::Glob(glob.compile_matcher()))
            .map_err(|error| error.kind().to_string()),
    }
}

/// Writes out the braces of a glob that hold a `/`, so that it can be taken apart at each `/`.
fn spell_out(glob: &str) -> Result<Vec<String>, &'static str> {
    let mut open = vec![glob.to_owned()];
    let mut done = Vec::new();
    while let Some(next) = open.pop() {
        match Braces::with_slash(&next) {
            None => done.push(next),
            Some(braces) => {
                // Pushed backwards, so that the first alternative is taken first.
                let spelled = braces.alternatives.iter().rev();
                open.extend(spelled.map(|one| format!("{}{one}{}", braces.before, braces.after)));
            }
        }
        if open.len() + done.len() > MAX_ALTERNATIVES {
            return Err("its braces stand for more than 256 globs; write them as a list");
        }
    }
    Ok(done)
}

/// An outermost pair of braces, and what stands around it.
struct Braces<'g> {
    before: &'g str,
    alternatives: Vec<&'g str>,
    after: &'g str,
}

impl<'g> Braces<'g> {
    /// The first outermost braces that hold a `/`. Braces that never close are left for the
    /// compiler of the part to complain about.
    fn with_slash(glob: &'g str) -> Option<Braces<'g>> {
        let mut depth = 0_usize;
        let mut cuts = Vec::new();
        let mut class = Class::default();
        for (at, character) in glob.char_indices() {
            if class.holds(character) {
                continue;
            }
            match character {
                '{' => {
                    if depth == 0 {
                        cuts = vec![at];
                    }
                    depth += 1;
                }
                ',' if depth == 1 => cuts.push(at),
                '}' if depth > 0 => {
                    depth -= 1;
                    let start = *cuts.first()?;
                    if depth == 0 && glob.get(start..at)?.contains('/') {
                        cuts.push(at);
                        return Braces::cut(glob, &cuts);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Cuts a glob at an opening brace, its commas and its closing brace.
    fn cut(glob: &'g str, cuts: &[usize]) -> Option<Braces<'g>> {
        let alternatives = cuts.windows(2).map(|pair| glob.get(pair[0] + 1..pair[1]));
        Some(Braces {
            before: glob.get(..*cuts.first()?)?,
            alternatives: alternatives.collect::<Option<_>>()?,
            after: glob.get(cuts.last()? + 1..)?,
        })
    }
}

/// Whether the walk over a glob's characters is inside `[…]`, where braces mean themselves.
#[derive(Default)]
struct Class {
    /// How many characters since the `[`, negation left out.
    length: Option<usize>,
}

impl Class {
    /// Takes one more character; tells whether it belongs to a class.
    fn holds(&mut self, character: char) -> bool {
        self.length = match (self.length, character) {
            (None, '[') => Some(0),
            (None, _) => return false,
            (Some(0), '!' | '^') => Some(0),
            // A `]` directly after the `[` is a member.
            (Some(length), ']') if length > 0 => None,
            (Some(length), _) => Some(length + 1),
        };
        true
    }
}
