//! What people do to a checklist. Each edit changes one partner's lists and says what it was;
//! `None` where there was nothing to do it to.

use std::sync::Arc;

use super::desk::{Desk, Trash};
use super::list::{Heading, Item, Key, List, Node};
use super::reword::reword;
use super::settle::Shelf;
use super::truth::Edit;
use super::words::{PROSE, REASONS, TEAMS};
use crate::model::State;

/// How many boxes a person ticks at most in one go.
const MOST_TICKS: i64 = 9;

/// A list and one of its items.
pub(super) type At = (Key, Key);

impl Desk {
    /// The items that somebody would tick by now, in the order of the lists.
    pub(super) fn ready(&self, shelf: &Shelf) -> Vec<At> {
        let mut ready = Vec::new();
        for list in &shelf.lists {
            let due = |item: &&Item| {
                matches!(item.state, State::Open | State::InProgress)
                    && item.known.due.0.is_some_and(|due| {
                        due.plus_days(item.late).is_some_and(|day| day <= self.today)
                    })
            };
            ready.extend(list.items().filter(due).map(|item| (list.key, item.key)));
        }
        ready
    }

    /// Ticks some of the items that are ready, `all` of them if asked.
    pub(super) fn tick(&mut self, shelf: &mut Shelf, all: bool) -> Option<Edit> {
        let mut ready = self.ready(shelf);
        if ready.is_empty() {
            return None;
        }
        // People work in one file at a time, and rarely in strict order.
        let list = ready[self.random.index(ready.len())].0;
        ready.retain(|(key, _)| *key == list || all);
        let many = self.random.chance(self.habits.batch);
        let count =
            if many { self.random.between(3, MOST_TICKS) } else { self.random.between(1, 2) };
        let count = if all { ready.len() } else { usize::try_from(count).unwrap_or(1) };
        if !all && self.random.chance(0.3) {
            self.random.shuffle(&mut ready);
        }
        ready.truncate(count);
        self.ticked.clear();
        for at in ready {
            self.tick_one(shelf, at);
        }
        Some(Edit::Tick)
    }

    fn tick_one(&mut self, shelf: &mut Shelf, (list, key): At) {
        let taken = shelf.list(list).map(Arc::clone);
        let Some(item) = shelf.list_mut(list).and_then(|list| list.item_mut(key)) else { return };
        let before = item.text.clone();
        item.state = State::Done;
        item.touched = Some((self.commit, Edit::Tick));
        if self.random.chance(self.habits.tick_reword)
            && let Some((text, _)) = reword(&item.text, &item.topic, &mut self.random)
            && taken.is_some_and(|list| free(&list, &text))
        {
            item.text = text;
            item.touched = Some((self.commit, Edit::TickReword));
        }
        self.ticked.push(((list, key), before));
    }

    pub(super) fn reword(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let mut done = None;
        for _ in 0..self.few() {
            let (list, key) = self.any_item(shelf, |_, _| true)?;
            let snapshot = shelf.list(list)?.clone();
            let item = shelf.list_mut(list)?.item_mut(key)?;
            let Some((text, edit)) = reword(&item.text, &item.topic, &mut self.random) else {
                continue;
            };
            if free(&snapshot, &text) {
                item.text = text;
                item.touched = Some((self.commit, edit));
                done = Some(edit);
            }
        }
        done
    }

    pub(super) fn insert(&mut self, shelf: &mut Shelf, ticked: bool) -> Option<Edit> {
        let edit = if ticked { Edit::BornTicked } else { Edit::Insert };
        for _ in 0..self.few() {
            let list = self.any_list(shelf)?;
            let (text, topic) = self.fresh_text(&list);
            let mut item = self.item(text, topic, edit);
            item.state = if ticked { State::Done } else { State::Open };
            let at = self.any_place(&list)?;
            self.put(shelf.list_mut(list.key)?, at, item);
        }
        Some(edit)
    }

    /// Writes an item beside another that differs from it in who it is for.
    pub(super) fn near_duplicate(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let (list, key) = self.any_item(shelf, |_, item| item.tag.is_none())?;
        let like = shelf.list(list)?.item(key)?.clone();
        let known = TEAMS.iter().find(|team| like.text.ends_with(**team));
        let team = self.random.word(&TEAMS);
        let text = match known {
            Some(known) => format!("{}{team}", &like.text[..like.text.len() - known.len()]),
            None => format!("{} for {team}", like.text),
        };
        if !free(shelf.list(list)?, &text) {
            return None;
        }
        let mut item = self.item(text, like.topic.clone(), Edit::NearDuplicate);
        item.child = like.child;
        let after = self.random.chance(0.7);
        let list = shelf.list_mut(list)?;
        let mut at = list.position(key)?;
        // Nobody comes between an item and those under it.
        while after && matches!(list.nodes.get(at + 1), Some(Node::Item(next)) if next.child) {
            at += 1;
        }
        list.nodes.insert(at + usize::from(after), Node::Item(Box::new(item)));
        Some(Edit::NearDuplicate)
    }

