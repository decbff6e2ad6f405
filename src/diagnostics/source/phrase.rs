//! Finds a phrase in the source text of a YAML value, in any spelling that YAML allows.

use std::ops::Range;

use super::scalar::Extent;

/// Returns the ranges of a phrase in the scalar that begins at byte `start` of a text. A space in
/// the phrase matches any white space, and a quotation mark also its escape.
pub(super) fn phrases<'a>(
    text: &'a str,
    start: usize,
    phrase: &'a str,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let Extent { head, body } = Extent::of(text, start);
    let end = body.end;
    let literal = text[head..].starts_with('|');
    let first = phrase.chars().next();
    let mut at = body.start;
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
