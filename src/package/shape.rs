//! The shapes of values in a submission, from EDGARLink Online's schemas. Packages that are made
//! and packages that are checked use the same shapes.

use std::sync::LazyLock;

use regex::Regex;

use super::family::Family;
use crate::edgar;
use crate::form12b25::model::{Scalar as _, Sro};

/// The shape of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Version,
    LiveOrTest,
    Flag,
    SubmissionType,
    ContactName,
    Phone,
    Address,
    Cik,
    Ccc,
    FileNumber,
    /// A co-registrant's, which may request a new number.
    FileNumberOrNew,
    Sro,
    Date,
    CompanyType,
    DocumentName,
    DocumentType,
    Description,
    Contents,
    SeriesId,
    ClassId,
}

/// The registration forms of investment companies.
pub(super) const COMPANY_TYPES: &[&str] =
    &["N-1A", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "S-1 or S-3", "S-6"];

/// The registration forms whose notices EDGAR suspends without series and classes.
pub(super) const WITH_SERIES: &[&str] = &["N-1A", "N-3", "N-4", "N-6"];

macro_rules! pattern {
    ($($name:ident, $pattern:expr;)+) => {
        // `ok`, because a static cannot return an error; a test asserts that each pattern is valid.
        $(static $name: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(concat!("^(?:", $pattern, ")$")).ok());)+
        #[cfg(test)]
        const PATTERNS: &[&LazyLock<Option<Regex>>] = &[$(&$name),+];
    };
}

/// The characters of names and descriptions; `#-$` is a range.
macro_rules! prose {
    () => {
        r#"[A-Za-z0-9!#-$%():;'@*+\-/=?^_`~{|},. \\ \t\r\n<>&"\[\]]"#
    };
}

pattern! {
    CIK, "[0-9]{1,10}";
    FILE_NUMBER, "[0-9]{1,3}-[0-9]{1,8}(?:-[a-zA-Z0-9]{1,4})?|24R-[0-9]{1,8}";
    DATE, "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}";
    NAME, concat!(prose!(), "{1,30}");
    DESCRIPTION, concat!(prose!(), "{1,255}");
    PHONE, r"[a-zA-Z0-9\-]{1,20}";
    ADDRESS, concat!(
        r"[a-zA-Z0-9_\-.]+@",
        r"(?:\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-zA-Z0-9\-]+\.)+)",
        r"(?:[a-zA-Z]{2,7}|[0-9]{1,3})\]?"
    );
    SERIES_ID, "[Ss][0-9]{9}";
    CLASS_ID, "[Cc][0-9]{9}";
    EXHIBIT, r"EX-[0-9]{1,3}(?:\.[A-Za-z0-9.]{1,12})?(?: [A-Za-z0-9&/().\- ]{1,20})?";
}

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether the number of characters is in a range.
fn has_length(text: &str, least: usize, most: usize) -> bool {
    // `take`: the value may be megabytes long.
    (least..=most).contains(&text.chars().take(most + 1).count())
}

impl Shape {
    /// Whether a value has this shape, in a submission of a family.
    pub(super) fn fits(self, value: &str, family: Family) -> bool {
        match self {
            Shape::Version => has_length(value, 5, 5),
            Shape::LiveOrTest => matches!(value, "LIVE" | "TEST"),
            Shape::Flag => matches!(value, "true" | "false"),
            Shape::SubmissionType => family.types().contains(&value),
            Shape::ContactName => matches(&NAME, value),
            Shape::Phone => matches(&PHONE, value),
            Shape::Address => has_length(value, 4, 80) && matches(&ADDRESS, value),
            Shape::Cik => matches(&CIK, value),
            // The schema asks for the length alone; `business.rs` checks the characters.
            Shape::Ccc => has_length(value, 8, 8),
            Shape::FileNumber => matches(&FILE_NUMBER, value),
            Shape::FileNumberOrNew => value == "NEW" || matches(&FILE_NUMBER, value),
            Shape::Sro => Sro::VALUES.contains(&value),
            Shape::Date => matches(&DATE, value),
            Shape::CompanyType => COMPANY_TYPES.contains(&value),
            Shape::DocumentName => edgar::accepts_name(value),
            Shape::DocumentType => has_length(value, 4, 128),
            Shape::Description => matches(&DESCRIPTION, value),
            Shape::Contents => !value.is_empty(),
            Shape::SeriesId => matches(&SERIES_ID, value),
            Shape::ClassId => matches(&CLASS_ID, value),
        }
    }

