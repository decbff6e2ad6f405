//! Finds the characters outside EDGAR's alphabet, and proposes others in their place.

use std::borrow::Cow;
use std::ops::Range;

use super::formats::Kind;
use super::reading::Reading;
use super::spelling::{is_ascii, spell};
use crate::diagnostics::characters::{is_invisible, number};
use crate::diagnostics::rule;

/// The maximum number of different characters reported on one line.
// A line with more is not text, and the search through those seen so far is linear.
const KINDS: usize = 16;

/// The maximum number of bytes outside UTF-8 whose values are kept.
const STRAY: usize = 1000;

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; five of them are undefined.
// Documents that are not UTF-8 mostly come from word processors under Windows.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Returns the character of a byte above ASCII in Windows-1252.
pub(super) fn windows(byte: u8) -> char {
    WINDOWS.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

/// Whether a byte needs no check in text or HTML: it is in the alphabet (EDGAR Filer Manual,
/// Vol. II, Table 5-1), and neither a tag nor a line nor a column begins with it.
pub(super) fn is_plain(byte: u8) -> bool {
    // A table, since this is asked of every byte of a document.
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0x20;
        while byte < 0x7F {
            plain[byte] = byte != b'^' as usize && byte != b'<' as usize;
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

/// A document's text, with U+FFFD for each run of bytes outside UTF-8.
pub(super) struct Decoded<'a> {
    /// The text of the file.
    pub(super) text: Cow<'a, str>,
    /// The first byte of each run, with its offset in the text.
    stray: Vec<(usize, u8)>,
}

impl Decoded<'_> {
    /// Decodes a document.
    pub(super) fn new(bytes: &[u8]) -> Decoded<'_> {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Decoded { text: Cow::Borrowed(text), stray: Vec::new() };
        }
        let (mut text, mut stray) = (String::with_capacity(bytes.len()), Vec::new());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if let Some(byte) = chunk.invalid().first() {
                if stray.len() < STRAY {
                    stray.push((text.len(), *byte));
                }
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Decoded { text: Cow::Owned(text), stray }
    }

    /// Returns the byte outside UTF-8 at an offset, or `None` if it is not known.
    fn stray_at(&self, offset: usize) -> Option<u8> {
        self.stray
            .binary_search_by_key(&offset, |(at, _)| *at)
            .ok()
            .map(|found| self.stray[found].1)
    }
}

/// Reports each different character of a line that EDGAR does not accept, once.
pub(super) fn check(
    reading: &mut Reading<'_>,
    decoded: &Decoded<'_>,
    line: Range<usize>,
    kind: Kind,
) {
    for stray in strays(reading, decoded, line) {
        let Stray { c, byte, at, count } = stray;
        reading.report(&rule::EDGAR_CHARACTER, at..at + c.len_utf8(), || {
            let times =
                if count > 1 { format!(", {count} times on this line") } else { String::new() };
            match byte {
                Some(byte) => (not_utf8(byte) + &times, instead(windows(byte), kind)),
                None => {
                    (format!("{} is outside EDGAR's alphabet{times}", shown(c)), instead(c, kind))
                }
            }
        });
    }
}

/// A character outside the alphabet, on one line.
struct Stray {
    c: char,
    /// Its byte, if it is not UTF-8.
    byte: Option<u8>,
    /// The offset of the first one.
    at: usize,
    /// The number of times that the line has it.
    count: usize,
}

/// Returns the different characters of a line outside the alphabet, in their order.
fn strays(reading: &Reading<'_>, decoded: &Decoded<'_>, line: Range<usize>) -> Vec<Stray> {
    let mut seen: Vec<Stray> = Vec::new();
    for (at, c) in reading.text[line.clone()].char_indices() {
        let at = line.start + at;
        // Tabs, form feeds and carriage returns are in the alphabet; the byte order mark has a rule
        // of its own.
        let in_file = reading.start + at;
        let mark = in_file == 0 && c == '\u{FEFF}';
        if is_ascii(c) || matches!(c, '\t' | '\r' | '\u{C}') || mark {
            continue;
        }
        let byte = if c == char::REPLACEMENT_CHARACTER { decoded.stray_at(in_file) } else { None };
        if let Some(known) = seen.iter_mut().find(|known| known.c == c && known.byte == byte) {
            known.count += 1;
        } else if seen.len() < KINDS {
            seen.push(Stray { c, byte, at, count: 1 });
        }
    }
    seen
}

/// Returns the message about a byte outside UTF-8, with its character in Windows-1252.
pub fn not_utf8(byte: u8) -> String {
    let meant = windows(byte);
    let guess = if meant.is_control() {
        String::new()
    } else {
        format!("; in Windows-1252 it is `{meant}`")
    };
    format!("the byte 0x{byte:02X} is not UTF-8{guess}")
}

/// Returns a character for a message, by its number if it is invisible.
fn shown(c: char) -> String {
    let number = number(c);
    if is_invisible(c) || c.is_whitespace() { number } else { format!("`{c}` ({number})") }
}

/// Returns the advice on a character: another spelling, an entity or its deletion.
fn instead(c: char, kind: Kind) -> String {
    if c.is_control() || matches!(c, '\u{FEFF}' | char::REPLACEMENT_CHARACTER) {
        return "delete it".to_owned();
    }
    if kind == Kind::Html {
        return format!("write `&#{};`", u32::from(c));
    }
    match spell(c.encode_utf8(&mut [0; 4])) {
        Ok(spelled) if spelled.is_empty() => "delete it".to_owned(),
        Ok(spelled) if spelled.trim().is_empty() => "write a space".to_owned(),
        Ok(spelled) => format!("write `{}`", spelled.trim()),
        Err(_) => "write it in Latin letters".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_outside_utf8_keep_their_places() {
        let decoded = Decoded::new(b"a\x93b\xE2\x82c");
        assert_eq!(decoded.text, "a\u{FFFD}b\u{FFFD}c");
        assert_eq!(
            (decoded.stray_at(1), decoded.stray_at(5), decoded.stray_at(2)),
            (Some(0x93), Some(0xE2), None)
        );
        assert_eq!((windows(0x93), windows(0xE9)), ('“', 'é'));
    }

    #[test]
    fn plain_bytes_are_in_the_alphabet() {
        for byte in 0..=255u8 {
            let c = char::from(byte);
            assert_eq!(is_plain(byte), byte.is_ascii() && is_ascii(c) && c != '<', "{byte}");
        }
    }
}
