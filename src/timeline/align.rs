//! Which item of a newer version is which item of an older one.
//!
//! What is surest decides first: explicit ids, then the same text in the same section, then the
//! same text elsewhere. Only what is left is compared by similarity, and there an alignment never
//! crosses itself, so that near duplicates keep their order.

mod reworded;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use super::similar::Weights;
use crate::model::{Document, Item};

/// Past this many pairs nothing is compared by similarity: that much new text is new text.
const MOST_PAIRS: usize = 1_000_000;

/// The items of two versions, paired.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// For each old item the new one.
    pub(super) new_of: Vec<Option<usize>>,
    /// For each new item the old one.
    pub(super) old_of: Vec<Option<usize>>,
    /// For each new item that has an old one: whether it stands in another section than before. A
    /// section whose heading was reworded is the same section.
    pub(super) moved: Vec<bool>,
}

impl Alignment {
    /// Aligns two versions.
    pub(super) fn of(old: &Document, new: &Document) -> Alignment {
        if is_same_list(old, new) {
            let same: Vec<_> = (0..old.items.len()).map(Some).collect();
            return Alignment {
                moved: vec![false; same.len()],
                new_of: same.clone(),
                old_of: same,
            };
        }
        let mut work = Work::new(old, new);
        work.by_explicit_id();
        work.by_text(|side, at| (side.section[at], side.parent_text(at), side.text[at]));
        work.by_text(|side, at| (side.section[at], NO_TEXT, side.text[at]));
        work.follow_renamed_sections();
        work.by_text(|side, at| (side.section[at], NO_TEXT, side.text[at]));
        work.by_text(|side, at| (ANYWHERE, NO_TEXT, side.text[at]));
        work.by_similarity_within_sections();
        work.by_similarity_elsewhere();
        work.finish()
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.new_of[old] = Some(new);
        self.old_of[new] = Some(old);
    }
}

/// Whether two versions have the same items in the same places, whatever their states: most commits
/// only tick boxes. All that is done below would come to the same.
fn is_same_list(old: &Document, new: &Document) -> bool {
    let mut items = old.items.iter().zip(&new.items);
    old.items.len() == new.items.len()
        && items.all(|(a, b)| {
            a.identity == b.identity
                && !a.identity.is_empty()
                && (a.section, a.parent) == (b.section, b.parent)
                && a.explicit_id == b.explicit_id
        })
        && has_same_sections(old, new)
}

fn has_same_sections(old: &Document, new: &Document) -> bool {
    let mut sections = old.sections.iter().zip(&new.sections);
    old.sections.len() == new.sections.len()
        && sections.all(|(a, b)| a.title == b.title && a.parent == b.parent)
}

/// The place of the key of no section among all keys; also stands for any of them.
const ANYWHERE: usize = 0;
/// The number of the empty text; also stands for any of them.
const NO_TEXT: usize = 0;

/// One version, with what is compared of it.
struct Side<'a> {
    items: &'a [Item],
    /// For each item a number that its text has in both versions: texts are compared often.
    text: Vec<usize>,
    /// For each item what stands for the key of its section, which survives renumbering and moved
    /// windows: its place among the keys of both versions, in their order.
    section: Vec<usize>,
}

impl<'a> Side<'a> {
    fn both(old: &'a Document, new: &'a Document) -> (Side<'a>, Side<'a>) {
        let of_old = section_keys(old);
        let others = (!has_same_sections(old, new)).then(|| section_keys(new));
        let of_new = others.as_ref().unwrap_or(&of_old);
        let mut all: Vec<&str> = of_old.iter().chain(of_new).map(String::as_str).collect();
        all.push("");
        all.sort_unstable();
        all.dedup();
        let mut numbers: HashMap<&str, usize, Xxh3DefaultBuilder> = HashMap::default();
        numbers.insert("", NO_TEXT);
        let mut number = |item: &'a Item| {
            let next = numbers.len();
            *numbers.entry(&item.identity).or_insert(next)
        };
        let mut side = |document: &'a Document, keys: &[String]| {
            let place = |key: &String| all.partition_point(|other| *other < key.as_str());
            let places: Vec<usize> = keys.iter().map(place).collect();
            let of_item = |item: &Item| item.section.map_or(ANYWHERE, |at| places[at]);
            let section = document.items.iter().map(of_item).collect();
            let text = document.items.iter().map(&mut number).collect();
            Side { items: &document.items, text, section }
        };
        (side(old, &of_old), side(new, of_new))
    }

    fn parent_text(&self, at: usize) -> usize {
        self.items[at].parent.map_or(NO_TEXT, |parent| self.text[parent])
    }
}

/// The key of the section that an item stands in.
pub(super) fn section_of(document: &Document, item: &Item) -> String {
    item.section.and_then(|at| section_keys(document).into_iter().nth(at)).unwrap_or_default()
}

