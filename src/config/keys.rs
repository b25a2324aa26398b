//! The keys of `mdboard.toml`, each in one place: its name and what it sets.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::report::Report;
use super::{Config, Count, nearest, shortened, values};
use crate::model::State;

/// A key of the configuration.
struct Key {
    name: &'static str,
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
const KEYS: &[Key] = &[
    value("partners", |config, value, report| {
        set(&mut config.partners, values::partner_globs(value, report));
    }),
    value("templates", |config, value, report| {
        set(&mut config.templates, values::folder(value, report));
    }),
    value("timezone", |config, value, report| {
        set(&mut config.timezone, values::zone(value, report));
    }),
    value("exclude_sections", |config, value, report| {
        set(&mut config.exclude_sections, values::heading_globs(value, report));
    }),
    Key { name: "states", sets: Sets::States },
    value("letter_priorities", |config, value, report| {
        set(&mut config.letter_priorities, values::boolean(value, report));
    }),
    Key { name: "progress", sets: Sets::Table(PROGRESS) },
    value("due_soon_days", |config, value, report| {
        set(&mut config.due_soon_days, values::whole(value, 0..=CENTURY, report));
    }),
    value("stall_days", |config, value, report| {
        set(&mut config.stall_days, values::whole(value, 0..=CENTURY, report));
    }),
    value("at_risk_gap", |config, value, report| {
        set(&mut config.at_risk_gap, values::percentage(value, report));
    }),
    value("batch_size", |config, value, report| {
        set(&mut config.batch_size, values::whole(value, 1..=u32::MAX, report));
    }),
];

/// The keys of `[progress]`.
const PROGRESS: &[Key] = &[value("count", |config, value, report| {
    let names = Count::ALL.map(|count| (count.name(), count));
    set(&mut config.count, values::name(value, &names, report));
})];

const fn value(name: &'static str, read: fn(&mut Config, &Value<'_>, &mut Report<'_>)) -> Key {
    Key { name, sets: Sets::Value(read) }
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
