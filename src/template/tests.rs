//! Checklists made from templates, parted from them, and brought up to date.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Conflict, Drift, Making, Synced, Untickable, Values, Versions, drift, make, sync};
use crate::model::{Document, RepoPath, State};
use crate::parse::{self, Options};

const TEMPLATE: &str = "---\ntitle: Onboarding\ndescription: How it goes\nowner: Partner team\n---\n\n# Onboarding\n\n\
                        ## Phase 1 (Day 1-30)\n\n### Legal (Target: Day 1-7)\n\n- [ ] Sign the contract\n- [ ] Scan it\n  - [ ] Front\n  - [ ] Back\n\n\
                        ### Access (Target: Day 1-14)\n\n- [ ] Open the portal\n\n## Phase 2 (Day 31-60)\n\n- [ ] Plan together\n";

struct Bench {
    template: RepoPath,
    checklist: RepoPath,
    options: Options,
    values: Values,
    kind: Option<String>,
    keys: Vec<(String, String)>,
}

impl Bench {
    fn new() -> Bench {
        let values = [("partner", "Globex"), ("start_date", "2026-03-02")];
        Bench {
            template: RepoPath::new("templates/onboarding.md"),
            checklist: RepoPath::new("partners/globex/onboarding.md"),
            options: Options::default(),
            values: Values(values.map(|(name, value)| (name.to_owned(), value.to_owned())).into()),
            kind: None,
            keys: vec![("template".to_owned(), "templates/onboarding.md@0000".to_owned())],
        }
    }

    fn making(&self) -> Making<'_> {
        Making {
            template: &self.template,
            checklist: &self.checklist,
            values: &self.values,
            kind: self.kind.as_deref(),
            leads_to: &|destination| match destination {
                "/site/guide/" => Some("templates/guide.md".to_owned()),
                "/docs/a.md" => Some("docs/a.md".to_owned()),
                _ => None,
            },
            keys: &self.keys,
            options: &self.options,
        }
    }

    fn make(&self, text: &str) -> String {
        make(text, &self.making()).expect("all variables are known")
    }

    fn drift(&self, checklist: &str, base: &str, now: &str) -> Drift {
        drift(checklist, Versions { base, now }, &self.making())
    }

    fn sync(&self, checklist: &str, base: &str, now: &str) -> Synced {
        sync(checklist, Versions { base, now }, "templates/onboarding.md@1111", &self.making())
    }

    fn read(&self, text: &str) -> Document {
        parse::document(&self.checklist, text.as_bytes(), &self.options)
    }
}

fn texts(named: &[super::Named]) -> Vec<&str> {
    named.iter().map(|one| one.text.as_str()).collect()
}

#[test]
fn a_checklist_is_its_template_without_what_describes_it() {
    let made = Bench::new().make(TEMPLATE);
    let (front, body) = made.split_once("---\n\n").expect("a front matter");
    assert_eq!(
        front,
        "---\ntitle: Onboarding\nowner: Partner team\ntemplate: templates/onboarding.md@0000\n"
    );
    assert_eq!(body, TEMPLATE.split_once("---\n\n").expect("one there, too").1);
    assert!(!Bench::new().drift(&made, TEMPLATE, TEMPLATE).is_behind());
}

#[test]
fn variables_links_conditions_and_sections_that_stay_behind() {
    let template = "---\ntitle: T\nomit_sections: [\"How to*\"]\n---\n# {{ partner }}\n\n## How to Use\n\nRead.\n\n### More\n\n- [ ] no\n\n\
                    ## Legal\n\n- [ ] Read [the guide](guide.md#a) and [more][m]\n- [ ] For resellers <!-- When: reseller -->\n  - [ ] Below\n\
                    - [ ] Not for agencies <!-- when: !agency -->\n- [ ] [site](https://example.com) [up](../docs/a.md) [abs](/x.md) [root](/docs/a.md) [served](/site/guide/) [here](#legal)\n\n\
                    ## Agencies <!-- when: agency -->\n\n- [ ] Only there\n\n## Rest\n\n- [ ] {{ region | default(\"everywhere\") }}\n\n[m]: other.md\n";
    let mut bench = Bench::new();
    bench.kind = Some("integrator".to_owned());
    let made = bench.make(template);
    assert!(made.contains("# Globex\n\n## Legal\n"), "{made}");
    assert!(
        made.contains("(../../templates/guide.md#a)")
            && made.contains("[m]: ../../templates/other.md")
    );
    assert!(
        made.contains("(../../docs/a.md)") && made.contains("(/x.md)") && made.contains("(#legal)")
    );
    assert!(
        made.contains("- [ ] Not for agencies\n") && made.contains("- [ ] everywhere\n"),
        "{made}"
    );
    for gone in [
        "How to",
        "Read.",
        "resellers",
        "Below",
        "Agencies",
        "Only there",
        "when:",
        "When:",
        "omit_",
    ] {
        assert!(!made.contains(gone), "{gone} in {made}");
    }
    bench.kind = None;
    let made = bench.make(template);
    assert!(made.contains("- [ ] For resellers\n") && made.contains("## Agencies\n"), "{made}");
    let problems = make("# {{ nobody }}\n", &bench.making());
    assert!(problems.is_err());
}

const FRONT: &str = "---\ntitle: {{ partner }} onboarding\nb: \"The {{ partner }} plan\"\nc: 'The {{ partner }} plan'\nd: [{{ partner }}, x]\n\
                     e:\n  - {{ partner }}\n  - f: a {{ partner }} b # {{ partner }}\ng: |-\n  on {{ partner }}\nh: {{ where | default(\"here\") }}\n---\n\n# A\n\n- [ ] One\n";

/// The texts of a front matter, in their order.
fn scalars(value: &parse::Value, found: &mut Vec<String>) {
    match &value.is {
        parse::Is::Null => {}
        parse::Is::Text(text) => found.push(text.clone()),
        parse::Is::List(values) => values.iter().for_each(|value| scalars(value, found)),
        parse::Is::Map(all) => all.iter().for_each(|entry| scalars(&entry.value, found)),
    }
}

