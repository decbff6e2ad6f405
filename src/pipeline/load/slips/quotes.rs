//! Slips in quotes: those that are not closed, end a text too early, or are typographic.

use super::brackets::unclosed;
use super::lines::{Line, Lines};
use super::pieces::{Piece, pieces, to_quote};
use super::slip::{Kind, Slip, quoted};
use crate::diagnostics::characters::{meant, number};
use crate::diagnostics::source::closing_quote;

/// Returns the repairs of the quotes of a line.
pub(super) fn of_line(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    let mut slips = Vec::new();
    for piece in pieces(lines, nth) {
        let text = &lines.text[piece.range.clone()];
        slips.extend(quotes(lines, nth, &piece, text));
        slips.extend(curly(&piece, text));
    }
    if !line.in_block {
        slips.extend(apostrophes(line));
        slips.extend(curly_line(line));
    }
    slips
}

/// Returns the repairs of a text that begins with a quote.
fn quotes(lines: &Lines<'_>, nth: usize, piece: &Piece, text: &str) -> Vec<Slip> {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return Vec::new();
    };
    let name = if quote == '"' { "quotation mark" } else { "apostrophe" };
    let at = piece.range.start;
    let Some(close) = closing(text, quote) else {
        return unclosed(lines, nth, at, &quote.to_string(), "quote");
    };
    let mut slips = unclosed(lines, nth, at, &quote.to_string(), "quote");
    let rest = text[close + 1..].lines().next().unwrap_or_default().trim();
    if rest.is_empty() || rest.starts_with('#') {
        return slips;
    }
    if text.ends_with(quote) {
        let inner = &text[1..text.len() - 1];
        let escaped = if quote == '"' {
            format!("\"{}\"", inner.replace("\\\"", "\"").replace('"', "\\\""))
        } else {
            quoted(&inner.replace("''", "'"))
        };
        let hint = if quote == '"' {
            "write `\\\"` for a quotation mark inside `\"…\"`"
        } else {
            "write `''` for an apostrophe inside `'…'`"
        };
        slips.push(Slip {
            kind: Kind::InnerQuote,
            at: at + close,
            width: 1,
            message: format!("this {name} ends the text, which goes on after it"),
            hint: hint.to_owned(),
            edits: vec![(piece.range.clone(), escaped)],
        });
    }
    let message = "the text goes on after its closing quote".to_owned();
    let hint = if text.chars().count() <= 40 && !text.contains('\n') {
        format!("put the whole text in quotes: `{}`", quoted(text))
    } else {
        "put the whole text in single quotes, with `''` for each apostrophe in it".to_owned()
    };
    let slip = to_quote(Kind::Head, piece, text, at + close, (message, hint));
    slips.push(Slip { width: 1, ..slip });
    slips
}

/// Returns the repairs of a quote that opens on a line and closes neither there nor before the next
/// key.
pub(super) fn open_quote(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    let text = lines.value(line);
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return Vec::new();
    };
    let next = lines.after(nth).next();
    let ended = next.is_none_or(|next| next.indent <= line.parent() && next.ends_text);
    if line.in_block || closing(text, quote).is_some() || !ended {
        return Vec::new();
    }
    unclosed(lines, nth, line.value.start, &quote.to_string(), "quote")
}

/// Returns the offset of the quote that closes the quote at the start of a text.
fn closing(text: &str, quote: char) -> Option<usize> {
    closing_quote(text.get(1..)?, quote).map(|at| at + 1)
}

/// Returns the repair of the apostrophes of a line in words such as `O'Brien`.
fn apostrophes(line: &Line<'_>) -> Option<Slip> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let inner = |at: &usize| {
        letter(line.text[..*at].chars().next_back()) && letter(line.text[at + 1..].chars().next())
    };
    let places: Vec<usize> =
        line.text.match_indices('\'').map(|(at, _)| at).filter(inner).collect();
    let first = places.first()?;
    if !line.text[..*first].contains('\'') {
        return None;
    }
    Some(Slip {
        kind: Kind::InnerQuote,
        at: line.start + first,
        width: 1,
        message: "this apostrophe ends the text, which goes on after it".to_owned(),
        hint: "write `''` for an apostrophe inside `'…'`".to_owned(),
        edits: places
            .iter()
            .map(|at| (line.start + at..line.start + at + 1, "''".to_owned()))
            .collect(),
    })
}

/// Returns the repair of a text between typographic quotes.
fn curly(piece: &Piece, text: &str) -> Option<Slip> {
    let first = text.chars().next().filter(|c| matches!(meant(*c), Some('"' | '\'')))?;
    let (message, hint) = (
        format!("`{first}` ({}) is not a quote for YAML", number(first)),
        "write straight quotes".to_owned(),
    );
    let inner: String = text.chars().filter(|c| !matches!(meant(*c), Some('"' | '\''))).collect();
    let edits = vec![(piece.range.clone(), quoted(&inner))];
    Some(Slip { kind: Kind::Lookalike, at: piece.range.start, width: 1, message, hint, edits })
}

/// Returns the repair of all typographic quotes of a line.
fn curly_line(line: &Line<'_>) -> Option<Slip> {
    let quotes = |c: char| matches!(meant(c), Some('"'));
    let (first, c) = line.text.char_indices().find(|(_, c)| quotes(*c))?;
    Some(Slip {
        kind: Kind::Lookalike,
        at: line.start + first,
        width: 1,
        message: format!("`{c}` ({}) is not a quote for YAML", number(c)),
        hint: "write straight quotes".to_owned(),
        edits: vec![(line.start..line.end(), line.text.replace(quotes, "\""))],
    })
}
