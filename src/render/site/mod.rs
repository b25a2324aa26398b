//! The board as a site: pages that are complete without a script, ask nothing of anybody, and hold
//! their style and script themselves, so that a strict policy can name both by their hashes.

mod chart;
mod frame;
mod insight;
mod lint;
mod partner;
mod parts;
mod people;
mod portfolio;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use super::story::Teller;
use super::{badge, csv, digest, feed, ics, json};
use crate::board::{Board, Partner};
use crate::lint::finding::Finding;
use crate::model::PartnerId;
use crate::model::event::Event;
use crate::report::web::Web;
use crate::report::{EventFilter, ItemFilter, People};

/// What a site shows.
#[derive(Clone, Copy)]
pub struct Content<'a> {
    /// The board, with its events.
    pub board: &'a Board,
    /// What the linter has found.
    pub findings: &'a [Finding],
    /// Where the repository can be looked at.
    pub web: Option<&'a Web>,
    /// Whether the pages wait for news of another version of themselves.
    pub live: bool,
}

/// A file of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// All partners.
    Portfolio,
    /// A partner, by its place on the board.
    Partner(usize),
    /// Who has what to do.
    People,
    /// What the board teaches.
    Insight,
    /// What the linter has found.
    Lint,
    /// The board for programs.
    BoardJson,
    /// All items as a table.
    ItemsCsv,
    /// All events as a table.
    EventsCsv,
    /// The latest events as a feed.
    Feed,
    /// The whole as one page of markdown.
    Digest,
    /// The due dates of what is overdue.
    OverdueCalendar,
    /// The due dates of an owner, by their place among the people.
    Calendar(usize),
    /// A badge, of all or of a partner.
    Badge(Option<usize>),
    /// The same for shields.io.
    Endpoint(Option<usize>),
}

/// A site that is ready to be written, file by file and in any order.
pub struct Site<'a> {
    content: Content<'a>,
    teller: Teller<'a>,
    people: People<'a>,
    /// The events of each partner, newest first.
    events: HashMap<&'a PartnerId, Vec<&'a Event>>,
    /// The name of each partner's files, in the board's order.
    slugs: Vec<String>,
    /// The same of each owner.
    owner_slugs: Vec<String>,
    places: HashMap<&'a PartnerId, usize>,
}

