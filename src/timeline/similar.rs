//! How alike two texts are.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// From this likeness on two words are one with a typing error or another ending.
const SAME_WORD: f64 = 0.6;
/// How alike a text is to one that only adds to it: enough to be the same in any place.
pub(super) const GROWN: f64 = 0.9;
/// Short texts without a common word that are less alike than this by their letters are not alike.
const BY_CHANCE: f64 = 0.5;
/// Words shorter than this many letters have to be equal.
const SHORTEST: usize = 4;
/// What a word weighs at least that stands in every item.
const LEAST_WEIGHT: f64 = 0.05;

/// How much each word tells: one that stands in most items of a checklist ("the", "partner") says
/// little about which item it is, one that stands in a single item says much.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    /// In how many items of a version each word stands, in the version where it stands in more;
    /// sorted by the word's hash.
    items: Vec<(u64, usize)>,
    /// How many items the longer version has.
    most: usize,
}

impl Weights {
    /// The weights of the words of two versions.
    pub(super) fn of<'t>(
        old: impl ExactSizeIterator<Item = &'t str>,
        new: impl ExactSizeIterator<Item = &'t str>,
    ) -> Weights {
        let most = old.len().max(new.len());
        let mut items = counts(old);
        items.extend(counts(new));
        items.sort_unstable();
        // Of a word in both versions the larger count stands behind the smaller.
        items.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                *kept = *later;
            }
            is_same
        });
        Weights { items, most }
    }

    fn weight(&self, hash: u64) -> f64 {
        let found = self.items.binary_search_by_key(&hash, |(word, _)| *word);
        let count = found.map_or(1, |at| self.items[at].1) as f64;
        if self.most < 2 {
            return 1.0;
        }
        let all = self.most as f64 + 1.0;
        ((all / count).ln() / all.ln()).max(LEAST_WEIGHT)
    }
}

