//! YAML to a tree with places, by way of serde. The limits are the parser's own: no input can make
//! it use much time or memory.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{
    DuplicateKeyPolicy, MergeKeyPolicy, MessageFormatter, NonFiniteFloatPolicy, Spanned,
    UserMessageFormatter,
};

use super::value::{Entry, Is, Value};
use crate::config::shortened;
use crate::source::Span;

/// How deep lists and mappings may be nested.
const MAX_DEPTH: usize = 32;

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Error {
    /// Where.
    pub(super) span: Span,
    /// Why, in one line.
    pub(super) message: String,
    /// Whether it may be valid YAML and passes a limit.
    pub(super) is_limit: bool,
}

/// Reads a mapping that stands at a place in a file. A key may stand in it more than once.
///
/// # Errors
///
/// The text is no YAML, no mapping, or passes a limit.
pub(super) fn read(yaml: &str, base: usize) -> Result<Vec<Entry>, Error> {
    let source = Source { yaml, base };
    let root: Spanned<Node> =
        serde_yaml::from_str_with_options(yaml, options()).map_err(|error| source.error(&error))?;
    match source.value(root) {
        Value { is: Is::Map(entries), .. } => Ok(entries),
        Value { is: Is::Null, .. } => Ok(Vec::new()),
        Value { span, .. } => Err(Error {
            span,
            message: "the front matter is no list of `key: value` lines".to_owned(),
            is_limit: false,
        }),
    }
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_recorded_anchor_events: 20_000,
            max_recorded_anchor_bytes: 1024 * 1024,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 16,
        },
        // Told with their place by whoever reads the tree.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    }
}

/// A text and where in the file it begins.
struct Source<'y> {
    yaml: &'y str,
    base: usize,
}

impl Source<'_> {
    fn value(&self, node: Spanned<Node>) -> Value {
        let span = self.span(node.referenced);
        let is = match node.value {
            Node::Null => Is::Null,
            Node::Text(text) => Is::Text(text),
            Node::AsWritten => Is::Text(self.written(node.defined).trim().to_owned()),
            // `key: {{ placeholder }}` happens to be a mapping in a mapping.
            Node::Map(_) if self.is_placeholder(node.defined) => {
                let span = self.to_end_of_line(span);
                return Value { span, is: Is::Text(self.text_of(span).to_owned()) };
            }
            Node::List(values) => {
                Is::List(values.into_iter().map(|value| self.value(value)).collect())
            }
            Node::Map(pairs) => {
                Is::Map(pairs.into_iter().map(|(key, value)| self.entry(key, value)).collect())
            }
        };
        // The parser marks only where a list or a mapping begins.
        let span = match is {
            Is::List(_) | Is::Map(_) => self.to_end_of_line(span),
            Is::Null | Is::Text(_) => span,
        };
        Value { span, is }
    }

    fn entry(&self, key: Spanned<Node>, value: Spanned<Node>) -> Entry {
        let key = self.value(key);
        let name = match key.is {
            Is::Text(text) => text,
            Is::Null | Is::List(_) | Is::Map(_) => self.text_of(key.span).to_owned(),
        };
        Entry { key: name, key_span: key.span, value: self.value(value) }
    }

    fn is_placeholder(&self, at: serde_yaml::Location) -> bool {
        let start = self.span(at).start - self.base;
        self.yaml.get(start..).is_some_and(|rest| rest.starts_with("{{"))
    }

    /// What stands at a place, as written.
    fn written(&self, at: serde_yaml::Location) -> &str {
        self.text_of(self.span(at))
    }

    fn text_of(&self, span: Span) -> &str {
        Span::new(span.start - self.base, span.end - self.base).slice(self.yaml)
    }

    /// A place of the parser's as one in the file.
    fn span(&self, at: serde_yaml::Location) -> Span {
        let start = at.span().byte_offset().and_then(|at| usize::try_from(at).ok());
        let length = at.span().byte_len().and_then(|length| usize::try_from(length).ok());
        let start = self.boundary(start.unwrap_or(0));
        let end = self.boundary(start.saturating_add(length.unwrap_or(0)));
        let trimmed = self.yaml.get(start..end).unwrap_or_default().trim_end().len();
        Span::new(self.base + start, self.base + start + trimmed)
    }

    /// The nearest end of a character at or before a byte.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.yaml.len());
        while !self.yaml.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn to_end_of_line(&self, span: Span) -> Span {
        let rest = self.yaml.get(span.start - self.base..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.end.max(span.start + line.len()))
    }

    fn error(&self, error: &serde_yaml::Error) -> Error {
        use serde_yaml::Error as Yaml;
        let error = innermost(error);
        let why = UserMessageFormatter.format_message(error);
        let is_limit = matches!(
            error,
            Yaml::Budget { .. }
                | Yaml::AliasReplayCounterOverflow { .. }
                | Yaml::AliasReplayLimitExceeded { .. }
                | Yaml::AliasExpansionLimitExceeded { .. }
                | Yaml::AliasReplayStackDepthExceeded { .. }
        ) // The scanner below serde has a limit of its own, and only words to say so.
            || why == "recursion limit exceeded";
        let message = if is_limit {
            "the front matter is nested too deeply or has too many aliases".to_owned()
        } else {
            format!("the front matter is no YAML: {}", shortened(&why))
        };
        let at = error.location().map_or(Span::new(self.base, self.base), |at| self.span(at));
        Error { span: self.to_end_of_line(at), message, is_limit }
    }
}

/// The error without what was put around it.
fn innermost(error: &serde_yaml::Error) -> &serde_yaml::Error {
    match error.without_snippet() {
        serde_yaml::Error::AliasError { error, .. } => innermost(error),
        other => other,
    }
}

/// A value as serde hands it over.
enum Node {
    Null,
    Text(String),
    /// A number or a boolean: its text is where it stands.
    AsWritten,
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<Node>, Spanned<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::AsWritten)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::AsWritten)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::AsWritten)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::AsWritten)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Node::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Node::Map(pairs))
    }
}
