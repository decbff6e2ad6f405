//! Reports HTML that the tokenizer finds malformed.

use std::ops::Range;

use html5gum::Error;

use super::super::reading::Reading;
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;

/// Parts of the names of the errors that other checks report, with better messages.
const REPORTED_ELSEWHERE: [&str; 5] =
    ["character-reference", "input-stream", "null-character", "question-mark", "solidus-in-tag"];

/// Reports an error of the tokenizer, which it notices at an offset.
pub(super) fn report(reading: &mut Reading<'_>, error: Error, at: usize) {
    let name = error.as_str();
    if REPORTED_ELSEWHERE.iter().any(|known| name.contains(known)) {
        return;
    }
    let range = range(reading.text, error, at);
    reading.report_as(Severity::Warning, &rule::HTML_SYNTAX, range, || {
        let message =
            format!("malformed HTML: {}", name.replace('-', " ").replace("eof", "the file ends"));
        (message, hint(error))
    });
}

/// Returns the place of an error: the mark that it is about, or the last character before it.
fn range(text: &str, error: Error, at: usize) -> Range<usize> {
    // The offset may be inside a character.
    let before = text.get(..at).unwrap_or(text);
    match error {
        Error::InvalidFirstCharacterOfTagName | Error::EofBeforeTagName | Error::EofInTag => {
            last(before, "<")
        }
        Error::EofInComment => last(before, "<!--"),
        _ => before.char_indices().next_back().map_or(0, |(i, _)| i)..before.len(),
    }
}

/// Returns the last range of a mark, or an empty one at the end.
fn last(text: &str, mark: &str) -> Range<usize> {
    text.rfind(mark).map_or(text.len()..text.len(), |at| at..at + mark.len())
}

fn hint(error: Error) -> &'static str {
    match error {
        Error::InvalidFirstCharacterOfTagName | Error::EofBeforeTagName => {
            "write `&lt;` for the sign itself"
        }
        Error::EofInTag | Error::EofInComment => "close it",
        _ => "correct it at the place",
    }
}