/// What the front matter of [`FRONT`] says for a partner.
fn front(partner: &str) -> Vec<String> {
    let mut bench = Bench::new();
    bench.values.0.insert("partner".to_owned(), partner.to_owned());
    bench.keys.clear();
    let made = bench.make(FRONT);
    let close = parse::closely(&bench.checklist, made.as_bytes(), &bench.options);
    assert!(close.document.diagnostics.is_empty(), "{made}{:?}", close.document.diagnostics);
    let mut found = Vec::new();
    close.fields.iter().for_each(|entry| scalars(&entry.value, &mut found));
    found
}

fn wanted(partner: &str) -> Vec<String> {
    let plan = format!("The {partner} plan");
    let (title, more) = (format!("{partner} onboarding"), format!("a {partner} b"));
    let own = partner.to_owned();
    [
        title,
        plan.clone(),
        plan,
        own.clone(),
        "x".into(),
        own,
        more,
        format!("on {partner}"),
        "here".into(),
    ]
    .into()
}

#[test]
fn words_in_a_front_matter_are_read_as_they_are() {
    for partner in
        ["Globex", "A: B # c", "say \"it's\"", "[x", "{{ owner }}", "- a", "@ann", "a, b", "C:\\x"]
    {
        assert_eq!(front(partner), wanted(partner));
    }
    assert_eq!(front("a\n---\nb"), wanted("a --- b"));
    let plain = Bench::new().make(FRONT);
    for kept in
        ["title: Globex onboarding\n", "b: \"The Globex plan\"\n", "d: [Globex, x]\n", "# Globex\n"]
    {
        assert!(plain.contains(kept), "{kept} in {plain}");
    }
}

#[test]
fn what_nobody_said_is_told_by_the_line_of_the_template() {
    let text = "---\nomit_sections: How*\ntitle: {{ one }}\n---\n# A\n\n## How to\n\n{{ two }}\n\n## B\n\n- [ ] {{ three }}\n";
    let Err(super::Unmade::Unfilled(problems)) = make(text, &Bench::new().making()) else {
        panic!("nobody said any of it")
    };
    let told: Vec<_> = problems.iter().map(|one| (one.expression.as_str(), one.line)).collect();
    assert_eq!(told, [("one", 3), ("three", 13)]);
}

proptest! {
    #[test]
    fn any_words_in_a_front_matter_are_read_as_they_are(
        partner in "[A-Za-z0-9 :#'\"{}\\[\\],&*!|>%@`\\\\-]{1,16}",
    ) {
        let partner = partner.trim();
        if !partner.is_empty() {
            prop_assert_eq!(front(partner), wanted(partner));
        }
    }
}

#[test]
fn what_the_template_gains_comes_and_what_is_ours_stays() {
    let bench = Bench::new();
    let ours = bench
        .make(TEMPLATE)
        .replace("- [ ] Scan it", "- [x] Scan it due:2026-03-04 @bo")
        .replace("- [ ] Open the portal\n", "- [ ] Open the portal\n- [/] Our own step\n");
    let now = TEMPLATE
        .replace("- [ ] Sign the contract\n", "- [ ] Sign the contract\n- [ ] Name a contact\n")
        .replace("Scan it", "Scan it in colour")
        .replace("  - [ ] Back\n", "  - [ ] Back\n  - [ ] Edges\n")
        .replace("Day 1-14", "Day 1-21")
        .replace(
            "## Phase 2",
            "### Security (Target: Day 20-30)\n\n- [ ] Fill in the form\n\n## Phase 2",
        );
    let before = bench.drift(&ours, TEMPLATE, &now);
    assert_eq!(texts(&before.lacking), ["Name a contact", "Edges", "Fill in the form"]);
    assert_eq!(before.reworded.len(), 1);
    assert_eq!(before.headings.len(), 1);
    assert_eq!(texts(&before.own), ["Our own step"]);
    let done = bench.sync(&ours, TEMPLATE, &now);
    assert_eq!(done.conflicts, []);
    let expected = ours
        .replace("@0000", "@1111")
        .replace("- [ ] Sign the contract\n", "- [ ] Sign the contract\n- [ ] Name a contact\n")
        .replace("Scan it due", "Scan it in colour due")
        .replace("  - [ ] Back\n", "  - [ ] Back\n  - [ ] Edges\n")
        .replace("Day 1-14", "Day 1-21")
        .replace(
            "## Phase 2",
            "### Security (Target: Day 20-30)\n\n- [ ] Fill in the form\n\n## Phase 2",
        );
    assert_eq!(done.text, expected);
    assert!(!bench.drift(&done.text, &now, &now).is_behind());
    assert_eq!(bench.sync(&done.text, &now, &now).text, done.text);
}

#[test]
fn what_both_have_changed_is_told_and_stays() {
    let bench = Bench::new();
    let ours = bench
        .make(TEMPLATE)
        .replace("Plan together", "Plan it with them")
        .replace("Access (Target: Day 1-14)", "Access (Target: Day 3-10)");
    let now = TEMPLATE
        .replace("Plan together", "Plan it together in writing")
        .replace("Day 1-14", "Day 1-21");
    let done = bench.sync(&ours, TEMPLATE, &now);
    assert_eq!(done.text, ours.replace("@0000", "@1111"));
    assert_eq!(done.conflicts.len(), 2, "{:?}", done.conflicts);
    assert!(
        matches!(&done.conflicts[0], Conflict::Reworded { here, .. } if here == "Plan it with them")
    );
    assert!(matches!(&done.conflicts[1], Conflict::Heading { here, .. } if here.contains("3-10")));
}

#[test]
fn what_was_taken_out_here_does_not_come_back() {
    let bench = Bench::new();
    let ours = bench.make(TEMPLATE).replace("- [ ] Plan together\n", "");
    let drift = bench.drift(&ours, TEMPLATE, TEMPLATE);
    assert!(!drift.is_behind());
    assert_eq!(texts(&drift.removed_here), ["Plan together"]);
    let now = TEMPLATE.replace("Plan together", "Plan together well");
    assert_eq!(bench.sync(&ours, TEMPLATE, &now).text, ours.replace("@0000", "@1111"));
    let gone = TEMPLATE.replace("- [ ] Open the portal\n", "");
    let drift = bench.drift(&bench.make(TEMPLATE), TEMPLATE, &gone);
    assert_eq!(texts(&drift.gone), ["Open the portal"]);
    assert!(!drift.is_behind());
}

