use super::{item, only, read, read_with, rules};
use crate::dates::Date;
use crate::model::{Point, Priority};
use crate::parse::Options;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date is valid")
}

#[test]
fn due_dates() {
    for text in [
        "Send deck due:2026-03-01",
        "Send deck due: 2026-03-01",
        "Send deck **Due:** 2026-03-01",
        "Send deck @due(2026-03-01)",
        "Send deck (due 2026-03-01)",
        "Send deck (due by 2026-03-01)",
        "Send deck (due: 2026-03-01)",
        "Send deck 📅 2026-03-01",
        "Send deck [due:: 2026-03-01]",
        "Send deck (due:: 2026-03-01)",
        "Send deck {due:2026-03-01}",
        "Send deck — due:2026-03-01",
        "Send (due 2026-03-01) deck",
        "due:2026-03-01 Send deck",
    ] {
        let found = item(text);
        assert_eq!(found.due, Some(Point::Date(day("2026-03-01"))), "{text}");
        assert_eq!(&*found.text, "Send deck", "{text}");
        assert_eq!(&*found.identity, "send deck", "{text}");
    }
    assert_eq!(item("Send deck due:Day 14.").due, Some(Point::Day(14)));
    assert_eq!(item("Send deck due:+14d").due, Some(Point::Day(14)));
}

#[test]
fn dates_that_cannot_be_read_stay_and_are_told() {
    for (text, rule) in [
        ("Send deck (due: Jul 2026)", "unreadable-date"),
        ("Send deck due: ____", "unreadable-date"),
        ("Send deck (due: [Date])", "unreadable-date"),
        ("Send deck due:2026-02-30", "impossible-date"),
        ("Send deck ✅ 2026-02-30", "impossible-date"),
        ("Send deck @done(yesterday)", "unreadable-date"),
    ] {
        let document = read(&format!("- [ ] {text}\n"));
        assert_eq!(rules(&document), [rule], "{text}");
        let found = only(document);
        assert_eq!((found.due, found.done_on), (None, None), "{text}");
        assert_eq!(&*found.text, text);
    }
}

#[test]
fn a_date_is_told_by_its_place() {
    let document = read("- [ ] Send *the*  deck (due: Jul\n  2026)\n");
    let found = &document.diagnostics[0];
    assert_eq!((found.start.line.0, found.start.column), (1, 25));
    assert_eq!((found.end.line.0, found.end.column), (2, 7));
}

#[test]
fn sentences_are_no_dates() {
    for text in
        ["Finish (due diligence)", "Pay what is due:", "📅 Plan it", "Say ✅ twice", "done:"]
    {
        let document = read(&format!("- [ ] {text}\n"));
        assert_eq!(rules(&document), [] as [&str; 0], "{text}");
        assert_eq!(&*only(document).text, text);
    }
}

#[test]
fn done_dates() {
    for text in [
        "Send deck ✅ 2026-03-01",
        "Send deck done:2026-03-01",
        "Send deck @done(2026-03-01)",
        "Send deck @done(2026-03-01 14:30)",
        "Send deck [completion:: 2026-03-01]",
    ] {
        let found = item(text);
        assert_eq!(found.done_on, Some(day("2026-03-01")), "{text}");
        assert_eq!(&*found.text, "Send deck", "{text}");
    }
}

#[test]
fn owners() {
    for (text, owners) in [
        ("Send deck owner:anna", vec!["anna"]),
        ("Send deck owner:@anna,ben", vec!["anna", "ben"]),
        ("Send deck owner: @anna", vec!["anna"]),
        ("Send deck (owner: @anna; Ben Okoro)", vec!["anna", "Ben Okoro"]),
        ("Send deck [owner:: Anna Lee]", vec!["Anna Lee"]),
        ("Send deck — Owner: Founder + CFO", vec!["Founder + CFO"]),
        ("Send deck Assignee: Anna Lee, Ben", vec!["Anna Lee", "Ben"]),
        ("Send deck - owner: Anna Lee.", vec!["Anna Lee"]),
        ("Send deck @anna", vec!["anna"]),
        ("Send deck @anna due:2026-03-01", vec!["anna"]),
        ("Send deck @anna, @ben", vec!["anna", "ben"]),
        ("Send deck @anna and @ben", vec!["anna", "ben"]),
        ("Send deck — Owner: Anna — Due: 2026-03-01", vec!["Anna"]),
    ] {
        let found = item(text);
        assert_eq!(found.owners, owners, "{text}");
        assert_eq!(&*found.text, "Send deck", "{text}");
    }
}

