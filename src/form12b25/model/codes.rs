//! The identifiers of a fixed shape that EDGAR assigns.

use std::fmt;

use super::scalar::{Scalar, scalar};

/// Declares identifiers, each with its schema's format and pattern, its noun and the test of its
/// shape.
macro_rules! codes {
    ($(
        $(#[$meta:meta])* $name:ident,
        $format:literal, $pattern:literal, $expecting:literal, $shape:expr;
    )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Returns the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Scalar for $name {
            const FORMAT: &'static str = $format;
            const PATTERN: Option<&'static str> = Some($pattern);
            const EXPECTING: &'static str = $expecting;
            const TYPES: &'static [&'static str] = &["string"];

            fn parse(text: &str) -> Result<$name, String> {
                // By hand: to load a filing compiles no regular expression.
                let shape: fn(&str) -> bool = $shape;
                if !shape(text) {
                    return Err(format!("`{text}` is not {}", $expecting));
                }
                Ok($name(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        scalar!($name);
    )+};
}

codes! {
    /// A series of a fund.
    SeriesId,
    "series-id", "^S[0-9]{9}$", "a series identifier: S and nine digits", is_series;
    /// A class of a series.
    ClassId,
    "class-id", "^C[0-9]{9}$", "a class identifier: C and nine digits", is_class;
    /// The number that EDGAR gives a submission.
    Accession,
    "accession", "^[0-9]{10}-[0-9]{2}-[0-9]{6}$",
    "an accession number such as 0000352747-98-000001", is_accession;
    /// The number of an exhibit.
    ExhibitNumber,
    "exhibit-number", r"^EX-(24|(99|24)\.[1-9][0-9]?)$",
    "an exhibit number such as EX-99.1", is_exhibit;
}

/// Whether a text is `count` ASCII digits.
pub(super) fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_series(text: &str) -> bool {
    text.strip_prefix('S').is_some_and(|rest| is_digits(rest, 9))
}

fn is_class(text: &str) -> bool {
    text.strip_prefix('C').is_some_and(|rest| is_digits(rest, 9))
}

/// The CIK of the submitter, the year in two digits, and a number within it.
fn is_accession(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [filer, year, number]
        if is_digits(filer, 10) && is_digits(year, 2) && is_digits(number, 6))
}

/// EX-99.1 to EX-99.99, and EX-24 (a power of attorney) with or without a number.
fn is_exhibit(text: &str) -> bool {
    let numbered = |rest: &str| {
        matches!(rest.len(), 1 | 2) && is_digits(rest, rest.len()) && !rest.starts_with('0')
    };
    text == "EX-24"
        || ["EX-99.", "EX-24."].iter().any(|p| text.strip_prefix(p).is_some_and(numbered))
}
