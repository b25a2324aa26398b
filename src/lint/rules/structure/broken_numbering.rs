//! MB405: numbered sections leave a number out or have it twice.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::structure::outline;
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::Heading;
use crate::parse::numbers::{Beginning, Number, Series, read};

/// By so many a number may jump from one parent to the next and still go on where that one ended,
/// with something left out. Further on, another count begins.
const LARGEST_GAP: u32 = 3;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::BROKEN_NUMBERING,
    category: Category::Structure,
    severity: Severity::Warning,
    scope: Scope::Lists,
    by_default: true,
    finds: "numbered sections that leave a number out, have one twice, or go backwards",
    why: "a missing number looks like a deleted section, and “see section 4” leads readers to the wrong one",
    how: "number the sections in order, or bring the missing one back",
    more: "Numbers are read from the beginning of headings: `3.`, `3)`, `3.1` under a section 3, \
           `IV.`, `Step 2`, `Phase 2: …`; `2a` and `2b` both count as 2. Numbers may begin anywhere, may start again in every \
           section around them, and may run on from one to the next, as in three phases whose \
           sections are numbered 1 to 8. Days, weeks and months are windows and not told here. \
           Renumbering changes the titles that history knows sections by, so there is no fix.",
    fixes: None,
    examples: &[
        Example::checklist(
            "## 1. Legal\n\n- [ ] NDA signed\n\n## 2. Setup\n\n- [ ] Portal access\n\n⟦## 4. Training⟧\n\n- [ ] Demo given\n",
            "## 1. Legal\n\n- [ ] NDA signed\n\n## 2. Setup\n\n- [ ] Portal access\n\n## 3. Training\n\n- [ ] Demo given\n",
        ),
        Example::checklist(
            "## Phase 1: Start\n\n### 1. Legal\n\n### 2. Setup\n\n## Phase 2: Work\n\n⟦### 2. Training⟧\n\n### 3. Launch\n\n- [ ] Done\n",
            "## Phase 1: Start\n\n### 1. Legal\n\n### 2. Setup\n\n## Phase 2: Work\n\n### 3. Training\n\n### 4. Launch\n\n- [ ] Done\n",
        ),
    ],
    check: Check::Page(check),
};

/// What is counted together: headings of one level, with one word, in one way, under one number.
type Key = (u8, Series, Vec<u32>);

/// The last number of a count.
struct Count {
    last: u32,
    /// The heading around it, by index.
    around: Option<usize>,
    /// How many stand under that heading so far.
    length: usize,
    /// Whether it has gone on from one parent to another.
    runs_on: bool,
    /// How many headings without a number of this count stood at its level before it.
    unnumbered: usize,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let headings: Vec<&Heading> = outline(page).collect();
    let beginnings: Vec<Beginning> = headings.iter().map(|heading| read(&heading.text)).collect();
    let letters: HashSet<(u8, &str)> = headings
        .iter()
        .zip(&beginnings)
        .filter_map(|(heading, beginning)| match beginning {
            Beginning::Letter(word) => Some((heading.level, word.as_str())),
            _ => None,
        })
        .collect();
    let mut counts: HashMap<Key, Count> = HashMap::new();
    let mut unnumbered = [0_usize; 7];
    // The headings around the one that is looked at.
    let mut open: Vec<usize> = Vec::new();
    for (at, (heading, beginning)) in headings.iter().zip(&beginnings).enumerate() {
        let level = heading.level;
        while open.last().and_then(|last| headings.get(*last)).is_some_and(|it| it.level >= level) {
            open.pop();
        }
        let around = open.last().copied();
        open.push(at);
        let plain = unnumbered.get_mut(usize::from(level));
        let number = match beginning {
            Beginning::Number(number) if counts_here(number, around, &beginnings) => number,
            _ => {
                plain.into_iter().for_each(|plain| *plain += 1);
                continue;
            }
        };
        let is_letter = letters.contains(&(level, number.series.word.as_str()));
        if number.series.is_roman && is_letter {
            continue;
        }
        let plain = plain.map_or(0, |plain| *plain);
        let key = (level, number.series.clone(), number.prefix.clone());
        let next = match counts.get(&key) {
            None => Count { last: 0, around, length: 0, runs_on: false, unnumbered: plain },
            Some(before) => {
                if let Some(message) = problem(before, number, around, plain) {
                    found.push(page.finding(&RULE, heading.span, message).help(help(heading)));
                }
                let is_beside = before.around == around;
                let runs_on = !is_beside && number.first == before.last + 1;
                Count {
                    last: 0,
                    around,
                    length: if is_beside { before.length } else { 0 },
                    runs_on: before.runs_on || runs_on,
                    unnumbered: plain,
                }
            }
        };
        counts.insert(key, Count { last: number.last, length: next.length + 1, ..next });
    }
}

/// Whether a number counts sections: one of several parts does so only under a section that has
/// those before its last, which tells `3.1` from a version.
fn counts_here(number: &Number, around: Option<usize>, beginnings: &[Beginning]) -> bool {
    if number.prefix.is_empty() {
        return true;
    }
    let Some(Beginning::Number(above)) = around.and_then(|at| beginnings.get(at)) else {
        return false;
    };
    let above = above.prefix.iter().chain([&above.last]);
    above.eq(&number.prefix)
}

