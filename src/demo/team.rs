//! The team at work: who commits what when, until the plan is fulfilled.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Plan;
use super::branch::Branch;
use super::desk::{Desk, Trash};
use super::edit::At;
use super::list::{List, Node};
use super::plan::{Order, Pace};
use super::random::Random;
use super::settle::{self, Shelf};
use super::truth::{Edit, Truth, TruthCommit, TruthItem};
use super::words::PEOPLE;
use crate::dates::{Date, Timestamp, Zone};
use crate::model::{Draft, PartnerStatus, Person, RepoPath, Signed, State};

/// Days that a small board's history spans.
const SPAN: i64 = 182;
/// How many commits a checklist sees in the ninety days of its plan, about.
const COMMITS_PER_LIST: usize = 25;
/// Up to this many partners, every one has a story, and its end is told.
const SMALL: usize = 12;

/// A partner and what its people remember of the last commits.
pub(super) struct Partner {
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) kind: &'static str,
    pub(super) pace: Pace,
    pub(super) start: Date,
    pub(super) shelf: Shelf,
    pub(super) trash: Option<Trash>,
    pub(super) ticked: Option<(usize, Vec<(At, String)>)>,
    pub(super) to_untick: Vec<At>,
    lists: usize,
}

/// A commit that is about to be made.
pub(super) struct Work {
    pub(super) parents: Vec<usize>,
    pub(super) changes: BTreeMap<String, Option<Arc<[u8]>>>,
    pub(super) edit: Edit,
    pub(super) message: String,
    pub(super) mainline: bool,
}

/// The team, its board, and where its commits go.
pub(super) struct Team<'p, E> {
    pub(super) plan: &'p Plan,
    sink: &'p mut dyn FnMut(&Draft, bool) -> Result<(), E>,
    pub(super) desk: Desk,
    pub(super) truth: Truth,
    pub(super) partners: Vec<Partner>,
    pub(super) branches: Vec<Branch>,
    /// The newest mainline commit.
    pub(super) tip: Option<usize>,
    /// The mainline's files, and which of its commits changed which.
    pub(super) files: BTreeMap<String, Arc<[u8]>>,
    pub(super) journal: Vec<(usize, Vec<String>)>,
    days: Vec<Date>,
    commits: usize,
    unrelated: usize,
    /// Partners to come: the day, the story.
    coming: Vec<(Date, Pace, Date)>,
}

