//! The text of a document in its order, with its lines, cells and paragraphs, and the place of each
//! line in the original. It is what a reader sees, without any layout.

use crate::diagnostics::source::Position;

/// The character between two cells of a row.
pub const CELL: char = '\t';
/// The mark before the box of a cell that spans several rows. A private character, so that no text
/// has it.
pub const SPANS: char = '\u{E000}';
/// A box that is ticked.
pub const TICKED: char = '\u{2612}';
/// A box that is empty.
pub const EMPTY: char = '\u{2610}';

/// The text of a document. A line break ends a line, an empty line a paragraph, [`CELL`] a cell.
#[derive(Debug, Default)]
pub struct Flow {
    /// The text.
    pub text: String,
    /// The place in the original of each line of the text.
    places: Vec<Position>,
    /// The number of line breaks in the text.
    breaks: usize,
}

impl Flow {
    /// Notes the place in the original of the next text, if it begins a line of the text.
    pub fn mark(&mut self, place: Position) {
        if self.places.len() <= self.breaks {
            self.places.resize(self.breaks + 1, place);
        }
    }

    /// Adds text, in which white space is folded.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() {
                // No YAML can have the others.
                if !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') {
                    self.text.push(c);
                }
            } else if !self.text.ends_with(char::is_whitespace) && !self.text.is_empty() {
                self.text.push(' ');
            }
        }
    }

    /// Ends a cell.
    pub fn cell(&mut self) {
        self.trim();
        self.text.push(CELL);
    }

    /// Ends a line.
    pub fn line(&mut self) {
        self.trim();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.line_break();
        }
    }

    /// Ends a paragraph.
    pub fn paragraph(&mut self) {
        self.line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.line_break();
        }
    }

    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
    }

    fn line_break(&mut self) {
        self.text.push('\n');
        self.breaks += 1;
    }

    /// Returns the place in the original of the line that an offset is on, in the text or in one with
    /// the same line breaks.
    pub fn place_at(&self, text: &str, offset: usize) -> Position {
        let breaks = memchr::memchr_iter(b'\n', &text.as_bytes()[..offset]).count();
        let known = self.places.get(breaks).or(self.places.last());
        known.copied().unwrap_or(Position::START)
    }

    /// Returns the line of the original that an offset is on.
    pub fn line_at(&self, text: &str, offset: usize) -> usize {
        self.place_at(text, offset).line
    }
}

/// Returns the box that a character of a font of symbols (Wingdings) shows, if it shows one. Files
/// have the character itself, or the one at the same place of a private range.
pub fn symbol(c: char) -> Option<char> {
    let place = u32::from(c);
    match if place >= 0xF000 { place - 0xF000 } else { place } {
        0x78 | 0xFD | 0xFE | 0xFC | 0xFB | 0x54 => Some(TICKED),
        0x6F | 0xA8 | 0x71 | 0x72 => Some(EMPTY),
        _ => None,
    }
}
