//! A text as the user typed it, never empty.

use std::fmt;

use serde::Serializer;

use super::scalar::{Scalar, scalar};

// A schema's pattern has to be constant; a test compares it with `diagnostics/characters.rs`.
/// The characters that a filing may not have, for a regular expression between `[` and `]`.
macro_rules! refused {
    () => {
        concat!(
            r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C",
            r"\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E",
            r"\u2060-\u206F\u2800\u3164\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0",
            r"\uFFF0-\uFFFB\uFFFD-\uFFFF"
        )
    };
}

/// A text with at least one character that is not white space. A scalar that YAML takes for a
/// number or a boolean keeps its source text: `2.50` stays `2.50`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

// Without the characters beyond U+FFFF: regular expressions disagree on how to write them.
/// At least one character that is not white space, and none that a filing may not have.
const PATTERN: &str =
    concat!("^[^", refused!(), "]*[^ \\t\\n\\r", refused!(), "][^", refused!(), "]*$");

/// The same, or an empty text.
pub(crate) const PATTERN_OR_EMPTY: &str = concat!("^[^", refused!(), "]*$");

impl Text {
    /// Returns the text as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text with each run of white space as one space.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl Scalar for Text {
    const FORMAT: &'static str = "text";
    const PATTERN: Option<&'static str> = Some(PATTERN);
    const EXPECTING: &'static str = "a text";
    const TYPES: &'static [&'static str] = &["string", "number", "boolean"];

    fn parse(text: &str) -> Result<Text, String> {
        match Text::fault(text) {
            Some(fault) => Err(fault),
            None => Ok(Text(text.to_owned())),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Not `collect_str`, as other values: the visitor of the rules finds the texts by this
        // call.
        serializer.serialize_str(&self.0)
    }

    fn fault(text: &str) -> Option<String> {
        let empty = text.chars().all(char::is_whitespace);
        empty.then(|| "an empty text is neither a value nor its absence".to_owned())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar!(Text);

/// Whether a character is white space that folds.
pub(super) fn is_space(c: char) -> bool {
    // A no-break space is not: the user typed it on purpose.
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Folds each run of white space to one space and trims the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

/// Appends the folded text to a string.
pub(crate) fn fold_onto(all: &mut String, text: &str) {
    let text = text.trim_matches(is_space);
    // Fast path: most texts have single spaces only. The loop has no early exit, so that the
    // compiler can vectorize it.
    let single = |pair: &[u8]| !matches!(pair, [b'\t' | b'\n' | b'\r', _] | [b' ', b' ']);
    if text.as_bytes().windows(2).fold(true, |folded, pair| folded & single(pair)) {
        return all.push_str(text);
    }
    let start = all.len();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if all.len() > start {
            all.push(' ');
        }
        all.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::characters::Class;

    /// Characters from U+0000 to U+FFFF as the inside of a bracket expression.
    fn brackets(is_in: impl Fn(char) -> bool) -> String {
        let mut all = String::new();
        let mut units = (0..=0xFFFF_u32).peekable();
        let is_in = |unit: u32| char::from_u32(unit).is_some_and(&is_in);
        while let Some(first) = units.find(|unit| is_in(*unit)) {
            let mut last = first;
            while let Some(next) = units.next_if(|unit| is_in(*unit)) {
                last = next;
            }
            all += &match last - first {
                0 => format!(r"\u{first:04X}"),
                1 => format!(r"\u{first:04X}\u{last:04X}"),
                _ => format!(r"\u{first:04X}-\u{last:04X}"),
            };
        }
        all
    }

    #[test]
    fn the_pattern_agrees_with_the_table_of_characters() {
        let refused = |c: char| Class::of(c).and_then(Class::refused_as).is_some();
        assert_eq!(refused!(), brackets(refused));
    }
}
