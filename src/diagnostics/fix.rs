//! Fixes: the changes of a file that remove a finding, as data. The finding's hint describes them.

use crate::diagnostics::source::Position;

/// A change of the file that a finding is in, which removes the finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// The change.
    pub change: Change,
    /// Whether it keeps the meaning, so that nobody has to look at it before it is made.
    pub safe: bool,
}

/// The change of a fix.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Writes another key or scalar in the place of the one at the finding's place.
    Word {
        /// The text that it has, without quotes.
        old: String,
        /// The new text as YAML, with quotes if it needs them.
        new: String,
    },
    /// Replaces pieces of the text, which do not overlap.
    Edits(Vec<Edit>),
}

/// A piece of a text, and the text that replaces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The first character.
    pub start: Position,
    /// After the last character.
    pub end: Position,
    /// The replacement.
    pub text: String,
}

impl Fix {
    /// A fix that keeps the meaning, of the word at the finding's place.
    pub fn safe_word(old: impl Into<String>, new: impl Into<String>) -> Fix {
        Fix { change: Change::Word { old: old.into(), new: new.into() }, safe: true }
    }

    /// A fix of the word at the finding's place, for a person to look at.
    pub fn unsafe_word(old: impl Into<String>, new: impl Into<String>) -> Fix {
        Fix { safe: false, ..Fix::safe_word(old, new) }
    }

    /// A fix of pieces of the text, for a person to look at.
    pub fn unsafe_edits(edits: Vec<Edit>) -> Fix {
        Fix { change: Change::Edits(edits), safe: false }
    }

    /// Returns the edits of a fix whose finding is at a position with this line, or `None` if the
    /// word is not there as one piece.
    pub(super) fn edits(&self, at: Position, line: &str) -> Option<Vec<Edit>> {
        match &self.change {
            Change::Edits(edits) => Some(edits.clone()),
            Change::Word { old, new } => {
                let rest = &line[Position { line: 1, ..at }.offset_in(line)..];
                let width = word(rest, old)?;
                let end = Position { column: at.column + width, ..at };
                Some(vec![Edit { start: at, end, text: new.clone() }])
            }
        }
    }
}

/// Returns the number of characters that a scalar at the start of a line's rest takes, or `None` if
/// it is another scalar or continues in the next line.
fn word(rest: &str, value: &str) -> Option<usize> {
    let bytes = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let inner = &rest[1..];
            // A quote in the value would be written as two characters.
            let plain =
                !value.contains(['"', '\'', '\\']) && inner.strip_prefix(value)?.starts_with(quote);
            plain.then_some(value.len() + 2)?
        }
        _ => {
            let after = rest.strip_prefix(value)?;
            let ends = after.trim_start_matches(' ').chars().next();
            let apart = after.starts_with(' ') && ends == Some('#');
            (apart || matches!(ends, None | Some(':' | ',' | ']' | '}'))).then_some(value.len())?
        }
    };
    Some(rest[..bytes].chars().count())
}

/// Makes the edits of fixes in a text, and returns it with the number of fixes made. Edits whose
/// pieces overlap those of an earlier fix are left out. New lines get the line end of the file.
pub fn apply<'a>(
    text: &str,
    fixes: impl IntoIterator<Item = &'a [Edit]>,
    line_end: &str,
) -> (String, usize) {
    let mut pieces: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    let mut made = 0;
    for edits in fixes {
        let of = |edit: &'a Edit| {
            (edit.start.offset_in(text)..edit.end.offset_in(text), edit.text.as_str())
        };
        let new: Vec<_> = edits.iter().map(of).collect();
        let overlaps = |range: &std::ops::Range<usize>| {
            pieces.iter().any(|(other, _)| range.start <= other.end && other.start <= range.end)
        };
        if new.iter().all(|(range, _)| range.start <= range.end && !overlaps(range)) {
            pieces.extend(new);
            made += 1;
        }
    }
    pieces.sort_by_key(|(range, _)| range.start);
    let mut fixed = String::with_capacity(text.len());
    let mut from = 0;
    for (range, new) in pieces {
        fixed += &text[from..range.start];
        fixed += &new.replace('\n', line_end);
        from = range.end;
    }
    (fixed + &text[from..], made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_each_spelling() {
        for (rest, value, width) in [
            ("yes", "yes", Some(3)),
            ("yes  # signed", "yes", Some(3)),
            ("yes, name: x}", "yes", Some(3)),
            ("adress: {x: y}", "adress", Some(6)),
            ("\"yes\", a", "yes", Some(5)),
            ("'ja' # x", "ja", Some(4)),
            ("yes sir", "yes", None),
            ("yesterday", "yes", None),
            ("\"y\\x65s\"", "yes", None),
            ("über: x", "über", Some(4)),
        ] {
            assert_eq!(word(rest, value), width, "{rest}");
        }
    }

    #[test]
    fn overlapping_edits_are_made_once() {
        let at = |start, end, text: &str| {
            let position = |column| Position { line: 2, column };
            vec![Edit { start: position(start), end: position(end), text: text.to_owned() }]
        };
        let fixes = [at(1, 3, "é"), at(2, 4, "x"), at(5, 5, "!")];
        let edits = fixes.iter().map(Vec::as_slice);
        assert_eq!(apply("a\nbcdef\n", edits, "\n"), ("a\néde!f\n".to_owned(), 2));
    }
}
