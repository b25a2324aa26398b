//! Random histories: whatever happens to a repository, in whatever order.

use std::collections::BTreeMap;

use mdboard::load::{Request, Revision};

use crate::common::Repo;
use crate::{at, check, note, request};

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("it is below a usize")
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

const WORDS: [&str; 12] = [
    "contract", "signed", "portal", "opened", "logo", "received", "call", "held", "keys", "sent",
    "training", "done",
];
const PATHS: [&str; 6] = [
    "partners/acme/plan.md",
    "partners/acme/README.md",
    "partners/acme/deep/more.md",
    "partners/zenith/plan.md",
    "partners/solo.md",
    "partners/solo/list.md",
];

fn item(random: &mut Random) -> String {
    let mark = random.pick(&["[ ]", "[ ]", "[x]", "[/]", "[N/A]"]);
    let mut text = format!("- {mark}");
    for _ in 0..2 + random.below(3) {
        text += &format!(" {}", random.pick(&WORDS));
    }
    text += *random.pick(&["", "", " due:2026-01-20", " (owner: bo)", " ^fixed", " ✅ 2026-01-03"]);
    text
}

/// A checklist with one edit, or a new one.
fn edited(random: &mut Random, old: Option<&str>) -> String {
    let Some(old) = old.filter(|_| random.below(12) > 0) else {
        let start = format!("2026-01-{:02}", 1 + random.below(28));
        let mut text = format!("---\nstart_date: {start}\nowner: ann\n---\n# Plan\n\n");
        for section in 0..2 {
            text += &format!("\n## Part {section} (Day {section}–9)\n");
            (0..1 + random.below(4)).for_each(|_| text += &format!("{}\n", item(random)));
        }
        return text;
    };
    let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
    let places = || lines.iter().enumerate().filter(|(_, line)| line.starts_with("- "));
    let items: Vec<usize> = places().map(|(at, _)| at).collect();
    let Some(at) = (!items.is_empty()).then(|| *random.pick(&items)) else {
        return format!("{old}{}\n", item(random));
    };
    match random.below(8) {
        0 => lines.insert(at, item(random)),
        1 => {
            lines.remove(at);
        }
        2 => {
            let line = lines.remove(at);
            lines.insert(*random.pick(&items), line);
        }
        3 => lines[at] = format!("{} {}", lines[at], random.pick(&WORDS)),
        4 => {
            if let Some(line) = lines.iter_mut().find(|line| line.starts_with("start_date")) {
                *line = format!("start_date: 2026-01-{:02}", 1 + random.below(28));
            }
        }
        _ if lines[at].contains("[ ]") => lines[at] = lines[at].replace("[ ]", "[x]"),
        _ => lines[at] = lines[at].replace("[x]", "[ ]"),
    }
    lines.join("\n") + "\n"
}

struct History {
    repo: Repo,
    random: Random,
    branches: usize,
}

