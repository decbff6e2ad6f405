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

/// The part that the names of a CCC have in common: `filerCcc`, `CCC`, `ccc-of-filer`.
const NAME: &[u8] = b"ccc";
/// The name of a submission's element with a CCC, before [`NAME`].
const FILER: &[u8] = b"filer";
/// The longest name that is looked at, in bytes.
const LONGEST_NAME: usize = 64;

/// Whether a file may have a CCC in it, whatever its name is: it may be a submission or another
/// document that names a CCC, in any spelling and also as UTF-16, or a file of CCCs.
pub fn may_be_in(bytes: &[u8]) -> bool {
    let plain: Cow<'_, [u8]> = if memchr::memchr(0, bytes).is_some() {
        bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>().into()
    } else {
        bytes.into()
    };
    // The bytes of a PDF may spell any short name.
    let is_pdf = plain.starts_with(b"%PDF-");
    let mut starts = memchr::memchr2_iter(b'c', b'C', &plain);
    starts.any(|at| names_one(&plain, at, is_pdf))
        || (!is_pdf && short_lines_with_marks(&plain).any(is_line_of_one))
}

/// Returns the lines that have a mark of a CCC, without those that are longer than any name; a line
/// once for each of its marks.
fn short_lines_with_marks(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let marks = memchr::memchr2_iter(b'@', b'#', bytes);
    let marks = marks.chain(memchr::memchr2_iter(b'$', b'*', bytes));
    marks.filter_map(|at| {
        let nearest = at.saturating_sub(LONGEST_NAME);
        let break_before = memchr::memrchr(b'\n', &bytes[nearest..at]);
        let start = match break_before {
            Some(found) => nearest + found + 1,
            None => (nearest == 0).then_some(0)?,
        };
        let farthest = bytes.len().min(start + LONGEST_NAME + 1);
        let break_after = memchr::memchr(b'\n', &bytes[at..farthest]);
        let end = match break_after {
            Some(found) => at + found,
            None => (farthest == bytes.len()).then_some(farthest)?,
        };
        Some(&bytes[start..end])
    })
}

/// Whether a name that may be that of a CCC begins or goes on at `at`: `filerCcc` anywhere and, unless
/// `only_filer`, an element, an attribute or a key with `ccc` in its name.
fn names_one(bytes: &[u8], at: usize, only_filer: bool) -> bool {
    let is_at = |at: usize, name: &[u8]| {
        bytes.get(at..at + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    if !is_at(at, NAME) {
        return false;
    }
    if at.checked_sub(FILER.len()).is_some_and(|at| is_at(at, FILER)) {
        return true;
    }
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_prefixed = |byte: &u8| is_of_name(byte) || *byte == b':';
    let head = &bytes[at.saturating_sub(LONGEST_NAME)..at];
    let before = head
        .iter()
        .rposition(|byte| !is_prefixed(byte))
        .map_or(b"".as_slice(), |end| &head[..=end]);
    let is_element = before.ends_with(b"<") || before.ends_with(b"</");
    // `ccc: x`, `"ccc" : "x"`, `ccc='x'`; but `#ccc` is a colour.
    let tail = &bytes[at..bytes.len().min(at + LONGEST_NAME)];
    let mut after = tail.iter().skip_while(|byte| is_of_name(byte));
    let after = after.find(|byte| !matches!(byte, b'"' | b'\'' | b' ' | b'\t'));
    let is_key = matches!(after, Some(b':' | b'=')) && !before.ends_with(b"#");
    !only_filer && (is_element || is_key)
}

/// Whether a line has a code and nothing more, or a CIK and a code, as in a file of CCCs.
fn is_line_of_one(line: &[u8]) -> bool {
    if line.len() > LONGEST_NAME {
        return false;
    }
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || MARKS.as_bytes().contains(byte);
    let words = line.split(|byte| !is_of_word(byte)).map(String::from_utf8_lossy);
    let words: Vec<_> = words.filter(|word| !matches!(word.as_ref(), "" | "#")).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has = |word: &str, is: fn(char) -> bool| word.contains(is);
    match words.as_slice() {
        // `$1234567` is an amount.
        [code] => Ccc::parse(code).is_ok() && !code.strip_prefix('$').is_some_and(is_number),
        // A mistyped code is as secret as the code.
        [cik, code] => {
            is_number(cik)
                && (7..=9).contains(&code.len())
                && has(code, |c| c.is_ascii_digit())
                && has(code, |c| c.is_ascii_alphabetic())
                && has(code, |c| MARKS.contains(c))
        }
        _ => false,
    }
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
    fn the_name_of_a_code_is_found_in_any_spelling() {
        let wide: Vec<u8> = "<FilerCCC>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(may_be_in(&wide));
        for text in [
            "<cor:filerCcc>",
            "ffilerccc",
            "a FILERCCC=",
            "<ccc>",
            "</n:Ccc >",
            "<loginCCC.value/>",
            "<a ccc='x'>",
            "\"filer_ccc\" : 1",
            "my-ccc: 1",
            "%PDF-1.7 filerCcc",
        ] {
            assert!(may_be_in(text.as_bytes()), "{text}");
        }
        for text in [
            "<filerId>",
            "filer ccc",
            "filercc",
            "",
            "color: #ccc; color: #CCC",
            "bgcolor=\"#CCCCCC\" width=\"1\"",
            "rated CCC or lower",
            "https://x.org/ccc/a",
            "%PDF-1.7 <ccc> ccc=",
        ] {
            assert!(!may_be_in(text.as_bytes()), "{text}");
        }
        assert!(!may_be_in("c".repeat(1_000_000).as_bytes()));
    }

    #[test]
    fn a_line_of_a_code_is_found() {
        for line in ["abcdef1$", "a: 1\n  352747 abcdef1$\r\n", "# 1, abcdef1$x", "- 'abcdef1$'"] {
            assert!(may_be_in(line.as_bytes()), "{line}");
        }
        for line in ["$1234567", "$123,456", "2025 $123456", "Total abcdef1$", "1 a1$", "abcdef12"]
        {
            assert!(!may_be_in(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn debugging_shows_nothing() {
        assert_eq!(format!("{:?}", Some(Ccc::parse("abcdef1$").unwrap())), "Some(Ccc(…))");
    }
}
