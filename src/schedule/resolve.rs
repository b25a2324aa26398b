//! Which days an item's dates mean, and where they come from.

use super::{Basis, DueSource, Schedule, Window};
use crate::dates::Date;
use crate::model::{Document, Item, Point, WindowSpec};
use crate::source::Line;

pub(super) fn resolve(document: &Document, basis: &Basis) -> Vec<Schedule> {
    let days = Days::new(basis);
    let sections = section_windows(document, &days);
    let mut scopes: Vec<Scope> = Vec::with_capacity(document.items.len());
    let mut schedules = Vec::with_capacity(document.items.len());
    for item in &document.items {
        // Parents come first, so that one pass over the items sees every ancestor's answer.
        let parent = item.parent.and_then(|at| scopes.get(at)).copied().unwrap_or_default();
        let section = item.section.and_then(|at| sections.get(at)).copied().flatten();
        let scope = Scope::of(item, parent, section, &days);
        schedules.push(scope.schedule(section, basis, &days));
        scopes.push(scope);
    }
    schedules
}

pub(super) fn day(point: Point, basis: &Basis) -> Option<Date> {
    Days::new(basis).day(point)
}

/// What relative dates count from.
struct Days {
    start: Option<Date>,
    /// The checklist's own due date.
    due: Option<Date>,
    t: Option<Date>,
}

impl Days {
    fn new(basis: &Basis) -> Days {
        // A due date that counts from `T` cannot count from itself.
        let from_start = Days { start: basis.start, due: None, t: basis.start };
        let due = basis.due.and_then(|(due, _)| from_start.day(due));
        Days { due, t: due.or(basis.start), ..from_start }
    }

    fn day(&self, point: Point) -> Option<Date> {
        match point {
            Point::Date(date) => Some(date),
            Point::Day(days) => self.start?.plus_days(days.into()),
            Point::Month { months, days } => {
                self.start?.plus_months(months)?.plus_days(days.into())
            }
            Point::WorkingDay(days) => self.start?.plus_working_days(days.into()),
            Point::T(days) => self.t?.plus_days(days.into()),
        }
    }

    /// A window in days. One without a first day opens with the window around it.
    fn window(&self, spec: WindowSpec, line: Line, around: Option<Named>) -> Named {
        let opens = match spec.opens {
            Some(point) => self.day(point),
            None => around.and_then(|around| around.window.opens),
        };
        let closes = spec.closes.and_then(|point| self.day(point));
        Named { window: Window { opens, closes, line }, ends: spec.closes.is_some() }
    }
}

/// A window that a line names.
#[derive(Clone, Copy)]
struct Named {
    window: Window,
    /// Whether it has a last day, known or not.
    ends: bool,
}

/// The window around each section: its own, else that of the nearest section further out.
fn section_windows(document: &Document, days: &Days) -> Vec<Option<Named>> {
    let mut windows: Vec<Option<Named>> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let around = section.parent.and_then(|at| windows.get(at)).copied().flatten();
        let own = section.window.map(|spec| days.window(spec, section.line, around));
        windows.push(own.or(around));
    }
    windows
}

/// What an item's own text, or that of an item around it, says.
#[derive(Clone, Copy, Default)]
struct Scope {
    due: Option<Given>,
    window: Option<Named>,
}

/// A due date that an item's text gives.
#[derive(Clone, Copy)]
struct Given {
    day: Option<Date>,
    source: DueSource,
    line: Line,
    /// Whether there is a last day, known or not.
    ends: bool,
}

impl Scope {
    fn of(item: &Item, parent: Scope, section: Option<Named>, days: &Days) -> Scope {
        let around = parent.window.or(section);
        let own = item
            .window
            .filter(|spec| !counts_within(*spec, around, days))
            .map(|spec| days.window(spec, item.line, around));
        let given = |day, ends| Given { day, source: DueSource::Item, line: item.line, ends };
        let due = match (item.due, own) {
            (Some(due), _) => Some(given(days.day(due), true)),
            (None, Some(own)) => Some(given(own.window.closes, own.ends)),
            (None, None) => parent.due.map(|due| Given { source: DueSource::Parent, ..due }),
        };
        Scope { due, window: own.or(parent.window) }
    }

    fn schedule(self, section: Option<Named>, basis: &Basis, days: &Days) -> Schedule {
        let window = self.window.or(section).map(|named| named.window);
        let answer = self.due(section).unwrap_or_else(|| Answer {
            day: days.due,
            source: basis.due.map(|_| DueSource::FrontMatter),
            line: basis.due.and_then(|(_, line)| line),
        });
        // A window that opens only after the item is due does not hold the item back.
        let opens = window
            .and_then(|window| window.opens)
            .filter(|opens| answer.day.is_none_or(|due| *opens <= due));
        Schedule { window, opens, due: answer.day, source: answer.source, line: answer.line }
    }

    /// What the item, those around it and the sections around it say. `None`: nothing.
    fn due(self, section: Option<Named>) -> Option<Answer> {
        if let Some(Given { day, source, line, ends }) = self.due {
            return Some(Answer::new(day, ends, source, line));
        }
        let Named { window, ends } = section?;
        Some(Answer::new(window.closes, ends, DueSource::Heading, window.line))
    }
}

