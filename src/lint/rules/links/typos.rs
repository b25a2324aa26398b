//! Slips in the beginning of an address.

use crate::config::nearest;

/// The address that was meant where its scheme is mistyped, as in `http//…`, `htp://…`,
/// `https:/…` or `http://https://…`.
pub(super) fn of_scheme(written: &str) -> Option<String> {
    let length = written.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(written.len());
    let (word, rest) = written.split_at_checked(length)?;
    if !(2..=7).contains(&word.len()) {
        return None;
    }
    let scheme = nearest(word, ["https", "http"])?;
    let known = ["ftp", "ftps", "sftp"];
    if known.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let behind = rest.trim_start_matches([':', ';', '/']);
    let separator = rest.get(..rest.len() - behind.len())?;
    let is_right = scheme.eq_ignore_ascii_case(word);
    if separator == "://" && is_right {
        let is_double = ["http://", "https://", "http//", "https//"];
        let is_double = is_double.iter().any(|again| behind.starts_with(again));
        return is_double.then(|| of_scheme(behind).unwrap_or_else(|| behind.to_owned()));
    }
    // A folder may be called `http`, and a file `https.md`.
    let is_meant = match separator {
        ":" => is_right && behind.starts_with(|c: char| c.is_ascii_alphanumeric()),
        separator => separator.contains("//") || (separator.contains([':', ';']) && is_right),
    };
    (is_meant && !behind.is_empty()).then(|| format!("{scheme}://{behind}"))
}

#[cfg(test)]
mod tests {
    use super::of_scheme;

    #[test]
    fn slips_are_seen() {
        for (written, meant) in [
            ("http//example.com", "http://example.com"),
            ("https//example.com", "https://example.com"),
            ("htp://example.com", "http://example.com"),
            ("hhtps://example.com", "https://example.com"),
            ("https:/example.com", "https://example.com"),
            ("https:///example.com", "https://example.com"),
            ("https;//example.com", "https://example.com"),
            ("https:example.com", "https://example.com"),
            ("http://https://example.com", "https://example.com"),
        ] {
            assert_eq!(of_scheme(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn other_addresses_and_paths_are_right() {
        for written in [
            "https://example.com",
            "HTTPS://example.com",
            "https://example.com/?next=http://example.org",
            "http/errors.md",
            "https.md",
            "ftp://example.com",
            "sftp://example.com",
            "help//a.md",
            "mailto:anna@example.com",
            "https:",
            "https://",
            "",
        ] {
            assert_eq!(of_scheme(written), None, "{written}");
        }
    }
}
