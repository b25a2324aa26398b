//! Windows and due dates: how people write them, and which days they mean.

mod cursor;
mod due;
mod expression;
mod heading;
mod numeric;
mod resolve;
mod siblings;
mod start;
mod tokens;
mod written;

use crate::dates::Date;
use crate::model::{Document, DueSpec, Point, WindowSpec};
use crate::source::Line;
pub use expression::Unit;
pub use numeric::{Numeric, numeric_dates};
pub use written::Written;

/// A heading as the window grammar sees it.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The heading's text without markup.
    pub text: &'a str,
    /// The heading around it, by index.
    pub parent: Option<usize>,
}

/// The windows that a document's headings name, one per heading, in their order. All at once,
/// because `(30–60 Days)` is a range only beside a sibling that it touches.
pub fn windows(headings: &[Heading<'_>]) -> Vec<Option<WindowSpec>> {
    siblings::windows(headings)
}

/// The window that an item's text begins with: `Day 4-5: …`.
pub fn item_window(text: &str) -> Option<WindowSpec> {
    heading::item_window(text)
}

/// How the windows that [`windows`] finds are written, by heading. `None`: there is none, or it is
/// `(Ongoing)`, which names no time.
pub fn written(headings: &[Heading<'_>]) -> Vec<Option<Written>> {
    siblings::written(headings)
}

/// How the window that [`item_window`] finds is written.
pub fn item_written(text: &str) -> Option<Written> {
    heading::item_written(text)
}

/// A section's title without the window that it names: `Phase 1: Foundation` of
/// `Phase 1: Foundation (Day 1–30)`.
pub fn name(title: &str) -> &str {
    let title = title.trim();
    let parenthesis = title.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match parenthesis {
        Some((name, inside)) if !name.trim().is_empty() && is_time(title, inside) => name.trim(),
        _ => title,
    }
}

/// Whether a title's parenthesis holds a time. `(30–60 Days)` is a window only beside others that it
/// touches, and a time wherever it stands.
fn is_time(title: &str, inside: &str) -> bool {
    let written = written(&[Heading { text: title, parent: None }]);
    let units = ["day", "week", "month", "ongoing"];
    let inside = inside.to_lowercase();
    let names_unit = units.iter().any(|unit| inside.contains(unit));
    written.iter().any(Option::is_some)
        || names_unit && inside.chars().any(|char| char.is_ascii_digit())
        || inside.trim() == "ongoing"
}

/// Why a text is no due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueError {
    /// No form that mdboard knows.
    Unreadable,
    /// A date that the calendar does not have.
    Impossible,
}

/// Reads what stands behind `due:`: `2026-03-01`, `+14d`, `+2w`, `10b`, `Day 14`, `T-3`.
pub fn due_spec(text: &str) -> Result<DueSpec, DueError> {
    due::due_spec(text)
}

/// What a document's relative dates count from, after defaults were applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The checklist's start date.
    pub start: Option<Date>,
    /// The checklist's own due date, and the line it stands on if it stands in the file itself.
    pub due: Option<(DueSpec, Option<Line>)>,
}

/// Which place gave an item its due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueSource {
    /// A date in the item's own text.
    Item,
    /// A date in the text of an item around it.
    Parent,
    /// The window of a heading around it.
    Heading,
    /// The checklist's front matter.
    FrontMatter,
}

impl DueSource {
    /// The name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            DueSource::Item => "item",
            DueSource::Parent => "parent",
            DueSource::Heading => "heading",
            DueSource::FrontMatter => "front_matter",
        }
    }
}

/// A window in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day, if known.
    pub opens: Option<Date>,
    /// The last day, if there is one and it is known.
    pub closes: Option<Date>,
    /// The line that names it.
    pub line: Line,
}

/// When an item is to be worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The window around the item: its own, else that of the nearest heading that has one.
    pub window: Option<Window>,
    /// The first day on which the item can be worked on; `None`: at once.
    pub opens: Option<Date>,
    /// The last day on which the item is on time.
    pub due: Option<Date>,
    /// What `due` comes from. Set even where `due` could not be resolved.
    pub source: Option<DueSource>,
    /// The line that says so, if it is a line of the checklist.
    pub line: Option<Line>,
}

/// The day that a point in time means; `None` where what it counts from is not known.
pub fn day(point: Point, basis: &Basis) -> Option<Date> {
    resolve::day(point, basis)
}

/// The schedule of each of a document's items.
pub fn resolve(document: &Document, basis: &Basis) -> Vec<Schedule> {
    resolve::resolve(document, basis)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_has_no_window() {
        assert_eq!(name("Phase 1: Foundation (Day 1–30)"), "Phase 1: Foundation");
        assert_eq!(name("1. Legal & Contracting (Target: Day 1–7)"), "1. Legal & Contracting");
        assert_eq!(name("Phase 2: Growth (30–60 Days)"), "Phase 2: Growth");
        assert_eq!(name("Care (Ongoing)"), "Care");
        assert_eq!(name("Launch (worldwide)"), "Launch (worldwide)");
        assert_eq!(name("Day 1–7"), "Day 1–7");
        assert_eq!(name(" Plain "), "Plain");
    }
}
