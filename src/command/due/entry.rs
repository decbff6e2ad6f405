//! A query about due dates with its result, before either is printed.

use crate::form12b25::deadline::{DeadlineQuery, DeadlineResult};
use crate::form12b25::model::FilerStatus;

/// A query and its result.
pub(super) struct Entry {
    /// The id of the filing and the name of its registrant; `None` for a query by flags.
    pub(super) filing: Option<(String, String)>,
    /// The filer status that was tried, if none was given.
    pub(super) tried: Option<FilerStatus>,
    pub(super) query: DeadlineQuery,
    pub(super) result: DeadlineResult,
}