    /// Describes a value of this shape, for a hint.
    pub(super) fn expected(self, family: Family) -> String {
        match self {
            Shape::Version => "5 characters; best left out".to_owned(),
            Shape::LiveOrTest => "`LIVE` or `TEST`".to_owned(),
            Shape::Flag => "`true` or `false`, in lower case".to_owned(),
            Shape::SubmissionType => format!("one of {}", list(family.types())),
            Shape::ContactName => "1 to 30 characters of ASCII".to_owned(),
            Shape::Phone => {
                "1 to 20 letters, digits and hyphens: no spaces, no parentheses".to_owned()
            }
            Shape::Address => {
                "an address of 4 to 80 letters, digits, `.`, `-`, `_`, its last part 2 to 7 letters"
                    .to_owned()
            }
            Shape::Cik => "1 to 10 digits".to_owned(),
            Shape::Ccc => "8 characters".to_owned(),
            Shape::FileNumber | Shape::FileNumberOrNew => {
                "a file number such as 001-12345".to_owned()
            }
            Shape::Sro => format!("one of {}", list(Sro::VALUES)),
            Shape::Date => "MM-DD-YYYY".to_owned(),
            Shape::CompanyType => format!("one of {}", list(COMPANY_TYPES)),
            Shape::DocumentName => {
                "at most 32 letters, digits, `.`, `-`, `_`, ending in .txt, .htm or .pdf".to_owned()
            }
            Shape::DocumentType => "4 to 128 characters".to_owned(),
            Shape::Description => "1 to 255 characters of ASCII".to_owned(),
            Shape::Contents => "a document in base64".to_owned(),
            Shape::SeriesId => "`S` and nine digits".to_owned(),
            Shape::ClassId => "`C` and nine digits".to_owned(),
        }
    }
}

fn list(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a document can have this type instead of the submission's own.
pub(super) fn is_attachment_type(text: &str) -> bool {
    matches!(text, "COVER" | "CORRESP" | "GRAPHIC") || matches(&EXHIBIT, text)
}

/// Returns a telephone number with a hyphen between its parts and no other marks.
pub(super) fn phone(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// Returns a file number as EDGAR spells it: `0-15888` becomes `000-15888`.
pub(super) fn file_number(text: &str) -> String {
    match text.trim().split_once('-') {
        Some((class, rest)) if class.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{class:0>3}-{rest}")
        }
        _ => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_valid() {
        assert!(PATTERNS.iter().all(|pattern| pattern.is_some()));
    }

    #[test]
    fn shapes_are_those_of_the_schemas() {
        let long = "x".repeat(31);
        for (shape, good, bad) in [
            (
                Shape::Date,
                &["12-31-2025", "1-1-2026"][..],
                &["2025-12-31", "12/31/2025", "12-31-25", "12-31-2025\n"][..],
            ),
            (
                Shape::Phone,
                &["410-555-0100", "1-800-FILINGS"],
                &["(410) 555-0100", "410 555 0100", "", "+1410", "555-0100x012345678901"],
            ),
            (
                Shape::FileNumber,
                &["0-15888", "001-12345", "811-12345-01"],
                &["001-", "0001-12345", "NEW", "001-123456789", "1-2-33333"],
            ),
            (Shape::ContactName, &["Jane Roe", "O'Neil & \"Sons\" [x]"], &["", "Zoë", &long]),
            (
                Shape::Address,
                &["edgar@example.com", "a.b-c_d@x.y.museum"],
                &["a+b@example.com", "a@b", "a@example.technology", "é@example.com", "ab"],
            ),
            (Shape::Flag, &["true", "false"], &["False", "1", " true"]),
            (Shape::Sro, &["NONE", "NASD", "NYSE"], &["NASDAQ", "none", ""]),
            (
                Shape::SubmissionType,
                &["NT 10-K", "NT 15D2/A"],
                &["NT10-K", "NT-10-K", "NT-NCSR", "NT 10-K /A"],
            ),
            (Shape::Ccc, &["abcdef1$", "NO-CCC-0"], &["abcde1$", "abcdefg1$"]),
        ] {
            for value in good {
                assert!(shape.fits(value, Family::Coreg), "{shape:?} {value}");
            }
            for value in bad {
                assert!(!shape.fits(value, Family::Coreg), "{shape:?} {value}");
            }
        }
    }

    #[test]
    fn telephone_and_file_numbers_get_edgars_spelling() {
        for (from, to) in [
            ("(410) 555-0100", "410-555-0100"),
            ("410.555.0100", "410-555-0100"),
            ("+1 410 555 0100", "1-410-555-0100"),
        ] {
            assert_eq!(phone(from), to);
        }
        for (from, to) in [
            ("0-15888", "000-15888"),
            ("001-12345", "001-12345"),
            ("33-1", "033-1"),
            ("n/a", "n/a"),
        ] {
            assert_eq!(file_number(from), to);
        }
    }

    #[test]
    fn attachments_have_types_of_edgar() {
        for good in ["EX-99", "EX-99.1", "EX-24", "COVER", "GRAPHIC", "EX-99.77Q1 OTHR EXHB"] {
            assert!(is_attachment_type(good), "{good}");
        }
        for bad in ["NT 10-K", "EXHIBIT 99", "EX99.1", "LETTER", "ex-99.1"] {
            assert!(!is_attachment_type(bad), "{bad}");
        }
    }
}
