//! Texts that nobody writes on purpose, and everybody by mistake.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Lines of a front matter, right and wrong, with what opens and closes one.
const KEYS: &[&str] = &[
    "---",
    "---",
    "...",
    "title: Onboarding",
    "title:",
    "title: [Partner Name]",
    "title: A: b",
    "title: \"unclosed",
    "Title : Ü 🚀",
    "partner: {{ name }}",
    "partner: [Coppervane]",
    "owner: @ana",
    "owner: ana",
    "owner: ana",
    "owners: [ana, ben, cleo]",
    "Start-Date: 2026-03-02",
    "start_date: 2026/3/1",
    "start_date: 03/04/2026",
    "start: 2026-02-30",
    "start: 2027-01-01",
    "related_templates:\n  - kickoff.md\n  - gone.md",
    "start_date: 2026-03-02T10:00:00Z",
    "due: \"2026.06.30\" # soon",
    "due: +30d",
    "due: 2020-01-01",
    "status: on_hodl",
    "status: active",
    "last_updated: 2024-06-10",
    "last_update: 2024-06-10",
    "template: templates/kickoff.md@0a1b2c3",
    "template: templates/gone.md",
    "template_number: 7",
    "template_number: seven",
    "description:",
    "related_templates:",
    "related_templates: []",
    "  - kickoff.md",
    "- kickoff.md",
    "  nested: [1, {a: b}]",
    "tags: [gold, eu",
    "{section: A}",
    "a: &a [*a, *a]",
    "? complex",
    "key: |",
    "  block",
    "\tkey: tab",
    "# mdboard-disable MB203: as it is",
    "# mdboard-disable-file duplicate-key",
    "\"ti\\u200btle\": x",
    "",
];