/// In how many texts each word stands, by its hash.
fn counts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(u64, usize)> {
    let (mut all, mut of_text): (Vec<u64>, Vec<u64>) = Default::default();
    for text in texts {
        of_text.clear();
        of_text.extend(words(text).map(|word| xxh3_64(word.as_bytes())));
        of_text.sort_unstable();
        of_text.dedup();
        all.extend_from_slice(&of_text);
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What is compared of a text: its words, sorted, with what each tells; and its pairs of
/// neighbouring characters, for texts of few words or of a script that does not part them.
#[derive(Clone, Debug)]
pub(super) struct Features {
    words: Vec<Word>,
    weight: f64,
    pairs: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Word {
    hash: u64,
    weight: f64,
    /// Its pairs of neighbouring letters; none of a word that has to be equal.
    pairs: Vec<u64>,
}

impl Features {
    /// The features of a text that is already in lower case.
    pub(super) fn of(text: &str, weights: &Weights) -> Features {
        let word = |word: &str| {
            let hash = xxh3_64(word.as_bytes());
            let letters = word.chars().count();
            let pairs = if letters < SHORTEST { Vec::new() } else { pairs(word.chars()) };
            Word { hash, weight: weights.weight(hash), pairs }
        };
        let mut words: Vec<Word> = words(text).map(word).collect();
        words.sort_unstable_by_key(|word| word.hash);
        let weight = words.iter().map(|word| word.weight).sum();
        let pairs = pairs(text.chars().filter(|c| c.is_alphanumeric()));
        Features { words, weight, pairs }
    }

    /// How alike two texts are, from 0 to 1. A text that only grew, as when somebody adds a note
    /// behind it, counts as very much alike: what it said before is all still there.
    pub(super) fn similarity(&self, other: &Features) -> f64 {
        let shorter = self.words.len().min(other.words.len());
        let common = self.common(other);
        let both = self.weight + other.weight;
        let by_words = if both > 0.0 { 2.0 * common / both } else { 0.0 };
        // Texts so short that their few words turn up in many others.
        if shorter < 3 {
            let shared = shared(&self.pairs, &other.pairs);
            let by_pairs = 0.95 * dice(shared, self.pairs.len(), other.pairs.len());
            // Some letters are in any two texts.
            let is_chance = common == 0.0 && by_pairs < BY_CHANCE;
            return if is_chance { by_words } else { by_words.max(by_pairs) };
        }
        by_words.max(GROWN * (common / self.weight.min(other.weight)))
    }

    /// What the words weigh that both texts have, spelled alike.
    fn common(&self, other: &Features) -> f64 {
        let mut weight = 0.0;
        let (mut mine, mut theirs) = (Vec::new(), Vec::new());
        let (mut a, mut b) = (self.words.iter().peekable(), other.words.iter().peekable());
        loop {
            match (a.peek(), b.peek()) {
                (Some(one), Some(two)) if one.hash == two.hash => {
                    weight += one.weight;
                    a.next();
                    b.next();
                }
                (Some(one), Some(two)) if one.hash < two.hash => mine.extend(a.next()),
                (_, Some(_)) => theirs.extend(b.next()),
                (Some(_), None) => mine.extend(a.next()),
                (None, None) => break,
            }
        }
        for word in mine.into_iter().filter(|word| !word.pairs.is_empty()) {
            let like = |other: &&Word| {
                let shared = shared(&word.pairs, &other.pairs);
                dice(shared, word.pairs.len(), other.pairs.len())
            };
            let best = theirs.iter().enumerate().map(|(at, other)| (like(other), at));
            let best = best.filter(|(alike, _)| *alike >= SAME_WORD);
            if let Some((alike, at)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) {
                let other = theirs.swap_remove(at);
                weight += alike * word.weight.min(other.weight);
            }
        }
        weight
    }
}

/// Pairs of neighbouring characters, sorted.
fn pairs(letters: impl Iterator<Item = char>) -> Vec<u64> {
    let letters: Vec<char> = letters.collect();
    let mut pairs: Vec<u64> = letters
        .windows(2)
        .map(|pair| (u64::from(u32::from(pair[0])) << 32) | u64::from(u32::from(pair[1])))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// How alike two files are, from 0 to 1: the share of bytes in lines that both have.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    lines: Vec<(u64, usize)>,
    bytes: usize,
}

impl Lines {
    /// The lines of a file. Line endings, trailing space, which bullet a list has and what stands in
    /// the boxes are left aside: a renamed checklist with every box ticked is the same checklist.
    pub(super) fn of(text: &[u8]) -> Lines {
        let mut lines: Vec<(u64, usize)> = text
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
            .map(|line| (xxh3_64(&bare(line)), line.len()))
            .collect();
        lines.sort_unstable();
        let bytes = lines.iter().map(|(_, length)| length).sum();
        Lines { lines, bytes }
    }

    /// The share of the larger file that stands in both.
    pub(super) fn similarity(&self, other: &Lines) -> f64 {
        let larger = self.bytes.max(other.bytes);
        if larger == 0 {
            return 0.0;
        }
        let mut shared = 0;
        let (mut mine, mut theirs) = (self.lines.iter().peekable(), other.lines.iter().peekable());
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += a.1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared as f64 / larger as f64
    }
}

/// A line with the bullet of its list made the same for all, and its first box, if it begins with
/// one, emptied.
fn bare(line: &[u8]) -> Cow<'_, [u8]> {
    let marker = line.iter().position(|byte| !byte.is_ascii_whitespace());
    let is_bullet = |at: &usize| {
        matches!(line[*at], b'*' | b'+') && line.get(at + 1).is_some_and(u8::is_ascii_whitespace)
    };
    let bullet = marker.filter(is_bullet);
    let open = line.iter().position(|byte| *byte == b'[');
    let mark = open.filter(|at| *at < 16 && line.get(at + 2) == Some(&b']'));
    if bullet.is_none() && mark.is_none() {
        return Cow::Borrowed(line);
    }
    let mut line = line.to_vec();
    bullet.into_iter().for_each(|at| line[at] = b'-');
    mark.into_iter().for_each(|at| line[at + 1] = b' ');
    Cow::Owned(line)
}

/// How many values two sorted lists share, each counted as often as both have it.
fn shared(mine: &[u64], theirs: &[u64]) -> usize {
    let (mut at, mut other, mut count) = (0, 0, 0);
    while at < mine.len() && other < theirs.len() {
        match mine[at].cmp(&theirs[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                at += 1;
                other += 1;
            }
        }
    }
    count
}

fn dice(common: usize, mine: usize, theirs: usize) -> f64 {
    if mine + theirs == 0 { 0.0 } else { 2.0 * common as f64 / (mine + theirs) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(a: &str, b: &str) -> f64 {
        let weights = Weights::default();
        Features::of(a, &weights).similarity(&Features::of(b, &weights))
    }

    #[test]
    fn a_note_behind_a_text_changes_little() {
        let note = "non-disclosure agreement signed — countersigned 4 march, filed in the vault";
        assert!(similarity("non-disclosure agreement signed", note) > 0.8);
    }

    #[test]
    fn a_typing_error_changes_little() {
        assert!(similarity("recieve the signed contract", "receive the signed contract") > 0.7);
    }

    #[test]
    fn other_work_is_not_alike() {
        assert_eq!(similarity("contract signed", "training recorded"), 0.0);
        assert!(similarity("sign the reseller contract", "publish the partner's logo") < 0.4);
        assert_eq!(similarity("", ""), 0.0);
    }

    #[test]
    fn files_are_compared_by_lines() {
        let old = Lines::of(b"# Title\n- [ ] one\n- [ ] two\n");
        assert_eq!(old.similarity(&Lines::of(b"# Title\r\n- [ ] one\r\n- [ ] two")), 1.0);
        assert_eq!(old.similarity(&Lines::of(b"# Title\n- [x] one\n- [X] two\n")), 1.0);
        assert_eq!(old.similarity(&Lines::of(b"# Title\n* [ ] one\n+ [ ] two\n")), 1.0);
        assert!(old.similarity(&Lines::of(b"# Title\n- [x] one\n- [ ] three\n")) > 0.5);
        assert_eq!(old.similarity(&Lines::of(b"")), 0.0);
    }
}
