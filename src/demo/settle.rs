//! From two versions of a partner to what happened in between, and by whom.
//!
//! Edits only change things. What a commit made so is found here afterwards, item by item, with
//! the item's own number in hand: each property of an item remembers the commit that last changed
//! it, on whatever branch, and what a mainline commit brought is told from the difference.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::list::{Item, Key, List, Place};
use super::truth::{Blame, Edit, Truth, TruthEvent};
use crate::model::State;
use crate::model::event::EventKind;

/// A partner's checklists at some commit, and what was taken out of them on the way there.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    pub(super) lists: Vec<Arc<List>>,
    /// Items that were taken out since the mainline was last left, and by whom.
    pub(super) gone: BTreeMap<Key, Blame>,
}

impl Shelf {
    pub(super) fn list(&self, key: Key) -> Option<&Arc<List>> {
        self.lists.iter().find(|list| list.key == key)
    }

    pub(super) fn list_mut(&mut self, key: Key) -> Option<&mut List> {
        self.lists.iter_mut().find(|list| list.key == key).map(Arc::make_mut)
    }

    pub(super) fn find(&self, key: Key) -> Option<(&List, &Item)> {
        self.lists.iter().find_map(|list| Some((&**list, list.item(key)?)))
    }

    fn index(&self, skip: &dyn Fn(&Arc<List>) -> bool) -> HashMap<Key, (&List, &Item)> {
        let lists = self.lists.iter().filter(|list| !skip(list));
        lists.flat_map(|list| list.items().map(|item| (item.key, (&**list, item)))).collect()
    }
}

/// Whether a list is the very same in the other version.
fn untouched<'s>(other: &'s Shelf) -> impl Fn(&Arc<List>) -> bool + 's {
    |list| other.list(list.key).is_some_and(|same| Arc::ptr_eq(same, list))
}

/// Writes down what a commit changed against its parent.
pub(super) fn commit(before: &Shelf, after: &mut Shelf, commit: usize, edit: Edit) {
    let by = |item: &Item| match item.touched {
        Some((touched, edit)) if touched == commit => Blame { commit, edit },
        _ => Blame { commit, edit },
    };
    settle(before, after, &|_, _| None, &by, edit);
}

/// Writes down what a merge changed: what it took from the other parent is that one's.
pub(super) fn merge(ours: &Shelf, theirs: &Shelf, after: &mut Shelf, commit: usize) {
    let own = Blame { commit, edit: Edit::EvilMerge };
    for (key, blame) in &theirs.gone {
        after.gone.entry(*key).or_insert(*blame);
    }
    let take = |key: Key, what: &Property| -> Option<Blame> {
        let (list, item) = theirs.find(key)?;
        let known = &item.known;
        match what {
            Property::Born => Some(known.born),
            Property::State(state) => (item.state == *state).then_some(known.state),
            Property::Text(text) => (item.identity() == *text).then_some(known.text),
            Property::Place(place) => {
                (known.place.0 == *place && list.key == place.0).then_some(known.place.1)
            }
            Property::Due(due) => (known.due.0 == *due).then_some(known.due.1),
            Property::Owner(owner) => (known.owner.0 == *owner).then_some(known.owner.1),
        }
    };
    settle(ours, after, &take, &|_| own, Edit::EvilMerge);
}

/// What a commit may have changed of an item, with its new value.
enum Property {
    Born,
    State(State),
    Text(String),
    Place((Key, Key)),
    Due(Option<crate::dates::Date>),
    Owner(String),
}

fn settle(
    before: &Shelf,
    after: &mut Shelf,
    take: &dyn Fn(Key, &Property) -> Option<Blame>,
    by: &dyn Fn(&Item) -> Blame,
    edit: Edit,
) {
    let was = before.index(&|_| false);
    let same = untouched(before);
    let mut here: Vec<Key> = Vec::new();
    let mut lists = std::mem::take(&mut after.lists);
    for list in lists.iter_mut().filter(|list| !same(list)) {
        let list = Arc::make_mut(list);
        let places = list.places();
        let key = list.key;
        let mut texts: HashMap<String, usize> = HashMap::new();
        list.items().for_each(|item| *texts.entry(item.identity()).or_default() += 1);
        for item in list.items_mut() {
            let Some(place) = places.get(&item.key) else { continue };
            here.push(item.key);
            let old = was.get(&item.key).map(|(_, old)| *old);
            settle_item(item, old, key, place, take, by);
            item.known.twin |= texts.get(&item.identity()).is_some_and(|count| *count > 1);
        }
    }
    after.lists = lists;
    let now = after.index(&same);
    let kept = |key: &Key| now.contains_key(key) || after.find(*key).is_some();
    let lost: Vec<Key> =
        before.index(&untouched(after)).into_keys().filter(|key| !kept(key)).collect();
    for key in lost {
        let Some((_, item)) = was.get(&key) else { continue };
        let by = Blame { edit, ..by(item) };
        after.gone.entry(key).or_insert(by);
    }
    for key in here {
        after.gone.remove(&key);
    }
}

