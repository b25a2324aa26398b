//! A line of a terminal, made of painted spans, that knows how wide it is. Every span's text is
//! escaped on its way in and every line cut to the width on its way out, so that no renderer can
//! forget either.

use anstyle::Style as Paint;
use unicode_width::UnicodeWidthStr;

use super::paint;
use crate::render::phrase::{Phrase, Role};
use crate::render::{Style, escape};

/// A shrinkable span keeps at least this many columns.
const LEAST: usize = 12;
/// How many columns of a line may stay empty because the next word has no room.
const LOST: usize = 12;
/// What stands between two cells.
const GAP: usize = 2;

#[derive(Clone, Debug)]
struct Span {
    text: String,
    paint: Paint,
    /// Whether this span gives way when the line is too long.
    shrinks: bool,
}

/// A line, or a cell of one.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Line(Vec<Span>);

impl Line {
    /// A line that begins with a text.
    pub(in crate::render) fn new(paint: Paint, text: impl AsRef<str>) -> Line {
        Line::default().then(paint, text)
    }

    /// The line with a text behind it.
    pub(in crate::render) fn then(mut self, paint: Paint, text: impl AsRef<str>) -> Line {
        let text = escape::terminal(text.as_ref()).into_owned();
        self.0.push(Span { text, paint, shrinks: false });
        self
    }

    /// The line with a text behind it that is shortened first.
    pub(in crate::render) fn then_shrinking(self, paint: Paint, text: impl AsRef<str>) -> Line {
        let mut line = self.then(paint, text);
        if let Some(span) = line.0.last_mut() {
            span.shrinks = true;
        }
        line
    }

    /// The line with a phrase behind it; its content shrinks.
    pub(in crate::render) fn then_phrase(self, phrase: &Phrase, paint: Paint) -> Line {
        phrase.parts().fold(self, |line, (role, text)| match role {
            Role::Words => line.then(paint, text),
            Role::Content => line.then_shrinking(paint, text),
            Role::Note => line.then(paint::DIM, text),
        })
    }

    /// How many columns it takes.
    pub(in crate::render) fn width(&self) -> usize {
        self.0.iter().map(|span| columns(&span.text)).sum()
    }

    /// The line in at most `width` columns: what may shrink is shortened, the widest first; what is
    /// still too long is cut.
    pub(in crate::render) fn fit(mut self, width: usize) -> Line {
        loop {
            let excess = self.width().saturating_sub(width);
            let shrinking = self.0.iter_mut().filter(|span| span.shrinks);
            let Some(widest) = shrinking.max_by_key(|span| columns(&span.text)) else { break };
            let now = columns(&widest.text);
            if excess == 0 || now <= LEAST {
                break;
            }
            widest.text = cut(&widest.text, now.saturating_sub(excess).max(LEAST));
        }
        self.clip(width)
    }

    /// The line cut at `width` columns, with an ellipsis if anything is missing.
    fn clip(mut self, width: usize) -> Line {
        if self.width() <= width {
            return self;
        }
        let mut left = width.saturating_sub(1);
        let mut at = 0;
        while let Some(span) = self.0.get(at).filter(|span| columns(&span.text) <= left) {
            left -= columns(&span.text);
            at += 1;
        }
        self.0.truncate(at + 1);
        if let Some(last) = self.0.last_mut() {
            let kept = prefix(&last.text, left).trim_end();
            last.text = if width == 0 { String::new() } else { format!("{kept}…") };
        }
        self
    }

    /// The line in about `most` lines of at most `width` columns, broken at spaces where there are
    /// any. All but the first are indented by `hang`. What may shrink does where that is not enough.
    pub(in crate::render) fn wrap(self, width: usize, hang: usize, most: usize) -> Vec<Line> {
        let lost = (hang + LOST) * most.saturating_sub(1);
        let room = width.saturating_mul(most).saturating_sub(lost).max(width);
        let line = if self.width() > width { self.fit(room) } else { self };
        line.wrap_all(width, hang)
    }

    fn wrap_all(self, width: usize, hang: usize) -> Vec<Line> {
        let mut lines = vec![Line::default()];
        let mut word: Vec<Span> = Vec::new();
        for Span { text, paint, .. } in self.0 {
            for piece in text.split_inclusive(' ') {
                word.push(Span { text: piece.to_owned(), paint, shrinks: false });
                if piece.ends_with(' ') {
                    place(&mut lines, std::mem::take(&mut word), width, hang);
                }
            }
        }
        place(&mut lines, word, width, hang);
        lines.into_iter().map(Line::trim_end).collect()
    }

    /// The line in exactly `width` columns.
    fn fill(self, width: usize) -> Line {
        let line = self.fit(width);
        let missing = width.saturating_sub(line.width());
        line.then(Paint::new(), " ".repeat(missing))
    }

    fn trim_end(mut self) -> Line {
        while let Some(last) = self.0.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                break;
            }
            self.0.pop();
        }
        self
    }

    /// Writes the line, its end with it.
    pub(in crate::render) fn write(self, style: &Style, out: &mut String) {
        let line = self.trim_end().fit(style.width);
        for Span { text, paint, .. } in line.0.iter().filter(|span| !span.text.is_empty()) {
            if style.color {
                out.push_str(&format!("{paint}{text}{paint:#}"));
            } else {
                out.push_str(text);
            }
        }
        out.push('\n');
    }
}

