//! The keys of `mdboard.toml`, each in one place: its name and what it sets.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::report::Report;
use super::schema::Shape;
use super::{Config, Count, nearest, shortened, values};
use crate::model::{Severity, State};

/// A key of the configuration.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it is, in one sentence, for people whose editor shows it.
    pub(super) about: &'static str,
    /// What may stand behind it, for editors.
    pub(super) shape: Shape,
    sets: Sets,
}

/// What a key sets.
enum Sets {
    /// A value of the configuration.
    Value(fn(&mut Config, &Value<'_>, &mut Report<'_>)),
    /// The keys of a table.
    Table(&'static [Key]),
    /// The meanings of single characters.
    States,
    /// What stands at keys that the board's owner names.
    Free(fn(&mut Config, Range<usize>, &str, &Value<'_>, &mut Report<'_>)),
}

/// A value, with what messages about it need.
pub(super) struct Value<'v> {
    /// The key as a user would write it out: `progress.count`.
    pub(super) key: String,
    /// Where the value stands.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) is: &'v DeValue<'v>,
}

/// The longest time in days that a key may ask for: a century.
const CENTURY: u32 = 36_500;

/// Every key there is.
pub(super) const KEYS: &[Key] = &[
    value(
        "partners",
        "Globs of the partners' folders or files, from the board's root",
        Shape::Texts,
        |config, value, report| {
            set(&mut config.partners, values::partner_globs(value, report));
        },
    ),
    value(
        "templates",
        "The folder with the templates, from the board's root",
        Shape::Text,
        |config, value, report| {
            set(&mut config.templates, values::folder(value, report));
        },
    ),
    value(
        "timezone",
        "The time zone that decides which day a commit falls on: an IANA name, or an offset such as `+02:00`",
        Shape::Text,
        |config, value, report| {
            set(&mut config.timezone, values::zone(value, report));
        },
    ),
    value(
        "exclude_sections",
        "Globs of headings whose boxes are no items",
        Shape::Texts,
        |config, value, report| {
            set(&mut config.exclude_sections, values::heading_globs(value, report));
        },
    ),
    Key {
        name: "states",
        about: "What a box's character means",
        shape: Shape::Named("^[^xX ]$", &Shape::OneOf(|| State::ALL.map(State::name).to_vec())),
        sets: Sets::States,
    },
    value(
        "letter_priorities",
        "Whether `(A)`, `(B)` and `(C)` at the start of a text are priorities",
        Shape::Boolean,
        |config, value, report| {
            set(&mut config.letter_priorities, values::boolean(value, report));
        },
    ),
    table("progress", "How progress is counted", PROGRESS),
    value(
        "due_soon_days",
        "How many days ahead counts as soon",
        Shape::Whole(0, CENTURY),
        |config, value, report| {
            set(&mut config.due_soon_days, values::whole(value, 0..=CENTURY, report));
        },
    ),
    value(
        "stall_days",
        "After how many days without a change a partner has stalled",
        Shape::Whole(0, CENTURY),
        |config, value, report| {
            set(&mut config.stall_days, values::whole(value, 0..=CENTURY, report));
        },
    ),
    value(
        "at_risk_gap",
        "How many per cent of the planned items may be missing",
        Shape::Percentage,
        |config, value, report| {
            set(&mut config.at_risk_gap, values::percentage(value, report));
        },
    ),
    value(
        "batch_size",
        "From how many boxes ticked in one commit on their dates are upper bounds",
        Shape::Whole(1, u32::MAX),
        |config, value, report| {
            set(&mut config.batch_size, values::whole(value, 1..=u32::MAX, report));
        },
    ),
    table("lint", "Which of the linter's rules look where", LINT),
];

/// The keys of `[lint]`.
const LINT: &[Key] = &[
    value(
        "select",
        "These rules, instead of those that are on by default",
        Shape::Rules,
        |config, value, report| {
            set(&mut config.lint.everywhere.select, values::names(value, report).map(Some));
        },
    ),
    value("extend-select", "These rules as well", Shape::Rules, |config, value, report| {
        set(&mut config.lint.everywhere.extend, values::names(value, report));
    }),
    value("ignore", "These rules not", Shape::Rules, |config, value, report| {
        set(&mut config.lint.everywhere.ignore, values::names(value, report));
    }),
    value("owners", "Everybody who may own an item", Shape::Texts, |config, value, report| {
        let names = values::strings(value, report);
        let bare = |name: String| name.trim_start_matches('@').to_owned();
        set(&mut config.lint.owners, names.map(|names| names.into_iter().map(bare).collect()));
    }),
    table("templates", "For templates, after what holds for every file", LINT_TEMPLATES),
    table(
        "checklists",
        "For the checklists of partners, after what holds for every file",
        LINT_CHECKLISTS,
    ),
    Key {
        name: "severity",
        about: "How bad the findings of a rule or category are",
        shape: Shape::ByRule(&Shape::OneOf(|| Severity::ALL.map(Severity::name).to_vec())),
        sets: Sets::Free(|config, span, name, value, report| {
            let names = Severity::ALL.map(|severity| (severity.name(), severity));
            if let Some(severity) = values::name(value, &names, report) {
                config.lint.severity.push((report.named(span, name), severity));
            }
        }),
    },
    Key {
        name: "per-file",
        about: "Globs of files from the board's root, and the rules that do not look there",
        shape: Shape::Named(".", &Shape::Rules),
        sets: Sets::Free(|config, span, glob, value, report| {
            let glob = values::file_glob(span, glob, report);
            if let Some((glob, names)) = glob.zip(values::names(value, report)) {
                config.lint.per_file.push((glob, names));
            }
        }),
    },
];