#[test]
fn other_line_ends_and_a_file_without_a_last_one_keep_them() {
    let bench = Bench::new();
    let ours = bench.make(TEMPLATE).replace('\n', "\r\n");
    let now = TEMPLATE
        .replace("- [ ] Sign the contract\n", "- [ ] Sign the contract\n- [ ] Name a contact\n");
    let done = bench.sync(&ours, TEMPLATE, &now);
    assert!(
        done.text.contains("- [ ] Sign the contract\r\n- [ ] Name a contact\r\n"),
        "{}",
        done.text
    );
    assert_eq!(done.text.matches('\n').count(), done.text.matches("\r\n").count());
    let ours = bench.make(TEMPLATE);
    let ours = ours.trim_end();
    let now = format!("{TEMPLATE}- [ ] Look back\n");
    let done = bench.sync(ours, TEMPLATE, &now);
    assert!(done.text.ends_with("- [ ] Plan together\n- [ ] Look back\n"), "{}", done.text);
}

/// A template: sections with items, some under others.
fn template() -> impl Strategy<Value = String> {
    let item = (0..40_u32, prop::bool::weighted(0.2)).prop_map(|(number, is_under)| {
        let text = format!(
            "[ ] Step {number} of {} {}",
            number % 7,
            ["alpha", "beta", "gamma"][number as usize % 3]
        );
        format!("{}- {text}\n", if is_under { "  " } else { "" })
    });
    let items = prop::collection::vec(item, 1..6).prop_map(|items| {
        // The first of a list is under nothing.
        items.concat().trim_start().to_owned()
    });
    let section = (0..9_u32, 1..30_u32, items);
    prop::collection::vec(section, 1..6).prop_map(|sections| {
        let sections = sections
            .into_iter()
            .map(|(name, days, items)| format!("## Section {name} (Day 1-{days})\n\n{items}\n"));
        format!("# T\n\n{}", sections.collect::<String>())
    })
}

/// Lines taken out of a text, exchanged, changed or put in, as people do.
fn edited(text: &str, edits: &[(usize, u8)], is_template: bool) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, (at, kind)) in edits.iter().enumerate() {
        let items: Vec<usize> =
            (0..lines.len()).filter(|line| lines[*line].trim_start().starts_with("- [")).collect();
        let Some(line) = items.get(at % items.len().max(1)).copied() else { continue };
        match kind % 5 {
            0 => lines[line] = format!("{} and more words {number}", lines[line]),
            1 if !is_template => lines[line] = lines[line].replace("- [ ]", "- [x]"),
            1 => lines.insert(
                line,
                format!("## Section new {number} (Day 2-9)\n\n- [ ] Fresh {number}\n"),
            ),
            2 => lines.insert(line + 1, format!("- [ ] Whole new thing {number} {}", kind)),
            3 => {
                lines.remove(line);
            }
            _ => lines[line] = lines[line].replace("- [ ] Step", "- [ ] Do step"),
        }
    }
    format!("{}\n", lines.join("\n"))
}

fn states(document: &Document) -> BTreeMap<String, Vec<crate::model::State>> {
    let mut states: BTreeMap<String, Vec<crate::model::State>> = BTreeMap::new();
    for item in &document.items {
        states.entry(item.identity.to_string()).or_default().push(item.state);
    }
    states
}

proptest! {
    #[test]
    fn syncing_twice_changes_nothing_and_loses_nothing(
        base in template(),
        there in prop::collection::vec((0..30_usize, 0..250_u8), 0..6),
        here in prop::collection::vec((0..30_usize, 0..250_u8), 0..6),
    ) {
        let bench = Bench::new();
        let now = edited(&base, &there, true);
        let ours = edited(&bench.make(&base), &here, false);
        let done = bench.sync(&ours, &base, &now);
        let again = bench.sync(&done.text, &now, &now);
        prop_assert_eq!(&again.text, &done.text, "twice");
        prop_assert!(again.conflicts.is_empty());
        let (before, after) = (bench.read(&ours), bench.read(&done.text));
        prop_assert_eq!(after.items.len(), before.items.len() + done.added.len(), "{}", done.text);
        // Whatever was not reworded is there, in its state.
        let now_there = states(&after);
        let reworded = done.reworded.len();
        let lost = states(&before).iter().filter(|(text, states)| {
            now_there.get(*text).is_none_or(|now| states.iter().any(|state| !now.contains(state)))
        }).count();
        prop_assert!(lost <= reworded, "{lost} of {reworded}: {}", done.text);
        let count = |document: &Document| document.items.iter().filter(|item| item.state == crate::model::State::Done).count();
        prop_assert_eq!(count(&after), count(&before), "no box is touched");
        let left = bench.drift(&done.text, &now, &now);
        prop_assert!(!left.is_behind(), "{:?}", left);
        // Lines that have nothing to do with it stay.
        let kept: Vec<&str> = done.text.lines().collect();
        let gone = ours.lines().filter(|line| !kept.contains(line)).count();
        prop_assert!(gone <= reworded + done.headings.len() + 1, "{gone}: {}", done.text);
    }

    #[test]
    fn nothing_panics(template in ".{0,300}", checklist in ".{0,300}", now in ".{0,300}") {
        let bench = Bench::new();
        let _ = make(&template, &bench.making());
        let _ = bench.drift(&checklist, &template, &now);
        let _ = bench.sync(&checklist, &template, &now);
    }
}

/// The lines of a small template, and of a checklist made from it by hand.
fn bare(checklist: &str, base: &str, now: &str) -> String {
    let bench = Bench::new();
    let synced = bench.sync(checklist, base, now);
    let again = sync(
        &synced.text,
        Versions { base: now, now },
        "templates/onboarding.md@1111",
        &bench.making(),
    );
    assert_eq!(again.text, synced.text, "a second run changes nothing");
    let left = bench.drift(&synced.text, now, now);
    assert_eq!(texts(&left.lacking), Vec::<&str>::new());
    let body = synced.text.split_once("@1111").expect("it names its version").1;
    body.trim_start_matches(['\r', '\n']).trim_start_matches("---").trim_start().to_owned()
}

#[test]
fn what_comes_behind_a_last_line_without_an_end_begins_a_line() {
    let base = "## A\n\n- [ ] One\n\n## B\n\n- [ ] Two\n";
    let now = "## A\n\n- [ ] One\n- [ ] More\n\n## B\n\n- [ ] Two\n- [ ] Last\n";
    let text = bare(base.trim_end(), base, now);
    assert_eq!(text, "## A\n\n- [ ] One\n- [ ] More\n\n## B\n\n- [ ] Two\n- [ ] Last\n");
}

