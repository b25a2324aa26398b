//! From files and their histories to partners.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Board, Checklist, Item, Partner, Progress, View, health, judge};
use crate::config::scope::Membership;
use crate::config::{Config, Count};
use crate::dates::Date;
use crate::inherit::{self, StartSource};
use crate::model::diagnostic::codes;
use crate::model::{Diagnostic, Document, Health, ItemId, RepoPath, Severity, Status};
use crate::source::Position;
use crate::timeline::{Facts, FileStory, Story};

/// What a board is made from.
pub struct Input<'a> {
    /// The files and what happened to them.
    pub story: Story,
    /// The board's configuration.
    pub config: &'a Config,
    /// The day that statuses are judged by.
    pub today: Date,
    /// What was looked at.
    pub view: View,
    /// Why history is not complete, if it is not.
    pub incomplete: Option<String>,
    /// What was found wrong outside the files' texts.
    pub diagnostics: Vec<Diagnostic>,
}

/// Puts a board together and judges it.
pub fn assemble(input: Input<'_>) -> Board {
    let Input { story, config, today, view, incomplete, mut diagnostics } = input;
    let Story { files, events, last_activity } = story;
    let mut folders: BTreeMap<Membership, Vec<(RepoPath, FileStory)>> = BTreeMap::new();
    for (path, file) in files {
        // A file may have been read under another path with the same content.
        let found = file.document.diagnostics.iter().cloned();
        diagnostics.extend(found.map(|finding| Diagnostic { path: path.clone(), ..finding }));
        diagnostics.extend(future_start(&path, &file, today));
        if let Some(member) = &file.membership {
            folders.entry(member.clone()).or_default().push((path, file));
        }
    }
    let mut partners: Vec<Partner> = folders
        .into_iter()
        .filter_map(|(member, files)| {
            let last = last_activity.get(&member.id).copied();
            partner(member, files, last, today, config)
        })
        .collect();
    partners.sort_by(|a, b| a.id.cmp(&b.id));
    diagnostics.sort_by(|a, b| (&a.path, a.start, a.code).cmp(&(&b.path, b.start, b.code)));
    Board {
        today,
        zone: config.timezone,
        view,
        incomplete,
        partners,
        events,
        diagnostics,
        due_soon_days: config.due_soon_days,
    }
}

/// A start date that lies ahead, as a finding.
fn future_start(path: &RepoPath, file: &FileStory, today: Date) -> Option<Diagnostic> {
    let own = &file.document.front_matter;
    let (start, line) = inherit::future_start(own, file.facts.status, today)?;
    Some(Diagnostic {
        code: codes::FUTURE_START_DATE,
        severity: Severity::Warning,
        message: format!("the start date {start} lies in the future"),
        path: path.clone(),
        start: Position { line, column: 1 },
        end: Position { line, column: 1 },
        help: Some("correct it, or write `status: planned` until then".to_owned()),
    })
}

/// A partner from its files, if one of them is a checklist.
fn partner(
    member: Membership,
    files: Vec<(RepoPath, FileStory)>,
    last_activity: Option<Date>,
    today: Date,
    config: &Config,
) -> Option<Partner> {
    let is_list = |(_, file): &&(RepoPath, FileStory)| !file.items.is_empty();
    let facts = files.iter().filter(is_list).map(|(_, file)| &file.facts).collect();
    let readme_path = RepoPath::new(format!("{}/README.md", member.root));
    let readme = files.iter().find(|(path, _)| *path == readme_path).map(|(_, file)| file);
    let facts = Shared { readme, lists: facts };
    if facts.lists.is_empty() {
        return None;
    }
    let status = facts.agreed(|facts| facts.status);
    let says = |(_, file): &&(RepoPath, FileStory)| {
        status.is_some() && file.document.front_matter.status == status
    };
    let readme_first = files.iter().filter(|(path, _)| *path == readme_path);
    let said_in = readme_first.chain(&files).find(says).map(|(path, _)| path.clone());
    let mut partner = Partner {
        name: facts.agreed(|facts| facts.partner_name.clone()).unwrap_or(member.id.0.clone()),
        owners: facts.agreed_list(|facts| &facts.owners),
        kind: facts.agreed(|facts| facts.kind.clone()),
        tags: facts.agreed_list(|facts| &facts.tags),
        status,
        start: facts.start(),
        id: member.id,
        health: Health::OnTrack,
        health_reason: String::new(),
        progress: Progress::default(),
        overdue: 0,
        due_soon: 0,
        next_due: None,
        last_activity,
        hangs_on_history: false,
        checklists: Vec::new(),
    };
    let lists = files.into_iter().filter(|(_, file)| !file.items.is_empty());
    partner.checklists = lists.map(|(path, file)| checklist(path, file, today, config)).collect();
    partner.checklists.iter().for_each(|checklist| partner.progress.add(checklist.progress));
    let with = |status: Status| partner.leaves().filter(|item| item.status == status).count();
    let open = partner.leaves().filter(|item| item.status.is_open());
    let next_due = open.filter_map(|item| item.schedule.due).filter(|due| *due >= today).min();
    (partner.overdue, partner.due_soon) = (with(Status::Overdue), with(Status::DueSoon));
    partner.next_due = next_due;
    let said_in = said_in.as_ref();
    (partner.health, partner.health_reason) = health::judge(&partner, said_in, today, config);
    partner.hangs_on_history = health::hangs_on_history(&partner, today, config);
    Some(partner)
}