/// Whether an item's window counts from the window around it, as `Day 3: …` under `Week 2` does:
/// from the start it would close before that one opens.
fn counts_within(spec: WindowSpec, around: Option<Named>, days: &Days) -> bool {
    let Some(closes @ (Point::Day(_) | Point::Month { .. })) = spec.closes else { return false };
    let opens = around.and_then(|around| around.window.opens);
    days.day(closes).zip(opens).is_some_and(|(closes, opens)| closes < opens)
}

/// A due date, what it comes from, and the line that says so.
#[derive(Default)]
struct Answer {
    day: Option<Date>,
    source: Option<DueSource>,
    line: Option<Line>,
}

impl Answer {
    /// What a line says; nothing, where it says that there is no end.
    fn new(day: Option<Date>, ends: bool, source: DueSource, line: Line) -> Answer {
        if !ends {
            return Answer::default();
        }
        Answer { day, source: Some(source), line: Some(line) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, State};
    use crate::schedule::{Heading, due_spec, item_window, windows};
    use crate::source::Span;

    fn date(text: &str) -> Date {
        text.parse().expect("a test's date is valid")
    }

    /// A checklist from a small notation: `# heading`, `- item` with two spaces per level of
    /// nesting, and an item's due date behind `due:`.
    fn checklist(text: &str) -> Document {
        let mut document = Document::default();
        let mut depths: Vec<usize> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let (line, number) = (line, Line(number));
            if line.starts_with('#') {
                let level = line.bytes().take_while(|byte| *byte == b'#').count();
                let parent = document.sections.iter().rposition(|it| usize::from(it.level) < level);
                document.sections.push(Section {
                    title: line.trim_start_matches('#').trim().into(),
                    level: u8::try_from(level).expect("a test's level is small"),
                    parent,
                    span: Span::default(),
                    line: number,
                    window: None,
                    owners: Vec::new(),
                });
            } else if let Some((indent, text)) = line.split_once("- ") {
                let parent = depths.iter().rposition(|depth| *depth < indent.len());
                depths.push(indent.len());
                document.items.push(item(text, number, parent, document.sections.len()));
            }
        }
        let headings: Vec<Heading<'_>> = document
            .sections
            .iter()
            .map(|section| Heading { text: &section.title, parent: section.parent })
            .collect();
        let found = windows(&headings);
        for (section, window) in document.sections.iter_mut().zip(found) {
            section.window = window;
        }
        document
    }

    fn item(text: &str, line: Line, parent: Option<usize>, sections: usize) -> Item {
        let due = text.split_once("due:").map(|(_, due)| due_spec(due).expect("a due date"));
        Item {
            span: Span::default(),
            mark: Span::default(),
            line,
            raw: text.into(),
            text: text.into(),
            identity: text.into(),
            state: State::Open,
            blocked_reason: None,
            section: sections.checked_sub(1),
            parent,
            children: 0,
            due,
            window: item_window(text),
            owners: Vec::new(),
            done_on: None,
            priority: None,
            required: false,
            optional: false,
            explicit_id: None,
            depends: Vec::new(),
        }
    }

    /// One line per item: `opens → due, source line`, of a checklist that starts on 1 January 2026.
    fn told(text: &str, due: Option<&str>) -> Vec<String> {
        let basis = Basis { start: Some(date("2026-01-01")), due: front_matter(due) };
        resolve(&checklist(text), &basis).iter().map(tell).collect()
    }

    fn front_matter(due: Option<&str>) -> Option<(crate::model::DueSpec, Option<Line>)> {
        due.map(|due| (due_spec(due).expect("a due date"), Some(Line(100))))
    }

    fn tell(schedule: &Schedule) -> String {
        let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
        let source = schedule.source.map_or("-".to_owned(), |source| format!("{source:?}"));
        let line = schedule.line.map_or(0, |line| line.0);
        format!("{} → {}, {source} {line}", day(schedule.opens), day(schedule.due))
    }

    #[test]
    fn the_nearest_heading_with_a_window_gives_the_due_date() {
        let found = told(
            "## Phase 1 (0–30 Days)\n- a\n### 2. Contact (Ongoing, kickoff Day 1–15)\n- b\n\
             ## Phase 2 (30–60 Days)\n### 4. Plan (Target: Day 21–45)\n#### Details\n- c\n\
             ## Phase 3 (60–90 Days)\n### 8. Review (Target: Day 90)\n- d",
            None,
        );
        assert_eq!(
            found,
            [
                "2026-01-01 → 2026-01-31, Heading 1",
                "2026-01-01 → 2026-01-16, Heading 3",
                "2026-01-22 → 2026-02-15, Heading 6",
                "2026-03-02 → 2026-04-01, Heading 10",
            ]
        );
    }

