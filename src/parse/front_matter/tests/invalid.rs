//! What is no YAML, too much, or anything at all.

use proptest::prelude::*;

use super::*;

#[test]
fn one_bad_line_costs_only_itself() {
    let text = "---\ntitle: Acme: onboarding\nowner: @ana # lead\nstart_date: 2026-03-01\ntags:\n  - eu\n---\n";
    let (read, body, errors) = full(text);
    assert_eq!(
        errors,
        [
            "MB203 error 2:8-24 the front matter is no YAML: mapping values are not allowed in this context | \
             quote a value that has a colon: `title: \"Acme: onboarding\"`",
            "MB203 error 3:8-19 the front matter is no YAML: unexpected character: `@' | \
             quote a value that begins with `@`: `owner: \"@ana\"`",
        ]
    );
    assert_eq!(body, "");
    assert_eq!(read.title.as_deref(), Some("Acme: onboarding"));
    assert_eq!(read.owners, ["ana"]);
    assert_eq!(read.start_date, Some((date("2026-03-01"), Line(4))));
    assert_eq!(read.tags, ["eu"]);
    assert_eq!(keys(&read), [("title", 2), ("owner", 3), ("start_date", 4), ("tags", 5)]);
}

#[test]
fn bad_values_are_read_as_meant() {
    for (written, wanted) in [
        ("`code`", Some("`code`")),
        ("\"Acme\" and \"Ben\"", Some("\"Acme\" and \"Ben\"")),
        ("\"unclosed", Some("unclosed")),
        ("'it's'", Some("it's")),
        ("\"C:\\dir\"", Some("C:\\dir")),
        ("[Partner] onboarding", Some("[Partner] onboarding")),
        ("{{ name }}: plan", Some("{{ name }}: plan")),
        ("*bold* start", Some("*bold* start")),
        ("100%: yes # no", Some("100%: yes")),
        ("[unclosed, list", None),
        ("{unclosed: map", None),
        ("| block: no", None),
    ] {
        let text = block(&format!("status: active\ntitle: {written}\ntype: x"));
        let (read, body, errors) = full(&text);
        assert_eq!(read.title.as_deref(), wanted, "{written}");
        assert_eq!((read.status, read.kind.as_deref()), (Some(PartnerStatus::Active), Some("x")));
        assert_eq!((body, errors.len()), ("body\n", 1), "{written} {errors:?}");
        let place = format!("MB203 error 3:8-{} the front matter is no YAML", 8 + written.len());
        assert!(errors[0].starts_with(&place), "{written} {errors:?}");
    }
}

#[test]
fn tabs_are_told() {
    let (read, _, errors) = full("---\ntitle:\ta\ntags:\n\t- eu\nstatus: active\n---\n");
    assert_eq!(read.title.as_deref(), Some("a"));
    assert_eq!(read.status, Some(PartnerStatus::Active));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("MB203 error 4:1-2 "), "{errors:?}");
    assert!(errors[0].ends_with("indent with spaces: YAML takes no tabs"), "{errors:?}");
}

#[test]
fn an_indented_mapping_is_one_too() {
    assert_eq!(fine(&block("  title: a\n  status: active")).title.as_deref(), Some("a"));
    let (read, _, errors) = full("---\n  title: A: B\n  status: active\n---\n");
    assert_eq!(read.title.as_deref(), Some("A: B"));
    assert_eq!((read.status, errors.len()), (Some(PartnerStatus::Active), 1));
}

#[test]
fn of_a_key_that_stands_twice_the_first_counts() {
    let (read, _, errors) = full("---\ntitle: a\nx: {b: 1, b: 2}\ntitle: c\n---\n");
    assert_eq!(
        errors,
        [
            "MB204 error 3:11-12 the key `b` stands twice; the first one counts | remove one of the two",
            "MB204 error 4:1-6 the key `title` stands twice; the first one counts | remove one of the two",
        ]
    );
    assert_eq!(read.title.as_deref(), Some("a"));
    assert_eq!(keys(&read), [("title", 2), ("x", 3)]);
    let (read, _, errors) = full("---\ntitle: a\nowner: @b\ntitle: c\n---\n");
    assert_eq!((read.title.as_deref(), errors.len()), (Some("a"), 2), "{errors:?}");
}