/// Lines of markdown.
const LINES: &[&str] = &[
    "- [ ] Contract signed",
    "- [ ] Contract signed",
    "- [x] Portal access",
    "  - [X] Sales team",
    "  - [ ] Support team",
    "    - [x] deep",
    "      - [/] deeper",
    "* [-] cancelled (N/A)",
    "+ [>] later",
    "1. [ ] first",
    "3) [x] third",
    "> - [x] quoted",
    "> > 1. [ ] quoted twice",
    "- - [x] in one line",
    "- [~] [!] [N/A] states",
    "- [N/A] none",
    "- [!] (blocked: legal)",
    "- [ ] ~~struck~~",
    "- [ ] (N/A) not for us",
    "- [?] unknown",
    "- []",
    "- [] empty box",
    "- [  ] wide",
    "- [\u{a0}] no-break",
    "- [ ]\u{a0}no-break behind",
    "- [ x ] padded",
    "- [✅] drawn",
    "- [*] star",
    "- [ ]text",
    "- [x]text",
    "-[ ] no space",
    "-\u{3000}[ ] wide space",
    "*[ ] star",
    "1.[ ] number",
    "[ ] alone in a paragraph",
    "[x] alone in a paragraph",
    "- \\[ ] escaped",
    "- [x\u{200b}] hidden in a box",
    "- [\u{200b} ] hidden in a box",
    "- [ ] Contract\u{200b} signed",
    "-\u{200b} [x] hidden behind the sign",
    "\u{200b}- [x] hidden before the sign",
    "- [ ] ",
    "- [ ]",
    "- ☐ drawn",
    "- ⬜\u{fe0f} drawn",
    "- 🔲\u{a0}drawn",
    "- ☑ drawn",
    "☐ Gold ☐ Silver",
    "| Task | Done |",
    "| --- | --- |",
    "| Portal | [ ] |",
    "| Price \\| list | ☐ |",
    "|---|",
    "# Onboarding",
    "# Another title",
    "## Week 1: Setup",
    "## Day 14-7: turned around",
    "### Days 30–60 (owner: @ana)",
    "#### Month 3+",
    "## (Ongoing, kickoff Day 15–1)",
    "## Phase 2 (T-2 Weeks)",
    "### Phase 4. (0–30 Days)",
    "## Q1 / Week ____",
    "## Training (Weeks TBD)",
    "## Months 3 - 1 (end of Day 5)",
    "##### 1. Legal (Due 2026-02-30)",
    "## 2. Legal (2026-03-01 – 2026-01-31)",
    "## Related Templates",
    "## Related Templates\n\n- [Kickoff](kickoff.md)\n- [Exit](exit.md)",
    "## 1. Legal\n\n- [ ] NDA\n\n## 2. Portal\n\n- [ ] Login\n\n## 4. Launch\n\n- [ ] Mail",
    "## Legend",
    "## How to Use",
    "##",
    "#no space",
    "Setext",
    "===",
    "---",
    "***",
    "**Week 2: lead-in**",
    "**Owner:** Founder + CFO",
    "- **Owner**: @zoe",
    "- [ ] a due:2026-03-01 owner:zoe",
    "- [ ] b (due: Jul 2026)",
    "- [ ] c (due: 2026/3/9)",
    "- [ ] d (due: ____, owner: @ana)",
    "- [ ] e 📅 2026-02-30 ✅ 2026-03-01",
    "- [ ] f due:+14d due:10b @due(3/4/2026)",
    "- [ ] g due:2026.1.1",
    "- [ ] Day 9-4: backwards",
    "- [ ] h [due:: 2026/1/2] id:x depends:y ^z",
    "- [ ] i [Name] <name> {{x}} ____",
    "- [ ] see [the guide] (guide.md)",
    "- [ ] see (our channel)[https://chat.example.com]",
    "- [ ] see [the contract](Partner contract.md)",
    "[a](b.md) [c](<d e.md>) ![i](j.png \"t\")",
    "[x](#week-1-setup) [y](kickoff.md#nothing) [z]()",
    "- [Kickoff](kickoff.md)",
    "- [Plan](../sales/account plan.md)",
    "[k]: htps://example.com",
    "[ref][k] [k][] [k]",
    "[open](https://example.com",
    "[https://example.com](our page)",
    "(a)[b.md](c.md) [d] (e.md) (f)[g.md]",
    "[out](../../../../etc/passwd) <https://example.com>",
    "[[[[a](b.md)](c d.md)] (e.md)",
    "```",
    "```",
    "~~~~ md",
    "````\t",
    "    indented code [ ]",
    "`code (a)[b.md]",
    "``",
    "<!-- mdboard-ignore-start -->",
    "<!-- mdboard-ignore-end -->",
    "<!-- mdboard-disable -->",
    "<!-- mdboard-disable MB101, hidden-unicode: both -->",
    "<!-- mdboard-disable MB105 -->",
    "<!-- mdboard-enable MB105 -->",
    "text <!-- mdboard-enable MB101 --> text",
    "<!-- mdboard-disable-next-line duplicate-item: twice -->",
    "- <!-- mdboard-disable-next-line MB302 -->",
    "> <!-- mdboard-disable MB503 -->",
    "<!-- mdboard-disable-file links -->",
    "<!-- mdboard-disable-next-line nonsense -->",
    "<!-- unclosed",
    "-->",
    "<details>",
    "</details>",
    "<script>alert(1)</script><img src=x onerror=y>",
    "<div",
    "text <b>bold</b> [ ] text",
    "paragraph",
    "  paragraph\\",
    "\u{202e}txet\u{202c}",
    "a\u{200b}\u{202e}b\u{200d}c",
    "👩\u{200d}💻 \u{feff} é 漢字",
    "שלום\u{200f} [ ]",
    "\u{e0041}\u{e0042}",
    "\0",
    "\u{1}\u{7f}\u{85}\u{2028}",
    "\u{b}\u{c}",
    ">",
    "- ",
    "-",
    "",
    "",
    "",
];

