//! A day of the civil calendar.

use std::fmt;

use super::scalar::{Scalar, scalar};

/// A day, read from `1997-12-31`, written in a form as `December 31, 1997`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate(jiff::civil::Date);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl CivilDate {
    /// The year, the month from 1 and the day from 1.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// As forms and letters spell it: `December 31, 1997`. No locale is asked.
    pub fn long(self) -> String {
        let (year, month, day) = self.parts();
        format!("{} {day}, {year}", MONTHS[usize::from(month.unsigned_abs()) - 1])
    }
}

impl Scalar for CivilDate {
    const FORMAT: &'static str = "civil-date";
    const EXPECTING: &'static str = "a date such as 1997-12-31";
    const TYPES: &'static [&'static str] = &["string"];

    fn parse(text: &str) -> Result<CivilDate, String> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(format!("`{text}` is not a date such as 1997-12-31"));
        }
        let date: jiff::civil::Date = text.parse().map_err(|_| format!("`{text}` is not in the calendar"))?;
        if date.year() < 1934 {
            return Err(format!("`{text}` is before the Securities Exchange Act of 1934"));
        }
        Ok(CivilDate(date))
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

scalar!(CivilDate);