impl<'p, E> Team<'p, E> {
    pub(super) fn new(
        plan: &'p Plan,
        sink: &'p mut dyn FnMut(&Draft, bool) -> Result<(), E>,
    ) -> Team<'p, E> {
        let mut random = Random::new(plan.seed);
        let lists = plan.partners.max(1) * COMMITS_PER_LIST;
        let span = 90 * i64::try_from(plan.commits / lists).unwrap_or(0);
        let span = if plan.partners <= SMALL && plan.commits < 400 {
            SPAN
        } else {
            span.clamp(SPAN, 7300)
        };
        let begin = plan.today.plus_days(-span).unwrap_or(plan.today);
        let days: Vec<Date> = (0..span)
            .filter_map(|day| begin.plus_days(day))
            .filter(|day| !day.is_weekend())
            .collect();
        let mut coming = Vec::new();
        for number in 0..plan.partners {
            let (pace, ago) = match Pace::STORIES.get(number) {
                Some(story) if plan.partners <= SMALL => *story,
                _ => {
                    let paces = [(Pace::OnTime, 5), (Pace::Late, 3), (Pace::Blocked, 1)];
                    let pace = random.weighted(&paces).unwrap_or(Pace::OnTime);
                    (pace, random.between(10, span))
                }
            };
            let start = plan.today.plus_days(-ago).unwrap_or(plan.today);
            let late = random.chance(plan.habits.late_start) && ago > 60;
            let lead = if late { random.between(10, 45) } else { -random.between(3, 12) };
            coming.push((start.plus_days(lead).unwrap_or(start), pace, start));
        }
        coming.sort_by_key(|(day, _, start)| (*day, *start));
        coming.reverse();
        Team {
            plan,
            sink,
            desk: Desk::new(random, plan.habits, begin),
            truth: Truth::default(),
            partners: Vec::new(),
            branches: Vec::new(),
            tip: None,
            files: BTreeMap::new(),
            journal: Vec::new(),
            days,
            commits: 0,
            unrelated: 0,
            coming,
        }
    }

    pub(super) fn work(mut self) -> Result<Truth, E> {
        self.found()?;
        let closing = if self.plan.partners <= SMALL { self.plan.partners } else { 0 };
        while self.commits + closing < self.plan.commits {
            self.desk.today = self.day();
            let all = self.plan.commits + self.plan.unrelated;
            if self.unrelated * all < self.plan.unrelated * (self.commits + self.unrelated) {
                self.unrelated_commit()?;
            }
            let left = self.plan.commits.saturating_sub(self.commits + closing).max(1);
            let due = |(day, ..): &(Date, Pace, Date)| *day <= self.desk.today;
            if self.coming.last().is_some_and(due)
                || self.partners.is_empty()
                || self.coming.len() >= left
            {
                let many = self.coming.len().div_ceil(left).max(1);
                self.welcome(many)?;
            } else {
                self.step()?;
            }
        }
        self.close_branches()?;
        while self.unrelated < self.plan.unrelated {
            self.unrelated_commit()?;
        }
        self.desk.today = self.days.last().copied().unwrap_or(self.plan.today);
        for at in 0..closing.min(self.partners.len()) {
            self.close(at)?;
        }
        Ok(self.finish())
    }

    /// The day of the next commit: the plan's commits spread evenly over its working days.
    fn day(&self) -> Date {
        let all = (self.plan.commits + self.plan.unrelated).max(1);
        let at = (self.commits + self.unrelated) * self.days.len() / all;
        self.days.get(at).or(self.days.last()).copied().unwrap_or(self.plan.today)
    }

    /// The first commit: what is there before there are partners.
    fn found(&mut self) -> Result<(), E> {
        let readme = "# Partner programme\n\nA made-up board, to look at and to try things on. Every \
            company and person in it is fictional.\n\nRun `mdboard` to see it, and `mdboard log` to \
            see how it came about.\n";
        let config = "due_soon_days = 7\n\n[states]\n\"-\" = \"cancelled\"\n\">\" = \"deferred\"\n";
        let mut template = self.desk.write_list(Order {
            path: String::new(),
            title: "Partner onboarding".to_owned(),
            owner: "nora".to_owned(),
            start: self.plan.today,
            status: None,
            chapters: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
            items: self.plan.items.min(72),
            prose: self.plan.prose.min(2000),
        });
        for item in template.items_mut() {
            (item.state, item.tag) = (State::Open, None);
        }
        let text = template.render().0;
        let lines = text.lines().filter(|line| !line.starts_with("start_date:"));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        let files = [
            ("README.md", readme.to_owned()),
            ("mdboard.toml", config.to_owned()),
            ("templates/onboarding.md", text),
        ];
        let changes = files.map(|(path, text)| (path.to_owned(), Some(text.into_bytes().into())));
        self.emit(Work {
            parents: Vec::new(),
            changes: changes.into(),
            edit: Edit::Prose,
            message: "Set up the board".to_owned(),
            mainline: true,
        })?;
        Ok(())
    }

    /// Work that no checklist hears of.
    fn unrelated_commit(&mut self) -> Result<(), E> {
        self.unrelated += 1;
        let number = self.unrelated;
        let path = format!("tools/script-{:03}.txt", number * 7 % 199);
        let text = format!("# step {number}\nretries = {}\n", number % 9);
        let changes = [(path, Some(text.into_bytes().into()))].into();
        let message = format!("Tune step {number} of the build");
        let (parents, edit) = (self.tip.into_iter().collect(), Edit::Prose);
        self.emit(Work { parents, changes, edit, message, mainline: true })?;
        Ok(())
    }

    /// New partners come, in one commit.
    fn welcome(&mut self, many: usize) -> Result<(), E> {
        let mut changes = BTreeMap::new();
        let mut names = Vec::new();
        let first = self.partners.len();
        self.desk.commit = self.truth.commits.len();
        let mut edit = Edit::Create;
        for _ in 0..many {
            let Some((_, pace, start)) = self.coming.pop() else { break };
            edit = self.new_partner(pace, start);
            let Some(partner) = self.partners.last_mut() else { break };
            names.push(partner.name.clone());
            let lists = std::mem::take(&mut partner.shelf.lists);
            let mut after = Shelf { lists, ..Shelf::default() };
            settle::commit(&Shelf::default(), &mut after, self.desk.commit, edit);
            settle::land(&Shelf::default(), &after, self.desk.commit, &mut self.truth);
            changes.extend(file_changes(&Shelf::default(), &after));
            let readme = format!(
                "---\npartner: {}\ntype: {}\n---\n\n# {}\n\nWrites to us from {}@{}.example.com.\n",
                partner.name, partner.kind, partner.name, "hello", partner.slug
            );
            let path = format!("partners/{}/README.md", partner.slug);
            changes.insert(path, Some(readme.into_bytes().into()));
            partner.shelf = after;
        }
        let message = match names.as_slice() {
            [name] => format!("Welcome {name}"),
            names => format!("Welcome {} partners", names.len()),
        };
        debug_assert!(self.partners.len() > first, "somebody came");
        self.commits += 1;
        let parents = self.tip.into_iter().collect();
        self.emit(Work { parents, changes, edit, message, mainline: true })?;
        Ok(())
    }

    fn new_partner(&mut self, pace: Pace, start: Date) -> Edit {
        let (mut slug, mut name);
        loop {
            let (front, trade) = self.desk.company();
            (slug, name) = (front.to_lowercase(), format!("{front} {trade}"));
            if self.partners.len() > 200 {
                let number = self.partners.len();
                (slug, name) = (format!("{slug}-{number}"), format!("{name} {number}"));
            }
            if self.partners.iter().all(|other| other.slug != slug) {
                break;
            }
        }
        self.desk.late = pace.late();
        let two = self.partners.len() % 3 == 1;
        let chapters: &[usize] =
            if two { &[0, 1, 2, 5, 6, 7, 8] } else { &[0, 1, 2, 3, 4, 5, 6, 7, 8] };
        let items = if two { self.plan.items * 7 / 9 } else { self.plan.items };
        let owner = self.desk.handle();
        let status = (pace == Pace::Planned).then_some(PartnerStatus::Planned);
        let order = |path: &str, title: &str, chapters, items: usize| Order {
            path: format!("partners/{slug}/{path}"),
            title: format!("{name}: {title}"),
            owner: owner.clone(),
            start,
            status,
            chapters,
            items: items.max(1),
            prose: self.plan.prose,
        };
        let onboarding = order("onboarding.md", "Onboarding", chapters, items);
        let model = self.desk.random.chance(0.25) && self.plan.partners > 2;
        let model = if model { self.desk.random.pick(&self.partners) } else { None };
        let model = model.and_then(|other| other.shelf.lists.first()).cloned();
        let mut lists = Vec::new();
        let edit = match model {
            Some(model) => {
                lists.push(Arc::new(self.desk.copy_list(&model, onboarding)));
                Edit::Copy
            }
            None => {
                lists.push(Arc::new(self.desk.write_list(onboarding)));
                if two {
                    let second =
                        order("technical.md", "Technical plan", &[3, 4], self.plan.items * 2 / 9);
                    lists.push(Arc::new(self.desk.write_list(second)));
                }
                Edit::Create
            }
        };
        let kind = self.desk.random.word(&["reseller", "integrator", "technology", "referral"]);
        self.partners.push(Partner {
            name,
            slug,
            kind,
            pace,
            start,
            shelf: Shelf { lists, ..Shelf::default() },
            trash: None,
            ticked: None,
            to_untick: Vec::new(),
            lists: 0,
        });
        edit
    }

    /// Another checklist for a partner that has finished one, and an old one put away.
    pub(super) fn next_list(&mut self, at: usize, shelf: &mut Shelf) -> Option<Edit> {
        let partner = &mut self.partners[at];
        let open = shelf.lists.iter().flat_map(|list| list.items());
        if partner.pace == Pace::Finished
            || open.filter(|item| item.state == State::Open).count() > 3
        {
            return None;
        }
        if shelf.lists.len() > 2 {
            shelf.lists.remove(0);
            return Some(Edit::Delete);
        }
        partner.lists += 1;
        let first = self.desk.random.index(7);
        let start = self.desk.today.plus_days(4)?;
        let order = Order {
            path: format!("partners/{}/round-{}.md", partner.slug, partner.lists + 1),
            title: format!("{}: Round {}", partner.name, partner.lists + 1),
            owner: self.desk.handle(),
            start,
            status: None,
            chapters: &[first, first + 1, first + 2],
            items: self.plan.items,
            prose: self.plan.prose,
        };
        partner.start = start;
        let list = self.desk.write_list(order);
        shelf.lists.push(Arc::new(list));
        Some(Edit::Create)
    }

    /// The last commits of a story: what is due is done, or stands still.
    fn close(&mut self, at: usize) -> Result<(), E> {
        let before = self.partners[at].shelf.clone();
        let mut after = before.clone();
        let pace = self.partners[at].pace;
        self.desk.late = pace.late();
        self.desk.commit = self.truth.commits.len();
        let mut edit = Edit::StateWord;
        if matches!(pace, Pace::OnTime | Pace::Blocked | Pace::Finished | Pace::Fresh) {
            self.clear(&mut after, pace);
            edit = self.desk.tick(&mut after, true).unwrap_or(edit);
        }
        if pace == Pace::Blocked {
            let today = self.desk.today;
            let upcoming = |list: &List, key| list.item(key).and_then(|item| item.known.due.0);
            let lists = after.lists.iter();
            let stuck = lists.flat_map(|list| {
                let keys = list.items().filter(|item| item.state == State::Open && !item.child);
                keys.map(|item| (list.key, item.key, upcoming(list, item.key))).collect::<Vec<_>>()
            });
            let stuck = stuck
                .filter(|(.., due)| due.is_some_and(|due| due > today))
                .min_by_key(|(_, _, due)| *due);
            let item = stuck.and_then(|(list, key, _)| after.list_mut(list)?.item_mut(key));
            if let Some(item) = item {
                (item.state, item.reason) =
                    (State::Blocked, Some("waiting for their security team"));
                item.touched = Some((self.desk.commit, Edit::StateWord));
            }
        }
        self.commit_on_main(at, before, after, edit)
    }

    /// Nothing stands still any more; of a finished partner nothing is left to do.
    fn clear(&mut self, shelf: &mut Shelf, pace: Pace) {
        let (commit, today) = (self.desk.commit, self.desk.today);
        for list in shelf.lists.iter_mut().map(Arc::make_mut) {
            for item in list.items_mut() {
                let late = item.known.due.0.is_some_and(|due| due <= today);
                if item.state == State::Blocked {
                    (item.state, item.touched) = (State::Open, Some((commit, Edit::StateWord)));
                }
                if item.state != State::Done && (late || pace == Pace::Finished) {
                    item.late = -3650;
                }
            }
        }
    }

    /// Makes a commit on the mainline that changes one partner.
    pub(super) fn commit_on_main(
        &mut self,
        at: usize,
        before: Shelf,
        mut after: Shelf,
        edit: Edit,
    ) -> Result<(), E> {
        let commit = self.truth.commits.len();
        heal(&mut after);
        settle::commit(&before, &mut after, commit, edit);
        self.commits += 1;
        let parents = self.tip.into_iter().collect();
        let changes = file_changes(&before, &after);
        let message = self.message(at, edit);
        self.emit(Work { parents, changes, edit, message, mainline: true })?;
        self.landed(at, &before, after);
        Ok(())
    }

    /// Tells what the newest mainline commit brought to a partner.
    pub(super) fn landed(&mut self, at: usize, before: &Shelf, mut after: Shelf) {
        let landed = self.truth.commits.len() - 1;
        settle::land(before, &after, landed, &mut self.truth);
        after.gone.clear();
        self.partners[at].shelf = after;
    }

    /// Counts a commit that changes a checklist.
    pub(super) fn count(&mut self) {
        self.commits += 1;
    }

    pub(super) fn message(&mut self, at: usize, edit: Edit) -> String {
        let name = &self.partners[at].name;
        let short = name.split(' ').next().unwrap_or(name);
        match edit {
            Edit::Tick | Edit::TickReword => format!("{short}: progress"),
            Edit::Create | Edit::Copy => format!("{short}: new checklist"),
            Edit::Untick | Edit::RevertTick => format!("{short}: not done after all"),
            Edit::RevertRemoval => format!("Revert \"{short}: tidy up\""),
            Edit::Remove | Edit::Replace | Edit::Delete => format!("{short}: tidy up"),
            Edit::DueChange => format!("{short}: new dates"),
            Edit::OwnerChange => format!("{short}: hand over"),
            Edit::Rewrite => format!("{short}: rewrite the plan"),
            Edit::Squash => {
                let (first, last) = PEOPLE[self.desk.random.index(PEOPLE.len())];
                let address = first.to_lowercase();
                format!(
                    "{short}: a week of work\n\nCo-authored-by: {first} {last} <{address}@example.com>"
                )
            }
            _ => format!("{short}: update"),
        }
    }

    /// Hands a commit to the sink and writes down that it was made; gives its number.
    pub(super) fn emit(&mut self, work: Work) -> Result<usize, E> {
        let number = self.truth.commits.len();
        let (first, last) = PEOPLE[self.desk.random.index(PEOPLE.len())];
        let email = format!("{}@example.com", first.to_lowercase());
        let person = Person { name: format!("{first} {last}"), email: email.clone() };
        let random = &mut self.desk.random;
        // From nine to six, and in the order in which commits are made.
        let (all, done) = (self.plan.commits + self.plan.unrelated, self.commits + self.unrelated);
        let per_day = all.div_ceil(self.days.len().max(1)).max(1);
        let end = Zone::UTC.end_of(self.desk.today).0 + 1;
        let within = (done % per_day) * 32_400 / per_day;
        let at = end - 54_000 + i64::try_from(within).unwrap_or(0) + random.between(0, 60);
        let skew = match random.index(100) {
            0 => random.between(600, 90_000),
            1..=3 => -random.between(86_400, 400_000),
            _ => 0,
        };
        let offset = if random.chance(0.3) { 60 } else { 0 };
        let signed = |at| Signed { person: person.clone(), at: Timestamp(at), offset };
        let draft = Draft {
            parents: work.parents,
            author: signed(at + skew),
            committer: signed(at),
            message: format!("{}\n", work.message),
            changes: work
                .changes
                .into_iter()
                .map(|(path, text)| (RepoPath::new(path), text))
                .collect(),
        };
        (self.sink)(&draft, work.mainline)?;
        let merge = draft.parents.len() > 1;
        self.truth.commits.push(TruthCommit {
            edit: work.edit,
            author: email,
            mainline: work.mainline,
            merge,
        });
        if work.mainline {
            self.tip = Some(number);
            let mut paths = Vec::new();
            for (path, content) in draft.changes {
                match content {
                    Some(content) => drop(self.files.insert(path.as_str().to_owned(), content)),
                    None => drop(self.files.remove(path.as_str())),
                }
                paths.push(path.as_str().to_owned());
            }
            if !self.branches.is_empty() {
                self.journal.push((number, paths));
            }
        }
        Ok(number)
    }

    fn finish(mut self) -> Truth {
        for partner in &self.partners {
            for list in &partner.shelf.lists {
                let (_, lines) = list.render();
                let places = list.places();
                for (item, (_, line)) in list.items().zip(lines) {
                    let place = places.get(&item.key);
                    self.truth.items.push(TruthItem {
                        item: item.key,
                        path: list.path.clone(),
                        line,
                        text: item.identity(),
                        state: item.state.name(),
                        due: place.and_then(|place| place.due),
                        owner: place.map_or(String::new(), |place| place.owner.clone()),
                        ticked: (item.state == State::Done).then_some(item.known.state),
                    });
                }
            }
        }
        self.truth.items.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        self.truth
    }
}

