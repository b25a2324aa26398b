//! Rewording as people do it: most keep the subject of the sentence, some keep little else.

use super::random::Random;
use super::truth::Edit;
use super::words::{DETAILS, FRAMES, SYNONYMS, TEAMS};

/// How often each kind of rewording happens.
const KINDS: [(Edit, u32); 4] = [
    (Edit::RewordTypo, 30),
    (Edit::RewordDetail, 35),
    (Edit::RewordLight, 23),
    (Edit::RewordHeavy, 12),
];

/// Another text for the same work; `topic` is the thing that it is about. `None` where this text
/// offers nothing to change in the way that chance would have it.
pub(super) fn reword(text: &str, topic: &str, random: &mut Random) -> Option<(String, Edit)> {
    let kind = random.weighted(&KINDS)?;
    let new = match kind {
        Edit::RewordTypo => typo(text, random),
        Edit::RewordDetail => detail(text, random),
        Edit::RewordLight => light(text, random),
        _ => heavy(topic, random),
    }?;
    (new.to_lowercase() != text.to_lowercase()).then_some((new, kind))
}

/// Two letters swapped, one doubled or one lost, somewhere inside a word.
fn typo(text: &str, random: &mut Random) -> Option<String> {
    let mut letters: Vec<char> = text.chars().collect();
    let inner: Vec<usize> = (1..letters.len().saturating_sub(2))
        .filter(|&at| letters[at - 1..at + 2].iter().all(|c| c.is_ascii_lowercase()))
        .collect();
    let at = *random.pick(&inner)?;
    match random.index(3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => drop(letters.remove(at)),
    }
    Some(letters.into_iter().collect())
}

/// A clause more, or the last one less.
fn detail(text: &str, random: &mut Random) -> Option<String> {
    if let Some(known) = DETAILS.iter().find(|detail| text.ends_with(**detail)) {
        return Some(text[..text.len() - known.len()].to_owned());
    }
    let shorten = random.chance(0.2);
    let cut = [" and ", " for ", " with ", " before ", ", "];
    let end = cut.iter().filter_map(|word| text.rfind(word)).max();
    match end {
        Some(end) if shorten && end * 2 > text.len() => Some(text[..end].to_owned()),
        _ => Some(format!("{text}{}", random.word(&DETAILS))),
    }
}

/// One or two words put differently.
fn light(text: &str, random: &mut Random) -> Option<String> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (one, other) in SYNONYMS {
        if has_word(text, one) {
            known.push((one, other));
        } else if has_word(text, other) {
            known.push((other, one));
        }
    }
    random.shuffle(&mut known);
    let mut new = text.to_owned();
    for (from, to) in known.into_iter().take(1 + random.index(2)) {
        new = replace_word(&new, from, to);
    }
    Some(new)
}

/// Another sentence about the same thing.
fn heavy(topic: &str, random: &mut Random) -> Option<String> {
    let frame = random.word(&FRAMES).replace("{team}", random.word(&TEAMS));
    Some(sentence(&frame.replace("{}", topic)))
}

/// The text with a capital letter at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word).is_some()
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        free(text[..at].chars().next_back()) && free(text[at + word.len()..].chars().next())
    })
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    match find_word(text, from) {
        Some(at) => format!("{}{to}{}", &text[..at], &text[at + from.len()..]),
        None => text.to_owned(),
    }
}
