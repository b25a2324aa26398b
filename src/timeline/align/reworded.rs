//! Items whose text has changed: what ids and equal texts have left over is compared by similarity.
//!
//! How alike two texts have to be depends on what else speaks for the two being one. An item in its
//! place, between the same neighbours, may be told in other words altogether. Where most of a
//! section is new, a place says less, and so many texts are compared that some are alike by chance.

use std::collections::{BTreeMap, HashMap};

use super::{Alignment, MOST_PAIRS, Side, Work};
use crate::model::State;
use crate::timeline::similar::{Features, GROWN, Weights};

/// How alike an item has to be at the same place between the same two others.
const IN_PLACE: f64 = 0.25;
/// The same, of an item that is not open: a new one mostly is.
const IN_PLACE_NOT_OPEN: f64 = 0.2;
/// The same, at another place between the same two others.
const NEARBY: f64 = 0.4;
/// The same, anywhere in the section.
const IN_SECTION: f64 = 0.6;
/// The same, at the same place of a section that was written anew.
const IN_PLACE_OF_REWRITE: f64 = 0.7;
/// The same, anywhere else: in such a section, or in another one.
const ELSEWHERE: f64 = GROWN;
/// How much more it takes where the tick is gone too: who rewords an item rarely takes its tick
/// back, and a new one comes without.
const UNTICKED: f64 = 0.3;
/// What is enough in any case, as where a letter or two are mended; and what it takes where one of
/// the two has an id: who gives or takes one rarely rewords as well.
const NEARLY_EQUAL: f64 = 0.95;
/// What each neighbour that is the same counts for, where several items are alike enough.
const NEIGHBOUR: f64 = 0.05;
/// A section counts as written anew when at least this many items are left over on both sides, and
/// fewer survived.
const REWRITE_FROM: usize = 3;

impl Work<'_> {
    pub(super) fn by_similarity_within_sections(&mut self) {
        let mut sections: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for old in self.old_left() {
            sections.entry(self.old.section[old]).or_default().0.push(old);
        }
        for new in self.new_left() {
            if let Some(section) = sections.get_mut(&self.new.section[new]) {
                section.1.push(new);
            }
        }
        for (key, (old, new)) in sections {
            if new.is_empty() || old.len() * new.len() > MOST_PAIRS {
                continue;
            }
            let lost = old.len().min(new.len());
            let whole = self.old.section.iter().filter(|section| **section == key).count();
            let is_rewrite = lost >= REWRITE_FROM && whole - old.len() < lost;
            let features = Compared::of(self, &old, &new);
            let gaps = Gaps::of(&self.found);
            self.align_run(&old, &new, |work, o, n| {
                let alike = features.similarity(o, n);
                let standing = gaps.standing(o, n);
                let needed = work.needed_here(n, &standing, is_rewrite);
                if alike < work.needed(needed, o, n) {
                    return 0.0;
                }
                alike + NEIGHBOUR * standing.same_neighbours()
            });
        }
    }

    pub(super) fn by_similarity_elsewhere(&mut self) {
        let (old, new) = (self.old_left(), self.new_left());
        if old.is_empty() || new.is_empty() || old.len() * new.len() > MOST_PAIRS {
            return;
        }
        let features = Compared::of(self, &old, &new);
        self.align_run(&old, &new, |work, o, n| {
            let alike = features.similarity(o, n);
            if alike < work.needed(ELSEWHERE, o, n) { 0.0 } else { alike }
        });
    }

    /// How alike two items of one section have to be by where they stand.
    fn needed_here(&self, new: usize, standing: &Standing, is_rewrite: bool) -> f64 {
        let in_gap = standing.before && standing.after;
        match (is_rewrite, in_gap, standing.same_rank) {
            (true, true, true) => IN_PLACE_OF_REWRITE,
            (true, ..) => ELSEWHERE,
            (false, true, true) if self.new.items[new].state != State::Open => IN_PLACE_NOT_OPEN,
            (false, true, true) => IN_PLACE,
            (false, true, false) => NEARBY,
            (false, false, _) => IN_SECTION,
        }
    }

    /// How alike two items have to be, given how alike they have to be by where they stand.
    fn needed(&self, needed: f64, old: usize, new: usize) -> f64 {
        let (before, after) = (&self.old.items[old], &self.new.items[new]);
        let is_unticked = before.state == State::Done && after.state != State::Done;
        let needed = if is_unticked { (needed + UNTICKED).min(NEARLY_EQUAL) } else { needed };
        let one_has_an_id = before.explicit_id.is_some() != after.explicit_id.is_some();
        if one_has_an_id { needed.max(NEARLY_EQUAL) } else { needed }
    }
}

