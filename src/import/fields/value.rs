//! Values as they are printed: without rules, boxes and captions around them.

use crate::edgar::flow::SPANS;
use crate::import::plain::{is_rule, one_line, trimmed};

pub(super) fn not_read(why: &str, place: Option<String>) -> String {
    match place {
        Some(place) => format!("not read: {why}, {place}"),
        None => format!("not read: {why}"),
    }
}

/// Returns the lines of a value, without rules and what surrounds a caption.
pub(super) fn values(text: &str) -> Vec<String> {
    let lines =
        text.split('\n').map(trimmed).filter(|line| line.chars().any(char::is_alphanumeric));
    lines.map(str::to_owned).collect::<Vec<_>>().iter().map(|line| one_line(line)).collect()
}

/// Returns a text without rules, boxes and marks.
pub(super) fn cleaned(text: &str) -> String {
    let lines = text.split('\n').filter(|line| line.trim().is_empty() || !is_rule(line.trim()));
    lines.collect::<Vec<_>>().join("\n").replace(SPANS, "").trim().to_owned()
}

/// Whether a value says that there is none.
pub(super) fn is_nothing(value: &str) -> bool {
    let letters: String =
        value.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    matches!(letters.as_str(), "" | "na" | "none" | "notapplicable")
}

/// Returns the offset of a character at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