    #[test]
    fn months_end_the_day_before_the_anniversary() {
        let found = told("# Month 1\n- a\n# Months 2-3\n- b\n# Week 2\n- c", None);
        assert_eq!(
            found,
            [
                "2026-01-01 → 2026-01-31, Heading 1",
                "2026-02-01 → 2026-03-31, Heading 3",
                "2026-01-09 → 2026-01-15, Heading 5",
            ]
        );
    }

    #[test]
    fn an_item_comes_before_its_parent_and_both_before_the_heading() {
        let found = told(
            "# Week 2\n- a due:Day 20\n  - b\n    - c\n  - Day 9-10: d\n    - e\n- f due:10b\n- g",
            Some("2026-06-01"),
        );
        assert_eq!(
            found,
            [
                "2026-01-09 → 2026-01-21, Item 2",
                "2026-01-09 → 2026-01-21, Parent 2",
                "2026-01-09 → 2026-01-21, Parent 2",
                "2026-01-10 → 2026-01-11, Item 5",
                "2026-01-10 → 2026-01-11, Parent 5",
                "2026-01-09 → 2026-01-15, Item 7",
                "2026-01-09 → 2026-01-15, Heading 1",
            ]
        );
    }

    #[test]
    fn an_item_due_before_its_window_opens_is_open_at_once() {
        let found = told("# Week 3\n- a due:Day 3\n- b due:Day 15", None);
        assert_eq!(found, ["- → 2026-01-04, Item 2", "2026-01-16 → 2026-01-16, Item 3"]);
    }

    #[test]
    fn a_day_that_counts_from_the_week_around_it_is_due_with_the_week() {
        let found = told("# Week 3\n- Day 4: a\n- Day 16: b", None);
        assert_eq!(
            found,
            ["2026-01-16 → 2026-01-22, Heading 1", "2026-01-16 → 2026-01-17, Item 3"]
        );
    }

    #[test]
    fn what_never_ends_is_never_due() {
        let found = told(
            "# Support (Ongoing)\n- a\n- b due:Day 3\n# Month 3+\n- c\n## Review (Day 70)\n- d",
            Some("2026-06-01"),
        );
        assert_eq!(
            found,
            [
                "- → -, - 0",
                "- → 2026-01-04, Item 3",
                "2026-03-01 → -, - 0",
                "2026-03-01 → 2026-03-12, Heading 6",
            ]
        );
    }

    #[test]
    fn the_front_matter_comes_last() {
        let found = told("- a\n# Notes\n- b", Some("+2w"));
        assert_eq!(found, ["- → 2026-01-15, FrontMatter 100"; 2]);
        assert_eq!(told("- a", None), ["- → -, - 0"]);
        // It counts from the start where it counts from T.
        assert_eq!(told("- a", Some("T-3")), ["- → 2025-12-29, FrontMatter 100"]);
    }

    #[test]
    fn t_is_the_due_date_and_else_the_start() {
        let text = "# T-14 to T-7\n- a\n# Press (T-2 Weeks)\n- b";
        assert_eq!(
            told(text, Some("2026-06-30")),
            ["2026-06-16 → 2026-06-23, Heading 1", "- → 2026-06-16, Heading 3"]
        );
        assert_eq!(told(text, None)[1], "- → 2025-12-18, Heading 3");
    }

    #[test]
    fn without_a_start_nothing_further_out_is_taken() {
        let text = "# Week 1\n- a\n- b due:Day 3\n  - c\n- d due:2026-02-01\n- e due:T-3";
        let basis = Basis { start: None, due: front_matter(Some("2026-06-01")) };
        let found: Vec<String> = resolve(&checklist(text), &basis).iter().map(tell).collect();
        assert_eq!(
            found,
            [
                "- → -, Heading 1",
                "- → -, Item 3",
                "- → -, Parent 3",
                "- → 2026-02-01, Item 5",
                "- → 2026-05-29, Item 6",
            ]
        );
    }

    #[test]
    fn the_window_is_told_with_its_line() {
        let basis = Basis { start: Some(date("2026-01-01")), due: None };
        let text = "# Week 2\n## Demo (Day 10)\n- a\n- Day 9: b\n  - c due:Day 12";
        let found = resolve(&checklist(text), &basis);
        let window = |closes, line| Window {
            opens: Some(date("2026-01-09")),
            closes: Some(date(closes)),
            line: Line(line),
        };
        assert_eq!(found[0].window, Some(window("2026-01-11", 2)));
        assert_eq!(found[1].window, Some(window("2026-01-10", 4)));
        assert_eq!(found[2].window, Some(window("2026-01-10", 4)));
    }

    #[test]
    fn days_past_the_calendar_are_unknown() {
        let basis = Basis { start: Date::new(262_142, 12, 31), due: None };
        let found = resolve(&checklist("# Month 60\n- a\n- b due:1000b"), &basis);
        assert!(found.iter().all(|schedule| schedule.due.is_none()), "{found:?}");
    }

    #[test]
    fn places_that_do_not_exist_are_passed_over() {
        let mut document = checklist("# Week 1\n- a\n  - b");
        document.items[0].parent = Some(7);
        document.items[1].section = Some(7);
        document.sections[0].parent = Some(0);
        assert_eq!(resolve(&document, &Basis::default()).len(), 2);
    }
}
