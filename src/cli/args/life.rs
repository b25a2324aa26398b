//! What the commands for templates and boxes can be told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::dates::Date;
use crate::model::State;

#[derive(Debug, Args)]
#[command(after_help = "\
Makes what is not there yet: mdboard.toml with every key explained, a template, a first partner and a
workflow for CI. Nothing that is there is touched. Checklists that are there already are found, and
mdboard.toml names their folder.

Then:
  mdboard new globex --start 2026-03-02      a partner's first checklist
  mdboard                                    the board")]
pub(in crate::cli) struct InitArgs {
    /// Leave the workflow for CI out
    #[arg(long)]
    pub(in crate::cli) no_workflow: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard new globex --template partner-onboarding --start 2026-03-02 --owner ann
  mdboard new 'Globex Corporation' --type reseller --var region=EMEA
  mdboard new globex --template event-launch --stdout | less

A template may hold variables: `{{ partner }}`, `{{ partner_id }}`, `{{ start_date }}`, `{{ owner }}`,
`{{ type }}`, and your own (--var). Sections and items behind `<!-- when: reseller -->` are taken over
for that type alone. docs/templates.md tells more.")]
pub(in crate::cli) struct NewArgs {
    /// The partner: its id on the board, or the name of a new one
    #[arg(value_name = "PARTNER")]
    pub(in crate::cli) partner: String,
    /// The template, by path or file name; needed where there are several
    #[arg(long, short, value_name = "TEMPLATE")]
    pub(in crate::cli) template: Option<String>,
    /// The first day, which days and weeks count from (YYYY-MM-DD); where neither this nor the
    /// README.md beside it says one, today
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) start: Option<Date>,
    /// Who owns the checklist
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) owner: Option<String>,
    /// The partner's type, which conditions in the template ask for
    #[arg(long = "type", value_name = "TYPE")]
    pub(in crate::cli) kind: Option<String>,
    /// What a variable of the template stands for (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub(in crate::cli) var: Vec<(String, String)>,
    /// Where to write the checklist, from the repository's root, instead of the partner's folder
    #[arg(long, value_name = "PATH", conflicts_with = "stdout")]
    pub(in crate::cli) file: Option<PathBuf>,
    /// Print the checklist instead of writing it
    #[arg(long)]
    pub(in crate::cli) stdout: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard tick globex                             the open items, numbered
  mdboard tick globex 3 7                         by these numbers
  mdboard tick globex 'contract signed' --commit  by words, and a commit of just that
  mdboard tick globex 5 --state blocked --reason 'tax number missing'
  mdboard untick globex 'contract signed'

Only what stands in the box changes, and what --reason and --date say behind the text. --commit makes
one commit of that change alone: what else is edited or staged stays as it is. Hooks are not run and
nothing is signed; where a repository asks for either, --commit stops unless --no-verify says that
this is meant.")]
pub(in crate::cli) struct TickArgs {
    /// The partner, by id
    #[arg(value_name = "PARTNER")]
    pub(in crate::cli) partner: String,
    /// The items: by id, number or words; without any, they are listed
    #[arg(value_name = "ITEM")]
    pub(in crate::cli) items: Vec<String>,
    /// The state to put them into, instead of done (or open, for untick)
    #[arg(long, requires = "items", value_name = "STATE", value_parser = state)]
    pub(in crate::cli) state: Option<State>,
    /// What a blocked item waits for
    #[arg(long, requires = "items", value_name = "WORDS")]
    pub(in crate::cli) reason: Option<String>,
    /// The day it was done on, if that is not today (YYYY-MM-DD)
    #[arg(long, requires = "items", value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) date: Option<Date>,
    /// Make a commit of this change alone
    #[arg(long, requires = "items")]
    pub(in crate::cli) commit: bool,
    /// The commit's message
    #[arg(long, short, value_name = "MESSAGE", requires = "commit")]
    pub(in crate::cli) message: Option<String>,
    /// Commit although hooks are not run and nothing is signed
    #[arg(long, requires = "commit")]
    pub(in crate::cli) no_verify: bool,
}

/// How to write how far checklists have parted from their templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DriftFormat {
    /// For people
    Table,
    /// For wikis and job summaries
    Markdown,
    /// For programs; see docs/schema
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A checklist says which version of its template it was made from: `template: path@id`. Without that, it
is compared with the version that is most like it. What the checklist has made its own, such as items
of its own or other words, is told and is no reason to fail.

Exit codes: 0 nothing to take over, 1 a template has something that a checklist lacks, 2 a checklist
or its template could not be read.")]
pub(in crate::cli) struct DriftArgs {
    /// Only these partners, by id
    #[arg(value_name = "PARTNER")]
    pub(in crate::cli) names: Vec<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: DriftFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard sync globex --diff      what would come
  mdboard sync globex             and now it does
  mdboard sync --all              every checklist

New items come into their sections, items and headings that the template has changed and the checklist
has not get its new words, and the checklist names the newest version. Ticks, owners, dates and items
of the checklist's own stay as they are; so does what both sides have changed, which is told.

Exit codes: 0 all of it came, 1 something is for you to decide, such as what both sides have changed,
2 a checklist or its template could not be read.")]
pub(in crate::cli) struct SyncArgs {
    /// The partners, by id
    #[arg(value_name = "PARTNER", required_unless_present = "all")]
    pub(in crate::cli) names: Vec<String>,
    /// Every partner
    #[arg(long, conflicts_with = "names")]
    pub(in crate::cli) all: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(in crate::cli) diff: bool,
}

fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    let is_name = |name: &str| {
        let first = name.chars().next();
        first.is_some_and(|char| char.is_ascii_alphabetic() || char == '_')
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    match is_name(name.trim()) {
        true => Ok((name.trim().to_owned(), value.to_owned())),
        false => Err("a name has letters, digits and `_`, and begins with a letter".to_owned()),
    }
}

fn state(text: &str) -> Result<State, String> {
    super::named(text, &State::ALL, State::name)
}
