//! A phrase in a value's source text, as YAML lets it be spelled there.

use std::ops::Range;

/// Where a phrase stands in a text, as a value's source spells it: any white space for a space, and
/// quotation marks the way YAML escapes them.
pub(super) fn phrases<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let first = phrase.chars().next();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find(first?)?;
            let here = &text[start..];
            match spelled(here, phrase) {
                Spelled::Whole(length) => {
                    at = start + length.max(1);
                    return Some(start..start + length);
                }
                Spelled::CutOff | Spelled::No => at = start + here.chars().next().map_or(1, char::len_utf8),
            }
        }
    })
}

/// How a text begins, compared with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelled {
    /// With the whole phrase, in so many bytes.
    Whole(usize),
    /// With the phrase's first words; then the text ends.
    CutOff,
    /// Otherwise.
    No,
}

/// Compares the beginning of a text with a phrase, as a spot within a value does.
pub fn spelled(text: &str, phrase: &str) -> Spelled {
    let mut rest = text;
    for c in phrase.chars() {
        let next = if c == ' ' {
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

    #[test]
    fn a_phrase_is_found_over_line_breaks_and_behind_others_like_it() {
        let text = "n: >-\n  an error, and\n  an\n  error; it''s an error\n";
        let starts = |phrase| phrases(text, phrase).map(|at| at.start).collect::<Vec<_>>();
        assert_eq!(starts("an error"), [8, 24, 42]);
        assert_eq!(starts("it's an"), [36]);
        assert_eq!(starts("no error"), [0usize; 0]);
        assert_eq!(spelled("an", "an error"), Spelled::CutOff);
        assert_eq!(spelled("another", "an error"), Spelled::No);
    }
}
