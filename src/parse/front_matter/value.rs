//! A front matter as a tree, each part with its place in the file.

use crate::source::Span;

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it stands; of an alias, where the alias stands.
    pub span: Span,
    /// What it is.
    pub is: Is,
}

/// What a value is. Numbers and booleans are texts, as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    /// Nothing, `null` or `~`.
    Null,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping.
    Map(Vec<Entry>),
}

impl Value {
    /// What kind of thing it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.is {
            Is::Null => "nothing",
            Is::Text(_) => "a text",
            Is::List(_) => "a list",
            Is::Map(_) => "a mapping",
        }
    }
}