fn settle_item(
    item: &mut Item,
    old: Option<&Item>,
    list: Key,
    place: &Place,
    take: &dyn Fn(Key, &Property) -> Option<Blame>,
    by: &dyn Fn(&Item) -> Blame,
) {
    let key = item.key;
    let own = by(item);
    let blame = |what: Property| take(key, &what).unwrap_or(own);
    let standing = (list, place.section);
    let Some(old) = old else {
        let born = blame(Property::Born);
        let comes_back = item.known.born.commit != usize::MAX && born == own;
        let state = blame(Property::State(item.state));
        // An item that comes back as it went keeps its tick.
        if !(comes_back && item.known.place.0 == standing) {
            item.known.state = state;
        }
        item.known.born = born;
        item.known.text = blame(Property::Text(item.identity()));
        item.known.place = (standing, blame(Property::Place(standing)));
        item.known.due = (place.due, blame(Property::Due(place.due)));
        item.known.owner = (place.owner.clone(), blame(Property::Owner(place.owner.clone())));
        return;
    };
    let known = old.known.clone();
    item.known.born = known.born;
    item.known.state =
        if item.state == old.state { known.state } else { blame(Property::State(item.state)) };
    let text = item.identity();
    item.known.reworded |= known.reworded || text != old.identity();
    item.known.text = if text == old.identity() { known.text } else { blame(Property::Text(text)) };
    item.known.place = match known.place.0 == standing {
        true => known.place,
        false => (standing, blame(Property::Place(standing))),
    };
    item.known.due = match known.due.0 == place.due {
        true => known.due,
        false => (place.due, blame(Property::Due(place.due))),
    };
    item.known.owner = match known.owner.0 == place.owner {
        true => known.owner,
        false => (place.owner.clone(), blame(Property::Owner(place.owner.clone()))),
    };
}

/// Tells what a mainline commit brought, from the partner before and after it.
pub(super) fn land(before: &Shelf, after: &Shelf, landed: usize, truth: &mut Truth) {
    let was = before.index(&untouched(after));
    for list in after.lists.iter().filter(|list| !untouched(before)(list)) {
        for item in list.items() {
            let known = &item.known;
            let traits = truth.traits.entry(item.key).or_default();
            traits.tagged = item.tag.is_some();
            traits.reworded |= known.reworded;
            traits.twin |= known.twin;
            let mut tell = |kind, by: Blame| {
                let (path, text) = (list.path.clone(), item.identity());
                truth.events.push(TruthEvent { kind, item: item.key, by, landed, path, text });
            };
            let old = was.get(&item.key);
            let Some((_, old)) = old else {
                tell(EventKind::Added, known.born);
                // A tick that was there before the item went and came back is not told again.
                let new = known.state.commit >= known.born.commit;
                if item.state == State::Done && new {
                    tell(EventKind::Checked, known.state);
                }
                continue;
            };
            if old.state != item.state {
                let kind = match (old.state, item.state) {
                    (_, State::Done) => EventKind::Checked,
                    (State::Done, _) => EventKind::Unchecked,
                    _ => EventKind::StateChanged,
                };
                tell(kind, known.state);
            }
            if old.identity() != item.identity() {
                tell(EventKind::Reworded, known.text);
            }
            if old.known.place.0 != known.place.0 {
                tell(EventKind::Moved, known.place.1);
            }
            if old.known.due.0 != known.due.0 {
                tell(EventKind::DueChanged, known.due.1);
            }
            if old.known.owner.0 != known.owner.0 {
                tell(EventKind::OwnerChanged, known.owner.1);
            }
        }
    }
    let now = after.index(&untouched(before));
    let mut gone: Vec<(Key, &(&List, &Item))> = Vec::new();
    for list in before.lists.iter().filter(|list| !untouched(after)(list)) {
        for item in list.items().filter(|item| !now.contains_key(&item.key)) {
            gone.extend(was.get(&item.key).map(|old| (item.key, old)));
        }
    }
    for (key, (list, item)) in gone {
        let by = after.gone.get(&key).copied();
        truth.events.push(TruthEvent {
            kind: EventKind::Removed,
            item: key,
            by: by.unwrap_or(Blame { commit: landed, edit: Edit::EvilMerge }),
            landed,
            path: list.path.clone(),
            text: item.identity(),
        });
    }
}
