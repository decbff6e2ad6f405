//! Divides a text into sentences, and leaves out a legend on forward-looking statements.

use std::ops::Range;

use super::pattern::pattern;

pattern!(LEGEND, r"(?i)\bforward-looking\b");
pattern!(LEGEND_GOES_ON, r"(?i)\b{legend}\b");

/// Returns the sentences without a legend on forward-looking statements. A legend begins with a
/// sentence that contains `forward-looking`, and continues while sentences have a legend's phrases.
pub(super) fn without_legend(text: &str, mut sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    // A legend's `expects` and `will` are not promises.
    if LEGEND.is_match(text) {
        let mut legend = false;
        sentences.retain(|at| {
            let sentence = &text[at.clone()];
            legend = LEGEND.is_match(sentence) || (legend && LEGEND_GOES_ON.is_match(sentence));
            !legend
        });
    }
    sentences
}

/// The most bytes of a sentence. A longer one is divided, so that the time for a text grows with
/// its length: rules search a sentence several times.
// Ten times as long as the longest sentences of real notices.
const LONGEST: usize = 4096;

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "inc", "corp", "co", "ltd", "no", "nos", "mr", "ms", "mrs", "dr", "messrs", "jr", "sr", "st",
    "vs", "sec", "reg", "e.g", "i.e", "approx", "bros", "cf", "art",
];

/// Marks that belong to the sentence whose full stop they follow.
const CLOSING: [char; 5] = ['"', '”', '’', '\'', ')'];

/// Returns the ranges of the sentences of a text. The end of a line also ends a sentence.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line_end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = start;
        for mark in memchr::memchr3_iter(b'.', b'?', b'!', &text.as_bytes()[line..line_end]) {
            let (at, after) = (line + mark, &text[line + mark + 1..]);
            if at >= start && ends(&text[start..at], after) {
                let end = text.len() - after.trim_start_matches(CLOSING).len();
                push(text, start..end, &mut all);
                start = end;
            }
        }
        push(text, start..line_end, &mut all);
        start = line_end;
    }
    all
}

/// Whether a full stop, question mark or exclamation mark between two texts ends a sentence.
fn ends(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(CLOSING);
    let next = after.trim_start();
    if next.len() == after.len()
        || next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    // `J. Roe`, `U.S. Route`.
    let initials = word
        .split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    !initials && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Adds the sentence at a range, without the white space around it, in pieces of at most
/// [`LONGEST`] bytes.
fn push(text: &str, at: Range<usize>, all: &mut Vec<Range<usize>>) {
    let mut start = at.start;
    while start < at.end {
        let rest = &text[start..at.end];
        let most = &rest[..boundary(rest, LONGEST)];
        let space = (most.len() < rest.len()).then(|| most.rfind(' ')).flatten();
        let piece = &most[..space.filter(|space| *space > 0).unwrap_or(most.len())];
        let trimmed = piece.trim_start();
        let from = start + piece.len() - trimmed.len();
        let sentence = from..from + trimmed.trim_end().len();
        start += piece.len();
        all.extend((!sentence.is_empty()).then_some(sentence));
    }
}

/// Returns the last boundary of characters up to an offset; after the end, that of the end.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
