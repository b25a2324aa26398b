//! Metadata that counts only at the end of a text: `@anna`, `^id`, `⛔ id`, `(optional)`, and an
//! owner that runs to the end.
//!
//! In real texts `@` is mostly something else: `(by @x)`, `@scope/package`, an e-mail address.

use std::ops::Range;

use crate::parse::metadata::{Place, Reader, is_id, number_at_start};
use crate::parse::owners;

/// Reads the end of a text. `run` is the token of an owner that runs to the end (`— Owner:`).
pub(super) fn read(reader: &mut Reader<'_>, run: Option<Range<usize>>) {
    let mut tail = Tail::new(reader);
    while let Some(word) = tail.last_word() {
        if !tail.take(word, run.is_none()) {
            break;
        }
    }
    let Tail { cuts, owners, end, .. } = tail;
    reader.found.cuts.extend(cuts);
    reader.found.owners.extend(owners.into_iter().rev());
    if let Some(token) = run {
        named_to_the_end(reader, token, end);
    }
}

/// `— Owner: Anna Lee`: what stands behind it is the owner, up to the next such part.
fn named_to_the_end(reader: &mut Reader<'_>, token: Range<usize>, end: usize) {
    let next = reader.found.cuts.iter().map(|cut| cut.start).filter(|start| *start >= token.end);
    let end = next.min().unwrap_or(end).max(token.end);
    let value = &reader.text[token.end..end];
    let value = &value[..next_part(value)];
    let named = owners::split(value.trim_end_matches([' ', '.', ',', '—', '–', '-', '|', '(']));
    if !named.is_empty() {
        reader.found.owners.extend(named);
        let end = token.end + value.trim_end().len();
        // A full stop behind the name goes with it.
        let is_last = reader.text[end..].trim_end_matches(['.', ',', ';']).is_empty();
        reader.found.cuts.push(token.start..if is_last { reader.text.len() } else { end });
    }
}

/// Where ` — Due: …` or the like ends a value.
fn next_part(value: &str) -> usize {
    [" — ", " – ", " - ", " | "]
        .iter()
        .filter_map(|dash| value.find(dash))
        .filter(|at| value[*at..].contains(':'))
        .min()
        .unwrap_or(value.len())
}

/// The end of a text as it moves to the left.
struct Tail<'r, 'i> {
    reader: &'r mut Reader<'i>,
    /// What is left of the text ends here.
    end: usize,
    /// How many of the cuts found before lie to the left.
    known: usize,
    cuts: Vec<Range<usize>>,
    owners: Vec<String>,
}

impl<'r, 'i> Tail<'r, 'i> {
    fn new(reader: &'r mut Reader<'i>) -> Tail<'r, 'i> {
        let (end, known) = (reader.text.len(), reader.found.cuts.len());
        Tail { reader, end, known, cuts: Vec::new(), owners: Vec::new() }
    }

    /// The last word that no cut has taken, without the punctuation behind it.
    fn last_word(&mut self) -> Option<Range<usize>> {
        let text = self.reader.text;
        loop {
            let trimmed =
                text[..self.end].trim_end().trim_end_matches(['.', ',', ';', '—', '–']).trim_end();
            self.end = trimmed.len();
            let cut = self.known.checked_sub(1).and_then(|last| self.reader.found.cuts.get(last));
            match cut {
                Some(cut) if cut.end >= self.end && cut.start <= self.end => {
                    self.end = cut.start;
                    self.known -= 1;
                }
                _ => break,
            }
        }
        let floor = self.known.checked_sub(1).and_then(|last| self.reader.found.cuts.get(last));
        let floor = floor.map_or(0, |cut| cut.end.min(self.end));
        let word = text[floor..self.end].rsplit(char::is_whitespace).next()?;
        (!word.is_empty()).then(|| self.end - word.len()..self.end)
    }

    /// Takes the last word if it is metadata; what is left then ends before it.
    fn take(&mut self, word: Range<usize>, bare_owner: bool) -> bool {
        if !self.reader.inline.is_open(word.clone()) {
            return false;
        }
        let text = &self.reader.text[word.clone()];
        let start = if let Some(id) = text.strip_prefix('^') {
            self.reader.keep_id(&word, id).then_some(word.start)
        } else if text.starts_with('@') && bare_owner {
            self.owner(word.clone())
        } else if text.eq_ignore_ascii_case("(optional)") && self.is_item() {
            let first = !std::mem::replace(&mut self.reader.found.optional, true);
            first.then_some(word.start)
        } else {
            self.dependency(word.clone())
        };
        match start {
            Some(start) => {
                self.cuts.push(start..word.end);
                self.end = start;
                true
            }
            None => false,
        }
    }

    fn is_item(&self) -> bool {
        matches!(self.reader.place, Place::Item { .. })
    }

    /// A bare `@anna` that something to do stands in front of. Between two of them an "and" goes
    /// with them.
    fn owner(&mut self, word: Range<usize>) -> Option<usize> {
        let text = self.reader.text;
        let name = text[word.clone()].strip_prefix('@')?;
        let before = text[..word.start].trim_end();
        let previous = last(before);
        let by = previous.trim_start_matches(['(', '[']).eq_ignore_ascii_case("by");
        if !is_handle(name) || by || before.is_empty() || number_at_start(text) == word.start {
            return None;
        }
        self.owners.push(name.to_owned());
        let joins = matches!(previous, "and" | "&" | "+");
        let further = before[..before.len() - previous.len()].trim_end();
        let pair = joins && last(further).strip_prefix('@').is_some_and(is_handle);
        Some(if pair { further.len() } else { word.start })
    }

    /// `⛔ x` or `⛔ x,y`. Elsewhere than at the end a ⛔ is decoration.
    fn dependency(&mut self, word: Range<usize>) -> Option<usize> {
        let text = self.reader.text;
        let before = text[..word.start].trim_end();
        let sign = last(before);
        let joined = text[word.clone()].strip_prefix('⛔').map(|ids| (word.start, ids));
        let apart = || {
            matches!(sign, "⛔" | "⛔\u{fe0f}")
                .then(|| (before.len() - sign.len(), &text[word.clone()]))
        };
        let (start, ids) = joined.filter(|(_, ids)| !ids.is_empty()).or_else(apart)?;
        if start == 0 || !ids.split(',').all(is_id) {
            return None;
        }
        self.reader.found.depends.extend(ids.split(',').map(str::to_owned));
        Some(start)
    }
}

fn last(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Whether a text can stand behind an `@`.
fn is_handle(name: &str) -> bool {
    let name = name.trim_end_matches(',');
    name.starts_with(char::is_alphanumeric) && is_id(name)
}