#[test]
fn prose_does_not_become_part_of_an_item_that_comes_before_it() {
    let base = "## A\n\nWhy we do it.\n\n## B\n\n- [ ] Two\n";
    let now = "## A\n\nWhy we do it.\n\n- [ ] One\n\n## B\n\n- [ ] Two\n";
    let text = bare(base, base, now);
    let read = Bench::new().read(&text);
    assert_eq!(&*read.items[0].text, "One", "{text}");
    let text = bare(
        "Prose.\n\n## B\n\n- [ ] Two\n",
        "## B\n\n- [ ] Two\n",
        "- [ ] One\n\n## B\n\n- [ ] Two\n",
    );
    assert_eq!(&*Bench::new().read(&text).items[0].text, "One", "{text}");
}

#[test]
fn what_comes_stands_in_the_quote_and_as_deep_as_what_it_stands_beside() {
    let base = "> - [ ] One\n> - [ ] Two\n";
    let now = "> - [ ] One\n> - [ ] More\n>   still more\n> - [ ] Two\n";
    assert_eq!(bare(base, base, now), now);
    let base = "- [ ] One\n\t- [ ] Left\n";
    let now = "- [ ] One\n\t- [ ] Left\n\t- [ ] Right\n";
    assert_eq!(bare(base, base, now), now);
    let base = "1. [ ] One\n";
    let now = "1. [ ] One\n2. [ ] Two\n   - [ ] Left\n   - [ ] Right\n";
    assert_eq!(bare(base, base, now), now);
}

#[test]
fn sections_of_the_same_name_are_told_apart_by_those_around_them() {
    let base = "## Sell\n\n### Tasks\n\n- [ ] One\n\n## Build\n\n### Tasks\n\n- [ ] Two\n";
    let now = format!("## Meet\n\n### Tasks\n\n- [ ] Nought\n\n{base}");
    assert_eq!(bare(base, base, &now), now);
    // Without one of them, nothing comes into the other.
    let left = "## Build\n\n### Tasks\n\n- [ ] Two\n";
    let now = base.replace("- [ ] One\n", "- [ ] Something else altogether\n- [ ] One\n");
    let text = bare(left, base, &now);
    let read = Bench::new().read(&text);
    let two = read.items.iter().find(|item| &*item.text == "Two").expect("it stays");
    let new = read.items.iter().find(|item| item.text.starts_with("Some")).expect("it came");
    assert_ne!(new.section, two.section, "{text}");
}

#[test]
fn words_over_several_lines_take_the_ends_and_depth_of_the_checklist() {
    let base = "- [ ] Sign the contract\n";
    let now = "- [ ] Sign the contract\n  in both languages\n";
    let text = bare("- [x] Sign the contract\r\n", base, now);
    assert_eq!(text, "- [x] Sign the contract\r\n  in both languages\r\n");
}

#[test]
fn a_heading_may_end_in_a_number_sign() {
    let base = "## Learn C#\n\n- [ ] One\n";
    let now = "## Learn Go\n\n- [ ] One\n";
    assert_eq!(bare(base, base, now), now);
}

#[test]
fn a_version_can_be_named_where_none_was() {
    let base = "- [ ] One\n";
    let text = Bench::new().sync("---\ntemplate:\nowner: Ann\n---\n- [ ] One\n", base, base).text;
    assert_eq!(text, "---\ntemplate: templates/onboarding.md@1111\nowner: Ann\n---\n- [ ] One\n");
}

#[test]
fn a_variable_may_be_part_of_a_link() {
    let mut bench = Bench::new();
    bench.values.0.insert("partner_id".to_owned(), "globex".to_owned());
    let made = bench.make("# A\n\n[plan](../plans/{{ partner_id }}/plan.md) [page](https://{{ partner_id }}.example.com)\n");
    assert!(made.contains("(../../plans/globex/plan.md)"), "{made}");
    assert!(made.contains("(https://globex.example.com)"), "{made}");
}

#[test]
fn a_definition_may_be_named_as_what_it_leads_to() {
    let made = Bench::new().make("# A\n\nSee [guide.md].\n\n[guide.md]: guide.md\n");
    assert!(made.contains("[guide.md]: ../../templates/guide.md\n"), "{made}");
}

/// The first item in another state.
fn ticked(
    text: &str,
    state: State,
    reason: Option<&str>,
    day: Option<&str>,
) -> Result<String, Untickable> {
    let path = RepoPath::new("partners/globex/onboarding.md");
    let day = day.map(|day| day.parse().expect("a day"));
    super::tick(text, &path, &Options::default(), 0, (state, reason, day))
}

#[test]
fn a_reason_for_waiting_goes_with_its_brackets_and_leaves_code_alone() {
    let blocked = ticked("- [ ] One\n- [ ] Two\n", State::Blocked, Some("waits (legal)"), None);
    let blocked = blocked.expect("it can wait");
    assert_eq!(blocked, "- [!] One (blocked: waits (legal))\n- [ ] Two\n");
    assert_eq!(ticked(&blocked, State::Open, None, None).as_deref(), Ok("- [ ] One\n- [ ] Two\n"));
    let other = ticked(&blocked, State::Blocked, Some("no pen"), None);
    assert_eq!(other.as_deref(), Ok("- [!] One (blocked: no pen)\n- [ ] Two\n"));
    let code = "- [ ] One\n\n  ```\n  code\n  ```\n";
    let done = ticked(code, State::Done, None, Some("2026-01-02")).expect("it can be done");
    assert_eq!(done, "- [x] One ✅ 2026-01-02\n\n  ```\n  code\n  ```\n");
    let code = "- [!] See `(blocked: x)` and [that (blocked: y)](a.md)\n- [ ] Two\n";
    assert_eq!(ticked(code, State::Done, None, None), Ok(code.replace("[!]", "[x]")));
}

#[test]
fn a_day_takes_the_place_of_the_one_that_is_there() {
    for (before, after) in [
        ("- [x] One ✅ 2026-01-02 `2026-01-02`\n", "- [x] One ✅ 2026-01-09 `2026-01-02`\n"),
        ("- [ ] One (done: 2026-01-02)\n", "- [x] One (done: 2026-01-09)\n"),
        ("- [x] One 2026-01-02 ✅ 2026-01-02\n", "- [x] One 2026-01-02 ✅ 2026-01-09\n"),
    ] {
        let new = ticked(before, State::Done, None, Some("2026-01-09"));
        assert_eq!(new.as_deref(), Ok(after));
    }
    let open = ticked("- [X] One ✅ 2026-01-02 soon\n", State::Open, None, None);
    assert_eq!(open.as_deref(), Ok("- [ ] One soon\n"));
}

