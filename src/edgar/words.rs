//! Divides texts into words, in the spelling of text documents, for comparisons between formats.
//! These rules remove the differences of layout:
//!
//! - a word of three or more dashes, or of three or more underscores, is a ruled line, not a word;
//! - a colon at a word's end does not count: a layout may put one after a caption;
//! - the bullets `*`, `-` and `•` are one word, and so are the check boxes of one kind;
//! - a word may go on after the end of a line, since a word too long for a line is broken there.

use std::borrow::Cow;

use ecow::EcoString;
use memchr::memmem;

use super::spelling::{is_spelled, spell};

/// An empty check box as one word; the text has a space in it.
pub const EMPTY_BOX: &str = "[_]";

/// A word of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    raw: EcoString,
    /// Whether it may be the rest of the word before, because it begins a line or a piece of one.
    pub joins: bool,
}

impl Word {
    /// Returns the word, or a piece of one, with its colon.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Returns the word in its form for comparisons.
    pub fn word(&self) -> &str {
        plain(&self.raw)
    }
}

/// The words of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The words of its contents.
    pub words: Vec<Word>,
    /// The words that the file marks as artifacts: running feet, repeated headers of a table (ISO
    /// 32000-1, 14.8.2.2).
    pub artifacts: Vec<Word>,
}

/// Whether a word in its form for comparisons is a check box.
pub fn is_box(word: &str) -> bool {
    matches!(word, EMPTY_BOX | "[X]")
}

/// Returns a word as messages show it.
pub fn shown(word: &str) -> &str {
    if word == EMPTY_BOX { "[ ]" } else { word }
}

/// Returns a word without the additions of a layout.
pub fn plain(raw: &str) -> &str {
    // Fast path: most words end without a colon.
    let word = if raw.ends_with(':') { raw.trim_end_matches(':') } else { raw };
    if word == "*" { "-" } else { word }
}

/// Spells a text as text documents do, with each check box as one word.
pub fn spelled(text: &str) -> Cow<'_, str> {
    // A text without a spelling stays as it is: it can be equal to itself nevertheless.
    let spelled = spell(text).unwrap_or(Cow::Borrowed(text));
    // Fast path: most texts have no bracket at all.
    if memchr::memchr(b'[', spelled.as_bytes()).is_none() {
        return spelled;
    }
    Cow::Owned(with_boxes(&spelled).into_owned())
}

/// Returns a spelled text with each check box as one word.
pub fn with_boxes(text: &str) -> Cow<'_, str> {
    let mut boxes = memmem::find_iter(text.as_bytes(), "[ ]").peekable();
    if boxes.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut boxed, mut start) = (String::with_capacity(text.len()), 0);
    for at in boxes {
        boxed.extend([&text[start..at], EMPTY_BOX]);
        start = at + "[ ]".len();
    }
    Cow::Owned(boxed + &text[start..])
}

/// Returns the words of a spelled text, unchanged.
pub fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    // Fast path: nearly all texts are ASCII.
    let (ascii, other) = if is_spelled(text) { (text, "") } else { ("", text) };
    let words = spelled_words(ascii).chain(other.split_whitespace());
    words.filter(|raw| !is_ruled_line(raw) && !plain(raw).is_empty())
}

/// Returns the words of a text in EDGAR's ASCII. The only bytes below a space in such a text are
/// white space.
fn spelled_words(mut rest: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte > b' ')?;
        rest = &rest[start..];
        let end = rest.bytes().position(|byte| byte <= b' ').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// Appends the words of a spelled text. With `joins`, its first word may be the rest of the word
/// before.
pub fn split(text: &str, joins: bool, words: &mut Vec<Word>) {
    let first = text.trim_start().as_ptr();
    words.extend(
        raw_words(text).map(|raw| Word { raw: raw.into(), joins: joins && raw.as_ptr() == first }),
    );
}

fn is_ruled_line(word: &str) -> bool {
    let Some(first @ (b'-' | b'_' | b'=')) = word.bytes().next() else { return false };
    word.len() >= 3 && word.bytes().all(|byte| byte == first)
}
