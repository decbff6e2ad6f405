//! Finds the text of a YAML scalar in its source, and its lines as the source writes them.

use std::ops::Range;

use super::position::{Position, Walk};

/// The place of a scalar in a text, in bytes.
pub(super) struct Extent {
    /// The first character after an anchor: for a block scalar, its `|` or `>`.
    pub(super) head: usize,
    /// The characters of its text.
    pub(super) body: Range<usize>,
}

/// A scalar as the source writes it.
#[derive(Debug)]
pub(crate) struct Written {
    /// The bytes of the scalar, with the head of a block scalar and without line breaks at its end.
    pub(crate) range: Range<usize>,
    /// Its lines, also those that YAML folds.
    pub(crate) lines: Vec<Line>,
}

/// A line of a scalar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Its text, without the scalar's indent, without quotes and with tabs in the place of their
    /// escapes.
    pub(crate) text: String,
    /// Its place in the source.
    pub(crate) start: Position,
}

impl Written {
    /// Returns the scalar that begins at byte `start` of a text.
    pub(super) fn of(text: &str, start: usize) -> Written {
        let Extent { head, body } = Extent::of(text, start);
        let end = body.start + text[body.clone()].trim_end().len();
        let quote = text[head..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = match quote {
            Some(quote) => {
                head + 1..end - usize::from(end > head + 1 && text[..end].ends_with(quote))
            }
            None => body.start..end,
        };
        let is_block = head < body.start;
        let indent = if is_block { least_indent(&text[inner.clone()]) } else { usize::MAX };
        let mut lines = Vec::new();
        let mut at = inner.start;
        let mut walk = Walk::new(text, at);
        for line in text[inner].split('\n') {
            let own = (line.len() - line.trim_start_matches(' ').len()).min(indent);
            push(line[own..].trim_end(), at + own, quote, &mut walk, &mut lines);
            at += line.len() + 1;
        }
        Written { range: head..end, lines }
    }
}

/// Adds a line of the source; a `\\n` in double quotes divides it.
fn push(line: &str, at: usize, quote: Option<char>, walk: &mut Walk<'_>, lines: &mut Vec<Line>) {
    let mut start = at;
    let pieces = line.split(if quote == Some('"') { "\\n" } else { "\n" });
    for piece in pieces {
        let own = match quote {
            Some('"') => piece.replace("\\t", "\t").replace("\\\"", "\""),
            Some(_) => piece.replace("''", "'"),
            None => piece.to_owned(),
        };
        lines.push(Line { text: own, start: walk.to(start) });
        start += piece.len() + 2;
    }
}

/// Returns the indent of a block scalar: that of its least indented line.
fn least_indent(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0)
}

impl Extent {
    /// Returns the place of the scalar that begins at byte `start`.
    pub(super) fn of(text: &str, start: usize) -> Extent {
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = indent(&text[line_start..]);
        let start = start + (text[start..].len() - text[start..].trim_start_matches(' ').len());
        let rest = &text[start..];
        let anchor = rest.starts_with('&').then(|| rest.find([' ', '\n'])).flatten().unwrap_or(0);
        let head = start + anchor + (rest[anchor..].len() - rest[anchor..].trim_start().len());
        let body = match text[head..].chars().next() {
            Some('|' | '>') => {
                let body = text[head..].find('\n').map_or(text.len(), |at| head + at + 1);
                body..block_end(text, body, |spaces| spaces <= indent)
            }
            Some(quote @ ('"' | '\'')) => head..quoted_end(text, head + 1, quote),
            // A plain scalar on a line of its own continues in lines of its indent; one after its
            // key, in deeper lines.
            _ if start - line_start == indent => {
                head..block_end(text, line_end(text, head), |spaces| spaces < indent)
            }
            _ => head..block_end(text, line_end(text, head), |spaces| spaces <= indent),
        };
        Extent { head, body }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

/// Returns the start of the first line that is not empty and whose indent ends the scalar.
fn block_end(text: &str, from: usize, ends: impl Fn(usize) -> bool) -> usize {
    let mut at = from;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        if !line.trim().is_empty() && ends(indent(line)) {
            break;
        }
        at = end;
    }
    at
}

/// Returns the offset after the closing quotation mark, or the end of the text if there is none.
fn quoted_end(text: &str, from: usize, quote: char) -> usize {
    closing_quote(&text[from..], quote).map_or(text.len(), |at| from + at + 1)
}

/// Returns the offset of the mark that closes a quoted scalar, in the text after the opening one. An
/// escaped or doubled mark does not close it.
pub(crate) fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            '\'' if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            c if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}
