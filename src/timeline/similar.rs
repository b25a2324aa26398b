//! How alike two texts are.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// What is compared of a text: its words and its pairs of neighbouring characters, each sorted.
#[derive(Clone, Debug)]
pub(super) struct Features {
    words: Vec<u64>,
    pairs: Vec<u64>,
}

impl Features {
    /// The features of a text that is already in lower case.
    pub(super) fn of(text: &str) -> Features {
        let mut words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| xxh3_64(word.as_bytes()))
            .collect();
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut pairs: Vec<u64> = letters
            .windows(2)
            .map(|pair| (u64::from(u32::from(pair[0])) << 32) | u64::from(u32::from(pair[1])))
            .collect();
        words.sort_unstable();
        pairs.sort_unstable();
        Features { words, pairs }
    }

    /// How alike two texts are, from 0 to 1. A text that only grew, as when somebody adds a note
    /// behind it, counts as very much alike: what it said before is all still there.
    pub(super) fn similarity(&self, other: &Features) -> f64 {
        let words = common(&self.words, &other.words);
        let pairs = common(&self.pairs, &other.pairs);
        let by_words = dice(words, self.words.len(), other.words.len());
        let by_pairs = dice(pairs, self.pairs.len(), other.pairs.len());
        by_words.max(0.95 * by_pairs).max(self.containment(other, words))
    }

    /// How much of the shorter text stands in the longer one. Says nothing of texts so short that
    /// their few words turn up in many others.
    fn containment(&self, other: &Features, common: usize) -> f64 {
        let shorter = self.words.len().min(other.words.len());
        if shorter < 3 { 0.0 } else { 0.9 * common as f64 / shorter as f64 }
    }
}

/// How alike two files are, from 0 to 1: the share of bytes in lines that both have.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    lines: Vec<(u64, usize)>,
    bytes: usize,
}

impl Lines {
    /// The lines of a file. Line endings, trailing space and what stands in the boxes are left
    /// aside: a renamed checklist with every box ticked is the same checklist.
    pub(super) fn of(text: &[u8]) -> Lines {
        let mut lines: Vec<(u64, usize)> = text
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
            .map(|line| (xxh3_64(&unticked(line)), line.len()))
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

/// A line with its first box, if it begins with one, emptied.
fn unticked(line: &[u8]) -> Cow<'_, [u8]> {
    let open = line.iter().position(|byte| *byte == b'[');
    match open {
        Some(at) if at < 16 && line.get(at + 2) == Some(&b']') => {
            let mut line = line.to_vec();
            line[at + 1] = b' ';
            Cow::Owned(line)
        }
        _ => Cow::Borrowed(line),
    }
}

/// How many values two sorted lists share, each counted as often as both have it.
fn common(mine: &[u64], theirs: &[u64]) -> usize {
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
        Features::of(a).similarity(&Features::of(b))
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
        assert!(similarity("sign the reseller contract", "publish the partner's logo") < 0.4);
        assert_eq!(similarity("", ""), 0.0);
    }

    #[test]
    fn files_are_compared_by_lines() {
        let old = Lines::of(b"# Title\n- [ ] one\n- [ ] two\n");
        assert_eq!(old.similarity(&Lines::of(b"# Title\r\n- [ ] one\r\n- [ ] two")), 1.0);
        assert_eq!(old.similarity(&Lines::of(b"# Title\n- [x] one\n- [X] two\n")), 1.0);
        assert!(old.similarity(&Lines::of(b"# Title\n- [x] one\n- [ ] three\n")) > 0.5);
        assert_eq!(old.similarity(&Lines::of(b"")), 0.0);
    }
}
