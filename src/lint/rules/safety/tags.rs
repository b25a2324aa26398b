//! The tags in a piece of HTML.

/// A tag that opens something, with its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Where it begins and ends in the HTML.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its name, as written.
    pub(super) name: &'h str,
    /// Its attributes and their values, as written.
    pub(super) attributes: Vec<(&'h str, &'h str)>,
}

/// The opening tags of a piece of HTML, without those in comments.
pub(super) fn opening(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + next;
        let rest = html.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") {
            let Some(length) = rest.find("-->") else { break };
            at = start + length + "-->".len();
            continue;
        }
        at = start + 1;
        if let Some(tag) = tag(html, start) {
            at = tag.end;
            found.push(tag);
        }
    }
    found
}

/// The opening tag that begins at a `<`.
fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let mut cursor = Cursor { html, at: start + 1 };
    let name = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Tag { start, end: 0, name, attributes: Vec::new() };
    loop {
        cursor.take(|c| c.is_whitespace() || c == '/');
        let attribute = cursor.take(|c| !c.is_whitespace() && !matches!(c, '=' | '>' | '<' | '/'));
        cursor.take(char::is_whitespace);
        if cursor.skip('=') {
            cursor.take(char::is_whitespace);
            let value = cursor.value();
            tag.attributes.push((attribute, value));
        } else if attribute.is_empty() {
            break;
        } else {
            tag.attributes.push((attribute, ""));
        }
    }
    cursor.skip('>');
    tag.end = cursor.at;
    Some(tag)
}

/// A value with its character references read, as far as an address may hide behind them.
pub(super) fn text(value: &str) -> String {
    let mut parts = value.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match reference(part) {
            Some((c, length)) => {
                out.push(c);
                out.push_str(part.get(length..).unwrap_or_default());
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

/// The character that is meant behind a `&`, and how many bytes name it. Browsers miss no semicolon
/// behind a number.
fn reference(part: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 3] = [("colon;", ':'), ("Tab;", '\t'), ("NewLine;", '\n')];
    if let Some((name, c)) = NAMED.into_iter().find(|(name, _)| part.starts_with(name)) {
        return Some((c, name.len()));
    }
    let digits = part.strip_prefix('#')?;
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, digits),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (number, rest) = digits.split_at_checked(length)?;
    let c = char::from_u32(u32::from_str_radix(number, radix).ok()?)?;
    Some((c, part.len() - rest.strip_prefix(';').unwrap_or(rest).len()))
}

struct Cursor<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Cursor<'h> {
    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Takes characters as long as a test holds.
    fn take(&mut self, test: impl Fn(char) -> bool) -> &'h str {
        let rest = self.rest();
        let length = rest.find(|c: char| !test(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip(&mut self, c: char) -> bool {
        let is_next = self.rest().starts_with(c);
        self.at += if is_next { c.len_utf8() } else { 0 };
        is_next
    }

    fn value(&mut self) -> &'h str {
        for quote in ['"', '\''] {
            if self.skip(quote) {
                let value = self.take(|c| c != quote);
                self.skip(quote);
                return value;
            }
        }
        self.take(|c| !c.is_whitespace() && c != '>')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let html = "<a href=\"x>y\" id='b'c>z</a><!-- <i> --><br/><p on = 1 <b";
        let found = opening(html);
        let told: Vec<_> = found.iter().map(|tag| (tag.name, tag.attributes.clone())).collect();
        assert_eq!(
            told,
            [
                ("a", vec![("href", "x>y"), ("id", "b"), ("c", "")]),
                ("br", vec![]),
                ("p", vec![("on", "1")]),
                ("b", vec![]),
            ]
        );
        assert_eq!(&html[found[0].start..found[0].end], "<a href=\"x>y\" id='b'c>");
    }

    #[test]
    fn character_references_are_read() {
        for (written, read) in [
            ("&#97;b&#x63", "abc"),
            ("a&colon;b&Tab;", "a:b\t"),
            ("a&b&#;&#x;&#99999999999;&", "a&b&#;&#x;&#99999999999;&"),
        ] {
            assert_eq!(text(written), read);
        }
    }

    #[test]
    fn what_is_no_tag_is_left_alone() {
        assert!(opening("a < b <3 </p> <!doctype html> <!-- <b>").is_empty());
        assert_eq!(opening("<é").len(), 0);
    }
}
