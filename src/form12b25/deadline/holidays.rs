//! Computes the federal holidays of 5 U.S.C. 6103(a), on the days on which they are observed.

use std::iter::repeat;

use crate::form12b25::model::{CivilDate, Weekday};

/// The day of a holiday in a year.
enum Day {
    /// A month and a day.
    Fixed(i8, i8),
    /// A month, the ordinal in it (-1: the last), and the weekday.
    Weekday(i8, i8, Weekday),
}

/// A holiday: its name, the first year of its present day, and that day.
struct Holiday(&'static str, i16, Day);

// Pub. L. 90-363 moved several holidays to Mondays from 1971 on; Veterans Day moved back to
// November in 1978. Inauguration Day is not a row: it closes offices in and around Washington only.
const HOLIDAYS: [Holiday; 11] = [
    Holiday("New Year's Day", 1971, Day::Fixed(1, 1)),
    Holiday("Birthday of Martin Luther King, Jr.", 1986, Day::Weekday(1, 3, Weekday::Monday)),
    Holiday("Washington's Birthday", 1971, Day::Weekday(2, 3, Weekday::Monday)),
    Holiday("Memorial Day", 1971, Day::Weekday(5, -1, Weekday::Monday)),
    Holiday("Juneteenth", 2021, Day::Fixed(6, 19)),
    Holiday("Independence Day", 1971, Day::Fixed(7, 4)),
    Holiday("Labor Day", 1971, Day::Weekday(9, 1, Weekday::Monday)),
    Holiday("Columbus Day", 1971, Day::Weekday(10, 2, Weekday::Monday)),
    Holiday("Veterans Day", 1978, Day::Fixed(11, 11)),
    Holiday("Thanksgiving Day", 1971, Day::Weekday(11, 4, Weekday::Thursday)),
    Holiday("Christmas Day", 1971, Day::Fixed(12, 25)),
];

impl Holiday {
    fn month(&self) -> i8 {
        match self.2 {
            Day::Fixed(month, _) | Day::Weekday(month, ..) => month,
        }
    }

    /// Returns the day on which the holiday of a year is observed: the Friday before a Saturday,
    /// the Monday after a Sunday. `None` before the holiday's first year.
    fn observed(&self, year: i16) -> Option<CivilDate> {
        let Holiday(_, since, day) = self;
        let date = match *day {
            Day::Fixed(month, day) => CivilDate::of(year, month, day)?,
            Day::Weekday(month, nth, weekday) => CivilDate::of_weekday(year, month, nth, weekday)?,
        };
        // 5 U.S.C. 6103(b) for Saturdays, Executive Order 11582 for Sundays.
        let shift = match date.weekday() {
            Weekday::Saturday => -1,
            Weekday::Sunday => 1,
            _ => 0,
        };
        (year >= *since).then(|| date.plus_days(shift))
    }
}

/// Returns the name of the holiday that is observed on a day, or `None` if there is none.
pub(super) fn on(date: CivilDate) -> Option<&'static str> {
    let (year, month, _) = date.parts();
    // New Year's Day is observed on December 31 if January 1 is a Saturday. No other holiday leaves
    // its month, so that only those of the day's own month need a look.
    let next = if month == 12 { HOLIDAYS[..1].iter() } else { [].iter() };
    let own = HOLIDAYS.iter().filter(|h| h.month() == month);
    own.zip(repeat(year))
        .chain(next.zip(repeat(year + 1)))
        .find(|(h, y)| h.observed(*y) == Some(date))
        .map(|(h, _)| h.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::model::Scalar as _;

    fn observed_in(year: i16) -> Vec<String> {
        let first = CivilDate::of(year, 1, 1).unwrap();
        let days = (0..366)
            .map(|n| first.plus_days(n))
            .filter(|d| d.parts().0 == year && on(*d).is_some());
        days.map(|d| d.to_string()[5..].to_owned()).collect()
    }

    #[test]
    fn holidays_match_the_published_calendars() {
        for (year, days) in [
            (1993, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2004, "01-01 01-19 02-16 05-31 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
            (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
            (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
            (2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
            (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
            (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
            (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ] {
            assert_eq!(observed_in(year).join(" "), days, "{year}");
        }
    }

    #[test]
    fn holidays_start_in_the_years_of_their_laws() {
        let name = |text: &str| on(CivilDate::parse(text).unwrap());
        assert_eq!(name("1985-01-21"), None);
        assert_eq!(name("1986-01-20"), Some("Birthday of Martin Luther King, Jr."));
        assert_eq!(name("2020-06-19"), None);
        assert_eq!(name("2022-04-15"), None, "Good Friday is no federal holiday");
        assert_eq!(name("2025-01-20"), Some("Birthday of Martin Luther King, Jr."));
        assert_eq!(name("2021-01-20"), None, "Inauguration Day");
    }
}
