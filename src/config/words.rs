//! Words for messages: the known word that a mistyped one must mean, and long texts cut short.

/// Texts with more characters are cut off in messages, and are no mistyped words.
const LONGEST: usize = 64;

/// The candidate nearest to a word, if it is near enough to have been meant: at most a third of
/// the word's characters differ. Upper and lower case count as equal; of equally near candidates
/// the first is taken.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = length.max(3) / 3;
    // At least as many characters differ as one has more than the other.
    let is_near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= allowed;
    candidates
        .into_iter()
        .filter(is_near)
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A text for a message: in one line, and what is too long to be read there cut off.
pub(crate) fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{nearest, shortened};

    #[test]
    fn long_texts_are_cut_short() {
        assert_eq!(shortened("two\n  lines"), "two lines");
        assert_eq!(shortened(&"é".repeat(65)), format!("{}…", "é".repeat(64)));
    }

    #[test]
    fn only_near_words_are_meant() {
        let words = ["partners", "templates", "timezone"];
        assert_eq!(nearest("partner", words), Some("partners"));
        assert_eq!(nearest("Timezone", words), Some("timezone"));
        assert_eq!(nearest("parnters", words), Some("partners"));
        assert_eq!(nearest("lint", words), None);
        assert_eq!(nearest("", words), None);
        assert_eq!(nearest(&"partners".repeat(100), words), None);
    }
}
