mod invalid;

use super::*;
use crate::model::{PartnerStatus, Point};
use crate::source::Line;

fn read_text(text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    read(&RepoPath::new("partners/acme/a.md"), text)
}

/// The front matter of a text whose reading finds nothing wrong.
fn fine(text: &str) -> FrontMatter {
    let (front_matter, _, found) = read_text(text);
    assert_eq!(found, [], "{text}");
    front_matter
}

/// The front matter, the markdown behind it, and the findings as
/// `code severity line:column-column message | help`.
fn full(text: &str) -> (FrontMatter, &str, Vec<String>) {
    let (front_matter, body, found) = read_text(text);
    let show = |one: &Diagnostic| {
        let (from, to) = (one.start, one.end);
        let end = if from.line == to.line { String::new() } else { format!("{}:", to.line.0) };
        format!(
            "{} {} {}:{}-{end}{} {} | {}",
            one.code.code,
            one.severity.name(),
            from.line.0,
            from.column,
            to.column,
            one.message,
            one.help.as_deref().unwrap_or("-")
        )
    };
    (front_matter, &text[body..], found.iter().map(show).collect())
}

fn errors(text: &str) -> Vec<String> {
    full(text).2
}

fn block(yaml: &str) -> String {
    format!("---\n{yaml}\n---\nbody\n")
}

fn date(text: &str) -> crate::dates::Date {
    text.parse().expect("a test's date is valid")
}

fn keys(front_matter: &FrontMatter) -> Vec<(&str, u32)> {
    front_matter.keys.iter().map(|(key, line)| (key.as_str(), line.0)).collect()
}

#[test]
fn every_key_with_a_meaning_is_read() {
    let read = fine(
        "---\ntitle: \"Acme: onboarding\"\npartner: Acme Corp\nstart_date: 2026-03-01\nowner: '@ana'\n\
         template: templates/onboarding.md@0123abcd\nstatus: on_hold\ndue: 2026-06-30\ntype: reseller\n\
         tags: [eu, gold]\nanything_else:\n  deep: 1\n---\n# Body\n",
    );
    let wanted = FrontMatter {
        span: Some(Span::new(0, read.span.expect("there is a block").end)),
        title: Some("Acme: onboarding".to_owned()),
        partner: Some("Acme Corp".to_owned()),
        start_date: Some((date("2026-03-01"), Line(4))),
        owners: vec!["ana".to_owned()],
        template: Some("templates/onboarding.md@0123abcd".to_owned()),
        status: Some(PartnerStatus::OnHold),
        due: Some((Point::Date(date("2026-06-30")), Line(8))),
        kind: Some("reseller".to_owned()),
        tags: vec!["eu".to_owned(), "gold".to_owned()],
        keys: [
            ("title", 2),
            ("partner", 3),
            ("start_date", 4),
            ("owner", 5),
            ("template", 6),
            ("status", 7),
            ("due", 8),
            ("type", 9),
            ("tags", 10),
            ("anything_else", 11),
        ]
        .map(|(key, line)| (key.to_owned(), Line(line)))
        .to_vec(),
    };
    assert_eq!(read, wanted);
}

#[test]
fn the_markdown_begins_behind_the_closing_line() {
    for (text, body) in [
        ("---\ntitle: a\n---\n# B\n", "# B\n"),
        ("---\ntitle: a\n...\n# B\n", "# B\n"),
        ("---\r\ntitle: a\r\n---\r\n# B\r\n", "# B\r\n"),
        ("\u{feff}---\ntitle: a\n---\n# B\n", "# B\n"),
        ("\n \t\n---\ntitle: a\n---\n# B\n", "# B\n"),
        ("---  \ntitle: a\n--- \t\n# B\n", "# B\n"),
        ("---\ntitle: a\n---", ""),
        ("---\n\ntitle: a\n\n---\n\n# B\n", "\n# B\n"),
    ] {
        let (front_matter, found, errors) = full(text);
        assert_eq!((found, errors.len()), (body, 0), "{text:?}");
        assert_eq!(front_matter.title.as_deref(), Some("a"), "{text:?}");
        let span = front_matter.span.expect("there is a block");
        assert!(span.slice(text).starts_with("---") && !span.slice(text).ends_with('\n'));
    }
    assert_eq!(fine("\n\n---\r\n\r\nx: 1\r\ntitle: a\r\n---\r\n").keys[1].1, Line(6));
}

#[test]
fn an_empty_block_is_a_front_matter() {
    for text in ["---\n---\nbody\n", "---\n\n---\nbody\n"] {
        let (front_matter, body, errors) = full(text);
        assert!(front_matter.span.is_some() && front_matter.keys.is_empty());
        assert_eq!((body, errors.len()), ("body\n", 0));
    }
}