#[test]
fn most_at_signs_and_owners_in_sentences_are_text() {
    for text in [
        "Reviewed by @anna",
        "Reviewed (by @anna)",
        "Ask @anna first",
        "Update @scope/package",
        "Write to anna@example.com",
        "@anna",
        "Name an account owner: call first",
        "Name the owner:",
        "Send — Owner: ____",
        "Send owner:[Name]",
        "Run `owner:anna`",
    ] {
        let found = item(text);
        assert_eq!(found.owners, [] as [&str; 0], "{text}");
        assert_eq!(&*found.text, text.replace('`', ""));
    }
    assert_eq!(&*item("See [@anna](http://example.com)").text, "See @anna");
}

#[test]
fn several_in_one_parenthesis() {
    let found = item("Send (due: 2026-03-01, owner: @anna) deck");
    assert_eq!(found.due, Some(Point::Date(day("2026-03-01"))));
    assert_eq!(found.owners, ["anna"]);
    assert_eq!(&*found.text, "Send deck");
    assert_eq!(&*item("Send deck (due: 2026-03-01, if signed)").text, "Send deck (if signed)");
    assert_eq!(&*item("Send deck (high, due: 2026-03-01)").text, "Send deck (high)");
    let found = item("Send deck (due: soon, owner: @anna)");
    assert_eq!(found.owners, ["anna"]);
    assert_eq!(&*found.text, "Send deck (due: soon)");
}

#[test]
fn priorities() {
    for (sign, priority) in [
        ("🔺", Priority::Highest),
        ("⏫", Priority::High),
        ("🔼", Priority::Medium),
        ("🔽", Priority::Low),
        ("⏬\u{fe0f}", Priority::Lowest),
    ] {
        let found = item(&format!("Send deck {sign}"));
        assert_eq!(found.priority, Some(priority));
        assert_eq!(&*found.text, "Send deck");
    }
}

#[test]
fn letters_are_priorities_only_where_switched_on() {
    assert_eq!(&*item("(A) Send deck").text, "(A) Send deck");
    let options = Options { letter_priorities: true, ..Options::default() };
    let found = only(read_with("- [ ] (R) (B) Send deck (A)\n", &options));
    assert_eq!(found.priority, Some(Priority::Medium));
    assert!(found.required);
    assert_eq!(&*found.text, "Send deck (A)");
}

#[test]
fn required_and_optional() {
    for text in ["(R) Send deck", "(R): Send deck", "**(R)** Send deck"] {
        let found = item(text);
        assert!(found.required && &*found.text == "Send deck", "{text}");
    }
    for text in [
        "(optional) Send deck",
        "(Optional): Send deck",
        "Send deck (OPTIONAL)",
        "Send deck (optional) due:2026-03-01",
        "Send deck (optional) @anna",
    ] {
        let found = item(text);
        assert!(found.optional && &*found.text == "Send deck", "{text}");
    }
    for text in ["Send (R) deck", "Send (optional) deck", "Send deck if optional"] {
        let found = item(text);
        assert!(!found.required && !found.optional && &*found.text == text, "{text}");
    }
}

#[test]
fn ids_and_dependencies() {
    for text in
        ["Send deck 🆔 nda-1", "Send deck id:nda-1", "Send deck ^nda-1", "Send id:nda-1 deck"]
    {
        let found = item(text);
        assert_eq!(found.explicit_id.as_deref(), Some("nda-1"), "{text}");
        assert_eq!(&*found.text, "Send deck", "{text}");
    }
    for text in
        ["Send deck ⛔ nda,kick", "Send deck depends:nda,kick", "Send deck [depends:: nda, kick]"]
    {
        let found = item(text);
        assert_eq!(found.depends, ["nda", "kick"], "{text}");
        assert_eq!(&*found.text, "Send deck", "{text}");
    }
    for text in
        ["⛔ Do not send", "Sent ⛔ to nobody", "Compute 2 ^3 first", "🆔 Check it", "id: x"]
    {
        let found = item(text);
        assert_eq!((found.explicit_id, found.depends.len()), (None, 0), "{text}");
        assert_eq!(&*found.text, text);
    }
}

#[test]
fn of_two_values_the_first_counts_and_the_second_stays() {
    let found = item("Send deck due:2026-03-01 due:2026-04-01");
    assert_eq!(found.due, Some(Point::Date(day("2026-03-01"))));
    assert_eq!(&*found.text, "Send deck due:2026-04-01");
}

#[test]
fn nothing_in_code_or_links_is_metadata() {
    for text in ["Run `x due:2026-03-01`", "See [due:2026-03-01](http://example.com)"] {
        let found = item(text);
        assert_eq!(found.due, None, "{text}");
        assert!(found.text.ends_with("due:2026-03-01"), "{text}");
    }
}

#[test]
fn texts_without_metadata_are_not_tidied() {
    assert_eq!(&*item("Odd , text -").text, "Odd , text -");
}
