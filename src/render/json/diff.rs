//! `mdboard diff --format json`, and reading it again.
//!
//! One set of types is written, read and described by the schema. Who reads a document may not have
//! made it: what is not in the schema is refused, and what can be computed is not believed.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::Unreadable;
use crate::board::Progress;
use crate::dates::Date;
use crate::model::event::{EventKind, Precision, Value};
use crate::model::{CommitId, Health, ItemId, PartnerId, Person, RepoPath, State};
use crate::report::{self, Comparison, FileChange, Side};

const SCHEMA: &str = "mdboard.diff/1";

/// What a change does to the board, from where it parted from its base.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: String,
    /// The day that both ends are judged by.
    #[cfg_attr(test, schemars(extend("pattern" = DAY)))]
    today: String,
    /// The time zone of every date in this document.
    timezone: String,
    /// The full id of the commit that BASE names.
    #[cfg_attr(test, schemars(extend("pattern" = COMMIT)))]
    base: String,
    /// The full id of the commit that HEAD names, or of the one that is checked out.
    #[cfg_attr(test, schemars(extend("pattern" = COMMIT)))]
    head: String,
    /// Where the two have parted; null where a shallow clone does not tell, and the base itself was
    /// compared with.
    #[cfg_attr(test, schemars(extend("pattern" = COMMIT)))]
    merge_base: Option<String>,
    /// Whether changes that are not committed count.
    worktree: bool,
    config: Config,
    history: History,
    /// The partners that change, by id.
    partners: Vec<Partner>,
    /// The templates that change, by path.
    templates: Vec<Template>,
}

/// What is known of `mdboard.toml`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Config {
    /// Whether the change touches it.
    changed: bool,
    /// Whose both ends are judged by.
    #[cfg_attr(test, schemars(extend("enum" = Side::ALL.map(Side::name))))]
    judged_by: String,
}

/// Whether all of the history that was needed was there to be read.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct History {
    complete: bool,
    /// Why not, in words.
    reason: Option<String>,
}

/// What becomes of a partner.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Partner {
    id: String,
    name: String,
    /// Its id before, if its folder has another name now.
    renamed_from: Option<String>,
    /// Null if it was not on the board.
    before: Option<Standing>,
    /// Null if it no longer is.
    after: Option<Standing>,
    /// Items that are overdue after and were not before, by due date.
    now_overdue: Vec<Late>,
    /// What happens to its checklists: work that goes unfinished first.
    changes: Vec<Change>,
}

/// How a partner is doing.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Standing {
    progress: Counts,
    /// Null where it hangs on history that is not there.
    #[cfg_attr(test, schemars(extend("enum" = or_null(Health::ALL.map(Health::name)))))]
    health: Option<String>,
    health_reason: Option<String>,
    /// How many items are; null where that hangs on history that is not there.
    #[cfg_attr(test, schemars(range(max = 1_000_000_000)))]
    overdue: Option<u32>,
}

/// How much is done.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Counts {
    done: u32,
    /// Neither done nor waived.
    open: u32,
    /// Cancelled or not applicable.
    waived: u32,
    total: u64,
    /// Done per cent of the total without what is waived, rounded down; null when nothing counts.
    percent: Option<u32>,
}

/// An item that the change makes overdue.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Late {
    item: String,
    text: String,
    path: String,
    line: u32,
    #[cfg_attr(test, schemars(extend("pattern" = DAY)))]
    due: String,
    days_late: i64,
}

/// An event, as in `mdboard.log/1`, that has not landed yet.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Change {
    #[cfg_attr(test, schemars(extend("enum" = EventKind::ALL.map(EventKind::name))))]
    kind: String,
    /// The day, as well as it is known: see `precision`.
    #[cfg_attr(test, schemars(extend("pattern" = DAY)))]
    date: Option<String>,
    #[cfg_attr(test, schemars(extend("enum" = super::parts::PRECISIONS)))]
    precision: String,
    /// The partner's id after the change.
    partner: String,
    path: String,
    /// The item's id; null for what happens to whole checklists.
    item: Option<String>,
    /// The line of its box in the head; null if it is not there.
    line: Option<u32>,
    text: Option<String>,
    /// The headings around the item.
    section: Vec<String>,
    before: Option<Changed>,
    after: Option<Changed>,
    author: Option<By>,
    co_authors: Vec<By>,
    /// The commit of the branch that made the change; null if it is in none.
    #[cfg_attr(test, schemars(extend("pattern" = COMMIT)))]
    commit: Option<String>,
    /// Always null: it has not landed.
    landed: Option<()>,
    /// Of a removed item: whether it was still to be done. Else null.
    while_open: Option<bool>,
    /// Of a due date: how often it had moved before; null where history does not tell.
    moved_before: Option<u32>,
    /// Of a due date that there is before and after: by how many days it moves.
    moved_by_days: Option<i64>,
}

