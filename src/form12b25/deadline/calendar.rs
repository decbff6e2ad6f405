//! Which days are business days: weekdays that are no federal holiday, and on which EDGAR was not
//! closed by order. Those last are data, a built-in file that a user's file can add to.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::holidays;
use crate::form12b25::model::{CivilDate, Scalar as _, Weekday};

/// How well a closing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Confirmed, or known well enough: the day is no business day.
    Closed,
    /// Not confirmed: dates that hang on it are given both ways.
    Doubtful,
    /// A business day after all.
    Open,
}

/// A day that EDGAR was, or may have been, closed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ClosedDay {
    why: String,
    mark: Mark,
}

/// Why a day is no business day, to follow "is" in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed<'a> {
    /// A day of the weekend, by its name.
    Weekend(&'static str),
    /// A federal holiday, by its name.
    Holiday(&'static str),
    /// EDGAR is closed, and why.
    ByOrder(&'a str),
}

impl fmt::Display for Closed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Closed::Weekend(name) => write!(f, "a {name}"),
            Closed::Holiday(name) => write!(f, "a federal holiday ({name})"),
            Closed::ByOrder(why) => write!(f, "a day on which EDGAR is closed ({why})"),
        }
    }
}

/// The calendar that filings are counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<CivilDate, ClosedDay>,
    /// Whether doubtful days count as closed.
    strict: bool,
}

/// The federal holidays and the closings that come with the tool.
pub fn built_in() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::built_in);
    &CALENDAR
}

/// The first year of which all closings are known.
pub(super) const COMPLETE_FROM: i16 = 2018;

impl Calendar {
    /// The federal holidays, and the closings that come with the tool. Doubtful days count as
    /// business days: the earlier date is the safe one.
    pub fn built_in() -> Calendar {
        let mut calendar = Calendar { days: BTreeMap::new(), strict: false };
        let read = calendar.extend(include_str!("closed-days.csv"));
        debug_assert_eq!(read, Ok(()));
        calendar
    }

    /// Adds the lines of a file, `date,why,mark`; a line replaces an earlier one of the same day.
    ///
    /// # Errors
    /// The number of the first line that is wrong, and what is wrong with it.
    pub fn extend(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line == "date,why,mark" {
                continue;
            }
            let (date, day) = closed_day(line).map_err(|message| (number, message))?;
            self.days.insert(date, day);
        }
        Ok(())
    }

    /// The same calendar with doubtful days counted as closed.
    pub(super) fn strict(&self) -> Calendar {
        Calendar { strict: true, ..self.clone() }
    }

    /// Why a day is no business day; none if it is one.
    pub fn closed(&self, date: CivilDate) -> Option<Closed<'_>> {
        match date.weekday() {
            Weekday::Saturday => return Some(Closed::Weekend("Saturday")),
            Weekday::Sunday => return Some(Closed::Weekend("Sunday")),
            _ => {}
        }
        if let Some(name) = holidays::on(date) {
            return Some(Closed::Holiday(name));
        }
        let day = self.days.get(&date)?;
        let shut = day.mark == Mark::Closed || (day.mark == Mark::Doubtful && self.strict);
        shut.then_some(Closed::ByOrder(&day.why))
    }

    /// The doubtful days from one day to before another, each with its reason.
    pub(super) fn doubtful(
        &self,
        from: CivilDate,
        to: CivilDate,
    ) -> impl Iterator<Item = (CivilDate, &str)> {
        let days = self.days.range(from..to).filter(|(_, day)| day.mark == Mark::Doubtful);
        days.map(|(date, day)| (*date, day.why.as_str()))
    }

    /// The first business day on or after a day.
    pub fn on_or_after(&self, date: CivilDate) -> CivilDate {
        // Saturation at the end of the calendar would go round for ever.
        let later =
            std::iter::successors(Some(date), |d| Some(d.plus_days(1)).filter(|next| next != d));
        later.into_iter().find(|d| self.closed(*d).is_none()).unwrap_or(date)
    }

    /// The business day after a day.
    pub fn next(&self, date: CivilDate) -> CivilDate {
        self.on_or_after(date.plus_days(1))
    }
}

/// Reads `2025-01-09,day of mourning,C`. The reason may have commas.
fn closed_day(line: &str) -> Result<(CivilDate, ClosedDay), String> {
    let parts = line.split_once(',').and_then(|(date, rest)| Some((date, rest.rsplit_once(',')?)));
    let Some((date, (why, mark))) = parts else {
        return Err(format!(
            "`{line}` is not a date, a reason and a mark, such as 2025-01-09,day of mourning,C"
        ));
    };
    let date = CivilDate::parse(date.trim())?;
    let mark = match mark.trim() {
        "C" | "M" => Mark::Closed,
        "U" => Mark::Doubtful,
        "O" => Mark::Open,
        other => return Err(format!("`{other}` is not a mark: C, M, U or O")),
    };
    if why.trim().is_empty() {
        return Err("the reason is empty".to_owned());
    }
    Ok((date, ClosedDay { why: why.trim().to_owned(), mark }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn the_built_in_file_is_read_whole() {
        let lines =
            include_str!("closed-days.csv").lines().filter(|l| l.starts_with(['1', '2'])).count();
        assert_eq!(Calendar::built_in().days.len(), lines);
        for day in Calendar::built_in().days.keys() {
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
            assert_eq!(holidays::on(*day), None, "{day} is computed already");
        }
    }

    #[test]
    fn days_of_doubt_are_open_unless_one_is_strict() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.next(date("2025-12-23")), date("2025-12-24"));
        assert_eq!(calendar.strict().next(date("2025-12-23")), date("2025-12-29"));
        assert_eq!(calendar.next(date("2025-01-08")), date("2025-01-10"));
    }

    #[test]
    fn a_file_adds_days_and_takes_them_back() {
        let mut calendar = Calendar::built_in();
        calendar.extend("\u{FEFF}date,why,mark\r\n\r\n2025-12-26, snow, and more of it ,C\n2025-12-24,x,O\n").unwrap();
        assert_eq!(
            calendar.closed(date("2025-12-26")).unwrap().to_string(),
            "a day on which EDGAR is closed (snow, and more of it)"
        );
        assert_eq!(calendar.strict().closed(date("2025-12-24")), None);
    }

    #[test]
    fn a_wrong_line_is_told_by_its_number() {
        for (text, number, message) in [
            ("2025-02-30,x,C", 1, "`2025-02-30` is not in the calendar"),
            (
                "# fine\n2025-03-03,x",
                2,
                "`2025-03-03,x` is not a date, a reason and a mark, such as 2025-01-09,day of mourning,C",
            ),
            ("\n\n2025-03-03,x,Q", 3, "`Q` is not a mark: C, M, U or O"),
            ("2025-03-03,,C", 1, "the reason is empty"),
        ] {
            assert_eq!(Calendar::built_in().extend(text), Err((number, message.to_owned())));
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        let mut calendar = Calendar::built_in();
        calendar.extend("9999-12-31,the end,C").unwrap();
        assert_eq!(calendar.next(date("9999-12-31")), date("9999-12-31"));
    }
}
