//! Texts as YAML takes them for texts.

/// A text as YAML takes it: in quotes where it needs some, `None` where those would not do.
pub(crate) fn scalar(text: &str) -> Option<String> {
    if text.is_empty() || text.trim() != text || text.chars().any(char::is_control) {
        return None;
    }
    Some(if is_plain(text) { text.to_owned() } else { quote(text) })
}

/// Whether a text reads as itself without quotes, in every YAML.
fn is_plain(text: &str) -> bool {
    let may_stand = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | '&');
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    begins
        && text.chars().all(may_stand)
        && text.chars().any(char::is_alphabetic)
        && !is_number
        && !words.contains(&text.to_lowercase().as_str())
}

/// A text in quotes, as YAML takes it.
pub(crate) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        for (text, written) in [
            ("07_ICP Tracker.md", "07_ICP Tracker.md"),
            ("Größe & Rahmen", "Größe & Rahmen"),
            ("A: B", "\"A: B\""),
            ("@ana", "\"@ana\""),
            ("- a", "\"- a\""),
            ("../a.md", "\"../a.md\""),
            ("007", "\"007\""),
            ("1e5", "\"1e5\""),
            ("Yes", "\"Yes\""),
            ("say \"it's\"", "'say \"it''s\"'"),
        ] {
            assert_eq!(scalar(text).as_deref(), Some(written), "{text}");
        }
        assert_eq!(scalar("a\nb"), None);
        assert_eq!(scalar(" a"), None);
    }
}
