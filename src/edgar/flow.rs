//! The text of a document in its order, with its lines, cells and paragraphs, and the place of each
//! line in the original, without any layout.

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
    /// The number of tables.
    pub tables: usize,
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
                if is_printable(c) {
                    self.text.push(c);
                }
            } else if !self.text.ends_with(char::is_whitespace) && !self.text.is_empty() {
                self.text.push(' ');
            }
        }
    }

    /// Adds another text as paragraphs of its own.
    pub fn append(&mut self, other: &Flow) {
        self.paragraph();
        let known = self.places.last().copied().unwrap_or(Position::START);
        self.places.resize(self.breaks, known);
        self.places.extend(&other.places);
        self.text.push_str(&other.text);
        self.breaks += other.breaks;
        self.paragraph();
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
}

/// Whether a character is one of a text, which YAML can have.
pub fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A font of symbols, whose characters look like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbols {
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Webdings.
    Webdings,
    /// Symbol.
    Symbol,
}

impl Symbols {
    /// Returns the font of a name or a style, or `None` if it is not one of symbols.
    pub fn of_font(name: &str) -> Option<Symbols> {
        let name = name.to_ascii_lowercase();
        let is = |font: &str| name.contains(font);
        match () {
            () if is("wingdings 2") || is("wingdings2") => Some(Symbols::Wingdings2),
            () if is("wingdings") => Some(Symbols::Wingdings),
            () if is("webdings") => Some(Symbols::Webdings),
            () if name.trim() == "symbol" => Some(Symbols::Symbol),
            () => None,
        }
    }

    /// Returns the character that one of the font looks like. Files have the character itself, or the
    /// one at the same place of a private range.
    pub fn shown(self, c: char) -> char {
        let place = u32::from(c);
        let place = if (0xF000..0xF100).contains(&place) { place - 0xF000 } else { place };
        match (self, place) {
            (Symbols::Wingdings, 0x78 | 0xFD | 0xFE | 0xFC | 0xFB | 0x54) => TICKED,
            (Symbols::Wingdings, 0x6F | 0xA8 | 0x71 | 0x72) => EMPTY,
            (Symbols::Wingdings2, 0x4F..=0x54) => TICKED,
            (Symbols::Wingdings2, 0x2A | 0x30 | 0xA3) => EMPTY,
            (Symbols::Webdings, 0x61 | 0x72) => TICKED,
            (Symbols::Webdings, 0x63) => EMPTY,
            (Symbols::Wingdings, 0x6C | 0x6E | 0x76 | 0x9F | 0xA7 | 0xD8)
            | (Symbols::Symbol, 0xB7) => '\u{2022}',
            _ => c,
        }
    }
}
