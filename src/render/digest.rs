//! The board on one page of markdown, for a wiki or a job summary: as much as has room, what needs
//! attention first.

use super::markdown::{phrase, status, text};
use super::story::Teller;
use super::words;
use crate::board::{Board, Partner};
use crate::model::Status;
use crate::report::{self, NEWS_DAYS};

/// What a job summary takes is 1 MiB; a wiki's page, less.
const MOST_BYTES: usize = 400_000;
/// More overdue items of a partner than this are only counted.
const MOST_ITEMS: usize = 20;

/// The page.
pub(super) fn digest(board: &Board, teller: &Teller<'_>) -> String {
    let by_need = board.by_need();
    let mut page = Page { text: "# Partners\n\n".to_owned(), left: 0 };
    let shown = whole_rows(board, &by_need);
    page.text.push_str(&shown);
    page.part("\n## Overdue\n\n".to_owned());
    if by_need.iter().all(|partner| partner.overdue == 0) {
        page.part("Nothing is overdue.\n".to_owned());
    }
    for partner in by_need.iter().filter(|partner| partner.overdue > 0) {
        page.part(overdue(board, partner));
    }
    let (_, news) = report::news(board);
    page.part(format!("\n## The last {NEWS_DAYS} days\n\n"));
    if news.is_empty() {
        page.part("Nothing has happened.\n".to_owned());
    }
    for chapter in teller.tell(&news) {
        page.part(format!("### {}\n\n", text(&chapter.title)));
        for scene in &chapter.scenes {
            let deeds = scene.deeds.iter();
            let deeds = deeds
                .map(|(partner, deed)| format!("  - {}: {}\n", text(&partner.0), phrase(deed)));
            page.part(format!("- {}\n{}", phrase(&scene.who), deeds.collect::<String>()));
        }
        page.part("\n".to_owned());
    }
    page.end()
}

/// The table of partners, without those that have no room.
fn whole_rows(board: &Board, by_need: &[&Partner]) -> String {
    let mut shown = by_need.len();
    loop {
        let table = status(board, &by_need[..shown]);
        if table.len() <= MOST_BYTES / 2 || shown == 0 {
            return match by_need.len() - shown {
                0 => table,
                left => format!(
                    "{table}\n{} left out: there is no room.\n",
                    words::plural(left, "partner")
                ),
            };
        }
        shown = shown * (MOST_BYTES / 2) / table.len() * 9 / 10;
    }
}

fn overdue(board: &Board, partner: &Partner) -> String {
    let mut items: Vec<_> =
        partner.leaves().filter(|item| item.status == Status::Overdue).collect();
    items.sort_by_key(|item| item.schedule.due);
    let mut out = format!("- **{}**\n", super::markdown::bold(&partner.name));
    for item in items.iter().take(MOST_ITEMS) {
        let when = words::when(item, board.today).unwrap_or_default();
        let owner = words::names(&item.ownership.names).map(|names| format!(", {}", text(&names)));
        let owner = owner.unwrap_or_default();
        out.push_str(&format!("  - {} ({}{owner})\n", text(&item.text), text(&when)));
    }
    if items.len() > MOST_ITEMS {
        out.push_str(&format!("  - and {} more\n", items.len() - MOST_ITEMS));
    }
    out
}

/// A page that takes whole parts as long as it has room.
struct Page {
    text: String,
    left: usize,
}

impl Page {
    fn part(&mut self, part: String) {
        if self.left == 0 && self.text.len() + part.len() <= MOST_BYTES {
            self.text.push_str(&part);
        } else {
            self.left += 1;
        }
    }

    fn end(mut self) -> String {
        if self.left > 0 {
            self.text.push_str(&format!(
                "\n{} left out: there is no room.\n",
                words::plural(self.left, "part")
            ));
        }
        self.text
    }
}