#[test]
fn a_huge_block_is_skipped() {
    let text = format!("---\ntitle: a\n{}---\nbody\n", "key: value\n".repeat(7000));
    let (read, body, errors) = full(&text);
    assert_eq!(
        errors,
        [
            "MB803 error 1:1-4 the front matter is longer than 64 KiB and is not read | keep only short keys between the two `---` lines"
        ]
    );
    assert_eq!((body, read.title, read.keys.len()), ("body\n", None, 0));
    // Prose of any length between two thematic breaks is no front matter.
    let prose = format!("---\nNote: this\n\n{}\n---\nbody\n", "- [ ] item\n".repeat(7000));
    let (_, body, errors) = full(&prose);
    assert_eq!(body, prose);
    assert!(errors[0].starts_with("MB202 error 1:1-4"), "{errors:?}");
}

#[test]
fn bombs_are_told_and_cost_nothing() {
    let mut bomb = "title: a\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        let list = vec![below; 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{list}]\n");
    }
    let text = format!("---\n{bomb}---\nbody\n");
    let (read, body, errors) = full(&text);
    assert_eq!((read.title.as_deref(), body), (Some("a"), "body\n"));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("MB803 error "), "{errors:?}");
    for deep in [
        format!("title: a\ndeep: {}", "[".repeat(5000)),
        format!("title: a\ndeep: {}{}", "[".repeat(200), "]".repeat(200)),
        format!("title: a\ndeep: {}1{}", "{a: ".repeat(100), "}".repeat(100)),
        format!("title: a\ndeep:\n  {}x", "- ".repeat(5000)),
    ] {
        let text = block(&deep);
        let (read, body, errors) = full(&text);
        assert_eq!((read.title.as_deref(), body, errors.len()), (Some("a"), "body\n", 1));
        assert!(
            errors[0].starts_with("MB803 error 3:") || errors[0].starts_with("MB803 error 4:"),
            "{errors:?}"
        );
    }
}

#[test]
fn odd_yaml_is_told_where_it_is() {
    // A second document, an alias of nothing, and a text instead of keys.
    for (yaml, place) in [
        ("title: a\n--- x\nb: c", "3:5"),
        ("title: a\nb: *nothing", "3:4"),
        ("title: a\njust words", "3:1"),
        ("title: a\n- b", "2:1"),
        ("\"title: a\nb: c\"", "2:1"),
    ] {
        let text = block(yaml);
        let (_, body, errors) = full(&text);
        assert_eq!(body, "body\n", "{yaml}");
        assert!(errors[0].starts_with(&format!("MB203 error {place}-")), "{yaml} {errors:?}");
    }
    let read = fine(&block("1: one\ntrue: two\n~: three\n? [a, b]\n: four\ntitle: a"));
    assert_eq!(read.title.as_deref(), Some("a"));
    assert_eq!(read.keys.len(), 5);
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "(title|owner|start_date|start|status|tags|template|x|\"q\"): ?[\\PC]{0,12}",
        "[ \t]{0,3}[-a-z&*!|>%@`'\"\\[\\]{}:,#? é]{0,16}",
        Just("---".to_owned()),
        Just("...".to_owned()),
        Just(String::new()),
        Just("- [ ] item".to_owned()),
    ]
}

fn check_invariants(text: &str) -> Result<(), TestCaseError> {
    let (front_matter, body, found) = read_text(text);
    prop_assert!(text.is_char_boundary(body) && body <= text.len());
    if let Some(span) = front_matter.span {
        prop_assert!(span.end <= body && text.get(span.start..span.end).is_some());
    }
    let lines = u32::try_from(text.lines().count() + 1).expect("a short text");
    for one in found {
        prop_assert!(one.start <= one.end && one.end.line.0 <= lines, "{one:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*") {
        check_invariants(&text)?;
        check_invariants(&format!("---\n{text}\n---\n"))?;
    }

    #[test]
    fn no_block_panics(
        start in prop_oneof![Just("---\n"), Just("\u{feff}\n---\r\n"), Just("---\ntitle: é\n")],
        lines in proptest::collection::vec(any_line(), 0..12),
        end in prop_oneof![Just("\n"), Just("\r\n")],
    ) {
        check_invariants(&format!("{start}{}", lines.join(end)))?;
        check_invariants(&format!("{start}{}{end}---{end}", lines.join(end)))?;
    }
}
