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

/// The calendar from 1934 on, day by day; the last two lines are February 29.
const PATTERN: &str = concat!(
    "^((19(3[4-9]|[4-9][0-9])|[2-9][0-9]{3})-",
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
    "|(19(36|[468][048]|[579][26])|[2-9][0-9](0[48]|[2468][048]|[13579][26])",
    "|([2468][048]|[3579][26])00)-02-29)$",
);

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
    const PATTERN: Option<&'static str> = Some(PATTERN);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_the_calendar() {
        let schema = serde_json::json!({ "pattern": PATTERN });
        let pattern = jsonschema::validator_for(&schema).unwrap();
        for year in [1900, 1933, 1934, 1936, 1999, 2000, 2024, 2025, 2100, 2400, 9996, 9999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let text = format!("{year}-{month:02}-{day:02}");
                assert_eq!(pattern.is_valid(&text.as_str().into()), CivilDate::parse(&text).is_ok(), "{text}");
            }
        }
    }
}
