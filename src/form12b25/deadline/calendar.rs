//! The calendar of business days: weekdays that are not federal holidays and on which EDGAR is not
//! closed by order. The closings by order are data, a built-in file to which a user's file can add.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::holidays;
use crate::diagnostics::characters;
use crate::diagnostics::source::sha256;
use crate::diagnostics::source::{BYTE_ORDER_MARK, Position};
use crate::form12b25::model::{CivilDate, Scalar as _, Weekday};

/// The mark of a day in a file of closings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Confirmed, or generally known: not a business day.
    Closed,
    /// Not confirmed: dates that depend on the day are given both ways.
    Unconfirmed,
    /// A business day after all.
    Open,
    /// No closing: the last day up to which all closings are known.
    KnownUntil,
}

/// A day on which EDGAR was, or may have been, closed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ClosedDay {
    why: String,
    mark: Mark,
}

/// The reason why a day is not a business day. Its text follows "is" in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed<'a> {
    /// A day of the weekend, with its name.
    Weekend(&'static str),
    /// A federal holiday, with its name.
    Holiday(&'static str),
    /// A closing of EDGAR by order, with its reason.
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

/// The calendar by which due dates are computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<CivilDate, ClosedDay>,
    /// The last day up to which all closings by order are known.
    known_until: CivilDate,
    /// Whether unconfirmed closings count as closings.
    strict: bool,
    /// SHA-256 of the user's file, if there is one.
    added: Option<String>,
}

/// Returns the shared instance of [`Calendar::built_in`].
pub fn built_in() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::built_in);
    &CALENDAR
}

/// The first year from which on all closings are known.
pub(super) const COMPLETE_FROM: i16 = 2018;

impl Calendar {
    /// Returns the calendar of the federal holidays and the built-in closings.
    pub fn built_in() -> Calendar {
        // Unconfirmed closings count as business days: the earlier of two dates is the safe one.
        let mut calendar = Calendar {
            days: BTreeMap::new(),
            known_until: CivilDate::MIN,
            strict: false,
            added: None,
        };
        let read = calendar.read(include_str!("closed-days.csv"));
        // A test reads the whole file, so that a release need not check it again.
        debug_assert_eq!(read, Ok(()));
        calendar
    }

    /// Adds the lines of a user's file, `date,why,mark`; a line replaces an earlier one of the same
    /// day.
    ///
    /// # Errors
    /// The number of the first wrong line, and the message about it.
    pub fn extend(&mut self, text: &str) -> Result<(), (usize, String)> {
        self.added = Some(sha256(text.as_bytes()));
        self.read(text)
    }

    /// SHA-256 of the user's file, or `None` if there is none.
    pub fn added(&self) -> Option<&str> {
        self.added.as_deref()
    }

    /// Adds the lines of a file.
    fn read(&mut self, text: &str) -> Result<(), (usize, String)> {
        // Spreadsheets start a CSV file with a byte order mark.
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if let Some(unseen) = characters::unseen(text).first() {
            let Position { line, column } = unseen.position;
            let message = format!("{} is in column {column}; {}", unseen.named(), unseen.advice());
            return Err((line, message));
        }
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line == "date,why,mark" {
                continue;
            }
            let (date, day) = closed_day(line).map_err(|message| (number, message))?;
            if day.mark == Mark::KnownUntil {
                self.known_until = self.known_until.max(date);
            } else {
                self.days.insert(date, day);
            }
        }
        Ok(())
    }

    /// Returns the same calendar with unconfirmed closings counted as closings.
    pub(super) fn strict(&self) -> Calendar {
        Calendar { strict: true, ..self.clone() }
    }

    /// Returns the reason why a day is not a business day, or `None` if it is one.
    pub fn closed(&self, date: CivilDate) -> Option<Closed<'_>> {
        // Weekends and holidays come before the file, which can open no such day: 17 CFR 240.0-3(a)
        // excludes them by law.
        match date.weekday() {
            Weekday::Saturday => return Some(Closed::Weekend("Saturday")),
            Weekday::Sunday => return Some(Closed::Weekend("Sunday")),
            _ => {}
        }
        if let Some(name) = holidays::on(date) {
            return Some(Closed::Holiday(name));
        }
        let day = self.days.get(&date)?;
        let shut = day.mark == Mark::Closed || (day.mark == Mark::Unconfirmed && self.strict);
        shut.then_some(Closed::ByOrder(&day.why))
    }

    /// Returns the days from `from` to before `to` with an unconfirmed closing, each with its
    /// reason.
    pub(super) fn unconfirmed(
        &self,
        from: CivilDate,
        to: CivilDate,
    ) -> impl Iterator<Item = (CivilDate, &str)> {
        let days = self.days.range(from..to).filter(|(_, day)| day.mark == Mark::Unconfirmed);
        days.map(|(date, day)| (*date, day.why.as_str()))
    }

    /// The last day up to which all closings by order are known.
    pub fn known_until(&self) -> CivilDate {
        self.known_until
    }

    /// Whether a business day is one that executive orders have often closed, the day before or
    /// after Christmas, and lies beyond the days of which all closings are known.
    pub(super) fn may_close(&self, date: CivilDate) -> bool {
        let (_, month, day) = date.parts();
        date > self.known_until
            && month == 12
            && matches!(day, 24 | 26)
            && !self.days.contains_key(&date)
            && self.closed(date).is_none()
    }

    /// Returns the first business day on or after a day.
    pub fn on_or_after(&self, date: CivilDate) -> CivilDate {
        // `plus_days` saturates at the end of the calendar, where the search has to end.
        let later =
            std::iter::successors(Some(date), |d| Some(d.plus_days(1)).filter(|next| next != d));
        later.into_iter().find(|d| self.closed(*d).is_none()).unwrap_or(date)
    }

    /// Returns the first business day after a day.
    pub fn next(&self, date: CivilDate) -> CivilDate {
        self.on_or_after(date.plus_days(1))
    }
}