#[test]
fn a_reason_says_what_it_says_and_nothing_else() {
    let text = "- [ ] One\n- [ ] Two\n";
    let blocked = |reason| ticked(text, State::Blocked, Some(reason), None);
    assert_eq!(
        blocked("their\n- [ ] lawyers\u{1b}").as_deref(),
        Ok("- [!] One (blocked: their - [ ] lawyers)\n- [ ] Two\n")
    );
    assert_eq!(
        blocked("*all* of it").as_deref(),
        Ok("- [!] One (blocked: \\*all\\* of it)\n- [ ] Two\n")
    );
    for reason in ["", " ", "no) way", "(no way", "due: 2026-03-01", "a\n) b ( c"] {
        let refused = blocked(reason);
        assert!(matches!(refused, Err(Untickable::Unsayable(_))), "{reason}: {refused:?}");
    }
}

#[test]
fn a_box_means_what_the_board_says() {
    let path = RepoPath::new("partners/globex/onboarding.md");
    let text = "- [ ] One\n- [ ] Two\n";
    let tick = |options: &Options, state| super::tick(text, &path, options, 0, (state, None, None));
    let refused = tick(&Options::default(), State::Deferred);
    assert_eq!(refused, Err(Untickable::NoBox(State::Deferred)));
    let states = [('c', State::Cancelled), ('>', State::Deferred), ('/', State::Blocked)];
    let options = Options { states: states.into(), ..Options::default() };
    for (state, mark) in [(State::Cancelled, "c"), (State::Deferred, ">"), (State::Blocked, "!")] {
        assert_eq!(tick(&options, state), Ok(text.replacen("[ ]", &format!("[{mark}]"), 1)));
    }
    assert_eq!(tick(&options, State::InProgress), Err(Untickable::NoBox(State::InProgress)));
}

/// Items that other things stand in, behind and around.
const HOSTS: [&str; 14] = [
    "- [ ] One\n",
    "- [ ] One",
    "\u{feff}- [ ] One  \r\n- [ ] Two\r\n",
    "- [ ] One\n  and more\n- [ ] Two\n",
    "- [ ] One\n\n      code\n\n- [ ] Two\n",
    "- [ ] One\n  ```\n  code\n  ```\n- [ ] Two\n",
    "- [ ] One\n  - two\n  - three\n- [ ] Two\n",
    "- [ ] One\n\n  | a | b |\n  | - | - |\n  | c | d |\n- [ ] Two",
    "> - [ ] One\n>   and more\n> - [ ] Two\n",
    "1. [ ] Read [this](a.md)\n2. [ ] Two\n",
    "* [ ] Run `this`\n* [ ] Two\n",
    "- [ ] One <!-- a note -->\n- [ ] Two\n",
    "- [ ] One (due: 2026-03-01, owner: @ann)\n- [ ] Two\n",
    "- [ ] Größe 測試 **all**\\\n  of it\n- [ ] Two\n",
];

proptest! {
    #[test]
    fn what_is_said_of_a_box_is_read_again_and_taken_back(
        host in prop::sample::select(HOSTS.to_vec()),
        reason in prop_oneof!["[a-z (){}*_`<>@:#|~-]{0,20}", any::<String>()],
    ) {
        let bench = Bench::new();
        if let Ok(new) = ticked(host, State::Blocked, Some(&reason), None) {
            let item = bench.read(&new).items.swap_remove(0);
            let plain: String = reason.replace(char::is_control, " ");
            let plain: Vec<&str> = plain.split_whitespace().collect();
            prop_assert_eq!(item.state, State::Blocked);
            prop_assert_eq!(item.blocked_reason, Some(plain.join(" ")));
            prop_assert_eq!(new.lines().count(), host.lines().count());
            let back = ticked(&new, State::Open, None, None);
            prop_assert_eq!(back.as_deref(), Ok(host), "{}", new);
        }
    }
}

#[test]
fn a_day_is_read_again_and_taken_back_wherever_it_stands() {
    let bench = Bench::new();
    for host in HOSTS {
        let done = ticked(host, State::Done, None, Some("2026-01-02")).expect(host);
        let item = bench.read(&done).items.swap_remove(0);
        assert_eq!(item.done_on, "2026-01-02".parse().ok(), "{done}");
        assert_eq!(ticked(&done, State::Open, None, None).as_deref(), Ok(host), "{done}");
        if !host.contains("Two") {
            // Beside no plain box it would be none.
            continue;
        }
        let blocked = ticked(host, State::Blocked, Some("no pen"), None).expect(host);
        assert_eq!(ticked(&blocked, State::Open, None, None).as_deref(), Ok(host), "{blocked}");
    }
}

#[test]
fn a_bold_lead_in_is_not_swallowed_by_what_comes_before_it() {
    let base = "## A\n\n**Week 1: Setup**\n\n- [ ] One\n\n**Week 2: Run**\n- [ ] Two\n";
    let now = base.replace("**Week 2", "**Week 1b: More**\n\n- [ ] Shut it down\n\n**Week 2");
    assert_eq!(bare(base, base, &now), now);
    let base = "> - [ ] One\n>\n> **Week 2**\n>\n> - [ ] Two\n";
    let text = bare(
        "> - [ ] One\n> ***\n> - [ ] Two\n",
        base,
        &base.replace("One\n", "One\n> - [ ] More\n"),
    );
    assert_eq!(text, "> - [ ] One\n> - [ ] More\n>\n> ***\n> - [ ] Two\n");
}

#[test]
fn an_underlined_heading_of_several_lines_gets_its_window() {
    let base = "A part\nof it (Day 1-7)\n---\n\n- [ ] One\n";
    let now = base.replace("1-7", "1-9");
    assert_eq!(bare(base, base, &now), "A part of it (Day 1-9)\n---\n\n- [ ] One\n");
    // The other way of writing it is no change.
    let one_line = "## A part of it (Day 1-7)\n\n- [ ] One\n";
    assert_eq!(bare(one_line, one_line, &now), one_line.replace("1-7", "1-9"));
}

