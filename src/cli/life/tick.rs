//! `mdboard tick` and `untick`: boxes, for those who live in a terminal.

use super::super::args::{Global, TickArgs};
use super::super::output::Output;
use super::super::status::partners;
use super::super::{Failure, Outcome, World};
use super::{LifeError, open, text};
use crate::board::{Item, Partner};
use crate::dates::{Date, Timestamp};
use crate::git::{Filed, Prepared, Stroke};
use crate::load::life::Life;
use crate::model::{BlobId, Document, ItemId, RepoPath, State};
use crate::parse;
use crate::render::words;
use crate::template::{Untickable, tick};
use crate::timeline::counterparts;
use crate::workspace::{Replacement, Unreplaced};

/// More items than this are not listed when one is not clear.
const MOST: usize = 8;
/// Words that are less alike than this are others.
const ALIKE: f64 = 0.6;

/// What a box is to become.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    state: State,
    reason: Option<&'a str>,
    date: Option<Date>,
}

pub(in crate::cli) fn run(
    args: &TickArgs,
    default: State,
    global: &Global,
    world: &World,
    output: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let state = args.state.unwrap_or(default);
    if args.reason.is_some() && state != State::Blocked {
        return Err(LifeError::ReasonWithoutBlock.into());
    }
    if args.date.is_some() && state != State::Done {
        return Err(LifeError::DateWithoutTick.into());
    }
    let (_, life, board) = open(global, world)?;
    let id = partners(&board, std::slice::from_ref(&args.partner))?;
    let partner = board.partners.iter().find(|partner| id.contains(&partner.id));
    let Some(partner) = partner else { return Ok(Outcome::Failed) };
    if args.items.is_empty() {
        output.data(&list(partner))?;
        return Ok(Outcome::Fine);
    }
    let mut chosen: Vec<(&RepoPath, &Item)> = Vec::new();
    for said in &args.items {
        let (path, item) = choose(partner, said, state)?;
        // Said twice is meant once.
        if !chosen.iter().any(|(_, other)| other.id == item.id) {
            chosen.push((path, item));
        }
    }
    let wanted = Wanted { state, reason: args.reason.as_deref(), date: args.date };
    // All that can fail is done before anything is written.
    let changes = changes(&life, &chosen, wanted, args.commit)?;
    let message = match (&args.message, chosen.as_slice()) {
        (Some(message), _) => message.clone(),
        (None, [(_, item)]) => format!("{}: {} “{}”", partner.name, verb(state), item.text),
        (None, many) => format!("{}: {} {} items", partner.name, verb(state), many.len()),
    };
    let commit = match args.commit {
        true => Some(prepare(&life, args, &changes, &message, (world.clock)())?),
        false => None,
    };
    let replacements: Vec<Replacement<'_>> = changes.iter().map(Change::replacement).collect();
    life.disk().replace_all(&replacements).map_err(LifeError::unwritten)?;
    let id = match commit.map(Prepared::make) {
        Some(Ok(id)) => Some(id.to_string()),
        Some(Err(why)) => {
            let left = life.disk().put_back(&replacements);
            return Err(LifeError::unwritten(Unreplaced { why, left }).into());
        }
        None => None,
    };
    for (_, item) in &chosen {
        output.say(&format!("{}: {}", words::state(state), item.text));
    }
    if let Some(id) = id {
        output.say(&format!("committed as {}", &id[..10]));
    }
    Ok(Outcome::Fine)
}

/// A checklist with its boxes changed.
struct Change<'a> {
    file: File<'a>,
    text: String,
    contents: Option<Contents>,
}

impl Change<'_> {
    fn replacement(&self) -> Replacement<'_> {
        let (path, before) = (self.file.path.as_str(), self.file.text.as_bytes());
        Replacement { path, before, after: self.text.as_bytes() }
    }

    fn filed(&self) -> Option<Filed<'_>> {
        let Contents { committed, staged } = self.contents.as_ref()?;
        let staged = staged.as_deref().map(str::as_bytes);
        Some(Filed { path: self.file.path, committed: committed.as_bytes(), staged })
    }
}

