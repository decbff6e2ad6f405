//! The facts of a notice that identify it: its type, registrants, period and dates.

use super::deadline::{self, Calendar, DeadlineQuery};
use super::model::Filing;

/// The facts that identify a notice. Dates are as `2026-03-31`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// EDGAR's submission type.
    pub submission_type: String,
    /// The names of all registrants, the registrant first.
    pub registrants: Vec<String>,
    /// The form of the late report, as `10-K`.
    pub form: String,
    /// The end of the report's period, or of its transition period.
    pub period_ended: String,
    /// Whether the late report is a transition report.
    pub transition: bool,
    /// The date of the form's signature, or `None` if it is not signed.
    pub signed_on: Option<String>,
    /// Whether the notice was filed.
    pub filed: bool,
    /// The filing date of a notice that was filed.
    pub filed_on: Option<String>,
    /// Whether the notice seeks relief, by the representation of Part II (b).
    pub relief_sought: bool,
    /// The report's due date, or `None` if it is not known.
    pub due: Option<String>,
    /// The notice's due date.
    pub notice_due: Option<String>,
    /// The report's due date with relief.
    pub extended_due: Option<String>,
}

/// Returns the header of a filing, with its dates by a calendar.
pub fn header(filing: &Filing, calendar: &Calendar) -> Header {
    let dates = deadline::dates(&DeadlineQuery::of(filing), calendar);
    let dates = dates.map(|(dates, _)| dates);
    let signed_on = filing.signature.date.filter(|_| filing.signature.signed);
    Header {
        submission_type: filing.submission_type(),
        registrants: filing.registrants().map(|registrant| registrant.name.folded()).collect(),
        form: filing.report.form.to_string(),
        period_ended: filing.report.period_ended.to_string(),
        transition: filing.report.transition,
        signed_on: signed_on.map(|date| date.to_string()),
        filed: filing.filed.is_some(),
        filed_on: filing.filed.as_ref().map(|filed| filed.date.to_string()),
        relief_sought: filing.relief.is_promised(),
        due: dates.map(|dates| dates.due.to_string()),
        notice_due: dates.map(|dates| dates.notice.to_string()),
        extended_due: dates.map(|dates| dates.extended.to_string()),
    }
}