/// What a change was from or to: a text, date, state or path, or a list of owners or sections.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Changed {
    One(String),
    Many(Vec<String>),
}

/// Somebody, as the mailmap names them.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct By {
    name: String,
    email: String,
}

/// What becomes of a template.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Template {
    path: String,
    #[cfg_attr(test, schemars(extend("enum" = FileChange::ALL.map(FileChange::name))))]
    change: String,
    /// Its path before, if that was another.
    renamed_from: Option<String>,
    /// The checklists made from it that lack what it has gained, by path.
    checklists_behind: Vec<String>,
}

/// How a day and a commit are written.
#[cfg(test)]
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
#[cfg(test)]
const COMMIT: &str = "^[0-9a-f]{40}$";

#[cfg(test)]
fn or_null<const N: usize>(words: [&'static str; N]) -> Vec<Option<&'static str>> {
    words.into_iter().map(Some).chain([None]).collect()
}

/// Writes a comparison as `mdboard.diff/1`.
pub fn diff(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    super::write(&Document::from(comparison), out)
}

/// Reads a comparison that somebody else may have written.
///
/// # Errors
///
/// It is too large, no JSON, or not what the schema says.
pub fn read_diff(bytes: &[u8]) -> Result<Comparison, Unreadable> {
    let document: Document = super::read(bytes)?;
    // Serde takes a list for an object, too; the schema does not.
    let again = serde_json::to_value(&document).unwrap_or_default();
    if !says_the_same(&super::read(bytes)?, &again) {
        return Err(Unreadable("a list stands where an object should".to_owned()));
    }
    document.try_into()
}

/// Whether a document says what was read of it. What may be left out is null then.
fn says_the_same(written: &serde_json::Value, read: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match (written, read) {
        (Object(written), Object(read)) => written
            .iter()
            .all(|(name, value)| read.get(name).is_some_and(|read| says_the_same(value, read))),
        (Array(written), Array(read)) => {
            written.len() == read.len()
                && written.iter().zip(read).all(|(written, read)| says_the_same(written, read))
        }
        (written, read) => written == read,
    }
}

impl From<&Comparison> for Document {
    fn from(comparison: &Comparison) -> Document {
        Document {
            schema: SCHEMA.to_owned(),
            today: comparison.today.to_string(),
            timezone: comparison.timezone.clone(),
            base: comparison.base.to_string(),
            head: comparison.head.to_string(),
            merge_base: comparison.merge_base.map(|id| id.to_string()),
            worktree: comparison.worktree,
            config: Config {
                changed: comparison.config_changed,
                judged_by: comparison.judged_by.name().to_owned(),
            },
            history: History {
                complete: comparison.incomplete.is_none(),
                reason: comparison.incomplete.clone(),
            },
            partners: comparison.partners.iter().map(Partner::from).collect(),
            templates: comparison.templates.iter().map(Template::from).collect(),
        }
    }
}

impl TryFrom<Document> for Comparison {
    type Error = Unreadable;

    fn try_from(document: Document) -> Result<Comparison, Unreadable> {
        if document.schema != SCHEMA {
            return Err(Unreadable(format!("its schema is not {SCHEMA}")));
        }
        let History { complete, reason } = document.history;
        Ok(Comparison {
            today: day(&document.today)?,
            timezone: document.timezone,
            base: commit(&document.base)?,
            head: commit(&document.head)?,
            worktree: document.worktree,
            merge_base: document.merge_base.as_deref().map(commit).transpose()?,
            config_changed: document.config.changed,
            judged_by: word(&document.config.judged_by, &Side::ALL, Side::name)?,
            incomplete: match complete {
                true => None,
                false => Some(reason.unwrap_or_else(|| "it does not say why".to_owned())),
            },
            partners: all(document.partners)?,
            templates: all(document.templates)?,
        })
    }
}

impl From<&report::PartnerChange> for Partner {
    fn from(partner: &report::PartnerChange) -> Partner {
        let change = |change| Change::of(&partner.id, change);
        Partner {
            id: partner.id.0.clone(),
            name: partner.name.clone(),
            renamed_from: partner.renamed_from.as_ref().map(|id| id.0.clone()),
            before: partner.before.as_ref().map(Standing::from),
            after: partner.after.as_ref().map(Standing::from),
            now_overdue: partner.now_overdue.iter().map(Late::from).collect(),
            changes: partner.changes.iter().map(change).collect(),
        }
    }
}

impl TryFrom<Partner> for report::PartnerChange {
    type Error = Unreadable;

    fn try_from(partner: Partner) -> Result<report::PartnerChange, Unreadable> {
        let mut changes: Vec<report::Change> = all(partner.changes)?;
        changes.sort_by_key(report::Change::rank);
        Ok(report::PartnerChange {
            id: PartnerId(partner.id),
            name: partner.name,
            renamed_from: partner.renamed_from.map(PartnerId),
            before: partner.before.map(TryInto::try_into).transpose()?,
            after: partner.after.map(TryInto::try_into).transpose()?,
            now_overdue: all(partner.now_overdue)?,
            changes,
        })
    }
}

impl From<&report::Standing> for Standing {
    fn from(standing: &report::Standing) -> Standing {
        let progress = standing.progress;
        Standing {
            progress: Counts {
                done: small(progress.done),
                open: small(progress.open),
                waived: small(progress.waived),
                total: progress.total() as u64,
                percent: progress.percent().map(small),
            },
            health: standing.health.map(|health| health.name().to_owned()),
            health_reason: standing.health_reason.clone(),
            overdue: standing.overdue.map(small),
        }
    }
}

impl TryFrom<Standing> for report::Standing {
    type Error = Unreadable;

    fn try_from(standing: Standing) -> Result<report::Standing, Unreadable> {
        let Counts { done, open, waived, .. } = standing.progress;
        let [done, open, waived] = [done, open, waived].map(|count| count as usize);
        let health = standing.health.map(|name| word(&name, &Health::ALL, Health::name));
        Ok(report::Standing {
            progress: Progress { done, open, waived },
            health: health.transpose()?,
            health_reason: standing.health_reason,
            overdue: standing.overdue.map(|count| count as usize),
        })
    }
}

impl From<&report::Late> for Late {
    fn from(late: &report::Late) -> Late {
        Late {
            item: late.item.0.clone(),
            text: late.text.clone(),
            path: late.path.to_string(),
            line: late.line,
            due: late.due.to_string(),
            days_late: late.days_late,
        }
    }
}

impl TryFrom<Late> for report::Late {
    type Error = Unreadable;

    fn try_from(late: Late) -> Result<report::Late, Unreadable> {
        Ok(report::Late {
            item: ItemId(late.item),
            text: late.text,
            path: super::path(late.path)?,
            line: late.line,
            due: day(&late.due)?,
            days_late: late.days_late,
        })
    }
}

impl Change {
    fn of(partner: &PartnerId, change: &report::Change) -> Change {
        let is_removal = change.kind == EventKind::Removed;
        Change {
            kind: change.kind.name().to_owned(),
            date: change.date.map(|date| date.to_string()),
            precision: change.precision.name().to_owned(),
            partner: partner.0.clone(),
            path: change.path.to_string(),
            item: change.item.as_ref().map(|item| item.0.clone()),
            line: change.line,
            text: change.text.clone(),
            section: change.section.clone(),
            before: change.before.as_ref().map(Changed::from),
            after: change.after.as_ref().map(Changed::from),
            author: change.author.as_ref().map(By::from),
            co_authors: change.co_authors.iter().map(By::from).collect(),
            commit: change.commit.map(|id| id.to_string()),
            landed: None,
            while_open: is_removal.then_some(change.while_open),
            moved_before: change.moved_before.map(small),
            moved_by_days: change.shift(),
        }
    }
}

impl TryFrom<Change> for report::Change {
    type Error = Unreadable;

    fn try_from(change: Change) -> Result<report::Change, Unreadable> {
        let kind = word(&change.kind, &EventKind::ALL, EventKind::name)?;
        let value = |value: Option<Changed>| value.map(|value| value.of(kind)).transpose();
        let is_removal = kind == EventKind::Removed;
        Ok(report::Change {
            kind,
            date: change.date.as_deref().map(day).transpose()?,
            precision: word(&change.precision, &Precision::ALL, Precision::name)?,
            path: super::path(change.path)?,
            item: change.item.map(ItemId),
            line: change.line,
            text: change.text,
            section: change.section,
            before: value(change.before)?,
            after: value(change.after)?,
            author: change.author.map(Person::from),
            co_authors: change.co_authors.into_iter().map(Person::from).collect(),
            commit: change.commit.as_deref().map(commit).transpose()?,
            while_open: is_removal && change.while_open == Some(true),
            moved_before: change.moved_before.map(|count| count as usize),
        })
    }
}

impl From<&Value> for Changed {
    fn from(value: &Value) -> Changed {
        match value {
            Value::Text(text) => Changed::One(text.clone()),
            Value::Date(date) => Changed::One(date.to_string()),
            Value::State(state) => Changed::One(state.name().to_owned()),
            Value::Path(path) => Changed::One(path.to_string()),
            Value::Owners(names) => Changed::Many(names.clone()),
            Value::Section(titles) => Changed::Many(titles.clone()),
        }
    }
}

impl Changed {
    /// What it is of an event of some kind.
    fn of(self, kind: EventKind) -> Result<Value, Unreadable> {
        use EventKind::{ChecklistAdded, ChecklistRemoved, ChecklistRenamed};
        Ok(match (kind, self) {
            (EventKind::Reworded, Changed::One(text)) => Value::Text(text),
            (EventKind::DueChanged, Changed::One(text)) => Value::Date(day(&text)?),
            (EventKind::OwnerChanged, Changed::Many(names)) => Value::Owners(names),
            (EventKind::Moved, Changed::Many(titles)) => Value::Section(titles),
            (EventKind::Moved, Changed::One(path)) => Value::Path(super::path(path)?),
            (ChecklistAdded | ChecklistRemoved | ChecklistRenamed, Changed::One(path)) => {
                Value::Path(super::path(path)?)
            }
            (
                EventKind::Added
                | EventKind::Checked
                | EventKind::Unchecked
                | EventKind::StateChanged
                | EventKind::Removed,
                Changed::One(state),
            ) => Value::State(word(&state, &State::ALL, State::name)?),
            (kind, _) => {
                return Err(Unreadable(format!("`{}` has a value of another kind", kind.name())));
            }
        })
    }
}

impl From<&Person> for By {
    fn from(person: &Person) -> By {
        By { name: person.name.clone(), email: person.email.clone() }
    }
}

impl From<By> for Person {
    fn from(by: By) -> Person {
        Person { name: by.name, email: by.email }
    }
}

impl From<&report::TemplateChange> for Template {
    fn from(template: &report::TemplateChange) -> Template {
        let behind = template.checklists_behind.iter();
        Template {
            path: template.path.to_string(),
            change: template.change.name().to_owned(),
            renamed_from: template.renamed_from.as_ref().map(RepoPath::to_string),
            checklists_behind: behind.map(RepoPath::to_string).collect(),
        }
    }
}

impl TryFrom<Template> for report::TemplateChange {
    type Error = Unreadable;

    fn try_from(template: Template) -> Result<report::TemplateChange, Unreadable> {
        let behind = template.checklists_behind.into_iter();
        Ok(report::TemplateChange {
            path: super::path(template.path)?,
            change: word(&template.change, &FileChange::ALL, FileChange::name)?,
            renamed_from: template.renamed_from.map(super::path).transpose()?,
            checklists_behind: behind.map(super::path).collect::<Result<_, _>>()?,
        })
    }
}

fn all<T, U: TryFrom<T, Error = Unreadable>>(all: Vec<T>) -> Result<Vec<U>, Unreadable> {
    all.into_iter().map(U::try_from).collect()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn day(text: &str) -> Result<Date, Unreadable> {
    // A reader that takes more than the schema would let others down.
    let is_plain = text.len() == 10;
    let day = text.parse().ok().filter(|_| is_plain);
    day.ok_or_else(|| Unreadable(format!("`{}` is no day", super::short(text))))
}

fn commit(text: &str) -> Result<CommitId, Unreadable> {
    let digit = |at: usize| {
        let digits = text.get(at..at + 2)?;
        let is_plain = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_plain.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
    };
    let mut id = [0; 20];
    let whole = text.len() == 40
        && id.iter_mut().enumerate().all(|(at, byte)| match digit(2 * at) {
            Some(digit) => {
                *byte = digit;
                true
            }
            None => false,
        });
    let id = whole.then_some(CommitId(id));
    id.ok_or_else(|| Unreadable(format!("`{}` is no commit's full id", super::short(text))))
}

fn word<T: Copy>(text: &str, words: &[T], name: fn(T) -> &'static str) -> Result<T, Unreadable> {
    let found = words.iter().copied().find(|word| name(*word) == text);
    found.ok_or_else(|| Unreadable(format!("`{}` is none of its words", super::short(text))))
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    let mut schema = schemars::schema_for!(Document).to_value();
    open(&mut schema);
    schema.try_into().expect("it was a schema before")
}

/// Lets later versions have more fields, as the promise says; only the reader knows its own.
#[cfg(test)]
fn open(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(fields) => {
            fields.retain(|name, value| name != "additionalProperties" || *value != false);
            fields.values_mut().for_each(open);
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(open),
        _ => {}
    }
}