/// The checklists that hold some items, with these items changed.
fn changes<'a>(
    life: &Life,
    chosen: &[(&'a RepoPath, &Item)],
    wanted: Wanted<'_>,
    is_commit: bool,
) -> Result<Vec<Change<'a>>, Failure> {
    let mut files: Vec<&RepoPath> = chosen.iter().map(|(path, _)| *path).collect();
    files.sort_unstable();
    files.dedup();
    let change = |path| {
        let items: Vec<&Item> =
            chosen.iter().filter(|(other, _)| *other == path).map(|(_, item)| *item).collect();
        let file = File::read(life, path)?;
        let text = file.changed(life, &items, wanted)?;
        let contents = is_commit.then(|| file.commit(life, &items, wanted)).transpose()?;
        Ok(Change { file, text, contents })
    };
    files.into_iter().map(change).collect()
}

/// A commit of some changes that is yet to be seen.
fn prepare<'l>(
    life: &'l Life,
    args: &TickArgs,
    changes: &[Change<'_>],
    message: &str,
    now: Timestamp,
) -> Result<Prepared<'l>, Failure> {
    if !args.no_verify {
        let left_out = life.repository().left_out()?;
        if !left_out.is_empty() {
            return Err(LifeError::LeftOut(left_out).into());
        }
    }
    let stroke = Stroke { files: changes.iter().filter_map(Change::filed).collect(), message, now };
    Ok(life.repository().prepare(&stroke).map_err(LifeError::Git)?)
}

fn verb(state: State) -> &'static str {
    match state {
        State::Done => "tick",
        State::Open => "untick",
        State::InProgress => "begin",
        State::Blocked => "block",
        State::Deferred => "defer",
        State::Cancelled => "cancel",
        State::NotApplicable => "rule out",
    }
}

/// The items that can be ticked, in the order of their numbers.
fn leaves(partner: &Partner) -> Vec<(&RepoPath, &Item)> {
    let items = partner.items().filter(|(_, item)| item.is_leaf());
    items.map(|(checklist, item)| (&checklist.path, item)).collect()
}

/// The open items with their numbers.
fn list(partner: &Partner) -> String {
    let all = leaves(partner);
    let open = all.iter().enumerate().filter(|(_, (_, item))| item.status.is_open());
    let lines: String = open.map(|(at, (_, item))| line(at, item)).collect();
    match lines.is_empty() {
        true => "nothing is open\n".to_owned(),
        false => lines,
    }
}

fn line(at: usize, item: &Item) -> String {
    let text = crate::render::escape::terminal(&item.text).into_owned();
    format!("{:>4}  {text}\n", at + 1)
}

/// The item that somebody means: by id, by number, or by words.
fn choose<'p>(
    partner: &'p Partner,
    said: &str,
    state: State,
) -> Result<(&'p RepoPath, &'p Item), Failure> {
    let all = leaves(partner);
    let by_id = |(_, item): &&(&RepoPath, &Item)| item.id == ItemId(said.to_owned());
    if let Some(found) = all.iter().find(by_id) {
        return Ok(*found);
    }
    if let Some(found) =
        said.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?))
    {
        return Ok(*found);
    }
    let lower = said.trim().to_lowercase();
    let text = |item: &Item| item.text.to_lowercase();
    let with = |holds: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..all.len()).filter(|at| holds(&text(all[*at].1))).collect()
    };
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut found = with(&|text| text == lower);
    if found.is_empty() {
        found = with(&|text| text.contains(&lower));
    }
    if found.is_empty() {
        found = with(&|text| words.iter().all(|word| text.contains(word)));
    }
    if found.is_empty() {
        found = with(&|text| strsim::normalized_damerau_levenshtein(text, &lower) >= ALIKE);
    }
    if words.is_empty() {
        // Nothing said means nothing, also where an item has no text.
        found.clear();
    }
    // Of several that could be meant, those that would change.
    if found.len() > 1 {
        let would: Vec<usize> =
            found.iter().copied().filter(|at| all[*at].1.state != state).collect();
        if !would.is_empty() {
            found = would;
        }
    }
    let parent = found.is_empty().then(|| parent(partner, said, &lower)).flatten();
    if let Some(parent) = parent {
        let why = Untickable::IsParent(parent.children);
        return Err(LifeError::Untickable { text: parent.text.to_string(), why }.into());
    }
    let (partner, item) = (partner.id.0.clone(), said.to_owned());
    match found.as_slice() {
        [] => Err(LifeError::NoItem { partner, item }.into()),
        [only] => Ok(all[*only]),
        many => {
            let shown =
                many.iter().take(MOST).map(|at| line(*at, all[*at].1).trim_end().to_owned());
            let mut found: Vec<String> = shown.collect();
            if many.len() > MOST {
                found.push(format!("      and {} more", many.len() - MOST));
            }
            Err(LifeError::WhichItem { partner, item, found }.into())
        }
    }
}