#[test]
fn a_thematic_break_is_no_front_matter() {
    for text in [
        "",
        "# Title\n\n---\ntitle: a\n---\n",
        "---\n",
        "---\n\nProse.\n",
        "---\n# Title\n\n- [ ] item\n",
        "---\n\nProse of a quiet kind.\n\n---\n\nMore.\n",
        "---\n# Heading\n---\n",
        "---\n- one\n- two\n---\n",
        "---\nA sentence that has more than four words: and a colon\n---\n",
        "---\nhttps://example.org\n---\n",
        "----\ntitle: a\n----\n",
        " ---\ntitle: a\n ---\n",
        "---\n## Week 1\nProse here.\nMore of it.\nOwner: Ana\n---\n",
        "---\n## Week 1\n- [ ] first\n\nOwner: Ana\n\n---\n",
        "---\n## Week 1\n1. [x] first\n\nOwner: Ana\n\n---\n",
    ] {
        let (front_matter, body, errors) = full(text);
        assert_eq!((front_matter, body, errors.len()), (FrontMatter::default(), text, 0), "{text}");
    }
    // The mark at the beginning of a file is no part of its markdown.
    assert_eq!(full("\u{feff}# Title\n").1, "# Title\n");
}

#[test]
fn an_unclosed_front_matter_leaves_the_markdown() {
    let text = "---\ntitle: a\nowner: @ana\nstart_date: 2026-03-01\n\n# Title\n\nstatus: active\n\n- [ ] item\n";
    let (front_matter, body, errors) = full(text);
    assert_eq!(
        errors,
        [
            "MB202 error 1:1-4 the front matter has no closing line | write a line `---` behind the last key"
        ]
    );
    assert_eq!((front_matter.span, body), (None, text));
    assert_eq!(front_matter.title.as_deref(), Some("a"));
    assert_eq!(front_matter.owners, ["ana"]);
    assert_eq!(front_matter.start_date, Some((date("2026-03-01"), Line(4))));
    assert_eq!(front_matter.status, None);
}

#[test]
fn a_thematic_break_further_down_closes_nothing() {
    let text = "---\ntitle: a\n\n# Title\n\n- [ ] one\n- [x] two\n\n---\n\n- [ ] three\n";
    let (front_matter, body, errors) = full(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("MB202 error 1:1-4"));
    assert_eq!((front_matter.title.as_deref(), body), (Some("a"), text));
}

#[test]
fn dates_may_be_quoted_and_have_a_time() {
    for written in [
        "2026-03-01",
        "\"2026-03-01\"",
        "'2026-03-01'",
        "2026-03-01T09:30:00Z",
        "2026-03-01 09:30:00 +02:00",
        "2026-03-01T23:59:59.999-11:00",
        "\"2026-03-01T00:00\"",
        "2026-03-01 # kickoff",
    ] {
        let read = fine(&block(&format!("start_date: {written}\ndue: {written}")));
        assert_eq!(read.start_date, Some((date("2026-03-01"), Line(2))), "{written}");
        assert_eq!(read.due, Some((Point::Date(date("2026-03-01")), Line(3))), "{written}");
    }
    assert_eq!(fine(&block("start: 2026-03-01")).start_date, Some((date("2026-03-01"), Line(2))));
    let both = fine(&block("start: 2026-03-01\nstart_date: 2026-04-01"));
    assert_eq!(both.start_date, Some((date("2026-04-01"), Line(3))));
    let folded = fine(&block("start_date:\n  2026-03-01"));
    assert_eq!(folded.start_date, Some((date("2026-03-01"), Line(3))));
    assert_eq!(fine(&block("last_updated: 2026-03-01")).start_date, None);
}

#[test]
fn unreadable_dates_are_told_and_absent() {
    let told = |written: &str| {
        let text = block(&format!("start_date: {written}"));
        let (front_matter, _, errors) = full(&text);
        assert_eq!(front_matter.start_date, None, "{written}");
        assert_eq!(errors.len(), 1, "{written} {errors:?}");
        errors[0].clone()
    };
    for written in ["YYYY-MM-DD", "TBD", "____", "March 2026", "20260301", "2026-03-01x", "2026-03"]
    {
        let width = 13 + written.len();
        assert_eq!(
            told(written),
            format!(
                "MB208 warning 2:13-{width} `start_date` is no date that can be read: `{written}` | write it as `YYYY-MM-DD`"
            )
        );
    }
    assert_eq!(
        told("2026/3/1"),
        "MB208 warning 2:13-21 `start_date` is no date that can be read: `2026/3/1` | write `2026-03-01`"
    );
    assert!(told("{{ start_date }}").starts_with(
        "MB208 warning 2:13-29 `start_date` is no date that can be read: `{{ start_date }}`"
    ));
    assert_eq!(
        told("2026-02-30"),
        "MB308 warning 2:13-23 the calendar has no `2026-02-30` | correct the month or the day"
    );
    assert!(told("\"2026-13-01T10:00\"").starts_with("MB308 warning 2:13-31"));
    assert!(told("[2026-03-01]").starts_with("MB207 warning 2:13-25 `start_date` is a list"));
}

