//! The types of a deadline query and of its result.

use super::step::{Step, spelled};
use crate::form12b25::model::{CivilDate, FilerStatus, Filing, Report};

/// A report and the statuses of its filers.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadlineQuery {
    /// The report.
    pub report: Report,
    /// The registrant's filer status, if it is known.
    pub status: Option<FilerStatus>,
    /// The statuses of co-registrants.
    pub co_registrants: Vec<FilerStatus>,
}

/// The three dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The report's due date, on a business day.
    pub due: CivilDate,
    /// The due date of the notice: the business day after.
    pub notice: CivilDate,
    /// The day until which the report counts as timely if the notice claims relief.
    pub extended: CivilDate,
}

impl Dates {
    /// The names of the dates, in order.
    pub const NAMES: [&str; 3] = ["report due", "notice due", "with relief"];

    /// Returns a line for each date, for people.
    pub fn lines(self) -> [String; 3] {
        let line = |name: &str, date, more| format!("  {name:<12} {date}  {}{more}", spelled(date));
        let [due, notice, extended] = Dates::NAMES;
        [
            line(due, self.due, ""),
            line(notice, self.notice, ", 5:30 p.m. Eastern"), // 17 CFR 232.13(a)(2)
            line(extended, self.extended, ""),
        ]
    }
}

/// The deadlines of a report, or the reason why there are none.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadlineResult {
    /// The dates, if they are known.
    pub dates: Option<Dates>,
    /// The dates with unconfirmed closings of EDGAR counted, if they differ.
    pub later: Option<Dates>,
    /// The missing input, as a filing's key, if one keeps the dates from being known.
    pub missing: Option<&'static str>,
    /// The reasoning.
    pub steps: Vec<Step>,
}

impl DeadlineQuery {
    /// Returns the query for a filing's report.
    pub fn of(filing: &Filing) -> DeadlineQuery {
        DeadlineQuery {
            report: filing.report.clone(),
            status: filing.registrant.filer_status,
            co_registrants: filing.co_registrants.iter().filter_map(|r| r.filer_status).collect(),
        }
    }
}
