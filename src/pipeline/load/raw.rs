//! Checks a file's bytes before YAML parses them.
//!
//! Finds files that are too large or not UTF-8, and faults that the YAML parser would take too long
//! to find or would report without a line.

use crate::diagnostics::count::grouped;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{BYTE_ORDER_MARK, Position, with_line_feeds};
use crate::edgar;

/// The most bytes of a file. No filing is as large; a hostile file must not cost more.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The most brackets that are open at once.
// The parser's time grows with the square of their number: 100 KB of `[` take 20 seconds.
const MOST_OPEN_BRACKETS: usize = 100;

/// The most `-` and `?` that follow others on their lines. No filing has as many.
// Each is a list or a mapping inside another, for which the parser takes a kilobyte.
const MOST_COMPACT: usize = 10_000;

/// Returns the text of a file with line feeds as line ends, and whether a byte order mark was before
/// it.
///
/// # Errors
/// The file is too large, or is not UTF-8.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<(String, bool), Finding> {
    if bytes.len() > MOST_BYTES {
        return Err(rule::TOO_LARGE
            .at(Spot::File, format!("the file has more than {MOST_BYTES} bytes"))
            .hint("no filing is that large; is this another kind of file?"));
    }
    if is_utf16(&bytes) {
        return Err(rule::ENCODING
            .at(Spot::File, "the file is UTF-16")
            .hint("save the file as UTF-8"));
    }
    match String::from_utf8(with_line_feeds(bytes)) {
        Ok(text) => Ok(match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (rest.to_owned(), true),
            None => (text, false),
        }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            let byte = error.as_bytes()[valid];
            Err(rule::ENCODING
                .at(Position::of_offset(&before, valid), edgar::not_utf8(byte))
                .hint("save the file as UTF-8"))
        }
    }
}

/// Whether bytes are UTF-16, with or without its mark.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    // Of the keys in UTF-16, every other byte is zero.
    let zeros = |from: usize| {
        let half: Vec<u8> = bytes.iter().skip(from).step_by(2).take(64).copied().collect();
        half.iter().filter(|byte| **byte == 0).count() * 2 > half.len()
    };
    bytes.len() > 1 && zeros(0) != zeros(1)
}

/// Finds the place where too many `[` and `{` are open, or too many lists and mappings begin.
pub(super) fn too_deep(text: &str) -> Option<Finding> {
    too_many_brackets(text).or_else(|| too_many_compact(text))
}

/// Finds the line with which too many `-` and `?` follow others on their lines.
fn too_many_compact(text: &str) -> Option<Finding> {
    // Fast path: no filing has as many, with those in its texts.
    if memchr::memchr2_iter(b'-', b'?', text.as_bytes()).count() <= MOST_COMPACT {
        return None;
    }
    let mut all = 0usize;
    for (number, line) in (1..).zip(text.lines()) {
        let marks = line.split_ascii_whitespace().take_while(|word| matches!(*word, "-" | "?"));
        all += marks.count().saturating_sub(1);
        if all > MOST_COMPACT {
            let message = format!(
                "more than {} `-` and `?` follow others on their lines",
                grouped(MOST_COMPACT)
            );
            return Some(rule::NESTING.at(Position { line: number, column: 1 }, message));
        }
    }
    None
}

/// Finds the place where too many `[` and `{` are open.
fn too_many_brackets(text: &str) -> Option<Finding> {
    // Those in texts and comments count too: no filing has as many.
    if memchr::memchr2_iter(b'[', b'{', text.as_bytes()).count() <= MOST_OPEN_BRACKETS {
        return None;
    }
    let mut open = 0usize;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MOST_OPEN_BRACKETS {
            let message = format!("more than {MOST_OPEN_BRACKETS} brackets are open here");
            return Some(rule::NESTING.at(Position::of_offset(text, offset), message));
        }
    }
    None
}