/// What is wrong with a number behind the one before it.
fn problem(
    before: &Count,
    number: &Number,
    around: Option<usize>,
    unnumbered: usize,
) -> Option<String> {
    let (last, first) = (before.last, number.first);
    if first == last + 1 {
        return None;
    }
    if before.around != around {
        // A new parent: the count begins again, or goes on with something left out.
        let is_one_count = before.runs_on || before.length > 1;
        let is_near = first >= last && first <= last + LARGEST_GAP;
        if first <= 1 || !is_one_count || !is_near {
            return None;
        }
    } else if first <= 1 && before.unnumbered != unnumbered {
        // Another count begins behind a section without a number.
        return None;
    }
    let (this, that) = (number.whole(first), number.whole(last));
    let next = number.whole(last + 1);
    Some(match first.cmp(&last) {
        // `2a` and `2b` are parts of one section.
        Ordering::Equal if number.has_letter => return None,
        Ordering::Equal => format!("two sections have the number {this}"),
        Ordering::Less => format!("section {this} stands behind section {that}"),
        Ordering::Greater if first == last + 2 => {
            format!("section {this} follows section {that}: {next} is missing")
        }
        Ordering::Greater => {
            let until = number.whole(first - 1);
            format!("section {this} follows section {that}: {next} to {until} are missing")
        }
    })
}

fn help(heading: &Heading) -> String {
    format!(
        "give `{}` the number that follows, or bring back what is missing",
        shortened(&heading.text)
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, run};

    /// What is told of headings, each with its `#`s.
    fn told(headings: &[&str]) -> Vec<String> {
        let text = format!("{}\n\n- [ ] a\n", headings.join("\n\n"));
        found(&RULE, &text)
    }

    #[test]
    fn counts_may_begin_anywhere_run_on_and_start_again() {
        for headings in [
            ["# A", "## 1. B", "## 2. C", "# D", "## 3. E", "## 4. F"],
            ["# A", "## 1. B", "## 2. C", "# D", "## 1. E", "## 2. F"],
            ["# A", "## 5. B", "## 6. C", "# D", "## 0. E", "## 1. F"],
            ["# 1. A", "## 1.1 B", "## 1.2 C", "# 2. D", "## 2.1 E", "## 2.2 F"],
            ["## 1.2.0", "## 1.1.0", "## 1.0.0", "## 0.9.0", "## 0.7.0", "## 0.1.0"],
            ["## 1. A", "## 2. B", "## Track two", "## 1. C", "## 2. D", "## 3. E"],
            ["## A. A", "## B. B", "## C. C", "## D. D", "## I. I", "## X. X"],
            ["## I. A", "## II. B", "## III. C", "## IV. D", "## V. E", "## VI. F"],
            ["## Day 1: A", "## Day 15: B", "## Day 30: C", "## Week 9", "## Month 4", "## D"],
            ["## 1. A", "## Notes", "## 2. B", "## 3–4. C", "## 5. D", "## Notes"],
            ["# A", "## 1. B", "# C", "## 7. D", "# E", "## 3. F"],
        ] {
            assert_eq!(told(&headings), [""; 0], "{headings:?}");
        }
    }

    #[test]
    fn parts_with_letters_are_one_section() {
        let steps = ["## Step 1", "## Step 2a", "## Step 2b", "## Step 3"];
        assert_eq!(told(&steps), [""; 0]);
        assert_eq!(told(&["## 1. A", "## 2. B", "## 2a. C", "## 2b. D", "## 3. E"]), [""; 0]);
        assert_eq!(told(&["## Step 1", "## Step 2a", "## Step 2b", "## Step 4"]), ["## Step 4"]);
    }

    #[test]
    fn messages_name_numbers_in_full() {
        let text = "## 1. A\n\n### 1.1 B\n\n### 1.3 C\n\n### 1.6 D\n\n- [ ] a\n";
        let (found, _) = run(&RULE, &Example::checklist("", ""), text);
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "section 1.3 follows section 1.1: 1.2 is missing",
                "section 1.6 follows section 1.3: 1.4 to 1.5 are missing",
            ]
        );
    }

    #[test]
    fn gaps_repetitions_and_steps_back_are_told() {
        assert_eq!(told(&["## 1. A", "## 2. B", "## 2. C", "## 3. D"]), ["## 2. C"]);
        assert_eq!(told(&["## 1. A", "## 3. B", "## 2. C"]), ["## 3. B", "## 2. C"]);
        assert_eq!(told(&["## I. A", "## III. B", "## IV. C"]), ["## III. B"]);
        assert_eq!(told(&["## Phase 1: A", "## Phase 3: B"]), ["## Phase 3: B"]);
        assert_eq!(told(&["## 3. A", "### 3.1 B", "### 3.3 C"]), ["### 3.3 C"]);
        assert_eq!(told(&["# A", "## 1. B", "## 2. C", "# D", "## 4. E", "## 5. F"]), ["## 4. E"]);
        assert_eq!(told(&["## 1. A", "## 2. B", "## 1. C"]), ["## 1. C"]);
    }
}
