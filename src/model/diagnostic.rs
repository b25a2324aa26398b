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
    /// Every severity, the worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

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

/// The codes of all that can be found. Codes are permanent: they are never given to another
/// meaning. Items are 1xx, front matter 2xx (from 250 on the configuration), schedule 3xx,
/// structure 4xx, links 5xx, ownership 6xx, history 7xx, safety 8xx, the linter itself 9xx.
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
        /// Something that looks like a box and is none.
        MALFORMED_CHECKBOX = ("MB101", "malformed-checkbox");
        /// A box holds a character that has no meaning.
        UNKNOWN_STATE = ("MB102", "unknown-state");
        /// A box holds a character that people use for several things.
        AMBIGUOUS_STATE = ("MB103", "ambiguous-state");
        /// A box has no text.
        EMPTY_ITEM = ("MB104", "empty-item");
        /// One text stands at two boxes of a section.
        DUPLICATE_ITEM = ("MB105", "duplicate-item");
        /// The box of an item and those under it say different things.
        PARENT_STATE = ("MB106", "parent-state");
        /// A box of a template is ticked.
        CHECKED_IN_TEMPLATE = ("MB107", "checked-in-template");
        /// A box that no tool can follow: in a table, or drawn with a symbol.
        UNTRACKED_CHECKBOX = ("MB108", "untracked-checkbox");
        /// A checklist still has a blank of its template.
        PLACEHOLDER_LEFT = ("MB109", "placeholder-left");
        /// A file has no front matter.
        MISSING_FRONT_MATTER = ("MB201", "missing-front-matter");
        /// The front matter has no closing line.
        UNCLOSED_FRONT_MATTER = ("MB202", "unclosed-front-matter");
        /// The front matter is no YAML mapping.
        INVALID_YAML = ("MB203", "invalid-yaml");
        /// A key stands twice.
        DUPLICATE_KEY = ("MB204", "duplicate-key");
        /// A key has no value.
        EMPTY_FIELD = ("MB205", "empty-field");
        /// A key that files of its kind must have is missing.
        MISSING_FIELD = ("MB206", "missing-field");
        /// A value has another type than its key asks for.
        WRONG_TYPE = ("MB207", "wrong-type");
        /// A date in the front matter cannot be read.
        INVALID_DATE = ("MB208", "invalid-date");
        /// A key is spelled almost like one that has a meaning.
        UNKNOWN_FIELD = ("MB209", "unknown-field");
        /// `last_updated` is older than the last change.
        STALE_LAST_UPDATED = ("MB210", "stale-last-updated");
        /// `template_number` has no form, or two templates have one.
        TEMPLATE_NUMBER = ("MB211", "template-number");
        /// `related_templates` and the section of that name list different files.
        RELATED_TEMPLATES_MISMATCH = ("MB212", "related-templates-mismatch");
        /// `status` has a value that mdboard does not know.
        UNKNOWN_STATUS = ("MB213", "unknown-status");
        /// The configuration is no TOML.
        INVALID_TOML = ("MB250", "invalid-toml");
        /// The configuration has a key that mdboard does not know.
        UNKNOWN_CONFIG_KEY = ("MB251", "unknown-config-key");
        /// A key of the configuration has a value of the wrong type or out of range.
        INVALID_CONFIG_VALUE = ("MB252", "invalid-config-value");
        /// A heading seems to name a window that cannot be read.
        UNREADABLE_WINDOW = ("MB301", "unreadable-window");
        /// A window ends before it begins.
        REVERSED_WINDOW = ("MB302", "reversed-window");
        /// A window reaches out of the one around it.
        WINDOW_OUTSIDE_PARENT = ("MB303", "window-outside-parent");
        /// An item's due date lies outside the window around it.
        DUE_OUTSIDE_WINDOW = ("MB304", "due-outside-window");
        /// An item is due before the checklist starts.
        DUE_BEFORE_START = ("MB305", "due-before-start");
        /// A partner's checklist counts days from a start date that nobody wrote.
        MISSING_START_DATE = ("MB306", "missing-start-date");
        /// A date can be read as two days.
        AMBIGUOUS_DATE = ("MB307", "ambiguous-date");
        /// A date has the right form and the calendar does not have it.
        IMPOSSIBLE_DATE = ("MB308", "impossible-date");
        /// A due or done date in an item cannot be read.
        UNREADABLE_DATE = ("MB309", "unreadable-date");
        /// A checklist that is not planned starts after today.
        FUTURE_START_DATE = ("MB310", "future-start-date");
        /// A due date falls on a weekend.
        WEEKEND_DUE = ("MB311", "weekend-due");
        /// An item is never due.
        UNSCHEDULED_ITEM = ("MB312", "unscheduled-item");
        /// A file has no title.
        MISSING_TITLE = ("MB401", "missing-title");
        /// A file has more than one title.
        MULTIPLE_TITLES = ("MB402", "multiple-titles");
        /// A heading stands before the title.
        HEADING_BEFORE_TITLE = ("MB403", "heading-before-title");
        /// A heading is more than one level below the one around it.
        SKIPPED_LEVEL = ("MB404", "skipped-level");
        /// Numbered sections leave a number out or have it twice.
        BROKEN_NUMBERING = ("MB405", "broken-numbering");
        /// A section has a window and no item.
        EMPTY_SCHEDULED_SECTION = ("MB406", "empty-scheduled-section");
        /// A link leads nowhere.
        BROKEN_LINK = ("MB501", "broken-link");
        /// A link leads to a heading that is not there.
        BROKEN_ANCHOR = ("MB502", "broken-anchor");
        /// Something that was meant as a link and is none.
        MALFORMED_LINK = ("MB503", "malformed-link");
        /// A link leads out of the repository.
        LINK_LEAVES_BOARD = ("MB504", "link-leaves-board");
        /// An item has no owner.
        UNOWNED_ITEM = ("MB601", "unowned-item");
        /// An owner is not among those that the board knows.
        UNKNOWN_OWNER = ("MB602", "unknown-owner");
        /// Git ignores files that would be on the board.
        IGNORED_PARTNERS = ("MB701", "ignored-partners");
        /// A checklist lacks what its template has gained.
        TEMPLATE_DRIFT = ("MB702", "template-drift");
        /// A checklist names a template that is not there.
        UNKNOWN_TEMPLATE = ("MB703", "unknown-template");
        /// A character that nobody can see and that changes what is read.
        HIDDEN_UNICODE = ("MB801", "hidden-unicode");
        /// HTML stands in the text.
        RAW_HTML = ("MB802", "raw-html");
        /// A file, its front matter, its items or its nesting pass what mdboard reads.
        OVERSIZED_FILE = ("MB803", "oversized-file");
        /// A symbolic link stands where a checklist could.
        SYMLINK = ("MB804", "symlink");
        /// A file is not UTF-8.
        NOT_UTF8 = ("MB805", "not-utf8");
        /// A comment switches off what is not found there.
        UNUSED_SUPPRESSION = ("MB901", "unused-suppression");
        /// A comment or the configuration names a rule that does not exist.
        UNKNOWN_RULE = ("MB902", "unknown-rule");
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
