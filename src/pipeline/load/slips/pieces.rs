//! The pieces of a line that may be meant as texts.

use std::ops::Range;

use super::lines::{Line, Lines, word};
use super::signs::LONGEST_IN_BRACKETS;
use super::slip::{Kind, Slip, quoted};

/// A text in a YAML source: a value, an item, or an entry in brackets.
pub(super) struct Piece {
    /// Its range in the source, of several lines if the text has them.
    pub(super) range: Range<usize>,
    /// The end of its first line.
    pub(super) first: usize,
}

/// Returns the texts that may be meant on a line: that of its value with and without the lines
/// below it, and the entries in its brackets.
pub(super) fn pieces(lines: &Lines<'_>, nth: usize) -> Vec<Piece> {
    let line = &lines.all[nth];
    let mut pieces = Vec::new();
    if line.in_block || line.is_blank() {
        return pieces;
    }
    let value = line.value.clone();
    let mut add = |range: Range<usize>, first: usize| {
        if !range.is_empty() {
            pieces.push(Piece { range, first });
        }
    };
    let last = lines.below(nth, line.parent()).end - 1;
    let below = &lines.all[last];
    if last > nth {
        add(value.start..below.start + below.text.trim_end().len(), value.end);
    }
    add(value.clone(), value.end);
    // An item may be meant as a text although it looks like a mapping.
    if !line.dashes.is_empty() && line.key.is_some_and(|key| !lines.is_known(key)) {
        let content = line.start + line.column;
        if last > nth {
            add(content..below.start + below.text.trim_end().len(), value.end);
        }
        add(content..line.start + line.text.trim_end().len(), line.end());
    }
    for range in entries(lines, line) {
        let end = range.end;
        add(range, end);
    }
    pieces
}

/// Returns the ranges of the entries between the brackets and commas of a line: the whole of each,
/// and the part after a key.
fn entries(lines: &Lines<'_>, line: &Line<'_>) -> Vec<Range<usize>> {
    if line.text.len() > LONGEST_IN_BRACKETS || !line.text.contains(['{', '[', ',']) {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut from = line.column;
    let ends = line.text.match_indices(['{', '[', ',', ']', '}']).map(|(at, _)| at);
    for end in ends.chain([line.text.len()]).filter(|end| *end >= line.column) {
        let piece = &line.text[from..end];
        let start = from + piece.len() - piece.trim_start().len();
        let trimmed = piece.trim();
        from = end + 1;
        if trimmed.is_empty() {
            continue;
        }
        let key = word(trimmed).filter(|key| trimmed[key.len()..].starts_with(':'));
        let whole = line.start + start..line.start + start + trimmed.len();
        if let Some(key) = key {
            let rest = trimmed[key.len() + 1..].trim_start();
            if !rest.is_empty() {
                ranges.push(whole.end - rest.len()..whole.end);
            }
            if lines.is_known(key) {
                continue;
            }
        }
        ranges.push(whole);
    }
    ranges
}

/// Returns the slip that quotes repair.
pub(super) fn to_quote(
    kind: Kind,
    piece: &Piece,
    text: &str,
    at: usize,
    said: (String, String),
) -> Slip {
    let (message, hint) = said;
    let edits = vec![(piece.range.clone(), quoted(text))];
    let width = if kind == Kind::Colon {
        1
    } else {
        text.lines().next().map_or(1, |line| line.trim_end().chars().count())
    };
    Slip { kind, at, width, message, hint, edits }
}
