//! Which characters nobody can see, and where that is as it should be.

/// What a hidden character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Nothing: without it the text looks the same.
    Idle(&'static str),
    /// It changes how the text around it is shown or read.
    Active(&'static str),
}

impl Hidden {
    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        let (Hidden::Idle(name) | Hidden::Active(name)) = self;
        name
    }
}

/// What is hidden in a character, wherever it stands.
pub(super) fn invisible(c: char) -> Option<Hidden> {
    use Hidden::{Active, Idle};
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        '\u{202A}'..='\u{202E}' => Active("a bidirectional override"),
        '\u{2066}'..='\u{2069}' => Active("a bidirectional isolate"),
        '\u{200E}' | '\u{200F}' | '\u{061C}' => Active("a direction mark"),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Active("a control character"),
        '\u{2028}' | '\u{2029}' => Active("a line separator"),
        '\u{FFF9}'..='\u{FFFB}' => Active("an annotation mark"),
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => Active("a Hangul filler"),
        '\u{200B}' => Idle("a zero-width space"),
        '\u{200C}' | '\u{200D}' => Idle("a zero-width joiner"),
        '\u{2060}' => Idle("a word joiner"),
        '\u{FEFF}' => Idle("a byte order mark inside the text"),
        '\u{AD}' => Idle("a soft hyphen"),
        '\u{180E}' | '\u{34F}' | '\u{17B4}' | '\u{17B5}' => Idle("an invisible character"),
        '\u{2061}'..='\u{2064}' => Idle("an invisible operator"),
        '\u{206A}'..='\u{206F}' => Idle("an outdated format character"),
        '\u{E0000}'..='\u{E007F}' => Idle("a tag character"),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Idle("a variation selector"),
        _ => return None,
    })
}

/// What is hidden in a character between those before and behind it; `is_rtl` tells whether its
/// line has letters that are written from right to left.
pub(super) fn hidden(
    before: Option<char>,
    c: char,
    behind: Option<char>,
    is_rtl: bool,
) -> Option<Hidden> {
    invisible(c).filter(|_| !is_at_home(before, c, behind, is_rtl))
}

/// Whether a character is hidden where it does no duty.
pub(super) fn is_hidden_anywhere(c: char) -> bool {
    hidden(Some(' '), c, Some(' '), false).is_some()
}

/// Whether a character that nobody sees does its duty where it stands.
fn is_at_home(before: Option<char>, c: char, behind: Option<char>, is_rtl: bool) -> bool {
    let beside = |test: fn(char) -> bool| before.is_some_and(test) || behind.is_some_and(test);
    match c {
        '\u{FEFF}' => before.is_none(),
        // Scripts that join letters, or part words without a space.
        '\u{200C}' => beside(is_complex),
        '\u{200D}' => {
            beside(is_complex) || (before.is_some_and(is_emoji) && behind.is_some_and(is_emoji))
        }
        '\u{200B}' | '\u{180E}' | '\u{17B4}' | '\u{17B5}' => beside(is_complex),
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{2066}'..='\u{2069}' => is_rtl,
        // One picks the form of what stands before it; a row of them carries a message.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            before.is_some_and(|before| !before.is_whitespace() && !is_selector(before))
        }
        // The flags of Scotland, Wales and others are a black flag and tags.
        '\u{E0020}'..='\u{E007F}' => {
            before.is_some_and(|before| before == '\u{1F3F4}' || is_tag(before))
        }
        _ => false,
    }
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

pub(super) fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

/// Whether a character is one of an emoji: a picture, a skin tone, a selector.
fn is_emoji(c: char) -> bool {
    is_selector(c)
        || is_tag(c)
        || matches!(c, '\u{200D}' | '©' | '®' | '\u{203C}'..='\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character belongs to a script that needs joiners or marks of its own: those from Hebrew
/// on, without those of East Asia that stand alone.
fn is_complex(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{10FF}' | '\u{1200}'..='\u{1CFF}' | '\u{A840}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}' | '\u{1E800}'..='\u{1EEFF}')
}

/// Whether a letter is written from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EEFF}')
        && c.is_alphabetic()
}
