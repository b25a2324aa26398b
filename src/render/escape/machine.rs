//! What machines read: workflow commands, SARIF, XML.

use std::borrow::Cow;

use super::{visible, without_controls};

/// The message of a GitHub workflow command: its lines stay lines, and none of them is a command.
pub fn workflow_data(text: &str) -> String {
    let lines = text.split('\n').map(|line| visible(line.trim_end_matches('\r')));
    let lines: Vec<String> = lines.map(|line| line.replace('%', "%25")).collect();
    lines.join("%0A")
}

/// A property of a GitHub workflow command. A path must stay what it is, so characters that nobody
/// sees stay in it; those that a terminal would obey do not.
pub fn workflow_property(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in without_controls(text).chars() {
        match char {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
            char => out.push(char),
        }
    }
    out
}

/// A message in a SARIF log. `[text](target)` would be a link there, even in a plain text (SARIF
/// 2.1.0, 3.11.6); a zero-width space keeps the two apart.
///
/// By 3.11.5 braces would be doubled, lest they be placeholders. Viewers fill those only where there
/// are arguments and show all other braces as they stand, so they are left alone.
pub fn sarif(text: &str) -> String {
    visible(text).replace("](", "]\u{200b}(")
}

/// A text in an XML document, before its markup characters are escaped: one line, and nothing that
/// XML 1.0 forbids.
pub fn xml(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    match text.contains(['\u{fffe}', '\u{ffff}']) {
        true => text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}").into(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_command_stays_one() {
        assert_eq!(workflow_data("50 %\r\n::error::x, y"), "50 %25%0A::error::x, y");
        assert_eq!(workflow_data("a\u{1b}[0m\u{202e}"), "a␛[0m");
        assert_eq!(workflow_property("a:b,c%\r\nd\u{1b}"), "a%3Ab%2Cc%25%0D%0Ad␛");
        assert_eq!(workflow_property("👩\u{200d}🚀.md"), "👩\u{200d}🚀.md");
    }

    #[test]
    fn a_sarif_message_has_no_links() {
        assert_eq!(
            sarif("[here](http://evil.example) {0}"),
            "[here]\u{200b}(http://evil.example) {0}"
        );
    }

    #[test]
    fn xml_has_only_what_it_may() {
        assert_eq!(xml("a\u{1b}\u{ffff}\nb<"), "a␛\u{fffd} b<");
    }
}
