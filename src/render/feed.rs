//! What happened, as an Atom feed (RFC 4287): one entry per commit.

use std::collections::BTreeMap;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event as Xml};

use super::phrase::Phrase;
use super::story::Teller;
use super::{escape, words};
use crate::board::Board;
use crate::dates::Zone;
use crate::model::event::{Event, Origin};
use crate::model::{Commit, CommitId};
use crate::report::web::Web;

/// Older entries are left out.
const MOST: usize = 50;

/// The feed of what happened last.
pub(super) fn feed(board: &Board, teller: &Teller<'_>, web: Option<&Web>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let done = write(&mut writer, &entries(board), (board, teller, web));
    done.expect("memory takes every byte");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("texts are UTF-8, and so is what stands between them")
}

/// The events of one commit, newest first.
struct Entry<'a> {
    commit: &'a Commit,
    events: Vec<&'a Event>,
}

fn entries(board: &Board) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut places: BTreeMap<CommitId, usize> = BTreeMap::new();
    for event in board.events.iter().rev() {
        let Origin::Commit { introduced, .. } = &event.origin else { continue };
        match places.get(&introduced.id) {
            Some(at) => entries[*at].events.push(event),
            None if entries.len() == MOST => break,
            None => {
                places.insert(introduced.id, entries.len());
                entries.push(Entry { commit: introduced, events: vec![event] });
            }
        }
    }
    entries
}

type Told<'a> = (&'a Board, &'a Teller<'a>, Option<&'a Web>);

fn write(
    writer: &mut Writer<Vec<u8>>,
    entries: &[Entry<'_>],
    (board, teller, web): Told<'_>,
) -> std::io::Result<()> {
    writer.write_event(Xml::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = writer.create_element("feed");
    feed.with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(
        |writer| {
            text(writer, "title", "mdboard")?;
            let of = web.map_or("urn:mdboard:feed", Web::repository);
            text(writer, "id", &format!("{of}#mdboard"))?;
            let newest = entries.iter().map(|entry| entry.commit.committed).max();
            let updated = newest.map(|at| Zone::UTC.rfc3339(at));
            text(
                writer,
                "updated",
                &updated.unwrap_or_else(|| format!("{}T00:00:00Z", board.today)),
            )?;
            entries.iter().try_for_each(|entry| write_entry(writer, entry, (board, teller, web)))
        },
    )?;
    Ok(())
}

fn write_entry(
    writer: &mut Writer<Vec<u8>>,
    entry: &Entry<'_>,
    (_, teller, web): Told<'_>,
) -> std::io::Result<()> {
    let commit = entry.commit;
    let chapters = teller.tell(&entry.events);
    let scenes = chapters.iter().flat_map(|chapter| &chapter.scenes);
    let deeds: Vec<String> = scenes
        .flat_map(|scene| &scene.deeds)
        .map(|(partner, deed)| format!("{}: {}", partner.0, plain(deed)))
        .collect();
    let title = match deeds.as_slice() {
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first}, and {}", words::plural(rest.len(), "more change")),
        [] => commit.subject.clone(),
    };
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "title", &title)?;
        text(writer, "id", &format!("urn:mdboard:commit:{}", commit.id))?;
        text(writer, "updated", &Zone::UTC.rfc3339(commit.committed))?;
        writer
            .create_element("author")
            .write_inner_content(|writer| text(writer, "name", &commit.author.name))?;
        if let Some(web) = web {
            let address = web.commit(commit.id);
            let link = writer.create_element("link").with_attribute(("rel", "alternate"));
            link.with_attribute(("href", address.as_str())).write_empty()?;
        }
        text(writer, "content", &deeds.join("; "))
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    let text = escape::xml(text);
    writer.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn plain(phrase: &Phrase) -> String {
    phrase.parts().map(|(_, part)| part).collect()
}