/// The keys of a table that chooses rules for one kind of files.
macro_rules! choice {
    ($kind:ident) => {
        &[
            value(
                "select",
                "These rules, instead of those that are on by default",
                Shape::Rules,
                |config, value, report| {
                    set(&mut config.lint.$kind.select, values::names(value, report).map(Some));
                },
            ),
            value("extend-select", "These rules as well", Shape::Rules, |config, value, report| {
                set(&mut config.lint.$kind.extend, values::names(value, report));
            }),
            value("ignore", "These rules not", Shape::Rules, |config, value, report| {
                set(&mut config.lint.$kind.ignore, values::names(value, report));
            }),
            value(
                "required",
                "Keys that the front matter must have",
                Shape::Texts,
                |config, value, report| {
                    set(&mut config.lint.$kind.required, values::strings(value, report));
                },
            ),
        ]
    };
}

/// The keys of `[lint.templates]`.
const LINT_TEMPLATES: &[Key] = choice!(templates);

/// The keys of `[lint.checklists]`.
const LINT_CHECKLISTS: &[Key] = choice!(checklists);

/// The keys of `[progress]`.
const PROGRESS: &[Key] = &[value(
    "count",
    "Which boxes a progress figure counts",
    Shape::OneOf(|| Count::ALL.map(Count::name).to_vec()),
    |config, value, report| {
        let names = Count::ALL.map(|count| (count.name(), count));
        set(&mut config.count, values::name(value, &names, report));
    },
)];

const fn value(
    name: &'static str,
    about: &'static str,
    shape: Shape,
    read: fn(&mut Config, &Value<'_>, &mut Report<'_>),
) -> Key {
    Key { name, about, shape, sets: Sets::Value(read) }
}

const fn table(name: &'static str, about: &'static str, keys: &'static [Key]) -> Key {
    Key { name, about, shape: Shape::Table(keys), sets: Sets::Table(keys) }
}

/// Sets a place to a value that could be read; what could not be is already reported.
fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Reads a whole file's table into a configuration.
pub(super) fn read(config: &mut Config, table: &DeTable<'_>, report: &mut Report<'_>) {
    read_table(config, "", KEYS, table, report);
}

fn read_table(
    config: &mut Config,
    parent: &str,
    known: &[Key],
    table: &DeTable<'_>,
    report: &mut Report<'_>,
) {
    for (name, found) in table {
        let key = format!("{parent}{}", shortened(name.get_ref()));
        let value = Value { key, span: found.span(), is: found.get_ref() };
        let Some(known_key) = known.iter().find(|known| known.name == name.get_ref()) else {
            report.unknown_key(name.span(), &value.key, help_for(name.get_ref(), known));
            continue;
        };
        match known_key.sets {
            Sets::Value(read) => read(config, &value, report),
            Sets::Table(keys) => {
                if let Some(table) = values::table(&value, report) {
                    read_table(config, &format!("{}.", value.key), keys, table, report);
                }
            }
            Sets::States => {
                if let Some(table) = values::table(&value, report) {
                    read_states(config, table, report);
                }
            }
            Sets::Free(read) => {
                let Some(table) = values::table(&value, report) else { continue };
                for (name, found) in table {
                    let key = format!("{}.{}", value.key, shortened(name.get_ref()));
                    let inner = Value { key, span: found.span(), is: found.get_ref() };
                    read(config, name.span(), name.get_ref(), &inner, report);
                }
            }
        }
    }
}

/// Reads `[states]`, whose keys are the characters of boxes.
fn read_states(config: &mut Config, table: &DeTable<'_>, report: &mut Report<'_>) {
    for (name, found) in table {
        let mut characters = name.get_ref().chars();
        let character = match (characters.next(), characters.next()) {
            (Some('x' | 'X' | ' '), None) => {
                let message = format!(
                    "`[{}]` has a fixed meaning and cannot be given another",
                    name.get_ref()
                );
                report.invalid(name.span(), message, Some("remove this line".to_owned()));
                continue;
            }
            (Some(character), None) => character,
            _ => {
                let known_elsewhere = place_of(name.get_ref());
                let message =
                    format!("`{}` is not the character of a box", shortened(name.get_ref()));
                let help = known_elsewhere.unwrap_or_else(|| {
                    "a key of [states] is one character, as in `\"-\" = \"cancelled\"`".to_owned()
                });
                report.invalid(name.span(), message, Some(help));
                continue;
            }
        };
        let key = format!("states.{}", name.get_ref());
        let value = Value { key, span: found.span(), is: found.get_ref() };
        let names = State::ALL.map(|state| (state.name(), state));
        if let Some(state) = values::name(&value, &names, report) {
            config.states.insert(character, state);
        }
    }
}

/// What to do about a key that its table does not know.
fn help_for(name: &str, known: &[Key]) -> String {
    let names = || known.iter().map(|key| key.name);
    if let Some(meant) = nearest(name, names()) {
        return format!("did you mean `{meant}`?");
    }
    place_of(name).unwrap_or_else(|| {
        let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
        format!("the keys here are {}", all.join(", "))
    })
}

/// The table that a known key belongs to, for one that stands elsewhere. TOML makes that easy: a
/// key below a `[table]` line belongs to that table.
fn place_of(name: &str) -> Option<String> {
    if KEYS.iter().any(|key| key.name == name) {
        return Some(format!("move `{name}` above the first [table] of the file"));
    }
    KEYS.iter().find_map(|key| match key.sets {
        Sets::Table(keys) if keys.iter().any(|inner| inner.name == name) => {
            Some(format!("`{name}` belongs under [{}]", key.name))
        }
        _ => None,
    })
}