/// Puts a word, with the space behind it, at the end of lines. A word that is longer than a line,
/// as Chinese and Japanese texts are, is broken anywhere.
fn place(lines: &mut Vec<Line>, word: Vec<Span>, width: usize, hang: usize) {
    let all = |word: &[Span]| word.iter().map(|span| columns(span.text.trim_end())).sum::<usize>();
    let used = |lines: &[Line]| lines.last().map_or(0, Line::width);
    let indent = || Line::new(Paint::new(), " ".repeat(hang));
    let fits = used(lines) + all(&word) <= width;
    let long = hang + all(&word) > width;
    if !fits && !long {
        lines.push(indent());
    }
    for mut span in word {
        while long && used(lines) + columns(span.text.trim_end()) > width {
            let start = prefix(&span.text, width.saturating_sub(used(lines))).to_owned();
            if start.is_empty() && used(lines) <= hang {
                // Not even one character fits: the line is cut when it is written.
                break;
            }
            span.text.drain(..start.len());
            if let Some(line) = lines.last_mut() {
                line.0.push(Span { text: start, paint: span.paint, shrinks: false });
            }
            lines.push(indent());
        }
        if let Some(line) = lines.last_mut() {
            line.0.push(span);
        }
    }
}

/// Cells beside each other, each in its width.
pub(in crate::render) fn row(indent: usize, cells: Vec<Line>, widths: &[usize]) -> Line {
    let mut line = Line::new(Paint::new(), " ".repeat(indent));
    for (at, (cell, width)) in cells.into_iter().zip(widths).enumerate() {
        if at > 0 {
            line = line.then(Paint::new(), " ".repeat(GAP));
        }
        line.0.extend(cell.fill(*width).0);
    }
    line
}

/// How wide the cells of rows are at their widest, column by column.
pub(in crate::render) fn widths<'a>(rows: impl Iterator<Item = &'a Vec<Line>>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    widths
}

/// The columns that a row takes besides its cells.
pub(in crate::render) fn gaps(columns: usize) -> usize {
    GAP * columns.saturating_sub(1)
}

/// Clauses in lines of at most `width` columns, with a dot between those of one line. A clause may
/// take about `most` lines.
pub(in crate::render) fn clauses(clauses: Vec<Line>, width: usize, most: usize) -> Vec<Line> {
    const DOT: &str = " · ";
    let mut lines: Vec<Line> = Vec::new();
    for clause in clauses {
        match lines.last_mut() {
            Some(line) if line.width() + columns(DOT) + clause.width() <= width => {
                let start = std::mem::take(line);
                *line = start.then(paint::DIM, DOT);
                line.0.extend(clause.0);
            }
            _ => lines.extend(clause.wrap(width, 0, most)),
        }
    }
    lines
}

/// Writes the sums under a table.
pub(in crate::render) fn write_clauses(words: Vec<String>, style: &Style, out: &mut String) {
    let lines = words.into_iter().map(|words| Line::new(Paint::new(), words)).collect();
    clauses(lines, style.width, 1).into_iter().for_each(|line| line.write(style, out));
}

/// How many columns a text takes. Most texts are plain, and there are many.
fn columns(text: &str) -> usize {
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if plain { text.len() } else { text.width() }
}

/// A text in at most `width` columns, with an ellipsis where something is missing.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let Some(kept) = width.checked_sub(1) else { return String::new() };
    format!("{}…", prefix(text, kept).trim_end())
}

/// The longest start of a text that takes at most `width` columns. The width of a text is not the
/// sum of its characters' (an emoji with a skin tone is as wide as without), so whole starts are
/// measured.
fn prefix(text: &str, width: usize) -> &str {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, char)| at + char.len_utf8())
        .take(width.saturating_add(1).saturating_mul(8))
        .collect();
    let fits = |end: &usize| columns(&text[..*end]) <= width;
    let mut count = ends.partition_point(fits);
    while count > 0 && !fits(&ends[count - 1]) {
        count -= 1;
    }
    count.checked_sub(1).map_or("", |last| &text[..ends[last]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_columns() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("ab", 0), "");
    }

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        let written = |line: Line| {
            let mut out = String::new();
            line.write(&Style { width, color: false }, &mut out);
            out.trim_end().to_owned()
        };
        Line::new(Paint::new(), text).wrap_all(width, 1).into_iter().map(written).collect()
    }

    #[test]
    fn lines_are_wrapped_at_spaces() {
        assert_eq!(wrapped("one two three", 7), ["one two", " three"]);
        assert_eq!(
            wrapped("one two-three-four five", 8),
            ["one two-", " three-f", " our", " five"]
        );
        assert_eq!(wrapped("日本語日本語", 5), ["日本", " 語日", " 本語"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("日本", 1), ["…"]);
    }

    #[test]
    fn a_line_that_is_cut_says_so_once() {
        let plain = Paint::new();
        let line = || Line::new(plain, "abcd").then(plain, "efgh").then(plain, "ijkl");
        let cut = |width| line().fit(width).0.into_iter().map(|span| span.text).collect::<String>();
        assert_eq!(
            [cut(12), cut(9), cut(8), cut(1), cut(0)],
            ["abcdefghijkl", "abcdefgh…", "abcdefg…", "…", ""]
        );
    }

    #[test]
    fn what_may_shrink_gives_way() {
        let plain = Paint::new();
        let line = Line::new(plain, "ticked “").then_shrinking(plain, "x".repeat(40));
        let line = line.then(plain, "” (at the latest)").fit(40);
        let mut out = String::new();
        line.write(&Style { width: 40, color: false }, &mut out);
        assert_eq!(out, "ticked “xxxxxxxxxxxxxx…” (at the latest)\n");
    }
}
