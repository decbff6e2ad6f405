//! A day of the civil calendar: its arithmetic, and its spelling in forms and letters.

use std::fmt;

pub use jiff::civil::Weekday;
use jiff::{Span, ToSpan as _};

use super::scalar::{Scalar, scalar};

/// A day, read from `1997-12-31`, written in a form as `December 31, 1997`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate(jiff::civil::Date);

// Not from a locale: the forms are in English on every machine.
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

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The calendar from 1934 on, day by day; the last two lines are February 29.
const PATTERN: &str = concat!(
    "^((19(3[4-9]|[4-9][0-9])|[2-9][0-9]{3})-",
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    "|02-(0[1-9]|1[0-9]|2[0-8]))",
    "|(19(36|[468][048]|[579][26])|[2-9][0-9](0[48]|[2468][048]|[13579][26])",
    "|([2468][048]|[3579][26])00)-02-29)$",
);

impl CivilDate {
    /// The first day of the calendar.
    pub const MIN: CivilDate = CivilDate(jiff::civil::Date::MIN);

    /// Returns the day of a year, a month from 1 and a day from 1, or `None` if there is no such
    /// day.
    pub fn of(year: i16, month: i8, day: i8) -> Option<CivilDate> {
        jiff::civil::Date::new(year, month, day).ok().map(CivilDate)
    }

    /// Returns the `nth` such weekday of a month, from 1, or the last for -1.
    pub fn of_weekday(year: i16, month: i8, nth: i8, weekday: Weekday) -> Option<CivilDate> {
        CivilDate::of(year, month, 1)?.0.nth_weekday_of_month(nth, weekday).ok().map(CivilDate)
    }

    /// Returns the day `days` calendar days later, or earlier if negative; at the latest the last
    /// day of 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> CivilDate {
        self.plus(days.days())
    }

    /// Returns the same day `months` months later; for the last day of a month, the last day of
    /// that month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> CivilDate {
        // Four months after June 30 is October 31: fiscal periods end with months.
        let CivilDate(later) = self.plus(months.months());
        CivilDate(if self.0 == self.0.last_of_month() { later.last_of_month() } else { later })
    }

    fn plus(self, span: Span) -> CivilDate {
        // jiff's `+` panics past the year 9999, which a filing's dates can reach.
        CivilDate(self.0.saturating_add(span))
    }

    /// Returns the day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Returns the English name of the day of the week.
    pub fn weekday_name(self) -> &'static str {
        WEEKDAYS[usize::from(self.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    /// Returns the year, the month from 1 and the day from 1.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Returns the date as forms and letters spell it: `December 31, 1997`.
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
        // jiff also parses `19971231` and a date with a time; a filing has one spelling.
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(format!("`{text}` is not a date such as 1997-12-31"));
        }
        let date: jiff::civil::Date =
            text.parse().map_err(|_| format!("`{text}` is not in the calendar"))?;
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

    fn date(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn the_end_of_a_month_stays_one() {
        for (from, to) in [
            ("2025-12-31", "2026-04-30"),
            ("2025-06-30", "2025-10-31"),
            ("2026-02-28", "2026-06-30"),
            ("2024-02-28", "2024-06-28"),
            ("2023-10-31", "2024-02-29"),
            ("2025-12-30", "2026-04-30"),
            ("2026-01-15", "2026-05-15"),
        ] {
            assert_eq!(date(from).plus_months(4), date(to), "{from}");
        }
    }

    #[test]
    fn days_count_leap_days_and_stop_at_the_end_of_the_calendar() {
        assert_eq!(date("2024-02-28").plus_days(1), date("2024-02-29"));
        assert_eq!(date("2023-12-31").plus_days(60), date("2024-02-29"));
        assert_eq!(date("2024-12-31").plus_days(60), date("2025-03-01"));
        assert_eq!(date("9999-12-30").plus_days(60), date("9999-12-31"));
        assert_eq!(date("2026-07-04").weekday_name(), "Saturday");
    }

    #[test]
    fn the_pattern_agrees_with_the_calendar() {
        let schema = serde_json::json!({ "pattern": PATTERN });
        let pattern = jsonschema::validator_for(&schema).unwrap();
        for year in [1900, 1933, 1934, 1936, 1999, 2000, 2024, 2025, 2100, 2400, 9996, 9999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let text = format!("{year}-{month:02}-{day:02}");
                assert_eq!(
                    pattern.is_valid(&text.as_str().into()),
                    CivilDate::parse(&text).is_ok(),
                    "{text}"
                );
            }
        }
    }
}
