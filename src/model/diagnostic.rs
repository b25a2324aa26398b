//! What reading finds wrong, and where.

use crate::model::RepoPath;
use crate::source::Position;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The codes of what reading itself can find. Codes are permanent: they are never given to another
/// meaning. Items are 1xx, front matter 2xx (from 250 on the configuration), schedule 3xx, safety 8xx.
pub mod codes {
    use super::Code;

    const fn code(code: &'static str, rule: &'static str) -> Code {
        Code { code, rule }
    }

    /// A box holds a character that has no meaning.
    pub const UNKNOWN_STATE: Code = code("MB102", "unknown-state");
    /// A box holds a character that people use for several things.
    pub const AMBIGUOUS_STATE: Code = code("MB103", "ambiguous-state");
    /// The front matter has no closing line.
    pub const UNCLOSED_FRONT_MATTER: Code = code("MB202", "unclosed-front-matter");
    /// The front matter is no YAML mapping.
    pub const INVALID_YAML: Code = code("MB203", "invalid-yaml");
    /// A key stands twice.
    pub const DUPLICATE_KEY: Code = code("MB204", "duplicate-key");
    /// A value has another type than its key asks for.
    pub const WRONG_TYPE: Code = code("MB207", "wrong-type");
    /// A date in the front matter cannot be read.
    pub const INVALID_DATE: Code = code("MB208", "invalid-date");
    /// `status` has a value that mdboard does not know.
    pub const UNKNOWN_STATUS: Code = code("MB213", "unknown-status");
    /// The configuration is no TOML.
    pub const INVALID_TOML: Code = code("MB250", "invalid-toml");
    /// The configuration has a key that mdboard does not know.
    pub const UNKNOWN_CONFIG_KEY: Code = code("MB251", "unknown-config-key");
    /// A key of the configuration has a value of the wrong type or out of range.
    pub const INVALID_CONFIG_VALUE: Code = code("MB252", "invalid-config-value");
    /// A due or done date in an item cannot be read.
    pub const UNREADABLE_DATE: Code = code("MB309", "unreadable-date");
    /// A checklist that is not planned starts after today.
    pub const FUTURE_START_DATE: Code = code("MB310", "future-start-date");
    /// A date has the right form and the calendar does not have it.
    pub const IMPOSSIBLE_DATE: Code = code("MB308", "impossible-date");
    /// A file, its front matter, its items or its nesting pass what mdboard reads.
    pub const OVERSIZED_FILE: Code = code("MB803", "oversized-file");
    /// A symbolic link stands where a checklist could.
    pub const SYMLINK: Code = code("MB804", "symlink");
    /// A file is not UTF-8.
    pub const NOT_UTF8: Code = code("MB805", "not-utf8");
}

/// One thing found, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
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