/// What a partner's `README.md` says, and what its checklists say.
struct Shared<'a> {
    readme: Option<&'a FileStory>,
    lists: Vec<&'a Facts>,
}

impl Shared<'_> {
    /// The `README.md`'s value, else the one that all checklists agree on.
    fn agreed<T: PartialEq>(&self, get: impl Fn(&Facts) -> Option<T>) -> Option<T> {
        if let Some(value) = self.readme.and_then(|readme| get(&readme.facts)) {
            return Some(value);
        }
        let mut values = self.lists.iter().map(|facts| get(facts));
        let first = values.next()??;
        values.all(|value| value.as_ref() == Some(&first)).then_some(first)
    }

    fn agreed_list(&self, get: impl Fn(&Facts) -> &Vec<String>) -> Vec<String> {
        let some = |facts: &Facts| Some(get(facts).clone()).filter(|list| !list.is_empty());
        self.agreed(some).unwrap_or_default()
    }

    fn start(&self) -> Option<(Date, StartSource)> {
        let stated = self.readme.and_then(|readme| readme.document.front_matter.start_date);
        if let Some((day, _)) = stated {
            return Some((day, StartSource::Partner));
        }
        let mut starts = self.lists.iter().map(|facts| facts.start);
        let (day, mut source) = starts.next()??;
        for other in starts {
            let (other_day, other_source) = other?;
            if other_day != day {
                return None;
            }
            // One derived date makes the whole derived.
            if other_source == StartSource::FirstCommit {
                source = other_source;
            }
        }
        Some((day, source))
    }
}

fn checklist(path: RepoPath, file: FileStory, today: Date, config: &Config) -> Checklist {
    let FileStory { document, items: told, facts, .. } = file;
    let schedules: Vec<_> = told.iter().map(|item| item.schedule).collect();
    let statuses = judge::statuses(&document, &schedules, facts.status, today, config);
    let sections = 0..document.sections.len();
    let sections: Vec<Arc<[String]>> =
        sections.map(|section| document.section_path(Some(section)).into()).collect();
    let none: Arc<[String]> = Arc::default();
    let id = |at: usize| told.get(at).map(|told| told.id.clone());
    let parents: Vec<Option<ItemId>> =
        document.items.iter().map(|item| item.parent.and_then(id)).collect();
    // Nobody else has it any more, as a rule; then its texts are taken and not copied.
    let Document { items, front_matter, heading, sections: headings, .. } =
        Arc::unwrap_or_clone(document);
    let mut progress = Progress::default();
    let items = items.into_iter().zip(told).zip(statuses.into_iter().zip(parents));
    let items = items.map(|((item, told), (status, parent))| {
        if item.children == 0 || config.count == Count::All {
            progress.count(status);
        }
        let late = told.schedule.due.filter(|_| status == Status::Overdue && item.children == 0);
        Item {
            id: told.id,
            text: item.text,
            raw: item.raw,
            line: item.line,
            section: item.section.and_then(|at| sections.get(at)).unwrap_or(&none).clone(),
            parent,
            children: item.children,
            state: item.state,
            status,
            blocked_reason: item.blocked_reason,
            optional: item.optional,
            required: item.required,
            priority: item.priority,
            schedule: told.schedule,
            days_late: late.map_or(0, |due| today.days_since(due)),
            due_moved: told.due_moved,
            ownership: told.ownership,
            added: told.added,
            checked: told.checked,
        }
    });
    let items = items.collect();
    let windows = headings.into_iter().filter(|heading| heading.window.is_some());
    let title = front_matter.title.or(heading);
    Checklist {
        title: title.unwrap_or_else(|| path.stem().to_owned()),
        path,
        template: front_matter.template,
        status: facts.status,
        start: facts.start,
        progress,
        windows: windows.map(|heading| (heading.line, heading.title)).collect(),
        items,
    }
}