impl History {
    fn files(&self) -> BTreeMap<String, String> {
        let root = self.repo.join("partners");
        let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let below = entry.path().strip_prefix(self.repo.path()).expect("it is below");
                let text = std::fs::read_to_string(entry.path()).expect("a file");
                (below.to_str().expect("UTF-8").to_owned(), text)
            })
            .collect()
    }

    /// Changes one to three files.
    fn edit(&mut self) {
        for _ in 0..1 + self.random.below(3) {
            let files = self.files();
            let path = (*self.random.pick(&PATHS)).to_owned();
            let known: Vec<&String> = files.keys().collect();
            let other = (!known.is_empty()).then(|| (*self.random.pick(&known)).clone());
            match (self.random.below(10), other) {
                (0, Some(other)) if files.len() > 2 => drop(self.repo.remove(&other)),
                (1, Some(other)) if !files.contains_key(&path) => {
                    self.repo.rename(&other, &path);
                }
                _ => {
                    let old = files.get(&path).map(String::as_str);
                    let text = edited(&mut self.random, old);
                    self.repo.write(&path, text);
                }
            }
        }
    }

    fn commit(&mut self) {
        let author = *self.random.pick(&["Ann <ann@x>", "Bo <bo@x>", "Cy <cy@old>"]);
        self.repo.by(author).commit("Work");
    }

    fn edits(&mut self, count: usize) {
        for _ in 0..1 + self.random.below(count) {
            self.edit();
            self.commit();
        }
    }

    /// A branch from some commits back, merged again; conflicts are settled by taking one side.
    fn merge(&mut self) {
        self.branches += 1;
        let (name, back) = (format!("side{}", self.branches), self.random.below(3));
        let from = self.back(back);
        self.repo.git(["checkout", "-q", "-f", "-b", &name, &from]);
        self.edits(3);
        if self.random.below(3) == 0 {
            // A merge of the mainline into the branch, before it lands.
            self.repo.now().merge_with("main", "Merge branch 'main'", settle);
        }
        self.repo.git(["checkout", "-q", "-f", "main"]);
        if self.random.below(2) == 0 {
            self.edits(2);
        }
        let subjects = ["Merge", "Merge branch 'main' of https://example.com/board"];
        let subject = *self.random.pick(&subjects);
        self.repo.now().merge_with(&name, subject, settle);
    }

    /// A commit so far back on the mainline, or as far as it goes.
    fn back(&self, count: usize) -> String {
        let ids =
            self.repo.git(["rev-list", "--first-parent", &format!("-n{}", count + 1), "HEAD"]);
        ids.lines().last().expect("a commit").to_owned()
    }

    fn step(&mut self) {
        match self.random.below(16) {
            0..6 => self.edits(3),
            6..9 => self.merge(),
            9 => {
                self.edit();
                self.repo.git(["add", "-A"]);
                self.repo.git(["commit", "-q", "--amend", "--allow-empty", "-m", "Amended"]);
            }
            10 => {
                let back = self.random.below(4);
                let to = self.back(back);
                self.repo.git(["reset", "-q", "--hard", &to]);
                self.edits(2);
            }
            11 => {
                let name = format!("rebased{}", self.branches);
                self.branches += 1;
                let from = self.back(2);
                self.repo.git(["checkout", "-q", "-f", "-b", &name, &from]);
                self.edits(2);
                let rebase = ["rebase", "-q", "-X", "theirs", "--empty=drop", "main"];
                // What cannot be settled that way is left out.
                if !self.repo.succeeds(rebase) {
                    self.repo.git(["rebase", "--abort"]);
                }
                self.repo.git(["checkout", "-q", "-f", "main"]);
                self.repo.now().merge_with(&name, "Merge", settle);
            }
            12 => drop(self.repo.git(["gc", "-q", "--prune=now"])),
            13 => {
                let text = *self.random.pick(&["batch_size = 2\n", "timezone = \"+10:00\"\n", ""]);
                self.repo.write("mdboard.toml", text);
            }
            14 => {
                let text = *self.random.pick(&["Cy New <cy@x> <cy@old>\n", "# nobody\n"]);
                self.repo.write(".mailmap", text);
            }
            _ => {
                // A branch to look at, and back.
                let to = self.back(4);
                self.repo.git(["checkout", "-q", "-f", &to]);
                check(&request(self.repo.path()));
                self.repo.git(["checkout", "-q", "-f", "main"]);
            }
        }
    }

    fn check(&mut self) {
        let path = self.repo.path().to_owned();
        check(&request(&path));
        // Not committed yet, and perhaps never.
        if self.random.below(2) == 0 {
            self.edit();
            check(&request(&path));
            if self.random.below(2) == 0 {
                self.commit();
            } else {
                self.repo.git(["reset", "-q", "--hard"]);
                self.repo.git(["clean", "-q", "-fd"]);
            }
            check(&request(&path));
        }
        match self.random.below(6) {
            0 => check(&at(&path, "HEAD~1")),
            1 => check(&at(&path, "HEAD")),
            2 => {
                let day = format!("2026-01-{:02}", 1 + self.random.below(8));
                let day = day.parse().expect("a day");
                check(&Request { revision: Revision::AsOf(day), ..request(&path) });
            }
            _ => {}
        }
    }
}

/// Settles a conflict as the branch has it, so far as there is one.
fn settle(repo: &Repo) {
    for line in repo.git(["diff", "--name-only", "--diff-filter=U"]).lines() {
        if !repo.succeeds(["checkout", "--theirs", "--", line]) {
            repo.succeeds(["rm", "-q", "-f", "--", line]);
        }
    }
}

#[test]
fn answers_are_the_same_with_a_cache() {
    for seed in 1..=4_u64 {
        let (repo, random) = (Repo::new(), Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)));
        let mut history = History { repo, random, branches: 0 };
        history.repo.write("partners/acme/plan.md", "- [ ] contract signed\n");
        history.commit();
        for _ in 0..25 {
            history.step();
            history.check();
        }
        let last = note(&request(history.repo.path()));
        assert!(last.contains("comes from the cache"), "seed {seed}: {last}");
    }
}
