//! What was read of a text, remembered by the text itself.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// How many bytes of text are remembered before what was not asked for lately is forgotten.
const GENERATION: usize = 3 << 20;

type Map<C, V> = HashMap<Box<str>, Vec<(C, Arc<V>)>, Xxh3DefaultBuilder>;

/// Remembers values by a text and what stands around it. Between one and two generations of texts
/// are kept: those asked for since the last change of generations always are.
pub(super) struct Memo<C, V> {
    young: Map<C, V>,
    old: Map<C, V>,
    bytes: usize,
}

impl<C, V> Default for Memo<C, V> {
    fn default() -> Memo<C, V> {
        Memo { young: HashMap::default(), old: HashMap::default(), bytes: 0 }
    }
}

impl<C: Copy + Eq, V> Memo<C, V> {
    /// The value for a text, made if it is not remembered.
    pub(super) fn get(&mut self, text: &str, context: C, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = find(&self.young, text, context) {
            return value.clone();
        }
        let value = find(&self.old, text, context).cloned().unwrap_or_else(|| Arc::new(make()));
        if self.bytes >= GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += text.len();
        self.young.entry(text.into()).or_default().push((context, value.clone()));
        value
    }
}

fn find<'m, C: Eq, V>(map: &'m Map<C, V>, text: &str, context: C) -> Option<&'m Arc<V>> {
    let known = map.get(text)?;
    known.iter().find(|(other, _)| *other == context).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_again_is_not_made_again() {
        let mut memo = Memo::default();
        assert_eq!(*memo.get("a", 0, || 1), 1);
        assert_eq!(*memo.get("a", 1, || 2), 2);
        assert_eq!(*memo.get("a", 0, || 3), 1);
        assert_eq!(*memo.get("a", 1, || 3), 2);
    }

    #[test]
    fn what_is_not_asked_for_is_forgotten_and_nothing_else() {
        let mut memo = Memo::default();
        let long = "x".repeat(GENERATION / 4);
        memo.get("rare", (), || 0);
        for number in 0..20 {
            memo.get(&format!("{number}{long}"), (), || 0);
            assert_eq!(*memo.get("often", (), || number), 0);
        }
        assert_eq!(*memo.get("rare", (), || 1), 1);
        assert!(memo.young.len() + memo.old.len() < 15);
    }
}