/// Pieces of lines: what cuts others in two.
const PIECES: &[&str] = &[
    "\r", "\t", " ", "    ", "\u{feff}", "\u{200b}", "\u{ad}", "\u{200d}", "\0", "[", "]", "(",
    ")", "[ ]", "[x", "x]", "- ", "> ", "#", "`", "*", "**", "|", "<", "<!--", "-->", "\\", "é",
    "🚀", "\u{301}", "Day 7-3", ":", "---", "\u{2028}", "\u{85}",
];

/// A text: lines of a front matter perhaps, then lines of markdown, all with some line ends.
pub(super) fn text() -> impl Strategy<Value = String> {
    let start = prop_oneof![
        6 => Just(""),
        2 => Just("\u{feff}"),
        1 => Just("\n\n"),
        1 => Just("\u{200b}\u{feff}"),
        1 => Just("\u{202e}\u{feff}"),
        1 => Just("\u{feff}\u{feff}"),
    ];
    let front_matter = prop_oneof![
        1 => Just(Vec::new()),
        2 => vec(select(KEYS), 0..8).prop_map(block),
        1 => vec(select(KEYS), 1..8),
    ];
    let parts = (start, front_matter, vec(line(), 0..24), line_ends(), any::<bool>());
    parts.prop_map(|(start, keys, body, ends, is_ended)| {
        let keys = keys.into_iter().map(str::to_owned);
        let mut text = start.to_owned();
        let lines = keys.chain(body).collect::<Vec<String>>().join("\n");
        let lines: Vec<&str> = lines.split('\n').collect();
        for (at, line) in lines.iter().enumerate() {
            text.push_str(line);
            if at + 1 < lines.len() || is_ended {
                text.push_str(ends[at % ends.len()]);
            }
        }
        text
    })
}

/// The bytes of a text, perhaps with some in it that are no UTF-8.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let torn: &[&[u8]] = &[b"", b"", b"\xff", b"\xf0\x9f", b"\x80", b"\xc3", b"\xed\xa0\x80"];
    (text(), select(torn), any::<proptest::sample::Index>()).prop_map(|(text, torn, at)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len() + 1);
        bytes.splice(at..at, torn.iter().copied());
        bytes
    })
}

/// Lines between those that open and close a front matter.
fn block(keys: Vec<&'static str>) -> Vec<&'static str> {
    ["---"].into_iter().chain(keys).chain(["---"]).collect()
}

fn line() -> impl Strategy<Value = String> {
    let two = (select(LINES), select(LINES)).prop_map(|(a, b)| format!("{a} {b}"));
    let indent = select(&["  ", "    ", "> ", "- ", "\t", "1. "][..]);
    let nested = (indent, select(LINES)).prop_map(|(indent, line)| format!("{indent}{line}"));
    let pieces = vec(select(PIECES), 1..6).prop_map(|pieces| pieces.concat());
    let cut = (select(LINES), select(PIECES), any::<proptest::sample::Index>());
    let cut = cut.prop_map(|(line, piece, at)| {
        let places: Vec<usize> =
            line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        let (before, behind) = line.split_at(*at.get(&places));
        format!("{before}{piece}{behind}")
    });
    let long = (select(LINES), 2..40_usize).prop_map(|(line, times)| line.repeat(times));
    let deep = (select(&["> ", "- ", "  ", "[", "*"][..]), 2..120_usize)
        .prop_map(|(sign, times)| format!("{}- [ ] deep", sign.repeat(times)));
    prop_oneof![
        24 => select(LINES).prop_map(str::to_owned),
        2 => two,
        3 => nested,
        3 => cut,
        2 => pieces,
        1 => "\\PC{0,12}",
        1 => long,
        1 => deep,
    ]
}

/// How lines end: all in one way, or in several.
fn line_ends() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        3 => Just(vec!["\n"]),
        2 => Just(vec!["\r\n"]),
        1 => vec(select(&["\n", "\r\n"][..]), 2..5),
        1 => vec(select(&["\n", "\r\n", "\r", "\n\r"][..]), 2..5),
    ]
}