#[test]
fn new_words_leave_owners_and_dates_as_they_are() {
    let base = "- [ ] Sign the contract due:+5d owner:ann\n";
    let now = "- [ ] Sign the new contract due:+9d owner:bob\n";
    for (ours, after) in [
        (base, "- [ ] Sign the new contract due:+5d owner:ann\n"),
        (
            "- [x] Sign the contract due:2026-03-03 (blocked: by law) @cleo ^sign\n",
            "- [x] Sign the new contract due:2026-03-03 (blocked: by law) @cleo ^sign\n",
        ),
        ("- [x] owner:the Sign the\n  contract\n", "- [x] owner:the Sign the new contract\n"),
    ] {
        assert_eq!(bare(ours, base, now), after);
    }
    // Words that stand in what is said of the owner are none of the item's.
    assert_eq!(
        bare("- [ ] owner:ann ann\n", "- [ ] ann\n", "- [ ] ann b\n"),
        "- [ ] owner:ann ann b\n"
    );
    // What the new words would say besides is for somebody to decide.
    let struck = Bench::new().sync("- [ ] Sign it\n", "- [ ] Sign it\n", "- [ ] ~~Sign it all~~\n");
    assert_eq!((struck.reworded.len(), struck.conflicts.len()), (0, 1), "{}", struck.text);
}

#[test]
fn new_words_take_the_quotes_and_the_depth_of_the_checklist() {
    let base = "> - [ ] One\n>   - [ ] Scan the\n>     pages\n";
    let now = "> - [ ] One\n>   - [ ] Scan the\n>     big\n>     pages\n";
    for (ours, after) in [
        (base, now),
        (
            "- [ ] One\n    - [x] Scan the pages\n",
            "- [ ] One\n    - [x] Scan the\n      big\n      pages\n",
        ),
        (
            "> > 1. [ ] One\n> >    1. [x] Scan\n> >       the pages @ann\n",
            "> > 1. [ ] One\n> >    1. [x] Scan the\n> >       big\n> >       pages @ann\n",
        ),
    ] {
        assert_eq!(bare(ours, base, now), after);
    }
}

#[test]
fn what_comes_is_written_as_the_list_that_it_comes_into() {
    let base = "* [ ] One\n* [ ] Two\n";
    let now = "* [ ] One\n* [ ] More\n  and more\n  * [ ] Under it\n* [ ] Two\n";
    for (ours, after) in [
        (
            "- [ ] One\n- [ ] Two\n",
            "- [ ] One\n- [ ] More\n  and more\n  * [ ] Under it\n- [ ] Two\n",
        ),
        (
            "1) [ ] One\n2) [ ] Two\n",
            "1) [ ] One\n2) [ ] More\n   and more\n   * [ ] Under it\n2) [ ] Two\n",
        ),
        (
            "- [ ] One\n\n- [ ] Two\n",
            "- [ ] One\n\n- [ ] More\n  and more\n  * [ ] Under it\n\n- [ ] Two\n",
        ),
    ] {
        let text = bare(ours, base, now);
        assert_eq!(text, after);
        let read = Bench::new().read(&text);
        let under = read.items.iter().find(|item| &*item.text == "Under it").expect("it came");
        assert_eq!(under.parent.map(|at| &*read.items[at].text), Some("More and more"));
    }
}

#[test]
fn what_comes_stays_in_its_list_of_several() {
    let base = "## A\n\n- [ ] One\n\n| a |\n|---|\n\n<details>\n\n- [ ] Two\n\n</details>\n\n- [ ] Three\n";
    let now = base.replace("- [ ] Three", "- [ ] Nearly three\n- [ ] Three");
    let now = now.replace("- [ ] Two", "- [ ] Nearly two\n- [ ] Two");
    assert_eq!(bare(base, base, &now), now);
    // A note's list is none of items.
    let base = "## A\n\n- [ ] One\n\n> - See the guide\n\n## B\n\n- [ ] Two\n";
    let now = base.replace("- [ ] One\n", "- [ ] Something else\n- [ ] One\n");
    let ours = base.replace("- [ ] One\n\n", "");
    let text = bare(&ours, base, &now);
    assert!(text.contains("> - See the guide\n\n- [ ] Something else\n"), "{text}");
}

#[test]
fn what_stands_under_something_taken_out_is_told_and_does_not_come() {
    let bench = Bench::new();
    let base = "- [ ] One\n- [ ] Two\n";
    let now = "- [ ] One\n  - [ ] Front\n    - [ ] Left\n- [ ] Two\n";
    let ours = "- [ ] Two\n";
    let done = bench.sync(ours, base, now);
    assert!(done.text.ends_with(ours) && done.added.is_empty(), "{}", done.text);
    assert_eq!(done.conflicts.len(), 2, "{:?}", done.conflicts);
    assert!(
        matches!(&done.conflicts[0], Conflict::Homeless { text, parent } if text == "Front" && parent == "One")
    );
    assert!(!bench.drift(&done.text, now, now).is_behind());
}

#[test]
fn new_sections_within_new_sections_are_parted() {
    let base = "# T\n\n## A\n\n- [ ] One\n";
    let now = "# T\n\n## A\n\n- [ ] One\n\n## B\n\n- [ ] Two\n  - [ ] Left\n\n**Week 2**\n\n- [ ] Three\n\n## C\n\n### D\n\n- [ ] Four\n";
    assert_eq!(bare(base, base, now), now.trim_start_matches("---"));
}

#[test]
fn tabs_before_a_marker_are_no_part_of_it() {
    let base = "- [ ] One\n\t- [ ] Two\n";
    let now = "- [ ] One\n\t- [ ] Two\n\t\t- [ ] Three\n\t- [ ] Four\n\t  more\n";
    let text = bare("- [ ] One\n    - [ ] Two\n", base, now);
    assert_eq!(text, "- [ ] One\n    - [ ] Two\n      - [ ] Three\n    - [ ] Four\n      more\n");
    assert_eq!(
        bare(base, base, "- [ ] One\n\t- [ ] Two\n\t- [ ] Four\n"),
        "- [ ] One\n\t- [ ] Two\n\t- [ ] Four\n"
    );
}

