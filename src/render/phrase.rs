//! A sentence in parts: which words are ours, which are somebody's content and may be shortened,
//! and which are an aside. A renderer escapes and paints each part.

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Our words.
    Words,
    /// Somebody's: an item's text, a name, a path.
    Content,
    /// An aside.
    Note,
}

/// A sentence in parts, none of them escaped yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase(Vec<(Role, String)>);

impl Phrase {
    /// A phrase that begins with our words.
    pub(super) fn new(words: impl Into<String>) -> Phrase {
        Phrase::default().words(words)
    }

    /// Our words.
    pub(super) fn words(self, words: impl Into<String>) -> Phrase {
        self.part(Role::Words, words)
    }

    /// Somebody's words.
    pub(super) fn content(self, text: impl Into<String>) -> Phrase {
        self.part(Role::Content, text)
    }

    /// Somebody's words in quotes.
    pub(super) fn quote(self, text: &str) -> Phrase {
        self.words("“").content(text).words("”")
    }

    /// An aside in parentheses; none if there is nothing in it.
    pub(super) fn note(self, note: Option<impl Into<String>>) -> Phrase {
        match note {
            Some(note) => self.part(Role::Note, format!(" ({})", note.into())),
            None => self,
        }
    }

    fn part(mut self, role: Role, text: impl Into<String>) -> Phrase {
        self.0.push((role, text.into()));
        self
    }

    /// The phrase with no more than so many characters of each of somebody's texts.
    pub(super) fn clipped(&self, most: usize) -> Phrase {
        let parts = self.0.iter().map(|(role, text)| match role {
            Role::Content => (*role, clipped(text, most)),
            Role::Words | Role::Note => (*role, text.clone()),
        });
        Phrase(parts.collect())
    }

    /// The parts in their order.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Role, &str)> {
        self.0.iter().map(|(role, text)| (*role, text.as_str()))
    }
}

/// The first characters of a text, with a sign that there are more.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