    pub(super) fn remove(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let mut trash = Trash::default();
        for _ in 0..self.few() {
            let Some((list, key)) = self.any_item(shelf, single) else { break };
            let list = shelf.list_mut(list)?;
            let at = list.position(key)?;
            let before = at.checked_sub(1).map(|at| list.nodes[at].key());
            trash.items.push((list.key, before, list.nodes[at].clone()));
            take(list, at);
        }
        let done = !trash.items.is_empty();
        trash.commit = self.commit;
        self.trash = done.then_some(trash);
        done.then_some(Edit::Remove)
    }

    /// Takes an item out and writes another one in its place.
    pub(super) fn replace(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let (list, key) =
            self.any_item(shelf, |list, item| single(list, item) && item.tag.is_none())?;
        let snapshot = shelf.list(list)?.clone();
        let (text, topic) = self.other_text(&snapshot);
        let item = self.item(text, topic, Edit::Replace);
        let list = shelf.list_mut(list)?;
        let at = list.position(key)?;
        take(list, at);
        list.nodes.insert(at, Node::Item(Box::new(item)));
        Some(Edit::Replace)
    }

    /// Puts back what a commit took out, as it was; now and then with the work done meanwhile.
    pub(super) fn revert_removal(&mut self, shelf: &mut Shelf, trash: &Trash) -> Option<Edit> {
        let changed = self.random.chance(0.25);
        let mut done = None;
        for (list, before, node) in trash.items.iter().rev() {
            // A merge may have brought it back already.
            if shelf.find(node.key()).is_some() {
                continue;
            }
            let Some(list) = shelf.list_mut(*list) else { continue };
            let Some(at) = before.and_then(|before| list.position(before)) else { continue };
            let Node::Item(old) = node else { continue };
            if !list.items().all(|item| item.identity() != old.identity()) {
                continue;
            }
            let mut item = old.clone();
            if changed {
                item.state = if item.state == State::Done { State::Open } else { State::Done };
                item.known = self.unknown();
            }
            item.touched = Some((self.commit, Edit::RevertRemoval));
            item.child = false;
            let mut at = at + 1;
            while matches!(list.nodes.get(at), Some(Node::Item(next)) if next.child) {
                at += 1;
            }
            list.nodes.insert(at, Node::Item(item));
            done = Some(Edit::RevertRemoval);
        }
        done
    }

    /// Takes back what a commit ticked, and what it reworded along with that.
    pub(super) fn revert_tick(
        &mut self,
        shelf: &mut Shelf,
        ticked: &[(At, String)],
    ) -> Option<Edit> {
        let mut done = None;
        for ((list, key), text) in ticked {
            let Some(item) = shelf.list_mut(*list).and_then(|list| list.item_mut(*key)) else {
                continue;
            };
            if item.state == State::Done {
                item.state = State::Open;
                item.text.clone_from(text);
                item.touched = Some((self.commit, Edit::RevertTick));
                done = Some(Edit::RevertTick);
            }
        }
        done
    }

    pub(super) fn untick(&mut self, shelf: &mut Shelf, items: &[At]) -> Option<Edit> {
        let mut done = None;
        for (list, key) in items {
            if let Some(item) = shelf.list_mut(*list).and_then(|list| list.item_mut(*key))
                && item.state == State::Done
            {
                item.state = State::Open;
                item.touched = Some((self.commit, Edit::Untick));
                done = Some(Edit::Untick);
            }
        }
        done
    }

    pub(super) fn state_word(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let open = |list: &List, item: &Item| {
            let at = list.position(item.key).unwrap_or_default();
            item.state != State::Done && !list.is_parent(at)
        };
        let (list, key) = self.any_item(shelf, open)?;
        let reason = self.random.word(&REASONS);
        let states = [(State::InProgress, 6), (State::Blocked, 3), (State::NotApplicable, 1)];
        let wanted = self.random.weighted(&states)?;
        let item = shelf.list_mut(list)?.item_mut(key)?;
        item.state = if item.state == wanted { State::Open } else { wanted };
        item.reason = (wanted == State::Blocked || self.commit.is_multiple_of(2)).then_some(reason);
        item.touched = Some((self.commit, Edit::StateWord));
        Some(Edit::StateWord)
    }

