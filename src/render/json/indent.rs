//! Indentation: what `serde_json`'s own pretty formatter writes, but a line's beginning in one go.
//! Of a large document it takes more time than all the rest.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// A comma, a line end and as many spaces as a document of ours is deep, twice over.
const BREAK: &[u8; 50] = b",\n                                                ";
/// Spaces per level.
const STEP: usize = 2;

/// Lists and objects with a value a line.
#[derive(Debug, Default)]
pub(super) struct Indented {
    depth: usize,
    /// Whether the list or object that was ended last, or is being written, has a value.
    has_value: bool,
}

impl Indented {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.break_line(writer, false)?;
        }
        writer.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.break_line(writer, !first)
    }

    fn break_line<W: ?Sized + Write>(&self, writer: &mut W, comma: bool) -> io::Result<()> {
        let spaces = STEP * self.depth;
        let at_once = spaces.min(BREAK.len() - 2);
        writer.write_all(&BREAK[usize::from(!comma)..at_once + 2])?;
        (at_once..spaces).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.next(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.next(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_what_serde_json_writes() {
        let mut deep = json!([{"a": 1}]);
        for _ in 0..40 {
            deep = json!({"deep": [deep, [], {}], "empty": {}});
        }
        let documents = [deep, json!([]), json!({}), json!("x"), json!([[], {"a": []}, null, 1.5])];
        for document in documents {
            let mut text = Vec::new();
            let mut serializer =
                serde_json::Serializer::with_formatter(&mut text, Indented::default());
            document.serialize(&mut serializer).expect("it can be written");
            let expected = serde_json::to_string_pretty(&document).expect("it can be written");
            assert_eq!(String::from_utf8_lossy(&text), expected);
        }
    }
}
