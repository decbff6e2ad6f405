//! Characters outside EDGAR's alphabet: found, named, and with what to write in their place.

use std::borrow::Cow;
use std::ops::Range;

use super::formats::Kind;
use super::reading::Reading;
use super::spelling::{is_ascii, spell};
use crate::diagnostics::characters::{is_invisible, number};
use crate::diagnostics::rule;

/// How many kinds of characters are told on one line; a line with more is no text.
const KINDS: usize = 16;

/// How many bytes that are no UTF-8 are remembered by their value.
const STRAY: usize = 1000;

/// What the bytes 0x80 to 0x9F are in Windows-1252, where documents with such bytes come from; five
/// of them are nothing.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The character that a byte above ASCII is in Windows-1252.
pub(super) fn windows(byte: u8) -> char {
    WINDOWS.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

/// Whether a byte needs no look in a document of either kind: it is in the alphabet (Table 5-1),
/// and begins no tag, no line and no column.
pub(super) fn is_plain(byte: u8) -> bool {
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

/// A document's text, with a U+FFFD for each run of bytes that is no UTF-8, and the first bytes of
/// those runs by where they stand.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    stray: Vec<(usize, u8)>,
}

impl Decoded<'_> {
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

    /// The byte that stands at an offset instead of a character.
    fn stray_at(&self, offset: usize) -> Option<u8> {
        self.stray
            .binary_search_by_key(&offset, |(at, _)| *at)
            .ok()
            .map(|found| self.stray[found].1)
    }
}

/// Reports each kind of character of a line that EDGAR does not take, once. A tab, a form feed and
/// a carriage return are in the alphabet.
pub(super) fn judge(
    reading: &mut Reading<'_>,
    decoded: &Decoded<'_>,
    line: Range<usize>,
    kind: Kind,
) {
    let mut seen: Vec<(char, Option<u8>, usize, usize)> = Vec::new();
    for (at, c) in reading.text[line.clone()].char_indices() {
        let at = line.start + at;
        let mark = at == 0 && c == '\u{FEFF}';
        if is_ascii(c) || matches!(c, '\t' | '\r' | '\u{C}') || mark {
            continue;
        }
        let byte = if c == char::REPLACEMENT_CHARACTER { decoded.stray_at(at) } else { None };
        if let Some((.., count)) = seen.iter_mut().find(|(known, b, ..)| *known == c && *b == byte)
        {
            *count += 1;
        } else if seen.len() < KINDS {
            seen.push((c, byte, at, 1));
        }
    }
    for (c, byte, at, count) in seen {
        reading.report(&rule::EDGAR_CHARACTER, at..at + c.len_utf8(), || {
            let times =
                if count > 1 { format!(", {count} times on this line") } else { String::new() };
            match byte {
                Some(byte) => {
                    let meant = windows(byte);
                    let known = if meant.is_control() {
                        String::new()
                    } else {
                        format!("; it may be a `{meant}`")
                    };
                    (
                        format!("the byte 0x{byte:02X} is no UTF-8{known}{times}"),
                        instead(meant, kind),
                    )
                }
                None => {
                    (format!("{} is outside EDGAR's alphabet{times}", shown(c)), instead(c, kind))
                }
            }
        });
    }
}

/// A character for a message.
fn shown(c: char) -> String {
    let number = number(c);
    if is_invisible(c) || c.is_whitespace() { number } else { format!("`{c}` ({number})") }
}

/// What to write instead of a character.
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
    fn bytes_that_are_no_utf8_are_known_by_their_place() {
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