/// The item with others under it that somebody means, who means none of those that can be ticked.
fn parent<'p>(partner: &'p Partner, said: &str, lower: &str) -> Option<&'p Item> {
    let is_meant = |item: &&Item| {
        let is_text = !lower.is_empty() && item.text.to_lowercase().contains(lower);
        item.id.0 == said || is_text
    };
    partner.items().map(|(_, item)| item).filter(|item| !item.is_leaf()).find(is_meant)
}

/// A checklist on disk.
struct File<'a> {
    path: &'a RepoPath,
    text: String,
    document: Document,
}

/// What a commit and the index hold of a file.
struct Contents {
    committed: String,
    staged: Option<String>,
}

impl<'a> File<'a> {
    fn read(life: &Life, path: &'a RepoPath) -> Result<File<'a>, Failure> {
        let text = text(life, path)?;
        let document = parse::document(path, text.as_bytes(), &life.options);
        Ok(File { path, text, document })
    }

    /// The places of some items among those of the file.
    fn places(&self, items: &[&Item]) -> Vec<usize> {
        let at = |item: &&Item| self.document.items.iter().position(|one| one.line == item.line);
        items.iter().filter_map(at).collect()
    }

    fn changed(&self, life: &Life, items: &[&Item], wanted: Wanted<'_>) -> Result<String, Failure> {
        self.with(&self.text, life, items, &self.places(items), wanted)
    }

    /// Another version of the file with the items in another state, by their places in it.
    fn with(
        &self,
        text: &str,
        life: &Life,
        items: &[&Item],
        places: &[usize],
        wanted: Wanted<'_>,
    ) -> Result<String, Failure> {
        let mut text = text.to_owned();
        if let Some(item) = items.get(places.len()) {
            // It was there a moment ago.
            let (text, why) = (item.text.to_string(), Untickable::NoItem);
            return Err(LifeError::Untickable { text, why }.into());
        }
        for (at, item) in places.iter().zip(items) {
            let state = (wanted.state, wanted.reason, wanted.date);
            text = tick(&text, self.path, &life.options, *at, state)
                .map_err(|why| LifeError::Untickable { text: item.text.to_string(), why })?;
        }
        Ok(text)
    }

    /// The same change to what is committed, and to what is staged if that is another thing.
    fn commit(
        &self,
        life: &Life,
        items: &[&Item],
        wanted: Wanted<'_>,
    ) -> Result<Contents, Failure> {
        let not_committed = || LifeError::NotCommitted(self.path.as_str().to_owned());
        let repository = life.repository();
        let head = repository.head()?.ok_or_else(not_committed)?;
        let entry = repository.entry(head, self.path.as_str())?;
        let Some(crate::git::Entry::File(committed)) = entry else {
            return Err(not_committed().into());
        };
        let staged = repository.staged(self.path)?;
        let of_head = self.version(life, committed, items, wanted)?.ok_or_else(not_committed)?;
        let staged = match staged {
            Some(staged) if staged == committed => Some(of_head.clone()),
            // What is staged and lacks the item stays as it is.
            Some(staged) => self.version(life, staged, items, wanted)?,
            None => None,
        };
        Ok(Contents { committed: of_head, staged })
    }

    fn version(
        &self,
        life: &Life,
        blob: BlobId,
        items: &[&Item],
        wanted: Wanted<'_>,
    ) -> Result<Option<String>, Failure> {
        let Some(text) = life.blob(blob)? else { return Ok(None) };
        let document = parse::document(self.path, text.as_bytes(), &life.options);
        let there = counterparts(&document, &self.document);
        let places: Option<Vec<usize>> =
            self.places(items).into_iter().map(|at| there.get(at).copied().flatten()).collect();
        let Some(places) = places else { return Ok(None) };
        self.with(&text, life, items, &places, wanted).map(Some)
    }
}