impl<'a> Site<'a> {
    /// A site.
    pub fn new(content: Content<'a>) -> Site<'a> {
        let board = content.board;
        let mut events: HashMap<&PartnerId, Vec<&Event>> = HashMap::new();
        for event in board.events.iter().rev() {
            events.entry(&event.partner).or_default().push(event);
        }
        let people = People::of(board);
        let ids = board.partners.iter().map(|partner| partner.id.0.as_str());
        let names: Vec<&str> = people.owners.iter().map(|person| person.name.as_str()).collect();
        let places = board.partners.iter().enumerate();
        Site {
            content,
            teller: Teller::new(board),
            slugs: slugs(ids),
            owner_slugs: slugs_in_any_order(&names),
            people,
            events,
            places: places.map(|(at, partner)| (&partner.id, at)).collect(),
        }
    }

    /// Its files.
    pub fn files(&self) -> Vec<File> {
        let mut files = vec![
            File::Portfolio,
            File::People,
            File::Insight,
            File::Lint,
            File::BoardJson,
            File::ItemsCsv,
            File::EventsCsv,
            File::Feed,
            File::Digest,
            File::OverdueCalendar,
            File::Badge(None),
            File::Endpoint(None),
        ];
        files.extend((0..self.owner_slugs.len()).map(File::Calendar));
        let of_partner = |at| [File::Partner(at), File::Badge(Some(at)), File::Endpoint(Some(at))];
        files.extend((0..self.slugs.len()).flat_map(of_partner));
        files
    }

    /// Where a file stands in the site.
    pub fn path(&self, file: File) -> String {
        match file {
            File::Portfolio => "index.html".to_owned(),
            File::Partner(at) => format!("partners/{}.html", self.slugs[at]),
            File::People => "people.html".to_owned(),
            File::Insight => "insight.html".to_owned(),
            File::Lint => "lint.html".to_owned(),
            File::BoardJson => "board.json".to_owned(),
            File::ItemsCsv => "items.csv".to_owned(),
            File::EventsCsv => "events.csv".to_owned(),
            File::Feed => "feed.xml".to_owned(),
            File::Digest => "report.md".to_owned(),
            File::OverdueCalendar => "overdue.ics".to_owned(),
            File::Calendar(at) => format!("calendars/{}.ics", self.owner_slugs[at]),
            File::Badge(None) => "badge.svg".to_owned(),
            File::Badge(Some(at)) => format!("badges/{}.svg", self.slugs[at]),
            File::Endpoint(None) => "badge.json".to_owned(),
            File::Endpoint(Some(at)) => format!("badges/{}.json", self.slugs[at]),
        }
    }

    /// Writes what stands in a file.
    ///
    /// # Errors
    ///
    /// Whatever `out` says.
    pub fn write(&self, file: File, out: &mut dyn Write) -> io::Result<()> {
        let board = self.content.board;
        let text = match file {
            File::BoardJson => return json::board(board, out),
            File::ItemsCsv => {
                return csv::write_items(&ItemFilter::default().rows(board), out);
            }
            File::EventsCsv => {
                return csv::write_log(&EventFilter::default().events(board), out);
            }
            File::Portfolio => portfolio::page(self),
            File::Partner(at) => partner::page(self, at),
            File::People => people::page(self),
            File::Insight => insight::page(self),
            File::Lint => lint::page(self),
            File::Feed => feed::feed(board, &self.teller, self.content.web),
            File::Digest => digest::digest(board, &self.teller),
            File::OverdueCalendar => ics::overdue(board, self.content.web),
            File::Calendar(at) => ics::person(board, self.content.web, &self.people.owners[at]),
            File::Badge(at) => badge::svg(board, self.partner(at)),
            File::Endpoint(at) => badge::endpoint(board, self.partner(at)),
        };
        out.write_all(text.as_bytes())
    }

    fn partner(&self, at: Option<usize>) -> Option<&'a Partner> {
        at.and_then(|at| self.content.board.partners.get(at))
    }

    fn partner_path(&self, id: &PartnerId) -> String {
        self.places.get(id).map_or_else(String::new, |at| self.path(File::Partner(*at)))
    }

    fn events_of(&self, id: &PartnerId) -> &[&'a Event] {
        self.events.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The same for names in an order that changes from day to day: whose file is whose does not hang
/// on it.
fn slugs_in_any_order(names: &[&str]) -> Vec<String> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| names[*at]);
    let mut all = vec![String::new(); names.len()];
    let sorted = slugs(order.iter().map(|at| names[*at]));
    for (at, slug) in order.iter().zip(sorted) {
        all[*at] = slug;
    }
    all
}

/// File names for some names: short, plain, and different where the names are, whatever a file system
/// thinks of case. The same for the same name, whatever else is on the board, unless two collide.
fn slugs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut slug = |name: &str| {
        let mut slug = String::new();
        for char in name.chars().flat_map(char::to_lowercase) {
            match char {
                'a'..='z' | '0'..='9' => slug.push(char),
                _ if slug.is_empty() || slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        let slug: String = slug.trim_matches('-').chars().take(60).collect();
        let is_lost = |char: char| !char.is_ascii() || char.is_control();
        // Windows has devices by these names, whatever stands behind the full stop.
        let is_device = ["con", "prn", "aux", "nul"].contains(&slug.as_str())
            || slug.len() == 4 && (slug.starts_with("com") || slug.starts_with("lpt"));
        let mut slug = match slug.is_empty() || is_device || name.chars().any(is_lost) {
            true => format!("{slug}-{:08x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) as u32),
            false => slug,
        };
        // Before it is compared: a cut may have left a dash at the end.
        slug = slug.trim_matches('-').to_owned();
        while !taken.insert(slug.clone()) {
            let count = counts.entry(slug.clone()).or_insert(1);
            *count += 1;
            slug = format!("{slug}-{count}");
        }
        slug
    };
    names.map(&mut slug).collect()
}
