//! One board as a site.

use std::collections::{BTreeMap, BTreeSet};

use super::{Content, File, Site, slugs, slugs_in_any_order};
use crate::board::Board;
use crate::model::Status;
use crate::render::fixture;
use crate::report::web::Web;

/// All files of the canonical board's site, by their paths.
fn site() -> BTreeMap<String, String> {
    site_of(&fixture::board())
}

fn site_of(board: &Board) -> BTreeMap<String, String> {
    let web = Web::of("https://github.com/example-org/partners", &[]);
    let content = Content { board, findings: &[], web: web.as_ref(), live: false };
    let site = Site::new(content);
    let text = |file: File| {
        let mut bytes = Vec::new();
        site.write(file, &mut bytes).expect("memory takes every byte");
        String::from_utf8(bytes).expect("all files are text")
    };
    site.files().into_iter().map(|file| (site.path(file), text(file))).collect()
}

/// The canonical board, on which its first open item belongs to these people.
fn owned_by(names: &[&str]) -> Board {
    let mut board = fixture::board();
    let items = board.partners.iter_mut().flat_map(|partner| &mut partner.checklists);
    let mut items = items.flat_map(|checklist| &mut checklist.items);
    let open = items.find(|item| item.status == Status::Overdue).expect("something is overdue");
    open.ownership.names = names.iter().map(|name| (*name).to_owned()).collect();
    board
}

/// The values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    let values = page.split(&begin).skip(1);
    values.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

