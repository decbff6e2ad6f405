//! The subject of the checks: a filing with the dates and the prose that several checks need.

use super::prose::Prose;
use crate::diagnostics::source::Source;
use crate::form12b25::deadline::{Calendar, Dates};
use crate::form12b25::model::Filing;
use crate::form12b25::wording::Edition;

/// The input of a check.
pub(super) struct Subject<'a> {
    /// The filing.
    pub(super) filing: &'a Filing,
    /// The filing's own file.
    pub(super) source: &'a Source,
    /// The editions of the form, in the order of their first days.
    pub(super) editions: &'a [Edition],
    /// The calendar by which the dates are computed.
    pub(super) calendar: &'a Calendar,
    /// Part III as sentences with their topics, or `None` if it is empty.
    pub(super) narrative: Option<Prose>,
    /// The dates of the report and the latest that they can be, or `None` if they are unknown.
    pub(super) dates: Option<(Dates, Dates)>,
}