/// Where the items that are left stand among those that are paired. The start and the end of a file
/// count as paired with themselves.
struct Gaps {
    old: Vec<Gap>,
    new: Vec<Gap>,
}

/// Where an item stands: the nearest paired items before and after it, by their new index, and how
/// many steps away they are.
#[derive(Clone, Copy, Default)]
struct Gap {
    before: Option<usize>,
    after: Option<usize>,
    from_before: usize,
    to_after: usize,
}

/// How the places of two items compare.
struct Standing {
    /// The nearest paired item before them is the same.
    before: bool,
    /// The same of the one after them.
    after: bool,
    /// They are as many steps away from one of these.
    same_rank: bool,
}

impl Standing {
    fn same_neighbours(&self) -> f64 {
        f64::from(u8::from(self.before) + u8::from(self.after))
    }
}

impl Gaps {
    fn of(found: &Alignment) -> Gaps {
        let paired = |(at, from): (usize, &Option<usize>)| from.map(|_| at);
        let new: Vec<Option<usize>> = found.old_of.iter().enumerate().map(paired).collect();
        Gaps { old: gaps(&found.new_of), new: gaps(&new) }
    }

    fn standing(&self, old: usize, new: usize) -> Standing {
        let (a, b) = (self.old[old], self.new[new]);
        Standing {
            before: a.before == b.before,
            after: a.after == b.after,
            same_rank: a.from_before == b.from_before || a.to_after == b.to_after,
        }
    }
}

/// The gap that each item stands in; `paired`: the new index of those that stand in none.
fn gaps(paired: &[Option<usize>]) -> Vec<Gap> {
    let mut gaps = vec![Gap::default(); paired.len()];
    let (mut last, mut steps) = (None, 0);
    for (gap, pair) in gaps.iter_mut().zip(paired) {
        (gap.before, gap.from_before) = (last, steps);
        (last, steps) = if pair.is_some() { (*pair, 0) } else { (last, steps + 1) };
    }
    let (mut next, mut steps) = (None, 0);
    for (gap, pair) in gaps.iter_mut().zip(paired).rev() {
        (gap.after, gap.to_after) = (next, steps);
        (next, steps) = if pair.is_some() { (*pair, 0) } else { (next, steps + 1) };
    }
    gaps
}

/// The features of the items that a comparison by similarity is about.
struct Compared {
    old: HashMap<usize, Features>,
    new: HashMap<usize, Features>,
}

impl Compared {
    fn of<'a>(work: &Work<'a>, old: &[usize], new: &[usize]) -> Compared {
        let weights = work.weights.get_or_init(|| {
            let texts = |side: &Side<'a>| side.items.iter().map(|item| &*item.identity);
            Weights::of(texts(&work.old), texts(&work.new))
        });
        let features = |side: &Side<'_>, items: &[usize]| {
            items.iter().map(|&at| (at, Features::of(&side.items[at].identity, weights))).collect()
        };
        Compared { old: features(&work.old, old), new: features(&work.new, new) }
    }

    fn similarity(&self, old: usize, new: usize) -> f64 {
        match (self.old.get(&old), self.new.get(&new)) {
            (Some(a), Some(b)) => a.similarity(b),
            _ => 0.0,
        }
    }
}
