//! Values as they are printed: without rules, boxes and captions around them.

use std::sync::LazyLock;

use regex::Regex;

use crate::edgar::flow::SPANS;
use crate::form12b25::rules::days;
use crate::import::notice::{Day, Origin, Unread};
use crate::import::plain::{is_rule, one_line, trimmed};

pub(super) fn not_read(why: &'static str, at: Option<Origin>) -> Unread {
    Unread { why, at }
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

/// A day in figures.
static FIGURES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2})[-.](\d{1,2})[-.](\d{4}|\d{2})\b").ok());

/// Returns the first day in a text, which may be in capitals, or in figures with hyphens.
pub(super) fn first_day(text: &str) -> Option<Day> {
    let figures = |text: &str| {
        FIGURES.as_ref().map_or_else(|| text.to_owned(), |p| p.replace_all(text, "$1/$2/$3").into())
    };
    let text = figures(&text.replace('_', " ").replace(" ,", ","));
    let mut in_word = false;
    let text: String = text
        .chars()
        .map(|c| {
            let lower = std::mem::replace(&mut in_word, c.is_alphabetic());
            if lower { c.to_ascii_lowercase() } else { c }
        })
        .collect();
    days(&text).next().map(|(at, day)| Day::of(&text[at], day))
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
