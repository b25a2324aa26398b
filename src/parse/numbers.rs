//! The number that a heading begins with: `3.`, `3.1`, `IV.`, `Phase 2:`.

/// Words that count sections. Days, weeks and months are no such words: they name windows.
const WORDS: [&str; 26] = [
    "phase",
    "step",
    "stage",
    "part",
    "section",
    "chapter",
    "module",
    "milestone",
    "lesson",
    "session",
    "activity",
    "task",
    "unit",
    "schritt",
    "teil",
    "abschnitt",
    "kapitel",
    "étape",
    "partie",
    "paso",
    "etapa",
    "fase",
    "sección",
    "parte",
    "passo",
    "seção",
];

/// Words behind a number with a full stop that make a date of it, as in `15. März`.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];

/// The number of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// What is counted with it.
    pub(crate) series: Series,
    /// What stands before its last part: `[3]` in `3.1`.
    pub(crate) prefix: Vec<u32>,
    /// The first and last section that it stands for: they differ in `3–4.`
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Whether a letter stands behind it: `2a` and `2b` are parts of one section 2.
    pub(crate) has_letter: bool,
}

impl Number {
    /// A number of its count, in full: `1.3`.
    pub(crate) fn whole(&self, last: u32) -> String {
        let parts: Vec<String> = self.prefix.iter().chain([&last]).map(u32::to_string).collect();
        parts.join(".")
    }
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Series {
    /// The word before the number, in lower case.
    pub(crate) word: String,
    /// Whether it is counted in Roman numerals.
    pub(crate) is_roman: bool,
}

/// How a heading begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// With a number.
    Number(Number),
    /// With a single letter behind this word, as in `B.` or `Part B`: what looks like a Roman
    /// numeral beside it is a letter as well.
    Letter(String),
    /// With neither.
    Words,
}

/// Reads the beginning of a heading's text.
pub(crate) fn read(text: &str) -> Beginning {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (word, behind) = match text.split_once(char::is_whitespace) {
        Some((word, behind)) if WORDS.contains(&word.to_lowercase().as_str()) => {
            (word.to_lowercase(), behind.trim_start())
        }
        _ => (String::new(), text),
    };
    let length = behind.find(|c: char| !is_part(c)).unwrap_or(behind.len());
    let (written, rest) = behind.split_at_checked(length).unwrap_or_default();
    let (has_letter, rest) = match rest.strip_prefix(|c| matches!(c, 'a'..='h')) {
        Some(behind) if written.ends_with(|c: char| c.is_ascii_digit()) => (true, behind),
        _ => (false, rest),
    };
    let (has_stop, rest) = match rest.strip_prefix('.') {
        Some(behind) if has_letter => (true, behind),
        _ => (written.ends_with('.'), rest),
    };
    let written = written.trim_end_matches('.');
    if !is_end(rest, has_stop, written.contains('.'), &word) {
        return Beginning::Words;
    }
    if let Some((prefix, first, last)) = arabic(written) {
        let series = Series { word, is_roman: false };
        return Beginning::Number(Number { series, prefix, first, last, has_letter });
    }
    if let Some(number) = roman(written) {
        let series = Series { word, is_roman: true };
        return Beginning::Number(Number {
            series,
            prefix: Vec::new(),
            first: number,
            last: number,
            has_letter,
        });
    }
    match written.chars().count() == 1 && written.chars().all(char::is_uppercase) {
        true => Beginning::Letter(word),
        false => Beginning::Words,
    }
}

/// What a number may be made of: digits, Roman numerals or a letter, the full stop in `3.1`, the dash
/// in `3–4`.
fn is_part(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '.' | '-' | '–')
}

