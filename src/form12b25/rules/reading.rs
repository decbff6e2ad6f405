//! Folds the letters of a text for reading: a ligature, a full-width or mathematical letter, a thin
//! space and a soft hyphen mean the plain letters. The place of each is kept.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr2, memmem};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostics::characters::{any_byte, beyond};
use crate::diagnostics::finding::Spot;
use crate::diagnostics::source::YamlPath;
use crate::edgar::lines;
use crate::form12b25::model::fold_onto;

/// A text of the YAML for reading: a line for each paragraph, with white space and letters folded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The text for reading.
    pub(super) text: String,
    /// The text as it is written, if letters are folded for reading.
    original: Option<Original>,
}

/// The text as it is written, with the place there of each byte for reading.
#[derive(Debug, Clone, PartialEq)]
struct Original {
    text: String,
    /// For each byte for reading, the first byte of its character.
    places: Vec<usize>,
}

impl Reading {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Reading {
        let (text, original) = read(in_lines(text));
        Reading { text, original }
    }

    /// Whether a text is for reading as it is written. Many longer ones are as well.
    pub(super) fn is_plain(text: &str) -> bool {
        !any_byte(text, |byte| !matches!(byte, b' '..=b'~'))
            && DOUBLE_SPACE.find(text.as_bytes()).is_none()
            && text.trim() == text
    }

    /// Returns the place of a piece of the text, which is the value at a path.
    pub(super) fn spot(&self, path: &YamlPath, at: Range<usize>) -> Spot {
        let (before, phrase) = match &self.original {
            Some(original) => original.piece(at),
            None => (&self.text[..at.start], &self.text[at]),
        };
        // White space is folded, so that offsets differ from those in the file; counts do not.
        let before = before.matches(phrase).count();
        Spot::Within(path.clone(), phrase.to_owned(), before)
    }
}

impl Original {
    /// Returns the text before the characters at a range for reading, and those characters.
    fn piece(&self, at: Range<usize>) -> (&str, &str) {
        let place = |byte: usize| self.places.get(byte).copied().unwrap_or(self.text.len());
        let start = place(at.start);
        let last = place(at.end.saturating_sub(1).max(at.start));
        let end = last + self.text[last..].chars().next().map_or(0, char::len_utf8);
        (&self.text[..start], &self.text[start..end])
    }
}

/// Returns a text for reading, with its original if both differ.
fn read(text: String) -> (String, Option<Original>) {
    // Fast path: most texts have no more than curly quotes beyond ASCII.
    if !beyond(&text, |byte| byte.is_ascii()).any(|(_, c)| is_folded(c)) {
        return (text, None);
    }
    let mut reading = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_ignored(c) {
            continue;
        }
        match c {
            '\u{2010}' | '\u{2011}' => reading.push('-'),
            c if is_folded(c) => reading.extend(std::iter::once(c).nfkc()),
            c => reading.push(c),
        }
        places.resize(reading.len(), at);
    }
    (reading, Some(Original { text, places }))
}

static DOUBLE_SPACE: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("  "));

/// Returns a text with each paragraph on one line, and each run of white space as one space.
fn in_lines(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    // Fast path: within a line, most texts have single spaces only.
    let folds = memchr2(b'\t', b'\r', text.as_bytes()).is_some()
        || DOUBLE_SPACE.find(text.as_bytes()).is_some();
    let mut between = "";
    for line in lines(text) {
        if line.trim().is_empty() {
            between = "\n";
            continue;
        }
        if !all.is_empty() {
            all.push_str(between);
        }
        if folds {
            fold_onto(&mut all, line)
        } else {
            all.push_str(line.trim_matches([' ', '\n']))
        }
        between = " ";
    }
    all
}

/// Whether a character is not read: a soft hyphen, or one of no width.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character is read as others. Superscripts are not: `restated²` has a mark of a note.
fn is_folded(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let compatible = c.is_alphabetic()
        || c.is_whitespace()
        || matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{1D7CE}'..='\u{1D7FF}');
    let plain = || std::iter::once(c).nfkc().all(|c| matches!(c, ' '..='~'));
    is_ignored(c) || matches!(c, '\u{2010}' | '\u{2011}') || (compatible && plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_other_forms_are_read_as_plain_ones() {
        for (text, expected) in [
            ("speciﬁc oﬃce", "specific office"),
            ("ｒｅｓｔａｔｅ", "restate"),
            ("𝐫𝐞𝐬𝐭𝐚𝐭𝐞 𝟐", "restate 2"),
            ("re\u{AD}stated", "restated"),
            ("re\u{200B}stated\u{FEFF}", "restated"),
            ("March\u{2009}31\u{202F}, 2026", "March 31 , 2026"),
            ("10\u{2011}K", "10-K"),
        ] {
            let (reading, original) = read(text.to_owned());
            assert_eq!(reading, expected);
            assert!(original.is_some());
        }
        for text in ["restated", "“Company” — Société", "restated² …™"] {
            assert_eq!(read(text.to_owned()), (text.to_owned(), None));
        }
    }

    #[test]
    fn a_piece_is_that_of_the_original() {
        let (reading, original) = read("ﬁne, re\u{AD}stated ﬁgures".to_owned());
        let original = original.unwrap();
        let piece = |words: &str| {
            let start = reading.find(words).unwrap();
            original.piece(start..start + words.len())
        };
        assert_eq!(piece("restated"), ("ﬁne, ", "re\u{AD}stated"));
        assert_eq!(piece("figures"), ("ﬁne, re\u{AD}stated ", "ﬁgures"));
        assert_eq!(piece("i"), ("", "ﬁ"));
    }
}
