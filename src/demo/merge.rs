//! Merging two versions of a partner, as a person at a conflict would: by meaning, not by line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::list::{Heading, Item, Key, List, Node};
use super::settle::Shelf;

/// What both sides make of `base`. Where both changed the same thing, `ours` stands.
pub(super) fn merge(base: &Shelf, ours: &Shelf, theirs: &Shelf) -> Shelf {
    let mut lists = Vec::new();
    for list in &ours.lists {
        match (base.list(list.key), theirs.list(list.key)) {
            (Some(base), Some(theirs)) if Arc::ptr_eq(base, theirs) => lists.push(list.clone()),
            (Some(base), Some(theirs)) if Arc::ptr_eq(base, list) => {
                let theirs = without(theirs, &missing(base, list));
                lists.push(theirs);
            }
            (Some(base), Some(theirs)) => lists.push(Arc::new(merge_lists(base, list, theirs))),
            // Taken out by the other side.
            (Some(_), None) => {}
            (None, _) => lists.push(list.clone()),
        }
    }
    let new = theirs.lists.iter();
    let new = new.filter(|list| base.list(list.key).is_none() && ours.list(list.key).is_none());
    lists.extend(new.cloned());
    let mut merged = Shelf { lists, gone: ours.gone.clone() };
    single(&mut merged, base, ours);
    merged
}

fn missing(base: &List, now: &List) -> BTreeSet<Key> {
    let here: BTreeSet<Key> = now.nodes.iter().map(Node::key).collect();
    base.nodes.iter().map(Node::key).filter(|key| !here.contains(key)).collect()
}

fn without(list: &Arc<List>, keys: &BTreeSet<Key>) -> Arc<List> {
    let mut list = list.clone();
    if list.nodes.iter().any(|node| keys.contains(&node.key())) {
        Arc::make_mut(&mut list).nodes.retain(|node| !keys.contains(&node.key()));
    }
    list
}

/// An item that went to another file on one side must not stand in both: it stays where that side
/// put it. One that our side took out stays out.
fn single(merged: &mut Shelf, base: &Shelf, ours: &Shelf) {
    let home = |shelf: &Shelf, key: Key| shelf.find(key).map(|(list, _)| list.key);
    let mut places: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
    for list in &merged.lists {
        list.items().for_each(|item| places.entry(item.key).or_default().push(list.key));
    }
    for (key, lists) in places {
        let (was, is) = (home(base, key), home(ours, key));
        let out = was.is_some() && is.is_none();
        let keep = match lists[..] {
            _ if out => None,
            [only] => Some(only),
            // Moved by us: where we put it. Moved by them: not where it was.
            _ if was != is => is,
            _ => lists.iter().copied().find(|list| Some(*list) != was),
        };
        for list in lists.into_iter().filter(|list| Some(*list) != keep) {
            if let Some(list) = merged.list_mut(list) {
                list.nodes.retain(|node| node.key() != key);
            }
        }
    }
}

fn merge_lists(base: &List, ours: &List, theirs: &List) -> List {
    let mut merged = ours.clone();
    if theirs.path != base.path && ours.path == base.path {
        merged.path.clone_from(&theirs.path);
    }
    merged.title = three(&base.title, &ours.title, &theirs.title);
    merged.owner = three(&base.owner, &ours.owner, &theirs.owner);
    merged.start = three(&base.start, &ours.start, &theirs.start);
    merged.status = three(&base.status, &ours.status, &theirs.status);
    merged.form = three(&base.form, &ours.form, &theirs.form);
    if theirs.spent.len() > ours.spent.len() {
        merged.spent = theirs.spent.clone();
    }
    let by_key = |list: &List| -> BTreeMap<Key, Node> {
        list.nodes.iter().map(|node| (node.key(), node.clone())).collect()
    };
    let (in_base, in_ours, in_theirs) = (by_key(base), by_key(ours), by_key(theirs));
    let keys = |list: &List, other: &BTreeMap<Key, Node>, third: &BTreeMap<Key, Node>| {
        let both = |key: &Key| other.contains_key(key) && third.contains_key(key);
        list.nodes.iter().map(Node::key).filter(both).collect::<Vec<Key>>()
    };
    // Whoever changed the order decides it; if both did, we do.
    let our_order = keys(ours, &in_base, &in_theirs);
    let base_order = keys(base, &in_ours, &in_theirs);
    let (lead, follow) = if our_order == base_order { (theirs, ours) } else { (ours, theirs) };
    let wanted = |key: &Key| {
        let (b, o, t) =
            (in_base.contains_key(key), in_ours.contains_key(key), in_theirs.contains_key(key));
        (o && t) || (!b && (o || t))
    };
    let mut order: Vec<Key> = lead.nodes.iter().map(Node::key).filter(wanted).collect();
    let mut place: BTreeSet<Key> = order.iter().copied().collect();
    for (at, node) in follow.nodes.iter().enumerate() {
        let key = node.key();
        if place.contains(&key) || !wanted(&key) {
            continue;
        }
        let before = follow.nodes[..at].iter().rev().map(Node::key);
        let before = before.into_iter().find(|key| place.contains(key));
        let at = before.and_then(|key| order.iter().position(|other| *other == key));
        order.insert(at.map_or(0, |at| at + 1), key);
        place.insert(key);
    }
    let node = |key: Key| match (in_base.get(&key), in_ours.get(&key), in_theirs.get(&key)) {
        (Some(base), Some(ours), Some(theirs)) => Some(merge_nodes(base, ours, theirs)),
        (_, Some(ours), _) => Some(ours.clone()),
        (_, None, theirs) => theirs.cloned(),
    };
    merged.nodes = order.into_iter().filter_map(node).collect();
    merged
}

fn merge_nodes(base: &Node, ours: &Node, theirs: &Node) -> Node {
    match (base, ours, theirs) {
        (Node::Heading(b), Node::Heading(o), Node::Heading(t)) => Node::Heading(Heading {
            key: o.key,
            level: o.level,
            number: three(&b.number, &o.number, &t.number),
            title: three(&b.title, &o.title, &t.title),
            window: three(&b.window, &o.window, &t.window),
            owner: three(&b.owner, &o.owner, &t.owner),
        }),
        (Node::Item(b), Node::Item(o), Node::Item(t)) => Node::Item(Box::new(Item {
            child: three(&b.child, &o.child, &t.child),
            text: three(&b.text, &o.text, &t.text),
            topic: three(&b.topic, &o.topic, &t.topic),
            state: three(&b.state, &o.state, &t.state),
            reason: three(&b.reason, &o.reason, &t.reason),
            due: three(&b.due, &o.due, &t.due),
            owner: three(&b.owner, &o.owner, &t.owner),
            tag: three(&b.tag, &o.tag, &t.tag),
            ..(**o).clone()
        })),
        (Node::Prose(key, b), Node::Prose(_, o), Node::Prose(_, t)) => {
            Node::Prose(*key, three(b, o, t))
        }
        _ => ours.clone(),
    }
}

/// What two sides make of one value: the one that changed it has it.
fn three<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T) -> T {
    if ours == base { theirs.clone() } else { ours.clone() }
}
