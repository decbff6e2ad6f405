//! Reads the text that a content stream shows (ISO 32000-1, 7.8.2, 9.4 and 14.6), in its order, and
//! which of it is marked as an artifact. The `ActualText` of a mark replaces its signs.

use std::ops::Range;

use super::object::{Fault, is_regular};
use super::signs::Signs;

/// The text that one operator shows.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) artifact: bool,
}

/// An open mark.
struct Mark {
    artifact: bool,
    /// Whether its `ActualText` replaces its signs.
    replaced: bool,
}

/// The open marks, with the number of either kind.
// The numbers are kept, since a search through all marks at each string takes quadratic time.
#[derive(Default)]
struct Marks {
    open: Vec<Mark>,
    artifacts: usize,
    replaced: usize,
}

impl Marks {
    fn begin(&mut self, mark: Mark) {
        self.artifacts += usize::from(mark.artifact);
        self.replaced += usize::from(mark.replaced);
        self.open.push(mark);
    }

    fn end(&mut self) {
        if let Some(mark) = self.open.pop() {
            self.artifacts -= usize::from(mark.artifact);
            self.replaced -= usize::from(mark.replaced);
        }
    }
}

/// An operand that is not a number.
enum Operand<'a> {
    Name(&'a [u8]),
    /// A string, as a range of [`Scanner::texts`].
    Text(Range<usize>),
}

/// Reads a stream, and calls `found` with each piece of text.
///
/// # Errors
/// The text is longer than `left`, in bytes.
pub(super) fn pieces<'f>(
    bytes: &[u8],
    left: &mut usize,
    font: impl Fn(&[u8]) -> Option<&'f Signs>,
    mut found: impl FnMut(Piece<'_>),
) -> Result<(), Fault> {
    let mut scanner = Scanner { bytes, at: 0, texts: Vec::new(), operands: Vec::new() };
    let mut marks = Marks::default();
    let (mut signs, mut text) = (None, String::new());
    while let Some(operator) = scanner.operator() {
        text.clear();
        match operator {
            b"Tf" => signs = scanner.names().next().and_then(&font),
            b"BMC" | b"BDC" => {
                let artifact = scanner.names().next() == Some(b"Artifact");
                let replaced = scanner.replacement(&mut text);
                marks.begin(Mark { artifact, replaced });
            }
            b"EMC" => marks.end(),
            b"Tj" | b"TJ" | b"'" | b"\"" if marks.replaced == 0 => match signs {
                Some(signs) => signs.read(&scanner.texts, &mut text),
                // The string cannot be read, and a reader shows something nevertheless.
                None => text.push(char::REPLACEMENT_CHARACTER),
            },
            _ => {}
        }
        *left = left.checked_sub(text.len()).ok_or(Fault::TooMuch)?;
        if !text.is_empty() {
            found(Piece { text: &text, artifact: marks.artifacts > 0 });
        }
        scanner.texts.clear();
        scanner.operands.clear();
    }
    Ok(())
}

/// Reads operators with their operands.
// Faster than `Lexer`, and keeps whole strings; a content stream has no objects to bound.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The strings before the operator, joined.
    texts: Vec<u8>,
    operands: Vec<Operand<'a>>,
}

