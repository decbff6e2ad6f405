//! Finds a phrase in the source text of a YAML value, in any spelling that YAML allows.

use std::ops::Range;

/// Returns the ranges of a phrase in the scalar that begins at byte `start` of a text. A space in
/// the phrase matches any white space, and a quotation mark also its escape.
pub(super) fn phrases<'a>(
    text: &'a str,
    start: usize,
    phrase: &'a str,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let scalar = scalar(text, start);
    let end = scalar.end;
    let literal = text[start..].trim_start().starts_with('|') && scalar.start > start;
    let first = phrase.chars().next();
    let mut at = scalar.start;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..end)?.find(first?)?;
            let here = &text[start..end];
            match spelled(here, phrase) {
                // In a literal scalar an empty line ends the paragraph, and with it the phrase.
                Spelled::Whole(length) if !(literal && here[..length].contains("\n\n")) => {
                    at = start + length.max(1);
                    return Some(start..start + length);
                }
                _ => at = start + here.chars().next().map_or(1, char::len_utf8),
            }
        }
    })
}

/// Returns the range of the scalar that begins at byte `start`, without an anchor and without the
/// header of a block scalar.
fn scalar(text: &str, start: usize) -> Range<usize> {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = indent(&text[line_start..]);
    let start = start + (text[start..].len() - text[start..].trim_start_matches(' ').len());
    let rest = &text[start..];
    let anchor = rest.starts_with('&').then(|| rest.find([' ', '\n'])).flatten().unwrap_or(0);
    let body = start + anchor + (rest[anchor..].len() - rest[anchor..].trim_start().len());
    match text[body..].chars().next() {
        Some('|' | '>') => {
            let header = text[body..].find('\n').map_or(text.len(), |at| body + at + 1);
            header..block_end(text, header, |spaces| spaces <= indent)
        }
        Some(quote @ ('"' | '\'')) => body..quoted_end(text, body + 1, quote),
        // A plain scalar on a line of its own continues in lines of its indent; one after its key,
        // in deeper lines.
        _ if start - line_start == indent => {
            body..block_end(text, line_end(text, body), |spaces| spaces < indent)
        }
        _ => body..block_end(text, line_end(text, body), |spaces| spaces <= indent),
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
/// An escaped or doubled mark does not close the scalar.
fn quoted_end(text: &str, from: usize, quote: char) -> usize {
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            '\'' if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            c if c == quote => return from + at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The result of comparing the beginning of a text with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelled {
    /// The text begins with the whole phrase, spelled in this number of bytes.
    Whole(usize),
    /// The text ends within the phrase.
    CutOff,
    /// The text does not begin with the phrase.
    No,
}

/// Compares the beginning of a text with a phrase.
pub fn spelled(text: &str, phrase: &str) -> Spelled {
    let mut rest = text;
    for c in phrase.chars() {
        let next = if c == ' ' {
            // YAML folds line breaks, so that one space may be a break and an indent.
            Some(rest.trim_start()).filter(|trimmed| trimmed.len() < rest.len() || rest.is_empty())
        } else {
            let escaped = match c {
                '\'' => rest.strip_prefix("''"),
                '"' => rest.strip_prefix("\\\""),
                '\\' => rest.strip_prefix("\\\\"),
                _ => None,
            };
            escaped.or_else(|| rest.strip_prefix(c))
        };
        match next {
            Some(next) => rest = next,
            None if rest.is_empty() => return Spelled::CutOff,
            None => return Spelled::No,
        }
    }
    Spelled::Whole(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str, key: &str, phrase: &str) -> Vec<usize> {
        let start = text.find(key).unwrap() + key.len();
        phrases(text, start, phrase).map(|at| at.start).collect()
    }

    #[test]
    fn a_phrase_is_found_across_line_breaks_and_after_others_like_it() {
        let text = "n: >-\n  an error, and\n  an\n  error; it''s an error\n";
        assert_eq!(starts(text, "n: ", "an error"), [8, 24, 42]);
        assert_eq!(starts(text, "n: ", "it's an"), [36]);
        assert_eq!(starts(text, "n: ", "no error"), [0usize; 0]);
        assert_eq!(spelled("an", "an error"), Spelled::CutOff);
        assert_eq!(spelled("another", "an error"), Spelled::No);
    }

    #[test]
    fn a_phrase_is_found_only_in_its_scalar() {
        for (text, found) in [
            ("n: |  # an error\n  an\n\n  error; an error\nm: an error\n", vec![32]),
            ("n: &error |\n  no error\nm: error\n", vec![17]),
            ("n: \"an \\\"error\\\" \"\nm: an error\n", vec![9]),
            ("n: 'it''s an error'\nm: an error\n", vec![13]),
            ("n: an error\n   and an error\nm: error\n", vec![6, 22]),
            ("n:\n  an error\n  and error\nm: error\n", vec![8, 20]),
        ] {
            let phrase = if text.contains("|  #") { "an error" } else { "error" };
            assert_eq!(starts(text, "n:", phrase), found, "{text}");
        }
    }
}