/// Pieces that people write checklists of.
const PIECES: [&str; 24] = [
    "- [ ] N\n",
    "- [ ] N\n",
    "- [ ] N\n  - [ ] N\n",
    "- [ ] N\n\n  Why N.\n\n",
    "- [ ] N\n  over two\n",
    "- [ ] N\nlazy N\n",
    "* [ ] N\n",
    "1. [ ] N\n2. [ ] N\n",
    "3) [ ] N\n   - [ ] N\n",
    "> - [ ] N\n> - [ ] N\n>   - [ ] N\n",
    "> Remark N.\n",
    "\t- [ ] N\n",
    "  - [ ] N\n",
    "\n",
    "\n",
    "\n",
    "## Part N (Day 1-9)\n\n",
    "## Part N\n",
    "\nPart N\n---\n\n",
    "### Inner N\n\n",
    "\n**Week 2: N**\n",
    "\n**Week 3: N**\n\n",
    "\n| a |\n|---|\n| N |\n\n",
    "\n<!-- N -->\n",
];

/// Pieces, each with a number of its own for its words.
fn pieces() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..PIECES.len(), 0..600_usize), 1..14)
}

fn written(pieces: &[(usize, usize)]) -> String {
    let words = ["alpha", "beta", "gamma", "delta", "kappa", "sigma", "omega"];
    let text = |(piece, number): &(usize, usize)| {
        let (one, other) = (words[number % 7], words[number / 7 % 7]);
        PIECES[*piece].replace('N', &format!("{one} {number} {other}"))
    };
    pieces.iter().map(text).collect()
}

/// Pieces taken out and put in, and what is in them exchanged.
fn changed(pieces: &[(usize, usize)], edits: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    let mut pieces = pieces.to_vec();
    for (at, piece, number) in edits {
        let at = at % (pieces.len() + 1);
        match number % 4 {
            0 if at < pieces.len() => drop(pieces.remove(at)),
            1 if at < pieces.len() => pieces[at].1 += 7 * 7,
            _ => pieces.insert(at, (*piece, *number)),
        }
    }
    pieces
}

fn piece_edits() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..20_usize, 0..PIECES.len(), 600..1200_usize), 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn whatever_it_is_written_in_it_stays_what_it_is(
        base in pieces(), there in piece_edits(), here in piece_edits(),
    ) {
        let bench = Bench::new();
        let (now, ours) = (written(&changed(&base, &there)), written(&changed(&base, &here)));
        let ours = format!("---\ntemplate: t\n---\n\n{}", ours.replacen("[ ]", "[x]", 2));
        let base = written(&base);
        let done = bench.sync(&ours, &base, &now);
        let told = || format!("\n--- base\n{base}\n--- now\n{now}\n--- ours\n{ours}\n--- done\n{}", done.text);
        let (before, after) = (bench.read(&ours), bench.read(&done.text));
        prop_assert_eq!(after.items.len(), before.items.len() + done.added.len(), "{}", told());
        prop_assert_eq!(after.sections.len() >= before.sections.len(), true, "{}", told());
        let again = bench.sync(&done.text, &now, &now);
        prop_assert_eq!(&again.text, &done.text, "twice {}", told());
        prop_assert!(!bench.drift(&done.text, &now, &now).is_behind());
        // What was there stands in its order, under what it stood under, in its state.
        let shape = |document: &Document| -> Vec<(String, String, crate::model::State)> {
            let of = |item: &crate::model::Item| {
                let parent = item.parent.map(|at| document.items[at].identity.to_string());
                (item.identity.to_string(), parent.unwrap_or_default(), item.state)
            };
            document.items.iter().map(of).collect()
        };
        if done.reworded.is_empty() {
            let mut all = shape(&after).into_iter();
            for item in shape(&before) {
                prop_assert!(all.any(|other| other == item), "{item:?} {}", told());
            }
        }
        // What came says what it says in the template, and stands under the same.
        let wanted = shape(&bench.read(&now));
        let had = shape(&before);
        for text in &done.added {
            let is_it = |item: &&(String, String, _)| item.0 == text.to_lowercase();
            let found = shape(&after);
            let found: Vec<_> = found.iter().filter(is_it).map(|item| &item.1).collect();
            let wanted: Vec<_> = wanted.iter().filter(is_it).map(|item| &item.1).collect();
            prop_assert!(!found.is_empty(), "{text} {}", told());
            let is_plain = done.reworded.is_empty() && done.conflicts.is_empty();
            if wanted.len() == 1 && is_plain && !had.iter().any(|item| is_it(&item)) {
                let parent = wanted[0];
                let is_here = after.items.iter().any(|item| *item.identity == **parent);
                let is_as_wanted = found.contains(&parent);
                let fine = is_as_wanted || !is_here && !parent.is_empty();
                prop_assert!(fine, "{text}: {found:?} {parent:?} {}", told());
            }
        }
        // Lines stay in their order.
        if done.reworded.is_empty() && done.headings.is_empty() {
            let mut all = done.text.lines();
            for line in ours.lines().filter(|line| !line.starts_with("template: ")) {
                prop_assert!(all.any(|other| other == line), "{line} {}", told());
            }
        }
    }
}

#[test]
fn what_is_ticked_in_the_template_comes_open() {
    let now = "- [ ] One\n- [x] Two\n  - [X] Three\n";
    assert_eq!(bare("- [x] One\n", "- [ ] One\n", now), "- [x] One\n- [ ] Two\n  - [ ] Three\n");
}

#[test]
fn a_numbered_list_begins_with_its_first_number_whatever_is_left_out() {
    let template = "## A\n\n1. [ ] Above\n   1. [ ] For agencies <!-- when: agency -->\n   2. [ ] For all\n   3. [ ] For all, too\n";
    let mut bench = Bench::new();
    bench.kind = Some("reseller".to_owned());
    let made = bench.make(template);
    assert!(made.contains("1. [ ] Above\n   1. [ ] For all\n   3. [ ] For all, too\n"), "{made}");
    assert_eq!(bench.read(&made).items.len(), 3);
    bench.kind = Some("agency".to_owned());
    assert_eq!(bench.read(&bench.make(template)).items.len(), 4);
}

