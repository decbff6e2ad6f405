//! The Central Index Key, the SEC's number of a registrant.

use std::fmt;

use super::scalar::{Scalar, scalar};

/// A Central Index Key: ten digits, with its leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cik(String);

impl Cik {
    /// Returns the ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for Cik {
    const FORMAT: &'static str = "cik";
    // The look-ahead refuses zeros alone, as `parse` does.
    const PATTERN: Option<&'static str> = Some("^(?=[0-9]*[1-9])[0-9]{1,10}$");
    const EXPECTING: &'static str = "a CIK: up to ten digits, in quotes";
    // Without quotes, an editor takes `0000352747` for a number.
    const TYPES: &'static [&'static str] = &["string", "integer"];
    const MOST: Option<u64> = Some(9_999_999_999);

    fn parse(text: &str) -> Result<Cik, String> {
        let digits =
            !text.is_empty() && text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits || text.bytes().all(|b| b == b'0') {
            return Err(format!("`{text}` is not a CIK: one to ten digits, not all of them zero"));
        }
        Ok(Cik(format!("{text:0>10}")))
    }
}

impl fmt::Display for Cik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar!(Cik);
