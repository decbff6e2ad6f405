//! A file before YAML sees it: what makes it no text of a filing, and what the parser would take
//! too long over or report without a line.

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{BYTE_ORDER_MARK, Position};

/// Larger than any filing; a bound on what a hostile file can cost.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Deeper than any filing; `libyaml` is quadratic in unclosed brackets.
const MOST_OPEN_BRACKETS: usize = 100;

/// Reads the text of a file: UTF-8, and small enough to be a filing; and whether a byte order mark
/// stood before it.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<(String, bool), Finding> {
    if bytes.len() > MOST_BYTES {
        return Err(rule::TOO_LARGE
            .at(Spot::File, format!("the file has more than {MOST_BYTES} bytes"))
            .hint("no filing is that large; is this another kind of file?"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (rest.to_owned(), true),
            None => (text, false),
        }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            let byte = error.as_bytes()[valid];
            Err(rule::ENCODING
                .at(
                    Position::of_offset(&before, valid),
                    format!("the byte 0x{byte:02X} is not UTF-8"),
                )
                .hint("save the file as UTF-8"))
        }
    }
}

/// What YAML would report without a line: a control character, or a carriage return on its own,
/// which YAML counts as a line and editors do not.
pub(super) fn unprintable(text: &str) -> Option<Finding> {
    // A look at the bytes settles most files; behind 0xC2 a control beyond ASCII may stand.
    let suspect = |b: u8| (b < b' ' && b != b'\n') || matches!(b, 0x7F | 0xC2);
    if !any_byte(text, suspect) {
        return None;
    }
    let lone_return =
        |(offset, c): &(usize, char)| *c == '\r' && !text[offset + 1..].starts_with('\n');
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let (offset, c) = text.char_indices().find(|found| control(found.1) || lone_return(found))?;
    let message = match c {
        '\r' => "a carriage return stands on its own".to_owned(),
        c => format!("the control character U+{:04X} stands in the file", u32::from(c)),
    };
    let hint =
        if c == '\r' { "end lines as Linux or Windows does" } else { "delete the character" };
    Some(rule::CHARACTER.at(Position::of_offset(text, offset), message).hint(hint))
}

/// Where too many `[` and `{` are open, wherever they stand.
pub(super) fn too_deep(text: &str) -> Option<Finding> {
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

/// Whether a text has such a byte: by blocks, without a branch for each byte.
pub(super) fn any_byte(text: &str, such: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(64).any(|block| block.iter().fold(false, |any, byte| any | such(*byte)))
}
