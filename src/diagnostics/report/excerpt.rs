//! The excerpt of a finding: its source line, and the span of the word or scalar in it.

use crate::diagnostics::characters::is_invisible;
use crate::diagnostics::finding::{Located, Spot};
use crate::diagnostics::source::{Spelled, spelled};

/// Returns the source line, with invisible characters marked, and the bytes of it to point at: the
/// finding's width, its phrase, or the word or scalar that begins at its column.
pub(super) fn excerpt(located: &Located) -> (String, std::ops::Range<usize>) {
    let line = &located.line;
    let start = line
        .char_indices()
        .nth(located.place.position.column.saturating_sub(1))
        .map_or(line.len(), |(i, _)| i);
    let rest = &line[start..];
    let needle = match &located.finding.spot {
        Spot::Within(_, phrase, _) => match spelled(rest, phrase) {
            Spelled::Whole(length) => Some(length),
            Spelled::CutOff => Some(rest.len()), // it continues in the next line
            Spelled::No => None,
        },
        _ => None,
    };
    let width = located
        .finding
        .width
        .map(|width| rest.char_indices().nth(width).map_or(rest.len(), |(i, _)| i));
    let length = width.or(needle).or_else(|| match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map(|end| end + 2),
        _ => rest.find([':', ',', ']', '}']).filter(|end| *end > 0),
    });
    let length = length.unwrap_or(rest.trim_end().len());
    let length = if width.is_some() { length } else { rest[..length].trim_end().len() };
    // Marked last: the search for the phrase needs the spelling of the file.
    let before = marked(&line[..start]);
    let shown = marked(&rest[..length]);
    let after = marked(&rest[length..]);
    let span = before.len()..before.len() + shown.len();
    (before + &shown + &after, span)
}

/// Returns a line with a mark for each invisible character, so that columns do not change.
fn marked(line: &str) -> String {
    // The printer knows the width of a tab.
    line.chars().map(|c| if c != '\t' && is_invisible(c) { '\u{25A1}' } else { c }).collect()
}

/// Returns the column after the last character pointed at, or `None` if there is no line to show.
pub(super) fn end_column(located: &Located) -> Option<usize> {
    let (line, caret) = excerpt(located);
    (!caret.is_empty()).then(|| line[..caret.end].chars().count() + 1)
}