#[test]
fn links_lead_to_something_that_is_there() {
    let site = site();
    let mut checked = 0;
    for (path, page) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in
            attributes(page, "href").into_iter().filter(|link| !link.starts_with("https://"))
        {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match target.strip_prefix("../") {
                Some(above) => above.to_owned(),
                None if target.is_empty() => path.clone(),
                None if folder.is_empty() => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            let other = site.get(&target).unwrap_or_else(|| panic!("{path}: {link}"));
            let has = anchor.is_empty() || attributes(other, "id").contains(&anchor);
            assert!(has, "{path}: there is no {link}");
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn nothing_hostile_gets_through() {
    for (path, text) in site() {
        // These hold somebody's text as it is, for programs; what a spreadsheet makes of it is another
        // test's.
        if path.ends_with(".csv") || path == "board.json" {
            continue;
        }
        assert!(!text.contains('\u{202e}'), "{path} turns the order around");
        assert!(!text.contains('\u{1b}') && !text.contains('\0'), "{path} commands a terminal");
        if path.ends_with(".html") || path.ends_with(".svg") {
            assert!(!text.contains("<script>alert"), "{path}");
            assert!(!text.contains("<img"), "{path}");
            for attribute in ["onclick", "onerror", "onload", "style"] {
                assert!(attributes(&text, attribute).is_empty(), "{path} has {attribute}");
            }
            let links = attributes(&text, "href");
            let is_known =
                |link: &&str| !link.contains(':') || link.starts_with("https://github.com/");
            assert!(links.iter().all(is_known), "{path}: {links:?}");
        }
    }
}

#[test]
fn ids_are_there_once() {
    let site = site_of(&owned_by(&["main", "Story"]));
    for (path, page) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let ids = attributes(page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: {ids:?}");
    }
}

#[test]
fn calendars_are_read_by_another() {
    let site = site();
    let mut seen = 0;
    for (path, text) in site.iter().filter(|(path, _)| path.ends_with(".ics")) {
        assert!(text.lines().all(|line| line.len() <= 75), "{path} has a long line");
        assert_eq!(text.matches("\nPRODID:").count(), 1, "{path} has one maker");
        assert!(
            text.contains("\r\n") && text.matches('\n').count() == text.matches("\r\n").count()
        );
        let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes())
            .map(|calendar| calendar.unwrap_or_else(|error| panic!("{path}: {error}\n{text}")))
            .collect();
        assert_eq!(calendars.len(), 1, "{path}");
        let mut ids = BTreeSet::new();
        for event in &calendars[0].events {
            let value = |name: &str| {
                let found = event.properties.iter().find(|property| property.name == name);
                found.and_then(|property| property.value.clone()).unwrap_or_default()
            };
            assert!(ids.insert(value("UID")), "{path}: {} is there twice", value("UID"));
            assert!(value("DTSTART") < value("DTEND"), "{path}");
            assert_eq!(value("DTSTAMP"), "20260303T000000Z");
            assert!(!value("SUMMARY").is_empty());
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn an_item_is_somebodys_once() {
    let site = site_of(&owned_by(&["zoe", "Zoe", "ZOE"]));
    assert_eq!(site["calendars/zoe.ics"].matches("BEGIN:VEVENT").count(), 1);
    assert!(site["people.html"].contains(">1 overdue · <a"), "{}", site["people.html"]);
}

#[test]
fn the_feed_is_read_by_another() {
    let site = site();
    let feed = atom_syndication::Feed::read_from(site["feed.xml"].as_bytes()).expect("Atom");
    assert!(feed.entries().len() >= 3);
    let ids: BTreeSet<&str> = feed.entries().iter().map(|entry| entry.id()).collect();
    assert_eq!(ids.len(), feed.entries().len());
    for entry in feed.entries() {
        assert!(!entry.authors().is_empty() && entry.links().len() == 1);
        assert!(entry.content().and_then(|content| content.value()).is_some());
    }
}

#[test]
fn badges_say_how_it_is() {
    let site = site();
    let badge: serde_json::Value = serde_json::from_str(&site["badge.json"]).expect("JSON");
    assert_eq!(badge["schemaVersion"], 1);
    assert_eq!(badge["label"], "partners");
    assert!(
        badge["message"].as_str().is_some_and(|message| message.contains("overdue")),
        "{badge}"
    );
    assert!(site["badge.svg"].contains("overdue"));
    assert!(site.keys().filter(|path| path.starts_with("badges/")).count() > 4);
}

#[test]
fn a_page_of_markdown_has_a_budget() {
    let mut board = fixture::board();
    let partner = board.partners.first().expect("a partner").clone();
    for number in 0..4_000 {
        let mut more = partner.clone();
        more.id.0 = format!("p{number}");
        more.name = "Very ".repeat(40);
        board.partners.push(more);
    }
    let text = crate::render::digest::digest(&board, &crate::render::story::Teller::new(&board));
    assert!(text.len() <= 400_100, "{}", text.len());
    assert!(text.contains("left out"));
}

#[test]
fn the_policy_names_what_stands_in_the_page() {
    let site = site();
    let page = &site["index.html"];
    let policy = attributes(page, "content");
    let policy = policy.iter().find(|content| content.contains("default-src")).expect("a policy");
    assert!(
        policy.starts_with("default-src &#39;none&#39;")
            || policy.starts_with("default-src 'none'")
    );
    assert!(!policy.contains("unsafe"));
    let opened = page.matches("<script").count() + page.matches("<style").count();
    assert_eq!(opened, 2);
}

#[test]
fn names_of_files_differ_where_names_do() {
    let names =
        ["Acme", "acme", "a/b", "a-b", "Çelik", "", "..", "日本", "x".repeat(300).as_str(), "con"]
            .map(str::to_owned);
    let slugs = slugs(names.iter().map(String::as_str));
    let unique: BTreeSet<&String> = slugs.iter().collect();
    assert_eq!(unique.len(), names.len(), "{slugs:?}");
    assert_eq!(slugs[0], "acme");
    assert_ne!(slugs[9], "con", "a device of Windows");
    // What is cut may end where a word does.
    let cut = [format!("{} b", "x".repeat(59)), "x".repeat(59)];
    let cut = super::slugs(cut.iter().map(String::as_str));
    assert_ne!(cut[0], cut[1]);
    for slug in &slugs {
        assert!(!slug.is_empty() && slug.len() < 90, "{slugs:?}");
        assert!(slug.chars().all(|char| char.is_ascii_alphanumeric() || char == '-'), "{slugs:?}");
    }
}

#[test]
fn whose_file_is_whose_does_not_hang_on_the_order() {
    assert_eq!(slugs_in_any_order(&["a/b", "a-b", "ann"]), ["a-b-2", "a-b", "ann"]);
    assert_eq!(slugs_in_any_order(&["ann", "a-b", "a/b"]), ["ann", "a-b", "a-b-2"]);
}
