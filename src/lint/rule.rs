//! What a rule is: a code, its docs, its examples and its check, declared once.

use crate::lint::finding::{Applicability, Finding};
use crate::lint::page::{Kind, Page};
use crate::lint::project::Project;
use crate::model::{Code, Severity};

/// A rule. Everything that is told of it anywhere stands here.
#[derive(Debug)]
pub struct Rule {
    /// Its permanent code and its name.
    pub code: Code,
    /// What it is about.
    pub category: Category,
    /// How bad its findings are where nobody says otherwise.
    pub severity: Severity,
    /// In which files it can find anything.
    pub scope: Scope,
    /// Whether it is on where nobody says otherwise.
    pub by_default: bool,
    /// What it finds, in one sentence without a full stop, beginning in lower case: it completes
    /// “finds …”.
    pub finds: &'static str,
    /// Why that matters, in one line.
    pub why: &'static str,
    /// What to do about a finding, in one line.
    pub how: &'static str,
    /// More for the docs, in markdown: limits, exceptions, configuration. May be empty.
    pub more: &'static str,
    /// What its fix does, if it has one.
    pub fixes: Option<Fixes>,
    /// Wrong and right, at least one. Run as tests.
    pub examples: &'static [Example],
    /// How it looks.
    pub check: Check,
}

/// What the fixes of a rule do.
#[derive(Clone, Copy, Debug)]
pub struct Fixes {
    /// How far the most careless of them may be trusted.
    pub applicability: Applicability,
    /// What they do, in one sentence, beginning in lower case: it completes “The fix …”.
    pub does: &'static str,
    /// Which parts of the document they may change.
    pub changes: &'static [Part],
}

/// A part of what a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Which items there are, their texts, states and dates.
    Items,
    /// Sections and their windows.
    Sections,
    /// The keys of the front matter.
    FrontMatter,
    /// Characters that nobody sees, in any text. What a text says besides stays the same.
    Hidden,
}

/// How a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reading the file already finds it: `parse` and `config` tell it by the rule's code. What
    /// would mend it, if anything, is added here.
    Reading(Option<fn(&Page<'_>, &Finding) -> Option<crate::lint::finding::Fix>>),
    /// It looks at one file at a time. What reading tells by its code comes on top.
    Page(fn(&Page<'_>, &mut Vec<Finding>)),
    /// It looks at all files together, or at what is around them.
    Project(fn(&Project<'_>, &mut Vec<Finding>)),
    /// It looks at what the linter itself was told: comments and configuration.
    Linter,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Boxes and their texts.
    Items,
    /// The front matter.
    FrontMatter,
    /// Windows, due dates and start dates.
    Schedule,
    /// Titles, headings and sections.
    Structure,
    /// Links between files.
    Links,
    /// Who owns what.
    Ownership,
    /// What git and the templates tell.
    History,
    /// What may do harm.
    Safety,
    /// Comments and configuration for the linter.
    Linter,
}

impl Category {
    /// Every category, in the order of their codes.
    pub const ALL: [Category; 9] = [
        Category::Items,
        Category::FrontMatter,
        Category::Schedule,
        Category::Structure,
        Category::Links,
        Category::Ownership,
        Category::History,
        Category::Safety,
        Category::Linter,
    ];

    /// The name by which all its rules can be selected.
    pub fn name(self) -> &'static str {
        match self {
            Category::Items => "items",
            Category::FrontMatter => "front-matter",
            Category::Schedule => "schedule",
            Category::Structure => "structure",
            Category::Links => "links",
            Category::Ownership => "ownership",
            Category::History => "history",
            Category::Safety => "safety",
            Category::Linter => "linter",
        }
    }
}

/// In which kinds of files a rule can find anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In every file.
    Everywhere,
    /// In templates.
    Templates,
    /// In the checklists of partners.
    Checklists,
    /// In both, and in no other file.
    Lists,
}

impl Scope {
    /// Whether a file of some kind is in it.
    pub fn holds(self, kind: Kind) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Templates => kind == Kind::Template,
            Scope::Checklists => kind == Kind::Checklist,
            Scope::Lists => kind != Kind::Other,
        }
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Everywhere => "everywhere",
            Scope::Templates => "templates",
            Scope::Checklists => "checklists",
            Scope::Lists => "lists",
        }
    }

    /// In words, behind “in”.
    pub fn words(self) -> &'static str {
        match self {
            Scope::Everywhere => "every file",
            Scope::Templates => "templates",
            Scope::Checklists => "partners' checklists",
            Scope::Lists => "templates and partners' checklists",
        }
    }
}

/// A file that a rule finds something in, and the same file as it should be.
///
/// In both, `⟦` and `⟧` are no part of the file: in the wrong one they stand around each place that
/// the rule tells, and it tells no other. A `�` stands for a byte that is no UTF-8. In the right one the rule finds nothing, and where the rule
/// has a fix, the fix makes it of the wrong one.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Where the file stands.
    pub path: &'static str,
    /// `mdboard.toml`, if the board has one.
    pub config: &'static str,
    /// What else there is: paths and texts.
    pub beside: &'static [(&'static str, &'static str)],
    /// When files last changed, as `YYYY-MM-DD`.
    pub changed: &'static [(&'static str, &'static str)],
    /// Files and folders that git ignores.
    pub ignored: &'static [&'static str],
    /// Symbolic links.
    pub symlinks: &'static [&'static str],
    /// The file with what is wrong in it.
    pub wrong: &'static str,
    /// The file as it should be.
    pub right: &'static str,
    /// Whether the fix makes the right one of the wrong one. (Where a rule has a fix only for some
    /// findings.)
    pub is_fixed: bool,
}

impl Example {
    /// The day on which examples are judged.
    pub const TODAY: &'static str = "2026-03-02";

    /// A partner's checklist.
    pub const fn checklist(wrong: &'static str, right: &'static str) -> Example {
        Example::at("partners/brackenferry/onboarding.md", wrong, right)
    }

    /// A template.
    pub const fn template(wrong: &'static str, right: &'static str) -> Example {
        Example::at("templates/onboarding.md", wrong, right)
    }

    const fn at(path: &'static str, wrong: &'static str, right: &'static str) -> Example {
        Example {
            path,
            config: "",
            beside: &[],
            changed: &[],
            ignored: &[],
            symlinks: &[],
            wrong,
            right,
            is_fixed: true,
        }
    }

    /// The same, where no fix leads from the wrong one to the right one.
    pub const fn by_hand(self) -> Example {
        Example { is_fixed: false, ..self }
    }

    /// A text without the signs around places.
    pub fn plain(text: &str) -> String {
        text.replace(['⟦', '⟧'], "")
    }
}