/// A key for each section: the titles around it without numbers and parentheses, lower case.
fn section_keys(document: &Document) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let above = section.parent.map_or("", |at| keys[at].as_str());
        keys.push(format!("{above}\u{1}{}", section_key(&section.title)));
    }
    keys
}

/// A heading's title without its numbering, its parentheses and its case.
fn section_key(title: &str) -> String {
    let mut key = String::new();
    let mut depth = 0usize;
    for c in title.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => key.extend(c.to_lowercase()),
        }
    }
    let numbering = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '#' | ' ');
    let bare = key.trim_start_matches(numbering);
    // A heading that is nothing but a number is its number.
    let words = if bare.is_empty() { &key } else { bare };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Work<'a> {
    old: Side<'a>,
    new: Side<'a>,
    found: Alignment,
    /// What the words of both versions tell; only asked for where something was reworded.
    weights: OnceCell<Weights>,
}

impl<'a> Work<'a> {
    fn new(old: &'a Document, new: &'a Document) -> Work<'a> {
        let found = Alignment {
            new_of: vec![None; old.items.len()],
            old_of: vec![None; new.items.len()],
            moved: Vec::new(),
        };
        let (old, new) = Side::both(old, new);
        Work { old, new, found, weights: OnceCell::new() }
    }

    fn old_left(&self) -> Vec<usize> {
        (0..self.old.items.len()).filter(|&at| self.found.new_of[at].is_none()).collect()
    }

    fn new_left(&self) -> Vec<usize> {
        (0..self.new.items.len()).filter(|&at| self.found.old_of[at].is_none()).collect()
    }

    /// Two items that both have an id, and not the same, are never one.
    fn may_be_one(&self, old: usize, new: usize) -> bool {
        match (&self.old.items[old].explicit_id, &self.new.items[new].explicit_id) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    fn by_explicit_id(&mut self) {
        let ids = |side: &Side<'a>| {
            let mut ids: HashMap<&'a str, usize> = HashMap::new();
            for (at, item) in side.items.iter().enumerate() {
                if let Some(id) = &item.explicit_id {
                    ids.entry(id).or_insert(at);
                }
            }
            ids
        };
        let new_ids = ids(&self.new);
        for (id, old) in ids(&self.old) {
            if let Some(&new) = new_ids.get(id) {
                self.found.pair(old, new);
            }
        }
    }

    /// Pairs what is left and has the same key (section, text of the parent, text), in order.
    fn by_text(&mut self, key: impl Fn(&Side<'a>, usize) -> (usize, usize, usize)) {
        let (old_left, new_left) = (self.old_left(), self.new_left());
        if old_left.is_empty() || new_left.is_empty() {
            return;
        }
        // By key, the old ones first, each in their order.
        let old = old_left.into_iter().map(|at| (key(&self.old, at), false, at));
        let new = new_left.into_iter().map(|at| (key(&self.new, at), true, at));
        let mut left: Vec<_> = old.chain(new).filter(|((.., text), ..)| *text != NO_TEXT).collect();
        left.sort_unstable();
        for group in left.chunk_by(|a, b| a.0 == b.0) {
            let (old, new) = group.split_at(group.partition_point(|(_, is_new, _)| !is_new));
            if old.len() == new.len() || old.len() * new.len() > MOST_PAIRS {
                for (&(.., old), &(.., new)) in old.iter().zip(new) {
                    if self.may_be_one(old, new) {
                        self.found.pair(old, new);
                    }
                }
            } else if !old.is_empty() && !new.is_empty() {
                let places = |side: &[(_, _, usize)]| side.iter().map(|(.., at)| *at).collect();
                let (old, new): (Vec<_>, Vec<_>) = (places(old), places(new));
                self.align_run(&old, &new, |work, o, n| 1.0 + work.context(o, n));
            }
        }
    }

    /// How much speaks for two items of one text being one: state, neighbours and parent.
    fn context(&self, old: usize, new: usize) -> f64 {
        let (a, b) = (&self.old.items[old], &self.new.items[new]);
        let before = neighbour(&self.old, old, -1) == neighbour(&self.new, new, -1);
        let after = neighbour(&self.old, old, 1) == neighbour(&self.new, new, 1);
        let parent = self.old.parent_text(old) == self.new.parent_text(new);
        let score = |yes: bool, weight: f64| if yes { weight } else { 0.0 };
        score(a.state == b.state, 0.2) + score(before, 0.2) + score(after, 0.2) + score(parent, 0.2)
    }

    /// A section that is gone and one that is new are one when most of the items of the smaller
    /// one stand in both: then only its heading was reworded.
    fn follow_renamed_sections(&mut self) {
        let old_keys: HashSet<usize> = self.old.section.iter().copied().collect();
        let new_keys: HashSet<usize> = self.new.section.iter().copied().collect();
        let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut by_text: HashMap<usize, Vec<usize>> = HashMap::new();
        for old in 0..self.old.items.len() {
            if !new_keys.contains(&self.old.section[old]) {
                by_text.entry(self.old.text[old]).or_default().push(old);
            }
        }
        if by_text.is_empty() {
            return;
        }
        for new in 0..self.new.items.len() {
            if old_keys.contains(&self.new.section[new]) {
                continue;
            }
            let Some(olds) = by_text.get_mut(&self.new.text[new]) else { continue };
            if !olds.is_empty() {
                let pair = (self.old.section[olds.remove(0)], self.new.section[new]);
                *votes.entry(pair).or_default() += 1;
            }
        }
        let size = |side: &Side<'_>, key| side.section.iter().filter(|k| **k == key).count();
        let mut ranked: Vec<_> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut renamed: HashMap<usize, usize> = HashMap::new();
        let mut taken: HashSet<usize> = HashSet::new();
        for ((old, new), count) in ranked {
            let smaller = size(&self.old, old).min(size(&self.new, new));
            if 2 * count >= smaller && !renamed.contains_key(&new) && !taken.contains(&old) {
                taken.insert(old);
                renamed.insert(new, old);
            }
        }
        for key in &mut self.new.section {
            if let Some(old) = renamed.get(key) {
                *key = *old;
            }
        }
    }

    /// Pairs two runs of items so that no pair crosses another and the scores add up to the most.
    /// A score of zero or less is no pair.
    fn align_run(
        &mut self,
        old: &[usize],
        new: &[usize],
        score: impl Fn(&Work<'a>, usize, usize) -> f64,
    ) {
        let width = new.len() + 1;
        let mut best = vec![0.0f64; (old.len() + 1) * width];
        let mut scores = vec![0.0f64; old.len() * new.len()];
        for (i, &o) in old.iter().enumerate().rev() {
            for (j, &n) in new.iter().enumerate().rev() {
                let alike = if self.may_be_one(o, n) { score(self, o, n).max(0.0) } else { 0.0 };
                scores[i * new.len() + j] = alike;
                let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                let take = if alike > 0.0 { alike + best[(i + 1) * width + j + 1] } else { 0.0 };
                best[i * width + j] = skip.max(take);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < old.len() && j < new.len() {
            let here = best[i * width + j];
            let alike = scores[i * new.len() + j];
            if alike > 0.0 && here == alike + best[(i + 1) * width + j + 1] {
                self.found.pair(old[i], new[j]);
                i += 1;
                j += 1;
            } else if here == best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    fn finish(self) -> Alignment {
        let Work { old, new, mut found, .. } = self;
        found.moved = (0..new.items.len())
            .map(|at| found.old_of[at].is_some_and(|from| old.section[from] != new.section[at]))
            .collect();
        found
    }
}

/// The text of the item before or after one.
fn neighbour(side: &Side<'_>, at: usize, step: isize) -> Option<usize> {
    side.text.get(at.checked_add_signed(step)?).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::RepoPath;
    use crate::parse;

    fn document(text: &str) -> Document {
        parse::document(&RepoPath::new("list.md"), text.as_bytes(), &parse::Options::default())
    }

    /// A checklist of a few words, so that equal and similar texts are common.
    fn checklist() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["sign", "the", "contract", "review", "team", "two"]);
        let text = prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "));
        let line = (any::<bool>(), any::<bool>(), text).prop_map(|(heading, done, text)| {
            let mark = if done { 'x' } else { ' ' };
            if heading && done { format!("## {text}\n\n") } else { format!("- [{mark}] {text}\n") }
        });
        prop::collection::vec(line, 0..30).prop_map(|lines| lines.concat())
    }

    proptest! {
        #[test]
        fn no_item_is_two_and_both_sides_agree(old in checklist(), new in checklist()) {
            let (old, new) = (document(&old), document(&new));
            let found = Alignment::of(&old, &new);
            prop_assert_eq!(found.new_of.len(), old.items.len());
            prop_assert_eq!(found.old_of.len(), new.items.len());
            for (at, pair) in found.new_of.iter().enumerate() {
                if let Some(pair) = pair {
                    prop_assert_eq!(found.old_of[*pair], Some(at));
                }
            }
            let pairs = |side: &[Option<usize>]| side.iter().flatten().count();
            prop_assert_eq!(pairs(&found.new_of), pairs(&found.old_of));
        }

        #[test]
        fn every_item_of_an_unchanged_list_is_itself(text in checklist()) {
            let document = document(&text);
            let found = Alignment::of(&document, &document);
            for (at, pair) in found.new_of.iter().enumerate() {
                prop_assert_eq!(*pair, Some(at));
            }
            prop_assert!(found.moved.iter().all(|moved| !moved));
        }

        #[test]
        fn ticking_moves_nobody(text in checklist()) {
            let ticked = text.replace("- [ ]", "- [x]");
            let found = Alignment::of(&document(&text), &document(&ticked));
            for (at, pair) in found.new_of.iter().enumerate() {
                prop_assert_eq!(*pair, Some(at));
            }
        }
    }
}