    /// Puts one item, or a whole section, into another order.
    pub(super) fn reorder(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let sections = list.sections();
        let heading = *self.random.pick(&sections)?;
        let range = heading + 1..list.section_end(heading);
        let all_items = range.clone().all(|at| matches!(list.nodes[at], Node::Item(_)));
        let free = |at: usize| matches!(&list.nodes[at], Node::Item(item) if single(&list, item));
        if range.len() < 3 || !all_items || !range.clone().all(free) {
            return None;
        }
        let new = shelf.list_mut(list.key)?;
        if self.random.chance(0.7) {
            let from = range.start + self.random.index(range.len());
            let to = range.start + self.random.index(range.len());
            let node = new.nodes.remove(from);
            new.nodes.insert(to, node);
            (from != to).then_some(Edit::Reorder)
        } else {
            self.random.shuffle(&mut new.nodes[range]);
            Some(Edit::Reorder)
        }
    }

    /// Puts an item into another section.
    pub(super) fn move_item(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let (list, key) = self.any_item(shelf, single)?;
        let snapshot = shelf.list(list)?.clone();
        let to = self.any_place(&snapshot)?;
        let list = shelf.list_mut(list)?;
        let from = list.position(key)?;
        let mut node = list.nodes.remove(from);
        if let Node::Item(item) = &mut node {
            item.child = false;
            item.touched = Some((self.commit, Edit::Move));
        }
        let to = if to > from { to - 1 } else { to };
        list.nodes.insert(to, node);
        Some(Edit::Move)
    }

    /// Puts an item into another file of the partner.
    pub(super) fn move_across(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        if shelf.lists.len() < 2 {
            return None;
        }
        let (from, key) = self.any_item(shelf, single)?;
        let others: Vec<Key> =
            shelf.lists.iter().map(|list| list.key).filter(|list| *list != from).collect();
        let target = shelf.list(*self.random.pick(&others)?)?.clone();
        let mut item = shelf.list(from)?.item(key)?.clone();
        if !free(&target, &item.text) {
            return None;
        }
        let to = self.any_place(&target)?;
        item.child = false;
        item.touched = Some((self.commit, Edit::MoveAcross));
        let old = shelf.list_mut(from)?;
        let at = old.position(key)?;
        old.nodes.remove(at);
        shelf.list_mut(target.key)?.nodes.insert(to, Node::Item(Box::new(item)));
        Some(Edit::MoveAcross)
    }

    pub(super) fn due_change(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let days = self.random.between(3, 21);
        if self.random.chance(0.12) {
            return self.shift_window(shelf, days);
        }
        let (list, key) = self.any_item(shelf, |_, item| item.state != State::Done)?;
        let item = shelf.list_mut(list)?.item_mut(key)?;
        item.due = match item.due {
            Some(_) if days % 4 == 0 => None,
            Some(due) => due.plus_days(days),
            None => item.known.due.0.unwrap_or(self.today).plus_days(days),
        };
        item.touched = Some((self.commit, Edit::DueChange));
        Some(Edit::DueChange)
    }

