//! EDGAR's access codes: a type whose text nothing prints by accident, and the one name of the
//! environment that holds one.

use std::borrow::Cow;
use std::fmt;

/// The environment variable that may hold a CCC. No program that this one starts is given it.
pub const VARIABLE: &str = "LATEFILE_CCC";

/// What stands in the place of a CCC that nobody gave. It lacks the mark that every CCC has, so
/// that EDGAR takes it for none.
pub const PLACEHOLDER: &str = "NO-CCC-0";

/// What is shown in the place of a code.
pub const HIDDEN: &str = "********";

/// The marks of which a CCC has at least one.
const MARKS: &str = "@#$*";

/// A CIK Confirmation Code. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Ccc(String);

impl Ccc {
    /// Reads a code. The error says what is wrong without a character of it.
    ///
    /// # Errors
    /// It is none: EDGARLink Online's schemas want eight characters, a numeral and one of `@#$*`
    /// among them.
    pub fn parse(text: &str) -> Result<Ccc, &'static str> {
        if text.chars().count() != 8 {
            return Err("a CCC has 8 characters");
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || MARKS.contains(c)) {
            return Err("a CCC has letters, numerals and `@`, `#`, `$`, `*` only");
        }
        if !looks_like_one(text) {
            return Err("a CCC has a numeral, and one of `@`, `#`, `$`, `*`");
        }
        Ok(Ccc(text.to_owned()))
    }

    /// The code itself, for the one file that it is meant for.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it stands in some bytes.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        bytes.windows(self.0.len()).any(|window| window == self.0.as_bytes())
    }
}

impl fmt::Debug for Ccc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ccc(…)")
    }
}

/// A text without the words that could be codes, wherever they come from.
pub fn without_codes(text: &str) -> Cow<'_, str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !MARKS.contains(c));
    words
        .filter(|word| Ccc::parse(word).is_ok())
        .fold(Cow::Borrowed(text), |text, code| text.replace(code, HIDDEN).into())
}

/// Whether a text has the shape of a CCC, wherever it stands.
pub fn looks_like_one(text: &str) -> bool {
    text.chars().count() == 8
        && text.chars().any(|c| c.is_ascii_digit())
        && text.contains(|c| MARKS.contains(c))
        && text.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_characters_a_numeral_and_a_mark() {
        for good in ["abcdef1$", "12345@67", "*bcdefg8"] {
            assert_eq!(Ccc::parse(good).unwrap().expose(), good);
        }
        for bad in [
            "",
            "abcde1$",
            "abcdefg1$",
            "abcdefgh",
            "abcdefg1",
            "abcdefg$",
            "abcd f1$",
            "äbcdef1$",
            PLACEHOLDER,
        ] {
            let told = Ccc::parse(bad).unwrap_err();
            assert!(bad.is_empty() || !told.contains(bad), "{told}");
        }
    }

    #[test]
    fn codes_are_left_out_wherever_they_stand() {
        assert_eq!(
            without_codes("a=\"abcdef1$\" (12345@67), abcdefg1$"),
            "a=\"********\" (********), abcdefg1$"
        );
        assert!(matches!(without_codes("one of `@`, `#`; abcdef12 NO-CCC-0"), Cow::Borrowed(_)));
    }

    #[test]
    fn debugging_shows_nothing() {
        assert_eq!(format!("{:?}", Some(Ccc::parse("abcdef1$").unwrap())), "Some(Ccc(…))");
    }
}