/// Whether a number ends before this, so that `3 goals` and `90-day` begin with none.
fn is_end(rest: &str, has_stop: bool, has_parts: bool, word: &str) -> bool {
    let is_keycap = rest.starts_with(['\u{fe0f}', '\u{20e3}']);
    let is_closed = match rest.strip_prefix([':', ')']) {
        Some(behind) => behind.is_empty() || behind.starts_with(char::is_whitespace),
        None => (has_stop || has_parts) && rest.starts_with(char::is_whitespace),
    };
    // In German a number with a full stop before a month is a day.
    let next = rest.trim_start().to_lowercase();
    let is_day = has_stop && MONTHS.iter().any(|month| next.starts_with(month));
    let behind = rest.trim_start();
    let is_worded = !word.is_empty()
        && (behind.is_empty() || behind.starts_with(['-', '–', '—', '(', ':', '|', '•']));
    (is_keycap || is_closed || is_worded) && !is_day
}

/// `3`, `3.1` or `3–4`: what stands before the last part, and its first and last number. Years and
/// other numbers of more than three digits count nothing.
fn arabic(written: &str) -> Option<(Vec<u32>, u32, u32)> {
    let number = |part: &str| {
        let is_number = !part.is_empty() && part.len() <= 3;
        let is_number = is_number && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (prefix, end) = match written.rsplit_once('.') {
        Some((prefix, end)) => (prefix.split('.').map(number).collect::<Option<Vec<u32>>>()?, end),
        None => (Vec::new(), written),
    };
    match end.split_once(['-', '–']) {
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            (first < last).then_some((prefix, first, last))
        }
        None => number(end).map(|number| (prefix, number, number)),
    }
}

/// A Roman numeral up to 39: nobody counts further in headings.
fn roman(written: &str) -> Option<u32> {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = written.bytes().take_while(|byte| *byte == b'X').take(3).count();
    // The X of IX is no ten.
    let rest = written.get(tens..)?;
    let one = ones.iter().position(|one| *one == rest)?;
    let number = u32::try_from(tens * 10 + one).ok()?;
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        let Beginning::Number(number) = read(text) else { return None };
        let Number { series, mut prefix, first, last, .. } = number;
        prefix.push(first);
        let parts: Vec<String> = prefix.iter().map(u32::to_string).collect();
        let sign = if series.is_roman { "r" } else { "" };
        let to = if first == last { String::new() } else { format!("-{last}") };
        Some(format!("{}{sign}{}{to}", series.word, parts.join(".")))
    }

    #[test]
    fn headings_begin_with_numbers_in_many_ways() {
        for (text, number) in [
            ("1. Legal", "1"),
            ("📋 2) Setup", "2"),
            ("3: Training", "3"),
            ("3.1 Sales", "3.1"),
            ("3.1.2. Sales", "3.1.2"),
            ("3–4. Training", "3-4"),
            ("IV. Review", "r4"),
            ("XIX. Review", "r19"),
            ("Phase 2: Activation", "phase2"),
            ("PHASE 2 – Activation", "phase2"),
            ("Step 3", "step3"),
            ("Step 2a", "step2"),
            ("2b. Exceptions", "2"),
            ("Part II (Day 1–7)", "partr2"),
            ("Schritt 4: Vertrag", "schritt4"),
            ("5\u{fe0f}\u{20e3} Launch", "5"),
        ] {
            assert_eq!(told(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn other_numbers_count_nothing() {
        for text in [
            "3 goals for the first month",
            "90-day plan",
            "30-60 Days",
            "2b Exceptions",
            "3rd. Party",
            "2a.1 Exceptions",
            "2026. A year",
            "Day 1: Kickoff",
            "Week 2",
            "Phase 1 success criteria",
            "15. März 2026",
            "10:30 Kickoff",
            "v1.2.0",
            "A. First",
            "I think so",
            "MIX. Drinks",
            "4-3. Backwards",
            "",
            "...",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        assert_eq!(read("B. Second"), Beginning::Letter(String::new()));
        assert_eq!(read("Part B: Second"), Beginning::Letter("part".to_owned()));
    }
}
