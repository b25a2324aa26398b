//! `[lint]`: which rules look where, and how bad what they find is. The names of rules are kept as
//! written: the linter knows which there are.

use globset::{GlobBuilder, GlobMatcher};

use crate::model::Severity;
use crate::source::Position;

/// What a board's owner says of the linter.
#[derive(Clone, Debug, PartialEq)]
pub struct Lint {
    /// For every file.
    pub everywhere: Choice,
    /// `[lint.templates]`: for templates, after that.
    pub templates: Choice,
    /// `[lint.checklists]`: for the checklists of partners, after that.
    pub checklists: Choice,
    /// `[lint.severity]`: how bad the findings of a rule or category are.
    pub severity: Vec<(Named, Severity)>,
    /// `[lint.per-file]`: globs of files or folders from the board's root, and the rules that do not
    /// look there.
    pub per_file: Vec<(String, Vec<Named>)>,
    /// `owners`: everybody who may own an item, without `@`; empty where anybody may.
    pub owners: Vec<String>,
}

/// Which rules look at some files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// `select`: these, instead of those that are on by default.
    pub select: Option<Vec<Named>>,
    /// `extend-select`: these as well.
    pub extend: Vec<Named>,
    /// `ignore`: these do not.
    pub ignore: Vec<Named>,
    /// `required`: keys that the front matter must have.
    pub required: Vec<String>,
}

/// The name of a rule, of a category, or of some other set of rules, as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// A glob of files or folders from the board's root, ready to be asked. `*` never crosses a `/`.
///
/// # Errors
///
/// It has no valid syntax.
pub fn file_glob(glob: &str) -> Result<GlobMatcher, globset::Error> {
    let tidy = glob.trim_start_matches("./").trim_end_matches('/');
    Ok(GlobBuilder::new(tidy).literal_separator(true).build()?.compile_matcher())
}

impl Default for Lint {
    fn default() -> Lint {
        Lint {
            everywhere: Choice::default(),
            templates: Choice { required: vec!["title".to_owned()], ..Choice::default() },
            checklists: Choice::default(),
            severity: Vec::new(),
            per_file: Vec::new(),
            owners: Vec::new(),
        }
    }
}
