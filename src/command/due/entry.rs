//! A query about due dates with its result, before either is printed.

use crate::form12b25::deadline::{DeadlineQuery, DeadlineResult};
use crate::form12b25::model::{FilerStatus, Filing};
use crate::form12b25::report_key::ReportKey;

/// A query and its result.
pub(super) struct Entry {
    /// The filing; `None` for a query by flags.
    pub(super) filing: Option<Asked>,
    /// The filer status that was tried, if none was given.
    pub(super) tried: Option<FilerStatus>,
    pub(super) query: DeadlineQuery,
    pub(super) result: DeadlineResult,
}

/// The facts of a filing that its dates are shown with.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) id: String,
    /// The name of its registrant.
    pub(super) name: String,
    /// The report, of the registrant.
    pub(super) report: Option<ReportKey>,
    /// Whether the notice seeks relief.
    pub(super) relief: bool,
    /// EDGAR's type of the notice.
    pub(super) submission_type: String,
}

impl Asked {
    /// Returns the facts of a filing.
    pub(super) fn of(id: String, filing: &Filing) -> Asked {
        Asked {
            id,
            name: filing.registrant.name.folded(),
            report: ReportKey::all(filing).into_iter().next(),
            relief: filing.relief.is_promised(),
            submission_type: filing.submission_type(),
        }
    }
}