#[test]
fn what_comes_under_an_item_alone_begins_its_list() {
    let base = "## A\n\n- [ ] Above\n  1. [ ] Sign\n  2. [ ] Scan\n- [ ] Last\n";
    let now = base.replace("  2. [ ] Scan\n", "  2. [ ] Scan\n  3. [ ] Send it to the archive\n");
    let checklist = "## A\n\n- [ ] Above\n- [ ] Last\n";
    let bench = Bench::new();
    let synced = bench.sync(checklist, base, &now).text;
    assert!(
        synced.contains("- [ ] Above\n  1. [ ] Send it to the archive\n- [ ] Last\n"),
        "{synced}"
    );
    assert_eq!(bench.read(&synced).items.len(), 3);
    // Its list goes on as in the template.
    let now = base.replace("- [ ] Last\n", "- [ ] Last\n  1. [ ] Sum it up\n  2. [ ] Thank them\n");
    let synced = bench.sync(base, base, &now).text;
    assert!(synced.ends_with("- [ ] Last\n  1. [ ] Sum it up\n  2. [ ] Thank them\n"), "{synced}");
}

#[test]
fn a_heading_over_nothing_but_other_headings_is_known_by_what_is_under_them() {
    let base = "## Phase 1: Start (Day 1-30)\n\n### Legal\n\n- [ ] Sign\n\n## Phase 2 (Day 31-60)\n\n### Legal\n\n- [ ] Renew the papers\n";
    let now = base.replace("Phase 1: Start (Day 1-30)", "Phase 1: Kickoff (Day 1-20)");
    let now = now.replace("- [ ] Sign\n", "- [ ] Sign\n- [ ] Scan\n");
    let bench = Bench::new();
    let ticked = base.replace("[ ] Sign", "[x] Sign");
    let drift = bench.drift(&ticked, base, &now);
    let told: Vec<&str> = drift.headings.iter().map(|one| one.after.as_str()).collect();
    assert_eq!(told, ["Phase 1: Kickoff (Day 1-20)"]);
    let synced = bench.sync(&ticked, base, &now).text;
    let (_, body) = synced.split_once("---\n\n").expect("a front matter");
    assert_eq!(body, now.replace("[ ] Sign", "[x] Sign"));
}

/// What a template makes for a partner of some type, without its front matter.
fn made_for(kind: &str, template: &str) -> String {
    let bench = Bench { kind: Some(kind.to_owned()), ..Bench::new() };
    let made = make(template, &bench.making()).expect("all variables are known");
    made.rsplit_once("---\n\n").map_or(made.clone(), |(_, body)| body.to_owned())
}

#[test]
fn numbers_go_on_behind_a_section_that_is_left_out() {
    let template = "# Plan\n\nSee [security](#2-security) and [launch](#4-launch-day-20).\n\n## Phase 1: Start\n\n\
        ### 1. Legal\n\n- [ ] a\n\n### 2. Security <!-- when: reseller -->\n\n- [ ] b\n\n#### 2.1 Keys\n\n- [ ] c\n\n\
        ### 3. Setup\n\n#### 3.1 Portal\n\n- [ ] d\n\n## Phase 2: Go\n\n### 4. Launch (Day 20)\n\n- [ ] e\n";
    let agency = made_for("agency", template);
    assert_eq!(
        agency,
        "# Plan\n\nSee security and [launch](#3-launch-day-20).\n\n## Phase 1: Start\n\n\
         ### 1. Legal\n\n- [ ] a\n\n### 2. Setup\n\n#### 2.1 Portal\n\n- [ ] d\n\n## Phase 2: Go\n\n\
         ### 3. Launch (Day 20)\n\n- [ ] e\n"
    );
    assert_eq!(made_for("reseller", template), template.replace(" <!-- when: reseller -->", ""));
}

#[test]
fn a_phase_that_is_left_out_leaves_no_gap_and_times_stay() {
    let template = "## Phase 1: A <!-- when: x -->\n\n### 1. B\n\n- [ ] b\n\n## Phase 2: C\n\n### 2. D\n\n- [ ] d\n\n\
        ## Phase 3: E\n\n### 1. F\n\n- [ ] f\n\n## Day 4\n\n- [ ] g\n\n## 2026 plan\n\n- [ ] h\n";
    let made = made_for("y", template);
    assert_eq!(
        made,
        "## Phase 1: C\n\n### 1. D\n\n- [ ] d\n\n## Phase 2: E\n\n### 1. F\n\n- [ ] f\n\n## Day 4\n\n- [ ] g\n\n\
         ## 2026 plan\n\n- [ ] h\n"
    );
}

#[test]
fn a_section_in_which_nothing_is_left_goes_and_one_with_words_and_no_window_stays() {
    let template = "## 1. A (Day 1-7)\n\n- [ ] a\n\n## 2. B (Day 8-9)\n\n### C\n\n- [ ] c <!-- when: x -->\n- [ ] d <!-- when: x -->\n\n\
        ## 3. E\n\nWords.\n\n- [ ] e <!-- when: x -->\n\n## 4. F\n\n- [ ] f\n";
    let made = made_for("y", template);
    assert_eq!(made, "## 1. A (Day 1-7)\n\n- [ ] a\n\n## 2. E\n\nWords.\n\n\n## 3. F\n\n- [ ] f\n");
}

#[test]
fn numbers_that_count_no_sections_stay() {
    let template = "## Version 1: A <!-- when: x -->\n\n- [ ] a\n\n## Version 2: B\n\n- [ ] b\n\n\
        ## Phase 1 success\n\n- [ ] c\n\n## 1.2 C <!-- when: x -->\n\n- [ ] d\n\n## 1.3 D\n\n- [ ] e\n";
    let made = made_for("y", template);
    assert_eq!(
        made,
        "## Version 2: B\n\n- [ ] b\n\n## Phase 1 success\n\n- [ ] c\n\n## 1.3 D\n\n- [ ] e\n"
    );
}

#[test]
fn what_is_closed_up_is_no_drift() {
    let bench = Bench { kind: Some("y".to_owned()), ..Bench::new() };
    let base = "## 1. A\n\n- [ ] a\n\n## 2. B <!-- when: x -->\n\n- [ ] b\n\n## 3. C\n\n- [ ] c\n";
    let now = base.replace("- [ ] c\n", "- [ ] c\n- [ ] d\n");
    let made = make(base, &bench.making()).expect("there are no variables");
    assert!(made.contains("## 2. C"), "{made}");
    assert!(!bench.drift(&made, base, base).is_behind());
    let done = bench.sync(&made, base, &now);
    assert!(done.text.ends_with("## 2. C\n\n- [ ] c\n- [ ] d\n"), "{}", done.text);
    assert!(done.conflicts.is_empty() && done.headings.is_empty());
}
