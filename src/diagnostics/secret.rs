//! EDGAR's access codes: a type that nothing prints by accident, and the variable of the
//! environment that may contain a code.

use std::borrow::Cow;
use std::fmt;

/// The environment variable that may contain a CCC. Programs started by this one do not get it.
pub const VARIABLE: &str = "LATEFILE_CCC";

// It lacks the mark that every CCC has, so that EDGAR cannot accept it as one.
/// The text written in place of a CCC that was not given.
pub const PLACEHOLDER: &str = "NO-CCC-0";

/// The text shown in place of a code.
pub const HIDDEN: &str = "********";

/// The marks of which a CCC has at least one.
const MARKS: &str = "@#$*";

/// A CIK Confirmation Code. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Ccc(String);

impl Ccc {
    /// Parses a code.
    ///
    /// # Errors
    /// The text is not a CCC: EDGARLink Online's schemas require eight characters, with at least
    /// one numeral and one of `@#$*`. The message contains no character of the text.
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

    /// Returns the code itself, for the one file that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it occurs in the bytes.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        bytes.windows(self.0.len()).any(|window| window == self.0.as_bytes())
    }
}

impl fmt::Debug for Ccc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ccc(…)")
    }
}

/// Returns a text with [`HIDDEN`] in place of each word that could be a code.
pub fn without_codes(text: &str) -> Cow<'_, str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !MARKS.contains(c));
    words
        .filter(|word| Ccc::parse(word).is_ok())
        .fold(Cow::Borrowed(text), |text, code| text.replace(code, HIDDEN).into())
}

/// The element of a submission that has a CCC as its text.
const ELEMENT: &[u8] = b"filerccc";

/// Whether a file mentions the element that has a CCC, in any case and also as UTF-16: it may be a
/// submission, whatever its name is.
pub fn mentions_element(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b'f', b'F', bytes).any(|start| {
        let letters = bytes[start..].iter().filter(|byte| **byte != 0);
        letters.map(u8::to_ascii_lowercase).take(ELEMENT.len()).eq(ELEMENT.iter().copied())
    })
}

/// Whether a text has the shape of a CCC.
pub fn looks_like_one(text: &str) -> bool {
    // Any printable character: a mistyped code is as secret as the code.
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
            let message = Ccc::parse(bad).unwrap_err();
            assert!(bad.is_empty() || !message.contains(bad), "{message}");
        }
    }

    #[test]
    fn codes_in_a_text_are_hidden() {
        assert_eq!(
            without_codes("a=\"abcdef1$\" (12345@67), abcdefg1$"),
            "a=\"********\" (********), abcdefg1$"
        );
        assert!(matches!(without_codes("one of `@`, `#`; abcdef12 NO-CCC-0"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_element_of_a_code_is_found_in_any_spelling() {
        let wide: Vec<u8> = "<FilerCCC>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(mentions_element(&wide));
        for text in ["<cor:filerCcc>", "ffilerccc", "a FILERCCC="] {
            assert!(mentions_element(text.as_bytes()), "{text}");
        }
        for text in ["<filerId>", "filer ccc", "filercc", ""] {
            assert!(!mentions_element(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn debugging_shows_nothing() {
        assert_eq!(format!("{:?}", Some(Ccc::parse("abcdef1$").unwrap())), "Some(Ccc(…))");
    }
}
