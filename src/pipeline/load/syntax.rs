//! Turns errors of the YAML parser into findings with advice.

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// The beginning of the message about a key that occurs twice.
pub(super) const TWICE: &str = "a key occurs twice";

/// Returns the finding about a file without a document.
pub(super) fn empty() -> Finding {
    rule::EMPTY_FILE
        .at(Position::START, "the file is empty, or holds only comments")
        .hint("`latefile new` writes a filing to start from; delete the file if it is not needed")
}

/// Returns the line of the mark that begins the second document.
pub(super) fn second_document(text: &str) -> Position {
    let marks = text.lines().enumerate().filter(|(_, l)| *l == "---" || l.starts_with("--- "));
    let content_before = |line: usize| {
        text.lines().take(line).any(|l| {
            !l.trim().is_empty() && !l.trim_start().starts_with('#') && !l.starts_with('%')
        })
    };
    marks
        .map(|(line, _)| line)
        .find(|line| content_before(*line))
        .map_or(Position::START, |line| Position { line: line + 1, column: 1 })
}

/// Turns the message of a parser's error, at a position, into a finding.
pub(super) fn syntax(text: &str, error: &str, position: Position) -> Finding {
    // The error has its path first and its position last; findings print these themselves.
    let end = error.find(" at line ").unwrap_or(error.len());
    let mut message = error[..end].to_owned();
    if let Some((_, rest)) = message.split_once(": ").filter(|(path, _)| !path.contains(' ')) {
        message = rest.to_owned();
    }
    let position = within(text, position);
    if message == "repetition limit exceeded" {
        message = "aliases repeat more than any filing needs".to_owned();
    }
    if message.starts_with(TWICE) {
        return rule::DUPLICATE_KEY
            .at(position, message)
            .hint("YAML would silently keep one of the two; remove the other");
    }
    let parsers = ["did not find", "could not find", "found ", "mapping values", "block "];
    let finding = rule::SYNTAX.at(position, &message);
    if parsers.iter().any(|start| message.starts_with(start)) {
        return finding.hint(
            "the mistake may be above: close each quote and bracket, and begin the keys of one \
             mapping in one column",
        );
    }
    finding
}

/// Moves a position after the last line to the end of that line.
// The parser counts a line after a final line break; an editor shows none.
fn within(text: &str, position: Position) -> Position {
    let lines = text.lines().count().max(1);
    if position.line <= lines {
        return position;
    }
    let last = text.lines().last().unwrap_or_default();
    Position { line: lines, column: last.chars().count() + 1 }
}
