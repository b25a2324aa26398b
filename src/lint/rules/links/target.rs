//! What the destination of a link is.

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target<'t> {
    /// Nowhere: nothing is written.
    Nothing,
    /// To the network, to a program, or to what only a site's generator knows.
    Elsewhere,
    /// To something that is still to be filled in.
    Blank,
    /// To a place on somebody's disk.
    Disk,
    /// To a file or folder, or to a heading in it.
    File(FileTarget<'t>),
}

/// A file or folder, as a link names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileTarget<'t> {
    /// As written, without what stands behind `?` and `#`. Empty for the file itself.
    pub(super) written: &'t str,
    /// The same with its escapes (`%20`) read.
    pub(super) path: String,
    /// What stands behind `#`, with its escapes read.
    pub(super) fragment: Option<String>,
}

/// Words that stand for a link that is still to come.
const BLANKS: [&str; 20] = [
    "url",
    "link",
    "href",
    "path",
    "file",
    "filename",
    "tbd",
    "tba",
    "todo",
    "xxx",
    "xx",
    "x",
    "...",
    "…",
    "here",
    "insert",
    "placeholder",
    "path/to/file",
    "path/to/file.md",
    "link-to-file",
];

/// Beginnings of paths on the disks of those who write.
const DISKS: [&str; 4] = ["/Users/", "/home/", "/Volumes/", "/mnt/"];

/// Reads a destination.
pub(super) fn read(destination: &str) -> Target<'_> {
    let written = destination.trim();
    if written.is_empty() {
        return Target::Nothing;
    }
    if is_on_disk(written) {
        return Target::Disk;
    }
    // What a site's generator or a shell puts something in, an alias of a bundler.
    let has_blank = written.contains(['{', '}', '<', '>', '[', ']', '$'])
        || written.contains("%7B")
        || written.contains("%5B")
        || written.contains("%3C");
    let word = written.to_lowercase();
    if has_blank || BLANKS.contains(&word.as_str()) || word.starts_with("insert-") {
        return Target::Blank;
    }
    let is_alias = written.starts_with(['@', '~', '!', ':']);
    if is_alias || written.starts_with("//") || has_scheme(written) {
        return Target::Elsewhere;
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (written, None),
    };
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Target::File(FileTarget { written: path, path: decoded(path), fragment })
}

/// `https:`, `mailto:`, `tel:` and whatever else programs answer to.
fn has_scheme(written: &str) -> bool {
    let Some((scheme, _)) = written.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// `file:` addresses, drives and shares of Windows, home folders.
fn is_on_disk(written: &str) -> bool {
    let bytes = written.as_bytes();
    let is_drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(1) == Some(&b':')
        && matches!(bytes.get(2), Some(b'\\' | b'/'));
    let is_file = written.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    let is_deep = written.split('/').filter(|part| !part.is_empty()).count() > 2;
    let is_home = is_deep && DISKS.iter().any(|disk| written.starts_with(disk));
    is_drive || is_file || is_home || written.starts_with("~/") || written.starts_with(r"\\")
}

/// A text with its escapes (`%20`) read; as it is where they make no UTF-8.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digit = |at: usize| behind.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        for elsewhere in [
            "https://example.com/a.md",
            "HTTP://example.com",
            "mailto:anna@example.com",
            "tel:+491234",
            "vscode:extension/x",
            "//example.com/a",
            "@site/docs/a.md",
        ] {
            assert_eq!(read(elsewhere), Target::Elsewhere, "{elsewhere}");
        }
        for blank in ["{{ base }}/a.md", "URL", "[link]", "<name>", "%7B%7Bx%7D%7D", "insert-link"]
        {
            assert_eq!(read(blank), Target::Blank, "{blank}");
        }
        for disk in [
            "file:///C:/a.md",
            "C:\\Users\\anna\\a.md",
            "d:/a.md",
            r"\\share\a",
            "/Users/anna/a.md",
            "~/notes.md",
        ] {
            assert_eq!(read(disk), Target::Disk, "{disk}");
        }
        assert_eq!(read("  "), Target::Nothing);
    }

    #[test]
    fn a_file_is_read_without_its_escapes_and_what_stands_behind_it() {
        let target = |path: &str| match read(path) {
            Target::File(FileTarget { path, fragment, .. }) => (path, fragment),
            other => panic!("{other:?}"),
        };
        let fragment = |text: &str| Some(text.to_owned());
        assert_eq!(target("a%20b.md?plain=1#c%C3%A9"), ("a b.md".into(), fragment("cé")));
        assert_eq!(target("#top"), (String::new(), fragment("top")));
        assert_eq!(target("/home/"), ("/home/".into(), None));
        assert_eq!(target("100%.md"), ("100%.md".into(), None));
        assert_eq!(target("%FF.md"), ("%FF.md".into(), None));
        assert_eq!(target("%é.md"), ("%é.md".into(), None));
        assert_eq!(target("a b:c.md"), ("a b:c.md".into(), None));
    }
}