/// Half-done work is only written as such where a reader can see that it is a box.
pub(super) fn heal(shelf: &mut Shelf) {
    for list in &mut shelf.lists {
        let lonely = |list: &List, heading: usize| {
            let nodes = &list.nodes[heading + 1..list.section_end(heading)];
            let mut items = nodes.iter().filter_map(|node| match node {
                Node::Item(item) => Some(item.state),
                _ => None,
            });
            let first = items.next();
            first == Some(State::InProgress) && items.all(|state| state == State::InProgress)
        };
        let sections: Vec<usize> =
            list.sections().into_iter().filter(|heading| lonely(list, *heading)).collect();
        for heading in sections {
            let list = Arc::make_mut(list);
            let end = list.section_end(heading);
            let items = list.nodes[heading..end].iter_mut();
            let first = items.filter_map(|node| match node {
                Node::Item(item) => Some(item),
                _ => None,
            });
            if let Some(item) = first.into_iter().next() {
                item.state = State::Open;
            }
        }
    }
}

/// What turns one version of a partner's files into another.
pub(super) fn file_changes(before: &Shelf, after: &Shelf) -> BTreeMap<String, Option<Arc<[u8]>>> {
    let mut changes: BTreeMap<String, Option<Arc<[u8]>>> = BTreeMap::new();
    for list in &before.lists {
        if after.list(list.key).is_none_or(|now| now.path != list.path) {
            changes.insert(list.path.clone(), None);
        }
    }
    for list in &after.lists {
        if before.list(list.key).is_none_or(|old| !Arc::ptr_eq(old, list)) {
            changes.insert(list.path.clone(), Some(list.render().0.into_bytes().into()));
        }
    }
    changes
}
