use super::{item, only, read, read_with, rules};
use crate::model::State;
use crate::parse::Options;

/// The state of the item behind another box, in a section that has a GFM item.
fn state_of(line: &str) -> State {
    read(&format!("- [ ] first\n- {line}\n")).items[1].state
}

#[test]
fn boxes() {
    for (line, state) in [
        ("[ ] a", State::Open),
        ("[x] a", State::Done),
        ("[X] a", State::Done),
        ("[/] a", State::InProgress),
        ("[!] a", State::Blocked),
        ("[N/A] a", State::NotApplicable),
        ("[NA] a", State::NotApplicable),
        ("[n/a] a", State::NotApplicable),
        ("[~] a", State::InProgress),
        ("[>] a", State::InProgress),
        ("[-] a", State::InProgress),
        ("[?] a", State::Open),
    ] {
        assert_eq!(state_of(line), state, "{line}");
    }
}

#[test]
fn doubtful_boxes_are_told() {
    let document = read("- [ ] a\n- [-] b\n- [✔\u{fe0f}] c\n- [?] d\n- [\u{a0}] e\n");
    assert_eq!(rules(&document), ["ambiguous-state", "malformed-checkbox", "unknown-state"]);
    let found = &document.diagnostics[1];
    assert_eq!((found.start.line.0, found.start.column, found.end.column), (3, 3, 7));
}

#[test]
fn a_board_says_what_its_boxes_mean() {
    let options = Options {
        states: [('-', State::Cancelled), ('d', State::Deferred), ('v', State::Done)].into(),
        ..Options::default()
    };
    let document = read_with("- [ ] a\n- [-] b\n- [d] c\n- [v] d (blocked: x)\n", &options);
    let states: Vec<_> = document.items.iter().map(|item| item.state).collect();
    assert_eq!(states, [State::Open, State::Cancelled, State::Deferred, State::Done]);
    assert_eq!(rules(&document), [] as [&str; 0]);
}

#[test]
fn texts_waive() {
    assert_eq!(item("(N/A) Send deck").state, State::NotApplicable);
    assert_eq!(&*item("(n/a) Send deck").text, "(n/a) Send deck");
    assert_eq!(item("~~Send deck~~").state, State::NotApplicable);
    assert_eq!(item("~~Send **the** deck~~ due:2026-03-01.").state, State::NotApplicable);
    assert_eq!(only(read("- [x] (N/A) Send deck\n")).state, State::NotApplicable);
    for open in ["Send deck (N/A)", "~~Send~~ deck", "Send deck (if applicable)", "\\~~a~~"] {
        assert_eq!(item(open).state, State::Open, "{open}");
    }
    assert_eq!(only(read("- [x] ~~Send deck~~\n")).state, State::Done);
}

#[test]
fn texts_block() {
    for (text, reason) in [
        ("Sign (blocked: legal (EU) review) soon", Some("legal (EU) review")),
        ("Sign (Blocked on Anna)", Some("Anna")),
        ("Sign (blocked by the bank) due:2026-03-01", Some("the bank")),
        ("Sign (blocked)", None),
    ] {
        let found = item(text);
        assert_eq!(found.state, State::Blocked, "{text}");
        assert_eq!(found.blocked_reason.as_deref(), reason, "{text}");
        assert!(found.text.to_lowercase().contains("(blocked"), "{text}");
    }
    for open in
        ["Sign (blockedness)", "Sign blocked: x", "Sign `(blocked: x)`", "Sign (blocked on x"]
    {
        assert_eq!(item(open).state, State::Open, "{open}");
    }
    let done = only(read("- [x] Sign (blocked: legal)\n"));
    assert_eq!((done.state, done.blocked_reason), (State::Done, None));
    assert_eq!(state_of("[/] Sign (blocked: legal)"), State::Blocked);
}