#[test]
fn empty_values_are_absent_without_a_word() {
    for empty in ["", " ", " ~", " null", " \"\"", " ''", " \"  \"", " # later"] {
        let names = "title partner start_date start owner template status due type tags";
        let yaml: Vec<String> = names.split(' ').map(|key| format!("{key}:{empty}")).collect();
        let read = fine(&block(&yaml.join("\n")));
        assert_eq!(keys(&read).len(), 10, "{empty:?}");
        let bare = FrontMatter { span: read.span, keys: read.keys.clone(), ..Default::default() };
        assert_eq!(read, bare, "{empty:?}");
    }
    assert_eq!(fine(&block("tags: []\nowner: [~, '']")).tags, Vec::<String>::new());
}

#[test]
fn owners_are_a_list() {
    for (written, wanted) in [
        ("owner: ana", vec!["ana"]),
        ("owner: \"@ana\"", vec!["ana"]),
        ("owner: \"@ana, @ben\"", vec!["ana", "ben"]),
        ("owners: [ana, '@ben', ana]", vec!["ana", "ben"]),
        ("owners:\n  - ana\n  - \"@ben\"", vec!["ana", "ben"]),
        ("owners:\n- ana", vec!["ana"]),
        ("owner: Founder + CFO", vec!["Founder + CFO"]),
        ("owner: ana\nowners: [ben]", vec!["ana", "ben"]),
        ("owner: 7", vec!["7"]),
    ] {
        assert_eq!(fine(&block(written)).owners, wanted, "{written}");
    }
    assert_eq!(
        errors(&block("owner:\n  name: ana")),
        [
            "MB207 warning 3:3-12 `owner` is a mapping, not a text or a list of texts | write `owner: ` and a text behind it"
        ]
    );
    let (read, _, errors) = full("---\nowner: [ana, {name: ben}]\n---\n");
    assert_eq!(read.owners, ["ana"]);
    assert!(errors[0].starts_with("MB207 warning 2:14-"), "{errors:?}");
}

#[test]
fn statuses_are_read_generously() {
    for (written, wanted) in [
        ("active", PartnerStatus::Active),
        ("Planned", PartnerStatus::Planned),
        ("on hold", PartnerStatus::OnHold),
        ("On-Hold", PartnerStatus::OnHold),
        ("complete", PartnerStatus::Complete),
        ("completed", PartnerStatus::Complete),
        ("canceled", PartnerStatus::Cancelled),
        ("'CANCELLED'", PartnerStatus::Cancelled),
    ] {
        assert_eq!(fine(&block(&format!("status: {written}"))).status, Some(wanted), "{written}");
    }
    assert_eq!(
        errors(&block("status: actve")),
        ["MB213 info 2:9-14 unknown status `actve` | did you mean `active`?"]
    );
    assert_eq!(
        errors(&block("status: Draft")),
        [
            "MB213 info 2:9-14 unknown status `Draft` | mdboard knows active, planned, on_hold, complete, cancelled"
        ]
    );
}

#[test]
fn texts_are_kept_as_written() {
    for (written, wanted) in [
        ("007", "007"),
        ("1.0", "1.0"),
        ("1_000", "1_000"),
        ("yes", "yes"),
        ("2026-03-01", "2026-03-01"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("  spaced   out  ", "spaced out"),
        (">\n  folded\n  text", "folded text"),
        ("|\n  two\n  lines", "two lines"),
        ("plain\n  goes on", "plain goes on"),
        ("\"caf\\u00e9\"", "café"),
        ("'it''s'", "it's"),
        ("&x anchored", "anchored"),
        ("!custom tagged", "tagged"),
        ("{{ partner_name }}", "{{ partner_name }}"),
        ("日本 🚀", "日本 🚀"),
    ] {
        let read = fine(&block(&format!("type: x\ntitle: {written}\nstatus: active")));
        assert_eq!(read.title.as_deref(), Some(wanted), "{written}");
        assert_eq!(read.status, Some(PartnerStatus::Active), "{written}");
    }
    assert_eq!(fine(&block("a: &x 1.0\ntitle: *x")).title.as_deref(), Some("1.0"));
    assert_eq!(
        errors(&block("title: [Partner Name]")),
        [
            "MB207 warning 2:8-22 `title` is a list, not a text | quote a text that begins with a bracket: `title: \"[Partner Name]\"`"
        ]
    );
}

#[test]
fn only_a_text_is_a_template() {
    let template = |written: &str| fine(&block(&format!("template: {written}"))).template;
    assert_eq!(template("onboarding").as_deref(), Some("onboarding"));
    assert_eq!(template("a/b.md@00ff").as_deref(), Some("a/b.md@00ff"));
    for ignored in ["true", "false", "[a]", "{a: b}", "|\n  two\n  lines"] {
        assert_eq!(template(ignored), None, "{ignored}");
    }
}