impl<'a> Scanner<'a> {
    /// Returns the next operator after collecting its operands, or `None` at the end.
    fn operator(&mut self) -> Option<&'a [u8]> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'(' => self.literal(),
                b'<' if self.bytes.get(self.at) != Some(&b'<') => self.hexadecimal(),
                b'<' => self.at += 1,
                b'%' => drop(self.run(|byte| !matches!(byte, b'\n' | b'\r'))),
                b'/' => {
                    let name = self.run(is_regular);
                    self.operands.push(Operand::Name(name));
                }
                _ if is_regular(byte) => {
                    self.at -= 1;
                    let word = self.run(is_regular);
                    if word[0].is_ascii_alphabetic() || matches!(word[0], b'\'' | b'"') {
                        return Some(word);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads the bytes that satisfy a condition, up to the first that does not.
    fn run(&mut self, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Returns the names among the operands.
    fn names(&self) -> impl Iterator<Item = &'a [u8]> {
        self.operands.iter().filter_map(|operand| match operand {
            Operand::Name(name) => Some(*name),
            Operand::Text(_) => None,
        })
    }

    /// Appends the `ActualText` of a mark (14.9.4). Returns whether the mark has one.
    fn replacement(&self, text: &mut String) -> bool {
        let mut operands = self.operands.iter();
        let given =
            operands.by_ref().any(|operand| matches!(operand, Operand::Name(b"ActualText")));
        let Some(Operand::Text(range)) = operands.next().filter(|_| given) else { return false };
        let bytes = &self.texts[range.clone()];
        // After a byte order mark UTF-16, else one byte for each character (7.9.2.2).
        match bytes.strip_prefix(b"\xFE\xFF") {
            Some(bytes) => {
                let units: Vec<u16> = bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                    .collect();
                text.push_str(&String::from_utf16_lossy(&units));
            }
            None => text.extend(bytes.iter().map(|byte| char::from(*byte))),
        }
        true
    }

    /// Reads the rest of a string in parentheses.
    fn literal(&mut self) {
        let start = self.texts.len();
        let mut open = 1;
        loop {
            let rest = &self.bytes[self.at..];
            let plain = rest.iter().take_while(|byte| !matches!(byte, b'\\' | b'(' | b')')).count();
            self.texts.extend_from_slice(&rest[..plain]);
            let Some(&byte) = rest.get(plain) else {
                self.at = self.bytes.len();
                break;
            };
            self.at += plain + 1;
            match byte {
                b'\\' => self.escaped(),
                b')' if open == 1 => break,
                _ => {
                    open = match byte {
                        b'(' => open + 1,
                        b')' => open - 1,
                        _ => open,
                    };
                    self.texts.push(byte);
                }
            }
        }
        self.operands.push(Operand::Text(start..self.texts.len()));
    }

    /// Decodes the escape after a backslash (7.3.4.2).
    fn escaped(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else { return };
        self.at += 1;
        let meant = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return, // the string goes on in the next line
            b'0'..=b'7' => {
                self.at -= 1;
                let rest = &self.bytes[self.at..];
                let length =
                    rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                self.at += length;
                rest[..length]
                    .iter()
                    .fold(0, |value: u8, digit| value.wrapping_mul(8).wrapping_add(digit - b'0'))
            }
            other => other,
        };
        self.texts.push(meant);
    }

    /// Reads the rest of a string of hexadecimal digits.
    fn hexadecimal(&mut self) {
        let start = self.texts.len();
        let digits = self.run(|byte| byte != b'>');
        self.at += 1;
        self.texts.extend(super::object::hexadecimal(digits, digits.len()));
        self.operands.push(Operand::Text(start..self.texts.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_text_is_read() {
        let stream = b"BT/f0 12 Tf[(\\000\\001)-37(\\000\\()]TJ ET\
                       /Artifact<</Type/Layout>>BDC /f0 9 Tf <0002>Tj EMC\n\
                       /Span<</ActualText<FEFF00410042>>>BDC (\\000\\001)Tj EMC (a";
        let signs = Signs::of(&[(1, "x"), (2, "y"), (40, "(")]);
        let mut found = Vec::new();
        let mut read = |left| {
            pieces(
                stream,
                &mut { left },
                |_| Some(&signs),
                |piece| found.push((piece.text.to_owned(), piece.artifact)),
            )
        };
        assert_eq!((read(4), read(5)), (Err(Fault::TooMuch), Ok(())));
        let found = &found[2..];
        let expected = [("x(", false), ("y", true), ("AB", false)]
            .map(|(text, artifact)| (text.to_owned(), artifact));
        assert_eq!(found, expected);
    }
}