    /// Gives a section or the whole list more time.
    fn shift_window(&mut self, shelf: &mut Shelf, days: i64) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let new = shelf.list_mut(list.key)?;
        if days % 5 == 0 {
            new.start = new.start.plus_days(days)?;
            return Some(Edit::DueChange);
        }
        let sections = list.sections();
        let Node::Heading(heading) = &mut new.nodes[*self.random.pick(&sections)?] else {
            return None;
        };
        let (first, last) = heading.window?;
        heading.window = Some((first, last + days));
        Some(Edit::DueChange)
    }

    pub(super) fn owner_change(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let name = self.handle();
        if self.random.chance(0.1) {
            let list = self.any_list(shelf)?;
            shelf.list_mut(list.key)?.owner = name;
            return Some(Edit::OwnerChange);
        }
        if self.random.chance(0.1) {
            let list = self.any_list(shelf)?;
            let at = *self.random.pick(&list.sections())?;
            if let Node::Heading(heading) = &mut shelf.list_mut(list.key)?.nodes[at] {
                heading.owner = Some(name);
            }
            return Some(Edit::OwnerChange);
        }
        let (list, key) = self.any_item(shelf, |_, item| item.state != State::Done)?;
        let item = shelf.list_mut(list)?.item_mut(key)?;
        item.owner = if item.owner.as_ref() == Some(&name) { None } else { Some(name) };
        item.touched = Some((self.commit, Edit::OwnerChange));
        Some(Edit::OwnerChange)
    }

    /// Writes a section, now and then a whole list, anew.
    pub(super) fn rewrite(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let whole = self.random.chance(0.3);
        let sections = list.sections();
        let heading = *self.random.pick(&sections)?;
        let range = if whole { 0..list.nodes.len() } else { heading..list.section_end(heading) };
        let keep = self.random.between(0, 10) as f64 / 100.0;
        let new = shelf.list_mut(list.key)?;
        for at in range {
            let Node::Item(old) = &new.nodes[at] else { continue };
            if old.tag.is_some() || self.random.chance(keep) {
                continue;
            }
            let (text, topic) = self.other_text(&list);
            if !free(new, &text) {
                continue;
            }
            let (child, gone) = (old.child, old.identity());
            Arc::make_mut(&mut new.spent).insert(gone);
            let mut item = self.item(text, topic, Edit::Rewrite);
            item.child = child;
            new.nodes[at] = Node::Item(Box::new(item));
        }
        Some(Edit::Rewrite)
    }

    /// Numbers the headings anew, from another number on, or leaves them without.
    pub(super) fn renumber(&mut self, list: &mut List) -> Edit {
        let first = usize::try_from(self.random.between(1, 4)).unwrap_or(1);
        let bare = self.random.chance(0.1);
        let mut number = first;
        for node in &mut list.nodes {
            if let Node::Heading(Heading { level: 3, number: old, .. }) = node {
                *old = (!bare).then_some(number);
                number += 1;
            }
        }
        Edit::Renumber
    }

    pub(super) fn reword_heading(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let at = *self.random.pick(&list.sections())?;
        let Node::Heading(heading) = &mut shelf.list_mut(list.key)?.nodes[at] else { return None };
        heading.title = match heading.title.split_once(" & ") {
            Some((one, other)) => format!("{one} and {other}"),
            None => format!("{}, continued", heading.title),
        };
        Some(Edit::RewordHeading)
    }

    /// Changes what is no part of any item.
    pub(super) fn prose(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let note: Arc<str> = self.random.word(&PROSE).into();
        let key = self.key();
        let new = shelf.list_mut(list.key)?;
        let notes: Vec<usize> =
            (0..new.nodes.len()).filter(|&at| matches!(new.nodes[at], Node::Prose(..))).collect();
        match self.random.pick(&notes) {
            Some(&at) if notes.len() > 3 => drop(new.nodes.remove(at)),
            Some(&at) if self.random.chance(0.5) => new.nodes[at] = Node::Prose(key, note),
            _ => {
                let at = *self.random.pick(&list.sections())?;
                new.nodes.insert(at + 1, Node::Prose(key, note));
            }
        }
        Some(Edit::Prose)
    }

    /// Changes line endings, trailing space or the list's markers.
    pub(super) fn white_space(&mut self, shelf: &mut Shelf) -> Option<Edit> {
        let list = self.any_list(shelf)?;
        let form = &mut shelf.list_mut(list.key)?.form;
        match self.random.index(3) {
            0 => form.crlf = !form.crlf,
            1 => form.trailing_space = !form.trailing_space,
            _ => form.star = !form.star,
        }
        Some(Edit::Prose)
    }
}

/// Whether no item has this text, and none that went had it.
fn free(list: &List, text: &str) -> bool {
    let text = text.to_lowercase();
    !list.spent.contains(&text) && list.items().all(|item| item.identity() != text)
}

/// Whether an item can be moved or taken out alone: nothing stands under it, and nothing in its
/// section looks the same. Which of two equal boxes went nobody could tell.
fn single(list: &List, item: &Item) -> bool {
    let Some(at) = list.position(item.key) else { return false };
    let text = item.identity();
    let twin = |other: &Item| {
        other.key != item.key
            && other.known.place.0 == item.known.place.0
            && other.identity() == text
    };
    !list.is_parent(at) && !list.items().any(twin)
}

/// Takes the node at a place out and remembers its text.
fn take(list: &mut List, at: usize) {
    if let Node::Item(item) = list.nodes.remove(at) {
        Arc::make_mut(&mut list.spent).insert(item.identity());
    }
}
