//! Lines and columns of a text, and the file that they are in.

use std::fmt;

use memchr::memchr_iter;

/// A line and a column, both from 1, columns in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Position {
    /// The start of a file, and the place of a finding about the whole file.
    pub const START: Position = Position { line: 1, column: 1 };

    /// Returns the position of a byte offset in a text; after the end, that of the end.
    pub fn of_offset(text: &str, offset: usize) -> Position {
        // A parser's offset can be within a character.
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Position {
            line: memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// Returns the position that a YAML error's text ends with, or the start if there is none.
    pub(crate) fn of_error(error: &dyn fmt::Display) -> Position {
        // A visitor's error type is generic and has no `location`. The text has the position, but
        // omits it at the start of a file.
        let text = error.to_string();
        let numbers =
            text.rsplit_once(" at line ").and_then(|(_, rest)| rest.split_once(" column "));
        match numbers.map(|(line, column)| (line.parse(), column.parse())) {
            Some((Ok(line), Ok(column))) => Position { line, column },
            _ => Position::START,
        }
    }

    /// Returns the byte offset of this position in a text; after the end, that of the end.
    pub fn offset_in(self, text: &str) -> usize {
        let start = match self.line {
            0 | 1 => 0,
            n => memchr_iter(b'\n', text.as_bytes()).nth(n - 2).map_or(text.len(), |i| i + 1),
        };
        text[start..]
            .char_indices()
            .nth(self.column.saturating_sub(1))
            .map_or(text.len(), |(i, _)| start + i)
    }
}

/// Finds the positions of rising offsets in one pass over a text.
#[derive(Debug)]
pub struct Walk<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Walk<'a> {
    /// Starts at an offset.
    pub fn new(text: &'a str, offset: usize) -> Walk<'a> {
        Walk { text, offset, position: Position::of_offset(text, offset) }
    }

    /// Returns the position of an offset; before the last one, that of the last one.
    pub fn to(&mut self, offset: usize) -> Position {
        let mut end = offset.clamp(self.offset, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let passed = &self.text[self.offset..end.max(self.offset)];
        let breaks = memchr_iter(b'\n', passed.as_bytes()).count();
        self.position.line += breaks;
        let own = passed.rfind('\n').map_or(passed, |at| &passed[at + 1..]);
        let before = if breaks > 0 { 1 } else { self.position.column };
        self.position.column = before + own.chars().count();
        self.offset = end.max(self.offset);
        self.position
    }
}

/// A file and a position in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as printed: relative, with `/`.
    pub file: String,
    /// Line and column.
    pub position: Position,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.position.line, self.position.column)
    }
}