/// Parses a line such as `2025-01-09,day of mourning,C`.
fn closed_day(line: &str) -> Result<(CivilDate, ClosedDay), String> {
    // The first and the last comma separate: the reason may have commas of its own.
    let parts = line.split_once(',').and_then(|(date, rest)| Some((date, rest.rsplit_once(',')?)));
    let Some((date, (why, mark))) = parts else {
        // Without the line: the file may be another one, such as that of the access codes.
        let message = "not a date, a reason and a mark, such as 2025-01-09,day of mourning,C";
        return Err(message.to_owned());
    };
    let date = CivilDate::parse(date.trim())?;
    let mark = match mark.trim() {
        // `M` notes for readers of the file that no announcement was found.
        "C" | "M" => Mark::Closed,
        "U" => Mark::Unconfirmed,
        "O" => Mark::Open,
        "K" => Mark::KnownUntil,
        other => return Err(format!("`{other}` is not a mark: C, M, U, O or K")),
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
    fn every_line_of_the_built_in_file_is_valid() {
        let lines =
            include_str!("closed-days.csv").lines().filter(|l| l.starts_with(['1', '2'])).count();
        assert_eq!(Calendar::built_in().days.len(), lines - 1, "one line is the last known day");
        let last = Calendar::built_in().days.keys().last().copied();
        assert!(last <= Some(Calendar::built_in().known_until()));
        for day in Calendar::built_in().days.keys() {
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
            assert_eq!(holidays::on(*day), None, "{day} is computed already");
        }
    }

    #[test]
    fn unconfirmed_closings_count_only_in_a_strict_calendar() {
        let mut calendar = Calendar::built_in();
        assert_eq!(calendar.next(date("2025-12-23")), date("2025-12-29"));
        assert_eq!(calendar.next(date("2025-01-08")), date("2025-01-10"));
        calendar.extend("2027-03-02,storm,U").unwrap();
        assert_eq!(calendar.next(date("2027-03-01")), date("2027-03-02"));
        assert_eq!(calendar.strict().next(date("2027-03-01")), date("2027-03-03"));
    }

    #[test]
    fn days_around_christmas_may_close_after_the_last_known_day() {
        let mut calendar = Calendar::built_in();
        let days = ["2025-12-24", "2026-12-24", "2026-12-25", "2027-12-24", "2028-12-26"];
        let may_close = |calendar: &Calendar| days.map(|day| calendar.may_close(date(day)));
        // 2027-12-24 is the observed holiday.
        assert_eq!(may_close(&calendar), [false, true, false, false, true]);
        calendar.extend("2026-12-24,Christmas Eve,C\n2028-12-31,all orders,K").unwrap();
        assert_eq!(may_close(&calendar), [false; 5]);
    }

    #[test]
    fn a_file_adds_and_removes_closings() {
        let mut calendar = Calendar::built_in();
        calendar
            .extend(
                "\u{FEFF}date,why,mark\r\n\r\n2025-12-26, snow, and more of it ,C\n\
                 2025-12-24,x,O\n",
            )
            .unwrap();
        assert_eq!(
            calendar.closed(date("2025-12-26")).unwrap().to_string(),
            "a day on which EDGAR is closed (snow, and more of it)"
        );
        assert_eq!(calendar.strict().closed(date("2025-12-24")), None);
    }

    #[test]
    fn an_error_has_the_number_of_its_line() {
        for (text, number, message) in [
            ("2025-02-30,x,C", 1, "`2025-02-30` is not in the calendar"),
            (
                "# fine\n2025-03-03,x",
                2,
                "not a date, a reason and a mark, such as 2025-01-09,day of mourning,C",
            ),
            ("\n\n2025-03-03,x,Q", 3, "`Q` is not a mark: C, M, U, O or K"),
            ("2025-03-03,,C", 1, "the reason is empty"),
        ] {
            assert_eq!(Calendar::built_in().extend(text), Err((number, message.to_owned())));
        }
    }

    #[test]
    fn the_search_ends_with_the_calendar() {
        let mut calendar = Calendar::built_in();
        calendar.extend("9999-12-31,the end,C").unwrap();
        assert_eq!(calendar.next(date("9999-12-31")), date("9999-12-31"));
    }
}
