//! What reading finds wrong, and where.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::RepoPath;
use crate::source::Position;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something could not be understood, so that the board may lie.
    Error,
    /// Something is probably not what its author meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The name in messages and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// The permanent code and name of a kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// `MB203`.
    pub code: &'static str,
    /// `invalid-yaml`.
    pub rule: &'static str,
}

/// Kept by its code alone.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        let code = <&str>::deserialize(deserializer)?;
        let known = codes::ALL.iter().find(|known| known.code == code);
        known.copied().ok_or_else(|| D::Error::custom("no code of a finding"))
    }
}

/// The codes of what reading itself can find. Codes are permanent: they are never given to another
/// meaning. Items are 1xx, front matter 2xx (from 250 on the configuration), schedule 3xx, safety 8xx.
pub mod codes {
    use super::Code;

    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = ($code:literal, $rule:literal);)*) => {
            $($(#[$doc])* pub const $name: Code = Code { code: $code, rule: $rule };)*

            /// All of them.
            pub const ALL: &[Code] = &[$($name),*];
        };
    }

    codes! {
        /// A box holds a character that has no meaning.
        UNKNOWN_STATE = ("MB102", "unknown-state");
        /// A box holds a character that people use for several things.
        AMBIGUOUS_STATE = ("MB103", "ambiguous-state");
        /// The front matter has no closing line.
        UNCLOSED_FRONT_MATTER = ("MB202", "unclosed-front-matter");
        /// The front matter is no YAML mapping.
        INVALID_YAML = ("MB203", "invalid-yaml");
        /// A key stands twice.
        DUPLICATE_KEY = ("MB204", "duplicate-key");
        /// A value has another type than its key asks for.
        WRONG_TYPE = ("MB207", "wrong-type");
        /// A date in the front matter cannot be read.
        INVALID_DATE = ("MB208", "invalid-date");
        /// `status` has a value that mdboard does not know.
        UNKNOWN_STATUS = ("MB213", "unknown-status");
        /// The configuration is no TOML.
        INVALID_TOML = ("MB250", "invalid-toml");
        /// The configuration has a key that mdboard does not know.
        UNKNOWN_CONFIG_KEY = ("MB251", "unknown-config-key");
        /// A key of the configuration has a value of the wrong type or out of range.
        INVALID_CONFIG_VALUE = ("MB252", "invalid-config-value");
        /// A due or done date in an item cannot be read.
        UNREADABLE_DATE = ("MB309", "unreadable-date");
        /// A checklist that is not planned starts after today.
        FUTURE_START_DATE = ("MB310", "future-start-date");
        /// A date has the right form and the calendar does not have it.
        IMPOSSIBLE_DATE = ("MB308", "impossible-date");
        /// A file, its front matter, its items or its nesting pass what mdboard reads.
        OVERSIZED_FILE = ("MB803", "oversized-file");
        /// A symbolic link stands where a checklist could.
        SYMLINK = ("MB804", "symlink");
        /// A file is not UTF-8.
        NOT_UTF8 = ("MB805", "not-utf8");
    }
}

/// One thing found, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What happened, in one line without a full stop.
    pub message: String,
    /// In which file.
    pub path: RepoPath,
    /// Where it begins.
    pub start: Position,
    /// Where it ends (the column after the last character).
    pub end: Position,
    /// What to do next, in one line.
    pub help: Option<String>,
}
