//! A page with a budget: what no longer fits is left out in whole rows, and counted.

/// A page that is being written.
pub(super) struct Page {
    text: String,
    /// What is left, in UTF-16 units: however a host counts characters, it counts no more.
    left: usize,
    /// How many rows were left out.
    pub(super) cut: usize,
}

impl Page {
    /// A page of so many characters.
    pub(super) fn new(limit: usize) -> Page {
        Page { text: String::new(), left: limit, cut: 0 }
    }

    /// Writes a piece if there is room for it.
    pub(super) fn push(&mut self, piece: &str) -> bool {
        let units = units(piece);
        let fits = units <= self.left;
        if fits {
            self.text.push_str(piece);
            self.left -= units;
        }
        fits
    }

    /// Writes rows with something before and behind them: as many as fit, from the first on. If not
    /// one does, nothing is written.
    pub(super) fn rows(&mut self, before: &str, rows: &[String], behind: &str) {
        let frame = units(before) + units(behind);
        let first = rows.first().map_or(0, |row| units(row));
        if rows.is_empty() || frame + first > self.left {
            self.cut += rows.len();
            return;
        }
        self.push(before);
        self.left -= units(behind);
        let mut written = 0;
        for row in rows {
            if !self.push(row) {
                break;
            }
            written += 1;
        }
        self.left += units(behind);
        self.push(behind);
        self.cut += rows.len() - written;
    }

    /// Writes rows and what stands below them. The rows may be many: they take at most half of the
    /// room from what is below, which is written first.
    pub(super) fn rows_above(
        &mut self,
        before: &str,
        rows: &[String],
        below: impl FnOnce(&mut Page),
    ) {
        let wanted = units(before) + rows.iter().map(|row| units(row)).sum::<usize>();
        let mut page = Page::new(self.left - wanted.min(self.left / 2));
        below(&mut page);
        let taken = units(&page.text);
        self.left -= taken;
        self.rows(before, rows, "");
        self.left += taken;
        self.push(&page.text);
        self.cut += page.cut;
    }

    /// The page as it is.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// The length of a text in UTF-16 units.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
