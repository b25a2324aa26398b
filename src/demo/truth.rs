//! What really happened on a generated board.

use serde::Serialize;

use crate::model::event::EventKind;

/// What somebody did when they changed a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// A checklist was written, from the plan that they all follow.
    Create,
    /// A checklist was written by copying another partner's.
    Copy,
    /// A box was ticked.
    Tick,
    /// A box was ticked and its text changed in the same commit.
    TickReword,
    /// An item was written with its box ticked already.
    BornTicked,
    /// An item was written between others.
    Insert,
    /// An item was written that differs from another in a word or two.
    NearDuplicate,
    /// A text had a typing error made or mended.
    RewordTypo,
    /// A text was given details or lost them.
    RewordDetail,
    /// A few words were put differently.
    RewordLight,
    /// Something else was said about the same thing.
    RewordHeavy,
    /// An item was taken out.
    Remove,
    /// An item was taken out and another one written in its place.
    Replace,
    /// A tick was taken back.
    Untick,
    /// A state other than open and done was written.
    StateWord,
    /// Items were put into another order.
    Reorder,
    /// An item went to another section.
    Move,
    /// An item went to another file of its partner.
    MoveAcross,
    /// A file was renamed.
    Rename,
    /// Many files were renamed in one commit.
    MassRename,
    /// Headings were numbered anew.
    Renumber,
    /// A heading was reworded.
    RewordHeading,
    /// A section was written anew: removals and additions.
    Rewrite,
    /// A date was moved.
    DueChange,
    /// Somebody else took over.
    OwnerChange,
    /// A checklist was deleted.
    Delete,
    /// A commit that ticked was reverted.
    RevertTick,
    /// A commit that removed was reverted.
    RevertRemoval,
    /// What is no part of any item changed.
    Prose,
    /// A merge changed something by itself.
    EvilMerge,
    /// Several commits' work in one.
    Squash,
}

impl Edit {
    /// The name in tables and in JSON.
    pub fn name(self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    }
}

/// The commit that made something so, by its number, and by which edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Blame {
    /// The number of the commit.
    pub commit: usize,
    /// What was done to the item.
    pub edit: Edit,
}

/// A commit as it was written.
#[derive(Clone, Debug, Serialize)]
pub struct TruthCommit {
    /// What was done, in the main.
    pub edit: Edit,
    /// Its author's address.
    pub author: String,
    /// Whether it stands on the mainline.
    pub mainline: bool,
    /// Whether it brought a merged branch.
    pub merge: bool,
}

/// Something that happened to an item and landed on the mainline.
#[derive(Clone, Debug, Serialize)]
pub struct TruthEvent {
    /// What.
    #[serde(serialize_with = "kind_name")]
    pub kind: EventKind,
    /// The item. The number is its own from birth, through everything.
    pub item: u32,
    /// The commit that made the change, and by which edit.
    #[serde(flatten)]
    pub by: Blame,
    /// The mainline commit that brought it.
    pub landed: usize,
    /// The file, as it was named when the change landed.
    pub path: String,
    /// The item's identity text then.
    pub text: String,
}

fn kind_name<S: serde::Serializer>(kind: &EventKind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind.name())
}

/// An item that lives at the end.
#[derive(Clone, Debug, Serialize)]
pub struct TruthItem {
    /// Its number.
    pub item: u32,
    /// The file it stands in.
    pub path: String,
    /// Its line, counted from 1.
    pub line: u32,
    /// Its identity text.
    pub text: String,
    /// The name of its state.
    pub state: &'static str,
    /// The day it is due on.
    #[serde(serialize_with = "as_text")]
    pub due: Option<crate::dates::Date>,
    /// Its owner.
    pub owner: String,
    /// The commit of the tick that stands, if it is done.
    pub ticked: Option<Blame>,
}

fn as_text<S: serde::Serializer>(
    day: &Option<crate::dates::Date>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => to.collect_str(day),
        None => to.serialize_none(),
    }
}

/// What is true of an item through all its life, whether it still lives or not.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Traits {
    /// It carries an id that its author gave it.
    pub tagged: bool,
    /// Its text has changed.
    pub reworded: bool,
    /// Another item of its checklist has had the same text.
    pub twin: bool,
}

/// Everything that really happened.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// The commits, by number.
    pub commits: Vec<TruthCommit>,
    /// What happened to items, in the order in which it landed.
    pub events: Vec<TruthEvent>,
    /// The items that live at the end, by path and line.
    pub items: Vec<TruthItem>,
    /// Of every item that ever landed, by its number.
    pub traits: std::collections::BTreeMap<u32, Traits>,
}

impl Truth {
    /// The truth as JSON, one object a line: commits, then events, then the living items. `id`
    /// gives a commit's id by its number, where it is known.
    pub fn json_lines(&self, id: impl Fn(usize) -> Option<String>) -> String {
        let mut text = String::new();
        let mut line = |kind: &str, number: Option<usize>, value: serde_json::Value| {
            let serde_json::Value::Object(fields) = value else { return };
            let mut all = serde_json::Map::new();
            all.insert("type".into(), kind.into());
            if let Some(number) = number {
                all.insert("commit".into(), number.into());
                all.insert("id".into(), id(number).into());
            }
            all.extend(fields);
            text.push_str(&serde_json::Value::Object(all).to_string());
            text.push('\n');
        };
        for (number, commit) in self.commits.iter().enumerate() {
            line("commit", Some(number), serde_json::to_value(commit).unwrap_or_default());
        }
        for event in &self.events {
            line("event", None, serde_json::to_value(event).unwrap_or_default());
        }
        for item in &self.items {
            let mut value = serde_json::to_value(item).unwrap_or_default();
            let traits = self.traits.get(&item.item).copied().unwrap_or_default();
            if let serde_json::Value::Object(fields) = &mut value {
                fields.insert("tagged".into(), traits.tagged.into());
            }
            line("item", None, value);
        }
        text
    }
}
